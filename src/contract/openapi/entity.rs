//! The schemas of an entity: its rows, and the bodies that write them.

use serde_json::{Map, Value as Json};

use super::names::{Names, Shape};
use super::parts::{list, map};
use super::{access, schema};
use crate::contract::validate::{Member, Stored, Writing};
use crate::contract::{Contract, FieldAccess, Property, Resource, RowValues, Source, Value, sample};
use crate::model::{Default, Entity, EntityId, Model, Range};

/// Every schema of an entity, by name.
pub(super) fn schemas(model: &Model, contract: &Contract, names: &Names, entity: EntityId) -> Vec<(String, Json)> {
    let resource = contract.resource(entity);
    let context = Context { model, contract, entity, names };
    let name = names.entity(&context.entity().name, Shape::Including);
    let including = resource.has_included().then(|| (name, context.row_including(resource)));
    of_entity(context, resource).into_iter().chain(including).collect()
}

/// Whose schemas they are.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    pub(super) model: &'c Model,
    pub(super) contract: &'c Contract,
    pub(super) entity: EntityId,
    pub(super) names: &'c Names,
}

fn of_entity(context: Context, resource: &Resource) -> [(String, Json); 4] {
    let (names, name) = (context.names, &context.entity().name);
    let body = |shape, writing: Writing| {
        let schema = context.body(&writing.members(resource), writing != Writing::Update);
        (names.entity(name, shape), schema)
    };
    [
        (names.entity(name, Shape::Row), context.row(resource)),
        body(Shape::Create, Writing::Create),
        body(Shape::Replace, Writing::Replace),
        body(Shape::Patch, Writing::Update),
    ]
}

/// What a row may show: a set loses rows that are deleted, whatever its least number is.
fn shown(value: &Value) -> Value {
    match value {
        Value::Keys { count } => Value::Keys { count: Range { min: 0, ..*count } },
        other => other.clone(),
    }
}

impl<'c> Context<'c> {
    fn entity(self) -> &'c Entity {
        self.model.entity(self.entity)
    }

    fn row(self, resource: &Resource) -> Json {
        let property = |property: &Property| {
            let value = schema::value(&shown(&property.value), property.nullable, self.names);
            (property.wire.clone(), self.describe(value, Some(property.source), FieldAccess::Read))
        };
        let properties = resource.row.iter().map(property).collect();
        // What only some may read is not there for the others.
        let always = |source| self.contract.plan.field(self.entity, source, FieldAccess::Read).is_none();
        let required = resource.row.iter().filter(|property| always(property.source));
        let required = required.map(|property| property.wire.as_str()).collect();
        let entity = self.entity();
        let schema = schema::titled(schema::object(properties, required), entity.label.as_ref());
        let mut schema = schema::described(schema, entity.description.as_ref());
        let wire = resource.row.iter().map(|property| (property.wire.as_str(), Some(property.source), &property.value));
        schema["examples"] = list([example(entity, wire)]);
        schema
    }

    /// A row's schema with the related rows that can be asked for.
    fn row_including(self, resource: &Resource) -> Json {
        let mut row = self.row(resource);
        for include in &resource.includes {
            let of = self.names.entity_reference(&self.model.entity(include.to).name, Shape::Row);
            row["properties"][&include.wire] = if include.many {
                map([("type", "array".into()), ("items", of), ("maxItems", self.contract.limits.included.into())])
            } else {
                map([("anyOf", list([of, map([("type", "null".into())])]))])
            };
        }
        row
    }

    /// The schema of a body; with the defaults, if what is left out takes them.
    pub(super) fn body(self, members: &[Member], defaults: bool) -> Json {
        let entity = self.entity();
        let property = |member: &Member| {
            let value = schema::value(&member.value, member.nullable, self.names);
            let mut schema = self.describe(value, member.source, FieldAccess::Write);
            if let Some(default) = default(entity, member).filter(|_| defaults) {
                schema["default"] = default;
            }
            (member.wire.clone(), schema)
        };
        let properties = members.iter().map(property).collect();
        let required = members.iter().filter(|member| member.required).map(|member| member.wire.as_str()).collect();
        let mut schema = schema::object(properties, required);
        let examples = members.iter().map(|member| (member.wire.as_str(), member.source, &member.value));
        schema["examples"] = list([example(entity, examples)]);
        schema
    }

    fn describe(self, schema: Json, source: Option<Source>, access: FieldAccess) -> Json {
        let sentence = access::field_sentence(self.model, self.contract, self.entity, source, access);
        let Some(Source::Field(field)) = source else { return with_sentence(schema, sentence) };
        let field = self.entity().field(field);
        let schema = schema::described(schema::titled(schema, field.label.as_ref()), field.description.as_ref());
        with_sentence(schema, sentence)
    }
}

/// The same schema with a sentence after what else is said of it.
fn with_sentence(mut schema: Json, sentence: Option<String>) -> Json {
    if let Some(sentence) = sentence {
        let said = schema["description"].as_str().map(|text| format!("{text} {sentence}"));
        schema["description"] = said.unwrap_or(sentence).into();
    }
    schema
}

/// A fixed default; the moment of writing is none.
fn default(entity: &Entity, member: &Member) -> Option<Json> {
    let Some(Source::Field(field)) = member.source else { return None };
    // What moves along arrows stays where it is left out.
    if entity.moves(field).is_some() {
        return None;
    }
    match (&entity.field(field).default, &member.value) {
        (Some(Default::Literal(literal)), Value::One(_)) => Some(Stored::Literal(literal.clone()).wire(&member.value)),
        _ => None,
    }
}

fn example<'a>(entity: &Entity, properties: impl Iterator<Item = (&'a str, Option<Source>, &'a Value)>) -> Json {
    let value = |(wire, source, value): (&str, Option<Source>, &Value)| {
        let stored = match source {
            Some(Source::Field(id)) if !entity.checks.is_empty() => {
                sample::of_field(entity, id, value, 0, &RowValues::new())
            }
            _ => sample::stored(entity.name.pascal(), wire, value, 0),
        };
        (wire.to_owned(), stored.wire(value))
    };
    properties.map(value).collect::<Map<String, Json>>().into()
}
