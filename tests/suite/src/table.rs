//! Tables of who gets which answer, written by hand.
//!
//! The suite derives what it expects from the guards; these tables do not, so that the derivation and what it judges
//! cannot be wrong together.

use std::collections::BTreeMap;

use backsmith::contract::{Contract, Verb};
use backsmith::model::{EntityId, FieldId, Model, Owner};
use serde_json::Value as Json;

use crate::report::Evidence;
use crate::scene::{Answer, Ask, Asker, Cell, Held, Scene};
use crate::suite::Suite;

/// One line and column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The entity.
    pub entity: String,
    /// `anonymous`, `user` for one without a role, or a role.
    pub caller: String,
    /// What is said of the row; an entry speaks of the rows of which all of it holds.
    pub row: Vec<Said>,
    /// The verb.
    pub verb: Verb,
    /// The status; `None` for what cannot be asked.
    pub status: Option<u16>,
    /// Whether a list that is answered leaves the row out.
    pub hidden: bool,
}

/// Something said of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// `own`, `other`: whether the row belongs to the caller. Nobody in particular has no rows and no others'.
    Own(bool),
    /// `status=draft`, `order.status=cart|placed`: one of some values of the row, or of one that it refers to.
    Holds(Vec<String>, Vec<String>),
    /// `author=me`, `author!=me`: whether a reference of the row, or of one that it refers to, names the caller.
    Mine(Vec<String>, bool),
    /// `->status=draft|placed`: one of some values that the request would give the row.
    Becomes(String, Vec<String>),
}

/// Reads a table. Of several entries that speak of a row, the first counts.
pub fn read(text: &str) -> Result<Vec<Entry>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    let mut entries = Vec::new();
    let mut head: Option<(&str, Vec<Verb>)> = None;
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        match (&head, words.split_first()) {
            (_, None) => head = None,
            (None, Some((entity, columns))) => {
                head = Some((entity, columns.iter().map(|word| verb(word)).collect::<Result<_, _>>()?));
            }
            (Some((entity, verbs)), Some((caller, cells))) => {
                let Some(said) = cells.len().checked_sub(verbs.len()) else {
                    return Err(format!("{entity} {caller}: {} answers for {} verbs", cells.len(), verbs.len()));
                };
                let (row, cells) = cells.split_at(said);
                let row = row.iter().map(|word| self::said(word)).collect::<Result<Vec<_>, _>>()?;
                for (cell, verb) in cells.iter().zip(verbs) {
                    let (status, hidden) = status(cell)?;
                    let (entity, caller) = ((*entity).to_owned(), (*caller).to_owned());
                    entries.push(Entry { entity, caller, row: row.clone(), verb: *verb, status, hidden });
                }
            }
        }
    }
    Ok(entries)
}

fn verb(word: &str) -> Result<Verb, String> {
    Ok(match word {
        "list" => Verb::List,
        "get" => Verb::Get,
        "create" => Verb::Create,
        "put" => Verb::Put,
        "patch" => Verb::Patch,
        "delete" => Verb::Delete,
        _ => return Err(format!("{word} is no verb")),
    })
}

fn said(word: &str) -> Result<Said, String> {
    let words = |text: &str, sign| text.split(sign).map(str::to_owned).collect();
    let path = |path: &str| words(path, '.');
    if let Some((field, value)) = word.strip_prefix("->").and_then(|word| word.split_once('=')) {
        return Ok(Said::Becomes(field.to_owned(), words(value, '|')));
    }
    Ok(match (word, word.split_once("!=").or_else(|| word.split_once('='))) {
        ("own", _) => Said::Own(true),
        ("other", _) => Said::Own(false),
        (_, Some((of, "me"))) => Said::Mine(path(of), !word.contains("!=")),
        (_, Some((of, value))) if !word.contains("!=") => Said::Holds(path(of), words(value, '|')),
        _ => return Err(format!("{word} says nothing of a row")),
    })
}

fn status(cell: &str) -> Result<(Option<u16>, bool), String> {
    match cell {
        "-" => Ok((None, false)),
        "hidden" => Ok((Some(200), true)),
        number => number.parse().map(|status| (Some(status), false)).map_err(|_| format!("{number} is no answer")),
    }
}

/// The tables of the starters.
const TABLES: &[(&str, &str)] = &[
    ("bookshop", include_str!("../tables/bookshop.txt")),
    ("crud-api", include_str!("../tables/crud-api.txt")),
    ("auth-api", include_str!("../tables/auth-api.txt")),
    ("blog-api", include_str!("../tables/blog-api.txt")),
    ("ecommerce-api", include_str!("../tables/ecommerce-api.txt")),
];

/// The table of a model, where somebody has written one: those of the starters, as they are.
pub fn of(model: &Model) -> Option<&'static str> {
    let (_, text) = TABLES.iter().find(|(starter, _)| *starter == model.name.as_str())?;
    let starter = backsmith::starters::find(model.name.as_str())?;
    let spec = backsmith::spec::read(starter.spec).spec?;
    (backsmith::model::resolve(&spec).0.as_ref() == Some(model)).then_some(text)
}

/// Compares a table with what the contract's guards answer: every entry has its cells, every cell its entry, and
/// they agree. Returns the number of cells.
pub fn compare(table: &[Entry], model: &Model, contract: &Contract) -> Result<usize, Vec<String>> {
    let scene = Scene::of(model, contract);
    agree(table, model, &scene, |index| Some(scene.predict(model, &contract.plan, &scene.cells[index])))
}

/// Compares a table with what a server answered, in the same way.
pub(crate) fn compare_answers(suite: &Suite) -> Result<(), String> {
    let Some(text) = of(suite.model) else { return Ok(()) };
    let answered = |index| {
        suite.report.outcomes.iter().find_map(|outcome| match outcome.evidence {
            Evidence::Cell(cell, answer) if cell == index => answer,
            Evidence::Cell(..) | Evidence::Check(_) => None,
        })
    };
    agree(&read(text)?, suite.model, suite.scene, answered).map(|_| ()).map_err(|problems| problems.join("; "))
}

fn agree(
    table: &[Entry],
    model: &Model,
    scene: &Scene,
    answered: impl Fn(usize) -> Option<Answer>,
) -> Result<usize, Vec<String>> {
    let mut problems = Vec::new();
    let mut used = vec![false; table.len()];
    let mut cells = 0;
    for (place, cell) in
        scene.cells.iter().enumerate().filter(|(_, cell)| cell.ask != Ask::Total && cell.field.is_none())
    {
        let Some(index) = table.iter().position(|entry| speaks_of(entry, model, scene, cell)) else {
            problems.push(format!("{} is not in the table", cell.id));
            continue;
        };
        used[index] = true;
        cells += 1;
        let Some(answer) = answered(place) else {
            problems.push(format!("{} has no answer", cell.id));
            continue;
        };
        let listed = cell.verb() != Verb::List || answer.status != 200 || answer.visible != table[index].hidden;
        if table[index].status != Some(answer.status) || !listed {
            problems.push(format!("{}: {answer:?} instead of {:?}", cell.id, table[index]));
        }
    }
    let unused = table.iter().zip(used).filter(|(entry, used)| entry.status.is_some() && !used);
    problems.extend(unused.map(|(entry, _)| format!("nothing is asked for {entry:?}")));
    if problems.is_empty() { Ok(cells) } else { Err(problems) }
}

fn speaks_of(entry: &Entry, model: &Model, scene: &Scene, cell: &Cell) -> bool {
    entry.entity == model.entity(cell.entity).name.pascal()
        && entry.caller == scene.name(model, cell.asker)
        && entry.verb == cell.verb()
        && entry.row.iter().all(|said| holds(said, model, scene, cell))
}

fn holds(said: &Said, model: &Model, scene: &Scene, cell: &Cell) -> bool {
    let made;
    let fields = if let Some(row) = cell.row() {
        &scene.row(row).fields
    } else {
        made = scene.new_row(model, cell);
        &made
    };
    let me = match cell.asker {
        Asker::Account(account) => Some(Held::Row(account)),
        Asker::Anonymous => None,
    };
    match said {
        Said::Own(own) => me.is_some_and(|me| (owner(model, scene, cell, fields) == Some(me)) == *own),
        Said::Mine(path, mine) => (reached(model, scene, cell.entity, fields, path) == me && me.is_some()) == *mine,
        Said::Holds(path, values) => {
            reached(model, scene, cell.entity, fields, path).is_some_and(|held| is_one(&held, values))
        }
        Said::Becomes(field, values) => match &cell.ask {
            Ask::Update(_, _, changes) => reached(model, scene, cell.entity, changes, std::slice::from_ref(field))
                .is_some_and(|held| is_one(&held, values)),
            Ask::Total | Ask::List(_) | Ask::Get(_) | Ask::Create(_) | Ask::Delete(_) => false,
        },
    }
}

/// Whom the row of a cell belongs to; an account belongs to itself.
fn owner(model: &Model, scene: &Scene, cell: &Cell, fields: &BTreeMap<FieldId, Held>) -> Option<Held> {
    let entity = model.entity(cell.entity);
    match entity.owner.as_ref()? {
        Owner::Oneself => cell.row().map(Held::Row),
        Owner::Field(field) => fields.get(field).cloned(),
        Owner::Through { references, field } => {
            let mut fields = fields;
            for reference in references {
                let Some(Held::Row(row)) = fields.get(reference) else { return None };
                fields = &scene.row(*row).fields;
            }
            fields.get(field).cloned()
        }
    }
}

fn is_one(held: &Held, values: &[String]) -> bool {
    let text = match held {
        Held::Value(Json::String(text)) => text.clone(),
        Held::Value(other) => other.to_string(),
        Held::Row(_) | Held::Rows(_) => return false,
    };
    values.contains(&text)
}

/// What a path of field names leads to from a row.
fn reached(
    model: &Model,
    scene: &Scene,
    entity: EntityId,
    fields: &BTreeMap<FieldId, Held>,
    path: &[String],
) -> Option<Held> {
    let (first, rest) = path.split_first()?;
    let (id, _) = model.entity(entity).fields().find(|(_, field)| field.name.snake() == first)?;
    match fields.get(&id)? {
        held if rest.is_empty() => Some(held.clone()),
        Held::Row(row) => reached(model, scene, scene.row(*row).entity, &scene.row(*row).fields, rest),
        Held::Value(_) | Held::Rows(_) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn tables_are_read_line_by_line() {
        let table =
            read("# A table.\n\nBook list get\nuser hidden 404\nstaff own 200 -\n\nTag get\nanonymous 401\n").unwrap();
        let short: Vec<_> = table
            .iter()
            .map(|entry| (entry.entity.as_str(), entry.caller.as_str(), entry.row.len(), entry.status, entry.hidden))
            .collect();
        assert_eq!(
            short,
            [
                ("Book", "user", 0, Some(200), true),
                ("Book", "user", 0, Some(404), false),
                ("Book", "staff", 1, Some(200), false),
                ("Book", "staff", 1, None, false),
                ("Tag", "anonymous", 0, Some(401), false),
            ]
        );
        let said = read("Post get\nuser own status=draft post.author!=me ->status=published|rejected 200\n").unwrap();
        let path = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            said[0].row,
            [
                Said::Own(true),
                Said::Holds(path(&["status"]), path(&["draft"])),
                Said::Mine(path(&["post", "author"]), false),
                Said::Becomes("status".to_owned(), path(&["published", "rejected"])),
            ]
        );
        for bad in ["Book list\nuser 200 200", "Book list get\nuser 200", "Book fly\n", "Book get\nuser x"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
