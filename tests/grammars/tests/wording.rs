//! Hostile wording in every place of a spec that takes free text: the project is the same as with harmless wording,
//! but for what stands inside of strings and comments.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "../../../src/code/text_corpus.rs"]
mod text_corpus;

use std::collections::BTreeMap;

use backsmith::project::File;
use backsmith::{Request, generate};
use backsmith_grammars::{Language, Parsed};
use text_corpus::HOSTILE;

/// Where a spec takes free text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Of the project, of an entity and of a field.
    Descriptions,
    /// Of an entity and of a field.
    Labels,
    Default,
    /// Every character of the text stands for itself.
    Pattern,
}

/// A spec with a text in its place.
fn spec(place: Place, text: &str) -> String {
    let stands = |here: Place, otherwise: &str| {
        let text = if place == here { text } else { otherwise };
        text.replace('\'', "''")
    };
    let (description, label) = (stands(Place::Descriptions, "A thing of the shop."), stands(Place::Labels, "Thing"));
    let quote = if text.contains('"') { '\'' } else { '"' };
    let default = if place == Place::Default { format!("{quote}{text}{quote}") } else { "\"new\"".to_owned() };
    let default = default.replace('\'', "''");
    let pattern = if place == Place::Pattern { escaped(text) } else { "[a-z]{5}".to_owned() }.replace('\'', "''");
    format!(
        "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\ndescription: '{description}'\n\
         auth: {{ roles: staff }}\nentities:\n  Book:\n    description: '{description}'\n    label: '{label}'\n    \
         fields:\n\
         \x20     title: 'string 0..400 = {default}'\n\
         \x20     code: 'string 1..400 /{pattern}/'\n\
         \x20     state: {{ type: draft | open, description: '{description}', label: '{label}' }}\n\
         \x20     author: User\n    access:\n      read: anyone when state = open, staff\n      write: staff\n",
    )
}

/// The pattern that only this text matches.
fn escaped(text: &str) -> String {
    let escape = |c: char| if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] };
    text.chars().flat_map(escape).collect()
}

/// What remains of every file without its wording; `None` for a spec that is refused.
fn shapes(spec: &str) -> Option<BTreeMap<String, String>> {
    let generated = generate(&Request::new(spec)).unwrap().result?;
    let shape = |file: &File| {
        let path = file.path.as_str();
        let shape = match Language::of(path) {
            // The spec itself is what differs.
            _ if path == "backsmith.yaml" => String::new(),
            Some(language) => Parsed::of(language, &file.text).unwrap().shape(),
            None => file.text.clone(),
        };
        (path.to_owned(), shape)
    };
    Some(generated.project.files().iter().map(|file| shape(file)).collect())
}

/// Compares the projects of every hostile text with that of a harmless one.
fn assert_stays_in_its_literals(place: Place) {
    let harmless = shapes(&spec(place, "plain")).unwrap();
    let mut accepted = 0;
    for text in HOSTILE.iter().filter(|text| !text.trim().is_empty()) {
        let Some(found) = shapes(&spec(place, text)) else { continue };
        accepted += 1;
        for (path, shape) in &harmless {
            let differs = found[path].lines().zip(shape.lines()).enumerate().find(|(_, (is, was))| is != was);
            assert_eq!(differs, None, "{path}, {place:?}, {text:?}");
            assert_eq!(found[path].len(), shape.len(), "{path}, {place:?}, {text:?}");
        }
        assert_eq!(found.len(), harmless.len(), "{place:?}, {text:?}");
    }
    assert!(accepted > 50, "only {accepted} texts were accepted in {place:?}");
}

#[test]
fn hostile_descriptions_stay_descriptions() {
    assert_stays_in_its_literals(Place::Descriptions);
}

#[test]
fn hostile_labels_stay_labels() {
    assert_stays_in_its_literals(Place::Labels);
}

#[test]
fn hostile_defaults_stay_defaults() {
    assert_stays_in_its_literals(Place::Default);
}

#[test]
fn hostile_patterns_stay_patterns() {
    assert_stays_in_its_literals(Place::Pattern);
}

#[test]
fn the_comparison_sees_code_that_escapes() {
    let shape = |language, text| Parsed::of(language, text).unwrap().shape();
    let harmless = shape(Language::TypeScript, "const a = \"plain\"; // plain\n");
    assert_eq!(shape(Language::TypeScript, "const a = 'it\\'s'; // a\n"), harmless);
    assert_ne!(shape(Language::TypeScript, "const a = \"a\"; exit() // a\"\n"), harmless);
    assert_ne!(shape(Language::TypeScript, "const a = \"plain\"; /* */ exit()\n"), harmless);
    let quoted = shape(Language::Sql, "CREATE TABLE a (b TEXT DEFAULT 'a');\n");
    assert_eq!(shape(Language::Sql, "CREATE TABLE a (b TEXT DEFAULT 'it''s');\n"), quoted);
    assert_ne!(shape(Language::Sql, "CREATE TABLE a (b TEXT DEFAULT ''); DROP TABLE a; --');\n"), quoted);
}
