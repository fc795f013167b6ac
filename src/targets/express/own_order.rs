//! Values that each test has to itself, in the order that rules ask for.

use crate::contract::{Linked, Ranks};
use crate::model::{Literal, Model, Scalar, Type};

use super::own::Found;

/// How far apart the values are that tests count, where some have to be less than what the caller holds.
const STEP: i64 = 4;

/// A counted value so far from the others that some are left below it, where rules ask which of it and others is the
/// greater one.
pub(super) fn spaced(linked: &Linked, group: usize, expression: String) -> String {
    let is_spaced = linked.is_counted(group) && linked.of_caller(group).next().is_some();
    if is_spaced { expression.replace("next()", &format!("{STEP} * next()")) } else { expression }
}

/// An expression for a value below another one, so many places before it; `None` where there are not so many.
pub(super) fn below(scalar: &Scalar, is_nullable: bool, known: &str, places: i64) -> Option<String> {
    let or = |other: &str| if is_nullable { format!("{known} ?? {other}") } else { known.to_owned() };
    let text = match scalar {
        Scalar::Integer(_) | Scalar::Number(_) if is_nullable => format!("Number({known}) - {places}"),
        Scalar::Integer(_) | Scalar::Number(_) => format!("{known} - {places}"),
        Scalar::Bigint(_) => format!("String(BigInt({}) - {places}n)", or("0")),
        Scalar::Decimal { scale, .. } => format!("(Number({known}) - {places}).toFixed({scale})"),
        Scalar::Date(_) => {
            let day = format!("Date.parse({}) - {}", or("\"\""), times(places, "86_400_000"));
            format!("new Date({day}).toISOString().slice(0, 10)")
        }
        Scalar::DateTime => format!("new Date(Date.parse({}) - {places}).toISOString()", or("\"\"")),
        Scalar::Time(_) => {
            let time = format!("Date.parse(`1970-01-01T${{{known}}}Z`) - {}", times(places, "1000"));
            format!("new Date({time}).toISOString().slice(11, 19)")
        }
        _ => return None,
    };
    (0 < places && places < STEP).then_some(text)
}

/// So many times a number.
fn times(count: i64, number: &str) -> String {
    if count == 1 { number.to_owned() } else { format!("{count} * {number}") }
}

/// What stands in the place of a value that a type does not know to be there.
pub(super) const fn nothing(scalar: &Scalar) -> Option<&'static str> {
    match scalar {
        Scalar::Integer(_) | Scalar::Number(_) => Some("0"),
        Scalar::Boolean | Scalar::Json | Scalar::Enum(_) => None,
        _ => Some("\"\""),
    }
}

/// Whether values that are counted one after the other have the order that cases say of them: tests make those of the
/// row itself first, by their names, and then one part of what surrounds it after the other.
pub(super) fn rises(ranks: &Ranks, found: &[&Found]) -> bool {
    let is_before = |one: &Found, other: &Found| {
        let by = ranks.distance(one.group, &one.literal, &other.literal);
        by.is_some_and(|by| by == 0 || by > 0 && (one.part < other.part || one.part == 0 && other.part == 0))
    };
    found.iter().all(|one| found.iter().all(|other| is_before(one, other) || is_before(other, one)))
}

/// The place of a value among those that cases say of its group, where rules ask for their order; all others have the
/// first.
pub(super) fn place(ranks: &Ranks, group: usize, literal: &Literal) -> usize {
    ranks.said(group).iter().position(|said| said == literal).unwrap_or_default()
}

/// The type of a group's values.
pub(super) fn scalar<'m>(model: &'m Model, linked: &Linked, group: usize) -> Option<&'m Scalar> {
    linked.fields(group).iter().find_map(|(entity, field)| match &model.entity(*entity).field(*field).ty {
        Type::Scalar(scalar) => Some(scalar),
        Type::List { .. } | Type::Reference(_) | Type::Many(_) => None,
    })
}
