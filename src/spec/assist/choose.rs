//! Choices made outside the text, written into it.

use super::super::{
    diagnostic::TextEdit,
    limits::Limits,
    yaml::{self, Insertion, Node},
};

/// The edit that makes a word of the spec's upper level say `choice`; `None` where the text is no map of words, or
/// says so already.
pub fn choose(text: &str, word: &str, choice: &str) -> Option<TextEdit> {
    let Some(Node::Map(top)) = yaml::read(text, &Limits::DEFAULT, &mut Vec::new()) else { return None };
    let Some(entry) = top.entries.iter().find(|entry| entry.key.text == word) else {
        return Some(match top.insertion {
            // At the top, where a reader looks for it, and not behind the last entity.
            Insertion::Line { .. } => TextEdit::insert(after_head(&top), format!("\n{word}: {choice}")),
            flow @ Insertion::Flow { .. } => flow.pair(word, choice),
        });
    };
    match &entry.value {
        Node::Scalar(scalar) if scalar.text == choice => None,
        Node::Scalar(scalar) => Some(TextEdit::replace(scalar.inner(), choice)),
        node => Some(TextEdit::replace(node.span(), choice)),
    }
}

/// The end of the last line of the head: the words before `auth` and `entities`, which say what the project is.
fn after_head(top: &yaml::Map) -> usize {
    let head = top.entries.iter().take_while(|entry| matches!(entry.value, Node::Scalar(_)));
    head.last().map_or(top.span.start, |entry| entry.value.span().end)
}
