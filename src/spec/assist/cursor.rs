//! The cursor's surroundings in the text, before anything is parsed.

use super::super::span::Span;

/// What the next word on a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// A key of a map on lines.
    Key,
    /// A key between braces.
    FlowKey,
    /// A value, or a part of one.
    Value,
}

/// The cursor and the word it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    /// Where the word begins.
    pub(super) start: usize,
    /// The cursor.
    pub(super) at: usize,
    /// Where the word ends.
    end: usize,
}

/// Reads as a word wherever one may stand.
const MARKER: &str = "cursor";

impl<'t> Cursor<'t> {
    /// The cursor at an offset; `None` if that is no place between two characters.
    pub(super) fn new(text: &'t str, at: usize) -> Option<Self> {
        let (before, after) = text.split_at_checked(at)?;
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let start = at - before.chars().rev().take_while(|&c| is_word(c)).map(char::len_utf8).sum::<usize>();
        let end = at + after.chars().take_while(|&c| is_word(c)).map(char::len_utf8).sum::<usize>();
        Some(Self { text, start, at, end })
    }

    /// The whole word.
    pub(super) fn span(self) -> Span {
        Span::new(self.start, self.end)
    }

    /// The part of the word before the cursor.
    pub(super) fn typed(self) -> &'t str {
        &self.text[self.start..self.at]
    }

    /// The blanks before the first word of the line.
    pub(super) fn indentation(self) -> usize {
        let line = self.line();
        line.len() - line.trim_start_matches(' ').len()
    }

    /// Whether a colon ends the key that the word is in: it need not be written any more.
    pub(super) fn has_colon(self, position: Position) -> bool {
        let rest = self.text[self.end..].lines().next().unwrap_or_default();
        match position {
            Position::Key => rest.contains(": ") || rest.ends_with(':'),
            Position::FlowKey => rest.starts_with(':'),
            Position::Value => false,
        }
    }

    fn line(self) -> &'t str {
        let before = &self.text[..self.start];
        &before[before.rfind('\n').map_or(0, |newline| newline + 1)..]
    }

    /// What the word is, by the signs before it on its line; `None` in a comment or in quotes.
    pub(super) fn position(self) -> Option<Position> {
        let mut open: Vec<char> = Vec::new();
        let mut quote = None;
        let mut is_value = false;
        // The last sign that was no blank, and whether blanks followed it.
        let mut last = None;
        let mut spaced = true;
        for c in self.line().chars() {
            if let Some(mark) = quote {
                quote = (c != mark).then_some(mark);
            } else {
                let begins = matches!(last, None | Some(':' | '-' | '{' | '[' | ','));
                match c {
                    ' ' => is_value |= spaced_sign(last, open.is_empty()),
                    '#' if spaced => return None,
                    '"' | '\'' if begins => quote = Some(c),
                    '{' | '[' if begins => {
                        open.push(c);
                        is_value = c == '[';
                    }
                    '}' | ']' if !open.is_empty() => {
                        open.pop();
                        is_value = true;
                    }
                    ',' => is_value = open.last() != Some(&'{'),
                    _ => {}
                }
            }
            spaced = c == ' ';
            last = if spaced { last } else { Some(c) };
        }
        match (quote, is_value, open.is_empty()) {
            // A line in quotes is still a line of the language; its end is found by the reader.
            (Some(_), _, _) | (None, true, _) => Some(Position::Value),
            (None, false, true) => Some(Position::Key),
            (None, false, false) => Some(Position::FlowKey),
        }
    }

    /// The text with something at the cursor, so that an unfinished line has its place in the tree.
    pub(super) fn marked(self, position: Position) -> String {
        let is_whole = position == Position::Value || self.has_colon(position);
        let value = if is_whole { "" } else { ": cursor" };
        let Self { text, at, end, .. } = self;
        format!("{}{MARKER}{}{value}{}", &text[..at], &text[at..end], &text[end..])
    }
}

/// Whether a blank after this sign begins a value: after a colon, and after the dash of an item.
fn spaced_sign(last: Option<char>, on_lines: bool) -> bool {
    last == Some(':') || (on_lines && last == Some('-'))
}
