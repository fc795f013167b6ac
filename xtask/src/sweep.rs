//! Random projects, in which the formatter must find nothing to change and the database nothing it does not read.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use backsmith::Request;
use clap::Args;

use crate::places::Places;
use crate::report::{Outcome, Report};
use crate::task::{Log, Task};
use crate::test::check;
use crate::tools::Tools;

/// How many projects the tools are given at once.
const BATCH: u64 = 50;

/// The formatter's settings in every generated project. What people wrote and what another tool's form is are left out.
const SETTINGS: &str = r#"{
  "root": true,
  "vcs": { "enabled": false },
  "files": { "includes": ["**", "!**/backsmith.yaml", "!**/drizzle/meta"] },
  "formatter": { "indentStyle": "space", "indentWidth": 2, "lineWidth": 80 }
}
"#;

/// What to try.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// How many projects to make.
    #[arg(long, default_value_t = 1000)]
    pub(crate) count: u64,
    /// The seed of the first; the others follow.
    #[arg(long, default_value_t = 0)]
    pub(crate) from: u64,
}

/// Makes the projects in batches, and says whether all are as they should be.
pub(crate) fn run(places: &Places, arguments: &Arguments) -> Result<bool> {
    let mut tools = Tools::new(places);
    tools.node()?;
    tools.page_packages()?;
    let mut report = Report::new(places.logs("sweep"));
    let end = arguments.from + arguments.count;
    let mut from = arguments.from;
    while from < end {
        let to = end.min(from + BATCH);
        report.step(&format!("projects {from} to {}", to - 1), |log| batch(places, &tools, from..to, log))?;
        from = to;
    }
    report.print();
    Ok(report.is_green())
}

/// Makes the projects of these seeds and gives them to the tools: as many checks as projects.
pub(crate) fn batch(places: &Places, tools: &Tools, seeds: std::ops::Range<u64>, log: &Log) -> Result<Outcome> {
    let folder = places.at("target/sweep");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let mut made = 0;
    for seed in seeds {
        make(&folder.join(seed.to_string()), seed)?;
        made += 1;
    }
    write(&folder.join("biome.json"), SETTINGS)?;
    let path = tools.path()?;
    let formatter = places.at("www/node_modules/.bin/biome");
    let format = Task::new(&folder, formatter, ["format", "--max-diagnostics=20", "."]).path(&path);
    let migrate = Task::new(&folder, "node", [places.at("xtask/tools/migrations.mjs")]).path(&path);
    let verdicts = [check(&format, log)?, check(&migrate, log)?];
    let failed: u32 = verdicts.iter().map(|verdict| verdict.failed).sum();
    Ok(Outcome::counted(made, failed))
}

/// Writes what the tools can judge of a project. Its own settings would only make the formatter skip some of it.
fn make(folder: &Path, seed: u64) -> Result<()> {
    let spec = backsmith_workload::random(seed);
    write(&folder.join("backsmith.yaml"), &spec)?;
    let outcome = backsmith::generate(&Request::new(&spec))?;
    let Some(generated) = outcome.result else {
        bail!("seed {seed} is no valid spec: {:?}", outcome.diagnostics.first());
    };
    for file in generated.project.files() {
        let path = file.path.as_str();
        if path != "biome.json" && [".ts", ".json", ".sql"].iter().any(|ending| path.ends_with(ending)) {
            write(&folder.join(path), &file.text)?;
        }
    }
    Ok(())
}

fn write(path: &PathBuf, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
