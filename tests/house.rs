//! The house keeps its shape: rooms import only from rooms before them, and templates decide nothing.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of `src`, each before those that may import it.
const ROOMS: [&str; 12] = [
    "code",
    "memo",
    "spec",
    "model",
    "contract",
    "storage",
    "features",
    "starters",
    "reference",
    "project",
    "targets",
    "delivery",
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// The sources of a room that are compiled into the library, without their tests.
fn library(folder: &Path) -> Vec<(PathBuf, String)> {
    let sources: Vec<(PathBuf, String)> =
        files(folder).into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect();
    let tests: Vec<PathBuf> = sources.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    let library = sources.into_iter().filter(|(path, _)| !tests.contains(path));
    library.map(|(path, text)| (path, text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned())).collect()
}

/// The files of the modules that a source declares for tests alone.
fn test_modules(path: &Path, text: &str) -> Vec<PathBuf> {
    let beside = if path.ends_with("mod.rs") { path.parent().unwrap().to_owned() } else { path.with_extension("") };
    let declared = text.split("#[cfg(test)]\nmod ").skip(1).filter_map(|rest| rest.split_once(';'));
    declared.map(|(name, _)| beside.join(format!("{name}.rs"))).collect()
}

#[test]
fn rooms_import_only_from_rooms_before_them() {
    let mut wrong = Vec::new();
    for (place, room) in ROOMS.iter().enumerate() {
        for (file, code) in library(&root("src").join(room)) {
            for later in &ROOMS[place + 1..] {
                if code.contains(&format!("crate::{later}")) {
                    wrong.push(format!("{} imports {later}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn targets_know_nothing_of_each_other() {
    let targets: Vec<&str> = backsmith::targets::ALL.iter().map(|target| target.id).collect();
    for (file, code) in library(&root("src/targets")) {
        let own = targets.iter().find(|id| file.starts_with(root("src/targets").join(id)));
        let Some(own) = own else { continue };
        for other in targets.iter().filter(|id| id != &own) {
            assert!(!code.contains(&format!("targets::{other}")), "{} knows {other}", file.display());
        }
    }
}

/// What a template branches on is a typed value of its context, never the name of a feature, a database or a target.
#[test]
fn templates_test_nothing_by_name() {
    let features = backsmith::features::ALL.iter().map(|feature| feature.id);
    let databases = backsmith::storage::Database::ALL.into_iter().map(backsmith::storage::Database::id);
    let targets = backsmith::targets::ALL.iter().map(|target| target.id);
    let names: Vec<&str> = features.chain(databases).chain(targets).collect();
    let mut wrong = Vec::new();
    for file in files(&root("templates")) {
        let text = fs::read_to_string(&file).unwrap();
        for tag in text.split("⟦%").skip(1).filter_map(|rest| rest.split("%⟧").next()) {
            let branches = tag.contains("if ") || tag.contains("match ") || tag.contains("when ");
            let words: Vec<&str> = tag.split(|c: char| !c.is_ascii_alphanumeric()).collect();
            if branches && names.iter().any(|name| words.contains(name)) {
                wrong.push(format!("{}: {}", file.display(), tag.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
