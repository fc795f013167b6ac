//! A project that is changed, built and asked, and then put back as it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use backsmith::contract::Plan;
use backsmith::project::Part;
use backsmith_suite::mutants::Verdict;
use backsmith_suite::{Options, System};

use super::Judge;
use super::own_tests::{self, Tests};
use super::record::Record;
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
    /// What was seen of it before.
    pub(crate) record: Record,
    /// What identifies the suite and its expectations.
    pub(crate) judges: String,
}

/// Files of a project that are not as they were generated.
pub(crate) type Changed = BTreeMap<String, String>;

impl Stand<'_> {
    /// Lays the project out as it was generated, and installs what it depends on unless that is there already.
    pub(crate) fn lay_out(&self, log: &Log) -> Result<()> {
        let Cell { folder, tree, recipe, workshop, .. } = self.cell;
        let (project, mark) = (self.cell.project(), folder.join("installed"));
        tree.lay_out(&project, recipe.packages)?;
        let wanted = tree.digest_of(recipe.manifest);
        let installed = fs::read_to_string(&mark).is_ok_and(|known| known == wanted);
        if !installed || !project.join(recipe.packages).is_dir() {
            Task::of(&project, recipe.install)?.path(workshop.path).without("NODE_ENV").succeed(log)?;
            fs::write(&mark, wanted).with_context(|| format!("cannot write {}", mark.display()))?;
        }
        Ok(())
    }

    /// Wants all that is to notice faults green on the project as it was generated, twice. Returns how often it was.
    pub(crate) fn control(&self, by: &[Judge], log: &Log) -> Result<Outcome> {
        let unchanged = Changed::new();
        let checks = || {
            self.build(log)?;
            self.all_checks(log)
        };
        for time in ["first", "second"] {
            let mut failed = Vec::new();
            if by.contains(&Judge::Suite) {
                let key = ["control", time, &self.judges, &self.key(&unchanged)];
                failed.extend(self.record.failures(&key, checks)?);
            }
            if by.contains(&Judge::OwnTests) {
                let key = ["control by own tests", time, &self.key(&unchanged)];
                failed.extend(self.record.failures(&key, || Ok(self.own_tests(log)?.failed))?);
            }
            ensure!(failed.is_empty(), "these fail on the project as it was generated: {}", failed.join("; "));
        }
        Ok(Outcome::counted(2, 0))
    }

    /// The ids of the checks that fail on the server of what was built, in every configuration.
    pub(crate) fn all_checks(&self, log: &Log) -> Result<Vec<String>> {
        let meaning = &self.cell.meaning;
        let mut failed = Vec::new();
        for configuration in [Configuration::Test, Configuration::Production, Configuration::Costs] {
            let options = Options { configuration: configuration.of_suite() };
            let report = self.ask(configuration, log, |system| {
                backsmith_suite::run(&meaning.contract, &meaning.model, system, options)
            })?;
            log.note(&report.to_string())?;
            failed.extend(report.failures().map(|outcome| outcome.id.clone()));
        }
        Ok(failed)
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
            let file = project.join(path);
            match self.cell.tree.text(path) {
                Ok(text) => write(&file, text)?,
                Err(_) => fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?,
            }
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

    /// The names of the project's own tests that fail while files are changed.
    pub(crate) fn failing_tests(&self, changed: &Changed, log: &Log) -> Result<Vec<String>> {
        let look = || self.while_changed(changed, || Ok(self.own_tests(log)?.failed));
        let failed = self.record.failures(&["own tests", &self.key(changed)], look)?;
        log.note(&format!("{} of its own tests fail:\n{}", failed.len(), failed.join("\n")))?;
        Ok(failed)
    }

    /// The ids of the checks that fail while files are changed; `look` runs them.
    pub(crate) fn failing_checks(
        &self,
        changed: &Changed,
        look: impl FnOnce() -> Result<Vec<String>>,
    ) -> Result<Vec<String>> {
        let look = || self.while_changed(changed, look);
        self.record.failures(&["suite", &self.judges, &self.key(changed)], look)
    }

    /// What the suite says of mutants while files are changed; `judge` runs it against the server of what was built.
    pub(crate) fn verdicts(
        &self,
        mutants: &str,
        changed: &Changed,
        log: &Log,
        judge: impl FnOnce(&mut dyn System) -> Result<Vec<Verdict>>,
    ) -> Result<Vec<Verdict>> {
        let look = || {
            self.while_changed(changed, || {
                self.build(log)?;
                self.ask(Configuration::Test, log, judge)?
            })
        };
        self.record.verdicts(&["verdicts", mutants, &self.judges, &self.key(changed)], look)
    }

    /// What identifies the project with changed files.
    fn key(&self, changed: &Changed) -> String {
        let changed = changed.iter().flat_map(|(path, text)| ["\0", path, "\0", text]);
        self.cell.tree.digest() + &changed.collect::<String>()
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
    fs::create_dir_all(file.parent().context("a file without a folder")?)?;
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}
