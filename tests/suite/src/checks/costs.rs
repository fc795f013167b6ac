//! What a login costs a server, and what it tells. Passwords are hashed here as they are in production.

use std::time::{Duration, Instant};

use backsmith::contract::{AuthAction, StoredHash};
use backsmith::reference::Request;
use serde_json::json;

use super::accounts::{auth, register};
use crate::suite::{Found, Suite};

/// Attempts for an address that is known, and as many for one that is not.
const SAMPLES: usize = 30;

/// How far the medians of the two may lie apart, in hundredths of the greater.
const APART: u32 = 20;

/// Logins at the same time.
const TOGETHER: usize = 16;

/// How much longer than else a server may take meanwhile to say that it is alive, in 99 of 100 answers.
const ALIVE: Duration = Duration::from_millis(100);

/// Answers while nobody logs in.
const QUIET: usize = 200;

/// How often something is measured before it counts: other programs may have been busy.
const TRIES: usize = 3;

pub(super) fn run(suite: &mut Suite) {
    suite.check("costs.login.time", Vec::new(), |suite| tried(suite, same_time));
    suite.check("costs.login.alive", Vec::new(), |suite| tried(suite, stays_alive));
    suite.check("costs.password-hash", Vec::new(), password_hash);
}

fn tried(suite: &mut Suite, measure: fn(&mut Suite) -> Found) -> Found {
    let mut found = measure(suite);
    for _ in 1..TRIES {
        if found.is_ok() {
            break;
        }
        found = measure(suite);
    }
    found
}

/// How long an answer takes does not tell whether an address is known.
fn same_time(suite: &mut Suite) -> Found {
    let known = register(suite, "correct horse")?;
    let login = auth(suite, AuthAction::Login);
    let attempt =
        |email: &serde_json::Value| login.clone().json(&json!({ "email": email, "password": "incorrect horse" }));
    let requests = [attempt(&known.body["email"]), attempt(&json!("nobody.has.this@example.com"))];
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..SAMPLES {
        for (request, times) in requests.iter().zip(&mut times) {
            let since = Instant::now();
            suite.expect(request, 401)?;
            times.push(since.elapsed());
        }
    }
    let [known, unknown] = times.map(median);
    let (less, more) = (known.min(unknown), known.max(unknown));
    if more.abs_diff(less) * 100 <= more * APART {
        return Ok(());
    }
    Err(format!("a wrong password takes {known:?}, an unknown address {unknown:?}"))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Hashing does not keep a server from answering others.
fn stays_alive(suite: &mut Suite) -> Found {
    let known = register(suite, "correct horse")?;
    let logins = vec![auth(suite, AuthAction::Login).json(&known.credentials()); TOGETHER];
    let health = Request::new("GET", "/health/live");
    let mut quiet = Vec::new();
    for _ in 0..QUIET {
        let since = Instant::now();
        suite.expect(&health, 200)?;
        quiet.push(since.elapsed());
    }
    let during = suite.system.send_meanwhile(&logins, &health).map_err(|failure| failure.to_string())?;
    let (quiet, busy) = (slow(quiet), slow(during));
    if busy < quiet + ALIVE {
        return Ok(());
    }
    Err(format!("99 of 100 answers take up to {busy:?} during logins, and {quiet:?} else"))
}

/// How long 99 of 100 take at most.
fn slow(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() * 99 / 100).copied().unwrap_or_default()
}

/// What is stored says how it was made: with at least what OWASP recommends.
fn password_hash(suite: &mut Suite) -> Found {
    register(suite, "correct horse")?;
    let stored = suite.system.stored().map_err(|failure| failure.to_string())?;
    let Some(auth) = &suite.model.auth else { return Ok(()) };
    let StoredHash { kind, prefix: wanted, .. } = auth.hash.into();
    if !stored.contains(wanted) {
        return Err(format!("nothing begins with {wanted}"));
    }
    match stored.matches(kind).count().checked_sub(stored.matches(wanted).count()) {
        Some(0) => Ok(()),
        others => Err(format!("{others:?} hashes do not begin with {wanted}")),
    }
}
