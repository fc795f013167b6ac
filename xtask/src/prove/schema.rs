//! What the migrations build: the same after down and up again, and the same as the code's own idea of it.

use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Result, ensure};

use super::bed::Bed;
use super::recipe::{Agreement, Recipe};
use super::store::Stores;
use super::tree::{Tree, digest_of_folder};
use crate::task::{Log, Task};

/// Up, down to nothing, and up again.
pub(crate) fn migrates(bed: &Bed, recipe: &Recipe, log: &Log) -> Result<u32> {
    let migrate = recipe.development.migrate;
    let catalogue = || bed.store().catalogue(bed, log);
    bed.run(migrate, &["up"], log)?;
    let first = catalogue()?;
    ensure!(first.contains("\"table\""), "migrating up made no table");
    bed.run(migrate, &["up"], log)?;
    ensure!(catalogue()? == first, "a second `up` changed something");
    bed.run(migrate, &["down"], log)?;
    let none = catalogue()?;
    ensure!(none.trim().is_empty(), "migrating down left something behind:\n{none}");
    bed.run(migrate, &["up"], log)?;
    ensure!(catalogue()? == first, "up, down, up gave another schema");
    Ok(4)
}

/// The tool sees nothing to migrate and writes nothing.
pub(crate) fn has_no_drift(tree: &Tree, project: &Path, agreement: &Agreement, path: &OsStr, log: &Log) -> Result<u32> {
    let folder = project.join(agreement.folder);
    let before = digest_of_folder(&folder)?;
    let said = Task::of(project, agreement.generate)?.path(path).succeed(log);
    let untouched = digest_of_folder(&folder)? == before;
    if !untouched {
        tree.restore(project, agreement.folder)?;
    }
    ensure!(said?.stdout.contains(agreement.says), "the tool did not say `{}`", agreement.says);
    ensure!(untouched, "the tool wrote into {}", agreement.folder);
    Ok(2)
}

/// A database built straight from the code is the one that the migrations build.
pub(crate) fn agrees(
    bed: &Bed,
    recipe: &Recipe,
    project: &Path,
    agreement: &Agreement,
    stores: Stores,
    log: &Log,
) -> Result<u32> {
    let export = Task::of(project, agreement.export)?.path(bed.path()).env("DATABASE_URL", bed.url());
    let sql = export.succeed(log)?.stdout;
    bed.run(recipe.development.migrate, &["up"], log)?;
    let migrated = bed.store().catalogue(bed, log)?;
    let exported = stores.catalogue_of(&sql, bed, log)?;
    ensure!(migrated == exported, "the migrations build another schema than the code describes:\n{exported}");
    Ok(1)
}
