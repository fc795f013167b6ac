//! Values in the form in which they are stored, and back onto the wire.

use crate::contract::{Value, format};
use crate::model::{DateTime, Default, Field, Literal, Scalar, Type};

/// The largest integer up to which doubles tell all integers apart.
pub(super) const SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// A value in its canonical form: two that are equal on the wire are equal here.
#[derive(Debug, Clone, PartialEq)]
pub enum Stored {
    /// No value.
    Null,
    /// A single value; moments in UTC, e-mail addresses and UUIDs in lower case.
    Literal(Literal),
    /// A value of a `json` field, or the list of one that holds several.
    Json(serde_json::Value),
    /// The values of a list.
    List(Vec<Literal>),
}

impl Stored {
    /// The value on the wire.
    pub fn wire(&self, of: &Value) -> serde_json::Value {
        let scalar = of.scalar();
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Literal(literal) => wire_literal(literal, scalar),
            Self::Json(value) => value.clone(),
            Self::List(items) => items.iter().map(|item| wire_literal(item, scalar)).collect(),
        }
    }
}

fn wire_literal(literal: &Literal, scalar: &Scalar) -> serde_json::Value {
    match (literal, scalar) {
        (Literal::Decimal(units), Scalar::Decimal { scale, .. }) => format::write_units(*units, *scale).into(),
        (Literal::Integer(value), Scalar::Bigint(_)) => value.to_string().into(),
        (Literal::Integer(value) | Literal::Decimal(value), _) => (*value).into(),
        (Literal::Number(value), _) => wire_number(*value),
        (Literal::Boolean(value), _) => (*value).into(),
        (Literal::String(text) | Literal::Date(text) | Literal::Time(text) | Literal::Enum(text), _) => {
            text.clone().into()
        }
        (Literal::DateTime(DateTime(text)), _) => text.clone().into(),
    }
}

/// A double as JSON writes it: an integer without a point, as far as doubles tell integers apart.
pub(super) fn wire_number(value: f64) -> serde_json::Value {
    #[allow(clippy::cast_possible_truncation, reason = "integers of this size convert without loss")]
    if value.fract() == 0.0 && value.abs() <= SAFE_INTEGER { (value as i64).into() } else { value.into() }
}

/// What a field holds that a whole body leaves out, at a moment in canonical form: its default, an empty list or null;
/// nothing where the body must give a value.
pub fn absent(field: &Field, now: &DateTime) -> Option<Stored> {
    match (&field.default, &field.ty) {
        (Some(Default::Literal(literal)), Type::List { .. }) => Some(Stored::List(vec![literal.clone()])),
        (Some(Default::Literal(literal)), _) => Some(Stored::Literal(literal.clone())),
        (Some(Default::Now), Type::Scalar(scalar)) => Some(Stored::Literal(moment_as(scalar, now))),
        // It depends on another row, and on that only when the row is created.
        (Some(Default::Copy { .. }), _) => None,
        (_, Type::List { item: Scalar::Json, count }) if count.min == 0 => {
            Some(Stored::Json(Vec::<bool>::new().into()))
        }
        _ if field.may_be_empty() => Some(Stored::List(Vec::new())),
        _ => field.nullable.then_some(Stored::Null),
    }
}

/// A moment as a day, a time of day or itself.
fn moment_as(scalar: &Scalar, now: &DateTime) -> Literal {
    let part = |from: usize, to: usize| now.0.get(from..to).unwrap_or_default().to_owned();
    match scalar {
        Scalar::Date(_) => Literal::Date(part(0, "YYYY-MM-DD".len())),
        Scalar::Time(_) => Literal::Time(part("YYYY-MM-DDT".len(), "YYYY-MM-DDTHH:MM:SS".len())),
        _ => Literal::DateTime(now.clone()),
    }
}
