//! Servers that are wrong on purpose: the suite must notice each, and so must the project's own tests.

mod edits;
mod express;
mod own_tests;
mod rules;
mod stand;

use anyhow::{Context, Result};
use backsmith_suite::mutants::Verdicts;
use clap::{Args, ValueEnum};

use self::edits::Edits;
use self::stand::Stand;
use super::cell::{Cell, Workshop};
use super::recipe::{self, Kind};
use super::store::Stores;
use super::tree::Tree;
use super::{generate, user};
use crate::places::Places;
use crate::report::{Outcome, Report};
use crate::task::Log;
use crate::tools::Tools;

/// Which projects are made wrong.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The target.
    #[arg(long, default_value = "express")]
    target: String,
    /// The starters, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "bookshop")]
    starters: Vec<String>,
    /// What is made wrong, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "rules,fixed")]
    faults: Vec<Faults>,
}

/// A kind of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Faults {
    /// Access rules of the spec.
    Rules,
    /// Guards that every server has.
    Fixed,
}

/// Tries every mutant of the starters, prints a table, and says whether none survived.
pub(crate) fn run(places: &Places, arguments: &Arguments) -> Result<bool> {
    let report = mutate(places, &mut Tools::new(places), arguments)?;
    report.print();
    Ok(report.is_green())
}

fn mutate(places: &Places, tools: &mut Tools, arguments: &Arguments) -> Result<Report> {
    tools.node()?;
    let arena = user::arena(&places.at("target/mutants"))?;
    let path = user::reachable_path(&tools.path()?, &arena)?;
    let target = arguments.target.as_str();
    let recipe = recipe::of(target).with_context(|| format!("no target is called {target}"))?;
    let is_file = |database: &&recipe::Database| database.kind == Kind::SqliteFile;
    let database = recipe.databases.iter().find(is_file).context("mutants run on SQLite")?;
    let unused = places.root();
    let workshop = Workshop { path: &path, schemathesis: unused, linters: unused, examples: 0, judges: "" };
    let mut report = Report::new(places.logs("mutants"));
    for name in &arguments.starters {
        let id = format!("{target}-{}-{name}", database.id);
        println!("{id}");
        let spec = generate::starter(name)?;
        let tree = Tree::unzip(&generate::zip(spec, Some((target, database.id)))?)?;
        let meaning = generate::meaning(spec, target, database.id)?;
        let cell = Cell { folder: arena.join(&id), tree, meaning, recipe, database, stores: Stores::Files, workshop };
        let mut own = Report::new(places.logs("mutants").join(&id));
        let edits = edits_of(target).with_context(|| format!("{target} has no faults to choose from"))?;
        judge(&Stand { cell: &cell, spec }, edits, &arguments.faults, &mut own)?;
        report.adopt(if arguments.starters.len() > 1 { &id } else { "" }, &own);
    }
    Ok(report)
}

/// The project as it was generated is green, twice; each mutant is noticed.
fn judge(stand: &Stand, edits: Edits, faults: &[Faults], report: &mut Report) -> Result<()> {
    report.step("control", |log| stand.control(log))?;
    if !report.is_green() {
        return Ok(());
    }
    if faults.contains(&Faults::Fixed) {
        report.step("neutral changes", |log| Ok(Outcome::counted(edits::neutral(stand, edits, log)?, 0)))?;
        let by_suite = |log: &Log| tell(&edits::by_suite(stand, edits, log)?, log);
        report.step("fixed guards, by the suite", by_suite)?;
        let by_own_tests = |log: &Log| tell(&edits::by_own_tests(stand, edits, log)?, log);
        report.step("fixed guards, by the project's own tests", by_own_tests)?;
    }
    if faults.contains(&Faults::Rules) {
        report.step("rules, by the suite", |log| tell(&rules::by_suite(stand, log)?, log))?;
        report.step("rules, by the project's own tests", |log| tell(&rules::by_own_tests(stand, log)?, log))?;
    }
    Ok(())
}

fn edits_of(target: &str) -> Option<Edits> {
    (target == "express").then_some(express::EDITS)
}

/// As many checks as mutants that show.
fn tell(verdicts: &Verdicts, log: &Log) -> Result<Outcome> {
    log.note(&verdicts.to_string())?;
    println!();
    print!("{verdicts}");
    let count = |number: usize| u32::try_from(number).context("too many mutants");
    Ok(Outcome::counted(count(verdicts.killed())?, count(verdicts.survivors().count())?))
}
