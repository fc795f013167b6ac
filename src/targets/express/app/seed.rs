//! The `seed` command.

use crate::code::TsImports;
use crate::contract::Source;
use crate::contract::seed::order;
use crate::memo::Memo;
use crate::model::{EntityKind, Field, FieldId, Model};
use crate::targets::express::entity::Entity;
use crate::targets::express::names::field_property;
use crate::targets::express::parts::Seed;

use super::schema::{created, extra_helpers, field_extras};

/// What a seed file may hold of each entity.
pub(super) fn of_entities(memo: &Memo, entities: &[Entity]) -> Vec<Seed> {
    let of = |entity: &Entity| memo.always("seed", entity.id.0, || seed(entity, entities));
    entities.iter().filter(|entity| entity.makes_rows() && entity.has_service()).map(of).collect()
}

/// In the order in which rows are stored: entities that need rows of others come after those.
pub(super) fn sort(model: &Model, seeds: &mut [Seed]) {
    let order: Vec<&str> = order(model).into_iter().map(|id| model.entity(id).name.pascal()).collect();
    seeds.sort_by_key(|seed| order.iter().position(|name| *name == seed.name));
}

fn seed(entity: &Entity, all: &[Entity]) -> Seed {
    let names = &entity.names;
    let references: Vec<(FieldId, &Field)> =
        entity.spec.fields().filter(|(_, field)| field.refers_to().is_some()).collect();
    let extras = field_extras(entity, &created(entity));
    let keys = keys(entity).into_iter().map(|(property, schema)| format!("{property}: {schema}"));
    let members: Vec<String> =
        keys.chain(extras.iter().map(|(property, schema)| format!("{property}: {schema}"))).collect();
    let schema = if members.is_empty() {
        format!("{}Create", names.camel)
    } else {
        format!("{}Create.extend({{ {} }})", names.camel, members.join(", "))
    };
    let mut imports = TsImports::new()
        .with_namespace(&format!("../repositories/{}.repository.js", names.stem), &format!("{}Repository", names.camel))
        .with_values(&format!("../schemas/{}.schema.js", names.stem), &[&format!("{}Create", names.camel)])
        .with_values(&format!("../services/{}.service.js", names.stem), &[&format!("new{}", names.pascal)]);
    for helper in extra_helpers(entity, &created(entity)) {
        imports = imports.with_values(&helper.module().replace("./", "../schemas/"), &[helper.name()]);
    }
    let repository = format!("{}Repository", names.camel);
    let fresh = row(entity, all, &references, &extras);
    let is_unique = entity.table.columns.iter().any(|column| column.unique) || !entity.table.unique.is_empty();
    let insert = format!("await {repository}.insert(tx, fresh)");
    let store =
        if is_unique { format!("(await {repository}.findConflicting(tx, fresh)) ?? ({insert})") } else { insert };
    let later = later(entity, all, &repository);
    Seed { name: names.pascal.clone(), schema, new_row: Some(fresh), store, later, imports, function: None }
}

/// Statements that give a stored row `id` the references and sets of its row in the file which waited for that.
pub(in crate::targets::express) fn later(entity: &Entity, all: &[Entity], repository: &str) -> Vec<String> {
    let statement = |id: &FieldId| {
        let field = entity.spec.field(*id);
        let (property, named) = (field_property(field), id_of(field, all));
        match entity.sets.iter().find(|set| set.field == *id) {
            Some(set) => format!("await {repository}.replace{}(tx, id, {named});", set.pascal),
            None => format!("if (row.{property}) {{ await {repository}.refer(tx, id, {{ {property}: {named} }}); }}"),
        }
    };
    entity.others.waiting.iter().map(statement).collect()
}

/// The id of the row whose key the file gives.
fn id_of(field: &Field, all: &[Entity]) -> String {
    let property = field_property(field);
    let to = field.refers_to().map_or("", |to| all[to.0].names.pascal.as_str());
    if field.many().is_some() {
        format!("row.{property}.map((key) => idOf(ids.{to}, key))")
    } else {
        format!("idOf(ids.{to}, row.{property})")
    }
}

/// The same where it may be null, or waits, and is null or empty until all rows are stored.
pub(in crate::targets::express) fn reference(
    entity: &Entity,
    all: &[Entity],
    (id, field): (FieldId, &Field),
) -> String {
    if entity.others.waiting.contains(&id) {
        if field.many().is_some() { "[]".to_owned() } else { "null".to_owned() }
    } else if field.nullable {
        format!("row.{} && {}", field_property(field), id_of(field, all))
    } else {
        id_of(field, all)
    }
}

/// What a row of the file writes in the place of the ids of others.
pub(in crate::targets::express) fn keys(entity: &Entity) -> Vec<(String, &'static str)> {
    let references = entity.spec.fields.iter().filter(|field| field.refers_to().is_some());
    let schema = |field: &Field| match field.many() {
        Some(_) => "z.array(key).default([])",
        None if field.nullable => "key.nullable().default(null)",
        None => "key",
    };
    references.map(|field| (field_property(field), schema(field))).collect()
}

/// The row that a row of the file stands for.
fn row(entity: &Entity, all: &[Entity], references: &[(FieldId, &Field)], extras: &[(String, String)]) -> String {
    let named = |id: FieldId| reference(entity, all, (id, entity.spec.field(id)));
    let owner = entity.spec.owner_field();
    let given = |id| entity.resource.create.iter().any(|member| member.property.source == Source::Field(id));
    let inputs: Vec<String> = references
        .iter()
        .filter(|(id, _)| Some(*id) != owner && given(*id))
        .map(|(id, field)| format!(", {}: {}", field_property(field), named(*id)))
        .collect();
    let input = if entity.resource.create.is_empty() {
        "{}".to_owned()
    } else if inputs.is_empty() {
        "row".to_owned()
    } else {
        format!("{{ ...row{} }}", inputs.concat())
    };
    let owner_id = owner.map_or_else(String::new, |owner| format!(", {}", named(owner)));
    let is_through = |(id, _): &&(FieldId, &Field)| {
        entity.spec.fields.iter().any(|field| field.copied().is_some_and(|(through, _)| through == *id))
    };
    let through = references.iter().filter(is_through);
    let keys: Vec<String> = through.map(|(id, field)| format!("{}: {}", field_property(field), named(*id))).collect();
    let copied = if keys.is_empty() {
        String::new()
    } else {
        format!(", await {}Repository.copied(tx, {{ {} }})", entity.names.camel, keys.join(", "))
    };
    let new = format!("new{}({input}{owner_id}{copied})", entity.names.pascal);
    let unwritten = references.iter().filter(|(id, _)| Some(*id) != owner && !given(*id));
    let mut overrides: Vec<String> =
        unwritten.map(|(id, field)| format!("{}: {}", field_property(field), named(*id))).collect();
    let is_copied = |property: &str| entity.copies().any(|field| field_property(field) == property);
    overrides.extend(extras.iter().map(|(property, _)| {
        // What the file leaves out has been copied.
        if is_copied(property) {
            format!("...(row.{property} !== undefined && {{ {property}: row.{property} }})")
        } else {
            format!("{property}: row.{property}")
        }
    }));
    if overrides.is_empty() { new } else { format!("{{ ...{new}, {} }}", overrides.join(", ")) }
}

/// Whether some row of the file refers to another.
pub(super) fn refers(entities: &[Entity]) -> bool {
    let has_references = |entity: &Entity| entity.spec.fields.iter().any(|field| field.refers_to().is_some());
    let is_account = |entity: &Entity| entity.spec.kind == EntityKind::User;
    let is_seeded = |entity: &Entity| is_account(entity) || (entity.makes_rows() && entity.has_service());
    entities.iter().any(|entity| is_seeded(entity) && has_references(entity))
}
