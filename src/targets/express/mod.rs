//! Express 5 with TypeScript.
//!
//! `app` renders what every project has, against repositories that a store provides; stores and features add
//! their own files and their [`Parts`](parts::Parts) of the app's.

mod access;
mod app;
mod entity;
mod features;
mod files;
mod names;
mod parts;
mod rules;
mod samples;
mod stores;
mod values;

use crate::project::File;
use crate::storage::Database;

use super::{Input, RenderError, Target};

use entity::Entity;
use parts::Parts;

pub(super) const TARGET: Target = Target { id: "express", name: "Express", databases: &[Database::Sqlite], render };

fn render(input: &Input) -> Result<Vec<File>, RenderError> {
    let entities = Entity::all(input);
    let mut parts = Parts::of_app(input);
    stores::contribute(input, &entities, &mut parts)?;
    features::contribute(input, &entities, &mut parts)?;
    app::render(input, &entities, parts)
}
