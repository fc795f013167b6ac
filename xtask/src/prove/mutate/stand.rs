//! A project that is changed, built and asked, and then put back as it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use backsmith::contract::Plan;
use backsmith::project::Part;
use backsmith_suite::{Options, System};

use super::own_tests::{self, Tests};
use crate::prove::bed::{Bed, Configuration};
use crate::prove::cell::Cell;
use crate::prove::server::Server;
use crate::prove::user::is_root;
use crate::prove::{life, suite, tree};
use crate::report::Outcome;
use crate::task::{Log, Task};

/// The project of a starter, and what it is made from.
#[derive(Debug)]
pub(crate) struct Stand<'a> {
    /// The project.
    pub(crate) cell: &'a Cell<'a>,
    /// Its spec.
    pub(crate) spec: &'a str,
}

/// Files of a project that are not as they were generated.
pub(crate) type Changed = BTreeMap<String, String>;

impl Stand<'_> {
    /// Lays the project out as it was generated, and wants everything green, twice. Returns what was seen.
    pub(crate) fn control(&self, log: &Log) -> Result<Outcome> {
        let Cell { tree, recipe, workshop, meaning, .. } = self.cell;
        let project = self.cell.project();
        tree.lay_out(&project, recipe.packages)?;
        Task::of(&project, recipe.install)?.path(workshop.path).without("NODE_ENV").succeed(log)?;
        self.build(log)?;
        let mut seen = Outcome::counted(1, 0);
        for _ in 0..2 {
            for configuration in [Configuration::Test, Configuration::Production, Configuration::Costs] {
                let options = Options { configuration: configuration.of_suite() };
                let report = self.ask(configuration, log, |system| {
                    backsmith_suite::run(&meaning.contract, &meaning.model, system, options)
                })?;
                log.note(&report.to_string())?;
                ensure!(report.passed(), "the suite fails on the project as it was generated");
                seen.passed += u32::try_from(report.outcomes.len()).context("too many checks")?;
            }
            let tests = self.own_tests(log)?;
            ensure!(tests.failed.is_empty(), "its own tests fail as they were generated: {:?}", tests.failed);
            seen.passed += tests.passed;
        }
        Ok(seen)
    }

    /// The files that enforce a plan where they differ from the project's. Only the program itself may.
    pub(crate) fn enforcing(&self, plan: &Plan) -> Result<Changed> {
        let meaning = &self.cell.meaning;
        let truth = backsmith::render(self.spec, meaning, &meaning.contract.plan)?;
        let wrong = backsmith::render(self.spec, meaning, plan)?;
        let mut changed = Changed::new();
        for file in wrong.files() {
            let same = truth.files().iter().find(|known| known.path == file.path);
            let same = same.with_context(|| format!("{} is only there with another plan", file.path))?;
            if same.text != file.text {
                ensure!(file.part == Part::Source, "{} follows the plan that is enforced", file.path);
                changed.insert(file.path.to_string(), file.text.clone());
            }
        }
        ensure!(wrong.files().len() == truth.files().len(), "another plan has fewer files");
        ensure!(!changed.is_empty(), "no file differs: the rule is not rendered");
        Ok(changed)
    }

    /// Does something while files are changed.
    pub(crate) fn while_changed<T>(&self, changed: &Changed, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let project = self.cell.project();
        for (path, text) in changed {
            write(&project.join(path), text)?;
        }
        let done = work();
        for path in changed.keys() {
            write(&project.join(path), self.cell.tree.text(path)?)?;
        }
        done
    }

    /// Builds what is there.
    pub(crate) fn build(&self, log: &Log) -> Result<()> {
        let line = self.cell.recipe.build().context("a target that is not built")?;
        self.cell.own_task(line)?.succeed(log)?;
        if is_root() { tree::let_everybody_read(&self.cell.project()) } else { Ok(()) }
    }

    /// Asks the server of what was built.
    pub(crate) fn ask<T>(
        &self,
        configuration: Configuration,
        log: &Log,
        ask: impl FnOnce(&mut dyn System) -> T,
    ) -> Result<T> {
        suite::asking(&self.bed(configuration)?, self.cell.recipe, log, |system| Ok(ask(system)))
    }

    /// A place to run what was built.
    pub(crate) fn bed(&self, configuration: Configuration) -> Result<Bed> {
        let Cell { folder, workshop, stores, .. } = self.cell;
        Bed::make(&self.cell.project(), folder.join("bed"), workshop.path.to_owned(), *stores, configuration)
    }

    /// Boots the server and wants it to finish what has begun when it is asked to end.
    pub(crate) fn drains(&self, bed: &Bed, log: &Log) -> Result<u32> {
        let Cell { recipe, tree, .. } = self.cell;
        bed.run(recipe.development.migrate, &["up"], log)?;
        life::drains(Server::boot(bed, recipe.start, log)?, &life::open_path(tree)?, log)
    }

    /// Whether the project has a file.
    pub(crate) fn has(&self, file: &str) -> bool {
        self.cell.tree.text(file).is_ok()
    }

    /// Runs the project's own tests on what is there.
    pub(crate) fn own_tests(&self, log: &Log) -> Result<Tests> {
        let report = self.cell.recipe.test_report;
        let file = self.cell.project().join(report.file);
        if file.exists() {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
        self.cell.own_task(report.line)?.run(log)?;
        let json = fs::read_to_string(&file).with_context(|| format!("the tests wrote no {}", file.display()))?;
        own_tests::read(&json)
    }
}

fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}
