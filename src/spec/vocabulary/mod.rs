//! Every word of the language, once: where it stands, what it takes, what it means.
//!
//! The reader, "did you mean", the documentation and the editor all look here.

mod access;
mod api;
mod document;
mod field;
mod takes;

pub use takes::Takes;

use super::suggest;

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A key of the whole spec.
    Top,
    /// The value of `framework`.
    Framework,
    /// The value of `database`.
    Database,
    /// A key under `auth`.
    Auth,
    /// A value of `auth.methods`.
    AuthMethod,
    /// What may stand after `hash`.
    PasswordHash,
    /// A key under `auth.password`.
    Password,
    /// A key under `api`.
    Api,
    /// The value of `api.docs`.
    Docs,
    /// The value of `api.naming`.
    Naming,
    /// A key of an entity.
    Entity,
    /// A key under an entity's `access`.
    Access,
    /// Who a grant speaks of, beside the roles.
    Grant,
    /// The type of a field.
    Type,
    /// A part of a field's line, after the type.
    Part,
    /// A key of a field written as a map.
    FieldMap,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Top,
        Self::Framework,
        Self::Database,
        Self::Auth,
        Self::AuthMethod,
        Self::PasswordHash,
        Self::Password,
        Self::Api,
        Self::Docs,
        Self::Naming,
        Self::Entity,
        Self::Access,
        Self::Grant,
        Self::Type,
        Self::Part,
        Self::FieldMap,
    ];

    /// The words that stand there, in the order of documentation.
    pub fn words(self) -> &'static [Word] {
        match self {
            Self::Top => document::TOP,
            Self::Framework => document::FRAMEWORKS,
            Self::Database => document::DATABASES,
            Self::Auth => document::AUTH,
            Self::AuthMethod => document::METHODS,
            Self::PasswordHash => document::HASHES,
            Self::Password => document::PASSWORD,
            Self::Api => api::KEYS,
            Self::Docs => api::DOCS,
            Self::Naming => api::NAMINGS,
            Self::Entity => document::ENTITY,
            Self::Access => access::KEYS,
            Self::Grant => access::GRANTS,
            Self::Type => field::TYPES,
            Self::Part => field::PARTS,
            Self::FieldMap => field::MAP,
        }
    }

    /// What a word there is called in a message, with its article.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Top => "a word of the spec",
            Self::Framework => "a framework",
            Self::Database => "a database",
            Self::Auth => "a word of `auth`",
            Self::AuthMethod => "a way to log in",
            Self::PasswordHash => "a way to hash passwords",
            Self::Password => "a word of `password`",
            Self::Api => "a word of `api`",
            Self::Docs => "a time to show the documentation",
            Self::Naming => "a way to write names",
            Self::Entity => "a word of an entity",
            Self::Access => "an operation",
            Self::Grant => "a word of an access rule",
            Self::Type => "a type",
            Self::Part => "a part of a field",
            Self::FieldMap => "a word of a field",
        }
    }

    /// The available words, as a message lists them.
    pub fn listed(self) -> String {
        let words = self.words().iter().filter(|word| word.is_available()).map(|word| format!("`{}`", word.name));
        words.collect::<Vec<_>>().join(", ")
    }

    /// Whether exactly one of the words is chosen there.
    pub fn is_choice(self) -> bool {
        matches!(self, Self::Framework | Self::Database | Self::Docs | Self::Naming | Self::PasswordHash)
    }

    /// The word of that name.
    pub fn find(self, name: &str) -> Option<&'static Word> {
        self.words().iter().find(|word| word.name == name)
    }

    /// The word that was probably meant: one that others call so, or the nearest by spelling.
    pub fn nearest(self, written: &str) -> Option<&'static Word> {
        let lower = written.to_ascii_lowercase();
        let called = self.words().iter().find(|word| word.also.contains(&lower.as_str()));
        called.or_else(|| {
            let names = self.words().iter().map(|word| word.name);
            suggest::nearest(written, names).and_then(|name| self.find(name))
        })
    }

    /// How to say here what other tools have a word for that stands for none of these.
    pub fn instead(self, written: &str) -> Option<&'static str> {
        match (self, written) {
            (Self::FieldMap, "nullable" | "null" | "optional" | "required") => {
                Some("A `?` after the type says that there may be no value, as in `type: url?`.")
            }
            (Self::FieldMap, "enum" | "values" | "choices" | "options") => {
                Some("The values are the type, as in `type: draft | published`.")
            }
            (Self::FieldMap, "min" | "max" | "minimum" | "maximum") => {
                Some("Write both ends as `range: 1..5`, or `length: 1..80` for a text; either may be left out.")
            }
            _ => None,
        }
    }
}

/// Whether this version builds what a word asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It does.
    Available,
    /// The word is read, and answered with `not-yet-available`.
    NotYet,
}

/// One word of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// How it is written.
    pub name: &'static str,
    /// What stands after it.
    pub takes: Takes,
    /// What holds when the word is left out.
    pub default: Option<&'static str>,
    /// What it means, in one sentence.
    pub help: &'static str,
    /// A line that uses it.
    pub example: &'static str,
    /// Whether it is built.
    pub availability: Availability,
    /// What others call the same thing, for "did you mean".
    pub also: &'static [&'static str],
}

impl Word {
    const fn new(name: &'static str, takes: Takes, help: &'static str, example: &'static str) -> Self {
        Self { name, takes, default: None, help, example, availability: Availability::Available, also: &[] }
    }

    const fn default(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }

    const fn not_yet(self) -> Self {
        Self { availability: Availability::NotYet, ..self }
    }

    const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }

    /// Whether this version builds it.
    pub fn is_available(&self) -> bool {
        self.availability == Availability::Available
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_word_stands_once_and_explains_itself() {
        for place in Place::ALL {
            let mut names = BTreeSet::new();
            for word in place.words() {
                assert!(names.insert(word.name), "{} twice", word.name);
                assert!(word.help.ends_with('.') && word.help.contains(' '), "{}: {}", word.name, word.help);
                assert!(word.example.contains(word.name), "{}: {}", word.name, word.example);
                assert!(!word.also.contains(&word.name), "{}", word.name);
            }
            for word in place.words() {
                assert!(word.also.iter().all(|other| !names.contains(other)), "{}", word.name);
            }
        }
    }

    #[test]
    fn finds_what_was_meant() {
        let meant = |place: Place, written| place.nearest(written).map(|word| word.name);
        assert_eq!(meant(Place::Type, "varchar"), Some("string"));
        assert_eq!(meant(Place::Type, "Bool"), Some("boolean"));
        assert_eq!(meant(Place::Top, "entites"), Some("entities"));
        assert_eq!(meant(Place::Grant, "public"), Some("anyone"));
        assert_eq!(meant(Place::Part, "xyzzy"), None);
    }
}
