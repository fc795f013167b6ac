//! What the rows of tests hold where checks look, so that they pass them.

use crate::contract::{KnownFacts, RowValues, Runs, bounds, fitting_all, in_checks, takes};
use crate::model::{Default, EntityKind, FieldId, Literal, Type};
use crate::targets::express::entity::Entity;
use crate::targets::express::names::field_property;
use crate::targets::express::samples;
use crate::targets::express::values::literal;

/// What a row of tests holds in the fields that checks look at, where these facts are true of it.
pub(in crate::targets::express) fn row_values(entity: &Entity, facts: &KnownFacts) -> RowValues {
    let spec = entity.spec;
    if spec.checks.is_empty() {
        return RowValues::new();
    }
    let gives = |id: FieldId| entity.takes(&entity.resource.create, id);
    let begins = |id: FieldId| match &spec.field(id).default {
        Some(Default::Literal(literal)) => Some(Some(literal.clone())),
        Some(Default::Copy { through, .. }) => spec.field(*through).nullable.then_some(None),
        Some(Default::Now) => None,
        None => spec.field(id).nullable.then_some(None),
    };
    let known = facts.row_values();
    let left_out = in_checks(spec).into_iter().filter(|id| !gives(*id) && !known.contains_key(id));
    let fixed: RowValues = left_out.filter_map(|id| Some((id, begins(id)?))).chain(known.clone()).collect();
    fitting_all(spec, (&fixed, &entity.others.runs), &|id| copied_usually(entity, id)).unwrap_or_default()
}

/// The ends of what a row may hold that a field is copied from.
pub(super) fn held_at_most(entity: &Entity, id: FieldId) -> Vec<Option<Literal>> {
    let source = || {
        let (through, from) = entity.spec.field(id).copied()?;
        Some(bounds(entity.model.entity(entity.spec.field(through).reference()?.to).field(from)))
    };
    source().into_iter().flatten().map(Some).collect()
}

/// What a row of tests copies where nothing is said of the row that it refers to.
fn copied_usually(entity: &Entity, id: FieldId) -> Vec<Option<Literal>> {
    let copied = || {
        let (through, from) = entity.spec.field(id).copied()?;
        let source = entity.model.entity(entity.spec.field(through).reference()?.to);
        let Type::Scalar(scalar) = &source.field(from).ty else { return None };
        let lent = entity.others.lent.iter().filter(|_| source.kind == EntityKind::User);
        let lent = lent.filter(|(of, _)| *of == from).map(|(_, value)| value.clone()).next();
        lent.or_else(|| samples::usual(scalar))
    };
    copied().into_iter().map(Some).collect()
}

/// The same where the row refers to all that it can copy from.
pub(super) fn named_values(entity: &Entity, facts: &KnownFacts) -> RowValues {
    let own = row_values(entity, facts).into_iter().filter(|(id, _)| {
        let field = entity.spec.field(*id);
        facts.says(*id) || (field.copied().is_none() && !field.is_told_by_clock())
    });
    let own: RowValues = own.collect();
    let wishes = |id: FieldId| [copied_usually(entity, id), copied_beside(entity, id, &own)].concat();
    fitting_all(entity.spec, (&own, &entity.others.runs), &wishes).unwrap_or_default()
}

/// What a row of tests copies where it goes together with what the row holds beside it.
fn copied_beside(entity: &Entity, id: FieldId, own: &RowValues) -> Vec<Option<Literal>> {
    let Some((through, from)) = entity.spec.field(id).copied() else { return Vec::new() };
    let Some(reference) = entity.spec.field(through).reference() else { return Vec::new() };
    let source = entity.model.entity(reference.to).field(from);
    own.values().filter(|value| value.is_some() && takes(source, value.as_ref())).cloned().collect()
}

/// What the row holds that a row of tests copies from, so that it passes its checks.
pub(super) fn copied_from(entity: &Entity, facts: &KnownFacts, through: FieldId) -> KnownFacts {
    told_of(entity, &named_values(entity, facts), through, &entity.others.runs)
}

/// What of these values a row holds that they are copied from, but for what each such row holds another value of.
pub(super) fn told_of(entity: &Entity, values: &RowValues, through: FieldId, runs: &Runs) -> KnownFacts {
    let mut told = KnownFacts::default();
    let Some(reference) = entity.spec.field(through).reference() else { return told };
    let source = entity.model.entity(reference.to);
    for (id, value) in values.iter().filter(|(id, _)| !runs.contains_key(id)) {
        match entity.spec.field(*id).copied() {
            Some((of, from)) if of == through && takes(source.field(from), value.as_ref()) => {
                told.say(from, value.clone());
            }
            _ => {}
        }
    }
    told
}

/// What users of tests hold that they would copy, where checks look at it.
pub(in crate::targets::express) fn copied_by_users(user: &Entity) -> Vec<(String, String)> {
    let named = named_values(user, &KnownFacts::default()).into_iter();
    let copied = named.filter(|(id, _)| user.spec.field(*id).copied().is_some());
    copied.map(|(id, value)| (field_property(user.spec.field(id)), expression(user, id, value.as_ref()))).collect()
}

/// A value that a check looks at, as a TypeScript expression.
pub(in crate::targets::express) fn expression(entity: &Entity, id: FieldId, value: Option<&Literal>) -> String {
    match (value, &entity.spec.field(id).ty) {
        (Some(value), Type::Scalar(scalar)) => literal(value, scalar),
        _ => "null".to_owned(),
    }
}

/// What the rows of tests hold in a field, another value in each row where no two may be equal; `None` where no check
/// looks at it.
pub(in crate::targets::express) fn sample(entity: &Entity, facts: &KnownFacts, id: FieldId) -> Option<String> {
    let value = row_values(entity, facts).remove(&id)?;
    if let (Some(Literal::Integer(first)), true) = (&value, entity.spec.field(id).unique) {
        return Some(samples::counted_from(&entity.spec.field(id).ty, *first));
    }
    Some(expression(entity, id, value.as_ref()))
}
