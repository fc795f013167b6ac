//! What binds the app to a database.

mod sql;

use crate::storage::Database;
use crate::targets::{Input, RenderError};

use super::entity::Entity;
use super::parts::Parts;

/// Adds the files and parts of the wanted database.
pub(super) fn contribute(input: &Input, entities: &[Entity], parts: &mut Parts) -> Result<(), RenderError> {
    match input.database {
        Database::Sqlite | Database::Postgresql => sql::contribute(input, entities, parts),
    }
}

/// What tells that a value of an entity is taken, with what the API calls its field, as an object.
pub(super) fn unique_fields(input: &Input, entity: &Entity) -> Option<String> {
    match input.database {
        Database::Sqlite | Database::Postgresql => sql::unique_fields(input, entity),
    }
}
