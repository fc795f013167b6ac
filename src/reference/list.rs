//! Which rows a list holds, and in which order.

use std::cmp::Ordering;

use crate::contract::Source;
use crate::contract::validate::{Condition, Sort, Stored};
use crate::model::{Comparison, Literal};

use super::store::Row;

/// Whether all these conditions hold of a row.
pub(super) fn matches(row: &Row, filters: &[(Source, Condition)]) -> bool {
    filters.iter().all(|(source, condition)| {
        let value = match row.stored(*source) {
            Stored::Literal(value) => Some(value),
            Stored::Null | Stored::Json(_) | Stored::List(_) => None,
        };
        match (condition, value) {
            (Condition::Null(wanted), value) => value.is_none() == *wanted,
            (_, None) => false,
            (Condition::In(values), Some(value)) => values.contains(&value),
            (Condition::Compare(comparison, wanted), Some(value)) => {
                stands_so(compare_literals(&value, wanted), *comparison)
            }
        }
    })
}

fn stands_so(order: Ordering, comparison: Comparison) -> bool {
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    }
}

/// Whether one of these values holds a text; the case of ASCII letters does not matter.
pub(super) fn holds_text(row: &Row, sources: &[Source], text: &str) -> bool {
    let wanted = text.to_ascii_lowercase();
    sources.iter().any(|source| row.text(*source).is_some_and(|value| value.to_ascii_lowercase().contains(&wanted)))
}

/// The order of two rows; null comes first, and strings go by code point.
pub(super) fn order(a: &Row, b: &Row, sort: &[Sort]) -> Ordering {
    let steps = sort.iter().map(|step| {
        let order = match step.source {
            Source::Id => a.id.cmp(&b.id),
            source => compare(a.value(source), b.value(source)),
        };
        if step.descending { order.reverse() } else { order }
    });
    steps.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

fn compare(a: Option<&Literal>, b: Option<&Literal>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => compare_literals(a, b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}

fn compare_literals(a: &Literal, b: &Literal) -> Ordering {
    match (a, b) {
        (Literal::Integer(a), Literal::Integer(b)) | (Literal::Decimal(a), Literal::Decimal(b)) => a.cmp(b),
        (Literal::Number(a), Literal::Number(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
        (Literal::Boolean(a), Literal::Boolean(b)) => a.cmp(b),
        _ => text(a).cmp(text(b)),
    }
}

fn text(literal: &Literal) -> &str {
    match literal {
        Literal::String(text) | Literal::Date(text) | Literal::Time(text) | Literal::Enum(text) => text,
        Literal::DateTime(moment) => &moment.0,
        Literal::Integer(_) | Literal::Number(_) | Literal::Decimal(_) | Literal::Boolean(_) => "",
    }
}
