//! Repositories: the queries of an entity.

use askama::Template;

use crate::code::{Origin, TsImports};
use crate::contract::Verb;
use crate::project::Part;
use crate::storage::Column;
use crate::targets::express::entity::{Entity, Set};
use crate::targets::express::files::typescript;
use crate::targets::express::included::{Links, Place, links_to};
use crate::targets::express::names::{Keys, Names};
use crate::targets::express::values::strings;
use crate::targets::{Draft, RenderError};

use super::across::{self, Alias};
use super::checks::CheckFunction;
use super::condition::{self, About, Condition, RowCheck};
use super::copied::Copied;
use super::dialect::Dialect;
use super::sets::{KeptSet, KeptSets, reads as reads_sets};

/// What keeps the rows of users.
const AUTH_USERS: &str = "./auth-user.repository.js";

#[derive(Template)]
#[template(path = "express/stores/sql/src/repositories/entity.repository.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct Repository<'a> {
    imports: TsImports,
    keys: Keys,
    names: &'a Names,
    aliases: Vec<Alias>,
    conditions: Vec<ConditionFunction>,
    checks: Vec<CheckFunction>,
    sets: &'a [Set],
    /// Those whose functions are here.
    kept: KeptSets<'a>,
    /// The sets that a body may change.
    changed_sets: Vec<&'a Set>,
    /// The type of a row as its table has it.
    stored: String,
    /// What inserting takes and what updating takes, without and with sets.
    inserted: String,
    changed: String,
    /// What is done with the stored row.
    keep: &'static str,
    has_many: bool,
    many_parameters: String,
    /// What tells which fields the caller may read, where other rows decide it.
    readable_fields: Option<ReadableFields>,
    links: Vec<LinksFunction>,
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
    /// What a new row copies from others.
    copied: Option<Copied>,
    has_insert: bool,
    has_update: bool,
    has_delete: bool,
    /// Whether a seed gives references when all rows are stored.
    waits: bool,
    /// The statement that stores a new row.
    insertion: &'static str,
    /// What stores a new row and what changes one, where the database may refuse the statement.
    refusable_insert: Option<String>,
    refusable_update: Option<String>,
    restricted: bool,
    none: Origin,
}

/// The query that tells which fields the caller may read of which rows.
struct ReadableFields {
    parameters: String,
    result: String,
    /// The fields with their conditions, as members of an object.
    fields: Vec<String>,
}

struct ConditionFunction {
    doc: String,
    origin: Origin,
    name: String,
    parameters: &'static str,
    expression: String,
}

/// A function that tells which rows belong to which.
struct LinksFunction {
    doc: String,
    name: String,
    parameters: String,
    /// The pairs, where it takes a query of its own to find them.
    pairs: Option<Pairs>,
    /// The column with the row that has the others.
    owner: String,
    /// What the rows are selected from.
    from: String,
    condition: String,
}

/// A query of pairs, each once.
struct Pairs {
    owner: String,
    id: String,
    table: String,
    condition: String,
}

/// The repository of an entity.
pub(super) fn file(dialect: &Dialect, entity: &Entity, all: &[Entity]) -> Result<Draft, RenderError> {
    let (listed, readable) = condition::of(entity);
    let has_list = entity.has(Verb::List);
    let has_find = entity.is_found();
    let has_insert = entity.makes_rows();
    let restricted = entity.has(Verb::Delete) && entity.resource.held;
    let refusable = |statement: &str| refusable(dialect, entity, statement);
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
        let properties: Vec<String> = sets.map(|set| set.property.member()).collect();
        if properties.is_empty() { rest.to_owned() } else { format!("{{ {}, ...{rest} }}", properties.join(", ")) }
    };
    let template = Repository {
        keys: entity.keys(),
        sets,
        kept: KeptSets::of_entity(entity),
        stored: if sets.is_empty() { entity.names.row.clone() } else { "Stored".to_owned() },
        inserted: taken_apart(&mut sets.iter(), "row"),
        changed: taken_apart(&mut changed_sets.iter().copied(), "changes"),
        changed_sets,
        keep: if sets.is_empty() { "return" } else { "const stored =" },
        searched: searched(entity),
        has_count: entity.is_collected(),
        count_caller: caller(&readable),
        count_condition,
        imports: imports(
            entity,
            all,
            listed.as_ref(),
            readable.as_ref(),
            [unique_fields(dialect, entity).is_some(), checked_fields(entity).is_some(), restricted],
        ),
        names: &entity.names,
        aliases: aliases(entity, all, [listed.as_ref(), readable.as_ref()]),
        conditions: functions(entity, listed.as_ref(), readable.as_ref()),
        checks: condition::checks(entity).into_iter().map(CheckFunction::of).collect(),
        has_many: entity.is_included(),
        many_parameters: format!("{}ids: string[]", if caller(&readable).is_empty() { "" } else { "caller: Caller, " }),
        readable_fields: readable_fields(entity),
        links: links(entity, all, readable.as_ref()),
        has_list,
        list_parameters: format!("{list_caller}query: {}Query", entity.names.pascal),
        list_condition: listed.as_ref().map(|listed| format!("{}, ", listed.call())).unwrap_or_default(),
        has_find,
        find_parameters: format!("reader: Reader{}, id: string", caller(&readable)),
        find_condition,
        conflicting: conflicting(entity),
        copied: Copied::of(entity).filter(|_| has_insert),
        has_insert,
        insertion: if may_be_orphaned(entity) {
            "rejectOrphan(tx.insert(table).values(row).returning())"
        } else {
            "tx.insert(table).values(row).returning()"
        },
        has_update: entity.has_update(),
        has_delete: entity.has(Verb::Delete),
        waits: waits(entity),
        refusable_insert: refusable("inserted"),
        refusable_update: refusable("updated"),
        restricted,
        none: Origin::NONE,
    };
    typescript(&format!("src/repositories/{}.repository.ts", entity.names.stem), Part::Source, &template)
}

fn functions(entity: &Entity, listed: Option<&Condition>, readable: Option<&Condition>) -> Vec<ConditionFunction> {
    let function = |condition: &Condition, doc: String| ConditionFunction {
        doc,
        origin: condition.origin.map_or(Origin::NONE, Origin::from),
        name: condition.name.clone(),
        parameters: condition.parameters(),
        expression: condition.expression(),
    };
    let plural = entity.spec.name.plural_kebab().replace('-', " ");
    let same = listed.zip(readable).is_some_and(|(listed, readable)| listed.name == readable.name);
    let listed = listed
        .filter(|_| !same)
        .map(|condition| function(condition, format!("Which {plural} lists show to the caller.")));
    let readable = readable.map(|condition| function(condition, format!("Which {plural} the caller may read.")));
    let readers = condition::readers(entity).into_iter().map(|RowCheck { doc, condition }| function(&condition, doc));
    listed.into_iter().chain(readable).chain(readers).collect()
}

fn readable_fields(entity: &Entity) -> Option<ReadableFields> {
    let readers = condition::readers(entity);
    let asks = readers.iter().any(|reader| !reader.condition.parameters().is_empty());
    let fields = entity.read_by_store().zip(&readers);
    (!readers.is_empty()).then(|| ReadableFields {
        parameters: format!("{}ids: string[]", if asks { "caller: Caller, " } else { "" }),
        result: entity.readable_type(),
        fields: fields.map(|(rule, of)| format!("{}: isTrue({})", rule.property, of.condition.call())).collect(),
    })
}

/// The functions that tell which of the rows belong to which rows of other entities.
fn links(entity: &Entity, all: &[Entity], readable: Option<&Condition>) -> Vec<LinksFunction> {
    let calls = |own: String| match readable {
        Some(readable) => format!("and({own}, {})", readable.call()),
        None => own,
    };
    let function = |links: Links| {
        let mut asks = readable.is_some_and(|readable| !readable.parameters().is_empty());
        let mut pairs = None;
        let (owner, from, condition) = match links.place {
            Place::Own(property) => {
                let owner = format!("table.{property}");
                let condition = calls(format!("inArray({owner}, owners)"));
                (owner, "table".to_owned(), condition)
            }
            Place::Set { table, owner, id, .. } => {
                let owner = format!("{table}.{owner}");
                let condition = calls(format!("inArray({owner}, owners)"));
                (owner, format!("{table}).innerJoin(table, eq(table.id, {table}.{id})"), condition)
            }
            Place::Between { entity: between, owner, id } => {
                let between = &all[between.0];
                let about = About { home: entity, entity: between, predicate: between.get.before, is_new: false };
                let table = if between.id == entity.id { "table" } else { &between.names.table };
                let own = format!("inArray({table}.{owner}, owners)");
                let guarded = between.find_has_condition();
                asks |= guarded && between.get.before.asks_caller();
                pairs = Some(Pairs {
                    condition: if guarded { format!("and({own}, {})", about.expression()) } else { own },
                    owner: format!("{table}.{owner}"),
                    id: format!("{table}.{id}"),
                    table: table.to_owned(),
                });
                let condition = readable.map_or_else(String::new, Condition::call);
                ("pairs.owner".to_owned(), "pairs).innerJoin(table, eq(table.id, pairs.id)".to_owned(), condition)
            }
        };
        let caller = if asks { "caller: Caller, " } else { "" };
        let parameters = format!("{caller}owners: string[]");
        LinksFunction { doc: links.doc, name: links.function, parameters, pairs, owner, from, condition }
    };
    links_to(entity.id, all).into_iter().map(function).collect()
}

fn imports(
    entity: &Entity,
    all: &[Entity],
    listed: Option<&Condition>,
    readable: Option<&Condition>,
    [unique, checked, restricted]: [bool; 3],
) -> TsImports {
    let names = &entity.names;
    let model = format!("../models/{}.model.js", names.stem);
    let mut imports = TsImports::new().with_values(&model, &[&format!("{} as table", names.table)]);
    // Where the login alone makes and finds users, nothing here is about whole rows.
    let only_tells = entity.has_show() && !entity.makes_rows() && !entity.has_routes();
    if !only_tells || entity.is_found() || entity.is_included() {
        imports = imports.with_types(&model, &[&names.row]);
    }
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
    let names_row = entity.is_found() || entity.has_update() || entity.has(Verb::Delete) || waits(entity);
    let equals = names_row || !conflicting.is_empty() || !checks.is_empty();
    values("drizzle-orm", equals, &["eq"]);
    values("drizzle-orm", conflicting.contains("or("), &["or"]);
    values("drizzle-orm", conflicting.contains("sql.param("), &["sql"]);
    values("../db/client.js", lists, &["db"]);
    values("../db/rows.js", entity.makes_rows() || entity.has_update(), &["only"]);
    values("../db/query.js", lists, &["matching", "offset", "ordering"]);
    values("../db/query.js", entity.is_searched(), &["holding"]);
    let readers = condition::readers(entity);
    let shows = !readers.is_empty();
    values("../db/query.js", shows, &["isTrue"]);
    values("../db/client.js", shows, &["db"]);
    let keeps_sets = !KeptSets::of_entity(entity).sets.is_empty();
    let by_ids = entity.is_collected() || entity.is_included() || keeps_sets || shows;
    values("drizzle-orm", by_ids, &["inArray"]);
    let links = links_to(entity.id, all);
    let joined = links.iter().any(|links| !matches!(links.place, Place::Own(_)));
    values("drizzle-orm", joined, &["eq"]);
    values("drizzle-orm", !links.is_empty(), &["asc", "lte"]);
    values("../db/client.js", entity.is_included(), &["db"]);
    values("../db/query.js", !links.is_empty(), &["placeAmong"]);
    values("../config/limits.js", !links.is_empty(), &["maxIncluded"]);
    for links in &links {
        match &links.place {
            Place::Own(_) => {}
            Place::Set { table, stem, .. } => values(&format!("../models/{stem}.model.js"), true, &[table]),
            Place::Between { entity: between, .. } if *between == entity.id => {}
            Place::Between { entity: between, .. } => {
                let names = &all[between.0].names;
                values(&format!("../models/{}.model.js", names.stem), true, &[&names.table]);
            }
        }
    }
    let kept = KeptSets::of_entity(entity);
    values("drizzle-orm", !kept.sets.is_empty(), &["asc"]);
    values("drizzle-orm", kept.sets.iter().any(|kept| kept.replaces), &["eq"]);
    for KeptSet { set, .. } in &kept.sets {
        values(&format!("../models/{}.model.js", set.stem), true, &[&set.table]);
    }
    let elsewhere = kept.sets.is_empty();
    values(AUTH_USERS, elsewhere && reads_sets(entity), &["withSets"]);
    for set in entity.sets.iter().filter(|set| elsewhere && entity.is_changed(set)) {
        values(AUTH_USERS, true, &[&format!("replace{}", set.pascal)]);
    }
    let copies = entity.copies().next().is_some() && entity.makes_rows();
    values("drizzle-orm", copies, &["eq"]);
    values("../utils/errors.js", copies, &["ApiError"]);
    for (module, table) in Copied::tables(entity).into_iter().filter(|_| copies) {
        values(&module, true, &[&table]);
    }
    values("../db/constraints.js", unique && (entity.makes_rows() || entity.has_update()), &["rejectTaken"]);
    values("../db/constraints.js", checked && (entity.makes_rows() || entity.has_update()), &["rejectUnfit"]);
    values("../db/constraints.js", may_be_orphaned(entity), &["rejectOrphan"]);
    values("../db/constraints.js", restricted, &["rejectReferenced"]);
    let mut types = |module: &str, wanted: bool, list: &[&str]| {
        if wanted {
            imports = std::mem::take(&mut imports).with_types(module, list);
        }
    };
    let reads = copies || entity.is_found() || entity.is_collected() || keeps_sets || !checks.is_empty();
    types("../utils/included.js", !links.is_empty(), &["Link"]);
    types("../db/client.js", reads || !conflicting.is_empty(), &["Reader"]);
    types("../db/client.js", writes, &["Transaction"]);
    let schema = format!("../schemas/{}.schema.js", names.stem);
    types(&schema, lists, &[&format!("{}Query", names.pascal)]);
    types(&schema, shows, &[&entity.readable_type()]);
    types(&schema, entity.has_update(), &[&format!("{}Update", names.pascal)]);
    let of_rows = checks.iter().chain(&readers).map(|check| &check.condition);
    let conditions = [listed, readable].into_iter().flatten().chain(of_rows);
    let imports = conditions.fold(imports, |imports, condition| condition.import(imports));
    let between = links.iter().filter_map(|links| match links.place {
        Place::Between { entity: between, .. } => Some(&all[between.0]).filter(|between| between.find_has_condition()),
        Place::Own(_) | Place::Set { .. } => None,
    });
    between.fold(imports, |imports, between| {
        let about = About { home: entity, entity: between, predicate: between.get.before, is_new: false };
        about.import(imports).with_values("drizzle-orm", &["and"])
    })
}

/// The second names of tables that a repository's conditions use, each once.
fn aliases(entity: &Entity, all: &[Entity], conditions: [Option<&Condition>; 2]) -> Vec<Alias> {
    let (checks, readers) = (condition::checks(entity), condition::readers(entity));
    let of_rows = checks.iter().chain(&readers).map(|check| &check.condition);
    let own = conditions.into_iter().flatten().chain(of_rows);
    let between = links_to(entity.id, all).into_iter().filter_map(|links| match links.place {
        Place::Between { entity: between, .. } => Some(&all[between.0]).filter(|between| between.find_has_condition()),
        Place::Own(_) | Place::Set { .. } => None,
    });
    let between = between.flat_map(|between| {
        About { home: entity, entity: between, predicate: between.get.before, is_new: false }.aliases()
    });
    across::each_once(own.flat_map(Condition::aliases).chain(between))
}

/// Whether new rows belong to whoever makes them, whose account may be gone before they are stored.
pub(super) fn may_be_orphaned(entity: &Entity) -> bool {
    entity.makes_rows() && entity.has(Verb::Create) && entity.owner().is_some()
}

/// The columns that a search looks into.
fn searched(entity: &Entity) -> Option<String> {
    let columns: Vec<String> = entity
        .resource
        .search
        .iter()
        .map(|source| format!("table.{}", entity.keys().of(entity.spec, *source).property))
        .collect();
    entity.is_searched().then(|| columns.join(", "))
}

/// The condition on rows that have a value of `row` which no two may have.
fn conflicting(entity: &Entity) -> Option<String> {
    if !entity.makes_rows() {
        return None;
    }
    let same = |column: &Column| {
        let shown = entity.keys().of(entity.spec, column.source?).property;
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

/// A statement with what answers 409 where the database refuses it; `None` where it does not.
pub(super) fn refusable(dialect: &Dialect, entity: &Entity, statement: &str) -> Option<String> {
    let taken = unique_fields(dialect, entity).map(|fields| format!("rejectTaken({statement}, {fields})"));
    let inner = taken.clone().unwrap_or_else(|| statement.to_owned());
    checked_fields(entity).map(|fields| format!("rejectUnfit({inner}, {fields})")).or(taken)
}

/// What tells that a value is taken, with what the API calls its field, as an object.
fn unique_fields(dialect: &Dialect, entity: &Entity) -> Option<String> {
    let unique = entity.table.columns.iter().filter(|column| column.unique);
    let shown = |column: &Column| {
        column.source.map_or_else(|| column.name.clone(), |source| entity.keys().of(entity.spec, source).property)
    };
    let alone = unique.map(|column| format!("{}: \"{}\"", (dialect.taken)(entity.table, column), shown(column)));
    let sets = entity.table.unique.iter().map(|set| {
        let columns = set.iter().filter_map(|name| entity.table.columns.iter().find(|column| column.name == *name));
        let fields: Vec<String> = columns.map(shown).collect();
        format!("{}: {}", (dialect.taken_set)(entity.table, set), strings(&fields))
    });
    let fields: Vec<String> = alone.chain(sets).collect();
    (!fields.is_empty()).then(|| format!("{{ {} }}", fields.join(", ")))
}

/// What tells that values do not go together, with what the API calls their fields, as an object.
fn checked_fields(entity: &Entity) -> Option<String> {
    let fields = entity.table.checks.iter().map(|check| {
        let columns = check.columns().into_iter().filter_map(|name| {
            let source = entity.table.columns.iter().find(|column| column.name == name)?.source?;
            entity.resource.row.iter().find(|property| property.source == source).map(|property| property.wire.clone())
        });
        let columns: Vec<String> = columns.collect();
        format!("{}: {}", entity.table.check_name(check), strings(&columns))
    });
    let fields: Vec<String> = fields.collect();
    (!fields.is_empty()).then(|| format!("{{ {} }}", fields.join(", ")))
}

/// Whether a seed gives references of rows when all of them are stored.
fn waits(entity: &Entity) -> bool {
    entity.makes_rows() && entity.waiting_references().next().is_some()
}
