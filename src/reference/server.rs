//! The way of a request from its first byte to its answer.

use std::collections::BTreeMap;

use serde_json::json;

use crate::contract::validate::{Body, no_query, read_body, read_query};
use crate::contract::{Action, Contract, ErrorCode, Operation, Plan, docs, format, openapi};
use crate::model::{DateTime, Docs, Model};

use super::account::Account;
use super::limiter::{Limiter, client};
use super::metrics::Metrics;
use super::route::{Route, route};
use super::session::Sessions;
use super::store::Store;
use super::token::Signer;
use super::{Config, Failure, Request, Response, Surroundings, cors, uuid};

/// The longest request id that is taken over from outside.
const LONGEST_REQUEST_ID: usize = 64;

/// A server of one contract, with its rows.
pub struct Server {
    pub(super) model: Model,
    pub(super) contract: Contract,
    /// The guards that are enforced; those of the contract, unless somebody wants to see what others would do.
    pub(super) plan: Plan,
    pub(super) signer: Signer,
    pub(super) surroundings: Surroundings,
    pub(super) store: Store,
    pub(super) accounts: BTreeMap<String, Account>,
    pub(super) sessions: Sessions,
    pub(super) logins: Limiter,
    requests: Limiter,
    trusted_proxy_hops: usize,
    document: Vec<u8>,
    cors_origins: Vec<String>,
    pub(super) metrics: Metrics,
    pub(super) metrics_token: Option<String>,
    pub(super) docs: Docs,
    pub(super) in_production: bool,
    pub(super) docs_page: String,
}

impl Server {
    /// A server without rows that enforces the guards of `plan` and keeps to `contract` in all else. `document` is
    /// what it hands out as its OpenAPI document.
    pub fn new(
        model: Model,
        contract: Contract,
        plan: Plan,
        document: String,
        config: Config,
        surroundings: Surroundings,
    ) -> Self {
        let signer = Signer {
            name: model.name.as_str().to_owned(),
            secret: config.jwt_secret,
            previous: config.jwt_secret_previous,
            life: contract.limits.access_token_seconds,
        };
        Self {
            store: Store::new(&model),
            accounts: BTreeMap::new(),
            sessions: Sessions::default(),
            logins: Limiter::new(config.login),
            requests: Limiter::new(config.general),
            trusted_proxy_hops: config.trusted_proxy_hops,
            document: document.into_bytes(),
            cors_origins: config.cors_origins,
            metrics: Metrics::default(),
            metrics_token: config.metrics_token,
            docs: config.docs,
            in_production: config.in_production,
            docs_page: docs::page(&model, &openapi::document(&model, &contract)).unwrap_or_default(),
            model,
            contract,
            plan,
            signer,
            surroundings,
        }
    }

    /// Puts another contract and other guards in the place of its own, which it hands out in return. What is stored
    /// stays.
    pub fn exchange(&mut self, contract: &mut Contract, plan: &mut Plan) {
        std::mem::swap(&mut self.contract, contract);
        std::mem::swap(&mut self.plan, plan);
    }

    /// Answers a request.
    pub fn answer(&mut self, request: &Request) -> Response {
        let standing = self.requests.count(&client(request, self.trusted_proxy_hops), self.surroundings.clock.now());
        let checked = self.check_target(request).and_then(|()| standing.check().map(|_| ()));
        let mut response = checked.and_then(|()| self.dispatch(request)).unwrap_or_else(Failure::answer);
        standing.announce(&mut response);
        self.finish(request, &mut response);
        let route = match route(&self.contract, "GET", request.path()) {
            Ok(Route::Operation(operation, _)) => Some(operation.path.clone()),
            Ok(Route::Options(_)) | Err(_) => None,
        };
        self.metrics.count(&request.method, route.as_deref(), response.status);
        response
    }

    fn check_target(&self, request: &Request) -> Result<(), Failure> {
        let fits = u32::try_from(request.target.len()).is_ok_and(|length| length <= self.contract.limits.target_bytes);
        if fits { Ok(()) } else { Err(ErrorCode::UriTooLong.into()) }
    }

    fn dispatch(&mut self, request: &Request) -> Result<Response, Failure> {
        if let Some(page) = self.page(request) {
            return page;
        }
        // The operation is copied out, since carrying it out changes the server.
        let (operation, id) = match route(&self.contract, &request.method, request.path())? {
            Route::Operation(operation, id) => (operation.clone(), id.map(str::to_owned)),
            Route::Options(allow) => {
                let mut response = Response::empty(204);
                response.set("allow", &allow);
                return Ok(response);
            }
        };
        self.check_declared_length(request)?;
        self.carry_out(&operation, id.as_deref(), request)
    }

    fn check_declared_length(&self, request: &Request) -> Result<(), Failure> {
        let most = u64::from(self.contract.limits.body_bytes);
        if request.declared_length().is_some_and(|length| length > most) {
            return Err(ErrorCode::PayloadTooLarge.into());
        }
        Ok(())
    }

    fn carry_out(&mut self, operation: &Operation, id: Option<&str>, request: &Request) -> Result<Response, Failure> {
        match operation.action {
            Action::Rows { entity, verb } => {
                let caller = self.authenticate(request)?;
                self.rows(entity, verb, id, &caller, request)
            }
            Action::Auth(action) => self.auth(action, request),
            Action::Health(_) => {
                self.no_query(request)?;
                Ok(Response::with_json(200, &json!({ "data": { "status": "ok" } })))
            }
            Action::Document => {
                self.no_query(request)?;
                let mut response = Response { body: self.document.clone(), ..Response::empty(200) };
                response.set("content-type", "application/json; charset=utf-8");
                Ok(response)
            }
        }
    }

    /// Headers that every answer has.
    fn finish(&mut self, request: &Request, response: &mut Response) {
        if self.is_of_login(request) || self.presents_token(request) {
            response.set("cache-control", "no-store");
        }
        let id = match request.get("x-request-id") {
            Some(id) if is_request_id(id) => id.to_owned(),
            _ => self.new_id(),
        };
        response.set("x-request-id", &id);
        response.set("x-content-type-options", "nosniff");
        if response.get("content-security-policy").is_none() {
            response.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
        }
        cors::announce(&self.cors_origins, request, response);
        if response.status != 204 {
            response.set("content-length", &response.body.len().to_string());
        }
        if request.method == "HEAD" {
            response.body.clear();
        }
    }

    /// Whether a path is one of the login's, whatever is answered there.
    fn is_of_login(&self, request: &Request) -> bool {
        let of_login = |operation: &Operation| matches!(operation.action, Action::Auth(_));
        self.contract.operations.iter().any(|operation| of_login(operation) && operation.path == request.path())
    }

    /// Whether a request gets as far as its token being looked at: what is answered then is for its caller alone.
    fn presents_token(&self, request: &Request) -> bool {
        let asks_who = |action| !matches!(action, Action::Health(_) | Action::Document);
        let routed = route(&self.contract, &request.method, request.path());
        request.get("authorization").is_some()
            && self.check_declared_length(request).is_ok()
            && matches!(routed, Ok(Route::Operation(operation, _)) if asks_who(operation.action))
    }

    /// Refuses a query where none is taken.
    pub(super) fn no_query(&self, request: &Request) -> Result<(), Failure> {
        let query = read_query(request.query()).map_err(|_| Failure::from(ErrorCode::MalformedRequest))?;
        no_query(&query, &self.contract.limits).map_err(invalid)
    }

    /// The body as a JSON object; 415 before its length, its length before its syntax.
    pub(super) fn check_media(&self, request: &Request) -> Result<(), Failure> {
        if !request.get("content-type").is_some_and(is_json) {
            return Err(ErrorCode::UnsupportedMediaType.into());
        }
        if request.body.len() > self.contract.limits.body_bytes as usize {
            return Err(ErrorCode::PayloadTooLarge.into());
        }
        Ok(())
    }

    /// The JSON object in a body.
    pub(super) fn read_body(&self, request: &Request) -> Result<Body, Failure> {
        read_body(&request.body, self.contract.limits.json_levels)
            .map_err(|_| Failure::from(ErrorCode::MalformedRequest))
    }

    /// A fresh key.
    pub(super) fn new_id(&mut self) -> String {
        uuid::v7(self.surroundings.clock.now(), self.surroundings.random.as_mut())
    }

    /// The moment in its canonical form.
    pub(super) fn moment(&self) -> DateTime {
        format::moment(self.surroundings.clock.now())
    }

    /// The client of a request, for limits.
    pub(super) fn client(&self, request: &Request) -> String {
        client(request, self.trusted_proxy_hops)
    }
}

/// What a schema refuses.
pub(super) fn invalid(details: Vec<crate::contract::validate::Detail>) -> Failure {
    Failure::at(ErrorCode::ValidationFailed, details.into_iter().map(|detail| (detail.path, detail.code)))
}

/// Whether a media type is JSON in UTF-8.
fn is_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    is_json
        && parts.all(|parameter| match parameter.split_once('=') {
            Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
                value.trim_matches('"').eq_ignore_ascii_case("utf-8")
            }
            _ => true,
        })
}

/// Whether an id from outside can do no harm in a log.
fn is_request_id(id: &str) -> bool {
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    (1..=LONGEST_REQUEST_ID).contains(&id.len()) && id.bytes().all(harmless)
}
