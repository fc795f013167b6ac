//! What an entity is called in TypeScript.

use crate::code::TsIdent;
use crate::contract::Source;
use crate::model::{Entity, Field, Type};

/// File stems that an app has for itself.
const STEMS: &[&str] = &["auth", "auth-session", "auth-user", "health", "index", "list-query", "server"];

/// Types that a file about an entity's rows uses beside the row's own.
const TYPES: &[&str] = &[
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
    "Partial",
    "Principal",
    "Problem",
    "Promise",
    "Reader",
    "Record",
    "Request",
    "Response",
    "Role",
    "Set",
    "Shown",
    "String",
    "Symbol",
    "Transaction",
    "Uint8Array",
];

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
        let kebab = name.kebab();
        let pascal = name.pascal().to_owned();
        let words = kebab.replace('-', " ");
        Self {
            stem: if STEMS.contains(&kebab.as_str()) { format!("{kebab}-entity") } else { kebab },
            row: if TYPES.contains(&pascal.as_str()) { format!("{pascal}Row") } else { pascal.clone() },
            table: identifier(&name.plural_camel()),
            camel: name.camel(),
            pascal,
            phrase: format!("{} {words}", article(&words)),
        }
    }
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

/// The property of a row that holds a value, which is also its name on the wire.
pub(super) fn property(entity: &Entity, source: Source) -> String {
    match source {
        Source::Id => "id".to_owned(),
        Source::Field(id) => field_property(entity.field(id)),
        Source::Email => "email".to_owned(),
        Source::Role => "role".to_owned(),
        Source::CreatedAt => "createdAt".to_owned(),
        Source::UpdatedAt => "updatedAt".to_owned(),
    }
}

/// The property of a row that holds a field.
pub(super) fn field_property(field: &Field) -> String {
    match &field.ty {
        Type::Reference(_) => format!("{}Id", field.name.camel()),
        Type::Many(many) => format!("{}Ids", many.one.camel()),
        Type::Scalar(_) | Type::List { .. } => field.name.camel(),
    }
}

/// `password_hash` → `passwordHash`
pub(super) fn camel(snake: &str) -> String {
    let mut words = snake.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let mut letters = word.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        name + &capital.into_iter().chain(letters).collect::<String>()
    })
}

#[cfg(test)]
mod tests {
    use super::article;

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
