//! Related rows that come along: what somebody gets of them beside a row is what he gets of them alone.

use std::collections::BTreeMap;

use backsmith::contract::{Along, Contract, Include, Verb};
use backsmith::model::{AccessOperation, By, EntityId, Model};
use backsmith::reference::Request;
use serde_json::Value as Json;

use crate::scene::{Asker, Held, RowId, Scene};
use crate::suite::{Found, Suite};

/// How many rows of an entity each asker looks at that have related rows which he may not read, and how many others.
const ROWS: usize = 2;

pub(super) fn run(suite: &mut Suite) {
    for (entity, declared) in suite.model.entities() {
        let resource = suite.contract.resource(entity);
        let verbs = [Verb::Get, Verb::List].map(|verb| suite.contract.verb(entity, verb).is_some());
        if resource.includes.is_empty() || verbs == [false, false] {
            continue;
        }
        let name = &declared.name;
        for include in &resource.includes {
            let presumed = presumed(suite, entity, include);
            suite.check(&format!("includes.{name}.{}", include.wire), presumed, |suite| {
                come_along(suite, entity, include)
            });
        }
        let guards = suite.guards(entity, &[AccessOperation::List]);
        suite.check(&format!("includes.{name}.parameter"), guards, |suite| parameter(suite, entity));
    }
}

/// The guards that the check cannot look through: those of rows that nobody can get alone.
fn presumed(suite: &Suite, entity: EntityId, include: &Include) -> Vec<String> {
    let all = [Some(include.to), between(suite.model, entity, include)].into_iter().flatten();
    let hidden = all.filter(|to| suite.contract.verb(*to, Verb::Get).is_none());
    hidden.flat_map(|to| suite.guards(to, &[])).collect()
}

/// The entity whose rows stand between those of an entity and those that come along with them, where one does.
pub(crate) fn between(model: &Model, entity: EntityId, include: &Include) -> Option<EntityId> {
    match include.along {
        Along::Side(side) => match model.entity(entity).other_sides[side.0].by {
            By::Through { entity, .. } => Some(entity),
            By::Reference(_) | By::Many(_) => None,
        },
        Along::Field(_) => None,
    }
}

/// Whether the rows that come along under the one contract are others than under the other, for somebody who reads
/// the row under both.
pub(crate) fn brings_along_otherwise(
    scene: &Scene,
    model: &Model,
    contracts: [&Contract; 2],
    entity: EntityId,
    include: usize,
) -> bool {
    let include = &contracts[0].resource(entity).includes[include];
    let differs = |asker: Asker, row: RowId| {
        let reads = |contract, row| scene.reads(model, contract, asker, row);
        let shown = |contract| {
            let pairs = related(scene, model, row, include).into_iter();
            let seen = pairs.filter(|(link, to)| link.is_none_or(|link| reads(contract, link)) && reads(contract, *to));
            seen.map(|(_, to)| to).collect::<Vec<RowId>>()
        };
        contracts.iter().all(|contract| reads(contract, row)) && shown(contracts[0]) != shown(contracts[1])
    };
    scene.askers.iter().any(|asker| scene.rows_of(entity).any(|(row, _)| differs(*asker, row)))
}

fn come_along(suite: &mut Suite, entity: EntityId, include: &Include) -> Found {
    let mut seen = Alone::default();
    for asker in suite.scene.askers.clone() {
        for rows in most_telling(suite, asker, entity, include) {
            let mut looked_at = 0;
            for row in rows {
                if looked_at == ROWS {
                    break;
                }
                let Some(found) = found(suite, asker, entity, row, include)? else { continue };
                looked_at += 1;
                let wanted = wanted(suite, asker, row, include, &mut seen)?;
                if !is_same(&found, &wanted, &suite.name("created_at")) {
                    return Err(format!("{} of {} is {found} instead of {wanted}", include.wire, suite.row_path(row)));
                }
            }
        }
    }
    Ok(())
}

/// The rows of an entity, those with most related rows first: apart from each other those with related rows that the
/// asker may not read, and those without.
fn most_telling(suite: &Suite, asker: Asker, entity: EntityId, include: &Include) -> [Vec<RowId>; 2] {
    let reads = |row| suite.scene.reads(suite.model, suite.contract, asker, row);
    let mut rows: Vec<(usize, bool, RowId)> = Vec::new();
    for (row, _) in suite.scene.rows_of(entity) {
        let related = related(suite.scene, suite.model, row, include);
        let is_open = related.iter().all(|(link, to)| link.is_none_or(reads) && reads(*to));
        rows.push((related.len(), is_open, row));
    }
    rows.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    [false, true].map(|open| rows.iter().filter(|(_, is_open, _)| *is_open == open).map(|(.., row)| *row).collect())
}

/// What comes along with a row that the asker gets, by every way to it.
fn found(suite: &mut Suite, asker: Asker, entity: EntityId, row: RowId, include: &Include) -> Found<Option<Json>> {
    let wire = &include.wire;
    let mut answers = Vec::new();
    if suite.contract.verb(entity, Verb::Get).is_some() {
        let target = format!("{}?include={wire}", suite.row_path(row));
        let response = suite.ask(&suite.by(asker, Request::new("GET", &target)))?;
        if response.status == 200 {
            answers.push(response.json().unwrap_or_default()["data"].clone());
        }
    }
    if suite.contract.verb(entity, Verb::List).is_some() {
        let target = format!("{}?include={wire}&id={}", suite.path(entity), suite.id(row));
        let response = suite.ask(&suite.by(asker, Request::new("GET", &target)))?;
        if response.status == 200 {
            answers.extend(response.json().unwrap_or_default()["data"].as_array().cloned().unwrap_or_default());
        }
    }
    let shown: Option<Vec<Json>> = answers.iter().map(|answer| answer.get(wire).cloned()).collect();
    let shown = shown.ok_or_else(|| format!("there is no {wire} where it was asked for"))?;
    if shown.windows(2).any(|pair| pair[0] != pair[1]) {
        return Err(format!("a list brings along other {wire} than the row alone: {shown:?}"));
    }
    Ok(shown.into_iter().next())
}

/// What the asker should get beside the row.
fn wanted(suite: &mut Suite, asker: Asker, row: RowId, include: &Include, seen: &mut Alone) -> Found<Json> {
    let mut rows: Vec<Json> = Vec::new();
    for (link, to) in related(suite.scene, suite.model, row, include) {
        let is_linked = match link {
            Some(link) => seen.get(suite, asker, link)?.is_some(),
            None => true,
        };
        let Some(alone) = seen.get(suite, asker, to)?.filter(|_| is_linked) else { continue };
        if !rows.contains(&alone) {
            rows.push(alone);
        }
    }
    if !include.many {
        return Ok(rows.into_iter().next().unwrap_or_default());
    }
    let created_at = suite.name("created_at");
    let key = |row: &Json| (row[&created_at].as_str().map(str::to_owned), row["id"].as_str().map(str::to_owned));
    rows.sort_by_key(|row| std::cmp::Reverse(key(row)));
    rows.truncate(suite.contract.limits.included as usize);
    Ok(rows.into())
}

/// Whether all is there that is wanted; of rows that nobody can get alone the times, as in `time`, are not known.
fn is_same(found: &Json, wanted: &Json, time: &str) -> bool {
    match (found, wanted) {
        (Json::Array(found), Json::Array(wanted)) => {
            let known = wanted.iter().all(|row| row.get(time).is_some());
            let one_of = |row: &Json| wanted.iter().any(|wanted| is_same(row, wanted, time));
            found.len() == wanted.len() && if known { found == wanted } else { found.iter().all(one_of) }
        }
        (Json::Object(found), Json::Object(wanted)) => {
            wanted.iter().all(|(name, value)| found.get(name) == Some(value))
        }
        (found, wanted) => found == wanted,
    }
}

/// The related rows, each with the row that stands between, where one does.
fn related(scene: &Scene, model: &Model, row: RowId, include: &Include) -> Vec<(Option<RowId>, RowId)> {
    let names = |held: Option<&Held>, id: RowId| match held {
        Some(Held::Row(row)) => *row == id,
        Some(Held::Rows(rows)) => rows.contains(&id),
        Some(Held::Value(_)) | None => false,
    };
    let this = scene.row(row);
    let side = match include.along {
        Along::Field(field) => {
            return match this.fields.get(&field) {
                Some(Held::Row(to)) => vec![(None, *to)],
                Some(Held::Rows(rows)) => rows.iter().map(|to| (None, *to)).collect(),
                Some(Held::Value(_)) | None => Vec::new(),
            };
        }
        Along::Side(side) => &model.entity(this.entity).other_sides[side.0],
    };
    match side.by {
        By::Reference(field) | By::Many(field) => {
            let refers = scene.rows_of(include.to).filter(|(_, other)| names(other.fields.get(&field), row));
            refers.map(|(id, _)| (None, id)).collect()
        }
        By::Through { entity, here, there } => {
            let links = scene.rows_of(entity).filter(|(_, link)| names(link.fields.get(&here), row));
            let pair = |(id, link): (RowId, &crate::scene::Row)| match link.fields.get(&there) {
                Some(Held::Row(to)) => Some((Some(id), *to)),
                Some(Held::Rows(_) | Held::Value(_)) | None => None,
            };
            links.filter_map(pair).collect()
        }
    }
}

/// What each asker gets of each row alone.
#[derive(Default)]
struct Alone(BTreeMap<(Asker, RowId), Option<Json>>);

impl Alone {
    fn get(&mut self, suite: &mut Suite, asker: Asker, row: RowId) -> Found<Option<Json>> {
        if let Some(known) = self.0.get(&(asker, row)) {
            return Ok(known.clone());
        }
        let entity = suite.scene.row(row).entity;
        let alone = if suite.contract.verb(entity, Verb::Get).is_some() {
            let request = suite.by(asker, Request::new("GET", &suite.row_path(row)));
            let response = suite.ask(&request)?;
            (response.status == 200).then(|| response.json().unwrap_or_default()["data"].clone())
        } else {
            suite.scene.reads(suite.model, suite.contract, asker, row).then(|| suite.wire_row(row).into())
        };
        self.0.insert((asker, row), alone.clone());
        Ok(alone)
    }
}

/// What is no relation, or too many of them, is refused.
fn parameter(suite: &mut Suite, entity: EntityId) -> Found {
    let first = suite.contract.resource(entity).includes.first().ok_or("nothing to include")?.wire.clone();
    let odd = [
        String::new(),
        "nothing".to_owned(),
        "id".to_owned(),
        "__proto__".to_owned(),
        "%00".to_owned(),
        format!("{first}.id"),
        format!("{first},"),
        format!("{first},{first}"),
        format!("{first}&include={first}"),
        first.to_uppercase(),
    ];
    for (verb, path) in [(Verb::List, suite.path(entity).to_owned()), (Verb::Get, String::new())] {
        let Some(cell) = suite.granted(entity, verb) else { continue };
        let (asker, row) = (cell.asker, cell.row());
        let path = row.filter(|_| verb == Verb::Get).map_or(path, |row| suite.row_path(row));
        for odd in &odd {
            let request = suite.by(asker, Request::new("GET", &format!("{path}?include={odd}")));
            suite.expect(&request, 400)?;
        }
    }
    Ok(())
}
