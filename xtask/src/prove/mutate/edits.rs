//! Faults that are made by replacing one text in one file.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use backsmith_suite::mutants::{FIXED, Fixed, Verdict, Verdicts};
use backsmith_suite::{Options, Report};

use super::own_tests::Tests;
use super::stand::{Changed, Stand};
use crate::prove::bed::Configuration;
use crate::prove::life;
use crate::task::Log;

/// The texts that a target's projects are made wrong by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edits {
    /// Each takes out one of the guards that every server has.
    pub(crate) guards: &'static [Edit],
    /// These change nothing that anybody may notice.
    pub(crate) neutral: &'static [Edit],
}

/// One text in the place of another, which is there exactly once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edit {
    /// The guard that it takes out, or what it does.
    pub(crate) id: &'static str,
    /// The file.
    pub(crate) file: &'static str,
    /// What is there.
    pub(crate) find: &'static str,
    /// What takes its place.
    pub(crate) replace: &'static str,
    /// How the names begin of the project's own tests that may fail then, and no others; one fails at least. None
    /// where a server has to be started to see it.
    pub(crate) tests: &'static [&'static str],
}

/// A guard with the edit that takes it out.
#[derive(Clone, Copy, Debug)]
struct Fault {
    fixed: &'static Fixed,
    edit: &'static Edit,
}

impl Edits {
    fn faults(self, stand: &Stand) -> Result<Vec<Fault>> {
        let of = |fixed: &'static Fixed| {
            let edit = self.guards.iter().find(|edit| edit.id == fixed.id);
            Ok(Fault { fixed, edit: edit.with_context(|| format!("no edit takes {} out", fixed.id))? })
        };
        // What is not in the project has no guard there.
        let there = |fault: &Result<Fault>| fault.as_ref().map_or(true, |fault| stand.has(fault.edit.file));
        FIXED.iter().map(of).filter(there).collect()
    }
}

/// What the suite, and those who start and stop the server, notice of each fault.
pub(crate) fn by_suite(stand: &Stand, edits: Edits, log: &Log) -> Result<Verdicts> {
    let may_share = |one: &Fault, other: &Fault| {
        let checks = |fault: &Fault| fault.fixed.checks;
        let apart = |pattern: &&str| !checks(other).iter().any(|known| overlap(pattern, known));
        checks(one).iter().all(apart)
    };
    judge(&edits.faults(stand)?, may_share, &mut |batch| {
        log.note(&names(batch))?;
        Ok(match stand.while_changed(&changed(stand, batch)?, || notices(stand, log)) {
            Ok(noticed) => batch.iter().map(|fault| suite_verdict(fault, batch, &noticed)).collect(),
            Err(error) => invalid(batch, &error),
        })
    })
}

/// What the project's own tests notice of each fault.
pub(crate) fn by_own_tests(stand: &Stand, edits: Edits, log: &Log) -> Result<Verdicts> {
    let may_share = |one: &Fault, other: &Fault| {
        let related = |name: &str, known: &str| name.starts_with(known) || known.starts_with(name);
        one.edit.tests.iter().all(|name| !other.edit.tests.iter().any(|known| related(name, known)))
    };
    let mut faults = edits.faults(stand)?;
    faults.retain(|fault| !fault.edit.tests.is_empty());
    judge(&faults, may_share, &mut |batch| {
        log.note(&names(batch))?;
        Ok(match stand.while_changed(&changed(stand, batch)?, || stand.own_tests(log)) {
            Ok(tests) => batch.iter().map(|fault| test_verdict(fault, batch, &tests)).collect(),
            Err(error) => invalid(batch, &error),
        })
    })
}

/// All neutral edits together, of which nothing may be noticed. Returns how many there are.
pub(crate) fn neutral(stand: &Stand, edits: Edits, log: &Log) -> Result<u32> {
    let there: Vec<&Edit> = edits.neutral.iter().filter(|edit| stand.has(edit.file)).collect();
    let files = replaced(stand, &there)?;
    stand.while_changed(&files, || {
        if let Some(id) = notices(stand, log)?.failed.first() {
            bail!("{id} fails, though nothing is wrong");
        }
        let tests = stand.own_tests(log)?;
        ensure!(tests.failed.is_empty(), "{:?} fail, though nothing is wrong", tests.failed);
        Ok(())
    })?;
    Ok(u32::try_from(there.len())?)
}

/// What failed.
struct Noticed {
    failed: Vec<String>,
}

fn notices(stand: &Stand, log: &Log) -> Result<Noticed> {
    stand.build(log)?;
    let meaning = &stand.cell.meaning;
    let mut failed = Vec::new();
    for configuration in [Configuration::Test, Configuration::Production, Configuration::Costs] {
        let options = Options { configuration: configuration.of_suite() };
        let report: Report = stand.ask(configuration, log, |system| {
            backsmith_suite::run(&meaning.contract, &meaning.model, system, options)
        })?;
        log.note(&report.to_string())?;
        failed.extend(report.failures().map(|outcome| outcome.id.clone()));
    }
    let bed = stand.bed(Configuration::Production)?;
    let recipe = stand.cell.recipe;
    if let Err(error) = life::refuses_bad_configuration(&bed, recipe, log) {
        log.note(&format!("{error:#}"))?;
        failed.push("life.configuration".to_owned());
    }
    if let Err(error) = stand.drains(&bed, log) {
        log.note(&format!("{error:#}"))?;
        failed.push("life.drain".to_owned());
    }
    Ok(Noticed { failed })
}

fn suite_verdict(fault: &Fault, batch: &[Fault], noticed: &Noticed) -> Verdict {
    let stray = noticed.failed.iter().find(|id| !batch.iter().any(|fault| fault.fixed.shows_in(id)));
    verdict(stray, noticed.failed.iter().filter(|id| fault.fixed.shows_in(id)).count())
}

fn test_verdict(fault: &Fault, batch: &[Fault], tests: &Tests) -> Verdict {
    let shows = |fault: &Fault, name: &str| fault.edit.tests.iter().any(|begin| name.starts_with(begin));
    let stray = tests.failed.iter().find(|name| !batch.iter().any(|fault| shows(fault, name)));
    verdict(stray, tests.failed.iter().filter(|name| shows(fault, name)).count())
}

fn verdict(stray: Option<&String>, checks: usize) -> Verdict {
    match (stray, checks) {
        (Some(stray), _) => Verdict::Survived(format!("{stray} fails as well")),
        (None, 0) => Verdict::Survived("nothing fails".to_owned()),
        (None, checks) => Verdict::Killed { checks },
    }
}

/// Tries every fault, with others where none is in the way of another; whichever seems to survive so is tried again by
/// itself, and only that counts.
fn judge(
    faults: &[Fault],
    may_share: impl Fn(&Fault, &Fault) -> bool,
    judged: &mut dyn FnMut(&[Fault]) -> Result<Vec<Verdict>>,
) -> Result<Verdicts> {
    let mut batches: Vec<Vec<Fault>> = Vec::new();
    for fault in faults {
        let fits = |batch: &&mut Vec<Fault>| {
            batch.iter().all(|other| may_share(fault, other) && may_share(other, fault) && !same_place(fault, other))
        };
        match batches.iter_mut().find(fits) {
            Some(batch) => batch.push(*fault),
            None => batches.push(vec![*fault]),
        }
    }
    let mut verdicts = BTreeMap::new();
    for batch in batches {
        for (fault, verdict) in batch.iter().zip(judged(&batch)?) {
            let verdict = match verdict {
                Verdict::Survived(_) if batch.len() > 1 => judged(&[*fault])?.swap_remove(0),
                verdict => verdict,
            };
            verdicts.insert(fault.fixed.id, verdict);
        }
    }
    let of = |fault: &Fault| Some((fault.fixed.id.to_owned(), verdicts.remove(fault.fixed.id)?));
    Ok(Verdicts(faults.iter().filter_map(of).collect()))
}

fn same_place(one: &Fault, other: &Fault) -> bool {
    let (one, other) = (one.edit, other.edit);
    one.file == other.file && (one.find.contains(other.find) || other.find.contains(one.find))
}

/// Whether some check could be meant by both patterns.
fn overlap(one: &str, other: &str) -> bool {
    let head = |pattern: &str| pattern.split('*').next().unwrap_or_default().to_owned();
    let (one, other) = (head(one), head(other));
    one.starts_with(&other) || other.starts_with(&one)
}

fn names(batch: &[Fault]) -> String {
    batch.iter().map(|fault| fault.fixed.id).collect::<Vec<_>>().join(" ")
}

/// A server that is not built or does not answer has not been noticed by anything.
fn invalid(batch: &[Fault], error: &anyhow::Error) -> Vec<Verdict> {
    batch.iter().map(|_| Verdict::Survived(format!("invalid: {error:#}"))).collect()
}

fn changed(stand: &Stand, batch: &[Fault]) -> Result<Changed> {
    replaced(stand, &batch.iter().map(|fault| fault.edit).collect::<Vec<_>>())
}

fn replaced(stand: &Stand, edits: &[&Edit]) -> Result<Changed> {
    let mut files = Changed::new();
    for edit in edits {
        let text = match files.get(edit.file) {
            Some(text) => text.clone(),
            None => stand.cell.tree.text(edit.file)?.to_owned(),
        };
        let times = text.matches(edit.find).count();
        ensure!(times == 1, "{}: {} has {:?} {times} times", edit.id, edit.file, edit.find);
        files.insert(edit.file.to_owned(), text.replace(edit.find, edit.replace));
    }
    Ok(files)
}
