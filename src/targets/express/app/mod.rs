//! What every project has, free of any store and of any feature.

pub(super) mod hooks;
pub(super) mod http;
mod included;
mod project;
mod schema;
mod seed;
mod service;
mod shared;
mod tests;

use crate::targets::{Draft, Input, RenderError};

use super::entity::Entity;
use super::parts::{Middleware, Parts, Router};

pub(super) use schema::{extra_helpers, field_extras, member_schema};
pub(super) use seed::{keys as seed_keys, later as seed_later, reference as seed_reference};
pub(super) use service::{Reference, ReferredSet, absent, asks_for_roles};
pub(super) use tests::{
    checked_expression, copied_by_users, copied_unfit, fitting_sample, given_to_copy, input_members, row_values,
    searched_by_all, tells_apart, told_unfit,
};

/// All files of a project.
pub(super) fn render(input: &Input, entities: &[Entity], mut parts: Parts) -> Result<Vec<Draft>, RenderError> {
    let mut files = std::mem::take(&mut parts.files);
    let before = input.memo.found_of_all("what comes before operations", parts.before_operations.clone());
    for entity in entities {
        files.extend(input.memo.unit("source", entity.id.0, || source(input, entity, entities, &before))?);
        if entity.has_routes() {
            parts.routers.push(Router { stem: entity.names.stem.clone(), name: entity.names.table.clone() });
        }
    }
    parts.seeds.extend(seed::of_entities(input.memo, entities));
    seed::sort(input.model, &mut parts.seeds);
    files.extend(hooks::shared(entities)?);
    files.extend(shared::files(input, entities, &parts)?);
    files.extend(project::files(input, entities, &parts)?);
    // Tests hold a program to what the contract says, whatever the program enforces.
    if std::ptr::eq(input.plan, &raw const input.contract.plan) {
        files.extend(tests::files(input, entities, &parts)?);
    } else {
        let told = Input { plan: &input.contract.plan, ..*input };
        files.extend(tests::files(&told, &Entity::all(&told), &parts)?);
    }
    Ok(files)
}

/// The files of `src` about an entity.
fn source(
    input: &Input,
    entity: &Entity,
    entities: &[Entity],
    before: &[Middleware],
) -> Result<Vec<Draft>, RenderError> {
    let mut files = vec![schema::file(entity)?];
    if entity.has_service() {
        files.push(service::file(entity, entities)?);
    }
    files.extend(included::file(entity, entities)?);
    if entity.has_routes() {
        files.push(http::controller(entity, entities)?);
        files.push(http::routes(input, entity, before)?);
    }
    if entity.has_hooks() {
        files.push(hooks::file(entity)?);
    }
    Ok(files)
}
