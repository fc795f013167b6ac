//! This target's pieces of the features.

pub(super) mod account;
mod moves_of_oneself;
mod password;

use crate::features;
use crate::targets::{Input, RenderError};

use super::entity::Entity;
use super::parts::Parts;

type Contribute = fn(&Input, &[Entity], &mut Parts) -> Result<(), RenderError>;

/// The pieces of each feature, by its id.
const ALL: &[(&str, Contribute)] = &[("password", password::contribute)];

/// Adds the files and parts of every feature that the model asks for.
pub(super) fn contribute(input: &Input, entities: &[Entity], parts: &mut Parts) -> Result<(), RenderError> {
    for feature in features::wanted(input.model) {
        for (_, contribute) in ALL.iter().filter(|(id, _)| *id == feature.id) {
            contribute(input, entities, parts)?;
        }
    }
    Ok(())
}
