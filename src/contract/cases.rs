//! Every situation in which access rules can tell callers and rows apart.

use crate::model::{EntityId, FieldId, Literal, Model, RoleId, Scalar, Type};

use super::{Caller, Check, Contract, KnownFacts, Predicate, Verb};

/// One caller and one kind of row.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What is asked.
    pub verb: Verb,
    /// Who asks.
    pub caller: Caller,
    /// The row, seen by that caller.
    pub row: KnownFacts,
}

/// Every verb that exists × caller × row that the guards of any plan over this model can tell apart.
pub fn cases(model: &Model, contract: &Contract, entity: EntityId) -> Vec<Case> {
    let rows = rows(model, contract, entity);
    let mut cases = Vec::new();
    for (verb, _) in contract.verbs(entity) {
        for caller in callers(model) {
            for row in &rows {
                if caller == Caller::Anonymous && !row.mine.is_empty() {
                    continue;
                }
                cases.push(Case { verb, caller, row: row.clone() });
            }
        }
    }
    cases
}

/// Nobody, a user without a role, and one of each role.
fn callers(model: &Model) -> Vec<Caller> {
    let users = std::iter::once(None).chain((0..model.roles().len()).map(|index| Some(RoleId(index))));
    let mut callers = vec![Caller::Anonymous];
    if model.auth.is_some() {
        callers.extend(users.map(|role| Caller::User { role }));
    }
    callers
}

/// Owned by the caller and by another, with every value that a rule compares, and one that none does.
fn rows(model: &Model, contract: &Contract, entity: EntityId) -> Vec<KnownFacts> {
    let mut rows = vec![KnownFacts::default()];
    for field in mine(model, contract, entity) {
        let owned = rows.iter().map(|row| KnownFacts { mine: [row.mine.clone(), vec![field]].concat(), ..row.clone() });
        rows = rows.iter().cloned().chain(owned).collect();
    }
    for (field, values) in compared(model, contract, entity) {
        rows = rows
            .iter()
            .flat_map(|row| {
                values.iter().map(move |value| KnownFacts {
                    values: [row.values.clone(), vec![(field, value.clone())]].concat(),
                    ..row.clone()
                })
            })
            .collect();
    }
    rows
}

fn predicates(contract: &Contract, entity: EntityId) -> impl Iterator<Item = &Predicate> {
    contract.plan.guards_of(entity).iter().filter_map(|guard| match &guard.check {
        Check::Row(_, predicate) => Some(predicate),
        Check::Caller(_) => None,
    })
}

fn mine(model: &Model, contract: &Contract, entity: EntityId) -> Vec<FieldId> {
    let mut fields: Vec<FieldId> = predicates(contract, entity).flat_map(Predicate::mine).collect();
    fields.extend(model.entity(entity).owner);
    fields.sort_unstable();
    fields.dedup();
    fields
}

fn compared(model: &Model, contract: &Contract, entity: EntityId) -> Vec<(FieldId, Vec<Literal>)> {
    let mut fields: Vec<FieldId> =
        predicates(contract, entity).flat_map(Predicate::comparisons).map(|(field, _)| field).collect();
    fields.sort_unstable();
    fields.dedup();
    let values = |field: FieldId| match &model.entity(entity).field(field).ty {
        Type::Scalar(Scalar::Enum(words)) => words.iter().cloned().map(Literal::Enum).collect(),
        Type::Scalar(Scalar::Boolean) => vec![Literal::Boolean(false), Literal::Boolean(true)],
        _ => around(predicates(contract, entity).flat_map(Predicate::comparisons).filter(|(of, _)| *of == field)),
    };
    fields.into_iter().map(|field| (field, values(field))).collect()
}

/// Each value that is compared with, and its neighbours where the type has any.
fn around<'a>(comparisons: impl Iterator<Item = (FieldId, &'a Literal)>) -> Vec<Literal> {
    let mut values = Vec::new();
    for (_, literal) in comparisons {
        let near = match literal {
            Literal::Integer(value) => {
                vec![Literal::Integer(value - 1), Literal::Integer(*value), Literal::Integer(value + 1)]
            }
            Literal::Decimal(units) => {
                vec![Literal::Decimal(units - 1), Literal::Decimal(*units), Literal::Decimal(units + 1)]
            }
            Literal::Number(value) => {
                vec![Literal::Number(value - 1.0), Literal::Number(*value), Literal::Number(value + 1.0)]
            }
            other => vec![other.clone()],
        };
        values.extend(near.into_iter().filter(|value| !values.contains(value)).collect::<Vec<_>>());
    }
    values
}
