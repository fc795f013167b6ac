//! What must be in no log, and what must not be stored as it is.

use super::accounts::register;
use crate::suite::{Found, Suite};

pub(super) fn run(suite: &mut Suite, limits_are_used_up: bool) {
    suite.check("logs.secrets", Vec::new(), |suite| {
        let logs = suite.system.logs();
        holds_none(&logs, &secrets(suite), "the log")
    });
    if suite.model.auth.is_some() {
        suite.check("stored.secrets", Vec::new(), |suite| {
            // What is read is the database that is used: an account that is registered now is in it. Where the limits
            // have been used up, nobody can register any more.
            let known = if limits_are_used_up { None } else { Some(register(suite, "correct horse")?) };
            let stored = suite.system.stored().map_err(|failure| failure.to_string())?;
            let email = known.as_ref().and_then(|known| known.body["email"].as_str());
            if let Some(email) = email.filter(|email| !stored.contains(email)) {
                return Err(format!("{email} was registered and is not stored"));
            }
            holds_none(&stored, &secrets(suite), "the database")
        });
    }
}

/// Every password and token of this run, and the keys of the server.
fn secrets(suite: &Suite) -> Vec<String> {
    let facts = suite.system.facts();
    let passwords = suite.scene.rows.iter().filter_map(|row| Some(row.login.as_ref()?.password.clone()));
    let keys = [facts.jwt_secret, facts.jwt_secret_previous].into_iter().filter(|secret| !secret.is_empty());
    suite.secrets.iter().cloned().chain(passwords).chain(keys).collect()
}

fn holds_none(text: &str, secrets: &[String], place: &str) -> Found {
    match secrets.iter().find(|secret| text.contains(secret.as_str())) {
        Some(secret) => Err(format!("a secret that begins with {secret:.6?} is in {place}")),
        None => Ok(()),
    }
}
