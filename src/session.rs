//! One spec that is being edited, and its project made again with every change.

use std::sync::Arc;

use crate::contract::Contract;
use crate::memo::{Entities, Memo};
use crate::model::Model;
use crate::storage::{Storage, TableOf};
use crate::targets::RenderError;
use crate::{Compiled, Generated, Outcome, Request, compile, render_with};

/// What is remembered between a project and the next, so that a change costs what it changes.
///
/// A session answers as [`generate`](crate::generate()) does.
#[derive(Debug, Default)]
pub struct Session {
    last: Option<(Arc<Compiled>, Memo)>,
}

impl Session {
    /// Generates a whole project.
    ///
    /// # Errors
    ///
    /// A template failed, which is a bug of a target; problems of the spec are diagnostics.
    pub fn generate(&mut self, request: &Request) -> Result<Outcome<Generated>, RenderError> {
        let Outcome { result, diagnostics } = compile(request);
        let Some(compiled) = result else { return Ok(Outcome { result: None, diagnostics }) };
        let known = self.last.take().and_then(|(last, memo)| Some((memo, differences(&last, &compiled)?)));
        let (memo, changed) = known.unwrap_or_default();
        let memo = Memo::again(memo, compiled.model.reads(), changed);
        let project = render_with(request.spec, &compiled, &compiled.contract.plan, &compiled.storage, &memo)?;
        let compiled = Arc::new(compiled);
        self.last = Some((Arc::clone(&compiled), memo));
        Ok(Outcome { result: Some(Generated::new(compiled, project)), diagnostics })
    }
}

/// The entities of which one spec says something else than another; `None` where they differ in more than that.
fn differences(one: &Compiled, other: &Compiled) -> Option<Entities> {
    let same_choice = std::ptr::eq(one.target, other.target) && one.database == other.database;
    let alike = same_choice
        && frame_of_model(&one.model) == frame_of_model(&other.model)
        && frame_of_contract(&one.contract) == frame_of_contract(&other.contract)
        && same_tables(&one.storage, &other.storage);
    alike.then(|| {
        let mut different = Entities::default();
        let mut differs = |place, same: bool| {
            if !same {
                different.add(place);
            }
        };
        let pairs = one.model.entities.unread().iter().zip(other.model.entities.unread());
        pairs.enumerate().for_each(|(place, (one, other))| differs(place, one == other));
        let pairs = one.contract.resources.unread().iter().zip(other.contract.resources.unread());
        pairs.for_each(|(one, other)| differs(one.entity.0, one == other));
        for (one, other) in one.storage.tables.unread().iter().zip(other.storage.tables.unread()) {
            if let TableOf::Entity(id) | TableOf::Set(id, _) = one.of {
                differs(id.0, one == other);
            }
        }
        one.contract.plan.differences(&other.contract.plan, &mut different);
        different
    })
}

/// All of a model but what it says of single entities beside their names.
fn frame_of_model(model: &Model) -> impl PartialEq {
    // A line says where it is in its entity, so that nothing depends on where that begins.
    let Model { name, description, auth, api, entities, lines: _ } = model;
    let names: Vec<_> = entities.unread().iter().map(|entity| &entity.name).collect();
    (name, description, auth, api, names)
}

/// All of a contract but what it says of single entities.
fn frame_of_contract(contract: &Contract) -> impl PartialEq {
    let Contract { base, naming, cors, docs, limits, operations, resources, plan: _ } = contract;
    (base, naming, cors, docs, limits, operations, resources.len())
}

/// Whether the same tables stand in the same order, and those of no entity are alike.
fn same_tables(one: &Storage, other: &Storage) -> bool {
    let (one, other) = (one.tables.unread(), other.tables.unread());
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| match one.of {
            TableOf::Entity(_) | TableOf::Set(..) => one.of == other.of && one.name == other.name,
            TableOf::Feature(_) => one == other,
        })
}
