//! SQLite, through libSQL's client.

use askama::Template;

use crate::code::{EnvValue, TsString};
use crate::project::Part;
use crate::storage::{ColumnType, sqlite};
use crate::targets::express::files::{fixed, tests, typescript};
use crate::targets::express::parts::{Parts, Variable};
use crate::targets::express::values::strings;
use crate::targets::{Input, RenderError};

use super::dialect::{Constraints, Definition, Dialect, Migrations, has_column};
use super::migration;

pub(super) const DIALECT: Dialect = Dialect {
    module: "drizzle-orm/sqlite-core",
    create_table: "sqliteTable",
    table_type: "SQLiteTable",
    column_type: "AnySQLiteColumn",
    column,
    // SQLite's keys have no names.
    key_name: |_, _, _| None,
    taken: |_, column| column.name.clone(),
    taken_set: |_, columns| TsString::from(columns.join(",").as_str()).to_string(),
    literal: sqlite::literal,
    descending: |column| format!("sql`${{{column}}} desc`"),
    like: "like",
    orders_nulls: false,
    migrations: Migrations {
        dialect: "sqlite",
        version: "6",
        up: sqlite::up,
        down: sqlite::down,
        snapshot: migration::sqlite::snapshot,
    },
    contribute,
};

/// Files that are the same in every project.
const FIXED: &[(&str, Part, &str)] = &[
    (
        "drizzle.config.ts",
        Part::Configuration,
        include_str!("../../../../../templates/express/stores/sql/sqlite/drizzle.config.ts"),
    ),
    (
        "src/db/client.ts",
        Part::Source,
        include_str!("../../../../../templates/express/stores/sql/sqlite/src/db/client.ts"),
    ),
    (
        "src/db/migrate.ts",
        Part::Source,
        include_str!("../../../../../templates/express/stores/sql/sqlite/src/db/migrate.ts"),
    ),
];

/// The types of columns that need code of their own.
#[derive(Template)]
#[template(path = "express/stores/sql/sqlite/src/db/columns.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct Columns {
    integer: bool,
    boolean: bool,
    bigint: bool,
    decimal: bool,
}

#[derive(Template)]
#[template(path = "express/stores/sql/sqlite/src/db/constraints.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct ConstraintsFile {
    unique: bool,
    checked: bool,
    owned: bool,
    restricted: bool,
}

#[derive(Template)]
#[template(path = "express/stores/sql/sqlite/tests/migrate.test.ts")]
struct MigrateTest;

#[derive(Template)]
#[template(path = "express/stores/sql/sqlite/tests/support/database.ts")]
struct TestDatabase<'a> {
    name: &'a str,
}

fn contribute(input: &Input, constraints: Constraints, parts: &mut Parts) -> Result<(), RenderError> {
    parts.dependencies.push(("@libsql/client", "0.18.0"));
    parts.variables.insert(
        1,
        Variable {
            name: "DATABASE_URL",
            schema: "z.string(\"is missing\").startsWith(\"file:\", \"must begin with file:\")".to_owned(),
            example: EnvValue::new(&format!("file:./data/{}.db", input.model.name)),
            help: "The SQLite file.".to_owned(),
            secret: false,
            required: true,
            valid: "file:./data/test.db",
            invalid: &["postgres://localhost"],
        },
    );
    for (path, part, text) in FIXED {
        parts.files.push(fixed(path, *part, *text)?);
    }
    let has = |wanted| has_column(input.storage, wanted);
    let types = Columns {
        integer: has(|ty| matches!(ty, ColumnType::Integer)),
        boolean: has(|ty| matches!(ty, ColumnType::Boolean)),
        bigint: has(|ty| matches!(ty, ColumnType::Bigint)),
        decimal: has(|ty| matches!(ty, ColumnType::Decimal { .. })),
    };
    if types.integer || types.boolean || types.bigint || types.decimal {
        parts.files.push(typescript("src/db/columns.ts", Part::Source, &types)?);
    }
    let Constraints { unique, checked, owned, restricted } = constraints;
    if unique || checked || owned || restricted {
        let file = ConstraintsFile { unique, checked, owned, restricted };
        parts.files.push(typescript("src/db/constraints.ts", Part::Source, &file)?);
    }
    parts.files.push(tests("tests/migrate.test.ts", 1, &MigrateTest)?);
    parts.files.push(tests("tests/support/database.ts", 0, &TestDatabase { name: input.model.name.as_str() })?);
    Ok(())
}

fn column(ty: &ColumnType, name: &TsString, json: &str) -> Definition {
    let name = name.to_string();
    match ty {
        ColumnType::Uuid | ColumnType::Text | ColumnType::Date | ColumnType::DateTime | ColumnType::Time => {
            Definition::drizzle("text", &[&name])
        }
        ColumnType::Enum(words) if words.is_empty() => Definition::drizzle("text", &[&name]),
        ColumnType::Enum(words) => Definition::drizzle("text", &[&name, &format!("{{ enum: {} }}", strings(words))]),
        ColumnType::Integer => Definition::own("integer", &[&name]),
        ColumnType::Bigint => Definition::own("bigint", &[&name]),
        ColumnType::Decimal { scale, .. } => Definition::own("decimal", &[&name, &scale.to_string()]),
        ColumnType::Number => Definition::drizzle("real", &[&name]),
        ColumnType::Boolean => Definition::own("boolean", &[&name]),
        ColumnType::Json | ColumnType::List => {
            Definition::drizzle("text", &[&name, "{ mode: \"json\" }"]).of_type(json)
        }
    }
}
