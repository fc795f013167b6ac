//! drizzle-kit's snapshot of a PostgreSQL database.

use serde_json::{Map, Value, json};

use crate::storage::{Column, OnDelete, Storage, Table, postgresql};

/// What drizzle-kit compares the models with when it looks for changes.
pub(in super::super) fn snapshot(storage: &Storage) -> Value {
    let tables: Map<String, Value> =
        storage.tables.iter().map(|table| (format!("public.{}", table.name), table_of(table))).collect();
    json!({
        "id": "00000000-0000-4000-8000-000000000001",
        "prevId": "00000000-0000-0000-0000-000000000000",
        "version": "7",
        "dialect": "postgresql",
        "tables": tables,
        "enums": {},
        "schemas": {},
        "sequences": {},
        "roles": {},
        "policies": {},
        "views": {},
        "_meta": { "columns": {}, "schemas": {}, "tables": {} },
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
                "type": postgresql::column_type(&column.ty),
                "primaryKey": index == 0,
                "notNull": !column.nullable,
            });
            (column.name.clone(), value)
        })
        .collect();
    let indexed = table.columns.iter().filter(|column| column.indexed);
    let indexes: Map<String, Value> = indexed.map(|column| index(table, column)).collect();
    let keys: Map<String, Value> = table.columns.iter().filter_map(|column| foreign_key(table, column)).collect();
    let unique = table.columns.iter().filter(|column| column.unique);
    let unique: Map<String, Value> = unique.map(|column| unique_constraint(table, column)).collect();
    json!({
        "name": table.name,
        "schema": "",
        "columns": columns,
        "indexes": indexes,
        "foreignKeys": keys,
        "compositePrimaryKeys": {},
        "uniqueConstraints": unique,
        "policies": {},
        "checkConstraints": {},
        "isRLSEnabled": false,
    })
}

fn index(table: &Table, column: &Column) -> (String, Value) {
    let name = table.index_name(column);
    let value = json!({
        "name": name,
        "columns": [{ "expression": column.name, "isExpression": false, "asc": true, "nulls": "last" }],
        "isUnique": false,
        "concurrently": false,
        "method": "btree",
        "with": {},
    });
    (name, value)
}

fn unique_constraint(table: &Table, column: &Column) -> (String, Value) {
    let name = table.unique_name(column);
    let value = json!({ "name": name, "nullsNotDistinct": false, "columns": [column.name] });
    (name, value)
}

fn foreign_key(table: &Table, column: &Column) -> Option<(String, Value)> {
    let key = column.foreign_key.as_ref()?;
    let name = table.foreign_key_name(column, key);
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
