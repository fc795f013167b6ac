//! Servers that are wrong on purpose: the suite must notice each, and so must the project's own tests.

mod beside;
mod edits;
mod express;
mod own_tests;
mod record;
mod reference;
mod rules;
mod sites;
mod stand;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use backsmith::starters;
use backsmith_suite::mutants::Verdicts;
use clap::{Args, ValueEnum};

use self::edits::Edits;
use self::record::Record;
use self::stand::Stand;
use super::cell::{Cell, Workshop};
use super::recipe::{self, Kind};
use super::store::Stores;
use super::tree::{self, Tree};
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
    /// The database. What lists hold is asked in its dialect, so that rules on lists are worth trying on each.
    #[arg(long, default_value = "sqlite")]
    database: String,
    /// The starters, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "bookshop")]
    starters: Vec<String>,
    /// Tries every starter, and the reference with every spec that the suite is tried on.
    #[arg(long)]
    all: bool,
    /// Tries the project of a spec in a file, instead of those of starters.
    #[arg(long, value_name = "FILE", conflicts_with = "all")]
    spec: Option<PathBuf>,
    /// What is made wrong, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "neutral,rules,sites,fixed")]
    faults: Vec<Faults>,
    /// Who is to notice, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "suite,own-tests")]
    by: Vec<Judge>,
    /// Tries only the mutants whose id holds one of these texts, separated by commas.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Looks at everything again, also at what was seen before.
    #[arg(long)]
    anew: bool,
}

impl Arguments {
    /// The project that stands for all in the test command, judged by its own tests. How the suite judges rules and
    /// places is tried on the reference each time; `cargo xtask mutate` has it judge the project too.
    pub(crate) fn representative() -> Self {
        Self {
            target: "express".to_owned(),
            database: "sqlite".to_owned(),
            starters: vec!["bookshop".to_owned()],
            all: false,
            spec: None,
            faults: Faults::value_variants().to_vec(),
            by: vec![Judge::OwnTests],
            only: Vec::new(),
            anew: false,
        }
    }

    /// Every project in every way, and on PostgreSQL what goes wrong with lists; what was seen before is not looked at
    /// again.
    pub(crate) fn every() -> [Self; 2] {
        let every = || Self { all: true, by: Judge::value_variants().to_vec(), ..Self::representative() };
        let lists = Self {
            database: "postgresql".to_owned(),
            faults: vec![Faults::Rules, Faults::Sites],
            only: vec![".list".to_owned()],
            ..every()
        };
        [every(), lists]
    }

    /// The projects' names and specs.
    fn specs(&self) -> Result<Vec<(String, String)>> {
        if let Some(file) = &self.spec {
            let name = file.file_stem().context("a file without a name")?.to_string_lossy().into_owned();
            let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            return Ok(vec![(format!("given-{name}"), text)]);
        }
        let all = || starters::all().iter().map(|starter| starter.id.to_owned()).collect();
        let names: Vec<String> = if self.all { all() } else { self.starters.clone() };
        names.into_iter().map(|name| Ok((name.clone(), generate::starter(&name)?.to_owned()))).collect()
    }
}

/// Who notices faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Judge {
    /// The black-box suite.
    Suite,
    /// The project's own tests.
    OwnTests,
}

/// The mutants that are wanted.
#[derive(Debug)]
pub(crate) struct Only<'a>(&'a [String]);

impl Only<'_> {
    /// Whether a mutant is among them.
    pub(crate) fn wants(&self, id: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|part| id.contains(part.as_str()))
    }
}

/// A kind of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Faults {
    /// Changes that are none.
    Neutral,
    /// Access rules of the spec.
    Rules,
    /// Guards that every server has.
    Fixed,
    /// Rules that one kind of request forgets, fields that are shown or taken where they should not be.
    Sites,
}

/// Tries every mutant of the starters, prints a table, and says whether none survived.
pub(crate) fn run(places: &Places, arguments: &Arguments) -> Result<bool> {
    let report = mutate(places, &mut Tools::new(places), arguments)?;
    report.print();
    Ok(report.is_green())
}

/// Tries every mutant of the projects that are asked for.
pub(crate) fn mutate(places: &Places, tools: &mut Tools, arguments: &Arguments) -> Result<Report> {
    tools.node()?;
    let arena = user::arena(&places.at("target/mutants"))?;
    let path = user::reachable_path(&tools.path()?, &arena)?;
    let target = arguments.target.as_str();
    let recipe = recipe::of(target).with_context(|| format!("no target is called {target}"))?;
    let wanted = |database: &&recipe::Database| database.id == arguments.database;
    let database = recipe.databases.iter().find(wanted);
    let database = database.with_context(|| format!("{target} knows no database {}", arguments.database))?;
    let is_server = database.kind == Kind::PostgresqlServer;
    let server = is_server.then(|| super::server(places, tools, &arena)).transpose()?;
    let stores = server.as_ref().map_or(Stores::Files, Stores::Server);
    let unused = places.root();
    let workshop = Workshop { path: &path, schemathesis: unused, linters: unused, examples: 0, judges: "" };
    let judges = tree::digest_of_folder(&places.at("tests/suite"))? + &tree::digest_of_folder(&places.at("src"))?;
    let mut report = Report::new(places.logs("mutants"));
    if arguments.all && !is_server {
        let record = Record::open(arena.join("reference.json"), arguments.anew);
        reference::mutants(places, &record, &judges, &mut report)?;
    }
    let specs = arguments.specs()?;
    for (name, spec) in &specs {
        let id = format!("{target}-{}-{name}", database.id);
        println!("{id}");
        let tree = Tree::unzip(&generate::zip(spec, Some((target, database.id)))?)?;
        let meaning = generate::meaning(spec, target, database.id)?;
        let cell = Cell { folder: arena.join(&id), tree, meaning, recipe, database, stores, workshop };
        let mut own = Report::new(places.logs("mutants").join(&id));
        let edits = edits_of(target).with_context(|| format!("{target} has no faults to choose from"))?;
        let record = Record::open(arena.join(format!("{id}.json")), arguments.anew);
        let stand = Stand { cell: &cell, spec, record, judges: judges.clone() };
        judge(&stand, edits, arguments, &mut own)?;
        let prefix = if specs.len() > 1 { format!("{id}: ") } else { String::new() };
        report.adopt(&prefix, &own);
    }
    Ok(report)
}

/// The project as it was generated is green, twice; each mutant is noticed.
fn judge(stand: &Stand, edits: Edits, arguments: &Arguments, report: &mut Report) -> Result<()> {
    report.step("install", |log| stand.lay_out(log).map(|()| Outcome::one(true)))?;
    report.step("control", |log| stand.control(&arguments.by, log))?;
    if !report.is_green() {
        return Ok(());
    }
    let (faults, only) = (&arguments.faults, &Only(&arguments.only));
    let asks = |faulty, judge| faults.contains(&faulty) && arguments.by.contains(&judge);
    if faults.contains(&Faults::Neutral) {
        report.step("neutral changes", |log| Ok(Outcome::counted(edits::neutral(stand, edits, log)?, 0)))?;
    }
    if asks(Faults::Fixed, Judge::Suite) {
        let by_suite = |log: &Log| tell(&edits::by_suite(stand, edits, only, log)?, log);
        report.step("fixed guards, by the suite", by_suite)?;
    }
    if asks(Faults::Fixed, Judge::OwnTests) {
        let by_own_tests = |log: &Log| tell(&edits::by_own_tests(stand, edits, only, log)?, log);
        report.step("fixed guards, by the project's own tests", by_own_tests)?;
    }
    if asks(Faults::Rules, Judge::Suite) {
        report.step("rules, by the suite", |log| tell(&rules::by_suite(stand, only, log)?, log))?;
    }
    if asks(Faults::Rules, Judge::OwnTests) {
        report.step("rules, by the project's own tests", |log| tell(&rules::by_own_tests(stand, only, log)?, log))?;
    }
    if asks(Faults::Sites, Judge::Suite) {
        report.step("places, by the suite", |log| tell(&sites::by_suite(stand, edits, only, log)?, log))?;
    }
    if asks(Faults::Sites, Judge::OwnTests) {
        let by_own_tests = |log: &Log| tell(&sites::by_own_tests(stand, edits, only, log)?, log);
        report.step("places, by the project's own tests", by_own_tests)?;
    }
    Ok(())
}

fn edits_of(target: &str) -> Option<Edits> {
    (target == "express").then_some(express::EDITS)
}

/// As many checks as mutants that show.
fn tell(verdicts: &Verdicts, log: &Log) -> Result<Outcome> {
    log.note(&verdicts.to_string())?;
    print!("{verdicts}");
    let count = |number: usize| u32::try_from(number).context("too many mutants");
    Ok(Outcome::counted(count(verdicts.killed())?, count(verdicts.survivors().count())?))
}
