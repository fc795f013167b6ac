//! What users hold so that rows which copy it pass their checks.

use crate::contract::{Contract, Operand, Predicate, RowValues, fit, sample};
use crate::model::{Entity, EntityId, FieldId, Literal, Model, Type};

use super::values;

/// So many values of a user are tried, each as plausible as the others.
const TRIED: usize = 3;

/// What users hold that checked values of rows are copied from, with what the checks of users look at beside it; what is
/// known of users already stays as it is.
pub(super) fn by_users(
    (model, contract): (&Model, &Contract),
    user: EntityId,
    known: &[(FieldId, Literal)],
) -> Vec<(FieldId, Literal)> {
    let declared = model.entity(user);
    let mut held: RowValues = known.iter().map(|(id, value)| (*id, Some(value.clone()))).collect();
    let before = held.clone();
    for (entity, _) in model.entities() {
        for (id, from) in copied_from(model, entity, user) {
            if !held.contains_key(&from)
                && let Some(value) = fitting((model, contract), (entity, id), (user, from), &held)
            {
                held.insert(from, Some(value));
            }
        }
    }
    if held.len() > before.len() {
        let lent: Vec<FieldId> = held.keys().copied().filter(|id| !before.contains_key(id)).collect();
        let beside = fit::beside(declared, lent);
        let all = fit::fitting(declared, &held, &|_| Vec::new()).unwrap_or_default();
        held.extend(all.into_iter().filter(|(id, _)| beside.contains(id) && !before.contains_key(id)));
    }
    let is_new = |id: &FieldId| !before.contains_key(id);
    held.into_iter().filter(|(id, _)| is_new(id)).filter_map(|(id, value)| Some((id, value?))).collect()
}

/// The fields of an entity that its checks look at and that are copied from users, with those that they are copied from:
/// as far as all users may hold the same in them.
fn copied_from(model: &Model, entity: EntityId, user: EntityId) -> Vec<(FieldId, FieldId)> {
    let declared = model.entity(entity);
    let copied = fit::in_checks(declared).into_iter().filter_map(|id| {
        let (through, from) = declared.field(id).copied()?;
        let is_of_user = declared.field(through).reference()?.to == user;
        (is_of_user && !model.entity(user).field(from).unique).then_some((id, from))
    });
    copied.collect()
}

/// A value of users with which a row that copies it passes its checks, and that users can hold with what they hold: the
/// one that goes together with the most of what rules look for in such rows.
fn fitting(
    (model, contract): (&Model, &Contract),
    (entity, id): (EntityId, FieldId),
    (user, from): (EntityId, FieldId),
    held: &RowValues,
) -> Option<Literal> {
    let (declared, users) = (model.entity(entity), model.entity(user));
    let Type::Scalar(scalar) = &users.field(from).ty else { return None };
    let copied = copied_from(model, entity, user).into_iter();
    let copied = copied.filter_map(|(id, from)| Some((id, held.get(&from)?.clone())));
    let fixed: RowValues = sample::begun(declared).into_iter().chain(copied).collect();
    let with = |fixed: &RowValues, id: FieldId, value: &Literal| -> RowValues {
        fixed.clone().into_iter().chain([(id, Some(value.clone()))]).collect()
    };
    let fits = |row: &RowValues| fit::fitting(declared, row, &|_| Vec::new()).is_some();
    let looked_for = looked_for(contract, (entity, declared), id);
    let usual = fit::fitting(declared, &fixed, &|_| Vec::new()).and_then(|values| values.get(&id)?.clone());
    let mut candidates: Vec<Literal> =
        (0..TRIED).map(|number| values::plausible(users, from, scalar, number)).chain(usual).collect();
    candidates.extend(looked_for.iter().map(|(_, value)| value.clone()));
    candidates.retain(|value| {
        let may_hold = || fit::fitting(users, &with(held, from, value), &|_| Vec::new()).is_some();
        values::fits(scalar, value) && fits(&with(&fixed, id, value)) && may_hold()
    });
    let found = |value: &Literal| {
        let row = with(&fixed, id, value);
        looked_for.iter().filter(|(field, value)| fits(&with(&row, *field, value))).count()
    };
    // Of equally good ones the first; `max_by_key` would take the last.
    candidates.into_iter().rev().max_by_key(found)
}

/// The values that rules on an entity's rows look for in fields that checks look at beside one.
pub(in crate::contract) fn looked_for(
    contract: &Contract,
    (entity, declared): (EntityId, &Entity),
    id: FieldId,
) -> Vec<(FieldId, Literal)> {
    let beside = fit::beside(declared, [id]);
    let predicates = contract.plan.predicates().filter(|(of, _)| *of == entity);
    let around = predicates.flat_map(|(_, predicate)| predicate.parts()).filter_map(|part| match part {
        Predicate::Compare(field, _, Operand::Literal(literal)) if *field != id && beside.contains(field) => {
            let Type::Scalar(scalar) = &declared.field(*field).ty else { return None };
            let values = values::around(declared, *field, scalar, literal).into_iter();
            Some(values.map(|value| (*field, value)).collect::<Vec<_>>())
        }
        _ => None,
    });
    around.flatten().collect()
}
