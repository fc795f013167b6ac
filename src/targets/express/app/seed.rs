//! The `seed` command.

use crate::code::TsImports;
use crate::contract::Source;
use crate::memo::Memo;
use crate::model::{Field, FieldId};
use crate::targets::express::entity::Entity;
use crate::targets::express::names::field_property;
use crate::targets::express::parts::Seed;

use super::schema::{created, extra_helpers, field_extras};

/// What a seed file may hold of each entity: entities that need rows of others come after those.
pub(super) fn of_entities(memo: &Memo, entities: &[Entity]) -> Vec<Seed> {
    let of = |entity: &Entity| memo.always("seed", entity.id.0, || seed(entity, entities));
    in_order(entities).into_iter().map(of).collect()
}

/// Entities after those they refer to, as far as they do not refer to each other.
fn in_order<'e, 'a>(entities: &'e [Entity<'a>]) -> Vec<&'e Entity<'a>> {
    let mut waiting: Vec<&Entity> =
        entities.iter().filter(|entity| entity.makes_rows() && entity.has_service()).collect();
    let mut placed: Vec<&Entity> = Vec::new();
    while !waiting.is_empty() {
        let ready = |entity: &&Entity| {
            let targets = entity.spec.fields.iter().filter(|field| !field.nullable).filter_map(Field::refers_to);
            targets.into_iter().all(|to| to == entity.id || waiting.iter().all(|other| other.id != to))
        };
        let next = waiting.iter().position(ready).unwrap_or_default();
        placed.push(waiting.remove(next));
    }
    placed
}

fn seed(entity: &Entity, all: &[Entity]) -> Seed {
    let names = &entity.names;
    let references: Vec<(FieldId, &Field)> =
        entity.spec.fields().filter(|(_, field)| field.refers_to().is_some()).collect();
    let extras = field_extras(entity, &created(entity));
    let keys = references.iter().map(|(_, field)| {
        let schema = match field.many() {
            Some(_) => "z.array(key).default([])",
            None if field.nullable => "key.nullable().default(null)",
            None => "key",
        };
        format!("{}: {schema}", field_property(field))
    });
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
    Seed { name: names.pascal.clone(), schema, new_row: Some(fresh), store, imports, function: None }
}

/// The row that a row of the file stands for.
fn row(entity: &Entity, all: &[Entity], references: &[(FieldId, &Field)], extras: &[(String, String)]) -> String {
    let id_of = |field: &Field| {
        let property = field_property(field);
        let to = field.refers_to().map_or("", |to| all[to.0].names.pascal.as_str());
        if field.many().is_some() {
            format!("row.{property}.map((key) => idOf(ids.{to}, key))")
        } else if field.nullable {
            format!("row.{property} && idOf(ids.{to}, row.{property})")
        } else {
            format!("idOf(ids.{to}, row.{property})")
        }
    };
    let owner = entity.spec.owner_field();
    let given = |id| entity.resource.create.iter().any(|member| member.property.source == Source::Field(id));
    let inputs: Vec<String> = references
        .iter()
        .filter(|(id, _)| Some(*id) != owner && given(*id))
        .map(|(_, field)| format!(", {}: {}", field_property(field), id_of(field)))
        .collect();
    let input = if entity.resource.create.is_empty() {
        "{}".to_owned()
    } else if inputs.is_empty() {
        "row".to_owned()
    } else {
        format!("{{ ...row{} }}", inputs.concat())
    };
    let owner_id = entity.owner().map_or_else(String::new, |(_, field)| format!(", {}", id_of(field)));
    let keys: Vec<String> =
        entity.copied().iter().map(|(through, _)| format!("{}: {}", field_property(through), id_of(through))).collect();
    let copied = if keys.is_empty() {
        String::new()
    } else {
        format!(", await {}Repository.copied(tx, {{ {} }})", entity.names.camel, keys.join(", "))
    };
    let new = format!("new{}({input}{owner_id}{copied})", entity.names.pascal);
    let unwritten = references.iter().filter(|(id, _)| Some(*id) != owner && !given(*id));
    let mut overrides: Vec<String> =
        unwritten.map(|(_, field)| format!("{}: {}", field_property(field), id_of(field))).collect();
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
    entities.iter().any(|entity| entity.makes_rows() && entity.has_service() && has_references(entity))
}
