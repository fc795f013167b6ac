//! How values are written on the wire: the one source of every published pattern, and of the canonical forms.
//!
//! A pattern is ECMA-262 without look-around and matches the whole value. Each stands beside a reader written by
//! hand, and tests hold the two against each other.

mod digits;
mod interval;
mod number;
mod parameter;
mod text;
mod time;

pub use digits::number_pattern;
pub use parameter::{COUNT_PARAMETER, parameter_pattern, read_count, read_number, read_parameter};
pub use time::{moment, unix_millis};

use super::DetailCode;
use crate::model::{Interval, Literal, Range, Scalar};

/// The pattern that the published schema gives the strings of a scalar; `None` where its values are no strings or
/// are listed one by one.
pub fn pattern(scalar: &Scalar) -> Option<String> {
    Some(match scalar {
        Scalar::String { form, .. } | Scalar::Text { form, .. } => {
            form.given().map_or_else(|| text::PLAIN.to_owned(), |pattern| pattern.ecma())
        }
        Scalar::Bigint(range) => number_pattern(range.min, range.max, 0),
        Scalar::Decimal { scale, units, .. } => number_pattern(units.min, units.max, *scale),
        Scalar::Date(interval) if *interval == Interval::WHOLE => time::date_pattern(),
        Scalar::Date(interval) => interval::date_pattern(interval),
        Scalar::DateTime => time::datetime_pattern(),
        Scalar::Time(interval) if *interval == Interval::WHOLE => time::time_pattern(),
        Scalar::Time(interval) => interval::time_pattern(interval),
        Scalar::Uuid => text::UUID.to_owned(),
        Scalar::Email => text::EMAIL.to_owned(),
        Scalar::Url => text::URL.to_owned(),
        Scalar::Integer(_) | Scalar::Number(_) | Scalar::Boolean | Scalar::Json | Scalar::Enum(_) => return None,
    })
}

/// The pattern of well-written numbers whatever their bounds, for the scalars whose published pattern has bounds
/// compiled in: what matches this one and not the other is out of `range`, all else has the wrong form (`pattern`).
pub fn unbounded_pattern(scalar: &Scalar) -> Option<String> {
    match scalar {
        Scalar::Bigint(_) => Some(digits::number_form(0)),
        Scalar::Decimal { scale, .. } => Some(digits::number_form(*scale)),
        Scalar::Date(_) => Some(time::date_pattern()),
        Scalar::Time(_) => Some(time::time_pattern()),
        _ => None,
    }
}

/// The length in code points that the published schema gives the strings of a scalar; patterns of a fixed size need
/// none.
pub fn length(scalar: &Scalar) -> Option<Range<u32>> {
    match scalar {
        Scalar::String { length, .. } | Scalar::Text { length, .. } => Some(*length),
        Scalar::Email => Some(Range { min: 0, max: text::EMAIL_MAX }),
        Scalar::Url => Some(Range { min: 0, max: text::URL_MAX }),
        _ => None,
    }
}

/// Reads a value that the wire writes as a string into its canonical form.
///
/// # Errors
/// The code of what is wrong: `length`, `pattern`, `range` or `choice`; `type` where the wire writes no string.
pub fn read(scalar: &Scalar, text: &str) -> Result<Literal, DetailCode> {
    Ok(match scalar {
        Scalar::String { length, form } | Scalar::Text { length, form } => {
            let text = text::read_plain(text, *length)?;
            if !form.takes(&text) {
                return Err(DetailCode::Pattern);
            }
            Literal::String(form.stored(&text))
        }
        Scalar::Bigint(range) => Literal::Integer(number::read_units(text, 0, *range)?),
        Scalar::Decimal { scale, units, .. } => Literal::Decimal(number::read_units(text, *scale, *units)?),
        Scalar::Date(interval) => Literal::Date(within(interval, time::read_date(text)?)?),
        Scalar::DateTime => Literal::DateTime(time::read_datetime(text)?),
        Scalar::Time(interval) => Literal::Time(within(interval, time::read_time(text)?)?),
        Scalar::Uuid => Literal::String(text::read_uuid(text)?),
        Scalar::Email => Literal::String(text::read_email(text)?),
        Scalar::Url => Literal::String(text::read_url(text)?),
        Scalar::Enum(words) if words.iter().any(|word| word == text) => Literal::Enum(text.to_owned()),
        Scalar::Enum(_) => return Err(DetailCode::Choice),
        Scalar::Integer(_) | Scalar::Number(_) | Scalar::Boolean | Scalar::Json => return Err(DetailCode::Type),
    })
}

fn within(interval: &Interval, text: String) -> Result<String, DetailCode> {
    if interval.contains(&text) { Ok(text) } else { Err(DetailCode::Range) }
}

/// Writes a number in units of its last digit, with exactly `scale` digits after the point.
pub fn write_units(units: i64, scale: u8) -> String {
    number::write_units(units, scale)
}

#[cfg(test)]
mod tests;
