//! Servers with one wrong access rule, and whether the suite notices each.
//!
//! A mutant enforces the guards of a model with one rule changed; its contract is the true one in all else. A change
//! that alters the answer of no cell is equivalent: it is dropped and counted. Any other must be *killed*: some cell
//! whose answer differs answers exactly as the changed guards predict, and nothing fails but such cells and checks
//! that presume a guard that was changed.

use std::fmt;

use backsmith::contract::{Contract, Plan};
use backsmith::model::{AccessOperation, EntityId, Grant, Model, RoleId, Rule, Who};

use crate::report::Evidence;
use crate::scene::Scene;
use crate::{Options, Report, System, run_scene};

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
pub fn judge(
    model: &Model,
    contract: &Contract,
    options: Options,
    boot: &dyn Fn(&Plan) -> Box<dyn System>,
) -> Verdicts {
    let scene = Scene::of(model, contract);
    let judged = mutants(model).into_iter().map(|mutant| {
        let differing = differing(model, contract, &scene, &mutant.plan);
        if differing.is_empty() {
            return (mutant.id, Verdict::Equivalent);
        }
        let report = run_scene(contract, model, &scene, boot(&mutant.plan).as_mut(), options);
        (mutant.id, verdict(model, contract, &scene, &mutant.plan, &differing, &report))
    });
    Verdicts(judged.collect())
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

/// The cells that a plan answers otherwise than the contract's.
fn differing(model: &Model, contract: &Contract, scene: &Scene, plan: &Plan) -> Vec<usize> {
    let differs = |index: &usize| {
        let cell = &scene.cells[*index];
        scene.predict(model, &contract.plan, cell) != scene.predict(model, plan, cell)
    };
    (0..scene.cells.len()).filter(differs).collect()
}

/// The guards that two plans do not have in common.
fn changed(a: &Plan, b: &Plan) -> Vec<String> {
    let missing = |from: &Plan, other: &Plan| -> Vec<String> {
        let gone = from.guards.iter().filter(|guard| !other.guards.contains(guard));
        gone.map(|guard| guard.id.to_string()).collect()
    };
    [missing(a, b), missing(b, a)].concat()
}

fn verdict(
    model: &Model,
    contract: &Contract,
    scene: &Scene,
    plan: &Plan,
    differing: &[usize],
    report: &Report,
) -> Verdict {
    let changed = changed(&contract.plan, plan);
    let excused = |outcome: &&crate::Outcome| match &outcome.evidence {
        Evidence::Cell(index, _) => differing.contains(index),
        Evidence::Check(presumes) => presumes.iter().any(|guard| changed.contains(guard)),
    };
    if let Some(other) = report.failures().find(|outcome| !excused(outcome)) {
        let problem = other.failure.as_deref().unwrap_or_default();
        return Verdict::Survived(format!("{} fails as well: {problem}", other.id));
    }
    let as_predicted = |outcome: &&crate::Outcome| match outcome.evidence {
        Evidence::Cell(index, Some(answer)) => {
            differing.contains(&index) && answer == scene.predict(model, plan, &scene.cells[index])
        }
        Evidence::Cell(_, None) | Evidence::Check(_) => false,
    };
    match report.failures().filter(as_predicted).count() {
        0 => Verdict::Survived(format!("none of {} differing cells answers as predicted", differing.len())),
        cells => Verdict::Killed { cells },
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
