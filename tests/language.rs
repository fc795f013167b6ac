//! What `docs/language.md` teaches is true: its examples are specs, and its list of words is the vocabulary.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use backsmith::spec::vocabulary::Place;
use backsmith::spec::{Code, Style, render};

/// What stands around an example that is only part of a spec.
const HEAD: &str = "backsmith: 1\nname: example\nframework: express\ndatabase: sqlite\n\
                    auth: { roles: \"admin > staff\" }\nentities:\n";

/// Set, the list of words is written anew.
const UPDATE: &str = "BACKSMITH_UPDATE";

struct Example {
    line: usize,
    kind: String,
    text: String,
}

fn page() -> String {
    fs::read_to_string(path()).unwrap()
}

fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/language.md")
}

fn examples(page: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut open: Option<Example> = None;
    for (index, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some(Example { line: index + 1, kind: info.to_owned(), text: String::new() }),
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(example), None) => {
                example.text.push_str(line);
                example.text.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

fn indented(text: &str, by: usize) -> String {
    let blanks = " ".repeat(by);
    text.lines().flat_map(|line| [blanks.as_str(), line, "\n"]).collect()
}

/// The whole spec of an example.
fn spec(example: &Example) -> String {
    match example.kind.trim_end_matches(" later") {
        "yaml" | "yaml wrong" => example.text.clone(),
        "yaml entities" => format!("{HEAD}{}", indented(&example.text, 2)),
        "yaml fields" => {
            let access = "    access: { read: anyone, write: staff }\n";
            format!("{HEAD}  Example:\n    fields:\n{}{access}", indented(&example.text, 6))
        }
        other => panic!("line {}: `{other}` is no kind of example", example.line),
    }
}

#[test]
fn every_example_is_a_spec() {
    let examples = examples(&page());
    assert!(examples.len() > 12, "{}", examples.len());
    for example in examples {
        let spec = spec(&example);
        let problems = backsmith::check(&spec);
        let errors: Vec<_> = problems.into_iter().filter(backsmith::spec::Diagnostic::is_error).collect();
        let drawn = render(&errors, "docs/language.md", &spec, Style::Plain);
        let later = errors.iter().filter(|error| error.code == Code::NotYetAvailable).count();
        let wanted = match example.kind.as_str() {
            "yaml wrong" => !errors.is_empty(),
            // What is part of the language but not built says so, and nothing else is wrong with it.
            kind if kind.ends_with(" later") => later > 0 && later == errors.len(),
            _ => errors.is_empty(),
        };
        assert!(wanted, "the example of line {}:\n{drawn}", example.line);
    }
}

#[test]
fn the_list_of_words_is_the_vocabulary() {
    let (start, end) = ("<!-- words -->\n", "<!-- end of words -->");
    let page = page();
    let (before, rest) = page.split_once(start).unwrap();
    let (listed, after) = rest.split_once(end).unwrap();
    if std::env::var_os(UPDATE).is_some() {
        fs::write(path(), format!("{before}{start}{}{end}{after}", words())).unwrap();
        return;
    }
    assert_eq!(listed, words(), "run this test with {UPDATE}=1 to write the list anew");
}

fn words() -> String {
    let mut text = String::new();
    for (place, heading) in [
        (Place::Top, "The spec"),
        (Place::Auth, "`auth`"),
        (Place::Entity, "An entity"),
        (Place::Access, "`access`"),
        (Place::Grant, "Access rules"),
        (Place::Type, "Types"),
        (Place::Part, "Behind a type"),
        (Place::FieldMap, "A field's long form"),
    ] {
        writeln!(text, "\n### {heading}\n\n| word | takes | meaning | example |\n|---|---|---|---|").unwrap();
        for word in place.words() {
            let cell = |text: &str| text.replace('|', "\\|");
            let help = match (word.default, word.is_available()) {
                (_, false) => format!("{} Not available yet.", word.help),
                (Some(default), true) => format!("{} Default: {default}.", word.help),
                (None, true) => word.help.to_owned(),
            };
            let takes = cell(&word.takes.noun());
            writeln!(text, "| `{}` | {takes} | {} | `{}` |", word.name, cell(&help), cell(word.example)).unwrap();
        }
    }
    text.push('\n');
    text
}
