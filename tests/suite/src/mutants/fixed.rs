//! The guards that every server has, whatever its spec: which checks notice that one is missing.

use backsmith::contract::{Contract, Verb};
use backsmith::model::{DeleteRule, Model};

use crate::Report;

/// A guard whose rule no spec writes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixed {
    /// Its stable id, `token.audience`.
    pub id: &'static str,
    /// What a spec has for its server to have the guard.
    pub needs: Needs,
    /// The ids of the checks that a server without it may fail, and no others; it fails one at least. A `*` stands for
    /// any text. None where nobody outside can bring about what the guard is for.
    pub checks: &'static [&'static str],
}

/// What a guard needs that not every spec has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: every server has it.
    Nothing,
    /// Users who log in.
    Accounts,
    /// A list that can be narrowed.
    Lists,
    /// A list that can be searched.
    Search,
    /// Rows that cannot be deleted while others refer to them.
    Restriction,
}

impl Needs {
    /// Whether a spec has it.
    pub fn are_met(self, model: &Model, contract: &Contract) -> bool {
        let has = |entity, verb| contract.verb(entity, verb).is_some();
        match self {
            Self::Nothing => true,
            Self::Accounts => model.auth.is_some(),
            Self::Lists => model.entities().any(|(entity, _)| has(entity, Verb::List)),
            Self::Search => {
                let searched = contract.resources.iter().filter(|resource| !resource.search.is_empty());
                searched.into_iter().any(|resource| has(resource.entity, Verb::List))
            }
            Self::Restriction => {
                let references = model.entities.iter().flat_map(|entity| &entity.fields);
                let restricts = references.filter_map(|field| field.reference());
                let restricts = restricts.filter(|reference| reference.on_delete == DeleteRule::Restrict);
                restricts.into_iter().any(|reference| has(reference.to, Verb::Delete))
            }
        }
    }
}

impl Fixed {
    /// Whether a check may fail where this guard is missing.
    pub fn shows_in(&self, check: &str) -> bool {
        self.checks.iter().any(|pattern| is_like(pattern, check))
    }

    /// Whether one of the checks that failed is this guard's.
    pub fn is_noticed(&self, report: &Report) -> bool {
        report.failures().any(|outcome| self.shows_in(&outcome.id))
    }
}

const fn fixed(id: &'static str, needs: Needs, checks: &'static [&'static str]) -> Fixed {
    Fixed { id, needs, checks }
}

const fn of_accounts(id: &'static str, checks: &'static [&'static str]) -> Fixed {
    fixed(id, Needs::Accounts, checks)
}

const fn of_all(id: &'static str, checks: &'static [&'static str]) -> Fixed {
    fixed(id, Needs::Nothing, checks)
}

/// All of them.
pub const FIXED: &[Fixed] = &[
    of_accounts("token.signature", &["tokens.forged.*", "tokens.no-token", "tokens.previous-key"]),
    of_accounts("token.algorithm", &["tokens.forged.alg-hs384", "tokens.forged.alg-hs512"]),
    of_accounts("token.type", &["tokens.forged.typ-*"]),
    of_accounts("token.issuer", &["tokens.forged.iss-*"]),
    of_accounts("token.audience", &["tokens.forged.aud-*"]),
    of_accounts("token.expiry", &["tokens.forged.exp-past"]),
    of_accounts("token.expiry-present", &["tokens.forged.exp-missing"]),
    of_accounts("token.length", &["tokens.forged.too-long"]),
    of_accounts("token.refresh", &["tokens.no-token"]),
    of_accounts("token.account", &["tokens.user.deleted"]),
    of_accounts("token.role", &["tokens.user.demoted"]),
    of_accounts("token.disabled", &["tokens.user.disabled"]),
    of_accounts("token.epoch", &["tokens.forged.epoch-other", "accounts.password.change"]),
    of_accounts(
        "password.check",
        &["accounts.login.*", "accounts.password.change", "limits.login", "costs.login.time"],
    ),
    of_accounts("password.unknown-address", &["costs.login.time"]),
    of_accounts("password.cost", &["costs.password-hash"]),
    of_accounts("password.current", &["accounts.password.wrong", "accounts.password.together"]),
    of_accounts("refresh.rotation", &["sessions.*"]),
    of_accounts("refresh.reuse", &["sessions.*"]),
    of_accounts("refresh.secret", &["sessions.*"]),
    of_accounts("refresh.atomicity", &["sessions.together"]),
    of_accounts("refresh.expiry", &["sessions.expired"]),
    of_accounts("refresh.hashed", &["stored.secrets"]),
    of_accounts("refresh.logout", &["sessions.logout"]),
    of_accounts("refresh.password-change", &["accounts.password.change"]),
    of_all("limit.general", &["limits.general"]),
    of_accounts("limit.login-address", &["limits.login"]),
    of_all("limit.forwarded", &["limits.*"]),
    of_all("limit.body", &["media.*.size", "order.*.declared-length-first"]),
    fixed("limit.page", Needs::Lists, &["lists.*"]),
    of_all("input.media-type", &["media.*", "order.*", "tokens.user.demoted"]),
    fixed("input.unknown-parameter", Needs::Lists, &["lists.*", "bodies.*.query", "order.*"]),
    fixed("input.wildcards", Needs::Search, &["lists.*.search"]),
    of_all("output.cors", &["cors.*"]),
    of_all("output.headers", &["http.headers"]),
    // Whatever opens a session looks at this header.
    of_accounts(
        "output.no-store",
        &["accounts.*", "sessions.*", "tokens.*", "stored.secrets", "limits.login", "costs.*"],
    ),
    of_all("output.error-detail", &["bodies.*.malformed", "media.*.taken", "order.*"]),
    of_all("output.failure", &[]),
    of_all("output.request-id", &["http.request-id"]),
    of_accounts("output.log", &["logs.secrets"]),
    of_accounts("life.weak-secret", &["life.configuration"]),
    of_all("life.readiness", &["life.drain"]),
    // A database in a file does not go away.
    of_all("life.database", &[]),
    of_all("life.drain", &["life.drain"]),
    fixed("life.restrict", Needs::Restriction, &["deletes.*"]),
];

/// Whether a text is as a pattern says, in which a `*` stands for any text.
pub fn is_like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, rest)) => text.strip_prefix(head).is_some_and(|tail| {
            tail.char_indices().map(|(at, _)| at).chain([tail.len()]).any(|at| is_like(rest, &tail[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FIXED, is_like};

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(is_like("media.*.size", "media.Book.post.size"));
        assert!(is_like("sessions.*", "sessions.reuse"));
        assert!(!is_like("media.*.size", "media.Book.post.taken"));
        assert!(!is_like("limits.login", "limits.login.more"));
    }

    #[test]
    fn every_guard_has_an_id_of_its_own() {
        let ids: BTreeSet<&str> = FIXED.iter().map(|fixed| fixed.id).collect();
        assert_eq!(ids.len(), FIXED.len());
    }
}
