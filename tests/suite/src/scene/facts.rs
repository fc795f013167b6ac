//! Rows of a scene as guards see them.

use std::collections::BTreeMap;

use backsmith::contract::Facts;
use backsmith::model::{EntityId, FieldId, Literal, Model, Type};

use super::{Asker, Held};
use crate::values;

/// The fields of a row, seen by an asker.
pub(crate) struct Seen<'s> {
    pub(crate) model: &'s Model,
    pub(crate) entity: EntityId,
    pub(crate) fields: &'s BTreeMap<FieldId, Held>,
    pub(crate) asker: Asker,
}

impl Facts for Seen<'_> {
    fn is_mine(&self, field: FieldId) -> bool {
        matches!(
            (self.fields.get(&field), self.asker),
            (Some(Held::Row(row)), Asker::Account(account)) if *row == account
        )
    }

    fn value(&self, field: FieldId) -> Option<Literal> {
        match (&self.model.entity(self.entity).field(field).ty, self.fields.get(&field)?) {
            (Type::Scalar(scalar), Held::Value(value)) => values::literal(scalar, value),
            _ => None,
        }
    }
}
