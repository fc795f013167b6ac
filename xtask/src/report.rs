//! What a chore says: a line when a step begins and one when it ends, a table at the end.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::task::Log;

/// How many lines of a failed step's log are shown.
const TAIL: usize = 80;

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// All is well.
    Passed,
    /// All was well with the same inputs before.
    Unchanged,
    /// Something is wrong; the log says what.
    Failed,
}

/// A step's verdict with what was counted.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// The verdict.
    pub(crate) verdict: Verdict,
    /// Tests or checks that passed.
    pub(crate) passed: u32,
    /// Tests or checks that failed.
    pub(crate) failed: u32,
}

impl Outcome {
    /// A step that is one check.
    pub(crate) fn one(passed: bool) -> Self {
        Self::counted(u32::from(passed), u32::from(!passed))
    }

    /// A step of many checks. One without any did not do its work.
    pub(crate) fn counted(passed: u32, failed: u32) -> Self {
        let verdict = if failed == 0 && passed > 0 { Verdict::Passed } else { Verdict::Failed };
        Self { verdict, passed, failed: if passed == 0 { failed.max(1) } else { failed } }
    }

    /// A step that was done before with the same inputs.
    pub(crate) fn unchanged(passed: u32) -> Self {
        Self { verdict: Verdict::Unchanged, passed, failed: 0 }
    }
}

/// One line of the table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The step.
    pub(crate) name: String,
    /// What became of it.
    pub(crate) outcome: Outcome,
    /// How long it took.
    pub(crate) took: Duration,
}

/// The steps so far.
#[derive(Debug)]
pub(crate) struct Report {
    logs: PathBuf,
    rows: Vec<Row>,
}

impl Report {
    /// A report whose logs go to a folder.
    pub(crate) fn new(logs: PathBuf) -> Self {
        Self { logs, rows: Vec::new() }
    }

    /// Does a step, says how it went, and shows the end of its log if it failed.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce(&Log) -> Result<Outcome>) -> Result<Outcome> {
        let log = Log::create(&self.logs.join(format!("{}.log", name.replace([' ', ':', '/'], "-"))))?;
        println!("  {name} …");
        let since = Instant::now();
        let outcome = work(&log).or_else(|error| {
            log.note(&format!("{error:#}"))?;
            Ok::<_, anyhow::Error>(Outcome::one(false))
        })?;
        let took = since.elapsed();
        println!("  {name}: {} {}", mark(outcome.verdict), seconds(took));
        if outcome.verdict == Verdict::Failed {
            println!("{}  The whole log: {}", tail(&log.text()), log.path().display());
        }
        self.rows.push(Row { name: name.to_owned(), outcome: outcome.clone(), took });
        Ok(outcome)
    }

    /// Takes the lines of another report over, each with a prefix.
    pub(crate) fn adopt(&mut self, prefix: &str, other: &Report) {
        let rows = other.rows.iter().cloned();
        self.rows.extend(rows.map(|row| Row { name: format!("{prefix}{}", row.name), ..row }));
    }

    /// The lines so far.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether nothing failed.
    pub(crate) fn is_green(&self) -> bool {
        self.rows.iter().all(|row| row.outcome.verdict != Verdict::Failed)
    }

    /// Prints the table and the sum.
    pub(crate) fn print(&self) {
        println!("\n{}", self.table());
    }

    fn table(&self) -> String {
        let width = self.rows.iter().map(|row| row.name.len()).max().unwrap_or(0).max(4);
        let mut table = format!("  {:width$}  result     passed  failed      time\n", "step");
        let mut total = Duration::ZERO;
        for Row { name, outcome, took } in &self.rows {
            total += *took;
            let (word, passed, failed) = (mark(outcome.verdict), outcome.passed, outcome.failed);
            let _ = writeln!(table, "  {name:width$}  {word:9}  {passed:6}  {failed:6}  {:>8}", seconds(*took));
        }
        let sum = |count: fn(&Outcome) -> u32| self.rows.iter().map(|row| count(&row.outcome)).sum::<u32>();
        let (passed, failed) = (sum(|outcome| outcome.passed), sum(|outcome| outcome.failed));
        let _ = writeln!(table, "  {:width$}  {:9}  {passed:6}  {failed:6}  {:>8}", "all", "", seconds(total));
        let _ = write!(table, "\n{passed} passed, {failed} failed");
        table
    }
}

fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "ok",
        Verdict::Unchanged => "unchanged",
        Verdict::Failed => "FAILED",
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(TAIL);
    let mut shown = String::new();
    for line in lines.iter().skip(from) {
        let _ = writeln!(shown, "    {line}");
    }
    shown
}
