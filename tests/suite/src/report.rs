//! What a run found, as data and as text.

use std::fmt;

use crate::scene::Answer;

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its stable id, `access.Review.update.staff.row`.
    pub id: String,
    /// What it is evidence of.
    pub(crate) evidence: Evidence,
    /// Why it failed; `None` where it passed.
    pub failure: Option<String>,
}

/// What a check is evidence of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// One caller asked one thing of one row: the place of that cell in its scene, and the answer if there was one.
    Cell(usize, Option<Answer>),
    /// Anything else. It presumes that the guards with these ids let its own requests through.
    Check(Vec<String>),
}

impl Outcome {
    /// Whether it passed.
    pub fn passed(&self) -> bool {
        self.failure.is_none()
    }

    /// The ids of the guards whose work the check presumes; none for a cell, which tests guards itself.
    pub fn presumes(&self) -> &[String] {
        match &self.evidence {
            Evidence::Cell(..) => &[],
            Evidence::Check(guards) => guards,
        }
    }
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
        self.outcomes.iter().filter(|outcome| !outcome.passed())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (area, passed, failed) in self.areas() {
            writeln!(f, "{area:<10} {passed:>5} passed {failed:>4} failed")?;
        }
        for outcome in self.failures() {
            writeln!(f, "FAILED {}: {}", outcome.id, outcome.failure.as_deref().unwrap_or_default())?;
        }
        let failed = self.failures().count();
        writeln!(f, "{} passed, {failed} failed", self.outcomes.len() - failed)
    }
}

impl Report {
    /// How many checks passed and failed in each area, in the order in which the areas came.
    fn areas(&self) -> Vec<(&str, usize, usize)> {
        let mut areas: Vec<(&str, usize, usize)> = Vec::new();
        for outcome in &self.outcomes {
            let area = outcome.id.split('.').next().unwrap_or_default();
            let (passed, failed) = if outcome.passed() { (1, 0) } else { (0, 1) };
            match areas.iter_mut().find(|(known, ..)| *known == area) {
                Some(counts) => *counts = (counts.0, counts.1 + passed, counts.2 + failed),
                None => areas.push((area, passed, failed)),
            }
        }
        areas
    }
}
