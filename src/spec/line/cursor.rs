//! Walking over the tokens of one line.

use super::{
    super::{
        ast::{Path, Word},
        code::Code,
        diagnostic::Diagnostic,
        span::{Span, Spanned},
        yaml::{Form, Scalar},
    },
    lexer::{Symbol, Token, TokenKind, tokens},
};

/// The line could not be read on; the problem is reported already.
pub(super) struct Reported;

pub(super) type Parsed<T> = Result<T, Reported>;

/// The tokens of a line, and how far they are read.
pub(super) struct Cursor<'c> {
    tokens: Vec<Token>,
    next: usize,
    /// The whole line.
    pub(super) line: Span,
    /// How such a line is written.
    form: &'static str,
    pub(super) problems: &'c mut Vec<Diagnostic>,
}

/// Reads a whole line by one rule of the grammar; `form` tells how such a line is written.
pub(super) fn whole<T>(
    scalar: &Scalar,
    form: &'static str,
    problems: &mut Vec<Diagnostic>,
    read: impl FnOnce(&mut Cursor<'_>) -> Parsed<T>,
) -> Option<T> {
    refuse_folded(scalar, problems);
    let tokens = tokens(scalar, problems)?;
    let mut cursor = Cursor { tokens, next: 0, line: scalar.span, form, problems };
    let read = read(&mut cursor).ok()?;
    cursor.finish().ok()?;
    Some(read)
}

/// A line that goes over several lines of text is read as the one that YAML makes of it, but reported.
fn refuse_folded(scalar: &Scalar, problems: &mut Vec<Diagnostic>) {
    if scalar.form != Form::Folded {
        return;
    }
    let joined = scalar.text.split_whitespace().collect::<Vec<_>>().join(" ");
    problems.push(
        Diagnostic::error(Code::FoldedLine, scalar.span, "A line of the language stands on one line of text.")
            .help("Join the lines, or write `key: value` on each.")
            .edit(scalar.rewrite(&joined)),
    );
}

impl Cursor<'_> {
    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    pub(super) fn peek_second(&self) -> Option<&TokenKind> {
        self.tokens.get(self.next + 1).map(|token| &token.kind)
    }

    pub(super) fn advance(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.next).cloned();
        self.next += usize::from(token.is_some());
        token
    }

    /// The place of the next token, or the end of the line.
    pub(super) fn place(&self) -> Span {
        self.peek().map_or(Span::at(self.line.end), |token| token.span)
    }

    /// The place of the token that was read last.
    pub(super) fn last_place(&self) -> Span {
        let last = self.next.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.map_or(Span::at(self.line.start), |token| token.span)
    }

    pub(super) fn report(&mut self, problem: Diagnostic) -> Reported {
        self.problems.push(problem);
        Reported
    }

    pub(super) fn is_at(&self, symbol: Symbol) -> bool {
        self.peek().is_some_and(|token| token.kind == TokenKind::Symbol(symbol))
    }

    pub(super) fn is_at_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token { kind: TokenKind::Word(found), .. }) if found == word)
    }

    /// Reads a sign if it comes next.
    pub(super) fn take(&mut self, symbol: Symbol) -> Option<Span> {
        if self.is_at(symbol) { self.advance().map(|token| token.span) } else { None }
    }

    /// Reads a word if it comes next.
    pub(super) fn take_word(&mut self, word: &str) -> Option<Span> {
        if self.is_at_word(word) { self.advance().map(|token| token.span) } else { None }
    }

    /// Reads a sign that has to come.
    pub(super) fn expect(&mut self, symbol: Symbol) -> Parsed<Span> {
        match self.take(symbol) {
            Some(span) => Ok(span),
            None => Err(self.unexpected(&format!("`{}`", symbol.text()))),
        }
    }

    /// Reads a word that has to come.
    pub(super) fn expect_word(&mut self, what: &str) -> Parsed<Word> {
        match self.peek() {
            Some(Token { kind: TokenKind::Word(word), span, .. }) => {
                let word = Spanned::new(word.clone(), *span);
                self.next += 1;
                Ok(word)
            }
            _ => Err(self.unexpected(what)),
        }
    }

    /// `order.customer`
    pub(super) fn expect_path(&mut self, what: &str) -> Parsed<Path> {
        let first = self.expect_word(what)?;
        self.path_from(first)
    }

    /// The path that begins with a word already read.
    pub(super) fn path_from(&mut self, first: Word) -> Parsed<Path> {
        let mut span = first.span;
        let mut steps = vec![first];
        while self.take(Symbol::Dot).is_some() {
            let step = self.expect_word("a field after the dot")?;
            span = span.to(step.span);
            steps.push(step);
        }
        Ok(Path { span, steps })
    }

    /// Reports that something else was expected here.
    pub(super) fn unexpected(&mut self, expected: &str) -> Reported {
        let problem = match self.peek() {
            Some(Token { kind: TokenKind::Wrong, .. }) => return Reported,
            Some(token) => Diagnostic::error(
                Code::LineSyntax,
                token.span,
                format!("Expected {expected}, found {}.", describe(&token.kind)),
            ),
            None => {
                let end = Span::at(self.line.end);
                Diagnostic::error(Code::LineSyntax, end, format!("Expected {expected}, but the line ends here."))
            }
        };
        self.report(problem.help(self.form))
    }

    /// Reports what is left after the last thing that could be read.
    fn finish(&mut self) -> Parsed<()> {
        match self.peek() {
            None => Ok(()),
            Some(token) if token.kind == TokenKind::Wrong => Err(Reported),
            Some(token) => {
                let message = format!("Nothing more was expected here, found {}.", describe(&token.kind));
                let problem = Diagnostic::error(Code::LineSyntax, token.span, message);
                Err(self.report(problem.help(self.form)))
            }
        }
    }
}

/// A token in the words of a message.
pub(super) fn describe(kind: &TokenKind) -> String {
    match kind {
        TokenKind::Word(word) => format!("`{word}`"),
        TokenKind::Literal(_) => "a value".to_owned(),
        TokenKind::Range(_) => "a range".to_owned(),
        TokenKind::Pattern(_) => "a pattern".to_owned(),
        TokenKind::Symbol(symbol) => format!("`{}`", symbol.text()),
        TokenKind::Wrong => "something unreadable".to_owned(),
    }
}
