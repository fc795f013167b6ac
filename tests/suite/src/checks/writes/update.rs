//! Changed rows.

use backsmith::contract::{Input, Value};
use backsmith::model::{AccessOperation, EntityId};
use backsmith::reference::Request;
use serde_json::{Map, Value as Json, json};

use super::shared::{
    begins, change, free, holds, is_unique, is_written_by_row, naming, noticed, protected, read, row_body,
};
use crate::checks::access::{same, same_names};
use crate::checks::http::NOBODY;
use crate::scene::{Asker, RowId};
use crate::suite::{Found, Suite};
use crate::values;

pub(super) fn run(suite: &mut Suite, entity: EntityId, name: &str) {
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
    let has_sets = |input: &Input| matches!(input.property.value, Value::Keys { .. });
    if suite.contract.resource(entity).update.iter().any(has_sets) {
        check(suite, "sets", &|suite, asker, row| patch_sets(suite, entity, asker, row));
    }
    for method in ["PATCH", "PUT"] {
        check(suite, &format!("protected.{}", method.to_lowercase()), &|suite, asker, row| {
            let body = row_body(suite, asker, entity, row);
            let request = suite.by(asker, Request::new(method, &suite.row_path(row)));
            let before = read(suite, asker, row)?;
            protected(suite, entity, asker, &request, &body, &suite.contract.resource(entity).update)?;
            if read(suite, asker, row)? == before { Ok(()) } else { Err("a refused body changed the row".to_owned()) }
        });
    }
}

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
    let [created_at, updated_at] = ["created_at", "updated_at"].map(|name| suite.name(name));
    for input in free(suite, asker, entity) {
        let value = suite.fresh(entity, &input);
        let wire = &input.property.wire;
        let after = change(suite, asker, row, "PATCH", &Map::from_iter([(wire.clone(), value.clone())]), 200)?;
        let mut wanted = before.clone();
        wanted[wire] = value;
        wanted[&updated_at] = after[&updated_at].clone();
        if !same(&after, &wanted) {
            return Err(format!("{wanted} was wanted, {after} came"));
        }
        let moment = |row: &Json| row[&updated_at].as_str().map(str::to_owned);
        if moment(&after) < moment(&before) || after[&updated_at] == after[&created_at] {
            return Err(format!("{updated_at} does not move on"));
        }
        before = after;
    }
    Ok(())
}

/// A set is replaced by what a body says, and comes back in one order.
fn patch_sets(suite: &mut Suite, entity: EntityId, asker: Asker, row: RowId) -> Found {
    let noticed = noticed(suite, entity);
    for input in suite.own_inputs(asker, entity, &suite.contract.resource(entity).update) {
        let Value::Keys { count } = input.property.value else { continue };
        if noticed.contains(&input.property.source) {
            continue;
        }
        let wire = &input.property.wire;
        let before = read(suite, asker, row)?[wire].as_array().cloned().unwrap_or_default();
        let fewer: Vec<Json> = before.iter().take(count.min as usize).cloned().collect();
        let backwards: Vec<Json> = before.iter().rev().cloned().collect();
        for (given, wanted) in [(backwards, &before), (fewer.clone(), &fewer), (before.clone(), &before)] {
            let body = Map::from_iter([(wire.clone(), given.clone().into())]);
            let after = change(suite, asker, row, "PATCH", &body, 200)?;
            if after[wire].as_array() != Some(wanted) {
                return Err(format!("{wire}: {given:?} became {}", after[wire]));
            }
            if read(suite, asker, row)? != after {
                return Err("the row that was answered is not the one that is there".to_owned());
            }
        }
    }
    Ok(())
}

fn patch_null(suite: &mut Suite, entity: EntityId, asker: Asker, row: RowId) -> Found {
    for input in free(suite, asker, entity).into_iter().filter(|input| input.property.nullable) {
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
        if input.refers_to.is_some() && input.write.admits(&suite.scene.caller(asker)) {
            let body = json!({ wire: naming(input, NOBODY, &before[wire]) });
            let request = suite.by(asker, Request::new("PATCH", &suite.row_path(row)).json(&body));
            suite.expect_details(&request, 409, &[(wire, "reference")])?;
        }
    }
    if read(suite, asker, row)? == before { Ok(()) } else { Err("a refused body changed the row".to_owned()) }
}

fn patch_taken(suite: &mut Suite, entity: EntityId, asker: Asker, row: RowId) -> Found {
    let model = suite.model;
    for input in free(suite, asker, entity).into_iter().filter(|input| is_unique(model, entity, input)) {
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
    let whole = row_body(suite, asker, entity, row);
    for input in inputs.iter().filter(|input| input.required) {
        let mut body = whole.clone();
        body.remove(&input.property.wire);
        let request = suite.by(asker, Request::new("PUT", &suite.row_path(row)).json(&body.into()));
        suite.expect_details(&request, 400, &[(&input.property.wire, "required")])?;
    }
    let mut body = whole.clone();
    let mut left_out = Map::new();
    let is_optional = |input: &&Input| !input.required && !noticed.contains(&input.property.source);
    for input in inputs.iter().filter(is_optional) {
        left_out.extend(body.remove_entry(&input.property.wire));
    }
    let after = change(suite, asker, row, "PUT", &body, 200)?;
    same_names(suite, &suite.scene.caller(asker), entity, &after)?;
    holds(&after, &body)?;
    let updated_at = suite.name("updated_at");
    let kept = before.as_object().into_iter().flatten();
    let of_row: Vec<&String> = inputs
        .iter()
        .filter(|input| is_written_by_row(suite, entity, input.property.source))
        .map(|input| &input.property.wire)
        .collect();
    let kept: Map<String, Json> = kept
        .filter(|(name, _)| body.contains_key(*name) || !of_row.contains(name))
        .filter(|(name, _)| !left_out.contains_key(*name) && **name != updated_at)
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    holds(&after, &kept)?;
    begins(suite, entity, &after, &kept)?;
    // A reference that has been taken out might not be there for this asker to give again.
    let references = inputs.iter().filter(|input| input.refers_to.is_some());
    let gone: Vec<&String> =
        references.map(|input| &input.property.wire).filter(|name| left_out.contains_key(*name)).collect();
    let again: Map<String, Json> = whole.into_iter().filter(|(name, _)| !gone.contains(&name)).collect();
    let shown = change(suite, asker, row, "PUT", &again, 200)?;
    holds(&shown, &again)
}
