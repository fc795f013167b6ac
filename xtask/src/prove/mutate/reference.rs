//! Faults at one place of the reference, for every spec that the suite is tried on: those of the larger ones take too
//! long for each run of the tests.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use backsmith::starters;
use backsmith_suite::memory::Reference;
use backsmith_suite::mutants::judge_sites;
use backsmith_suite::{Configuration, Options, RateLimit};

use super::record::Record;
use crate::places::Places;
use crate::prove::generate;
use crate::report::{Outcome, Report};

/// The specs that use what no starter does.
const SPECS: &str = "tests/suite/tests/specs";

const UNREACHED: RateLimit = RateLimit { requests: 1_000_000, window_seconds: 60 };

/// Wants the suite to notice every fault; `judges` identifies the suite and what it judges.
pub(crate) fn places(places: &Places, record: &Record, judges: &str, report: &mut Report) -> Result<()> {
    for (name, spec) in specs(places)? {
        report.step(&format!("places of the reference: {name}"), |log| {
            let survivors = record.failures(&["reference", judges, &spec], || {
                let meaning = generate::meaning(&spec, "express", "sqlite")?;
                let (model, contract) = (&meaning.model, &meaning.contract);
                let boot = || Reference::new(model, contract, &contract.plan, UNREACHED, UNREACHED);
                let options = Options { configuration: Configuration::Test };
                let verdicts = judge_sites(model, contract, options, &boot);
                log.note(&verdicts.to_string())?;
                Ok(verdicts.survivors().map(|(id, why)| format!("{id}: {why}")).collect())
            })?;
            log.note(&survivors.join("\n"))?;
            Ok(Outcome::counted(1, u32::try_from(survivors.len())?))
        })?;
    }
    Ok(())
}

/// Their names and texts, in order.
fn specs(places: &Places) -> Result<Vec<(String, String)>> {
    let mut specs: Vec<(String, String)> =
        starters::all().iter().map(|starter| (starter.id.to_owned(), starter.spec.to_owned())).collect();
    let folder = places.at(SPECS);
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    for file in files {
        let name = file.file_stem().context("a file without a name")?.to_string_lossy().into_owned();
        specs.push((name, fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?));
    }
    Ok(specs)
}
