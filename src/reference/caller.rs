//! Who asks.

use crate::contract::{Caller, ErrorCode, Source};
use crate::model::RoleId;

use super::store::Row;
use super::token::Claims;
use super::{Failure, Request, Server};

/// The caller of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Principal {
    /// As guards know it.
    pub(super) caller: Caller,
    /// The user's id.
    pub(super) user: Option<String>,
}

impl Server {
    /// The caller that the `Authorization` header names. What it stands for is read afresh, so that a change of the
    /// account counts at once. A header that names nobody is refused even where nobody need be named.
    pub(super) fn authenticate(&self, request: &Request) -> Result<Principal, Failure> {
        let anonymous = Principal { caller: Caller::Anonymous, user: None };
        match (&self.model.auth, request.get("authorization")) {
            (None, _) | (_, None) => Ok(anonymous),
            (Some(_), Some(header)) => self.user_of(header).ok_or_else(|| Failure::from(ErrorCode::Unauthenticated)),
        }
    }

    fn user_of(&self, header: &str) -> Option<Principal> {
        let (scheme, token) = header.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        let Claims { user, epoch } =
            self.signer.verify(token.trim_start_matches(' '), self.surroundings.clock.now() / 1000)?;
        let account = self.accounts.get(&user)?;
        if account.disabled || account.epoch != epoch {
            return None;
        }
        Some(self.principal(self.store.find(self.model.auth.as_ref()?.user, &user)?))
    }

    /// The user of an account's row.
    pub(super) fn principal(&self, row: &Row) -> Principal {
        Principal { caller: Caller::User { role: self.role(row) }, user: Some(row.id.clone()) }
    }

    /// The role of an account's row.
    fn role(&self, row: &Row) -> Option<RoleId> {
        let name = row.text(Source::Role)?;
        self.model.roles().iter().position(|role| role.name.snake() == name).map(RoleId)
    }
}
