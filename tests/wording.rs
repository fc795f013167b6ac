//! Hostile wording in every place of a spec that takes free text: the project is the same as with harmless wording,
//! but for what stands inside of strings and comments.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "../src/code/text_corpus.rs"]
mod text_corpus;

use std::collections::BTreeMap;

use backsmith::{Request, generate};
use serde_json::Value;
use text_corpus::HOSTILE;

/// Where a spec takes free text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Of the project, of an entity and of a field.
    Descriptions,
    Default,
}

/// A spec with a text in its place.
fn spec(place: Place, text: &str) -> String {
    let description = if place == Place::Descriptions { text } else { "A thing of the shop." }.replace('\'', "''");
    let quote = if text.contains('"') { '\'' } else { '"' };
    let default = if place == Place::Default { format!("{quote}{text}{quote}") } else { "\"new\"".to_owned() };
    let default = default.replace('\'', "''");
    format!(
        "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\ndescription: '{description}'\n\
         auth: {{ roles: staff }}\nentities:\n  Book:\n    description: '{description}'\n    fields:\n\
         \x20     title: 'string 0..400 = {default}'\n\
         \x20     state: {{ type: draft | open, description: '{description}' }}\n\
         \x20     author: User\n    access:\n      read: anyone when state = open, staff\n      write: staff\n",
    )
}

/// What remains of every file without its wording; `None` for a spec that is refused.
fn skeletons(spec: &str) -> Option<BTreeMap<String, String>> {
    let generated = generate(&Request::new(spec)).unwrap().result?;
    let skeleton = |file: &backsmith::project::File| {
        let path = file.path.as_str();
        let text = match path.rsplit('.').next() {
            Some("ts") => code(&file.text, "//", Some("/*"), &['"', '\'', '`'], '\\'),
            Some("sql") => code(&file.text, "--", None, &['\''], '\''),
            Some("json") => blank(&serde_json::from_str(&file.text).unwrap()).to_string(),
            Some("md") => file.text.lines().filter(|line| line.starts_with(['#', '`', '|', '-', '<'])).collect(),
            Some("yaml") => String::new(),
            Some("html") => tags(&file.text),
            _ => file.text.clone(),
        };
        (path.to_owned(), text)
    };
    Some(generated.project.files().iter().map(skeleton).collect())
}

/// Source without comments, without what its strings say and without what a formatter adds and takes away.
fn code(text: &str, line_comment: &str, block_comment: Option<&str>, quotes: &[char], escape: char) -> String {
    let mut kept = String::new();
    let mut rest = text;
    let mut before = '(';
    while let Some(c) = rest.chars().next() {
        if rest.starts_with(line_comment) {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if block_comment.is_some_and(|open| rest.starts_with(open)) {
            rest = &rest[rest.find("*/").expect("a comment ends") + 2..];
        } else if quotes.contains(&c) {
            // Which quotes a formatter prefers depends on those inside.
            kept.push(if c == '`' { c } else { '"' });
            before = c;
            rest = behind_string(&rest[1..], c, escape);
        } else if c == '/' && block_comment.is_some() && "(=,:[!&|?{};".contains(before) {
            let behind = behind_pattern(&rest[1..]);
            kept.push_str(&rest[..rest.len() - behind.len()]);
            before = c;
            rest = behind;
        } else {
            if !c.is_whitespace() {
                before = c;
                kept.extend((!",;()".contains(c)).then_some(c));
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    kept
}

/// What follows the string whose content begins here.
fn behind_string(text: &str, quote: char, escape: char) -> &str {
    let mut chars = text.char_indices().peekable();
    while let Some((place, c)) = chars.next() {
        let escapes = c == escape && (escape != quote || chars.peek().is_some_and(|(_, next)| *next == quote));
        if escapes {
            chars.next();
        } else if c == quote {
            return &text[place + 1..];
        }
    }
    panic!("a string that does not end: {quote}{text}")
}

/// What follows the regular expression whose content begins here.
fn behind_pattern(text: &str) -> &str {
    let mut in_class = false;
    let mut chars = text.char_indices();
    while let Some((place, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return &text[place + 1..],
            _ => {}
        }
    }
    panic!("a regular expression that does not end: /{text}")
}

/// The tags of a page.
fn tags(page: &str) -> String {
    page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// JSON with empty strings for values.
fn blank(value: &Value) -> Value {
    match value {
        Value::String(_) => Value::from(""),
        Value::Array(items) => items.iter().map(blank).collect(),
        Value::Object(members) => members.iter().map(|(key, member)| (key.clone(), blank(member))).collect(),
        other => other.clone(),
    }
}

#[test]
fn hostile_wording_stays_where_wording_belongs() {
    for place in [Place::Descriptions, Place::Default] {
        let harmless = skeletons(&spec(place, "plain")).unwrap();
        let mut accepted = 0;
        for text in HOSTILE.iter().filter(|text| !text.is_empty()) {
            let Some(found) = skeletons(&spec(place, text)) else { continue };
            accepted += 1;
            for (path, skeleton) in &harmless {
                assert_eq!(found.get(path), Some(skeleton), "{path}, {place:?}, {text:?}");
            }
            assert_eq!(found.len(), harmless.len(), "{place:?}, {text:?}");
        }
        assert!(accepted > 50, "only {accepted} texts were accepted in {place:?}");
    }
}

#[test]
fn the_comparison_sees_code_that_escapes() {
    let harmless = code("const a = \"plain\"; // plain", "//", Some("/*"), &['"'], '\\');
    assert_eq!(code("const a = \"it's\"; // a", "//", Some("/*"), &['"'], '\\'), harmless);
    assert_ne!(code("const a = \"a\"; exit() // a\"", "//", Some("/*"), &['"'], '\\'), harmless);
    assert_ne!(code("const a = \"plain\"; /* */ exit()", "//", Some("/*"), &['"'], '\\'), harmless);
    let quoted = code("default 'a'", "--", None, &['\''], '\'');
    assert_eq!(code("default 'it''s'", "--", None, &['\''], '\''), quoted);
    assert_ne!(code("default ''; drop table a; --'", "--", None, &['\''], '\''), quoted);
}
