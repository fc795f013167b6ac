//! A line's text, cut into tokens.

use super::{
    super::{
        ast::{Literal, Pattern, Range},
        code::Code,
        diagnostic::{Diagnostic, TextEdit},
        span::Span,
        yaml::{Scalar, quoted},
    },
    literal,
};

/// One token and the place where it stands in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::spec) struct Token {
    pub(in crate::spec) kind: TokenKind,
    pub(super) span: Span,
    /// Whether a blank, or the beginning of the line, stands before it.
    pub(super) spaced: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::spec) enum TokenKind {
    Word(String),
    Literal(Literal),
    Range(Range),
    Pattern(Pattern),
    Symbol(Symbol),
    /// A range or literal that is none; reported already.
    Wrong,
}

/// A sign of the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::spec) enum Symbol {
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    Comma,
    Bar,
    Question,
    Dot,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Arrow,
}

impl Symbol {
    /// The longer signs first, so that none is cut.
    const ALL: [(&'static str, Self); 15] = [
        ("->", Self::Arrow),
        ("!=", Self::NotEqual),
        ("<=", Self::LessOrEqual),
        (">=", Self::GreaterOrEqual),
        ("(", Self::Open),
        (")", Self::Close),
        ("[", Self::OpenBracket),
        ("]", Self::CloseBracket),
        (",", Self::Comma),
        ("|", Self::Bar),
        ("?", Self::Question),
        (".", Self::Dot),
        ("=", Self::Equal),
        ("<", Self::Less),
        (">", Self::Greater),
    ];

    pub(super) fn text(self) -> &'static str {
        Self::ALL.iter().find(|(_, symbol)| *symbol == self).map_or("", |(text, _)| text)
    }
}

/// Signs of other languages, and what is written here instead.
const FOREIGN: &[(&str, &str)] = &[
    ("==", "Write one `=`."),
    ("<>", "Write `!=`."),
    ("=>", "Write `>=`, or `->` for a move."),
    ("=<", "Write `<=`."),
    ("&&", "Write `and`."),
    ("||", "Separate grants with a comma, values with one `|`."),
    ("...", "A range has two dots: `1..200`."),
    ("!", "Fields are required without a sign; `?` makes them optional. \"Not equal\" is `!=`."),
    (";", "Separate with a comma."),
    ("*", "Fields are required without a sign; a list is written `[]`."),
];

/// The tokens of a scalar's text. Problems are reported, and the rest of the line is left out after one that
/// leaves no token.
pub(in crate::spec) fn tokens(scalar: &Scalar, problems: &mut Vec<Diagnostic>) -> Option<Vec<Token>> {
    let text = scalar.text.as_str();
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut spaced = true;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            spaced = true;
            continue;
        }
        match token(text, at, scalar) {
            Ok((kind, length)) => {
                tokens.push(Token { kind, span: scalar.place(at, at + length), spaced });
                at += length;
            }
            Err(Cut::Wrong(problem, length)) => {
                problems.push(*problem);
                tokens.push(Token { kind: TokenKind::Wrong, span: scalar.place(at, at + length), spaced });
                at += length;
            }
            Err(Cut::Lost(problem)) => {
                problems.push(*problem);
                return None;
            }
        }
        spaced = false;
    }
    Some(tokens)
}

/// Why there is no token.
enum Cut {
    /// It is clear where the wrong token ends.
    Wrong(Box<Diagnostic>, usize),
    /// It is not, so that the rest of the line means nothing.
    Lost(Box<Diagnostic>),
}

fn token(text: &str, at: usize, scalar: &Scalar) -> Result<(TokenKind, usize), Cut> {
    let rest = &text[at..];
    let first = rest.chars().next().unwrap_or_default();
    if first == '/' {
        return pattern(rest, at, scalar);
    }
    if matches!(first, '"' | '\'') {
        return string(rest, first, at, scalar);
    }
    let is_negative = first == '-' && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    let is_open_range = rest.starts_with("..") && !rest.starts_with("...");
    if first.is_ascii_digit() || is_negative || is_open_range {
        return atom(rest, at, scalar);
    }
    if first.is_alphabetic() || first == '_' {
        let length = word_length(rest);
        return Ok((TokenKind::Word(rest[..length].to_owned()), length));
    }
    let foreign = FOREIGN.iter().find(|(sign, _)| rest.starts_with(sign) && !rest.starts_with("!="));
    if let Some((sign, help)) = foreign {
        let problem = Diagnostic::error(
            Code::LineSyntax,
            scalar.place(at, at + sign.len()),
            format!("`{sign}` is not a sign of the language."),
        );
        return Err(Cut::Lost(Box::new(problem.help(*help))));
    }
    if let Some((sign, symbol)) = Symbol::ALL.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return Ok((TokenKind::Symbol(*symbol), sign.len()));
    }
    let span = scalar.place(at, at + first.len_utf8());
    let problem = Diagnostic::error(Code::LineSyntax, span, format!("`{first}` has no meaning here."));
    Err(Cut::Lost(Box::new(problem.help("Take it out, or put text in quotes."))))
}

/// A word may hold hyphens, so that a slip such as `due-date` is one word in the message.
fn word_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut end = 0;
    for (index, c) in rest.char_indices() {
        let joins = c == '-' && bytes.get(index + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !is_word(c) && !joins {
            break;
        }
        end = index + c.len_utf8();
    }
    end
}

fn pattern(rest: &str, at: usize, scalar: &Scalar) -> Result<(TokenKind, usize), Cut> {
    let mut escaped = false;
    for (index, c) in rest.char_indices().skip(1) {
        if c == '/' && !escaped {
            let flag = &rest[index + 1..];
            let ignore_case = flag.starts_with('i') && word_length(flag) == 1;
            let pattern = Pattern { source: rest[1..index].to_owned(), ignore_case };
            return Ok((TokenKind::Pattern(pattern), index + 1 + usize::from(ignore_case)));
        }
        escaped = c == '\\' && !escaped;
    }
    Err(unclosed(rest, '/', at, scalar))
}

fn string(rest: &str, quote: char, at: usize, scalar: &Scalar) -> Result<(TokenKind, usize), Cut> {
    match rest[1..].find(quote) {
        Some(length) => {
            let text = rest[1..=length].to_owned();
            Ok((TokenKind::Literal(Literal::String(text)), length + 2))
        }
        None => Err(unclosed(rest, quote, at, scalar)),
    }
}

/// A text or pattern without its end. Often YAML took the end for a comment.
fn unclosed(rest: &str, sign: char, at: usize, scalar: &Scalar) -> Cut {
    let what = if sign == '/' { "pattern" } else { "text" };
    if let Some(comment) = scalar.comment.as_ref().filter(|comment| comment.value.contains(sign)) {
        let span = scalar.span.to(comment.span);
        let between = " ".repeat(comment.span.start.saturating_sub(scalar.span.end));
        let mended = quoted(&format!("{}{between}{}", scalar.text, comment.value), scalar.in_flow);
        let message = "YAML takes a blank and `#` for the beginning of a comment.";
        let problem = Diagnostic::error(Code::NeedsQuotes, comment.span, message)
            .help(format!("Put the whole line in quotes: `{mended}`."))
            .edit(TextEdit::replace(span, mended));
        return Cut::Lost(Box::new(problem));
    }
    let span = scalar.place(at, at + rest.trim_end().len());
    let problem = Diagnostic::error(Code::Unclosed, span, format!("This {what} is never closed."))
        .help(format!("Write `{sign}` at its end."));
    Cut::Lost(Box::new(problem))
}

/// A number, date or time, or a range of them.
fn atom(rest: &str, at: usize, scalar: &Scalar) -> Result<(TokenKind, usize), Cut> {
    let lower = literal::length(rest);
    if let Some((length, joined)) = spaced_range(rest, lower) {
        let span = scalar.place(at, at + length);
        let problem = Diagnostic::error(Code::BadRange, span, "A range has no blanks inside.")
            .help(format!("Write `{joined}`."))
            .edit(TextEdit::replace(span, joined));
        return Err(Cut::Wrong(Box::new(problem), length));
    }
    if !rest[lower..].starts_with("..") || rest[lower..].starts_with("...") {
        return single(&rest[..lower], at, scalar).map(|value| (TokenKind::Literal(value), lower));
    }
    let upper_start = lower + 2;
    let upper = literal::length(&rest[upper_start..]);
    let length = upper_start + upper;
    let end = |from: usize, to: usize| -> Result<Option<Literal>, Cut> {
        if from == to {
            return Ok(None);
        }
        single(&rest[from..to], at + from, scalar).map(Some).map_err(|cut| match cut {
            Cut::Wrong(problem, _) | Cut::Lost(problem) => Cut::Wrong(problem, length),
        })
    };
    let range = Range { lower: end(0, lower)?, upper: end(upper_start, length)? };
    if range.lower.is_none() && range.upper.is_none() {
        let problem = Diagnostic::error(Code::BadRange, scalar.place(at, at + length), "This range has no end.")
            .help("Write `1..200`, `1..` or `..200`, without blanks.");
        return Err(Cut::Wrong(Box::new(problem), length));
    }
    Ok((TokenKind::Range(range), length))
}

/// `1 .. 200`: its length, and how it should be written.
fn spaced_range(rest: &str, lower: usize) -> Option<(usize, String)> {
    let after = rest[lower..].trim_start();
    let dots = rest.len() - after.len();
    let tail = after.strip_prefix("..").filter(|tail| !tail.starts_with('.'))?;
    let upper_text = tail.trim_start();
    let upper = literal::length(upper_text);
    let is_spaced = dots > lower || (upper > 0 && upper_text.len() < tail.len());
    let begins_well = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    if !is_spaced || (upper > 0 && !begins_well(upper_text)) {
        return None;
    }
    let length = if upper > 0 { rest.len() - upper_text.len() + upper } else { dots + 2 };
    Some((length, format!("{}..{}", &rest[..lower], &upper_text[..upper])))
}

fn single(text: &str, at: usize, scalar: &Scalar) -> Result<Literal, Cut> {
    literal::read(text).map_err(|wrong| {
        let span = scalar.place(at, at + text.len());
        Cut::Wrong(
            Box::new(Diagnostic::error(Code::BadLiteral, span, wrong.message(text)).help(wrong.help())),
            text.len(),
        )
    })
}
