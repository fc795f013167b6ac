//! What must hold of every row, as data.

use std::collections::BTreeSet;

use crate::model::{Entity, EntityId, FieldId, Model, Operand, Origin, RowCheck, Test};

use super::{Caller, Facts, GuardId, Predicate};

/// One check of an entity's rows.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckGuard {
    /// Its name, `Event.check.1`.
    pub id: GuardId,
    /// The entity.
    pub entity: EntityId,
    /// The fields that it looks at, in order.
    pub fields: Vec<FieldId>,
    /// What holds of a row that passes.
    pub predicate: Predicate,
    /// The line of the spec it enforces.
    pub origin: Origin,
}

impl CheckGuard {
    /// What must hold of every row of a model's entities, by entity.
    pub fn all(model: &Model) -> Vec<Self> {
        of(model)
    }

    /// Whether a row passes, whoever asks.
    pub fn holds(&self, row: &dyn Facts) -> bool {
        self.predicate.holds(&Caller::Anonymous, row)
    }
}

/// The checks of a model, by entity.
pub(super) fn of(model: &Model) -> Vec<CheckGuard> {
    let of_entity = |(id, entity)| of_entity(id, entity);
    model.entities().flat_map(of_entity).collect()
}

pub(super) fn of_entity(id: EntityId, entity: &Entity) -> Vec<CheckGuard> {
    let guard = |(index, check): (usize, &RowCheck)| CheckGuard {
        id: GuardId::of_check(entity, index + 1),
        entity: id,
        fields: fields(&check.tests),
        predicate: Predicate::of_check(&check.tests, |field| entity.field(field).nullable),
        origin: check.origin,
    };
    entity.checks.iter().enumerate().map(guard).collect()
}

fn fields(tests: &[Test]) -> Vec<FieldId> {
    let mut fields = BTreeSet::new();
    for test in tests {
        let Test::Compare { field, operands, .. } = test else { continue };
        fields.insert(*field);
        fields.extend(operands.iter().filter_map(|operand| match operand {
            Operand::Field(other) => Some(*other),
            _ => None,
        }));
    }
    fields.into_iter().collect()
}
