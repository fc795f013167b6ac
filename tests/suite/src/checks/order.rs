//! Which answer comes first where several fit.

use backsmith::contract::{Caller, Verb};
use backsmith::model::{AccessOperation, EntityId};
use backsmith::reference::Request;
use serde_json::json;

use super::http::NOBODY;
use crate::scene::Asker;
use crate::suite::{Found, Suite};

pub(super) fn run(suite: &mut Suite) {
    for (entity, declared) in suite.model.entities() {
        let verbs: Vec<Verb> = suite.contract.verbs(entity).map(|(verb, _)| verb).collect();
        for verb in verbs {
            let id = |what: &str| format!("order.{}.{}.{what}", declared.name, verb.method().as_str().to_lowercase());
            let guards = suite.guards(entity, &[verb.access()]);
            let path = suite.path(entity).to_owned();
            let path = if verb.names_row() { format!("{path}/{NOBODY}") } else { path };
            let request = || Request::new(verb.method().as_str(), &path);
            let admission = suite.contract.plan.admission(entity, verb.access()).clone();
            let askers = suite.scene.askers.clone();

            suite.check(&id("declared-length-first"), guards.clone(), |suite| too_long_declared(suite, &request()));
            let refused: Vec<Asker> =
                askers.iter().copied().filter(|asker| !admission.admits(&suite.scene.caller(*asker))).collect();
            let admitted = askers.iter().copied().find(|asker| admission.admits(&suite.scene.caller(*asker)));
            suite.check(&id("caller-before-all-else"), guards.clone(), |suite| {
                for asker in refused {
                    let status = if suite.scene.caller(asker) == Caller::Anonymous { 401 } else { 403 };
                    let strange = Request { target: format!("{path}?nothing=1"), ..request().body("text/plain", "{") };
                    suite.expect(&suite.by(asker, strange), status)?;
                }
                Ok(())
            });
            if verb.names_row()
                && let Some(asker) = admitted
            {
                suite.check(&id("row-before-body"), guards, |suite| {
                    row_before_body(suite, entity, asker, &request(), verb)
                });
            }
        }
    }
}

fn too_long_declared(suite: &mut Suite, request: &Request) -> Found {
    let length = u64::from(suite.contract.limits.body_bytes) + 1;
    let request = request.clone().header("content-type", "text/plain").header("content-length", &length.to_string());
    suite.expect(&request, 413)?;
    Ok(())
}

/// A row that is not there is 404 whatever the id and the rest of the request look like.
fn row_before_body(suite: &mut Suite, entity: EntityId, asker: Asker, request: &Request, verb: Verb) -> Found {
    let mut bodies = Vec::new();
    let (path, _) = request.target.rsplit_once('/').ok_or("a path without a slash")?;
    for id in [NOBODY, "1", "x", "null", "undefined", "__proto__", "01890000-0000-7000-8000-00000000000g", "-1"] {
        let target = format!("{path}/{id}?nothing=1");
        let request = Request { target, ..request.clone() };
        let request = if verb.access() == AccessOperation::Update {
            request.body("text/plain", json!({ "nothing": 1 }).to_string())
        } else {
            request
        };
        let response = suite.expect(&suite.by(asker, request), 404)?;
        bodies.push(response.body);
    }
    let hidden = hidden_row(suite, entity, asker, verb);
    if let Some(path) = hidden {
        let response = suite.expect(&suite.by(asker, Request { target: path, ..request.clone() }), 404)?;
        bodies.push(response.body);
    }
    bodies.dedup();
    if bodies.len() == 1 { Ok(()) } else { Err("the bodies of absent and unreadable rows differ".to_owned()) }
}

/// The path of a row of the same entity that the asker may not read.
fn hidden_row(suite: &Suite, entity: EntityId, asker: Asker, verb: Verb) -> Option<String> {
    let hidden = |cell: &&crate::scene::Cell| {
        cell.entity == entity
            && cell.asker == asker
            && cell.verb() == verb
            && suite.scene.predict(suite.model, &suite.contract.plan, cell).status == 404
    };
    suite.scene.cells.iter().find(hidden).and_then(crate::scene::Cell::row).map(|row| suite.row_path(row))
}
