//! Every situation in which access rules can tell callers and rows apart.

mod across;
mod members;
mod situations;
pub(super) mod values;

use crate::model::{EntityId, EntityKind, FieldId, Literal, Model, RoleId, Scalar, Type};

use super::{Caller, Check, Contract, KnownFacts, Operand, Predicate, Verb};
use situations::Situations;

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

/// Every verb that exists × caller × row that the guards of any plan over this model can tell apart. Where there are
/// too many rows, they are those in which a grant just holds, and those that differ from one of them in one thing.
pub fn cases(model: &Model, contract: &Contract, entity: EntityId) -> Vec<Case> {
    cases_of(model, contract, &caller_values(model, contract), entity)
}

/// The same for somebody who knows already what fields of callers hold.
pub fn cases_of(
    model: &Model,
    contract: &Contract,
    caller_values: &[(FieldId, Literal)],
    entity: EntityId,
) -> Vec<Case> {
    let rows = rows(model, contract, caller_values, entity);
    let mut cases = Vec::new();
    for (verb, _) in contract.verbs(entity) {
        for caller in callers(model) {
            for row in rows.iter().filter(|row| caller != Caller::Anonymous || !row.needs_user()) {
                let row = if verb == Verb::Create { row.without_itself() } else { row.clone() };
                cases.push(Case { verb, caller, row });
            }
        }
    }
    cases
}

/// What the fields of every caller hold that access rules compare with, so that rows can be made to fit or not.
pub fn caller_values(model: &Model, contract: &Contract) -> Vec<(FieldId, Literal)> {
    let Some(auth) = &model.auth else { return Vec::new() };
    let user = model.entity(auth.user);
    let mut fields: Vec<FieldId> = Vec::new();
    for (entity, predicate) in contract.plan.predicates() {
        of_users(model, entity, predicate, &mut fields);
    }
    fields.sort_unstable();
    fields.dedup();
    let value = |field: FieldId| match &user.field(field).ty {
        Type::Scalar(Scalar::Json) | Type::List { .. } | Type::Reference(_) | Type::Many(_) => None,
        Type::Scalar(scalar) => Some((field, values::plausible(user, field, scalar, 0))),
    };
    fields.into_iter().filter_map(value).collect()
}

/// The fields of users that a predicate asks for.
fn of_users(model: &Model, entity: EntityId, predicate: &Predicate, fields: &mut Vec<FieldId>) {
    let of_user = model.entity(entity).kind == EntityKind::User;
    match predicate {
        Predicate::Compare(field, _, operand) => {
            fields.extend(of_user.then_some(*field));
            match operand {
                Operand::Caller(of_caller) => fields.push(*of_caller),
                Operand::Field(other) => fields.extend(of_user.then_some(*other)),
                Operand::Literal(_) => {}
            }
        }
        Predicate::Across(left, _, right) => {
            fields.extend([left, right].into_iter().filter_map(|path| across::of_user(model, entity, path)));
        }
        Predicate::At(field, inner) => {
            if let Some(reference) = model.entity(entity).field(*field).reference() {
                of_users(model, reference.to, inner, fields);
            }
        }
        Predicate::Some(relation, inner) => of_users(model, relation.entity(), inner, fields),
        Predicate::All(parts) | Predicate::Any(parts) => {
            for part in parts {
                of_users(model, entity, part, fields);
            }
        }
        _ => {}
    }
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

/// The rows that the guards of an entity can tell apart.
fn rows(model: &Model, contract: &Contract, of_caller: &[(FieldId, Literal)], entity: EntityId) -> Vec<KnownFacts> {
    let predicates: Vec<&Predicate> = contract
        .plan
        .guards_of(entity)
        .iter()
        .filter_map(|guard| match &guard.check {
            Check::Row(_, predicate) => Some(predicate),
            Check::Caller(_) => None,
        })
        .chain(contract.plan.fields_of(entity).map(|guard| &guard.predicate))
        .chain(contract.plan.moves_of(entity).map(|guard| &guard.predicate))
        .collect();
    let situations = Situations { model, of_caller };
    situations.of(entity, &predicates, model.entity(entity).owner_field())
}
