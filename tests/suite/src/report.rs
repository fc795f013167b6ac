//! What a run found, as data and as text.

use std::fmt;

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its stable id, `access.Review.update.staff.mine`.
    pub id: String,
    /// What it is evidence of.
    pub kind: Kind,
    /// Why it failed; `None` where it passed.
    pub failure: Option<String>,
}

/// What a check is evidence of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One caller asks one thing of one row: the place in the list of such cells.
    Cell(usize),
    /// Anything else; it presumes that these guards let its own requests through.
    Check {
        /// The ids of those guards.
        presumes: Vec<String>,
    },
}

/// The results of all checks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order in which they ran.
    pub outcomes: Vec<Outcome>,
}

impl Report {
    /// Whether anything ran and nothing failed.
    pub fn passed(&self) -> bool {
        !self.outcomes.is_empty() && self.failures().next().is_none()
    }

    /// The checks that failed.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| outcome.failure.is_some())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut areas: Vec<(&str, usize, usize)> = Vec::new();
        for outcome in &self.outcomes {
            let area = outcome.id.split('.').next().unwrap_or_default();
            let failed = usize::from(outcome.failure.is_some());
            match areas.iter_mut().find(|(known, ..)| *known == area) {
                Some((_, passed, failures)) => {
                    *passed += 1 - failed;
                    *failures += failed;
                }
                None => areas.push((area, 1 - failed, failed)),
            }
        }
        for (area, passed, failed) in &areas {
            writeln!(f, "{area:<12} {passed:>5} passed {failed:>4} failed")?;
        }
        for outcome in self.failures() {
            writeln!(f, "FAILED {}: {}", outcome.id, outcome.failure.as_deref().unwrap_or_default())?;
        }
        let failed = self.failures().count();
        writeln!(f, "{} passed, {failed} failed", self.outcomes.len() - failed)
    }
}
