//! The names of component schemas. Entities keep theirs; every other name gives way.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::parts::map;

use crate::model::{EntityName, Model};

/// A schema that belongs to no entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub(super) enum Shared {
    Uuid,
    Date,
    DateTime,
    Time,
    Email,
    Url,
    Json,
    JsonOrNull,
    PageMeta,
    Credentials,
    RefreshToken,
    PasswordChange,
    Session,
    Health,
    Error,
    Problem,
}

impl Shared {
    const fn name(self) -> &'static str {
        match self {
            Self::Uuid => "Uuid",
            Self::Date => "Date",
            Self::DateTime => "DateTime",
            Self::Time => "Time",
            Self::Email => "Email",
            Self::Url => "Url",
            Self::Json => "Json",
            Self::JsonOrNull => "JsonOrNull",
            Self::PageMeta => "PageMeta",
            Self::Credentials => "Credentials",
            Self::RefreshToken => "RefreshToken",
            Self::PasswordChange => "PasswordChange",
            Self::Session => "Session",
            Self::Health => "Health",
            Self::Error => "Error",
            Self::Problem => "Problem",
        }
    }
}

/// A schema of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A row as it is shown.
    Row,
    /// A row with related rows that were asked for.
    Including,
    /// The body of `POST`.
    Create,
    /// The body of `PUT`.
    Replace,
    /// The body of `PATCH`.
    Patch,
}

/// Every name of a document.
pub(super) struct Names {
    entities: BTreeSet<String>,
}

impl Names {
    pub(super) fn of(model: &Model) -> Self {
        Self { entities: model.entities.iter().map(|entity| entity.name.pascal().to_owned()).collect() }
    }

    pub(super) fn shared(&self, shared: Shared) -> String {
        self.free(shared.name().to_owned())
    }

    /// The name of an entity's schema. No ending is another's end, so two entities never meet in one name.
    pub(super) fn entity(&self, entity: &EntityName, shape: Shape) -> String {
        let ending = match shape {
            Shape::Row => return entity.pascal().to_owned(),
            Shape::Including => "Including",
            Shape::Create => "Create",
            Shape::Replace => "Replace",
            Shape::Patch => "Patch",
        };
        self.free(format!("{}{ending}", entity.pascal()))
    }

    pub(super) fn reference(&self, shared: Shared) -> Json {
        reference(&self.shared(shared))
    }

    pub(super) fn entity_reference(&self, entity: &EntityName, shape: Shape) -> Json {
        reference(&self.entity(entity, shape))
    }

    /// The name itself, or one with an underscore, which no entity has.
    fn free(&self, name: String) -> String {
        if self.entities.contains(&name) { name + "_" } else { name }
    }
}

fn reference(name: &str) -> Json {
    map([("$ref", format!("#/components/schemas/{name}").into())])
}
