//! Days, times of day and moments.

use crate::contract::DetailCode;
use crate::model::DateTime;

const CLOCK: &str = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";
const OFFSET: &str = "[+-]([01][0-9]|2[0-3]):[0-5][0-9]";
/// Every month's days, but for the leap day.
pub(super) const DAY_OF_YEAR: &str = concat!(
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|",
    "02-(0[1-9]|1[0-9]|2[0-8]))",
);
/// The leap days of the years 1000 to 2999.
const LEAP_DAY: &str = "([12][0-9](0[48]|[2468][048]|[13579][26])|(1[26]|2[048])00)-02-29";
/// The years 1001 to 2998, in all of which a moment keeps to the years 1000 to 2999 whatever its offset.
const INNER_YEAR: &str = "(1(00[1-9]|0[1-9][0-9]|[1-9][0-9]{2})|2([0-8][0-9]{2}|9[0-8][0-9]|99[0-8]))";

const MILLIS_PER_DAY: i64 = 86_400_000;

/// Days of the years 1000 to 2999 that exist, `YYYY-MM-DD`.
pub(super) fn date_pattern() -> String {
    format!("^([12][0-9]{{3}}-{DAY_OF_YEAR}|{LEAP_DAY})$")
}

/// Times of day, `HH:MM:SS`.
pub(super) fn time_pattern() -> String {
    format!("^{CLOCK}$")
}

/// Moments with an offset or in UTC; in the first and last year only in UTC, for an offset could lead out of them.
pub(super) fn datetime_pattern() -> String {
    let clock = format!("T{CLOCK}(\\.[0-9]{{1,9}})?");
    let inner = format!("({INNER_YEAR}-{DAY_OF_YEAR}|{LEAP_DAY}){clock}(Z|{OFFSET})");
    let outer = format!("(1000|2999)-{DAY_OF_YEAR}{clock}Z");
    format!("^({inner}|{outer})$")
}

/// A day of the years 1000 to 2999.
#[derive(Clone, Copy)]
struct Day {
    year: i64,
    month: i64,
    of_month: i64,
}

/// Reads a day.
pub(super) fn read_date(text: &str) -> Result<String, DetailCode> {
    day(text).map(|_| text.to_owned()).ok_or(DetailCode::Pattern)
}

/// Reads a time of day.
pub(super) fn read_time(text: &str) -> Result<String, DetailCode> {
    seconds_of_day(text).map(|_| text.to_owned()).ok_or(DetailCode::Pattern)
}

/// Reads a moment into UTC with milliseconds; finer digits are cut off.
pub(super) fn read_datetime(text: &str) -> Result<DateTime, DetailCode> {
    unix_millis(text).map(moment).ok_or(DetailCode::Pattern)
}

/// The canonical form of a moment, given in milliseconds since 1970.
pub fn moment(unix_millis: i64) -> DateTime {
    let Day { year, month, of_month: day } = civil(unix_millis.div_euclid(MILLIS_PER_DAY));
    let millis = unix_millis.rem_euclid(MILLIS_PER_DAY);
    let (seconds, millis) = (millis / 1000, millis % 1000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    DateTime(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z"))
}

/// The milliseconds since 1970 of a moment in any of its forms.
pub fn unix_millis(text: &str) -> Option<i64> {
    let (date, rest) = text.split_once('T')?;
    let day = day(date)?;
    let (clock, rest) = rest.split_at_checked(8)?;
    let (fraction, zone) = rest.split_at(rest.find(['Z', '+', '-'])?);
    let millis = seconds_of_day(clock)? * 1000 + fraction_millis(fraction)?;
    let offset = if zone == "Z" { 0 } else { offset_minutes(zone)? };
    let may_shift = zone == "Z" || !matches!(day.year, 1000 | 2999);
    may_shift.then(|| days(day) * MILLIS_PER_DAY + millis - offset * 60_000)
}

fn day(text: &str) -> Option<Day> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let day = Day { year: number(&[y1, y2, y3, y4])?, month: number(&[m1, m2])?, of_month: number(&[d1, d2])? };
    let exists = (1000..=2999).contains(&day.year) && (1..=12).contains(&day.month);
    (exists && (1..=days_of_month(day.year, day.month)).contains(&day.of_month)).then_some(day)
}

fn seconds_of_day(text: &str) -> Option<i64> {
    let &[h1, h2, b':', m1, m2, b':', s1, s2] = text.as_bytes() else { return None };
    let (hour, minute, second) = (number(&[h1, h2])?, number(&[m1, m2])?, number(&[s1, s2])?);
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

/// The milliseconds of `.5`, `.123456789` or nothing.
fn fraction_millis(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    let digits = text.strip_prefix('.').filter(|digits| (1..=9).contains(&digits.len()))?;
    number(digits.as_bytes())?;
    number(format!("{digits:0<3}").as_bytes().get(..3)?)
}

fn offset_minutes(zone: &str) -> Option<i64> {
    let &[sign, h1, h2, b':', m1, m2] = zone.as_bytes() else { return None };
    let (hour, minute) = (number(&[h1, h2])?, number(&[m1, m2])?);
    let minutes = (hour < 24 && minute < 60).then_some(hour * 60 + minute)?;
    Some(if sign == b'-' { -minutes } else { minutes })
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0')))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days since 1970-01-01.
fn days(Day { year, month, of_month }: Day) -> i64 {
    days_before_year(year) + (1..month).map(|month| days_of_month(year, month)).sum::<i64>() + of_month - 1
}

/// The days from 1970-01-01 to the first of a year.
fn days_before_year(year: i64) -> i64 {
    let leap_days = |year: i64| year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969)
}

/// The day that is so many days after 1970-01-01.
fn civil(days: i64) -> Day {
    // Four hundred years have 146 097 days; the year by their mean is off by one at most.
    let guess = 1969 + (days * 400).div_euclid(146_097);
    let year = (guess..guess + 2).find(|&year| days_before_year(year + 1) > days).unwrap_or(guess + 2);
    let mut rest = days - days_before_year(year);
    let mut month = 1;
    while rest >= days_of_month(year, month) {
        rest -= days_of_month(year, month);
        month += 1;
    }
    Day { year, month, of_month: rest + 1 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn moments_become_utc_with_milliseconds() {
        let table = [
            ("2026-11-21T03:05:09Z", "2026-11-21T03:05:09.000Z"),
            ("2026-11-21T03:05:09.1234567+01:00", "2026-11-21T02:05:09.123Z"),
            ("2000-02-29T23:59:59.5-00:01", "2000-03-01T00:00:59.500Z"),
            ("2999-01-01T00:00:00.000Z", "2999-01-01T00:00:00.000Z"),
            ("2998-12-31T23:00:00-23:59", "2999-01-01T22:59:00.000Z"),
            ("1000-12-31T23:59:59Z", "1000-12-31T23:59:59.000Z"),
        ];
        for (text, canonical) in table {
            assert_eq!(read_datetime(text), Ok(DateTime(canonical.to_owned())), "{text}");
            assert_eq!(read_datetime(canonical), Ok(DateTime(canonical.to_owned())), "{text}");
        }
    }

    #[test]
    fn the_first_and_last_year_take_no_offset() {
        for text in ["1000-01-01T00:00:00+01:00", "2999-12-31T23:00:00-02:00", "1000-06-01T00:00:00+00:00"] {
            assert_eq!(read_datetime(text), Err(DetailCode::Pattern), "{text}");
        }
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(unix_millis("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(unix_millis("2001-09-09T01:46:40Z"), Some(1_000_000_000_000));
        assert_eq!(unix_millis("1969-12-31T23:59:59.999Z"), Some(-1));
        assert_eq!(unix_millis("1600-02-29T00:00:00Z"), Some(-11_670_998_400_000));
    }

    #[test]
    fn every_day_is_followed_by_the_next() {
        let first = days(day("1000-01-01").unwrap());
        let mut previous = String::new();
        for days in first..=days(day("2999-12-31").unwrap()) {
            let text = moment(days * MILLIS_PER_DAY).0[..10].to_owned();
            assert!(previous < text && read_date(&text).is_ok(), "{previous} {text}");
            previous = text;
        }
        assert_eq!(previous, "2999-12-31");
    }
}
