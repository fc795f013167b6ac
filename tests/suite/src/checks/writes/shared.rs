//! What checks of new and of changed rows have in common.

use std::collections::BTreeSet;

use backsmith::contract::{DetailCode, FieldAccess, FieldGuard, Input, Source, Value, in_checks, property};
use backsmith::model::{Default, EntityId, FieldId, Model, Scalar};
use backsmith::reference::Request;
use serde_json::{Map, Value as Json, json};

use crate::checks::access::same;
use crate::checks::bodies::wants_unknown;
use crate::checks::http::NOBODY;
use crate::scene::{self, Ask, Asker, Cell, RowId};
use crate::suite::{Found, Suite};
use crate::values;

/// Whether all that a body left out is at its beginning.
pub(super) fn begins(suite: &Suite, entity: EntityId, row: &Json, body: &Map<String, Json>) -> Found {
    let declared = suite.model.entity(entity);
    for property in &suite.contract.resource(entity).row {
        let Source::Field(id) = property.source else { continue };
        let is_of_row = is_written_by_row(suite, entity, property.source);
        if body.contains_key(&property.wire) || declared.owner_field() == Some(id) || is_of_row {
            continue;
        }
        // What is not shown to everybody is looked at elsewhere.
        let Some(shown) = row.get(&property.wire) else { continue };
        let fits = match (&declared.field(id).default, &property.value) {
            (Some(Default::Literal(literal)), Value::One(scalar)) => same(shown, &values::of_literal(literal, scalar)),
            (Some(Default::Now), _) => shown.is_string(),
            (Some(Default::Copy { through, field }), _) => {
                // What a row has copied it keeps, so that only a new one tells.
                row[suite.name("created_at")] != row[suite.name("updated_at")]
                    || copies(suite, (entity, *through, *field), row, shown)
            }
            (_, Value::Many { .. } | Value::Keys { .. }) => *shown == json!([]),
            (_, Value::One(_)) => shown.is_null(),
        };
        if !fits {
            return Err(format!("{} begins as {shown}", property.wire));
        }
    }
    Ok(())
}

/// Whether it depends on the row who writes a field.
pub(super) fn is_written_by_row(suite: &Suite, entity: EntityId, source: Source) -> bool {
    suite.contract.plan.field(entity, source, FieldAccess::Write).is_some_and(FieldGuard::reads_row)
}

/// Whether a value is that of the seeded row which a reference of a row names.
fn copies(suite: &Suite, (entity, through, field): (EntityId, FieldId, FieldId), row: &Json, shown: &Json) -> bool {
    let reference = suite.model.entity(entity).field(through);
    let Some(to) = reference.reference().map(|reference| reference.to) else { return false };
    let id = &row[property(through, reference).wire];
    if id.is_null() {
        return shown.is_null();
    }
    let named = suite.scene.rows_of(to).map(|(row, _)| row).find(|row| id == suite.id(*row));
    let wire = property(field, suite.model.entity(to).field(field)).wire;
    named.is_some_and(|named| same(shown, suite.wire_row(named).get(&wire).unwrap_or(&Json::Null)))
}

/// Members that the server alone writes are unknown in bodies, or forbidden where others may write them.
pub(super) fn protected(
    suite: &mut Suite,
    entity: EntityId,
    asker: Asker,
    request: &Request,
    body: &Map<String, Json>,
    inputs: &[Input],
) -> Found {
    let declared = suite.model.entity(entity);
    let mut names: Vec<String> =
        ["id", "created_at", "updated_at", "role", "password"].map(|name| suite.name(name)).into();
    names.extend(["created_at", "updated_at"].map(|name| suite.foreign_name(name)));
    for (id, field) in declared.fields() {
        let wire = property(id, field).wire;
        let relation = suite.name(field.name.snake());
        names.push(if wire == relation { suite.name(&format!("{}_id", field.name)) } else { relation });
        names.extend([wire, field.name.snake().to_owned(), field.name.camel()]);
    }
    names.sort();
    names.dedup();
    for name in names {
        let input = inputs.iter().find(|input| input.property.wire == name);
        let mut body = body.clone();
        match input {
            None => {
                body.insert(name.clone(), json!(NOBODY));
                wants_unknown(suite, &request.clone().json(&body.into()), &name)?;
            }
            Some(input) if !suite.contract.plan.may_ever_give(entity, input, &suite.scene.caller(asker)) => {
                let value = match input.refers_to {
                    Some(_) => naming(input, NOBODY, &Json::Null),
                    None => values::valid(&input.property.value, 1),
                };
                body.insert(name.clone(), value);
                suite.expect_details(
                    &request.clone().json(&body.into()),
                    403,
                    &[(&name, DetailCode::Forbidden.as_str())],
                )?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// The body of a granted new row, with values of its own where they must be.
pub(super) fn new_body(suite: &mut Suite, entity: EntityId, cell: &Cell) -> Found<Map<String, Json>> {
    let Ask::Create(fields) = &cell.ask else { return Err("a cell that creates nothing".to_owned()) };
    let row = scene::Row { key: String::new(), entity, fields: fields.clone(), login: None };
    let (model, inputs) = (suite.model, &suite.contract.resource(entity).create);
    let body = scene::body_of(model, suite.scene, &suite.ids, &row, inputs);
    let Json::Object(mut body) = body else { return Err("a body that is no object".to_owned()) };
    let needs_own = |input: &&Input| matches!(input.property.source, Source::Field(id) if scene::needs_own_row(model.entity(entity), id));
    for input in inputs.iter().filter(|input| is_unique(model, entity, input) || needs_own(input)) {
        if !body.contains_key(&input.property.wire) {
            continue;
        }
        let value = if input.refers_to.is_some() { unused(suite, entity, input)? } else { suite.fresh(entity, input) };
        body.insert(input.property.wire.clone(), value);
    }
    for input in telling_apart(suite, cell.asker, entity) {
        let value = suite.fresh(entity, &input);
        body.insert(input.property.wire.clone(), value);
    }
    Ok(body)
}

/// The id of a row that nothing refers to yet.
fn unused(suite: &mut Suite, entity: EntityId, input: &Input) -> Found<Json> {
    let Source::Field(field) = input.property.source else { return Err("a reference that is no field".to_owned()) };
    let number = suite.used.entry((entity, Some(field))).or_default();
    *number += 1;
    let rows = suite.scene.unused.get(&(entity, field)).map_or(&[][..], Vec::as_slice);
    // The fields of seeded rows count too, so that the first number is not the first row's.
    let row = rows.get(*number % rows.len().max(1)).ok_or("no row is left that nothing refers to")?;
    Ok(json!(suite.id(*row)))
}

/// Inputs with which no two rows have a whole set of values in common.
fn telling_apart(suite: &Suite, asker: Asker, entity: EntityId) -> Vec<Input> {
    let noticed = noticed(suite, entity);
    let inputs = suite.own_inputs(asker, entity, &suite.contract.resource(entity).create);
    let values = |input: &&Input| match &input.property.value {
        Value::One(Scalar::Uuid | Scalar::Email | Scalar::Url) => 3,
        Value::One(Scalar::String { .. } | Scalar::Date(_) | Scalar::DateTime) => 2,
        _ => 1,
    };
    let of_set = |fields: &Vec<FieldId>| {
        let given = inputs.iter().filter(|input| {
            let is_plain = input.refers_to.is_none() && !noticed.contains(&input.property.source);
            is_plain && matches!(input.property.source, Source::Field(id) if fields.contains(&id))
        });
        given.max_by_key(values).cloned()
    };
    let sets: Vec<Vec<FieldId>> = suite.model.entity(entity).unique.iter().map(|set| set.fields.clone()).collect();
    sets.iter().filter_map(of_set).collect()
}

/// What an input says that names this row, perhaps beside others that are named there already.
pub(super) fn naming(input: &Input, id: &str, now: &Json) -> Json {
    match input.property.value {
        Value::Keys { .. } => {
            let others = now.as_array().into_iter().flatten().skip(1).cloned();
            std::iter::once(json!(id)).chain(others).collect()
        }
        Value::One(_) | Value::Many { .. } => json!(id),
    }
}

/// The whole body of a seeded row.
pub(super) fn row_body(suite: &Suite, asker: Asker, entity: EntityId, row: RowId) -> Map<String, Json> {
    let caller = suite.scene.caller(asker);
    let inputs = suite.contract.resource(entity).update.iter().filter(|input| input.write.admits(&caller));
    match scene::body_of(suite.model, suite.scene, &suite.ids, suite.scene.row(row), inputs) {
        Json::Object(body) => body,
        _ => Map::new(),
    }
}

pub(super) fn post(
    suite: &mut Suite,
    entity: EntityId,
    cell: &Cell,
    body: &Map<String, Json>,
    status: u16,
) -> Found<backsmith::reference::Response> {
    let request = Request::new("POST", suite.path(entity)).json(&Json::Object(body.clone()));
    suite.expect(&suite.by(cell.asker, request), status)
}

pub(super) fn change(
    suite: &mut Suite,
    asker: Asker,
    row: RowId,
    method: &str,
    body: &Map<String, Json>,
    status: u16,
) -> Found<Json> {
    let request = Request::new(method, &suite.row_path(row)).json(&Json::Object(body.clone()));
    Ok(suite.expect(&suite.by(asker, request), status)?.json().unwrap_or_default()["data"].clone())
}

pub(super) fn read(suite: &mut Suite, asker: Asker, row: RowId) -> Found<Json> {
    let request = Request::new("GET", &suite.row_path(row));
    Ok(suite.expect(&suite.by(asker, request), 200)?.json().unwrap_or_default()["data"].clone())
}

/// Whether a row has all these values.
pub(super) fn holds(row: &Json, values: &Map<String, Json>) -> Found {
    // Whether all is shown that should be is another question.
    let differs = |(name, value): &(&String, &Json)| row.get(*name).is_some_and(|shown| !same(shown, value));
    match values.iter().find(differs) {
        Some((name, value)) => Err(format!("{name} is {} instead of {value}", row[name])),
        None => Ok(()),
    }
}

/// The inputs of an update that the asker may give, that no guard looks at and that refer to nothing.
pub(super) fn free(suite: &Suite, asker: Asker, entity: EntityId) -> Vec<Input> {
    let noticed = noticed(suite, entity);
    let mut inputs = suite.own_inputs(asker, entity, &suite.contract.resource(entity).update);
    inputs.retain(|input| input.refers_to.is_none() && !noticed.contains(&input.property.source));
    inputs
}

/// The fields that guards look at.
pub(in crate::checks) fn noticed(suite: &Suite, entity: EntityId) -> BTreeSet<Source> {
    let moved = suite.model.entity(entity).transitions.iter().map(|transitions| transitions.field);
    let checked = in_checks(suite.model.entity(entity));
    suite.contract.plan.noticed(entity).into_iter().chain(moved).chain(checked).map(Source::Field).collect()
}

pub(in crate::checks) fn is_unique(model: &Model, entity: EntityId, input: &Input) -> bool {
    matches!(input.property.source, Source::Field(id) if model.entity(entity).field(id).unique)
}
