//! What was written, with places everywhere; nothing is resolved yet.

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
}

/// `admin > staff > buyer`: each has the rights of those after it. Never empty.
pub type Chain = Vec<Word>;

/// One entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its name.
    pub name: Word,
    /// What it is.
    pub description: Given<Word>,
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

pub use super::yaml::Insertion;

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Word,
    /// What it is; only the long form says so.
    pub description: Option<Word>,
    /// What it takes. `None` if that could not be read, or is not built yet.
    pub line: Option<FieldLine>,
}

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

/// The rules of an entity, by the words of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The word `access`.
    pub span: Span,
    /// Who may list rows and get one.
    pub read: Given<Rule>,
    /// Who may create, update and delete rows.
    pub write: Given<Rule>,
    /// Who may list rows.
    pub list: Given<Rule>,
    /// Who may get a row.
    pub get: Given<Rule>,
    /// Who may create a row.
    pub create: Given<Rule>,
    /// Who may change a row.
    pub update: Given<Rule>,
    /// Who may delete a row.
    pub delete: Given<Rule>,
}

/// Any of its grants suffices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The whole rule.
    pub span: Span,
    /// The grants.
    pub grants: Vec<Grant>,
}

/// One way to be allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant {
    /// `owner when status = cart`
    Who {
        /// Who.
        word: Word,
        /// What must hold besides.
        when: Option<Condition>,
    },
    /// `sender = me`
    Condition(Condition),
}

/// All of its tests must hold. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The whole condition.
    pub span: Span,
    /// The tests.
    pub tests: Vec<Test>,
}

/// One test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// The whole test.
    pub span: Span,
    /// What is tested.
    pub subject: Path,
    /// How.
    pub kind: TestKind,
}

/// How something is tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestKind {
    /// `status = draft | on_sale`
    Compare {
        /// How.
        comparison: Comparison,
        /// With what; any of them suffices. Never empty.
        values: Vec<Spanned<Value>>,
    },
    /// `is null`, `is not null`
    IsNull {
        /// Whether null is refused.
        negated: bool,
    },
    /// `has me`
    HasMe,
    /// `has (user = me and role = lead)`
    Has(Condition),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// What something is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A literal.
    Literal(Literal),
    /// A value of an enum, or a field.
    Path(Path),
    /// The caller, or something the caller has.
    Me(Option<Path>),
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
