//! What users change of their own accounts.

use backsmith::contract::{
    Action, Admission, AuthAction, Caller, FieldAccess, Input, KnownFacts, Source, Verb, expect,
};
use backsmith::model::{AccessOperation, Field, FieldId, Type};
use backsmith::reference::Request;
use serde_json::{Map, Value as Json, json};

use super::accounts::{Registered, auth, guards_of_sets, nobody, refresh_body, register, session, sets};
use super::unfit_accounts::change_unfit;
use super::writes::noticed;
use crate::scene::starting_values;
use crate::suite::{Found, Suite};
use crate::values;

/// What the password of a new account begins with, and what the one begins with that takes its place.
const OLD: &str = "correct horse";
const NEW: &str = "another horse";

/// Both passwords, as long as they must be.
fn both(suite: &Suite) -> [String; 2] {
    [OLD, NEW].map(|words| suite.contract.limits.password(words))
}

/// Changes at the same time.
const TOGETHER: usize = 20;

pub(super) fn run(suite: &mut Suite) {
    let actions = offered(suite);
    if actions.contains(&AuthAction::ChangePassword) {
        suite.check("accounts.password.change", Vec::new(), password_change);
        suite.check("accounts.password.wrong", Vec::new(), password_wrong);
        suite.check("accounts.password.invalid", Vec::new(), password_invalid);
        suite.check("accounts.password.ends", Vec::new(), password_ends);
        suite.check("accounts.password.anonymous", Vec::new(), password_anonymous);
        suite.check("accounts.password.together", Vec::new(), password_together);
    }
    if actions.contains(&AuthAction::UpdateMe) {
        let guards = guards(suite);
        suite.check("accounts.me.anonymous", Vec::new(), |suite| {
            suite.expect(&auth(suite, AuthAction::UpdateMe).json(&json!({})), 401).map(|_| ())
        });
        if let Some(status) = refusal(suite) {
            suite.check("accounts.me.refused", guards, |suite| me_refused(suite, status));
            return;
        }
        suite.check("accounts.me.change", guards.clone(), me_change);
        suite.check("accounts.me.nothing", guards.clone(), me_nothing);
        suite.check("accounts.me.invalid", guards.clone(), me_invalid);
        suite.check("accounts.me.protected", guards.clone(), me_protected);
        suite.check("accounts.me.forbidden", guards.clone(), me_forbidden);
        suite.check("accounts.me.unfit", guards.clone(), change_unfit);
        suite.check("accounts.me.taken", guards.clone(), me_taken);
        suite.check("accounts.me.dangling", guards, me_dangling);
    }
}

/// The guards that users pass who change their own rows.
pub(super) fn guards(suite: &Suite) -> Vec<String> {
    let user = suite.model.auth.as_ref().map(|auth| auth.user);
    let changed = user.filter(|user| suite.contract.verb(*user, Verb::Patch).is_some());
    changed.map_or_else(|| guards_of_sets(suite), |user| suite.guards(user, &[AccessOperation::Update]))
}

/// The status that the rules of users answer a new one with who changes nothing of oneself; `None` where they let one.
fn refusal(suite: &Suite) -> Option<u16> {
    let auth = suite.model.auth.as_ref()?;
    let user = suite.model.entity(auth.user);
    let start = starting_values(suite.model, auth.user);
    let literal = |(id, field): (FieldId, &Field)| match &field.ty {
        Type::Scalar(scalar) => Some((id, values::literal(scalar, start.get(&id)?)?)),
        Type::List { .. } | Type::Reference(_) | Type::Many(_) => None,
    };
    let facts = KnownFacts {
        me: true,
        values: user.fields().filter_map(literal).collect(),
        nulls: start.iter().filter(|(_, value)| value.is_null()).map(|(id, _)| *id).collect(),
        ..KnownFacts::default()
    };
    let caller = Caller::User { role: auth.default_role };
    let expected = expect(&suite.contract.plan, auth.user, Verb::Patch, &caller, &facts, &facts);
    (expected.status != 200).then_some(expected.status)
}

/// Whoever may not change one's own row is told so, whatever the body.
fn me_refused(suite: &mut Suite, status: u16) -> Found {
    let known = register(suite, OLD)?;
    for body in [json!({}), json!({ "nothing": 1 })] {
        suite.expect(&update_me(suite, &known, &body), status)?;
    }
    if me_of(suite, &known)? == known.session.user { Ok(()) } else { Err("a refused change happened".to_owned()) }
}

/// What only others may write is refused.
fn me_forbidden(suite: &mut Suite) -> Found {
    let auth = suite.model.auth.as_ref().ok_or("no login")?;
    let (user, caller) = (auth.user, Caller::User { role: auth.default_role });
    let known = register(suite, OLD)?;
    let inputs = suite.contract.resource(user).update.iter();
    let plan = &suite.contract.plan;
    let is_refused = |input: &&Input| input.refers_to.is_none() && !plan.may_ever_give(user, input, &caller);
    let inputs: Vec<Input> = inputs.filter(is_refused).cloned().collect();
    for input in inputs {
        let wire = input.property.wire.clone();
        let value = suite.fresh(user, &input);
        let request = update_me(suite, &known, &json!({ wire.as_str(): value }));
        suite.expect_details(&request, 403, &[(&wire, "forbidden")])?;
    }
    if me_of(suite, &known)? == known.session.user { Ok(()) } else { Err("a refused change happened".to_owned()) }
}

/// What the API offers to do with a login.
pub(super) fn offered(suite: &Suite) -> Vec<AuthAction> {
    let action = |action| match action {
        Action::Auth(action) => Some(action),
        _ => None,
    };
    suite.contract.operations.iter().filter_map(|operation| action(operation.action)).collect()
}

/// The body that changes a password.
fn passwords(suite: &Suite, current: impl Into<Json>, new: &str) -> Json {
    json!({ suite.name("current_password"): current.into(), suite.name("new_password"): new })
}

fn change(suite: &Suite, known: &Registered, current: &str, new: &str) -> Request {
    let body = passwords(suite, current, new);
    auth(suite, AuthAction::ChangePassword).bearer(&known.session.access_token).json(&body)
}

/// All sessions end and all access tokens; the new session is another one, and only the new password opens more.
fn password_change(suite: &mut Suite) -> Found {
    let known = register(suite, OLD)?;
    let login = auth(suite, AuthAction::Login);
    let answer = suite.expect(&login.clone().json(&known.credentials()), 200)?;
    let other = session(suite, &answer)?;
    let [old, new_password] = both(suite);
    let answer = suite.expect(&change(suite, &known, &old, &new_password), 200)?;
    suite.secrets.push(new_password.clone());
    let new = session(suite, &answer)?;
    if new.user["id"] != known.id() {
        return Err("the new session is another user's".to_owned());
    }
    let me = auth(suite, AuthAction::Me);
    for dead in [&known.session, &other] {
        suite.expect(&me.clone().bearer(&dead.access_token), 401)?;
        let request = auth(suite, AuthAction::Refresh).json(&refresh_body(suite, dead.refresh_token.as_str()));
        suite.expect(&request, 401)?;
    }
    suite.expect(&me.bearer(&new.access_token), 200)?;
    let request = auth(suite, AuthAction::Refresh).json(&refresh_body(suite, new.refresh_token.as_str()));
    let answer = suite.expect(&request, 200)?;
    session(suite, &answer)?;
    suite.expect(&login.clone().json(&known.credentials()), 401)?;
    let credentials = json!({ "email": known.body["email"], "password": new_password });
    let answer = suite.expect(&login.json(&credentials), 200)?;
    session(suite, &answer).map(|_| ())
}

fn password_wrong(suite: &mut Suite) -> Found {
    let known = register(suite, OLD)?;
    let current = suite.name("current_password");
    let [_, new] = both(suite);
    for wrong in [&new, "Correct horse", "c"] {
        suite.expect_details(&change(suite, &known, wrong, &new), 409, &[(&current, "mismatch")])?;
    }
    suite.expect(&auth(suite, AuthAction::Me).bearer(&known.session.access_token), 200)?;
    suite.expect(&auth(suite, AuthAction::Login).json(&known.credentials()), 200).map(|_| ())
}

fn password_invalid(suite: &mut Suite) -> Found {
    let known = register(suite, OLD)?;
    let [old, fresh] = both(suite);
    let [current, new, id] = ["current_password", "new_password", "user_id"].map(|name| suite.name(name));
    let (least, most) = (suite.contract.limits.password_min as usize, suite.contract.limits.password_max as usize);
    for length in [0, least - 1, most + 1] {
        let request = change(suite, &known, &old, &"😀".repeat(length));
        suite.expect_details(&request, 400, &[(&new, "length")])?;
    }
    let bare = auth(suite, AuthAction::ChangePassword).bearer(&known.session.access_token);
    let bodies = [
        (json!({}), vec![(current.as_str(), "required"), (&new, "required")]),
        (passwords(suite, json!({ "$ne": "" }), &fresh), vec![(&current, "type")]),
        (json!({ &current: old, &new: fresh, &id: known.id() }), vec![(&id, "unknown")]),
    ];
    for (body, details) in bodies {
        suite.expect_details(&bare.clone().json(&body), 400, &details)?;
    }
    suite.expect(&auth(suite, AuthAction::Login).json(&known.credentials()), 200).map(|_| ())
}

/// The shortest password and the longest one, of characters that are several bytes and several units of UTF-16.
fn password_ends(suite: &mut Suite) -> Found {
    let mut known = register(suite, OLD)?;
    let limits = suite.contract.limits;
    for length in [limits.password_min, limits.password_max] {
        let new = "😀".repeat(length as usize);
        let old = known.body["password"].as_str().unwrap_or_default();
        let answer = suite.expect(&change(suite, &known, old, &new), 200)?;
        known.session = session(suite, &answer)?;
        known.body.insert("password".to_owned(), json!(new));
        suite.expect(&auth(suite, AuthAction::Login).json(&known.credentials()), 200)?;
    }
    Ok(())
}

fn password_anonymous(suite: &mut Suite) -> Found {
    let [old, new] = both(suite);
    let body = passwords(suite, old, &new);
    let request = auth(suite, AuthAction::ChangePassword).json(&body);
    for request in [request.clone(), request.bearer("garbage")] {
        suite.expect(&request, 401)?;
    }
    Ok(())
}

/// Of many changes at once one happens; its session lives, and no other was begun.
fn password_together(suite: &mut Suite) -> Found {
    let known = register(suite, OLD)?;
    let [old, new] = both(suite);
    let request = change(suite, &known, &old, &new);
    let mut begun = Vec::new();
    for answer in suite.system.send_together(&vec![request; TOGETHER]) {
        let answer = answer.map_err(|failure| failure.to_string())?;
        match answer.status {
            200 => begun.push(answer.json().unwrap_or_default()["data"][suite.name("access_token")].clone()),
            401 | 409 => {}
            status => return Err(format!("{status} to one of several changes at once")),
        }
    }
    let [token] = begun.as_slice() else { return Err(format!("{} changes happened", begun.len())) };
    suite.expect(&auth(suite, AuthAction::Me).bearer(token.as_str().unwrap_or_default()), 200).map(|_| ())
}

/// What every user may change of oneself, but for references.
fn plain(suite: &Suite) -> Vec<Input> {
    free(suite).into_iter().filter(|input| input.refers_to.is_none()).collect()
}

/// What every user may change of oneself.
fn free(suite: &Suite) -> Vec<Input> {
    let Some(auth) = &suite.model.auth else { return Vec::new() };
    let noticed = noticed(suite, auth.user);
    let of_all = |input: &&Input| {
        let guard = suite.contract.plan.field(auth.user, input.property.source, FieldAccess::Read);
        let is_free = input.write == Admission::Anyone && !noticed.contains(&input.property.source);
        is_free && guard.is_none()
    };
    suite.contract.resource(auth.user).update.iter().filter(of_all).cloned().collect()
}

pub(super) fn update_me(suite: &Suite, known: &Registered, body: &Json) -> Request {
    auth(suite, AuthAction::UpdateMe).bearer(&known.session.access_token).json(body)
}

pub(super) fn me_of(suite: &mut Suite, known: &Registered) -> Found<Json> {
    let request = auth(suite, AuthAction::Me).bearer(&known.session.access_token);
    Ok(suite.expect(&request, 200)?.json().unwrap_or_default()["data"].clone())
}

/// A change shows in the answer and stays; nothing else changes.
fn me_change(suite: &mut Suite) -> Found {
    let user = suite.model.auth.as_ref().map(|auth| auth.user).ok_or("no login")?;
    let known = register(suite, OLD)?;
    let mut changes = Map::new();
    for input in plain(suite) {
        let value = suite.fresh(user, &input);
        changes.insert(input.property.wire.clone(), value);
    }
    changes.extend(sets(suite, &free(suite)));
    let response = suite.expect(&update_me(suite, &known, &changes.clone().into()), 200)?;
    if response.get("cache-control") != Some("no-store") {
        return Err("the changed user may be kept by caches".to_owned());
    }
    let data = response.json().unwrap_or_default()["data"].clone();
    if me_of(suite, &known)? != data {
        return Err("the answer is not what is stored".to_owned());
    }
    let updated_at = suite.name("updated_at");
    for (name, before) in known.session.user.as_object().into_iter().flatten() {
        let expected = changes.get(name).unwrap_or(before);
        if *name != updated_at && expected != &data[name] {
            return Err(format!("{name} became {} instead of {expected}", data[name]));
        }
    }
    if changes.is_empty() || data[&updated_at] != known.session.user[&updated_at] {
        return Ok(());
    }
    Err(format!("{updated_at} stays the same"))
}

fn me_nothing(suite: &mut Suite) -> Found {
    let known = register(suite, OLD)?;
    suite.expect(&update_me(suite, &known, &json!({})), 200)?;
    if me_of(suite, &known)? == known.session.user { Ok(()) } else { Err("nothing changed something".to_owned()) }
}

fn me_invalid(suite: &mut Suite) -> Found {
    let known = register(suite, OLD)?;
    for input in plain(suite) {
        let property = &input.property;
        for (value, path, code) in values::invalid(&property.value, property.nullable) {
            let place = format!("{}{path}", property.wire);
            let request = update_me(suite, &known, &json!({ property.wire.as_str(): value }));
            suite.expect_details(&request, 400, &[(&place, code.as_str())])?;
        }
    }
    Ok(())
}

/// What is not one's own to write is not known here, and stays.
fn me_protected(suite: &mut Suite) -> Found {
    let user = suite.model.auth.as_ref().map(|auth| auth.user).ok_or("no login")?;
    let known = register(suite, OLD)?;
    let resource = suite.contract.resource(user);
    let writable = |source: Source| resource.update.iter().any(|input| input.property.source == source);
    let shown = resource.row.iter().filter(|property| !writable(property.source)).map(|property| property.wire.clone());
    let hidden = ["password", "passwordHash", "password_hash", "epoch", "disabledAt", "__proto__", "roles"];
    let names: Vec<String> = shown.chain(hidden.map(str::to_owned)).collect();
    for name in names {
        let value =
            if name == "role" { json!(suite.model.roles().first().map(|role| role.name.snake())) } else { json!("x") };
        let mut body = Map::new();
        body.insert(name.clone(), value);
        suite.expect_details(&update_me(suite, &known, &body.into()), 400, &[(&name, "unknown")])?;
    }
    if me_of(suite, &known)? == known.session.user { Ok(()) } else { Err("a refused change happened".to_owned()) }
}

/// What no two users may have cannot be taken from another one; one's own may be given again.
fn me_taken(suite: &mut Suite) -> Found {
    let user = suite.model.auth.as_ref().map(|auth| auth.user).ok_or("no login")?;
    let (known, other) = (register(suite, OLD)?, register(suite, OLD)?);
    for input in plain(suite) {
        let Source::Field(field) = input.property.source else { continue };
        if !suite.model.entity(user).field(field).unique {
            continue;
        }
        let wire = input.property.wire.as_str();
        let value = suite.fresh(user, &input);
        suite.expect(&update_me(suite, &other, &json!({ wire: value })), 200)?;
        suite.expect(&update_me(suite, &other, &json!({ wire: value })), 200)?;
        suite.expect_details(&update_me(suite, &known, &json!({ wire: value })), 409, &[(wire, "unique")])?;
    }
    Ok(())
}

/// A reference to nothing is refused, whoever makes it and however.
fn me_dangling(suite: &mut Suite) -> Found {
    let auth = suite.model.auth.as_ref().ok_or("no login")?;
    let (user, caller) = (auth.user, Caller::User { role: auth.default_role });
    let known = register(suite, OLD)?;
    let inputs = suite.contract.resource(user).update.iter();
    let naming =
        inputs.filter(|input| input.refers_to.is_some() && suite.contract.plan.may_ever_give(user, input, &caller));
    for input in naming.cloned().collect::<Vec<Input>>() {
        let wire = input.property.wire.as_str();
        let request = update_me(suite, &known, &json!({ wire: nobody(&input) }));
        suite.expect_details(&request, 409, &[(wire, "reference")])?;
    }
    Ok(())
}
