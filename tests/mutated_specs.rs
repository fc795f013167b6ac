//! Whatever is typed, the reader answers: no panic, no endless loop, places inside the text.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use backsmith::spec::{self, Diagnostic, DiagnosticView, Style};
use backsmith::{model, starters};

/// A linear congruential generator: the same mutations on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

const WIDE: &str = r#"
backsmith: 1
name: wide
description: "Ünï 😀 'quoted'"
framework: express
database: sqlite
auth: { methods: [password], roles: "admin > staff, buyer", default_role: buyer }
entities:
  Author:
    fields:
      name: string 1..120 unique
      born: date?
      books: Book[] by author
    access: { read: anyone, write: staff }
  Book:
    owner: seller
    fields:
      title: 'string 1..200 = "New # one"'
      price: decimal(10,2) >= 0 < 1000
      status: draft | on_sale = draft
      tags: string[0..5] 1..30
      author: Author restrict
      seller: User?
      seen_at: datetime readonly = now
      note: { type: text?, length: 1..20, private: true }
      size: enum(S, "1.5")
    access:
      read: anyone when status = on_sale, owner, staff
      create: signed_in   # a comment
      write: owner when price < 10 and status = draft | on_sale
"#;

const JSON: &str = r#"{"backsmith": 1, "name": "j", "framework": "express", "database": "sqlite",
 "entities": {"A": {"fields": {"b": "string 1..2", "c": {"type": "integer", "default": 1}, "d": "A?"}}}}"#;

/// Signs that mean something somewhere.
const BITS: &[&str] = &[
    " ",
    "\n",
    "\t",
    ":",
    ": ",
    "-",
    "- ",
    "#",
    " #",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ",",
    "|",
    ">",
    "?",
    "!",
    "&a ",
    "*a",
    "'",
    "\"",
    "\\",
    "/",
    "..",
    "...",
    "=",
    "==",
    "->",
    "%",
    "@",
    "`",
    "~",
    "<<",
    "---\n",
    "é",
    "😀",
    "\u{200b}",
    "\u{0}",
    "\r",
    "\u{feff}",
    "\u{e000}",
    "0",
    "9999999999999999999999",
    "when ",
    "and ",
    "is null",
    "has (",
    "me",
    "by ",
    "Book",
    "User",
    "owner",
    "\n      ",
];

fn mutate(text: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=dice.below(4) {
        let at = dice.below(chars.len() + 1);
        let length = dice.below(12).min(chars.len() - at);
        match dice.below(4) {
            0 => drop(chars.drain(at..at + length)),
            1 => {
                let bit: Vec<char> = BITS[dice.below(BITS.len())].chars().collect();
                chars.splice(at..at, bit);
            }
            2 => {
                let piece: Vec<char> = chars[at..at + length].to_vec();
                let to = dice.below(chars.len() + 1);
                chars.splice(to..to, piece);
            }
            _ => {
                let bit: Vec<char> = BITS[dice.below(BITS.len())].chars().collect();
                chars.splice(at..at + length, bit);
            }
        }
    }
    chars.into_iter().collect()
}

fn check(text: &str) -> Vec<Diagnostic> {
    let read = spec::read(text);
    let mut all = read.diagnostics;
    let mut understood = false;
    if let Some(spec) = &read.spec {
        let (model, problems) = model::resolve(spec);
        understood = model.is_some();
        all.extend(problems);
    }
    let has_errors = all.iter().any(Diagnostic::is_error);
    assert!(understood || has_errors, "neither a model nor an error:\n{text}");
    for problem in &all {
        let labels = problem.labels.iter().map(|label| label.span);
        for span in labels.chain(problem.edits.iter().map(|edit| edit.span)) {
            assert!(text.get(span.start..span.end).is_some(), "{problem:?}\n{text:?}");
        }
    }
    all
}

#[test]
fn the_wide_specs_are_understood() {
    for text in [WIDE, JSON] {
        assert_eq!(check(text), []);
    }
}

#[test]
fn whatever_is_typed_is_answered() {
    let mut dice = Dice(20_261_121);
    let texts: Vec<&str> = starters::all().iter().map(|starter| starter.spec).chain([WIDE, JSON]).collect();
    for round in 0..1200 {
        let text = mutate(texts[round % texts.len()], &mut dice);
        let problems = check(&text);
        if round % 20 == 0 {
            let drawn = spec::render(&problems, "backsmith.yaml", &text, Style::Plain);
            assert!(problems.iter().all(|problem| drawn.contains(problem.code.name())));
            let units = text.encode_utf16().count();
            let views = DiagnosticView::all(&problems, &text);
            assert!(views.iter().flat_map(|view| &view.labels).all(|label| label.end <= units));
        }
    }
}

#[test]
fn every_beginning_of_a_spec_is_answered() {
    for (end, _) in WIDE.char_indices() {
        check(&WIDE[..end]);
    }
}

#[test]
fn the_largest_specs_are_answered_in_time() {
    let size = 250 * 1024;
    let filled = |bit: &str| bit.repeat(size / bit.len());
    let texts = [
        "a: b\n", "a:\n", "- ", "[", "{a: ", "a: [\n", "a: ]\n", "\"", "&a ", "a b\n", "\t", "\u{200b}", " a: b\n",
        "'", "? ", "|\n", "#",
    ];
    for text in texts.map(filled) {
        let start = std::time::Instant::now();
        check(&text);
        let seconds = start.elapsed().as_secs();
        assert!(seconds < 20, "{seconds} s for {:?}…", &text[..8.min(text.len())]);
    }
}
