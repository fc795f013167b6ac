//! Bodies of the login.

use super::{Body, Detail, Member, Stored, Writing, object};
use crate::contract::{Admission, AuthAction, Contract, Source, Value};
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

/// A password and the one that takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordChange {
    /// The one that should be valid now.
    pub current: String,
    /// The one that will be.
    pub new: String,
}

/// The members of an action's body, in order; none where it has no body.
pub fn members(model: &Model, contract: &Contract, action: AuthAction) -> Vec<Member> {
    let required = |name: &str, source, scalar| Member {
        wire: contract.naming.wire(name),
        source,
        value: Value::One(scalar),
        nullable: false,
        required: true,
    };
    let email = || required("email", Some(Source::Email), Scalar::Email);
    let string =
        |name, min, max| required(name, None, Scalar::String { length: Range { min, max }, form: Form::default() });
    let limits = &contract.limits;
    match action {
        AuthAction::Register => {
            let account = [email(), string("password", limits.password_min, limits.password_max)];
            account.into_iter().chain(own(model, contract, Writing::Create)).collect()
        }
        // A password that is too short today may date from a time when it was not.
        AuthAction::Login => vec![email(), string("password", 1, limits.password_max)],
        AuthAction::Refresh | AuthAction::Logout => vec![string("refresh_token", 1, REFRESH_TOKEN_MAX)],
        AuthAction::Me => Vec::new(),
        AuthAction::UpdateMe => own(model, contract, Writing::Update),
        AuthAction::ChangePassword => {
            let new = string("new_password", limits.password_min, limits.password_max);
            vec![string("current_password", 1, limits.password_max), new]
        }
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
    Ok(text(&contract.naming.wire("refresh_token"), &object::read(&members, body, contract.limits.details)?))
}

/// Reads the body of a change of password.
pub fn password_change(model: &Model, contract: &Contract, body: &Body) -> Result<PasswordChange, Vec<Detail>> {
    let members = members(model, contract, AuthAction::ChangePassword);
    let values = object::read(&members, body, contract.limits.details)?;
    let text = |name| text(&contract.naming.wire(name), &values);
    Ok(PasswordChange { current: text("current_password"), new: text("new_password") })
}

/// What users may write of their own rows. Whoever registers is nobody yet, and may not do what roles may.
fn own(model: &Model, contract: &Contract, writing: Writing) -> Vec<Member> {
    let Some(auth) = &model.auth else { return Vec::new() };
    let inputs = writing.inputs(contract.resource(auth.user)).iter();
    let given = inputs.filter(|input| writing != Writing::Create || input.write == Admission::Anyone);
    given.map(|input| writing.member(input)).collect()
}

/// The text of a required string.
fn text(wire: &str, values: &[(&Member, Stored)]) -> String {
    match values.iter().find(|(member, _)| member.wire == wire) {
        Some((_, Stored::Literal(Literal::String(text)))) => text.clone(),
        _ => String::new(),
    }
}
