//! What stands after a word.

use super::Place;

/// What stands after a word, which readers, documentation and the JSON Schema all go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing: the word says it all.
    Nothing,
    /// Something in parentheses right behind the word.
    Arguments(&'static str),
    /// The version of the language.
    Version,
    /// A project's name.
    Slug,
    /// Wording of one's own.
    Text,
    /// A table or plural of one's own choice.
    Name,
    /// One of the words of a place.
    Word(Place),
    /// Some of the words of a place.
    Words(Place),
    /// A map whose keys are the words of a place.
    Map(Place),
    /// A map whose form is not fixed yet.
    Anything,
    /// Entities by name.
    Entities,
    /// Fields by name.
    Fields,
    /// Roles and which of them includes which.
    Roles,
    /// One of the roles.
    Role,
    /// An access rule.
    Rule,
    /// A field of the same entity, perhaps reached over others.
    Path,
    /// A field.
    Field,
    /// Several fields.
    FieldNames,
    /// Sets of fields.
    FieldSets,
    /// An entity.
    Entity,
    /// Conditions on a row.
    Conditions,
    /// Moves by field.
    Transitions,
    /// A type.
    Type,
    /// A range.
    Range,
    /// A pattern between slashes.
    Pattern,
    /// A value of the field's type.
    Value,
    /// `true` or `false`.
    Flag,
    /// What happens when the row referred to goes.
    DeleteRule,
    /// A whole number.
    Number,
    /// A path of addresses.
    UrlPath,
    /// Origins of pages.
    Origins,
}

impl Takes {
    /// What it is called in documentation; empty where nothing stands there.
    pub fn noun(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Arguments(inner) => format!("({inner})"),
            Self::Word(place) => place.noun().to_owned(),
            Self::Words(place) => format!("one or several of {}", place.listed()),
            other => other.fixed_noun().to_owned(),
        }
    }

    const fn fixed_noun(self) -> &'static str {
        match self {
            Self::Version => "the number 1",
            Self::Slug => "a slug",
            Self::Text => "text",
            Self::Name => "a name",
            Self::Map(_) | Self::Anything => "a map",
            Self::Entities => "a map of entities",
            Self::Fields => "a map of fields",
            Self::Roles => "roles",
            Self::Role => "a role",
            Self::Rule => "a rule",
            Self::Path => "a field, perhaps over others",
            Self::Field => "a field",
            Self::FieldNames => "a list of fields",
            Self::FieldSets => "a list of field sets",
            Self::Entity => "an entity",
            Self::Conditions => "a list of conditions",
            Self::Transitions => "a map of moves",
            Self::Type => "a type",
            Self::Range => "a range",
            Self::Pattern => "a pattern",
            Self::Value => "a value",
            Self::Flag => "`true` or `false`",
            Self::DeleteRule => "a delete rule",
            Self::Number => "a number",
            Self::UrlPath => "a path",
            Self::Origins => "a list of origins",
            Self::Nothing | Self::Arguments(_) | Self::Word(_) | Self::Words(_) => "",
        }
    }
}
