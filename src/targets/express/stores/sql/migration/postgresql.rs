//! drizzle-kit's snapshot of a PostgreSQL database.

use serde_json::{Map, Value, json};

use crate::storage::{Check, Column, OnDelete, Storage, Table, postgresql};

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
                "primaryKey": index == 0 && table.key().len() == 1,
                "notNull": !column.nullable,
            });
            (column.name.clone(), value)
        })
        .collect();
    let indexed = table.columns.iter().filter(|column| column.indexed);
    let single = indexed.map(|column| index(table.index_name(column), &[(column.name.as_str(), false)]));
    let sets = table.indexes.iter().map(|set| {
        let columns: Vec<(&str, bool)> = set.iter().map(|column| (column.name.as_str(), column.descending)).collect();
        index(table.index_set_name(set), &columns)
    });
    let indexes: Map<String, Value> = single.chain(sets).collect();
    let keys: Map<String, Value> = table.columns.iter().filter_map(|column| foreign_key(table, column)).collect();
    let unique = table.columns.iter().filter(|column| column.unique);
    let single = unique.map(|column| unique_constraint(table.unique_name(column), &[&column.name]));
    let sets = table.unique.iter().map(|set| {
        let columns: Vec<&str> = set.iter().map(String::as_str).collect();
        unique_constraint(table.unique_set_name(set), &columns)
    });
    let unique: Map<String, Value> = single.chain(sets).collect();
    json!({
        "name": table.name,
        "schema": "",
        "columns": columns,
        "indexes": indexes,
        "foreignKeys": keys,
        "compositePrimaryKeys": composite_key(table),
        "uniqueConstraints": unique,
        "policies": {},
        "checkConstraints": checks(table),
        "isRLSEnabled": false,
    })
}

fn index(name: String, columns: &[(&str, bool)]) -> (String, Value) {
    let column = |(name, descending): &(&str, bool)| json!({ "expression": name, "isExpression": false, "asc": !descending, "nulls": "last" });
    let columns: Vec<Value> = columns.iter().map(column).collect();
    let value = json!({
        "name": name,
        "columns": columns,
        "isUnique": false,
        "concurrently": false,
        "method": "btree",
        "with": {},
    });
    (name, value)
}

fn unique_constraint(name: String, columns: &[&str]) -> (String, Value) {
    let value = json!({ "name": name, "nullsNotDistinct": false, "columns": columns });
    (name, value)
}

fn checks(table: &Table) -> Map<String, Value> {
    let check = |check: &Check| {
        let value = check.sql(postgresql::literal, |column| format!("\"{}\".\"{column}\"", table.name));
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
