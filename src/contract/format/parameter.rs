//! Values as query parameters write them.

use super::read;
use crate::contract::DetailCode;
use crate::model::{Bounds, Literal, Scalar};

/// Whole numbers of up to ten digits, which hold every 32-bit one.
const INTEGER: &str = "^-?(0|[1-9][0-9]{0,9})$";
/// Numbers as JSON writes them.
const NUMBER: &str = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$";
/// Numbers of pages and rows.
pub const COUNT_PARAMETER: &str = "^(0|[1-9][0-9]{0,8})$";

/// The pattern of a parameter for a scalar that JSON writes without quotes; `None` where parameter and JSON string are
/// written alike.
pub fn parameter_pattern(scalar: &Scalar) -> Option<&'static str> {
    match scalar {
        Scalar::Integer(_) => Some(INTEGER),
        Scalar::Number(_) => Some(NUMBER),
        Scalar::Boolean => Some("^(true|false)$"),
        _ => None,
    }
}

/// Reads a parameter into the canonical form of its scalar.
///
/// # Errors
/// The code of what is wrong: `length`, `pattern`, `range` or `choice`.
pub fn read_parameter(scalar: &Scalar, text: &str) -> Result<Literal, DetailCode> {
    match scalar {
        Scalar::Integer(range) => {
            if !is_integer(text) || text.trim_start_matches('-').len() > 10 {
                return Err(DetailCode::Pattern);
            }
            let value: i64 = text.parse().map_err(|_| DetailCode::Range)?;
            let in_range = (i64::from(range.min)..=i64::from(range.max)).contains(&value);
            if in_range { Ok(Literal::Integer(value)) } else { Err(DetailCode::Range) }
        }
        Scalar::Number(bounds) => {
            if !is_number(text) {
                return Err(DetailCode::Pattern);
            }
            read_number(text.parse().map_err(|_| DetailCode::Pattern)?, *bounds).map(Literal::Number)
        }
        Scalar::Boolean => match text {
            "true" => Ok(Literal::Boolean(true)),
            "false" => Ok(Literal::Boolean(false)),
            _ => Err(DetailCode::Choice),
        },
        _ => read(scalar, text),
    }
}

/// Reads a number of pages or rows.
pub fn read_count(text: &str, max: u32) -> Result<u32, DetailCode> {
    if !is_integer(text) || text.starts_with('-') || text.len() > 9 {
        return Err(DetailCode::Pattern);
    }
    let count: u32 = text.parse().map_err(|_| DetailCode::Range)?;
    if (1..=max).contains(&count) { Ok(count) } else { Err(DetailCode::Range) }
}

/// A finite double within bounds. Negative zero is stored as zero, which equals it.
pub fn read_number(value: f64, bounds: Bounds<f64>) -> Result<f64, DetailCode> {
    let above = bounds.lower.is_none_or(|low| value > low.value || low.inclusive && value >= low.value);
    let below = bounds.upper.is_none_or(|high| value < high.value || high.inclusive && value <= high.value);
    if value.is_finite() && above && below { Ok(value + 0.0) } else { Err(DetailCode::Range) }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits == "0" || !digits.starts_with('0') && is_digits(digits)
}

fn is_number(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    is_integer(whole)
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(|exponent| is_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::model::{Bound, Range};
    use regex::Regex;

    const TEXTS: [&str; 32] = [
        "0",
        "-0",
        "5",
        "-5",
        "05",
        "1.0",
        "1.",
        ".5",
        "1e3",
        "1E-3",
        "1e+3",
        "1e",
        "e1",
        "1e1.5",
        "1e999",
        "-1e-999",
        "2147483647",
        "2147483648",
        "-2147483648",
        "99999999999",
        "",
        "-",
        "+1",
        " 1",
        "1 ",
        "0x1",
        "NaN",
        "Infinity",
        "true",
        "false",
        "TRUE",
        "null",
    ];

    #[test]
    fn what_is_read_matches_the_pattern() {
        let any = Range { min: i32::MIN, max: i32::MAX };
        for scalar in [Scalar::Integer(any), Scalar::Number(Bounds::NONE), Scalar::Boolean] {
            let regex = Regex::new(parameter_pattern(&scalar).unwrap()).unwrap();
            for text in TEXTS {
                let read = read_parameter(&scalar, text);
                let well_written = !matches!(read, Err(DetailCode::Pattern | DetailCode::Choice));
                assert_eq!(well_written, regex.is_match(text), "{scalar:?} {text:?}");
            }
        }
        let regex = Regex::new(COUNT_PARAMETER).unwrap();
        for text in TEXTS {
            let well_written = read_count(text, 100) != Err(DetailCode::Pattern);
            assert_eq!(well_written, regex.is_match(text), "{text:?}");
        }
    }

    #[test]
    fn bounds_hold() {
        assert_eq!(read_parameter(&Scalar::Integer(Range { min: 1, max: 5 }), "6"), Err(DetailCode::Range));
        assert_eq!(read_parameter(&Scalar::Number(Bounds::NONE), "1e999"), Err(DetailCode::Range));
        assert_eq!(
            (read_count("0", 9), read_count("9", 9), read_count("10", 9)),
            (Err(DetailCode::Range), Ok(9), Err(DetailCode::Range))
        );
        let open = Bounds {
            lower: Some(Bound { value: 0.0, inclusive: false }),
            upper: Some(Bound { value: 1.0, inclusive: true }),
        };
        let outcomes = [0.0, -0.0, 0.5, 1.0, 1.5].map(|value| read_number(value, open).is_ok());
        assert_eq!(outcomes, [false, false, true, true, false]);
    }
}
