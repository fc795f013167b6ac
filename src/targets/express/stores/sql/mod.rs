//! Drizzle on a database that speaks SQL.

mod across;
mod checks;
mod condition;
mod copied;
mod dialect;
mod migration;
mod model;
mod postgresql;
mod repository;
mod sets;
mod sqlite;

use askama::Template;

use crate::code::TsImports;
use crate::contract::{Linked, Verb};
use crate::project::Part;
use crate::storage::TableOf;
use crate::targets::express::app::searched_by_all;
use crate::targets::express::changes::is_all_guarded;
use crate::targets::express::emptied::{Accounts, emptied};
use crate::targets::express::entity::Entity;
use crate::targets::express::files::{fixed, tests, typescript};
use crate::targets::express::included::links_to;
use crate::targets::express::names::Keys;
use crate::targets::express::parts::{Parts, Script};
use crate::targets::{Draft, Input, RenderError};

use dialect::{Constraints, Dialect};

pub(in crate::targets::express) use across::Alias;
pub(in crate::targets::express) use checks::{CheckFunction, OwnChecks};
pub(in crate::targets::express) use copied::Copied;
pub(in crate::targets::express) use sets::{KeptSet, KeptSets};

#[derive(Template)]
#[template(path = "express/stores/sql/src/db/query.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct Query {
    imports: TsImports,
    keys: Keys,
    lists: bool,
    links: bool,
    searches: bool,
    nullable: bool,
    like: &'static str,
    orders_nulls: bool,
    conditions: bool,
    /// Whether some conditions are asked for as columns.
    told: bool,
    owners: bool,
    others: bool,
}

#[derive(Template)]
#[template(path = "express/stores/sql/tests/support/access.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct AccessSupport {
    module: &'static str,
    table_type: &'static str,
    column_type: &'static str,
    /// Whether some rows take what can be written only once.
    once: bool,
    /// Whether something can be made to happen around writes.
    hooks: bool,
    /// Whether some tests ask for what only one row may hold.
    empties: bool,
    /// Whether some callers may change rows and nothing of them.
    unchanged: bool,
    /// Whether some lists are searched that do not show every row to everybody.
    searches: bool,
}

/// Files that are the same on every database.
const FIXED: &[(&str, &str)] = &[
    ("src/db/rows.ts", include_str!("../../../../../templates/express/stores/sql/src/db/rows.ts")),
    ("src/commands/migrate.ts", include_str!("../../../../../templates/express/stores/sql/src/commands/migrate.ts")),
];

pub(super) fn contribute(input: &Input, entities: &[Entity], parts: &mut Parts) -> Result<(), RenderError> {
    let dialect = Dialect::of(input.database);
    parts.dependencies.push(("drizzle-orm", "0.45.4"));
    parts.dev_dependencies.push(("drizzle-kit", "0.31.11"));
    parts.scripts.push(Script {
        name: "migrate",
        command: "tsx --env-file-if-exists=.env src/commands/migrate.ts".to_owned(),
        help: "`npm run migrate -- up` applies what is missing, `npm run migrate -- down` undoes one step".to_owned(),
    });
    (dialect.contribute)(input, constraints(input, entities), parts)?;
    for (path, text) in FIXED {
        parts.files.push(fixed(path, Part::Source, *text)?);
    }
    parts.files.extend(query(dialect, Keys(input.model.api.naming), entities)?);
    let Dialect { module, table_type, column_type, .. } = *dialect;
    let tested: Vec<&Entity> = entities.iter().filter(|entity| entity.has_routes()).collect();
    if !tested.is_empty() {
        let once = tested.iter().any(|entity| entity.written_once().next().is_some());
        let hooks = tested.iter().any(|entity| entity.has_hooks());
        let linked = Linked::of(input.model, input.contract);
        let empties = !emptied(input.model, linked.alone().map(|(entity, _)| entity), Accounts::Stay).is_empty();
        let unchanged = tested.iter().any(|entity| is_all_guarded(entity));
        let searches = tested.iter().any(|entity| searched_by_all(entity, input.contract).is_some());
        let support = AccessSupport { module, table_type, column_type, once, hooks, empties, unchanged, searches };
        parts.files.push(tests("tests/support/access.ts", 0, &support)?);
    }
    for table in input.storage.tables.unread().iter().filter(|table| matches!(table.of, TableOf::Feature(_))) {
        parts.files.push(model::file(input, dialect, entities, table)?);
    }
    for entity in entities {
        let source = || of_entity(input, dialect, entity, entities);
        parts.files.extend(input.memo.unit("store", entity.id.0, source)?);
    }
    let migrations = || migration::files(input.storage, &dialect.migrations);
    parts.files.extend(input.memo.made_of("migrations", &input.storage.tables, migrations)?);
    Ok(())
}

/// The files about an entity.
fn of_entity(
    input: &Input,
    dialect: &Dialect,
    entity: &Entity,
    entities: &[Entity],
) -> Result<Vec<Draft>, RenderError> {
    let sets = entity.sets.iter().filter_map(|set| input.storage.set_of(entity.id, set.field));
    let tables = std::iter::once(entity.table).chain(sets);
    let mut files: Vec<Draft> =
        tables.map(|table| model::file(input, dialect, entities, table)).collect::<Result<_, _>>()?;
    if entity.has_service() {
        files.push(repository::file(dialect, entity, entities)?);
    }
    Ok(files)
}

/// A statement of tests that lets a user refer to rows, and what it needs.
pub(super) fn refer(user: &Entity) -> (String, TsImports) {
    let table = &user.names.table;
    let imports = TsImports::new()
        .with_values("drizzle-orm", &["eq"])
        .with_values(&format!("../../src/models/{}.model.js", user.names.stem), &[table]);
    (format!("tx.update({table}).set(references).where(eq({table}.id, id))"), imports)
}

/// A statement with what answers 409 where the database refuses it; `None` where it does not.
pub(super) fn refusable(input: &Input, entity: &Entity, statement: &str) -> Option<String> {
    repository::refusable(Dialect::of(input.database), entity, statement)
}

fn constraints(input: &Input, entities: &[Entity]) -> Constraints {
    let mut columns = input.storage.tables.iter().flat_map(|table| &table.columns);
    let is_restricted = |entity: &Entity| entity.has(Verb::Delete) && entity.resource.held;
    let in_sets = input.storage.tables.iter().any(|table| !table.unique.is_empty());
    Constraints {
        unique: in_sets || columns.any(|column| column.unique),
        checked: input.storage.tables.iter().any(|table| !table.checks.is_empty()),
        owned: entities.iter().any(repository::may_be_orphaned),
        restricted: entities.iter().any(is_restricted),
    }
}

/// What the queries of repositories have in common, as far as they use it.
fn query(dialect: &Dialect, keys: Keys, entities: &[Entity]) -> Result<Option<Draft>, RenderError> {
    let lists = entities.iter().any(|entity| entity.has(Verb::List));
    let searches = entities.iter().any(Entity::is_searched);
    let nullable = entities.iter().any(Entity::has_nullable_filter);
    let links = entities.iter().any(|entity| !links_to(entity.id, entities).is_empty());
    let uses = condition::uses(entities);
    let told = entities.iter().any(Entity::has_show);
    if !lists && !links && !uses.any() && !told {
        return Ok(None);
    }
    let mut imports = query_imports(dialect, lists, searches, nullable, uses);
    if links {
        imports = imports.with_values("drizzle-orm", &["sql"]).with_types("drizzle-orm", &["Column"]);
    }
    if told {
        imports = imports.with_values("drizzle-orm", &["sql"]).with_types("drizzle-orm", &["SQL"]);
    }
    let query = Query {
        imports,
        keys,
        lists,
        links,
        searches,
        nullable,
        like: dialect.like,
        orders_nulls: dialect.orders_nulls,
        conditions: uses.any(),
        told,
        owners: uses.owners,
        others: uses.others,
    };
    typescript("src/db/query.ts", Part::Source, &query).map(Some)
}

fn query_imports(dialect: &Dialect, lists: bool, searches: bool, nullable: bool, uses: condition::Uses) -> TsImports {
    let mut imports = TsImports::new();
    if lists || uses.any() {
        imports = imports.with_types("drizzle-orm", &["SQL"]);
    }
    if lists {
        let comparisons = ["eq", "gt", "gte", "inArray", "lt", "lte", "ne"];
        if nullable {
            imports = imports.with_values("drizzle-orm", &["isNotNull", "isNull"]);
        }
        imports = imports
            .with_values("drizzle-orm", &["asc", "desc"])
            .with_values("drizzle-orm", &comparisons)
            .with_types("drizzle-orm", &["Column"])
            .with_types("../schemas/list-query.js", &["Filter", "Order"]);
    }
    if searches {
        imports = imports.with_values("drizzle-orm", &["or"]);
    }
    if uses.holds || uses.owners || searches || (lists && dialect.orders_nulls) {
        imports = imports.with_values("drizzle-orm", &["sql"]);
    }
    if uses.owners {
        imports = imports.with_values("drizzle-orm", &["eq"]).with_types("drizzle-orm", &["Column"]);
    }
    if uses.others {
        imports = imports.with_values("drizzle-orm", &["ne"]).with_types("drizzle-orm", &["Column"]);
    }
    imports
}

/// The entity of a table, where it is one's.
fn entity_of<'e, 'a>(entities: &'e [Entity<'a>], of: TableOf) -> Option<&'e Entity<'a>> {
    match of {
        TableOf::Entity(id) => entities.get(id.0),
        TableOf::Set(..) | TableOf::Feature(_) => None,
    }
}
