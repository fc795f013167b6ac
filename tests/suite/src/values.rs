//! Values that a field takes, in their canonical form, and values that it refuses.

use backsmith::contract::{DetailCode, Value, format};
use backsmith::model::{Bounds, Interval, Literal, Range, Scalar};
use serde_json::{Value as Json, json};

/// The `n`-th value that a property takes; different for different `n` as far as there are different ones.
pub(crate) fn valid(value: &Value, n: usize) -> Json {
    match value {
        Value::One(scalar) => valid_scalar(scalar, n),
        Value::Keys { count } => (0..count.min as usize).map(|index| valid_scalar(&Scalar::Uuid, n + index)).collect(),
        Value::Many { item, count } => {
            let items = count.min.max(count.max.min(2));
            (0..items as usize).map(|index| valid_scalar(item, n + index)).collect()
        }
    }
}

fn valid_scalar(scalar: &Scalar, n: usize) -> Json {
    let small = i64::try_from(n % 1_000_000).unwrap_or_default();
    match scalar {
        Scalar::String { length, form } | Scalar::Text { length, form } => {
            form.sample(*length, n).unwrap_or_else(|| text(n, *length)).into()
        }
        Scalar::Integer(range) => within(i64::from(range.min), i64::from(range.max), small).into(),
        Scalar::Bigint(range) => within(range.min, range.max, small).to_string().into(),
        Scalar::Number(bounds) => number(bounds, n).into(),
        Scalar::Decimal { scale, units, .. } => format::write_units(within(units.min, units.max, small), *scale).into(),
        Scalar::Boolean => (n % 2 == 1).into(),
        Scalar::Date(interval) => {
            let days =
                (1000..3000).flat_map(|year| (0..12).map(move |n| format!("{year}-{:02}-{:02}", n + 1, n * 2 + 1)));
            among(interval, day(n), n, days)
        }
        Scalar::DateTime => format!("{}T12:30:00.500Z", day(n)).into(),
        Scalar::Time(interval) => {
            let each = (0..1440).map(|minute| format!("{:02}:{:02}:07", minute / 60, minute % 60));
            among(interval, format!("{:02}:{:02}:07", n / 60 % 24, n % 60), n, each)
        }
        Scalar::Uuid => format!("01890000-0000-7000-8000-{n:012x}").into(),
        Scalar::Email => format!("v{n}@example.com").into(),
        Scalar::Url => format!("https://example.com/{n}").into(),
        Scalar::Json => json!({ "n": n, "list": [1.5, "é", null, true] }),
        Scalar::Enum(words) => words[n % words.len()].clone().into(),
    }
}

/// One of the first days of a month, which leaves some between two months: of the same month in a hundred years, then of
/// the one after it.
fn day(n: usize) -> String {
    format!("20{:02}-{:02}-{:02}", n / 24 % 100, (n / 2400 + 1) % 12 + 1, n % 24 + 1)
}

/// The plain value where all are allowed, else the `n`-th of those that are; its ends are always.
fn among(interval: &Interval, plain: String, n: usize, each: impl Iterator<Item = String>) -> Json {
    if *interval == Interval::WHOLE {
        return plain.into();
    }
    let ends = interval.first.iter().chain(&interval.last).cloned();
    let allowed: Vec<String> = ends.chain(each.filter(|text| interval.contains(text))).collect();
    allowed[n % allowed.len()].clone().into()
}

/// Letters and digits that name `n`, lengthened or cut on the left to fit.
fn text(n: usize, length: Range<u32>) -> String {
    let name = format!("v{n}");
    let missing = (length.min as usize).saturating_sub(name.len());
    let whole = "x".repeat(missing) + &name;
    whole.chars().skip(whole.len().saturating_sub(length.max as usize)).collect()
}

fn within(min: i64, max: i64, n: i64) -> i64 {
    let from = if min <= 0 && max >= 1000 { 0 } else { min };
    let values = max.saturating_sub(from).saturating_add(1);
    from + n % values.max(1)
}

fn number(bounds: &Bounds<f64>, n: usize) -> f64 {
    let step = f64::from(u16::try_from(n % 98).unwrap_or_default() + 1);
    match (&bounds.lower, &bounds.upper) {
        (None, None) => step + 0.25,
        (Some(lower), None) => lower.value + step + 0.25,
        (None, Some(upper)) => upper.value - step - 0.25,
        (Some(lower), Some(upper)) => lower.value + (upper.value - lower.value) * step / 99.0,
    }
}

/// A literal of a model as the wire writes it.
pub(crate) fn of_literal(literal: &Literal, scalar: &Scalar) -> Json {
    backsmith::contract::validate::Stored::Literal(literal.clone()).wire(&Value::One(scalar.clone()))
}

/// A value on the wire as a literal; `None` for null and for what guards cannot compare.
pub(crate) fn literal(scalar: &Scalar, value: &Json) -> Option<Literal> {
    match (scalar, value) {
        (Scalar::Integer(_), Json::Number(number)) => number.as_i64().map(Literal::Integer),
        (Scalar::Number(_), Json::Number(number)) => number.as_f64().map(Literal::Number),
        (Scalar::Boolean, Json::Bool(value)) => Some(Literal::Boolean(*value)),
        (_, Json::String(text)) => format::read(scalar, text).ok(),
        _ => None,
    }
}

/// Values that a property refuses, with where below it and why.
pub(crate) fn invalid(value: &Value, nullable: bool) -> Vec<(Json, String, DetailCode)> {
    let here = |(value, code)| (value, String::new(), code);
    let mut values: Vec<(Json, String, DetailCode)> = match value {
        Value::One(scalar) => invalid_scalar(scalar).into_iter().map(here).collect(),
        Value::Many { item, count } => invalid_list(item, *count),
        Value::Keys { count } => {
            let same = |_| valid_scalar(&Scalar::Uuid, 1);
            let mut values = invalid_list(&Scalar::Uuid, *count);
            if count.max >= count.min.max(2) {
                let repeated = (0..count.min.max(2)).map(same).collect();
                values.push((repeated, String::new(), DetailCode::Repeated));
            }
            values
        }
    };
    if !nullable && *value != Value::One(Scalar::Json) {
        values.push(here((Json::Null, DetailCode::Type)));
    }
    values
}

fn invalid_list(item: &Scalar, count: Range<u32>) -> Vec<(Json, String, DetailCode)> {
    let items = |number: u32| (0..number as usize).map(|n| valid_scalar(item, n)).collect::<Json>();
    let mut values = vec![
        (json!("text"), String::new(), DetailCode::Type),
        (json!({}), String::new(), DetailCode::Type),
        (items(count.max + 1), String::new(), DetailCode::Length),
    ];
    if count.min > 0 {
        values.push((items(count.min - 1), String::new(), DetailCode::Length));
    }
    if count.max > 0 {
        for (bad, code) in invalid_scalar(item) {
            let mut list: Vec<Json> = (0..count.min.max(1) as usize).map(|n| valid_scalar(item, n)).collect();
            list[0] = bad;
            values.push((list.into(), ".0".to_owned(), code));
        }
    }
    values
}

fn invalid_scalar(scalar: &Scalar) -> Vec<(Json, DetailCode)> {
    use DetailCode::{Choice, Length, Pattern, Type};
    let types = |others: &[Json]| others.iter().cloned().map(|value| (value, Type)).collect::<Vec<_>>();
    let no_text = || types(&[json!(1), json!(true), json!([]), json!({})]);
    let patterns = |texts: &[&str]| texts.iter().map(|text| (json!(text), Pattern)).collect::<Vec<_>>();
    match scalar {
        Scalar::String { length, form } | Scalar::Text { length, form } => {
            let mut values = no_text();
            let other = form.given().and_then(|pattern| pattern.counterexample(length.min, length.max));
            values.extend(other.map(|text| (json!(text), Pattern)));
            values.push((json!("x".repeat(length.max as usize + 1)), Length));
            values.push((json!("😀".repeat(length.max as usize + 1)), Length));
            if length.min > 0 {
                values.push((json!("😀".repeat(length.min as usize - 1)), Length));
            }
            if length.max > 0 {
                values.push((json!(format!("\0{}", "x".repeat(length.min.saturating_sub(1) as usize))), Pattern));
            }
            values
        }
        Scalar::Integer(range) => {
            let mut values = types(&[json!("1"), json!(1.5), json!(true), json!([]), json!({})]);
            let around = [i64::from(range.min) - 1, i64::from(range.max) + 1, 1 << 40];
            values.extend(around.map(|value| (json!(value), DetailCode::Range)));
            values
        }
        Scalar::Number(bounds) => {
            let mut values = types(&[json!("1.5"), json!(true), json!([]), json!({})]);
            if let Some(lower) = &bounds.lower {
                let value = if lower.inclusive { lower.value - 0.5 } else { lower.value };
                values.push((json!(value), DetailCode::Range));
            }
            if let Some(upper) = &bounds.upper {
                let value = if upper.inclusive { upper.value + 0.5 } else { upper.value };
                values.push((json!(value), DetailCode::Range));
            }
            values
        }
        Scalar::Bigint(range) => invalid_digits(*range, 0, 18),
        Scalar::Decimal { precision, scale, units } => invalid_digits(*units, *scale, *precision),
        Scalar::Boolean => types(&[json!("true"), json!(1), json!(0), json!([]), json!({})]),
        Scalar::Json => vec![(json!({ "a": ["\0"] }), Pattern)],
        Scalar::Enum(_) => {
            let mut values = no_text();
            values.extend([(json!("no such word"), Choice), (json!(""), Choice)]);
            values
        }
        Scalar::Date(interval) => {
            let outside = outside(interval, ["1000-01-01", "2999-12-31"]);
            [
                no_text(),
                outside,
                patterns(&["", "2021-02-30", "2021-13-01", "0999-01-01", "3000-01-01", "2021-2-3", "x"]),
            ]
            .concat()
        }
        Scalar::DateTime => [
            no_text(),
            patterns(&["", "2021-02-03", "2021-02-30T10:00:00Z", "2021-02-03T24:00:00Z", "2021-02-03T10:00:00"]),
        ]
        .concat(),
        Scalar::Time(interval) => {
            let outside = outside(interval, ["00:00:00", "23:59:59"]);
            [no_text(), outside, patterns(&["", "24:00:00", "10:00", "10:00:60", "10:00:00Z"])].concat()
        }
        Scalar::Uuid => [no_text(), patterns(&["", "x", "01890000-0000-7000-8000-00000000000g"])].concat(),
        Scalar::Email => [no_text(), patterns(&["", "a", "a@", "@b.c", "a b@example.com", "a@example.com\n"])].concat(),
        Scalar::Url => {
            [no_text(), patterns(&["", "example.com", "javascript:alert(1)", "https://", "https://a b"])].concat()
        }
    }
}

/// The first and the last of all values, where they are not within an interval.
fn outside(interval: &Interval, ends: [&str; 2]) -> Vec<(Json, DetailCode)> {
    ends.into_iter().filter(|text| !interval.contains(text)).map(|text| (json!(text), DetailCode::Range)).collect()
}

/// Strings of digits with a point that are out of a range in units of the last digit, or not written as they must be.
fn invalid_digits(range: Range<i64>, scale: u8, precision: u8) -> Vec<(Json, DetailCode)> {
    let mut values: Vec<(Json, DetailCode)> =
        [json!(1), json!(1.5), json!(true), json!([])].map(|value| (value, DetailCode::Type)).into();
    let forms = ["", "x", "1e3", "+1", "01", " 1", "1.", ".5", "١", "1\n"];
    values.extend(forms.map(|text| (json!(text), DetailCode::Pattern)));
    values.push((json!(format!("1.{}", "0".repeat(usize::from(scale) + 1))), DetailCode::Pattern));
    let greatest = 10_i64.pow(u32::from(precision)) - 1;
    if range.max < greatest {
        values.push((json!(format::write_units(range.max + 1, scale)), DetailCode::Range));
    }
    if range.min > -greatest {
        values.push((json!(format::write_units(range.min - 1, scale)), DetailCode::Range));
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_their_length() {
        assert_eq!(text(123, Range { min: 0, max: 255 }), "v123");
        assert_eq!(text(7, Range { min: 5, max: 5 }), "xxxv7");
        assert_eq!(text(123, Range { min: 1, max: 2 }), "23");
    }

    #[test]
    fn numbers_stay_within() {
        assert_eq!((within(1, 5, 4), within(1, 5, 5), within(-5, 5000, 3), within(7, 7, 3)), (5, 1, 3, 7));
    }
}
