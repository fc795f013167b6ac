//! The test command: everything that must hold before a change is good.

use std::fs;
use std::panic::resume_unwind;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use anyhow::{Context, Result};

use crate::counts;
use crate::fuzz;
use crate::page;
use crate::places::Places;
use crate::prove::{self, mutate};
use crate::report::{Outcome, Report};
use crate::sizes;
use crate::sweep;
use crate::task::{LONG, Log, Task};
use crate::tools::{Tools, driver, firefox};

/// Runs everything, prints the table, and says whether all is well. Two things are done at once, since compilers keep
/// one core busy for long, and servers wait for their clients; either side is about half of what there is to do.
pub(crate) fn run(places: &Places) -> Result<bool> {
    let mut tools = Tools::new(places);
    tools.node()?;
    let (done, page) = mpsc::channel();
    let tools = &tools;
    // Each side owns its end, so that neither waits for one that is over.
    let [one, other] =
        side_by_side(move || from_the_workspace(places, tools, &page), move || from_the_page(places, tools, &done))?;
    let mut report = Report::new(places.logs("test"));
    for part in one.iter().chain(&other) {
        report.adopt("", part);
    }
    report.print();
    Ok(report.is_green())
}

/// One side: what the workspace says of itself, and the cells.
fn from_the_workspace(places: &Places, tools: &Tools, page: &Receiver<()>) -> Result<Vec<Report>> {
    let mut parts = vec![workspace(places, tools)?, cell(places, tools.clone())?];
    // A page that could not be tried at all hands nothing over, and its own error says why.
    if page.recv().is_ok() {
        parts.push(cell_of_download(places, tools.clone())?);
    }
    Ok(parts)
}

/// The other side: the page, which the cell of its download waits for, and what is built for itself.
fn from_the_page(places: &Places, tools: &Tools, done: &Sender<()>) -> Result<Vec<Report>> {
    let page = page(places, tools.clone())?;
    // Where nobody waits any more, the other side has its own error.
    done.send(()).ok();
    Ok(vec![page, core_for_wasm(places, tools.clone())?, fuzzing(places)?, mutants(places, tools.clone())?])
}

/// Does two things at once. Both are done to their end, whatever becomes of the other.
fn side_by_side<T: Send>(one: impl FnOnce() -> Result<T> + Send, other: impl FnOnce() -> Result<T>) -> Result<[T; 2]> {
    let (one, other) = thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panic| resume_unwind(panic)), other)
    });
    Ok([one?, other?])
}

/// The workspace on this machine: its tests, projects of random specs, and some of specs as people write them.
fn workspace(places: &Places, tools: &Tools) -> Result<Report> {
    let mut report = Report::new(places.logs("test"));
    rust(places, &mut report)?;
    let mut ordinary = sweep::ordinary(places)?;
    ordinary.retain(|spec| ORDINARY.contains(&spec.name.as_str()));
    let all: Vec<_> = (0..SWEPT).map(sweep::random).chain(ordinary.iter().cloned()).collect();
    report.step("random and ordinary projects", |log| sweep::batch(places, tools, &all, log))?;
    report.step("own tests of ordinary projects", |log| sweep::own_tests(places, tools, &ordinary, log))?;
    Ok(report)
}

/// Some seconds of random bytes.
fn fuzzing(places: &Places) -> Result<Report> {
    let mut report = Report::new(places.logs("test"));
    fuzz::smoke(places, &mut report)?;
    Ok(report)
}

/// The page and the package.
fn page(places: &Places, mut tools: Tools) -> Result<Report> {
    page::prepare(places, &mut tools)?;
    tools.browser_packages()?;
    tools.package_users()?;
    let mut report = Report::new(places.logs("test"));
    page_checks(places, &tools, &mut report)?;
    package_checks(places, &tools, &mut report)?;
    Ok(report)
}

/// The cell that stands for all.
fn cell(places: &Places, mut tools: Tools) -> Result<Report> {
    let mut report = Report::new(places.logs("test"));
    let proof = prove::prove(places, &mut tools, &prove::Arguments::representative())?;
    report.adopt("proof: ", &proof);
    Ok(report)
}

/// The cell of what the page handed over. There is none if it handed nothing over, which the page's own checks tell.
fn cell_of_download(places: &Places, mut tools: Tools) -> Result<Report> {
    let mut report = Report::new(places.logs("test"));
    let download = places.at(DOWNLOAD);
    if download.is_file() {
        let proof = prove::prove(places, &mut tools, &prove::Arguments::zip(download, DOWNLOADED_FOR))?;
        report.adopt("proof of the download: ", &proof);
    }
    Ok(report)
}

/// Projects that are wrong on purpose.
fn mutants(places: &Places, mut tools: Tools) -> Result<Report> {
    let mut report = Report::new(places.logs("test"));
    report.adopt("mutants: ", &mutate::mutate(places, &mut tools, &mutate::Arguments::representative())?);
    Ok(report)
}

/// How many random projects are tried each time; `cargo xtask sweep` tries more.
const SWEPT: u64 = 12;

/// The ordinary projects that are tried each time; `cargo xtask sweep --own-tests` tries all.
const ORDINARY: [&str; 3] = ["auctions", "cup", "timetable"];

/// What the browser test downloads from the page, after changing a rule and the database.
const DOWNLOAD: &str = "target/page/bookshop.zip";

/// The database that the browser test changes to before it downloads.
const DOWNLOADED_FOR: &str = "postgresql";

/// Formatter, linter and tests of the workspace.
fn rust(places: &Places, report: &mut Report) -> Result<()> {
    let cargo = |args: &[&str]| Task::new(places.root(), "cargo", args).limit(LONG);
    report.step("rustfmt", |log| check(&cargo(&["fmt", "--all", "--check"]), log))?;
    let clippy = cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]);
    report.step("clippy", |log| check(&clippy, log))?;
    let test = cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
    report.step("cargo test", |log| tests(&test, log))?;
    Ok(())
}

/// The core and its tests as the browser gets them: all that is default but the command line.
const FOR_WASM: &[&str] = &[
    "--package=backsmith",
    "--test=web",
    "--no-default-features",
    "--features=express",
    "--target=wasm32-unknown-unknown",
    "--locked",
];

/// The linter and the tests that run inside a browser, because the core does.
fn core_for_wasm(places: &Places, mut tools: Tools) -> Result<Report> {
    tools.wasm()?;
    let mut report = Report::new(places.logs("test"));
    let clippy = [&["clippy", "--lib"], FOR_WASM, &["--", "-D", "warnings"]].concat();
    let clippy = Task::new(places.root(), "cargo", clippy).limit(LONG);
    report.step("clippy for wasm", |log| check(&clippy, log))?;
    let test = Task::new(places.root(), "cargo", [&["test"], FOR_WASM].concat()).path(&tools.path()?).limit(LONG);
    let test = match driver() {
        Some(driver) => test.env(RUNNER, "wasm-bindgen-test-runner").env("CHROMEDRIVER", driver),
        None => test.env(RUNNER, "node xtask/tools/web-tests.mjs"),
    };
    report.step("core in the browser", |log| tests(&test, log))?;
    Ok(report)
}

/// The variable that names the program for tests compiled for the browser.
const RUNNER: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER";

/// The page: built as it is published, checked, and used in a browser. What it hands over is what the native core
/// makes.
fn page_checks(places: &Places, tools: &Tools, report: &mut Report) -> Result<()> {
    let path = tools.path()?;
    let npm = |script: &str| Task::new(&places.at("www"), "npm", ["run", script]).path(&path);
    let build = page::trunk(places, tools, &["build", "--release"])?;
    report.step("page build", |log| check(&build, log))?;
    report.step("page sizes", |log| sizes::compare(places, tools, log))?;
    report.step("page types", |log| check(&npm("typecheck"), log))?;
    report.step("page lint", |log| check(&npm("lint"), log))?;
    report.step("page parts", |log| tests(&npm("test"), log))?;
    let (dist, saved) = (places.at("dist"), places.at(DOWNLOAD));
    if saved.exists() {
        fs::remove_file(&saved).with_context(|| format!("cannot remove {}", saved.display()))?;
    }
    let [dist, zip] = [&dist, &saved].map(|path| path.to_string_lossy());
    let flows = ["page.test.mjs", "--dist", &dist, "--zip", &zip];
    let flows = Task::new(&places.at("tests/browser"), "node", flows).path(&path);
    report.step("page in the browser", |log| tests(&flows, log))?;
    match firefox() {
        Some(firefox) => {
            let firefox = firefox.to_string_lossy();
            let path_taken = ["firefox.test.mjs", "--dist", &dist, "--firefox", &firefox];
            let path_taken = Task::new(&places.at("tests/browser"), "node", path_taken).path(&path);
            report.step("page in Firefox", |log| tests(&path_taken, log))?;
        }
        None => println!("There is no Firefox on this machine; the page is tried in Chromium alone."),
    }
    report.step("page and native core agree", |_| {
        let page = fs::read(&saved).with_context(|| format!("the page saved no {}", saved.display()))?;
        Ok(Outcome::one(prove::is_native(&page)?))
    })?;
    Ok(())
}

/// The JavaScript package, made from the core that the page was built with: packed, and used as others will.
fn package_checks(places: &Places, tools: &Tools, report: &mut Report) -> Result<()> {
    let path = tools.path()?;
    let build = Task::new(&places.at("www"), "node", ["package/build.mjs"]).path(&path);
    report.step("package build", |log| check(&build, log))?;
    let zips = places.at("target/package");
    fs::create_dir_all(&zips).with_context(|| format!("cannot make {}", zips.display()))?;
    prove::write_starters(&zips)?;
    let zips = zips.to_string_lossy();
    let uses = Task::new(&places.at("tests/package"), "node", ["package.test.mjs", "--zips", &zips]).path(&path);
    report.step("package in Node and on a page", |log| tests(&uses, log))?;
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
