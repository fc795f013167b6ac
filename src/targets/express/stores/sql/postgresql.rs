//! PostgreSQL, through node-postgres.

use askama::Template;

use crate::code::{EnvValue, TsString};
use crate::project::Part;
use crate::storage::{Column, ColumnType, ForeignKey, Table, postgresql};
use crate::targets::express::files::{fixed, tests, typescript};
use crate::targets::express::parts::{Parts, Variable};
use crate::targets::express::values::union;
use crate::targets::{Input, RenderError};

use super::dialect::{Constraints, Definition, Dialect, Migrations, has_column};
use super::migration;

pub(super) const DIALECT: Dialect = Dialect {
    module: "drizzle-orm/pg-core",
    create_table: "pgTable",
    table_type: "PgTable",
    column_type: "AnyPgColumn",
    column,
    key_name,
    taken: Table::unique_name,
    taken_set: Table::unique_set_name,
    literal: postgresql::literal,
    descending: |column| format!("{column}.desc()"),
    like: "ilike",
    orders_nulls: true,
    migrations: Migrations {
        dialect: "postgresql",
        version: "7",
        up: postgresql::up,
        down: postgresql::down,
        snapshot: migration::postgresql::snapshot,
    },
    contribute,
};

/// Files that are the same in every project.
const FIXED: &[(&str, Part, &str)] = &[
    (
        "drizzle.config.ts",
        Part::Configuration,
        include_str!("../../../../../templates/express/stores/sql/postgresql/drizzle.config.ts"),
    ),
    (
        "src/db/migrate.ts",
        Part::Source,
        include_str!("../../../../../templates/express/stores/sql/postgresql/src/db/migrate.ts"),
    ),
];

#[derive(Template)]
#[template(path = "express/stores/sql/postgresql/src/db/client.ts")]
struct Client<'a> {
    name: &'a str,
}

/// The types of columns that need code of their own.
#[derive(Template)]
#[template(path = "express/stores/sql/postgresql/src/db/columns.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct Columns {
    text: bool,
    bigint: bool,
    datetime: bool,
    json: bool,
}

#[derive(Template)]
#[template(path = "express/stores/sql/postgresql/src/db/constraints.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct ConstraintsFile {
    unique: bool,
    checked: bool,
    owned: bool,
    restricted: bool,
}

#[derive(Template)]
#[template(path = "express/stores/sql/postgresql/tests/migrate.test.ts")]
struct MigrateTest;

#[derive(Template)]
#[template(path = "express/stores/sql/postgresql/tests/support/database.ts")]
struct TestDatabase;

fn contribute(input: &Input, constraints: Constraints, parts: &mut Parts) -> Result<(), RenderError> {
    let name = input.model.name.as_str();
    parts.dependencies.push(("pg", "8.23.1"));
    parts.dev_dependencies.push(("@types/pg", "8.23.1"));
    parts.variables.insert(
        1,
        Variable {
            name: "DATABASE_URL",
            schema: "z.string(\"is missing\").regex(/^postgres(ql)?:\\/\\//, \"must begin with postgres://\")"
                .to_owned(),
            example: EnvValue::new(&format!("postgres://postgres:postgres@127.0.0.1:5432/{name}")),
            help: "The PostgreSQL database. Tests make databases of their own on the same server.".to_owned(),
            secret: false,
            required: true,
            valid: "postgres://localhost/test",
            invalid: &["file:./data/test.db"],
        },
    );
    for (path, part, text) in FIXED {
        parts.files.push(fixed(path, *part, *text)?);
    }
    parts.files.push(typescript("src/db/client.ts", Part::Source, &Client { name })?);
    let has = |wanted| has_column(input.storage, wanted);
    let types = Columns {
        text: has(|ty| matches!(ty, ColumnType::Text | ColumnType::Enum(_))),
        bigint: has(|ty| matches!(ty, ColumnType::Bigint)),
        datetime: has(|ty| matches!(ty, ColumnType::DateTime)),
        json: has(|ty| matches!(ty, ColumnType::Json | ColumnType::List)),
    };
    if types.text || types.bigint || types.datetime || types.json {
        parts.files.push(typescript("src/db/columns.ts", Part::Source, &types)?);
    }
    let Constraints { unique, checked, owned, restricted } = constraints;
    if unique || checked || owned || restricted {
        let file = ConstraintsFile { unique, checked, owned, restricted };
        parts.files.push(typescript("src/db/constraints.ts", Part::Source, &file)?);
    }
    parts.files.push(tests("tests/migrate.test.ts", 1, &MigrateTest)?);
    parts.files.push(tests("tests/support/database.ts", 0, &TestDatabase)?);
    Ok(())
}

fn column(ty: &ColumnType, name: &TsString, json: &str) -> Definition {
    let name = name.to_string();
    match ty {
        ColumnType::Uuid => Definition::drizzle("uuid", &[&name]),
        ColumnType::Text => Definition::own("text", &[&name]),
        ColumnType::Enum(words) if words.is_empty() => Definition::own("text", &[&name]),
        ColumnType::Enum(words) => Definition::own("text", &[&name]).of_type(&union(words)),
        ColumnType::Integer => Definition::drizzle("integer", &[&name]),
        ColumnType::Bigint => Definition::own("bigint", &[&name]),
        ColumnType::Decimal { precision, scale } => {
            Definition::drizzle("numeric", &[&name, &format!("{{ precision: {precision}, scale: {scale} }}")])
        }
        ColumnType::Number => Definition::drizzle("doublePrecision", &[&name]),
        ColumnType::Boolean => Definition::drizzle("boolean", &[&name]),
        ColumnType::Date => Definition::drizzle("date", &[&name]),
        ColumnType::DateTime => Definition::own("datetime", &[&name]),
        ColumnType::Time => Definition::drizzle("time", &[&name]),
        ColumnType::Json | ColumnType::List => Definition::own("json", &[&name]).of_type(json),
    }
}

/// PostgreSQL cuts names that are too long for it.
fn key_name(table: &Table, column: &Column, key: &ForeignKey) -> Option<String> {
    let name = table.foreign_key_name(column, key);
    let by_itself = format!("{}_{}_{}_id_fk", table.name, column.name, key.table);
    (name != by_itself).then_some(name)
}
