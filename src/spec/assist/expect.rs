//! What may come next on a line of the language.

use super::super::{
    line::lexer::{Symbol, TokenKind},
    vocabulary::Place,
};
use super::names::{Names, values};

/// One thing that may come next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// The words of a place.
    Words(Place),
    /// The roles.
    Roles,
    /// The entities.
    Entities,
    /// The fields of an entity.
    Fields(String),
    /// The fields of an entity that refer to another one.
    References {
        /// The entity whose fields are meant.
        of: String,
        /// The entity that they refer to.
        to: String,
    },
    /// One of a field's values.
    Values(Vec<String>),
    /// A word or sign of the grammar, and what it does.
    Sign(&'static str, &'static str),
}

/// A line of the language up to the cursor, and whose line it is.
#[derive(Clone, Copy)]
pub(super) struct Line<'l> {
    pub(super) tokens: &'l [TokenKind],
    pub(super) entity: Option<&'l str>,
    pub(super) names: &'l Names,
}

const ME: Expected = Expected::Sign("me", "The user who calls.");

impl<'l> Line<'l> {
    fn with(self, tokens: &'l [TokenKind]) -> Self {
        Self { tokens, ..self }
    }

    /// A rule: grants, separated by commas.
    pub(super) fn rule(self) -> Vec<Expected> {
        let grant = after_last(self.tokens, |token| *token == TokenKind::Symbol(Symbol::Comma));
        match grant {
            [] => vec![Expected::Words(Place::Grant), Expected::Roles],
            [TokenKind::Word(word)] if self.is_grant(word) => {
                vec![Expected::Sign("when", "Only for rows of which the condition after it holds.")]
            }
            [TokenKind::Word(word), TokenKind::Word(when), condition @ ..] if self.is_grant(word) && when == "when" => {
                self.with(condition).condition()
            }
            condition => self.with(condition).condition(),
        }
    }

    fn is_grant(self, word: &str) -> bool {
        Place::Grant.find(word).is_some() || self.names.roles().contains(&word)
    }

    /// A condition: tests, joined by `and`.
    pub(super) fn condition(self) -> Vec<Expected> {
        if let Some((before, inside)) = split_at_open(self.tokens) {
            let entity = before.strip_suffix(&[TokenKind::Word("has".to_owned())]).and_then(|path| self.target(path));
            return Self { entity, ..self.with(inside) }.condition();
        }
        let test = after_last(self.tokens, |token| *token == TokenKind::Word("and".to_owned()));
        let path = leading_path(test);
        let (steps, rest) = test.split_at(path);
        match (steps.last(), rest) {
            (None, _) => self.entity.map(fields).into_iter().collect(),
            (Some(TokenKind::Symbol(Symbol::Dot)), []) => {
                self.target(&steps[..steps.len() - 1]).map(fields).into_iter().collect()
            }
            (_, []) => self.signs(steps),
            (_, [.., TokenKind::Symbol(sign)]) if is_comparison(*sign) || *sign == Symbol::Bar => self.operands(steps),
            (_, [TokenKind::Word(is)]) if is == "is" => {
                vec![Expected::Sign("null", "There is no value."), Expected::Sign("not null", "There is a value.")]
            }
            (_, [TokenKind::Word(has)]) if has == "has" => vec![ME],
            _ => vec![Expected::Sign("and", "The test after it must hold as well.")],
        }
    }

    /// What may be asked of a field.
    fn signs(self, path: &[TokenKind]) -> Vec<Expected> {
        let Some((_, field)) = self.field(path) else { return Vec::new() };
        let Some(line) = &field.line else { return Vec::new() };
        if line.ty.list.is_some() {
            return vec![Expected::Sign("has", "One of the rows is the caller, or meets a condition.")];
        }
        let mut signs = vec![
            Expected::Sign("=", "It is one of the values after it."),
            Expected::Sign("!=", "It is none of the values after it."),
        ];
        if line.ty.nullable.is_some() {
            signs.push(Expected::Sign("is null", "There is no value."));
            signs.push(Expected::Sign("is not null", "There is a value."));
        }
        signs
    }

    /// What a field may be compared with.
    fn operands(self, path: &[TokenKind]) -> Vec<Expected> {
        let Some((_, field)) = self.field(path) else { return Vec::new() };
        let known: Vec<String> = values(field).into_iter().map(str::to_owned).collect();
        if self.names.target(field) == Some("User") {
            return vec![ME];
        }
        vec![Expected::Values(known)]
    }

    fn field(self, path: &[TokenKind]) -> Option<(&'l str, &'l super::super::ast::Field)> {
        self.names.follow(self.entity?, &steps(path))
    }

    /// The entity that a path leads to.
    fn target(self, path: &[TokenKind]) -> Option<&'l str> {
        self.field(path).and_then(|(_, field)| self.names.target(field))
    }

    /// A field: a type, then its parts.
    pub(super) fn field_line(self) -> Vec<Expected> {
        if let Some((before, inside)) = split_at_open(self.tokens) {
            let is_rule = matches!(before.last(), Some(TokenKind::Word(word)) if word == "read" || word == "write");
            return if is_rule { self.with(inside).rule() } else { Vec::new() };
        }
        match self.tokens {
            [] => vec![Expected::Words(Place::Type), Expected::Entities],
            [.., TokenKind::Symbol(Symbol::Equal)] => vec![Expected::Values(self.defaults())],
            [.., TokenKind::Word(by)] if by == "by" => self.other_sides(),
            [.., TokenKind::Word(through)] if through == "through" => vec![Expected::Entities],
            [.., TokenKind::Symbol(Symbol::Bar | Symbol::Dot | Symbol::Comma)] => Vec::new(),
            [.., TokenKind::Symbol(sign)] if is_comparison(*sign) => Vec::new(),
            _ => vec![Expected::Words(Place::Part)],
        }
    }

    fn defaults(self) -> Vec<String> {
        let words = self.tokens.iter().filter_map(word);
        match self.tokens {
            [TokenKind::Word(base), ..] if base == "boolean" => vec!["true".to_owned(), "false".to_owned()],
            [TokenKind::Word(base), ..] if matches!(base.as_str(), "date" | "datetime" | "time") => {
                vec!["now".to_owned()]
            }
            [_, TokenKind::Symbol(Symbol::Bar), ..] => words.map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    /// The fields whose other side this field can be.
    fn other_sides(self) -> Vec<Expected> {
        let of = self.tokens.first().and_then(word);
        let both = of.zip(self.entity);
        both.map(|(of, to)| Expected::References { of: of.to_owned(), to: to.to_owned() }).into_iter().collect()
    }
}

fn fields(entity: &str) -> Expected {
    Expected::Fields(entity.to_owned())
}

fn word(token: &TokenKind) -> Option<&str> {
    match token {
        TokenKind::Word(word) => Some(word),
        _ => None,
    }
}

fn steps(path: &[TokenKind]) -> Vec<&str> {
    path.iter().filter_map(word).collect()
}

/// How many tokens belong to the path at the beginning: words with dots between.
fn leading_path(tokens: &[TokenKind]) -> usize {
    let alternates = |index: usize, token: &TokenKind| match token {
        TokenKind::Word(_) => index.is_multiple_of(2),
        TokenKind::Symbol(Symbol::Dot) => !index.is_multiple_of(2),
        _ => false,
    };
    tokens.iter().enumerate().take_while(|(index, token)| alternates(*index, token)).count()
}

fn is_comparison(sign: Symbol) -> bool {
    matches!(
        sign,
        Symbol::Equal
            | Symbol::NotEqual
            | Symbol::Less
            | Symbol::LessOrEqual
            | Symbol::Greater
            | Symbol::GreaterOrEqual
    )
}

/// The tokens after the last one of a kind that stands in no parentheses.
fn after_last(tokens: &[TokenKind], is_end: impl Fn(&TokenKind) -> bool) -> &[TokenKind] {
    let mut depth = 0_usize;
    let mut start = 0;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenKind::Symbol(Symbol::Open) => depth += 1,
            TokenKind::Symbol(Symbol::Close) => depth = depth.saturating_sub(1),
            token if depth == 0 && is_end(token) => start = index + 1,
            _ => {}
        }
    }
    &tokens[start..]
}

/// The tokens before and after the first parenthesis that is still open.
fn split_at_open(tokens: &[TokenKind]) -> Option<(&[TokenKind], &[TokenKind])> {
    let mut open: Vec<usize> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenKind::Symbol(Symbol::Open) => open.push(index),
            TokenKind::Symbol(Symbol::Close) => drop(open.pop()),
            _ => {}
        }
    }
    open.first().map(|&index| (&tokens[..index], &tokens[index + 1..]))
}
