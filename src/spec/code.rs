//! The kinds of problems.

use std::fmt;

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
    /// A pattern that the language does not have, or that nothing matches.
    BadPattern,
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
    /// Arrows of a field that cannot be.
    BadTransition,
    /// A delete that takes rows of other owners with it.
    CascadeCrossesOwners,
    /// A field that users choose for themselves decides what they may.
    SelfGranted,
}

impl Code {
    /// All of them.
    pub const ALL: [Self; 48] = [
        Self::ForbiddenCharacter,
        Self::Tab,
        Self::TooLarge,
        Self::TooDeep,
        Self::TooManyEntities,
        Self::TooManyFields,
        Self::TooManyProblems,
        Self::YamlSyntax,
        Self::SeveralDocuments,
        Self::Anchor,
        Self::Tag,
        Self::DuplicateKey,
        Self::EmptyValue,
        Self::FoldedLine,
        Self::NeedsQuotes,
        Self::Escape,
        Self::Indentation,
        Self::WrongShape,
        Self::UnknownWord,
        Self::NotYetAvailable,
        Self::MissingWord,
        Self::UnsupportedVersion,
        Self::BadName,
        Self::ReservedName,
        Self::NameCollision,
        Self::LineSyntax,
        Self::Unclosed,
        Self::BadLiteral,
        Self::RepeatedPart,
        Self::BadRange,
        Self::BadPattern,
        Self::BadList,
        Self::BadArgument,
        Self::BadChoice,
        Self::MisplacedPart,
        Self::BadDefault,
        Self::UnknownEntity,
        Self::UnknownField,
        Self::UnknownRole,
        Self::UnknownValue,
        Self::BadRelation,
        Self::BadOwner,
        Self::BadRoles,
        Self::MissingAccess,
        Self::BadRule,
        Self::BadTransition,
        Self::CascadeCrossesOwners,
        Self::SelfGranted,
    ];

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
            Self::BadPattern => "bad-pattern",
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
            Self::BadTransition => "bad-transition",
            Self::CascadeCrossesOwners => "cascade-crosses-owners",
            Self::SelfGranted => "self-granted",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_listed_and_has_a_name_of_its_own() {
        for (index, code) in Code::ALL.into_iter().enumerate() {
            assert_eq!(code as usize, index);
        }
        assert_eq!(Code::ALL.len(), Code::SelfGranted as usize + 1);
        let names: BTreeSet<&str> = Code::ALL.into_iter().map(Code::name).collect();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
