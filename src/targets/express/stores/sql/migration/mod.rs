//! Migrations in drizzle-kit's format, with its snapshot, and the way back.

pub(super) mod postgresql;
pub(super) mod sqlite;

use serde_json::json;

use crate::code::indented_json;
use crate::project::Part;
use crate::storage::Storage;
use crate::targets::express::files::fixed;
use crate::targets::{Draft, RenderError};

use super::dialect::Migrations;

const BREAKPOINT: &str = "--> statement-breakpoint";

/// The first migration.
pub(super) fn files(storage: &Storage, migrations: &Migrations) -> Result<Vec<Draft>, RenderError> {
    let Migrations { dialect, version, up, down, snapshot } = migrations;
    let up: Vec<String> = up(storage).into_iter().map(|statement| statement + ";").collect();
    let down: Vec<String> = down(storage).into_iter().map(|statement| statement + ";\n").collect();
    // The migrator skips what is not later than the last migration that it applied, so the first one is at 1.
    let journal = json!({
        "version": "7",
        "dialect": dialect,
        "entries": [{ "idx": 0, "version": version, "when": 1, "tag": "0000_init", "breakpoints": true }],
    });
    Ok(vec![
        fixed("drizzle/0000_init.sql", Part::Migration, up.join(&format!("\n{BREAKPOINT}\n")) + "\n")?,
        fixed("drizzle/0000_init.down.sql", Part::Migration, down.concat())?,
        fixed("drizzle/meta/_journal.json", Part::Migration, indented_json(&journal))?,
        fixed("drizzle/meta/0000_snapshot.json", Part::Migration, indented_json(&snapshot(storage)))?,
    ])
}
