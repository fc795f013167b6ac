//! Wrong references, for every spec that the suite is tried on: those of the larger ones take too long for each run of
//! the tests.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use backsmith::Compiled;
use backsmith::contract::Plan;
use backsmith::starters;
use backsmith_suite::memory::Reference;
use backsmith_suite::mutants::{Verdicts, judge, judge_sites};
use backsmith_suite::{Configuration, Options, RateLimit, System};

use super::record::Record;
use crate::places::Places;
use crate::prove::generate;
use crate::report::{Outcome, Report};

/// The specs that use what no starter does.
const SPECS: &str = "tests/suite/tests/specs";

const UNREACHED: RateLimit = RateLimit { requests: 1_000_000, window_seconds: 60 };

/// Wants the suite to notice every wrong guard and every fault at one place; `judges` identifies the suite and what it
/// judges.
pub(crate) fn mutants(places: &Places, record: &Record, judges: &str, report: &mut Report) -> Result<()> {
    for (name, spec) in specs(places)? {
        for (faults, judged) in [("guards", guards as Judged), ("places", at_places)] {
            report.step(&format!("{faults} of the reference: {name}"), |log| {
                let survivors = record.failures(&["reference", faults, judges, &spec], || {
                    let verdicts = judged(&generate::meaning(&spec, "express", "sqlite")?);
                    log.note(&verdicts.to_string())?;
                    Ok(verdicts.survivors().map(|(id, why)| format!("{id}: {why}")).collect())
                })?;
                log.note(&survivors.join("\n"))?;
                Ok(Outcome::counted(1, u32::try_from(survivors.len())?))
            })?;
        }
    }
    Ok(())
}

type Judged = fn(&Compiled) -> Verdicts;

const TEST: Options = Options { configuration: Configuration::Test };

fn guards(Compiled { model, contract, .. }: &Compiled) -> Verdicts {
    let boot =
        |plan: &Plan| -> Box<dyn System> { Box::new(Reference::new(model, contract, plan, UNREACHED, UNREACHED)) };
    judge(model, contract, TEST, &boot)
}

fn at_places(Compiled { model, contract, .. }: &Compiled) -> Verdicts {
    judge_sites(model, contract, TEST, &|| Reference::new(model, contract, &contract.plan, UNREACHED, UNREACHED))
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
