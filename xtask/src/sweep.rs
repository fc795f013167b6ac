//! Projects of random specs and of such as people write, in which formatter, linter and compiler must find nothing, the
//! database nothing it cannot read, and their own tests, where they are asked, nothing at all.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use backsmith::{Request, starters};
use clap::Args;
use serde_json::Value;

use crate::places::Places;
use crate::report::{Outcome, Report};
use crate::task::{Log, Task};
use crate::test::{check, tests};
use crate::tools::Tools;

/// How many projects the tools are given at once.
const BATCH: u64 = 50;

/// Where the specs are that are written as people write them.
const ORDINARY: &str = "tests/specs/ordinary";

/// What to try. The specs that people would write are always tried.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// How many random projects to make.
    #[arg(long, default_value_t = 1000)]
    pub(crate) count: u64,
    /// The seed of the first; the others follow.
    #[arg(long, default_value_t = 0)]
    pub(crate) from: u64,
    /// Runs each project's own tests too, which takes half a minute for each.
    #[arg(long)]
    pub(crate) own_tests: bool,
}

/// A spec, and what the folder of its project is called.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    spec: String,
}

/// The random spec of a seed.
pub(crate) fn random(seed: u64) -> Named {
    Named { name: seed.to_string(), spec: backsmith_workload::random(seed) }
}

/// The specs that are written as people write them, by their names.
pub(crate) fn ordinary(places: &Places) -> Result<Vec<Named>> {
    let folder = places.at(ORDINARY);
    let mut specs = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_stem().context("a spec without a name")?.to_string_lossy().into_owned();
        let spec = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        specs.push(Named { name, spec });
    }
    specs.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(specs)
}

/// Makes the projects in batches, and says whether all are as they should be.
pub(crate) fn run(places: &Places, arguments: &Arguments) -> Result<bool> {
    let mut tools = Tools::new(places);
    tools.node()?;
    let mut report = Report::new(places.logs("sweep"));
    let mut step = |what: &str, specs: &[Named]| -> Result<()> {
        report.step(what, |log| batch(places, &tools, specs, log))?;
        if arguments.own_tests {
            report.step(&format!("own tests of {what}"), |log| own_tests(places, &tools, specs, log))?;
        }
        Ok(())
    };
    step("ordinary projects", &ordinary(places)?)?;
    let end = arguments.from + arguments.count;
    let mut from = arguments.from;
    while from < end {
        let to = end.min(from + BATCH);
        step(&format!("projects {from} to {}", to - 1), &(from..to).map(random).collect::<Vec<_>>())?;
        from = to;
    }
    report.print();
    Ok(report.is_green())
}

/// Makes the projects and gives them to the tools: as many checks as projects.
pub(crate) fn batch(places: &Places, tools: &Tools, specs: &[Named], log: &Log) -> Result<Outcome> {
    let folder = places.at("target/sweep/projects");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let path = tools.path()?;
    install(&places.at("target/sweep"), &path, log)?;
    let mut made = 0;
    let mut build = vec!["--build".to_owned()];
    for named in specs {
        make(&folder, named)?;
        made += 1;
        build.push(named.name.clone());
    }
    let program = |name: &str| places.at("target/sweep/node_modules/.bin").join(name);
    let lint = Task::new(&folder, program("biome"), ["ci", "--max-diagnostics=20", "."]).path(&path);
    let types = Task::new(&folder, program("tsc"), build).path(&path);
    let migrations = Task::new(&folder, "node", [places.at("xtask/tools/migrations.mjs")]).path(&path);
    let mut failed = 0;
    for task in [lint, types, migrations] {
        failed += check(&task.limit(3600), log)?.failed;
    }
    Ok(Outcome::counted(made, failed))
}

/// Runs the own tests of projects that were made. All of them are on SQLite.
pub(crate) fn own_tests(places: &Places, tools: &Tools, specs: &[Named], log: &Log) -> Result<Outcome> {
    let path = tools.path()?;
    let vitest = places.at("target/sweep/node_modules/.bin/vitest");
    let mut sum = (0, 0);
    for named in specs {
        log.note(&format!("own tests of {}", named.name))?;
        let folder = places.at("target/sweep/projects").join(&named.name);
        let outcome = tests(&Task::new(&folder, &vitest, ["run"]).path(&path), log)?;
        sum = (sum.0 + outcome.passed, sum.1 + outcome.failed);
    }
    Ok(Outcome::counted(sum.0, sum.1))
}

/// Installs what the projects are made with, where it is not there yet. Bookshop needs all of it.
fn install(folder: &Path, path: &OsStr, log: &Log) -> Result<()> {
    let bookshop = starters::find("bookshop").context("a starter is gone")?;
    let project = backsmith::generate(&Request::new(bookshop.spec))?.result.context("a starter has errors")?.project;
    let manifest = project.files().iter().find(|file| file.path.as_str() == "package.json");
    let manifest = &manifest.context("a project without a list of packages")?.text;
    let file = folder.join("package.json");
    if fs::read_to_string(&file).is_ok_and(|known| known == *manifest) && folder.join("node_modules").is_dir() {
        return Ok(());
    }
    write(&file, manifest)?;
    let args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
    Task::new(folder, "npm", args).path(path).succeed(log).map(drop)
}

/// Writes a project into a folder of its own, and the settings of its formatter beside it, for all projects.
fn make(folder: &Path, Named { name, spec }: &Named) -> Result<()> {
    let outcome = backsmith::generate(&Request::new(spec))?;
    let Some(generated) = outcome.result else {
        bail!("{name} is no valid spec: {:?}", outcome.diagnostics.first());
    };
    for file in generated.project.files() {
        match file.path.as_str() {
            "biome.json" => write(&folder.join("biome.json"), &everywhere(&file.text)?)?,
            path => write(&folder.join(name).join(path), &file.text)?,
        }
    }
    Ok(())
}

/// The settings of one project, for a folder of projects.
fn everywhere(settings: &str) -> Result<String> {
    let mut settings: Value = serde_json::from_str(settings).context("settings that are not JSON")?;
    let patterns = settings.pointer_mut("/files/includes").and_then(Value::as_array_mut);
    let patterns = patterns.context("settings without a list of files")?;
    for pattern in patterns.iter_mut() {
        let rest = pattern.as_str().and_then(|pattern| pattern.strip_prefix('!'));
        if let Some(rest) = rest.filter(|rest| !rest.starts_with("**")) {
            *pattern = format!("!*/{rest}").into();
        }
    }
    Ok(format!("{settings:#}\n"))
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
