//! The sample rows of a project, as the file that its `seed` command reads.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::derive::property;
use super::fit::{fitting, in_checks};
use super::sample::{self, ROWS, shift};
use super::validate::Stored;
use super::{Contract, RowValues};
use crate::code::{Piece, pretty_part, pretty_pieces};
use crate::memo::Memo;
use crate::model::{Entity, EntityId, EntityKind, Field, FieldId, Literal, Model, Type, Write};

mod order;

pub use order::{order, waits};

/// The password of every sample account; the file is refused in production.
const PASSWORD: &str = "correct horse battery staple";

/// The keys of the sample rows of each entity that comes before, in order.
struct Keys<'m> {
    model: &'m Model,
    known: BTreeMap<EntityId, Arc<[String]>>,
}

impl Keys<'_> {
    /// The keys of an entity's rows; they are part of what is known of it.
    fn of(&self, entity: EntityId) -> Option<&[String]> {
        self.model.reads().read(entity.0);
        self.known.get(&entity).map(AsRef::as_ref)
    }

    fn count(&self, entity: EntityId) -> usize {
        self.of(entity).map_or(0, <[String]>::len)
    }
}

/// The sample rows of a project.
#[derive(Debug)]
pub struct Sample {
    /// By the entity's name, each after those it refers to.
    entities: Vec<(String, Arc<Rows>)>,
}

#[derive(Debug)]
struct Rows {
    by_key: Json,
    keys: Arc<[String]>,
    /// As they stand in the file, where that does not depend on what stands beside them.
    text: Option<String>,
}

/// The file.
pub fn sample(model: &Model, contract: &Contract) -> String {
    rows(model, contract, &Memo::default()).text()
}

/// A user without a role and one of each, then some rows of every entity, each after those it refers to; some of it may
/// have been made before.
pub fn rows(model: &Model, contract: &Contract, memo: &Memo) -> Sample {
    let mut keys = Keys { model, known: BTreeMap::new() };
    let mut entities: Vec<(String, Arc<Rows>)> = Vec::new();
    let user = model.auth.as_ref().map(|auth| auth.user);
    let order = memo.found_of_all("order of sample rows", in_order(model, contract));
    for id in order {
        let entity = model.entity(id);
        let make = || if user == Some(id) { users(contract, entity, &keys) } else { of_entity(entity, &keys) };
        let rows = memo.always("sample rows", id.0, || Arc::new(Rows::new(make())));
        let own = memo.found("keys of sample rows", id.0, Arc::clone(&rows.keys));
        keys.known.insert(id, own);
        entities.push((entity.name.pascal().to_owned(), rows));
    }
    Sample { entities }
}

impl Sample {
    /// The file.
    pub fn text(&self) -> String {
        let members = self.entities.iter().map(|(name, rows)| (name.as_str(), rows.piece()));
        pretty_pieces(&Piece::Members(members.collect()))
    }

    /// The rows of an entity by their keys, where it has some.
    pub fn of(&self, pascal: &str) -> Option<&Map<String, Json>> {
        self.entities.iter().find(|(name, _)| name == pascal)?.1.by_key.as_object()
    }
}

impl Rows {
    fn new(rows: Map<String, Json>) -> Self {
        let keys = rows.keys().cloned().collect();
        let by_key = Json::from(rows);
        Self { text: pretty_part(&by_key, 1), by_key, keys }
    }

    fn piece(&self) -> Piece<'_> {
        self.text.as_deref().map_or(Piece::Value(&self.by_key), Piece::Printed)
    }
}

/// The entities that have routes and the users, as rows are stored; a circle of references that must be has no rows.
fn in_order(model: &Model, contract: &Contract) -> Vec<EntityId> {
    let mut kept: Vec<EntityId> = Vec::new();
    for id in order(model) {
        let entity = model.entity(id);
        let is_account = |id: EntityId| model.entity(id).kind == EntityKind::User;
        let mut needed = entity.fields.iter().filter(|field| !field.nullable && !field.may_be_empty());
        let has_rows = needed.all(|field| field.refers_to().is_none_or(|to| is_account(to) || kept.contains(&to)));
        if is_account(id) || (has_rows && contract.verbs(id).next().is_some()) {
            kept.push(id);
        }
    }
    kept
}

fn users(contract: &Contract, user: &Entity, keys: &Keys) -> Map<String, Json> {
    let roles: Vec<&str> = keys.model.roles().iter().map(|role| role.name.snake()).collect();
    let plain = ["user", "plain_user"].into_iter().find(|key| !roles.contains(key)).unwrap_or("user_without_role");
    // Rows are given to the first accounts, and they are more plausible in the hands of those who may little.
    let accounts = std::iter::once((plain, None)).chain(roles.iter().rev().map(|role| (*role, Some(*role))));
    let password = contract.limits.password(PASSWORD);
    let account = |(row, (key, role)): (usize, (&str, Option<&str>))| {
        let choice = choice(user, keys, row)?;
        let left_out = left_out(user).into_iter().chain(copied(user, keys, row, &choice)).collect();
        let mut account = json!({"email": format!("{key}@example.org"), "password": password, "role": role});
        for (id, field) in user.fields().filter(|(id, _)| !choice.unnamed.contains(id)) {
            let known = match field.refers_to() {
                None => value(user, id, row, &left_out),
                Some(_) => named(user, id, choice.place(id, row), keys),
            };
            match known {
                Some((wire, value)) => account[wire] = value,
                // There is no row for this one to refer to.
                None if field.refers_to().is_some() && !field.nullable && !field.may_be_empty() => return None,
                None => {}
            }
        }
        Some((key.to_owned(), account))
    };
    accounts.enumerate().filter_map(account).collect()
}

/// The rows that a reference or a set names in a sample row, where there are some.
fn named(entity: &Entity, id: FieldId, row: usize, keys: &Keys) -> Option<(String, Json)> {
    let field = entity.field(id);
    let wire = property(id, field).wire;
    match &field.ty {
        Type::Reference(reference) => {
            let referred = keys.of(reference.to)?;
            let shift = shift(entity, id);
            let is_alone = field.unique && field.nullable;
            let place = if is_alone { row + shift } else { (row + shift) % referred.len().max(1) };
            Some((wire, referred.get(place).filter(|_| shift < referred.len())?.as_str().into()))
        }
        Type::Many(many) => {
            let referred = keys.of(many.to)?;
            let number = referred.len().min(2.clamp(many.count.min, many.count.max) as usize);
            let some = (0..number).map(|index| referred[(row + index) % referred.len()].as_str());
            Some((wire, some.collect()))
        }
        Type::Scalar(_) | Type::List { .. } => None,
    }
}

fn of_entity(entity: &Entity, keys: &Keys) -> Map<String, Json> {
    let fields: Vec<(FieldId, &Field)> = entity.fields().collect();
    let alone = fields.iter().map(|(id, _)| rows_for(entity, *id, keys));
    let sets = entity.unique.iter().map(|set| rows_for_set(entity, &set.fields, keys));
    let number = alone.chain(sets).min().unwrap_or(ROWS).min(ROWS);
    let row = |row: usize| {
        let choice = choice(entity, keys, row)?;
        let left_out = left_out(entity).into_iter().chain(copied(entity, keys, row, &choice)).collect();
        let members =
            fields.iter().filter(|(id, _)| !choice.unnamed.contains(id)).filter_map(|&(id, field)| match &field.ty {
                Type::Reference(_) | Type::Many(_) => named(entity, id, choice.place(id, row), keys),
                Type::Scalar(_) | Type::List { .. } => value(entity, id, row, &left_out),
            });
        let members: Map<String, Json> = members.collect();
        Some((format!("{}-{}", entity.name.kebab(), row + 1), members.into()))
    };
    (0..number).filter_map(row).collect()
}

/// Which rows a sample row names to copy from, so that it passes its checks.
#[derive(Debug, Default)]
struct Choice {
    /// The references that it leaves out.
    unnamed: Vec<FieldId>,
    /// The references that name other rows than they would name anyway, and how far behind those.
    moved: Vec<FieldId>,
    by: usize,
}

impl Choice {
    /// The place of the row that a reference names.
    fn place(&self, through: FieldId, row: usize) -> usize {
        if self.moved.contains(&through) { row + self.by } else { row }
    }
}

/// The references through which a row copies what its checks look at.
fn through_checks(entity: &Entity) -> impl Iterator<Item = FieldId> {
    in_checks(entity).into_iter().filter_map(|id| Some(entity.field(id).copied()?.0))
}

/// Which rows a sample row names: those that it would name anyway, or none where it need not, or others; `None` where
/// what it would copy from any of them goes together with nothing.
fn choice(entity: &Entity, keys: &Keys, row: usize) -> Option<Choice> {
    let all: Vec<FieldId> = through_checks(entity).collect();
    let optional = all.iter().copied().filter(|through| entity.field(*through).nullable).collect();
    let fits = |choice: &Choice| {
        let fixed = left_out(entity).into_iter().chain(copied(entity, keys, row, choice)).collect();
        all.is_empty() || fitting(entity, &fixed, &|_| Vec::new()).is_some()
    };
    // Where no two rows name the same, each names its own.
    let free: Vec<FieldId> = all.iter().copied().filter(|through| !entity.field(*through).unique).collect();
    let ways: Vec<Vec<FieldId>> = free.iter().map(|through| vec![*through]).chain([free.clone()]).collect();
    let moved =
        ways.iter().flat_map(|moved| (1..ROWS).map(|by| Choice { moved: moved.clone(), by, ..Choice::default() }));
    let without = Choice { unnamed: optional, ..Choice::default() };
    [Choice::default(), without].into_iter().chain(moved).find(fits)
}

/// What a sample row copies that its checks look at.
fn copied(entity: &Entity, keys: &Keys, row: usize, choice: &Choice) -> RowValues {
    let unsaid = in_checks(entity).into_iter().filter(|id| !is_given(entity.field(*id)));
    let value = |id: FieldId| match entity.field(id).copied() {
        Some((through, _)) if choice.unnamed.contains(&through) => Some((id, None)),
        Some((through, _)) => copy(entity, id, keys, choice.place(through, row) + shift(entity, through)),
        None => None,
    };
    unsaid.filter_map(value).collect()
}

/// A field of a sample row with what it copies, where it does and where that is known.
fn copy(entity: &Entity, id: FieldId, keys: &Keys, row: usize) -> Option<(FieldId, Option<Literal>)> {
    let (through, from) = entity.field(id).copied()?;
    let to = entity.field(through).reference()?.to;
    let (source, count) = (keys.model.entity(to), keys.count(to));
    // A row names none of its own kind before there are some.
    if count == 0 || std::ptr::eq(source, entity) {
        return Some((id, None));
    }
    let row = row % count;
    let choice = choice(source, keys, row).unwrap_or_default();
    if !is_given(source.field(from)) {
        let known =
            left_out(source).remove_entry(&from).or_else(|| copied(source, keys, row, &choice).remove_entry(&from));
        let known = known.or_else(|| copy(source, from, keys, row));
        return known.map(|(_, value)| (id, value));
    }
    let left_out = left_out(source).into_iter().chain(copied(source, keys, row, &choice)).collect();
    match sample::of_field(source, from, &property(from, source.field(from)).value, row, &left_out) {
        Stored::Literal(literal) => Some((id, Some(literal))),
        Stored::Null => Some((id, None)),
        Stored::Json(_) | Stored::List(_) => None,
    }
}

/// What sample rows do not say, as far as it is always the same.
fn left_out(entity: &Entity) -> RowValues {
    sample::left_out(entity, |_, field| is_given(field))
}

/// How many rows a field allows: as many as there are different values, where they must be different.
fn rows_for(entity: &Entity, id: FieldId, keys: &Keys) -> usize {
    let field = entity.field(id);
    match &field.ty {
        Type::Reference(reference) if !field.nullable && keys.count(reference.to) <= shift(entity, id) => 0,
        Type::Reference(reference) if !field.nullable && field.unique => keys.count(reference.to),
        Type::Many(many) if keys.count(many.to) < many.count.min as usize => 0,
        Type::Scalar(scalar) if field.unique => sample::distinct(scalar),
        Type::Scalar(_) | Type::List { .. } | Type::Reference(_) | Type::Many(_) => ROWS,
    }
}

/// How many rows a set of fields allows: the values of each run through in turn, so that as many rows differ as the
/// field with the most values has.
fn rows_for_set(entity: &Entity, fields: &[FieldId], keys: &Keys) -> usize {
    let values = |id: &FieldId| match &entity.field(*id).ty {
        Type::Reference(reference) => keys.count(reference.to),
        Type::Scalar(scalar) => sample::distinct(scalar),
        Type::List { .. } | Type::Many(_) => ROWS,
    };
    fields.iter().map(values).max().unwrap_or(ROWS)
}

/// A field's value in a sample row; nothing where nobody writes it and something else is there without it.
fn value(entity: &Entity, id: FieldId, row: usize, left_out: &RowValues) -> Option<(String, Json)> {
    let field = entity.field(id);
    let property = property(id, field);
    if !is_given(field) {
        return None;
    }
    let stored = sample::of_field(entity, id, &property.value, row, left_out);
    Some((property.wire, stored.wire(&property.value)))
}

/// Whether sample rows say what a field holds: nobody would write it otherwise, or it would have no value.
fn is_given(field: &Field) -> bool {
    (field.write != Write::Nobody && !field.private) || !has_other_value(field)
}

fn has_other_value(field: &Field) -> bool {
    field.nullable || field.default.is_some() || field.may_be_empty()
}

#[cfg(test)]
mod tests;
