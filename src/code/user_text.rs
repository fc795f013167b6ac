//! What a user wrote, before it is made safe for a place.

use std::fmt;

/// Free wording of a user. It has no `Display`: to print it, choose the type of the place it goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeText(String);

impl FreeText {
    /// Takes the wording as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The wording, for a type that makes it safe.
    pub fn raw(&self) -> &str {
        &self.0
    }
}

/// Lower-case words joined by hyphens, at most 63 characters; safe in every place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug(String);

impl Slug {
    /// The slug, if it is one.
    pub fn new(text: &str) -> Option<Self> {
        let words_fit = text
            .split('-')
            .all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
        let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
        (words_fit && begins && text.len() <= 63).then(|| Self(text.to_owned()))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
