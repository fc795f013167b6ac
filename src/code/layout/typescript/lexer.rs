//! Cuts TypeScript into tokens, and keeps what lies between them.

use bumpalo::Bump;

use super::Problem;
use crate::code::layout::Origin;
use crate::code::layout::origin::read_mark;

/// A token, and what came before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    pub(super) text: &'a str,
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// A line ends somewhere between the token before and this one.
    pub(super) on_new_line: bool,
    /// There is an empty line before it, or before its first comment.
    pub(super) after_blank: bool,
    pub(super) comments: &'a [Comment<'a>],
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

type Lexed<T> = Result<T, Box<Problem>>;

/// The tokens of a file. Their comments lie in the arena.
pub(super) fn tokens<'a>(source: &'a str, arena: &'a Bump) -> Lexed<Vec<Token<'a>>> {
    let room = source.len() / BYTES_PER_TOKEN;
    tokens_before(Lexer { source, at: 0, arena }, Vec::with_capacity(room), false)
}

/// The tokens of an interpolation, up to the brace that closes it.
pub(super) fn tokens_of_interpolation<'a>(source: &'a str, arena: &'a Bump) -> Lexed<Vec<Token<'a>>> {
    tokens_before(Lexer { source, at: 0, arena }, Vec::new(), true)
}

/// How many bytes a token takes at least, in all files but very dense ones.
const BYTES_PER_TOKEN: usize = 4;

fn tokens_before<'a>(mut lexer: Lexer<'a>, mut tokens: Vec<Token<'a>>, stop_at_brace: bool) -> Lexed<Vec<Token<'a>>> {
    let mut open_braces = 0usize;
    loop {
        let mut token = lexer.token(tokens.last())?;
        if stop_at_brace {
            match token.text {
                "{" => open_braces += 1,
                "}" if open_braces == 0 => token = Token { kind: TokenKind::End, text: "", ..token },
                "}" => open_braces -= 1,
                _ => {}
            }
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
    arena: &'a Bump,
}

/// What lies before a token.
struct Gap<'a> {
    comments: &'a [Comment<'a>],
    origin: Option<Origin>,
    on_new_line: bool,
    after_blank: bool,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    #[cold]
    fn problem<T>(&self, what: &str) -> Lexed<T> {
        Err(Box::new(Problem::at(self.source, self.at, what)))
    }

    fn take(&mut self, length: usize) -> &'a str {
        let text = self.rest().get(..length).unwrap_or_default();
        self.at += length;
        text
    }

    fn token(&mut self, before: Option<&Token<'a>>) -> Lexed<Token<'a>> {
        let Gap { comments, origin, on_new_line, after_blank } = self.gap()?;
        let start = self.at;
        let (kind, length) = self.measure(before)?;
        let text = self.take(length);
        Ok(Token { kind, text, start, on_new_line, after_blank, comments, origin })
    }

    #[inline]
    fn gap(&mut self) -> Lexed<Gap<'a>> {
        let mut line_ends = 0;
        while let Some(byte) = self.source.as_bytes().get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' => {}
                b'\n' => line_ends += 1,
                b'/' | 0x80.. => return self.gap_with_remarks(line_ends),
                _ => break,
            }
            self.at += 1;
        }
        Ok(Gap { comments: &[], origin: None, on_new_line: line_ends > 0, after_blank: line_ends > 1 })
    }

    /// A gap with comments or marks, behind so many line ends.
    fn gap_with_remarks(&mut self, line_ends: usize) -> Lexed<Gap<'a>> {
        let mut gap = Gap { comments: &[], origin: None, on_new_line: line_ends > 0, after_blank: line_ends > 1 };
        let mut comments: Vec<Comment<'a>> = Vec::new();
        // Line ends since the last token or comment.
        let mut line_ends = line_ends;
        loop {
            match self.source.as_bytes().get(self.at..).unwrap_or_default() {
                [b' ' | b'\t' | b'\r', ..] => self.at += 1,
                [b'\n', ..] => {
                    line_ends += 1;
                    self.at += 1;
                    gap.on_new_line = true;
                    match comments.last_mut() {
                        Some(comment) => comment.after = Apart::by(line_ends),
                        None => gap.after_blank |= line_ends > 1,
                    }
                }
                [b'/', b'/' | b'*', ..] => {
                    let length = self.comment_length()?;
                    comments.push(Comment {
                        text: self.take(length).trim_end(),
                        before: Apart::by(line_ends),
                        after: Apart::Blanks,
                    });
                    line_ends = 0;
                }
                [0x80..=0xFF, ..] if let Some((origin, length)) = read_mark(self.rest()) => {
                    gap.origin = Some(origin);
                    self.at += length;
                }
                _ => break,
            }
        }
        Ok(Gap { comments: self.arena.alloc_slice_copy(&comments), ..gap })
    }

    fn comment_length(&self) -> Lexed<usize> {
        let rest = self.rest();
        if rest.starts_with("//") {
            return Ok(rest.find('\n').unwrap_or(rest.len()));
        }
        match rest.find("*/") {
            Some(end) => Ok(end + 2),
            None => self.problem("a comment that does not end"),
        }
    }

    fn measure(&self, before: Option<&Token<'a>>) -> Lexed<(TokenKind, usize)> {
        let rest = self.rest();
        match rest.as_bytes() {
            [b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$', ..] => Ok((TokenKind::Word, word_length(rest))),
            [b'(' | b')' | b'{' | b'}' | b'[' | b']' | b',' | b';' | b':' | b'>', ..] => {
                Ok((TokenKind::Punctuation, 1))
            }
            [] => Ok((TokenKind::End, 0)),
            [b'#', ..] => Ok((TokenKind::PrivateName, 1 + word_length(rest.get(1..).unwrap_or_default()))),
            [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..] => Ok((TokenKind::Number, number_length(rest))),
            [quote @ (b'"' | b'\''), ..] => Ok((TokenKind::String, self.string_length(*quote)?)),
            [b'`', ..] => match template_length(rest) {
                Some(length) => Ok((TokenKind::Template, length)),
                None => self.problem("a template literal that does not end"),
            },
            [b'/', ..] if pattern_may_follow(before) => Ok((TokenKind::Regex, self.pattern_length()?)),
            bytes => match (punctuation_length(bytes), word_length(rest)) {
                (Some(length), _) => Ok((TokenKind::Punctuation, length)),
                (None, length @ 1..) => Ok((TokenKind::Word, length)),
                (None, 0) => self.problem("a character that begins no token"),
            },
        }
    }

    fn string_length(&self, quote: u8) -> Lexed<usize> {
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
        self.problem("a string that does not end")
    }

    fn pattern_length(&self) -> Lexed<usize> {
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
        self.problem("a regular expression that does not end")
    }
}

/// The length of the template literal at the beginning of `text`, interpolations and templates in them included.
fn template_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut index = 1;
    while let Some(byte) = bytes.get(index) {
        match byte {
            b'\\' => index += 2,
            b'`' => return Some(index + 1),
            b'$' if bytes.get(index + 1) == Some(&b'{') => {
                index += 2;
                let mut depth = 1;
                while depth > 0 {
                    match bytes.get(index)? {
                        b'{' => depth += 1,
                        b'}' => depth -= 1,
                        b'`' => index += template_length(text.get(index..).unwrap_or_default())? - 1,
                        quote @ (b'"' | b'\'') => {
                            index += 1;
                            while bytes.get(index)? != quote {
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
    None
}

fn is_word_start(c: char) -> bool {
    c == '_' || c == '$' || c.is_alphabetic()
}

/// Whether a byte is ASCII that names consist of.
const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
        byte += 1;
    }
    table
};

fn word_length(text: &str) -> usize {
    let plain = text.bytes().take_while(|byte| IN_WORD[usize::from(*byte)]).count();
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
