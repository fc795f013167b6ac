//! Building and serving the page.

use std::fs;

use anyhow::{Context, Result};
use backsmith::view::{GeneratedView, TargetView};
use backsmith::{Request, starters};
use serde_json::json;

use crate::places::Places;
use crate::task::{LONG, Log, Task};
use crate::tools::Tools;

/// Builds the page as it is published.
pub(crate) fn build(places: &Places) -> Result<()> {
    let mut tools = Tools::new(places);
    prepare(places, &mut tools)?;
    trunk(places, &tools, &["build", "--release"])?.show()?;
    println!("The page is in {}.", places.at("dist").display());
    Ok(())
}

/// Serves the page, and builds it anew after each change, until it is interrupted.
pub(crate) fn serve(places: &Places, port: u16, open: bool, debug: bool) -> Result<()> {
    let mut tools = Tools::new(places);
    prepare(places, &mut tools)?;
    println!("The page will be at http://127.0.0.1:{port}/ once it is built. Ctrl-C ends it.");
    let port = port.to_string();
    let mut args = vec!["serve", "--address", "127.0.0.1", "--port", &port];
    args.extend(open.then_some("--open"));
    args.extend((!debug).then_some("--release"));
    trunk(places, &tools, &args)?.show()
}

/// Everything that the page's build takes: tools, packages, crates.
pub(crate) fn prepare(places: &Places, tools: &mut Tools) -> Result<()> {
    tools.node()?;
    tools.wasm()?;
    tools.page_packages()?;
    // Trunk builds without the network, so what the lock file names must be here.
    let log = Log::create(&places.logs("tools").join("fetch.log"))?;
    let fetch = Task::new(places.root(), "cargo", ["fetch", "--locked"]).succeed(&log);
    fetch.with_context(|| log.text())?;
    write_opening(places)?;
    // Trunk watches its own output folder for being ignored, and wants it to be there.
    fs::create_dir_all(places.at("dist")).context("cannot make the folder of the page")
}

/// Writes down what the page shows before its own core has run: the first starter's project, as the native core makes
/// it. The page's build turns it into HTML.
fn write_opening(places: &Places) -> Result<()> {
    let spec = starters::all()[0].spec;
    let outcome = backsmith::generate(&Request::new(spec))?;
    let opening =
        json!({ "spec": spec, "targets": TargetView::all(), "generated": GeneratedView::new(&outcome, spec) });
    let path = places.at("www/gen/opening.json");
    fs::write(&path, opening.to_string()).with_context(|| format!("cannot write {}", path.display()))
}

/// Trunk, in the environment it needs.
pub(crate) fn trunk(places: &Places, tools: &Tools, args: &[&str]) -> Result<Task> {
    // Trunk reads NO_COLOR as a boolean and refuses the usual `NO_COLOR=1`.
    Ok(Task::new(places.root(), "trunk", args).path(&tools.path()?).without("NO_COLOR").limit(LONG))
}
