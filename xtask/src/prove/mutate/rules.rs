//! Access rules that are changed: everything but the enforcement still follows the true ones.

use anyhow::Result;
use backsmith_suite::mutants::{Batch, Bench, Verdict, Verdicts};
use backsmith_suite::{Configuration as Kind, Options};

use super::Only;
use super::own_tests::guards;
use super::stand::Stand;
use crate::task::Log;

/// What the suite notices.
pub(crate) fn by_suite(stand: &Stand, only: &Only, log: &Log) -> Result<Verdicts> {
    let bench = bench(stand);
    bench.judge(&|id| only.wants(id), &mut |batch| {
        let ids = bench.ids(batch).join(" ");
        log.note(&ids)?;
        let changed = stand.enforcing(&bench.plan(batch))?;
        let judged = stand.verdicts(&ids, &changed, log, |system| {
            let report = bench.ask(system, Options { configuration: Kind::Test });
            log.note(&report.to_string())?;
            Ok(bench.verdicts(batch, &report))
        });
        Ok(judged.unwrap_or_else(|error| invalid(&bench, batch, &error)))
    })
}

/// What the project's own tests notice: one that names a guard of a mutant must fail, and none that names no guard of
/// any.
pub(crate) fn by_own_tests(stand: &Stand, only: &Only, log: &Log) -> Result<Verdicts> {
    let bench = bench(stand);
    bench.judge(&|id| only.wants(id), &mut |batch| {
        log.note(&bench.ids(batch).join(" "))?;
        let changed = stand.enforcing(&bench.plan(batch))?;
        Ok(match stand.failing_tests(&changed, log) {
            Ok(failed) => verdicts(&bench, batch, &failed),
            Err(error) => invalid(&bench, batch, &error),
        })
    })
}

fn bench<'a>(stand: &'a Stand) -> Bench<'a> {
    Bench::new(&stand.cell.meaning.model, &stand.cell.meaning.contract)
}

/// A server that is not built or does not answer has not been noticed by anything.
fn invalid(bench: &Bench, batch: &Batch, error: &anyhow::Error) -> Vec<Verdict> {
    bench.ids(batch).iter().map(|_| Verdict::Survived(format!("invalid: {error:#}"))).collect()
}

fn verdicts(bench: &Bench, batch: &Batch, failed: &[String]) -> Vec<Verdict> {
    let touched = bench.touched(batch);
    let about = |name: &&String| guards(name).any(|guard| touched.iter().any(|ids| ids.contains(guard)));
    let stray = failed.iter().find(|name| !about(name));
    let each = touched.iter().map(|ids| {
        if let Some(name) = stray {
            return Verdict::Survived(format!("another test fails as well: {name}"));
        }
        match failed.iter().filter(|name| guards(name).any(|guard| ids.contains(guard))).count() {
            0 => Verdict::Survived(format!("no test of {ids:?} fails")),
            checks => Verdict::Killed { checks },
        }
    });
    each.collect()
}
