//! A Chromium to try the page in.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::{Tools, on_path};
use crate::task::{Log, Task};

/// The names under which systems install it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A browser that can be started without a screen.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    /// Its program.
    pub(crate) program: PathBuf,
    /// What makes it do things.
    pub(crate) driver: Driver,
}

/// What makes a browser do things from outside.
#[derive(Clone, Debug)]
pub(crate) enum Driver {
    /// The browser's own driver program.
    Program(PathBuf),
    /// The folder of the npm package that drives it without one.
    Package(PathBuf),
}

/// The variable's, the search path's, or the registry's.
pub(super) fn find(tools: &Tools) -> Result<Browser> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    if let Some(program) = &named
        && !program.is_file()
    {
        bail!("The variable CHROMIUM names {}, which is no file.", program.display());
    }
    match (named.or_else(|| on_path(&NAMES)), on_path(&["chromedriver"])) {
        (Some(program), Some(driver)) => Ok(Browser { program, driver: Driver::Program(driver) }),
        (Some(program), None) => Ok(Browser { program, driver: Driver::Package(packages(tools)?) }),
        (None, _) => registry(tools),
    }
}

/// The registry's Chromium. A driver on the search path belongs to another version, so it is not used.
fn registry(tools: &Tools) -> Result<Browser> {
    let packages = packages(tools)?;
    let log = Log::create(&tools.places.logs("tools").join("chromium.log"))?;
    let found = Task::new(&packages, "node", ["chromium.mjs"]).path(&tools.path()?).succeed(&log);
    let found = found.context("The registry's Chromium does not start here. Install Chromium.")?;
    Ok(Browser { program: PathBuf::from(found.stdout.trim()), driver: Driver::Package(packages) })
}

fn packages(tools: &Tools) -> Result<PathBuf> {
    tools.npm_packages("browser", "a few seconds")
}
