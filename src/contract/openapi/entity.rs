//! The schemas of an entity: its rows, and the bodies that write them.

use serde_json::{Map, Value as Json};

use super::names::{Names, Shape};
use super::parts::list;
use super::schema;
use crate::contract::validate::{Member, Stored, Writing};
use crate::contract::{Contract, Property, Resource, Source, Value, sample};
use crate::model::{Default, Entity, Model};

/// Every schema of every entity, by name.
pub(super) fn schemas(model: &Model, contract: &Contract, names: &Names) -> Vec<(String, Json)> {
    contract.resources.iter().flat_map(|resource| of_entity(model.entity(resource.entity), resource, names)).collect()
}

fn of_entity(entity: &Entity, resource: &Resource, names: &Names) -> [(String, Json); 4] {
    let body = |shape, writing: Writing| {
        let schema = body(entity, &writing.members(resource), writing != Writing::Update, names);
        (names.entity(&entity.name, shape), schema)
    };
    [
        (names.entity(&entity.name, Shape::Row), row(entity, resource, names)),
        body(Shape::Create, Writing::Create),
        body(Shape::Replace, Writing::Replace),
        body(Shape::Patch, Writing::Update),
    ]
}

fn row(entity: &Entity, resource: &Resource, names: &Names) -> Json {
    let property = |property: &Property| {
        let value = schema::value(&property.value, property.nullable, names);
        (property.wire.clone(), describe(value, entity, Some(property.source)))
    };
    let properties = resource.row.iter().map(property).collect();
    let required = resource.row.iter().map(|property| property.wire.as_str()).collect();
    let schema = schema::titled(schema::object(properties, required), entity.label.as_ref());
    let mut schema = schema::described(schema, entity.description.as_ref());
    let wire = resource.row.iter().map(|property| (property.wire.as_str(), &property.value));
    schema["examples"] = list([example(entity, wire)]);
    schema
}

/// The schema of a body; with the defaults, if what is left out takes them.
pub(super) fn body(entity: &Entity, members: &[Member], defaults: bool, names: &Names) -> Json {
    let property = |member: &Member| {
        let value = schema::value(&member.value, member.nullable, names);
        let mut schema = describe(value, entity, member.source);
        if let Some(default) = default(entity, member).filter(|_| defaults) {
            schema["default"] = default;
        }
        (member.wire.clone(), schema)
    };
    let properties = members.iter().map(property).collect();
    let required = members.iter().filter(|member| member.required).map(|member| member.wire.as_str()).collect();
    let mut schema = schema::object(properties, required);
    schema["examples"] = list([example(entity, members.iter().map(|member| (member.wire.as_str(), &member.value)))]);
    schema
}

fn describe(schema: Json, entity: &Entity, source: Option<Source>) -> Json {
    match source {
        Some(Source::Field(field)) => {
            let field = entity.field(field);
            schema::described(schema::titled(schema, field.label.as_ref()), field.description.as_ref())
        }
        _ => schema,
    }
}

/// A fixed default; the moment of writing is none.
fn default(entity: &Entity, member: &Member) -> Option<Json> {
    let Some(Source::Field(field)) = member.source else { return None };
    match (&entity.field(field).default, &member.value) {
        (Some(Default::Literal(literal)), Value::One(_)) => Some(Stored::Literal(literal.clone()).wire(&member.value)),
        _ => None,
    }
}

fn example<'a>(entity: &Entity, properties: impl Iterator<Item = (&'a str, &'a Value)>) -> Json {
    let value = |(wire, value): (&str, &Value)| {
        (wire.to_owned(), sample::stored(entity.name.pascal(), wire, value, 0).wire(value))
    };
    properties.map(value).collect::<Map<String, Json>>().into()
}
