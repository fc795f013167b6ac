//! The test command: everything that must hold before a change is good.

use anyhow::Result;

use crate::counts;
use crate::page;
use crate::places::Places;
use crate::report::{Outcome, Report};
use crate::task::{Log, Task};
use crate::tools::{Browser, Driver, Tools};

/// Runs everything, prints the table, and says whether all is well.
pub(crate) fn run(places: &Places) -> Result<bool> {
    let mut tools = Tools::new(places);
    page::prepare(places, &mut tools)?;
    let browser = tools.browser()?;
    tools.schemathesis()?;

    let mut report = Report::new(places.logs("test"));
    rust(places, &mut report)?;
    core_in_browser(places, &tools, &browser, &mut report)?;
    page_checks(places, &tools, &browser, &mut report)?;
    report.print();
    Ok(report.is_green())
}

/// Formatter, linter and tests of the workspace.
fn rust(places: &Places, report: &mut Report) -> Result<()> {
    let cargo = |args: &[&str]| Task::new(places.root(), "cargo", args);
    report.step("rustfmt", |log| check(&cargo(&["fmt", "--all", "--check"]), log))?;
    let clippy = cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]);
    report.step("clippy", |log| check(&clippy, log))?;
    let wasm = ["clippy", "--package", "backsmith", "--lib", "--tests", "--locked", "--target", WASM];
    let wasm = cargo(&[wasm.as_slice(), &["--", "-D", "warnings"]].concat());
    report.step("clippy for wasm", |log| check(&wasm, log))?;
    let test = cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
    report.step("cargo test", |log| tests(&test, log))?;
    Ok(())
}

const WASM: &str = "wasm32-unknown-unknown";

/// The tests that run inside a browser, because the core does.
fn core_in_browser(places: &Places, tools: &Tools, browser: &Browser, report: &mut Report) -> Result<()> {
    let args = ["test", "--package", "backsmith", "--locked", "--target", WASM, "--test", "web"];
    let test = Task::new(places.root(), "cargo", args).path(&tools.path()?);
    report.step("core in the browser", |log| match &browser.driver {
        Driver::Program(driver) => {
            let test = test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
            tests(&test.env("CHROMEDRIVER", driver), log)
        }
        Driver::Package(packages) => {
            let runner = format!("node {}", packages.join("run-tests.mjs").display());
            let test = test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
            tests(&test.env("CHROMIUM", &browser.program), log)
        }
    })?;
    Ok(())
}

/// The page: built as it is published, checked, and used in a browser.
fn page_checks(places: &Places, tools: &Tools, browser: &Browser, report: &mut Report) -> Result<()> {
    let path = tools.path()?;
    let npm = |args: &[&str]| Task::new(&places.at("www"), "npm", args).path(&path);
    let build = page::trunk(places, tools, &["build", "--release"])?;
    report.step("page build", |log| check(&build, log))?;
    report.step("page types", |log| check(&npm(&["run", "typecheck"]), log))?;
    report.step("page lint", |log| check(&npm(&["run", "lint"]), log))?;
    let flow = npm(&["test"]).env("CHROMIUM", &browser.program);
    report.step("page in the browser", |log| tests(&flow, log))?;
    Ok(())
}

/// A program whose success is one check.
pub(crate) fn check(task: &Task, log: &Log) -> Result<Outcome> {
    let finished = task.run(log)?;
    if !finished.is_success() {
        log.note(&finished.reason())?;
    }
    Ok(Outcome::one(finished.is_success()))
}

/// A program that runs tests and says how many.
pub(crate) fn tests(task: &Task, log: &Log) -> Result<Outcome> {
    let finished = task.run(log)?;
    let (passed, failed) = counts::of(&format!("{}\n{}", finished.stdout, finished.stderr));
    if finished.is_success() {
        return Ok(Outcome::counted(passed, failed));
    }
    log.note(&finished.reason())?;
    Ok(Outcome::counted(passed, failed.max(1)))
}
