//! Two systems are asked the same random things, and must answer the same.
//!
//! What is asked is decided by a seed and written with symbols in place of ids, so that each system is asked about
//! its own rows; in the answers ids become symbols again, and times and tokens are left out. Whatever then differs
//! is a difference of behaviour.

mod answers;
mod requests;

use std::collections::BTreeMap;
use std::fmt;

use backsmith::contract::{Action, AuthAction, Contract, Verb};
use backsmith::model::Model;
use serde_json::Value as Json;

use crate::scene::{self, Asker, RowId, Scene};
use crate::system::System;
use crate::{Request, Response};
use answers::Reading;
use requests::{Asked, Asking};

/// How much was compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreement {
    /// The number of answers by their status.
    pub statuses: BTreeMap<u16, usize>,
}

impl Agreement {
    /// All answers.
    pub fn requests(&self) -> usize {
        self.statuses.values().sum()
    }
}

/// The first request that was answered differently. What comes after it is of no use: the systems' rows differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// How many requests were answered alike before.
    pub after: usize,
    /// What was asked, and by whom.
    pub request: String,
    /// The beginning of the first system's answer.
    pub first: String,
    /// The beginning of the second system's answer.
    pub second: String,
    /// Where the answers differ, and what each says there.
    pub places: Vec<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { after, request, first, second, places } = self;
        write!(f, "after {after} equal answers: {request}\n  first:  {first}\n  second: {second}")?;
        places.iter().try_for_each(|place| write!(f, "\n  at {place}"))
    }
}

impl std::error::Error for Difference {}

/// Seeds both systems with the same rows and asks them `requests` random things that `seed` decides.
///
/// Both must be empty, keep to `contract`, and have limits that so many requests do not reach.
pub fn compare(
    model: &Model,
    contract: &Contract,
    [first, second]: [&mut dyn System; 2],
    seed: u64,
    requests: usize,
) -> Result<Agreement, Difference> {
    let scene = Scene::of(model, contract);
    let mut asking = Asking::new(model, contract, &scene, seed);
    let mut agreement = Agreement::default();
    let opened = |system| Side::open(model, contract, &scene, system);
    let failed = |reason: String| Difference {
        after: 0,
        request: "to seed the rows and log everybody in".to_owned(),
        first: reason.clone(),
        second: reason,
        places: Vec::new(),
    };
    let mut sides = [opened(first).map_err(failed)?, opened(second).map_err(failed)?];
    let reading = Reading::new(model, contract);
    for after in 0..requests {
        let asked = asking.next();
        let [first, second] = sides.each_mut().map(|side| side.ask(&asked, &reading));
        if !answers::agree(&first.1, &second.1) {
            let request = format!("{} by {}", asked.shown(), scene.name(model, asked.asker));
            let places = answers::differences(&first.1, &second.1);
            return Err(Difference {
                after,
                request,
                first: first.1.to_string(),
                second: second.1.to_string(),
                places,
            });
        }
        *agreement.statuses.entry(first.1.status).or_default() += 1;
        if let (Some(entity), Some(one), Some(other)) = (asked.makes, first.0, second.0) {
            let [a, b] = &mut sides;
            a.ids.push(one);
            b.ids.push(other);
            asking.made(entity);
        }
    }
    Ok(agreement)
}

/// One system, and what its rows are called there.
struct Side<'s> {
    system: &'s mut dyn System,
    /// The ids of the rows, by the number of their symbol: those of the scene, then those made since.
    ids: Vec<String>,
    tokens: BTreeMap<RowId, String>,
}

impl<'s> Side<'s> {
    fn open(model: &Model, contract: &Contract, scene: &Scene, system: &'s mut dyn System) -> Result<Self, String> {
        let seeded = system.seed(&scene::seed_file(model, scene)).map_err(|failure| failure.to_string())?;
        let id = |row: &scene::Row| seeded.get(model.entity(row.entity).name.pascal(), &row.key).map(str::to_owned);
        let ids = scene.rows.iter().map(id).collect::<Option<Vec<_>>>().ok_or("a row was not seeded")?;
        let mut tokens = BTreeMap::new();
        for asker in &scene.askers {
            let Asker::Account(account) = *asker else { continue };
            let login = scene.login(account).ok_or("a row that is no account")?;
            let body = serde_json::json!({ "email": login.email, "password": login.password });
            let request = Request::new("POST", &format!("{}/auth/login", contract.base)).json(&body);
            let answer = system.send(&request).map_err(|failure| failure.to_string())?;
            let session = answer.json().unwrap_or_default();
            let token =
                session["data"][contract.naming.wire("access_token")].as_str().ok_or("a session without a token")?;
            tokens.insert(account, token.to_owned());
        }
        Ok(Self { system, ids, tokens })
    }

    /// The id of a row that the request made, and the answer as it can be compared.
    fn ask(&mut self, asked: &Asked, reading: &Reading) -> (Option<String>, answers::Answer) {
        let mut request = asked.request(|text| self.with_ids(text));
        if let Asker::Account(account) = asked.asker {
            request = request.bearer(self.tokens.get(&account).map_or("", String::as_str));
        }
        match self.system.send(&request) {
            Ok(response) => (made(&response), reading.read(asked, &response, &self.ids)),
            Err(failure) => (None, answers::Answer::none(failure.to_string())),
        }
    }

    /// The text with ids in place of symbols.
    fn with_ids(&self, text: &str) -> String {
        requests::replace_symbols(text, |number| self.ids.get(number).map(String::as_str))
    }
}

/// The id of the row that an answer tells of.
fn made(response: &Response) -> Option<String> {
    let body = response.json().filter(|_| response.status == 201)?;
    let id = |of: &Json| of["id"].as_str().map(str::to_owned);
    id(&body["data"]).or_else(|| id(&body["data"]["user"]))
}

/// Whether an action makes a row.
fn makes_row(action: &Action) -> bool {
    matches!(action, Action::Rows { verb: Verb::Create, .. } | Action::Auth(AuthAction::Register))
}
