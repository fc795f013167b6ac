//! Servers with one wrong access rule, and whether the suite notices each.
//!
//! A mutant enforces the guards of a model with one rule changed; its contract is the true one in all else. A change
//! that alters the answer of no cell is equivalent: it is dropped and counted. Any other must be *killed*: some cell
//! whose answer differs answers exactly as the changed guards predict, and nothing fails but such cells and checks
//! that presume a guard that was changed.

use std::collections::BTreeMap;
use std::fmt;

use backsmith::contract::{Contract, Guard, Plan};
use backsmith::model::{AccessOperation, EntityId, Grant, Model, RoleId, Rule, Who};

use crate::report::Evidence;
use crate::scene::{Answer, Cell, Scene};
use crate::{Options, Outcome, Report, System, run_scene};

/// A changed access rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutant {
    /// Its stable id, `Review.update.DROP`.
    pub id: String,
    /// The guards that its server enforces.
    pub plan: Plan,
}

/// What became of a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// No cell's answer differs.
    Equivalent,
    /// The suite noticed, and noticed nothing else.
    Killed {
        /// The cells that answered as the mutant's guards predict.
        cells: usize,
    },
    /// The suite did not notice, or not for the right reason.
    Survived(String),
}

/// Every mutant with its verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdicts(pub Vec<(String, Verdict)>);

/// Every change of one access rule: DROP lets everybody in, AUTHN every user, WIDEN one role more, UNOWN every user
/// where only the owner was; NARROW takes one word out.
pub fn mutants(model: &Model) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (entity, declared) in model.entities() {
        for operation in AccessOperation::ALL {
            let rule = declared.access.rule(operation);
            if rule.grants.is_empty() {
                continue;
            }
            for (operator, grants) in changes(model, &rule.grants) {
                let id = format!("{}.{}.{operator}", declared.name, operation.word());
                let mutated = with_rule(model, entity, operation, Rule { grants, origin: rule.origin });
                mutants.push(Mutant { id, plan: Plan::of(&mutated) });
            }
        }
    }
    mutants
}

/// What the suite finds in each mutant; `boot` makes a fresh system that enforces a plan.
///
/// Mutants that differ in no common cell run together, each still answering as it does alone; whichever seems to
/// survive so runs again by itself, and only that counts.
pub fn judge(
    model: &Model,
    contract: &Contract,
    options: Options,
    boot: &dyn Fn(&Plan) -> Box<dyn System>,
) -> Verdicts {
    let scene = Scene::of(model, contract);
    let bench = Bench { model, contract, scene: &scene };
    let mutants = mutants(model);
    let suspects: Vec<Suspect> = mutants.iter().map(|mutant| bench.suspect(mutant)).collect();
    let run = |batch: &[&Suspect]| {
        let plan = bench.combined(batch);
        run_scene(contract, model, &scene, boot(&plan).as_mut(), options)
    };
    let mut verdicts: Vec<(String, Verdict)> =
        mutants.iter().map(|mutant| (mutant.id.clone(), Verdict::Equivalent)).collect();
    for batch in bench.batches(&suspects) {
        let report = run(&batch);
        for suspect in &batch {
            let verdict = match bench.verdict(suspect, &batch, &report) {
                Verdict::Survived(_) if batch.len() > 1 => bench.verdict(suspect, &[suspect], &run(&[suspect])),
                verdict => verdict,
            };
            if let Some((_, of)) = verdicts.iter_mut().find(|(id, _)| *id == suspect.mutant.id) {
                *of = verdict;
            }
        }
    }
    Verdicts(verdicts)
}

fn changes(model: &Model, grants: &[Grant]) -> Vec<(String, Vec<Grant>)> {
    let plain = |who| Grant { who, when: Vec::new() };
    let mut changes = Vec::new();
    if model.auth.is_some() {
        changes.push(("DROP".to_owned(), vec![plain(Who::Anyone)]));
        changes.push(("AUTHN".to_owned(), vec![plain(Who::SignedIn)]));
        for (index, role) in model.roles().iter().enumerate() {
            let wider = [grants, &[plain(Who::Role(RoleId(index)))]].concat();
            changes.push((format!("WIDEN+{}", role.name), wider));
        }
    }
    for (index, grant) in grants.iter().enumerate() {
        let with = |changed: Option<Grant>| {
            let mut grants = grants.to_vec();
            grants.splice(index..=index, changed);
            grants
        };
        let number = if grants.len() > 1 { format!("{}", index + 1) } else { String::new() };
        if grant.who == Who::Owner {
            changes.push((format!("UNOWN{number}"), with(Some(Grant { who: Who::SignedIn, ..grant.clone() }))));
        }
        if !grant.when.is_empty() {
            changes.push((format!("WHENEVER{number}"), with(Some(plain(grant.who)))));
        }
        changes.push((format!("NARROW-{}{number}", word(model, grant.who)), with(None)));
    }
    changes
}

fn word(model: &Model, who: Who) -> &str {
    match who {
        Who::Anyone => "anyone",
        Who::SignedIn => "signed_in",
        Who::Owner => "owner",
        Who::Role(role) => model.roles()[role.0].name.snake(),
    }
}

fn with_rule(model: &Model, entity: EntityId, operation: AccessOperation, rule: Rule) -> Model {
    let mut model = model.clone();
    let access = &mut model.entities[entity.0].access;
    match operation {
        AccessOperation::List => access.list = rule,
        AccessOperation::Get => access.get = rule,
        AccessOperation::Create => access.create = rule,
        AccessOperation::Update => access.update = rule,
        AccessOperation::Delete => access.delete = rule,
    }
    model
}

/// A mutant and where it shows.
struct Suspect<'m> {
    mutant: &'m Mutant,
    /// The cells whose answer differs, and the answer.
    differing: BTreeMap<usize, Answer>,
    /// The guards that are not as in the true plan.
    changed: Vec<Guard>,
}

/// What mutants are judged by.
struct Bench<'b> {
    model: &'b Model,
    contract: &'b Contract,
    scene: &'b Scene,
}

impl Bench<'_> {
    fn suspect<'m>(&self, mutant: &'m Mutant) -> Suspect<'m> {
        let truth = &self.contract.plan;
        let changed = mutant.plan.guards().iter().filter(|guard| !truth.guards().contains(guard)).cloned().collect();
        Suspect { mutant, differing: self.differing(&mutant.plan), changed }
    }

    /// The cells that a plan answers otherwise than the contract's, with its answers.
    fn differing(&self, plan: &Plan) -> BTreeMap<usize, Answer> {
        let cells = self.scene.cells.iter().enumerate();
        let answers = cells.map(|(index, cell)| (index, cell, self.scene.predict(self.model, plan, cell)));
        let differs = |(_, cell, answer): &(usize, &Cell, Answer)| {
            *answer != self.scene.predict(self.model, &self.contract.plan, cell)
        };
        answers.filter(differs).map(|(index, _, answer)| (index, answer)).collect()
    }

    /// The true plan with the changes of all these mutants.
    fn combined(&self, batch: &[&Suspect]) -> Plan {
        let mut guards = self.contract.plan.guards().to_vec();
        for suspect in batch {
            let at = |guard: &Guard| (guard.entity, guard.operation);
            let touched: Vec<_> = self.touched(suspect).iter().map(at).collect();
            guards.retain(|guard| !touched.contains(&at(guard)));
            let own = suspect.mutant.plan.guards().iter().filter(|guard| touched.contains(&at(guard)));
            guards.extend(own.cloned());
        }
        guards.into_iter().collect()
    }

    /// The guards that a mutant has changed, added or taken out.
    fn touched(&self, suspect: &Suspect) -> Vec<Guard> {
        let gone = self.contract.plan.guards().iter().filter(|guard| !suspect.mutant.plan.guards().contains(guard));
        suspect.changed.iter().chain(gone).cloned().collect()
    }

    /// Mutants that show, in batches in which each shows as it does alone.
    fn batches<'s>(&self, suspects: &'s [Suspect<'s>]) -> Vec<Vec<&'s Suspect<'s>>> {
        let mut batches: Vec<Vec<&Suspect>> = Vec::new();
        for suspect in suspects.iter().filter(|suspect| !suspect.differing.is_empty()) {
            let fits = |batch: &&mut Vec<&'s Suspect<'s>>| {
                let apart =
                    batch.iter().all(|other| !suspect.differing.keys().any(|cell| other.differing.contains_key(cell)));
                apart && {
                    let all: Vec<&Suspect> = batch.iter().copied().chain([suspect]).collect();
                    let together: BTreeMap<usize, Answer> =
                        all.iter().flat_map(|suspect| suspect.differing.clone()).collect();
                    self.differing(&self.combined(&all)) == together
                }
            };
            match batches.iter_mut().find(fits) {
                Some(batch) => batch.push(suspect),
                None => batches.push(vec![suspect]),
            }
        }
        batches
    }

    /// What a report says of one mutant of a batch.
    fn verdict(&self, suspect: &Suspect, batch: &[&Suspect], report: &Report) -> Verdict {
        let touched: Vec<String> =
            batch.iter().flat_map(|suspect| self.touched(suspect)).map(|guard| guard.id.to_string()).collect();
        let excused = |outcome: &&Outcome| match &outcome.evidence {
            Evidence::Cell(index, _) => batch.iter().any(|suspect| suspect.differing.contains_key(index)),
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
            cells => Verdict::Killed { cells },
        }
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

    fn killed(&self) -> usize {
        self.0.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Killed { .. })).count()
    }
}

impl fmt::Display for Verdicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (id, verdict) in &self.0 {
            match verdict {
                Verdict::Equivalent => writeln!(f, "equivalent  {id}")?,
                Verdict::Killed { cells } => writeln!(f, "killed      {id} ({cells} cells)")?,
                Verdict::Survived(why) => writeln!(f, "SURVIVED    {id}: {why}")?,
            }
        }
        let survived = self.survivors().count();
        let equivalent = self.0.len() - self.killed() - survived;
        writeln!(f, "{} killed, {survived} survived, {equivalent} equivalent", self.killed())
    }
}
