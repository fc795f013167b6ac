//! Single values of a body.

use serde_json::Value;

use super::Stored;
use super::stored::{SAFE_INTEGER, wire_number};
use crate::contract::{DetailCode, format};
use crate::model::{Literal, Range, Scalar};

/// Reads one value that is not null.
pub(super) fn read(scalar: &Scalar, value: &Value) -> Result<Stored, DetailCode> {
    match scalar {
        Scalar::Json => json(value).map(Stored::Json),
        _ => literal(scalar, value).map(Stored::Literal),
    }
}

/// Reads one value of any scalar but `json`.
pub(super) fn literal(scalar: &Scalar, value: &Value) -> Result<Literal, DetailCode> {
    match (scalar, value) {
        (Scalar::Integer(range), Value::Number(number)) => integer(number.as_f64().unwrap_or(f64::NAN), *range),
        (Scalar::Number(bounds), Value::Number(number)) => {
            format::read_number(number.as_f64().unwrap_or(f64::NAN), *bounds).map(Literal::Number)
        }
        (Scalar::Boolean, Value::Bool(value)) => Ok(Literal::Boolean(*value)),
        (_, Value::String(text)) => format::read(scalar, text),
        _ => Err(DetailCode::Type),
    }
}

/// `1.0` is an integer too.
fn integer(value: f64, range: Range<i32>) -> Result<Literal, DetailCode> {
    if value.fract() != 0.0 {
        return Err(DetailCode::Type);
    }
    if !(f64::from(range.min)..=f64::from(range.max)).contains(&value) {
        return Err(DetailCode::Range);
    }
    #[allow(clippy::cast_possible_truncation, reason = "the range has 32 bits")]
    Ok(Literal::Integer(value as i64))
}

/// Any value without NUL, and without numbers of which a double would keep another one. Null stands for no value, so
/// it is none itself; inside it is one.
pub(super) fn json(value: &Value) -> Result<Value, DetailCode> {
    if value.is_null() { Err(DetailCode::Type) } else { inner_json(value).ok_or(DetailCode::Pattern) }
}

fn inner_json(value: &Value) -> Option<Value> {
    let plain = |text: &str| !text.contains('\0');
    match value {
        Value::Null | Value::Bool(_) => Some(value.clone()),
        Value::Number(number) => number.as_f64().filter(|value| value.abs() <= SAFE_INTEGER).map(wire_number),
        Value::String(text) => plain(text).then(|| value.clone()),
        Value::Array(items) => items.iter().map(inner_json).collect(),
        Value::Object(members) => {
            let member =
                |(name, value): (&String, &Value)| Some((name.clone(), inner_json(value).filter(|_| plain(name))?));
            members.iter().map(member).collect::<Option<serde_json::Map<_, _>>>().map(Value::Object)
        }
    }
}
