//! What is stored: tables, columns, keys and indexes, without a dialect.

pub mod check;
mod database;
mod derive;
mod name;
mod named;
pub mod postgresql;
pub mod sqlite;

pub use check::Check;
pub use database::Database;
pub use derive::entities;
pub use name::identifier;
pub use named::{Named, tell_names_apart};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::contract::{Plan, Source};
use crate::memo::{Each, OfEntity};
use crate::model::{EntityId, FieldId};

/// Everything a project stores.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Storage {
    /// The tables; a table stands after those it refers to, unless they refer to each other.
    pub tables: Each<Table>,
}

/// One table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// What its rows are.
    pub of: TableOf,
    /// Its columns; the first is its key, where it is not that of a set.
    pub columns: Vec<Column>,
    /// Sets of columns that no two rows have in common.
    pub unique: Vec<Vec<String>>,
    /// Sets of columns with an index of their own.
    pub indexes: Vec<Vec<IndexColumn>>,
    /// What must hold of every row.
    pub checks: Vec<Check>,
    /// Its constraints and indexes whose usual names something else has.
    pub renamed: BTreeMap<Named, String>,
}

/// One column of an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndexColumn {
    /// The column.
    pub name: String,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableOf {
    /// The rows of an entity.
    Entity(EntityId),
    /// Which rows are in the sets of a field: a column for the row that has the set, and one for a row in it.
    Set(EntityId, FieldId),
    /// What a feature needs, by the name it gives it.
    Feature(&'static str),
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds of an entity's row; `None` for what only the server sees.
    pub source: Option<Source>,
    /// Its type.
    pub ty: ColumnType,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether no two rows may have the same value.
    pub unique: bool,
    /// Whether it has an index of its own.
    pub indexed: bool,
    /// The row it refers to.
    pub foreign_key: Option<ForeignKey>,
}

/// The type of a column; each dialect has its own word for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnType {
    /// A UUID.
    Uuid,
    /// A string of any length; the application limits it.
    Text,
    /// One of some words.
    Enum(Vec<String>),
    /// 32 bits.
    Integer,
    /// 64 bits.
    Bigint,
    /// An exact decimal.
    Decimal {
        /// All digits.
        precision: u8,
        /// The digits after the point.
        scale: u8,
    },
    /// A double.
    Number,
    /// True or false.
    Boolean,
    /// A day.
    Date,
    /// A moment in milliseconds.
    DateTime,
    /// A time of day.
    Time,
    /// Any JSON value.
    Json,
    /// A list of values, as JSON.
    List,
}

/// A reference to a table's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// The table referred to.
    pub table: String,
    /// What happens when that row is deleted.
    pub on_delete: OnDelete,
}

/// What the database does when the row referred to is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// Refuses.
    Restrict,
    /// Deletes the row as well.
    Cascade,
    /// Clears the reference.
    SetNull,
}

impl Storage {
    /// The table of an entity's rows.
    pub fn table_of(&self, entity: EntityId) -> &Table {
        &self.tables[self.position(entity)]
    }

    /// The table of an entity's rows, to add to.
    pub fn table_of_mut(&mut self, entity: EntityId) -> &mut Table {
        let position = self.position(entity);
        &mut self.tables[position]
    }

    /// The table of a field's sets, where it has any.
    pub fn set_of(&self, entity: EntityId, field: FieldId) -> Option<&Table> {
        self.table(self.tables.unread().iter().position(|table| table.of == TableOf::Set(entity, field))?)
    }

    /// The table of a name.
    pub fn table_named(&self, name: &str) -> Option<&Table> {
        self.table(self.tables.unread().iter().position(|table| table.name == name)?)
    }

    fn table(&self, place: usize) -> Option<&Table> {
        self.tables.get(place)
    }

    /// The same with the checks alone that a plan asks for.
    #[must_use]
    pub fn enforcing(&self, plan: &Plan) -> Self {
        let mut storage = self.clone();
        for table in &mut storage.tables {
            table.checks.retain(|check| plan.checks().iter().any(|guard| guard.id == check.guard));
        }
        storage
    }

    /// The place of the table of an entity's rows.
    pub fn position(&self, entity: EntityId) -> usize {
        let is_of = |table: &Arc<Table>| table.of == TableOf::Entity(entity);
        self.tables.unread().iter().position(is_of).unwrap_or_default()
    }

    /// The columns that refer to a table's rows, with their own tables.
    pub fn references_to<'s>(&'s self, table: &'s Table) -> impl Iterator<Item = (&'s Table, &'s Column)> {
        let refers = move |column: &&Column| column.foreign_key.as_ref().is_some_and(|key| key.table == table.name);
        self.tables.iter().flat_map(move |of| of.columns.iter().filter(refers).map(move |column| (of, column)))
    }
}

impl Column {
    /// A column without any extras.
    pub fn plain(name: &str, ty: ColumnType) -> Self {
        Self {
            name: name.to_owned(),
            source: None,
            ty,
            nullable: false,
            unique: false,
            indexed: false,
            foreign_key: None,
        }
    }

    /// The key of a table that is no entity's.
    pub fn key() -> Self {
        Self::plain("id", ColumnType::Uuid)
    }
}

impl Table {
    /// The columns of its key: one, or both of a set.
    pub fn key(&self) -> &[Column] {
        let columns = if matches!(self.of, TableOf::Set(..)) { 2 } else { 1 };
        &self.columns[..columns.min(self.columns.len())]
    }

    /// The name of a key of several columns.
    pub fn key_name(&self) -> String {
        let columns = self.key().iter().map(|column| column.name.clone());
        self.name_of(&Named::Key(columns.collect()))
    }

    /// The name of the constraint of several columns.
    pub fn unique_set_name(&self, columns: &[String]) -> String {
        self.name_of(&Named::Unique(columns.to_vec()))
    }

    /// The name of the index of several columns.
    pub fn index_set_name(&self, columns: &[IndexColumn]) -> String {
        self.name_of(&Named::Index(columns.to_vec()))
    }

    /// The name of a column's unique constraint.
    pub fn unique_name(&self, column: &Column) -> String {
        self.name_of(&Named::Unique(vec![column.name.clone()]))
    }

    /// The name of a column's foreign key.
    pub fn foreign_key_name(&self, column: &Column, key: &ForeignKey) -> String {
        self.name_of(&Named::ForeignKey { column: column.name.clone(), table: key.table.clone() })
    }

    /// The name of a column's index.
    pub fn index_name(&self, column: &Column) -> String {
        self.name_of(&Named::Index(vec![IndexColumn { name: column.name.clone(), descending: false }]))
    }

    /// The name of a check.
    pub fn check_name(&self, check: &Check) -> String {
        self.name_of(&Named::of_check(check))
    }

    fn name_of(&self, named: &Named) -> String {
        self.renamed.get(named).cloned().unwrap_or_else(|| named.usual_name(&self.name))
    }
}

impl OfEntity for Table {
    fn entity(&self, _: usize) -> Option<usize> {
        match self.of {
            TableOf::Entity(entity) | TableOf::Set(entity, _) => Some(entity.0),
            TableOf::Feature(_) => None,
        }
    }
}
