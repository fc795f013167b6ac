//! The storage in SQLite's words.

use super::{Column, ColumnType, IndexColumn, OnDelete, Storage, Table, check};
use crate::model::{Literal, Scalar};

/// SQLite's type of a column. Decimals are whole units of their last digit, moments ISO 8601 text in UTC, which
/// orders as time does.
pub fn column_type(ty: &ColumnType) -> &'static str {
    match ty {
        ColumnType::Integer | ColumnType::Bigint | ColumnType::Decimal { .. } | ColumnType::Boolean => "integer",
        ColumnType::Number => "real",
        ColumnType::Uuid
        | ColumnType::Text
        | ColumnType::Enum(_)
        | ColumnType::Date
        | ColumnType::DateTime
        | ColumnType::Time
        | ColumnType::Json
        | ColumnType::List => "text",
    }
}

/// A fixed value as it is stored.
pub fn literal(literal: &Literal, scalar: &Scalar) -> String {
    match literal {
        Literal::Decimal(units) => units.to_string(),
        Literal::Boolean(value) => u8::from(*value).to_string(),
        _ => check::literal(literal, scalar),
    }
}

/// The statements that create everything, in order, without their final semicolons.
pub fn up(storage: &Storage) -> Vec<String> {
    let tables = storage.tables.iter().map(create_table);
    let indexes = storage.tables.iter().flat_map(create_indexes);
    tables.chain(indexes).collect()
}

/// The statements that remove everything again, in order.
pub fn down(storage: &Storage) -> Vec<String> {
    storage.tables.iter().rev().map(|table| format!("DROP TABLE `{}`", table.name)).collect()
}

fn create_table(table: &Table) -> String {
    let columns = table.columns.iter().enumerate().map(|(index, column)| {
        let key = if index == 0 && table.key().len() == 1 { " PRIMARY KEY" } else { "" };
        let null = if column.nullable { "" } else { " NOT NULL" };
        format!("\t`{}` {}{key}{null}", column.name, column_type(&column.ty))
    });
    let keys = table.columns.iter().filter_map(foreign_key);
    let checks = table.checks.iter().map(|check| {
        let condition = check.sql(literal, |column| format!("\"{}\".\"{column}\"", table.name));
        format!("\tCONSTRAINT \"{}\" CHECK({condition})", table.check_name(check))
    });
    let lines: Vec<String> = columns.chain(primary_key(table)).chain(keys).chain(checks).collect();
    format!("CREATE TABLE `{}` (\n{}\n)", table.name, lines.join(",\n"))
}

fn primary_key(table: &Table) -> Option<String> {
    let columns: Vec<String> = table.key().iter().map(|column| format!("`{}`", column.name)).collect();
    (columns.len() > 1).then(|| format!("\tPRIMARY KEY({})", columns.join(", ")))
}

fn foreign_key(column: &Column) -> Option<String> {
    let key = column.foreign_key.as_ref()?;
    let on_delete = match key.on_delete {
        OnDelete::Restrict => "restrict",
        OnDelete::Cascade => "cascade",
        OnDelete::SetNull => "set null",
    };
    Some(format!(
        "\tFOREIGN KEY (`{}`) REFERENCES `{}`(`id`) ON UPDATE no action ON DELETE {on_delete}",
        column.name, key.table
    ))
}

/// A column of an index; with its direction it is an expression.
pub fn index_column(column: &IndexColumn) -> String {
    if column.descending { format!("\"{}\" desc", column.name) } else { format!("`{}`", column.name) }
}

fn create_indexes(table: &Table) -> Vec<String> {
    let create = |kind: &str, name: String, columns: &[String]| {
        format!("CREATE {kind} `{name}` ON `{}` ({})", table.name, columns.join(","))
    };
    let quoted = |name: &str| format!("`{name}`");
    let of = |column: &Column| {
        let columns = [quoted(&column.name)];
        let unique = column.unique.then(|| create("UNIQUE INDEX", table.unique_name(column), &columns));
        let plain = column.indexed.then(|| create("INDEX", table.index_name(column), &columns));
        unique.into_iter().chain(plain).collect::<Vec<_>>()
    };
    let plain = table.indexes.iter().map(|set| {
        let columns: Vec<String> = set.iter().map(index_column).collect();
        create("INDEX", table.index_set_name(set), &columns)
    });
    let unique = table.unique.iter().map(|set| {
        let columns: Vec<String> = set.iter().map(|name| quoted(name)).collect();
        create("UNIQUE INDEX", table.unique_set_name(set), &columns)
    });
    table.columns.iter().flat_map(of).chain(plain).chain(unique).collect()
}
