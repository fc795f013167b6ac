//! drizzle-kit's snapshot of an SQLite database.

use serde_json::{Map, Value, json};

use crate::storage::{Check, Column, IndexColumn, OnDelete, Storage, Table, sqlite};

/// What drizzle-kit compares the models with when it looks for changes.
pub(in super::super) fn snapshot(storage: &Storage) -> Value {
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
        "internal": { "indexes": expressions(storage) },
    })
}

/// A column of an index as the snapshot has it; with its direction it is an expression.
fn index_column(column: &IndexColumn) -> String {
    if column.descending { sqlite::index_column(column) } else { column.name.clone() }
}

/// The expressions that indexes hold.
fn expressions(storage: &Storage) -> Map<String, Value> {
    let of = |(table, set): (&Table, &Vec<IndexColumn>)| {
        let descending = set.iter().filter(|column| column.descending);
        let columns: Map<String, Value> =
            descending.map(|column| (index_column(column), json!({ "isExpression": true }))).collect();
        (!columns.is_empty()).then(|| (table.index_set_name(set), json!({ "columns": columns })))
    };
    let sets = storage.tables.iter().flat_map(|table| table.indexes.iter().map(move |set| (table, set)));
    sets.filter_map(of).collect()
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
                "primaryKey": index == 0 && table.key().len() == 1,
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
        .chain(table.indexes.iter().map(|set| {
            let name = table.index_set_name(set);
            let columns: Vec<String> = set.iter().map(index_column).collect();
            (name.clone(), json!({ "name": name, "columns": columns, "isUnique": false }))
        }))
        .chain(table.unique.iter().map(|set| {
            let name = table.unique_set_name(set);
            (name.clone(), json!({ "name": name, "columns": set, "isUnique": true }))
        }))
        .collect();
    let keys: Map<String, Value> = table.columns.iter().filter_map(|column| foreign_key(table, column)).collect();
    json!({
        "name": table.name,
        "columns": columns,
        "indexes": indexes,
        "foreignKeys": keys,
        "compositePrimaryKeys": composite_key(table),
        "uniqueConstraints": {},
        "checkConstraints": checks(table),
    })
}

fn checks(table: &Table) -> Map<String, Value> {
    let check = |check: &Check| {
        let value = check.sql(sqlite::literal, |column| format!("\"{}\".\"{column}\"", table.name));
        let name = table.check_name(check);
        (name.clone(), json!({ "name": name, "value": value }))
    };
    table.checks.iter().map(check).collect()
}

fn composite_key(table: &Table) -> Value {
    let columns: Vec<&str> = table.key().iter().map(|column| column.name.as_str()).collect();
    if columns.len() < 2 {
        return json!({});
    }
    let name = table.key_name();
    json!({ &name: { "columns": columns, "name": name } })
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
