//! What was written, with places everywhere; nothing is resolved yet.

mod api;
mod field;
mod rule;
mod shift;

pub use super::yaml::Insertion;
pub use api::Api;
pub use field::{
    Argument, Base, Default, FieldLine, Limit, ListMark, Literal, OnDelete, Part, Parts, Pattern, Range, Type,
};
pub use rule::{Access, Comparison, Condition, Grant, Rule, Test, TestKind, Value};
pub(in crate::spec) use shift::Shift;

use super::span::{Span, Spanned};

/// What stands under a word of the spec.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Given<T> {
    /// The word is not there.
    #[default]
    Absent,
    /// The word is there, but what it says could not be read. The problem is reported already.
    Unreadable,
    /// What it says.
    Value(T),
}

impl<T> Given<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Unreadable => None,
        }
    }

    /// Whether the word is not there at all.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// What was read for a word that is there.
impl<T> From<Option<T>> for Given<T> {
    fn from(read: Option<T>) -> Self {
        read.map_or(Self::Unreadable, Self::Value)
    }
}

/// A word or name as it was written.
pub type Word = Spanned<String>;

/// A whole spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// The version of the language.
    pub version: Given<Spanned<u32>>,
    /// The project's name.
    pub name: Given<Word>,
    /// What the project is.
    pub description: Given<Word>,
    /// The framework; one of the vocabulary's, and available.
    pub framework: Given<Word>,
    /// The database; one of the vocabulary's, and available.
    pub database: Given<Word>,
    /// The login.
    pub auth: Given<Auth>,
    /// The HTTP API as a whole.
    pub api: Given<Api>,
    /// What is stored.
    pub entities: Given<Vec<Entity>>,
    /// The lines of the text.
    pub lines: Lines,
}

/// The login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Auth {
    /// The word `auth`.
    pub span: Span,
    /// How users log in.
    pub methods: Given<Vec<Word>>,
    /// The roles.
    pub roles: Given<Vec<Chain>>,
    /// The role of a newly registered user.
    pub default_role: Given<Word>,
    /// How passwords are hashed; one of the vocabulary's.
    pub hash: Given<Word>,
    /// How many characters passwords have.
    pub password_length: Given<Spanned<Range>>,
}

/// `admin > staff > buyer`: each has the rights of those after it. Never empty.
pub type Chain = Vec<Word>;

/// One entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its name.
    pub name: Word,
    /// What people call one row.
    pub label: Given<Word>,
    /// What it is.
    pub description: Given<Word>,
    /// Its plural, where that is not the usual one.
    pub plural: Given<Word>,
    /// Its table, where that is not the plural.
    pub table: Given<Word>,
    /// The field that holds the owner.
    pub owner: Given<Path>,
    /// What a row holds.
    pub fields: Given<Vec<Field>>,
    /// Who may do what.
    pub access: Given<Access>,
    /// What must hold of every row.
    pub checks: Vec<Condition>,
    /// How fields may change.
    pub transitions: Vec<Transitions>,
    /// Sets of fields that no two rows may share.
    pub unique: Vec<Vec<Key>>,
    /// Sets of fields that are looked up together.
    pub index: Vec<Vec<Key>>,
    /// The fields that a search looks into.
    pub search: Vec<Word>,
    /// How one more word can be written into it.
    pub insertion: Insertion,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Word,
    /// What people call it; only the long form says so.
    pub label: Option<Word>,
    /// What it is; only the long form says so.
    pub description: Option<Word>,
    /// Its column; only the long form says so.
    pub column: Option<Word>,
    /// What it takes. `None` if that could not be read, or is not built yet.
    pub line: Option<FieldLine>,
}

/// `order.customer`. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The whole path.
    pub span: Span,
    /// Its steps.
    pub steps: Vec<Word>,
}

impl Path {
    /// The step, if there is only one.
    pub fn single(&self) -> Option<&Word> {
        match self.steps.as_slice() {
            [step] => Some(step),
            _ => None,
        }
    }
}

/// `status, price desc`: one item under `unique` or `index`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The field.
    pub field: Word,
    /// The word `desc`.
    pub descending: Option<Span>,
}

/// `cart | placed -> paid`: a key under `transitions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// From any of these.
    pub from: Vec<Word>,
    /// To any of these.
    pub to: Vec<Word>,
}

/// How one field may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transitions {
    /// The field.
    pub field: Word,
    /// The moves, and who may make each.
    pub moves: Vec<(Move, Rule)>,
}

/// Where each line of the text begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(Vec<usize>);

impl Lines {
    /// Reads the text once.
    pub fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at + 1).collect())
    }

    /// The line of an offset, counted from 1.
    pub fn number(&self, offset: usize) -> u32 {
        let before = self.0.partition_point(|&start| start <= offset);
        u32::try_from(before).map_or(u32::MAX, |before| before.saturating_add(1))
    }
}
