//! JSON Schemas of values and objects.

use serde_json::{Map, Value as Json};

use super::names::{Names, Shared};
use super::parts::{list, map};
use crate::code::FreeText;
use crate::contract::validate::Stored;
use crate::contract::{Value, format};
use crate::model::{Bound, Bounds, Interval, Range, Scalar};

/// The schema of what a property or a member holds.
pub(super) fn value(value: &Value, nullable: bool, names: &Names) -> Json {
    let schema = match value {
        Value::One(of) => scalar(of, names),
        Value::Many { item, count } => map([
            ("type", "array".into()),
            ("items", scalar(item, names)),
            ("minItems", count.min.into()),
            ("maxItems", count.max.into()),
        ]),
        Value::Keys { count } => {
            let key = scalar(&Scalar::Uuid, names);
            map([
                ("type", "array".into()),
                ("items", key),
                ("minItems", count.min.into()),
                ("maxItems", count.max.into()),
                ("uniqueItems", true.into()),
            ])
        }
    };
    if nullable { or_null(schema) } else { schema }
}

/// The schema of one value that is not null.
pub(super) fn scalar(scalar: &Scalar, names: &Names) -> Json {
    match scalar {
        Scalar::Integer(Range { min, max }) => map([
            ("type", "integer".into()),
            ("format", "int32".into()),
            ("minimum", (*min).into()),
            ("maximum", (*max).into()),
        ]),
        Scalar::Number(bounds) => number(bounds),
        Scalar::Boolean => map([("type", "boolean".into())]),
        Scalar::Enum(words) => map([("type", "string".into()), ("enum", words.as_slice().into())]),
        Scalar::Date(interval) if *interval == Interval::WHOLE => names.reference(Shared::Date),
        Scalar::DateTime => names.reference(Shared::DateTime),
        Scalar::Time(interval) if *interval == Interval::WHOLE => names.reference(Shared::Time),
        Scalar::Uuid => names.reference(Shared::Uuid),
        Scalar::Email => names.reference(Shared::Email),
        Scalar::Url => names.reference(Shared::Url),
        Scalar::Json => names.reference(Shared::Json),
        Scalar::String { .. }
        | Scalar::Text { .. }
        | Scalar::Bigint(_)
        | Scalar::Decimal { .. }
        | Scalar::Date(_)
        | Scalar::Time(_) => string(scalar),
    }
}

/// A string with its length and its pattern.
pub(super) fn string(scalar: &Scalar) -> Json {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), "string".into());
    if let Some(Range { min, max }) = format::length(scalar) {
        if min > 0 {
            schema.insert("minLength".to_owned(), min.into());
        }
        schema.insert("maxLength".to_owned(), max.into());
    }
    if let Some(pattern) = format::pattern(scalar) {
        schema.insert("pattern".to_owned(), pattern.into());
    }
    schema.into()
}

fn number(bounds: &Bounds<f64>) -> Json {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), "number".into());
    schema.insert("format".to_owned(), "double".into());
    let mut end = |bound: Option<Bound<f64>>, inclusive: &str, exclusive: &str| {
        if let Some(bound) = bound {
            let word = if bound.inclusive { inclusive } else { exclusive };
            let value = Stored::Literal(crate::model::Literal::Number(bound.value));
            schema.insert(word.to_owned(), value.wire(&Value::One(Scalar::Number(Bounds::NONE))));
        }
    };
    end(bounds.lower, "minimum", "exclusiveMinimum");
    end(bounds.upper, "maximum", "exclusiveMaximum");
    schema.into()
}

/// The schema of the same values and null.
fn or_null(mut schema: Json) -> Json {
    if let Some(words) = schema.get_mut("enum").and_then(Json::as_array_mut) {
        words.push(Json::Null);
    }
    match schema.get("type").and_then(Json::as_str).map(ToOwned::to_owned) {
        Some(of) => {
            schema["type"] = list([of.into(), "null".into()]);
            schema
        }
        None => map([("anyOf", list([schema, map([("type", "null".into())])]))]),
    }
}

/// The same schema with a description in somebody's own words.
pub(super) fn described(mut schema: Json, description: Option<&FreeText>) -> Json {
    if let (Some(text), Some(members)) = (description, schema.as_object_mut()) {
        members.insert("description".to_owned(), text.raw().into());
    }
    schema
}

/// The same schema with what people call its values.
pub(super) fn titled(mut schema: Json, label: Option<&FreeText>) -> Json {
    if let (Some(text), Some(members)) = (label, schema.as_object_mut()) {
        members.insert("title".to_owned(), text.raw().into());
    }
    schema
}

/// An object of exactly these members; those of which `required` speaks must be there.
pub(super) fn object(members: Map<String, Json>, required: Vec<&str>) -> Json {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), members.into());
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    schema.insert("additionalProperties".to_owned(), false.into());
    schema.into()
}

/// An object whose members are all required.
pub(super) fn whole<'n>(members: impl IntoIterator<Item = (&'n str, Json)>) -> Json {
    let members: Map<String, Json> = members.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    let required: Vec<String> = members.keys().cloned().collect();
    object(members, required.iter().map(String::as_str).collect())
}
