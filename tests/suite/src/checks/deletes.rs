//! Deleting rows that others refer to.

use backsmith::contract::Verb;
use backsmith::model::{AccessOperation, DeleteRule};
use backsmith::reference::Request;

use crate::scene::{Ask, Cell, Pair};
use crate::suite::{Found, Suite};

pub(super) fn run(suite: &mut Suite) {
    for pair in &suite.scene.pairs {
        let (parent, child) = (suite.scene.row(pair.parent), suite.scene.row(pair.child));
        let referring = suite.model.entity(child.entity);
        let id = format!(
            "deletes.{}.{}.{}",
            suite.model.entity(parent.entity).name,
            referring.name,
            referring.field(pair.field).name
        );
        let mut guards = suite.guards(parent.entity, &[AccessOperation::Delete]);
        guards.extend(suite.guards(child.entity, &[]));
        suite.check(&id, guards, |suite| delete(suite, pair));
    }
}

fn delete(suite: &mut Suite, pair: &Pair) -> Found {
    let parent = Request::new("DELETE", &suite.row_path(pair.parent));
    let parent = suite.by(pair.asker, parent);
    match pair.rule {
        DeleteRule::Restrict => {
            suite.expect_details(&parent, 409, &[("id", "referenced")])?;
            let get = Request { method: "GET".to_owned(), ..parent };
            suite.expect(&get, 200)?;
        }
        DeleteRule::Cascade | DeleteRule::SetNull => {
            suite.expect(&parent, 204)?;
            suite.expect(&parent, 404)?;
        }
    }
    look_at_child(suite, pair)
}

/// What became of the row that referred to the deleted one, as far as somebody may read it.
fn look_at_child(suite: &mut Suite, pair: &Pair) -> Found {
    let entity = suite.scene.row(pair.child).entity;
    if suite.contract.verb(entity, Verb::Get).is_none() {
        return Ok(());
    }
    let reads = |asker: &crate::scene::Asker| {
        let cell = Cell { id: String::new(), entity, ask: Ask::Get(pair.child), asker: *asker, field: None };
        suite.scene.predict(suite.model, &suite.contract.plan, &cell).status == 200
    };
    let Some(asker) = suite.scene.askers.iter().copied().find(reads) else { return Ok(()) };
    let request = suite.by(asker, Request::new("GET", &suite.row_path(pair.child)));
    let status = if pair.rule == DeleteRule::Cascade { 404 } else { 200 };
    let found = suite.expect(&request, status)?.json().unwrap_or_default();
    let wire = &suite.model.entity(entity).field(pair.field).wire;
    match pair.rule {
        DeleteRule::SetNull if !found["data"][wire].is_null() => Err(format!("{wire} is {}", found["data"][wire])),
        DeleteRule::Restrict if found["data"][wire].is_null() => Err(format!("{wire} is null")),
        DeleteRule::Restrict | DeleteRule::Cascade | DeleteRule::SetNull => Ok(()),
    }
}
