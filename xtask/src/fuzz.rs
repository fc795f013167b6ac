//! Fuzzing: the core is built so that libFuzzer sees which branches an input takes, and is fed inputs that reach more.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use backsmith::starters;
use clap::Args;

use crate::places::Places;
use crate::report::{Outcome, Report, Verdict};
use crate::task::{LONG, Log, Task};
use crate::test::check;

/// What is fed, each in `tests/fuzz/targets`.
const TARGETS: [&str; 3] = ["reader", "line", "pattern"];

/// What makes the compiler count branches, without a sanitizer, so that a stable compiler does: what `cargo fuzz -s none`
/// passes as well.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// The longest input in bytes.
const LENGTH: u32 = 4096;

/// The most seconds that one input may take, and the most megabytes.
const SECONDS: u32 = 5;
const MEGABYTES: u32 = 1024;

/// What is tried.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The targets, separated by commas.
    #[arg(value_delimiter = ',', default_values_t = TARGETS.map(str::to_owned))]
    targets: Vec<String>,
    /// How many inputs each is fed.
    #[arg(long, default_value_t = 100_000)]
    runs: u64,
}

/// Feeds the targets, and says whether all answered everything.
pub(crate) fn run(places: &Places, arguments: &Arguments) -> Result<bool> {
    let mut report = Report::new(places.logs("fuzz"));
    steps(places, &arguments.targets, "release", &format!("-runs={}", arguments.runs), &mut report)?;
    report.print();
    Ok(report.is_green())
}

/// Some seconds for each target: fuzzing works, and nothing near the surface fails.
pub(crate) fn smoke(places: &Places, report: &mut Report) -> Result<()> {
    steps(places, &TARGETS.map(str::to_owned), "smoke", "-max_total_time=10", report)
}

fn steps(places: &Places, targets: &[String], profile: &str, length: &str, report: &mut Report) -> Result<()> {
    let folder = places.at("target/fuzz");
    let machine = machine(places)?;
    // Named, the machine is told from the one that build scripts run on, which must not be instrumented.
    let build = ["build", "--profile", profile, "--locked", "--target", &machine];
    let build = Task::new(&places.at("tests/fuzz"), "cargo", build)
        .env("CARGO_TARGET_DIR", &folder)
        .env("RUSTFLAGS", FLAGS)
        .limit(LONG);
    if report.step("build for fuzzing", |log| check(&build, log))?.verdict == Verdict::Failed {
        return Ok(());
    }
    for target in targets {
        report.step(&format!("fuzz {target}"), |log| {
            let program = folder.join(&machine).join(profile).join(target);
            feed(&folder, &program, target, length, log)
        })?;
    }
    Ok(())
}

/// What the compiler calls this machine.
fn machine(places: &Places) -> Result<String> {
    let log = Log::create(&places.logs("fuzz").join("machine.log"))?;
    let said = Task::new(places.root(), "rustc", ["--version", "--verbose"]).succeed(&log)?.stdout;
    let machine = said.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(machine.context("rustc does not name this machine")?.to_owned())
}

/// Feeds one target. What it finds interesting is kept for the next time.
fn feed(folder: &Path, program: &Path, target: &str, length: &str, log: &Log) -> Result<Outcome> {
    let corpus = folder.join("corpus").join(target);
    let found = folder.join("found").join(target);
    for folder in [&corpus, &found] {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    for (name, text) in seeds(target) {
        let file = corpus.join(name);
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    let arguments = [
        length.to_owned(),
        format!("-max_len={LENGTH}"),
        format!("-timeout={SECONDS}"),
        format!("-rss_limit_mb={MEGABYTES}"),
        "-seed=1".to_owned(),
        "-print_final_stats=1".to_owned(),
        format!("-artifact_prefix={}/", found.display()),
        corpus.to_string_lossy().into_owned(),
    ];
    let said = Task::new(folder, program, arguments).limit(LIMIT).succeed(log)?.stderr;
    let inputs = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    let inputs: u64 = inputs.context("libFuzzer does not say what it did")?.trim().parse()?;
    Ok(Outcome::counted(u32::try_from(inputs).unwrap_or(u32::MAX), 0))
}

/// The most seconds that one target may take altogether.
const LIMIT: u64 = 24 * 60 * 60;

/// What to begin with.
fn seeds(target: &str) -> Vec<(String, String)> {
    match target {
        "reader" => starters::all().iter().map(|starter| (starter.id.to_owned(), starter.spec.to_owned())).collect(),
        "line" => numbered(&[
            "string 1..200 unique",
            "decimal(10,2) >= 0 < 1000 read(staff) write(nobody)",
            "draft | on_sale = draft",
            "User? set_null",
            "Book[0..10] by title",
            "string /[A-Z0-9-]{3,20}/ lowercase",
            "owner when status = draft | sold and owner.role = staff, staff",
            "status is not null and title has me",
            "draft | sold -> draft",
            "title, status desc",
        ]),
        _ => numbered(&["[a-z0-9-]+\nab-1", "(a|b)?[^\\d]{2,5}\nxx", "\\+?[0-9 ()-]{5,20}\n+49 30", "(?:ab)+\nabab"]),
    }
}

fn numbered(texts: &[&str]) -> Vec<(String, String)> {
    texts.iter().enumerate().map(|(number, text)| (format!("seed{number}"), (*text).to_owned())).collect()
}
