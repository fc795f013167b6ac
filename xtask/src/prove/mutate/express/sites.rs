//! Faults at one place of the projects for Express that no other guards and no other contract express, and the names of
//! their own tests that notice.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use backsmith::contract::{Contract, Site, Source, Verb, property};
use backsmith::model::{AccessOperation, Entity, Model};
use backsmith_suite::mutants::{Fault, Leak, SiteMutant};

use crate::prove::mutate::stand::Changed;

const CONDITION: &str = "const condition = ";

/// The repository whose lists hold the rows of other guards, or count those. `other` is what differs under them.
pub(crate) fn wrong_list(sources: &BTreeMap<String, String>, other: &Changed, rows: bool) -> Result<Changed> {
    let is_list = |text: &str| text.contains(CONDITION) && text.contains("export async function list(");
    let (path, wrong) = other.iter().find(|(_, text)| is_list(text)).context("no list differs")?;
    let right = sources.get(path).with_context(|| format!("there is no {path}"))?;
    let wrong = condition(wrong)?;
    let (find, replace) = if rows {
        (".where(condition)", format!(".where({wrong})"))
    } else {
        ("db.$count(table, condition)", format!("db.$count(table, {wrong})"))
    };
    ensure!(right.matches(find).count() == 1, "{path} has {find} {} times", right.matches(find).count());
    Ok(Changed::from([(path.clone(), right.replace(find, &replace))]))
}

fn condition(text: &str) -> Result<&str> {
    let begin = text.find(CONDITION).context("a list without a condition")? + CONDITION.len();
    let end = text[begin..].find(";\n").context("a condition without an end")?;
    Ok(&text[begin..begin + end])
}

/// The schema that passes over what it does not know in the body of a request.
pub(crate) fn passes_over(sources: &BTreeMap<String, String>, entity: &Entity, verb: Verb) -> Result<Changed> {
    let name = &entity.name;
    let path = format!("src/schemas/{}.schema.ts", name.kebab());
    let text = sources.get(&path).with_context(|| format!("there is no {path}"))?;
    let word = match verb {
        Verb::Put => "Replace",
        Verb::Patch => "Update",
        Verb::Create | Verb::List | Verb::Get | Verb::Delete => "Create",
    };
    let begin = format!("export const {}{word} = ", name.camel());
    let at = text.find(&begin).with_context(|| format!("{path} has no {begin}"))?;
    let end = at + text[at..].find(";\n").context("a schema without an end")?;
    Ok(Changed::from([(path, format!("{}.strip(){}", &text[..end], &text[end..]))]))
}

/// The names of the tests that notice a fault that is none of guards, in which a `*` stands for any text.
pub(crate) fn tests_of(mutant: &SiteMutant, model: &Model, contract: &Contract) -> Vec<String> {
    let entity = mutant.kind.entity;
    // Names tell the guards that a request has to pass, and with them whose rows it is about.
    let about = |operation| {
        let guard = contract.plan.guard(entity, operation, Site::Caller);
        guard.map_or_else(|| "*".to_owned(), |guard| format!("*[{}]*", guard.id))
    };
    let [lists, gets, posts, puts] =
        [AccessOperation::List, AccessOperation::Get, AccessOperation::Create, AccessOperation::Update].map(about);
    let changed = mutant.fault.contract().map(|wrong| (wrong.resource(entity), contract.resource(entity)));
    let creates = mutant.kind.verb == Some(Verb::Create);
    match (&mutant.fault, changed) {
        (Fault::PassesOver, _) if creates => vec![format!("{posts}POST does not know *")],
        (Fault::PassesOver, _) => vec![format!("{puts}PUT and PATCH do not know *")],
        (Fault::Contract(_, Leak::Shown), _) => {
            vec![format!("{gets}is shown whole"), format!("{posts}stores a row and says where")]
        }
        (Fault::Contract(_, Leak::Asked), Some(_)) => {
            vec![format!("{lists}lists do not tell *"), format!("{lists}lists are not searched by *")]
        }
        (Fault::Contract(_, Leak::Taken), Some((wrong, right))) => {
            let inputs = |resource: &backsmith::contract::Resource| {
                if creates { resource.create.clone() } else { resource.update.clone() }
            };
            let known = inputs(right);
            let more = inputs(wrong).into_iter().find(|input| !known.contains(input));
            let wire = more.map_or_else(String::new, |input| match input.property.source {
                Source::Field(id) => property(id, model.entity(entity).field(id)).wire,
                _ => input.property.wire,
            });
            let words = if creates { posts + "POST does not know" } else { puts + "PUT and PATCH do not know" };
            vec![format!("{words} {wire}")]
        }
        _ => Vec::new(),
    }
}
