//! Ranges and comparisons: lengths, counts, and the least and greatest value.

use std::cmp::Ordering;

use crate::model::{Auth, Bound, Bounds, Interval, Range};
use crate::spec::ast::{self, Literal, Parts};
use crate::spec::{Code, Diagnostic, Span, Spanned, TextEdit};

use super::{
    Problems,
    literals::{self, Misfit},
};

/// What the ends of a range are called and where they may lie.
pub(super) struct Ends<'e> {
    /// In a message, such as "`integer`".
    pub(super) what: &'e str,
    /// The digits after the point that are kept.
    pub(super) scale: u8,
    /// The least and the greatest end, in units of the last digit.
    pub(super) limits: Range<i64>,
}

/// Lengths and counts: whole numbers from zero.
pub(super) fn count(
    range: Option<&Spanned<ast::Range>>,
    default: Range<u32>,
    max: u32,
    what: &str,
    problems: &mut Problems,
) -> Option<Range<u32>> {
    let Some(range) = range else { return Some(default) };
    let limits = Range { min: 0, max: i64::from(max) };
    let ends = Ends { what, scale: 0, limits };
    let lower = range.value.lower.as_ref().map(|end| whole(end, range.span, &ends, problems));
    let upper = range.value.upper.as_ref().map(|end| whole(end, range.span, &ends, problems));
    let (lower, upper) = (lower.unwrap_or(Some(0))?, upper.unwrap_or(Some(i64::from(default.max)))?);
    if upper == 0 || lower > upper {
        problems.push(empty(range, lower, upper));
        return None;
    }
    Some(Range { min: u32::try_from(lower).ok()?, max: u32::try_from(upper).ok()? })
}

/// Lengths of passwords: short ones are guessed, and whoever keeps them in a program has long ones.
pub(super) fn password_length(range: &Spanned<ast::Range>, problems: &mut Problems) -> Option<Range<u32>> {
    let end = |literal: Option<&Literal>, default: u32, what, min, max, problems: &mut Problems| match literal {
        None => Some(default),
        Some(literal) => {
            let ends = Ends { what, scale: 0, limits: Range { min, max } };
            whole(literal, range.span, &ends, problems).and_then(|length| u32::try_from(length).ok())
        }
    };
    let (default, ast::Range { lower, upper }) = (Auth::PASSWORD_LENGTH, &range.value);
    let min = end(lower.as_ref(), default.min, "The length of the shortest password", 8, 64, problems);
    let max = end(upper.as_ref(), default.max, "The length of the longest password", 64, 128, problems);
    Some(Range { min: min?, max: max? })
}

/// Whole numbers, and decimals in units of their last digit.
pub(super) fn units(parts: &Parts, ends: &Ends<'_>, problems: &mut Problems) -> Option<Range<i64>> {
    refuse_two_of_a_kind(parts, problems)?;
    let (from, to) = range_ends(parts);
    let lower = match (&parts.lower, from) {
        (Some(limit), _) => {
            whole(&limit.value.value, limit.span, ends, problems).map(|end| end + i64::from(!limit.value.inclusive))
        }
        (None, Some((end, span))) => whole(end, span, ends, problems),
        (None, None) => Some(ends.limits.min),
    };
    let upper = match (&parts.upper, to) {
        (Some(limit), _) => {
            whole(&limit.value.value, limit.span, ends, problems).map(|end| end - i64::from(!limit.value.inclusive))
        }
        (None, Some((end, span))) => whole(end, span, ends, problems),
        (None, None) => Some(ends.limits.max),
    };
    let (min, max) = (lower?, upper?);
    if min > max || min > ends.limits.max || max < ends.limits.min {
        problems.push(empty_of(parts, min, max));
        return None;
    }
    Some(Range { min, max })
}

/// Numbers with a fraction.
pub(super) fn numbers(parts: &Parts, problems: &mut Problems) -> Option<Bounds<f64>> {
    refuse_two_of_a_kind(parts, problems)?;
    let (from, to) = range_ends(parts);
    let lower = match (&parts.lower, from) {
        (Some(limit), _) => Some(bound(&limit.value.value, limit.span, limit.value.inclusive, problems)?),
        (None, Some((end, span))) => Some(bound(end, span, true, problems)?),
        (None, None) => None,
    };
    let upper = match (&parts.upper, to) {
        (Some(limit), _) => Some(bound(&limit.value.value, limit.span, limit.value.inclusive, problems)?),
        (None, Some((end, span))) => Some(bound(end, span, true, problems)?),
        (None, None) => None,
    };
    if let (Some(lower), Some(upper)) = (lower, upper) {
        let is_empty = match lower.value.total_cmp(&upper.value) {
            Ordering::Less => false,
            Ordering::Equal => !(lower.inclusive && upper.inclusive),
            Ordering::Greater => true,
        };
        if is_empty {
            problems.push(empty_of(parts, 1, 0));
            return None;
        }
    }
    Some(Bounds { lower, upper })
}

/// Days or times of day: what one is, and how the one before and the one after are found.
pub(super) struct Kind {
    what: &'static str,
    example: &'static str,
    canonical: fn(&Literal) -> Option<String>,
    moved: fn(&str, i64) -> Option<String>,
}

pub(super) const DAYS: Kind = Kind {
    what: "`date`",
    example: "`2020-01-01..2029-12-31` or `>= 2020-01-01`",
    canonical: |literal| if let Literal::Date(text) = literal { Some(text.clone()) } else { None },
    moved: literals::moved_day,
};

pub(super) const TIMES: Kind = Kind {
    what: "`time`",
    example: "`08:00..17:30` or `< 18:00`",
    canonical: |literal| if let Literal::Time(text) = literal { Some(literals::with_seconds(text)) } else { None },
    moved: literals::moved_time,
};

/// The first and the last day, or time of day.
pub(super) fn interval(parts: &Parts, kind: &Kind, problems: &mut Problems) -> Option<Interval> {
    refuse_two_of_a_kind(parts, problems)?;
    let (from, to) = range_ends(parts);
    let mut end = |limit: &Option<Spanned<ast::Limit>>, in_range: Option<PlacedEnd<'_>>, inwards: i64| {
        let (literal, span, steps) = match (limit, in_range) {
            (Some(limit), _) => (&limit.value.value, limit.span, if limit.value.inclusive { 0 } else { inwards }),
            (None, Some((literal, span))) => (literal, span, 0),
            (None, None) => return Some(None),
        };
        let Some(text) = (kind.canonical)(literal) else {
            let message = format!("{} is bounded by values of its own kind.", kind.what);
            problems.push(Diagnostic::error(Code::BadRange, span, message).help(format!("Write {}.", kind.example)));
            return None;
        };
        let moved = (kind.moved)(&text, steps);
        if moved.is_none() {
            problems.push(
                Diagnostic::error(Code::BadRange, span, "No value is within these bounds.").help("Move the bound."),
            );
        }
        moved.map(Some)
    };
    let (first, last) = (end(&parts.lower, from, 1), end(&parts.upper, to, -1));
    let interval = Interval { first: first?, last: last? };
    if interval.first.as_ref().zip(interval.last.as_ref()).is_some_and(|(first, last)| first > last) {
        problems.push(empty_of(parts, 0, 0));
        return None;
    }
    Some(interval)
}

/// An end of a range, and the place of the range.
type PlacedEnd<'p> = (&'p Literal, Span);

/// The lower and the upper end of the range among the parts.
fn range_ends(parts: &Parts) -> (Option<PlacedEnd<'_>>, Option<PlacedEnd<'_>>) {
    match &parts.range {
        Some(range) => {
            let placed = |literal| (literal, range.span);
            (range.value.lower.as_ref().map(placed), range.value.upper.as_ref().map(placed))
        }
        None => (None, None),
    }
}

/// A range already says what a comparison would say on the same side.
fn refuse_two_of_a_kind(parts: &Parts, problems: &mut Problems) -> Option<()> {
    let Some(range) = &parts.range else { return Some(()) };
    let twice = [
        (range.value.lower.is_some(), parts.lower.as_ref(), "lower"),
        (range.value.upper.is_some(), parts.upper.as_ref(), "upper"),
    ];
    let mut alone = Some(());
    for (in_range, limit, side) in twice {
        if let (true, Some(limit)) = (in_range, limit) {
            problems.push(
                Diagnostic::error(Code::RepeatedPart, limit.span, format!("The range has a {side} end already."))
                    .label(range.span, "here")
                    .help("Keep one of them."),
            );
            alone = None;
        }
    }
    alone
}

fn whole(literal: &Literal, span: Span, ends: &Ends<'_>, problems: &mut Problems) -> Option<i64> {
    let Literal::Number(text) = literal else {
        problems.push(not_a_number(span, ends.what));
        return None;
    };
    let problem = match literals::units(text, ends.scale) {
        Ok(units) => match i64::try_from(units) {
            Ok(units) if (ends.limits.min..=ends.limits.max).contains(&units) => return Some(units),
            _ => {
                let written = |units| decimal_text(units, ends.scale);
                let (min, max) = (written(ends.limits.min), written(ends.limits.max));
                Diagnostic::error(Code::BadRange, span, format!("`{text}` is out of range."))
                    .help(format!("{} goes from {min} to {max}.", ends.what))
            }
        },
        Err(Misfit::Digits) if ends.scale == 0 => {
            Diagnostic::error(Code::BadRange, span, format!("`{text}` is not a whole number."))
                .help(format!("{} takes whole numbers here.", ends.what))
        }
        Err(Misfit::Digits) => {
            Diagnostic::error(Code::BadRange, span, format!("`{text}` has too many digits after the point."))
                .help(format!("{} keeps {}.", ends.what, ends.scale))
        }
        Err(_) => Diagnostic::error(Code::BadRange, span, format!("`{text}` is out of range."))
            .help(format!("{} has fewer digits.", ends.what)),
    };
    problems.push(problem);
    None
}

fn bound(literal: &Literal, span: Span, inclusive: bool, problems: &mut Problems) -> Option<Bound<f64>> {
    let Literal::Number(text) = literal else {
        problems.push(not_a_number(span, "`number`"));
        return None;
    };
    let value = literals::finite(text);
    if value.is_none() {
        let message = format!("`{text}` is out of range.");
        problems.push(Diagnostic::error(Code::BadRange, span, message).help("Write a smaller number."));
    }
    value.map(|value| Bound { value, inclusive })
}

fn not_a_number(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::BadRange, span, format!("{what} is bounded by numbers."))
        .help("Write plain digits, such as `1..200` or `>= 0`.")
}

/// A number of units as it is written.
fn decimal_text(units: i64, scale: u8) -> String {
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = usize::from(scale) + 1);
    let (whole, fraction) = digits.split_at(digits.len() - usize::from(scale));
    let sign = if units < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn empty(range: &Spanned<ast::Range>, lower: i64, upper: i64) -> Diagnostic {
    let problem = Diagnostic::error(Code::BadRange, range.span, "Nothing lies in this range.");
    if upper > 0 && lower > upper && range.value.lower.is_some() && range.value.upper.is_some() {
        let turned = format!("{upper}..{lower}");
        return problem
            .help(format!("The lower end comes first: `{turned}`."))
            .edit(TextEdit::replace(range.span, turned));
    }
    problem.help("Write both ends, the lower first: `1..200`.")
}

fn empty_of(parts: &Parts, min: i64, max: i64) -> Diagnostic {
    if let (Some(range), None, None) = (&parts.range, &parts.lower, &parts.upper) {
        let turned = match &range.value {
            ast::Range { lower: Some(Literal::Number(lower)), upper: Some(Literal::Number(upper)) } => {
                Some(format!("{upper}..{lower}"))
            }
            _ => None,
        };
        let problem = Diagnostic::error(Code::BadRange, range.span, "Nothing lies in this range.");
        return match turned.filter(|_| min > max) {
            Some(turned) => problem
                .help(format!("The lower end comes first: `{turned}`."))
                .edit(TextEdit::replace(range.span, turned)),
            None => problem.help("Write both ends, the lower first: `1..5`."),
        };
    }
    let spans = [
        parts.range.as_ref().map(|range| range.span),
        parts.lower.as_ref().map(|limit| limit.span),
        parts.upper.as_ref().map(|limit| limit.span),
    ];
    let span = spans.into_iter().flatten().reduce(Span::to).unwrap_or_default();
    Diagnostic::error(Code::BadRange, span, "No value is within these bounds.").help("Move one of them.")
}
