//! Numbers, dates and times.

use super::super::ast::Literal;

/// What is wrong with a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrongLiteral {
    Number,
    Date,
    Time,
    Offset,
    Form,
}

impl WrongLiteral {
    pub(super) fn message(self, text: &str) -> String {
        match self {
            Self::Number => format!("`{text}` is not a number of the language."),
            Self::Date => format!("There is no such day as `{text}` between the years 1000 and 2999."),
            Self::Time => format!("There is no such time as `{text}`."),
            Self::Offset => format!("`{text}` does not say which time zone it is in."),
            Self::Form => format!("`{text}` is not a number, a date or a time."),
        }
    }

    pub(super) fn help(self) -> &'static str {
        match self {
            Self::Number => "Write plain digits: `-1.50`.",
            Self::Date => "Write year, month and day: `2026-11-21`.",
            Self::Time => "Write hours and minutes, seconds if you like: `08:30`.",
            Self::Offset => "Write `Z` for UTC, or an offset such as `+02:00`, at its end.",
            Self::Form => {
                "Put text in quotes; a value of an enum that begins with a digit is written `enum(\"1a\", b)`."
            }
        }
    }
}

/// The bytes of a literal at the beginning of the text; two dots end it.
pub(super) fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let belongs = |index: usize| match bytes[index] {
        b'.' => bytes.get(index + 1) != Some(&b'.'),
        b'-' => bytes.get(index + 1) != Some(&b'>'),
        byte => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'+'),
    };
    (0..bytes.len()).find(|&index| !belongs(index)).unwrap_or(bytes.len())
}

/// The literal of a text.
pub(super) fn read(text: &str) -> Result<Literal, WrongLiteral> {
    if let Some((date, time)) = text.split_once('T')
        && looks_like(date, "0000-00-00")
    {
        return date_time(text, date, time);
    }
    if looks_like(text, "0000-00-00") {
        return check_date(text).map(|()| Literal::Date(text.to_owned()));
    }
    if looks_like(text, "00:00") || looks_like(text, "00:00:00") {
        return check_time(text).map(|()| Literal::Time(text.to_owned()));
    }
    if is_number(text) {
        return Ok(Literal::Number(text.to_owned()));
    }
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | '_' | 'e' | 'E');
    Err(if text.chars().all(numeric) { WrongLiteral::Number } else { WrongLiteral::Form })
}

/// Whether a text has digits where the form has zeros, and equals it elsewhere.
fn looks_like(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(a, b)| if b == b'0' { a.is_ascii_digit() } else { a == b })
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(a, b)| (a, Some(b)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let no_leading_zero = whole == "0" || !whole.starts_with('0');
    digits(whole) && no_leading_zero && fraction.is_none_or(digits)
}

fn number_at(text: &str, from: usize, to: usize) -> u32 {
    text.get(from..to).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

fn check_date(text: &str) -> Result<(), WrongLiteral> {
    let (year, month, day) = (number_at(text, 0, 4), number_at(text, 5, 7), number_at(text, 8, 10));
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    let exists = (1000..=2999).contains(&year) && (1..=days).contains(&day);
    if exists { Ok(()) } else { Err(WrongLiteral::Date) }
}

fn check_time(text: &str) -> Result<(), WrongLiteral> {
    let exists = number_at(text, 0, 2) < 24 && number_at(text, 3, 5) < 60 && number_at(text, 6, 8) < 60;
    if exists { Ok(()) } else { Err(WrongLiteral::Time) }
}

fn date_time(text: &str, date: &str, rest: &str) -> Result<Literal, WrongLiteral> {
    let zone_at = rest.find(['Z', '+', '-']).ok_or(WrongLiteral::Offset)?;
    let (time, zone) = rest.split_at(zone_at);
    let (clock, fraction) = time.split_once('.').map_or((time, None), |(clock, fraction)| (clock, Some(fraction)));
    let has_seconds = looks_like(clock, "00:00:00");
    let fraction_fits = fraction.is_none_or(|digits| {
        has_seconds && (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    });
    if !(has_seconds || looks_like(clock, "00:00")) || !fraction_fits {
        return Err(WrongLiteral::Time);
    }
    check_date(date)?;
    check_time(clock)?;
    let offset_fits = zone == "Z" || (looks_like(&zone[1..], "00:00") && check_time(&zone[1..]).is_ok());
    if offset_fits { Ok(Literal::DateTime(text.to_owned())) } else { Err(WrongLiteral::Offset) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_literals() {
        let texts = ["0", "-1.50", "12", "2026-11-21", "2024-02-29", "08:30", "08:30:59", "2026-11-21T08:30:00.123Z"];
        for text in texts {
            assert!(read(text).is_ok(), "{text}");
        }
        assert_eq!(read("2026-11-21T08:30+02:00"), Ok(Literal::DateTime("2026-11-21T08:30+02:00".to_owned())));
    }

    #[test]
    fn refuses_what_is_none() {
        let wrong = [
            ("007", WrongLiteral::Number),
            ("1e3", WrongLiteral::Number),
            ("1_000", WrongLiteral::Number),
            ("2026-02-29", WrongLiteral::Date),
            ("2026-13-01", WrongLiteral::Date),
            ("0999-01-01", WrongLiteral::Date),
            ("24:00", WrongLiteral::Time),
            ("2026-11-21T25:00:00Z", WrongLiteral::Time),
            ("2026-11-21T08:30:00", WrongLiteral::Offset),
            ("2026-11-21T08:30:00+2", WrongLiteral::Offset),
            ("12abc", WrongLiteral::Form),
        ];
        for (text, expected) in wrong {
            assert_eq!(read(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn literals_end_before_ranges_and_arrows() {
        assert_eq!(length("1..5"), 1);
        assert_eq!(length("1.5..2"), 3);
        assert_eq!(length("1->2"), 1);
        assert_eq!(length("..5"), 0);
        assert_eq!(length("2026-11-21, x"), 10);
    }
}
