//! Rows as guards see them for one caller.

use crate::contract::validate::Stored;
use crate::contract::{Facts, Source, value_at};
use crate::model::{EntityId, FieldId, FieldPath, Literal, Model, Relation};

use super::store::{Row, Store};

/// A row that need not be stored yet, among those that are.
#[derive(Clone, Copy)]
pub(super) struct Seen<'r> {
    /// What the rows mean.
    pub(super) model: &'r Model,
    /// All rows.
    pub(super) store: &'r Store,
    /// The id of the calling user.
    pub(super) user: Option<&'r str>,
    /// The row's entity.
    pub(super) entity: EntityId,
    /// The row.
    pub(super) row: &'r Row,
    /// The row that is being written: as it would be, not as it is stored.
    pub(super) written: Option<(EntityId, &'r Row)>,
}

impl<'r> Seen<'r> {
    fn accounts(&self) -> Option<EntityId> {
        self.model.auth.as_ref().map(|auth| auth.user)
    }

    /// A stored row, as it would be.
    fn other(&self, entity: EntityId, stored: &'r Row) -> Seen<'r> {
        let written = self.written.filter(|(of, row)| *of == entity && row.id == stored.id);
        Seen { entity, row: written.map_or(stored, |(_, row)| row), ..*self }
    }

    /// The rows of an entity that name this one in a field. One that is new does not count among those of others; one
    /// that changes counts as it would be.
    fn naming(&self, entity: EntityId, by: FieldId) -> Vec<&'r Row> {
        let id = self.row.id.as_str();
        let written = self.written.filter(|(of, row)| *of == entity && self.store.find(entity, &row.id).is_some());
        let changes = |row: &&Row| written.is_some_and(|(_, written)| written.id == row.id);
        let others = self.store.related(entity, by, id).filter(|row| !changes(row));
        let names = |row: &&Row| row.keys(Source::Field(by)).contains(&id);
        others.chain(written.map(|(_, row)| row).filter(names)).collect()
    }
}

impl<'r> Facts for Seen<'r> {
    fn is_me(&self) -> bool {
        self.accounts() == Some(self.entity) && self.user == Some(self.row.id.as_str())
    }

    fn is_mine(&self, field: FieldId) -> bool {
        self.user.is_some() && self.row.text(Source::Field(field)) == self.user
    }

    fn is_null(&self, field: FieldId) -> bool {
        self.row.stored(Source::Field(field)) == Stored::Null
    }

    fn value(&self, field: FieldId) -> Option<Literal> {
        self.row.value(Source::Field(field)).cloned()
    }

    fn of_caller(&self, path: &FieldPath) -> Option<Literal> {
        let entity = self.accounts()?;
        let caller = self.store.find(entity, self.user?)?;
        value_at(&Seen { entity, row: caller, ..*self }, path)
    }

    fn at(&self, field: FieldId) -> Option<Box<dyn Facts + '_>> {
        let to = self.model.entity(self.entity).field(field).reference()?.to;
        let row = self.store.find(to, self.row.text(Source::Field(field))?)?;
        Some(Box::new(self.other(to, row)))
    }

    fn related(&self, relation: Relation) -> Vec<Box<dyn Facts + '_>> {
        let boxed = |seen: Seen<'r>| Box::new(seen) as Box<dyn Facts + 'r>;
        match relation {
            Relation::InSet { field, entity } => {
                let rows = self.row.keys(Source::Field(field)).into_iter().filter_map(|id| self.store.find(entity, id));
                rows.map(|row| boxed(self.other(entity, row))).collect()
            }
            Relation::Referring { entity, by, .. } | Relation::Having { entity, by, .. } => {
                self.naming(entity, by).into_iter().map(|row| boxed(Seen { entity, row, ..*self })).collect()
            }
        }
    }
}
