//! Defaults.

use crate::model::{Default, Literal, Scalar};
use crate::spec::ast::{self, Part, Word};
use crate::spec::{Code, Diagnostic, Span, TextEdit, suggest};

use super::{
    Problems,
    literals::{self, Misfit},
};

/// The default of a field with single values; `None` if it is none of them, which is reported.
pub(super) fn default(part: &Part<ast::Default>, scalar: &Scalar, problems: &mut Problems) -> Option<Default> {
    let default = match &part.value {
        ast::Default::Literal(literal) => literals::value(scalar, &literal.value)
            .map(Default::Literal)
            .map_err(|misfit| Box::new(misfit_problem(misfit, &literal.value, literal.span, scalar))),
        // A path of several steps is a value that is copied, which is understood when all entities are known.
        ast::Default::Path(path) => word_value(path.single()?, scalar),
    };
    default.map_err(|problem| problems.push(*problem)).ok()
}

fn word_value(word: &Word, scalar: &Scalar) -> Result<Default, Box<Diagnostic>> {
    let text = word.value.as_str();
    let problem = || Diagnostic::error(Code::BadDefault, word.span, format!("`{text}` is not a value of this field."));
    let problem = match scalar {
        Scalar::Enum(values) => match values.iter().find(|value| *value == text) {
            Some(value) => return Ok(Default::Literal(Literal::Enum(value.clone()))),
            None => match suggest::nearest(text, values.iter().map(String::as_str)) {
                Some(near) => problem().did_you_mean(word.span, Some(near)),
                None => problem().help(format!("Its values are {}.", listed(values))),
            },
        },
        Scalar::Boolean => match text {
            "true" => return Ok(Default::Literal(Literal::Boolean(true))),
            "false" => return Ok(Default::Literal(Literal::Boolean(false))),
            _ => problem().help("Write `true` or `false`."),
        },
        Scalar::Date(_) | Scalar::DateTime | Scalar::Time(_) => match text {
            "now" => return Ok(Default::Now),
            _ => problem().help(format!("Write `now`, or {}.", example(scalar))),
        },
        Scalar::String { .. } | Scalar::Text { .. } | Scalar::Email | Scalar::Url | Scalar::Uuid => {
            // Single quotes are right inside the double quotes of JSON, too.
            let quoted = format!("'{text}'");
            problem().help(format!("Text is written in quotes: `{quoted}`.")).edit(TextEdit::replace(word.span, quoted))
        }
        Scalar::Json => problem().help("`json` has no default in a spec; write `json?`."),
        Scalar::Integer(_) | Scalar::Bigint(_) | Scalar::Number(_) | Scalar::Decimal { .. } => {
            problem().help(format!("Write {}.", example(scalar)))
        }
    };
    Err(Box::new(problem))
}

/// The values of an enum in a message.
pub(super) fn listed(values: &[String]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

/// How a value of a type is written.
pub(super) fn example(scalar: &Scalar) -> &'static str {
    match scalar {
        Scalar::String { .. } | Scalar::Text { .. } => "text in quotes, such as `\"new\"`",
        Scalar::Integer(_) | Scalar::Bigint(_) => "a whole number, such as `0`",
        Scalar::Number(_) | Scalar::Decimal { .. } => "a number, such as `0.5`",
        Scalar::Boolean => "`true` or `false`",
        Scalar::Date(_) => "a day, such as `2026-11-21`",
        Scalar::DateTime => "a moment, such as `2026-11-21T08:30:00Z`",
        Scalar::Time(_) => "a time, such as `08:30`",
        Scalar::Uuid => "a UUID in quotes",
        Scalar::Email => "an address in quotes, such as `\"info@shop.example\"`",
        Scalar::Url => "an address in quotes, such as `\"https://shop.example\"`",
        Scalar::Json => "nothing; `json` has no literals in a spec",
        Scalar::Enum(_) => "one of its values, without quotes",
    }
}

/// The problem with a literal that is not a value of a type.
pub(super) fn misfit_problem(misfit: Misfit, literal: &ast::Literal, span: Span, scalar: &Scalar) -> Diagnostic {
    if let (Scalar::Enum(values), Misfit::Kind, Some(text)) = (scalar, misfit, text_of(literal))
        && values.iter().any(|value| value == text)
    {
        return Diagnostic::error(Code::BadDefault, span, "A value of a choice is written without quotes.")
            .help(format!("Write `{text}`."))
            .edit(TextEdit::replace(span, text));
    }
    let (message, help) = match misfit {
        Misfit::Kind => ("This is not a value of this field.".to_owned(), format!("Write {}.", example(scalar))),
        Misfit::Length => ("This text is longer or shorter than the field allows.".to_owned(), length_help(scalar)),
        Misfit::Range => (
            "This value is out of the field's range.".to_owned(),
            "Move the range, or choose another value.".to_owned(),
        ),
        Misfit::Digits => (
            "This value has more digits after the point than the field keeps.".to_owned(),
            "Leave the last digits out.".to_owned(),
        ),
        Misfit::Form => ("This text has not the form of this field.".to_owned(), format!("Write {}.", example(scalar))),
    };
    Diagnostic::error(Code::BadDefault, span, message).help(help)
}

fn text_of(literal: &ast::Literal) -> Option<&str> {
    match literal {
        ast::Literal::String(text) | ast::Literal::Number(text) => Some(text),
        ast::Literal::Date(_) | ast::Literal::Time(_) | ast::Literal::DateTime(_) => None,
    }
}

fn length_help(scalar: &Scalar) -> String {
    match scalar {
        Scalar::String { length, .. } | Scalar::Text { length, .. } => {
            format!("It has {} to {} characters.", length.min, length.max)
        }
        _ => "Choose another text.".to_owned(),
    }
}
