//! Reads TypeScript into a syntax tree. It is made for code that compiles: it accepts more than the language does.

mod classes;
mod expressions;
mod modules;
mod operators;
mod patterns;
mod statements;
mod types;

use super::Problem;
use super::ast::{Block, Item, List, Trivia};
use super::lexer::{Apart, Comment, Token, TokenKind, tokens, tokens_of_interpolation};
use bumpalo::Bump;
pub(super) use operators::precedence;

/// A problem ends everything, so it may be expensive, and what is read should not be.
pub(super) type Parsed<T> = Result<T, Box<Problem>>;

/// A list that grows where the tree lies.
type Growing<'a, T> = bumpalo::collections::Vec<'a, T>;

/// Reads a whole file.
pub(super) fn parse<'a>(source: &'a str, arena: &'a Bump) -> Parsed<Block<'a>> {
    Parser::over(source, tokens(source, arena)?, arena).statements_until("")
}

pub(super) struct Parser<'a> {
    source: &'a str,
    /// Where the tree lies.
    arena: &'a Bump,
    tokens: Vec<Token<'a>>,
    at: usize,
    /// What follows the last token.
    end: Token<'a>,
    /// In the head of a `for`, `in` is not an operator.
    no_in: bool,
    /// Between `?` and `:`, a colon behind parentheses does not begin the return type of an arrow function.
    in_conditional: bool,
}

impl<'a> Parser<'a> {
    fn over(source: &'a str, tokens: Vec<Token<'a>>, arena: &'a Bump) -> Self {
        let end = Token {
            kind: TokenKind::End,
            text: "",
            start: source.len(),
            on_new_line: true,
            after_blank: false,
            comments: &[],
            origin: None,
        };
        Self { source, arena, tokens, at: 0, end, no_in: false, in_conditional: false }
    }

    fn over_interpolation(source: &'a str, arena: &'a Bump) -> Parsed<Self> {
        Ok(Self::over(source, tokens_of_interpolation(source, arena)?, arena))
    }

    fn growing<T>(&self) -> Growing<'a, T> {
        Growing::new_in(self.arena)
    }

    fn token(&self) -> &Token<'a> {
        self.ahead(0)
    }

    fn ahead(&self, count: usize) -> &Token<'a> {
        self.tokens.get(self.at + count).unwrap_or(&self.end)
    }

    /// The current token is this punctuation or this word.
    #[inline]
    fn is(&self, text: &str) -> bool {
        is_token(self.token(), text)
    }

    fn is_ahead(&self, count: usize, text: &str) -> bool {
        is_token(self.ahead(count), text)
    }

    fn at_word(&self) -> bool {
        self.token().kind == TokenKind::Word
    }

    #[cold]
    fn problem<T>(&self, what: &str) -> Parsed<T> {
        Err(Box::new(Problem::at(self.source, self.token().start, what)))
    }

    #[cold]
    fn expected<T>(&self, what: &str) -> Parsed<T> {
        let found = self.token().text;
        self.problem(&format!("expected {what}, found {found:?}"))
    }

    /// Goes past the current token. A comment that nobody has taken by now stands where none can be kept.
    fn advance(&mut self) -> Parsed<&'a str> {
        if !self.token().comments.is_empty() {
            return self.problem("a comment where none can be kept");
        }
        let text = self.token().text;
        let origin = self.token().origin;
        self.at += 1;
        // A mark in the middle of something counts from the next thing that can carry it.
        if let (Some(origin), Some(next)) = (origin, self.tokens.get_mut(self.at)) {
            next.origin.get_or_insert(origin);
        }
        Ok(text)
    }

    fn eat(&mut self, text: &str) -> Parsed<bool> {
        let found = self.is(text);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn expect(&mut self, text: &str) -> Parsed<&'a str> {
        if self.is(text) { self.advance() } else { self.expected(&format!("{text:?}")) }
    }

    fn word(&mut self) -> Parsed<&'a str> {
        if self.at_word() { self.advance() } else { self.expected("a name") }
    }

    fn string(&mut self) -> Parsed<&'a str> {
        if self.token().kind == TokenKind::String { self.advance() } else { self.expected("a string") }
    }

    /// The source from there up to the end of the token before the current one.
    fn text_since(&self, start: usize) -> &'a str {
        let end = self
            .at
            .checked_sub(1)
            .and_then(|index| self.tokens.get(index))
            .map_or(start, |token| token.start + token.text.len());
        self.source.get(start..end).unwrap_or_default()
    }

    /// What stands before the current token, taken for the element that begins with it.
    fn lead(&mut self) -> Trivia<'a> {
        let Some(token) = self.tokens.get_mut(self.at) else { return Trivia::default() };
        Trivia {
            origin: token.origin.take(),
            after_blank: token.after_blank,
            on_new_line: token.on_new_line,
            leading: std::mem::take(&mut token.comments),
            trailing: &[],
        }
    }

    /// The comments that end the line of the element just read.
    fn trail(&mut self) -> &'a [Comment<'a>] {
        let Some(token) = self.tokens.get_mut(self.at) else { return &[] };
        let count = token.comments.iter().take_while(|comment| comment.before == Apart::Blanks).count();
        let last = count.checked_sub(1).and_then(|last| token.comments.get(last));
        if last.is_none_or(|last| last.after == Apart::Blanks) {
            return &[];
        }
        let (trailing, following) = token.comments.split_at_checked(count).unwrap_or_default();
        token.comments = following;
        token.after_blank = match token.comments.first() {
            Some(next) => next.before == Apart::EmptyLine,
            None => trailing.last().is_some_and(|comment| comment.after == Apart::EmptyLine),
        };
        trailing
    }

    /// Elements up to a closing bracket, which is consumed.
    fn list<T>(
        &mut self,
        close: &str,
        separators: &[&str],
        mut element: impl FnMut(&mut Self) -> Parsed<T>,
    ) -> Parsed<List<'a, T>> {
        let mut items = self.growing();
        while !self.is(close) {
            let mut trivia = self.lead();
            let node = element(self)?;
            trivia.trailing = self.trail();
            let separated = separators.iter().any(|separator| self.is(separator));
            if separated {
                self.advance()?;
                let behind = self.trail();
                trivia.trailing = self.both(trivia.trailing, behind);
            } else if !(self.is(close) || separators.contains(&";") && self.token().on_new_line) {
                return self.expected(&format!("{close:?}"));
            }
            items.push(Item { trivia, node });
        }
        let end = self.lead();
        self.expect(close)?;
        Ok(List { items: items.into_bump_slice(), end })
    }

    /// Comments of two places, as those of one.
    fn both(&self, first: &'a [Comment<'a>], second: &'a [Comment<'a>]) -> &'a [Comment<'a>] {
        match (first, second) {
            ([], only) | (only, []) => only,
            _ => self.arena.alloc_slice_copy(&[first, second].concat()),
        }
    }

    /// Goes past the bracket at `index` and all it encloses: the index behind its partner.
    fn behind_brackets(&self, index: usize) -> usize {
        let mut depth = 0usize;
        let mut index = index;
        while let Some(token) = self.tokens.get(index) {
            if token.kind == TokenKind::Punctuation {
                match token.text {
                    "(" | "[" | "{" => depth += 1,
                    ")" | "]" | "}" => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            index += 1;
            if depth == 0 {
                break;
            }
        }
        index
    }

    /// Goes past the type arguments that begin at `index`, if that is what they are.
    fn behind_angles(&self, index: usize) -> Option<usize> {
        let mut depth = 0usize;
        let mut index = index;
        loop {
            let token = self.tokens.get(index)?;
            if token.kind == TokenKind::Punctuation {
                match token.text {
                    "<" => depth += 1,
                    ">" => {
                        depth -= 1;
                        if depth == 0 {
                            return Some(index + 1);
                        }
                    }
                    "(" | "[" | "{" => {
                        index = self.behind_brackets(index);
                        continue;
                    }
                    "," | "." | "|" | "&" | "=>" | "?" | ":" | "-" | "=" | "..." => {}
                    _ => return None,
                }
            } else if token.kind == TokenKind::End {
                return None;
            }
            index += 1;
        }
    }
}

#[inline]
fn is_token(token: &Token<'_>, text: &str) -> bool {
    token.text == text && matches!(token.kind, TokenKind::Punctuation | TokenKind::Word | TokenKind::End)
}
