//! Planning who gives fields that not everybody may write.

use std::collections::BTreeMap;

use backsmith::contract::{Case, FieldAccess, FieldGuard, KnownFacts, Property, Source, Value, Verb};
use backsmith::model::{EntityId, FieldId};

use super::asking::{Asked, Change, field_of};
use super::cells::{AboutField, Ask};
use super::plan::Planner;
use super::{Asker, Held};

/// What of a rule on a field holds of a row, part by part.
pub(super) fn told(guard: &FieldGuard, case: &Case, row: &KnownFacts) -> Vec<bool> {
    let parts = guard.predicate.parts().into_iter().chain(guard.result.parts());
    parts.map(|part| part.holds(&case.caller, row)).collect()
}

/// The changes that make one row the other; `None` where a body cannot make them.
fn changes(from: &KnownFacts, to: &KnownFacts) -> Option<Vec<(FieldId, Change)>> {
    let bare =
        |facts: &KnownFacts| KnownFacts { values: Vec::new(), nulls: Vec::new(), at: Vec::new(), ..facts.clone() };
    let values = to.values.iter().filter(|value| !from.values.contains(value));
    let nulls = to.nulls.iter().filter(|field| !from.nulls.contains(field));
    let at = to.at.iter().filter(|at| !from.at.contains(at));
    let values = values.map(|(field, literal)| (*field, Change::Value(literal.clone())));
    let nulls = nulls.map(|field| (*field, Change::Null));
    let at = at.map(|(field, facts)| (*field, Change::Row(Box::new(facts.clone()))));
    let changes: Vec<(FieldId, Change)> = values.chain(nulls).chain(at).collect();
    (bare(from) == bare(to) && !changes.is_empty()).then_some(changes)
}

impl Planner<'_> {
    /// The same body with each field that not everybody may write, where the rest is permitted: for each caller once,
    /// or where the row decides too, for each kind of row that the rule tells apart.
    pub(super) fn given(&mut self, entity: EntityId, case: &Case, asker: Asker) -> Vec<Asked> {
        let once = self.contract.resource(entity);
        let inputs = if case.verb == Verb::Create { &once.create } else { &once.update };
        if case.verb == Verb::Put || !self.succeeds(entity, case) {
            return Vec::new();
        }
        let guards: Vec<FieldGuard> = self.guards(entity, FieldAccess::Write).cloned().collect();
        let mut found = Vec::new();
        for guard in guards {
            let Some(input) = inputs.iter().find(|input| input.property.source == guard.source) else { continue };
            if guard.looks_at_itself() {
                found.extend(self.given_itself(entity, case, asker, (&guard, &input.property)));
            }
            let Source::Field(field) = guard.source else { continue };
            // What the rules compare is asked about by rows that differ in it.
            if matches!(input.property.value, Value::Keys { .. }) || is_told(&case.row, field) {
                continue;
            }
            // What the rules look at would make it another situation.
            let is_free = case.row.values.iter().all(|(of, _)| *of != field);
            let kind = if guard.reads_row() { format!("{:?}", told(&guard, case, &case.row)) } else { String::new() };
            let question = (asker, format!("{}{kind}", guard.id), case.verb);
            if self.asked.contains(&question) || !is_free {
                continue;
            }
            let own = self.begin(entity, asker);
            let held = match input.refers_to {
                None => Some(Held::Value(self.made_up(entity, field, &input.property.value, 0))),
                Some(to) => {
                    let facts = self.readable_facts(to, own);
                    self.row(to, &facts, own).map(Held::Row)
                }
            };
            let Some(held) = held else { continue };
            let ask = if case.verb == Verb::Create {
                self.creation(entity, case, own).map(|mut fields| {
                    fields.insert(field, held);
                    Ask::Create(fields)
                })
            } else {
                let row = self.row_to_change(entity, &case.row, own);
                row.map(|row| Ask::Update(case.verb, row, BTreeMap::from([(field, held)])))
            };
            if ask.is_some() {
                self.asked.insert(question);
            }
            found.extend(ask.map(|ask| (format!("gives.{}", input.property.wire), AboutField::Gives, ask, own)));
            if input.refers_to.is_some() {
                continue;
            }
            found.extend(self.turned(entity, case, asker, (&guard, field, &input.property)));
        }
        found
    }

    /// Bodies that give a field which its rule looks at: each thing that the rule tells apart, for each caller once or of
    /// each kind of row.
    fn given_itself(
        &mut self,
        entity: EntityId,
        case: &Case,
        asker: Asker,
        (guard, property): (&FieldGuard, &Property),
    ) -> Vec<Asked> {
        let Some(field) = field_of(property) else { return Vec::new() };
        let creates = case.verb == Verb::Create;
        let kind = if creates { String::new() } else { format!("{:?}", told(guard, case, &case.row)) };
        let others = self.cases(entity).iter().filter(|other| other.caller == case.caller && other.verb == case.verb);
        let mut changes: Vec<Change> = Vec::new();
        for change in others.filter_map(|other| Change::to(&other.row, field)) {
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
        let mut found = Vec::new();
        for (number, change) in changes.into_iter().enumerate() {
            let question = (asker, format!("{}{kind} to {number}", guard.id), case.verb);
            if self.asked.contains(&question) {
                continue;
            }
            let own = self.begin(entity, asker);
            let Some(held) = self.held(entity, field, change, own) else { continue };
            let ask = if creates {
                let case = Case { row: without(&case.row, field), ..case.clone() };
                self.creation(entity, &case, own).map(|mut fields| {
                    fields.insert(field, held);
                    Ask::Create(fields)
                })
            } else {
                let row = self.row_to_change(entity, &case.row, own);
                row.map(|row| Ask::Update(case.verb, row, BTreeMap::from([(field, held)])))
            };
            let Some(ask) = ask else { continue };
            self.asked.insert(question);
            found.push((format!("gives.{}.{number}", property.wire), AboutField::Gives, ask, own));
        }
        found
    }

    /// What a body changes that turns the row into another one that the asker may change too.
    pub(super) fn turning(
        &mut self,
        entity: EntityId,
        case: &Case,
        asker: Asker,
        wanted: &dyn Fn(&KnownFacts) -> bool,
    ) -> Option<BTreeMap<FieldId, Held>> {
        let inputs = self.contract.resource(entity).update.iter().filter(|input| input.write.admits(&case.caller));
        let free: Vec<FieldId> = inputs
            .filter_map(|input| field_of(&input.property))
            .filter(|field| self.model.entity(entity).moves(*field).is_none())
            .collect();
        let others = self.cases(entity).iter().filter(|other| other.verb == case.verb && other.caller == case.caller);
        let leads = others.filter(|other| wanted(&other.row) && self.succeeds(entity, other));
        let mut changed = leads.filter_map(|other| changes(&case.row, &other.row));
        let changes = changed.find(|changes| changes.iter().all(|(field, _)| free.contains(field)))?;
        changes.into_iter().map(|(of, change)| Some((of, self.held(entity, of, change, asker)?))).collect()
    }

    /// A change that gives a field, and after which the row says otherwise who may write it: one for each caller who may of the
    /// row as it is and may not of the one that is left, and one for each of whom the contrary is true.
    fn turned(
        &mut self,
        entity: EntityId,
        case: &Case,
        asker: Asker,
        (guard, field, property): (&FieldGuard, FieldId, &Property),
    ) -> Option<Asked> {
        let may_leave = |row: &KnownFacts| guard.result.holds(&case.caller, row);
        let [before, now] = [guard.predicate.holds(&case.caller, &case.row), may_leave(&case.row)];
        let question = (asker, format!("{} turned from {before}", guard.id), case.verb);
        if case.verb != Verb::Patch || !guard.reads_row() || before != now || self.asked.contains(&question) {
            return None;
        }
        let asker = self.begin(entity, asker);
        let mut fields = self.turning(entity, case, asker, &|row| may_leave(row) != before)?;
        let value = self.made_up(entity, field, &property.value, 0);
        fields.insert(field, Held::Value(value));
        let row = self.row_to_change(entity, &case.row, asker)?;
        self.asked.insert(question);
        Some((format!("turns.{}", property.wire), AboutField::Gives, Ask::Update(case.verb, row, fields), asker))
    }
}

impl Change {
    /// What makes a field be as a row has it, where that matters.
    fn to(row: &KnownFacts, field: FieldId) -> Option<Self> {
        let at = || row.at.iter().find(|(of, _)| *of == field).map(|(_, at)| Self::Row(Box::new(at.clone())));
        let shared = || row.shared.iter().find(|(of, _)| *of == field).map(|(_, path)| Self::Shared(path.clone()));
        let value = || row.said(field).map(|value| Self::Value(value.clone()));
        let person = |fields: &[FieldId], mine| fields.contains(&field).then_some(Self::Person(mine));
        let named = |fields: &[FieldId], same| fields.contains(&field).then_some(Self::Named { same });
        row.nulls
            .contains(&field)
            .then_some(Self::Null)
            .or_else(|| person(&row.mine, true))
            .or_else(|| named(&row.same, true))
            .or_else(|| named(&row.apart, false))
            .or_else(shared)
            .or_else(at)
            .or_else(value)
            .or_else(|| person(&row.another, false))
    }
}

/// Whether facts say which row a reference names.
fn is_told(row: &KnownFacts, field: FieldId) -> bool {
    let lists = [&row.mine, &row.another, &row.same, &row.apart];
    let pairs = row.shared.iter().filter(|_| !row.me).map(|(of, _)| of).chain(row.at.iter().map(|(of, _)| of));
    lists.into_iter().flatten().chain(pairs).any(|of| *of == field)
}

/// What facts say but for one field.
fn without(row: &KnownFacts, field: FieldId) -> KnownFacts {
    let mut row = row.clone();
    row.values.retain(|(of, _)| *of != field);
    row.shared.retain(|(of, _)| *of != field);
    row.at.retain(|(of, _)| *of != field);
    for fields in [&mut row.nulls, &mut row.mine, &mut row.another, &mut row.same, &mut row.apart] {
        fields.retain(|of| *of != field);
    }
    row
}
