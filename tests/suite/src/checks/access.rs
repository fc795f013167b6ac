//! Who may do what to which row: every cell of the scene, asked of the server.

use std::collections::BTreeSet;

use backsmith::contract::{Caller, CheckGuard, DetailCode, FieldAccess, Input, Property, Source, Verb, property};
use backsmith::model::{AccessOperation, EntityId};
use backsmith::reference::{Request, Response};
use serde_json::Value as Json;

use crate::expectations::keys;
use crate::report::{Evidence, Outcome};
use crate::scene::{AboutField, Answer, Ask, Asker, Cell, Row, RowId, body_of};
use crate::suite::{Found, Suite, details};

/// Runs the cells that only read.
pub(super) fn reads(suite: &mut Suite) {
    lists(suite);
    for (index, cell) in suite.scene.cells.iter().enumerate() {
        match (&cell.ask, cell.field) {
            (Ask::Get(_), _) => get(suite, index, cell),
            (Ask::Total, Some(AboutField::Orders(field))) => ordered(suite, index, cell, field),
            _ => {}
        }
    }
}

/// Runs the cells that write.
pub(super) fn writes(suite: &mut Suite) {
    for (index, cell) in suite.scene.cells.iter().enumerate() {
        if matches!(cell.ask, Ask::Create(_) | Ask::Update(..) | Ask::Delete(_)) {
            write(suite, index, cell);
        }
    }
}

/// The lists of every asker, each fetched once: its rows and its total.
fn lists(suite: &mut Suite) {
    let cells: Vec<(usize, Cell)> = suite.scene.cells.iter().cloned().enumerate().collect();
    let reads = |(_, cell): &&(usize, Cell)| matches!(cell.ask, Ask::List(_) | Ask::Total);
    let askers: BTreeSet<Asker> = cells.iter().filter(reads).map(|(_, cell)| cell.asker).collect();
    for (entity, _) in suite.model.entities() {
        for asker in askers.iter().copied() {
            let of = |cell: &&(usize, Cell)| {
                let is_ordered = matches!(cell.1.field, Some(AboutField::Orders(_)));
                cell.1.entity == entity
                    && cell.1.asker == asker
                    && !is_ordered
                    && matches!(cell.1.ask, Ask::List(_) | Ask::Total)
            };
            let here: Vec<&(usize, Cell)> = cells.iter().filter(of).collect();
            if here.is_empty() {
                continue;
            }
            let listed = fetch(suite, entity, asker);
            for (index, cell) in here {
                let answer = match (&listed, &cell.ask) {
                    (Err(problem), _) => Err(problem.clone()),
                    (Ok((status, rows, total)), Ask::Total) => {
                        counted(suite, cell, rows.len(), Answer { status: *status, visible: false, total: *total })
                    }
                    (Ok((status, rows, _)), _) => {
                        let id = cell.row().map(|row| suite.id(row).to_owned());
                        let row = id.and_then(|id| rows.iter().find(|row| row["id"] == id.as_str()));
                        let visible = row.is_some_and(|row| shows(suite, cell, row));
                        Ok(Answer { status: *status, visible, total: None })
                    }
                };
                settle(suite, *index, cell, answer);
            }
        }
    }
}

/// A total that is right is also the number of rows on all pages.
fn counted(suite: &Suite, cell: &Cell, rows: usize, answer: Answer) -> Found<Answer> {
    let wanted = suite.scene.predict(suite.model, &suite.contract.plan, cell);
    match answer.total {
        Some(total) if answer == wanted && total != rows => {
            Err(format!("{rows} rows on all pages, yet a total of {total}"))
        }
        _ => Ok(answer),
    }
}

type Listed = (u16, Vec<Json>, Option<usize>);

fn fetch(suite: &mut Suite, entity: EntityId, asker: Asker) -> Found<Listed> {
    let request = suite.by(asker, Request::new("GET", suite.path(entity)));
    let first = suite.ask(&request)?;
    if first.status != 200 {
        return Ok((first.status, Vec::new(), None));
    }
    let (rows, total) = suite.list_all(asker, entity, "")?;
    Ok((200, rows, Some(total)))
}

/// A list in the order of a field that not everybody may read.
fn ordered(suite: &mut Suite, index: usize, cell: &Cell, field: Source) {
    let mut sorts = suite.contract.resource(cell.entity).sorts.iter();
    let Some(sort) = sorts.find(|property| property.source == field) else { return };
    let target = format!("{}?limit=1&sort={}", suite.path(cell.entity), sort.wire);
    let answer = suite.ask(&suite.by(cell.asker, Request::new("GET", &target))).map(|response| {
        let total = response.json().unwrap_or_default()["meta"]["total"].as_u64();
        let total = total.and_then(|total| usize::try_from(total).ok());
        Answer { status: response.status, visible: false, total }
    });
    settle(suite, index, cell, answer);
}

fn get(suite: &mut Suite, index: usize, cell: &Cell) {
    let answer = suite.ask(&request(suite, cell));
    let judged = answer.and_then(|response| {
        let shown = response.json().unwrap_or_default()["data"].clone();
        let visible = response.status == 200 && shows(suite, cell, &shown);
        let answer = Answer { status: response.status, visible, total: None };
        if let (200, Some(row), None) = (response.status, cell.row(), cell.field) {
            same_row(suite, row, &shown)?;
        }
        Ok(answer)
    });
    settle(suite, index, cell, judged);
}

/// Whether a row shows the field that a cell is about, if it is about one that answers show.
fn shows(suite: &Suite, cell: &Cell, shown: &Json) -> bool {
    let Some(AboutField::Shows(source)) = cell.field else { return true };
    let mut row = suite.contract.resource(cell.entity).row.iter();
    row.find(|property| property.source == source).is_none_or(|property| shown.get(&property.wire).is_some())
}

/// Asks for a change, and looks afterwards whether it took place or not.
fn write(suite: &mut Suite, index: usize, cell: &Cell) {
    let witness = witness(suite, cell);
    let before = witness.as_ref().map(|witness| witness.look(suite));
    let answer = suite.ask(&request(suite, cell));
    let status = answer.as_ref().map_or(0, |response| response.status);
    let shown = answer.as_ref().ok().and_then(Response::json).unwrap_or_default()["data"].clone();
    let judged = answer.and_then(|response| {
        names_check(suite, cell, &response)?;
        Ok(Answer {
            status: response.status,
            visible: matches!(cell.verb(), Verb::Create | Verb::Put | Verb::Patch)
                && shown["id"].is_string()
                && shows(suite, cell, &shown),
            total: None,
        })
    });
    settle(suite, index, cell, judged);
    let (Some(witness), Some(before)) = (witness, before) else { return };
    let guards = suite.guards(cell.entity, &[cell.verb().access(), AccessOperation::List]);
    let done = (200..300).contains(&status);
    let id = format!("{}.{}", cell.id, if done { "took-place" } else { "left-no-trace" });
    let cell = cell.clone();
    let loses_sight = !suite.scene.reads_result(suite.model, &suite.contract.plan, &cell, witness.asker);
    suite.check(&id, guards, |suite| {
        let (before, after) = (before?, witness.look(suite)?);
        match (done, cell.verb()) {
            (false, _) if before == after => Ok(()),
            (false, _) => Err(format!("refused, yet {before:?} became {after:?}")),
            (true, Verb::Delete) if after.status == 404 => Ok(()),
            (true, Verb::Put | Verb::Patch) if loses_sight && after.status == 404 => Ok(()),
            (true, Verb::Put | Verb::Patch) if alike(suite, cell.entity, &after.data, &shown) => Ok(()),
            (true, Verb::Create) if after.total == before.total.map(|total| total + 1) => Ok(()),
            (true, _) => Err(format!("answered {shown}, yet {before:?} became {after:?}")),
        }
    });
}

/// A row that does not pass a check is refused for the fields of that check, as far as anybody knows of them.
fn names_check(suite: &Suite, cell: &Cell, response: &Response) -> Found {
    let named = details(response);
    if response.status != 409 || !named.iter().any(|(_, code)| code == DetailCode::Check.as_str()) {
        return Ok(());
    }
    let entity = suite.model.entity(cell.entity);
    let fields = |check: &CheckGuard| {
        let shown = check.fields.iter().map(|id| (*id, entity.field(*id))).filter(|(_, field)| !field.private);
        let mut fields: Vec<(String, String)> =
            shown.map(|(id, field)| (property(id, field).wire, DetailCode::Check.as_str().to_owned())).collect();
        fields.sort();
        fields
    };
    let mut unfit = suite.scene.unfit(suite.model, &suite.contract.plan, cell).into_iter();
    let mut sorted = named.clone();
    sorted.sort();
    if unfit.any(|check| fields(check) == sorted) { Ok(()) } else { Err(format!("refused for {named:?}")) }
}

/// Whether two answers show the same row, as far as either shows it.
fn alike(suite: &Suite, entity: EntityId, a: &Json, b: &Json) -> bool {
    let plan = &suite.contract.plan;
    let for_all = |property: &Property| plan.field(entity, property.source, FieldAccess::Read).is_none();
    let differs = |property: &Property| {
        let (a, b) = (a.get(&property.wire), b.get(&property.wire));
        a != b && (for_all(property) || a.is_some() && b.is_some())
    };
    !suite.contract.resource(entity).row.iter().any(differs)
}

/// Somebody who can see whether a change took place.
#[derive(Debug, Clone)]
struct Witness {
    asker: Asker,
    entity: EntityId,
    /// The row to look at; the number of rows for a new one.
    row: Option<RowId>,
}

#[derive(Debug, Clone, PartialEq)]
struct Seen {
    status: u16,
    data: Json,
    total: Option<u64>,
}

impl Witness {
    fn look(&self, suite: &mut Suite) -> Found<Seen> {
        let path = match self.row {
            Some(row) => path_of(suite, Verb::Get, row),
            None => format!("{}?limit=1", suite.path(self.entity)),
        };
        let response = suite.ask(&suite.by(self.asker, Request::new("GET", &path)))?;
        let json = response.json().unwrap_or_default();
        let (data, total) = match self.row {
            Some(_) => (json["data"].clone(), None),
            None => (Json::Null, json["meta"]["total"].as_u64()),
        };
        Ok(Seen { status: response.status, data, total })
    }
}

/// Where somebody asks for a row: accounts that have no route for that ask at their own profile.
fn path_of(suite: &Suite, verb: Verb, row: RowId) -> String {
    let is_account = suite.scene.login(row).is_some();
    if is_account && suite.contract.verb(suite.scene.row(row).entity, verb).is_none() {
        format!("{}/auth/me", suite.contract.base)
    } else {
        suite.row_path(row)
    }
}

/// The first asker who may read the row, or the list that the new row would be in; the cell's own asker first.
fn witness(suite: &Suite, cell: &Cell) -> Option<Witness> {
    let askers = std::iter::once(cell.asker).chain(suite.scene.askers.iter().copied());
    let reads = |asker: &Asker| {
        let ask = match cell.row() {
            Some(row) => Ask::Get(row),
            None => Ask::Total,
        };
        let verb = if cell.row().is_some() { Verb::Get } else { Verb::List };
        let at_profile = cell.row().is_some_and(|row| *asker == Asker::Account(row));
        let asked = Cell { id: String::new(), entity: cell.entity, ask, asker: *asker, field: None };
        (suite.contract.verb(cell.entity, verb).is_some() || at_profile)
            && suite.scene.predict(suite.model, &suite.contract.plan, &asked).status == 200
            && (cell.row().is_some() || sees_new_row(suite, cell, *asker))
    };
    // Who is gone sees nothing any more.
    let is_deleted = |asker: &Asker| matches!((&cell.ask, asker), (Ask::Delete(row), Asker::Account(id)) if row == id);
    askers.into_iter().filter(|asker| !is_deleted(asker)).find(reads).map(|asker| Witness {
        asker,
        entity: cell.entity,
        row: cell.row(),
    })
}

/// Whether the row that a cell would make is in an asker's list.
fn sees_new_row(suite: &Suite, cell: &Cell, asker: Asker) -> bool {
    let new = suite.scene.new_row(suite.model, cell);
    suite.scene.lists(suite.model, &suite.contract.plan, cell.entity, asker, None, &new)
}

/// The request of a cell.
fn request(suite: &Suite, cell: &Cell) -> Request {
    let resource = suite.contract.resource(cell.entity);
    let path = match cell.row() {
        Some(row) => path_of(suite, cell.verb(), row),
        None => suite.path(cell.entity).to_owned(),
    };
    let request = Request::new(cell.verb().method().as_str(), &path);
    let body = |fields, inputs: Vec<&Input>| {
        let row = Row { key: String::new(), entity: cell.entity, fields, login: None };
        body_of(suite.model, suite.scene, &suite.ids, &row, inputs)
    };
    let changed = |source: Source, fields: &std::collections::BTreeMap<_, _>| matches!(source, Source::Field(field) if fields.contains_key(&field));
    let request = match &cell.ask {
        Ask::Total | Ask::List(_) | Ask::Get(_) | Ask::Delete(_) => request,
        Ask::Create(fields) => request.json(&body(fields.clone(), resource.create.iter().collect())),
        Ask::Update(verb, row, changes) => {
            let mut fields = suite.scene.row(*row).fields.clone();
            fields.extend(changes.clone());
            let inputs = resource.update.iter();
            let gives =
                |input: &&Input| suite.scene.puts(suite.model, cell, input) || changed(input.property.source, changes);
            let inputs = match verb {
                Verb::Put => inputs.filter(gives).collect(),
                _ => inputs.filter(|input| changed(input.property.source, changes)).collect(),
            };
            request.json(&body(fields, inputs))
        }
    };
    suite.by(cell.asker, request)
}

/// Whether an answer shows a seeded row as it was seeded, with all that belongs to it and nothing else.
pub(super) fn same_row(suite: &Suite, row: RowId, shown: &Json) -> Found {
    let entity = suite.scene.row(row).entity;
    names(suite, entity, shown, |_| None)?;
    for (name, value) in suite.wire_row(row) {
        if shown.get(&name).is_some_and(|shown| !same(shown, &value)) {
            return Err(format!("{name} is {} instead of {value}", shown[&name]));
        }
    }
    Ok(())
}

/// Whether an answer has the members of an entity's rows that its caller may read, and no others.
pub(super) fn same_names(suite: &Suite, caller: &Caller, entity: EntityId, shown: &Json) -> Found {
    names(suite, entity, shown, |source| suite.shows(caller, entity, source))
}

/// The same, but that nothing is said of the fields that not everybody may read.
pub(super) fn same_open_names(suite: &Suite, entity: EntityId, shown: &Json) -> Found {
    names(suite, entity, shown, |_| None)
}

/// The same where `shows` says what is there of the fields that not everybody may read; of some, nothing is said.
fn names(suite: &Suite, entity: EntityId, shown: &Json, shows: impl Fn(Source) -> Option<bool>) -> Found {
    let properties = suite.contract.resource(entity).row.iter();
    let for_all = |source| suite.contract.plan.field(entity, source, FieldAccess::Read).is_none();
    let is_wanted = |property: &&Property| {
        let known = if for_all(property.source) { Some(true) } else { shows(property.source) };
        known.unwrap_or_else(|| shown.get(&property.wire).is_some())
    };
    let mut wanted: Vec<&str> = properties.filter(is_wanted).map(|property| property.wire.as_str()).collect();
    wanted.sort_unstable();
    let found = keys(shown);
    if found == wanted { Ok(()) } else { Err(format!("a row with {found:?} instead of {wanted:?}")) }
}

/// Whether two values are the same in JSON, where `1` and `1.0` are one number.
pub(super) fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Records a cell's answer against what the contract's guards answer.
fn settle(suite: &mut Suite, index: usize, cell: &Cell, answer: Found<Answer>) {
    let wanted = suite.scene.predict(suite.model, &suite.contract.plan, cell);
    let failure = match &answer {
        Ok(answer) if *answer == wanted => None,
        Ok(answer) => Some(format!("{answer:?} instead of {wanted:?}")),
        Err(problem) => Some(problem.clone()),
    };
    let evidence = Evidence::Cell(index, answer.ok());
    suite.report.outcomes.push(Outcome { id: cell.id.clone(), evidence, failure });
}
