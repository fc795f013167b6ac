//! Whom an operation admits before any row is looked at.

use crate::model::{RoleId, Roles, Rule, Who};

use super::Caller;

/// The callers that the words of a rule admit; conditions on rows come later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// Everybody.
    Anyone,
    /// Every user.
    SignedIn,
    /// Users with one of these roles, in order.
    Roles(Vec<RoleId>),
}

impl Admission {
    /// The admission of a rule; `None` for a rule without grants.
    pub(super) fn of(rule: &Rule, roles: &Roles) -> Option<Self> {
        let admits = |wanted: fn(&Who) -> bool| rule.grants.iter().any(|grant| wanted(&grant.who));
        if rule.grants.is_empty() {
            return None;
        }
        if admits(|who| matches!(who, Who::Anyone)) {
            return Some(Self::Anyone);
        }
        if admits(|who| matches!(who, Who::SignedIn | Who::Owner)) {
            return Some(Self::SignedIn);
        }
        Some(Self::Roles(roles_granted(rule, roles)))
    }

    /// Whether a caller comes in.
    pub fn admits(&self, caller: &Caller) -> bool {
        match (self, caller) {
            (Self::Anyone, _) | (Self::SignedIn, Caller::User { .. }) => true,
            (Self::Roles(roles), Caller::User { role: Some(role) }) => roles.contains(role),
            (Self::SignedIn | Self::Roles(_), Caller::Anonymous) | (Self::Roles(_), Caller::User { role: None }) => {
                false
            }
        }
    }
}

/// The roles that a rule names, with those that include them, in order.
pub(super) fn roles_granted(rule: &Rule, roles: &Roles) -> Vec<RoleId> {
    let mut granted: Vec<RoleId> = rule
        .grants
        .iter()
        .filter_map(|grant| match grant.who {
            Who::Role(role) => Some(role),
            Who::Anyone | Who::SignedIn | Who::Owner => None,
        })
        .flat_map(|role| roles.having(role))
        .collect();
    granted.sort_unstable();
    granted.dedup();
    granted
}
