//! Servers with one wrong access rule, and whether the suite notices each.
//!
//! A mutant enforces the guards of a model with one rule changed; its contract is the true one in all else. A change
//! that alters the answer of no cell is equivalent: it is dropped and counted. Any other must be *killed*: some cell
//! whose answer differs answers exactly as the changed guards predict, and nothing fails but such cells and checks
//! that presume a guard that was changed.

mod batch;
mod bench;
mod faulty;
mod fixed;
mod operators;
mod place;
mod sites;

pub use batch::Batch;
pub use bench::Bench;
pub use fixed::{FIXED, Fixed, Needs, is_like};
pub use operators::{Mutant, mutants};
pub use place::{SiteBench, judge_sites, unharmed};
pub use sites::{Fault, Kind, Leak, Query, SiteMutant, site_mutants};

use std::convert::Infallible;
use std::fmt;

use backsmith::contract::{Contract, Plan};
use backsmith::model::Model;

use crate::{Options, System};

/// What became of a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// No cell's answer differs.
    Equivalent,
    /// It was noticed, and nothing else was.
    Killed {
        /// How many checks noticed it: cells of the suite that answered as the mutant's guards predict, or tests.
        checks: usize,
    },
    /// It was not noticed, or not for the right reason.
    Survived(String),
}

/// Every mutant with its verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdicts(pub Vec<(String, Verdict)>);

/// What the suite finds in each mutant; `boot` makes a fresh system that enforces a plan.
pub fn judge(
    model: &Model,
    contract: &Contract,
    options: Options,
    boot: &dyn Fn(&Plan) -> Box<dyn System>,
) -> Verdicts {
    let bench = Bench::new(model, contract);
    let judged: Result<Verdicts, Infallible> = bench.judge(&|_| true, &mut |batch| {
        let report = bench.ask(boot(&bench.plan(batch)).as_mut(), options);
        Ok(bench.verdicts(batch, &report))
    });
    match judged {
        Ok(verdicts) => verdicts,
    }
}

impl Verdicts {
    /// Whether there are mutants and none survived.
    pub fn all_killed(&self) -> bool {
        self.killed() > 0 && self.survivors().next().is_none()
    }

    /// The mutants that survived, and why.
    pub fn survivors(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(id, verdict)| match verdict {
            Verdict::Survived(why) => Some((id.as_str(), why.as_str())),
            Verdict::Equivalent | Verdict::Killed { .. } => None,
        })
    }

    /// How many mutants were noticed.
    pub fn killed(&self) -> usize {
        self.0.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Killed { .. })).count()
    }
}

impl fmt::Display for Verdicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (id, verdict) in &self.0 {
            match verdict {
                Verdict::Equivalent => writeln!(f, "equivalent  {id}")?,
                Verdict::Killed { checks } => writeln!(f, "killed      {id} ({checks} checks)")?,
                Verdict::Survived(why) => writeln!(f, "SURVIVED    {id}: {why}")?,
            }
        }
        let survived = self.survivors().count();
        let equivalent = self.0.len() - self.killed() - survived;
        writeln!(f, "{} killed, {survived} survived, {equivalent} equivalent", self.killed())
    }
}
