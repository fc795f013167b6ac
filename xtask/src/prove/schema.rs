//! What the migrations build: the same after down and up again, and the same as the code's own idea of it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::bed::Bed;
use super::recipe::{Agreement, Recipe};
use super::tree::{Tree, digest_of_folder};
use crate::task::{Log, Task};

/// Prints what a database holds, and what a file of SQL would build, in one form.
#[derive(Debug)]
pub(crate) struct Catalogue<'a> {
    /// The folder of the program that reads databases.
    pub(crate) tools: &'a Path,
    /// The search path it is run with.
    pub(crate) path: &'a OsStr,
}

impl Catalogue<'_> {
    fn print(&self, what: &str, file: &Path, log: &Log) -> Result<String> {
        let script = self.tools.join("catalogue.mjs");
        let args = [script.as_os_str(), what.as_ref(), file.as_os_str()];
        let printed = Task::new(Path::new("/"), "node", args).path(self.path).succeed(log)?;
        Ok(printed.stdout)
    }
}

/// Up, down to nothing, and up again.
pub(crate) fn migrates(bed: &Bed, recipe: &Recipe, catalogue: &Catalogue, log: &Log) -> Result<u32> {
    let migrate = recipe.development.migrate;
    let database = database_file(bed)?;
    bed.run(migrate, &["up"], log)?;
    let first = catalogue.print("database", &database, log)?;
    ensure!(first.contains("\"table\""), "migrating up made no table");
    bed.run(migrate, &["up"], log)?;
    ensure!(catalogue.print("database", &database, log)? == first, "a second `up` changed something");
    bed.run(migrate, &["down"], log)?;
    let none = catalogue.print("database", &database, log)?;
    ensure!(!none.contains("\"table\""), "migrating down left something behind:\n{none}");
    bed.run(migrate, &["up"], log)?;
    ensure!(catalogue.print("database", &database, log)? == first, "up, down, up gave another schema");
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
    catalogue: &Catalogue,
    log: &Log,
) -> Result<u32> {
    let export = Task::of(project, agreement.export)?.path(catalogue.path).env("DATABASE_URL", bed.url());
    let file = bed.data().join("export.sql");
    fs::write(&file, export.succeed(log)?.stdout).with_context(|| format!("cannot write {}", file.display()))?;
    bed.run(recipe.development.migrate, &["up"], log)?;
    let migrated = catalogue.print("database", &database_file(bed)?, log)?;
    let exported = catalogue.print("sql", &file, log)?;
    if migrated != exported {
        log.note(&format!("the migrations build:\n{migrated}\nthe code describes:\n{exported}"))?;
    }
    ensure!(migrated == exported, "the migrations build another schema than the code describes");
    Ok(1)
}

/// The file of a database that is one.
pub(super) fn database_file(bed: &Bed) -> Result<PathBuf> {
    bed.url().strip_prefix("file:").map(Into::into).context("only a file's catalogue can be read")
}
