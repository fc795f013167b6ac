//! Migrations in drizzle-kit's format, with its snapshot, and the way back.

use serde_json::{Map, Value, json};

use crate::project::{File, Part};
use crate::storage::{Column, OnDelete, Storage, Table, sqlite};
use crate::targets::RenderError;
use crate::targets::express::files::fixed;

const BREAKPOINT: &str = "--> statement-breakpoint";

/// The first migration.
pub(super) fn files(storage: &Storage) -> Result<Vec<File>, RenderError> {
    let up: Vec<String> = sqlite::up(storage).into_iter().map(|statement| statement + ";").collect();
    let down: Vec<String> = sqlite::down(storage).into_iter().map(|statement| statement + ";\n").collect();
    // The migrator skips what is not later than the last migration that it applied, so the first one is at 1.
    let journal = json!({
        "version": "7",
        "dialect": "sqlite",
        "entries": [{ "idx": 0, "version": "6", "when": 1, "tag": "0000_init", "breakpoints": true }],
    });
    Ok(vec![
        fixed("drizzle/0000_init.sql", Part::Migration, &(up.join(&format!("\n{BREAKPOINT}\n")) + "\n"))?,
        fixed("drizzle/0000_init.down.sql", Part::Migration, &down.concat())?,
        fixed("drizzle/meta/_journal.json", Part::Migration, &pretty(&journal))?,
        fixed("drizzle/meta/0000_snapshot.json", Part::Migration, &pretty(&snapshot(storage)))?,
    ])
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// What drizzle-kit compares the models with when it looks for changes.
fn snapshot(storage: &Storage) -> Value {
    let tables: Map<String, Value> = storage.tables.iter().map(|table| (table.name.clone(), table_of(table))).collect();
    json!({
        "version": "6",
        "dialect": "sqlite",
        "id": "00000000-0000-4000-8000-000000000001",
        "prevId": "00000000-0000-0000-0000-000000000000",
        "tables": tables,
        "views": {},
        "enums": {},
        "_meta": { "schemas": {}, "tables": {}, "columns": {} },
        "internal": { "indexes": {} },
    })
}

fn table_of(table: &Table) -> Value {
    let columns: Map<String, Value> = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let value = json!({
                "name": column.name,
                "type": sqlite::column_type(&column.ty),
                "primaryKey": index == 0,
                "notNull": !column.nullable,
                "autoincrement": false,
            });
            (column.name.clone(), value)
        })
        .collect();
    let indexes: Map<String, Value> = table
        .columns
        .iter()
        .flat_map(|column| {
            let unique = column.unique.then(|| (table.unique_name(column), column, true));
            let plain = column.indexed.then(|| (table.index_name(column), column, false));
            unique.into_iter().chain(plain)
        })
        .map(|(name, column, unique)| {
            let value = json!({ "name": name, "columns": [column.name], "isUnique": unique });
            (name, value)
        })
        .collect();
    let keys: Map<String, Value> = table.columns.iter().filter_map(|column| foreign_key(table, column)).collect();
    json!({
        "name": table.name,
        "columns": columns,
        "indexes": indexes,
        "foreignKeys": keys,
        "compositePrimaryKeys": {},
        "uniqueConstraints": {},
        "checkConstraints": {},
    })
}

fn foreign_key(table: &Table, column: &Column) -> Option<(String, Value)> {
    let key = column.foreign_key.as_ref()?;
    let name = format!("{}_{}_{}_id_fk", table.name, column.name, key.table);
    let on_delete = match key.on_delete {
        OnDelete::Restrict => "restrict",
        OnDelete::Cascade => "cascade",
        OnDelete::SetNull => "set null",
    };
    let value = json!({
        "name": name,
        "tableFrom": table.name,
        "tableTo": key.table,
        "columnsFrom": [column.name],
        "columnsTo": ["id"],
        "onDelete": on_delete,
        "onUpdate": "no action",
    });
    Some((name, value))
}
