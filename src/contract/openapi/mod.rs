//! The OpenAPI 3.1 document of an API: the same on every target, and the schemas that decide what is 400.

mod access;
mod auth;
mod components;
mod document;
mod entity;
mod error;
mod names;
mod operation;
mod parts;
mod response;
mod schema;
mod shared;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

pub use self::document::Document;
use self::document::Path;
pub(super) use self::document::{BODY, Part};
use self::names::Names;
use self::parts::{list, map};
use super::{Action, Contract, Operation};
use crate::memo::Memo;
use crate::model::Model;

/// The document of an API.
pub fn document(model: &Model, contract: &Contract) -> Document {
    document_again(model, contract, &Memo::default())
}

/// The same where parts of it may have been made before.
pub fn document_again(model: &Model, contract: &Contract, memo: &Memo) -> Document {
    let names = Names::of(model);
    let mut info = Map::new();
    info.insert("title".to_owned(), model.name.as_str().into());
    info.insert("version".to_owned(), "1.0.0".into());
    if let Some(description) = &model.description {
        info.insert("description".to_owned(), description.raw().into());
    }
    let head = vec![
        ("openapi", "3.1.0".into()),
        ("info", info.into()),
        ("servers", list([map([("url", "/".into())])])),
        ("tags", tags(model, contract).into()),
    ];
    let paths = paths(model, contract, memo, &names);
    let components = components::components(model, contract, memo, &names);
    Document::new(head, paths, components, model.auth.as_ref().map(|_| document::bearer()), memo)
}

/// The groups of operations, in their order.
fn tags(model: &Model, contract: &Contract) -> Vec<Json> {
    let mut tags: Vec<Json> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for operation in &contract.operations {
        let name = tag(model, operation.action);
        if !known.insert(name.clone()) {
            continue;
        }
        let description = match operation.action {
            Action::Rows { entity, .. } => model.entity(entity).description.as_ref(),
            Action::Auth(_) | Action::Health(_) | Action::Document => None,
        };
        tags.push(schema::described(map([("name", name.into())]), description));
    }
    tags
}

/// The group of an operation.
fn tag(model: &Model, action: Action) -> String {
    match action {
        Action::Rows { entity, .. } => model.entity(entity).name.plural_pascal(),
        // No plural of an entity has a blank in it.
        Action::Auth(_) => "Log in".to_owned(),
        Action::Health(_) | Action::Document => "About the server".to_owned(),
    }
}

/// Every path with its operations, in the order in which the paths first appear.
fn paths(model: &Model, contract: &Contract, memo: &Memo, names: &Names) -> Vec<Path> {
    let mut paths: Vec<Path> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let entity = |operation: &Operation| match operation.action {
        Action::Rows { entity, .. } => Some(entity),
        Action::Auth(_) | Action::Health(_) | Action::Document => None,
    };
    let mut begin = 0;
    for group in contract.operations.chunk_by(|one, other| entity(one) == entity(other)) {
        let part = |operation: &Operation| Part::new(operation::value(model, contract, operation, names));
        let parts = || group.iter().map(part).collect::<Vec<_>>();
        let parts = match entity(&group[0]) {
            Some(id) => memo.always("operations of an entity", id.0, parts),
            None => memo.always("operations of no entity", begin, parts),
        };
        begin += group.len();
        for (operation, part) in group.iter().zip(parts) {
            let place = *places.entry(&operation.path).or_insert_with(|| {
                paths.push((operation.path.clone(), Vec::new()));
                paths.len() - 1
            });
            paths[place].1.push((operation.method.as_str().to_ascii_lowercase(), part));
        }
    }
    paths
}

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod judge;
#[cfg(test)]
mod tests;
