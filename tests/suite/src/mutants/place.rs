//! Whether the suite notices faults at one place.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use backsmith::contract::{Contract, Verb};
use backsmith::model::{Entity, EntityId, Model};

use super::batch::{Batch, batches, judge};
use super::faulty::Faulty;
use super::sites::{Fault, Kind, Leak, Query, SiteMutant, site_mutants};
use super::{Verdict, Verdicts};
use crate::checks::includes::{between, brings_along_otherwise};
use crate::memory::Reference;
use crate::report::Evidence;
use crate::scene::{Answer, Ask, Cell, Scene};
use crate::system::System;
use crate::{Options, Outcome, Report, run_scene};

/// The faults at one place that a model leaves room for, and the scene in which they show.
///
/// A fault in guards that alters the answer of no cell and of no relation is equivalent, and so is one of bodies or
/// lists that nobody gets through to. Any other must be noticed: one of guards by a cell that answers as the wrong
/// guards predict, or by the checks of relations and of narrowed, ordered and searched lists where only those ask so;
/// any other by a check of the entity. No cell may fail whose answer is not altered, and no check that is not about
/// the fault.
#[derive(Debug)]
pub struct SiteBench<'m> {
    model: &'m Model,
    contract: &'m Contract,
    scene: Scene,
    /// What the contract's guards answer in each cell.
    truth: Vec<Answer>,
    suspects: Vec<Suspect>,
}

/// A fault and where it shows.
#[derive(Debug)]
struct Suspect {
    mutant: SiteMutant,
    /// The cells whose answer differs, and the answer.
    differing: BTreeMap<usize, Answer>,
    /// Whether it shows at all.
    shows: bool,
}

/// What the suite finds in the reference with each fault; `boot` makes a reference without rows or faults.
pub fn judge_sites(model: &Model, contract: &Contract, options: Options, boot: &dyn Fn() -> Reference) -> Verdicts {
    let bench = SiteBench::new(model, contract);
    let judged: Result<Verdicts, Infallible> = bench.judge(&|_| true, &mut |batch| {
        let mutants: Vec<&SiteMutant> = bench.mutants(batch).collect();
        let report = bench.ask(&mut Faulty::new(boot(), contract, &mutants), options);
        Ok(bench.verdicts(batch, &report))
    });
    match judged {
        Ok(verdicts) => verdicts,
    }
}

/// What fails where a fault is none: every kind of request is held to the very guards that are true.
pub fn unharmed(model: &Model, contract: &Contract, options: Options, boot: &dyn Fn() -> Reference) -> Report {
    let harmless = |(entity, _): (EntityId, &Entity)| {
        let kind = Kind { entity, verb: None, query: None };
        SiteMutant { id: "neutral".to_owned(), kind, fault: Fault::Guards(contract.plan.clone()) }
    };
    let mutants: Vec<SiteMutant> = model.entities().map(harmless).collect();
    let mutants: Vec<&SiteMutant> = mutants.iter().collect();
    let scene = Scene::of(model, contract);
    run_scene(contract, model, &scene, &mut Faulty::new(boot(), contract, &mutants), options)
}

impl<'m> SiteBench<'m> {
    /// Finds out where each fault of a model shows.
    pub fn new(model: &'m Model, contract: &'m Contract) -> Self {
        let scene = Scene::of(model, contract);
        let truth = scene.cells.iter().map(|cell| scene.predict(model, &contract.plan, cell)).collect();
        let mut bench = Self { model, contract, scene, truth, suspects: Vec::new() };
        bench.suspects = site_mutants(model, contract).into_iter().map(|mutant| bench.suspect(mutant)).collect();
        bench
    }

    /// Tries every fault that is wanted and shows; `judged` says what becomes of each of a batch, in order. Whichever
    /// seems to survive in company is tried again by itself, and only that counts.
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

    /// The faults of a batch.
    pub fn mutants(&self, batch: &Batch) -> impl Iterator<Item = &SiteMutant> {
        self.of(batch).map(|suspect| &suspect.mutant)
    }

    /// The ids of the guards that each fault of a batch leaves out.
    pub fn touched(&self, batch: &Batch) -> Vec<BTreeSet<String>> {
        self.mutants(batch).map(|mutant| self.gone(mutant)).collect()
    }

    /// Runs the suite against a system.
    pub fn ask(&self, system: &mut dyn System, options: Options) -> Report {
        run_scene(self.contract, self.model, &self.scene, system, options)
    }

    /// What the suite's report says of each fault of a batch.
    pub fn verdicts(&self, batch: &Batch, report: &Report) -> Vec<Verdict> {
        let excused = |outcome: &&Outcome| self.of(batch).any(|suspect| self.may_fail(suspect, outcome));
        let strays: Vec<String> = report
            .failures()
            .filter(|outcome| !excused(outcome))
            .map(|outcome| format!("{} ({:.300})", outcome.id, outcome.failure.as_deref().unwrap_or_default()))
            .collect();
        let verdict = |suspect: &Suspect| match report.failures().filter(|outcome| self.shows(suspect, outcome)).count()
        {
            _ if !strays.is_empty() => Verdict::Survived(format!("these fail as well: {}", strays.join("; "))),
            0 => Verdict::Survived("no check shows it".to_owned()),
            checks => Verdict::Killed { checks },
        };
        self.of(batch).map(verdict).collect()
    }

    fn of(&self, batch: &Batch) -> impl Iterator<Item = &Suspect> {
        batch.0.iter().map(|index| &self.suspects[*index])
    }

    fn suspect(&self, mutant: SiteMutant) -> Suspect {
        let differing = self.differing(&mutant);
        let shows = match (&mutant.fault, mutant.kind.query) {
            (Fault::Contract(_, Leak::Taken) | Fault::PassesOver, _) => self.is_reached(&mutant),
            (Fault::Contract(_, Leak::Shown | Leak::Asked), _) => true,
            (Fault::Guards(plan), Some(Query::Include(index))) => {
                let enforced = Contract { plan: plan.clone(), ..self.contract.clone() };
                brings_along_otherwise(&self.scene, self.model, [self.contract, &enforced], mutant.kind.entity, index)
            }
            (Fault::Guards(_) | Fault::Rows(_) | Fault::Total(_), _) => !differing.is_empty(),
        };
        Suspect { mutant, differing, shows }
    }

    /// The cells of a fault's kind that its guards answer otherwise, with their answers.
    fn differing(&self, mutant: &SiteMutant) -> BTreeMap<usize, Answer> {
        let Some(plan) = mutant.fault.plan().filter(|_| !matches!(mutant.kind.query, Some(Query::Include(_)))) else {
            return BTreeMap::new();
        };
        let of_kind = |(_, cell): &(usize, &Cell)| {
            let is_total = cell.ask == Ask::Total;
            let fits = match mutant.fault {
                Fault::Rows(_) => !is_total,
                Fault::Total(_) => is_total,
                Fault::Guards(_) | Fault::Contract(..) | Fault::PassesOver => true,
            };
            fits && cell.entity == mutant.kind.entity && mutant.kind.verb.is_none_or(|verb| cell.verb() == verb)
        };
        let cells = self.scene.cells.iter().enumerate().filter(of_kind);
        let answers = cells.map(|(index, cell)| (index, self.scene.predict(self.model, plan, cell)));
        answers.filter(|(index, answer)| self.truth[*index] != *answer).collect()
    }

    /// Whether somebody gets through with requests of a fault's kind.
    fn is_reached(&self, mutant: &SiteMutant) -> bool {
        let Some(verb) = mutant.kind.verb else { return true };
        let cells = self.scene.cells.iter().zip(&self.truth);
        let mut of_kind = cells.filter(|(cell, _)| cell.entity == mutant.kind.entity && cell.verb() == verb);
        of_kind.any(|(_, answer)| answer.status == verb.success())
    }

    /// Whether a failed check tells of a fault.
    fn shows(&self, suspect: &Suspect, outcome: &Outcome) -> bool {
        let by_cells = suspect.mutant.fault.plan().is_some() && suspect.mutant.kind.query.is_none();
        match &outcome.evidence {
            Evidence::Cell(index, Some(answer)) if by_cells => suspect.differing.get(index) == Some(answer),
            Evidence::Cell(..) | Evidence::Check(_) => !by_cells && self.may_fail(suspect, outcome),
        }
    }

    /// Whether a check may fail because of a fault.
    fn may_fail(&self, suspect: &Suspect, outcome: &Outcome) -> bool {
        let mutant = &suspect.mutant;
        let presumes = match &outcome.evidence {
            Evidence::Cell(index, _) => {
                return suspect.differing.contains_key(index) || self.follows(suspect, &self.scene.cells[*index]);
            }
            Evidence::Check(presumes) => presumes,
        };
        let name = &self.model.entity(mutant.kind.entity).name;
        let relations = self.relations(mutant);
        let is_of = |area: &str| outcome.id.starts_with(&format!("{area}.{name}."));
        match (&mutant.fault, mutant.kind.query) {
            (Fault::Guards(_), Some(Query::Include(_))) => relations.contains(&outcome.id),
            (Fault::Contract(_, Leak::Asked), _) => is_of("lists"),
            (Fault::Contract(_, Leak::Shown), _) => {
                relations.contains(&outcome.id) || outcome.id.contains(&format!(".{name}."))
            }
            (Fault::Contract(_, Leak::Taken) | Fault::PassesOver, _) => {
                let words: &[&str] = if mutant.kind.verb == Some(Verb::Create) {
                    &["create", "post"]
                } else {
                    &["update", "put", "patch"]
                };
                words.iter().any(|word| outcome.id.contains(&format!(".{name}.{word}")))
            }
            (Fault::Guards(_) | Fault::Rows(_) | Fault::Total(_), query) => {
                let gone = self.gone(mutant);
                let lists = query.is_some() && ["lists", "filters", "access"].into_iter().any(is_of);
                lists || relations.contains(&outcome.id) || presumes.iter().any(|guard| gone.contains(guard))
            }
        }
    }

    /// Whether a cell cannot be as it should because another is not: a list is read to the end that its total tells,
    /// and a row that shows too much does so wherever it is.
    fn follows(&self, suspect: &Suspect, cell: &Cell) -> bool {
        let same = |index: &usize| {
            let other = &self.scene.cells[*index];
            other.asker == cell.asker && other.entity == cell.entity
        };
        match suspect.mutant.fault {
            Fault::Rows(_) | Fault::Total(_) => cell.verb() == Verb::List && suspect.differing.keys().any(same),
            Fault::Contract(_, Leak::Shown) => cell.entity == suspect.mutant.kind.entity,
            Fault::Guards(_) | Fault::Contract(..) | Fault::PassesOver => false,
        }
    }

    /// The ids of the checks of relations that ask what a fault answers wrongly: those of the relation itself, or
    /// those that compare what comes along with the row alone.
    fn relations(&self, mutant: &SiteMutant) -> BTreeSet<String> {
        let kind = mutant.kind;
        let mut ids = BTreeSet::new();
        for (entity, declared) in self.model.entities() {
            for (index, include) in self.contract.resource(entity).includes.iter().enumerate() {
                let asks = match kind.query {
                    Some(Query::Include(wrong)) => kind.entity == entity && wrong == index,
                    Some(_) => false,
                    None => {
                        let compared = [Some(include.to), between(self.model, entity, include)];
                        kind.verb.is_none_or(|verb| verb == Verb::Get) && compared.contains(&Some(kind.entity))
                    }
                };
                if asks {
                    ids.insert(format!("includes.{}.{}", declared.name, include.wire));
                }
            }
        }
        ids
    }

    /// The ids of the guards that a fault leaves out.
    fn gone(&self, mutant: &SiteMutant) -> BTreeSet<String> {
        let Some(plan) = mutant.fault.plan() else { return BTreeSet::new() };
        let gone = self.contract.plan.guards().iter().filter(|guard| !plan.guards().contains(guard));
        let fields = self.contract.plan.fields().iter().filter(|guard| !plan.fields().contains(guard));
        gone.map(|guard| guard.id.to_string()).chain(fields.map(|guard| guard.id.to_string())).collect()
    }

    /// Faults that show, in batches in which no two are about the same requests or the same guards.
    fn batches(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<Batch> {
        let shows = |suspect: &Suspect| suspect.shows && wanted(&suspect.mutant.id);
        let wanted = (0..self.suspects.len()).filter(|index| shows(&self.suspects[*index]));
        batches(wanted, |index, batch| self.of(batch).all(|other| self.stands_apart(&self.suspects[index], other)))
    }

    /// Whether two faults can be told from each other in one server.
    fn stands_apart(&self, one: &Suspect, other: &Suspect) -> bool {
        let (one, other) = (&one.mutant, &other.mutant);
        let of_guards = one.fault.plan().is_some() && other.fault.plan().is_some();
        let creates = [one, other].map(|mutant| mutant.kind.verb == Some(Verb::Create));
        (of_guards || one.kind.entity != other.kind.entity || creates[0] != creates[1])
            && !one.kind.overlaps(other.kind)
            && self.gone(one).is_disjoint(&self.gone(other))
            && self.relations(one).is_disjoint(&self.relations(other))
    }
}
