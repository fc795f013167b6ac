//! The storage in SQLite's words.

use super::{Column, ColumnType, OnDelete, Storage, Table};

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
        let key = if index == 0 { " PRIMARY KEY" } else { "" };
        let null = if column.nullable { "" } else { " NOT NULL" };
        format!("\t`{}` {}{key}{null}", column.name, column_type(&column.ty))
    });
    let keys = table.columns.iter().filter_map(foreign_key);
    let lines: Vec<String> = columns.chain(keys).collect();
    format!("CREATE TABLE `{}` (\n{}\n)", table.name, lines.join(",\n"))
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

fn create_indexes(table: &Table) -> Vec<String> {
    let index = |kind: &str, name: String, column: &Column| {
        format!("CREATE {kind} `{name}` ON `{}` (`{}`)", table.name, column.name)
    };
    let of = |column: &Column| {
        let unique = column.unique.then(|| index("UNIQUE INDEX", table.unique_name(column), column));
        let plain = column.indexed.then(|| index("INDEX", table.index_name(column), column));
        unique.into_iter().chain(plain).collect::<Vec<_>>()
    };
    table.columns.iter().flat_map(of).collect()
}
