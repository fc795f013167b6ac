//! The record of what was proved, for the page to show.

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

/// Writes the record of all cells.
pub(crate) fn write(file: &Path, cells: &[Value]) -> Result<()> {
    let record = json!({ "version": env!("CARGO_PKG_VERSION"), "cells": cells });
    let text = format!("{}\n", serde_json::to_string_pretty(&record)?);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}
