//! One cell, step by step.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use backsmith::Compiled;
use sha2::{Digest, Sha256};

use super::bed::{Bed, Configuration};
use super::commands;
use super::fuzz::{self, Caller};
use super::life;
use super::lint;
use super::memory::Memory;
use super::recipe::{Check, Counts, Database, Kind, Recipe};
use super::schema;
use super::server::Server;
use super::store::Stores;
use super::suite;
use super::tree::{self, Tree};
use super::user::is_root;
use crate::report::{Outcome, Report, Verdict};
use crate::task::{Log, Task};
use crate::test::{check, tests};

/// What a cell is proved with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Workshop<'a> {
    /// The search path of every command.
    pub(crate) path: &'a OsStr,
    /// The program of Schemathesis.
    pub(crate) schemathesis: &'a Path,
    /// The folder of the programs that judge what surrounds a project's source.
    pub(crate) linters: &'a Path,
    /// How many questions it asks about each operation.
    pub(crate) examples: u32,
    /// What identifies the judges: when they change, they judge again.
    pub(crate) judges: &'a str,
}

/// One target on one database, made from one spec.
#[derive(Debug)]
pub(crate) struct Cell<'a> {
    /// Where it is proved.
    pub(crate) folder: PathBuf,
    /// What was generated.
    pub(crate) tree: Tree,
    /// What its spec means.
    pub(crate) meaning: Compiled,
    /// The commands of the target.
    pub(crate) recipe: &'static Recipe,
    /// The database.
    pub(crate) database: &'static Database,
    /// Where its rows lie.
    pub(crate) stores: Stores<'a>,
    /// What it is proved with.
    pub(crate) workshop: Workshop<'a>,
}

/// A cell that is being proved.
struct Proof<'a> {
    cell: &'a Cell<'a>,
    project: PathBuf,
    digest: String,
    memory: Memory,
    report: Report,
}

impl Cell<'_> {
    /// The folder of the project.
    pub(crate) fn project(&self) -> PathBuf {
        self.folder.join("project")
    }

    /// A command of a developer, in the project's folder.
    pub(crate) fn own_task(&self, line: &[&str]) -> Result<Task> {
        let mut task = Task::of(&self.project(), line)?.clean().path(self.workshop.path).env("CI", "true");
        for name in ["HOME", "TMPDIR", "LANG"] {
            if let Some(value) = std::env::var_os(name) {
                task = task.env(name, OsString::from(&value));
            }
        }
        if let Some(url) = self.stores.url_for_tests() {
            task = task.env("DATABASE_URL", url);
        }
        Ok(task.env("NO_COLOR", "1"))
    }

    /// Does every step, those whose inputs changed anew.
    pub(crate) fn prove(&self, logs: PathBuf) -> Result<Report> {
        fs::create_dir_all(&self.folder).with_context(|| format!("cannot make {}", self.folder.display()))?;
        let mut proof = Proof {
            cell: self,
            project: self.project(),
            digest: self.tree.digest(),
            memory: Memory::open(&self.folder.join("steps.json")),
            report: Report::new(logs),
        };
        proof.lay_out()?;
        if proof.install()?.verdict == Verdict::Failed {
            return Ok(proof.report);
        }
        proof.lint()?;
        let mut built = true;
        for check in self.recipe.checks {
            built &= proof.check(check)?.verdict != Verdict::Failed || check.leaves.is_none();
        }
        if built {
            proof.run()?;
        }
        Ok(proof.report)
    }
}

impl Proof<'_> {
    /// Puts the files in place, unless they are there already. What a failed run left locked is opened.
    fn lay_out(&self) -> Result<()> {
        let mark = self.cell.folder.join("tree");
        if fs::read_to_string(&mark).is_ok_and(|known| known == self.digest) && self.project.is_dir() {
            return Ok(());
        }
        if self.project.is_dir() && !is_root() {
            tree::set_writable(&self.project, true)?;
        }
        self.cell.tree.lay_out(&self.project, self.cell.recipe.packages)?;
        fs::write(&mark, &self.digest).with_context(|| format!("cannot write {}", mark.display()))
    }

    fn install(&mut self) -> Result<Outcome> {
        let Recipe { install, manifest, packages, .. } = *self.cell.recipe;
        let inputs = self.cell.tree.digest_of(manifest);
        let (project, path) = (self.project.clone(), self.cell.workshop.path.to_owned());
        self.step("install", &[&inputs, &install.join(" ")], Some(packages), |log| {
            let outcome = check(&Task::of(&project, install)?.path(&path).without("NODE_ENV"), log)?;
            if is_root() {
                tree::let_everybody_read(&project)?;
            }
            Ok(outcome)
        })
    }

    fn lint(&mut self) -> Result<Outcome> {
        let (project, digest) = (self.project.clone(), self.digest.clone());
        let Workshop { linters, judges, .. } = self.cell.workshop;
        self.step("containers and workflow", &[&digest, judges], None, |log| lint::surroundings(&project, linters, log))
    }

    fn check(&mut self, what: &Check) -> Result<Outcome> {
        let task = self.cell.own_task(what.line)?;
        let digest = self.digest.clone();
        self.step(what.name, &[&digest, &what.line.join(" ")], what.leaves, |log| match what.counts {
            Counts::One => check(&task, log),
            Counts::Tests => tests(&task, log),
        })
    }

    /// The steps in which the project runs as it does for its users.
    fn run(&mut self) -> Result<()> {
        if is_root() {
            tree::let_everybody_read(&self.project)?;
        }
        let cell = self.cell;
        let (path, stores) = (cell.workshop.path, cell.stores);
        self.living("migrate up, down, up", Configuration::Test, |bed, log| schema::migrates(bed, cell.recipe, log))?;
        let project = self.project.clone();
        self.living("code and migrations agree", Configuration::Test, |bed, log| {
            let agreement = &cell.database.agreement;
            let drift = schema::has_no_drift(&cell.tree, &project, agreement, path, log)?;
            Ok(drift + schema::agrees(bed, cell.recipe, &project, agreement, stores, log)?)
        })?;
        let has_users = cell.meaning.model.auth.is_some();
        self.living("refuse bad configuration", Configuration::Production, |bed, log| {
            life::refuses_bad_configuration(bed, cell.recipe, has_users, log)
        })?;
        self.living("boot and drain (production)", Configuration::Production, |bed, log| {
            bed.run(cell.recipe.production.migrate, &["up"], log)?;
            life::drains(Server::boot(bed, cell.recipe.start, log)?, &life::open_path(&cell.tree)?, log)
        })?;
        if let (Kind::PostgresqlServer, Stores::Server(server)) = (cell.database.kind, stores) {
            self.living("database stops and comes back (production)", Configuration::Production, |bed, log| {
                life::outlives_its_database(bed, cell.recipe, server, log)
            })?;
        }
        self.living("seed", Configuration::Test, |bed, log| commands::seeds(bed, cell, log))?;
        self.living("requests.http", Configuration::Test, |bed, log| {
            suite::requests(bed, cell.recipe, cell.tree.text("requests.http")?, log)
        })?;
        if has_users {
            self.living("create-admin (production)", Configuration::Production, |bed, log| {
                commands::creates_an_admin(bed, cell, log)
            })?;
        }
        self.counting("suite (test)", Configuration::Test, |bed, log| {
            suite::run(bed, cell.recipe, &cell.meaning, log)
        })?;
        self.counting("suite (production)", Configuration::Production, |bed, log| {
            suite::run(bed, cell.recipe, &cell.meaning, log)
        })?;
        self.counting("suite (costs)", Configuration::Costs, |bed, log| {
            suite::run(bed, cell.recipe, &cell.meaning, log)
        })?;
        self.counting("comparison with the reference", Configuration::Test, |bed, log| {
            suite::compare(bed, cell.recipe, &cell.meaning, log)
        })?;
        for caller in fuzz::callers(&cell.tree)? {
            self.fuzz(&caller)?;
        }
        Ok(())
    }

    fn fuzz(&mut self, caller: &Caller) -> Result<()> {
        let cell = self.cell;
        let folder = cell.folder.join("schemathesis");
        self.counting(&format!("schemathesis: {}", caller.name), Configuration::Test, |bed, log| {
            bed.run(cell.recipe.development.migrate, &["up"], log)?;
            bed.run(cell.recipe.development.seed, &[], log)?;
            let server = Server::boot(bed, cell.recipe.start, log)?;
            let folder = tree::fresh(folder.join(caller.name.replace(' ', "-")))?;
            let outcome = fuzz::ask(&cell.workshop, &server, &cell.meaning, caller, &folder, log)?;
            server.stop()?;
            Ok(outcome)
        })?;
        Ok(())
    }

    /// A step with a bed of its own that says how many things it saw.
    fn living(
        &mut self,
        name: &str,
        configuration: Configuration,
        work: impl FnOnce(&Bed, &Log) -> Result<u32>,
    ) -> Result<Outcome> {
        self.counting(name, configuration, |bed, log| Ok(Outcome::counted(work(bed, log)?, 0)))
    }

    /// A step with a bed of its own.
    fn counting(
        &mut self,
        name: &str,
        configuration: Configuration,
        work: impl FnOnce(&Bed, &Log) -> Result<Outcome>,
    ) -> Result<Outcome> {
        let Cell { folder, stores, workshop, .. } = self.cell;
        let place = folder.join("beds").join(name.replace([' ', ':', ','], "-"));
        let (project, digest) = (self.project.clone(), self.digest.clone());
        let examples = workshop.examples.to_string();
        self.step(name, &[&digest, workshop.judges, &examples], None, |log| {
            let bed = Bed::make(&project, place, workshop.path.to_owned(), *stores, configuration)?;
            work(&bed, log)
        })
    }

    /// A step that is not done again while its inputs are the same and what it left is there.
    fn step(
        &mut self,
        name: &str,
        inputs: &[&str],
        leaves: Option<&str>,
        work: impl FnOnce(&Log) -> Result<Outcome>,
    ) -> Result<Outcome> {
        let key = format!("{:x}", Sha256::digest(inputs.join("\n")));
        let there = leaves.is_none_or(|folder| self.project.join(folder).is_dir());
        if let Some(count) = self.memory.recall(name, &key).filter(|_| there) {
            return self.report.step(name, |_| Ok(Outcome::unchanged(count)));
        }
        self.memory.forget(name)?;
        let outcome = self.report.step(name, work)?;
        if outcome.verdict == Verdict::Passed {
            self.memory.keep(name, &key, outcome.passed)?;
        }
        Ok(outcome)
    }
}
