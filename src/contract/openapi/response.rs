//! Every answer of an operation.

use serde_json::{Map, Value as Json};

use super::names::{Names, Shape, Shared};
use super::parts::map;
use super::{error, schema};
use crate::contract::validate::Writing;
use crate::contract::{
    Action, Admission, AuthAction, Check, Contract, ErrorCode, FieldAccess, Operation, Probe, Resource, Site, Source,
    Verb,
};
use crate::model::{AccessOperation, Entity, EntityId, Model};

/// The answers by status, least first.
pub(super) fn responses(model: &Model, contract: &Contract, operation: &Operation, names: &Names) -> Map<String, Json> {
    let (status, success) = success(model, contract, operation.action, names);
    let mut responses: Vec<(u16, Json)> = vec![(status, success)];
    let mut statuses: Vec<u16> = errors(model, contract, operation.action).iter().map(|code| code.status()).collect();
    statuses.dedup();
    responses.extend(statuses.into_iter().map(|status| (status, reference(status))));
    responses.sort_by_key(|(status, _)| *status);
    responses.into_iter().map(|(status, response)| (status.to_string(), response)).collect()
}

fn reference(status: u16) -> Json {
    map([("$ref", format!("#/components/responses/{}", error::name(status)).into())])
}

/// The answer that did what was asked.
fn success(model: &Model, contract: &Contract, action: Action, names: &Names) -> (u16, Json) {
    let json = |description: &str, schema: Json| {
        map([("description", description.into()), ("content", map([("application/json", map([("schema", schema)]))]))])
    };
    match action {
        Action::Rows { entity, verb } => {
            let is_read = matches!(verb, Verb::List | Verb::Get);
            let including = is_read && contract.resource(entity).has_included();
            let shape = if including { Shape::Including } else { Shape::Row };
            let row = || names.entity_reference(&model.entity(entity).name, shape);
            let response = match verb {
                Verb::List => json("A page of rows.", page(row(), contract, names)),
                Verb::Create => {
                    let location = map([
                        ("description", "The path of the new row.".into()),
                        ("required", true.into()),
                        ("schema", map([("type", "string".into())])),
                    ]);
                    let mut response = json("The new row.", data(row()));
                    response["headers"] = map([("Location", location)]);
                    response
                }
                Verb::Get => json("The row.", data(row())),
                Verb::Put | Verb::Patch => json("The row as it is now.", data(row())),
                Verb::Delete => map([("description", "The row is gone.".into())]),
            };
            (verb.success(), response)
        }
        Action::Auth(action) => {
            let response = match action {
                AuthAction::Register | AuthAction::Login | AuthAction::Refresh | AuthAction::ChangePassword => {
                    json("A session.", data(names.reference(Shared::Session)))
                }
                AuthAction::Logout => map([("description", "The session is over.".into())]),
                AuthAction::Me | AuthAction::UpdateMe => {
                    let user = model.auth.as_ref().map(|auth| &model.entity(auth.user).name);
                    json("The user.", data(user.map_or(map([]), |user| names.entity_reference(user, Shape::Row))))
                }
            };
            (action.success(), response)
        }
        Action::Health(_) => (200, json("All is well.", names.reference(Shared::Health))),
        Action::Document => (200, json("This document.", map([("type", "object".into())]))),
    }
}

fn data(schema: Json) -> Json {
    schema::whole([("data", schema)])
}

fn page(row: Json, contract: &Contract, names: &Names) -> Json {
    let rows = map([("type", "array".into()), ("items", row), ("maxItems", contract.limits.page_size_max.into())]);
    schema::whole([("data", rows), ("meta", names.reference(Shared::PageMeta))])
}

/// The errors that an operation can answer with, by status.
fn errors(model: &Model, contract: &Contract, action: Action) -> Vec<ErrorCode> {
    let on_every_path = [ErrorCode::UriTooLong, ErrorCode::RateLimited, ErrorCode::Internal];
    let own = match action {
        Action::Rows { entity, verb } => row_errors(model, contract, entity, verb),
        Action::Auth(action) => auth_errors(model, contract, action),
        Action::Health(Probe::Ready) => vec![ErrorCode::Unavailable],
        Action::Health(Probe::Live) | Action::Document => Vec::new(),
    };
    let busy = writes(action).then_some(ErrorCode::Unavailable);
    let mut errors: Vec<ErrorCode> = own.into_iter().chain(busy).chain(on_every_path).collect();
    errors.sort_unstable();
    errors
}

/// Whether other callers who write at the same time can be in the way for too long.
const fn writes(action: Action) -> bool {
    match action {
        Action::Rows { verb, .. } => verb.has_body() || matches!(verb, Verb::Delete),
        Action::Auth(action) => action.has_body(),
        Action::Health(_) | Action::Document => false,
    }
}

const BODY_ERRORS: [ErrorCode; 2] = [ErrorCode::PayloadTooLarge, ErrorCode::UnsupportedMediaType];

fn row_errors(model: &Model, contract: &Contract, entity: EntityId, verb: Verb) -> Vec<ErrorCode> {
    let mut errors = vec![ErrorCode::ValidationFailed];
    if model.auth.is_some() {
        errors.push(ErrorCode::Unauthenticated);
    }
    if forbids(contract, entity, verb) {
        errors.push(ErrorCode::Forbidden);
    }
    if verb.names_row() {
        errors.push(ErrorCode::NotFound);
    }
    if conflicts(model, contract, entity, verb) {
        errors.push(ErrorCode::Conflict);
    }
    if verb.has_body() {
        errors.extend(BODY_ERRORS);
    }
    errors
}

/// What a body with rows writes.
pub(super) const fn writing(verb: Verb) -> Option<Writing> {
    match verb {
        Verb::Create => Some(Writing::Create),
        Verb::Put => Some(Writing::Replace),
        Verb::Patch => Some(Writing::Update),
        Verb::List | Verb::Get | Verb::Delete => None,
    }
}

/// Whether a signed-in user can be told that he may not.
fn forbids(contract: &Contract, entity: EntityId, verb: Verb) -> bool {
    let plan = &contract.plan;
    let by_role = matches!(plan.admission(entity, verb.access()), Admission::Roles(_));
    // An unreadable row is absent; only changes are refused by row.
    let by_row = [Site::Row, Site::Result].into_iter().any(|site| {
        let guard = plan.guard(entity, verb.access(), site);
        verb != Verb::Get && guard.is_some_and(|guard| matches!(guard.check, Check::Row(..)))
    });
    let inputs = writing(verb).map_or(&[][..], |writing| writing.inputs(contract.resource(entity)));
    let by_field = inputs.iter().any(|input| input.write != Admission::Anyone);
    let by_move = verb.access() == AccessOperation::Update && contract.plan.moves_of(entity).next().is_some();
    by_role || by_row || by_field || by_move || verb == Verb::List && is_listed_by_some(contract, entity)
}

/// Whether there are filters that are not for everybody.
fn is_listed_by_some(contract: &Contract, entity: EntityId) -> bool {
    let sorts = contract.resource(entity).sorts.iter();
    sorts.into_iter().any(|property| contract.plan.field(entity, property.source, FieldAccess::Read).is_some())
}

/// Whether stored rows can stand against an operation.
fn conflicts(model: &Model, contract: &Contract, entity: EntityId, verb: Verb) -> bool {
    match writing(verb) {
        Some(writing) => inputs_conflict(model.entity(entity), contract.resource(entity), writing),
        None => verb == Verb::Delete && contract.resource(entity).held,
    }
}

fn inputs_conflict(entity: &Entity, resource: &Resource, writing: Writing) -> bool {
    writing.inputs(resource).iter().any(|input| {
        let unique = matches!(input.property.source, Source::Field(field) if entity.field(field).unique);
        let moves = matches!(input.property.source, Source::Field(field) if entity.moves(field).is_some());
        unique || moves || input.refers_to.is_some()
    }) || !entity.unique.is_empty()
        || !entity.checks.is_empty()
}

fn auth_errors(model: &Model, contract: &Contract, action: AuthAction) -> Vec<ErrorCode> {
    let mut errors = vec![ErrorCode::ValidationFailed];
    match action {
        AuthAction::Register => errors.push(ErrorCode::Conflict),
        AuthAction::Login | AuthAction::Refresh | AuthAction::Me => errors.push(ErrorCode::Unauthenticated),
        AuthAction::ChangePassword => errors.extend([ErrorCode::Unauthenticated, ErrorCode::Conflict]),
        AuthAction::UpdateMe => errors.extend(profile_errors(model, contract)),
        AuthAction::Logout => {}
    }
    if !crate::contract::validate::members(model, contract, action).is_empty() {
        errors.extend(BODY_ERRORS);
    }
    errors
}

/// What can stand against a change of one's own row: what stands against that of any, where it can be changed so.
fn profile_errors(model: &Model, contract: &Contract) -> Vec<ErrorCode> {
    let Some(auth) = &model.auth else { return Vec::new() };
    if contract.verb(auth.user, Verb::Patch).is_some() {
        let own = row_errors(model, contract, auth.user, Verb::Patch).into_iter();
        let elsewhere = |error: &ErrorCode| *error == ErrorCode::ValidationFailed || BODY_ERRORS.contains(error);
        return own.filter(|error| !elsewhere(error)).collect();
    }
    let mut errors = vec![ErrorCode::Unauthenticated];
    let resource = contract.resource(auth.user);
    let by_move = contract.plan.moves_of(auth.user).next().is_some();
    if by_move || resource.update.iter().any(|input| input.write != Admission::Anyone) {
        errors.push(ErrorCode::Forbidden);
    }
    if inputs_conflict(model.entity(auth.user), resource, Writing::Update) {
        errors.push(ErrorCode::Conflict);
    }
    errors
}
