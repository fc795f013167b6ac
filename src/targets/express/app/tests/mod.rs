//! The project's own tests.

mod access;
mod checks;
mod copies;
mod fields;
mod resource;
mod rows;
mod server;

use askama::Template;

use crate::project::{File, Part};
use crate::targets::express::access::{AccessTest, Cases, readable_rows};
use crate::targets::express::entity::Entity;
use crate::targets::express::files::{tests, typescript};
use crate::targets::express::included::relations;
use crate::targets::express::parts::Parts;
use crate::targets::express::rows::Beside;
use crate::targets::{Input, RenderError};

use self::access::{AccessTests, access_tests, hooks_tried};
use self::checks::check_tests;
use self::copies::copy_test;
use self::fields::{field_tests, has_field_tests};
use self::resource::{count_of, has_unseen, resource_tests, secret};
use self::rows::{factory, rows};

pub(in crate::targets::express) use self::checks::{expression as checked_expression, row_values};

#[derive(Template)]
#[template(path = "express/app/tests/support/resource.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct ResourceSupport {
    limit: u32,
    /// Whether some rows can bring others along.
    includes: bool,
    /// Whether some rows take what can be written only once.
    once: bool,
    /// Whether some rows show to some callers only what they hold.
    hides: bool,
    /// Whether some rows hold what nobody sees.
    keeps: bool,
    /// Whether some rows name users that not everybody sees who sees the rows.
    unseen: bool,
    beside: Beside,
}

#[derive(Template)]
#[template(path = "express/app/tests/support/fields.ts")]
struct FieldSupport {
    beside: Beside,
}

pub(super) fn files(input: &Input, entities: &[Entity], parts: &Parts) -> Result<Vec<File>, RenderError> {
    let readable = readable_rows(input.model, input.contract);
    let cases = Cases { model: input.model, contract: input.contract, readable: &readable };
    let mut files = server::files(input, parts)?;
    let beside = Beside::of(input.model, &input.contract.plan);
    let tested: Vec<&Entity> = entities.iter().filter(|entity| entity.has_routes()).collect();
    let has_rows = |entity: &&Entity| entity.has_service() && (entity.makes_rows() || entity.has_update());
    let with_rows: Vec<&Entity> = entities.iter().filter(has_rows).collect();
    let tried: Vec<Vec<AccessTest>> = tested.iter().map(|entity| cases.of(entity)).collect();
    let access: Vec<AccessTests> =
        tested.iter().zip(&tried).map(|(entity, tests)| access_tests(input.model, tests, entity)).collect();
    if !with_rows.is_empty() {
        let made = rows(cases, input.storage, &with_rows, &access);
        files.push(typescript("tests/support/rows.ts", Part::Test, &made)?);
    }
    if !tested.is_empty() || !with_rows.is_empty() {
        if tested.iter().any(|entity| has_field_tests(entity)) {
            files.push(typescript("tests/support/fields.ts", Part::Test, &FieldSupport { beside })?);
        }
        let support = ResourceSupport {
            limit: input.contract.limits.page_size_max,
            includes: tested.iter().any(|entity| !relations(entity).is_empty()),
            once: with_rows.iter().any(|entity| entity.written_once().next().is_some()),
            hides: tested.iter().any(|entity| entity.readers().next().is_some()),
            unseen: tested.iter().zip(&tried).any(|(entity, tests)| has_unseen(cases, entity, tests)),
            keeps: tested.iter().any(|entity| secret(entity).is_some()),
            beside,
        };
        files.push(typescript("tests/support/resource.ts", Part::Test, &support)?);
    }
    for ((entity, tried), access) in tested.into_iter().zip(&tried).zip(access) {
        let count = access.cases.len() + hooks_tried(entity, tried);
        files.push(tests(&format!("tests/{}.access.test.ts", entity.names.stem), count, &access)?);
        let asks_caller = || !factory(cases, input.storage, entity).input_parameters.is_empty();
        if let Some(copies) = copy_test(cases, tried, entity, asks_caller) {
            files.push(tests(&format!("tests/{}.copies.test.ts", entity.names.stem), 1, &copies)?);
        }
        if let Some(checks) = check_tests((input.model, input.contract), tried, entity, asks_caller) {
            files.push(tests(&format!("tests/{}.checks.test.ts", entity.names.stem), checks.count(), &checks)?);
        }
        if has_field_tests(entity) {
            let fields = field_tests(input, tried, entity, &with_rows);
            files.push(tests(&format!("tests/{}.fields.test.ts", entity.names.stem), fields.cases.len(), &fields)?);
        }
        let resource = resource_tests(cases, tried, entity);
        let count = count_of(&resource);
        files.push(tests(&format!("tests/{}.test.ts", entity.names.stem), count, &resource)?);
    }
    Ok(files)
}
