//! Strings, comments, names and patterns in TypeScript.

use super::text::{FreeText, print_finished_text};
use super::unsafe_chars::{is_invisible, one_line};
use std::fmt::Write;

/// A string literal. It is in double quotes unless single quotes need fewer escapes, as Biome prints it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TsString(String);

impl From<&str> for TsString {
    fn from(text: &str) -> Self {
        if text.bytes().all(is_plain) {
            return Self(["\"", text, "\""].concat());
        }
        let doubles = text.matches('"').count();
        let singles = text.matches('\'').count();
        let quote = if doubles > singles { '\'' } else { '"' };
        let mut literal = String::with_capacity(text.len() + 2);
        literal.push(quote);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                // Linters take it for a template literal in the wrong quotes.
                '$' if chars.peek() == Some(&'{') => push_escape(&mut literal, c),
                '\\' => literal.push_str("\\\\"),
                '\n' => literal.push_str("\\n"),
                '\r' => literal.push_str("\\r"),
                '\t' => literal.push_str("\\t"),
                c if c == quote => {
                    literal.push('\\');
                    literal.push(c);
                }
                c if is_invisible(c) => push_escape(&mut literal, c),
                c => literal.push(c),
            }
        }
        literal.push(quote);
        Self(literal)
    }
}

/// Whether a byte is a character that stands for itself in every string literal; most are.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\'' | b'\\' | b'$')
}

impl From<&FreeText> for TsString {
    fn from(text: &FreeText) -> Self {
        Self::from(text.raw())
    }
}

/// A text inside a template literal, without the quotes around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TsTemplateText(String);

impl From<&str> for TsTemplateText {
    fn from(text: &str) -> Self {
        let mut inner = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\\' | '`' | '$' => inner.extend(['\\', c]),
                '\n' => inner.push_str("\\n"),
                '\r' => inner.push_str("\\r"),
                '\t' => inner.push_str("\\t"),
                c if is_invisible(c) => push_escape(&mut inner, c),
                c => inner.push(c),
            }
        }
        Self(inner)
    }
}

fn push_escape(literal: &mut String, c: char) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a `String` cannot fail.
        let _ = write!(literal, "\\u{unit:04x}");
    }
}

/// A line comment, its two slashes included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TsComment(String);

impl From<&str> for TsComment {
    fn from(text: &str) -> Self {
        let line = without_directives(&one_line(text));
        Self(if line.is_empty() { "//".to_owned() } else { format!("// {line}") })
    }
}

impl From<&FreeText> for TsComment {
    fn from(text: &FreeText) -> Self {
        Self::from(text.raw())
    }
}

/// A documentation comment, its delimiters included: on one line, or on as many as the text has paragraphs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TsDocComment(String);

impl From<&str> for TsDocComment {
    fn from(text: &str) -> Self {
        let lines: Vec<String> = text
            .trim()
            .lines()
            .map(|line| without_directives(&one_line(line)).replace("*/", "*\\/"))
            // A slash at the very beginning would follow the comment's own asterisk and end it.
            .map(|line| if line.starts_with('/') { format!("\\{line}") } else { line })
            .collect();
        match lines.as_slice() {
            [] => Self("/** */".to_owned()),
            [line] => Self(format!("/** {line} */")),
            lines => {
                let mut comment = String::from("/**");
                for line in lines {
                    comment.push_str("\n *");
                    if !line.is_empty() {
                        comment.push(' ');
                        comment.push_str(line);
                    }
                }
                comment.push_str("\n */");
                Self(comment)
            }
        }
    }
}

impl From<&FreeText> for TsDocComment {
    fn from(text: &FreeText) -> Self {
        Self::from(text.raw())
    }
}

/// Words that make a comment an order to some tool, and the same words in a form that no tool obeys.
const DIRECTIVES: &[(&str, &str)] = &[
    ("biome-ignore", "biome ignore"),
    ("rome-ignore", "rome ignore"),
    ("eslint-disable", "eslint disable"),
    ("eslint-enable", "eslint enable"),
    ("eslint-env", "eslint env"),
    ("oxlint-disable", "oxlint disable"),
    ("oxlint-enable", "oxlint enable"),
    ("prettier-ignore", "prettier ignore"),
    ("dprint-ignore", "dprint ignore"),
    ("deno-lint-ignore", "deno lint ignore"),
    ("deno-fmt-ignore", "deno fmt ignore"),
    ("tslint:", "tslint :"),
    ("sourcemappingurl", "source mapping URL"),
    ("sourceurl", "source URL"),
    ("istanbul ignore", "istanbul: ignore"),
    ("c8 ignore", "c8: ignore"),
    ("v8 ignore", "v8: ignore"),
    ("node:coverage", "node: coverage"),
    ("__pure__", "pure"),
    ("__no_side_effects__", "no side effects"),
];

/// The line with nothing in it that a compiler, linter, formatter or test runner would obey.
///
/// An `@` that begins a word is a tag or a pragma to several of them, some of which look for it anywhere in
/// a comment, so it is printed as its full-width twin; inside a word, as in an address, it stays.
fn without_directives(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    'reading: while let Some(c) = rest.chars().next() {
        for (directive, harmless) in DIRECTIVES {
            let head = rest.get(..directive.len());
            if head.is_some_and(|head| head.eq_ignore_ascii_case(directive)) {
                text.push_str(harmless);
                rest = &rest[directive.len()..];
                continue 'reading;
            }
        }
        let in_word = text.ends_with(char::is_alphanumeric);
        text.push(if c == '@' && !in_word { '\u{FF20}' } else { c });
        rest = &rest[c.len_utf8()..];
    }
    text
}

/// A name of a variable, function, class or type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TsIdent(String);

impl TsIdent {
    /// Takes `[A-Za-z_$][A-Za-z0-9_$]*`; a word that TypeScript keeps for itself gets an underscore behind it.
    pub fn new(name: &str) -> Option<Self> {
        if !is_identifier(name) {
            return None;
        }
        Some(Self(if RESERVED.contains(&name) { format!("{name}_") } else { name.to_owned() }))
    }
}

fn is_identifier(name: &str) -> bool {
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$');
    starts_well && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'$')
}

/// Words that cannot be the name of a variable or a type in a module of strict TypeScript, and the few globals
/// whose shadowing changes the meaning of code around them.
const RESERVED: &[&str] = &[
    "abstract",
    "any",
    "arguments",
    "as",
    "asserts",
    "async",
    "await",
    "bigint",
    "boolean",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "constructor",
    "continue",
    "debugger",
    "declare",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "get",
    "if",
    "implements",
    "import",
    "in",
    "infer",
    "instanceof",
    "interface",
    "is",
    "keyof",
    "let",
    "module",
    "namespace",
    "never",
    "new",
    "null",
    "number",
    "object",
    "of",
    "package",
    "private",
    "protected",
    "public",
    "readonly",
    "require",
    "return",
    "satisfies",
    "set",
    "static",
    "string",
    "super",
    "switch",
    "symbol",
    "this",
    "throw",
    "true",
    "try",
    "type",
    "typeof",
    "undefined",
    "unique",
    "unknown",
    "using",
    "var",
    "void",
    "while",
    "with",
    "yield",
    "Infinity",
    "NaN",
    "globalThis",
];

/// A key of an object literal or type: bare where it may be, otherwise in quotes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TsPropertyKey(String);

impl From<&str> for TsPropertyKey {
    fn from(key: &str) -> Self {
        if key == "__proto__" {
            // Written plainly it would set the prototype instead of a property.
            Self("[\"__proto__\"]".to_owned())
        } else if is_identifier(key) {
            Self(key.to_owned())
        } else {
            Self(TsString::from(key).0)
        }
    }
}

/// A regular expression literal with the flag `u`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TsRegex(String);

impl TsRegex {
    /// The literal for a pattern in JavaScript's own syntax, whose slashes need not be escaped.
    pub fn new(pattern: &str, ignore_case: bool) -> Self {
        let mut literal = String::from("/");
        let mut in_class = false;
        let mut chars = pattern.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => {
                    let escaped = chars.next().unwrap_or('\\');
                    // In a class most punctuation stands for itself, and linters want it so.
                    let is_plain = in_class && escaped.is_ascii_punctuation() && !"\\]^-".contains(escaped);
                    if !is_plain {
                        literal.push('\\');
                    }
                    push_pattern_char(&mut literal, escaped);
                }
                '[' => {
                    in_class = true;
                    literal.push(c);
                }
                ']' => {
                    in_class = false;
                    literal.push(c);
                }
                '/' if !in_class => literal.push_str("\\/"),
                c => push_pattern_char(&mut literal, c),
            }
        }
        if pattern.is_empty() {
            // An empty literal would be a comment.
            literal.push_str("(?:)");
        }
        literal.push_str(if ignore_case { "/iu" } else { "/u" });
        Self(literal)
    }
}

fn push_pattern_char(literal: &mut String, c: char) {
    match c {
        '\n' => literal.push_str("\\n"),
        '\r' => literal.push_str("\\r"),
        '\t' => literal.push_str("\\t"),
        c if is_invisible(c) => {
            let _ = write!(literal, "\\u{{{:x}}}", u32::from(c));
        }
        c => literal.push(c),
    }
}

print_finished_text!(TsString, TsTemplateText, TsComment, TsDocComment, TsIdent, TsPropertyKey, TsRegex);

#[cfg(test)]
#[path = "typescript_tests.rs"]
mod tests;
