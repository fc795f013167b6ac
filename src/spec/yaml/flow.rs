//! Values between braces that YAML cuts at their commas.

use super::{
    super::{
        code::Code,
        diagnostic::{Diagnostic, TextEdit},
        span::Span,
    },
    Entry, Form, Node, quoted,
    source::Source,
};

/// Whether a colon follows a key between braces.
pub(super) fn has_colon(source: &Source<'_>, key_end: usize) -> bool {
    let rest = &source.chars[key_end..];
    rest.iter().find(|c| !c.is_whitespace()) == Some(&':')
}

/// Between braces, YAML reads `a: b, c` as two keys. Joins `c` to the value it was written for.
pub(super) fn join(source: &Source<'_>, entries: &mut [Entry], rest: Span) -> bool {
    let Some(Entry { value: Node::Scalar(value), .. }) = entries.last_mut() else {
        return false;
    };
    if value.form == Form::Marked {
        return false;
    }
    let span = value.span.to(rest);
    let written = source.written(span);
    let is_folded = written.contains('\n');
    value.text = if is_folded { written.split_whitespace().collect::<Vec<_>>().join(" ") } else { written.into() };
    value.offset = (!is_folded).then_some(span.start);
    value.span = span;
    true
}

/// One problem for each value that was joined again.
pub(super) fn report_split(entries: &[Entry], split: &[usize], problems: &mut Vec<Diagnostic>) {
    let mut reported = None;
    for &index in split {
        let Some(Entry { key, value: Node::Scalar(value) }) = entries.get(index) else { continue };
        if reported.replace(index) == Some(index) {
            continue;
        }
        let mended = quoted(&value.text, true);
        problems.push(
            Diagnostic::error(
                Code::NeedsQuotes,
                value.span,
                format!("Inside `{{ }}` a comma ends the value of `{}`.", key.text),
            )
            .help(format!("Put the value in quotes: `{}: {mended}`.", key.text))
            .edit(TextEdit::replace(value.span, mended)),
        );
    }
}
