//! Tests of rules on an entity's fields.

use askama::Template;

use super::rows::{counting_imports, made_up, other_imports, row_imports};
use crate::code::TsImports;
use crate::targets::Input;
use crate::targets::express::access::AccessTest;
use crate::targets::express::entity::Entity;
use crate::targets::express::field_tests;
use crate::targets::express::names::Names;

#[derive(Template)]
#[template(path = "express/app/tests/entity.fields.test.ts")]
pub(super) struct FieldTests<'a> {
    imports: TsImports,
    names: &'a Names,
    path: &'a str,
    input: String,
    pub(super) cases: Vec<String>,
}

/// Whether there are rules on an entity's fields to be tried.
pub(super) fn has_field_tests(entity: &Entity) -> bool {
    entity.has_routes() && (!entity.fields.is_empty() || entity.has_update() && !entity.moves.is_empty())
}

/// The tests of an entity's fields; what counts is in the module `counting`.
pub(super) fn field_tests<'e>(
    input: &Input,
    tried: &[AccessTest],
    entity: &'e Entity,
    counting: &str,
) -> FieldTests<'e> {
    let cases = field_tests::field_tests(input.contract, entity, tried);
    let text = cases.concat();
    let imports = counting_imports(other_imports(input.model, row_imports(entity), &text), &text, counting);
    FieldTests { imports, names: &entity.names, path: &entity.resource.path, input: made_up(entity), cases }
}
