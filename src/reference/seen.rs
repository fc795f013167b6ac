//! Rows as guards see them for one caller.

use crate::contract::validate::Stored;
use crate::contract::{Facts, Source};
use crate::model::{EntityId, FieldId, Literal, Model, Relation};

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
}

impl Facts for Seen<'_> {
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

    fn of_caller(&self, field: FieldId) -> Option<Literal> {
        let caller = self.store.find(self.accounts()?, self.user?)?;
        caller.value(Source::Field(field)).cloned()
    }

    fn at(&self, field: FieldId) -> Option<Box<dyn Facts + '_>> {
        let to = self.model.entity(self.entity).field(field).reference()?.to;
        let row = self.store.find(to, self.row.text(Source::Field(field))?)?;
        Some(Box::new(self.other(to, row)))
    }

    fn related(&self, relation: Relation) -> Vec<Box<dyn Facts + '_>> {
        let Relation::Referring { entity, by, .. } = relation;
        let id = self.row.id.as_str();
        // A row that is new does not count among those of others; one that changes counts as it would be.
        let written = self.written.filter(|(of, row)| *of == entity && self.store.find(entity, &row.id).is_some());
        let changes = |row: &&Row| written.is_some_and(|(_, written)| written.id == row.id);
        let others = self.store.related(entity, by, id).filter(|row| !changes(row));
        let refers = |row: &&Row| row.text(Source::Field(by)) == Some(id);
        let rows = others.chain(written.map(|(_, row)| row).filter(refers));
        rows.map(|row| Box::new(Seen { entity, row, ..*self }) as Box<dyn Facts>).collect()
    }
}
