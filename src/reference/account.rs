//! Registering, logging in, sessions.

use serde_json::json;

use crate::contract::validate::{Detail, Stored, Writing, credentials, password_change, refresh_token, registration};
use crate::contract::{AuthAction, Caller, DetailCode, ErrorCode, Source};
use crate::model::{AccessOperation, EntityId, Literal};

use super::caller::Principal;
use super::limiter::Standing;
use super::row::conflict;
use super::server::invalid;
use super::token::Claims;
use super::{Failure, Request, Response, Server};

/// What is kept of an account beside its row.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) password_hash: String,
    /// Tokens of an earlier epoch are no longer valid.
    pub(super) epoch: i64,
    pub(super) disabled: bool,
}

impl Server {
    /// Carries out an action on a login.
    pub(super) fn auth(&mut self, action: AuthAction, request: &Request) -> Result<Response, Failure> {
        if action.asks_caller() {
            let caller = self.authenticate(request)?;
            let id = caller.user.clone().ok_or_else(|| Failure::from(ErrorCode::Unauthenticated))?;
            return match action {
                AuthAction::UpdateMe => self.update_me(&id, &caller, request),
                AuthAction::ChangePassword => self.change_password(&id, request),
                _ => self.me(&id, &caller, request),
            };
        }
        self.check_media(request)?;
        self.no_query(request)?;
        match action {
            AuthAction::Register => self.register(request),
            AuthAction::Login => self.log_in(request),
            AuthAction::Refresh => self.refresh(request),
            AuthAction::Logout => self.log_out(request),
            AuthAction::Me | AuthAction::UpdateMe | AuthAction::ChangePassword => Err(ErrorCode::NotFound.into()),
        }
    }

    /// The calling user.
    fn me(&self, id: &str, caller: &Principal, request: &Request) -> Result<Response, Failure> {
        self.no_query(request)?;
        let users = self.users()?;
        let row = self.store.find(users, id).ok_or_else(|| Failure::from(ErrorCode::Unauthenticated))?;
        Ok(self.one(200, users, row, caller))
    }

    /// What the API lets users do with their own row is done here too.
    fn update_me(&mut self, id: &str, caller: &Principal, request: &Request) -> Result<Response, Failure> {
        let users = self.users()?;
        self.admit(users, AccessOperation::Update, caller)?;
        self.update(users, Writing::Update, Some(id), caller, request)
    }

    /// Ends every session and every access token that there is, and begins anew.
    fn change_password(&mut self, id: &str, request: &Request) -> Result<Response, Failure> {
        self.check_media(request)?;
        self.no_query(request)?;
        let body = self.read_body(request)?;
        let change = password_change(&self.model, &self.contract, &body).map_err(invalid)?;
        let users = self.users()?;
        let email = self.store.find(users, id).and_then(|row| row.text(Source::Email)).unwrap_or_default().to_owned();
        // Whoever has a token only would otherwise guess the password here.
        let standing = self.count_attempt(request, &email)?;
        let account = self.accounts.get(id).ok_or_else(|| Failure::from(ErrorCode::Unauthenticated))?;
        let matches = self.surroundings.hashing.matches(&change.current, &account.password_hash);
        let response = if matches {
            let hash = self.surroundings.hashing.hash(&change.new);
            if let Some(account) = self.accounts.get_mut(id) {
                account.password_hash = hash;
                account.epoch += 1;
            }
            self.sessions.end_all_of(id);
            self.open_session(200, id)
        } else {
            let detail = Detail { path: self.contract.naming.wire("current_password"), code: DetailCode::Mismatch };
            Err(conflict(ErrorCode::Conflict, vec![detail]))
        };
        let mut response = response.unwrap_or_else(Failure::answer);
        standing.announce(&mut response);
        Ok(response)
    }

    /// Counts an attempt to prove a password, of an address and for an account, before anything is hashed, so that
    /// guessing costs the guesser and not the server.
    fn count_attempt(&mut self, request: &Request, email: &str) -> Result<Standing, Failure> {
        let now = self.surroundings.clock.now();
        let client = self.client(request);
        let by_address = self.logins.count(&format!("address {client}"), now);
        let by_account = self.logins.count(&format!("account {email}"), now);
        let standing = by_address.check()?;
        by_account.check()?;
        Ok(standing)
    }

    fn register(&mut self, request: &Request) -> Result<Response, Failure> {
        let body = self.read_body(request)?;
        let new = registration(&self.model, &self.contract, &body).map_err(invalid)?;
        let users = self.users()?;
        let hash = self.surroundings.hashing.hash(&new.password);
        let role = self.model.auth.as_ref().and_then(|auth| auth.default_role);
        let role = role.map(|role| self.model.roles()[role.0].name.snake().to_owned());
        let nobody = Principal { caller: Caller::Anonymous, user: None };
        let row = self.new_row(users, String::new(), &new.fields, None);
        self.check_references(users, None, &row, &nobody)?;
        self.check_fit(users, &row)?;
        if self.find_account(users, &new.email).is_some() {
            return Err(conflict(ErrorCode::Conflict, vec![taken("email")]));
        }
        let id = self.add_account(users, &new.email, hash, role.as_deref(), &new.fields)?;
        self.open_session(201, &id)
    }

    fn log_in(&mut self, request: &Request) -> Result<Response, Failure> {
        let body = self.read_body(request)?;
        let given = credentials(&self.model, &self.contract, &body).map_err(invalid)?;
        let standing = self.count_attempt(request, &given.email)?;
        let users = self.users()?;
        let id = self.find_account(users, &given.email);
        let account = id.as_ref().and_then(|id| self.accounts.get(id));
        // Some hash is checked even where nobody has the address: the answer takes as long.
        let hash = account.map_or("", |account| account.password_hash.as_str());
        let matches = self.surroundings.hashing.matches(&given.password, hash);
        let response = match (id, account) {
            (Some(id), Some(account)) if matches && !account.disabled => self.open_session(200, &id),
            _ => Err(ErrorCode::Unauthenticated.into()),
        };
        let mut response = response.unwrap_or_else(Failure::answer);
        standing.announce(&mut response);
        Ok(response)
    }

    fn refresh(&mut self, request: &Request) -> Result<Response, Failure> {
        let body = self.read_body(request)?;
        let used = refresh_token(&self.model, &self.contract, &body).map_err(invalid)?;
        let now = self.surroundings.clock.now();
        let (user, next) = self
            .sessions
            .rotate(&used, now, self.surroundings.random.as_mut())
            .ok_or_else(|| Failure::from(ErrorCode::Unauthenticated))?;
        if self.accounts.get(&user).is_none_or(|account| account.disabled) {
            self.sessions.end(&next);
            return Err(ErrorCode::Unauthenticated.into());
        }
        self.session(200, &user, &next)
    }

    fn log_out(&mut self, request: &Request) -> Result<Response, Failure> {
        let body = self.read_body(request)?;
        let token = refresh_token(&self.model, &self.contract, &body).map_err(invalid)?;
        self.sessions.end(&token);
        Ok(Response::empty(204))
    }

    fn open_session(&mut self, status: u16, user: &str) -> Result<Response, Failure> {
        let now = self.surroundings.clock.now();
        let expires = now + i64::from(self.contract.limits.refresh_family_seconds) * 1000;
        let token = self.sessions.begin(user, now, expires, self.surroundings.random.as_mut());
        self.session(status, user, &token)
    }

    fn session(&mut self, status: u16, user: &str, refresh_token: &str) -> Result<Response, Failure> {
        let users = self.users()?;
        let epoch = self.accounts.get(user).map_or(0, |account| account.epoch);
        let id = self.new_id();
        let claims = Claims { user: user.to_owned(), epoch };
        let access_token = self.signer.sign(&claims, &id, self.surroundings.clock.now() / 1000);
        let row = self.store.find(users, user).ok_or_else(|| Failure::from(ErrorCode::Unauthenticated))?;
        let named = |name| self.contract.naming.wire(name);
        let data = json!({
            "user": self.on_the_wire(users, row, &self.principal(row)),
            (named("access_token")): access_token,
            (named("refresh_token")): refresh_token,
            (named("expires_in")): self.contract.limits.access_token_seconds,
        });
        Ok(Response::with_json(status, &json!({ "data": data })))
    }

    /// Keeps a new account, or says which of its fields another has.
    pub(super) fn add_account(
        &mut self,
        users: EntityId,
        email: &str,
        password_hash: String,
        role: Option<&str>,
        fields: &[(Source, Stored)],
    ) -> Result<String, Failure> {
        let id = self.new_id();
        let mut row = self.new_row(users, id.clone(), fields, None);
        row.values.insert(Source::Email, Stored::Literal(Literal::String(email.to_owned())));
        if let Some(role) = role {
            row.values.insert(Source::Role, Stored::Literal(Literal::Enum(role.to_owned())));
        }
        let taken = self.taken(users, &row);
        if !taken.is_empty() {
            return Err(conflict(ErrorCode::Conflict, taken));
        }
        self.store.put(users, row);
        self.accounts.insert(id.clone(), Account { password_hash, epoch: 0, disabled: false });
        Ok(id)
    }

    /// Ends all that an account is beside its row.
    pub(super) fn forget_account(&mut self, id: &str) {
        self.accounts.remove(id);
        self.sessions.end_all_of(id);
    }

    /// The id of the account with an address.
    pub(super) fn find_account(&self, users: EntityId, email: &str) -> Option<String> {
        self.store.rows(users).find(|row| row.text(Source::Email) == Some(email)).map(|row| row.id.clone())
    }

    /// The entity of the accounts.
    pub(super) fn users(&self) -> Result<EntityId, Failure> {
        self.model.auth.as_ref().map(|auth| auth.user).ok_or_else(|| ErrorCode::NotFound.into())
    }
}

fn taken(wire: &str) -> Detail {
    Detail { path: wire.to_owned(), code: DetailCode::Unique }
}
