//! Media types and sizes of bodies.

use std::collections::BTreeMap;

use backsmith::contract::{AuthAction, Verb};
use backsmith::model::AccessOperation;
use backsmith::reference::Request;

use super::http::users;
use super::own_account::{self, offered};
use crate::scene::{Ask, Asker, Cell};
use crate::suite::Suite;

pub(super) fn run(suite: &mut Suite) {
    for target in targets(suite) {
        let Target { name, request, guards } = target;
        suite.check(&format!("media.{name}.refused"), guards.clone(), |suite| {
            suite.expect(&bare(&request), 415)?;
            let others = [
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/json",
                "application/merge-patch+json",
                "application/json; charset=latin1",
                "application/json;charset=utf-16",
                "application/xml",
                "application/jsonp",
                "x",
            ];
            for media_type in others {
                suite.expect(&request.clone().body(media_type, "{}"), 415)?;
                // The media type is looked at before the query and before the body.
                let strange = Request { target: format!("{}?nothing=1", request.target), ..request.clone() };
                suite.expect(&strange.body(media_type, "{"), 415)?;
            }
            Ok(())
        });
        suite.check(&format!("media.{name}.taken"), guards.clone(), |suite| {
            for media_type in
                ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON;Charset=\"UTF-8\""]
            {
                suite.expect(&request.clone().body(media_type, "{"), 400)?;
            }
            Ok(())
        });
        suite.check(&format!("media.{name}.size"), guards, |suite| {
            let most = suite.contract.limits.body_bytes as usize;
            let padded = |length: usize| format!("{{\"nothing\":\"{}\"}}", "x".repeat(length - 14));
            let json = |length| request.clone().body("application/json", padded(length));
            suite.expect(&json(most), 400)?;
            suite.expect(&json(most + 1), 413)?;
            suite.expect(&json(most + 1).header("transfer-encoding", "chunked"), 413)?;
            suite.expect(&json(most).header("transfer-encoding", "chunked"), 400)?;
            Ok(())
        });
    }
}

/// A request whose body will be read.
pub(super) struct Target {
    pub(super) name: String,
    /// It has no body yet.
    pub(super) request: Request,
    pub(super) guards: Vec<String>,
}

/// A request of every kind that has a body.
pub(super) fn targets(suite: &Suite) -> Vec<Target> {
    let mut targets = Vec::new();
    for (entity, declared) in suite.model.entities() {
        if let Some(cell) = suite.granted(entity, Verb::Create) {
            let request = suite.by(cell.asker, Request::new("POST", suite.path(entity)));
            let guards = suite.guards(entity, &[AccessOperation::Create]);
            targets.push(Target { name: format!("{}.post", declared.name), request, guards });
        }
        if let Some((asker, row)) = suite.scene.spare(entity, 0) {
            for method in ["PUT", "PATCH"] {
                let request = suite.by(asker, Request::new(method, &suite.row_path(row)));
                let guards = suite.guards(entity, &[AccessOperation::Update]);
                targets.push(Target { name: format!("{}.{}", declared.name, method.to_lowercase()), request, guards });
            }
        }
    }
    if suite.model.auth.is_some() {
        for action in offered(suite).into_iter().filter(|action| action.has_body()) {
            let path = format!("{}/auth/{}", suite.contract.base, action.segment());
            let request = Request::new(action.method().as_str(), &path);
            let name = action.segment().to_owned();
            if action == AuthAction::UpdateMe {
                let asker = users(suite).into_iter().find(|asker| changes_oneself(suite, *asker));
                let guards = own_account::guards(suite);
                targets.extend(asker.map(|asker| Target { name, request: suite.by(asker, request), guards }));
                continue;
            }
            let asker = users(suite).first().copied().filter(|_| action.asks_caller());
            let request = asker.map_or(request.clone(), |asker| suite.by(asker, request));
            targets.push(Target { name, request, guards: Vec::new() });
        }
    }
    targets
}

/// Whether the rules of users let somebody change oneself.
fn changes_oneself(suite: &Suite, asker: Asker) -> bool {
    let Asker::Account(row) = asker else { return false };
    let entity = suite.scene.row(row).entity;
    if suite.contract.verb(entity, Verb::Patch).is_none() {
        return true;
    }
    let ask = Ask::Update(Verb::Patch, row, BTreeMap::new());
    let cell = Cell { id: String::new(), entity, ask, asker, field: None };
    suite.scene.predict(suite.model, &suite.contract.plan, &cell).status == 200
}

/// The request with a body of which nothing is said.
fn bare(request: &Request) -> Request {
    Request { body: b"{}".to_vec(), ..request.clone() }
}
