//! How names are written on the wire.

use super::EntityName;
use crate::code::capitalised;

/// The case of every name that clients read and write: members of JSON objects, query parameters, what they order by
/// and include, and the places of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Naming {
    /// `unitPrice`
    #[default]
    Camel,
    /// `unit_price`
    Snake,
}

impl Naming {
    /// The choice of that name.
    pub fn find(word: &str) -> Option<Self> {
        [Self::Camel, Self::Snake].into_iter().find(|naming| naming.word() == word)
    }

    /// Its word in a spec.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Camel => "camel",
            Self::Snake => "snake",
        }
    }

    /// What the rows of an entity are called together: `orderLines`.
    pub fn rows(self, entity: &EntityName) -> String {
        match self {
            Self::Camel => entity.plural_camel(),
            Self::Snake => entity.plural_snake(),
        }
    }

    /// A name of small letters, its words joined by underscores, as the wire writes it.
    pub fn wire(self, snake: &str) -> String {
        match self {
            Self::Camel => camel(snake),
            Self::Snake => snake.to_owned(),
        }
    }
}

/// `unit_price` → `unitPrice`
pub(super) fn camel(snake: &str) -> String {
    let mut words = snake.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &capitalised(word))
}

#[cfg(test)]
mod tests {
    use super::Naming;

    #[test]
    fn each_naming_has_its_word() {
        for naming in [Naming::Camel, Naming::Snake] {
            assert_eq!(Naming::find(naming.word()), Some(naming));
        }
        assert_eq!(Naming::find("kebab"), None);
    }

    #[test]
    fn names_are_written_in_one_case() {
        let table = [("id", "id"), ("unit_price2", "unitPrice2"), ("created_at", "createdAt")];
        for (snake, camel) in table {
            assert_eq!((Naming::Camel.wire(snake).as_str(), Naming::Snake.wire(snake).as_str()), (camel, snake));
        }
    }
}
