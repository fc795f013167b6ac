//! Every file of every project can be read with the grammar of its language.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::path::Path;

use backsmith::storage::Database;
use backsmith::{Request, generate, starters};
use backsmith_grammars::{Language, Parsed};

/// What the grammars cannot read of a spec's project: file, line and text.
fn unreadable(name: &str, spec: &str) -> Vec<String> {
    // The grammar of SQL knows little of PostgreSQL's dialect, which only PostgreSQL itself reads.
    let request = Request { database: Some(Database::Sqlite), ..Request::new(spec) };
    let outcome = generate(&request).unwrap();
    let Some(generated) = outcome.result else { panic!("{name} is refused: {:?}\n{spec}", outcome.diagnostics) };
    let mut found = Vec::new();
    for file in generated.project.files() {
        let path = file.path.as_str();
        let Some(language) = Language::of(path) else { continue };
        let problems = Parsed::of(language, &file.text).unwrap().problems();
        found.extend(problems.iter().map(|(line, text)| format!("{name}: {path}:{line}: {text}")));
    }
    found
}

#[test]
fn starters_can_be_read() {
    let found: Vec<String> = starters::all().iter().flat_map(|starter| unreadable(starter.id, starter.spec)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn projects_of_unusual_specs_can_be_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for folder in ["specs", "suite/tests/specs"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "yaml") {
                found.extend(unreadable(&path.display().to_string(), &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn random_projects_can_be_read() {
    let found: Vec<String> =
        (0..40).flat_map(|seed| unreadable(&format!("seed {seed}"), &backsmith_workload::random(seed))).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_cannot_be_read_is_found() {
    let broken = Parsed::of(Language::TypeScript, "const a = \"it\"s\";\n").unwrap();
    assert_eq!(broken.problems(), [(1, "const a = \"it\"s\";".to_owned())]);
    assert_eq!(Parsed::of(Language::Sql, "CREATE TABEL a (b TEXT);\n").unwrap().problems().len(), 1);
}
