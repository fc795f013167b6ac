//! What a syntax error of YAML means, and how the reading goes on after it.
//!
//! Where the slip is a known one, the parser sees the mended line; else the value, or the whole line, is
//! blanked out.

use super::{
    super::{
        code::Code,
        diagnostic::{Diagnostic, TextEdit},
    },
    build::SyntaxError,
    indent, quoted,
    source::{Change, HOLE, Source},
};

/// A syntax error in our words, and what the parser should see instead.
pub(super) struct Mended {
    /// Nothing to say where a line gives a second error after its value was given up.
    pub(super) problem: Option<Diagnostic>,
    pub(super) edit: Vec<Change>,
}

/// Understands an error. What comes back always changes the text, so that the reading comes to an end.
pub(super) fn mend(source: &Source<'_>, error: &SyntaxError) -> Mended {
    let at = visible(source, error.index);
    let line = Line::around(source, at);
    too_deep(source, error)
        .or_else(|| unclosed_bracket(source, error))
        .or_else(|| backslash(source, error, &line))
        .or_else(|| unknown_alias(source, error, &line))
        .or_else(|| indent::wrong(source, error, &line))
        .or_else(|| missing_colon(source, error, at))
        .or_else(|| needs_quotes(source, error, at, &line))
        .unwrap_or_else(|| blank_out(source, error, &line))
}

/// The parser has a limit of its own, beyond ours. There is no going on after it.
fn too_deep(source: &Source<'_>, error: &SyntaxError) -> Option<Mended> {
    if !error.info.contains("recursion limit") {
        return None;
    }
    let place = source.span(error.index, error.index);
    let problem = Diagnostic::error(Code::TooDeep, place, "Maps and lists are nested too deep.")
        .help("No word of the language goes that deep.");
    let everything = Change { start: 0, end: source.chars.len(), text: String::new() };
    Some(Mended { problem: Some(problem), edit: vec![everything] })
}

/// The character of an error, or the last one before it that can be seen.
fn visible(source: &Source<'_>, index: usize) -> usize {
    let index = index.min(source.chars.len());
    if source.chars.get(index).is_some_and(|c| !c.is_whitespace()) {
        return index;
    }
    let (start, _) = source.line(index);
    let line_has_text = source.chars[start..index].iter().any(|c| !c.is_whitespace());
    if line_has_text { index } else { source.chars[..index].iter().rposition(|c| !c.is_whitespace()).unwrap_or(0) }
}

/// One line as `key: value`, as far as it has that form.
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The range of the value, comment and blanks excluded; empty where there is none.
    pub(super) value: Option<(usize, usize)>,
}

impl Line {
    pub(super) fn around(source: &Source<'_>, at: usize) -> Self {
        let (start, end) = source.line(at);
        let chars = &source.chars[start..end];
        let after_colon = (0..chars.len()).find(|&i| chars[i] == ':' && chars.get(i + 1).is_none_or(|&c| c == ' '));
        let value = after_colon.map(|colon| {
            let text = &chars[colon + 1..];
            let blanks = text.iter().take_while(|&&c| c == ' ').count();
            let from = colon + 1 + blanks;
            let to = from + value_length(&chars[from..]);
            (start + from, start + to)
        });
        Self { start, end, value }
    }

    /// The value, if there is something in it that has not been given up yet.
    fn open_value(&self, source: &Source<'_>) -> Option<(usize, usize)> {
        self.value.filter(|&(from, to)| from < to && source.chars[from] != HOLE)
    }
}

/// The characters of a value up to a comment or the end of the line. A `#` in quotes begins no comment.
fn value_length(rest: &[char]) -> usize {
    let mut quote = None;
    let mut end = rest.len();
    for (index, &c) in rest.iter().enumerate() {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') && rest[index + 1..].contains(&c) => quote = Some(c),
            None if c == '#' && index > 0 && rest[index - 1] == ' ' => {
                end = index;
                break;
            }
            _ => {}
        }
    }
    rest[..end].iter().rposition(|c| !c.is_whitespace()).map_or(0, |last| last + 1)
}

/// Writes the range in quotes, for the parser and as an edit for the person.
fn in_quotes(source: &Source<'_>, (from, to): (usize, usize), in_flow: bool, message: &str) -> Option<Mended> {
    let text = source.slice(from, to);
    let mended = quoted(&text, in_flow);
    if mended == text {
        return None;
    }
    let span = source.span(from, to);
    let quote = mended.get(..1)?;
    let doubled = if quote == "'" { 2 } else { 1 };
    let inner = (from..to).filter(|&at| doubled == 2 && source.chars[at] == '\'');
    let mut edit = vec![Change { start: from, end: from, text: quote.to_owned() }];
    edit.extend(inner.map(|at| Change { start: at, end: at, text: quote.to_owned() }));
    edit.push(Change { start: to, end: to, text: quote.to_owned() });
    let problem = Diagnostic::error(Code::NeedsQuotes, span, message)
        .help(format!("Put the value in quotes: `{mended}`."))
        .edit(TextEdit::replace(span, mended));
    Some(Mended { problem: Some(problem), edit })
}

/// A value that YAML does not take as it is.
fn needs_quotes(source: &Source<'_>, error: &SyntaxError, at: usize, line: &Line) -> Option<Mended> {
    if let Some(piece) = flow_piece(source, at, line) {
        let message = "Inside `{ }` and `[ ]`, YAML reads brackets and commas in a value as its own.";
        return in_quotes(source, piece, true, message);
    }
    let (from, to) = line.open_value(source)?;
    let text = source.slice(from, to);
    let first = text.chars().next()?;
    // What is in quotes already, perhaps since an error before, does not get better by more of them.
    let is_quoted = matches!(first, '"' | '\'') && text.len() > 1 && text.ends_with(first);
    if matches!(first, '{' | '[') || is_quoted {
        return None;
    }
    if error.info.starts_with("mapping values") && text.contains(": ") {
        return in_quotes(source, (from, to), false, "A colon and a blank inside a value end it.");
    }
    if "@`%*!|>".contains(first) {
        let message = format!("YAML does not take a value that begins with `{first}`.");
        // Nothing in the language begins so but free wording, so that there is no more to say about the value.
        return in_quotes(source, (from, to), false, &message)
            .map(|mended| Mended { edit: hole(source, line), ..mended });
    }
    let closes_early = matches!(first, '"' | '\'') && text[1..].contains(first) && !text.ends_with(first);
    let message = "YAML reads a quote at the beginning as the whole value, but more follows.";
    if closes_early { in_quotes(source, (from, to), false, message) } else { None }
}

/// The value around an error between braces on one line, if it is not in quotes.
fn flow_piece(source: &Source<'_>, at: usize, line: &Line) -> Option<(usize, usize)> {
    let chars = &source.chars[..line.end];
    open_brackets(source, at).last()?;
    let colon = (line.start..at.min(line.end)).rev().find(|&i| chars[i] == ':' && chars.get(i + 1) == Some(&' '))?;
    let from = (colon + 1..line.end).find(|&i| chars[i] != ' ')?;
    if matches!(chars[from], '"' | '\'' | '{' | '[') || chars[from] == HOLE {
        return None;
    }
    let mut depth = 0_usize;
    let mut to = from;
    let mut in_pattern = false;
    for (index, &c) in chars.iter().enumerate().skip(from) {
        match c {
            '/' if in_pattern => in_pattern = chars[index - 1] == '\\',
            '/' if chars[index - 1] == ' ' => in_pattern = chars[index + 1..].contains(&'/'),
            _ if in_pattern => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ',' | '}' | ']' if depth == 0 => break,
            '#' if chars[index - 1] == ' ' => break,
            _ => {}
        }
        if c != ' ' {
            to = index + 1;
        }
    }
    (from < to).then_some((from, to))
}

/// The brackets of YAML that are open at a character.
fn open_brackets(source: &Source<'_>, at: usize) -> Vec<usize> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut begins = true;
    let mut previous = '\n';
    for (index, &c) in source.chars.iter().enumerate().take(at) {
        match (quote, c) {
            (Some('#'), '\n') => quote = None,
            (Some(sign), _) if sign == c && sign != '#' => quote = None,
            (None, '#') if previous.is_whitespace() => quote = Some('#'),
            (None, '"' | '\'') if begins => quote = Some(c),
            (None, '{' | '[') if begins => open.push(index),
            (None, '}' | ']') => {
                open.pop();
            }
            _ => {}
        }
        let separates = matches!(c, ':' | ',' | '-' | '{' | '[' | '\n');
        begins = separates || (begins && c.is_whitespace());
        previous = c;
    }
    open
}

/// A bracket of YAML that is still open on a later line than its own.
fn unclosed_bracket(source: &Source<'_>, error: &SyntaxError) -> Option<Mended> {
    let last = *open_brackets(source, error.index).last()?;
    let opening = Line::around(source, last);
    let at_end = error.info == "unexpected eof" || error.index >= source.chars.len();
    let (start, end) = source.line(visible(source, error.index));
    let is_outside = source.indent(start, end) <= source.indent(opening.start, opening.end);
    let is_on_later_line = start > opening.end;
    let is_about_flow = ["flow", "illegal placement of ':'"].iter().any(|words| error.info.contains(words));
    let goes_on = is_on_later_line && is_outside && is_about_flow;
    if !at_end && !goes_on {
        return None;
    }
    let sign = source.chars[last];
    let problem =
        Diagnostic::error(Code::Unclosed, source.span(last, last + 1), format!("This `{sign}` is never closed."))
            .help(format!("Write the `{}` where its contents end.", if sign == '{' { '}' } else { ']' }));
    Some(Mended { problem: Some(problem), edit: hole(source, &opening) })
}

/// A backslash in double quotes that YAML reads as an escape.
fn backslash(source: &Source<'_>, error: &SyntaxError, line: &Line) -> Option<Mended> {
    let is_escape = ["unknown escape", "hexadecimal number", "Unicode character escape"];
    if !is_escape.iter().any(|words| error.info.contains(words)) {
        return None;
    }
    let open = (error.index..line.end).find(|&i| source.chars[i] == '"')?;
    let close = (open + 1..line.end).rev().find(|&i| source.chars[i] == '"')?;
    let text = source.slice(open + 1, close);
    let span = source.span(open, close + 1);
    let mended = format!("'{}'", text.replace('\'', "''"));
    let mut edit = vec![Change { start: open, end: open + 1, text: "'".to_owned() }];
    let inner = (open + 1..close).filter(|&i| source.chars[i] == '\'');
    edit.extend(inner.map(|i| Change { start: i, end: i, text: "'".to_owned() }));
    edit.push(Change { start: close, end: close + 1, text: "'".to_owned() });
    let problem = Diagnostic::error(Code::Escape, span, "In double quotes, YAML reads a backslash as an escape.")
        .help(format!("Use single quotes: `{mended}`."))
        .edit(TextEdit::replace(span, mended));
    Some(Mended { problem: Some(problem), edit })
}

fn unknown_alias(source: &Source<'_>, error: &SyntaxError, line: &Line) -> Option<Mended> {
    if !error.info.contains("anchor") {
        return None;
    }
    let word = source.chars[error.index..line.end].iter().take_while(|c| !c.is_whitespace() && **c != ',').count();
    let span = source.span(error.index, error.index + word);
    let problem = Diagnostic::error(Code::Anchor, span, "YAML anchors and aliases are not part of the language.")
        .help("Write out what it stands for, or put the value in quotes if the sign is part of it.");
    Some(Mended { problem: Some(problem), edit: hole(source, line) })
}

/// `title string 1..200`: the parser notices on this line or a later one.
fn missing_colon(source: &Source<'_>, error: &SyntaxError, at: usize) -> Option<Mended> {
    if !error.info.starts_with("simple key expect") {
        return None;
    }
    let without_colon = |line: &Line| {
        let text = source.slice(line.start, line.end);
        line.value.is_none() && !text.trim().is_empty() && !text.trim_start().starts_with(['#', '-', '{', '['])
    };
    let here = Line::around(source, at);
    let before = here.start.checked_sub(1).map(|end| Line::around(source, end));
    let line = [Some(here), before].into_iter().flatten().find(without_colon)?;
    let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
    let first = (line.start..line.end).find(|&i| source.chars[i] != ' ')?;
    let length = source.chars[first..line.end].iter().take_while(|c| is_word(c)).count();
    let end = first + length;
    let is_pair = length > 0 && source.chars.get(end) == Some(&' ');
    if !is_pair {
        return None;
    }
    let word = source.slice(first, end);
    let problem =
        Diagnostic::error(Code::YamlSyntax, source.span(first, end), format!("There is no colon after `{word}`."))
            .help(format!("Write `{word}:`, then a blank and the value."))
            .edit(TextEdit::insert(source.origin(end), ":"));
    Some(Mended { problem: Some(problem), edit: vec![Change { start: end, end, text: ":".to_owned() }] })
}

/// Anything else: the value, or the whole line, is given up.
fn blank_out(source: &Source<'_>, error: &SyntaxError, line: &Line) -> Mended {
    let (from, to) = line.open_value(source).unwrap_or_else(|| {
        let blanks = source.chars[line.start..line.end].iter().take_while(|c| c.is_whitespace()).count();
        (line.start + blanks, line.end)
    });
    let is_second_error = line.value.is_some_and(|(from, _)| source.chars.get(from) == Some(&HOLE));
    if is_second_error {
        return Mended { problem: None, edit: hole(source, line) };
    }
    let span = source.span(from, to);
    let is_quote = matches!(source.chars.get(from), Some('"' | '\''));
    let never_ends = is_quote && !source.chars[from + 1..to].contains(&source.chars[from]);
    let problem = if never_ends {
        Diagnostic::error(Code::Unclosed, span, "This quote is never closed.")
            .help("Write the same quote at the end of the value.")
    } else {
        Diagnostic::error(Code::YamlSyntax, span, "YAML cannot read this line.")
            .help(format!("Write `key: value`, each on a line of its own. (The YAML reader says: {}.)", error.info))
    };
    Mended { problem: Some(problem), edit: hole(source, line) }
}

/// Puts a hole in place of the value or, where there is none to give up, takes the whole line out.
fn hole(source: &Source<'_>, line: &Line) -> Vec<Change> {
    if let Some((from, to)) = line.open_value(source) {
        return vec![Change { start: from, end: to, text: HOLE.to_string() }];
    }
    let has_text = source.chars[line.start..line.end].iter().any(|c| !c.is_whitespace());
    // An error on a line without text has nothing to take out there; the rest of the document goes.
    let end = if has_text { line.end } else { source.chars.len() };
    vec![Change { start: line.start, end, text: String::new() }]
}
