//! A server's life: refused without its configuration, drained at its end.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::bed::{Bed, SECRET};
use super::http;
use super::recipe::Recipe;
use super::server::Server;
use super::tree::Tree;
use crate::postgresql::PostgreSql;
use crate::task::Log;

/// How soon a server must give up without its configuration, in seconds.
const REFUSAL: u64 = 5;

/// How often it is started for that.
const TRIES: u32 = 3;

/// What a server must be told.
const REQUIRED: [&str; 2] = ["DATABASE_URL", SIGNING];

/// What a server without users knows nothing of.
const SIGNING: &str = "JWT_SECRET";

/// Values that are wrong, each by itself.
const WRONG: [(&str, &str); 8] = [
    ("APP_ENV", "staging"),
    ("PORT", "http"),
    ("DATABASE_URL", "nowhere"),
    (SIGNING, "short"),
    ("TRUSTED_PROXY_HOPS", "-1"),
    ("RATE_LIMIT_MAX", "many"),
    ("CORS_ORIGINS", "*"),
    ("METRICS_TOKEN", "short"),
];

/// Without configuration, and with a wrong one, the server says everything that is wrong and ends. Returns how often
/// that was seen.
pub(crate) fn refuses_bad_configuration(bed: &Bed, recipe: &Recipe, has_users: bool, log: &Log) -> Result<u32> {
    let is_known = |name: &&str| has_users || *name != SIGNING;
    let required: Vec<&str> = REQUIRED.into_iter().filter(is_known).collect();
    refuses(bed, recipe, &[], &required, log)?;
    let wrong: Vec<&str> = WRONG.into_iter().map(|(name, _)| name).filter(is_known).collect();
    refuses(bed, recipe, &WRONG, &wrong, log)?;
    Ok(2)
}

fn refuses(bed: &Bed, recipe: &Recipe, variables: &[(&str, &str)], names: &[&str], log: &Log) -> Result<()> {
    let mut task = bed.bare(recipe.start)?.limit(REFUSAL);
    for (name, value) in variables {
        task = task.env(name, value);
    }
    // Other work of the machine only ever makes a start slower, so that one quick refusal shows that all are.
    let mut finished = task.run(log)?;
    for _ in 1..TRIES {
        if finished.status.is_none() {
            finished = task.run(log)?;
        }
    }
    let status = finished.status.with_context(|| format!("the server still ran after {REFUSAL} s, {TRIES} times"))?;
    ensure!(!status.success(), "the server ended as if all was well");
    let said = format!("{}{}", finished.stdout, finished.stderr);
    let missing: Vec<&str> = names.iter().copied().filter(|name| !said.contains(name)).collect();
    ensure!(missing.is_empty(), "the server did not name {}", missing.join(", "));
    ensure!(!said.contains(SECRET), "the server printed a secret");
    Ok(())
}

/// A request that has begun when the server is asked to end gets its answer, nobody else is let in, who asks on the same
/// connection hears that the server is not ready, and the server ends without an error. Returns how many things were
/// seen.
pub(crate) fn drains(mut server: Server, path: &str, log: &Log) -> Result<u32> {
    let body = "{}";
    let address = ("127.0.0.1", server.port());
    let mut begun = TcpStream::connect(address).context("the server takes no connection")?;
    begun.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        begun,
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{{",
        body.len()
    )?;
    sleep(Duration::from_millis(300));
    server.terminate()?;
    sleep(Duration::from_millis(300));
    let late = http::get(&server.url("/health/ready"));
    ensure!(late.as_ref().map_or(true, |answer| answer.status == 503), "the server still says that it is ready");
    begun
        .write_all(b"}GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        .context("the server closed a connection with a request on it")?;
    let mut said = String::new();
    begun.read_to_string(&mut said).context("the request that had begun got no answer")?;
    log.note(&format!("what was answered on the connection that was open:\n{said}"))?;
    let statuses: Vec<u16> = said.split("HTTP/1.1 ").skip(1).filter_map(|rest| rest.get(..3)?.parse().ok()).collect();
    let answer = statuses.first().context("the request that had begun got no answer")?;
    ensure!(*answer < 500, "the request that had begun was answered {answer}");
    let readiness = statuses.get(1).context("the server did not say whether it is ready while it ends")?;
    ensure!(*readiness == 503, "the server says that it is ready while it ends");
    let said = server.end()?;
    ensure!(said.stderr.is_empty(), "the server complained: {}", said.stderr);
    let lines: Vec<&str> = said.stdout.lines().collect();
    ensure!(!lines.is_empty(), "the server logged nothing");
    let strange = lines.iter().find(|line| !serde_json::from_str::<Value>(line).is_ok_and(|value| value.is_object()));
    ensure!(strange.is_none(), "a line of the log is no JSON object: {}", strange.copied().unwrap_or_default());
    Ok(5)
}

/// How soon a server must notice that its database is gone, or that it is back.
const NOTICE: Duration = Duration::from_secs(2);

/// While its database is away the server lives and says that it is not ready; when it is back, everything goes on.
/// Returns how many things were seen.
pub(crate) fn outlives_its_database(bed: &Bed, recipe: &Recipe, database: &PostgreSql, log: &Log) -> Result<u32> {
    bed.run(recipe.production.migrate, &["up"], log)?;
    let server = Server::boot(bed, recipe.start, log)?;
    database.stop()?;
    let noticed = becomes(&server, 503);
    let live = http::get(&server.url("/health/live"));
    // Other steps need the database, whatever was seen.
    database.start(log)?;
    noticed.context("the server says that it is ready without its database")?;
    ensure!(live?.status == 200, "the server is not alive without its database");
    becomes(&server, 200).context("the server does not recover when its database is back")?;
    let said = server.stop()?;
    ensure!(said.stderr.is_empty(), "the server complained: {}", said.stderr);
    Ok(4)
}

/// Waits until the server's readiness is answered with a status.
fn becomes(server: &Server, status: u16) -> Result<()> {
    let deadline = Instant::now() + NOTICE;
    loop {
        let answer = http::get(&server.url("/health/ready"))?.status;
        if answer == status {
            return Ok(());
        }
        ensure!(Instant::now() < deadline, "after {} s it still answers {answer}", NOTICE.as_secs());
        sleep(Duration::from_millis(50));
    }
}

/// A path that takes a body from anybody: the login, or without one the first collection.
pub(crate) fn open_path(tree: &Tree) -> Result<String> {
    let document: Value = serde_json::from_str(tree.text("openapi.json")?).context("openapi.json is not JSON")?;
    let paths = document.get("paths").and_then(Value::as_object).context("openapi.json has no paths")?;
    let mut posts = paths.iter().filter(|(_, item)| item.get("post").is_some()).map(|(path, _)| path);
    let login = posts.clone().find(|path| path.ends_with("/auth/login"));
    login.or_else(|| posts.next()).cloned().context("no path of openapi.json takes a POST")
}
