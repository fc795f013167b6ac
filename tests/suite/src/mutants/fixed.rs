//! The guards that every server has, whatever its spec: which checks notice that one is missing.

use crate::Report;

/// A guard that no spec has to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixed {
    /// Its stable id, `token.audience`.
    pub id: &'static str,
    /// The ids of the checks that a server without it may fail, and no others; it fails one at least. A `*` stands for
    /// any text.
    pub checks: &'static [&'static str],
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

const fn fixed(id: &'static str, checks: &'static [&'static str]) -> Fixed {
    Fixed { id, checks }
}

/// All of them.
pub const FIXED: &[Fixed] = &[
    fixed("token.signature", &["tokens.forged.*", "tokens.no-token", "tokens.previous-key"]),
    fixed("token.algorithm", &["tokens.forged.alg-hs384", "tokens.forged.alg-hs512"]),
    fixed("token.type", &["tokens.forged.typ-*"]),
    fixed("token.issuer", &["tokens.forged.iss-*"]),
    fixed("token.audience", &["tokens.forged.aud-*"]),
    fixed("token.expiry", &["tokens.forged.exp-past"]),
    fixed("token.expiry-present", &["tokens.forged.exp-missing"]),
    fixed("token.length", &["tokens.forged.too-long"]),
    fixed("token.account", &["tokens.user.*", "tokens.forged.epoch-*", "accounts.password.*", "accounts.me.*"]),
    fixed("token.disabled", &["tokens.user.disabled"]),
    fixed("token.epoch", &["tokens.forged.epoch-other", "accounts.password.change"]),
    fixed("password.check", &["accounts.login.*", "accounts.password.change", "limits.login", "costs.login.time"]),
    fixed("password.unknown-address", &["costs.login.time"]),
    fixed("password.cost", &["costs.password-hash"]),
    fixed("password.current", &["accounts.password.wrong", "accounts.password.together"]),
    fixed("refresh.rotation", &["sessions.*"]),
    fixed("refresh.reuse", &["sessions.*"]),
    fixed("refresh.secret", &["sessions.*"]),
    fixed("refresh.expiry", &["sessions.expired"]),
    fixed("refresh.hashed", &["stored.secrets"]),
    fixed("refresh.logout", &["sessions.logout"]),
    fixed("refresh.password-change", &["accounts.password.change"]),
    fixed("limit.general", &["limits.general"]),
    fixed("limit.login-address", &["limits.login"]),
    fixed("limit.forwarded", &["limits.*"]),
    fixed("limit.body", &["media.*.size", "order.*.declared-length-first"]),
    fixed("limit.page", &["lists.*"]),
    fixed("input.media-type", &["media.*", "order.*", "tokens.user.demoted"]),
    fixed("input.unknown-parameter", &["lists.*", "bodies.*.query", "order.*"]),
    fixed("output.cors", &["cors.*"]),
    // Whatever opens a session looks at this header.
    fixed("output.no-store", &["accounts.*", "sessions.*", "tokens.*", "stored.secrets", "limits.login", "costs.*"]),
    fixed("output.request-id", &["http.request-id"]),
    fixed("output.log", &["logs.secrets"]),
    fixed("life.weak-secret", &["life.configuration"]),
    fixed("life.drain", &["life.drain"]),
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
    fn every_guard_has_an_id_of_its_own_and_shows() {
        let ids: BTreeSet<&str> = FIXED.iter().map(|fixed| fixed.id).collect();
        assert_eq!(ids.len(), FIXED.len());
        assert!(FIXED.iter().all(|fixed| !fixed.checks.is_empty()));
    }
}
