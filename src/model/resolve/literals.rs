//! Literals as values of a type.

use crate::model::{Bound, Bounds, DateTime, Literal, Range, Scalar};
use crate::spec::ast;

/// Why a literal is not a value of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// It is a literal of another kind.
    Kind,
    /// It is longer or shorter than allowed.
    Length,
    /// It is less or greater than allowed.
    Range,
    /// It has more digits after the point than are kept.
    Digits,
    /// It has not the form of an address or a UUID.
    Form,
}

/// The value that a literal is for a type.
pub(super) fn value(scalar: &Scalar, written: &ast::Literal) -> Result<Literal, Misfit> {
    match (scalar, written) {
        (Scalar::String { length, form } | Scalar::Text { length, form }, ast::Literal::String(text)) => {
            let count = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            let fits = (length.min..=length.max).contains(&count);
            if fits { formed(form.takes(text), form.stored(text)) } else { Err(Misfit::Length) }
        }
        (Scalar::Email, ast::Literal::String(text)) => formed(is_email(text), text.to_ascii_lowercase()),
        (Scalar::Url, ast::Literal::String(text)) => formed(is_url(text), text.clone()),
        (Scalar::Uuid, ast::Literal::String(text)) => formed(is_uuid(text), text.to_ascii_lowercase()),
        (Scalar::Integer(range), ast::Literal::Number(text)) => {
            let wide = Range { min: i64::from(range.min), max: i64::from(range.max) };
            within(text, 0, wide).map(Literal::Integer)
        }
        (Scalar::Bigint(range), ast::Literal::Number(text)) => within(text, 0, *range).map(Literal::Integer),
        (Scalar::Decimal { scale, units, .. }, ast::Literal::Number(text)) => {
            within(text, *scale, *units).map(Literal::Decimal)
        }
        (Scalar::Number(bounds), ast::Literal::Number(text)) => {
            let number = finite(text).ok_or(Misfit::Range)?;
            if lies_within(number, bounds) { Ok(Literal::Number(number)) } else { Err(Misfit::Range) }
        }
        (Scalar::Date(interval), ast::Literal::Date(text)) => {
            if interval.contains(text) {
                Ok(Literal::Date(text.clone()))
            } else {
                Err(Misfit::Range)
            }
        }
        (Scalar::Time(interval), ast::Literal::Time(text)) => {
            let text = with_seconds(text);
            if interval.contains(&text) { Ok(Literal::Time(text)) } else { Err(Misfit::Range) }
        }
        (Scalar::DateTime, ast::Literal::DateTime(text)) => {
            utc(text).map(|text| Literal::DateTime(DateTime(text))).ok_or(Misfit::Range)
        }
        _ => Err(Misfit::Kind),
    }
}

fn formed(fits: bool, text: String) -> Result<Literal, Misfit> {
    if fits { Ok(Literal::String(text)) } else { Err(Misfit::Form) }
}

fn within(text: &str, scale: u8, range: Range<i64>) -> Result<i64, Misfit> {
    let units = units(text, scale)?;
    i64::try_from(units).ok().filter(|units| (range.min..=range.max).contains(units)).ok_or(Misfit::Range)
}

fn lies_within(number: f64, bounds: &Bounds<f64>) -> bool {
    let above = |bound: Bound<f64>| if bound.inclusive { number >= bound.value } else { number > bound.value };
    let below = |bound: Bound<f64>| if bound.inclusive { number <= bound.value } else { number < bound.value };
    bounds.lower.is_none_or(above) && bounds.upper.is_none_or(below)
}

/// A number that a double can hold.
pub(super) fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A number counted in units of its last digit. The text is a number by the grammar.
pub(super) fn units(text: &str, scale: u8) -> Result<i128, Misfit> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > usize::from(scale) {
        return Err(Misfit::Digits);
    }
    let padded = format!("{whole}{fraction:0<width$}", width = usize::from(scale));
    padded.parse().map_err(|_| Misfit::Range)
}

/// A time of day in its canonical form.
pub(super) fn with_seconds(time: &str) -> String {
    if time.len() == 5 { format!("{time}:00") } else { time.to_owned() }
}

/// The day that is so many days after another one, within the years of the language.
pub(super) fn moved_day(text: &str, by: i64) -> Option<String> {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<i64>().ok());
    let (year, month, day) = civil(days(number(0, 4)?, number(5, 7)?, number(8, 10)?) + by);
    (1000..=2999).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The time that is so many seconds after another one, on the same day.
pub(super) fn moved_time(text: &str, by: i64) -> Option<String> {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<i64>().ok());
    let seconds = number(0, 2)? * 3600 + number(3, 5)? * 60 + number(6, 8)? + by;
    let is_there = (0..86_400).contains(&seconds);
    is_there.then(|| format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let is_hex = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]) && groups.iter().all(is_hex)
}

fn is_host_label(label: &str) -> bool {
    let fits = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (1..=63).contains(&label.len()) && fits && !label.starts_with('-') && !label.ends_with('-')
}

/// The addresses that nobody disputes; the contract takes a few more.
fn is_email(text: &str) -> bool {
    let in_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte);
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(in_word);
    text.len() <= 254
        && text.split_once('@').is_some_and(|(name, host)| {
            name.split('.').all(is_word) && host.contains('.') && host.split('.').all(is_host_label)
        })
}

/// The addresses that nobody disputes; the contract takes a few more.
fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let in_path = |byte: u8| byte.is_ascii_alphanumeric() || b"._~/?#=&%+,;:@!$()*-".contains(&byte);
    text.len() <= 2048
        && rest.is_some_and(|rest| {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            rest[..end].split('.').all(is_host_label) && rest[end..].bytes().all(in_path)
        })
}

/// A moment with an offset as the same moment in UTC, with milliseconds. The text is a moment by the grammar.
fn utc(text: &str) -> Option<String> {
    let (date, rest) = text.split_once('T')?;
    let zone_at = rest.find(['Z', '+', '-'])?;
    let (clock, zone) = rest.split_at(zone_at);
    let number = |text: &str, from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<i64>().ok());
    let (time, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let minutes = number(time, 0, 2)? * 60 + number(time, 3, 5)?;
    let offset = match zone.chars().next()? {
        'Z' => 0,
        sign => (number(zone, 1, 3)? * 60 + number(zone, 4, 6)?) * if sign == '-' { -1 } else { 1 },
    };
    let day = days(number(date, 0, 4)?, number(date, 5, 7)?, number(date, 8, 10)?);
    let total = day * 1440 + minutes - offset;
    let (year, month, day) = civil(total.div_euclid(1440));
    let minute = total.rem_euclid(1440);
    let (hour, minute) = (minute / 60, minute % 60);
    let seconds = time.get(6..8).unwrap_or("00");
    let in_range = (1000..=2999).contains(&year);
    in_range.then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{seconds}.{fraction:0<3}Z"))
}

/// The days from 1970-01-01 in the Gregorian calendar, counted in years that begin in March, so that the leap day
/// is the last of its year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The reverse of `days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_units() {
        assert_eq!(units("12.5", 2), Ok(1250));
        assert_eq!(units("-0.05", 2), Ok(-5));
        assert_eq!(units("3", 0), Ok(3));
        assert_eq!(units("1.500", 1), Ok(15));
        assert_eq!(units("1.55", 1), Err(Misfit::Digits));
        assert_eq!(units(&"9".repeat(60), 0), Err(Misfit::Range));
    }

    #[test]
    fn moments_become_utc() {
        let moments = [
            ("2026-11-21T08:30Z", Some("2026-11-21T08:30:00.000Z")),
            ("2026-01-01T00:30:15.5+02:00", Some("2025-12-31T22:30:15.500Z")),
            ("2024-02-28T23:00:00-02:00", Some("2024-02-29T01:00:00.000Z")),
            ("1000-01-01T00:00+01:00", None),
        ];
        for (text, expected) in moments {
            assert_eq!(utc(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn days_and_civil_are_inverse() {
        for day in (-354_285..376_200).step_by(37) {
            let (year, month, date) = civil(day);
            assert_eq!(days(year, month, date), day);
        }
    }

    #[test]
    fn addresses_and_ids_have_a_form() {
        assert!(is_email("ann.smith+x@shop.example") && !is_email("ann@shop") && !is_email("a b@shop.example"));
        assert!(is_url("https://shop.example/a?b=c") && !is_url("ftp://shop.example") && !is_url("https://"));
        assert!(is_uuid("01890a5d-ac96-774b-bcce-b302099a8057") && !is_uuid("01890a5d"));
    }
}
