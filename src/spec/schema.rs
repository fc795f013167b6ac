//! The JSON Schema of specs, for editors that complete and check YAML and JSON by one.
//!
//! It says what forms there are; what names refer to, and what fits together, only the reader and the resolver know.

use serde_json::{Map, Value, json};

use super::vocabulary::{Place, Takes, Word};

/// The schema of a whole spec, by the draft of 2020-12.
pub fn json_schema() -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Backsmith spec",
        "description": "A short description of a backend.",
    });
    merge(&mut schema, object(Place::Top, &["backsmith", "name", "framework", "database", "entities"]));
    schema
}

/// A map whose keys are the words of a place.
fn object(place: Place, required: &[&str]) -> Value {
    let properties: Map<String, Value> = place
        .words()
        .iter()
        .filter(|word| word.is_available())
        .map(|word| (word.name.to_owned(), property(word)))
        .collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn property(word: &Word) -> Value {
    let mut schema = json!({ "description": word.help });
    if let Some(default) = word.default {
        schema["description"] = json!(format!("{} Default: {default}.", word.help));
    }
    merge(&mut schema, form(word.takes));
    schema
}

/// The form of what stands after a word.
fn form(takes: Takes) -> Value {
    match takes {
        Takes::Version => json!({ "const": 1 }),
        Takes::Slug => json!({ "type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 40 }),
        Takes::Word(place) => choice(place),
        Takes::Words(place) => one_or_several(&choice(place)),
        Takes::Map(place) => object(place, &[]),
        Takes::Entities => named("^[A-Z][A-Za-z0-9]*$", &object(Place::Entity, &["fields"])),
        Takes::Fields => named(LOWER, &field()),
        Takes::Role | Takes::Field => json!({ "type": "string", "pattern": LOWER }),
        Takes::Entity => json!({ "type": "string", "pattern": "^[A-Z][A-Za-z0-9]*$" }),
        Takes::Path => json!({ "type": "string", "pattern": "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$" }),
        Takes::Roles | Takes::FieldNames | Takes::FieldSets | Takes::Conditions => {
            one_or_several(&json!({ "type": "string" }))
        }
        Takes::Transitions => named(LOWER, &json!({ "type": "object", "additionalProperties": { "type": "string" } })),
        Takes::DeleteRule => json!({ "enum": ["restrict", "cascade", "set_null"] }),
        Takes::Number => json!({ "type": "integer", "minimum": 1 }),
        Takes::UrlPath => json!({ "type": "string", "pattern": "^(/[a-z][a-z0-9-]*)+$", "maxLength": 60 }),
        Takes::Origins => one_or_several(&json!({ "type": "string", "pattern": "^https?://[a-z0-9.-]+(:[0-9]+)?$" })),
        Takes::Flag => json!({ "type": "boolean" }),
        Takes::Value => json!({ "type": ["string", "number", "boolean"] }),
        Takes::Range => json!({ "type": ["string", "number"] }),
        Takes::Text | Takes::Name | Takes::Rule | Takes::Type | Takes::Pattern => json!({ "type": "string" }),
        Takes::Anything => json!({ "type": "object" }),
        // These stand behind a word on a line, never after a key.
        Takes::Nothing | Takes::Arguments(_) => json!({}),
    }
}

/// The names of fields and roles.
const LOWER: &str = "^[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*$";

/// A field is written on a line or as a map.
fn field() -> Value {
    let types: Vec<&str> =
        Place::Type.words().iter().filter(|word| word.is_available()).map(|word| word.name).collect();
    let line = json!({ "type": "string", "description": format!("A type and what else is to be said: {}, or an entity.", types.join(", ")) });
    json!({ "anyOf": [line, object(Place::FieldMap, &["type"])] })
}

fn choice(place: Place) -> Value {
    let words = place.words().iter().filter(|word| word.is_available());
    json!({ "oneOf": words.map(|word| json!({ "const": word.name, "description": word.help })).collect::<Vec<_>>() })
}

fn one_or_several(item: &Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "items": item, "minItems": 1 }] })
}

fn named(pattern: &str, each: &Value) -> Value {
    json!({
        "type": "object",
        "propertyNames": { "pattern": pattern, "maxLength": 40 },
        "additionalProperties": each,
    })
}

fn merge(into: &mut Value, from: Value) {
    if let (Some(into), Value::Object(from)) = (into.as_object_mut(), from) {
        into.extend(from);
    }
}
