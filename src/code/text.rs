//! Raw text, which cannot be printed, and the small alphabets that may be printed anywhere.

/// Wording from a spec: anything at all. It has no `Display`, so a template cannot print it by mistake:
///
/// ```compile_fail
/// let text = backsmith::code::FreeText::new("*/ process.exit() /*");
/// println!("{text}");
/// ```
///
/// Nor can it become a word of the small alphabets:
///
/// ```compile_fail
/// let text = backsmith::code::FreeText::new("shop");
/// let slug: backsmith::code::Slug = text.into();
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FreeText(String);

impl FreeText {
    /// Wraps wording as it was written.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The wording itself, for checks and for data formats with a serializer of their own; never for a template.
    pub fn raw(&self) -> &str {
        &self.0
    }
}

/// Prints a newtype over its finished text: what it holds was made safe when it was made.
macro_rules! print_finished_text {
    ($($name:ident),+ $(,)?) => {$(
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl askama::FastWritable for $name {
            fn write_into(
                &self,
                target: &mut dyn std::fmt::Write,
                _values: &dyn askama::Values,
            ) -> askama::Result<()> {
                Ok(target.write_str(&self.0)?)
            }
        }

        impl $name {
            /// The finished text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    )+};
}
pub(super) use print_finished_text;

/// A lower-case name such as `book-shop`: safe in paths, shell, YAML, Dockerfiles, URLs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// Takes `[a-z][a-z0-9]*(-[a-z0-9]+)*`, at most 63 characters.
    pub fn new(text: &str) -> Option<Self> {
        let starts_well = text.starts_with(|c: char| c.is_ascii_lowercase());
        let words_are_plain = text
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        (starts_well && words_are_plain && text.len() <= 63).then(|| Self(text.to_owned()))
    }
}

/// A name of letters, digits and underscores that does not begin with a digit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// Takes `[A-Za-z_][A-Za-z0-9_]*`.
    pub fn new(text: &str) -> Option<Self> {
        let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        (starts_well && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')).then(|| Self(text.to_owned()))
    }
}

/// A value in a `.env` file. Its readers share no way of quoting, so there is none: only plain characters pass.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnvValue(String);

impl EnvValue {
    /// Takes `[A-Za-z0-9_./:@+=,-]*`.
    pub fn new(text: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"_./:@+=,-".contains(&b);
        text.bytes().all(plain).then(|| Self(text.to_owned()))
    }
}

print_finished_text!(Slug, Ident, EnvValue);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn slugs_are_words_joined_by_hyphens() {
        assert_eq!(Slug::new("book-shop2").unwrap().as_str(), "book-shop2");
        for bad in ["", "-a", "a-", "a--b", "A", "1a", "a_b", "a b", "ä", "a\n", "a.b", "a/../b"] {
            assert!(Slug::new(bad).is_none(), "{bad:?}");
        }
        assert!(Slug::new(&"a".repeat(64)).is_none());
    }

    #[test]
    fn identifiers_hold_no_punctuation() {
        assert!(Ident::new("_a9").is_some());
        for bad in ["", "9a", "a-b", "a b", "a$", "é", "a\n"] {
            assert!(Ident::new(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn environment_values_hold_nothing_a_reader_could_interpret() {
        assert!(EnvValue::new("file:./data/shop.db").is_some());
        assert!(EnvValue::new("").is_some());
        for bad in ["a b", "a#b", "a\"b", "a'b", "${A}", "a\\b", "a\nb", "`a`", "$A", "%A%", "!a", "a;b"] {
            assert!(EnvValue::new(bad).is_none(), "{bad:?}");
        }
    }
}
