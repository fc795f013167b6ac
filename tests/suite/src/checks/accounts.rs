//! Registering and logging in.

use backsmith::contract::{Admission, AuthAction, Caller, Input, Source, Value, in_checks, property};
use backsmith::model::{EntityId, Field, Scalar};
use backsmith::reference::{Request, Response};
use serde_json::{Map, Value as Json, json};

use super::access::{same, same_names, same_open_names};
use super::bodies::wants_unknown;
use super::copied_accounts::{going_together, register_copies};
use super::http::{NOBODY, users};
use super::unfit_accounts::{fitted, register_unfit};
use super::writes::is_unique;
use crate::expectations::keys;
use crate::scene::{Asker, RowId, body_of};
use crate::suite::{Found, Suite};
use crate::values;

/// How many rows a set is given, where it may have as many.
const SOME: u32 = 2;

pub(super) fn run(suite: &mut Suite) {
    let guards = account(suite).map(|user| suite.contract.plan.fields_of(user)).into_iter().flatten();
    let guards = guards.map(|guard| guard.id.to_string()).chain(guards_of_sets(suite)).collect();
    suite.check("accounts.register", guards, register_whole);
    suite.check("accounts.register.taken", Vec::new(), register_taken);
    suite.check("accounts.register.invalid", Vec::new(), register_invalid);
    suite.check("accounts.register.protected", Vec::new(), register_protected);
    let guards = account(suite).map(|user| suite.contract.plan.checks_of(user)).into_iter().flatten();
    let guards = guards.map(|guard| guard.id.to_string()).collect();
    suite.check("accounts.register.unfit", guards, register_unfit);
    if account(suite).is_ok_and(|user| suite.model.entity(user).fields.iter().any(|field| field.copied().is_some())) {
        suite.check("accounts.register.copies", guards_of_registering(suite), register_copies);
    }
    suite.check("accounts.login.refused", Vec::new(), login_refused);
    suite.check("accounts.login.every-byte-counts", Vec::new(), every_byte_counts);
    suite.check("accounts.login.invalid", Vec::new(), login_invalid);
    suite.check("accounts.authorization-ignored", Vec::new(), authorization_ignored);
    suite.check("accounts.me", Vec::new(), me);
}

/// The guards that let whoever registers name rows, and what shows them to new users.
fn guards_of_registering(suite: &Suite) -> Vec<String> {
    account(suite).map(|user| suite.guards(user, &[])).unwrap_or_default()
}

/// The guards that let users name rows of their sets.
pub(super) fn guards_of_sets(suite: &Suite) -> Vec<String> {
    let fields = account(suite).map(|user| &suite.model.entity(user).fields).into_iter().flatten();
    let named = fields.filter_map(|field| Some(field.many()?.to));
    named.flat_map(|to| suite.guards(to, &[])).collect()
}

/// What a registration may tell beside address and password.
pub(super) fn members(suite: &Suite) -> Found<Vec<Input>> {
    let inputs = suite.contract.resource(account(suite)?).create.iter();
    Ok(inputs.filter(|input| input.write == Admission::Anyone).cloned().collect())
}

/// A new account: its body, and the session in the answer.
pub(super) struct Registered {
    pub(super) body: Map<String, Json>,
    pub(super) session: Session,
}

/// What an answer tells of a session.
pub(super) struct Session {
    pub(super) user: Json,
    pub(super) access_token: String,
    pub(super) refresh_token: String,
}

impl Registered {
    pub(super) fn id(&self) -> &str {
        self.session.user["id"].as_str().unwrap_or_default()
    }

    /// The body that logs in.
    pub(super) fn credentials(&self) -> Json {
        json!({ "email": self.body["email"], "password": self.body["password"] })
    }
}

/// Registers somebody new.
pub(super) fn register(suite: &mut Suite, password: &str) -> Found<Registered> {
    let body = registration(suite, password)?;
    register_with(suite, body)
}

/// Registers whoever this body tells of.
pub(super) fn register_with(suite: &mut Suite, body: Map<String, Json>) -> Found<Registered> {
    let response = suite.expect(&auth(suite, AuthAction::Register).json(&Json::Object(body.clone())), 201)?;
    let session = session(suite, &response)?;
    suite.secrets.extend(body["password"].as_str().map(str::to_owned));
    Ok(Registered { body, session })
}

/// The session in an answer, which no cache may keep.
pub(super) fn session(suite: &mut Suite, response: &Response) -> Found<Session> {
    if response.get("cache-control") != Some("no-store") {
        return Err(format!("a session with cache-control {:?}", response.get("cache-control")));
    }
    let session = response.json().unwrap_or_default()["data"].clone();
    let [access, expiry, refresh] = ["access_token", "expires_in", "refresh_token"].map(|name| suite.name(name));
    if keys(&session) != [&access, &expiry, &refresh, "user"] {
        return Err(format!("a session with {:?}", keys(&session)));
    }
    if session[&expiry] != suite.contract.limits.access_token_seconds {
        return Err(format!("a session that expires in {}", session[&expiry]));
    }
    same_open_names(suite, account(suite)?, &session["user"])?;
    let token = |name: &str| session[name].as_str().map(str::to_owned).ok_or("a session without tokens");
    let (access_token, refresh_token) = (token(&access)?, token(&refresh)?);
    suite.secrets.extend([access_token.clone(), refresh_token.clone()]);
    Ok(Session { user: session["user"].clone(), access_token, refresh_token })
}

/// The body that goes on with a session, or ends it.
pub(super) fn refresh_body(suite: &Suite, token: impl Into<Json>) -> Json {
    json!({ suite.name("refresh_token"): token.into() })
}

pub(super) fn auth(suite: &Suite, action: AuthAction) -> Request {
    Request::new(action.method().as_str(), &format!("{}/auth/{}", suite.contract.base, action.segment()))
}

pub(super) fn account(suite: &Suite) -> Found<EntityId> {
    suite.model.auth.as_ref().map(|auth| auth.user).ok_or_else(|| "no login".to_owned())
}

pub(super) fn registration(suite: &mut Suite, password: &str) -> Found<Map<String, Json>> {
    let entity = account(suite)?;
    suite.registered += 1;
    let mut body = Map::new();
    body.insert("email".to_owned(), json!(format!("new{}@example.com", suite.registered)));
    body.insert("password".to_owned(), json!(suite.contract.limits.password(password)));
    let inputs = suite.contract.resource(entity).create.iter().filter(|input| input.required);
    for input in inputs {
        let value = match input.refers_to {
            Some(to) => named(suite, entity, input, to)?,
            None => suite.fresh(entity, input),
        };
        body.insert(input.property.wire.clone(), value);
    }
    completed(suite, entity, body, |_| true)
}

/// A registration with values that go together; where what users begin with does not go with what they copy, it says
/// more.
pub(super) fn completed(
    suite: &mut Suite,
    user: EntityId,
    mut body: Map<String, Json>,
    says: impl Fn(&Field) -> bool,
) -> Found<Map<String, Json>> {
    if let Ok(fitted) = fitted(suite, user, &body) {
        return Ok(fitted);
    }
    let declared = suite.model.entity(user);
    for id in in_checks(declared).into_iter().filter(|id| says(declared.field(*id))) {
        let mut told = members(suite)?.into_iter();
        let Some(input) = told.find(|input| input.property.source == Source::Field(id)) else { continue };
        if !body.contains_key(&input.property.wire) {
            let value = suite.fresh(user, &input);
            body.insert(input.property.wire.clone(), value);
        }
    }
    fitted(suite, user, &body)
}

/// What an input of an entity holds that names rows of another: as many as there must be.
fn named(suite: &mut Suite, of: EntityId, input: &Input, to: EntityId) -> Found<Json> {
    match &input.property.value {
        Value::Keys { count } => several_known(suite, to, count.min),
        _ => Ok(json!(known_to_all(suite, of, input, to)?)),
    }
}

/// A set of so many rows that whoever registers may refer to.
fn several_known(suite: &mut Suite, to: EntityId, number: u32) -> Found<Json> {
    let mut ids = Vec::new();
    for row in readable(suite, to).into_iter().take(number as usize) {
        ids.push(known_id(suite, row)?);
    }
    if ids.len() < number as usize {
        return Err("too few rows that everybody may refer to".to_owned());
    }
    ids.sort_unstable();
    Ok(json!(ids))
}

/// The id of a row that whoever registers may refer to; where none was seeded, of one that anybody makes.
fn known_to_all(suite: &mut Suite, of: EntityId, input: &Input, to: EntityId) -> Found<String> {
    let rows = readable(suite, to);
    let row = going_together(suite, of, input, &rows).or(rows.first().copied());
    known_id(suite, row.ok_or("no row that everybody may refer to")?)
}

fn known_id(suite: &mut Suite, row: RowId) -> Found<String> {
    match suite.id(row) {
        "" => made_by_anyone(suite, row),
        id => Ok(id.to_owned()),
    }
}

/// Makes a row like a planned one, after those that it must refer to.
fn made_by_anyone(suite: &mut Suite, row: RowId) -> Found<String> {
    let (entity, scene) = (suite.scene.row(row).entity, suite.scene);
    let inputs = suite.contract.resource(entity).create.iter();
    let inputs: Vec<&Input> = inputs.filter(|input| input.write.admits(&Caller::Anonymous)).collect();
    let plain = inputs.iter().copied().filter(|input| input.refers_to.is_none());
    let mut body = body_of(suite.model, scene, &suite.ids, scene.row(row), plain);
    for input in inputs.iter().filter(|input| input.required) {
        if let Some(to) = input.refers_to {
            body[&input.property.wire] = named(suite, entity, input, to)?;
        }
    }
    let request = Request::new("POST", suite.path(entity)).json(&body);
    let made = suite.expect(&request, 201)?.json().unwrap_or_default();
    let id = made["data"]["id"].as_str().map(str::to_owned).ok_or_else(|| "a row without an id".to_owned())?;
    suite.made.insert(id.clone(), made["data"].clone());
    Ok(id)
}

/// The rows that whoever registers may refer to.
pub(super) fn readable(suite: &Suite, to: EntityId) -> Vec<RowId> {
    let rows = suite.scene.rows_of(to).map(|(row, _)| row);
    rows.filter(|row| suite.scene.reads(suite.model, suite.contract, Asker::Anonymous, *row)).collect()
}

/// What those of these inputs hold that are sets: some of the seeded rows that whoever registers may refer to.
pub(super) fn sets(suite: &Suite, inputs: &[Input]) -> Map<String, Json> {
    let mut sets = Map::new();
    for input in inputs {
        let (Some(to), Value::Keys { count }) = (input.refers_to, &input.property.value) else { continue };
        let wanted = count.max.min(SOME.max(count.min)) as usize;
        let seeded = readable(suite, to).into_iter().map(|row| suite.id(row)).filter(|id| !id.is_empty());
        let mut ids: Vec<&str> = seeded.take(wanted).collect();
        if wanted > 0 && ids.len() == wanted {
            ids.sort_unstable();
            sets.insert(input.property.wire.clone(), json!(ids));
        }
    }
    sets
}

fn register_whole(suite: &mut Suite) -> Found {
    let mut body = registration(suite, "correct horse")?;
    let email = body["email"].clone();
    body.insert("email".to_owned(), json!(email.as_str().unwrap_or_default().to_uppercase()));
    let entity = account(suite)?;
    let told: Vec<Input> = members(suite)?.into_iter().filter(|input| input.refers_to.is_none()).collect();
    for input in &told {
        let value = suite.fresh(entity, input);
        body.insert(input.property.wire.clone(), value);
    }
    let sets = sets(suite, &members(suite)?);
    let told: Vec<String> = told.into_iter().map(|input| input.property.wire).chain(sets.keys().cloned()).collect();
    body.extend(sets);
    let body = fitted(suite, entity, &body)?;
    let response = suite.expect(&auth(suite, AuthAction::Register).json(&body.clone().into()), 201)?;
    let session = session(suite, &response)?;
    let default = suite.model.auth.as_ref().and_then(|auth| auth.default_role);
    same_names(suite, &Caller::User { role: default }, entity, &session.user)?;
    let role = default.map(|role| suite.model.roles()[role.0].name.snake());
    if session.user["email"] != email || session.user["role"] != json!(role) {
        return Err(format!("{body:?} became {}", session.user));
    }
    for name in &told {
        if session.user.get(name).is_some_and(|shown| !same(shown, &body[name])) {
            return Err(format!("{name} became {} instead of {}", session.user[name], body[name]));
        }
    }
    let me = suite.expect(&auth(suite, AuthAction::Me).bearer(&session.access_token), 200)?.json().unwrap_or_default();
    if me["data"] == session.user { Ok(()) } else { Err("the session's user is not who calls".to_owned()) }
}

fn register_taken(suite: &mut Suite) -> Found {
    let mut body = register(suite, "correct horse")?.body;
    let email = body["email"].as_str().unwrap_or_default().to_uppercase();
    for email in [body["email"].clone(), json!(email)] {
        body.insert("email".to_owned(), email);
        // Which of several values is told to be taken is for the database to choose.
        let entity = account(suite)?;
        let is_own = |input: &Input| input.refers_to.is_none() && is_unique(suite.model, entity, input);
        for input in members(suite)?.into_iter().filter(is_own) {
            let another = suite.fresh(entity, &input);
            body.insert(input.property.wire, another);
        }
        let request = auth(suite, AuthAction::Register).json(&body.clone().into());
        suite.expect_details(&request, 409, &[("email", "unique")])?;
    }
    // Where there is no such row either, the answer is about that.
    for naming in members(suite)?.into_iter().filter(|input| input.refers_to.is_some()) {
        let mut body = body.clone();
        body.insert(naming.property.wire.clone(), nobody(&naming));
        let request = auth(suite, AuthAction::Register).json(&body.into());
        suite.expect_details(&request, 409, &[(&naming.property.wire, "reference")])?;
    }
    Ok(())
}

/// What names a row that is not there, or as many of them as a set must have.
pub(super) fn nobody(input: &Input) -> Json {
    let id = |number: u32| format!("{}{number:04x}", &NOBODY[..NOBODY.len() - 4]);
    match &input.property.value {
        Value::Keys { count } => (0..count.min.max(1)).map(id).collect(),
        _ => json!(NOBODY),
    }
}

fn register_invalid(suite: &mut Suite) -> Found {
    let whole = registration(suite, "correct horse")?;
    let wants = |suite: &mut Suite, name: &str, value: Json, code: &str| {
        let mut body = whole.clone();
        body.insert(name.to_owned(), value);
        suite.expect_details(&auth(suite, AuthAction::Register).json(&body.into()), 400, &[(name, code)])
    };
    for (value, _, code) in values::invalid(&Value::One(Scalar::Email), false) {
        wants(suite, "email", value, code.as_str())?;
    }
    let (least, most) = (suite.contract.limits.password_min as usize, suite.contract.limits.password_max as usize);
    for length in [0, least - 1, most + 1] {
        wants(suite, "password", json!("😀".repeat(length)), "length")?;
    }
    for value in [json!(12_345_678), json!(null), json!(["correct horse"]), json!({ "$ne": "" })] {
        wants(suite, "password", value, "type")?;
    }
    let members = members(suite)?;
    let required = members.iter().filter(|input| input.required).map(|input| input.property.wire.as_str());
    for name in ["email", "password"].into_iter().chain(required) {
        let mut body = whole.clone();
        body.remove(name);
        suite.expect_details(&auth(suite, AuthAction::Register).json(&body.into()), 400, &[(name, "required")])?;
    }
    for property in members.iter().map(|input| &input.property) {
        for (value, path, code) in values::invalid(&property.value, property.nullable) {
            let mut body = whole.clone();
            body.insert(property.wire.clone(), value);
            let request = auth(suite, AuthAction::Register).json(&body.into());
            suite.expect_details(&request, 400, &[(&format!("{}{path}", property.wire), code.as_str())])?;
        }
    }
    register(suite, &"😀".repeat(least))?;
    register(suite, &"😀".repeat(most))?;
    Ok(())
}

fn register_protected(suite: &mut Suite) -> Found {
    let whole = registration(suite, "correct horse")?;
    // What is shown, and what is kept, but not told.
    let user = suite.model.entity(account(suite)?);
    let told: Vec<String> = members(suite)?.into_iter().map(|input| input.property.wire).collect();
    let kept = user.fields().map(|(id, field)| property(id, field).wire).filter(|name| !told.contains(name));
    for name in kept.chain(["id", "created_at", "updated_at"].map(|name| suite.name(name))) {
        let mut body = whole.clone();
        body.insert(name.clone(), json!("x"));
        wants_unknown(suite, &auth(suite, AuthAction::Register).json(&body.into()), &name)?;
    }
    for name in
        ["role", "roles", "isAdmin", "emailVerified", "disabled", "epoch", "passwordHash", "password_hash", "token"]
    {
        let mut body = whole.clone();
        let role = suite.model.roles().first().map_or("admin", |role| role.name.snake());
        body.insert(name.to_owned(), json!(role));
        wants_unknown(suite, &auth(suite, AuthAction::Register).json(&body.into()), name)?;
    }
    Ok(())
}

fn login_refused(suite: &mut Suite) -> Found {
    let known = register(suite, "correct horse")?;
    let login = auth(suite, AuthAction::Login);
    let ask = |suite: &mut Suite, email: &Json, password: &str| {
        suite.expect(&login.clone().json(&json!({ "email": email, "password": password })), 401)
    };
    let wrong = ask(suite, &known.body["email"], "incorrect horse")?;
    let password = known.body["password"].as_str().unwrap_or_default();
    let unknown = ask(suite, &json!("nobody.has.this@example.com"), password)?;
    if wrong.body != unknown.body {
        return Err("unknown addresses can be told from known ones".to_owned());
    }
    let longest = suite.contract.limits.password_max as usize;
    let (first, rest) = password.split_at(1);
    let near = [
        first.to_uppercase() + rest,
        format!("{password} "),
        format!(" {password}"),
        rest.to_owned(),
        first.to_owned(),
    ];
    for password in near.iter().filter(|near| near.len() <= longest) {
        ask(suite, &known.body["email"], password)?;
    }
    let response = suite.expect(&login.json(&known.credentials()), 200)?;
    session(suite, &response).map(|_| ())
}

fn every_byte_counts(suite: &mut Suite) -> Found {
    // As long as can be: more bytes than old hashes look at.
    let length = suite.contract.limits.password_max as usize;
    let password = "é".repeat(length - 1) + "x";
    let known = register(suite, &password)?;
    let login = auth(suite, AuthAction::Login);
    let other = "é".repeat(length - 1) + "y";
    suite.expect(&login.clone().json(&json!({ "email": known.body["email"], "password": other })), 401)?;
    suite.expect(&login.json(&known.credentials()), 200)?;
    Ok(())
}

fn login_invalid(suite: &mut Suite) -> Found {
    let login = auth(suite, AuthAction::Login);
    let longest = (suite.contract.limits.body_bytes as usize / 2).min(100_000);
    let most = suite.contract.limits.password_max as usize;
    let bodies = [
        (json!({}), vec![("email", "required"), ("password", "required")]),
        (json!({ "email": "a@example.com" }), vec![("password", "required")]),
        (json!({ "email": { "$ne": null }, "password": "correct horse" }), vec![("email", "type")]),
        (json!({ "email": "a@example.com", "password": { "$ne": "" } }), vec![("password", "type")]),
        (json!({ "email": "a", "password": "correct horse" }), vec![("email", "pattern")]),
        (json!({ "email": "a@example.com", "password": "x".repeat(longest) }), vec![("password", "length")]),
        (json!({ "email": "a@example.com", "password": "😀".repeat(most + 1) }), vec![("password", "length")]),
    ];
    for (body, details) in bodies {
        suite.expect_details(&login.clone().json(&body), 400, &details)?;
    }
    Ok(())
}

/// The ways to a session do not look at an older one.
fn authorization_ignored(suite: &mut Suite) -> Found {
    let known = register(suite, "correct horse")?;
    let refresh = refresh_body(suite, known.session.refresh_token.as_str());
    let asks = [
        (AuthAction::Login, known.credentials(), 200),
        (AuthAction::Refresh, refresh.clone(), 200),
        (AuthAction::Logout, refresh, 204),
    ];
    for (action, body, status) in asks {
        suite.expect(&auth(suite, action).json(&body).bearer("garbage"), status)?;
    }
    let new = registration(suite, "correct horse")?;
    suite.expect(&auth(suite, AuthAction::Register).json(&new.into()).bearer("garbage"), 201)?;
    Ok(())
}

fn me(suite: &mut Suite) -> Found {
    suite.expect(&auth(suite, AuthAction::Me), 401)?;
    for asker in users(suite) {
        let Asker::Account(row) = asker else { continue };
        let request = suite.by(asker, auth(suite, AuthAction::Me));
        let response = suite.expect(&request, 200)?;
        if response.get("cache-control") != Some("no-store") {
            return Err("the calling user may be kept by caches".to_owned());
        }
        super::access::same_row(suite, row, &response.json().unwrap_or_default()["data"])?;
        suite.expect(&Request { target: format!("{}?nothing=1", request.target), ..request }, 400)?;
    }
    Ok(())
}
