//! What is said about mistakes in specs, word for word: `tests/diagnostics/*.md`.
//!
//! Each case is a heading, a spec and the drawing of its problems. The fence of a spec may name a frame, so that a
//! case shows only what matters. `UPDATE_DIAGNOSTICS=1 cargo test --test diagnostics` draws them afresh.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use backsmith::model;
use backsmith::spec::{self, Code, Diagnostic, Limits, Style};

struct Case {
    title: String,
    frame: String,
    lines: String,
    drawing: String,
}

impl Case {
    /// The whole spec of a case.
    fn spec(&self) -> String {
        let head = "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\n";
        let indented = |blanks: usize| {
            let indent =
                |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("{}{line}\n", " ".repeat(blanks)) };
            visible_to_real(&self.lines).lines().map(indent).collect::<String>()
        };
        let review = "  Review:\n    owner: author\n    fields:\n      stars: integer 1..5\n      status: draft | published\n      \
                      author: User\n      editor: User?\n    access:\n";
        match self.frame.as_str() {
            "" => visible_to_real(&self.lines),
            "entities" => format!("{head}entities:\n{}", indented(2)),
            "fields" => format!("{head}entities:\n  Book:\n    fields:\n{}", indented(6)),
            "login" => format!("{head}auth: {{ roles: [staff] }}\nentities:\n{}", indented(2)),
            "rules" => format!("{head}auth: {{ roles: [staff] }}\nentities:\n{review}{}", indented(6)),
            other => panic!("no frame `{other}`"),
        }
    }
}

/// Characters that nobody should have to find in a fixture, and how they are written there.
const UNSEEN: [(&str, &str); 2] = [("<U+200B>", "\u{200b}"), ("<U+202E>", "\u{202e}")];

fn visible_to_real(text: &str) -> String {
    UNSEEN.iter().fold(text.to_owned(), |text, (visible, real)| text.replace(visible, real))
}

fn real_to_visible(text: &str) -> String {
    UNSEEN.iter().fold(text.to_owned(), |text, (visible, real)| text.replace(real, visible))
}

fn diagnostics(text: &str) -> Vec<Diagnostic> {
    let read = spec::read(text);
    let mut all = read.diagnostics;
    if let Some(spec) = &read.spec {
        let (model, problems) = model::resolve(spec);
        all.extend(problems);
        let is_fine = all.iter().all(|problem| !problem.is_error());
        assert!(!is_fine || model.is_some(), "no model and no error:\n{text}");
    }
    spec::in_order(all)
}

fn files() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn cases(file: &PathBuf) -> (String, Vec<Case>) {
    let text = fs::read_to_string(file).unwrap();
    let mut sections = text.split("\n## ");
    let head = sections.next().unwrap().trim_end().to_owned();
    let case = |section: &str| {
        let (title, rest) = section.split_once('\n').unwrap();
        let (_, rest) = rest.split_once("```yaml").unwrap();
        let (frame, rest) = rest.split_once('\n').unwrap();
        let (lines, rest) = rest.split_once("```\n").unwrap();
        let drawing =
            rest.split_once("```text\n").and_then(|(_, rest)| rest.split_once("```")).map_or("", |(text, _)| text);
        Case { title: title.trim().into(), frame: frame.trim().into(), lines: lines.into(), drawing: drawing.into() }
    };
    (head, sections.map(case).collect())
}

fn all_cases() -> Vec<Case> {
    files().iter().flat_map(|file| cases(file).1).collect()
}

#[test]
fn every_mistake_is_told_as_written_here() {
    let update = std::env::var_os("UPDATE_DIAGNOSTICS").is_some();
    for file in files() {
        let (head, cases) = cases(&file);
        let mut fresh = format!("{head}\n");
        for case in &cases {
            let text = case.spec();
            let drawing = real_to_visible(&spec::render(&diagnostics(&text), "backsmith.yaml", &text, Style::Plain));
            write!(fresh, "\n## {}\n\n```yaml {}", case.title, case.frame).unwrap();
            fresh.truncate(fresh.trim_end().len());
            write!(fresh, "\n{}```\n\n```text\n{drawing}```\n", case.lines).unwrap();
            assert!(update || drawing == case.drawing, "{}: {}\n{drawing}", file.display(), case.title);
        }
        if update {
            fs::write(&file, fresh).unwrap();
        }
    }
}

#[test]
fn every_case_has_a_problem_with_a_way_out() {
    for case in all_cases() {
        let text = case.spec();
        let problems = diagnostics(&text);
        assert!(!problems.is_empty(), "{}", case.title);
        for problem in problems {
            assert!(problem.message.ends_with('.'), "{}: {}", case.title, problem.message);
            let help = problem.help.unwrap_or_default();
            assert!(help.ends_with(['.', '?', ')']), "{}: {} {help:?}", case.title, problem.message);
            for label in problem.labels {
                assert!(text.get(label.span.start..label.span.end).is_some(), "{}: {:?}", case.title, label.span);
            }
        }
    }
}

#[test]
fn every_edit_takes_its_problem_away() {
    for case in all_cases() {
        let text = case.spec();
        let before = diagnostics(&text);
        for problem in before.iter().filter(|problem| !problem.edits.is_empty()) {
            let mended = apply(&text, problem);
            let same = |other: &Diagnostic| other.code == problem.code && other.message == problem.message;
            let count = |all: &[Diagnostic]| all.iter().filter(|other| same(other)).count();
            let after = diagnostics(&mended);
            assert!(after.len() <= before.len(), "{}: {}\n{mended}\n{after:#?}", case.title, problem.message);
            assert!(count(&after) < count(&before), "{}: {}\n{mended}\n{after:#?}", case.title, problem.message);
        }
    }
}

fn apply(text: &str, problem: &Diagnostic) -> String {
    let mut edits = problem.edits.clone();
    edits.sort_by_key(|edit| edit.span.start);
    let mut mended = text.to_owned();
    for edit in edits.iter().rev() {
        mended.replace_range(edit.span.start..edit.span.end, &edit.text);
    }
    mended
}

#[test]
fn every_kind_of_problem_has_a_case() {
    let mut told: BTreeSet<Code> =
        all_cases().iter().flat_map(|case| diagnostics(&case.spec())).map(|problem| problem.code).collect();
    told.extend(beyond_limits().iter().map(|(code, _)| *code));
    let silent: Vec<Code> = Code::ALL.into_iter().filter(|code| !told.contains(code)).collect();
    assert_eq!(silent, []);
}

/// Specs that are too large in one way each.
fn beyond_limits() -> Vec<(Code, String)> {
    let head = "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\nentities:\n";
    let entities = (0..=500).map(|n| format!("  E{n}:\n    fields: {{ a: string }}\n")).collect::<Vec<_>>().concat();
    let fields = (0..=200).map(|n| format!("      f{n}: string\n")).collect::<Vec<_>>().concat();
    let unknown = (0..300).map(|n| format!("      f{n}: strange\n")).collect::<Vec<_>>().concat();
    let wrong_lines = (0..30).map(|n| format!("k{n}: ]\n")).collect::<Vec<_>>().concat();
    vec![
        (Code::TooLarge, format!("# {}\n{head}", "x".repeat(256 * 1024))),
        (Code::TooManyEntities, format!("{head}{entities}")),
        (Code::TooManyFields, format!("{head}  Book:\n    fields:\n{fields}")),
        (Code::TooManyProblems, format!("{head}  Book:\n    fields:\n{unknown}")),
        (Code::TooManyProblems, wrong_lines),
        (Code::TooDeep, format!("{head}  Book: {}{}\n", "[".repeat(40), "]".repeat(40))),
        (Code::TooDeep, "[".repeat(100_000)),
    ]
}

#[test]
fn limits_are_told() {
    for (code, text) in beyond_limits() {
        let problems = diagnostics(&text);
        assert!(problems.iter().any(|problem| problem.code == code), "{code}: {problems:?}");
        assert!(problems.len() <= 201, "{code}");
    }
}

#[test]
fn limits_can_be_raised() {
    let text = beyond_limits().into_iter().find(|(code, _)| *code == Code::TooManyFields).unwrap().1;
    let read = spec::read_within(&text, &Limits { fields: 300, ..Limits::DEFAULT });
    assert_eq!(read.diagnostics, []);
}
