//! Which rows a list holds, and in which order.

use std::cmp::Ordering;

use crate::contract::Source;
use crate::contract::validate::{Sort, Stored};
use crate::model::Literal;

use super::store::Row;

/// Whether a row has all these values.
pub(super) fn matches(row: &Row, filters: &[(Source, Literal)]) -> bool {
    filters.iter().all(|(source, value)| row.stored(*source) == Stored::Literal(value.clone()))
}

/// The order of two rows.
pub(super) fn order(a: &Row, b: &Row, sort: &[Sort]) -> Ordering {
    let steps = sort.iter().map(|step| {
        let order = compare(&a.stored(step.source), &b.stored(step.source));
        if step.descending { order.reverse() } else { order }
    });
    steps.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// Null comes first; strings go by code point.
fn compare(a: &Stored, b: &Stored) -> Ordering {
    match (a, b) {
        (Stored::Literal(a), Stored::Literal(b)) => compare_literals(a, b),
        (Stored::Literal(_), _) => Ordering::Greater,
        (_, Stored::Literal(_)) => Ordering::Less,
        _ => Ordering::Equal,
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
