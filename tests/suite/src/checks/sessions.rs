//! Refresh tokens: each is good once, and all end together.

use backsmith::contract::AuthAction;
use backsmith::reference::Request;
use serde_json::json;

use super::accounts::{Registered, Session, auth, refresh_body, register, session};
use crate::suite::{Found, Suite};
use crate::system::AccountChange;

/// Uses of one token at the same time.
const TOGETHER: usize = 20;

pub(super) fn run(suite: &mut Suite) {
    suite.check("sessions.rotation", Vec::new(), rotation);
    suite.check("sessions.reuse", Vec::new(), reuse);
    suite.check("sessions.together", Vec::new(), together);
    suite.check("sessions.expired", Vec::new(), expired);
    suite.check("sessions.logout", Vec::new(), logout);
    suite.check("sessions.foreign-tokens", Vec::new(), foreign);
}

fn refresh(suite: &Suite, token: &str) -> Request {
    auth(suite, AuthAction::Refresh).json(&refresh_body(suite, token))
}

fn rotated(suite: &mut Suite, token: &str) -> Found<Session> {
    let response = suite.expect(&refresh(suite, token), 200)?;
    session(suite, &response)
}

fn new(suite: &mut Suite) -> Found<Registered> {
    register(suite, "correct horse")
}

/// A fresh session of an account that there is.
fn another(suite: &mut Suite, known: &Registered) -> Found<Session> {
    let response = suite.expect(&auth(suite, AuthAction::Login).json(&known.credentials()), 200)?;
    session(suite, &response)
}

fn rotation(suite: &mut Suite) -> Found {
    let known = new(suite)?;
    let mut token = known.session.refresh_token.clone();
    for _ in 0..3 {
        let next = rotated(suite, &token)?;
        if next.user != known.session.user {
            return Err("a refreshed session is another user's".to_owned());
        }
        if next.refresh_token == token {
            return Err("the refresh token stays the same".to_owned());
        }
        suite.expect(&auth(suite, AuthAction::Me).bearer(&next.access_token), 200)?;
        next.refresh_token.clone_into(&mut token);
    }
    Ok(())
}

/// A token that comes again was stolen from somebody: nobody goes on with its session, others stay.
fn reuse(suite: &mut Suite) -> Found {
    let known = new(suite)?;
    let other = another(suite, &known)?;
    let first = &known.session.refresh_token;
    let second = rotated(suite, first)?;
    suite.expect(&refresh(suite, first), 401)?;
    suite.expect(&refresh(suite, &second.refresh_token), 401)?;
    suite.expect(&refresh(suite, first), 401)?;
    rotated(suite, &other.refresh_token).map(|_| ())
}

fn together(suite: &mut Suite) -> Found {
    let known = new(suite)?;
    let request = refresh(suite, &known.session.refresh_token);
    let answers = suite.system.send_together(&vec![request; TOGETHER]);
    let mut new = Vec::new();
    for answer in answers {
        let answer = answer.map_err(|failure| failure.to_string())?;
        match answer.status {
            200 => new.push(answer.json().unwrap_or_default()["data"][suite.name("refresh_token")].clone()),
            401 => {}
            status => return Err(format!("{status} to one of several uses at once")),
        }
    }
    if new.len() > 1 {
        return Err(format!("{} of {TOGETHER} uses at once were taken", new.len()));
    }
    // The other uses were reuse, so that the session is over whoever was first.
    for token in &new {
        suite.expect(&refresh(suite, token.as_str().unwrap_or_default()), 401)?;
    }
    suite.expect(&refresh(suite, &known.session.refresh_token), 401).map(|_| ())
}

fn logout(suite: &mut Suite) -> Found {
    let known = new(suite)?;
    let other = another(suite, &known)?;
    let token = refresh_body(suite, known.session.refresh_token.as_str());
    let log_out = auth(suite, AuthAction::Logout);
    suite.expect(&log_out.clone().json(&token), 204)?;
    suite.expect(&refresh(suite, &known.session.refresh_token), 401)?;
    suite.expect(&log_out.clone().json(&token), 204)?;
    suite.expect(&log_out.json(&refresh_body(suite, "of nobody")), 204)?;
    rotated(suite, &other.refresh_token).map(|_| ())
}

/// A session ends with its time, however often it was refreshed; the others of the user go on.
fn expired(suite: &mut Suite) -> Found {
    let known = new(suite)?;
    let next = rotated(suite, &known.session.refresh_token)?;
    let expire = AccountChange::SessionsExpired;
    suite.system.change_account(known.id(), &expire).map_err(|failure| failure.to_string())?;
    suite.expect(&refresh(suite, &next.refresh_token), 401)?;
    let other = another(suite, &known)?;
    rotated(suite, &other.refresh_token).map(|_| ())
}

/// What is no refresh token is taken for none.
fn foreign(suite: &mut Suite) -> Found {
    let (known, other) = (new(suite)?, new(suite)?);
    let token = &known.session.refresh_token;
    let half = token.len() / 2;
    let mixed = format!("{}{}", &token[..half], &other.session.refresh_token[half..]);
    let foreign =
        [&known.session.access_token, known.id(), "x", " ", "null", ".", &token[..half], &mixed, "%", "' OR 1=1 --"];
    for token in foreign.into_iter().filter(|token| token.len() <= 512) {
        suite.expect(&refresh(suite, token), 401)?;
    }
    let (name, foreign) = (suite.name("refresh_token"), suite.foreign_name("refresh_token"));
    let bodies = [
        (json!({}), vec![(name.as_str(), "required")]),
        (refresh_body(suite, 1), vec![(&name, "type")]),
        (refresh_body(suite, ""), vec![(&name, "length")]),
        (json!({ &foreign: token }), vec![(&name, "required"), (&foreign, "unknown")]),
    ];
    for (body, details) in bodies {
        for action in [AuthAction::Refresh, AuthAction::Logout] {
            suite.expect_details(&auth(suite, action).json(&body), 400, &details)?;
        }
    }
    Ok(())
}
