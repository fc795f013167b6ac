//! Regular expressions for ranges of numbers that are written in decimal digits.

/// A regular expression for exactly the numbers from `min` to `max`, written with at most `scale` digits after the
/// point. Both ends are in units of the last of those digits.
///
/// ```
/// # use backsmith::contract::format::number_pattern;
/// assert_eq!(number_pattern(0, 9_999, 2), r"^(0|[1-9][0-9]?)(\.[0-9]{1,2})?$");
/// assert_eq!(number_pattern(1, 120, 0), "^([1-9][0-9]?|1([01][0-9]|20))$");
/// ```
pub fn number_pattern(min: i64, max: i64, scale: u8) -> String {
    let positive = |from: i64, to: i64| magnitudes(from.unsigned_abs(), to.unsigned_abs(), scale);
    let negative = |from: i64, to: i64| format!("-{}", one_of(&positive(from, to)));
    let forms = if min >= 0 {
        positive(min, max)
    } else if max < 0 {
        vec![negative(max, min)]
    } else if min.unsigned_abs() == max.unsigned_abs() {
        vec![format!("-?{}", one_of(&positive(0, max)))]
    } else {
        let mut forms = positive(0, max);
        forms.push(negative(0, min));
        forms
    };
    format!("^{}$", one_of(&forms))
}

/// A regular expression for every number of that scale, however large.
pub(super) fn number_form(scale: u8) -> String {
    format!("^-?(0|[1-9][0-9]*){}$", any_fraction(scale))
}

/// Alternatives for the numbers without a sign.
fn magnitudes(min: u64, max: u64, scale: u8) -> Vec<String> {
    let one = 10_u64.pow(u32::from(scale));
    let (low, low_fraction) = (min / one, fraction(min % one, scale));
    let (high, high_fraction) = (max / one, fraction(max % one, scale));
    let (from_start, to_end) = (all(&low_fraction, 0), all(&high_fraction, 9));
    if low == high && !(from_start && to_end) {
        return vec![format!("{low}{}", fraction_between(&low_fraction, &high_fraction))];
    }
    let mut forms = Vec::new();
    if !from_start {
        forms.push(format!("{low}{}", fraction_between(&low_fraction, &vec![9; low_fraction.len()])));
    }
    let whole_from = if from_start { low } else { low + 1 };
    let whole_to = if to_end { Some(high) } else { high.checked_sub(1) };
    if let Some(whole_to) = whole_to.filter(|&to| whole_from <= to) {
        let whole = whole_numbers(whole_from, whole_to);
        if scale == 0 {
            forms.extend(whole);
        } else {
            forms.push(format!("{}{}", one_of(&whole), any_fraction(scale)));
        }
    }
    if !to_end {
        forms.push(format!("{high}{}", fraction_between(&vec![0; high_fraction.len()], &high_fraction)));
    }
    forms
}

/// The digits after the point, as many as the scale.
fn fraction(units: u64, scale: u8) -> Vec<u8> {
    if scale == 0 { Vec::new() } else { digits(&format!("{units:0width$}", width = usize::from(scale))) }
}

fn digits(number: &str) -> Vec<u8> {
    number.bytes().map(|digit| digit - b'0').collect()
}

fn all(digits: &[u8], digit: u8) -> bool {
    digits.iter().all(|&other| other == digit)
}

fn any_fraction(scale: u8) -> String {
    if scale == 0 { String::new() } else { format!("(\\.{})?", repeated("[0-9]", 1, usize::from(scale))) }
}

/// A fraction whose digits, filled up with zeros, lie between two others of the same length.
fn fraction_between(low: &[u8], high: &[u8]) -> String {
    let optional = if all(low, 0) { "?" } else { "" };
    if all(high, 0) {
        return format!("(\\.{}){optional}", repeated("0", 1, high.len()));
    }
    let tails = one_of(&fraction_tails(low, high));
    if optional.is_empty() { format!("\\.{tails}") } else { format!("(\\.{tails})?") }
}

/// Alternatives for one or more digits that, filled up with zeros, lie between two others.
fn fraction_tails(low: &[u8], high: &[u8]) -> Vec<String> {
    split_at_first_digit(low, high, &|low, high| {
        if low.is_empty() {
            return String::new();
        }
        if all(low, 0) && all(high, 9) {
            return repeated("[0-9]", 0, low.len());
        }
        if all(high, 0) {
            return repeated("0", 0, high.len());
        }
        let tails = fraction_tails(low, high);
        if all(low, 0) { format!("({})?", tails.join("|")) } else { one_of(&tails) }
    })
}

/// Alternatives for whole numbers without leading zeros.
fn whole_numbers(min: u64, max: u64) -> Vec<String> {
    if min > 0 {
        return positive_numbers(min, max);
    }
    if max < 9 {
        return same_length(&[0], &digits(&max.to_string()));
    }
    let mut forms = positive_numbers(1, max);
    match forms.first_mut() {
        Some(first) if first == "[1-9]" => "[0-9]".clone_into(first),
        _ => forms.insert(0, "0".to_owned()),
    }
    forms
}

/// Alternatives for whole numbers from one onwards.
fn positive_numbers(min: u64, max: u64) -> Vec<String> {
    let mut forms = Vec::new();
    let mut from = min;
    while from <= max {
        let length = from.ilog10();
        let end = |length: u32| 10_u64.checked_pow(length + 1).map_or(u64::MAX, |next| next - 1);
        // Lengths that are wanted whole are written as one alternative.
        let whole = (length..19).take_while(|&length| end(length) <= max).last();
        let to = match whole {
            Some(last) if from == 10_u64.pow(length) => {
                forms.push(format!("[1-9]{}", repeated("[0-9]", length as usize, last as usize)));
                end(last)
            }
            _ => {
                let to = max.min(end(length));
                forms.extend(same_length(&digits(&from.to_string()), &digits(&to.to_string())));
                to
            }
        };
        let Some(next) = to.checked_add(1) else { break };
        from = next;
    }
    forms
}

/// Alternatives for the numbers between two others of the same length.
fn same_length(low: &[u8], high: &[u8]) -> Vec<String> {
    split_at_first_digit(low, high, &|low, high| {
        if all(low, 0) && all(high, 9) {
            repeated("[0-9]", low.len(), low.len())
        } else {
            one_of(&same_length(low, high))
        }
    })
}

/// Alternatives by the first digit: the rest is bounded only where that digit is one of the ends'.
fn split_at_first_digit(low: &[u8], high: &[u8], rest: &dyn Fn(&[u8], &[u8]) -> String) -> Vec<String> {
    let (Some((&first, low_rest)), Some((&last, high_rest))) = (low.split_first(), high.split_first()) else {
        return Vec::new();
    };
    if first == last {
        return vec![format!("{first}{}", rest(low_rest, high_rest))];
    }
    let (zeros, nines) = (vec![0; low_rest.len()], vec![9; low_rest.len()]);
    let mut forms = Vec::new();
    let from = if all(low_rest, 0) { first } else { first + 1 };
    let to = if all(high_rest, 9) { last + 1 } else { last };
    if from > first {
        forms.push(format!("{first}{}", rest(low_rest, &nines)));
    }
    if from < to {
        forms.push(format!("{}{}", class(from, to - 1), rest(&zeros, &nines)));
    }
    if to == last {
        forms.push(format!("{last}{}", rest(&zeros, high_rest)));
    }
    forms
}

fn class(from: u8, to: u8) -> String {
    match to - from {
        0 => from.to_string(),
        1 => format!("[{from}{to}]"),
        _ => format!("[{from}-{to}]"),
    }
}

fn repeated(item: &str, min: usize, max: usize) -> String {
    match (min, max) {
        (_, 0) => String::new(),
        (1, 1) => item.to_owned(),
        (0, 1) => format!("{item}?"),
        (min, max) if min == max => format!("{item}{{{min}}}"),
        (min, max) => format!("{item}{{{min},{max}}}"),
    }
}

/// The alternatives in brackets, where there are several.
fn one_of(forms: &[String]) -> String {
    if forms.len() == 1 { forms.concat() } else { format!("({})", forms.join("|")) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use regex::Regex;

    fn written(units: i64, scale: usize) -> String {
        let sign = if units < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", units.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    #[test]
    fn every_small_range_matches_exactly_its_numbers() {
        for scale in 0..=2_u8 {
            for (min, max) in (-13..=125).step_by(3).flat_map(|min| (min..=130).step_by(7).map(move |max| (min, max))) {
                let pattern = number_pattern(min, max, scale);
                let regex = Regex::new(&pattern).unwrap();
                for units in -150..=150 {
                    let text = written(units, usize::from(scale));
                    let inside = (min..=max).contains(&units);
                    assert_eq!(regex.is_match(&text), inside, "{text} in {min}..={max} by {pattern}");
                    if scale > 0 {
                        let short = text.trim_end_matches('0').trim_end_matches('.');
                        assert_eq!(regex.is_match(short), inside, "{short} in {min}..={max} by {pattern}");
                    }
                }
            }
        }
    }

    #[test]
    fn ends_of_any_size_are_exact() {
        let ends = [0, 1, 7, 9, 10, 99, 100, 101, 12_345, 99_999, 100_000, 987_654_321, 10_i64.pow(18) - 1];
        for scale in [0, 1, 4, 9, 18] {
            for (&min, &max) in ends.iter().flat_map(|min| ends.iter().map(move |max| (min, max))) {
                if min > max {
                    continue;
                }
                for (min, max) in [(min, max), (-max, -min), (-min, max)] {
                    let regex = Regex::new(&number_pattern(min, max, scale)).unwrap();
                    for near in [min, max, 0].into_iter().flat_map(|end| [end - 1, end, end + 1]) {
                        let text = written(near, usize::from(scale));
                        assert_eq!(regex.is_match(&text), (min..=max).contains(&near), "{text} in {min}..={max}");
                    }
                }
            }
        }
    }

    #[test]
    fn patterns_are_as_short_as_one_would_write_them() {
        let table = [
            ((0, 9_999_999_999, 2), r"^(0|[1-9][0-9]{0,7})(\.[0-9]{1,2})?$"),
            ((-9_999_999_999, 9_999_999_999, 2), r"^-?(0|[1-9][0-9]{0,7})(\.[0-9]{1,2})?$"),
            ((-99, 99, 2), r"^-?0(\.[0-9]{1,2})?$"),
            ((1, 5, 0), "^[1-5]$"),
            ((0, 15, 0), "^([0-9]|1[0-5])$"),
            ((-5, 12, 0), "^([0-9]|1[0-2]|-[0-5])$"),
            ((1, 9_999, 2), r"^(0\.(0[1-9]|[1-9][0-9]?)|[1-9][0-9]?(\.[0-9]{1,2})?)$"),
            ((0, 250, 1), r"^(([0-9]|1[0-9]|2[0-4])(\.[0-9])?|25(\.0)?)$"),
        ];
        for ((min, max, scale), pattern) in table {
            assert_eq!(number_pattern(min, max, scale), pattern);
        }
    }

    #[test]
    fn other_ways_to_write_a_number_are_refused() {
        let regex = Regex::new(&number_pattern(-9_999, 9_999, 2)).unwrap();
        for bad in ["", "-", "+1", "01", "1.", ".5", "1.234", "1e1", " 1", "1\n", "1,5", "0x1", "--1", "00"] {
            assert!(!regex.is_match(bad), "{bad:?}");
        }
    }
}
