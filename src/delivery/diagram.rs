//! The entities and their relations, as a diagram of Mermaid.

use crate::contract::{Contract, Property, Source, Value};
use crate::model::{Entity, Field, Model, Scalar};

/// An entity-relationship diagram.
pub(super) struct Diagram {
    /// The entities.
    pub(super) boxes: Vec<Box>,
    /// The references between them.
    pub(super) lines: Vec<Line>,
}

/// An entity with what its rows show.
pub(super) struct Box {
    /// Its name.
    pub(super) name: String,
    /// Type, name and keys of each value.
    pub(super) attributes: Vec<Attribute>,
}

/// A value of a row.
pub(super) struct Attribute {
    /// Its type, in one word.
    pub(super) ty: &'static str,
    /// Its name on the wire.
    pub(super) name: String,
    /// ` PK`, ` FK` and ` UK` where they apply.
    pub(super) keys: String,
}

/// A reference.
pub(super) struct Line {
    /// The entity referred to.
    pub(super) to: String,
    /// How many rows stand at each end, in Mermaid's signs.
    pub(super) ends: &'static str,
    /// The entity that refers.
    pub(super) from: String,
    /// What the reference is called.
    pub(super) name: String,
}

impl Diagram {
    pub(super) fn of(model: &Model, contract: &Contract) -> Self {
        let boxes = model.entities().map(|(id, entity)| Box {
            name: entity.name.pascal().to_owned(),
            attributes: contract.resource(id).row.iter().map(|property| attribute(entity, property)).collect(),
        });
        let lines = model.entities().flat_map(|(_, entity)| {
            entity.fields.iter().filter_map(move |field| {
                let to = model.entity(field.refers_to()?).name.pascal().to_owned();
                let from = entity.name.pascal().to_owned();
                Some(Line { to, ends: ends(field), from, name: contract.naming.wire(field.name.snake()) })
            })
        });
        Self { boxes: boxes.collect(), lines: lines.collect() }
    }
}

fn attribute(entity: &Entity, property: &Property) -> Attribute {
    let field = match property.source {
        Source::Field(id) => Some(entity.field(id)),
        _ => None,
    };
    let is_unique = property.source == Source::Email || field.is_some_and(|field| field.unique);
    let keys = [
        (property.source == Source::Id, "PK"),
        (field.is_some_and(|field| field.refers_to().is_some()), "FK"),
        (is_unique, "UK"),
    ];
    let keys: Vec<&str> = keys.into_iter().filter(|(applies, _)| *applies).map(|(_, key)| key).collect();
    let keys = if keys.is_empty() { String::new() } else { format!(" {}", keys.join(", ")) };
    Attribute { ty: word(&property.value), name: property.wire.clone(), keys }
}

/// The referred row exists, unless it may be null; and any number of rows refer to it, unless each must differ. A set
/// of rows may be empty on both sides.
fn ends(field: &Field) -> &'static str {
    if field.many().is_some() {
        return "}o--o{";
    }
    match (field.nullable, field.unique) {
        (false, false) => "||--o{",
        (true, false) => "|o--o{",
        (false, true) => "||--o|",
        (true, true) => "|o--o|",
    }
}

fn word(value: &Value) -> &'static str {
    match value {
        Value::Many { .. } | Value::Keys { .. } => "list",
        Value::One(scalar) => match scalar {
            Scalar::String { .. } => "string",
            Scalar::Text { .. } => "text",
            Scalar::Integer(_) => "integer",
            Scalar::Bigint(_) => "bigint",
            Scalar::Number(_) => "number",
            Scalar::Decimal { .. } => "decimal",
            Scalar::Boolean => "boolean",
            Scalar::Date(_) => "date",
            Scalar::DateTime => "datetime",
            Scalar::Time(_) => "time",
            Scalar::Uuid => "uuid",
            Scalar::Email => "email",
            Scalar::Url => "url",
            Scalar::Json => "json",
            Scalar::Enum(_) => "enum",
        },
    }
}
