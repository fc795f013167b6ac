//! Lines that stand beside others but are indented differently.

use super::{
    super::{
        code::Code,
        diagnostic::{Diagnostic, TextEdit},
    },
    build::SyntaxError,
    mend::{Line, Mended},
    source::{Change, Source},
};

/// A line whose indentation makes it part of nothing, and the lines below that share its fate.
pub(super) fn wrong(source: &Source<'_>, error: &SyntaxError, line: &Line) -> Option<Mended> {
    let is_about_a_key = (error.info.starts_with("mapping values")
        && line.value.is_some_and(|(from, _)| error.index < from))
        || error.info.ends_with("did not find expected key");
    if !is_about_a_key || line.value.is_none() {
        return None;
    }
    let found = source.indent(line.start, line.end);
    let wanted = wanted(source, line, found)?;
    let changes = changes(source, line, found, wanted);
    let end = line.end - source.slice(line.start, line.end).chars().rev().take_while(|c| c.is_whitespace()).count();
    let span = source.span(line.start + found, end.max(line.start + found));
    let message = if found > wanted {
        "This line is indented deeper than the one it stands beside."
    } else {
        "This line is indented less than the one it stands beside."
    };
    let mut problem = Diagnostic::error(Code::Indentation, span, message)
        .help(format!("Begin it with {wanted} blanks, as the line before."));
    for change in &changes {
        problem = problem.edit(TextEdit::replace(source.span(change.start, change.end), change.text.clone()));
    }
    Some(Mended { problem: Some(problem), edit: changes })
}

/// The indentation of the lines that this one stands beside, if its own is another.
fn wanted(source: &Source<'_>, line: &Line, found: usize) -> Option<usize> {
    let before = source.chars[..line.start].iter().rposition(|c| !c.is_whitespace())?;
    let before = Line::around(source, before);
    let last = source.indent(before.start, before.end);
    let has_value = before.value.is_some_and(|(from, to)| from < to);
    if found > last {
        return has_value.then_some(last);
    }
    let open = open_indents(source, line.start);
    let nearest = open.iter().copied().min_by_key(|indent| (indent.abs_diff(found), usize::MAX - indent))?;
    (nearest != found).then_some(nearest)
}

/// The indentations of the maps that are open before a character.
fn open_indents(source: &Source<'_>, end: usize) -> Vec<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut start = 0;
    while start < end {
        let (_, line_end) = source.line(start);
        let indent = source.indent(start, line_end);
        let first = source.chars.get(start + indent);
        if first.is_some_and(|c| !c.is_whitespace() && *c != '#') {
            open.retain(|&outer| outer < indent);
            open.push(indent);
        }
        start = line_end + 1;
    }
    open
}

/// Lines that are too deep are often a whole block; lines that are not deep enough stand alone.
fn changes(source: &Source<'_>, line: &Line, found: usize, wanted: usize) -> Vec<Change> {
    let mut changes = vec![Change { start: line.start, end: line.start + found, text: " ".repeat(wanted) }];
    let mut start = line.end + 1;
    while found > wanted && start < source.chars.len() {
        let (_, end) = source.line(start);
        let indent = source.indent(start, end);
        let is_empty = start + indent == end;
        if !is_empty && indent < found {
            break;
        }
        if !is_empty {
            changes.push(Change { start, end: start + found - wanted, text: String::new() });
        }
        start = end + 1;
    }
    changes
}
