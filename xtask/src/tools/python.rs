//! Tools that are Python packages, in an environment of their own.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::{Installation, Tools, on_path};
use crate::task::Task;

/// The program of Schemathesis.
pub(super) fn schemathesis(tools: &Tools) -> Result<PathBuf> {
    Ok(environment(tools, "schemathesis", "python")?.join("schemathesis"))
}

/// The folder of the programs that judge what surrounds a project.
pub(super) fn linters(tools: &Tools) -> Result<PathBuf> {
    environment(tools, "linters", "linters")
}

/// The programs of an environment with the packages of a committed list, and nothing else.
fn environment(tools: &Tools, name: &str, folder: &str) -> Result<PathBuf> {
    let Some(python) = on_path(&["python3", "python"]) else {
        bail!("Python is missing. Install Python 3.10 or newer, with its venv module.");
    };
    let list = tools.places.at("xtask/tools").join(folder).join("requirements.txt");
    let packages = fs::read_to_string(&list).context("cannot read the list of Python packages")?;
    let home = tools.places.tools().join(folder);
    let inputs = format!("{packages}{}", python.display());
    let tool = Installation { name, about: "about 20 seconds", home: &home, inputs: &inputs };
    tools.once(&tool, |log| {
        let place = tools.places.root();
        Task::new(place, &python, ["-m", "venv", "--clear"].map(PathBuf::from).iter().chain([&home])).succeed(log)?;
        let words = ["-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "--requirement"];
        Task::new(place, home.join("bin/python"), words.map(PathBuf::from).iter().chain([&list])).succeed(log).map(drop)
    })?;
    Ok(home.join("bin"))
}
