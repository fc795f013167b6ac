//! Strings of JSON and of YAML.

use super::text::{FreeText, print_finished_text};
use super::unsafe_chars::is_invisible;
use std::fmt::Write;

/// A string in double quotes, as JSON defines it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonString(String);

/// A string in YAML. It is always quoted the way JSON quotes, which YAML reads alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YamlString(String);

/// A string in a Compose file, where a dollar sign would begin an interpolation and is therefore doubled.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComposeString(String);

impl From<&str> for JsonString {
    fn from(text: &str) -> Self {
        Self(quote(text))
    }
}

impl From<&str> for YamlString {
    fn from(text: &str) -> Self {
        Self(quote(text))
    }
}

impl From<&str> for ComposeString {
    fn from(text: &str) -> Self {
        Self(quote(&text.replace('$', "$$")))
    }
}

impl From<&FreeText> for JsonString {
    fn from(text: &FreeText) -> Self {
        Self::from(text.raw())
    }
}

impl From<&FreeText> for YamlString {
    fn from(text: &FreeText) -> Self {
        Self::from(text.raw())
    }
}

impl From<&FreeText> for ComposeString {
    fn from(text: &FreeText) -> Self {
        Self::from(text.raw())
    }
}

print_finished_text!(JsonString, YamlString, ComposeString);

fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    push_quoted(&mut quoted, text);
    quoted
}

/// Writes a string as JSON defines it behind what is there.
pub(super) fn push_quoted(quoted: &mut String, text: &str) {
    quoted.push('"');
    let mut rest = text;
    loop {
        let (plain, following) = rest.split_at(rest.bytes().take_while(|byte| is_plain(*byte)).count());
        quoted.push_str(plain);
        let mut chars = following.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // JSON is sometimes put into HTML, where `</script` and `<!--` would end or hide it.
            '<' if rest.starts_with(['/', '!']) => push_escape(quoted, c),
            '>' if quoted.ends_with("--") || quoted.ends_with("]]") => push_escape(quoted, c),
            c if is_invisible(c) => push_escape(quoted, c),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
}

/// Whether a byte is a character that always stands for itself; most are.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'<' | b'>')
}

fn push_escape(quoted: &mut String, c: char) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a `String` cannot fail.
        let _ = write!(quoted, "\\u{unit:04x}");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::code::text_corpus::HOSTILE;
    use crate::code::unsafe_chars::is_invisible;

    #[test]
    fn json_gives_every_text_back() {
        for text in HOSTILE {
            let quoted = JsonString::from(&FreeText::new(*text));
            let back: String = serde_json::from_str(quoted.as_str()).unwrap();
            assert_eq!(&back, text);
            assert!(!quoted.as_str().chars().any(is_invisible), "{quoted}");
            assert!(!quoted.as_str().contains('\n'));
            assert!(!quoted.as_str().contains("</"), "{quoted}");
            assert!(!quoted.as_str().contains("-->"), "{quoted}");
        }
    }

    #[test]
    fn yaml_is_quoted_like_json() {
        assert_eq!(YamlString::from("no").as_str(), "\"no\"");
        assert_eq!(YamlString::from("a: b # c").as_str(), "\"a: b # c\"");
    }

    #[test]
    fn compose_doubles_the_dollar() {
        assert_eq!(ComposeString::from("${A}").as_str(), "\"$${A}\"");
    }
}
