//! What differs between the databases that speak SQL.

use serde_json::Value;

use crate::code::{TsImports, TsString};
use crate::model::{Literal, Scalar};
use crate::storage::{Column, ColumnType, Database, ForeignKey, Storage, Table};
use crate::targets::express::parts::Parts;
use crate::targets::{Input, RenderError};

use super::{postgresql, sqlite};

/// One database, as Drizzle speaks to it.
pub(super) struct Dialect {
    /// Drizzle's module for its tables.
    pub module: &'static str,
    /// The function that declares a table.
    pub create_table: &'static str,
    /// The type of any table.
    pub table_type: &'static str,
    /// The type of any column.
    pub column_type: &'static str,
    /// How a column of a type is declared; the last argument is the type of what a JSON column holds.
    pub column: fn(&ColumnType, &TsString, &str) -> Definition,
    /// The name of a foreign key that Drizzle would name otherwise than the database.
    pub key_name: fn(&Table, &Column, &ForeignKey) -> Option<String>,
    /// What tells which values of a column are taken, where the database refuses a row.
    pub taken: fn(&Table, &Column) -> String,
    /// The same of several columns.
    pub taken_set: fn(&Table, &[String]) -> String,
    /// A fixed value in a check.
    pub literal: fn(&Literal, &Scalar) -> String,
    /// A column of an index whose greatest value comes first.
    pub descending: fn(&str) -> String,
    /// The operator of patterns in which the case of ASCII letters does not matter.
    pub like: &'static str,
    /// Whether the database must be told that null is lower than every value.
    pub orders_nulls: bool,
    /// Migrations in drizzle-kit's format.
    pub migrations: Migrations,
    /// Adds the files and parts that are for this database alone.
    pub contribute: fn(&Input, Constraints, &mut Parts) -> Result<(), RenderError>,
}

/// A column as its model declares it.
pub(super) struct Definition {
    /// The declaration.
    pub text: String,
    /// The function that it calls.
    pub function: &'static str,
    /// Whether that function is the project's own.
    pub own: bool,
}

/// What migrations are made of.
pub(super) struct Migrations {
    /// The dialect's word.
    pub dialect: &'static str,
    /// The version of its snapshots.
    pub version: &'static str,
    /// Builds everything.
    pub up: fn(&Storage) -> Vec<String>,
    /// Removes everything.
    pub down: fn(&Storage) -> Vec<String>,
    /// What drizzle-kit compares the models with.
    pub snapshot: fn(&Storage) -> Value,
}

/// What statements may be refused for.
#[derive(Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each stands for a kind of refusal")]
pub(super) struct Constraints {
    /// A value that is taken.
    pub unique: bool,
    /// Values that do not go together.
    pub checked: bool,
    /// An owner who is gone.
    pub owned: bool,
    /// Other rows that refer to one.
    pub restricted: bool,
}

impl Dialect {
    /// The dialect of a database.
    pub(super) const fn of(database: Database) -> &'static Self {
        match database {
            Database::Sqlite => &sqlite::DIALECT,
            Database::Postgresql => &postgresql::DIALECT,
        }
    }
}

impl Definition {
    /// A type of Drizzle's.
    pub(super) fn drizzle(function: &'static str, arguments: &[&str]) -> Self {
        Self { text: format!("{function}({})", arguments.join(", ")), function, own: false }
    }

    /// A type of `src/db/columns.ts`.
    pub(super) fn own(function: &'static str, arguments: &[&str]) -> Self {
        Self { own: true, ..Self::drizzle(function, arguments) }
    }

    /// The same with a narrower type.
    pub(super) fn of_type(self, ty: &str) -> Self {
        Self { text: format!("{}.$type<{ty}>()", self.text), ..self }
    }

    /// Where its function comes from.
    pub(super) fn imports(&self, dialect: &Dialect) -> TsImports {
        let module = if self.own { "../db/columns.js" } else { dialect.module };
        TsImports::new().with_values(module, &[self.function])
    }
}

/// Whether a storage has columns of a type.
pub(super) fn has_column(storage: &Storage, wanted: fn(&ColumnType) -> bool) -> bool {
    storage.tables.iter().flat_map(|table| &table.columns).any(|column| wanted(&column.ty))
}
