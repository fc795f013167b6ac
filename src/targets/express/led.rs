//! Rows of tests that callers are led to: only the row behind the caller holds what rules compare with it, so that a
//! reference of the caller has to name the row that is asked for.

use crate::contract::KnownFacts;
use crate::model::{DeleteRule, EntityId, FieldId, FieldPath, Model, Relation};

use super::access::Cases;
use super::names::field_property;
use super::own::{Own, unlike_others};
use super::rows::{shared, store_alone};

/// The references behind the caller that are to name rows of a test.
pub(super) fn led_to(cases: Cases, facts: &KnownFacts, led: &mut Vec<FieldPath>) {
    let of_caller = facts.related.iter().filter(|(_, rows)| rows.iter().any(|row| row.me));
    let of_caller = of_caller.filter_map(|(relation, _)| match relation {
        Relation::Referring { by, .. } if cases.of_caller.leads_by(*by) => Some(FieldPath::own(*by)),
        Relation::Referring { .. } | Relation::InSet { .. } | Relation::Having { .. } => None,
    });
    for place in facts.behind.iter().cloned().chain(of_caller) {
        if !led.contains(&place) {
            led.push(place);
        }
    }
    let inner = facts.at.iter().map(|(_, at)| at).chain(facts.related.iter().flat_map(|(_, rows)| rows));
    inner.filter(|row| !row.me).for_each(|row| led_to(cases, row, led));
}

/// What rules look for in the rows between the caller and the one that a path names, but for what each test has of its
/// own and where the next one is.
pub(super) fn between(cases: Cases, place: &FieldPath) -> Option<Vec<KnownFacts>> {
    let user = cases.model.auth.as_ref()?.user;
    let mut rows = KnownFacts { at: cases.of_caller.leads(), ..KnownFacts::default() };
    let mut found = Vec::new();
    let steps: Vec<(EntityId, FieldId)> = cases.model.along(user, place).collect();
    for pair in steps.windows(2) {
        let [(_, step), (entity, next)] = pair else { return None };
        rows = rows.at.into_iter().find(|(of, _)| of == step)?.1;
        let at = rows.at.iter().filter(|(of, _)| of != next).cloned().collect();
        found.push(unlike_others(cases, *entity, &KnownFacts { at, ..rows.clone() }));
    }
    Some(found)
}

/// Whether the caller's references can lead where a case says, without any row of it being lost to the caller.
pub(super) fn is_alone(led: &[FieldPath], facts: &KnownFacts) -> bool {
    let meets =
        |(place, one): (usize, &FieldPath)| led.iter().skip(place + 1).any(|other| other.begin() == one.begin());
    !led.iter().enumerate().any(meets) && !led.iter().any(|place| loses(place, facts))
}

/// Whether facts name a row behind the caller that is not behind the caller any more once a reference names another row.
fn loses(place: &FieldPath, facts: &KnownFacts) -> bool {
    let mut inner = facts.at.iter().map(|(_, at)| at).chain(facts.related.iter().flat_map(|(_, rows)| rows));
    shared(facts).any(|(_, path)| is_beside(place, path)) || inner.any(|row| loses(place, row))
}

/// Whether a path from the caller begins as another one does, and does not lead to the row that this one names.
pub(super) fn is_beside(place: &FieldPath, path: &FieldPath) -> bool {
    let to_row = [place.references.as_slice(), &[place.field]].concat();
    path.begin() == place.begin() && !path.references.starts_with(&to_row)
}

/// Whether the row that a path from the caller names cannot be deleted: it, or a row that would go with it.
pub(super) fn keeps(model: &Model, place: &FieldPath) -> bool {
    let Some(auth) = &model.auth else { return false };
    let steps: Vec<(EntityId, FieldId)> = model.along(auth.user, place).collect();
    let rules = steps.iter().rev().filter_map(|(entity, step)| model.entity(*entity).field(*step).reference());
    let mut rules = rules.map(|reference| reference.on_delete).skip_while(|rule| *rule == DeleteRule::Cascade);
    rules.next() == Some(DeleteRule::Restrict)
}

/// A call that lets the caller's references lead to the row `id`, over rows that are stored for that.
pub(super) fn call(model: &Model, place: &FieldPath, caller: &str, own: &Own) -> String {
    let property = |entity: EntityId, field: FieldId| field_property(model.entity(entity).field(field));
    let steps = model.auth.iter().flat_map(|auth| model.along(auth.user, place));
    let steps: Vec<(EntityId, FieldId)> = steps.collect();
    let between = own.between(place).iter().zip(steps.iter().skip(1)).rev();
    let id = between.fold("id".to_owned(), |id, (facts, (entity, field))| {
        let known = format!("{}: {id}", property(*entity, *field));
        format!("await idOf({})", store_alone(model, *entity, facts, caller, Some(known), own))
    });
    let first = steps.first().map(|(user, field)| property(*user, *field)).unwrap_or_default();
    format!("refer({caller}, \"{first}\", {id})")
}

/// The steps of a path from the caller, for the name of a test.
pub(super) fn way(model: &Model, place: &FieldPath) -> String {
    let steps = model.auth.iter().flat_map(|auth| model.along(auth.user, place));
    steps.map(|(entity, step)| model.entity(entity).field(step).name.snake().to_owned()).collect::<Vec<_>>().join(".")
}
