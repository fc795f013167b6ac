//! Drizzle on SQLite.

mod condition;
mod migration;
mod model;
mod repository;

pub(in crate::targets::express) use repository::unique_fields;

use askama::Template;

use crate::code::{EnvValue, TsImports};
use crate::contract::Verb;
use crate::project::{File, Part};
use crate::storage::{Column, ColumnType, TableOf};
use crate::targets::express::entity::Entity;
use crate::targets::express::files::{fixed, tests, typescript};
use crate::targets::express::parts::{Parts, Script, Variable};
use crate::targets::{Input, RenderError};

/// Files that are the same in every project.
const FIXED: &[(&str, Part, &str)] = &[
    (
        "drizzle.config.ts",
        Part::Configuration,
        include_str!("../../../../../templates/express/stores/sql/drizzle.config.ts"),
    ),
    ("src/db/client.ts", Part::Source, include_str!("../../../../../templates/express/stores/sql/src/db/client.ts")),
    ("src/db/migrate.ts", Part::Source, include_str!("../../../../../templates/express/stores/sql/src/db/migrate.ts")),
    (
        "src/commands/migrate.ts",
        Part::Source,
        include_str!("../../../../../templates/express/stores/sql/src/commands/migrate.ts"),
    ),
];

/// The types of columns that need code of their own.
#[derive(Template)]
#[template(path = "express/stores/sql/src/db/columns.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct Columns {
    integer: bool,
    boolean: bool,
    bigint: bool,
    decimal: bool,
}

/// What statements refuse by themselves.
#[derive(Template)]
#[template(path = "express/stores/sql/src/db/constraints.ts")]
struct Constraints {
    unique: bool,
    restricted: bool,
}

#[derive(Template)]
#[template(path = "express/stores/sql/src/db/query.ts")]
struct Query {
    imports: TsImports,
    lists: bool,
    conditions: bool,
    owners: bool,
}

#[derive(Template)]
#[template(path = "express/stores/sql/tests/migrate.test.ts")]
struct MigrateTest;

#[derive(Template)]
#[template(path = "express/stores/sql/tests/support/access.ts")]
struct AccessSupport;

pub(super) fn contribute(input: &Input, entities: &[Entity], parts: &mut Parts) -> Result<(), RenderError> {
    parts.dependencies.extend([("@libsql/client", "0.18.0"), ("drizzle-orm", "0.45.4")]);
    parts.dev_dependencies.push(("drizzle-kit", "0.31.11"));
    parts.scripts.push(Script {
        name: "migrate",
        command: "tsx --env-file-if-exists=.env src/commands/migrate.ts".to_owned(),
        help: "`npm run migrate -- up` applies what is missing, `npm run migrate -- down` undoes one step".to_owned(),
    });
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
        parts.files.push(fixed(path, *part, text)?);
    }
    parts.files.extend(shared(input, entities)?);
    parts.files.push(tests("tests/migrate.test.ts", 1, &MigrateTest)?);
    parts.files.push(tests("tests/support/access.ts", 0, &AccessSupport)?);
    for table in &input.storage.tables {
        parts.files.push(model::file(input, entities, table)?);
    }
    for entity in entities.iter().filter(|entity| entity.has_service()) {
        parts.files.push(repository::file(input, entity)?);
    }
    parts.files.extend(migration::files(input.storage)?);
    Ok(())
}

/// What models and repositories have in common, as far as they use it.
fn shared(input: &Input, entities: &[Entity]) -> Result<Vec<File>, RenderError> {
    let mut files = Vec::new();
    let columns = || input.storage.tables.iter().flat_map(|table| &table.columns);
    let has = |wanted: fn(&ColumnType) -> bool| columns().any(|column| wanted(&column.ty));
    let types = Columns {
        integer: has(|ty| matches!(ty, ColumnType::Integer)),
        boolean: has(|ty| matches!(ty, ColumnType::Boolean)),
        bigint: has(|ty| matches!(ty, ColumnType::Bigint)),
        decimal: has(|ty| matches!(ty, ColumnType::Decimal { .. })),
    };
    if types.integer || types.boolean || types.bigint || types.decimal {
        files.push(typescript("src/db/columns.ts", Part::Source, &types)?);
    }
    let is_unique = |column: &Column| column.unique;
    let unique = columns().any(is_unique);
    let restricted = entities.iter().any(|entity| entity.has(Verb::Delete) && entity.is_restricted(input.storage));
    if unique || restricted {
        files.push(typescript("src/db/constraints.ts", Part::Source, &Constraints { unique, restricted })?);
    }
    let lists = entities.iter().any(|entity| entity.has(Verb::List));
    let uses = condition::uses(entities);
    if lists || uses.holds || uses.owners {
        let query = Query {
            imports: query_imports(lists, uses),
            lists,
            conditions: uses.holds || uses.owners,
            owners: uses.owners,
        };
        files.push(typescript("src/db/query.ts", Part::Source, &query)?);
    }
    Ok(files)
}

fn query_imports(lists: bool, uses: condition::Uses) -> TsImports {
    let mut imports = TsImports::new().with_types("drizzle-orm", &["SQL"]);
    if lists {
        imports = imports.with_values("drizzle-orm", &["asc", "desc", "eq"]).with_types("drizzle-orm", &["Column"]);
        imports = imports.with_types("../schemas/list-query.js", &["Filter", "Order"]);
    }
    if uses.holds || uses.owners {
        imports = imports.with_values("drizzle-orm", &["sql"]);
    }
    if uses.owners {
        imports = imports.with_values("drizzle-orm", &["eq"]).with_types("drizzle-orm", &["Column"]);
    }
    imports
}

/// The entity of a table, where it is one's.
fn entity_of<'e, 'a>(entities: &'e [Entity<'a>], of: TableOf) -> Option<&'e Entity<'a>> {
    match of {
        TableOf::Entity(id) => entities.get(id.0),
        TableOf::Feature(_) => None,
    }
}
