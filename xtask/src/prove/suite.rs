//! The black-box suite, run against a project's server.

use std::fs;
use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow};
use backsmith::Compiled;
use backsmith_suite::memory::Reference;
use backsmith_suite::{Facts, Failure, Options, RateLimit, System, comparison, http, requests as requests_file};
use serde_json::Value;

use super::bed::{Bed, Configuration, METRICS_TOKEN, ORIGIN, PREVIOUS, SECRET};
use super::recipe::Recipe;
use super::server::Server;
use crate::report::Outcome;
use crate::task::Log;

/// How many random requests the server and the reference are both asked.
const RANDOM_REQUESTS: usize = 1500;

/// Boots the server on a database that is migrated and otherwise empty, and asks it everything.
pub(crate) fn run(bed: &Bed, recipe: &Recipe, meaning: &Compiled, log: &Log) -> Result<Outcome> {
    let options = Options { configuration: bed.configuration().of_suite() };
    let report = asking(bed, recipe, log, |system| {
        Ok(backsmith_suite::run(&meaning.contract, &meaning.model, system, options))
    })?;
    log.note(&report.to_string())?;
    let failed = report.failures().count();
    let count = |number: usize| u32::try_from(number).context("too many checks");
    Ok(Outcome::counted(count(report.outcomes.len() - failed)?, count(failed)?))
}

/// Sends the requests that the project brings along, to a server with its sample rows. Returns how many there were.
pub(crate) fn requests(bed: &Bed, recipe: &Recipe, file: &str, log: &Log) -> Result<u32> {
    asking(bed, recipe, log, |system| {
        bed.run(recipe.development.seed, &[], log)?;
        requests_file::send(file, system, 1).map_err(|Failure(reason)| anyhow!(reason))
    })
}

/// Asks the server and the reference the same random things; the first different answer ends it.
pub(crate) fn compare(bed: &Bed, recipe: &Recipe, meaning: &Compiled, log: &Log) -> Result<Outcome> {
    let (model, contract) = (&meaning.model, &meaning.contract);
    let unreached = RateLimit { requests: 1_000_000, window_seconds: 60 };
    let mut reference = Reference::new(model, contract, &contract.plan, unreached, unreached);
    let compared = asking(bed, recipe, log, |system| {
        Ok(comparison::compare(model, contract, [&mut reference, system], 1, RANDOM_REQUESTS))
    })?;
    match compared {
        Ok(agreement) => {
            log.note(&format!("{:?}\n", agreement.statuses))?;
            Ok(Outcome::counted(u32::try_from(agreement.requests()).context("too many requests")?, 0))
        }
        Err(difference) => {
            log.note(&format!("{difference}\n"))?;
            Ok(Outcome::counted(u32::try_from(difference.after).context("too many requests")?, 1))
        }
    }
}

/// Asks a server that has just been booted on a migrated, empty database; it has ended when this returns.
pub(crate) fn asking<T>(
    bed: &Bed,
    recipe: &Recipe,
    log: &Log,
    ask: impl FnOnce(&mut dyn System) -> Result<T>,
) -> Result<T> {
    bed.run(recipe.development.migrate, &["up"], log)?;
    let server = Server::boot(bed, recipe.start, log)?;
    let mut system = system(bed, recipe, &server, log);
    let answer = ask(&mut system);
    drop(system);
    server.stop()?;
    answer
}

fn system<'r>(bed: &'r Bed, recipe: &'r Recipe, server: &Server, log: &'r Log) -> http::Server<'r> {
    let said = server.said();
    http::Server {
        address: SocketAddr::from(([127, 0, 0, 1], server.port())),
        facts: Box::new(|| facts(bed.configuration())),
        seed: Box::new(|file| seed(bed, recipe, file, log).map_err(|error| failure(&error))),
        change_account: Box::new(|id, change| {
            bed.store().change_account(bed, id, change, log).map_err(|error| failure(&error))
        }),
        logs: Box::new(move || said.text()),
        stored: Box::new(|| bed.store().text(bed, log).map_err(|error| failure(&error))),
    }
}

fn facts(configuration: Configuration) -> Facts {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let limit = |requests| RateLimit { requests, window_seconds: 60 };
    let (general, login) = configuration.limits();
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    Facts {
        jwt_secret: SECRET.to_owned(),
        jwt_secret_previous: PREVIOUS.to_owned(),
        now,
        general: limit(general),
        login: limit(login),
        origin: ORIGIN.to_owned(),
        metrics_token: METRICS_TOKEN.to_owned(),
    }
}

/// Seeding is refused in production, so the command always runs in development, on the same database.
fn seed(bed: &Bed, recipe: &Recipe, file: &Value, log: &Log) -> Result<Value> {
    let path = bed.temporary().join("seed.json");
    fs::write(&path, file.to_string()).with_context(|| format!("cannot write {}", path.display()))?;
    let task = bed.task(recipe.development.seed, &[&path.to_string_lossy()])?;
    let printed = match bed.configuration() {
        Configuration::Test => task,
        Configuration::Production | Configuration::Costs => task.env("APP_ENV", "development"),
    };
    let printed = printed.succeed(log)?.stdout;
    serde_json::from_str(&printed).context("`seed` prints something else than JSON")
}

fn failure(error: &anyhow::Error) -> Failure {
    Failure(format!("{error:#}"))
}
