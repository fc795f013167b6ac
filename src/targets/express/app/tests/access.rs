//! Tests of who may do what.

use askama::Template;

use super::super::hooks;
use super::rows::{counting_imports, made_up, other_imports, row_imports};
use crate::code::TsImports;
use crate::contract::Verb;
use crate::model::Model;
use crate::targets::express::access::{AccessTest, permission, verb_word};
use crate::targets::express::entity::Entity;
use crate::targets::express::names::Names;
use crate::targets::express::values::strings;

#[derive(Template)]
#[template(path = "express/app/tests/entity.access.test.ts")]
pub(super) struct AccessTests<'a> {
    imports: TsImports,
    names: &'a Names,
    path: &'a str,
    input: String,
    fixed: Option<String>,
    /// The hooks and their module, where there are any.
    hooks: Option<(String, String)>,
    pub(super) cases: Vec<String>,
}

/// The tests of an entity's access rules; what counts is in the module `counting`.
pub(super) fn access_tests<'a>(
    model: &Model,
    tests: &[AccessTest],
    entity: &'a Entity,
    counting: &str,
) -> AccessTests<'a> {
    let case = |test: &AccessTest| {
        let listed = if test.case.verb == Verb::List && test.expected.status < 400 {
            format!(", listed: {}", test.expected.visible)
        } else {
            String::new()
        };
        format!(
            "{{ {}, verb: \"{}\", status: {}{listed} }}",
            permission(entity, test),
            verb_word(test.case.verb),
            test.expected.status
        )
    };
    let tests: Vec<String> = tests.iter().map(case).collect();
    let text = tests.concat();
    AccessTests {
        imports: counting_imports(other_imports(model, row_imports(entity), &text), &text, counting),
        names: &entity.names,
        path: &entity.resource.path,
        input: made_up(entity),
        fixed: only_once(entity),
        hooks: entity.has_hooks().then(|| (hooks::name(entity), format!("../src/{}", hooks::module(entity)))),
        cases: tests,
    }
}

/// How many hooks are tried: one for each kind of write that somebody may do.
pub(super) fn hooks_tried(entity: &Entity, tests: &[AccessTest]) -> usize {
    let permitted = |verb| tests.iter().any(|test| test.case.verb == verb && test.expected.status < 400);
    let verbs = [Verb::Create, Verb::Patch, Verb::Delete].into_iter();
    if entity.has_hooks() { verbs.filter(|verb| permitted(*verb)).count() } else { 0 }
}

/// What only a new row is given.
pub(super) fn only_once(entity: &Entity) -> Option<String> {
    let names: Vec<&str> = entity.written_once().map(|member| member.property.wire.as_str()).collect();
    (!names.is_empty()).then(|| strings(&names))
}
