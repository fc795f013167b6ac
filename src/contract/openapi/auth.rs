//! The schemas of the login.

use serde_json::{Value as Json, json};

use super::names::{Names, Shape, Shared};
use super::{entity, schema};
use crate::contract::validate::members;
use crate::contract::{AuthAction, Contract};
use crate::model::Model;

/// What stands for secrets in examples.
const SECRETS: [(&str, &str); 2] =
    [("password", "correct horse battery staple"), ("refreshToken", "w3Zf0q8mS1yB6nKc2vXh9tLr4pJd7aGu5eEo0iTsQxY")];

/// The bodies and the session, by name.
pub(super) fn schemas(model: &Model, contract: &Contract, names: &Names) -> Vec<(String, Json)> {
    let Some(auth) = &model.auth else { return Vec::new() };
    let user = model.entity(auth.user);
    let body = |shared, action| {
        let mut schema = entity::body(user, &members(model, contract, action), true, names);
        for (name, secret) in SECRETS {
            if let Some(example) = schema["examples"][0].get_mut(name) {
                *example = secret.into();
            }
        }
        (names.shared(shared), schema)
    };
    let token = || json!({"type": "string"});
    let expiry = json!({
        "type": "integer",
        "minimum": 1,
        "description": "The seconds for which the access token is valid.",
    });
    let session = schema::whole([
        ("user", names.entity_reference(&user.name, Shape::Row)),
        ("accessToken", token()),
        ("refreshToken", token()),
        ("expiresIn", expiry),
    ]);
    vec![
        body(Shared::Registration, AuthAction::Register),
        body(Shared::Credentials, AuthAction::Login),
        body(Shared::RefreshToken, AuthAction::Refresh),
        (names.shared(Shared::Session), session),
    ]
}
