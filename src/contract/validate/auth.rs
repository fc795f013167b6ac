//! Bodies of the login.

use super::{Body, Detail, Member, Stored, Writing, object};
use crate::contract::{AuthAction, Contract, Source, Value};
use crate::model::{Literal, Model, Range, Scalar};

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
    let required = |wire: &str, scalar| Member {
        wire: wire.to_owned(),
        value: Value::One(scalar),
        nullable: false,
        required: true,
    };
    let email = || required("email", Scalar::Email);
    let string = |wire, min, max| required(wire, Scalar::String { length: Range { min, max } });
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
    let mut values = read(model, contract, AuthAction::Register, body)?.into_iter();
    let (email, password) = (text(values.next()), text(values.next()));
    let user = model.auth.as_ref().map(|auth| contract.resource(auth.user));
    let sources = user.into_iter().flat_map(|user| Writing::Create.inputs(user)).map(|input| input.property.source);
    let fields = sources.zip(values).filter_map(|(source, value)| Some((source, value?))).collect();
    Ok(Registration { email, password, fields })
}

/// Reads the body of a login.
pub fn credentials(model: &Model, contract: &Contract, body: &Body) -> Result<Credentials, Vec<Detail>> {
    let mut values = read(model, contract, AuthAction::Login, body)?.into_iter();
    Ok(Credentials { email: text(values.next()), password: text(values.next()) })
}

/// Reads the token in the body of a refresh or a logout.
pub fn refresh_token(model: &Model, contract: &Contract, body: &Body) -> Result<String, Vec<Detail>> {
    Ok(text(read(model, contract, AuthAction::Refresh, body)?.into_iter().next()))
}

fn declared(model: &Model, contract: &Contract) -> Vec<Member> {
    model.auth.as_ref().map_or_else(Vec::new, |auth| Writing::Create.members(contract.resource(auth.user)))
}

fn read(
    model: &Model,
    contract: &Contract,
    action: AuthAction,
    body: &Body,
) -> Result<Vec<Option<Stored>>, Vec<Detail>> {
    object::read(&members(model, contract, action), body, contract.limits.details)
}

/// The text of a member that is a required string, as every one this is asked of.
fn text(value: Option<Option<Stored>>) -> String {
    match value.flatten() {
        Some(Stored::Literal(Literal::String(text))) => text,
        _ => String::new(),
    }
}
