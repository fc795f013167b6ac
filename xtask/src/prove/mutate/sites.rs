//! Faults at one place: a rule that one kind of request forgets, fields that are shown or taken where they should not
//! be.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use backsmith::contract::{Contract, Plan, Verb};
use backsmith::project::Part;
use backsmith_suite::mutants::{Batch, Fault, SiteBench, SiteMutant, Verdict, Verdicts, is_like};
use backsmith_suite::{Configuration as Kind, Options};

use super::Only;
use super::beside::{Wrong, beside};
use super::edits::Edits;
use super::own_tests::guards;
use super::stand::{Changed, Stand};
use crate::task::Log;

/// What the suite notices.
pub(crate) fn by_suite(stand: &Stand, edits: Edits, only: &Only, log: &Log) -> Result<Verdicts> {
    let bench = bench(stand);
    bench.judge(&|id| only.wants(id), &mut |batch| {
        let ids = names(&bench, batch);
        log.note(&ids)?;
        let judged = changed(stand, edits, &bench, batch).and_then(|changed| {
            stand.verdicts(&ids, &changed, log, |system| {
                let report = bench.ask(system, Options { configuration: Kind::Test });
                log.note(&report.to_string())?;
                Ok(bench.verdicts(batch, &report))
            })
        });
        let verdicts = judged.unwrap_or_else(|error| invalid(&bench, batch, &error));
        log.note(&format!("{verdicts:?}"))?;
        Ok(verdicts)
    })
}

/// What the project's own tests notice: of a fault in guards a test that names the guard, of any other a test that is
/// declared to; and no test that is neither.
pub(crate) fn by_own_tests(stand: &Stand, edits: Edits, only: &Only, log: &Log) -> Result<Verdicts> {
    let bench = bench(stand);
    bench.judge(&|id| only.wants(id), &mut |batch| {
        log.note(&names(&bench, batch))?;
        let failed = changed(stand, edits, &bench, batch).and_then(|changed| stand.failing_tests(&changed, log));
        let verdicts = match failed {
            Ok(failed) => verdicts(stand, edits, &bench, batch, &failed),
            Err(error) => invalid(&bench, batch, &error),
        };
        log.note(&format!("{verdicts:?}"))?;
        Ok(verdicts)
    })
}

fn bench<'a>(stand: &'a Stand) -> SiteBench<'a> {
    SiteBench::new(&stand.cell.meaning.model, &stand.cell.meaning.contract)
}

fn names(bench: &SiteBench, batch: &Batch) -> String {
    bench.mutants(batch).map(|mutant| mutant.id.as_str()).collect::<Vec<_>>().join(" ")
}

/// A server that is not built or does not answer has not been noticed by anything.
fn invalid(bench: &SiteBench, batch: &Batch, error: &anyhow::Error) -> Vec<Verdict> {
    bench.mutants(batch).map(|_| Verdict::Survived(format!("invalid: {error:#}"))).collect()
}

fn verdicts(stand: &Stand, edits: Edits, bench: &SiteBench, batch: &Batch, failed: &[String]) -> Vec<Verdict> {
    let contract = &stand.cell.meaning.contract;
    let declared: Vec<Vec<String>> =
        bench.mutants(batch).map(|mutant| (edits.tests_of)(mutant, &stand.cell.meaning.model, contract)).collect();
    let touched = bench.touched(batch);
    let shows = |index: usize, name: &str| {
        guards(name).any(|guard| touched[index].contains(guard))
            || declared[index].iter().any(|pattern| is_like(pattern, name))
    };
    let all = 0..touched.len();
    let expected = |name: &str| all.clone().any(|index| shows(index, name));
    let strays: Vec<&str> = failed.iter().map(String::as_str).filter(|name| !expected(name)).collect();
    let verdict = |index: usize| match failed.iter().filter(|name| shows(index, name)).count() {
        _ if !strays.is_empty() => Verdict::Survived(format!("these fail as well: {}", strays.join("; "))),
        0 => Verdict::Survived("nothing fails".to_owned()),
        checks => Verdict::Killed { checks },
    };
    all.clone().map(verdict).collect()
}

/// The files of the project with all faults of a batch.
fn changed(stand: &Stand, edits: Edits, bench: &SiteBench, batch: &Batch) -> Result<Changed> {
    let contract = &stand.cell.meaning.contract;
    let sources = stand.sources(contract, &contract.plan)?;
    let wrong = |mutant: &SiteMutant| {
        let files = differing(stand, edits, &sources, mutant).with_context(|| mutant.id.clone())?;
        Ok(Wrong { kind: mutant.kind, files })
    };
    let wrongs: Vec<Wrong> = bench.mutants(batch).map(wrong).collect::<Result<_>>()?;
    beside(&sources, contract, &wrongs)
}

/// The source files of a program with one fault that differ from the right one's.
fn differing(stand: &Stand, edits: Edits, sources: &BTreeMap<String, String>, mutant: &SiteMutant) -> Result<Changed> {
    let meaning = &stand.cell.meaning;
    let other = |contract: &Contract, plan: &Plan| -> Result<Changed> {
        let files = stand.sources(contract, plan)?.into_iter();
        Ok(files.filter(|(path, text)| sources.get(path) != Some(text)).collect())
    };
    let truth = &meaning.contract;
    let files = match &mutant.fault {
        Fault::Guards(plan) => other(truth, plan)?,
        Fault::Contract(contract, _) => other(contract, &truth.plan)?,
        Fault::Rows(plan) => (edits.wrong_list)(sources, &other(truth, plan)?, true)?,
        Fault::Total(plan) => (edits.wrong_list)(sources, &other(truth, plan)?, false)?,
        Fault::PassesOver => {
            let entity = meaning.model.entity(mutant.kind.entity);
            (edits.passes_over)(sources, entity, mutant.kind.verb.unwrap_or(Verb::Create))?
        }
    };
    ensure!(!files.is_empty(), "no file differs: the rule is not rendered");
    Ok(files)
}

impl Stand<'_> {
    /// The sources of the program that keeps to a contract and enforces a plan.
    fn sources(&self, contract: &Contract, plan: &Plan) -> Result<BTreeMap<String, String>> {
        let meaning = backsmith::Compiled { contract: contract.clone(), ..self.cell.meaning.clone() };
        let project = backsmith::render(self.spec, &meaning, plan)?;
        let files = project.files().iter().filter(|file| file.part == Part::Source);
        Ok(files.map(|file| (file.path.to_string(), file.text.clone())).collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::{Path, PathBuf};

    use backsmith_suite::mutants::Verdict;

    use super::super::express::EDITS;
    use super::super::record::Record;
    use super::super::stand::Stand;
    use super::{bench, changed};
    use crate::prove::cell::{Cell, Workshop};
    use crate::prove::store::Stores;
    use crate::prove::tree::Tree;
    use crate::prove::{generate, recipe};

    const SPECS: [&str; 2] = [
        include_str!("../../../../tests/suite/tests/specs/wares.yaml"),
        include_str!("../../../../tests/suite/tests/specs/tickets.yaml"),
    ];

    /// A place that is not found any more would only be missed in a run that takes long.
    #[test]
    fn every_fault_at_one_place_can_be_made_in_a_project() {
        for spec in SPECS {
            let recipe = recipe::of("express").unwrap();
            let database = recipe.databases.iter().find(|database| database.id == "sqlite").unwrap();
            let tree = Tree::unzip(&generate::zip(spec, Some(("express", "sqlite"))).unwrap()).unwrap();
            let meaning = generate::meaning(spec, "express", "sqlite").unwrap();
            let none = Path::new("");
            let workshop =
                Workshop { path: none.as_os_str(), schemathesis: none, linters: none, examples: 0, judges: "" };
            let cell =
                Cell { folder: PathBuf::new(), tree, meaning, recipe, database, stores: Stores::Files, workshop };
            let record = Record::open(PathBuf::new(), true);
            let stand = Stand { cell: &cell, spec, record, judges: String::new() };
            let bench = bench(&stand);
            let verdicts = bench.judge(&|_| true, &mut |batch| {
                let files = changed(&stand, EDITS, &bench, batch)?;
                Ok::<_, anyhow::Error>(bench.mutants(batch).map(|_| Verdict::Killed { checks: files.len() }).collect())
            });
            let verdicts = verdicts.unwrap();
            assert!(verdicts.killed() > 10, "{verdicts}");
        }
    }
}
