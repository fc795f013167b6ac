//! JSON Schema as far as the document uses it, for tests: an opinion on values that owes nothing to the validation.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use regex::Regex;
use serde_json::{Map, Value as Json};

/// Keywords that judge the values of one type only.
const OF_ONE_TYPE: [&str; 15] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "items",
    "required",
    "properties",
    "propertyNames",
    "additionalProperties",
];

/// Keywords that judge nothing here.
const WITHOUT_AN_OPINION: [&str; 4] = ["description", "examples", "default", "format"];

/// A document with its patterns compiled.
pub(super) struct Judge<'d> {
    document: &'d Json,
    patterns: BTreeMap<String, Regex>,
}

impl<'d> Judge<'d> {
    pub(super) fn of(document: &'d Json) -> Self {
        let mut patterns = BTreeMap::new();
        compile_patterns(document, &mut patterns);
        Self { document, patterns }
    }

    /// Whether a schema of a document takes a value. A keyword that is not known here fails the test.
    pub(super) fn accepts(&self, schema: &Json, value: &Json) -> bool {
        let schema = schema.as_object().unwrap();
        schema.iter().all(|(keyword, limit)| match (keyword.as_str(), value) {
            ("$ref", _) => self.accepts(self.document.pointer(&limit.as_str().unwrap()[1..]).unwrap(), value),
            ("type", _) => match limit {
                Json::Array(types) => types.iter().any(|of| is_of_type(of, value)),
                of => is_of_type(of, value),
            },
            ("enum", _) => limit.as_array().unwrap().contains(value),
            ("anyOf", _) => limit.as_array().unwrap().iter().any(|schema| self.accepts(schema, value)),
            ("minimum", Json::Number(_)) => number(value) >= number(limit),
            ("maximum", Json::Number(_)) => number(value) <= number(limit),
            ("exclusiveMinimum", Json::Number(_)) => number(value) > number(limit),
            ("exclusiveMaximum", Json::Number(_)) => number(value) < number(limit),
            ("minLength", Json::String(text)) => text.chars().count() >= size(limit),
            ("maxLength", Json::String(text)) => text.chars().count() <= size(limit),
            ("pattern", Json::String(text)) => self.patterns[limit.as_str().unwrap()].is_match(text),
            ("minItems", Json::Array(items)) => items.len() >= size(limit),
            ("maxItems", Json::Array(items)) => items.len() <= size(limit),
            ("uniqueItems", Json::Array(items)) => {
                (1..items.len()).all(|index| !items[..index].contains(&items[index]))
            }
            ("items", Json::Array(items)) => items.iter().all(|item| self.accepts(limit, item)),
            ("required", Json::Object(members)) => {
                limit.as_array().unwrap().iter().all(|name| members.contains_key(name.as_str().unwrap()))
            }
            ("properties", Json::Object(members)) => {
                let schemas = limit.as_object().unwrap();
                schemas.iter().all(|(name, schema)| members.get(name).is_none_or(|member| self.accepts(schema, member)))
            }
            ("propertyNames", Json::Object(members)) => {
                members.keys().all(|name| self.accepts(limit, &Json::String(name.clone())))
            }
            ("additionalProperties", Json::Object(members)) => {
                let others = others(schema, members);
                if limit.is_boolean() {
                    others.is_empty()
                } else {
                    others.into_iter().all(|member| self.accepts(limit, member))
                }
            }
            // Keywords say nothing of values of other types, and every pattern says more than a format.
            (keyword, _) if OF_ONE_TYPE.contains(&keyword) || WITHOUT_AN_OPINION.contains(&keyword) => true,
            (keyword, _) => panic!("unknown keyword {keyword}"),
        })
    }
}

fn compile_patterns(part: &Json, patterns: &mut BTreeMap<String, Regex>) {
    match part {
        Json::Object(members) => {
            if let Some(pattern) = members.get("pattern").and_then(Json::as_str) {
                patterns.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).unwrap());
            }
            members.values().for_each(|member| compile_patterns(member, patterns));
        }
        Json::Array(items) => items.iter().for_each(|item| compile_patterns(item, patterns)),
        _ => {}
    }
}

fn is_of_type(of: &Json, value: &Json) -> bool {
    match of.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_number() && number(value).fract() == 0.0,
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("unknown type {other}"),
    }
}

/// The members that `properties` does not name.
fn others<'v>(schema: &Map<String, Json>, members: &'v Map<String, Json>) -> Vec<&'v Json> {
    let named = |name: &str| schema.get("properties").is_some_and(|named| named.get(name).is_some());
    members.iter().filter(|(name, _)| !named(name)).map(|(_, member)| member).collect()
}

fn number(value: &Json) -> f64 {
    value.as_f64().unwrap()
}

fn size(limit: &Json) -> usize {
    usize::try_from(limit.as_u64().unwrap()).unwrap()
}
