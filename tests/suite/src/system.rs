//! What the suite is run against.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use backsmith::reference::{Request, Response};
use serde_json::Value;

/// A running server and the few things about it that HTTP does not tell.
pub trait System {
    /// Sends one request and waits for its answer.
    fn send(&mut self, request: &Request) -> Result<Response, Failure>;

    /// Sends several requests at the same time; the answers come in the order of the requests.
    fn send_together(&mut self, requests: &[Request]) -> Vec<Result<Response, Failure>>;

    /// Runs the project's `seed` command with this file while the server runs, and returns what it prints.
    fn seed(&mut self, file: &Value) -> Result<Ids, Failure>;

    /// Changes an account behind the server's back, by SQL on its database. The contract offers no request for
    /// these, and yet they must count at the next request.
    fn change_account(&mut self, id: &str, change: &AccountChange) -> Result<(), Failure>;

    /// How the server was configured, and its time.
    fn facts(&self) -> Facts;

    /// Everything the server has logged so far.
    fn logs(&mut self) -> String;

    /// Everything that its database holds, as text.
    fn stored(&mut self) -> Result<String, Failure>;

    /// Sends several requests at the same time, and one more again and again until the last of them is answered.
    /// Returns how long each answer to that one took.
    fn send_meanwhile(&mut self, busy: &[Request], again: &Request) -> Result<Vec<Duration>, Failure>;
}

/// Why there is no answer: the server could not be reached, a command failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// A change of an account that no request makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountChange {
    /// `users.role` becomes this.
    Role(Option<String>),
    /// `users.disabled_at` becomes a moment in the past.
    Disabled,
    /// The row of `users` is deleted; its foreign keys act.
    Deleted,
    /// `expires_at` of all its sessions becomes a moment in the past.
    SessionsExpired,
}

/// The configuration that the suite needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// `JWT_SECRET`; empty for a project without a login.
    pub jwt_secret: String,
    /// `JWT_SECRET_PREVIOUS`; empty for a project without a login.
    pub jwt_secret_previous: String,
    /// The server's time in seconds since 1970.
    pub now: i64,
    /// `RATE_LIMIT_MAX` and `RATE_LIMIT_WINDOW`.
    pub general: RateLimit,
    /// `RATE_LIMIT_LOGIN_MAX` and `RATE_LIMIT_LOGIN_WINDOW`.
    pub login: RateLimit,
    /// The one origin in `CORS_ORIGINS`; it begins with `https://` and has no port.
    pub origin: String,
    /// `METRICS_TOKEN`.
    pub metrics_token: String,
}

/// So many requests in so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests in a window.
    pub requests: u32,
    /// The window in seconds.
    pub window_seconds: u32,
}

/// The ids of seeded rows, by entity and key of the seed file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids(BTreeMap<String, BTreeMap<String, String>>);

impl Ids {
    /// Reads what the command prints: `{"<Entity>": {"<key>": "<id>"}}`.
    pub fn read(printed: &Value) -> Result<Self, Failure> {
        serde_json::from_value(printed.clone())
            .map(Self)
            .map_err(|error| Failure(format!("the seed command printed something else: {error}")))
    }

    /// The id of a row.
    pub fn get(&self, entity: &str, key: &str) -> Option<&str> {
        self.0.get(entity)?.get(key).map(String::as_str)
    }
}
