//! The parts that operations refer to.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::names::Names;
use super::parts::map;
use super::{auth, entity, error, shared};
use crate::contract::Contract;
use crate::model::Model;

/// Everything that the paths refer to, directly or through each other.
pub(super) fn components(model: &Model, contract: &Contract, names: &Names, paths: &Map<String, Json>) -> Json {
    let mut schemas = entity::schemas(model, contract, names);
    schemas.extend(auth::schemas(model, contract, names));
    schemas.extend(shared::schemas(names));
    schemas.extend(error::schemas(names));
    let responses: Map<String, Json> = error::responses(names).into_iter().collect();
    let schemas: Map<String, Json> = schemas.into_iter().collect();
    let kinds = [("schemas", schemas), ("responses", responses)];

    let mut wanted = BTreeSet::new();
    paths.values().for_each(|path| add_references(path, &kinds, &mut wanted));
    let mut components = Map::new();
    for (kind, parts) in kinds {
        let is_wanted = |name: &String| wanted.contains(&pointer(kind, name));
        let parts: Map<String, Json> = parts.into_iter().filter(|(name, _)| is_wanted(name)).collect();
        components.insert(kind.to_owned(), parts.into());
    }
    if model.auth.is_some() {
        let bearer = map([("type", "http".into()), ("scheme", "bearer".into()), ("bearerFormat", "JWT".into())]);
        components.insert("securitySchemes".to_owned(), map([("bearer", bearer)]));
    }
    components.into()
}

fn pointer(kind: &str, name: &str) -> String {
    format!("#/components/{kind}/{name}")
}

/// The part that a pointer names.
fn referred<'k>(reference: &str, kinds: &'k [(&str, Map<String, Json>)]) -> Option<&'k Json> {
    let (kind, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
    kinds.iter().find(|(of, _)| *of == kind)?.1.get(name)
}

/// Adds what a part refers to, and what that refers to.
fn add_references(part: &Json, kinds: &[(&str, Map<String, Json>)], wanted: &mut BTreeSet<String>) {
    match part {
        Json::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Json::as_str)
                && wanted.insert(reference.to_owned())
                && let Some(part) = referred(reference, kinds)
            {
                add_references(part, kinds, wanted);
            }
            members.values().for_each(|member| add_references(member, kinds, wanted));
        }
        Json::Array(items) => items.iter().for_each(|item| add_references(item, kinds, wanted)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}
