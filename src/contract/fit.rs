//! Values with which a row passes the checks of its entity, or breaks one of them.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::cases::values;
use super::check_guard::{self, CheckGuard};
use super::predicate::order;
use super::{Caller, KnownFacts, Operand, Predicate, RowValues};
use crate::model::{DateTime, Default, Entity, EntityId, Field, FieldId, Literal, Scalar, Type};

/// What a field should rather hold than anything else, the best first.
pub type Wishes<'w> = &'w dyn Fn(FieldId) -> Vec<Option<Literal>>;

/// What fields hold of which each row has another value: values with which a row goes together if it does with each.
pub type Runs = BTreeMap<FieldId, Vec<Literal>>;

/// So many choices are looked at; rows that need more are not found.
const CHOICES_MAX: usize = 20_000;

/// Values for all fields that an entity's checks look at, with which a row passes them: those that are fixed, those
/// that are wished for where that is possible, else others. `None` where no such row was found.
pub fn fitting(entity: &Entity, fixed: &RowValues, wishes: Wishes) -> Option<RowValues> {
    fitting_all(entity, (fixed, &Runs::new()), wishes)
}

/// Whether a row can pass the checks that look at a field, or at what others look at together with it.
pub(super) fn fits_beside(entity: &Entity, fixed: &RowValues, field: FieldId) -> bool {
    let runs = Runs::new();
    let mut search = Search::new(entity, (fixed, &runs), &|_| Vec::new(), None);
    let beside = together(&search.checks, [field]);
    search.fields.retain(|id| beside.contains(id));
    search.found().is_some()
}

/// The same for a row that passes its checks with whatever some fields hold that are not fixed.
pub fn fitting_all(entity: &Entity, (fixed, runs): (&RowValues, &Runs), wishes: Wishes) -> Option<RowValues> {
    Search::new(entity, (fixed, runs), wishes, None).found()
}

/// The same for a row that does not pass the check of this number from 0, and all others.
pub fn breaking(entity: &Entity, check: usize, fixed: &RowValues, wishes: Wishes) -> Option<RowValues> {
    breaking_all(entity, check, (fixed, &Runs::new()), wishes)
}

/// The same for a row that does not pass it with anything that some fields hold that are not fixed.
pub fn breaking_all(
    entity: &Entity,
    check: usize,
    (fixed, runs): (&RowValues, &Runs),
    wishes: Wishes,
) -> Option<RowValues> {
    if entity.checks.get(check)?.apart(entity).is_some() {
        return None;
    }
    Search::new(entity, (fixed, runs), wishes, Some(check)).found()
}

/// The same for a value alone: whether a field's type and its bounds allow it.
pub fn takes(field: &Field, value: Option<&Literal>) -> bool {
    match (value, &field.ty) {
        (None, _) => field.nullable,
        (Some(literal), Type::Scalar(scalar)) => values::fits(scalar, literal),
        (Some(_), Type::List { .. } | Type::Reference(_) | Type::Many(_)) => false,
    }
}

/// The least and the greatest value that a field may hold, where it has bounds.
pub fn bounds(field: &Field) -> Vec<Literal> {
    if let Type::Scalar(scalar) = &field.ty { ends(scalar) } else { Vec::new() }
}

/// The fields whose values an entity's checks look at, in order.
pub fn in_checks(entity: &Entity) -> Vec<FieldId> {
    let checks = on_values(entity);
    let fields: BTreeSet<FieldId> = checks.into_iter().flat_map(|check| check.fields).collect();
    fields.into_iter().collect()
}

/// The fields that checks look at together with some of these, directly or by way of others, in order.
pub(super) fn beside(entity: &Entity, fields: impl IntoIterator<Item = FieldId>) -> BTreeSet<FieldId> {
    together(&on_values(entity), fields)
}

/// The checks of an entity by their numbers. Those that are about references look at nothing: which row a reference names
/// is no matter of values.
fn on_values(entity: &Entity) -> Vec<CheckGuard> {
    let blind = |guard: CheckGuard| CheckGuard { fields: Vec::new(), predicate: Predicate::Always, ..guard };
    let guards = check_guard::of_entity(EntityId(0), entity).into_iter().zip(&entity.checks);
    guards.map(|(guard, check)| if check.apart(entity).is_some() { blind(guard) } else { guard }).collect()
}

fn together(checks: &[CheckGuard], fields: impl IntoIterator<Item = FieldId>) -> BTreeSet<FieldId> {
    let mut found: BTreeSet<FieldId> = fields.into_iter().collect();
    loop {
        let before = found.len();
        for check in checks {
            if check.fields.iter().any(|field| found.contains(field)) {
                found.extend(check.fields.iter().copied());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

struct Search<'s> {
    entity: &'s Entity,
    fixed: &'s RowValues,
    runs: &'s Runs,
    wishes: Wishes<'s>,
    checks: Vec<CheckGuard>,
    /// The check that the row must not pass.
    broken: Option<usize>,
    fields: Vec<FieldId>,
    left: usize,
}

impl<'s> Search<'s> {
    fn new(
        entity: &'s Entity,
        (fixed, runs): (&'s RowValues, &'s Runs),
        wishes: Wishes<'s>,
        broken: Option<usize>,
    ) -> Self {
        let checks = on_values(entity);
        let mut fields = in_checks(entity);
        // What other fields can fit to comes first.
        let comes_from_elsewhere = |field: &Field| field.copied().is_some() || field.is_told_by_clock();
        fields.sort_by_key(|id| !comes_from_elsewhere(entity.field(*id)));
        Self { entity, fixed, runs, wishes, checks, broken, fields, left: CHOICES_MAX }
    }

    fn found(mut self) -> Option<RowValues> {
        let mut chosen = RowValues::new();
        // What no check looks at together is chosen by itself.
        let mut fields = self.fields.clone();
        while let Some(first) = fields.first().copied() {
            let with = together(&self.checks, [first]);
            let (part, rest): (Vec<FieldId>, Vec<FieldId>) = fields.into_iter().partition(|id| with.contains(id));
            self.left = CHOICES_MAX;
            if !self.choose(&part, &mut chosen) {
                return None;
            }
            fields = rest;
        }
        Some(chosen)
    }

    /// Gives each of these fields a value with which the row is as it should be.
    fn choose(&mut self, fields: &[FieldId], chosen: &mut RowValues) -> bool {
        let Some((&field, rest)) = fields.split_first() else { return true };
        for value in self.candidates(field, chosen) {
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            chosen.insert(field, value);
            if self.is_right(field, chosen) && self.choose(rest, chosen) {
                return true;
            }
        }
        chosen.remove(&field);
        false
    }

    /// Whether all checks that can be judged since this field has a value say what they should, whenever it is.
    fn is_right(&self, field: FieldId, chosen: &RowValues) -> bool {
        // Whatever the clock gives, the row has to be right at its first moment and at its last.
        let is_clear = |id: &FieldId| chosen.contains_key(id) || self.moments(*id).is_some();
        let is_known = |fields: &[FieldId]| fields.contains(&field) && fields.iter().all(is_clear);
        let judged = self.checks.iter().enumerate().flat_map(|(number, check)| match &check.predicate {
            predicate if self.broken == Some(number) => vec![(predicate, check.fields.clone(), false)],
            // Each comparison is judged as soon as it can be: all of them must hold.
            Predicate::All(parts) => parts.iter().map(|part| (part, part.fields(), true)).collect(),
            predicate => vec![(predicate, check.fields.clone(), true)],
        });
        let judged: Vec<_> = judged.filter(|(_, fields, _)| is_known(fields)).collect();
        let looked_at: BTreeSet<FieldId> = judged.iter().flat_map(|(_, fields, _)| fields.iter().copied()).collect();
        let value = |id: FieldId| (id, chosen.get(&id).cloned().flatten());
        let row: RowValues = looked_at.iter().copied().map(value).collect();
        let mut rows = Vec::new();
        if looked_at.iter().all(|id| chosen.contains_key(id)) {
            rows.push(facts(&row));
        }
        if looked_at.iter().any(|id| self.entity.field(*id).is_told_by_clock()) {
            rows.extend([0, 1].map(|end| facts(&self.at_moment(&row, end))));
        }
        for (id, run) in self.runs.iter().filter(|(id, _)| row.contains_key(id) && !self.fixed.contains_key(id)) {
            rows = rows.iter().flat_map(|row| run.iter().map(|value| holding(row, *id, value))).collect();
        }
        judged
            .iter()
            .all(|(predicate, _, holds)| rows.iter().all(|row| predicate.holds(&Caller::Anonymous, row) == *holds))
    }

    /// The same row, made at the first moment or at the last.
    fn at_moment(&self, chosen: &RowValues, end: usize) -> RowValues {
        let told = |(id, value): (&FieldId, &Option<Literal>)| {
            let moment = self.moments(*id).and_then(|ends| ends.get(end).cloned());
            (*id, moment.or_else(|| value.clone()))
        };
        chosen.iter().map(told).collect()
    }

    /// The first and the last value of a field that the clock gives.
    fn moments(&self, id: FieldId) -> Option<[Literal; 2]> {
        let field = self.entity.field(id);
        let Type::Scalar(scalar) = &field.ty else { return None };
        if self.fixed.contains_key(&id) || !field.is_told_by_clock() {
            return None;
        }
        match scalar {
            Scalar::Date(_) => Some(["2020-01-01", "2099-12-31"].map(|day| Literal::Date(day.to_owned()))),
            Scalar::Time(_) => Some(["00:00:01", "23:59:58"].map(|time| Literal::Time(time.to_owned()))),
            Scalar::DateTime => Some(
                ["2020-01-01T00:00:00.000Z", "2099-12-31T23:59:59.999Z"]
                    .map(|moment| Literal::DateTime(DateTime(moment.to_owned()))),
            ),
            _ => None,
        }
    }

    fn candidates(&self, id: FieldId, chosen: &RowValues) -> Vec<Option<Literal>> {
        if let Some(fixed) = self.fixed.get(&id) {
            return vec![fixed.clone()];
        }
        if let Some(run) = self.runs.get(&id) {
            return run.first().cloned().map(Some).into_iter().collect();
        }
        let field = self.entity.field(id);
        let mut found = (self.wishes)(id);
        if let Some(Default::Literal(literal)) = &field.default {
            found.push(Some(literal.clone()));
        }
        found.extend(self.likely(id, field, chosen).into_iter().map(Some));
        found.extend(field.nullable.then_some(None));
        let mut distinct: Vec<Option<Literal>> = Vec::new();
        for value in found {
            if !distinct.contains(&value) {
                distinct.push(value);
            }
        }
        distinct
    }

    /// Plausible values, those near all that the field is compared with, and the ends of what it may hold.
    fn likely(&self, id: FieldId, field: &Field, chosen: &RowValues) -> Vec<Literal> {
        let Type::Scalar(scalar) = &field.ty else { return Vec::new() };
        let plausible = (0..3).map(|number| values::plausible(self.entity, id, scalar, number));
        let mut near: Vec<Literal> =
            self.compared(id, chosen).into_iter().flat_map(|of| self.near(scalar, &of)).collect();
        near.sort_by(by_order);
        let ends = ends(scalar);
        let others = values::all(scalar).unwrap_or_default();
        plausible.chain(near).chain(ends).chain(others).filter(|value| values::fits(scalar, value)).collect()
    }

    /// What the field is compared with, as far as that is known.
    fn compared(&self, id: FieldId, chosen: &RowValues) -> Vec<Literal> {
        let parts = self.checks.iter().flat_map(|check| check.predicate.parts());
        let values = |field: &FieldId| {
            let known = chosen.get(field).cloned().flatten();
            let moments = self.moments(*field).into_iter().flatten();
            let run = self.runs.get(field).filter(|_| !self.fixed.contains_key(field));
            let ends = run.into_iter().flat_map(|run| {
                run.iter().min_by(|a, b| by_order(a, b)).into_iter().chain(run.iter().max_by(|a, b| by_order(a, b)))
            });
            known.into_iter().chain(moments).chain(ends.cloned()).collect()
        };
        let others = |part: &Predicate| match part {
            Predicate::Compare(field, _, Operand::Literal(literal)) if *field == id => vec![literal.clone()],
            Predicate::Compare(field, _, Operand::Field(other)) if *field == id => values(other),
            Predicate::Compare(other, _, Operand::Field(field)) if *field == id => values(other),
            _ => Vec::new(),
        };
        parts.into_iter().flat_map(others).collect()
    }

    /// A value and others on either side, enough that all fields together can be in any order.
    fn near(&self, scalar: &Scalar, literal: &Literal) -> Vec<Literal> {
        let steps = i64::try_from(self.fields.len()).unwrap_or(i64::MAX);
        (-steps..=steps).filter_map(|by| values::moved(scalar, literal, by)).collect()
    }
}

fn by_order(one: &Literal, other: &Literal) -> Ordering {
    order(one, other).unwrap_or(Ordering::Equal)
}

/// The same row with another value of a field.
fn holding(row: &KnownFacts, id: FieldId, value: &Literal) -> KnownFacts {
    let mut row = row.clone();
    row.values.retain(|(of, _)| *of != id);
    row.values.push((id, value.clone()));
    row
}

/// A row that holds these values.
fn facts(chosen: &RowValues) -> KnownFacts {
    let values = chosen.iter().filter_map(|(field, value)| Some((*field, value.clone()?))).collect();
    let nulls = chosen.iter().filter(|(_, value)| value.is_none()).map(|(field, _)| *field).collect();
    KnownFacts { values, nulls, ..KnownFacts::default() }
}

/// The least and the greatest value of a type with an order.
fn ends(scalar: &Scalar) -> Vec<Literal> {
    match scalar {
        Scalar::Integer(range) => [range.min, range.max].map(|end| Literal::Integer(end.into())).into(),
        Scalar::Bigint(range) => [range.min, range.max].map(Literal::Integer).into(),
        Scalar::Decimal { units, .. } => [units.min, units.max].map(Literal::Decimal).into(),
        Scalar::Number(bounds) => {
            [bounds.lower, bounds.upper].into_iter().flatten().map(|bound| Literal::Number(bound.value)).collect()
        }
        Scalar::Date(interval) => {
            [&interval.first, &interval.last].into_iter().flatten().cloned().map(Literal::Date).collect()
        }
        Scalar::Time(interval) => {
            [&interval.first, &interval.last].into_iter().flatten().cloned().map(Literal::Time).collect()
        }
        _ => Vec::new(),
    }
}
