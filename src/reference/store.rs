//! The rows, and what a database would see to by itself: unique values and delete rules.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::Source;
use crate::contract::validate::Stored;
use crate::model::{DeleteRule, Entity, EntityId, FieldId, Literal, Model};

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Its key.
    pub(super) id: String,
    /// All else; what is absent is null.
    pub(super) values: BTreeMap<Source, Stored>,
}

impl Row {
    /// The value of a source other than the key.
    pub(super) fn value(&self, source: Source) -> Option<&Literal> {
        match self.values.get(&source)? {
            Stored::Literal(literal) => Some(literal),
            Stored::Null | Stored::Json(_) | Stored::List(_) => None,
        }
    }

    /// The keys of the rows that a source names, one or several.
    pub(super) fn keys(&self, source: Source) -> Vec<&str> {
        match self.values.get(&source) {
            Some(Stored::Literal(key)) => key_text(key).into_iter().collect(),
            Some(Stored::List(keys)) => keys.iter().filter_map(key_text).collect(),
            Some(Stored::Null | Stored::Json(_)) | None => Vec::new(),
        }
    }

    /// The value of a source that holds text.
    pub(super) fn text(&self, source: Source) -> Option<&str> {
        match self.value(source)? {
            Literal::String(text) | Literal::Enum(text) => Some(text),
            _ => None,
        }
    }

    /// What a source holds, the key included.
    pub(super) fn stored(&self, source: Source) -> Stored {
        match source {
            Source::Id => Stored::Literal(Literal::String(self.id.clone())),
            _ => self.values.get(&source).cloned().unwrap_or(Stored::Null),
        }
    }
}

fn key_text(key: &Literal) -> Option<&str> {
    match key {
        Literal::String(text) => Some(text),
        _ => None,
    }
}

/// All rows.
#[derive(Debug, Default)]
pub(super) struct Store {
    tables: Vec<BTreeMap<String, Row>>,
    /// The references and sets of each entity.
    references: Vec<Vec<FieldId>>,
    /// The ids of the rows of an entity whose reference or set names a row.
    referring: BTreeMap<(EntityId, FieldId, String), BTreeSet<String>>,
}

/// A row refers to one that is to be deleted, and forbids it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Restricted;

impl Store {
    /// A store without rows.
    pub(super) fn new(model: &Model) -> Self {
        let references = |(_, entity): (EntityId, &Entity)| {
            entity.fields().filter(|(_, field)| field.refers_to().is_some()).map(|(id, _)| id).collect()
        };
        Self {
            tables: model.entities().map(|_| BTreeMap::new()).collect(),
            references: model.entities().map(references).collect(),
            referring: BTreeMap::new(),
        }
    }

    /// The rows of an entity by id.
    pub(super) fn rows(&self, entity: EntityId) -> impl Iterator<Item = &Row> {
        self.tables[entity.0].values()
    }

    /// One row.
    pub(super) fn find(&self, entity: EntityId, id: &str) -> Option<&Row> {
        self.tables[entity.0].get(id)
    }

    /// Keeps a row in the place of any older one with its id.
    pub(super) fn put(&mut self, entity: EntityId, row: Row) {
        self.take(entity, &row.id);
        for (field, key) in self.named(entity, &row) {
            self.referring.entry((entity, field, key)).or_default().insert(row.id.clone());
        }
        self.tables[entity.0].insert(row.id.clone(), row);
    }

    /// Takes a row out.
    fn take(&mut self, entity: EntityId, id: &str) -> Option<Row> {
        let row = self.tables[entity.0].remove(id)?;
        for (field, key) in self.named(entity, &row) {
            if let Some(ids) = self.referring.get_mut(&(entity, field, key)) {
                ids.remove(id);
            }
        }
        Some(row)
    }

    /// What the references and the sets of a row name.
    fn named(&self, entity: EntityId, row: &Row) -> Vec<(FieldId, String)> {
        let keys = |field: FieldId| row.keys(Source::Field(field)).into_iter().map(move |key| (field, key.to_owned()));
        self.references[entity.0].iter().copied().flat_map(keys).collect()
    }

    /// The rows of an entity whose reference or set names a row, by id.
    pub(super) fn related(&self, entity: EntityId, by: FieldId, to: &str) -> impl Iterator<Item = &Row> {
        let ids = self.referring.get(&(entity, by, to.to_owned()));
        ids.into_iter().flatten().filter_map(move |id| self.find(entity, id))
    }

    /// The first fields whose values another row has, where no two rows may have them in common; or none.
    pub(super) fn taken(&self, model: &Model, entity: EntityId, row: &Row) -> Vec<FieldId> {
        let declared = model.entity(entity);
        let alone = declared.fields().filter(|(_, field)| field.unique).map(|(id, _)| vec![id]);
        let sets = declared.unique.iter().map(|set| set.fields.clone());
        let same = |fields: &Vec<FieldId>| {
            let values = |row: &Row| -> Option<Vec<Literal>> {
                fields.iter().map(|field| row.value(Source::Field(*field)).cloned()).collect()
            };
            let own = values(row);
            own.is_some() && self.rows(entity).any(|other| other.id != row.id && values(other) == own)
        };
        alone.chain(sets).find(same).unwrap_or_default()
    }

    /// Deletes a row with all that goes with it, or nothing.
    pub(super) fn delete(&mut self, model: &Model, entity: EntityId, id: &str) -> Result<(), Restricted> {
        let mut doomed = BTreeSet::from([(entity, id.to_owned())]);
        let mut cleared = Vec::new();
        let mut waiting: Vec<(EntityId, String)> = doomed.iter().cloned().collect();
        while let Some((entity, id)) = waiting.pop() {
            for (from, field, rule, row) in self.referring(model, entity, &id) {
                let key = (from, row.id.clone());
                match rule {
                    DeleteRule::Restrict if doomed.contains(&key) => {}
                    DeleteRule::Restrict => return Err(Restricted),
                    DeleteRule::SetNull => cleared.push((from, row.id.clone(), field)),
                    DeleteRule::Cascade if doomed.insert(key.clone()) => waiting.push(key),
                    DeleteRule::Cascade => {}
                }
            }
        }
        for (entity, id, field) in cleared {
            if let Some(mut row) = self.take(entity, &id) {
                row.values.insert(Source::Field(field), Stored::Null);
                self.put(entity, row);
            }
        }
        for (entity, id) in doomed {
            self.take(entity, &id);
            self.leave_sets(model, entity, &id);
        }
        Ok(())
    }

    /// A row that is gone is in no set any more.
    fn leave_sets(&mut self, model: &Model, entity: EntityId, id: &str) {
        for (from, declared) in model.entities() {
            let sets = declared.fields().filter(|(_, field)| field.many().is_some_and(|many| many.to == entity));
            for (field, _) in sets {
                let having = self.referring.remove(&(from, field, id.to_owned())).unwrap_or_default();
                for row in having {
                    let row = self.tables[from.0].get_mut(&row);
                    let keys = row.and_then(|row| row.values.get_mut(&Source::Field(field)));
                    if let Some(Stored::List(keys)) = keys {
                        keys.retain(|key| !matches!(key, Literal::String(key) if key == id));
                    }
                }
            }
        }
    }

    /// The rows that refer to one, with the field and its rule.
    fn referring<'s>(
        &'s self,
        model: &'s Model,
        to: EntityId,
        id: &'s str,
    ) -> impl Iterator<Item = (EntityId, FieldId, DeleteRule, &'s Row)> {
        let references = model.entities().flat_map(move |(from, entity)| {
            let refers = entity.fields().filter_map(|(field, declared)| Some((field, declared.reference()?)));
            refers.filter(move |(_, reference)| reference.to == to).map(move |(field, of)| (from, field, of.on_delete))
        });
        references
            .flat_map(move |(from, field, rule)| self.related(from, field, id).map(move |row| (from, field, rule, row)))
    }
}
