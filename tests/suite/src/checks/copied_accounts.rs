//! What new users copy from the rows that they refer to.

use std::collections::BTreeSet;

use backsmith::contract::{Input, RowValues, fitting, in_checks};
use backsmith::model::{EntityId, Field, FieldId, Literal, Model, Type};
use serde_json::{Map, Value as Json, json};

use super::access::same;
use super::accounts::{account, completed, members, readable, register_with, registration};
use crate::scene::{RowId, starting_values};
use crate::suite::{Found, Suite};
use crate::values;

/// Whoever registers and leaves a value out gets that of the row that is named, or none where no row is.
pub(super) fn register_copies(suite: &mut Suite) -> Found {
    let user = account(suite)?;
    let told = members(suite)?;
    let mut body = registration(suite, "correct horse")?;
    let declared = suite.model.entity(user);
    for input in &told {
        let copies = declared.fields.iter().filter_map(Field::copied);
        let mut copies = copies.filter(|(through, _)| declared.field(*through).wire == input.property.wire);
        let Some(to) = input.refers_to.filter(|_| copies.next().is_some()) else { continue };
        let seeded: Vec<RowId> = readable(suite, to).into_iter().filter(|row| !suite.id(*row).is_empty()).collect();
        let row = going_together(suite, user, input, &seeded).or(seeded.first().copied());
        if let Some(row) = row {
            body.insert(input.property.wire.clone(), json!(suite.id(row)));
        }
    }
    let mut expected: Map<String, Json> = Map::new();
    for field in &declared.fields {
        let Some((through, from)) = field.copied() else { continue };
        body.remove(&field.wire);
        if let Some(value) = held_by_named(suite, user, &body, (through, from)) {
            expected.insert(field.wire.clone(), value);
        }
    }
    let body = completed(suite, user, body, |field| field.copied().is_none())?;
    let known = register_with(suite, body)?;
    for (name, value) in &expected {
        if known.session.user.get(name).is_some_and(|shown| !same(shown, value)) {
            return Err(format!("{name} is {} instead of {value}", known.session.user[name]));
        }
    }
    Ok(())
}

/// What is copied where a body does not say it, as far as that is known.
pub(super) fn copied_by(suite: &Suite, user: EntityId, body: &Map<String, Json>) -> RowValues {
    let declared = suite.model.entity(user);
    let unsaid = declared.fields().filter(|(_, field)| !body.contains_key(&field.wire));
    let copied = unsaid.filter_map(|(id, field)| {
        let value = held_by_named(suite, user, body, field.copied()?)?;
        Some((id, literal(suite.model, user, id, &value)))
    });
    copied.collect()
}

/// What the row that a body names by a reference holds in a field; null where it names none.
fn held_by_named(
    suite: &Suite,
    user: EntityId,
    body: &Map<String, Json>,
    (through, from): (FieldId, FieldId),
) -> Option<Json> {
    let by = suite.model.entity(user).field(through);
    let to = by.reference()?.to;
    let Some(id) = body.get(&by.wire).and_then(Json::as_str) else { return Some(Json::Null) };
    if let Some(made) = suite.made.get(id) {
        return made.get(&suite.model.entity(to).field(from).wire).cloned();
    }
    let (row, _) = suite.scene.rows_of(to).find(|(row, _)| suite.id(*row) == id)?;
    Some(suite.held(row, from))
}

/// The first of these rows that a new user can name without breaking a check by what is copied from it: as users begin,
/// or else whatever they say of themselves.
pub(super) fn going_together(suite: &Suite, user: EntityId, input: &Input, rows: &[RowId]) -> Option<RowId> {
    let declared = suite.model.entity(user);
    let through = declared.fields().find(|(_, field)| field.wire == input.property.wire)?.0;
    let checked = in_checks(declared);
    let copied = declared.fields().filter_map(|(id, field)| Some((id, field.copied()?)));
    let copied: Vec<(FieldId, FieldId)> = copied
        .filter(|(id, (of, _))| *of == through && checked.contains(id))
        .map(|(id, (_, from))| (id, from))
        .collect();
    if copied.is_empty() {
        return None;
    }
    let changed: BTreeSet<RowId> = suite.scene.changed().collect();
    let begins = || {
        let begins = starting_values(suite.model, user).into_iter();
        begins.map(|(id, value)| (id, literal(suite.model, user, id, &value)))
    };
    let goes = |row: &&RowId, begun: bool| {
        if changed.contains(row) {
            return false;
        }
        let held = copied.iter().map(|(id, from)| (*id, literal(suite.model, user, *id, &suite.held(**row, *from))));
        let fixed = begins().filter(|_| begun).chain(held).collect();
        fitting(declared, &fixed, &|_| Vec::new()).is_some()
    };
    [true, false].into_iter().find_map(|begun| rows.iter().find(|row| goes(row, begun))).copied()
}

/// What a value of users is to rules.
pub(super) fn literal(model: &Model, user: EntityId, id: FieldId, value: &Json) -> Option<Literal> {
    match &model.entity(user).field(id).ty {
        Type::Scalar(scalar) => values::literal(scalar, value),
        Type::List { .. } | Type::Reference(_) | Type::Many(_) => None,
    }
}
