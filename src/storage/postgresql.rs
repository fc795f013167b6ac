//! The storage in PostgreSQL's words.

pub use super::check::literal;
use super::{Column, ColumnType, ForeignKey, IndexColumn, OnDelete, Storage, Table};

/// PostgreSQL's type of a column. Text compares and sorts by code point, whatever the database's own collation is.
pub fn column_type(ty: &ColumnType) -> String {
    let word = match ty {
        ColumnType::Uuid => "uuid",
        ColumnType::Text | ColumnType::Enum(_) => "text COLLATE \"C\"",
        ColumnType::Integer => "integer",
        ColumnType::Bigint => "bigint",
        ColumnType::Decimal { precision, scale } => return format!("numeric({precision}, {scale})"),
        ColumnType::Number => "double precision",
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::DateTime => "timestamp(3) with time zone",
        ColumnType::Time => "time",
        ColumnType::Json | ColumnType::List => "jsonb",
    };
    word.to_owned()
}

/// The statements that create everything, in order, without their final semicolons. Tables may refer to each other in
/// a circle, so references come after all tables.
pub fn up(storage: &Storage) -> Vec<String> {
    let tables = storage.tables.iter().map(create_table);
    let keys = storage.tables.iter().flat_map(add_foreign_keys);
    let indexes = storage.tables.iter().flat_map(create_indexes);
    tables.chain(keys).chain(indexes).collect()
}

/// The statement that removes everything again. It names all tables at once, because they may refer to each other.
pub fn down(storage: &Storage) -> Vec<String> {
    let names: Vec<String> = storage.tables.iter().rev().map(|table| format!("\"{}\"", table.name)).collect();
    if names.is_empty() { Vec::new() } else { vec![format!("DROP TABLE {}", names.join(", "))] }
}

fn create_table(table: &Table) -> String {
    let columns = table.columns.iter().enumerate().map(|(index, column)| {
        let key = if index == 0 && table.key().len() == 1 { " PRIMARY KEY" } else { "" };
        let null = if column.nullable { "" } else { " NOT NULL" };
        format!("\t\"{}\" {}{key}{null}", column.name, column_type(&column.ty))
    });
    let unique = table.columns.iter().filter(|column| column.unique).map(|column| {
        let name = table.unique_name(column);
        format!("\tCONSTRAINT \"{name}\" UNIQUE(\"{}\")", column.name)
    });
    let quoted = |names: Vec<&str>| format!("\"{}\"", names.join("\",\""));
    let key: Vec<&str> = table.key().iter().map(|column| column.name.as_str()).collect();
    let key = (key.len() > 1).then(|| format!("\tCONSTRAINT \"{}\" PRIMARY KEY({})", table.key_name(), quoted(key)));
    let sets = table.unique.iter().map(|set| {
        let columns = quoted(set.iter().map(String::as_str).collect());
        format!("\tCONSTRAINT \"{}\" UNIQUE({columns})", table.unique_set_name(set))
    });
    let checks = table.checks.iter().map(|check| {
        let condition = check.sql(literal, |column| format!("\"{}\".\"{column}\"", table.name));
        format!("\tCONSTRAINT \"{}\" CHECK ({condition})", table.check_name(check))
    });
    let lines: Vec<String> = columns.chain(key).chain(unique).chain(sets).chain(checks).collect();
    format!("CREATE TABLE \"{}\" (\n{}\n)", table.name, lines.join(",\n"))
}

fn add_foreign_keys(table: &Table) -> Vec<String> {
    let add = |column: &Column, key: &ForeignKey| {
        let on_delete = match key.on_delete {
            OnDelete::Restrict => "restrict",
            OnDelete::Cascade => "cascade",
            OnDelete::SetNull => "set null",
        };
        format!(
            "ALTER TABLE \"{}\" ADD CONSTRAINT \"{}\" FOREIGN KEY (\"{}\") REFERENCES \"{}\"(\"id\") ON DELETE {on_delete} ON UPDATE no action",
            table.name,
            table.foreign_key_name(column, key),
            column.name,
            key.table
        )
    };
    table.columns.iter().filter_map(|column| Some(add(column, column.foreign_key.as_ref()?))).collect()
}

fn create_indexes(table: &Table) -> Vec<String> {
    let create = |column: &Column| {
        format!("CREATE INDEX \"{}\" ON \"{}\" USING btree (\"{}\")", table.index_name(column), table.name, column.name)
    };
    let column = |column: &IndexColumn| {
        format!("\"{}\"{}", column.name, if column.descending { " DESC NULLS LAST" } else { "" })
    };
    let create_set = |set: &Vec<IndexColumn>| {
        let columns: Vec<String> = set.iter().map(column).collect();
        let name = table.index_set_name(set);
        format!("CREATE INDEX \"{name}\" ON \"{}\" USING btree ({})", table.name, columns.join(","))
    };
    let single = table.columns.iter().filter(|column| column.indexed).map(create);
    single.chain(table.indexes.iter().map(create_set)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::TableOf;
    use super::*;

    fn table(name: &str, columns: Vec<Column>) -> Table {
        Table {
            name: name.to_owned(),
            of: TableOf::Feature("test"),
            columns,
            unique: Vec::new(),
            indexes: Vec::new(),
            checks: Vec::new(),
            renamed: std::collections::BTreeMap::new(),
        }
    }

    fn key(to: &str, on_delete: OnDelete) -> ForeignKey {
        ForeignKey { table: to.to_owned(), on_delete }
    }

    #[test]
    fn tables_that_refer_to_each_other_are_built_and_removed() {
        let one = Column {
            foreign_key: Some(key("others", OnDelete::SetNull)),
            nullable: true,
            ..Column::plain("other_id", ColumnType::Uuid)
        };
        let other = Column {
            foreign_key: Some(key("ones", OnDelete::Cascade)),
            indexed: true,
            ..Column::plain("one_id", ColumnType::Uuid)
        };
        let price = ColumnType::Decimal { precision: 10, scale: 2 };
        let name = Column { unique: true, ..Column::plain("name", ColumnType::Text) };
        let storage = Storage {
            tables: vec![
                table("ones", vec![Column::key(), one]),
                table("others", vec![Column::key(), other, name, Column::plain("price", price)]),
            ]
            .into(),
        };
        assert_eq!(
            up(&storage).join(";\n"),
            "CREATE TABLE \"ones\" (
\t\"id\" uuid PRIMARY KEY NOT NULL,
\t\"other_id\" uuid
);
CREATE TABLE \"others\" (
\t\"id\" uuid PRIMARY KEY NOT NULL,
\t\"one_id\" uuid NOT NULL,
\t\"name\" text COLLATE \"C\" NOT NULL,
\t\"price\" numeric(10, 2) NOT NULL,
\tCONSTRAINT \"others_name_unique\" UNIQUE(\"name\")
);
ALTER TABLE \"ones\" ADD CONSTRAINT \"ones_other_id_others_id_fk\" FOREIGN KEY (\"other_id\") REFERENCES \"others\"(\"id\") ON DELETE set null ON UPDATE no action;
ALTER TABLE \"others\" ADD CONSTRAINT \"others_one_id_ones_id_fk\" FOREIGN KEY (\"one_id\") REFERENCES \"ones\"(\"id\") ON DELETE cascade ON UPDATE no action;
CREATE INDEX \"others_one_id_index\" ON \"others\" USING btree (\"one_id\")"
        );
        assert_eq!(down(&storage), ["DROP TABLE \"others\", \"ones\""]);
    }

    #[test]
    fn names_stay_as_long_as_the_database_keeps_them() {
        let (long, other) = ("a".repeat(40), "b".repeat(40));
        let column =
            Column { foreign_key: Some(key(&other, OnDelete::Restrict)), ..Column::plain(&long, ColumnType::Uuid) };
        let table = table(&long, vec![Column::key(), column.clone()]);
        let names = column.foreign_key.as_ref().map(|key| table.foreign_key_name(&column, key));
        assert!(names.is_some_and(|name| name.len() == 63));
    }
}
