//! Problems in a spec, as data.

use std::fmt;

use super::span::Span;

/// How bad a problem is. An error stops the generation, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing can be generated before this is mended.
    Error,
    /// The spec means something, but perhaps not what its author expects.
    Warning,
}

impl Severity {
    /// The stable name that the doors show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A part of the text that a problem speaks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What there is to say about this place; the first label's place speaks through the message.
    pub message: Option<String>,
}

/// One replacement in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced; an empty range inserts.
    pub span: Span,
    /// The new text.
    pub text: String,
}

impl TextEdit {
    /// The edit that puts `text` in place of `span`.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// The edit that inserts `text` at `offset`.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::at(offset), text)
    }
}

/// One problem: what is wrong, where, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem this is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence that says what is wrong.
    pub message: String,
    /// The way out, where there is one to tell.
    pub help: Option<String>,
    /// The places; the first is the main one.
    pub labels: Vec<Label>,
    /// The replacements that mend the problem, where they are certain. They belong together.
    pub edits: Vec<TextEdit>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            help: None,
            labels: vec![Label { span, message: None }],
            edits: Vec::new(),
        }
    }

    /// A warning at a place.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// The same problem with a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem with one more place.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: Some(message.into()) });
        self
    }

    /// The same problem with one more replacement.
    #[must_use]
    pub fn edit(mut self, edit: TextEdit) -> Self {
        self.edits.push(edit);
        self
    }

    /// The same problem with the word that was probably meant, if there is one.
    #[must_use]
    pub fn did_you_mean(self, span: Span, nearest: Option<&str>) -> Self {
        match nearest {
            Some(near) => self.help(format!("Did you mean `{near}`?")).edit(TextEdit::replace(span, near)),
            None => self,
        }
    }

    /// The problem with something that is part of the language, but that this version does not build.
    pub fn not_yet_available(what: &str, span: Span) -> Self {
        Self::error(Code::NotYetAvailable, span, format!("{what} is part of the language, but not available yet."))
            .help("Leave it out for now.")
    }

    /// Where the problem is.
    pub fn span(&self) -> Span {
        self.labels.first().map(|label| label.span).unwrap_or_default()
    }

    /// Whether this problem stops the generation.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What kind of problem a diagnostic is about. The names are stable: tools may match on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// A control, bidirectional or invisible character.
    ForbiddenCharacter,
    /// A tab where YAML wants blanks.
    Tab,
    /// The text is longer than the limit.
    TooLarge,
    /// Maps and lists are nested deeper than the limit.
    TooDeep,
    /// More entities than the limit.
    TooManyEntities,
    /// More fields in one entity than the limit.
    TooManyFields,
    /// More problems than are worth showing.
    TooManyProblems,
    /// YAML cannot read a line.
    YamlSyntax,
    /// A second YAML document.
    SeveralDocuments,
    /// A YAML anchor, alias or merge key.
    Anchor,
    /// A YAML tag.
    Tag,
    /// A key that its map already has.
    DuplicateKey,
    /// A key without a value.
    EmptyValue,
    /// A line of the language that goes over several lines of text.
    FoldedLine,
    /// A value that YAML reads as something else unless it is quoted.
    NeedsQuotes,
    /// A backslash that YAML reads as an escape.
    Escape,
    /// A line that is indented deeper than the map it belongs to.
    Indentation,
    /// A map, list or text where another one is expected.
    WrongShape,
    /// A word that the language does not have at this place.
    UnknownWord,
    /// A word of the language that this version does not build yet.
    NotYetAvailable,
    /// A word that has to be there.
    MissingWord,
    /// A version of the language that this program does not read.
    UnsupportedVersion,
    /// A name that breaks the rules for names.
    BadName,
    /// A name that the language or its targets keep for themselves.
    ReservedName,
    /// Two names that become the same somewhere.
    NameCollision,
    /// A line that does not follow the grammar.
    LineSyntax,
    /// A quote, pattern or bracket without its end.
    Unclosed,
    /// A number, date or time that is not one.
    BadLiteral,
    /// A part of a line that is given twice.
    RepeatedPart,
    /// A range or a comparison that cannot be.
    BadRange,
    /// A list that cannot be.
    BadList,
    /// Arguments that a type does not take.
    BadArgument,
    /// A choice whose values cannot be.
    BadChoice,
    /// A part that does not fit the type of its field.
    MisplacedPart,
    /// A default that its field does not accept.
    BadDefault,
    /// A name of an entity that is not there.
    UnknownEntity,
    /// A name of a field that is not there.
    UnknownField,
    /// A name of a role that is not there.
    UnknownRole,
    /// A value that is not one of the choices.
    UnknownValue,
    /// A relation that cannot be, or whose other side is not clear.
    BadRelation,
    /// An owner that cannot be.
    BadOwner,
    /// Roles that cannot be.
    BadRoles,
    /// An entity that does not say who may use it.
    MissingAccess,
    /// An access rule that cannot be.
    BadRule,
    /// A delete that takes rows of other owners with it.
    CascadeCrossesOwners,
}

impl Code {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::ForbiddenCharacter => "forbidden-character",
            Self::Tab => "tab",
            Self::TooLarge => "too-large",
            Self::TooDeep => "too-deep",
            Self::TooManyEntities => "too-many-entities",
            Self::TooManyFields => "too-many-fields",
            Self::TooManyProblems => "too-many-problems",
            Self::YamlSyntax => "yaml-syntax",
            Self::SeveralDocuments => "several-documents",
            Self::Anchor => "anchor",
            Self::Tag => "tag",
            Self::DuplicateKey => "duplicate-key",
            Self::EmptyValue => "empty-value",
            Self::FoldedLine => "folded-line",
            Self::NeedsQuotes => "needs-quotes",
            Self::Escape => "escape",
            Self::Indentation => "indentation",
            Self::WrongShape => "wrong-shape",
            Self::UnknownWord => "unknown-word",
            Self::NotYetAvailable => "not-yet-available",
            Self::MissingWord => "missing-word",
            Self::UnsupportedVersion => "unsupported-version",
            Self::BadName => "bad-name",
            Self::ReservedName => "reserved-name",
            Self::NameCollision => "name-collision",
            Self::LineSyntax => "line-syntax",
            Self::Unclosed => "unclosed",
            Self::BadLiteral => "bad-literal",
            Self::RepeatedPart => "repeated-part",
            Self::BadRange => "bad-range",
            Self::BadList => "bad-list",
            Self::BadArgument => "bad-argument",
            Self::BadChoice => "bad-choice",
            Self::MisplacedPart => "misplaced-part",
            Self::BadDefault => "bad-default",
            Self::UnknownEntity => "unknown-entity",
            Self::UnknownField => "unknown-field",
            Self::UnknownRole => "unknown-role",
            Self::UnknownValue => "unknown-value",
            Self::BadRelation => "bad-relation",
            Self::BadOwner => "bad-owner",
            Self::BadRoles => "bad-roles",
            Self::MissingAccess => "missing-access",
            Self::BadRule => "bad-rule",
            Self::CascadeCrossesOwners => "cascade-crosses-owners",
        }
    }
}
