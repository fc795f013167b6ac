//! Fields as they are written.

use super::{Path, Rule, Word};
use crate::spec::span::{Span, Spanned};

/// What stands after a field's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldLine {
    /// The whole line.
    pub span: Span,
    /// The type.
    pub ty: Type,
    /// The parts after it.
    pub parts: Parts,
    /// Whether all parts could be read. If not, a part that is not there says nothing.
    pub complete: bool,
}

/// A type: `string`, `decimal(10,2)?`, `draft | on_sale`, `Tag[0..20]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// The whole type.
    pub span: Span,
    /// What one value is.
    pub base: Base,
    /// The brackets of a list.
    pub list: Option<ListMark>,
    /// The `?`.
    pub nullable: Option<Span>,
}

/// What one value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// A type of the language, an entity, or a word that is neither.
    Named {
        /// The word.
        word: Word,
        /// What stands in parentheses after it.
        arguments: Vec<Spanned<Argument>>,
    },
    /// One of some values.
    Choice(Vec<Word>),
}

/// The brackets of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListMark {
    /// The brackets and what is between them.
    pub span: Span,
    /// How many items.
    pub count: Option<Spanned<Range>>,
}

/// One of a type's arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A word.
    Word(String),
    /// A literal.
    Literal(Literal),
}

/// `1..200`, `0..`, `..5`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// From here, included.
    pub lower: Option<Literal>,
    /// To here, included.
    pub upper: Option<Literal>,
}

/// A value that says all by itself. The text is as it was written, its form checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// `-1.50`
    Number(String),
    /// `"text"`, without the quotes.
    String(String),
    /// `2026-11-21`
    Date(String),
    /// `08:00` or `08:00:30`
    Time(String),
    /// `2026-11-21T08:00:00Z`
    DateTime(String),
}

/// What may stand after a type, each kind once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// A length, or the least and greatest value.
    pub range: Option<Spanned<Range>>,
    /// `>` or `>=`
    pub lower: Option<Spanned<Limit>>,
    /// `<` or `<=`
    pub upper: Option<Spanned<Limit>>,
    /// What the whole value matches.
    pub pattern: Option<Spanned<Pattern>>,
    /// The field whose other side this is.
    pub by: Option<Part<Word>>,
    /// The entity this reads across.
    pub through: Option<Part<Word>>,
    /// What happens when the row referred to goes.
    pub on_delete: Option<Spanned<OnDelete>>,
    /// `unique`
    pub unique: Option<Span>,
    /// `readonly`
    pub readonly: Option<Span>,
    /// `write_once`
    pub write_once: Option<Span>,
    /// `private`
    pub private: Option<Span>,
    /// `lowercase`
    pub lowercase: Option<Span>,
    /// Who may read the field.
    pub read: Option<Part<Rule>>,
    /// Who may write the field.
    pub write: Option<Part<Rule>>,
    /// The value when a caller gives none.
    pub default: Option<Part<Default>>,
}

/// A part that is more than one word: where it begins, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<T> {
    /// The whole part.
    pub span: Span,
    /// What it says.
    pub value: T,
}

/// One end of the values, by comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Whether the value itself is allowed.
    pub inclusive: bool,
    /// The value.
    pub value: Literal,
}

/// `/[0-9]{13}/i`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// What stands between the slashes.
    pub source: String,
    /// Whether case does not matter.
    pub ignore_case: bool,
}

/// What happens to a row when the one it refers to goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDelete {
    /// The delete is refused.
    Restrict,
    /// The row goes too.
    Cascade,
    /// The reference becomes null.
    SetNull,
}

/// A default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Default {
    /// A literal.
    Literal(Spanned<Literal>),
    /// One word: a value of an enum, `true`, `false` or `now`; or, with dots, a value to copy.
    Path(Path),
}
