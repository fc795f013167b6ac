//! What binds the app to a database.

mod sql;

use crate::code::TsImports;
use crate::storage::Database;
use crate::targets::{Input, RenderError};

use super::entity::Entity;
use super::parts::Parts;

pub(super) use sql::{Alias, CheckFunction, Copied, KeptSet, KeptSets, OwnChecks};

/// Adds the files and parts of the wanted database.
pub(super) fn contribute(input: &Input, entities: &[Entity], parts: &mut Parts) -> Result<(), RenderError> {
    match input.database {
        Database::Sqlite | Database::Postgresql => sql::contribute(input, entities, parts),
    }
}

/// A statement with what answers 409 where the database refuses it; `None` where it does not.
pub(super) fn refusable(input: &Input, entity: &Entity, statement: &str) -> Option<String> {
    match input.database {
        Database::Sqlite | Database::Postgresql => sql::refusable(input, entity, statement),
    }
}

/// A statement of tests that lets a user refer to rows, and what it needs.
pub(super) fn refer(input: &Input, user: &Entity) -> (String, TsImports) {
    match input.database {
        Database::Sqlite | Database::Postgresql => sql::refer(user),
    }
}
