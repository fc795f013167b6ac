//! Rows of a scene as guards see them.

use std::collections::BTreeMap;

use backsmith::contract::{Facts, value_at};
use backsmith::model::{EntityId, FieldId, FieldPath, Literal, Model, Relation, Type};
use serde_json::Value as Json;

use super::{Asker, Held, RowId, Scene};
use crate::values;

/// A row that need not be there yet, seen by an asker.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'s> {
    pub(crate) model: &'s Model,
    pub(crate) scene: &'s Scene,
    pub(crate) asker: Asker,
    pub(crate) entity: EntityId,
    /// The row, if it is there already.
    pub(crate) row: Option<RowId>,
    pub(crate) fields: &'s BTreeMap<FieldId, Held>,
    /// The row that a request would change, with what it would hold.
    pub(crate) written: Option<(RowId, &'s BTreeMap<FieldId, Held>)>,
}

impl<'s> Seen<'s> {
    /// Another row, as it would be.
    fn other(&self, row: RowId) -> Seen<'s> {
        let there = self.scene.row(row);
        let fields = self.written.filter(|(of, _)| *of == row).map_or(&there.fields, |(_, fields)| fields);
        Seen { entity: there.entity, row: Some(row), fields, ..*self }
    }

    /// The rows of an entity that name this one in a field.
    fn naming(&self, entity: EntityId, by: FieldId) -> Vec<Seen<'s>> {
        let Some(this) = self.row else { return Vec::new() };
        let known = self.scene.referring.get(&(this, by)).into_iter().flatten().copied();
        let written = self.written.map(|(row, _)| row);
        let rows = known.filter(|row| Some(*row) != written).chain(written).map(|row| self.other(row));
        let names = |row: &Seen| match row.fields.get(&by) {
            Some(Held::Row(to)) => *to == this,
            Some(Held::Rows(rows)) => rows.contains(&this),
            Some(Held::Value(_)) | None => false,
        };
        rows.filter(|row| row.entity == entity && names(row)).collect()
    }

    /// What stands for a value, or for the row that a reference names.
    fn literal(&self, entity: EntityId, field: FieldId, held: &Held) -> Option<Literal> {
        match (&self.model.entity(entity).field(field).ty, held) {
            (Type::Scalar(scalar), Held::Value(value)) => values::literal(scalar, value),
            (Type::Reference(_), Held::Row(row)) => Some(Literal::String(row.0.to_string())),
            _ => None,
        }
    }
}

impl Facts for Seen<'_> {
    fn is_me(&self) -> bool {
        matches!((self.row, self.asker), (Some(row), Asker::Account(account)) if row == account)
    }

    fn is_mine(&self, field: FieldId) -> bool {
        matches!(
            (self.fields.get(&field), self.asker),
            (Some(Held::Row(row)), Asker::Account(account)) if *row == account
        )
    }

    fn is_null(&self, field: FieldId) -> bool {
        matches!(self.fields.get(&field), None | Some(Held::Value(Json::Null)))
    }

    fn value(&self, field: FieldId) -> Option<Literal> {
        self.literal(self.entity, field, self.fields.get(&field)?)
    }

    fn of_caller(&self, path: &FieldPath) -> Option<Literal> {
        let Asker::Account(account) = self.asker else { return None };
        value_at(&self.other(account), path)
    }

    fn at(&self, field: FieldId) -> Option<Box<dyn Facts + '_>> {
        match self.fields.get(&field)? {
            Held::Row(row) => Some(Box::new(self.other(*row))),
            Held::Value(_) | Held::Rows(_) => None,
        }
    }

    fn related(&self, relation: Relation) -> Vec<Box<dyn Facts + '_>> {
        let rows = match relation {
            Relation::InSet { field, .. } => match self.fields.get(&field) {
                Some(Held::Rows(rows)) => rows.iter().map(|row| self.other(*row)).collect(),
                Some(Held::Row(_) | Held::Value(_)) | None => Vec::new(),
            },
            Relation::Referring { entity, by, .. } | Relation::Having { entity, by, .. } => self.naming(entity, by),
        };
        rows.into_iter().map(|row| Box::new(row) as Box<dyn Facts>).collect()
    }
}
