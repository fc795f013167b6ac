//! What an entity is called in TypeScript.

use crate::code::{TsIdent, capitalised};
use crate::contract::Source;
use crate::model::{Entity, Field, Naming};

/// File stems that an app has for itself.
const STEMS: &[&str] = &["auth", "auth-session", "auth-user", "health", "index", "list-query", "server"];

/// Types that a file about an entity's rows uses beside the row's own.
const TYPES: &[&str] = &[
    "AnyPgColumn",
    "AnySQLiteColumn",
    "ApiError",
    "Array",
    "BigInt",
    "Boolean",
    "Caller",
    "Date",
    "Error",
    "Json",
    "JSON",
    "Link",
    "Map",
    "Math",
    "NextFunction",
    "Number",
    "Object",
    "Omit",
    "Partial",
    "Pick",
    "Principal",
    "Problem",
    "Promise",
    "Reader",
    "Record",
    "Request",
    "Response",
    "ReturnType",
    "Role",
    "Set",
    "Shown",
    "String",
    "Symbol",
    "Transaction",
    "Uint8Array",
];

/// What names of the app begin with that end as names about an entity's rows do: `listQuery`, `noParameters`.
const BEGINNINGS: &[&str] = &["list", "no"];

/// What the types of bodies and queries end with: `OrderUpdate` is what a change of an `Order` may be.
const ENDINGS: &[&str] = &["Create", "Query", "Readable", "Relation", "Replace", "Update"];

/// An entity's names.
#[derive(Debug, Clone)]
pub(super) struct Names {
    /// Its files: `order-line`.
    pub stem: String,
    /// The type of its rows: `OrderLine`.
    pub row: String,
    /// Its table: `orderLines`.
    pub table: String,
    /// What names about it begin with: `orderLine`.
    pub camel: String,
    /// What types about it begin with: `OrderLine`.
    pub pascal: String,
    /// What comments call it: `an order line`.
    pub phrase: String,
}

impl Names {
    pub(super) fn of(entity: &Entity) -> Self {
        let name = &entity.name;
        let (kebab, camel) = (name.kebab(), name.camel());
        let pascal = name.pascal().to_owned();
        let words = kebab.replace('-', " ");
        Self {
            stem: if STEMS.contains(&kebab.as_str()) { format!("{kebab}-entity") } else { kebab },
            row: if is_other_type(&pascal) { format!("{pascal}Row") } else { pascal.clone() },
            table: identifier(&name.plural_camel()),
            camel: if BEGINNINGS.contains(&camel.as_str()) { format!("{camel}Entity") } else { camel },
            pascal,
            phrase: format!("{} {words}", article(&words)),
        }
    }
}

/// Whether there is, or may be, a type of that name that is not the one of an entity's rows.
fn is_other_type(pascal: &str) -> bool {
    TYPES.contains(&pascal) || ENDINGS.iter().any(|ending| pascal.len() > ending.len() && pascal.ends_with(ending))
}

/// What stands before a word as it is spoken: `a user`, `an update`, `an hour`.
fn article(word: &str) -> &'static str {
    let is_vowel = |c: &u8| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u');
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| word.starts_with(beginning));
    let spoken_long = match word.as_bytes() {
        // Long as in `usage` and `unit`, short as in `update`.
        [b'u', second, third, ..] => !is_vowel(second) && is_vowel(third) && !begins(&["unin", "unim", "uno"]),
        [b'e', b'u', ..] => true,
        _ => begins(&["one", "once"]),
    };
    let silent = begins(&["hour", "honest", "honor", "honour", "heir"]);
    if silent || word.as_bytes().first().is_some_and(is_vowel) && !spoken_long { "an" } else { "a" }
}

/// The name, with an underscore where TypeScript keeps it for itself.
pub(super) fn identifier(name: &str) -> String {
    TsIdent::new(name).map_or_else(|| name.to_owned(), |identifier| identifier.to_string())
}

/// A property of rows and bodies, which is also its name on the wire, and what a variable with its value is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub property: String,
    pub variable: String,
}

impl Key {
    pub(super) fn of(field: &Field) -> Self {
        Self { property: field.wire.clone(), variable: Naming::Camel.wire(&field.key()) }
    }

    /// The member of an object, or of a pattern, whose value the variable has.
    pub(super) fn member(&self) -> String {
        let Self { property, variable } = self;
        if property == variable { property.clone() } else { format!("{property}: {variable}") }
    }

    /// The variable's name as the end of another one: `TagIds`.
    pub(super) fn pascal(&self) -> String {
        capitalised(&self.variable)
    }
}

/// The properties that are no fields of a spec.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys(pub Naming);

impl Keys {
    /// The property of that name in the database.
    pub(super) fn key(self, snake: &str) -> Key {
        Key { property: self.0.wire(snake), variable: Naming::Camel.wire(snake) }
    }

    /// The property of a row that holds a value.
    pub(super) fn of(self, entity: &Entity, source: Source) -> Key {
        match source {
            Source::Field(id) => Key::of(entity.field(id)),
            Source::Id => self.key("id"),
            Source::Email => self.key("email"),
            Source::Role => self.key("role"),
            Source::CreatedAt => self.key("created_at"),
            Source::UpdatedAt => self.key("updated_at"),
        }
    }

    /// What the property is called.
    pub(super) fn name(self, snake: &str) -> String {
        self.0.wire(snake)
    }

    /// The member of an object, or of a pattern, whose value a variable of that name has.
    pub(super) fn member(self, snake: &str) -> String {
        self.key(snake).member()
    }
}

/// The property of a row that holds a field.
pub(super) fn field_property(field: &Field) -> String {
    field.wire.clone()
}

#[cfg(test)]
mod tests {
    use super::{Keys, article};
    use crate::model::Naming;

    #[test]
    fn variables_are_no_names_of_the_wire() {
        let written = |naming| (Keys(naming).name("tag_ids"), Keys(naming).member("tag_ids"));
        assert_eq!(written(Naming::Camel), ("tagIds".to_owned(), "tagIds".to_owned()));
        assert_eq!(written(Naming::Snake), ("tag_ids".to_owned(), "tag_ids: tagIds".to_owned()));
        assert_eq!(Keys(Naming::Snake).key("tag_ids").pascal(), "TagIds");
    }

    #[test]
    fn articles_are_as_words_are_spoken() {
        for word in ["user", "unit", "usage", "book", "european order", "one time code", "house"] {
            assert_eq!(article(word), "a", "{word}");
        }
        for word in ["update", "order line", "hour", "upload", "umbrella", "item", "uninstall"] {
            assert_eq!(article(word), "an", "{word}");
        }
    }
}
