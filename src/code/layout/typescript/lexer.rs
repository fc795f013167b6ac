//! Cuts TypeScript into tokens, and keeps what lies between them.

use super::Problem;
use crate::code::layout::Origin;
use crate::code::layout::origin::read_mark;

/// A token, and what came before it.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    pub(super) text: &'a str,
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// A line ends somewhere between the token before and this one.
    pub(super) on_new_line: bool,
    /// There is an empty line before it, or before its first comment.
    pub(super) after_blank: bool,
    pub(super) comments: Vec<Comment<'a>>,
    pub(super) origin: Option<Origin>,
}

/// The kinds of tokens the parser tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Names and keywords alike.
    Word,
    /// `#name`
    PrivateName,
    Number,
    String,
    /// A whole template literal, with its interpolations.
    Template,
    Regex,
    Punctuation,
    End,
}

/// A comment between two tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comment<'a> {
    pub(super) text: &'a str,
    /// What separates it from the token or comment before it.
    pub(super) before: Apart,
    /// What separates it from the token or comment behind it.
    pub(super) after: Apart,
}

/// How far apart two things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Apart {
    Blanks,
    LineEnd,
    EmptyLine,
}

impl Apart {
    fn by(line_ends: usize) -> Self {
        match line_ends {
            0 => Self::Blanks,
            1 => Self::LineEnd,
            _ => Self::EmptyLine,
        }
    }
}

impl Comment<'_> {
    pub(super) fn is_block(&self) -> bool {
        self.text.starts_with("/*")
    }
}

/// Words after which a slash begins a pattern.
const OPERATOR_WORDS: &[&str] = &[
    "return",
    "typeof",
    "instanceof",
    "in",
    "of",
    "new",
    "delete",
    "void",
    "throw",
    "case",
    "do",
    "else",
    "await",
    "yield",
];

/// The tokens of a file.
pub(super) fn tokens(source: &str) -> Result<Vec<Token<'_>>, Problem> {
    tokens_before(source, false)
}

/// The tokens of an interpolation, up to the brace that closes it.
pub(super) fn tokens_of_interpolation(source: &str) -> Result<Vec<Token<'_>>, Problem> {
    tokens_before(source, true)
}

fn tokens_before(source: &str, stop_at_brace: bool) -> Result<Vec<Token<'_>>, Problem> {
    let mut lexer = Lexer { source, at: 0 };
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut open_braces = 0usize;
    loop {
        let mut token = lexer.token(tokens.last())?;
        match token.text {
            "{" => open_braces += 1,
            "}" if open_braces == 0 && stop_at_brace => token = Token { kind: TokenKind::End, text: "", ..token },
            "}" => open_braces = open_braces.saturating_sub(1),
            _ => {}
        }
        let is_end = token.kind == TokenKind::End;
        tokens.push(token);
        if is_end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
}

/// What lies before a token.
#[derive(Default)]
struct Gap<'a> {
    comments: Vec<Comment<'a>>,
    origin: Option<Origin>,
    on_new_line: bool,
    after_blank: bool,
}

impl Gap<'_> {
    /// Notes the line ends since the last token or comment.
    fn note_line_ends(&mut self, line_ends: usize) {
        self.on_new_line = true;
        match self.comments.last_mut() {
            Some(comment) => comment.after = Apart::by(line_ends),
            None => self.after_blank |= line_ends > 1,
        }
    }
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn problem(&self, what: &str) -> Problem {
        Problem::at(self.source, self.at, what)
    }

    fn take(&mut self, length: usize) -> &'a str {
        let text = self.rest().get(..length).unwrap_or_default();
        self.at += length;
        text
    }

    fn token(&mut self, before: Option<&Token<'a>>) -> Result<Token<'a>, Problem> {
        let gap = self.gap()?;
        let start = self.at;
        let (kind, length) = self.measure(before)?;
        let text = self.take(length);
        let Gap { comments, origin, on_new_line, after_blank } = gap;
        Ok(Token { kind, text, start, on_new_line, after_blank, comments, origin })
    }

    fn gap(&mut self) -> Result<Gap<'a>, Problem> {
        let mut gap = Gap::default();
        // Line ends since the last token or comment.
        let mut line_ends = 0;
        loop {
            match self.source.as_bytes().get(self.at..).unwrap_or_default() {
                [b' ' | b'\t' | b'\r', ..] => self.at += 1,
                [b'\n', ..] => {
                    line_ends += 1;
                    self.at += 1;
                    gap.note_line_ends(line_ends);
                }
                [b'/', b'/' | b'*', ..] => {
                    let length = self.comment_length()?;
                    gap.comments.push(Comment {
                        text: self.take(length).trim_end(),
                        before: Apart::by(line_ends),
                        after: Apart::Blanks,
                    });
                    line_ends = 0;
                }
                [0x80..=0xFF, ..] => match read_mark(self.rest()) {
                    Some((origin, length)) => {
                        gap.origin = Some(origin);
                        self.at += length;
                    }
                    None => return Ok(gap),
                },
                _ => return Ok(gap),
            }
        }
    }

    fn comment_length(&self) -> Result<usize, Problem> {
        let rest = self.rest();
        if rest.starts_with("//") {
            return Ok(rest.find('\n').unwrap_or(rest.len()));
        }
        match rest.find("*/") {
            Some(end) => Ok(end + 2),
            None => Err(self.problem("a comment that does not end")),
        }
    }

    fn measure(&self, before: Option<&Token<'a>>) -> Result<(TokenKind, usize), Problem> {
        let rest = self.rest();
        match rest.as_bytes() {
            [] => Ok((TokenKind::End, 0)),
            [b'#', ..] => Ok((TokenKind::PrivateName, 1 + word_length(rest.get(1..).unwrap_or_default()))),
            [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..] => Ok((TokenKind::Number, number_length(rest))),
            [quote @ (b'"' | b'\''), ..] => Ok((TokenKind::String, self.string_length(*quote)?)),
            [b'`', ..] => Ok((TokenKind::Template, self.template_length(rest)?)),
            [b'/', ..] if pattern_may_follow(before) => Ok((TokenKind::Regex, self.pattern_length()?)),
            bytes => match (punctuation_length(bytes), word_length(rest)) {
                (Some(length), _) => Ok((TokenKind::Punctuation, length)),
                (None, length @ 1..) => Ok((TokenKind::Word, length)),
                (None, 0) => Err(self.problem("a character that begins no token")),
            },
        }
    }

    fn string_length(&self, quote: u8) -> Result<usize, Problem> {
        let bytes = self.rest().as_bytes();
        let mut index = 1;
        while let Some(byte) = bytes.get(index) {
            match *byte {
                b'\\' => index += 2,
                b'\n' => break,
                byte if byte == quote => return Ok(index + 1),
                _ => index += 1,
            }
        }
        Err(self.problem("a string that does not end"))
    }

    /// The length of the template literal at the beginning of `text`, interpolations and templates in them included.
    fn template_length(&self, text: &str) -> Result<usize, Problem> {
        let unfinished = || self.problem("a template literal that does not end");
        let bytes = text.as_bytes();
        let mut index = 1;
        while let Some(byte) = bytes.get(index) {
            match byte {
                b'\\' => index += 2,
                b'`' => return Ok(index + 1),
                b'$' if bytes.get(index + 1) == Some(&b'{') => {
                    index += 2;
                    let mut depth = 1;
                    while depth > 0 {
                        match bytes.get(index).ok_or_else(unfinished)? {
                            b'{' => depth += 1,
                            b'}' => depth -= 1,
                            b'`' => index += self.template_length(text.get(index..).unwrap_or_default())? - 1,
                            quote @ (b'"' | b'\'') => {
                                index += 1;
                                while bytes.get(index).ok_or_else(unfinished)? != quote {
                                    index += if bytes.get(index) == Some(&b'\\') { 2 } else { 1 };
                                }
                            }
                            _ => {}
                        }
                        index += 1;
                    }
                }
                _ => index += 1,
            }
        }
        Err(unfinished())
    }

    fn pattern_length(&self) -> Result<usize, Problem> {
        let rest = self.rest();
        let mut in_class = false;
        let mut chars = rest.char_indices().skip(1);
        while let Some((index, c)) = chars.next() {
            match c {
                '\\' => {
                    chars.next();
                }
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => {
                    let flags = word_length(rest.get(index + 1..).unwrap_or_default());
                    return Ok(index + 1 + flags);
                }
                '\n' => break,
                _ => {}
            }
        }
        Err(self.problem("a regular expression that does not end"))
    }
}

fn is_word_start(c: char) -> bool {
    c == '_' || c == '$' || c.is_alphabetic()
}

fn word_length(text: &str) -> usize {
    let plain = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$')).count();
    match text.as_bytes().get(plain) {
        Some(0x80..) => text.find(|c: char| !(is_word_start(c) || c.is_numeric())).unwrap_or(text.len()),
        _ => plain,
    }
}

/// The length of the longest operator or bracket at the beginning. `>` is always alone: the parser joins it to
/// others, since type arguments may end with several.
fn punctuation_length(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'.', b'.', b'.', ..]
        | [b'=' | b'!', b'=', b'=', ..]
        | [b'*', b'*', b'=', ..]
        | [b'<', b'<', b'=', ..]
        | [b'&', b'&', b'=', ..]
        | [b'|', b'|', b'=', ..]
        | [b'?', b'?', b'=', ..] => Some(3),
        // `a ?.5 : b` is a conditional.
        [b'?', b'.', b'0'..=b'9', ..] => Some(1),
        [b'=', b'=' | b'>', ..]
        | [b'!' | b'/' | b'%' | b'^', b'=', ..]
        | [b'<', b'=' | b'<', ..]
        | [b'+', b'+' | b'=', ..]
        | [b'-', b'-' | b'=', ..]
        | [b'*', b'*' | b'=', ..]
        | [b'&', b'&' | b'=', ..]
        | [b'|', b'|' | b'=', ..]
        | [b'?', b'?' | b'.', ..] => Some(2),
        [
            b'{' | b'}' | b'(' | b')' | b'[' | b']' | b';' | b',' | b'<' | b'>' | b'+' | b'-' | b'*' | b'/' | b'%'
            | b'&' | b'|' | b'^' | b'!' | b'~' | b'?' | b':' | b'=' | b'.' | b'@',
            ..,
        ] => Some(1),
        _ => None,
    }
}

fn number_length(text: &str) -> usize {
    let mut before = ' ';
    for (index, c) in text.char_indices() {
        let signed_exponent = matches!(c, '+' | '-') && matches!(before, 'e' | 'E') && !text.starts_with("0x");
        if !(c.is_ascii_alphanumeric() || c == '.' || c == '_' || signed_exponent) {
            return index;
        }
        before = c;
    }
    text.len()
}

/// Whether a slash behind this token begins a pattern rather than divides.
fn pattern_may_follow(before: Option<&Token<'_>>) -> bool {
    let Some(before) = before else { return true };
    match before.kind {
        TokenKind::Word => OPERATOR_WORDS.contains(&before.text),
        TokenKind::Punctuation => !matches!(before.text, ")" | "]" | "}" | "++" | "--"),
        _ => false,
    }
}
