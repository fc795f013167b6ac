//! The proof: a project is generated, installed, checked, run and asked, as its users will do.

mod bed;
mod cell;
mod commands;
mod fuzz;
mod generate;
mod http;
mod life;
mod lint;
mod memory;
pub(crate) mod mutate;
mod recipe;
mod record;
mod schema;
mod server;
mod store;
mod suite;
mod tree;
mod user;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use backsmith::{Compiled, starters};
use clap::Args;

use self::cell::{Cell, Workshop};
use self::recipe::{Database, Kind, Recipe};
use self::store::Stores;
use self::tree::Tree;
use crate::places::Places;
use crate::postgresql::PostgreSql;
use crate::report::Report;
use crate::task::Log;
use crate::tools::Tools;

/// Which cells to prove, and how hard.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The targets, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "express")]
    targets: Vec<String>,
    /// The databases, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "sqlite")]
    databases: Vec<String>,
    /// The starters, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "bookshop")]
    starters: Vec<String>,
    /// Proves every cell, asks four times as many questions, and then makes the starters' projects wrong.
    #[arg(long)]
    all: bool,
    /// Proves a project that lies in a folder or a zip, instead of generating one.
    #[arg(long, value_name = "PATH", conflicts_with = "all")]
    project: Option<PathBuf>,
}

/// How many questions are asked about each operation.
const EXAMPLES: u32 = 25;

impl Arguments {
    /// The cell that stands for all in the test command.
    pub(crate) fn representative() -> Self {
        let one = |word: &str| vec![word.to_owned()];
        let (targets, databases, starters) = (one("express"), one("sqlite"), one("bookshop"));
        Self { targets, databases, starters, all: false, project: None }
    }

    /// The cell of a zip that somebody was handed, made for a database.
    pub(crate) fn zip(path: PathBuf, database: &str) -> Self {
        Self { project: Some(path), databases: vec![database.to_owned()], ..Self::representative() }
    }
}

/// Proves every cell that is asked for, prints one table, and says whether all is well.
pub(crate) fn run(places: &Places, arguments: &Arguments) -> Result<bool> {
    let mut tools = Tools::new(places);
    let mut report = prove(places, &mut tools, arguments)?;
    if arguments.all && report.is_green() {
        for arguments in mutate::Arguments::every() {
            let mutants = mutate::mutate(places, &mut tools, &arguments)?;
            report.adopt("mutants: ", &mutants);
        }
    }
    report.print();
    Ok(report.is_green())
}

/// Proves every cell that is asked for, and puts the generated ones into the record.
pub(crate) fn prove(places: &Places, tools: &mut Tools, arguments: &Arguments) -> Result<Report> {
    let choices = choices(arguments)?;
    tools.node()?;
    let (schemathesis, linters) = (tools.schemathesis()?, tools.linters()?);
    let wanted = places.at("target/prove");
    let arena = user::arena(&wanted)?;
    let path = user::reachable_path(&tools.path()?, &arena)?;
    let judges = judges(places)?;
    let examples = if arguments.all { EXAMPLES * 4 } else { EXAMPLES };
    let workshop = Workshop { path: &path, schemathesis: &schemathesis, linters: &linters, examples, judges: &judges };
    if !user::is_root() {
        println!("Not root: projects run as this user, on a tree without the right to write.");
    }

    let is_server = |choice: &Choice| choice.database.kind == Kind::PostgresqlServer;
    let server = choices.iter().any(is_server).then(|| server(places, tools, &arena)).transpose()?;

    let mut report = Report::new(places.logs("prove"));
    let mut entries = Vec::new();
    for choice in &choices {
        let Choice { recipe, database, name } = choice;
        let id = format!("{}-{}-{name}", recipe.target, database.id);
        println!("{id}");
        let (tree, meaning) = choice.project(arguments)?;
        let stores = match (database.kind, &server) {
            (Kind::PostgresqlServer, Some(server)) => Stores::Server(server),
            _ => Stores::Files,
        };
        let cell = Cell { folder: arena.join(&id), tree, meaning, recipe, database, stores, workshop };
        let proof = cell.prove(places.logs("prove").join(&id))?;
        entries.push(record::entry(recipe.target, database.id, name, &cell.tree.digest(), &proof));
        let prefix = if choices.len() > 1 { format!("{id}: ") } else { String::new() };
        report.adopt(&prefix, &proof);
    }
    if arguments.project.is_none() {
        record::write(&wanted.join("record.json"), entries)?;
    }
    Ok(report)
}

/// The server for all cells that need one.
fn server(places: &Places, tools: &Tools, arena: &Path) -> Result<PostgreSql> {
    let programs = user::reachable_programs(&tools.postgresql()?, "postgres", arena)?;
    let folder = tree::fresh(arena.join("postgresql"))?;
    let log = Log::create(&places.logs("prove").join("postgresql.log"))?;
    PostgreSql::make(&programs, folder, http::free_port()?, user::is_root(), &log)
        .with_context(|| format!("PostgreSQL could not be started; its log: {}", log.path().display()))
}

/// One cell that is asked for.
struct Choice {
    recipe: &'static Recipe,
    database: &'static Database,
    /// The starter, or the name of the folder's project.
    name: String,
}

impl Choice {
    /// The project's files, and what its spec means.
    fn project(&self, arguments: &Arguments) -> Result<(Tree, Compiled)> {
        let (target, database) = (self.recipe.target, self.database.id);
        if let Some(path) = &arguments.project {
            let tree = if path.is_file() { Tree::unzip(&fs::read(path)?)? } else { Tree::read(path)? };
            let meaning = generate::meaning(tree.text("backsmith.yaml")?, target, database)?;
            return Ok((tree, meaning));
        }
        let spec = generate::starter(&self.name)?;
        let zip = generate::zip(spec, Some((target, database)))?;
        Ok((Tree::unzip(&zip)?, generate::meaning(spec, target, database)?))
    }
}

fn choices(arguments: &Arguments) -> Result<Vec<Choice>> {
    let all = |known: &mut dyn Iterator<Item = &'static str>, wanted: &[String]| -> Vec<String> {
        if arguments.all { known.map(str::to_owned).collect() } else { wanted.to_vec() }
    };
    let mut choices = Vec::new();
    for target in all(&mut recipe::targets(), &arguments.targets) {
        let recipe = recipe::of(&target).with_context(|| format!("no target is called {target}"))?;
        for database in all(&mut recipe.databases.iter().map(|database| database.id), &arguments.databases) {
            let found = recipe.databases.iter().find(|known| known.id == database);
            let database = found.with_context(|| format!("{target} is not proved on {database}"))?;
            let starters = starters::all().iter().map(|starter| starter.id);
            for name in all(&mut starters.into_iter(), &names(arguments)?) {
                choices.push(Choice { recipe, database, name });
            }
        }
    }
    if arguments.project.is_some() && choices.len() != 1 {
        bail!("a project in a folder is one cell: name one target and one database");
    }
    Ok(choices)
}

fn names(arguments: &Arguments) -> Result<Vec<String>> {
    let Some(path) = &arguments.project else { return Ok(arguments.starters.clone()) };
    let path = path.canonicalize().with_context(|| format!("there is no {}", path.display()))?;
    let name = path.file_stem().context("a folder without a name")?;
    Ok(vec![format!("given-{}", name.to_string_lossy())])
}

/// Whether a zip holds, byte for byte, what the native core makes of the spec in it; one that is no starter's.
pub(crate) fn is_native(zip: &[u8]) -> Result<bool> {
    let tree = Tree::unzip(zip)?;
    let spec = tree.text("backsmith.yaml")?;
    Ok(generate::zip(spec, None)? == zip && starters::all().iter().all(|starter| starter.spec != spec))
}

/// Writes what the native core makes of each starter into a folder, as zips.
pub(crate) fn write_starters(folder: &Path) -> Result<()> {
    for starter in starters::all() {
        let file = folder.join(format!("{}.zip", starter.id));
        fs::write(&file, generate::zip(starter.spec, None)?)
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// What identifies those who judge a project besides its own tools: our own sources.
fn judges(places: &Places) -> Result<String> {
    let folders = ["src", "tests/suite", "xtask"];
    folders.iter().map(|folder| tree::digest_of_folder(&places.at(folder))).collect()
}
