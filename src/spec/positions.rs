//! From byte offsets to the UTF-16 offsets that JavaScript counts in.

use serde::Serialize;

use super::{
    diagnostic::{Diagnostic, TextEdit},
    span::Span,
};

/// Converts byte offsets of one text to UTF-16 offsets.
pub struct Utf16Positions {
    /// After each character outside ASCII: the byte offset and how many bytes more than UTF-16 units
    /// the text has had by then. Empty for a text in ASCII, where both counts are equal.
    surplus: Vec<(usize, usize)>,
}

impl Utf16Positions {
    /// Reads the text once; each later question is a binary search.
    pub fn new(text: &str) -> Self {
        let mut surplus = Vec::new();
        let mut total = 0;
        for (offset, character) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            total += character.len_utf8() - character.len_utf16();
            surplus.push((offset + character.len_utf8(), total));
        }
        Self { surplus }
    }

    /// The byte offset of a UTF-16 offset; within a pair of surrogates, that of the character's middle.
    pub fn byte(&self, offset: usize) -> usize {
        let before = self.surplus.partition_point(|&(end, surplus)| end - surplus <= offset);
        match before.checked_sub(1).and_then(|last| self.surplus.get(last)) {
            Some(&(_, surplus)) => offset + surplus,
            None => offset,
        }
    }

    /// The UTF-16 offset of a byte offset that stands between two characters.
    pub fn offset(&self, byte: usize) -> usize {
        let before = self.surplus.partition_point(|&(end, _)| end <= byte);
        match before.checked_sub(1).and_then(|last| self.surplus.get(last)) {
            Some(&(_, surplus)) => byte - surplus,
            None => byte,
        }
    }
}

/// A diagnostic as the doors hand it out: plain data, places in UTF-16 units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiagnosticView {
    /// The stable name of the kind of problem.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// One sentence that says what is wrong.
    pub message: String,
    /// The way out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The places, the main one first.
    pub labels: Vec<LabelView>,
    /// The replacements that mend the problem, where they are certain.
    pub edits: Vec<TextEditView>,
}

/// A place and what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LabelView {
    /// The first UTF-16 unit.
    pub start: usize,
    /// The unit after the last.
    pub end: usize,
    /// What there is to say about this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextEditView {
    /// The first UTF-16 unit.
    pub start: usize,
    /// The unit after the last.
    pub end: usize,
    /// The new text.
    pub text: String,
}

impl DiagnosticView {
    /// The view of a diagnostic of the text that `positions` was made from.
    pub fn new(diagnostic: &Diagnostic, positions: &Utf16Positions) -> Self {
        let place = |span: Span| (positions.offset(span.start), positions.offset(span.end));
        let label = |label: &super::diagnostic::Label| {
            let (start, end) = place(label.span);
            LabelView { start, end, message: label.message.clone() }
        };
        let edit = |edit: &TextEdit| {
            let (start, end) = place(edit.span);
            TextEditView { start, end, text: edit.text.clone() }
        };
        Self {
            code: diagnostic.code.name(),
            severity: diagnostic.severity.name(),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            labels: diagnostic.labels.iter().map(label).collect(),
            edits: diagnostic.edits.iter().map(edit).collect(),
        }
    }

    /// The views of all diagnostics of one text.
    pub fn all(diagnostics: &[Diagnostic], text: &str) -> Vec<Self> {
        let positions = Utf16Positions::new(text);
        diagnostics.iter().map(|diagnostic| Self::new(diagnostic, &positions)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_utf16_units() {
        let text = "aé😀b\u{2028}c";
        let positions = Utf16Positions::new(text);
        for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let expected = text.get(..byte).map(|head| head.encode_utf16().count());
            assert_eq!(Some(positions.offset(byte)), expected);
            assert_eq!(positions.byte(positions.offset(byte)), byte);
        }
    }
}
