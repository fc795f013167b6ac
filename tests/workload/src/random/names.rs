//! Random names and wording.

use std::collections::BTreeSet;

use crate::numbers::Numbers;

/// The longest name that the language allows.
pub(super) const LONGEST: usize = 40;

/// Names with a meaning of their own in some place of a spec.
const TAKEN: &[&str] = &[
    "user",
    "id",
    "createdat",
    "updatedat",
    "constructor",
    "valueof",
    "tostring",
    "null",
    "true",
    "false",
    "is",
    "has",
    "me",
    "and",
    "or",
    "not",
    "when",
    "owner",
    "anyone",
    "nobody",
    "signedin",
    "now",
    "refresh",
    "login",
    "by",
    "desc",
    "through",
];

const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";

/// What a person might write who means no harm, and some who do.
const WORDING: &[&str] = &[
    "the",
    "store",
    "\"quoted\"",
    "it's",
    "${x}",
    "über",
    "long",
    "*/",
    "@ts-nocheck",
    "漢字",
    "back\\slash",
    "<b>",
    "`tick`",
    "biome-ignore",
    "</script>",
    "%{x}",
    "{{ y }}",
    "-- +goose",
    "--> statement-breakpoint",
    "$$",
    ":name",
    "%s",
    "#",
    "//go:embed",
];

/// Names that no two things share, whatever the case.
#[derive(Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// A name of letters and underscores.
    pub(super) fn fresh(&mut self, numbers: &mut Numbers, longest: usize) -> String {
        loop {
            let name = word(numbers, longest);
            let plain = name.replace('_', "");
            // Derived forms add an ending, so names that differ by one only could meet, and so could a name that is one.
            let stem = plain.trim_end_matches(['s', 'e']);
            if !TAKEN.contains(&plain.as_str()) && !stem.is_empty() && self.0.insert(stem.to_owned()) {
                return name;
            }
        }
    }
}

/// Lower-case letters, now and then in two parts.
pub(super) fn word(numbers: &mut Numbers, longest: usize) -> String {
    let extreme = [1, 2, 3, longest.saturating_sub(2), longest.saturating_sub(1), longest];
    let length = if numbers.chance(70) { numbers.between(1, longest) } else { *numbers.one_of(&extreme) }.max(1);
    let mut word: String = (0..length).map(|_| char::from(*numbers.one_of(LETTERS))).collect();
    if length > 6 && numbers.chance(50) {
        let place = numbers.between(2, length - 3);
        word.replace_range(place..=place, "_");
    }
    word
}

/// Some words, quoted for YAML.
pub(super) fn wording(numbers: &mut Numbers) -> String {
    let count = numbers.between(1, 14);
    let words: Vec<&str> = (0..count).map(|_| *numbers.one_of(WORDING)).collect();
    format!("'{}'", words.join(" ").replace('\'', "''"))
}
