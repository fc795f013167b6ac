//! Access rules as predicates over the caller and a row.

use std::cmp::Ordering;

use crate::model::{Comparison, FieldId, Literal, Operand, RoleId, Roles, Rule, Test, Who};

use super::{Caller, Facts};

/// A condition on the caller and a row, in a form that compiles to every query language.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// Holds always.
    Always,
    /// Holds never.
    Never,
    /// The caller is a user.
    SignedIn,
    /// The caller has one of these roles.
    Role(Vec<RoleId>),
    /// The field refers to the caller; false for anonymous callers and for null.
    Mine(FieldId),
    /// The field compares with a value; false for null.
    Compare(FieldId, Comparison, Literal),
    /// All hold.
    All(Vec<Predicate>),
    /// At least one holds.
    Any(Vec<Predicate>),
}

impl Predicate {
    /// A rule as a predicate, in its simplest form.
    pub(super) fn of(rule: &Rule, owner: Option<FieldId>, roles: &Roles) -> Self {
        let grants = rule.grants.iter().map(|grant| {
            let who = match grant.who {
                Who::Anyone => Self::Always,
                Who::SignedIn => Self::SignedIn,
                Who::Owner => owner.map_or(Self::Never, Self::Mine),
                Who::Role(role) => Self::Role(roles.having(role).collect()),
            };
            all(std::iter::once(who).chain(grant.when.iter().map(Self::of_test)))
        });
        any(grants)
    }

    fn of_test(test: &Test) -> Self {
        let each = test.operands.iter().map(|operand| match (operand, test.comparison) {
            (Operand::Me, _) => Self::Mine(test.field),
            (Operand::Literal(literal), comparison) => Self::Compare(test.field, comparison, literal.clone()),
        });
        // `a != x | y` means neither of them, and every other comparison any of them.
        if test.comparison == Comparison::NotEqual { all(each) } else { any(each) }
    }

    /// Whether it holds for a caller and a row.
    pub fn holds(&self, caller: &Caller, row: &dyn Facts) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::SignedIn => matches!(caller, Caller::User { .. }),
            Self::Role(roles) => matches!(caller, Caller::User { role: Some(role) } if roles.contains(role)),
            Self::Mine(field) => matches!(caller, Caller::User { .. }) && row.is_mine(*field),
            Self::Compare(field, comparison, literal) => {
                row.value(*field).and_then(|value| compare(&value, literal)).is_some_and(|order| match comparison {
                    Comparison::Equal => order == Ordering::Equal,
                    Comparison::NotEqual => order != Ordering::Equal,
                    Comparison::Less => order == Ordering::Less,
                    Comparison::LessOrEqual => order != Ordering::Greater,
                    Comparison::Greater => order == Ordering::Greater,
                    Comparison::GreaterOrEqual => order != Ordering::Less,
                })
            }
            Self::All(parts) => parts.iter().all(|part| part.holds(caller, row)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(caller, row)),
        }
    }

    /// Whether a row decides it, and not the caller alone.
    pub fn reads_row(&self) -> bool {
        match self {
            Self::Always | Self::Never | Self::SignedIn | Self::Role(_) => false,
            Self::Mine(_) | Self::Compare(..) => true,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::reads_row),
        }
    }

    /// The fields inside it that may refer to the caller, from left to right.
    pub fn mine(&self) -> Vec<FieldId> {
        match self {
            Self::Mine(field) => vec![*field],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::mine).collect(),
            Self::Always | Self::Never | Self::SignedIn | Self::Role(_) | Self::Compare(..) => Vec::new(),
        }
    }

    /// The comparisons with fixed values inside it, from left to right.
    pub fn comparisons(&self) -> Vec<(FieldId, &Literal)> {
        match self {
            Self::Compare(field, _, literal) => vec![(*field, literal)],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::comparisons).collect(),
            Self::Always | Self::Never | Self::SignedIn | Self::Role(_) | Self::Mine(_) => Vec::new(),
        }
    }
}

/// A conjunction in its simplest form.
pub(super) fn all(parts: impl IntoIterator<Item = Predicate>) -> Predicate {
    let mut kept = Vec::new();
    for part in parts {
        match part {
            Predicate::Never => return Predicate::Never,
            Predicate::Always => {}
            Predicate::All(inner) => kept.extend(inner),
            other => kept.push(other),
        }
    }
    match kept.len() {
        0 => Predicate::Always,
        1 => kept.remove(0),
        _ => Predicate::All(kept),
    }
}

/// A disjunction in its simplest form: what any user may do makes the roles' grants superfluous.
pub(super) fn any(parts: impl IntoIterator<Item = Predicate>) -> Predicate {
    let mut kept: Vec<Predicate> = Vec::new();
    for part in parts {
        match part {
            Predicate::Always => return Predicate::Always,
            Predicate::Never => {}
            Predicate::Any(inner) => kept.extend(inner),
            other if kept.contains(&other) => {}
            other => kept.push(other),
        }
    }
    if kept.contains(&Predicate::SignedIn) {
        kept.retain(|part| !matches!(part, Predicate::Role(_) | Predicate::Mine(_)));
    }
    let roles: Vec<RoleId> =
        kept.iter().flat_map(|part| if let Predicate::Role(roles) = part { roles.clone() } else { vec![] }).collect();
    if let Some(first) = kept.iter().position(|part| matches!(part, Predicate::Role(_))) {
        let mut merged = roles;
        merged.sort_unstable();
        merged.dedup();
        kept.retain(|part| !matches!(part, Predicate::Role(_)));
        kept.insert(first, Predicate::Role(merged));
    }
    match kept.len() {
        0 => Predicate::Never,
        1 => kept.remove(0),
        _ => Predicate::Any(kept),
    }
}

/// Compares two values of one type; strings by code point.
fn compare(left: &Literal, right: &Literal) -> Option<Ordering> {
    match (left, right) {
        (Literal::String(a), Literal::String(b))
        | (Literal::Date(a), Literal::Date(b))
        | (Literal::Time(a), Literal::Time(b))
        | (Literal::Enum(a), Literal::Enum(b)) => Some(a.cmp(b)),
        (Literal::DateTime(a), Literal::DateTime(b)) => Some(a.0.cmp(&b.0)),
        (Literal::Integer(a), Literal::Integer(b)) | (Literal::Decimal(a), Literal::Decimal(b)) => Some(a.cmp(b)),
        (Literal::Number(a), Literal::Number(b)) => a.partial_cmp(b),
        (Literal::Boolean(a), Literal::Boolean(b)) => Some(a.cmp(b)),
        _ => None,
    }
}
