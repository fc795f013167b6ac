//! Which rows a list holds, and in which order.

use std::cmp::Ordering;

use crate::contract::Source;
use crate::contract::validate::Sort;
use crate::model::Literal;

use super::store::Row;

/// Whether a row has all these values.
pub(super) fn matches(row: &Row, filters: &[(Source, Literal)]) -> bool {
    filters.iter().all(|(source, wanted)| match (source, wanted) {
        (Source::Id, Literal::String(id)) => row.id == *id,
        _ => row.value(*source) == Some(wanted),
    })
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
