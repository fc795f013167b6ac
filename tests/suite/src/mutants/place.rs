//! Whether the suite notices faults at one place.

use std::collections::{BTreeMap, BTreeSet};

use backsmith::contract::{Contract, Plan};
use backsmith::model::{Entity, EntityId, Model};

use super::faulty::Faulty;
use super::sites::{Fault, Kind, SiteMutant, site_mutants};
use super::{Verdict, Verdicts};
use crate::memory::Reference;
use crate::report::Evidence;
use crate::scene::{Answer, Ask, Scene};
use crate::{Options, Outcome, Report, run_scene};

/// What the suite finds in the reference with each fault; `boot` makes a reference without rows or faults.
///
/// A fault in guards that alters the answer of no cell is equivalent, and so is one of bodies or lists that nobody gets
/// through to. Any other must be noticed: where it is one of
/// guards, by a cell that answers as the wrong guards predict, or for narrowed, ordered and searched lists by a check
/// of lists; and nothing may fail that is not about the entity and the kind of request.
pub fn judge_sites(model: &Model, contract: &Contract, options: Options, boot: &dyn Fn() -> Reference) -> Verdicts {
    let scene = Scene::of(model, contract);
    let truth = scene.cells.iter().map(|cell| scene.predict(model, &contract.plan, cell)).collect();
    let bench = Bench { model, contract, scene: &scene, truth };
    let verdict = |mutant: SiteMutant| {
        let differing = bench.differing(&mutant);
        let shows = differing.as_ref().map_or_else(|| bench.is_reached(&mutant), |cells| !cells.is_empty());
        let verdict = if shows {
            let report = run_scene(contract, model, &scene, &mut Faulty::new(boot(), contract, &mutant), options);
            bench.verdict(&mutant, differing, &report)
        } else {
            Verdict::Equivalent
        };
        (mutant.id, verdict)
    };
    Verdicts(site_mutants(model, contract).into_iter().map(verdict).collect())
}

/// What fails where a fault is none: every kind of request is held to the very guards that are true.
pub fn unharmed(model: &Model, contract: &Contract, options: Options, boot: &dyn Fn() -> Reference) -> Report {
    let harmless = |(entity, _): (EntityId, &Entity)| {
        let kind = Kind { entity, verb: None, query: None };
        SiteMutant { id: "neutral".to_owned(), kind, fault: Fault::Guards(contract.plan.clone()) }
    };
    let scene = Scene::of(model, contract);
    let mut outcomes = Vec::new();
    for mutant in model.entities().map(harmless) {
        outcomes
            .extend(run_scene(contract, model, &scene, &mut Faulty::new(boot(), contract, &mutant), options).outcomes);
    }
    Report { outcomes }
}

struct Bench<'b> {
    model: &'b Model,
    contract: &'b Contract,
    scene: &'b Scene,
    /// What the contract's guards answer in each cell.
    truth: Vec<Answer>,
}

impl Bench<'_> {
    /// The cells of a fault's kind that its guards answer otherwise, with their answers; `None` where it is none of
    /// guards.
    fn differing(&self, mutant: &SiteMutant) -> Option<BTreeMap<usize, Answer>> {
        let plan = guards(mutant)?;
        let of_kind = |(_, cell): &(usize, &crate::scene::Cell)| {
            let is_total = cell.ask == Ask::Total;
            let fits = match mutant.fault {
                Fault::Rows(_) => !is_total,
                Fault::Total(_) => is_total,
                Fault::Guards(_) | Fault::Contract(_) | Fault::PassesOver => true,
            };
            fits && cell.entity == mutant.kind.entity && mutant.kind.verb.is_none_or(|verb| cell.verb() == verb)
        };
        let cells = self.scene.cells.iter().enumerate().filter(of_kind);
        let answers = cells.map(|(index, cell)| (index, self.scene.predict(self.model, plan, cell)));
        Some(answers.filter(|(index, answer)| self.truth[*index] != *answer).collect())
    }

    /// Whether somebody gets through with requests of a fault's kind.
    fn is_reached(&self, mutant: &SiteMutant) -> bool {
        let Some(verb) = mutant.kind.verb else { return true };
        let cells = self.scene.cells.iter().zip(&self.truth);
        let mut of_kind = cells.filter(|(cell, _)| cell.entity == mutant.kind.entity && cell.verb() == verb);
        of_kind.any(|(_, answer)| answer.status == verb.success())
    }

    fn verdict(&self, mutant: &SiteMutant, differing: Option<BTreeMap<usize, Answer>>, report: &Report) -> Verdict {
        if let Some(other) = report.failures().find(|outcome| !self.is_about(mutant, outcome)) {
            let problem = other.failure.as_deref().unwrap_or_default();
            return Verdict::Survived(format!("{} fails as well: {problem}", other.id));
        }
        let cells = differing.filter(|_| mutant.kind.query.is_none());
        let shows = |outcome: &&Outcome| match (&cells, &outcome.evidence) {
            (None, _) => true,
            (Some(cells), Evidence::Cell(index, Some(answer))) => cells.get(index) == Some(answer),
            (Some(_), Evidence::Cell(_, None) | Evidence::Check(_)) => false,
        };
        match report.failures().filter(shows).count() {
            0 => Verdict::Survived("no check shows it".to_owned()),
            checks => Verdict::Killed { checks },
        }
    }

    /// Whether a check may fail because of a fault.
    fn is_about(&self, mutant: &SiteMutant, outcome: &Outcome) -> bool {
        let kind = mutant.kind;
        let name = &self.model.entity(kind.entity).name;
        match &outcome.evidence {
            Evidence::Cell(index, _) => {
                let cell = &self.scene.cells[*index];
                cell.entity == kind.entity && kind.verb.is_none_or(|verb| cell.verb() == verb)
            }
            Evidence::Check(presumes) => {
                let touched = self.touched(mutant);
                outcome.id.contains(&format!(".{name}.")) || presumes.iter().any(|guard| touched.contains(guard))
            }
        }
    }

    /// The ids of the guards that a fault leaves out.
    fn touched(&self, mutant: &SiteMutant) -> BTreeSet<String> {
        let Some(plan) = guards(mutant) else { return BTreeSet::new() };
        let gone = self.contract.plan.guards().iter().filter(|guard| !plan.guards().contains(guard));
        gone.map(|guard| guard.id.to_string()).collect()
    }
}

/// The guards that a fault puts in place of the true ones.
fn guards(mutant: &SiteMutant) -> Option<&Plan> {
    match &mutant.fault {
        Fault::Guards(plan) | Fault::Rows(plan) | Fault::Total(plan) => Some(plan),
        Fault::Contract(_) | Fault::PassesOver => None,
    }
}
