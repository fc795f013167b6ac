//! The reference in memory.

use std::cell::Cell;
use std::fmt::Write;
use std::rc::Rc;
use std::time::{Duration, Instant};

use backsmith::contract::{Contract, Plan, RateLimit as Limit};
use backsmith::model::Model;
use backsmith::reference::{Clock, Config, Hashing, Random, Request, Response, Server, Surroundings};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::system::{AccountChange, Facts, Failure, Ids, RateLimit, System};

/// The secret of its tokens.
const SECRET: &str = "a secret of the reference, long enough for HMAC-SHA-256";

/// The secret before it, whose tokens are still taken.
const PREVIOUS: &str = "an earlier secret of the reference, as long as the other";

/// The origin whose pages may call it.
const ORIGIN: &str = "https://app.example";

/// The token for its metrics.
const METRICS_TOKEN: &str = "a token for those who look after the reference";

/// The moment at which it begins, in milliseconds since 1970.
const BEGIN: i64 = 1_790_000_000_000;

/// The reference as a system under test. Its clock advances by a millisecond with each request, and its chance is
/// the same in each run.
pub struct Reference {
    server: Server,
    now: Rc<Cell<i64>>,
    general: Limit,
    login: Limit,
}

impl Reference {
    /// An empty server that enforces the guards of `plan` and keeps to `contract` in all else.
    pub fn new(model: &Model, contract: &Contract, plan: &Plan, general: RateLimit, login: RateLimit) -> Self {
        Self::configured(model, contract, plan, [general, login], 0, false)
    }

    /// The same with another chance, so that rows and tokens are called otherwise.
    pub fn with_chance(model: &Model, contract: &Contract, plan: &Plan, limits: [RateLimit; 2], chance: u64) -> Self {
        Self::configured(model, contract, plan, limits, chance, false)
    }

    /// The same in its production configuration, with the contract's own plan.
    pub fn in_production(model: &Model, contract: &Contract, general: RateLimit, login: RateLimit) -> Self {
        Self::configured(model, contract, &contract.plan, [general, login], 0, true)
    }

    /// Puts another contract and other guards in the place of its own, which it hands out in return.
    pub(crate) fn exchange(&mut self, contract: &mut Contract, plan: &mut Plan) {
        self.server.exchange(contract, plan);
    }

    fn configured(
        model: &Model,
        contract: &Contract,
        plan: &Plan,
        [general, login]: [RateLimit; 2],
        chance: u64,
        in_production: bool,
    ) -> Self {
        let now = Rc::new(Cell::new(BEGIN));
        let limit =
            |policy, limit: RateLimit| Limit { policy, requests: limit.requests, window_seconds: limit.window_seconds };
        let general = limit(contract.limits.general.policy, general);
        let login = limit(contract.limits.login.policy, login);
        let config = Config {
            general,
            login,
            cors_origins: vec![ORIGIN.to_owned()],
            metrics_token: Some(METRICS_TOKEN.to_owned()),
            in_production,
            jwt_secret_previous: Some(PREVIOUS.to_owned()),
            ..Config::new(SECRET, contract)
        };
        let surroundings = Surroundings {
            clock: Box::new(Ticking(Rc::clone(&now))),
            random: Box::new(Repeatable(chance)),
            hashing: Box::new(Cheap),
        };
        let document = backsmith::contract::openapi::document(model, contract).text();
        let server = Server::new(model.clone(), contract.clone(), plan.clone(), document, config, surroundings);
        Self { server, now, general, login }
    }
}

impl System for Reference {
    fn send(&mut self, request: &Request) -> Result<Response, Failure> {
        self.now.set(self.now.get() + 1);
        Ok(self.server.answer(request))
    }

    fn send_together(&mut self, requests: &[Request]) -> Vec<Result<Response, Failure>> {
        requests.iter().map(|request| self.send(request)).collect()
    }

    fn seed(&mut self, file: &Value) -> Result<Ids, Failure> {
        let printed = self.server.seed(file).map_err(|error| Failure(error.to_string()))?;
        Ids::read(&printed)
    }

    fn change_account(&mut self, id: &str, change: &AccountChange) -> Result<(), Failure> {
        match change {
            AccountChange::Role(role) => self.server.set_role(id, role.as_deref()),
            AccountChange::Disabled => self.server.disable_account(id),
            AccountChange::Deleted => self.server.delete_account(id),
            AccountChange::SessionsExpired => self.server.expire_sessions(id),
        }
        Ok(())
    }

    fn facts(&self) -> Facts {
        let limit = |limit: Limit| RateLimit { requests: limit.requests, window_seconds: limit.window_seconds };
        Facts {
            jwt_secret: SECRET.to_owned(),
            jwt_secret_previous: PREVIOUS.to_owned(),
            now: self.now.get() / 1000,
            general: limit(self.general),
            login: limit(self.login),
            origin: ORIGIN.to_owned(),
            metrics_token: METRICS_TOKEN.to_owned(),
        }
    }

    fn logs(&mut self) -> String {
        String::new()
    }

    fn stored(&mut self) -> Result<String, Failure> {
        Ok(self.server.stored())
    }

    fn send_meanwhile(&mut self, busy: &[Request], again: &Request) -> Result<Vec<Duration>, Failure> {
        self.send_together(busy).into_iter().collect::<Result<Vec<_>, _>>()?;
        let since = Instant::now();
        self.send(again)?;
        Ok(vec![since.elapsed()])
    }
}

struct Ticking(Rc<Cell<i64>>);

impl Clock for Ticking {
    fn now(&self) -> i64 {
        self.0.get()
    }
}

/// Bytes that look like chance and are the hashes of 0, 1, 2 …
struct Repeatable(u64);

impl Random for Repeatable {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            self.0 += 1;
            chunk.copy_from_slice(&Sha256::digest(self.0.to_be_bytes())[..chunk.len()]);
        }
    }
}

/// Hashes that cost nothing and would protect nothing.
struct Cheap;

impl Hashing for Cheap {
    fn hash(&self, password: &str) -> String {
        Sha256::digest(password).iter().fold(String::new(), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    fn matches(&self, password: &str, hash: &str) -> bool {
        self.hash(password) == hash
    }
}
