//! Patterns and folding of strings.

use crate::model::{Form, Pattern, Range, pattern};
use crate::spec::ast::{self, Parts};
use crate::spec::{Code, Diagnostic, Span, Spanned, TextEdit};

use super::Problems;

/// How the strings of a field are written.
pub(super) fn form(parts: &Parts, length: Range<u32>, what: &str, problems: &mut Problems) -> Option<Form> {
    let lowercase = parts.lowercase.is_some();
    let Some(written) = &parts.pattern else { return Some(Form { pattern: None, lowercase }) };
    let read = match Pattern::new(&written.value.source, written.value.ignore_case) {
        Ok(pattern) => pattern,
        Err(misformed) => {
            problems.push(problem(written, misformed));
            return None;
        }
    };
    if length.max > pattern::LENGTH_MAX {
        let message = format!("A value with a pattern has at most {} characters.", pattern::LENGTH_MAX);
        problems.push(Diagnostic::error(Code::BadPattern, written.span, message).help(format!(
            "Bound the length: `{} ..{}`.",
            what.trim_matches('`'),
            pattern::LENGTH_MAX
        )));
        return None;
    }
    let form = Form { pattern: Some(read), lowercase };
    if form.sample(length, 0).is_none() {
        let message = format!("No text of {} to {} characters matches this pattern.", length.min, length.max);
        let help = if lowercase {
            "Change the pattern or the length; `lowercase` leaves no capital letters."
        } else {
            "Change the pattern or the length."
        };
        problems.push(Diagnostic::error(Code::BadPattern, written.span, message).help(help));
        return None;
    }
    Some(form)
}

/// A mistake inside a pattern, at its place.
fn problem(written: &Spanned<ast::Pattern>, misformed: pattern::Misformed) -> Diagnostic {
    let problem = |span| Diagnostic::error(Code::BadPattern, span, misformed.message).help(misformed.help);
    let (source, Span { start, end }) = (&written.value.source, written.span);
    // Slashes stand around it. Where quotes or escapes do too, the place of a part of it is not known.
    let signs = 2 + usize::from(written.value.ignore_case);
    if end - start != source.len() + signs {
        return problem(written.span);
    }
    let inside = |at: usize| start + 1 + at.min(source.len());
    let span = Span::new(inside(misformed.from), inside(misformed.to.max(misformed.from)));
    match misformed.instead {
        Some(text) => problem(span).edit(TextEdit::replace(span, text)),
        None => problem(span),
    }
}

/// Parts that only strings have.
pub(super) fn refuse_on_others(parts: &Parts, problems: &mut Problems) {
    let found =
        [("A pattern belongs", parts.pattern.as_ref().map(|part| part.span)), ("`lowercase` belongs", parts.lowercase)];
    for (what, span) in found {
        if let Some(span) = span {
            problems.push(
                Diagnostic::error(Code::MisplacedPart, span, format!("{what} to `string` and `text`."))
                    .help("Take it out.")
                    .edit(TextEdit::replace(span, "")),
            );
        }
    }
}
