//! Tests of who may do what.

use askama::Template;

use super::super::hooks;
use super::resource::searched_by_all;
use super::rows::{counting_imports, made_up, other_imports, row_imports};
use crate::code::TsImports;
use crate::contract::Verb;
use crate::targets::express::access::{AccessTest, Cases, permission, verb_word};
use crate::targets::express::changes::Change;
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
    /// The hooks, where there are any.
    hooks: Option<String>,
    /// The tables that each test finds empty.
    emptied: Vec<String>,
    /// What its lists are searched by.
    searched: Option<String>,
    pub(super) cases: Vec<String>,
}

/// The tests of an entity's access rules; what counts is in the module `counting`.
pub(super) fn access_tests<'a>(
    cases: Cases,
    tests: &[AccessTest],
    entity: &'a Entity,
    all: &[Entity],
    counting: &str,
) -> AccessTests<'a> {
    let case = |test: &AccessTest| {
        let listed = if test.case.verb == Verb::List && test.expected.status < 400 {
            format!(", listed: {}", test.expected.visible)
        } else {
            String::new()
        };
        let change = match change(entity, test) {
            Change::Usual => String::new(),
            Change::Granted { wire, value } => format!(", body: {{ {wire}: {value} }}"),
            Change::None => ", unchanged: true".to_owned(),
        };
        format!(
            "{{ {}{change}, verb: \"{}\", status: {}{listed} }}",
            permission(entity, test),
            verb_word(test.case.verb),
            test.expected.status
        )
    };
    let names_one_row = tests.iter().any(|test| test.own.names_one_row);
    let emptied = if names_one_row { cases.emptied } else { &[] };
    let emptied: Vec<&Names> = emptied.iter().map(|id| &all[id.0].names).collect();
    let tests: Vec<String> = tests.iter().map(case).collect();
    let text = tests.concat();
    let imports = counting_imports(other_imports(cases.model, row_imports(entity), &text), &text, counting);
    let tables = emptied.iter().copied().chain([&entity.names]);
    let imports = tables.fold(imports.with_values("./support/access.js", &["testAccess"]), |imports, names| {
        imports.with_values(&format!("../src/models/{}.model.js", names.stem), &[&names.table])
    });
    let hooks = entity.has_hooks().then(|| hooks::name(entity));
    AccessTests {
        imports: hooks
            .iter()
            .fold(imports, |imports, name| imports.with_values(&format!("../src/{}", hooks::module(entity)), &[name])),
        emptied: emptied.iter().map(|names| names.table.clone()).collect(),
        searched: searched_by_all(entity, cases.contract),
        names: &entity.names,
        path: &entity.resource.path,
        input: made_up(entity),
        fixed: only_once(entity),
        hooks,
        cases: tests,
    }
}

/// What a permitted test changes of the row.
fn change(entity: &Entity, test: &AccessTest) -> Change {
    if test.expected.status < 400 { Change::of(entity, &test.case, &test.own) } else { Change::Usual }
}

/// How many hooks are tried: one for each kind of write that somebody may do.
pub(super) fn hooks_tried(entity: &Entity, tests: &[AccessTest]) -> usize {
    let changes = |test: &AccessTest| !matches!(change(entity, test), Change::None);
    let is_permitted = |test: &AccessTest, verb| test.case.verb == verb && test.expected.status < 400 && changes(test);
    let permitted = |verb| tests.iter().any(|test| is_permitted(test, verb));
    let verbs = [Verb::Create, Verb::Patch, Verb::Delete].into_iter();
    if entity.has_hooks() { verbs.filter(|verb| permitted(*verb)).count() } else { 0 }
}

/// What only a new row is given.
pub(super) fn only_once(entity: &Entity) -> Option<String> {
    let names: Vec<&str> = entity.written_once().map(|member| member.property.wire.as_str()).collect();
    (!names.is_empty()).then(|| strings(&names))
}
