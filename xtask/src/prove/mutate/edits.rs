//! Faults that are made by replacing one text in one file.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use backsmith::Compiled;
use backsmith::contract::{Contract, Verb};
use backsmith::model::{Entity, Model};
use backsmith_suite::mutants::{FIXED, Fixed, SiteMutant, Verdict, Verdicts, is_like};

use super::Only;
use super::stand::{Changed, Stand};
use crate::prove::bed::Configuration;
use crate::prove::life;
use crate::task::Log;

/// The texts that a target's projects are made wrong by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edits {
    /// Each takes out one of the guards that every server has.
    pub(crate) guards: &'static [&'static [Edit]],
    /// These change nothing that anybody may notice.
    pub(crate) neutral: &'static [Edit],
    /// The sources whose lists hold the rows of other guards while their total is right, or the other way round: from
    /// the right sources and what differs under the other guards.
    pub(crate) wrong_list: fn(&BTreeMap<String, String>, &Changed, bool) -> Result<Changed>,
    /// The sources that pass over what is not known in the bodies of one kind of requests.
    pub(crate) passes_over: fn(&BTreeMap<String, String>, &Entity, Verb) -> Result<Changed>,
    /// The names of the project's own tests that may fail with a fault that is none of guards, and no others.
    pub(crate) tests_of: fn(&SiteMutant, &Model, &Contract) -> Vec<String>,
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
    /// The names of the project's own tests that may fail then, and no others; one fails at least. A `*` stands for any
    /// text. None for what changes nothing.
    pub(crate) tests: &'static [&'static str],
}

impl Edit {
    /// The file's text with the edit made.
    fn apply(&self, text: &str) -> Result<String> {
        let times = text.matches(self.find).count();
        ensure!(times == 1, "{}: {} has {:?} {times} times", self.id, self.file, self.find);
        Ok(text.replace(self.find, self.replace))
    }
}

/// A guard with the edit that takes it out.
#[derive(Clone, Copy, Debug)]
struct Fault {
    fixed: &'static Fixed,
    edit: &'static Edit,
}

impl Edits {
    /// The guards that a project has and that are wanted, each with its edit.
    fn faults(self, meaning: &Compiled, only: &Only) -> Result<Vec<Fault>> {
        let of = |fixed: &'static Fixed| {
            let edit = self.guards.iter().copied().flatten().find(|edit| edit.id == fixed.id);
            Ok(Fault { fixed, edit: edit.with_context(|| format!("no edit takes {} out", fixed.id))? })
        };
        let there = |fixed: &&Fixed| fixed.needs.are_met(&meaning.model, &meaning.contract);
        FIXED.iter().filter(there).filter(|fixed| only.wants(fixed.id)).map(of).collect()
    }
}

/// What the suite, and those who start and stop the server, notice of each fault.
pub(crate) fn by_suite(stand: &Stand, edits: Edits, only: &Only, log: &Log) -> Result<Verdicts> {
    let may_share = |one: &Fault, other: &Fault| !overlap(one.fixed.checks, other.fixed.checks);
    let mut faults = edits.faults(&stand.cell.meaning, only)?;
    faults.retain(|fault| !fault.fixed.checks.is_empty());
    judge(&faults, may_share, &mut |batch| {
        log.note(&names(batch))?;
        Ok(match stand.failing_checks(&changed(stand, batch)?, || notices(stand, log)) {
            Ok(failed) => batch.iter().map(|fault| suite_verdict(fault, batch, &failed)).collect(),
            Err(error) => invalid(batch, &error),
        })
    })
}

/// What the project's own tests notice of each fault.
pub(crate) fn by_own_tests(stand: &Stand, edits: Edits, only: &Only, log: &Log) -> Result<Verdicts> {
    let may_share = |one: &Fault, other: &Fault| !overlap(one.edit.tests, other.edit.tests);
    judge(&edits.faults(&stand.cell.meaning, only)?, may_share, &mut |batch| {
        log.note(&names(batch))?;
        Ok(match stand.failing_tests(&changed(stand, batch)?, log) {
            Ok(failed) => batch.iter().map(|fault| test_verdict(fault, batch, &failed)).collect(),
            Err(error) => invalid(batch, &error),
        })
    })
}

/// All neutral edits together, of which nothing may be noticed. Returns how many there are.
pub(crate) fn neutral(stand: &Stand, edits: Edits, log: &Log) -> Result<u32> {
    let there: Vec<&Edit> = edits.neutral.iter().filter(|edit| stand.has(edit.file)).collect();
    let files = replaced(stand, &there)?;
    stand.while_changed(&files, || {
        if let Some(id) = notices(stand, log)?.first() {
            bail!("{id} fails, though nothing is wrong");
        }
        let tests = stand.own_tests(log)?;
        ensure!(tests.failed.is_empty(), "{:?} fail, though nothing is wrong", tests.failed);
        Ok(())
    })?;
    Ok(u32::try_from(there.len())?)
}

/// What fails of everything that is seen from outside.
fn notices(stand: &Stand, log: &Log) -> Result<Vec<String>> {
    stand.build(log)?;
    let mut failed = stand.all_checks(log)?;
    let bed = stand.bed(Configuration::Production)?;
    let recipe = stand.cell.recipe;
    let has_users = stand.cell.meaning.model.auth.is_some();
    if let Err(error) = life::refuses_bad_configuration(&bed, recipe, has_users, log) {
        log.note(&format!("{error:#}"))?;
        failed.push("life.configuration".to_owned());
    }
    if let Err(error) = stand.drains(&bed, log) {
        log.note(&format!("{error:#}"))?;
        failed.push("life.drain".to_owned());
    }
    Ok(failed)
}

fn suite_verdict(fault: &Fault, batch: &[Fault], failed: &[String]) -> Verdict {
    let shows = |fault: &Fault, id: &str| fault.fixed.shows_in(id);
    verdict(failed, |id| batch.iter().any(|fault| shows(fault, id)), |id| shows(fault, id))
}

fn test_verdict(fault: &Fault, batch: &[Fault], failed: &[String]) -> Verdict {
    let shows = |fault: &Fault, name: &str| fault.edit.tests.iter().any(|pattern| is_like(pattern, name));
    verdict(failed, |name| batch.iter().any(|fault| shows(fault, name)), |name| shows(fault, name))
}

fn verdict(failed: &[String], expected: impl Fn(&str) -> bool, shows: impl Fn(&str) -> bool) -> Verdict {
    let strays: Vec<&str> = failed.iter().map(String::as_str).filter(|name| !expected(name)).collect();
    match failed.iter().filter(|name| shows(name)).count() {
        _ if !strays.is_empty() => Verdict::Survived(format!("these fail as well: {}", strays.join("; "))),
        0 => Verdict::Survived("nothing fails".to_owned()),
        checks => Verdict::Killed { checks },
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
        let fits =
            |batch: &&mut Vec<Fault>| batch.iter().all(|other| may_share(fault, other) && !same_place(fault, other));
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

/// Whether some check could be meant by patterns of both.
fn overlap(some: &[&str], others: &[&str]) -> bool {
    let head = |pattern: &str| pattern.split('*').next().unwrap_or_default().to_owned();
    let core = |pattern: &str| pattern.trim_matches('*').to_owned();
    let both = |one: &str, other: &str| {
        let (one, other) = if head(one).is_empty() || head(other).is_empty() {
            (core(one), core(other))
        } else {
            (head(one), head(other))
        };
        one.starts_with(&other) || other.starts_with(&one)
    };
    some.iter().any(|one| others.iter().any(|other| both(one, other)))
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
            Some(text) => text,
            None => stand.cell.tree.text(edit.file)?,
        };
        let replaced = edit.apply(text)?;
        files.insert(edit.file.to_owned(), replaced);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use backsmith::starters;

    use super::super::Only;
    use super::super::express::EDITS;
    use crate::prove::generate;
    use crate::prove::tree::Tree;

    /// A text that is not there any more would only be missed in a run that takes long.
    #[test]
    fn every_edit_finds_its_text_in_the_projects_of_all_starters() {
        for starter in starters::all() {
            let meaning = generate::meaning(starter.spec, "express", "sqlite").unwrap();
            let zip = generate::zip(starter.spec, Some(("express", "sqlite"))).unwrap();
            let tree = Tree::unzip(&zip).unwrap();
            let faults = EDITS.faults(&meaning, &Only(&[])).unwrap();
            for edit in faults.iter().map(|fault| fault.edit) {
                assert!(edit.apply(tree.text(edit.file).unwrap()).is_ok(), "{} in {}", edit.id, starter.id);
            }
        }
    }
}
