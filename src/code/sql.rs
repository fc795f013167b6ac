//! Strings and names in SQL.

use super::text::{FreeText, print_finished_text};
use super::unsafe_chars::{REPLACEMENT, is_invisible};

/// A string literal in SQL that means the same with and without backslash escapes turned on.
///
/// Migration tools cut files at marks such as `--> statement-breakpoint` or `-- +goose` wherever they stand,
/// literals included. Two hyphens are therefore never printed side by side: the literal is put together from
/// pieces, in parentheses, which a `DEFAULT` and a `CHECK` accept like a plain literal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SqlString(String);

impl From<&str> for SqlString {
    fn from(text: &str) -> Self {
        let mut literal = String::with_capacity(text.len() + 2);
        let mut pieces = 1;
        literal.push('\'');
        for c in text.chars() {
            match c {
                '\'' => literal.push_str("''"),
                '-' if literal.ends_with('-') => {
                    literal.push_str("' || '-");
                    pieces += 1;
                }
                c if is_invisible(c) => literal.push(REPLACEMENT),
                c => literal.push(c),
            }
        }
        literal.push('\'');
        Self(if pieces > 1 { format!("({literal})") } else { literal })
    }
}

impl From<&FreeText> for SqlString {
    fn from(text: &FreeText) -> Self {
        Self::from(text.raw())
    }
}

/// A quoted name in SQL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SqlIdent(String);

impl SqlIdent {
    /// The name in double quotes, as the standard has it.
    pub fn standard(name: &str) -> Self {
        Self(quoted(name, '"'))
    }

    /// The name in back-ticks, as `SQLite` and `MySQL` read it and Drizzle Kit writes it.
    pub fn backtick(name: &str) -> Self {
        Self(quoted(name, '`'))
    }
}

fn quoted(name: &str, quote: char) -> String {
    let mut text = String::with_capacity(name.len() + 2);
    text.push(quote);
    for c in name.chars() {
        if c == quote {
            text.push(quote);
        }
        text.push(if is_invisible(c) || matches!(c, '\n' | '\r' | '\t') { REPLACEMENT } else { c });
    }
    text.push(quote);
    text
}

print_finished_text!(SqlString, SqlIdent);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::code::text_corpus::HOSTILE;

    /// Reads one SQL literal, or several put together, the way a database does; `None` if anything is left over.
    fn evaluate(literal: &str) -> Option<String> {
        let inner = literal.strip_prefix('(').and_then(|l| l.strip_suffix(')')).unwrap_or(literal);
        let mut value = String::new();
        let mut rest = inner;
        loop {
            rest = rest.strip_prefix('\'')?;
            loop {
                let end = rest.find('\'')?;
                value.push_str(&rest[..end]);
                rest = &rest[end + 1..];
                match rest.strip_prefix('\'') {
                    Some(after) => {
                        value.push('\'');
                        rest = after;
                    }
                    None => break,
                }
            }
            if rest.is_empty() {
                return Some(value);
            }
            rest = rest.strip_prefix(" || ")?;
        }
    }

    #[test]
    fn a_database_reads_every_text_back() {
        for text in HOSTILE {
            let literal = SqlString::from(&FreeText::new(*text));
            let expected: String = text.chars().map(|c| if is_invisible(c) { REPLACEMENT } else { c }).collect();
            assert_eq!(evaluate(literal.as_str()).unwrap(), expected);
            assert!(!literal.as_str().contains("--"), "{literal}");
        }
    }

    #[test]
    fn plain_texts_are_plain_literals() {
        assert_eq!(SqlString::from("it's").as_str(), "'it''s'");
        assert_eq!(SqlString::from("a--b").as_str(), "('a-' || '-b')");
    }

    #[test]
    fn names_cannot_end_their_quotes() {
        assert_eq!(SqlIdent::standard("a\"b").as_str(), "\"a\"\"b\"");
        assert_eq!(SqlIdent::backtick("a`b").as_str(), "`a``b`");
    }
}
