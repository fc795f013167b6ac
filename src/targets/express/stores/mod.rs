//! What binds the app to a database.

mod sql;

pub(super) use sql::unique_fields;

use crate::storage::Database;
use crate::targets::{Input, RenderError};

use super::entity::Entity;
use super::parts::Parts;

/// Adds the files and parts of the wanted database.
pub(super) fn contribute(input: &Input, entities: &[Entity], parts: &mut Parts) -> Result<(), RenderError> {
    match input.database {
        Database::Sqlite => sql::contribute(input, entities, parts),
    }
}
