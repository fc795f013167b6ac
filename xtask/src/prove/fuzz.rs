//! Schemathesis: the server holds to its own API document, whoever asks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use backsmith::Compiled;
use backsmith::contract::{Caller as Principal, Case, Verb, cases, expect, readable};
use backsmith::model::{DeleteRule, EntityId, Field};
use serde_json::{Value, json};

use super::cell::Workshop;
use super::http;
use super::server::Server;
use super::tree::Tree;
use crate::report::Outcome;
use crate::task::{Log, Task};

/// Somebody who asks.
#[derive(Debug)]
pub(crate) struct Caller {
    /// What the step is called.
    pub(crate) name: String,
    /// Address and password, unless nobody is signed in.
    credentials: Option<(String, String)>,
}

/// Nobody in particular, and one seeded user of each role.
pub(crate) fn callers(tree: &Tree) -> Result<Vec<Caller>> {
    let mut callers = vec![Caller { name: "anonymous".to_owned(), credentials: None }];
    let seed: Value = serde_json::from_str(tree.text("seed.json")?).context("seed.json is not JSON")?;
    let mut by_role: BTreeMap<String, Caller> = BTreeMap::new();
    for user in seed.get("User").and_then(Value::as_object).into_iter().flat_map(|users| users.values()) {
        let word = |name: &str| user.get(name).and_then(Value::as_str).map(str::to_owned);
        let credentials = word("email").zip(word("password")).context("a seeded user without e-mail or password")?;
        let name = word("role").unwrap_or_else(|| "signed in".to_owned());
        by_role.entry(name.clone()).or_insert(Caller { name, credentials: Some(credentials) });
    }
    callers.extend(by_role.into_values());
    Ok(callers)
}

/// Asks the server everything that its document allows and much that it does not. The questions are the same each
/// time. `folder` takes what the program leaves behind.
pub(crate) fn ask(
    workshop: &Workshop,
    server: &Server,
    meaning: &Compiled,
    caller: &Caller,
    folder: &Path,
    log: &Log,
) -> Result<Outcome> {
    let base = &meaning.contract.base;
    let Workshop { schemathesis, examples, .. } = workshop;
    let (document, examples) = (server.url("/openapi.json"), examples.to_string());
    let mut args = vec!["--no-color", "run", &document, "--checks", "all", "--mode", "all", "--continue-on-failure"];
    args.extend(["--generation-deterministic", "--max-examples", &examples, "--report-json-path", REPORT]);
    // How long it takes to think of a question says something of this machine, and nothing of the server.
    args.extend(["--suppress-health-check", "too_slow"]);
    let credentials = caller.credentials.as_ref();
    let token = credentials.map(|(email, password)| sign_in(server, meaning, email, password)).transpose()?;
    let header = token.as_ref().map(|token| format!("Authorization: Bearer {token}"));
    args.extend(header.iter().flat_map(|header| ["--header", header]));
    fs::write(folder.join("schemathesis.toml"), settings(meaning))?;
    let finished = Task::new(folder, schemathesis, args).limit(1800).run(log)?;
    if let Some(token) = &token {
        let me = http::get_as(&server.url(&format!("{base}/auth/me")), token)?;
        ensure!(me.status == 200, "the questions ended the session that they were asked in");
    }
    let report = fs::read_to_string(folder.join(REPORT)).unwrap_or_default();
    let report = serde_json::from_str(&report).with_context(|| format!("no whole report: {}", finished.reason()))?;
    read_report(&report, finished.is_success())
}

const REPORT: &str = "report.json";

/// It would sign itself up, and nobody would ask as anonymous. What it thinks of may be too long for an address.
const SETTINGS: &str = r#"[auth]
auto-signup = false

[checks.positive_data_acceptance]
expected-statuses = ["2xx", 401, 403, 404, 409, 414, 429, "5xx"]

[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 414, 415, 422, 428, 429, "5xx"]
"#;

/// What the judge is told of this document. Where somebody may create what he may not read, or delete what it goes with,
/// not finding it afterwards is what the spec says.
fn settings(meaning: &Compiled) -> String {
    let Compiled { model, contract, .. } = meaning;
    let hidden = |(entity, _): &(EntityId, _)| {
        cases(model, contract, *entity).into_iter().filter(|case| case.verb == Verb::Create).any(|case| {
            let Case { verb, caller, mut row } = case;
            // The server writes the owner.
            row.mine.extend(model.entity(*entity).owner_field().filter(|_| caller != Principal::Anonymous));
            expect(&contract.plan, *entity, verb, &caller, &row, &row).status == verb.success()
                && !readable(&contract.plan, *entity, &caller, &row)
        })
    };
    let ids =
        |(entity, _)| contract.verbs(entity).map(|(_, operation)| format!("{:?}", operation.id)).collect::<Vec<_>>();
    let lost = |row: &(EntityId, _)| hidden(row) || goes_with_another(meaning, row.0);
    let ids: Vec<String> = model.entities().filter(lost).flat_map(ids).collect();
    let mut settings = SETTINGS.to_owned();
    if !ids.is_empty() {
        settings += &about(&ids.join(", "), "checks.ensure_resource_availability.enabled = false");
    }
    let users = model.auth.as_ref().and_then(|auth| contract.verb(auth.user, Verb::Delete));
    if let Some(operation) = users {
        settings += &about(&format!("{:?}", operation.id), &format!("parameters = {{ \"path.id\" = {NOBODY:?} }}"));
    }
    settings
}

/// Whether somebody can delete a row of an entity by deleting one that it refers to.
fn goes_with_another(meaning: &Compiled, entity: EntityId) -> bool {
    let mut with: BTreeSet<EntityId> = BTreeSet::new();
    let mut waiting = vec![entity];
    while let Some(id) = waiting.pop() {
        let references = meaning.model.entity(id).fields.iter().filter_map(Field::reference);
        let cascades = references.filter(|reference| reference.on_delete == DeleteRule::Cascade);
        waiting.extend(cascades.map(|reference| reference.to).filter(|to| with.insert(*to)));
    }
    with.into_iter().any(|id| meaning.contract.verb(id, Verb::Delete).is_some())
}

/// Whoever deletes oneself can ask nothing more, so that nobody is deleted here; the suite does that.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

/// A setting of some operations.
fn about(ids: &str, setting: &str) -> String {
    format!("\n[[operations]]\ninclude-operation-id = [{ids}]\n{setting}\n")
}

/// Every question counts once. A run that left an operation out, or stopped early, failed.
fn read_report(report: &Value, success: bool) -> Result<Outcome> {
    let count = |pointer: &str| -> Result<u32> {
        let number = report.pointer(pointer).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
        number.with_context(|| format!("the report has no {pointer}"))
    };
    let whole = report.get("complete") == Some(&Value::Bool(true))
        && count("/operations/tested")? == count("/operations/total")?;
    let generated = count("/test_cases/generated")?;
    let failed = count("/test_cases/with_failures")? + count("/test_cases/errored")?;
    let failed = if success && whole { failed } else { failed.max(1) };
    Ok(Outcome::counted(generated.saturating_sub(failed), failed))
}

fn sign_in(server: &Server, meaning: &Compiled, email: &str, password: &str) -> Result<String> {
    let url = server.url(&format!("{}/auth/login", meaning.contract.base));
    let answer = http::post(&url, &json!({ "email": email, "password": password }))?;
    ensure!(answer.status == 200, "the seeded user {email} cannot sign in: {}", answer.status);
    let token = answer.body["data"][meaning.contract.naming.wire("access_token")].as_str();
    token.map(str::to_owned).context("a session without an access token")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::{Value, json};

    use super::{callers, read_report, settings};
    use crate::prove::tree::Tree;
    use crate::report::Verdict;

    fn report(tested: u32, failures: u32) -> Value {
        json!({
            "complete": true,
            "operations": { "total": 7, "tested": tested },
            "test_cases": { "generated": 900, "with_failures": failures, "errored": 0 }
        })
    }

    #[test]
    fn a_run_without_failures_counts_its_questions() {
        let outcome = read_report(&report(7, 0), true).unwrap();
        assert_eq!((outcome.verdict, outcome.passed, outcome.failed), (Verdict::Passed, 900, 0));
    }

    #[test]
    fn a_run_that_left_operations_out_failed() {
        assert_eq!(read_report(&report(6, 0), true).unwrap().verdict, Verdict::Failed);
        assert_eq!(read_report(&report(7, 2), false).unwrap().failed, 2);
        assert!(read_report(&json!({}), true).is_err());
    }

    #[test]
    fn one_seeded_user_of_each_role_asks() {
        let seed = json!({ "User": {
            "ann": { "email": "ann@example.com", "password": "one", "role": null },
            "bob": { "email": "bob@example.com", "password": "two", "role": null },
            "eve": { "email": "eve@example.com", "password": "six", "role": "staff" }
        } });
        let callers = callers(&Tree::of([("seed.json", seed.to_string().as_str())])).unwrap();
        let names: Vec<&str> = callers.iter().map(|caller| caller.name.as_str()).collect();
        assert_eq!(names, ["anonymous", "signed in", "staff"]);
    }

    #[test]
    fn what_its_creator_may_not_read_need_not_be_found() {
        let settings_of = |read: &str| {
            let spec = format!(
                "backsmith: 1\nname: a\nframework: express\ndatabase: sqlite\nauth: {{ roles: staff }}\nentities:\n  \
                 Note:\n    owner: author\n    fields:\n      author: User\n    access: {{ read: {read}, create: signed_in }}\n"
            );
            settings(&backsmith::compile(&backsmith::Request::new(&spec)).result.unwrap())
        };
        assert!(!settings_of("owner").contains("operations"));
        assert!(settings_of("staff").contains("include-operation-id = [\"listNotes\", \"createNote\", \"getNote\"]"));
    }

    #[test]
    fn what_goes_with_another_row_need_not_be_found() {
        let settings_of = |rule: &str, write: &str| {
            let spec = format!(
                "backsmith: 1\nname: a\nframework: express\ndatabase: sqlite\nauth: {{}}\nentities:\n  Room:\n    \
                 fields: {{ name: string }}\n    access: {{ read: signed_in, {write}: signed_in }}\n  Seat:\n    \
                 fields: {{ room: Room {rule} }}\n    access: {{ read: signed_in, create: signed_in }}\n"
            );
            settings(&backsmith::compile(&backsmith::Request::new(&spec)).result.unwrap())
        };
        let seats = "include-operation-id = [\"listSeats\", \"createSeat\", \"getSeat\"]";
        assert!(settings_of("cascade", "write").contains(seats));
        assert!(!settings_of("cascade", "create").contains("operations"));
        assert!(!settings_of("restrict", "write").contains("operations"));
    }

    #[test]
    fn nobody_is_deleted_who_asks() {
        let spec = "backsmith: 1\nname: a\nframework: express\ndatabase: sqlite\nauth: {}\nentities:\n  \
                    User:\n    fields: { nick: string? }\n    access: { read: signed_in, delete: owner }\n";
        let settings = settings(&backsmith::compile(&backsmith::Request::new(spec)).result.unwrap());
        assert!(settings.contains("include-operation-id = [\"deleteUser\"]\nparameters = { \"path.id\""));
    }
}
