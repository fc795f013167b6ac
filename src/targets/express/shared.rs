//! Rows that several references name, in tests of access.

use crate::contract::KnownFacts;
use crate::model::{EntityId, FieldId, Model};

use super::own::Own;
use super::rows::{in_sets, stored_beside};

/// The rows that several references of a situation name: one of an entity, with what is true of it.
pub(super) struct Shared<'m> {
    model: &'m Model,
    rows: Vec<(EntityId, KnownFacts)>,
    own: &'m Own,
}

impl<'m> Shared<'m> {
    /// Those that a row with these facts needs, and the rows that it leads to. Each comes after those it names itself.
    pub(super) fn of(model: &'m Model, entity: EntityId, facts: &KnownFacts, own: &'m Own) -> Self {
        let mut found: Vec<Counted> = Vec::new();
        count(model, entity, facts, &mut found);
        found.retain(|row| row.references > 1);
        found.sort_by_key(|row| row.place);
        Self { model, rows: found.into_iter().map(|row| (row.entity, row.facts)).collect(), own }
    }

    /// What stands for the values of the situation that no other has.
    pub(super) const fn own(&self) -> &'m Own {
        self.own
    }

    /// What the id of an entity's shared row is called, where there is one.
    pub(super) fn name(&self, entity: EntityId) -> Option<String> {
        let is_shared = self.rows.iter().any(|(of, _)| *of == entity);
        is_shared.then(|| format!("same{}", self.model.entity(entity).name.pascal()))
    }

    /// An expression that stores the rows before it gives another one; `None` where there are none.
    pub(super) fn named(&self, caller: &str, expression: &str) -> Option<String> {
        let with = |inner: String, (entity, facts): &(EntityId, KnownFacts)| {
            let stored = stored_beside(self.model, *entity, facts, caller, self);
            let name = format!("same{}", self.model.entity(*entity).name.pascal());
            format!("withId({stored}, async ({name}) => {inner})")
        };
        (!self.rows.is_empty()).then(|| self.rows.iter().rev().fold(expression.to_owned(), with))
    }
}

/// A row that references name.
struct Counted {
    entity: EntityId,
    facts: KnownFacts,
    /// How many references name it.
    references: usize,
    /// Its place among those of which all is known that they name; 0 until then.
    place: usize,
}

fn count(model: &Model, entity: EntityId, facts: &KnownFacts, found: &mut Vec<Counted>) {
    let nothing = KnownFacts::default();
    for (to, is_same, at) in led_to(model, entity, facts) {
        let facts = at.unwrap_or(&nothing);
        if !is_same {
            count(model, to, facts, found);
        } else if let Some(known) = found.iter_mut().find(|known| known.entity == to) {
            known.references += 1;
        } else {
            let index = found.len();
            found.push(Counted { entity: to, facts: facts.clone(), references: 1, place: 0 });
            count(model, to, facts, found);
            found[index].place = 1 + found.iter().filter(|row| row.place > 0).count();
        }
    }
}

/// Where the references of a row lead, whether that is the row that others name, and what is said of it; and the rows
/// in its sets.
fn led_to<'f>(model: &Model, entity: EntityId, facts: &'f KnownFacts) -> Vec<(EntityId, bool, Option<&'f KnownFacts>)> {
    let declared = model.entity(entity);
    let to = |field| declared.field(field).reference().map_or(entity, |reference| reference.to);
    let at = |field| facts.at.iter().find(|(of, _)| *of == field).map(|(_, at)| at);
    let same = facts.same.iter().map(|field| (to(*field), true, at(*field)));
    let others = facts.at.iter().filter(|(field, _)| !facts.same.contains(field));
    let others = others.map(|(field, at)| (to(*field), false, Some(at)));
    let in_sets = in_sets(facts).flat_map(|(_, to, rows)| rows.iter().map(move |row| (to, false, Some(row))));
    same.chain(others).chain(in_sets).collect()
}

/// Whether all that is said of a row which several references name is the same.
pub(super) fn agrees(model: &Model, entity: EntityId, facts: &KnownFacts) -> bool {
    let mut said = Vec::new();
    say(model, entity, facts, &mut said);
    let differs = |(to, at): &(EntityId, Option<&KnownFacts>)| said.iter().any(|(other, of)| other == to && of != at);
    !said.iter().any(differs)
}

/// Whether no two rows name the row which several references name by one of which no two may name the same.
pub(super) fn is_possible(model: &Model, entity: EntityId, facts: &KnownFacts) -> bool {
    let mut named = Vec::new();
    naming(model, entity, facts, &mut named);
    let count = |place: &(EntityId, FieldId)| named.iter().filter(|other| *other == place).count();
    !named.iter().any(|place| model.entity(place.0).field(place.1).unique && count(place) > 1)
}

/// The references that name such a row, once for each row that has one.
fn naming(model: &Model, entity: EntityId, facts: &KnownFacts, named: &mut Vec<(EntityId, FieldId)>) {
    named.extend(facts.same.iter().map(|field| (entity, *field)));
    for (to, is_same, at) in led_to(model, entity, facts) {
        // What is said of that row itself is said with each reference that names it.
        if let Some(at) = at.filter(|_| !is_same) {
            naming(model, to, at, named);
        }
    }
}

fn say<'f>(model: &Model, entity: EntityId, facts: &'f KnownFacts, said: &mut Vec<(EntityId, Option<&'f KnownFacts>)>) {
    for (to, is_same, at) in led_to(model, entity, facts) {
        said.extend(is_same.then_some((to, at)));
        if let Some(at) = at {
            say(model, to, at, said);
        }
    }
}
