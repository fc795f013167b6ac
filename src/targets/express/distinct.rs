//! Values for tests of which no two rows may have the same.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::code::TsTemplateText;
use crate::contract::format;
use crate::model::{Bounds, Form, Interval, Range, Scalar};

use super::samples::{numbered, quoted};

/// How many different values are enough for all rows of a file of tests.
const PLENTY: i64 = 5_000;

/// Whether there are enough different values for all rows of a file of tests.
pub(super) fn is_plentiful(scalar: &Scalar) -> bool {
    match scalar {
        Scalar::String { length, form } | Scalar::Text { length, form } if form.pattern.is_some() => {
            counted(*length, form).is_some()
        }
        Scalar::String { length, .. } | Scalar::Text { length, .. } => length.max >= 4,
        Scalar::Integer(range) => i64::from(range.max) - i64::from(range.min) + 1 >= PLENTY,
        Scalar::Bigint(range) => range.max.saturating_sub(range.min) >= PLENTY,
        Scalar::Decimal { scale, units, .. } => {
            let one = 10_i64.pow(u32::from(*scale));
            units.max / one - whole(units.min, one) >= PLENTY
        }
        Scalar::Number(bounds) => numbers(bounds).is_some(),
        Scalar::Date(Interval { first, last }) => {
            let year = |day: &str| day.split('-').next().and_then(|year| year.parse::<i64>().ok());
            let first = first.as_deref().and_then(year).unwrap_or(1970);
            last.as_deref().and_then(year).is_none_or(|last| (last - first - 1) * 365 >= PLENTY)
        }
        Scalar::Time(interval) => {
            let (first, last) = seconds(interval);
            last - first >= PLENTY
        }
        Scalar::DateTime | Scalar::Uuid | Scalar::Email | Scalar::Url | Scalar::Json => true,
        Scalar::Boolean | Scalar::Enum(_) => false,
    }
}

/// An expression for a value, a different one each time until there are no more.
pub(super) fn expression(scalar: &Scalar) -> String {
    if !is_plentiful(scalar) {
        if let Scalar::Integer(range) = scalar {
            let count = i64::from(range.max) - i64::from(range.min) + 1;
            return match range.min {
                0 => format!("next() % {count}"),
                min => format!("{min} + (next() % {count})"),
            };
        }
        let values = few(scalar, 100);
        let first = values.first().cloned().unwrap_or_default();
        let (all, count) = (values.join(", "), values.len());
        return if count > 1 { format!("([{all}] as const)[next() % {count}] ?? {first}") } else { first };
    }
    match scalar {
        Scalar::String { length, form } | Scalar::Text { length, form } if form.pattern.is_some() => {
            counted(*length, form).unwrap_or_default()
        }
        Scalar::String { length, .. } | Scalar::Text { length, .. } => {
            format!("String(next()).padStart({}, \"0\")", length.min)
        }
        Scalar::Integer(range) => counting_from(range.min),
        Scalar::Bigint(range) => format!("String({})", counting_from(range.min)),
        Scalar::Decimal { scale, units, .. } => {
            let count = counting_from(whole(units.min, 10_i64.pow(u32::from(*scale))));
            match scale {
                0 => format!("String({count})"),
                scale => format!("`${{{count}}}.{}`", "0".repeat(usize::from(*scale))),
            }
        }
        Scalar::Number(bounds) => counting_from(numbers(bounds).unwrap_or_default()),
        Scalar::Date(Interval { first: Some(first), .. }) => {
            format!("new Date(Date.parse(\"{first}\") + next() * 86_400_000).toISOString().slice(0, 10)")
        }
        Scalar::Date(_) => "new Date(next() * 86_400_000).toISOString().slice(0, 10)".to_owned(),
        Scalar::DateTime => "new Date(next() * 1000).toISOString()".to_owned(),
        Scalar::Time(Interval { first: Some(first), .. }) => {
            format!("new Date(Date.parse(\"1970-01-01T{first}Z\") + next() * 1000).toISOString().slice(11, 19)")
        }
        Scalar::Time(_) => "new Date(next() * 1000).toISOString().slice(11, 19)".to_owned(),
        Scalar::Uuid => "`00000000-0000-4000-8000-${String(next()).padStart(12, \"0\")}`".to_owned(),
        Scalar::Email => "`${next()}@example.com`".to_owned(),
        Scalar::Url => "`https://example.com/${next()}`".to_owned(),
        Scalar::Boolean | Scalar::Json | Scalar::Enum(_) => quoted(&numbered(scalar, 1)),
    }
}

/// Different values, at most so many, as they are written in TypeScript.
pub(super) fn few(scalar: &Scalar, most: usize) -> Vec<String> {
    let found: Vec<Json> = match scalar {
        Scalar::Enum(words) => words.iter().map(|word| json!(word)).collect(),
        Scalar::Boolean => vec![json!(false), json!(true)],
        Scalar::Integer(range) => (range.min..=range.max).take(most).map(|number| json!(number)).collect(),
        Scalar::Bigint(range) => (range.min..=range.max).take(most).map(|number| json!(number.to_string())).collect(),
        Scalar::Decimal { scale, units, .. } => {
            (units.min..=units.max).take(most).map(|units| json!(format::write_units(units, *scale))).collect()
        }
        Scalar::Number(Bounds { lower: Some(low), upper: Some(high) }) => {
            let part = (high.value - low.value) / 32.0;
            (1..=8).map(|number| json!(low.value + part * f64::from(number))).collect()
        }
        Scalar::String { length, form } | Scalar::Text { length, form } if form.pattern.is_none() => {
            let wide = length.min as usize;
            let fits = |text: &String| text.len() <= length.max as usize;
            (0..).map(|number| format!("{number:0wide$}")).take_while(fits).take(most).map(|text| json!(text)).collect()
        }
        Scalar::Date(interval @ Interval { first: Some(first), .. }) => {
            let (year, rest) = first.split_once('-').unwrap_or((first, ""));
            let year: i64 = year.parse().unwrap_or_default();
            let months = (year..=year + 1).flat_map(|year| (1..=12).map(move |month| format!("{year:04}-{month:02}")));
            let days = months.flat_map(|month| (1..=28).map(move |day| format!("{month}-{day:02}")));
            // The last days of a month are left out, but for the first of all.
            let begin = (!rest.is_empty()).then(|| first.clone()).into_iter();
            begin.chain(days).filter(|day| interval.contains(day)).take(most + 1).map(|day| json!(day)).collect()
        }
        Scalar::Time(interval) => {
            let (first, last) = seconds(interval);
            let text = |time: i64| format!("{:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60);
            (first..=last).take(most).map(|time| json!(text(time))).collect()
        }
        _ => (0..200).map(|number| numbered(scalar, number)).collect(),
    };
    let mut seen = BTreeSet::new();
    found.iter().map(quoted).filter(|text| seen.insert(text.clone())).take(most).collect()
}

/// The first and the last second of a day that lie within.
fn seconds(Interval { first, last }: &Interval) -> (i64, i64) {
    let of =
        |time: &String| time.split(':').try_fold(0, |sum, part| part.parse::<i64>().ok().map(|part| sum * 60 + part));
    (first.as_ref().and_then(of).unwrap_or(0), last.as_ref().and_then(of).unwrap_or(24 * 60 * 60 - 1))
}

/// The first of all whole numbers that are not below some units.
const fn whole(units: i64, one: i64) -> i64 {
    units.div_euclid(one) + (units.rem_euclid(one) != 0) as i64
}

/// Where whole numbers begin that lie within bounds, if there are enough of them.
fn numbers(bounds: &Bounds<f64>) -> Option<i64> {
    const FAR: f64 = 1e15;
    let first = bounds.lower.map_or(0.0, |low| low.value.ceil());
    let last = bounds.upper.map_or(FAR, |high| high.value);
    let is_enough = first > -FAR && last - first > 5_000.0;
    #[allow(clippy::cast_possible_truncation, reason = "the number is whole and of at most 15 digits")]
    is_enough.then_some(first as i64)
}

/// Numbers of at least so much, none of them twice.
fn counting_from(min: impl Into<i64>) -> String {
    match min.into() {
        ..=0 => "next()".to_owned(),
        min => format!("{min} + next()"),
    }
}

/// Texts that match a pattern, with digits that count where they may.
fn counted(length: Range<u32>, form: &Form) -> Option<String> {
    const DIGITS: usize = 4;
    let sample = form.sample(length, 0)?;
    let chars: Vec<char> = sample.chars().collect();
    let is_free = |at: usize| {
        let with = |digits: &str| {
            [&sample_part(&chars, 0, at), digits, &sample_part(&chars, at + DIGITS, chars.len())].concat()
        };
        (0..10_000).step_by(37).chain([9999]).all(|number| form.takes(&with(&format!("{number:0DIGITS$}"))))
    };
    let at = (0..=chars.len().saturating_sub(DIGITS)).rev().find(|at| at + DIGITS <= chars.len() && is_free(*at))?;
    let (before, after) = (sample_part(&chars, 0, at), sample_part(&chars, at + DIGITS, chars.len()));
    let count = format!("String(next()).padStart({DIGITS}, \"0\")");
    if before.is_empty() && after.is_empty() {
        return Some(count);
    }
    let [before, after] = [before, after].map(|text| TsTemplateText::from(text.as_str()));
    Some(format!("`{before}${{{count}}}{after}`"))
}

fn sample_part(chars: &[char], from: usize, to: usize) -> String {
    chars.get(from..to).unwrap_or_default().iter().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::contract::fixtures::resolved;
    use crate::model::Type;

    fn scalar(ty: &str) -> Scalar {
        let text = format!(
            "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\nentities:\n  Thing:\n    fields:\n      it: {ty}\n"
        );
        let model = resolved(&text);
        let thing = model.entity(model.named("Thing").unwrap());
        match &thing.fields[0].ty {
            Type::Scalar(scalar) => scalar.clone(),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn what_there_is_enough_of_is_counted() {
        let counted = [
            ("string", "String(next()).padStart(0, \"0\")"),
            ("integer 5..", "5 + next()"),
            ("decimal(9,2) >= 100", "`${100 + next()}.00`"),
            ("number >= 0.5", "1 + next()"),
            ("string /[A-Z]{2}[0-9]{4}/", "`AA${String(next()).padStart(4, \"0\")}`"),
        ];
        for (ty, expected) in counted {
            assert!(is_plentiful(&scalar(ty)), "{ty}");
            assert_eq!(expression(&scalar(ty)), expected, "{ty}");
        }
    }

    #[test]
    fn what_there_is_little_of_is_listed() {
        let listed: [(&str, &[&str]); 6] = [
            ("mon | tue", &["\"mon\"", "\"tue\""]),
            ("integer 1..3", &["1", "2", "3"]),
            ("decimal(3,2) 0.50..0.52", &["\"0.50\"", "\"0.51\"", "\"0.52\""]),
            ("string 1..1", &["\"0\"", "\"1\"", "\"2\"", "\"3\""]),
            ("time 08:00:00..08:00:01", &["\"08:00:00\"", "\"08:00:01\""]),
            ("date 2030-01-31..2030-02-02", &["\"2030-01-31\"", "\"2030-02-01\"", "\"2030-02-02\""]),
        ];
        for (ty, expected) in listed {
            assert!(!is_plentiful(&scalar(ty)), "{ty}");
            assert_eq!(few(&scalar(ty), 4), expected, "{ty}");
        }
        assert_eq!(expression(&scalar("integer 7..9")), "7 + (next() % 3)");
        assert_eq!(expression(&scalar("mon | tue")), "([\"mon\", \"tue\"] as const)[next() % 2] ?? \"mon\"");
    }
}
