//! Garbage, and much of it: one clear answer, soon, without memory for more than the input.
#![cfg(all(feature = "cli", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use backsmith::{check, starters};

/// A file of this test's own.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("limits");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path
}

/// The command line with so many kilobytes of address space.
#[cfg(target_os = "linux")]
fn check_within(kilobytes: usize, path: &Path) -> Output {
    let script = format!("ulimit -v {kilobytes} && exec \"$0\" check \"$1\"");
    let program = env!("CARGO_BIN_EXE_backsmith");
    Command::new("sh").args(["-c", &script, program]).arg(path).output().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_hundred_megabytes_are_refused_in_little_memory() {
    const MEGABYTE: usize = 1024 * 1024;
    let path = file("large.yaml", "a: b # and more\n".repeat(100 * MEGABYTE / 16).as_bytes());
    let output = check_within(64 * 1024, &path);
    fs::remove_file(path).unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.matches("error").count(), 1, "{said}");
    assert!(said.contains("longer than 256 kB"), "{said}");
}

#[test]
fn what_is_no_text_is_refused() {
    let path = file("bytes.yaml", &[0xFF, 0xFE, 0x00, 0x80].repeat(1000));
    let output = Command::new(env!("CARGO_BIN_EXE_backsmith")).arg("check").arg(path).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("UTF-8"), "{said}");
}

#[test]
fn ten_thousand_levels_are_one_problem() {
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let deep = format!("backsmith: 1\nname: {}{}\n", open.repeat(10_000), close.repeat(10_000));
        let problems = check(&deep);
        let codes: Vec<&str> = problems.iter().map(|problem| problem.code.name()).collect();
        assert_eq!(codes, ["too-deep"], "{open}");
    }
}

#[test]
fn a_bomb_of_aliases_is_not_lit() {
    let mut bomb = String::from("backsmith: 1\na: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, before) in ('b'..='z').zip('a'..='y') {
        let uses = vec![format!("*{before}"); 9].join(", ");
        writeln!(bomb, "{name}: &{name} [{uses}]").unwrap();
    }
    let problems = check(&bomb);
    assert!(problems.iter().any(|problem| problem.code.name() == "anchor"), "{problems:?}");
}

#[test]
fn garbage_of_any_kind_is_answered() {
    let bookshop = starters::find("bookshop").unwrap().spec;
    for garbage in ["\0".repeat(1000), "]".repeat(1000), ": ".repeat(1000), "- ".repeat(1000), "'".repeat(999)] {
        assert!(!check(&garbage).is_empty(), "{garbage:.20}");
        let spoiled = bookshop.replace("string 1..200", &garbage);
        assert!(!check(&spoiled).is_empty(), "{garbage:.20}");
    }
}

/// Each line with a mistake ends with a number and the code that is expected there.
const TWENTY_MISTAKES: &str = include_str!("limits/twenty-mistakes.yaml");

/// Each mend of such a line once asked for another pair of quotes around the last, and so doubled them.
#[test]
fn what_was_put_in_quotes_is_not_put_in_quotes_again() {
    let spec = "  Book:\n    own   or\n    fields:      stars: integer 1..5\n";
    let problems = backsmith::check(spec);
    let quotes = problems.iter().filter(|problem| problem.code == backsmith::spec::Code::NeedsQuotes).count();
    assert!(quotes <= 1 && problems.len() < 12, "{problems:#?}");
}

#[test]
fn twenty_mistakes_are_twenty_problems_in_their_places() {
    let line_of = |offset: usize| TWENTY_MISTAKES[..offset].matches('\n').count();
    let expected: Vec<(usize, &str)> = TWENTY_MISTAKES
        .lines()
        .enumerate()
        .filter_map(|(line, text)| Some((line, text.split_once("# mistake: ")?.1)))
        .collect();
    assert_eq!(expected.len(), 20);
    let problems = check(TWENTY_MISTAKES);
    let found: Vec<(usize, &str)> = problems
        .iter()
        .map(|problem| (line_of(problem.labels.first().map_or(0, |label| label.span.start)), problem.code.name()))
        .collect();
    assert_eq!(found, expected, "{problems:#?}");
}
