//! New rows.

use backsmith::contract::{Input, Source, Value, Verb, property};
use backsmith::model::{AccessOperation, EntityId, Scalar, UniqueSet};
use backsmith::reference::Request;
use serde_json::{Value as Json, json};

use super::shared::{begins, holds, is_unique, naming, new_body, noticed, post, protected};
use crate::checks::access::{same, same_names};
use crate::checks::http::NOBODY;
use crate::scene::{Ask, Asker, Cell, RowId};
use crate::suite::{Found, Suite};
use crate::values;

pub(super) fn run(suite: &mut Suite, entity: EntityId, name: &str, cell: &Cell) {
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
    if let Some((unique, reference)) = taken_and_dangling(suite, entity, cell) {
        check(suite, "references-first", &|suite| references_first(suite, entity, cell, &unique, &reference));
    }
    for (number, set) in suite.model.entity(entity).unique.iter().enumerate() {
        check(suite, &format!("unique-set.{number}"), &|suite| create_set_twice(suite, entity, cell, set));
    }
}

fn create_whole(suite: &mut Suite, entity: EntityId, cell: &Cell) -> Found {
    let body = new_body(suite, entity, cell)?;
    let response = post(suite, entity, cell, &body, 201)?;
    let row = response.json().unwrap_or_default()["data"].clone();
    same_names(suite, &suite.scene.caller(cell.asker), entity, &row)?;
    holds(&row, &body)?;
    let [created_at, updated_at] = ["created_at", "updated_at"].map(|name| &row[suite.name(name)]);
    if created_at != updated_at || !created_at.is_string() {
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
    same_names(suite, &suite.scene.caller(cell.asker), entity, &row)?;
    holds(&row, &body)?;
    begins(suite, entity, &row, &body)
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
    let inputs = suite.own_inputs(cell.asker, entity, inputs);
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
        Scalar::String { form, .. } | Scalar::Text { form, .. } if form.lowercase => {
            Some(json!(text?.to_ascii_uppercase()))
        }
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
        let named = naming(input, &id, &body[wire]);
        body.insert(wire.clone(), named);
        let request = suite.by(cell.asker, Request::new("POST", suite.path(entity)).json(&body.into()));
        suite.expect_details(&request, 409, &[(wire, "reference")])?;
    }
    Ok(())
}

/// An input of which no two rows may have the same value, and one that refers to a row.
fn taken_and_dangling(suite: &Suite, entity: EntityId, cell: &Cell) -> Option<(Input, Input)> {
    let own = suite.own_inputs(cell.asker, entity, &suite.contract.resource(entity).create);
    let unique = own.iter().find(|input| input.refers_to.is_none() && is_unique(suite.model, entity, input))?;
    let owner = suite.model.entity(entity).owner_field().map(Source::Field);
    let reference = own.iter().find(|input| {
        input.refers_to.is_some()
            && matches!(input.property.value, Value::One(_))
            && Some(input.property.source) != owner
    })?;
    Some((unique.clone(), reference.clone()))
}

/// Where a body refers to no row and has a value that another row has, the answer is about the reference.
fn references_first(suite: &mut Suite, entity: EntityId, cell: &Cell, unique: &Input, reference: &Input) -> Found {
    let first = new_body(suite, entity, cell)?;
    let Some(value) = first.get(&unique.property.wire) else { return Ok(()) };
    post(suite, entity, cell, &first, 201)?;
    let mut second = new_body(suite, entity, cell)?;
    second.insert(unique.property.wire.clone(), value.clone());
    second.insert(reference.property.wire.clone(), json!(NOBODY));
    let request = suite.by(cell.asker, Request::new("POST", suite.path(entity)).json(&second.into()));
    suite.expect_details(&request, 409, &[(&reference.property.wire, "reference")])
}

/// The id of a row that the asker may not read.
fn unreadable(suite: &Suite, entity: EntityId, asker: Asker) -> Option<String> {
    let hidden = |row: &RowId| {
        let cell = Cell { id: String::new(), entity, ask: Ask::Get(*row), asker, field: None };
        Asker::Account(*row) != asker && suite.scene.predict(suite.model, &suite.contract.plan, &cell).status != 200
    };
    let row = suite.scene.rows_of(entity).map(|(row, _)| row).find(hidden)?;
    Some(suite.id(row).to_owned())
}

/// No two rows have all values of a set in common.
fn create_set_twice(suite: &mut Suite, entity: EntityId, cell: &Cell, set: &UniqueSet) -> Found {
    let first = new_body(suite, entity, cell)?;
    post(suite, entity, cell, &first, 201)?;
    let mut second = new_body(suite, entity, cell)?;
    let declared = suite.model.entity(entity);
    let wires: Vec<String> = set.fields.iter().map(|field| property(*field, declared.field(*field)).wire).collect();
    for wire in &wires {
        if let Some(value) = first.get(wire) {
            second.insert(wire.clone(), value.clone());
        }
    }
    let request = suite.by(cell.asker, Request::new("POST", suite.path(entity)).json(&second.into()));
    let wanted: Vec<(&str, &str)> = wires.iter().map(|wire| (wire.as_str(), "unique")).collect();
    suite.expect_details(&request, 409, &wanted)
}

fn create_twice(suite: &mut Suite, entity: EntityId, cell: &Cell, input: &Input) -> Found {
    let wire = &input.property.wire;
    let first = new_body(suite, entity, cell)?;
    let Some(value) = first.get(wire) else { return Ok(()) };
    post(suite, entity, cell, &first, 201)?;
    let mut second = new_body(suite, entity, cell)?;
    second.insert(wire.clone(), value.clone());
    let request = suite.by(cell.asker, Request::new("POST", suite.path(entity)).json(&second.into()));
    suite.expect_details(&request, 409, &[(wire, "unique")])
}
