//! Values that each situation has to itself, where rules compare fields of which no two rows have the same.

use std::collections::BTreeSet;

use backsmith::contract::{Case, KnownFacts, Value};
use backsmith::model::{EntityId, EntityKind, FieldId, FieldPath, Literal, Relation, Type};

use super::plan::Planner;
use super::{Asker, Held};
use crate::values;

/// The values of one situation: what cases say, and what stands for it.
pub(super) type Own = Vec<(usize, Literal, Literal)>;

/// After so many values that lie too near to others no further one is tried.
const FRESH_TRIES: usize = 20;

/// What rows hold that no other row of their entity may hold.
pub(super) type Taken = BTreeSet<(EntityId, FieldId, String)>;

impl Planner<'_> {
    /// Begins a situation of a row, and tells who asks in it. Where only one row may hold what an asker holds, that is an
    /// account that asks nothing else.
    pub(super) fn begin(&mut self, entity: EntityId, asker: Asker) -> Asker {
        self.begin_anew();
        let Asker::Account(account) = asker else { return asker };
        if !self.linked.asks_for_one_row(self.model, entity) {
            return asker;
        }
        let role = self.scene.login(account).and_then(|login| login.role);
        let of = self.scene.row(account).entity;
        let fresh =
            self.account(of, role, &KnownFacts::default(), Asker::Anonymous, None).map_or(asker, Asker::Account);
        self.lead(fresh);
        self.lead_to_own(entity, fresh);
        if let Some(other) = self.others.get(&asker).copied() {
            self.others.insert(fresh, other);
        }
        fresh
    }

    /// Begins a situation.
    pub(super) fn begin_anew(&mut self) {
        self.own.clear();
        self.led.clear();
        self.situation += 1;
    }

    /// Lets references of an asker name rows that nothing refers to, where rules of an entity ask for them of which only
    /// one row may name them too.
    fn lead_to_own(&mut self, entity: EntityId, asker: Asker) {
        let Asker::Account(account) = asker else { return };
        let user = self.scene.row(account).entity;
        let own = self.linked.callers_own(entity).filter(|path| !path.leads_on()).map(|path| path.field);
        for field in own.collect::<BTreeSet<FieldId>>() {
            let Some(reference) = self.model.entity(user).field(field).reference() else { continue };
            let facts = self.readable_facts(reference.to, asker);
            let row = self.row(reference.to, &facts, asker);
            if let Some(row) = row {
                self.refer(account, field, row);
            }
        }
    }

    /// Whether facts tell of a row that several references of the situation name, where no two of others may name it.
    pub(super) fn tells_own_rows(&self, entity: EntityId, facts: &KnownFacts) -> bool {
        let to = |field: FieldId| self.model.entity(entity).field(field).reference().map(|reference| reference.to);
        let is_own = |field: &FieldId| to(*field).is_some_and(|to| self.linked.names_one_row(self.model, to));
        let at = |(field, at): &(FieldId, KnownFacts)| to(*field).is_some_and(|to| self.tells_own_rows(to, at));
        let in_related = |(relation, rows): &(Relation, Vec<KnownFacts>)| {
            rows.iter().any(|row| self.tells_own_rows(relation.entity(), row))
        };
        facts.same.iter().any(is_own) || facts.at.iter().any(at) || facts.related.iter().any(in_related)
    }

    /// A case with the values of the situation.
    pub(super) fn of_situation(&mut self, entity: EntityId, case: &Case, asker: Asker) -> Case {
        Case { row: self.instance(entity, &case.row, asker), ..case.clone() }
    }

    /// Facts with the values of the situation; those that have them already stay as they are.
    pub(super) fn instance(&mut self, entity: EntityId, facts: &KnownFacts, asker: Asker) -> KnownFacts {
        let mut facts = facts.clone();
        if self.linked.is_empty() {
            return facts;
        }
        self.note_led(&facts);
        for (field, literal) in &mut facts.values {
            *literal = self.standing_for(entity, *field, literal, asker);
        }
        for (field, at) in &mut facts.at {
            if let Some(reference) = self.model.entity(entity).field(*field).reference() {
                *at = self.instance(reference.to, at, asker);
            }
        }
        for (relation, rows) in &mut facts.related {
            for row in rows {
                *row = self.instance(relation.entity(), row, asker);
            }
        }
        facts
    }

    /// Notes the references by which the asker is led to rows that are yet to be made: what is behind them now says
    /// nothing of the situation.
    fn note_led(&mut self, facts: &KnownFacts) {
        self.led.extend(facts.behind.iter().map(FieldPath::begin));
        for (relation, rows) in &facts.related {
            let by = match relation {
                Relation::Referring { entity, by, .. } if self.model.entity(*entity).kind == EntityKind::User => {
                    Some(*by)
                }
                Relation::Referring { .. } | Relation::InSet { .. } | Relation::Having { .. } => None,
            };
            self.led.extend(by.filter(|_| rows.iter().any(|row| row.me)));
            for row in rows {
                self.note_led(row);
            }
        }
        for (_, at) in &facts.at {
            self.note_led(at);
        }
    }

    /// What stands for a value that cases say of a field.
    pub(super) fn standing_for(
        &mut self,
        entity: EntityId,
        field: FieldId,
        literal: &Literal,
        asker: Asker,
    ) -> Literal {
        let Some(group) = self.linked.group(entity, field) else { return literal.clone() };
        if self.linked.is_named(group, literal) || self.own.iter().any(|(of, _, own)| *of == group && own == literal) {
            return literal.clone();
        }
        if let Some((_, _, own)) = self.own.iter().find(|(of, known, _)| *of == group && known == literal) {
            return own.clone();
        }
        let own = self.of_asker(group, literal, asker).or_else(|| self.beside_known(group, literal, asker));
        let own = own.or_else(|| self.fresh(group)).unwrap_or_else(|| literal.clone());
        self.own.push((group, literal.clone(), own.clone()));
        own
    }

    /// What an asker holds of whom cases say this value.
    fn of_asker(&self, group: usize, literal: &Literal, asker: Asker) -> Option<Literal> {
        let held = self.held_by(group, asker).find(|(said, _)| said == literal);
        held.map(|(_, value)| value)
    }

    /// What an asker holds that fields of a group are compared with, each with what cases say of that.
    fn held_by(&self, group: usize, asker: Asker) -> impl Iterator<Item = (Literal, Literal)> {
        let held = move |path: FieldPath| {
            let Asker::Account(account) = asker else { return None };
            let said = self.of_caller.value(&path)?;
            let (entity, field) = self.model.along(self.scene.row(account).entity, &path).last()?;
            match (self.scene.behind(account, &path)?, &self.model.entity(entity).field(field).ty) {
                (Held::Value(value), Type::Scalar(scalar)) => Some((said.clone(), values::literal(scalar, value)?)),
                _ => None,
            }
        };
        let is_there = |path: &FieldPath| !path.leads_on() || !self.led.contains(&path.begin());
        self.linked.of_caller(group).filter(is_there).filter_map(held)
    }

    /// What is as much less or greater than a value that stands for another one already, where rules ask for their order:
    /// one that the asker holds, or one of the situation.
    fn beside_known(&self, group: usize, literal: &Literal, asker: Asker) -> Option<Literal> {
        let of_situation = self.own.iter().filter(|(of, _, _)| *of == group);
        let of_situation = of_situation.map(|(_, said, own)| (said.clone(), own.clone()));
        let beside = |(said, own): (Literal, Literal)| {
            let by = self.ranks.distance(group, &said, literal)?;
            self.linked.moved(self.model, group, &own, by)
        };
        self.held_by(group, asker).chain(of_situation).find_map(beside)
    }

    /// A value that no row has yet, and that every field of a group may hold. Where rules ask for the order of such values
    /// no row has any beside it either.
    pub(super) fn fresh(&mut self, group: usize) -> Option<Literal> {
        if !self.linked.is_counted(group) {
            return self.counted(group, 0);
        }
        let room = self.ranks.said(group).len().saturating_sub(1);
        let by = i64::try_from(room).ok()?;
        let is_apart = |planner: &Self, value: &Literal| {
            let mut around = (-by..=by).map(|by| planner.linked.moved(planner.model, group, value, by));
            let is_said =
                |value: &Literal| planner.ranks.said(group).contains(value) || planner.linked.is_named(group, value);
            around.all(|beside| beside.is_some_and(|beside| !is_said(&beside)))
        };
        (0..FRESH_TRIES).find_map(|_| self.counted(group, room).filter(|value| is_apart(self, value)))
    }

    /// The next value of the fields of a group, with so much room on either side.
    fn counted(&mut self, group: usize, room: usize) -> Option<Literal> {
        let fields = self.linked.fields(group).to_vec();
        let numbers = fields.iter().map(|(entity, field)| self.next(*entity, Some(*field)));
        let number = numbers.max()? + room;
        for (entity, field) in &fields {
            self.counts.insert((*entity, Some(*field)), number + room);
        }
        let candidates =
            fields.iter().filter_map(|(entity, field)| match &self.model.entity(*entity).field(*field).ty {
                Type::Scalar(scalar) => values::literal(scalar, &values::valid(&Value::One(scalar.clone()), number)),
                Type::List { .. } | Type::Reference(_) | Type::Many(_) => None,
            });
        let mut candidates = candidates.collect::<Vec<_>>().into_iter();
        candidates.find(|literal| self.linked.takes(self.model, group, literal))
    }

    /// What rules look for behind an asker, with values that no row has yet where one has its value to itself: in their
    /// order with what the asker holds.
    pub(super) fn lead_with_own(&mut self, entity: EntityId, facts: &mut KnownFacts, asker: Asker) {
        for (field, literal) in &mut facts.values {
            let Some(group) = self.linked.group(entity, *field) else { continue };
            let beside = self.held_by(group, asker).find_map(|(said, own)| {
                let by = self.ranks.distance(group, &said, literal)?;
                self.linked.moved(self.model, group, &own, by)
            });
            if let Some(fresh) = beside.or_else(|| self.fresh(group)) {
                self.stands_for_itself(group, literal, fresh);
            }
        }
        for (field, at) in &mut facts.at {
            if let Some(reference) = self.model.entity(entity).field(*field).reference() {
                self.lead_with_own(reference.to, at, asker);
            }
        }
    }

    fn stands_for_itself(&mut self, group: usize, literal: &mut Literal, fresh: Literal) {
        self.own.push((group, fresh.clone(), fresh.clone()));
        *literal = fresh;
    }

    /// What facts say of an account other than the asker's: nobody else holds what the asker does.
    pub(super) fn of_another(&mut self, entity: EntityId, facts: &mut KnownFacts) {
        for (field, literal) in &mut facts.values {
            let is_callers = self.of_caller.value(&FieldPath::own(*field)) == Some(literal);
            let group = self.linked.group(entity, *field).filter(|_| is_callers);
            let fresh = group.and_then(|group| Some((group, self.fresh(group)?)));
            if let Some((group, fresh)) = fresh {
                self.stands_for_itself(group, literal, fresh);
            }
        }
    }

    /// Notes what a row holds that no other may; `None` where one does already.
    pub(super) fn take<'h>(
        &mut self,
        entity: EntityId,
        fields: impl IntoIterator<Item = (&'h FieldId, &'h Held)>,
    ) -> Option<()> {
        let taken = self.taken_by(entity, fields);
        if taken.iter().any(|value| self.taken.contains(value)) {
            return None;
        }
        self.taken.extend(taken);
        Some(())
    }

    /// Whether no row holds yet what one would that no two may.
    pub(super) fn is_free<'h>(
        &self,
        entity: EntityId,
        fields: impl IntoIterator<Item = (&'h FieldId, &'h Held)>,
    ) -> bool {
        self.taken_by(entity, fields).iter().all(|value| !self.taken.contains(value))
    }

    fn taken_by<'h>(
        &self,
        entity: EntityId,
        fields: impl IntoIterator<Item = (&'h FieldId, &'h Held)>,
    ) -> Vec<(EntityId, FieldId, String)> {
        let value = |(id, held): (&FieldId, &Held)| match held {
            Held::Value(value) if !value.is_null() => Some((*id, value.to_string())),
            Held::Row(row) => Some((*id, row.0.to_string())),
            Held::Value(_) | Held::Rows(_) => None,
        };
        let own = fields.into_iter().filter_map(value).filter(|(id, _)| self.is_own(entity, *id));
        own.map(|(id, value)| (entity, id, value)).collect()
    }

    /// Whether what is true of rows of an entity is told by values that some row has to itself.
    pub(super) fn has_own_values(&self, entity: EntityId) -> bool {
        let declared = self.model.entity(entity);
        declared.kind == EntityKind::Ordinary && declared.fields().any(|(id, _)| self.is_own(entity, id))
    }

    /// Whether rules compare what a field holds, and no two rows may hold the same.
    fn is_own(&self, entity: EntityId, id: FieldId) -> bool {
        let is_compared = || self.linked.group(entity, id).is_some() || self.linked.is_compared(entity, id);
        self.model.entity(entity).field(id).unique && is_compared()
    }
}
