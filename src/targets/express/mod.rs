//! Express 5 with TypeScript.
//!
//! `app` renders what every project has, against repositories that a store provides; stores and features add
//! their own files and their [`Parts`](parts::Parts) of the app's.

mod access;
mod app;
mod changes;
mod distinct;
mod emptied;
mod entity;
mod features;
mod field_tests;
mod fields;
mod files;
mod included;
mod led;
mod moves;
mod names;
mod others;
mod own;
mod own_order;
mod parts;
mod rows;
mod rules;
mod samples;
mod scarce;
mod shared;
mod stock;
mod stores;
mod surroundings;
mod values;
mod written;

use crate::storage::Database;

use super::{Input, RenderError, Rendered, Start, Target};

use entity::Entity;
use parts::Parts;

pub(super) const TARGET: Target = Target {
    id: "express",
    name: "Express",
    databases: &[Database::Sqlite, Database::Postgresql],
    start: Start {
        needs: "Node.js 22.13 or later",
        prepare: &["npm install", "npm run env"],
        run: "npm run dev",
        seed: "npm run seed",
        origin: "http://127.0.0.1:3000",
    },
    render,
};

fn render(input: &Input) -> Result<Rendered, RenderError> {
    let entities = Entity::all(input);
    let mut parts = Parts::of_app(input);
    stores::contribute(input, &entities, &mut parts)?;
    features::contribute(input, &entities, &mut parts)?;
    let surroundings = surroundings::of(&parts);
    Ok(Rendered { files: app::render(input, &entities, parts)?, surroundings })
}
