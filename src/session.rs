//! One spec that is being edited, and its project made again with every change.

use std::sync::Arc;

use crate::contract::{Contract, Plan};
use crate::memo::{Entities, Memo};
use crate::model::Model;
use crate::spec::Reader;
use crate::storage::{Storage, TableOf};
use crate::targets::RenderError;
use crate::{Compiled, Generated, Outcome, Request, Understood, features, render_with, understand};

/// What is remembered between a project and the next, so that a change costs what it changes.
///
/// A session answers as [`generate`](crate::generate()) does.
#[derive(Debug, Default)]
pub struct Session {
    reader: Reader,
    last: Option<(Arc<Compiled>, Memo)>,
}

impl Session {
    /// Generates a whole project.
    ///
    /// # Errors
    ///
    /// A template failed, which is a bug of a target; problems of the spec are diagnostics.
    pub fn generate(&mut self, request: &Request) -> Result<Outcome<Generated>, RenderError> {
        let Outcome { result, diagnostics } = understand(request, &mut self.reader);
        let Some(understood) = result else { return Ok(Outcome { result: None, diagnostics }) };
        let (compiled, memo) = compile_after(self.last.take(), understood);
        let project = render_with(request.spec, &compiled, &compiled.contract.plan, &compiled.storage, &memo)?;
        let compiled = Arc::new(compiled);
        self.last = Some((Arc::clone(&compiled), memo));
        Ok(Outcome { result: Some(Generated::new(compiled, project)), diagnostics })
    }
}

/// What follows from a model, and what is remembered of the last that still holds.
fn compile_after(last: Option<(Arc<Compiled>, Memo)>, understood: Understood) -> (Compiled, Memo) {
    let Understood { target, database, model } = understood;
    let plan = Plan::of(&model);
    let known = last.and_then(|(last, memo)| {
        let same_choice = std::ptr::eq(last.target, target) && last.database == database;
        let mut changed = same_choice.then(|| differences_of_models(&last.model, &model))??;
        last.contract.plan.differences(&plan, &mut changed);
        Some((last, Memo::again(memo, model.reads(), changed)))
    });
    let (last, memo) = match known {
        Some((last, memo)) => (Some(last), memo),
        None => (None, Memo::again(Memo::default(), model.reads(), Entities::default())),
    };
    let contract = features::contract_again(&model, plan, &memo);
    let storage = features::storage(&model);
    let compiled = Compiled { target, database, model, contract, storage };
    let holds = last.is_none_or(|last| match differences(&last, &compiled) {
        Some(changed) => {
            memo.outdate(&changed);
            true
        }
        None => false,
    });
    let memo = if holds { memo } else { Memo::again(Memo::default(), compiled.model.reads(), Entities::default()) };
    (compiled, memo)
}

/// The entities of which one model says something else than another; `None` where they differ in more than that.
fn differences_of_models(one: &Model, other: &Model) -> Option<Entities> {
    (frame_of_model(one) == frame_of_model(other)).then(|| {
        let pairs = one.entities.unread().iter().zip(other.entities.unread()).enumerate();
        differing(pairs.map(|(place, (one, other))| (place, one == other)))
    })
}

/// The entities of which one contract or storage says something else than another, where their models and plans are
/// alike; `None` where they differ in more than that.
fn differences(one: &Compiled, other: &Compiled) -> Option<Entities> {
    let alike = frame_of_contract(&one.contract) == frame_of_contract(&other.contract)
        && same_tables(&one.storage, &other.storage);
    alike.then(|| {
        let resources = one.contract.resources.unread().iter().zip(other.contract.resources.unread());
        let resources = resources.map(|(one, other)| (one.entity.0, Arc::ptr_eq(one, other) || one == other));
        let tables = one.storage.tables.unread().iter().zip(other.storage.tables.unread());
        let tables = tables.filter_map(|(one, other)| match one.of {
            TableOf::Entity(id) | TableOf::Set(id, _) => Some((id.0, one == other)),
            TableOf::Feature(_) => None,
        });
        differing(resources.chain(tables))
    })
}

/// The entities of which something is not the same.
fn differing(compared: impl Iterator<Item = (usize, bool)>) -> Entities {
    let mut different = Entities::default();
    compared.filter(|(_, same)| !same).for_each(|(place, _)| different.add(place));
    different
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Entities of which each refers to the one before it.
    fn chain(entities: usize) -> String {
        let head =
            "backsmith: 1\nname: chain\nframework: express\ndatabase: sqlite\nauth: { roles: \"admin > staff\" }\n";
        let entity = |number: usize| {
            let before = if number == 0 { String::new() } else { format!("      before: Link{}\n", number - 1) };
            format!(
                "  Link{number}:\n    fields:\n      title: string 1..200\n      code: string 3..20 unique\n{before}    \
                 access: {{ read: anyone, write: staff }}\n"
            )
        };
        format!("{head}entities:\n{}", (0..entities).map(entity).collect::<String>())
    }

    #[test]
    fn nothing_of_one_entity_is_made_of_all_that_it_leads_to() {
        let mut session = Session::default();
        let outcome = session.generate(&Request::new(&chain(24))).unwrap();
        assert!(outcome.result.is_some(), "{:?}", outcome.diagnostics);
        let (_, memo) = session.last.as_ref().unwrap();
        let widths = memo.widths();
        assert!(widths.iter().filter(|(name, _)| *name == "tests").count() == 24);
        let wide: Vec<_> = widths.into_iter().filter(|(_, entities)| *entities > 4).collect();
        assert!(wide.is_empty(), "{wide:?}");
    }
}
