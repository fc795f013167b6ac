//! How long the core takes to check, generate and pack specs of several sizes: a table, never a test.

#![allow(clippy::print_stdout, reason = "a benchmark speaks on the terminal")]

use std::hint::black_box;
use std::thread::scope;
use std::time::{Duration, Instant};

use backsmith::{Generated, Request, Session, starters};
use backsmith_workload::sized;

/// What each figure may be on a quiet machine, in milliseconds.
const BUDGETS: [(&str, Step, u32); 6] = [
    ("bookshop", Step::First, 3),
    ("bookshop", Step::Again, 3),
    ("bookshop", Step::Zip, 12),
    ("200 entities", Step::First, 400),
    ("200 entities", Step::Again, 400),
    ("200 entities", Step::Zip, 250),
];

/// Four times the entities should take little more than four times the time.
const GROWTH: f64 = 4.4;

/// How long each figure is measured, and the fewest and the most runs.
const PATIENCE: Duration = Duration::from_secs(2);
const RUNS: std::ops::RangeInclusive<usize> = 3..=400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Check,
    /// Generating where nothing has been generated before.
    First,
    /// Generating where nearly the same project was generated before, as an editor does with each key.
    Again,
    Zip,
}

/// The fastest and the middle run; what disturbs a machine only ever makes a run slower.
#[derive(Clone, Copy)]
struct Figure {
    least: Duration,
    median: Duration,
}

/// The allocator of the command line, whose times these are.
#[global_allocator]
static GLOBAL: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let bookshop = starters::find("bookshop").map(|starter| ("bookshop".to_owned(), starter.spec.to_owned()));
    let made = [20, 100, 200, 400].map(|entities| (format!("{entities} entities"), sized(entities)));
    println!("{:<14}{:>22}{:>22}{:>22}{:>22}", "least (median)", "check", "first", "again", "zip");
    let mut figures: Vec<(String, Step, Figure)> = Vec::new();
    for (name, spec) in bookshop.into_iter().chain(made) {
        let row = [Step::Check, Step::First, Step::Again, Step::Zip].map(|step| (step, measure(step, &spec)));
        let cells: String =
            row.iter().fold(String::new(), |cells, (_, figure)| format!("{cells}{:>22}", figure.text()));
        println!("{name:<14}{cells}");
        figures.extend(row.map(|(step, figure)| (name.clone(), step, figure)));
    }
    println!();
    let find =
        |name: &str, step| figures.iter().find(|(of, at, _)| of == name && *at == step).map(|found| found.2.least);
    for (name, step, budget) in BUDGETS {
        let Some(least) = find(name, step) else { continue };
        let verdict = if least <= Duration::from_millis(budget.into()) { "within" } else { "over" };
        println!("{step:?} {name}: {:.1} ms, {verdict} the budget of {budget} ms", milliseconds(least));
    }
    for step in [Step::First, Step::Again] {
        let (Some(large), Some(small)) = (find("400 entities", step), find("100 entities", step)) else { continue };
        let growth = large.as_secs_f64() / small.as_secs_f64();
        let verdict = if growth <= GROWTH { "within" } else { "over" };
        println!("{step:?} 400 entities over 100: {growth:.2}, {verdict} the budget of {GROWTH}");
    }
}

fn measure(step: Step, spec: &str) -> Figure {
    let mut session = Session::default();
    let edited = spec.replacen("string 1..200", "string 1..201", 1);
    let generated = (step == Step::Zip).then(|| generate(spec)).flatten();
    let mut runs = Vec::new();
    let since = Instant::now();
    while runs.len() < *RUNS.start() || (since.elapsed() < PATIENCE && runs.len() < *RUNS.end()) {
        runs.push(match (step, &generated) {
            (Step::Check, _) => timed(|| backsmith::check(spec)),
            // Threads do not share what they remember.
            (Step::First, _) => scope(|scope| scope.spawn(|| timed(|| generate(spec))).join()).unwrap_or_default(),
            (Step::Again, _) => {
                let next = if runs.len() % 2 == 0 { spec } else { &edited };
                timed(|| session.generate(&Request::new(next)))
            }
            (Step::Zip, Some(generated)) => timed(|| generated.project.zip()),
            (Step::Zip, None) => Duration::ZERO,
        });
    }
    runs.sort_unstable();
    let least = runs.first().copied().unwrap_or_default();
    Figure { least, median: runs.get(runs.len() / 2).copied().unwrap_or_default() }
}

/// How long something takes, without the time to throw away what it made.
fn timed<T>(make: impl FnOnce() -> T) -> Duration {
    let begin = Instant::now();
    let made = black_box(make());
    let time = begin.elapsed();
    drop(made);
    time
}

fn generate(spec: &str) -> Option<Generated> {
    backsmith::generate(&Request::new(spec)).ok()?.result
}

impl Figure {
    fn text(self) -> String {
        format!("{:.2} ({:.2}) ms", milliseconds(self.least), milliseconds(self.median))
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
