//! The arrows along which fields change, as data.

use crate::model::{Entity, EntityId, FieldId, Model, Origin, Roles};

use super::{Caller, Facts, GuardId, Plan, Predicate};

/// Who may make one move of a field; a move without a guard is nobody's.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveGuard {
    /// Its name, `Order.status.open->paid`.
    pub id: GuardId,
    /// The entity.
    pub entity: EntityId,
    /// The field.
    pub field: FieldId,
    /// The value before.
    pub from: String,
    /// The value after.
    pub to: String,
    /// Who may, asked of the row before.
    pub predicate: Predicate,
    /// The line of the spec it enforces.
    pub origin: Origin,
}

/// What becomes of a change of a field that moves along arrows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveVerdict {
    /// It happens.
    Permitted,
    /// Somebody else may make it (403).
    Forbidden,
    /// Nobody may make it (409).
    Impossible,
}

impl Plan {
    /// What becomes of a change by a caller of a row that has the value `from`.
    pub fn moves_to(
        &self,
        (entity, field): (EntityId, FieldId),
        (from, to): (&str, &str),
        caller: &Caller,
        row: &dyn Facts,
    ) -> MoveVerdict {
        if from == to {
            return MoveVerdict::Permitted;
        }
        let guard = self.moves_of(entity).find(|guard| guard.field == field && guard.from == from && guard.to == to);
        match guard.map(|guard| guard.predicate.holds(caller, row)) {
            Some(true) => MoveVerdict::Permitted,
            Some(false) => MoveVerdict::Forbidden,
            None => MoveVerdict::Impossible,
        }
    }

    /// Whether an arrow of a field looks at rows beside the one that changes.
    pub fn looks_away(&self, entity: EntityId, field: FieldId) -> bool {
        let mut guards = self.moves_of(entity).filter(|guard| guard.field == field);
        guards.any(|guard| guard.predicate.reads_other_rows())
    }
}

/// The arrows of a model that somebody may take, by entity.
pub(super) fn of(model: &Model) -> Vec<MoveGuard> {
    let no_roles = Roles::default();
    let roles = model.auth.as_ref().map_or(&no_roles, |auth| &auth.roles);
    model.entities().flat_map(|(id, entity)| of_entity(id, entity, roles)).collect()
}

fn of_entity(id: EntityId, entity: &Entity, roles: &Roles) -> Vec<MoveGuard> {
    let mut guards = Vec::new();
    for transitions in &entity.transitions {
        let name = entity.field(transitions.field).name.snake();
        for arrow in transitions.moves.iter().filter(|arrow| !arrow.rule.grants.is_empty()) {
            guards.push(MoveGuard {
                id: GuardId::of_move(entity, name, &arrow.from, &arrow.to),
                entity: id,
                field: transitions.field,
                from: arrow.from.clone(),
                to: arrow.to.clone(),
                predicate: Predicate::of(&arrow.rule, entity.owner.as_ref(), roles),
                origin: arrow.rule.origin,
            });
        }
    }
    guards
}
