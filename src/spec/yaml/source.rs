//! The text that the YAML parser sees: the document, with characters taken out or mended, each of which
//! still knows where it comes from.

use std::ops::Range;

use super::super::span::Span;

/// Stands for a value that could not be read. A document that has this character itself loses it before.
pub(super) const HOLE: char = '\u{E000}';

/// The document as the YAML parser sees it.
pub(super) struct Source<'t> {
    /// The document as it was written.
    pub(super) text: &'t str,
    /// What the parser sees.
    pub(super) chars: Vec<char>,
    /// For each of `chars`, and for the end, the byte of `text` it stands for.
    origins: Vec<usize>,
}

/// A change of what the parser sees. The document itself stays.
pub(super) struct Change {
    /// From this character.
    pub(super) start: usize,
    /// Up to this one.
    pub(super) end: usize,
    /// The new characters.
    pub(super) text: String,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut origins: Vec<usize> = text.char_indices().map(|(offset, _)| offset).collect();
        origins.push(text.len());
        Self { text, chars: text.chars().collect(), origins }
    }

    /// Only these parts of a document in ASCII.
    pub(super) fn of_parts(text: &'t str, parts: &[Range<usize>]) -> Self {
        let chars = parts.iter().filter_map(|part| text.get(part.clone())).flat_map(str::chars).collect();
        let origins = parts.iter().cloned().flatten().chain([text.len()]).collect();
        Self { text, chars, origins }
    }

    /// Makes changes that are given in order and do not overlap.
    pub(super) fn apply(&mut self, changes: &[Change]) {
        for change in changes.iter().rev() {
            let start = self.origin(change.start);
            let count = change.text.chars().count();
            self.chars.splice(change.start..change.end, change.text.chars());
            // Inserted characters stand for the place where the replaced ones began.
            self.origins.splice(change.start..change.end, std::iter::repeat_n(start, count));
        }
    }

    /// The byte of the document that a character of the parser's text stands for.
    pub(super) fn origin(&self, index: usize) -> usize {
        self.origins.get(index).copied().unwrap_or(self.text.len())
    }

    /// The place of a range of characters.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let from = self.origin(start);
        Span::new(from, self.origin(end).max(from))
    }

    /// What was written at a place.
    pub(super) fn written(&self, span: Span) -> &'t str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The characters of a range, as text.
    pub(super) fn slice(&self, start: usize, end: usize) -> String {
        self.chars.get(start..end).unwrap_or_default().iter().collect()
    }

    /// The blanks at the beginning of a line.
    pub(super) fn indent(&self, start: usize, end: usize) -> usize {
        self.chars[start..end].iter().take_while(|&&c| c == ' ').count()
    }

    /// The first and the last character, its end excluded, of the line that holds a character.
    pub(super) fn line(&self, index: usize) -> (usize, usize) {
        let index = index.min(self.chars.len());
        let is_break = |c: &char| matches!(c, '\n' | '\r');
        let start = self.chars[..index].iter().rposition(is_break).map_or(0, |at| at + 1);
        let rest = &self.chars[index..];
        let end = rest.iter().position(is_break).map_or(self.chars.len(), |at| index + at);
        (start, end)
    }
}
