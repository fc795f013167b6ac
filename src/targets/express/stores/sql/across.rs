//! Values of other rows in conditions of queries.

use crate::code::capitalised;
use crate::contract::{Operand, Predicate};
use crate::model::{EntityId, FieldPath, Model};
use crate::storage::Storage;
use crate::targets::express::names::{Names, field_property};

/// A second name for a table, for rows that lead to rows of the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::targets::express) struct Alias {
    /// What it is called in TypeScript: `otherEmployees`.
    pub name: String,
    /// The table itself.
    pub table: String,
    /// What it is called in SQL: `other_employees`.
    pub sql: String,
}

/// Second names, each once.
pub(super) fn each_once(aliases: impl IntoIterator<Item = Alias>) -> Vec<Alias> {
    let mut found: Vec<Alias> = Vec::new();
    for alias in aliases {
        if !found.contains(&alias) {
            found.push(alias);
        }
    }
    found
}

/// Where a value is selected.
#[derive(Clone, Copy)]
pub(super) struct From<'r> {
    pub model: &'r Model,
    pub storage: &'r Storage,
    /// The entity whose repository it is; its table is called `table` there.
    pub home: EntityId,
    /// The entity of the row that paths begin at.
    pub entity: EntityId,
}

impl From<'_> {
    /// The value at the end of a path, as a query of its own unless the row itself has it.
    pub(super) fn value(self, path: &FieldPath) -> String {
        let mut key: Option<String> = None;
        for (of, step) in self.model.along(self.entity, path) {
            let property = field_property(self.model.entity(of).field(step));
            // Inside, the table of the row that the path begins at would hide that row.
            let table = if key.is_some() && of == self.entity { self.alias().name } else { self.table(of) };
            let column = format!("{table}.{property}");
            key = Some(match key {
                None => column,
                Some(key) => {
                    format!("db.select({{ {property}: {column} }}).from({table}).where(eq({table}.id, {key}))")
                }
            });
        }
        key.unwrap_or_default()
    }

    /// The value at the end of a path from the caller, for a comparison with a column: as a query of its own unless the
    /// caller has it.
    pub(super) fn of_caller(self, path: &FieldPath, column: &str) -> String {
        // Nothing equals null, which stands for what the caller does not have.
        let held = |property: &str, column: &str| format!("sql.param(caller?.{property} ?? null, {column})");
        let user = self.model.auth.as_ref().map_or(self.home, |auth| auth.user);
        let mut value = String::new();
        for (of, step) in self.model.along(user, path) {
            let property = field_property(self.model.entity(of).field(step));
            let table = self.table(of);
            value = match self.model.entity(of).field(step).reference() {
                _ if value.is_empty() && !path.leads_on() => held(&property, column),
                Some(reference) if value.is_empty() => held(&property, &format!("{}.id", self.table(reference.to))),
                _ => {
                    let selected = format!("db.select({{ {property}: {table}.{property} }}).from({table})");
                    format!("{selected}.where(eq({table}.id, {value}))")
                }
            };
        }
        value
    }

    /// The second names that the paths of a comparison need.
    pub(super) fn aliases(self, paths: [&FieldPath; 2]) -> Vec<Alias> {
        let leads_back = paths.into_iter().any(|path| passed(self.model, self.entity, path).contains(&self.entity));
        leads_back.then(|| self.alias()).into_iter().collect()
    }

    fn table(self, entity: EntityId) -> String {
        if entity == self.home { "table".to_owned() } else { Names::of(self.model.entity(entity)).table }
    }

    fn alias(self) -> Alias {
        let table = Names::of(self.model.entity(self.entity)).table;
        let mut name = format!("other{}", capitalised(&table));
        if self.model.entities().any(|(_, entity)| Names::of(entity).table == name) {
            name.push('_');
        }
        let sql = format!("other_{}", self.storage.table_of(self.entity).name);
        Alias { name, table: self.table(self.entity), sql }
    }
}

/// The entities of the rows that a path leads to.
fn passed(model: &Model, entity: EntityId, path: &FieldPath) -> Vec<EntityId> {
    model.along(entity, path).skip(1).map(|(passed, _)| passed).collect()
}

/// The entities whose tables a comparison looks at, beside that of its row.
pub(super) fn others(model: &Model, entity: EntityId, predicate: &Predicate) -> Vec<EntityId> {
    match predicate {
        Predicate::Across(left, _, right) => {
            let all = [left, right].into_iter().flat_map(|path| passed(model, entity, path));
            all.filter(|other| *other != entity).collect()
        }
        Predicate::Compare(_, _, Operand::Caller(of_caller)) => {
            model.auth.as_ref().map(|auth| passed(model, auth.user, of_caller)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}
