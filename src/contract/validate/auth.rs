//! Bodies of the login.

use super::{Body, Detail, Member, Stored, Writing, object};
use crate::contract::{AuthAction, Contract, Source, Value};
use crate::model::{Form, Literal, Model, Range, Scalar};

/// The longest refresh token that is looked up.
const REFRESH_TOKEN_MAX: u32 = 512;

/// A new account.
#[derive(Debug, Clone, PartialEq)]
pub struct Registration {
    /// The address, in lower case.
    pub email: String,
    /// The password as it was given.
    pub password: String,
    /// The fields that the spec declares.
    pub fields: Vec<(Source, Stored)>,
}

/// An account's address and what should be its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The address, in lower case.
    pub email: String,
    /// The password as it was given.
    pub password: String,
}

/// The members of an action's body, in order; none where it has no body.
pub fn members(model: &Model, contract: &Contract, action: AuthAction) -> Vec<Member> {
    let required = |wire: &str, source, scalar| Member {
        wire: wire.to_owned(),
        source,
        value: Value::One(scalar),
        nullable: false,
        required: true,
    };
    let email = || required("email", Some(Source::Email), Scalar::Email);
    let string =
        |wire, min, max| required(wire, None, Scalar::String { length: Range { min, max }, form: Form::default() });
    let limits = &contract.limits;
    match action {
        AuthAction::Register => {
            let account = [email(), string("password", limits.password_min, limits.password_max)];
            account.into_iter().chain(declared(model, contract)).collect()
        }
        // A password that is too short today may date from a time when it was not.
        AuthAction::Login => vec![email(), string("password", 1, limits.password_max)],
        AuthAction::Refresh | AuthAction::Logout => vec![string("refreshToken", 1, REFRESH_TOKEN_MAX)],
        AuthAction::Me => Vec::new(),
    }
}

/// Reads the body of a registration.
pub fn registration(model: &Model, contract: &Contract, body: &Body) -> Result<Registration, Vec<Detail>> {
    let members = members(model, contract, AuthAction::Register);
    let values = object::read(&members, body, contract.limits.details)?;
    let (email, password) = (text("email", &values), text("password", &values));
    let is_field = |source: &Source| matches!(source, Source::Field(_));
    let fields = object::sourced(values).into_iter().filter(|(source, _)| is_field(source)).collect();
    Ok(Registration { email, password, fields })
}

/// Reads the body of a login.
pub fn credentials(model: &Model, contract: &Contract, body: &Body) -> Result<Credentials, Vec<Detail>> {
    let members = members(model, contract, AuthAction::Login);
    let values = object::read(&members, body, contract.limits.details)?;
    Ok(Credentials { email: text("email", &values), password: text("password", &values) })
}

/// Reads the token in the body of a refresh or a logout.
pub fn refresh_token(model: &Model, contract: &Contract, body: &Body) -> Result<String, Vec<Detail>> {
    let members = members(model, contract, AuthAction::Refresh);
    Ok(text("refreshToken", &object::read(&members, body, contract.limits.details)?))
}

fn declared(model: &Model, contract: &Contract) -> Vec<Member> {
    model.auth.as_ref().map_or_else(Vec::new, |auth| Writing::Create.members(contract.resource(auth.user)))
}

/// The text of a required string.
fn text(wire: &str, values: &[(&Member, Stored)]) -> String {
    match values.iter().find(|(member, _)| member.wire == wire) {
        Some((_, Stored::Literal(Literal::String(text)))) => text.clone(),
        _ => String::new(),
    }
}
