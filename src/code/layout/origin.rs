//! Marks that say which place of the spec a piece of a template came from.

use crate::code::unsafe_chars::{ORIGIN_END, ORIGIN_START};
use std::fmt;

/// A place of the spec, as a number its user chooses (a line, say).
///
/// Printed in a template, it is an invisible mark that the layout pass takes out again. From there on, every line
/// of the output has this origin, until the next mark; [`Origin::NONE`] ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(u32);

impl Origin {
    /// No place of the spec: what follows is the same for every project.
    pub const NONE: Self = Self(0);

    /// The place with this number; 0 is [`Origin::NONE`].
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{ORIGIN_START}{}{ORIGIN_END}", self.0)
    }
}

impl askama::FastWritable for Origin {
    fn write_into(&self, target: &mut dyn fmt::Write, _values: &dyn askama::Values) -> askama::Result<()> {
        Ok(write!(target, "{self}")?)
    }
}

/// A line of the output, counted from 1, that came from a place of the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineOrigin {
    /// The line.
    pub line: u32,
    /// Where it came from.
    pub origin: Origin,
}

/// Reads the mark at the beginning of `text`: the origin, and how many bytes the mark takes.
pub(super) fn read_mark(text: &str) -> Option<(Origin, usize)> {
    let inner = text.strip_prefix(ORIGIN_START)?;
    let end = inner.find(ORIGIN_END)?;
    let number = inner[..end].parse().ok()?;
    Some((Origin(number), ORIGIN_START.len_utf8() + end + ORIGIN_END.len_utf8()))
}

/// The text without its marks, and the origin of each line.
pub(super) fn take_out(text: &str) -> (String, Vec<LineOrigin>) {
    let mut plain = String::with_capacity(text.len());
    let mut origins = OriginLog::default();
    let mut rest = text;
    while let Some(start) = rest.find(ORIGIN_START) {
        let (before, mark) = rest.split_at(start);
        origins.pass(before);
        plain.push_str(before);
        if let Some((origin, length)) = read_mark(mark) {
            origins.set(origin);
            rest = &mark[length..];
        } else {
            // A stray character of the pair: nothing that a template prints contains one.
            rest = &mark[ORIGIN_START.len_utf8()..];
        }
    }
    origins.pass(rest);
    plain.push_str(rest);
    (plain, origins.finish())
}

/// Follows text as it is printed and notes the origin of each line that holds anything but blanks: the one in
/// force at its first visible character, or the first one set within it.
#[derive(Debug)]
pub(super) struct OriginLog {
    line: u32,
    current: Origin,
    noted: bool,
    lines: Vec<LineOrigin>,
}

impl Default for OriginLog {
    fn default() -> Self {
        Self { line: 1, current: Origin::NONE, noted: false, lines: Vec::new() }
    }
}

impl OriginLog {
    pub(super) fn set(&mut self, origin: Origin) {
        self.current = origin;
    }

    /// Tells that this text is printed next.
    pub(super) fn pass(&mut self, text: &str) {
        for (index, piece) in text.split('\n').enumerate() {
            if index > 0 {
                self.end_line();
            }
            if !piece.trim_start().is_empty() {
                self.note_line();
            }
        }
    }

    /// Tells that something visible is printed next, on the same line.
    pub(super) fn note_line(&mut self) {
        if !self.noted && self.current != Origin::NONE {
            self.lines.push(LineOrigin { line: self.line, origin: self.current });
            self.noted = true;
        }
    }

    /// Tells that the line ends.
    pub(super) fn end_line(&mut self) {
        self.line += 1;
        self.noted = false;
    }

    pub(super) fn finish(self) -> Vec<LineOrigin> {
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_the_origin_in_force() {
        let text = format!("a\n{}b\n  c\n\n{}d {}e\nf\n", Origin::new(7), Origin::new(9), Origin::NONE);
        let (plain, origins) = take_out(&text);
        assert_eq!(plain, "a\nb\n  c\n\nd e\nf\n");
        let lines: Vec<(u32, u32)> = origins.iter().map(|o| (o.line, o.origin.number())).collect();
        assert_eq!(lines, [(2, 7), (3, 7), (5, 9)]);
    }

    #[test]
    fn broken_marks_vanish() {
        let (plain, origins) = take_out("a\u{E000}b");
        assert_eq!(plain, "ab");
        assert_eq!(origins, []);
    }
}
