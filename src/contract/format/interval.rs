//! Regular expressions for days and times of day that lie within bounds.

use super::time::DAY_OF_YEAR;
use crate::model::Interval;

const FIRST_DAY: &str = "1000-01-01";
const LAST_DAY: &str = "2999-12-31";
const FIRST_SECOND: &str = "00:00:00";
const LAST_SECOND: &str = "23:59:59";

/// The first and the last of the days, both included.
pub(super) fn date_pattern(interval: &Interval) -> String {
    let (first, last) = ends(interval, FIRST_DAY, LAST_DAY);
    let (from, to) = (parts(first, '-'), parts(last, '-'));
    let (&[first_year, first_month, first_day], &[last_year, last_month, last_day]) = (&from[..], &to[..]) else {
        return super::time::date_pattern();
    };
    let year = |year: u32, from: (u32, u32), to: (u32, u32)| format!("{year}-{}", one_of(&days(year, from, to)));
    if first_year == last_year {
        return anchored(&[year(first_year, (first_month, first_day), (last_month, last_day))]);
    }
    let mut forms = Vec::new();
    let (mut whole_from, mut whole_to) = (first_year, last_year);
    if (first_month, first_day) != (1, 1) {
        forms.push(year(first_year, (first_month, first_day), (12, 31)));
        whole_from += 1;
    }
    if (last_month, last_day) != (12, 31) {
        whole_to -= 1;
    }
    if whole_from <= whole_to {
        forms.push(format!("{}-{DAY_OF_YEAR}", one_of(&fixed(whole_from, whole_to, 4))));
        let leap = leap_years(whole_from, whole_to);
        if !leap.is_empty() {
            forms.push(format!("{}-02-29", one_of(&leap)));
        }
    }
    if (last_month, last_day) != (12, 31) {
        forms.push(year(last_year, (1, 1), (last_month, last_day)));
    }
    anchored(&forms)
}

/// The first and the last of the times, both included.
pub(super) fn time_pattern(interval: &Interval) -> String {
    let (first, last) = ends(interval, FIRST_SECOND, LAST_SECOND);
    anchored(&between(&parts(first, ':'), &parts(last, ':')))
}

fn ends<'i>(interval: &'i Interval, first: &'i str, last: &'i str) -> (&'i str, &'i str) {
    (interval.first.as_deref().unwrap_or(first), interval.last.as_deref().unwrap_or(last))
}

fn parts(text: &str, separator: char) -> Vec<u32> {
    text.split(separator).map(|part| part.parse().unwrap_or_default()).collect()
}

fn anchored(forms: &[String]) -> String {
    format!("^{}$", one_of(forms))
}

fn one_of(forms: &[String]) -> String {
    if let [form] = forms { form.clone() } else { format!("({})", forms.join("|")) }
}

/// Alternatives for numbers that are written with that many digits.
fn fixed(from: u32, to: u32, width: usize) -> Vec<String> {
    let text = |number: u32| format!("{number:0width$}");
    digits(text(from).as_bytes(), text(to).as_bytes())
}

fn digits(low: &[u8], high: &[u8]) -> Vec<String> {
    let (Some((&first, low)), Some((&last, high))) = (low.split_first(), high.split_first()) else {
        return vec![String::new()];
    };
    let digit = |byte: u8| char::from(byte);
    let ahead = |byte: u8, tails: Vec<String>| format!("{}{}", digit(byte), one_of(&tails));
    let zeros = vec![b'0'; low.len()];
    let nines = vec![b'9'; low.len()];
    if first == last {
        return vec![ahead(first, digits(low, high))];
    }
    let (mut from, mut to) = (first, last);
    let mut forms = Vec::new();
    if low != zeros {
        forms.push(ahead(first, digits(low, &nines)));
        from += 1;
    }
    if high != nines {
        to -= 1;
    }
    if from <= to {
        let set = match to - from {
            0 => digit(from).to_string(),
            1 => format!("[{}{}]", digit(from), digit(to)),
            _ => format!("[{}-{}]", digit(from), digit(to)),
        };
        let rest = match low.len() {
            0 => String::new(),
            1 => "[0-9]".to_owned(),
            more => format!("[0-9]{{{more}}}"),
        };
        forms.push(set + &rest);
    }
    if high != nines {
        forms.push(ahead(last, digits(&zeros, high)));
    }
    forms
}

/// Alternatives for the leap years from one year to another: whole centuries together, others year by year.
fn leap_years(from: u32, to: u32) -> Vec<String> {
    let is_leap = |year: &u32| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let (first_whole, after_whole) = (from.div_ceil(100), (to + 1) / 100);
    if first_whole >= after_whole {
        return (from..=to).filter(is_leap).map(|year| year.to_string()).collect();
    }
    let single = (from..first_whole * 100).chain(after_whole * 100..=to).filter(is_leap).map(|year| year.to_string());
    let centuries = one_of(&fixed(first_whole, after_whole - 1, 2));
    let mut forms = vec![format!("{centuries}(0[48]|[2468][048]|[13579][26])")];
    let turns: Vec<String> =
        (first_whole..after_whole).filter(|turn| turn.is_multiple_of(4)).map(|turn| turn.to_string()).collect();
    if !turns.is_empty() {
        forms.push(format!("{}00", one_of(&turns)));
    }
    single.chain(forms).collect()
}

/// Alternatives for the days of a year from one to another, `MM-DD`.
fn days(year: u32, from: (u32, u32), to: (u32, u32)) -> Vec<String> {
    let months = (from.0..=to.0).map(|month| {
        let first = if month == from.0 { from.1 } else { 1 };
        let last = if month == to.0 { to.1 } else { length(year, month) };
        (month, one_of(&fixed(first, last, 2)))
    });
    let mut alike: Vec<(Vec<String>, String)> = Vec::new();
    for (month, days) in months {
        let month = format!("{month:02}");
        match alike.iter_mut().find(|(_, known)| *known == days) {
            Some((months, _)) => months.push(month),
            None => alike.push((vec![month], days)),
        }
    }
    alike.into_iter().map(|(months, days)| format!("{}-{days}", one_of(&months))).collect()
}

fn length(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Alternatives for times from one to another, given as hours, minutes and seconds or the last of these.
fn between(from: &[u32], to: &[u32]) -> Vec<String> {
    let (Some((&first, low)), Some((&last, high))) = (from.split_first(), to.split_first()) else {
        return vec![String::new()];
    };
    let separated = |tail: &str| if low.is_empty() { String::new() } else { format!(":{tail}") };
    let ahead = |part: u32, tails: Vec<String>| format!("{part:02}{}", separated(&one_of(&tails)));
    let (start, end) = (vec![0; low.len()], vec![59; low.len()]);
    if first == last {
        return vec![ahead(first, between(low, high))];
    }
    let mut forms = Vec::new();
    let (mut whole_from, mut whole_to) = (first, Some(last));
    if low != start {
        forms.push(ahead(first, between(low, &end)));
        whole_from += 1;
    }
    if high != end {
        whole_to = last.checked_sub(1);
    }
    if let Some(whole_to) = whole_to.filter(|to| whole_from <= *to) {
        let rest = match low.len() {
            0 => String::new(),
            1 => ":[0-5][0-9]".to_owned(),
            more => format!("(:[0-5][0-9]){{{more}}}"),
        };
        forms.push(one_of(&fixed(whole_from, whole_to, 2)) + &rest);
    }
    if high != end {
        forms.push(ahead(last, between(&start, high)));
    }
    forms
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::contract::format::time::{moment, read_date};
    use crate::contract::random::Random;
    use regex::Regex;

    fn interval(first: &str, last: &str) -> Interval {
        let end = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Interval { first: end(first), last: end(last) }
    }

    #[test]
    fn exactly_the_days_within_match() {
        let bounds = [
            ("2020-01-01", ""),
            ("", "1999-12-31"),
            ("2024-02-29", "2024-02-29"),
            ("2023-03-15", "2024-02-28"),
            ("1896-02-29", "2104-03-01"),
            ("2026-05-01", "2026-05-09"),
            ("1000-01-02", "2999-12-30"),
            ("1599-12-31", "1601-01-01"),
        ];
        for (first, last) in bounds {
            let interval = interval(first, last);
            let regex = Regex::new(&date_pattern(&interval)).unwrap();
            for day in (-354_285..376_200).step_by(if first.starts_with("2026") { 1 } else { 3 }) {
                let text = moment(day * 86_400_000).0[..10].to_owned();
                assert_eq!(regex.is_match(&text), interval.contains(&text), "{first}..{last}: {text}");
            }
            for text in [first, last, "2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30", "2024-2-3", "x"] {
                let expected = read_date(text).is_ok() && interval.contains(text);
                assert_eq!(regex.is_match(text), expected, "{first}..{last}: {text}");
            }
        }
    }

    #[test]
    fn exactly_the_times_within_match() {
        let mut random = Random::new(3);
        let mut time = |whole: bool| {
            let (hour, minute, second) = (random.below(24), random.below(60), random.below(60));
            if whole { format!("{hour:02}:00:00") } else { format!("{hour:02}:{minute:02}:{second:02}") }
        };
        for round in 0..40 {
            let (a, b) = (time(round % 2 == 0), time(round % 3 == 0));
            let interval = Interval { first: Some(a.clone().min(b.clone())), last: Some(a.max(b)) };
            let regex = Regex::new(&time_pattern(&interval)).unwrap();
            for second in (0..86_400).step_by(7) {
                let text = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
                assert_eq!(regex.is_match(&text), interval.contains(&text), "{interval:?}: {text}");
            }
        }
    }
}
