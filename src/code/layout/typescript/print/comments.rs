//! Comments beside statements and elements.

use crate::code::layout::doc::{Doc, Docs, empty_line, expand_parent, hard_line, nothing, origin, space, text};
use crate::code::layout::typescript::ast::Trivia;
use crate::code::layout::typescript::lexer::{Apart, Comment};

/// What comes before an element: the mark of its origin and its comments.
pub(super) fn lead<'a>(trivia: &Trivia<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let mark = trivia.origin.map_or_else(nothing, origin);
    if trivia.leading.is_empty() {
        return mark;
    }
    let comments = trivia.leading.iter().flat_map(|comment| {
        let line = match comment.after {
            Apart::Blanks => space(),
            Apart::LineEnd => hard_line(),
            Apart::EmptyLine => empty_line(),
        };
        [comment_text(comment, docs), line]
    });
    docs.concat_all(std::iter::once(mark).chain(comments))
}

/// The comments that end an element's line.
pub(super) fn trail<'a>(trivia: &Trivia<'a>, docs: &Docs<'a>) -> Doc<'a> {
    if trivia.trailing.is_empty() {
        return nothing();
    }
    docs.concat_all(trivia.trailing.iter().map(|comment| {
        let suffix = docs.line_suffix(docs.concat([space(), comment_text(comment, docs)]));
        if comment.is_block() { suffix } else { docs.concat([suffix, expand_parent()]) }
    }))
}

/// Comments with nothing behind them in their block.
pub(super) fn dangling<'a>(end: &Trivia<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let mark = end.origin.map_or_else(nothing, origin);
    if end.leading.is_empty() {
        return mark;
    }
    let mut parts = vec![mark];
    for (index, comment) in end.leading.iter().enumerate() {
        if index > 0 {
            parts.push(if comment.before == Apart::EmptyLine { empty_line() } else { hard_line() });
        }
        parts.push(comment_text(comment, docs));
        if !comment.is_block() {
            parts.push(expand_parent());
        }
    }
    docs.concat_all(parts)
}

/// A comment as it is printed: the lines of a documentation comment follow its indentation.
fn comment_text<'a>(comment: &Comment<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let follows = comment.text.lines().skip(1).all(|line| line.trim_start().starts_with('*'));
    if !comment.text.contains('\n') || !follows {
        return text(comment.text);
    }
    let mut lines = comment.text.lines();
    let first = lines.next().unwrap_or_default().trim_end();
    let following = lines.map(|line| docs.concat([text(" "), text(line.trim())]));
    docs.join(std::iter::once(text(first)).chain(following), hard_line())
}
