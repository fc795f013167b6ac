//! Tables of who gets which answer, written by hand.
//!
//! The suite derives what it expects from the guards; these tables do not, so that the derivation and what it judges
//! cannot be wrong together.

use backsmith::contract::{Contract, Verb};
use backsmith::model::Model;

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
    /// Whether the row belongs to the caller; `None` where rows belong to nobody, or the caller is nobody.
    pub own: Option<bool>,
    /// The verb.
    pub verb: Verb,
    /// The status; `None` for what cannot be asked.
    pub status: Option<u16>,
    /// Whether a list that is answered leaves the row out.
    pub hidden: bool,
}

/// Reads a table.
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
                let (own, cells) = match cells.split_first() {
                    Some((&"own", cells)) => (Some(true), cells),
                    Some((&"other", cells)) => (Some(false), cells),
                    _ => (None, cells),
                };
                if cells.len() != verbs.len() {
                    return Err(format!("{entity} {caller}: {} answers for {} verbs", cells.len(), verbs.len()));
                }
                for (cell, verb) in cells.iter().zip(verbs) {
                    let (status, hidden) = status(cell)?;
                    let (entity, caller) = ((*entity).to_owned(), (*caller).to_owned());
                    entries.push(Entry { entity, caller, own, verb: *verb, status, hidden });
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

fn status(cell: &str) -> Result<(Option<u16>, bool), String> {
    match cell {
        "-" => Ok((None, false)),
        "hidden" => Ok((Some(200), true)),
        number => number.parse().map(|status| (Some(status), false)).map_err(|_| format!("{number} is no answer")),
    }
}

/// The table of a model, where somebody has written one: those of the starters, as they are.
pub fn of(model: &Model) -> Option<&'static str> {
    let text = match model.name.as_str() {
        "bookshop" => include_str!("../tables/bookshop.txt"),
        _ => return None,
    };
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
    for (place, cell) in scene.cells.iter().enumerate().filter(|(_, cell)| cell.ask != Ask::Total) {
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
    let entity = model.entity(cell.entity);
    let own = match (entity.owner, cell.asker) {
        (Some(owner), Asker::Account(account)) => {
            let held = match &cell.ask {
                // The server makes the caller the owner unless the body names another.
                Ask::Create(fields) => fields.get(&owner).cloned().or(Some(Held::Row(account))),
                _ => cell.row().and_then(|row| scene.row(row).fields.get(&owner).cloned()),
            };
            Some(held == Some(Held::Row(account)))
        }
        _ => None,
    };
    entry.entity == entity.name.pascal()
        && entry.caller == scene.name(model, cell.asker)
        && entry.own == own
        && entry.verb == cell.verb()
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
            .map(|entry| (entry.entity.as_str(), entry.caller.as_str(), entry.own, entry.status, entry.hidden))
            .collect();
        assert_eq!(
            short,
            [
                ("Book", "user", None, Some(200), true),
                ("Book", "user", None, Some(404), false),
                ("Book", "staff", Some(true), Some(200), false),
                ("Book", "staff", Some(true), None, false),
                ("Tag", "anonymous", None, Some(401), false),
            ]
        );
        for bad in ["Book list\nuser 200 200", "Book fly\n", "Book get\nuser x"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
