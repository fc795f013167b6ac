//! Exact decimals and big integers, which are strings on the wire.

use crate::contract::DetailCode;
use crate::model::Range;

/// Reads a number of at most `scale` digits after the point as units of the last of them.
///
/// # Errors
/// `pattern` where the text is no such number, `range` where it is one out of bounds; a minus sign belongs to a zero
/// only where negative numbers are allowed.
pub(super) fn read_units(text: &str, scale: u8, bounds: Range<i64>) -> Result<i64, DetailCode> {
    let (negative, magnitude) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = match magnitude.split_once('.') {
        Some((whole, fraction)) if (1..=usize::from(scale)).contains(&fraction.len()) => (whole, fraction),
        Some(_) => return Err(DetailCode::Pattern),
        None => (magnitude, ""),
    };
    let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole_is_plain = whole == "0" || !whole.is_empty() && !whole.starts_with('0') && digits_only(whole);
    if !whole_is_plain || !digits_only(fraction) {
        return Err(DetailCode::Pattern);
    }
    let digits = format!("{whole}{fraction:0<width$}", width = usize::from(scale));
    // What does not fit into 64 bits lies outside of any bounds.
    let units: i64 = digits.parse().map_err(|_| DetailCode::Range)?;
    let units = if negative { -units } else { units };
    let in_range = (bounds.min..=bounds.max).contains(&units) && (!negative || bounds.min < 0);
    if in_range { Ok(units) } else { Err(DetailCode::Range) }
}

/// Writes units with exactly `scale` digits after the point.
pub(super) fn write_units(units: i64, scale: u8) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let scale = usize::from(scale);
    let digits = format!("{:0width$}", units.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: Range<i64> = Range { min: -9_999, max: 9_999 };

    #[test]
    fn every_spelling_has_one_canonical_form() {
        let table = [("12", "12.00"), ("12.5", "12.50"), ("-0", "0.00"), ("-0.05", "-0.05"), ("99.99", "99.99")];
        for (text, canonical) in table {
            assert_eq!(read_units(text, 2, ANY).map(|units| write_units(units, 2)), Ok(canonical.to_owned()));
        }
        assert_eq!(write_units(-7, 0), "-7");
    }

    #[test]
    fn form_comes_before_bounds() {
        for text in ["", "-", ".5", "1.", "01", "1.234", "1e3", "+1", "1 ", "١"] {
            assert_eq!(read_units(text, 2, ANY), Err(DetailCode::Pattern), "{text:?}");
        }
        for text in ["100", "-100.00", &"9".repeat(5000)] {
            assert_eq!(read_units(text, 2, ANY), Err(DetailCode::Range), "{text:?}");
        }
        assert_eq!(read_units("-0", 2, Range { min: 0, max: 1 }), Err(DetailCode::Range));
    }
}
