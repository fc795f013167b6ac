//! Names in every case the output needs.

use std::fmt;

use super::naming;
use crate::code::capitalised;

/// A field's, relation's or role's name: `[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*`, at most 40 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// The longest name in characters; layout and SQL rely on it.
    pub const MAX: usize = 40;

    /// The name, if it is one.
    pub fn new(text: &str) -> Option<Self> {
        let words_fit = text.split('_').all(|word| {
            word.starts_with(|first: char| first.is_ascii_lowercase())
                && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        (words_fit && text.len() <= Self::MAX).then(|| Self(text.to_owned()))
    }

    /// `unit_price`, as the spec and SQL write it.
    pub fn snake(&self) -> &str {
        &self.0
    }

    /// What one of several is called: `tag` for `tags`. Where the name ends like the plural of an entity, one of them
    /// is called like that entity.
    #[must_use]
    pub fn singular(&self, of: &EntityName) -> Self {
        let (start, last) = self.0.rsplit_once('_').map_or(("", self.0.as_str()), |(start, last)| (start, last));
        let of_entity = |plural: &String| plural.eq_ignore_ascii_case(last);
        let one = match (of.plural.last(), words(&of.singular).last()) {
            (Some(plural), Some(singular)) if of_entity(plural) => singular.to_ascii_lowercase(),
            _ => singular_of(last),
        };
        Self(if start.is_empty() { one } else { format!("{start}_{one}") })
    }

    /// `unitPrice`, as TypeScript writes it.
    pub fn camel(&self) -> String {
        naming::camel(&self.0)
    }

    /// `UnitPrice`, as types are called.
    pub fn pascal(&self) -> String {
        self.0.split('_').map(capitalised).collect()
    }

    /// `unit-price`, as paths and files are called.
    pub fn kebab(&self) -> String {
        self.0.replace('_', "-")
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An entity's name, singular and plural: `[A-Z][A-Za-z0-9]*`, at most 40 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityName {
    singular: String,
    /// The plural word by word, because `URLs` no longer shows that it is one word.
    plural: Vec<String>,
}

impl EntityName {
    /// The longest name in characters.
    pub const MAX: usize = 40;

    /// The name, if it is one; its plural is formed by the rules of English.
    pub fn new(text: &str) -> Option<Self> {
        let fits = text.len() <= Self::MAX
            && text.starts_with(|first: char| first.is_ascii_uppercase())
            && text.chars().all(|c| c.is_ascii_alphanumeric());
        fits.then(|| Self { singular: text.to_owned(), plural: pluralise(&words(text)) })
    }

    /// The same name with another plural, if that is one: `People`.
    #[must_use]
    pub fn with_plural(self, plural: &str) -> Option<Self> {
        let plural = Self::new(plural)?;
        Some(Self { plural: words(&plural.singular).into_iter().map(ToOwned::to_owned).collect(), ..self })
    }

    /// `OrderLine`
    pub fn pascal(&self) -> &str {
        &self.singular
    }

    /// `OrderLines`
    pub fn plural_pascal(&self) -> String {
        self.plural.concat()
    }

    /// `orderLine`
    pub fn camel(&self) -> String {
        lower_first(words(&self.singular))
    }

    /// `orderLines`
    pub fn plural_camel(&self) -> String {
        lower_first(self.plural.iter().map(String::as_str))
    }

    /// `order_line`
    pub fn snake(&self) -> String {
        words(&self.singular).join("_").to_ascii_lowercase()
    }

    /// `order_lines`, as tables are called.
    pub fn plural_snake(&self) -> String {
        self.plural.join("_").to_ascii_lowercase()
    }

    /// `order-line`, as files are called.
    pub fn kebab(&self) -> String {
        words(&self.singular).join("-").to_ascii_lowercase()
    }

    /// `order-lines`, as routes are called.
    pub fn plural_kebab(&self) -> String {
        self.plural.join("-").to_ascii_lowercase()
    }
}

impl fmt::Display for EntityName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.singular)
    }
}

/// `OrderLine` → `orderLine`, `URL` → `url`, `HTTPServer` → `httpServer`.
fn lower_first<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = words.into_iter();
    let first = words.next().unwrap_or_default().to_ascii_lowercase();
    words.fold(first, |name, word| name + word)
}

/// The words of a name in Pascal case; a run of capitals is one word up to the one that begins the next.
fn words(pascal: &str) -> Vec<&str> {
    let bytes = pascal.as_bytes();
    let begins = |i: usize| {
        bytes[i].is_ascii_uppercase()
            && (!bytes[i - 1].is_ascii_uppercase() || bytes.get(i + 1).is_some_and(u8::is_ascii_lowercase))
    };
    let mut starts: Vec<usize> = (1..bytes.len()).filter(|&i| begins(i)).collect();
    starts.insert(0, 0);
    starts.push(bytes.len());
    starts.windows(2).map(|pair| &pascal[pair[0]..pair[1]]).collect()
}

/// Last words whose plural no ending tells.
const IRREGULAR: &[(&str, &str)] = &[
    ("analysis", "analyses"),
    ("child", "children"),
    ("criterion", "criteria"),
    ("datum", "data"),
    ("foot", "feet"),
    ("half", "halves"),
    ("index", "indexes"),
    ("knife", "knives"),
    ("leaf", "leaves"),
    ("life", "lives"),
    ("man", "men"),
    ("medium", "media"),
    ("mouse", "mice"),
    ("person", "people"),
    ("quiz", "quizzes"),
    ("shelf", "shelves"),
    ("tooth", "teeth"),
    ("wife", "wives"),
    ("woman", "women"),
];

/// Last words that are their own plural.
const UNCOUNTED: &[&str] = &[
    "audio",
    "data",
    "equipment",
    "feedback",
    "information",
    "media",
    "metadata",
    "money",
    "news",
    "series",
    "species",
    "staff",
];

fn pluralise(words: &[&str]) -> Vec<String> {
    let mut plural: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
    if let Some(last) = plural.last_mut() {
        *last = plural_of(last);
    }
    plural
}

/// The singular of a lower-case word, or the word itself where no ending tells.
fn singular_of(word: &str) -> String {
    if let Some((singular, _)) = IRREGULAR.iter().find(|(_, plural)| *plural == word) {
        return (*singular).to_owned();
    }
    if UNCOUNTED.contains(&word) || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let hissing = ["sses", "xes", "zzes", "ches", "shes"].iter().any(|end| word.ends_with(end));
    let end = if hissing { "es" } else { "s" };
    word.strip_suffix(end).filter(|stem| !stem.is_empty()).unwrap_or(word).to_owned()
}

fn plural_of(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    if UNCOUNTED.contains(&lower.as_str()) {
        return word.to_owned();
    }
    if let Some((_, plural)) = IRREGULAR.iter().find(|(singular, _)| *singular == lower) {
        return capitalised(plural);
    }
    let before_y = lower.strip_suffix('y').and_then(|stem| stem.chars().last());
    if before_y.is_some_and(|c| c.is_ascii_alphabetic() && !"aeiou".contains(c)) {
        return format!("{}ies", &word[..word.len() - 1]);
    }
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| lower.ends_with(end));
    format!("{word}{}", if hissing { "es" } else { "s" })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn names_take_every_case() {
        let name = Name::new("unit_price2").unwrap();
        assert_eq!(
            (name.snake(), name.camel(), name.pascal(), name.kebab()),
            ("unit_price2", "unitPrice2".into(), "UnitPrice2".into(), "unit-price2".into())
        );
    }

    #[test]
    fn one_of_several_has_a_name() {
        let table = [
            ("tags", "Tag", "tag"),
            ("featured_tags", "Tag", "featured_tag"),
            ("courses", "Course", "course"),
            ("movies", "Movie", "movie"),
            ("children", "Person", "child"),
            ("main_people", "Person", "main_person"),
            ("categories", "Tag", "category"),
            ("boxes", "Tag", "box"),
            ("staff", "User", "staff"),
            ("s", "Tag", "s"),
        ];
        for (name, entity, one) in table {
            let name = Name::new(name).unwrap();
            assert_eq!(name.singular(&EntityName::new(entity).unwrap()).snake(), one);
        }
        let people = EntityName::new("Employee").unwrap().with_plural("Staff").unwrap();
        assert_eq!((people.plural_snake(), people.plural_kebab()), ("staff".into(), "staff".into()));
        assert_eq!(Name::new("staff").unwrap().singular(&people).snake(), "employee");
    }

    #[test]
    fn names_are_strict() {
        for bad in ["", "_a", "a_", "a__b", "A", "a-b", "1a", "a_1", "é", &"a".repeat(41)] {
            assert!(Name::new(bad).is_none(), "{bad}");
        }
        for bad in ["", "order", "Order_line", "1A", "É", &"A".repeat(41)] {
            assert!(EntityName::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn entities_take_every_case_and_their_plural() {
        let table = [
            ("OrderLine", "orderLine", "order_line", "order_lines", "order-lines"),
            ("Category", "category", "category", "categories", "categories"),
            ("Day", "day", "day", "days", "days"),
            ("Box", "box", "box", "boxes", "boxes"),
            ("SalesPerson", "salesPerson", "sales_person", "sales_people", "sales-people"),
            ("HTTPServer", "httpServer", "http_server", "http_servers", "http-servers"),
            ("URL", "url", "url", "urls", "urls"),
            ("Tag2", "tag2", "tag2", "tag2s", "tag2s"),
            ("News", "news", "news", "news", "news"),
        ];
        for (pascal, camel, snake, table, route) in table {
            let name = EntityName::new(pascal).unwrap();
            assert_eq!(
                (
                    name.camel().as_str(),
                    name.snake().as_str(),
                    name.plural_snake().as_str(),
                    name.plural_kebab().as_str()
                ),
                (camel, snake, table, route)
            );
        }
    }
}
