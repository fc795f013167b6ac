//! The OpenAPI 3.1 document of an API: the same on every target, and the schemas that decide what is 400.

mod access;
mod auth;
mod components;
mod entity;
mod error;
mod names;
mod operation;
mod parts;
mod response;
mod schema;
mod shared;

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::{Map, Value as Json};

use self::names::Names;
use self::parts::{list, map};
use super::{Action, Contract};
use crate::code::pretty_json_again;
use crate::model::Model;

/// The document of an API.
#[derive(Debug, Clone, PartialEq)]
pub struct Document(Rc<Json>);

impl Document {
    /// The document as text, laid out as formatters want it.
    pub fn text(&self) -> String {
        pretty_json_again(&self.0)
    }

    /// The document as data.
    pub(super) fn value(&self) -> &Json {
        &self.0
    }

    /// The same, for somebody who keeps it.
    pub(super) fn shared(&self) -> Rc<Json> {
        Rc::clone(&self.0)
    }
}

/// The document of an API.
pub fn document(model: &Model, contract: &Contract) -> Document {
    Document(Rc::new(value(model, contract)))
}

fn value(model: &Model, contract: &Contract) -> Json {
    let names = Names::of(model);
    let mut info = Map::new();
    info.insert("title".to_owned(), model.name.as_str().into());
    info.insert("version".to_owned(), "1.0.0".into());
    if let Some(description) = &model.description {
        info.insert("description".to_owned(), description.raw().into());
    }
    let paths = paths(model, contract, &names);
    let components = components::components(model, contract, &names, &paths);
    map([
        ("openapi", "3.1.0".into()),
        ("info", info.into()),
        ("servers", list([map([("url", "/".into())])])),
        ("tags", tags(model, contract).into()),
        ("paths", paths.into()),
        ("components", components),
    ])
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
fn paths(model: &Model, contract: &Contract, names: &Names) -> Map<String, Json> {
    let mut paths: Map<String, Json> = Map::new();
    for operation in &contract.operations {
        let methods = paths.entry(&operation.path).or_insert_with(|| map([]));
        methods[operation.method.as_str().to_ascii_lowercase()] = operation::value(model, contract, operation, names);
    }
    paths
}

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod judge;
#[cfg(test)]
mod tests;
