//! Where mutants are tried: several at once where each shows as it does alone.

use std::collections::{BTreeMap, BTreeSet};

use backsmith::contract::{Contract, FieldGuard, Guard, GuardId, MoveGuard, Plan};
use backsmith::model::Model;

use super::batch::{Batch, batches, judge};
use super::operators::{Mutant, mutants};
use super::{Verdict, Verdicts};
use crate::report::Evidence;
use crate::scene::{Answer, Scene};
use crate::{Options, Outcome, Report, System, run_scene};

/// The mutants of a model, and the scene in which they show.
#[derive(Debug)]
pub struct Bench<'m> {
    model: &'m Model,
    contract: &'m Contract,
    scene: Scene,
    /// What the contract's guards answer in each cell.
    truth: Vec<Answer>,
    suspects: Vec<Suspect>,
}

/// A mutant and where it shows.
#[derive(Debug)]
struct Suspect {
    mutant: Mutant,
    /// The cells whose answer differs, and the answer.
    differing: BTreeMap<usize, Answer>,
    /// The guards that it changes, adds or takes out.
    touched: Vec<Guard>,
    /// The same of fields.
    fields: Vec<FieldGuard>,
    /// The arrows that it changes or takes out: each with what is there instead.
    moves: Vec<(GuardId, Option<MoveGuard>)>,
    /// The checks that it takes out.
    unchecked: Vec<GuardId>,
}

impl Suspect {
    fn ids(&self) -> BTreeSet<String> {
        let moves = self.moves.iter().map(|(id, _)| id.to_string());
        let fields = self.fields.iter().map(|guard| guard.id.to_string()).chain(moves);
        let fields = fields.chain(self.unchecked.iter().map(GuardId::to_string));
        self.touched.iter().map(|guard| guard.id.to_string()).chain(fields).collect()
    }
}

impl<'m> Bench<'m> {
    /// Finds out where each mutant of a model shows.
    pub fn new(model: &'m Model, contract: &'m Contract) -> Self {
        let scene = Scene::of(model, contract);
        let truth = scene.cells.iter().map(|cell| scene.predict(model, &contract.plan, cell)).collect();
        let mut bench = Self { model, contract, scene, truth, suspects: Vec::new() };
        bench.suspects = mutants(model).into_iter().map(|mutant| bench.suspect(mutant)).collect();
        bench
    }

    /// Tries every mutant that is wanted and shows; `judged` says what becomes of each mutant of a batch, in order. Whichever seems
    /// to survive in company is tried again by itself, and only that counts.
    ///
    /// # Errors
    ///
    /// Those of `judged`.
    pub fn judge<E>(
        &self,
        wanted: &dyn Fn(&str) -> bool,
        judged: &mut dyn FnMut(&Batch) -> Result<Vec<Verdict>, E>,
    ) -> Result<Verdicts, E> {
        let ids = self.suspects.iter().map(|suspect| suspect.mutant.id.as_str());
        judge(self.batches(wanted), ids, wanted, judged)
    }

    /// The names of a batch's mutants.
    pub fn ids(&self, batch: &Batch) -> Vec<&str> {
        self.of(batch).map(|suspect| suspect.mutant.id.as_str()).collect()
    }

    /// The ids of the guards that each mutant of a batch changes, adds or takes out.
    pub fn touched(&self, batch: &Batch) -> Vec<BTreeSet<String>> {
        self.of(batch).map(Suspect::ids).collect()
    }

    /// The guards that the server of a batch enforces: the true ones, with the changes of all its mutants.
    pub fn plan(&self, batch: &Batch) -> Plan {
        let mut guards = self.contract.plan.guards().to_vec();
        for suspect in self.of(batch) {
            let at = |guard: &Guard| (guard.entity, guard.operation);
            let touched: Vec<_> = suspect.touched.iter().map(at).collect();
            guards.retain(|guard| !touched.contains(&at(guard)));
            let own = suspect.mutant.plan.guards().iter().filter(|guard| touched.contains(&at(guard)));
            guards.extend(own.cloned());
        }
        let changed = |guard: &FieldGuard| {
            let all = self.of(batch).flat_map(|suspect| &suspect.fields);
            all.into_iter().find(|other| other.id == guard.id).unwrap_or(guard).clone()
        };
        let fields = self.contract.plan.fields().iter().map(changed);
        let moved = |guard: &MoveGuard| {
            let mut all = self.of(batch).flat_map(|suspect| &suspect.moves);
            all.find(|(id, _)| *id == guard.id).map_or_else(|| Some(guard.clone()), |(_, other)| other.clone())
        };
        let moves = self.contract.plan.moves().iter().filter_map(moved);
        let unchecked: Vec<&GuardId> = self.of(batch).flat_map(|suspect| &suspect.unchecked).collect();
        let checks = self.contract.plan.checks().iter().filter(|guard| !unchecked.contains(&&guard.id)).cloned();
        guards.into_iter().collect::<Plan>().with_fields(fields).with_moves(moves).with_checks(checks)
    }

    /// Runs the suite against a system.
    pub fn ask(&self, system: &mut dyn System, options: Options) -> Report {
        run_scene(self.contract, self.model, &self.scene, system, options)
    }

    /// What the suite's report says of each mutant of a batch.
    pub fn verdicts(&self, batch: &Batch, report: &Report) -> Vec<Verdict> {
        self.of(batch).map(|suspect| self.verdict(suspect, batch, report)).collect()
    }

    fn verdict(&self, suspect: &Suspect, batch: &Batch, report: &Report) -> Verdict {
        let touched: BTreeSet<String> = self.touched(batch).into_iter().flatten().collect();
        let excused = |outcome: &&Outcome| match &outcome.evidence {
            Evidence::Cell(index, _) => self.of(batch).any(|suspect| suspect.differing.contains_key(index)),
            Evidence::Check(presumes) => presumes.iter().any(|guard| touched.contains(guard)),
        };
        if let Some(other) = report.failures().find(|outcome| !excused(outcome)) {
            let problem = other.failure.as_deref().unwrap_or_default();
            return Verdict::Survived(format!("{} fails as well: {problem}", other.id));
        }
        let as_predicted = |outcome: &&Outcome| match outcome.evidence {
            Evidence::Cell(index, Some(answer)) => suspect.differing.get(&index) == Some(&answer),
            Evidence::Cell(_, None) | Evidence::Check(_) => false,
        };
        match report.failures().filter(as_predicted).count() {
            0 => Verdict::Survived(format!("none of {} differing cells answers as predicted", suspect.differing.len())),
            cells => Verdict::Killed { checks: cells },
        }
    }

    fn of(&self, batch: &Batch) -> impl Iterator<Item = &Suspect> {
        batch.0.iter().map(|index| &self.suspects[*index])
    }

    fn suspect(&self, mutant: Mutant) -> Suspect {
        let (truth, wrong) = (self.contract.plan.guards(), mutant.plan.guards());
        let changed = wrong.iter().filter(|guard| !truth.contains(guard));
        let gone = truth.iter().filter(|guard| !wrong.contains(guard));
        let touched = changed.chain(gone).cloned().collect();
        let fields = mutant.plan.fields().iter().filter(|guard| !self.contract.plan.fields().contains(guard));
        let fields = fields.cloned().collect();
        let moves = self.contract.plan.moves().iter().filter_map(|guard| {
            let other = mutant.plan.moves().iter().find(|other| other.id == guard.id);
            (other != Some(guard)).then(|| (guard.id.clone(), other.cloned()))
        });
        let moves = moves.collect();
        let checks = self.contract.plan.checks().iter();
        let unchecked =
            checks.filter(|guard| !mutant.plan.checks().contains(guard)).map(|guard| guard.id.clone()).collect();
        Suspect { differing: self.differing(&mutant.plan), touched, fields, moves, unchecked, mutant }
    }

    /// The cells that a plan answers otherwise than the contract's, with its answers.
    fn differing(&self, plan: &Plan) -> BTreeMap<usize, Answer> {
        let cells = self.scene.cells.iter().enumerate();
        let answers = cells.map(|(index, cell)| (index, self.scene.predict(self.model, plan, cell)));
        answers.filter(|(index, answer)| self.truth[*index] != *answer).collect()
    }

    /// Mutants that show, in batches in which each shows as it does alone, and no two change the same guard.
    fn batches(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<Batch> {
        let shows = |suspect: &Suspect| !suspect.differing.is_empty() && wanted(&suspect.mutant.id);
        let wanted = (0..self.suspects.len()).filter(|index| shows(&self.suspects[*index]));
        batches(wanted, |index, batch| self.fits(&self.suspects[index], index, batch))
    }

    fn fits(&self, suspect: &Suspect, index: usize, batch: &Batch) -> bool {
        let apart = self.of(batch).all(|other| {
            suspect.ids().is_disjoint(&other.ids())
                && !suspect.differing.keys().any(|cell| other.differing.contains_key(cell))
        });
        apart && {
            let all = Batch(batch.0.iter().copied().chain([index]).collect());
            let together: BTreeMap<usize, Answer> =
                self.of(&all).flat_map(|suspect| suspect.differing.clone()).collect();
            self.differing(&self.plan(&all)) == together
        }
    }
}
