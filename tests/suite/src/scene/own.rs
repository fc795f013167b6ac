//! Values that each situation has to itself, where rules compare fields of which no two rows have the same.

use std::collections::BTreeSet;

use backsmith::contract::{Case, KnownFacts, Value};
use backsmith::model::{EntityId, EntityKind, FieldId, FieldPath, Literal, Type};

use super::plan::Planner;
use super::{Asker, Held};
use crate::values;

/// The values of one situation: what cases say, and what stands for it.
pub(super) type Own = Vec<(usize, Literal, Literal)>;

/// What rows hold that no other row of their entity may hold.
pub(super) type Taken = BTreeSet<(EntityId, FieldId, String)>;

impl Planner<'_> {
    /// Begins a situation of a row, and tells who asks in it. Where only one row may hold what an asker holds, that is an
    /// account that asks nothing else.
    pub(super) fn begin(&mut self, entity: EntityId, asker: Asker) -> Asker {
        self.own.clear();
        let Asker::Account(account) = asker else { return asker };
        if !self.linked.asks_for_one_row(self.model, entity) {
            return asker;
        }
        let role = self.scene.login(account).and_then(|login| login.role);
        let of = self.scene.row(account).entity;
        let fresh =
            self.account(of, role, &KnownFacts::default(), Asker::Anonymous, None).map_or(asker, Asker::Account);
        self.lead(fresh);
        if let Some(other) = self.others.get(&asker).copied() {
            self.others.insert(fresh, other);
        }
        fresh
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
        let own = self.of_asker(group, literal, asker).or_else(|| self.fresh(group)).unwrap_or_else(|| literal.clone());
        self.own.push((group, literal.clone(), own.clone()));
        own
    }

    /// What an asker holds of whom cases say this value.
    fn of_asker(&self, group: usize, literal: &Literal, asker: Asker) -> Option<Literal> {
        let Asker::Account(account) = asker else { return None };
        let is_said = |path: &FieldPath| self.of_caller.value(path) == Some(literal);
        let path = self.linked.of_caller(group).find(is_said)?;
        let (entity, field) = self.model.along(self.scene.row(account).entity, &path).last()?;
        match (self.scene.behind(account, &path)?, &self.model.entity(entity).field(field).ty) {
            (Held::Value(value), Type::Scalar(scalar)) => values::literal(scalar, value),
            _ => None,
        }
    }

    /// A value that no row has yet, and that every field of a group may hold.
    pub(super) fn fresh(&mut self, group: usize) -> Option<Literal> {
        let fields = self.linked.fields(group).to_vec();
        let numbers = fields.iter().map(|(entity, field)| self.next(*entity, Some(*field)));
        let number = numbers.max()?;
        for (entity, field) in &fields {
            self.counts.insert((*entity, Some(*field)), number);
        }
        let candidates =
            fields.iter().filter_map(|(entity, field)| match &self.model.entity(*entity).field(*field).ty {
                Type::Scalar(scalar) => values::literal(scalar, &values::valid(&Value::One(scalar.clone()), number)),
                Type::List { .. } | Type::Reference(_) | Type::Many(_) => None,
            });
        let mut candidates = candidates.collect::<Vec<_>>().into_iter();
        candidates.find(|literal| self.linked.takes(self.model, group, literal))
    }

    /// What rules look for behind a caller, with values that no row has yet where one has its value to itself.
    pub(super) fn lead_with_own(&mut self, entity: EntityId, facts: &mut KnownFacts) {
        for (field, literal) in &mut facts.values {
            let Some(group) = self.linked.group(entity, *field) else { continue };
            if let Some(fresh) = self.fresh(group) {
                // It stands for itself from now on.
                self.own.push((group, fresh.clone(), fresh.clone()));
                *literal = fresh;
            }
        }
        for (field, at) in &mut facts.at {
            if let Some(reference) = self.model.entity(entity).field(*field).reference() {
                self.lead_with_own(reference.to, at);
            }
        }
    }

    /// What facts say of an account other than the asker's: nobody else holds what the asker does.
    pub(super) fn of_another(&mut self, entity: EntityId, facts: &mut KnownFacts) {
        for (field, literal) in &mut facts.values {
            let is_callers = self.of_caller.value(&FieldPath::own(*field)) == Some(literal);
            let group = self.linked.group(entity, *field).filter(|_| is_callers);
            if let Some(fresh) = group.and_then(|group| self.fresh(group)) {
                *literal = fresh;
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
        let declared = self.model.entity(entity);
        let is_own = |id: FieldId| declared.field(id).unique && self.linked.group(entity, id).is_some();
        let value = |(id, held): (&FieldId, &Held)| match held {
            Held::Value(value) if !value.is_null() && is_own(*id) => Some((entity, *id, value.to_string())),
            Held::Value(_) | Held::Row(_) | Held::Rows(_) => None,
        };
        fields.into_iter().filter_map(value).collect()
    }

    /// Whether what is true of rows of an entity is told by values that some row has to itself.
    pub(super) fn has_own_values(&self, entity: EntityId) -> bool {
        let is_own =
            |(id, field): (FieldId, &backsmith::model::Field)| field.unique && self.linked.group(entity, id).is_some();
        self.model.entity(entity).kind == EntityKind::Ordinary && self.model.entity(entity).fields().any(is_own)
    }
}
