//! What bodies do to rows, field by field.

use std::collections::BTreeSet;

use backsmith::contract::{Check, DetailCode, Input, Source, Value, Verb};
use backsmith::model::{AccessOperation, Default, EntityId, FieldId, Model, Scalar};
use backsmith::reference::Request;
use serde_json::{Map, Value as Json, json};

use super::access::{same, same_names};
use super::bodies::wants_unknown;
use super::http::NOBODY;
use crate::scene::{Ask, Asker, Cell, RowId};
use crate::suite::{Found, Suite};
use crate::values;

pub(super) fn run(suite: &mut Suite) {
    for (entity, declared) in suite.model.entities() {
        if let Some(cell) = suite.granted(entity, Verb::Create).cloned() {
            creates(suite, entity, declared.name.pascal(), &cell);
        }
        if suite.scene.spare(entity, 0).is_some() {
            updates(suite, entity, declared.name.pascal());
        }
    }
}

fn creates(suite: &mut Suite, entity: EntityId, name: &str, cell: &Cell) {
    let guards = suite.guards(entity, &[AccessOperation::Create]);
    let check = |suite: &mut Suite, what: &str, check: &dyn Fn(&mut Suite) -> Found| {
        suite.check(&format!("writes.{name}.create.{what}"), guards.clone(), check);
    };
    check(suite, "whole", &|suite| create_whole(suite, entity, cell));
    check(suite, "defaults", &|suite| create_defaults(suite, entity, cell));
    check(suite, "required", &|suite| create_without(suite, entity, cell));
    check(suite, "forms", &|suite| other_forms(suite, entity, cell));
    check(suite, "protected", &|suite| {
        let body = new_body(suite, entity, cell)?;
        let request = suite.by(cell.asker, Request::new("POST", suite.path(entity)));
        protected(suite, entity, cell.asker, &request, &body, &suite.contract.resource(entity).create)
    });
    for input in &suite.contract.resource(entity).create {
        let wire = &input.property.wire;
        check(suite, &format!("invalid.{wire}"), &|suite| create_invalid(suite, entity, cell, input));
        if input.refers_to.is_some() {
            check(suite, &format!("reference.{wire}"), &|suite| create_dangling(suite, entity, cell, input));
        }
        if is_unique(suite.model, entity, input) {
            check(suite, &format!("unique.{wire}"), &|suite| create_twice(suite, entity, cell, input));
        }
    }
}

fn updates(suite: &mut Suite, entity: EntityId, name: &str) {
    let guards = suite.guards(entity, &[AccessOperation::Update]);
    let mut number = 0;
    let mut check = |suite: &mut Suite, what: &str, check: &dyn Fn(&mut Suite, Asker, RowId) -> Found| {
        number += 1;
        suite.check(&format!("writes.{name}.update.{what}"), guards.clone(), |suite| {
            let spare = suite.scene.spare(entity, number);
            let (asker, row) = spare.ok_or("no row is left for this check")?;
            check(suite, asker, row)
        });
    };
    check(suite, "nothing", &patch_nothing);
    check(suite, "capital-id", &capital_id);
    check(suite, "each", &|suite, asker, row| patch_each(suite, entity, asker, row));
    check(suite, "null", &|suite, asker, row| patch_null(suite, entity, asker, row));
    check(suite, "invalid", &|suite, asker, row| patch_invalid(suite, entity, asker, row));
    check(suite, "unique", &|suite, asker, row| patch_taken(suite, entity, asker, row));
    check(suite, "whole", &|suite, asker, row| put_whole(suite, entity, asker, row));
    for method in ["PATCH", "PUT"] {
        check(suite, &format!("protected.{}", method.to_lowercase()), &|suite, asker, row| {
            let body = row_body(suite, entity, row);
            let request = suite.by(asker, Request::new(method, &suite.row_path(row)));
            let before = read(suite, asker, row)?;
            protected(suite, entity, asker, &request, &body, &suite.contract.resource(entity).update)?;
            if read(suite, asker, row)? == before { Ok(()) } else { Err("a refused body changed the row".to_owned()) }
        });
    }
}

// Creating

fn create_whole(suite: &mut Suite, entity: EntityId, cell: &Cell) -> Found {
    let body = new_body(suite, entity, cell)?;
    let response = post(suite, entity, cell, &body, 201)?;
    let row = response.json().unwrap_or_default()["data"].clone();
    same_names(suite, entity, &row)?;
    holds(&row, &body)?;
    if row["createdAt"] != row["updatedAt"] || !row["createdAt"].is_string() {
        return Err("a new row's timestamps differ".to_owned());
    }
    let location = format!("{}/{}", suite.path(entity), row["id"].as_str().unwrap_or_default());
    if response.get("location") != Some(location.as_str()) {
        return Err(format!("Location is {:?} instead of {location}", response.get("location")));
    }
    if suite.contract.verb(entity, Verb::Get).is_some()
        && suite.scene.reads_result(suite.model, &suite.contract.plan, cell, cell.asker)
    {
        let found = suite.expect(&suite.by(cell.asker, Request::new("GET", &location)), 200)?;
        if found.json().unwrap_or_default()["data"] != row {
            return Err("the row that was answered is not the one that is there".to_owned());
        }
    }
    Ok(())
}

/// What a body leaves out begins at its default, empty or null.
fn create_defaults(suite: &mut Suite, entity: EntityId, cell: &Cell) -> Found {
    let inputs = &suite.contract.resource(entity).create;
    let noticed = noticed(suite, entity);
    let mut body = new_body(suite, entity, cell)?;
    for input in inputs.iter().filter(|input| !input.required && !noticed.contains(&input.property.source)) {
        body.remove(&input.property.wire);
    }
    let response = post(suite, entity, cell, &body, 201)?;
    let row = response.json().unwrap_or_default()["data"].clone();
    same_names(suite, entity, &row)?;
    holds(&row, &body)?;
    begins(suite, entity, &row, &body)
}

/// Whether all that a body left out is at its beginning.
fn begins(suite: &Suite, entity: EntityId, row: &Json, body: &Map<String, Json>) -> Found {
    let declared = suite.model.entity(entity);
    for property in &suite.contract.resource(entity).row {
        let Source::Field(id) = property.source else { continue };
        if body.contains_key(&property.wire) || declared.owner == Some(id) {
            continue;
        }
        let shown = &row[&property.wire];
        let fits = match (&declared.field(id).default, &property.value) {
            (Some(Default::Literal(literal)), Value::One(scalar)) => same(shown, &values::of_literal(literal, scalar)),
            (Some(Default::Now), _) => shown.is_string(),
            (_, Value::Many { .. }) => *shown == json!([]),
            (_, Value::One(_)) => shown.is_null(),
        };
        if !fits {
            return Err(format!("{} begins as {shown}", property.wire));
        }
    }
    Ok(())
}

fn create_without(suite: &mut Suite, entity: EntityId, cell: &Cell) -> Found {
    let inputs = &suite.contract.resource(entity).create;
    let required: Vec<&str> =
        inputs.iter().filter(|input| input.required).map(|input| input.property.wire.as_str()).collect();
    let body = new_body(suite, entity, cell)?;
    for wire in &required {
        let mut body = body.clone();
        body.remove(*wire);
        let request = suite.by(cell.asker, Request::new("POST", suite.path(entity)).json(&body.into()));
        suite.expect_details(&request, 400, &[(wire, "required")])?;
    }
    if !required.is_empty() && required.len() <= suite.contract.limits.details as usize {
        let all: Vec<(&str, &str)> = required.iter().map(|wire| (*wire, "required")).collect();
        let request = suite.by(cell.asker, Request::new("POST", suite.path(entity)).json(&json!({})));
        suite.expect_details(&request, 400, &all)?;
    }
    Ok(())
}

fn create_invalid(suite: &mut Suite, entity: EntityId, cell: &Cell, input: &Input) -> Found {
    let body = new_body(suite, entity, cell)?;
    let wire = &input.property.wire;
    for (value, below, code) in values::invalid(&input.property.value, input.property.nullable) {
        let mut body = body.clone();
        body.insert(wire.clone(), value);
        let request = suite.by(cell.asker, Request::new("POST", suite.path(entity)).json(&body.into()));
        suite.expect_details(&request, 400, &[(&format!("{wire}{below}"), code.as_str())])?;
    }
    Ok(())
}

/// Other ways to write a value are taken, and come back in its one form.
fn other_forms(suite: &mut Suite, entity: EntityId, cell: &Cell) -> Found {
    let noticed = noticed(suite, entity);
    let inputs = &suite.contract.resource(entity).create;
    for input in inputs.iter().filter(|input| input.refers_to.is_none() && !noticed.contains(&input.property.source)) {
        let Value::One(scalar) = &input.property.value else { continue };
        let mut body = new_body(suite, entity, cell)?;
        let Some(canonical) = body.get(&input.property.wire).cloned() else { continue };
        let Some(other) = other_form(scalar, &canonical) else { continue };
        body.insert(input.property.wire.clone(), other.clone());
        let response = post(suite, entity, cell, &body, 201)?;
        let shown = response.json().unwrap_or_default()["data"][&input.property.wire].clone();
        if !same(&shown, &canonical) {
            return Err(format!("{}: {other} became {shown} instead of {canonical}", input.property.wire));
        }
    }
    Ok(())
}

fn other_form(scalar: &Scalar, canonical: &Json) -> Option<Json> {
    let text = canonical.as_str();
    match scalar {
        Scalar::Integer(_) => canonical.as_f64().map(|number| json!(number)),
        Scalar::Uuid | Scalar::Email => Some(json!(text?.to_uppercase())),
        Scalar::DateTime => {
            let (day, _) = text?.split_once('T')?;
            Some(json!(format!("{day}T14:30:00.5+02:00")))
        }
        Scalar::Decimal { .. } => {
            let text = text?.trim_end_matches('0').trim_end_matches('.');
            (!text.is_empty()).then(|| json!(text))
        }
        _ => None,
    }
}

fn create_dangling(suite: &mut Suite, entity: EntityId, cell: &Cell, input: &Input) -> Found {
    let wire = &input.property.wire;
    if !input.write.admits(&suite.scene.caller(cell.asker)) {
        return Ok(());
    }
    let mut absent = vec![NOBODY.to_owned()];
    absent.extend(input.refers_to.and_then(|to| unreadable(suite, to, cell.asker)));
    for id in absent {
        let mut body = new_body(suite, entity, cell)?;
        body.insert(wire.clone(), json!(id));
        let request = suite.by(cell.asker, Request::new("POST", suite.path(entity)).json(&body.into()));
        suite.expect_details(&request, 409, &[(wire, "reference")])?;
    }
    Ok(())
}

/// The id of a row that the asker may not read.
fn unreadable(suite: &Suite, entity: EntityId, asker: Asker) -> Option<String> {
    let hidden = |row: &RowId| {
        let cell = Cell { id: String::new(), entity, ask: Ask::Get(*row), asker };
        Asker::Account(*row) != asker && suite.scene.predict(suite.model, &suite.contract.plan, &cell).status != 200
    };
    let row = suite.scene.rows_of(entity).map(|(row, _)| row).find(hidden)?;
    Some(suite.id(row).to_owned())
}

fn create_twice(suite: &mut Suite, entity: EntityId, cell: &Cell, input: &Input) -> Found {
    let wire = &input.property.wire;
    let first = new_body(suite, entity, cell)?;
    post(suite, entity, cell, &first, 201)?;
    let mut second = new_body(suite, entity, cell)?;
    second.insert(wire.clone(), first[wire].clone());
    let request = suite.by(cell.asker, Request::new("POST", suite.path(entity)).json(&second.into()));
    suite.expect_details(&request, 409, &[(wire, "unique")])
}

// Changing

fn patch_nothing(suite: &mut Suite, asker: Asker, row: RowId) -> Found {
    let before = read(suite, asker, row)?;
    let after = change(suite, asker, row, "PATCH", &Map::new(), 200)?;
    if after == before { Ok(()) } else { Err(format!("{before} became {after}")) }
}

fn capital_id(suite: &mut Suite, asker: Asker, row: RowId) -> Found {
    let id = suite.id(row).to_owned();
    let path = suite.row_path(row).replace(&id, &id.to_uppercase());
    let found = suite.expect(&suite.by(asker, Request::new("GET", &path)), 200)?.json().unwrap_or_default();
    if found["data"]["id"] == id.as_str() { Ok(()) } else { Err("another id in the answer".to_owned()) }
}

fn patch_each(suite: &mut Suite, entity: EntityId, asker: Asker, row: RowId) -> Found {
    let mut before = read(suite, asker, row)?;
    for input in free(suite, entity) {
        let value = suite.fresh(entity, &input);
        let wire = &input.property.wire;
        let after = change(suite, asker, row, "PATCH", &Map::from_iter([(wire.clone(), value.clone())]), 200)?;
        let mut wanted = before.clone();
        wanted[wire] = value;
        wanted["updatedAt"] = after["updatedAt"].clone();
        if !same(&after, &wanted) {
            return Err(format!("{wanted} was wanted, {after} came"));
        }
        let moment = |row: &Json| row["updatedAt"].as_str().map(str::to_owned);
        if moment(&after) < moment(&before) || after["updatedAt"] == after["createdAt"] {
            return Err("updatedAt does not move on".to_owned());
        }
        before = after;
    }
    Ok(())
}

fn patch_null(suite: &mut Suite, entity: EntityId, asker: Asker, row: RowId) -> Found {
    for input in free(suite, entity).into_iter().filter(|input| input.property.nullable) {
        let wire = &input.property.wire;
        let after = change(suite, asker, row, "PATCH", &Map::from_iter([(wire.clone(), Json::Null)]), 200)?;
        if !after[wire].is_null() {
            return Err(format!("{wire} is {} instead of null", after[wire]));
        }
    }
    Ok(())
}

fn patch_invalid(suite: &mut Suite, entity: EntityId, asker: Asker, row: RowId) -> Found {
    let before = read(suite, asker, row)?;
    for input in &suite.contract.resource(entity).update {
        let wire = &input.property.wire;
        for (value, below, code) in values::invalid(&input.property.value, input.property.nullable) {
            let body = json!({ wire: value });
            let request = suite.by(asker, Request::new("PATCH", &suite.row_path(row)).json(&body));
            suite.expect_details(&request, 400, &[(&format!("{wire}{below}"), code.as_str())])?;
        }
        if input.refers_to.is_some() {
            let request = suite.by(asker, Request::new("PATCH", &suite.row_path(row)).json(&json!({ wire: NOBODY })));
            suite.expect_details(&request, 409, &[(wire, "reference")])?;
        }
    }
    if read(suite, asker, row)? == before { Ok(()) } else { Err("a refused body changed the row".to_owned()) }
}

fn patch_taken(suite: &mut Suite, entity: EntityId, asker: Asker, row: RowId) -> Found {
    let model = suite.model;
    for input in free(suite, entity).into_iter().filter(|input| is_unique(model, entity, input)) {
        let other = suite.scene.spare(entity, 0).ok_or("no other row")?.1;
        let wire = &input.property.wire;
        let taken = suite.wire_row(other).get(wire).cloned().unwrap_or_default();
        let request = suite.by(asker, Request::new("PATCH", &suite.row_path(row)).json(&json!({ wire: taken })));
        suite.expect_details(&request, 409, &[(wire, "unique")])?;
        // Its own value is not another's.
        let own = read(suite, asker, row)?[wire].clone();
        change(suite, asker, row, "PATCH", &Map::from_iter([(wire.clone(), own)]), 200)?;
    }
    Ok(())
}

/// A whole body needs all that is required, and puts the rest back to its beginning.
fn put_whole(suite: &mut Suite, entity: EntityId, asker: Asker, row: RowId) -> Found {
    let inputs = &suite.contract.resource(entity).update;
    let noticed = noticed(suite, entity);
    let before = read(suite, asker, row)?;
    let whole = row_body(suite, entity, row);
    for input in inputs.iter().filter(|input| input.required) {
        let mut body = whole.clone();
        body.remove(&input.property.wire);
        let request = suite.by(asker, Request::new("PUT", &suite.row_path(row)).json(&body.into()));
        suite.expect_details(&request, 400, &[(&input.property.wire, "required")])?;
    }
    let mut body = whole.clone();
    let mut left_out = Map::new();
    for input in inputs.iter().filter(|input| !input.required && !noticed.contains(&input.property.source)) {
        left_out.extend(body.remove_entry(&input.property.wire));
    }
    let after = change(suite, asker, row, "PUT", &body, 200)?;
    holds(&after, &body)?;
    let kept = before.as_object().into_iter().flatten();
    let kept: Map<String, Json> = kept
        .filter(|(name, _)| !left_out.contains_key(*name) && *name != "updatedAt")
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    holds(&after, &kept)?;
    begins(suite, entity, &after, &kept)?;
    // A reference that has been taken out might not be there for this asker to give again.
    let references = inputs.iter().filter(|input| input.refers_to.is_some() && !input.required);
    let gone: Vec<&String> = references.map(|input| &input.property.wire).collect();
    let again: Map<String, Json> = whole.into_iter().filter(|(name, _)| !gone.contains(&name)).collect();
    let shown = change(suite, asker, row, "PUT", &again, 200)?;
    holds(&shown, &again)
}

// Both

/// Members that the server alone writes are unknown in bodies, or forbidden where others may write them.
fn protected(
    suite: &mut Suite,
    entity: EntityId,
    asker: Asker,
    request: &Request,
    body: &Map<String, Json>,
    inputs: &[Input],
) -> Found {
    let declared = suite.model.entity(entity);
    let mut names: Vec<String> = ["id", "createdAt", "updatedAt", "role", "password"].map(str::to_owned).into();
    for (_, field) in declared.fields() {
        let suffix = if field.reference().is_some() { "Id" } else { "" };
        names.push(format!("{}{suffix}", field.name.camel()));
        names.push(if suffix.is_empty() { format!("{}Id", field.name.camel()) } else { field.name.camel() });
        names.push(field.name.snake().to_owned());
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
            Some(input) if !input.write.admits(&suite.scene.caller(asker)) => {
                body.insert(name.clone(), json!(NOBODY));
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
fn new_body(suite: &mut Suite, entity: EntityId, cell: &Cell) -> Found<Map<String, Json>> {
    let Ask::Create(fields) = &cell.ask else { return Err("a cell that creates nothing".to_owned()) };
    let row = crate::scene::Row { key: String::new(), entity, fields: fields.clone(), login: None };
    let (model, inputs) = (suite.model, &suite.contract.resource(entity).create);
    let body = crate::scene::body_of(model, suite.scene, &suite.ids, &row, inputs);
    let Json::Object(mut body) = body else { return Err("a body that is no object".to_owned()) };
    for input in inputs.iter().filter(|input| is_unique(model, entity, input)) {
        if input.refers_to.is_none() && body.contains_key(&input.property.wire) {
            let value = suite.fresh(entity, input);
            body.insert(input.property.wire.clone(), value);
        }
    }
    Ok(body)
}

/// The whole body of a seeded row.
fn row_body(suite: &Suite, entity: EntityId, row: RowId) -> Map<String, Json> {
    let inputs = &suite.contract.resource(entity).update;
    match crate::scene::body_of(suite.model, suite.scene, &suite.ids, suite.scene.row(row), inputs) {
        Json::Object(body) => body,
        _ => Map::new(),
    }
}

fn post(
    suite: &mut Suite,
    entity: EntityId,
    cell: &Cell,
    body: &Map<String, Json>,
    status: u16,
) -> Found<backsmith::reference::Response> {
    let request = Request::new("POST", suite.path(entity)).json(&Json::Object(body.clone()));
    suite.expect(&suite.by(cell.asker, request), status)
}

fn change(
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

fn read(suite: &mut Suite, asker: Asker, row: RowId) -> Found<Json> {
    let request = Request::new("GET", &suite.row_path(row));
    Ok(suite.expect(&suite.by(asker, request), 200)?.json().unwrap_or_default()["data"].clone())
}

/// Whether a row has all these values.
fn holds(row: &Json, values: &Map<String, Json>) -> Found {
    let differs = |(name, value): &(&String, &Json)| !same(&row[*name], value);
    match values.iter().find(differs) {
        Some((name, value)) => Err(format!("{name} is {} instead of {value}", row[name])),
        None => Ok(()),
    }
}

/// The inputs of an update that no guard looks at and that refer to nothing.
fn free(suite: &Suite, entity: EntityId) -> Vec<Input> {
    let noticed = noticed(suite, entity);
    let inputs = suite.contract.resource(entity).update.iter();
    inputs.filter(|input| input.refers_to.is_none() && !noticed.contains(&input.property.source)).cloned().collect()
}

/// The fields that guards look at.
fn noticed(suite: &Suite, entity: EntityId) -> BTreeSet<Source> {
    let guards = suite.contract.plan.guards.iter().filter(|guard| guard.entity == entity);
    let fields = guards.flat_map(|guard| match &guard.check {
        Check::Caller(_) => Vec::new(),
        Check::Row(_, predicate) => {
            let compared = predicate.comparisons().into_iter().map(|(field, _)| field);
            compared.chain(predicate.mine()).collect::<Vec<FieldId>>()
        }
    });
    fields.map(Source::Field).collect()
}

fn is_unique(model: &Model, entity: EntityId, input: &Input) -> bool {
    matches!(input.property.source, Source::Field(id) if model.entity(entity).field(id).unique)
}
