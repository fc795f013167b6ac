//! The record of what was proved, for the page to show.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::report::{Report, Row};

/// One cell's entry: what was generated, and how many checks of each step passed.
pub(crate) fn entry(target: &str, database: &str, starter: &str, tree: &str, proof: &Report) -> Value {
    let steps = proof
        .rows()
        .iter()
        .map(|Row { name, outcome, .. }| json!({ "step": name, "passed": outcome.passed, "failed": outcome.failed }));
    let sum = |count: fn(&Row) -> u32| proof.rows().iter().map(count).sum::<u32>();
    json!({
        "target": target,
        "database": database,
        "starter": starter,
        "tree": tree,
        "proven": proof.is_green(),
        "passed": sum(|row| row.outcome.passed),
        "failed": sum(|row| row.outcome.failed),
        "steps": steps.collect::<Vec<_>>(),
    })
}

/// Puts entries into the record, in place of what it knew of the same cells.
pub(crate) fn write(file: &Path, entries: Vec<Value>) -> Result<()> {
    let known: Value = serde_json::from_str(&fs::read_to_string(file).unwrap_or_default()).unwrap_or_default();
    let known = known.get("cells").and_then(Value::as_array).cloned().unwrap_or_default();
    let cells: BTreeMap<[String; 3], Value> = known.into_iter().chain(entries).map(|cell| (key(&cell), cell)).collect();
    let cells: Vec<Value> = cells.into_values().collect();
    let record = json!({ "version": env!("CARGO_PKG_VERSION"), "cells": cells });
    let text = format!("{}\n", serde_json::to_string_pretty(&record)?);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

/// What an entry is about.
fn key(cell: &Value) -> [String; 3] {
    ["target", "database", "starter"].map(|word| cell.get(word).and_then(Value::as_str).unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use serde_json::{Value, json};

    use super::write;

    #[test]
    fn a_cell_that_is_proved_again_replaces_its_entry() {
        let file = std::env::temp_dir().join(format!("backsmith-record-{}.json", std::process::id()));
        let cell =
            |target: &str, passed: u32| json!({ "target": target, "database": "d", "starter": "s", "passed": passed });
        write(&file, vec![cell("b", 1), cell("a", 2)]).unwrap();
        write(&file, vec![cell("b", 3)]).unwrap();
        let record: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(record["cells"], json!([cell("a", 2), cell("b", 3)]));
        fs::remove_file(&file).unwrap();
    }
}
