//! Tests that new rows copy what they should.

use askama::Template;

use super::held::copied_from;
use super::rows::{other_imports, stored_row};
use crate::code::TsImports;
use crate::contract::{Caller, Site, Verb};
use crate::model::{AccessOperation, Field, FieldId};
use crate::targets::express::access::{AccessTest, Cases, caller_name};
use crate::targets::express::entity::Entity;
use crate::targets::express::names::{Names, field_property};

#[derive(Template)]
#[template(path = "express/app/tests/entity.copies.test.ts")]
pub(super) struct CopyTest<'a> {
    imports: TsImports,
    names: &'a Names,
    path: &'a str,
    title: String,
    caller: String,
    input_arguments: &'static str,
    rows: Vec<CopiedRow>,
    /// Where users find themselves, if new rows copy from them.
    me: Option<String>,
    /// What is copied though a body may give it.
    left_out: Vec<String>,
    /// What rules ask to be null.
    nulls: Vec<String>,
    expected: String,
}

/// A row that a new one copies from.
struct CopiedRow {
    name: String,
    property: String,
    expression: String,
}

/// A test that new rows copy what they should, where somebody may create one and see that.
pub(super) fn copy_test<'a>(
    cases: Cases,
    tried: &[AccessTest],
    entity: &'a Entity,
    input_asks_caller: impl FnOnce() -> bool,
) -> Option<CopyTest<'a>> {
    // What rules look at has to be given too, which other tests see to.
    let is_open = !cases.contract.plan.predicate(entity.id, AccessOperation::Create, Site::Result).reads_row();
    let is_free = |test: &&AccessTest| {
        let row = &test.case.row;
        is_open || row.values.is_empty() && row.at.is_empty() && row.related.is_empty() && row.shared.is_empty()
    };
    let is_done = |test: &&AccessTest| test.case.verb == Verb::Create && test.expected.status < 400;
    let owner =
        entity.owner().map(|(_, field)| field).filter(|owner| entity.copied().iter().any(|(of, _)| of == owner));
    // Rows that belong to nobody copy nothing from their owner.
    let is_owned = |test: &&AccessTest| owner.is_none() || test.case.caller != Caller::Anonymous;
    let nulls = |test: &AccessTest| {
        let ids = test.case.row.nulls.iter().filter(|id| entity.takes(&entity.resource.create, **id));
        ids.map(|id| field_property(entity.spec.field(*id))).collect::<Vec<_>>()
    };
    let refers = |test: &&AccessTest| {
        let copied = entity.copied();
        !copied.iter().any(|(through, _)| test.case.row.nulls.iter().any(|id| entity.spec.field(*id) == *through))
    };
    let permitted = tried.iter().filter(is_done).filter(is_owned).filter(refers).find(is_free)?;
    let imports = TsImports::new()
        .with_values("vitest", &["expect", "test"])
        .with_values("./support/api.js", &["api", "principals"])
        .with_values("./support/rows.js", &[&format!("{}Input", entity.names.camel)]);
    let is_shown = |field: &Field| {
        let property = field_property(field);
        !field.private && entity.readers().all(|rule| rule.property != property)
    };
    let mut own = false;
    let (mut rows, mut expected) = (Vec::new(), Vec::new());
    let facts = cases.readable_row(entity.id);
    for (through, fields) in entity.copied() {
        let to = through.reference()?.to;
        let source = cases.model.entity(to);
        if owner == Some(through) {
            let known = |(field, from): &&(&Field, FieldId)| {
                is_shown(field) && !source.field(*from).private && source.field(*from).read_rule.is_none()
            };
            let told = fields.iter().filter(known);
            expected.extend(told.map(|(field, from)| {
                format!("{}: me.body.data.{}", field_property(field), field_property(source.field(*from)))
            }));
            own = true;
            continue;
        }
        let by = entity.spec.fields().find(|(_, field)| *field == through)?.0;
        let (stored, _) = stored_row(cases, to, &copied_from(entity, &facts, by));
        let name = format!("{}Row", through.name.camel());
        expected.extend(
            fields.iter().filter(|(field, _)| is_shown(field)).map(|(field, from)| {
                format!("{}: {name}.{}", field_property(field), field_property(source.field(*from)))
            }),
        );
        let expression = stored.trim_start_matches('(').trim_end_matches(").id").to_owned();
        rows.push(CopiedRow { name, property: field_property(through), expression });
    }
    let made: String = rows.iter().map(|row| row.expression.as_str()).collect();
    (!expected.is_empty()).then(|| CopyTest {
        imports: other_imports(cases.model, imports, &made),
        names: &entity.names,
        path: &entity.resource.path,
        title: permitted.guards.iter().map(|guard| format!("[{guard}]")).collect::<Vec<_>>().join(" "),
        caller: caller_name(cases.model, &permitted.case.caller),
        input_arguments: if input_asks_caller() { "caller" } else { "" },
        rows,
        me: own.then(|| format!("{}/auth/me", cases.contract.base)),
        left_out: given_copies(entity),
        nulls: nulls(permitted),
        expected: expected.join(", "),
    })
}

/// The fields that bodies may give and that are copied where they do not.
fn given_copies(entity: &Entity) -> Vec<String> {
    let properties = entity.copies().map(field_property);
    let is_given = |property: &String| entity.resource.create.iter().any(|member| member.property.wire == *property);
    properties.filter(is_given).collect()
}
