//! What rows hold in fields of which no two have the same, where others copy it and their checks look at that.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::cases::{looked_for, values};
use super::fit::{self, Runs};
use super::predicate::order;
use super::{Contract, Operand, Predicate, RowValues, sample};
use crate::model::{Entity, EntityId, FieldId, Literal, Model, Scalar, Type};

/// So many steps are as many as there are rows in any test.
const PLENTY: i64 = 5_000;

/// So many values are enough where they are given by turns.
const TURNS: usize = 24;

/// Where counted values are judged.
const JUDGED: [i64; 4] = [1, 2, 50, PLENTY];

/// The values of such fields with which rows that copy them pass their checks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stocks(BTreeMap<(EntityId, FieldId), Supply>);

/// The values of one field.
#[derive(Debug, Clone, PartialEq)]
pub enum Supply {
    /// Those that follow this one, step by step.
    After(Literal),
    /// Whatever is made up, such as these.
    Any(Vec<Literal>),
    /// These alone.
    Few(Vec<Literal>),
}

/// A field that is copied, with the entities and the fields that are copies of it and that checks look at.
type Copied = ((EntityId, FieldId), Vec<(EntityId, FieldId)>);

impl Stocks {
    /// Those of a contract.
    pub fn of(model: &Model, contract: &Contract) -> Self {
        let copied = copied(model);
        if copied.is_empty() {
            return Self::default();
        }
        let search = Search { model, contract };
        let mut stocks = Self(copied.iter().map(|copied| (copied.0, search.supply(copied))).collect());
        for (entity, declared) in model.entities() {
            let runs = stocks.runs(model, entity);
            let begun = sample::begun(declared);
            if runs.is_empty() || fit::fitting_all(declared, (&begun, &runs), &|_| Vec::new()).is_some() {
                continue;
            }
            // What has to be another value in each row that copies leaves no more than one.
            let row = fit::fitting(declared, &begun, &|_| Vec::new()).unwrap_or_default();
            for (id, place) in sources(model, entity) {
                let one = row.get(&id).cloned().flatten().into_iter().collect();
                stocks.0.insert(place, Supply::Few(one));
            }
        }
        stocks
    }

    /// The values of a field.
    pub fn supply(&self, entity: EntityId, field: FieldId) -> Option<&Supply> {
        self.0.get(&(entity, field))
    }

    /// The fields of an entity that no two rows have the same value in.
    pub fn of_entity(&self, entity: EntityId) -> impl Iterator<Item = FieldId> {
        self.0.keys().filter(move |(of, _)| *of == entity).map(|(_, field)| *field)
    }

    /// The values of which the rows of an entity copy one, by the field that holds the copy, as far as its checks look at it.
    pub fn copies(&self, model: &Model, entity: EntityId) -> BTreeMap<FieldId, Supply> {
        let supply = |(id, (source, from))| Some((id, self.supply(source, from)?.clone()));
        if self.0.is_empty() { BTreeMap::new() } else { sources(model, entity).filter_map(supply).collect() }
    }

    /// What the rows of an entity copy from such fields, as far as its checks look at it.
    pub fn runs(&self, model: &Model, entity: EntityId) -> Runs {
        let probes = |(id, (source, from))| Some((id, self.supply(source, from)?.probes(model, (source, from))));
        if self.0.is_empty() { Runs::new() } else { sources(model, entity).filter_map(probes).collect() }
    }
}

impl Supply {
    /// Whether a value may be among them.
    pub fn may_hold(&self, scalar: &Scalar, value: &Literal) -> bool {
        match self {
            Self::After(after) => follows(scalar, after, value),
            Self::Any(values) | Self::Few(values) => values.contains(value),
        }
    }

    /// Values with which a row goes together if it does with all of them.
    fn probes(&self, model: &Model, (source, from): (EntityId, FieldId)) -> Vec<Literal> {
        match (self, &model.entity(source).field(from).ty) {
            (Self::After(after), Type::Scalar(scalar)) => {
                [1, PLENTY].into_iter().filter_map(|steps| stepped(scalar, after, steps)).collect()
            }
            (Self::Any(values) | Self::Few(values), _) => values.clone(),
            (Self::After(_), Type::List { .. } | Type::Reference(_) | Type::Many(_)) => Vec::new(),
        }
    }
}

/// The fields of which no two rows have the same value and that are copied into what checks look at.
fn copied(model: &Model) -> Vec<Copied> {
    let mut found: BTreeMap<(EntityId, FieldId), Vec<(EntityId, FieldId)>> = BTreeMap::new();
    for (entity, _) in model.entities() {
        for (id, place) in sources(model, entity) {
            found.entry(place).or_default().push((entity, id));
        }
    }
    found.into_iter().collect()
}

/// The fields of an entity that its checks look at and that are copied from such a field, with that.
fn sources(model: &Model, entity: EntityId) -> impl Iterator<Item = (FieldId, (EntityId, FieldId))> {
    let declared = model.entity(entity);
    fit::in_checks(declared).into_iter().filter_map(move |id| {
        let (through, from) = declared.field(id).copied()?;
        let to = declared.field(through).reference()?.to;
        model.entity(to).field(from).unique.then_some((id, (to, from)))
    })
}

/// A value so many whole steps after another.
fn stepped(scalar: &Scalar, literal: &Literal, steps: i64) -> Option<Literal> {
    let by = match scalar {
        Scalar::Decimal { scale, .. } => steps.checked_mul(10_i64.pow(u32::from(*scale)))?,
        _ => steps,
    };
    values::after(scalar, literal, by)
}

/// Whether values of a type follow each other by steps.
fn has_steps(scalar: &Scalar) -> bool {
    match scalar {
        Scalar::Integer(_)
        | Scalar::Bigint(_)
        | Scalar::Decimal { .. }
        | Scalar::Number(_)
        | Scalar::Date(_)
        | Scalar::Time(_)
        | Scalar::DateTime => true,
        Scalar::String { .. }
        | Scalar::Text { .. }
        | Scalar::Boolean
        | Scalar::Uuid
        | Scalar::Email
        | Scalar::Url
        | Scalar::Json
        | Scalar::Enum(_) => false,
    }
}

struct Search<'s> {
    model: &'s Model,
    contract: &'s Contract,
}

impl Search<'_> {
    fn supply(&self, ((source, from), copies): &Copied) -> Supply {
        let declared = self.model.entity(*source);
        let Type::Scalar(scalar) = &declared.field(*from).ty else { return Supply::Few(Vec::new()) };
        let known = self.known((*source, *from), copies, scalar);
        let worth = |value: &Literal| self.worth((*source, *from), copies, value);
        let named = self.named((*source, *from), copies);
        let best = known.iter().filter_map(worth).max();
        if has_steps(scalar) {
            let is_after = |after: &Literal| {
                let judged = JUDGED.iter().map(|steps| worth(&stepped(scalar, after, *steps)?)).collect::<Option<_>>();
                let worth = judged.and_then(|all: Vec<usize>| all.into_iter().min());
                worth.is_some_and(|worth| Some(worth) >= best)
                    && !named.iter().any(|named| follows(scalar, after, named))
            };
            let begin = first(scalar).into_iter().chain(known.iter().cloned());
            if let Some(after) = begin.filter_map(|value| whole(scalar, value)).find(is_after) {
                return Supply::After(after);
            }
        } else if !matches!(scalar, Scalar::Boolean | Scalar::Enum(_)) {
            let made_up = made_up(declared, *from, scalar);
            let is_as_good = |value: &Literal| worth(value) >= best && worth(value).is_some();
            if !made_up.is_empty() && made_up.iter().all(is_as_good) {
                return Supply::Any(made_up);
            }
        }
        let beside = known.iter().flat_map(|value| {
            let steps = i64::try_from(TURNS).unwrap_or_default();
            (-steps..=steps).filter_map(|by| values::moved(scalar, value, by)).collect::<Vec<_>>()
        });
        let mut few: Vec<Literal> = Vec::new();
        for value in known.iter().cloned().chain(beside) {
            if few.len() < TURNS && !few.contains(&value) && best.is_some() && worth(&value) == best {
                few.push(value);
            }
        }
        Supply::Few(few)
    }

    /// Values that the field may well hold: plausible ones, all where there are few, and those that are compared with it.
    fn known(
        &self,
        (source, from): (EntityId, FieldId),
        copies: &[(EntityId, FieldId)],
        scalar: &Scalar,
    ) -> Vec<Literal> {
        let declared = self.model.entity(source);
        let mut known: Vec<Literal> = (0..3).map(|number| values::plausible(declared, from, scalar, number)).collect();
        known.extend(values::all(scalar).unwrap_or_default());
        for (entity, id) in copies {
            let copying = self.model.entity(*entity);
            let usual = fit::fitting(copying, &sample::begun(copying), &|_| Vec::new());
            known.extend(usual.and_then(|mut row| row.remove(id)).flatten());
            known.extend(looked_for(self.contract, (*entity, copying), *id).into_iter().map(|(_, value)| value));
            let compared = self.contract.plan.checks_of(*entity).flat_map(|check| check.predicate.parts());
            known.extend(compared.filter_map(|part| match part {
                Predicate::Compare(field, _, Operand::Literal(literal)) if field == id => Some(literal.clone()),
                _ => None,
            }));
        }
        let mut distinct: Vec<Literal> = Vec::new();
        for value in known.into_iter().filter(|value| is_of(scalar, value) && values::fits(scalar, value)) {
            if !distinct.contains(&value) {
                distinct.push(value);
            }
        }
        distinct
    }

    /// The values that rules ask for by their name, of the field or of its copies.
    fn named(&self, place: (EntityId, FieldId), copies: &[(EntityId, FieldId)]) -> Vec<Literal> {
        let mut named = Vec::new();
        for (rules_of, predicate) in self.contract.plan.predicates() {
            predicate.each(self.model, rules_of, &mut |entity, part| {
                let Predicate::Compare(field, _, Operand::Literal(literal)) = part else { return };
                let asked = (entity, *field);
                named.extend((asked == place || copies.contains(&asked)).then(|| literal.clone()));
            });
        }
        named
    }

    /// With how much of what rules look for a value goes together in rows that copy it; `None` where some of these cannot
    /// be, or the row itself.
    fn worth(
        &self,
        (source, from): (EntityId, FieldId),
        copies: &[(EntityId, FieldId)],
        value: &Literal,
    ) -> Option<usize> {
        let fits =
            |entity: EntityId, row: &RowValues, id: FieldId| fit::fits_beside(self.model.entity(entity), row, id);
        let Type::Scalar(scalar) = &self.model.entity(source).field(from).ty else { return None };
        let own = RowValues::from([(from, Some(value.clone()))]);
        if !values::fits(scalar, value) || !fits(source, &own, from) {
            return None;
        }
        let mut worth = 0;
        for (entity, id) in copies {
            let declared = self.model.entity(*entity);
            let mut row = sample::begun(declared);
            row.insert(*id, Some(value.clone()));
            if !fits(*entity, &row, *id) {
                return None;
            }
            let goes_along = |(field, wanted): &(FieldId, Literal)| {
                let mut row = row.clone();
                row.insert(*field, Some(wanted.clone()));
                fits(*entity, &row, *id)
            };
            worth += looked_for(self.contract, (*entity, declared), *id).iter().filter(|of| goes_along(of)).count();
        }
        Some(worth)
    }
}

/// Where values begin that nothing is known of.
fn first(scalar: &Scalar) -> Option<Literal> {
    match scalar {
        Scalar::Integer(range) => Some(Literal::Integer(i64::from(range.min).max(0))),
        Scalar::Bigint(range) => Some(Literal::Integer(range.min.max(0))),
        Scalar::Decimal { units, .. } => Some(Literal::Decimal(units.min.max(0))),
        _ => None,
    }
}

/// The value itself, or where its type has parts of whole steps, the next whole one.
fn whole(scalar: &Scalar, value: Literal) -> Option<Literal> {
    match (scalar, value) {
        (Scalar::Decimal { scale, .. }, Literal::Decimal(units)) => {
            let one = 10_i64.pow(u32::from(*scale));
            Some(Literal::Decimal(units.checked_add((one - units.rem_euclid(one)) % one)?))
        }
        (Scalar::Number(_), Literal::Number(value)) => Some(Literal::Number(value.ceil())),
        (_, value) => Some(value),
    }
}

/// Whether a value is among those that follow another, or beside them.
fn follows(scalar: &Scalar, after: &Literal, value: &Literal) -> bool {
    let last = stepped(scalar, after, PLENTY);
    let is_before = |one: &Literal, other: &Literal| order(one, other) == Some(Ordering::Less);
    !is_before(value, after) && last.is_none_or(|last| !is_before(&last, value))
}

/// Whether a literal is of a type: what is looked for beside a field may be of another.
fn is_of(scalar: &Scalar, literal: &Literal) -> bool {
    match literal {
        Literal::Integer(_) => matches!(scalar, Scalar::Integer(_) | Scalar::Bigint(_)),
        Literal::Decimal(_) => matches!(scalar, Scalar::Decimal { .. }),
        Literal::Number(_) => matches!(scalar, Scalar::Number(_)),
        Literal::Date(_) => matches!(scalar, Scalar::Date(_)),
        Literal::Time(_) => matches!(scalar, Scalar::Time(_)),
        Literal::DateTime(_) => matches!(scalar, Scalar::DateTime),
        Literal::Boolean(_) => matches!(scalar, Scalar::Boolean),
        Literal::Enum(word) => matches!(scalar, Scalar::Enum(words) if words.contains(word)),
        Literal::String(_) => !has_steps(scalar) && !matches!(scalar, Scalar::Boolean | Scalar::Enum(_)),
    }
}

/// Texts such as tests make up.
fn made_up(declared: &Entity, from: FieldId, scalar: &Scalar) -> Vec<Literal> {
    let plausible = (0..TURNS).map(|number| values::plausible(declared, from, scalar, number));
    let counted = ["1", "20", "0300", "v1", "v20", "v300"].map(|text| Literal::String(text.to_owned()));
    let mut found: Vec<Literal> = Vec::new();
    for value in plausible.chain(counted) {
        if values::fits(scalar, &value) && !found.contains(&value) {
            found.push(value);
        }
    }
    found
}
