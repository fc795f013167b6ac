#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::spec::vocabulary::{Place, Word};

const SPEC: &str = "\
backsmith: 1
name: shop
framework: express
database: sqlite
auth: { roles: \"admin > staff\" }
entities:
  Book:
    description: What is on sale.
    fields:
      title: string 1..200
      status: draft | on_sale = draft
      reviews: Review[] by book
    access: { read: anyone, write: staff }
  Review:
    owner: author
    fields:
      book: Book cascade
      author: User
      note: string?
    access:
      read: anyone
      update: owner
";

/// The labels offered where `│` stands.
fn offered(text: &str) -> Vec<String> {
    let at = text.find('│').unwrap_or_else(|| panic!("no cursor in {text}"));
    let found = complete(&text.replacen('│', "", 1), at);
    found.map(|found| found.options.into_iter().map(|option| option.label).collect()).unwrap_or_default()
}

/// The spec with one of its lines written differently.
fn with(line: &str, instead: &str) -> String {
    assert_eq!(SPEC.matches(line).count(), 1, "{line}");
    SPEC.replacen(line, instead, 1)
}

#[test]
fn keys_are_those_of_the_place_that_are_not_there_yet() {
    let top = offered(&format!("{SPEC}│\n"));
    assert_eq!(top.first().map(String::as_str), Some("description"), "{top:?}");
    assert!(!top.contains(&"name".to_owned()), "{top:?}");
    assert_eq!(offered(&with("      update: owner", "      up│")), ["update"]);
    assert_eq!(
        offered(&with("      update: owner", "      update: owner\n      │")),
        ["write", "list", "get", "create", "delete"]
    );
    assert_eq!(offered(&with("    owner: author", "    ow│ner: author")), ["owner"]);
    let entity = offered(&with("    owner: author", "    owner: author\n    d│"));
    assert!(entity.contains(&"description".to_owned()), "{entity:?}");
}

#[test]
fn keys_between_braces() {
    assert_eq!(offered(&with("{ read: anyone, write: staff }", "{ read: anyone, │ }"))[0], "write");
    assert_eq!(offered(&with("{ read: anyone, write: staff }", "{ de│, read: anyone }")), ["delete"]);
    assert_eq!(offered(&with("{ roles: \"admin > staff\" }", "{ roles: [staff], def│ }")), ["default_role"]);
}

#[test]
fn a_key_is_written_with_what_follows_it() {
    let insert = |text: &str| {
        let at = text.find('│').unwrap();
        complete(&text.replacen('│', "", 1), at).unwrap().options[0].insert.clone()
    };
    assert_eq!(insert(&with("      update: owner", "      up│")), "update: ");
    assert_eq!(insert(&with("      update: owner", "      up│: owner")), "update");
    let access = "    access:\n      read: anyone\n      update: owner\n";
    assert_eq!(insert(&with(access, "    acc│\n")), "access:\n      ");
}

#[test]
fn rules_take_grants_and_roles() {
    let all = ["anyone", "signed_in", "owner", "nobody", "admin", "staff"];
    assert_eq!(offered(&with("update: owner", "update: │")), all);
    assert_eq!(offered(&with("update: owner", "update: owner, │")), all);
    assert_eq!(offered(&with("update: owner", "update: owner, st│")), ["staff"]);
    assert_eq!(offered(&with("write: staff }", "write: si│ }")), ["signed_in"]);
    assert_eq!(offered(&with("update: owner", "update: owner │")), ["when"]);
    assert!(offered(&with("update: owner", "update: owner│")).is_empty());
}

#[test]
fn conditions_take_fields_signs_and_values() {
    let read = |rule: &str| offered(&with("{ read: anyone, write: staff }", &format!("{{ read: {rule} }}")));
    assert_eq!(read("anyone when │"), ["title", "status", "reviews"]);
    assert_eq!(read("anyone when status = │"), ["draft", "on_sale"]);
    assert_eq!(read("anyone when status = draft | │"), ["draft", "on_sale"]);
    assert_eq!(read("anyone when status = draft │"), ["and"]);
    assert_eq!(read("anyone when reviews has (│"), ["book", "author", "note"]);
    assert_eq!(read("anyone when reviews has (book.│"), ["title", "status", "reviews"]);
    let update = |rule: &str| offered(&with("update: owner", &format!("update: {rule}")));
    assert_eq!(update("owner when note │"), ["=", "!=", "is null", "is not null"]);
    assert_eq!(update("owner when author = │"), ["me"]);
    assert_eq!(update("owner when book.status = o│"), ["on_sale"]);
}

#[test]
fn fields_take_types_then_parts() {
    let field = |line: &str| offered(&with("note: string?", &format!("note: {line}")));
    let types = field("│");
    assert_eq!(types.first().map(String::as_str), Some("string"));
    assert!(["Book", "Review", "User"].iter().all(|name| types.contains(&(*name).to_owned())), "{types:?}");
    assert!(types.iter().all(|name| Place::Type.find(name).is_none_or(Word::is_available)), "{types:?}");
    assert_eq!(field("Bo│"), ["boolean", "Book"]);
    assert!(field("string 1..20 │").contains(&"unique".to_owned()));
    assert_eq!(field("a | b = │"), ["a", "b"]);
    assert_eq!(field("boolean = t│"), ["true"]);
    assert!(field("string = \"│").is_empty());
    assert!(field("string(│").is_empty());
    assert_eq!(offered(&with("Review[] by book", "Review[] by │")), ["book"]);
}

#[test]
fn other_values() {
    assert_eq!(offered(&with("owner: author", "owner: │")), ["author"]);
    assert_eq!(offered(&with("framework: express", "framework: ex│")), ["express"]);
    assert!(offered(&with("name: shop", "name: │")).is_empty());
    assert!(offered(&with("name: shop", "name: shop # │")).is_empty());
    let long = offered(&with("note: string?", "note: { type: string, unique: │ }"));
    assert_eq!(long, ["true", "false"]);
}

#[test]
fn a_cursor_anywhere_is_no_reason_to_stop() {
    let text = with("What is on sale.", "Bücher – 📚.");
    for at in 0..=text.len() + 1 {
        let _ = complete(&text, at);
        let _ = explain(&text, at);
    }
    assert_eq!(complete("", 0).unwrap().options[0].label, "backsmith");
}

#[test]
fn words_are_explained_where_they_stand() {
    let meaning = |line: &str, word: &str| {
        let at = SPEC.find(line).unwrap() + line.find(word).unwrap() + 1;
        explain(SPEC, at).map(|found| (SPEC[found.span.start..found.span.end].to_owned(), found.help))
    };
    let word = |place: Place, name: &str| Some((name.to_owned(), place.find(name).unwrap().help.to_owned()));
    assert_eq!(meaning("update: owner", "update"), word(Place::Access, "update"));
    assert_eq!(meaning("update: owner", "owner"), word(Place::Grant, "owner"));
    assert_eq!(meaning("owner: author", "owner"), word(Place::Entity, "owner"));
    assert_eq!(meaning("title: string", "string"), word(Place::Type, "string"));
    assert_eq!(meaning("book: Book cascade", "cascade"), word(Place::Part, "cascade"));
    assert_eq!(meaning("framework: express", "express"), word(Place::Framework, "express"));
    assert_eq!(meaning("book: Book", "Book").unwrap().1, "What is on sale.");
    assert_eq!(meaning("write: staff", "staff").unwrap().1, "A role of this spec.");
    assert_eq!(meaning("name: shop", "shop"), None);
    assert_eq!(meaning("title: string", "title"), None);
}

#[test]
fn a_choice_is_written_where_it_belongs() {
    let apply = |text: &str, word, choice| {
        let edit = choose(text, word, choice)?;
        let mut text = text.to_owned();
        text.replace_range(edit.span.start..edit.span.end, &edit.text);
        Some(text)
    };
    let switched = apply(SPEC, "database", "postgresql").unwrap();
    assert_eq!(switched, with("database: sqlite", "database: postgresql"));
    assert_eq!(apply(SPEC, "database", "sqlite"), None);
    let without = with("database: sqlite\n", "");
    let added = apply(&without, "database", "sqlite").unwrap();
    assert!(added.contains("framework: express\ndatabase: sqlite\nauth:"), "{added}");
    let json = apply("{\"name\": \"a\"}", "database", "sqlite").unwrap();
    assert!(super::super::read(&json).spec.unwrap().database.value().is_some(), "{json}");
    assert_eq!(choose("- a", "database", "sqlite"), None);
}
