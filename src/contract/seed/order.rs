//! In which order the rows of a seed file are stored.

use crate::model::{EntityId, EntityKind, Field, FieldId, Model};

/// The entities, each after those it refers to, as far as that is possible: what may wait comes first where entities
/// refer to each other.
pub fn order(model: &Model) -> Vec<EntityId> {
    let is_account = |id: &EntityId| model.entity(*id).kind == EntityKind::User;
    let (mut waiting, others): (Vec<EntityId>, Vec<EntityId>) =
        model.entities().map(|(id, _)| id).partition(is_account);
    waiting.extend(others);
    let mut placed: Vec<EntityId> = Vec::new();
    while !waiting.is_empty() {
        let ready = |needs: &dyn Fn(EntityId, FieldId, &Field) -> bool| {
            let is_ready = |id: &EntityId| {
                let mut needed = model.entity(*id).fields().filter(|(field, declared)| needs(*id, *field, declared));
                needed.all(|(_, field)| field.refers_to().is_none_or(|to| to == *id || placed.contains(&to)))
            };
            waiting.iter().position(is_ready)
        };
        let next = ready(&|_, _, _| true)
            .or_else(|| ready(&|entity, field, _| !may_wait(model, entity, field)))
            .or_else(|| ready(&|_, _, field| !field.nullable && !field.may_be_empty()));
        placed.push(waiting.remove(next.unwrap_or_default()));
    }
    placed
}

/// Whether a reference or a set can be given when all rows are stored: it may be null or empty before, and nothing is
/// copied by it.
fn may_wait(model: &Model, entity: EntityId, field: FieldId) -> bool {
    let declared = model.entity(entity);
    let is_followed =
        || declared.fields.iter().any(|other| other.copied().is_some_and(|(through, _)| through == field));
    let naming = declared.field(field);
    match (naming.reference(), naming.many()) {
        (Some(_), _) => naming.nullable && !is_followed(),
        (None, Some(_)) => naming.may_be_empty(),
        (None, None) => false,
    }
}

/// Whether a reference or a set waits until all rows are stored, because it may name one that is stored later.
pub fn waits(model: &Model, order: &[EntityId], entity: EntityId, field: FieldId) -> bool {
    let place = |id: EntityId| order.iter().position(|of| *of == id);
    let to = model.entity(entity).field(field).refers_to();
    to.is_some_and(|to| place(to) >= place(entity)) && may_wait(model, entity, field)
}
