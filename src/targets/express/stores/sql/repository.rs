//! Repositories: the queries of an entity.

use askama::Template;

use crate::code::{Origin, TsImports};
use crate::contract::Verb;
use crate::project::{File, Part};
use crate::storage::Column;
use crate::targets::express::entity::{Entity, Set};
use crate::targets::express::files::typescript;
use crate::targets::express::names::{Names, property};
use crate::targets::express::rules::Named;
use crate::targets::express::values::strings;
use crate::targets::{Input, RenderError};

use super::condition::{self, Condition};
use super::dialect::Dialect;

#[derive(Template)]
#[template(path = "express/stores/sql/src/repositories/entity.repository.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct Repository<'a> {
    imports: TsImports,
    names: &'a Names,
    conditions: Vec<ConditionFunction>,
    checks: Vec<CheckFunction>,
    sets: &'a [Set],
    /// The sets that a body may change.
    changed_sets: Vec<&'a Set>,
    writes_sets: bool,
    /// The type of a row as its table has it.
    stored: String,
    /// What inserting takes and what updating takes, without and with sets.
    inserted: String,
    changed: String,
    /// What is done with the stored row.
    keep: &'static str,
    has_list: bool,
    /// The columns that a search looks into.
    searched: Option<String>,
    has_count: bool,
    count_caller: &'static str,
    count_condition: String,
    list_parameters: String,
    list_condition: String,
    has_find: bool,
    find_parameters: String,
    find_condition: String,
    /// When a row stands in the way of a new one.
    conflicting: Option<String>,
    has_insert: bool,
    has_update: bool,
    has_delete: bool,
    /// The statement that stores a new row.
    insertion: &'static str,
    /// What tells that a value is taken, with the field it is shown as.
    unique: Option<String>,
    restricted: bool,
    none: Origin,
}

struct ConditionFunction {
    doc: String,
    origin: Origin,
    name: &'static str,
    parameters: &'static str,
    expression: String,
}

/// A function that tells whether the caller may do something with a row.
struct CheckFunction {
    doc: String,
    name: &'static str,
    parameters: String,
    origin: Origin,
    expression: String,
}

/// The repository of an entity.
pub(super) fn file(input: &Input, dialect: &Dialect, entity: &Entity) -> Result<File, RenderError> {
    let (listed, readable) = condition::of(entity);
    let has_list = entity.has(Verb::List);
    let has_find = entity.is_found();
    let has_insert = entity.makes_rows();
    let restricted = entity.has(Verb::Delete) && entity.is_restricted(input.storage);
    let unique = unique_fields(dialect, entity);
    let caller = |condition: &Option<Condition>| {
        if condition.as_ref().is_some_and(|condition| !condition.parameters().is_empty()) {
            ", caller: Caller"
        } else {
            ""
        }
    };
    let list_caller = if caller(&listed).is_empty() { "" } else { "caller: Caller, " };
    let find_condition = match &readable {
        Some(readable) => format!("and(eq(table.id, id), {})", readable.call()),
        None => "eq(table.id, id)".to_owned(),
    };
    let count_condition = match &readable {
        Some(readable) => format!("and(inArray(table.id, ids), {})", readable.call()),
        None => "inArray(table.id, ids)".to_owned(),
    };
    let sets = entity.sets.as_slice();
    let changed_sets: Vec<&Set> = sets.iter().filter(|set| entity.is_changed(set)).collect();
    let taken_apart = |sets: &mut dyn Iterator<Item = &Set>, rest: &str| {
        let properties: Vec<&str> = sets.map(|set| set.property.as_str()).collect();
        if properties.is_empty() { rest.to_owned() } else { format!("{{ {}, ...{rest} }}", properties.join(", ")) }
    };
    let template = Repository {
        sets,
        writes_sets: has_insert || !changed_sets.is_empty(),
        stored: if sets.is_empty() { entity.names.row.clone() } else { "Stored".to_owned() },
        inserted: taken_apart(&mut sets.iter(), "row"),
        changed: taken_apart(&mut changed_sets.iter().copied(), "changes"),
        changed_sets,
        keep: if sets.is_empty() { "return" } else { "const stored =" },
        searched: searched(entity),
        has_count: entity.is_collected,
        count_caller: caller(&readable),
        count_condition,
        imports: imports(entity, listed.as_ref(), readable.as_ref(), unique.is_some(), restricted),
        names: &entity.names,
        conditions: functions(entity, listed.as_ref(), readable.as_ref()),
        checks: condition::checks(entity).iter().map(|(named, condition)| check(entity, *named, condition)).collect(),
        has_list,
        list_parameters: format!("{list_caller}query: {}Query", entity.names.pascal),
        list_condition: listed.as_ref().map(|listed| format!("{}, ", listed.call())).unwrap_or_default(),
        has_find,
        find_parameters: format!("reader: Reader{}, id: string", caller(&readable)),
        find_condition,
        conflicting: conflicting(entity),
        has_insert,
        insertion: if may_be_orphaned(entity) {
            "rejectOrphan(tx.insert(table).values(row).returning())"
        } else {
            "tx.insert(table).values(row).returning()"
        },
        has_update: entity.has_update(),
        has_delete: entity.has(Verb::Delete),
        unique,
        restricted,
        none: Origin::NONE,
    };
    typescript(&format!("src/repositories/{}.repository.ts", entity.names.stem), Part::Source, &template)
}

fn functions(entity: &Entity, listed: Option<&Condition>, readable: Option<&Condition>) -> Vec<ConditionFunction> {
    let function = |condition: &Condition, doc: String| ConditionFunction {
        doc,
        origin: condition.origin.map_or(Origin::NONE, Origin::new),
        name: condition.name,
        parameters: condition.parameters(),
        expression: condition.expression(),
    };
    let plural = entity.spec.name.plural_kebab().replace('-', " ");
    let same = listed.zip(readable).is_some_and(|(listed, readable)| listed.name == readable.name);
    let listed = listed
        .filter(|_| !same)
        .map(|condition| function(condition, format!("Which {plural} lists show to the caller.")));
    let readable = readable.map(|condition| function(condition, format!("Which {plural} the caller may read.")));
    listed.into_iter().chain(readable).collect()
}

fn check(entity: &Entity, named: Named, condition: &Condition) -> CheckFunction {
    let caller = if condition.parameters().is_empty() { "" } else { "caller: Caller, " };
    CheckFunction {
        doc: format!("Whether the caller may {} {}.", named.verb(), entity.names.phrase),
        name: condition.name,
        parameters: format!("reader: Reader, {caller}id: string"),
        origin: condition.origin.map_or(Origin::NONE, Origin::new),
        expression: condition.expression(),
    }
}

fn imports(
    entity: &Entity,
    listed: Option<&Condition>,
    readable: Option<&Condition>,
    unique: bool,
    restricted: bool,
) -> TsImports {
    let names = &entity.names;
    let mut imports = TsImports::new().with_types(&format!("../models/{}.model.js", names.stem), &[&names.row]);
    imports.add(
        &format!("../models/{}.model.js", names.stem),
        crate::code::ImportKind::Value,
        &format!("{} as table", names.table),
    );
    let mut values = |module: &str, wanted: bool, list: &[&str]| {
        if wanted {
            imports = std::mem::take(&mut imports).with_values(module, list);
        }
    };
    let writes = entity.makes_rows() || entity.has_update() || entity.has(Verb::Delete);
    let lists = entity.has(Verb::List);
    let checks = condition::checks(entity);
    let conflicting = conflicting(entity).unwrap_or_default();
    let joins = lists || readable.is_some() || conflicting.contains("and(") || !checks.is_empty();
    values("drizzle-orm", joins, &["and"]);
    let names_row = entity.is_found() || entity.has_update() || entity.has(Verb::Delete);
    let equals = names_row || !conflicting.is_empty() || !checks.is_empty();
    values("drizzle-orm", equals, &["eq"]);
    values("drizzle-orm", conflicting.contains("or("), &["or"]);
    values("drizzle-orm", conflicting.contains("sql.param("), &["sql"]);
    values("../db/client.js", lists, &["db"]);
    values("../db/rows.js", entity.makes_rows() || entity.has_update(), &["only"]);
    values("../db/query.js", lists, &["matching", "offset", "ordering"]);
    values("../db/query.js", entity.is_searched(), &["holding"]);
    values("drizzle-orm", entity.is_collected || !entity.sets.is_empty(), &["inArray"]);
    values("drizzle-orm", !entity.sets.is_empty(), &["asc"]);
    for set in &entity.sets {
        values(&format!("../models/{}.model.js", set.stem), true, &[&set.table]);
    }
    values("../db/constraints.js", unique && (entity.makes_rows() || entity.has_update()), &["rejectTaken"]);
    values("../db/constraints.js", may_be_orphaned(entity), &["rejectOrphan"]);
    values("../db/constraints.js", restricted, &["rejectReferenced"]);
    let mut types = |module: &str, wanted: bool, list: &[&str]| {
        if wanted {
            imports = std::mem::take(&mut imports).with_types(module, list);
        }
    };
    let reads = entity.is_found() || entity.is_collected || !entity.sets.is_empty() || !checks.is_empty();
    types("../db/client.js", reads || !conflicting.is_empty(), &["Reader"]);
    types("../db/client.js", writes, &["Transaction"]);
    let schema = format!("../schemas/{}.schema.js", names.stem);
    types(&schema, lists, &[&format!("{}Query", names.pascal)]);
    types(&schema, entity.has_update(), &[&format!("{}Update", names.pascal)]);
    let conditions = [listed, readable].into_iter().flatten().chain(checks.iter().map(|(_, condition)| condition));
    conditions.fold(imports, |imports, condition| condition.import(imports))
}

/// Whether new rows belong to whoever makes them, whose account may be gone before they are stored.
pub(super) fn may_be_orphaned(entity: &Entity) -> bool {
    entity.makes_rows() && entity.has(Verb::Create) && entity.owner().is_some()
}

/// The columns that a search looks into.
fn searched(entity: &Entity) -> Option<String> {
    let columns: Vec<String> =
        entity.resource.search.iter().map(|source| format!("table.{}", property(entity.spec, *source))).collect();
    entity.is_searched().then(|| columns.join(", "))
}

/// The condition on rows that have a value of `row` which no two may have.
fn conflicting(entity: &Entity) -> Option<String> {
    if !entity.makes_rows() {
        return None;
    }
    let same = |column: &Column| {
        let shown = property(entity.spec, column.source?);
        // Null is never taken: SQL finds nothing that equals it.
        let value =
            if column.nullable { format!("sql.param(row.{shown}, table.{shown})") } else { format!("row.{shown}") };
        Some(format!("eq(table.{shown}, {value})"))
    };
    let columns = &entity.table.columns;
    let alone = columns.iter().filter(|column| column.unique).filter_map(same);
    let sets = entity.table.unique.iter().map(|set| {
        let parts: Vec<String> =
            set.iter().filter_map(|name| columns.iter().find(|column| column.name == *name).and_then(same)).collect();
        format!("and({})", parts.join(", "))
    });
    let same: Vec<String> = alone.chain(sets).collect();
    match same.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("or({})", several.join(", "))),
    }
}

/// What tells that a value is taken, with what the API calls its field, as an object.
pub(super) fn unique_fields(dialect: &Dialect, entity: &Entity) -> Option<String> {
    let unique = entity.table.columns.iter().filter(|column| column.unique);
    let shown =
        |column: &Column| column.source.map_or_else(|| column.name.clone(), |source| property(entity.spec, source));
    let alone = unique.map(|column| format!("{}: \"{}\"", (dialect.taken)(entity.table, column), shown(column)));
    let sets = entity.table.unique.iter().map(|set| {
        let columns = set.iter().filter_map(|name| entity.table.columns.iter().find(|column| column.name == *name));
        let fields: Vec<String> = columns.map(shown).collect();
        format!("{}: {}", (dialect.taken_set)(entity.table, set), strings(&fields))
    });
    let fields: Vec<String> = alone.chain(sets).collect();
    (!fields.is_empty()).then(|| format!("{{ {} }}", fields.join(", ")))
}
