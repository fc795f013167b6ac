//! Text in HTML.

use std::fmt::Write;

use super::text::{FreeText, print_finished_text};
use super::unsafe_chars::is_invisible;

/// Wording between tags or in a quoted attribute, shown as it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HtmlText(String);

impl From<&str> for HtmlText {
    fn from(text: &str) -> Self {
        let mut escaped = String::with_capacity(text.len());
        let mut rest = text;
        loop {
            let (plain, following) = rest.split_at(rest.bytes().take_while(|byte| is_plain(*byte)).count());
            escaped.push_str(plain);
            let mut chars = following.chars();
            let Some(c) = chars.next() else { break };
            rest = chars.as_str();
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\'' => escaped.push_str("&#39;"),
                '\n' => escaped.push('\n'),
                // What cannot be seen is shown by its number, and changes nothing around it.
                c if c.is_control() || is_invisible(c) => {
                    // Writing to a string cannot fail.
                    let _ = write!(escaped, "\\u{{{:x}}}", u32::from(c));
                }
                c => escaped.push(c),
            }
        }
        Self(escaped)
    }
}

/// Whether a byte is a character that always stands for itself; most are.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
}

impl From<&FreeText> for HtmlText {
    fn from(text: &FreeText) -> Self {
        Self::from(text.raw())
    }
}

print_finished_text!(HtmlText);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::text_corpus::HOSTILE;

    #[test]
    fn no_text_opens_a_tag_or_closes_an_attribute() {
        for text in HOSTILE {
            let html = HtmlText::from(*text);
            assert!(!html.as_str().contains(['<', '>', '"', '\'']), "{text:?}");
            assert!(!html.as_str().chars().any(is_invisible), "{text:?}");
        }
        assert_eq!(HtmlText::from("a & <b>").as_str(), "a &amp; &lt;b&gt;");
    }
}
