//! Types of single values.

use std::collections::BTreeSet;

use crate::model::{Range, Scalar};
use crate::spec::ast::{Argument, FieldLine, Literal, Parts, Word};
use crate::spec::{Code, Diagnostic, Span, Spanned, TextEdit};

use super::{
    Problems,
    bounds::{self, DAYS, Ends, TIMES},
    forms::form,
    names,
    scope::Scope,
};

/// The longest `string`; longer ones are `text`.
const STRING_MAX: u32 = 65_535;
/// The longest `text`; a longer one would not fit into a request.
const TEXT_MAX: u32 = 1_000_000;
/// The greatest number of 18 digits.
const BIGINT_MAX: i64 = 999_999_999_999_999_999;
/// The most digits of a decimal.
const DIGITS_MAX: u8 = 18;
/// The longest value of an enum.
const VALUE_MAX: usize = 64;

/// The scalar of a type's word, with its range. Parts that do not fit it are reported.
pub(super) fn named(
    word: &Word,
    arguments: &[Spanned<Argument>],
    line: &FieldLine,
    scope: &Scope<'_>,
    problems: &mut Problems,
) -> Option<Scalar> {
    let parts = &line.parts;
    let takes_arguments = matches!(word.value.as_str(), "decimal" | "enum");
    if !takes_arguments && let (Some(first), Some(last)) = (arguments.first(), arguments.last()) {
        let span = first.span.to(last.span);
        let message = format!("`{}` takes nothing in parentheses.", word.value);
        let problem = Diagnostic::error(Code::BadArgument, span, message);
        problems.push(match word.value.as_str() {
            "string" | "text" => problem.help("A length is written as a range: `string 1..200`."),
            _ => problem.help("Take them out."),
        });
        return None;
    }
    match word.value.as_str() {
        "string" => {
            let length = length(parts, Range { min: 0, max: 255 }, STRING_MAX, "`string`", problems)?;
            form(parts, length, "`string`", problems).map(|form| Scalar::String { length, form })
        }
        "text" => {
            let length = length(parts, Range { min: 0, max: 65_535 }, TEXT_MAX, "`text`", problems)?;
            form(parts, length, "`text`", problems).map(|form| Scalar::Text { length, form })
        }
        "integer" => {
            let limits = Range { min: i64::from(i32::MIN), max: i64::from(i32::MAX) };
            let range = bounds::units(parts, &Ends { what: "`integer`", scale: 0, limits }, problems)?;
            Some(Scalar::Integer(Range { min: i32::try_from(range.min).ok()?, max: i32::try_from(range.max).ok()? }))
        }
        "bigint" => {
            let limits = Range { min: -BIGINT_MAX, max: BIGINT_MAX };
            bounds::units(parts, &Ends { what: "`bigint`", scale: 0, limits }, problems).map(Scalar::Bigint)
        }
        "number" => bounds::numbers(parts, problems).map(Scalar::Number),
        "decimal" => decimal(word, arguments, parts, problems),
        "enum" => {
            let values: Vec<Word> = arguments.iter().map(choice_value).collect();
            let values = choice(&values, word.span, scope, problems);
            refuse_bounds(parts, "an enum", problems)?;
            values
        }
        other => {
            let scalar = match other {
                "boolean" => Scalar::Boolean,
                "date" => return bounds::interval(parts, &DAYS, problems).map(Scalar::Date),
                "time" => return bounds::interval(parts, &TIMES, problems).map(Scalar::Time),
                "datetime" => Scalar::DateTime,
                "uuid" => Scalar::Uuid,
                "email" => Scalar::Email,
                "url" => Scalar::Url,
                "json" => Scalar::Json,
                _ => return None,
            };
            refuse_bounds(parts, &format!("`{other}`"), problems)?;
            Some(scalar)
        }
    }
}

fn length(parts: &Parts, default: Range<u32>, max: u32, what: &str, problems: &mut Problems) -> Option<Range<u32>> {
    let limits = [parts.lower.as_ref(), parts.upper.as_ref()];
    if let Some(limit) = limits.into_iter().flatten().next() {
        problems.push(
            Diagnostic::error(Code::MisplacedPart, limit.span, "A comparison never means a length.")
                .help("A length is written as a range: `1..200`."),
        );
        return None;
    }
    bounds::count(parts.range.as_ref(), default, max, what, problems)
}

/// Types that have no order.
fn refuse_bounds(parts: &Parts, what: &str, problems: &mut Problems) -> Option<()> {
    let spans = [
        parts.range.as_ref().map(|range| range.span),
        parts.lower.as_ref().map(|limit| limit.span),
        parts.upper.as_ref().map(|limit| limit.span),
    ];
    let Some(span) = spans.into_iter().flatten().next() else { return Some(()) };
    let problem =
        Diagnostic::error(Code::MisplacedPart, span, format!("{} has neither length nor range.", capital(what)));
    problems.push(if what == "`datetime`" {
        problem.help("Moments are compared under `check:` of the entity, for they can be written with any offset.")
    } else {
        problem.help("Take it out.").edit(TextEdit::replace(span, ""))
    });
    None
}

fn capital(what: &str) -> String {
    what.strip_prefix("an ").map_or_else(|| what.to_owned(), |rest| format!("An {rest}"))
}

fn decimal(word: &Word, arguments: &[Spanned<Argument>], parts: &Parts, problems: &mut Problems) -> Option<Scalar> {
    let number = |argument: &Spanned<Argument>| match &argument.value {
        Argument::Literal(Literal::Number(text)) => text.parse::<u8>().ok(),
        Argument::Literal(_) | Argument::Word(_) => None,
    };
    let digits = match arguments {
        [precision, scale] => number(precision).zip(number(scale)),
        _ => None,
    };
    let fits = |(precision, scale): &(u8, u8)| (1..=DIGITS_MAX).contains(precision) && scale <= precision;
    let Some((precision, scale)) = digits.filter(fits) else {
        let span = match (arguments.first(), arguments.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => word.span,
        };
        let message = "`decimal` says how many digits it has, and how many of them after the point.";
        problems.push(
            Diagnostic::error(Code::BadArgument, span, message)
                .help(format!("Write `decimal(10,2)`: at most {DIGITS_MAX} digits, 2 of them after the point.")),
        );
        return None;
    };
    let max = 10_i64.pow(u32::from(precision)) - 1;
    let what = format!("`decimal({precision},{scale})`");
    let ends = Ends { what: &what, scale, limits: Range { min: -max, max } };
    let units = bounds::units(parts, &ends, problems)?;
    Some(Scalar::Decimal { precision, scale, units })
}

fn choice_value(argument: &Spanned<Argument>) -> Word {
    let text = match &argument.value {
        Argument::Word(text)
        | Argument::Literal(
            Literal::Number(text)
            | Literal::String(text)
            | Literal::Date(text)
            | Literal::Time(text)
            | Literal::DateTime(text),
        ) => text.clone(),
    };
    Spanned::new(text, argument.span)
}

/// One of some values.
pub(super) fn choice(values: &[Word], span: Span, scope: &Scope<'_>, problems: &mut Problems) -> Option<Scalar> {
    if values.is_empty() {
        problems.push(
            Diagnostic::error(Code::BadChoice, span, "An enum says which values it has.")
                .help("Write `enum(EUR, USD)`."),
        );
        return None;
    }
    if let Some(entity) = values.iter().find(|value| scope.entity(&value.value).is_some()) {
        let message = format!("`{}` is an entity, and a reference refers to one entity.", entity.value);
        problems.push(
            Diagnostic::error(Code::BadChoice, entity.span, message)
                .help("Write a field for each entity, each with a `?` at the end of its type."),
        );
        return None;
    }
    let mut seen = BTreeSet::new();
    let mut fits = true;
    for value in values {
        let problem = if !seen.insert(value.value.as_str()) {
            Diagnostic::error(Code::BadChoice, value.span, format!("`{}` is given twice.", value.value))
                .help("Keep one of them.")
        } else if names::is_object_member(&value.value) {
            names::reserved(value, "every JavaScript object has a member of that name")
        } else if !is_choice_value(&value.value) {
            Diagnostic::error(Code::BadChoice, value.span, format!("`{}` cannot be a value of a choice.", value.value))
                .help(format!("A value has letters, digits, `_`, `.` and `-`; at most {VALUE_MAX} characters."))
        } else {
            continue;
        };
        problems.push(problem);
        fits = false;
    }
    fits.then(|| Scalar::Enum(values.iter().map(|value| value.value.clone()).collect()))
}

fn is_choice_value(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    (1..=VALUE_MAX).contains(&text.len()) && text.bytes().all(fits)
}
