//! Access rules and conditions as they are written.

use super::{Given, Literal, Path, Word};
use crate::spec::span::{Span, Spanned};

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
