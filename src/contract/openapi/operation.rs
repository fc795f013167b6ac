//! One operation of the document.

use serde_json::{Map, Value as Json};

use super::names::{Names, Shape, Shared};
use super::parts::{list, map};
use super::{access, auth, response, schema, tag};
use crate::contract::validate::{Writing, search_text};
use crate::contract::{
    Action, Admission, AuthAction, Contract, Filter, Limits, Operation, Operator, Probe, Property, Resource, Verb,
};
use crate::model::{Comparison, Entity, Model};

pub(super) fn value(model: &Model, contract: &Contract, operation: &Operation, names: &Names) -> Json {
    let mut members = Map::new();
    let mut add = |name: &str, value: Option<Json>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
    };
    add("operationId", Some(operation.id.as_str().into()));
    add("tags", Some(list([tag(model, operation.action).into()])));
    add("summary", Some(summary(model, operation.action).into()));
    add("description", access::sentence(model, contract, operation).map(Json::from));
    add("security", security(model, contract, operation.action));
    add("parameters", parameters(contract, operation.action, names));
    add("requestBody", body(model, contract, operation.action, names));
    add("responses", Some(response::responses(model, contract, operation, names).into()));
    members.into()
}

fn summary(model: &Model, action: Action) -> String {
    match action {
        Action::Rows { entity, verb } => {
            let name = &model.entity(entity).name;
            let one = name.kebab().replace('-', " ");
            match verb {
                Verb::List => format!("List {}", name.plural_kebab().replace('-', " ")),
                Verb::Create => format!("Create one {one}"),
                Verb::Get => format!("Get one {one}"),
                Verb::Put => format!("Replace one {one}"),
                Verb::Patch => format!("Change one {one}"),
                Verb::Delete => format!("Delete one {one}"),
            }
        }
        Action::Auth(action) => match action {
            AuthAction::Register => "Create an account and log in",
            AuthAction::Login => "Log in",
            AuthAction::Refresh => "Exchange a refresh token for a new session",
            AuthAction::Logout => "Log out",
            AuthAction::Me => "Get the calling user",
            AuthAction::UpdateMe => "Change the calling user",
            AuthAction::ChangePassword => "Change the password and end all other sessions",
        }
        .to_owned(),
        Action::Health(Probe::Live) => "Tell whether the process runs".to_owned(),
        Action::Health(Probe::Ready) => "Tell whether the server can serve".to_owned(),
        Action::Document => "Get this document".to_owned(),
    }
}

/// A token, one that may be left out, or none. Without a login nothing is said about tokens.
fn security(model: &Model, contract: &Contract, action: Action) -> Option<Json> {
    model.auth.as_ref()?;
    Some(match action {
        Action::Rows { entity, verb } => match contract.plan.admission(entity, verb.access()) {
            Admission::Anyone => list([map([]), map([("bearer", list([]))])]),
            Admission::SignedIn | Admission::Roles(_) => list([map([("bearer", list([]))])]),
        },
        Action::Auth(action) if action.asks_caller() => list([map([("bearer", list([]))])]),
        Action::Auth(_) | Action::Health(_) | Action::Document => list([]),
    })
}

fn parameters(contract: &Contract, action: Action, names: &Names) -> Option<Json> {
    let Action::Rows { entity, verb } = action else { return None };
    if verb.names_row() {
        let id = map([
            ("name", "id".into()),
            ("in", "path".into()),
            ("required", true.into()),
            ("schema", names.reference(Shared::Uuid)),
        ]);
        let include = (verb == Verb::Get).then(|| include(contract.resource(entity))).flatten();
        return Some([id].into_iter().chain(include).collect::<Vec<_>>().into());
    }
    (verb == Verb::List).then(|| list_parameters(contract.resource(entity), &contract.limits, names).into())
}

fn list_parameters(resource: &Resource, limits: &Limits, names: &Names) -> Vec<Json> {
    let count = |default: u32, maximum: u32| {
        map([
            ("type", "integer".into()),
            ("minimum", 1.into()),
            ("maximum", maximum.into()),
            ("default", default.into()),
        ])
    };
    let sort = listed(parameter(
        "sort",
        "The order, most important first; `-` puts the greatest first. Newest first where it is left out.",
        map([
            ("type", "array".into()),
            ("items", map([("type", "string".into()), ("enum", orders(&resource.sorts).into())])),
            ("minItems", 1.into()),
            ("uniqueItems", true.into()),
        ]),
    ));
    let filter = |filter: &Filter| {
        let (name, scalar) = (&filter.property.wire, filter.property.value.scalar());
        let value = schema::scalar(scalar, names);
        match filter.operator {
            Operator::Compare(comparison) => {
                let description = format!("Only rows whose `{name}` {} this.", verb(comparison));
                parameter(&filter.parameter, &description, value)
            }
            Operator::In => {
                let list = map([
                    ("type", "array".into()),
                    ("items", value),
                    ("minItems", 1.into()),
                    ("maxItems", limits.filter_values.into()),
                ]);
                listed(parameter(&filter.parameter, &format!("Only rows whose `{name}` is one of these."), list))
            }
            Operator::Null => {
                let description = format!("Only rows without `{name}`, or only rows with it.");
                parameter(&filter.parameter, &description, map([("type", "boolean".into())]))
            }
        }
    };
    let search = || {
        let description = format!("Only rows that have this text in {}.", searched(resource));
        parameter("q", &description, schema::string(&search_text(limits)))
    };
    let own = [
        parameter("page", "The page, from 1.", count(1, limits.page_max)),
        parameter("limit", "The rows on a page at most.", count(limits.page_size, limits.page_size_max)),
        sort,
    ];
    let search = (!resource.search.is_empty()).then(search);
    own.into_iter().chain(search).chain(include(resource)).chain(resource.filters.iter().map(filter)).collect()
}

fn parameter(name: &str, description: &str, schema: Json) -> Json {
    map([("name", name.into()), ("in", "query".into()), ("description", description.into()), ("schema", schema)])
}

/// The same parameter with several values, commas between them.
fn listed(mut parameter: Json) -> Json {
    parameter["style"] = "form".into();
    parameter["explode"] = false.into();
    parameter
}

/// What asks for related rows.
fn include(resource: &Resource) -> Option<Json> {
    let words: Vec<&str> = resource.includes.iter().map(|include| include.wire.as_str()).collect();
    let items = map([("type", "string".into()), ("enum", words.into())]);
    resource.has_included().then(|| {
        listed(parameter(
            "include",
            "The relations whose rows come along, as far as the caller may get them.",
            map([("type", "array".into()), ("items", items), ("minItems", 1.into()), ("uniqueItems", true.into())]),
        ))
    })
}

const fn verb(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "is",
        Comparison::NotEqual => "is there and is not",
        Comparison::Less => "is less than",
        Comparison::LessOrEqual => "is at most",
        Comparison::Greater => "is greater than",
        Comparison::GreaterOrEqual => "is at least",
    }
}

/// The properties that a search looks into, in words.
fn searched(resource: &Resource) -> String {
    let found = resource.row.iter().filter(|property| resource.search.contains(&property.source));
    let names: Vec<String> = found.map(|property| format!("`{}`", property.wire)).collect();
    names.join(" or ")
}

/// Every property, upwards and downwards.
fn orders(sorts: &[Property]) -> Vec<String> {
    sorts.iter().flat_map(|property| [property.wire.clone(), format!("-{}", property.wire)]).collect()
}

fn body(model: &Model, contract: &Contract, action: Action, names: &Names) -> Option<Json> {
    let schema = match action {
        Action::Rows { entity, verb } => {
            let entity: &Entity = model.entity(entity);
            let shape = match response::writing(verb)? {
                Writing::Create => Shape::Create,
                Writing::Replace => Shape::Replace,
                Writing::Update => Shape::Patch,
            };
            names.entity_reference(&entity.name, shape)
        }
        // Tools that sign themselves up look for the members here and follow no reference.
        Action::Auth(AuthAction::Register) => auth::body(model, contract, AuthAction::Register, names),
        Action::Auth(AuthAction::Login) => names.reference(Shared::Credentials),
        Action::Auth(AuthAction::Refresh | AuthAction::Logout) => names.reference(Shared::RefreshToken),
        Action::Auth(AuthAction::UpdateMe) => {
            let user = model.entity(model.auth.as_ref()?.user);
            names.entity_reference(&user.name, Shape::Patch)
        }
        Action::Auth(AuthAction::ChangePassword) => names.reference(Shared::PasswordChange),
        Action::Auth(AuthAction::Me) | Action::Health(_) | Action::Document => return None,
    };
    Some(map([("required", true.into()), ("content", map([("application/json", map([("schema", schema)]))]))]))
}
