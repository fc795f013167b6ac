//! Rows that a field of the caller names, and those whose related rows the caller is among: the same ones.

use crate::contract::{KnownFacts, Predicate};
use crate::model::{EntityId, EntityKind, FieldId, FieldPath, Model, Relation};

/// A row of which both is said, where one is: that a reference names the row which a field of the caller names, and that
/// the caller is among the rows which refer to that row by this field.
pub(super) fn agreed(model: &Model, entity: EntityId, mut facts: KnownFacts, parts: &[&Predicate]) -> KnownFacts {
    for (field, at) in &facts.at {
        for (relation, rows) in &at.related {
            let by = of_caller(model, *relation).map(|by| (*field, FieldPath::own(by)));
            let is_member = rows.iter().any(|row| row.me);
            facts.shared.extend(by.filter(|pair| is_member && !facts.shared.contains(pair)));
        }
    }
    if model.entity(entity).kind == EntityKind::User && facts.me {
        return facts;
    }
    for (field, path) in facts.shared.clone() {
        let relation = if path.leads_on() { None } else { asked(model, parts, field, path.field) };
        let Some(relation) = relation else { continue };
        let me = KnownFacts { me: true, ..KnownFacts::default() };
        match facts.at.iter_mut().find(|(of, _)| *of == field) {
            None => facts.at.push((field, KnownFacts { related: vec![(relation, vec![me])], ..KnownFacts::default() })),
            Some((_, at)) => match at.related.iter_mut().find(|(of, _)| *of == relation) {
                None => at.related.push((relation, vec![me])),
                Some((_, rows)) if rows.iter().all(|row| !row.me) => rows.push(me),
                Some(_) => {}
            },
        }
    }
    facts
}

/// The field by which users are related to a row.
pub(super) fn of_caller(model: &Model, relation: Relation) -> Option<FieldId> {
    match relation {
        Relation::Referring { entity, by, .. } if model.entity(entity).kind == EntityKind::User => Some(by),
        Relation::Referring { .. } | Relation::InSet { .. } | Relation::Having { .. } => None,
    }
}

/// The relation by which something is asked of the users who refer by a field of theirs to the row that a reference names.
fn asked(model: &Model, parts: &[&Predicate], field: FieldId, by: FieldId) -> Option<Relation> {
    let inner = parts.iter().filter_map(|part| match part {
        Predicate::At(of, inner) if *of == field => Some(inner.parts()),
        _ => None,
    });
    inner.flatten().find_map(|part| match part {
        Predicate::Some(relation, _) if of_caller(model, *relation) == Some(by) => Some(*relation),
        _ => None,
    })
}
