//! The schemas of the login.

use serde_json::Value as Json;

use super::names::{Names, Shape, Shared};
use super::parts::map;
use super::{entity, schema};
use crate::contract::validate::members;
use crate::contract::{AuthAction, Contract};
use crate::model::{Auth, Model};

/// What stands for secrets in examples.
///
/// The current password is nobody's: tools send examples, and whoever changes his password ends his own session.
const PASSWORDS: [(&str, &str); 3] = [
    ("password", "correct horse battery staple"),
    ("current_password", "any horse before the gate"),
    ("new_password", "another horse in the same stable"),
];
const REFRESH_TOKEN: &str = "w3Zf0q8mS1yB6nKc2vXh9tLr4pJd7aGu5eEo0iTsQxY";

/// The bodies of several operations and the session, by name.
pub(super) fn schemas(model: &Model, contract: &Contract, names: &Names) -> Vec<(String, Json)> {
    let Some(auth) = &model.auth else { return Vec::new() };
    let body = |shared, action| (names.shared(shared), body(model, contract, action, names));
    let token = || map([("type", "string".into())]);
    let expiry = map([
        ("type", "integer".into()),
        ("minimum", 1.into()),
        ("description", "The seconds for which the access token is valid.".into()),
    ]);
    let [access_token, refresh_token, expires_in] =
        ["access_token", "refresh_token", "expires_in"].map(|name| contract.naming.wire(name));
    let session = schema::whole([
        ("user", names.entity_reference(&model.entity(auth.user).name, Shape::Row)),
        (&access_token, token()),
        (&refresh_token, token()),
        (&expires_in, expiry),
    ]);
    vec![
        body(Shared::Credentials, AuthAction::Login),
        body(Shared::RefreshToken, AuthAction::Refresh),
        body(Shared::PasswordChange, AuthAction::ChangePassword),
        (names.shared(Shared::Session), session),
    ]
}

/// The body of an action.
pub(super) fn body(model: &Model, contract: &Contract, action: AuthAction, names: &Names) -> Json {
    let members = members(model, contract, action);
    let context = |auth: &Auth| entity::Context { model, contract, entity: auth.user, names };
    let mut schema = model.auth.as_ref().map_or_else(|| map([]), |auth| context(auth).body(&members, true));
    let passwords = PASSWORDS.map(|(name, words)| (name, contract.limits.password(words)));
    for (name, secret) in passwords.into_iter().chain([("refresh_token", REFRESH_TOKEN.to_owned())]) {
        if let Some(example) = schema.pointer_mut(&format!("/examples/0/{}", contract.naming.wire(name))) {
            *example = secret.into();
        }
    }
    schema
}
