//! What must be in no log, and what must not be stored as it is.

use crate::suite::{Found, Suite};

pub(super) fn run(suite: &mut Suite) {
    suite.check("logs.secrets", Vec::new(), |suite| {
        let logs = suite.system.logs();
        holds_none(&logs, &secrets(suite), "the log")
    });
    if suite.model.auth.is_some() {
        suite.check("stored.secrets", Vec::new(), |suite| {
            let stored = suite.system.stored().map_err(|failure| failure.to_string())?;
            // What is read is the database that was used: the first account that was registered is in it.
            if suite.registered > 0 && !stored.contains("new1@example.com") {
                return Err("a registered address is not stored".to_owned());
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
