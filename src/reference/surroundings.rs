//! What a server takes from outside: its configuration, the time, chance, and the hashing of passwords.

use crate::contract::{Contract, RateLimit};
use crate::model::Docs;

/// The time.
pub trait Clock {
    /// Milliseconds since 1970, UTC.
    fn now(&self) -> i64;
}

/// Chance that nobody can foretell.
pub trait Random {
    /// Fills the bytes.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// How passwords are kept.
pub trait Hashing {
    /// The hash to keep for a password.
    fn hash(&self, password: &str) -> String;
    /// Whether a password has this hash.
    fn matches(&self, password: &str, hash: &str) -> bool;
}

/// Everything from outside together.
pub struct Surroundings {
    /// The time.
    pub clock: Box<dyn Clock>,
    /// Chance.
    pub random: Box<dyn Random>,
    /// How passwords are kept.
    pub hashing: Box<dyn Hashing>,
}

/// What the environment variables of a server say.
#[derive(Debug, Clone)]
pub struct Config {
    /// `JWT_SECRET`, at least 32 bytes; unused without a login.
    pub jwt_secret: String,
    /// `JWT_SECRET_PREVIOUS`: tokens signed with it are still accepted.
    pub jwt_secret_previous: Option<String>,
    /// `TRUSTED_PROXY_HOPS`
    pub trusted_proxy_hops: usize,
    /// `RATE_LIMIT_MAX` and `RATE_LIMIT_WINDOW`
    pub general: RateLimit,
    /// `RATE_LIMIT_LOGIN_MAX` and `RATE_LIMIT_LOGIN_WINDOW`
    pub login: RateLimit,
    /// `CORS_ORIGINS`
    pub cors_origins: Vec<String>,
    /// `METRICS_TOKEN`
    pub metrics_token: Option<String>,
    /// `DOCS`
    pub docs: Docs,
    /// Whether `APP_ENV` is `production`, or nothing.
    pub in_production: bool,
}

impl Config {
    /// The defaults of a contract, with this secret.
    pub fn new(jwt_secret: &str, contract: &Contract) -> Self {
        Self {
            jwt_secret: jwt_secret.to_owned(),
            jwt_secret_previous: None,
            trusted_proxy_hops: 0,
            general: contract.limits.general,
            login: contract.limits.login,
            cors_origins: contract.cors.clone(),
            metrics_token: None,
            docs: contract.docs,
            in_production: true,
        }
    }
}
