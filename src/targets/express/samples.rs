//! Values for tests and for the seed.

use serde_json::{Value as Json, json};

use crate::code::{TsString, compact_json};
use crate::contract::{Value, format};
use crate::model::{Bounds, Form, Interval, Literal, Range, Scalar, Type};

use super::distinct;
use super::values::strings;

/// A valid value as a TypeScript expression; another one at each evaluation where no two may be equal.
pub(super) fn expression(value: &Value, unique: bool) -> String {
    match value {
        Value::One(scalar) if unique => distinct::expression(scalar),
        Value::One(scalar) => quoted(&numbered(scalar, 1)),
        // Which rows there are is for the caller to know.
        Value::Keys { .. } => "[]".to_owned(),
        Value::Many { item, count } => {
            let items: Vec<String> = (0..count.min.max(1).min(count.max)).map(|_| quoted(&numbered(item, 1))).collect();
            format!("[{}]", items.join(", "))
        }
    }
}

/// The value that the rows of tests hold where all of them may hold the same.
pub(super) fn usual(scalar: &Scalar) -> Option<Literal> {
    match numbered(scalar, 1) {
        Json::Bool(value) => Some(Literal::Boolean(value)),
        Json::Number(number) if matches!(scalar, Scalar::Number(_)) => number.as_f64().map(Literal::Number),
        Json::Number(number) => number.as_i64().map(Literal::Integer),
        Json::String(text) if matches!(scalar, Scalar::Enum(_)) => Some(Literal::Enum(text)),
        Json::String(text) => format::read(scalar, &text).ok(),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Two different values as a query writes them, or the only one there is.
pub(super) fn parameters(value: &Value) -> Vec<String> {
    let scalar = value.scalar();
    let text = |value: Json| match value {
        Json::String(text) => text,
        other => compact_json(&other),
    };
    let mut values = match scalar {
        Scalar::Boolean => vec!["true".to_owned(), "false".to_owned()],
        Scalar::Enum(words) => words.iter().take(2).cloned().collect(),
        Scalar::String { length, form } | Scalar::Text { length, form } if form.pattern.is_some() => {
            (0..2).filter_map(|number| form.sample(*length, number)).collect()
        }
        Scalar::String { length, .. } | Scalar::Text { length, .. } => {
            let of = |letter: &str| letter.repeat(length.min.max(1).min(length.max) as usize);
            vec![of("a"), of("b")]
        }
        Scalar::Number(bounds) => {
            let middle = number_within(bounds);
            let other = bounds.upper.map_or(middle + 1.0, |high| f64::midpoint(middle, high.value));
            vec![middle.to_string(), other.to_string()]
        }
        _ => vec![text(numbered(scalar, 1)), text(numbered(scalar, 2))],
    };
    values.dedup();
    values
}

/// A text that stands in none of those that are made up for tests.
pub(super) fn unheard(length: Range<u32>, form: &Form) -> Option<String> {
    const TEXT: &str = "unheard of";
    if form.pattern.is_some() {
        return form.sample(length, 50);
    }
    let missing = (length.min as usize).saturating_sub(TEXT.len());
    let text: String = TEXT.chars().chain(std::iter::repeat_n('u', missing)).take(length.max as usize).collect();
    (!text.is_empty()).then_some(text)
}

/// A valid value; another number gives another value, where there is one.
pub(super) fn numbered(scalar: &Scalar, number: u32) -> Json {
    match scalar {
        Scalar::String { length, form } | Scalar::Text { length, form } if form.pattern.is_some() => {
            json!(form.sample(*length, number as usize))
        }
        Scalar::String { length, .. } | Scalar::Text { length, .. } => {
            let wanted = length.min.max(1).min(length.max);
            json!("a".repeat(wanted as usize))
        }
        Scalar::Integer(range) => json!(within(i64::from(number), i64::from(range.min), i64::from(range.max))),
        Scalar::Bigint(range) => json!(within(i64::from(number), range.min, range.max).to_string()),
        Scalar::Decimal { scale, units, .. } => {
            let wanted = i64::from(number) * 10_i64.pow(u32::from(*scale));
            json!(format::write_units(within(wanted, units.min, units.max), *scale))
        }
        Scalar::Number(bounds) => json!(number_within(bounds)),
        Scalar::Boolean => json!(true),
        Scalar::Date(interval) => json!(nearest(format!("2026-01-{:02}", number.clamp(1, 28)), interval)),
        Scalar::DateTime => json!(format!("2026-01-{:02}T09:30:00.000Z", number.clamp(1, 28))),
        Scalar::Time(interval) => json!(nearest(format!("09:30:{:02}", number.clamp(0, 59)), interval)),
        Scalar::Uuid => json!(format!("00000000-0000-4000-8000-{number:012}")),
        Scalar::Email => json!(format!("someone-{number}@example.com")),
        Scalar::Url => json!(format!("https://example.com/{number}")),
        Scalar::Json => json!({ "note": number }),
        Scalar::Enum(words) => json!(words.first()),
    }
}

/// The value itself if it lies within, else the end that is nearer.
fn nearest(wanted: String, interval: &Interval) -> String {
    let too_late = interval.last.iter().find(|last| **last < wanted);
    let too_early = interval.first.iter().find(|first| wanted < **first);
    too_late.or(too_early).cloned().unwrap_or(wanted)
}

fn within(wanted: i64, min: i64, max: i64) -> i64 {
    wanted.clamp(min, max)
}

fn number_within(bounds: &Bounds<f64>) -> f64 {
    match (bounds.lower, bounds.upper) {
        (Some(low), Some(high)) => f64::midpoint(low.value, high.value),
        (Some(low), None) => low.value + 1.0,
        (None, Some(high)) => high.value - 1.0,
        (None, None) => 1.5,
    }
}

/// A value as it is written in TypeScript.
pub(super) fn quoted(value: &Json) -> String {
    match value {
        Json::String(text) => TsString::from(text.as_str()).to_string(),
        Json::Object(members) => {
            let members: Vec<String> = members.iter().map(|(key, value)| format!("{key}: {}", quoted(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
        other => compact_json(other),
    }
}

/// Whole numbers that count up from the one after the first.
pub(super) fn counted_from(ty: &Type, first: i64) -> String {
    match ty {
        Type::Scalar(Scalar::Bigint(_)) => format!("String({first} + next())"),
        _ => format!("{first} + next()"),
    }
}

/// Values that the schema of a property refuses, as TypeScript, with the code of what is wrong.
pub(super) fn invalid(wire: &str, value: &Value, nullable: bool) -> Vec<[String; 3]> {
    let mut found: Vec<(String, String, &str)> = Vec::new();
    let mut refuse = |path: &str, value: String, code| found.push((path.to_owned(), value, code));
    let at = wire;
    match value {
        Value::One(scalar) => {
            if !nullable {
                refuse(at, "null".to_owned(), "type");
            }
            for (value, code) in invalid_scalars(scalar) {
                refuse(at, value, code);
            }
        }
        Value::Keys { count } => {
            let key = |number: u32| quoted(&numbered(&Scalar::Uuid, number));
            refuse(at, "{}".to_owned(), "type");
            refuse(at, "null".to_owned(), "type");
            refuse(at, format!("Array({}).fill({})", count.max + 1, key(1)), "length");
            if count.min > 0 {
                refuse(at, "[]".to_owned(), "length");
            }
            if count.max >= count.min.max(2) {
                let same: Vec<String> = (0..count.min.max(2)).map(|number| key(number.max(1))).collect();
                refuse(at, format!("[{}]", same.join(", ")), "repeated");
            }
        }
        Value::Many { item, count } => {
            refuse(at, "{}".to_owned(), "type");
            refuse(at, "null".to_owned(), "type");
            let good = quoted(&numbered(item, 1));
            refuse(at, format!("Array({}).fill({good})", count.max + 1), "length");
            if count.min > 0 {
                refuse(at, "[]".to_owned(), "length");
            }
        }
    }
    let wire = TsString::from(wire).to_string();
    found.into_iter().map(|(_, value, code)| [wire.clone(), value, strings(&[code]).replace(['[', ']'], "")]).collect()
}

fn invalid_scalars(scalar: &Scalar) -> Vec<(String, &'static str)> {
    let text = |text: &str| TsString::from(text).to_string();
    let mut list = Vec::new();
    match scalar {
        Scalar::String { length, form } | Scalar::Text { length, form } => {
            let other = form.given().and_then(|pattern| pattern.counterexample(length.min, length.max));
            list.extend(other.map(|other| (text(&other), "pattern")));
            if length.min > 0 {
                list.push((text(&"a".repeat(length.min as usize - 1)), "length"));
            }
            list.push((format!("\"a\".repeat({})", length.max + 1), "length"));
            if length.max > 0 {
                list.push((format!("\"\\0\".repeat({})", length.min.max(1)), "pattern"));
            }
            list.push(("1".to_owned(), "type"));
        }
        Scalar::Integer(range) => {
            list.push(((i64::from(range.min) - 1).to_string(), "range"));
            list.push(((i64::from(range.max) + 1).to_string(), "range"));
            list.push(("0.5".to_owned(), "type"));
            list.push((text("1"), "type"));
        }
        Scalar::Bigint(range) => {
            list.push((text(&(range.max + 1).to_string()), "range"));
            list.push((text("1.0"), "pattern"));
            list.push(("1".to_owned(), "type"));
        }
        Scalar::Decimal { scale, units, .. } => {
            list.push((text(&format::write_units(units.min - 1, *scale)), "range"));
            list.push((text(&format::write_units(units.max + 1, *scale)), "range"));
            list.push((text("1e1"), "pattern"));
            list.push(("1".to_owned(), "type"));
        }
        Scalar::Number(bounds) => {
            list.extend(bounds.lower.map(|low| ((low.value - 1.0).to_string(), "range")));
            list.extend(bounds.upper.map(|high| ((high.value + 1.0).to_string(), "range")));
            list.push((text("1"), "type"));
        }
        Scalar::Boolean => list.push((text("true"), "type")),
        Scalar::Date(interval) => {
            list.extend(outside(interval, ["1000-01-01", "2999-12-31"]));
            list.extend([(text("2026-02-29"), "pattern"), (text("2026-1-1"), "pattern")]);
        }
        Scalar::DateTime => {
            list.extend([(text("2026-01-01T00:00:00"), "pattern"), (text("2026-02-29T00:00:00Z"), "pattern")]);
        }
        Scalar::Time(interval) => {
            list.extend(outside(interval, ["00:00:00", "23:59:59"]));
            list.push((text("24:00:00"), "pattern"));
        }
        Scalar::Uuid => list.extend([(text("1"), "pattern"), ("{}".to_owned(), "type")]),
        Scalar::Email => list.push((text("nobody"), "pattern")),
        Scalar::Url => list.push((text("javascript:alert(1)"), "pattern")),
        Scalar::Json => list.extend([(text("\0"), "pattern"), ("[1e300]".to_owned(), "pattern")]),
        Scalar::Enum(_) => list.extend([(text("none of them"), "choice"), ("1".to_owned(), "type")]),
    }
    list
}

/// The first and the last of all values, where they are not within an interval.
fn outside(interval: &Interval, ends: [&str; 2]) -> Vec<(String, &'static str)> {
    let outside = ends.into_iter().filter(|text| !interval.contains(text));
    outside.map(|text| (TsString::from(text).to_string(), "range")).collect()
}
