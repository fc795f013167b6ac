//! What must be in no log.

use crate::suite::Suite;

pub(super) fn run(suite: &mut Suite) {
    suite.check("logs.secrets", Vec::new(), |suite| {
        let logs = suite.system.logs();
        let secret = suite.system.facts().jwt_secret;
        let passwords = suite.scene.rows.iter().filter_map(|row| Some(row.login.as_ref()?.password.clone()));
        let mut secrets: Vec<String> = suite.secrets.iter().cloned().chain(passwords).collect();
        secrets.extend((!secret.is_empty()).then_some(secret));
        match secrets.iter().find(|secret| logs.contains(secret.as_str())) {
            Some(secret) => Err(format!("a secret that begins with {secret:.6?} is in the log")),
            None => Ok(()),
        }
    });
}
