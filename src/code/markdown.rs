//! Text in Markdown.

use super::text::{FreeText, print_finished_text};
use super::unsafe_chars::one_line;

/// Wording in running Markdown text, in a heading, an item of a list or a cell of a table: always on one line,
/// and shown as it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarkdownText(String);

impl From<&str> for MarkdownText {
    fn from(text: &str) -> Self {
        let line = one_line(text);
        let mut escaped = String::with_capacity(line.len());
        for (index, c) in line.char_indices() {
            match c {
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '&' => escaped.push_str("&amp;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '$' => {
                    escaped.push('\\');
                    escaped.push(c);
                }
                '#' | '+' | '-' | '=' | ':' | '!' if index == 0 => {
                    escaped.push('\\');
                    escaped.push(c);
                }
                '.' | ')' if is_list_number(&line[..index]) => {
                    escaped.push('\\');
                    escaped.push(c);
                }
                c => escaped.push(c),
            }
        }
        Self(escaped)
    }
}

/// Whether a point or parenthesis after this beginning of a line would make it an item of a numbered list.
fn is_list_number(beginning: &str) -> bool {
    !beginning.is_empty() && beginning.bytes().all(|b| b.is_ascii_digit())
}

impl From<&FreeText> for MarkdownText {
    fn from(text: &FreeText) -> Self {
        Self::from(text.raw())
    }
}

print_finished_text!(MarkdownText);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::text_corpus::HOSTILE;
    use crate::code::unsafe_chars::is_invisible;

    /// What a renderer shows: entities and backslash escapes resolved, in this order of reading.
    fn shown(markdown: &str) -> String {
        let mut text = String::new();
        let mut rest = markdown;
        'reading: while let Some(c) = rest.chars().next() {
            for (entity, character) in [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&')] {
                if let Some(after) = rest.strip_prefix(entity) {
                    text.push(character);
                    rest = after;
                    continue 'reading;
                }
            }
            let next = rest[c.len_utf8()..].chars().next();
            if let (true, Some(next)) = (c == '\\', next.filter(char::is_ascii_punctuation)) {
                text.push(next);
                rest = &rest[1 + next.len_utf8()..];
            } else {
                text.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        text
    }

    #[test]
    fn a_renderer_shows_every_text_as_written() {
        for text in HOSTILE {
            let markdown = MarkdownText::from(&FreeText::new(*text));
            assert_eq!(shown(markdown.as_str()), one_line(text));
            assert!(!markdown.as_str().contains(['<', '>', '\n']), "{markdown}");
            assert!(!markdown.as_str().chars().any(is_invisible), "{markdown}");
        }
    }

    #[test]
    fn ordinary_sentences_stay_as_they_are() {
        let text = "A store with orders, 10 % off (today only): it's fine.";
        assert_eq!(MarkdownText::from(text).as_str(), text);
    }

    #[test]
    fn text_cannot_begin_a_block() {
        assert_eq!(MarkdownText::from("# a").as_str(), "\\# a");
        assert_eq!(MarkdownText::from("12. a").as_str(), "12\\. a");
        assert_eq!(MarkdownText::from("- a").as_str(), "\\- a");
    }
}
