//! How long the core takes, how large the page is, and how quickly it answers.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::page;
use crate::places::Places;
use crate::sizes;
use crate::task::{Log, Task};
use crate::tools::Tools;

/// What to measure.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Leaves out the times of the core: native, and in WebAssembly, called from Node.
    #[arg(long)]
    no_native: bool,
    /// Measures the page in a browser too: what Lighthouse says of a visit, each edit from the key to the screen, and a
    /// thousand edits on end.
    #[arg(long)]
    page: bool,
    /// Writes the sizes of the page down, for tests to hold it to.
    #[arg(long)]
    update: bool,
}

/// How many entities the specs have that are edited on the page.
const EDITED: [usize; 2] = [20, 200];

/// Prints what was measured. Times depend on the machine, so nothing fails; sizes are held to what was written down by
/// the tests.
pub(crate) fn run(places: &Places, arguments: &Arguments) -> Result<()> {
    if !arguments.no_native {
        let bench = ["bench", "--locked", "--package=backsmith-workload", "--bench=core"];
        Task::new(places.root(), "cargo", bench).show()?;
    }
    page::build(places)?;
    let mut tools = Tools::new(places);
    tools.node()?;
    let sizes = sizes::of_page(places, &tools, &Log::create(&places.logs("bench").join("sizes.log"))?)?;
    sizes::print(&sizes);
    if arguments.update {
        sizes::keep(places, &sizes)?;
    }
    if !arguments.no_native {
        edit_with(places, &tools, "core.mjs")?;
    }
    if arguments.page {
        tools.browser_packages()?;
        tools.lighthouse()?;
        let visits = ["median.mjs".into(), "--dist".into(), places.at("dist")];
        Task::new(&places.at("tests/lighthouse"), "node", visits).path(&tools.path()?).show()?;
        edit_with(places, &tools, "measure.mjs")?;
    }
    Ok(())
}

/// Has a script edit specs of several sizes with the built page.
fn edit_with(places: &Places, tools: &Tools, script: &str) -> Result<()> {
    let folder = places.at("target/bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let specs: Vec<PathBuf> = EDITED.iter().map(|count| folder.join(format!("{count}.yaml"))).collect();
    for (path, count) in specs.iter().zip(EDITED) {
        fs::write(path, backsmith_workload::sized(count))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    let script = [script.into(), "--dist".into(), places.at("dist")];
    let measure = script.into_iter().chain(specs);
    Task::new(&places.at("tests/browser"), "node", measure).path(&tools.path()?).show()
}
