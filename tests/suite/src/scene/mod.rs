//! Who and what there is while the suite runs: accounts, rows, and the situations that guards can tell apart.
//!
//! It is planned from the model and its contract before anything is asked, so that every run of the same contract
//! asks the same. Nothing in it knows an id: those come when the rows are seeded.

mod asking;
mod cells;
mod checked;
mod facts;
mod giving;
mod lending;
mod making;
mod oneself;
mod own;
mod plan;
mod rows;
mod shown;

use std::collections::BTreeMap;

use backsmith::contract::{Caller, Contract, Plan};
use backsmith::model::{DeleteRule, EntityId, FieldId, FieldPath, Model, RoleId};
use serde_json::Value as Json;

pub(crate) use cells::{AboutField, Answer, Ask, Cell};
pub(crate) use lending::{COUNTED, Lent};
pub(crate) use making::needs_own_row;
pub(crate) use plan::starting_values;
pub(crate) use rows::{body_of, seed_file, wire, wire_row};

/// The place of a row among the rows of a scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RowId(pub(crate) usize);

/// A row that is seeded, or one that a body would make.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Its key in the seed file.
    pub(crate) key: String,
    /// Its entity.
    pub(crate) entity: EntityId,
    /// Its fields.
    pub(crate) fields: BTreeMap<FieldId, Held>,
    /// How one logs in with it, for an account.
    pub(crate) login: Option<Login>,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Held {
    /// A value as the wire writes it; null too.
    Value(Json),
    /// A reference to a row of the scene.
    Row(RowId),
    /// Several rows of the scene.
    Rows(Vec<RowId>),
}

/// An account's own part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Login {
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) role: Option<RoleId>,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Asker {
    /// Nobody in particular.
    Anonymous,
    /// An account.
    Account(RowId),
}

/// Everything that is planned.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    /// Every row, each after those it refers to.
    pub(crate) rows: Vec<Row>,
    /// The rows that refer to each row or have it in a set, by which field.
    pub(crate) referring: BTreeMap<(RowId, FieldId), Vec<RowId>>,
    /// Those who ask: nobody, then one account without a role and one of each role.
    pub(crate) askers: Vec<Asker>,
    /// Every situation in which somebody asks something.
    pub(crate) cells: Vec<Cell>,
    /// Rows set aside for the checks that change one, and who may change them.
    spare: BTreeMap<(EntityId, usize), (Asker, RowId)>,
    /// Rows that nothing refers to, for references of which no two may name the same row.
    pub(crate) unused: BTreeMap<(EntityId, FieldId), Vec<RowId>>,
    /// Rows of which one refers to the other.
    pub(crate) pairs: Vec<Pair>,
    /// The guards of the contract.
    pub(crate) truth: Plan,
    /// How many values each field has been given; `None` stands for the accounts themselves.
    pub(crate) used: BTreeMap<(EntityId, Option<FieldId>), usize>,
    /// What rows hold that others copy from them and that no two may hold.
    pub(crate) lent: Lent,
}

/// A row that somebody may delete, and another that refers to it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pair {
    pub(crate) asker: Asker,
    pub(crate) parent: RowId,
    pub(crate) child: RowId,
    pub(crate) field: FieldId,
    pub(crate) rule: DeleteRule,
}

impl Scene {
    /// The scene of a contract.
    pub(crate) fn of(model: &Model, contract: &Contract) -> Self {
        plan::plan(model, contract)
    }

    pub(crate) fn row(&self, id: RowId) -> &Row {
        &self.rows[id.0]
    }

    /// What is at the end of a path from a row.
    pub(crate) fn behind(&self, row: RowId, path: &FieldPath) -> Option<&Held> {
        let next = |row: RowId, step: &FieldId| match self.row(row).fields.get(step)? {
            Held::Row(to) => Some(*to),
            Held::Value(_) | Held::Rows(_) => None,
        };
        let last = path.references.iter().try_fold(row, next)?;
        self.row(last).fields.get(&path.field)
    }

    /// An asker as guards know it.
    pub(crate) fn caller(&self, asker: Asker) -> Caller {
        match asker {
            Asker::Anonymous => Caller::Anonymous,
            Asker::Account(id) => Caller::User { role: self.login(id).and_then(|login| login.role) },
        }
    }

    /// How an account logs in.
    pub(crate) fn login(&self, id: RowId) -> Option<&Login> {
        self.row(id).login.as_ref()
    }

    /// The rows of an entity.
    pub(crate) fn rows_of(&self, entity: EntityId) -> impl Iterator<Item = (RowId, &Row)> {
        self.rows
            .iter()
            .enumerate()
            .filter(move |(_, row)| row.entity == entity)
            .map(|(index, row)| (RowId(index), row))
    }

    /// The name of an asker in the ids of checks.
    pub(crate) fn name(&self, model: &Model, asker: Asker) -> String {
        match self.caller(asker) {
            Caller::Anonymous => "anonymous".to_owned(),
            Caller::User { role: None } => "user".to_owned(),
            Caller::User { role: Some(role) } => model.roles()[role.0].name.snake().to_owned(),
        }
    }

    /// Those who change or delete the rows set aside for that.
    pub(crate) fn changing(&self) -> impl Iterator<Item = Asker> {
        self.spare.values().map(|(asker, _)| *asker).chain(self.pairs.iter().map(|pair| pair.asker))
    }

    /// A row set aside for a check that changes it, and who may do that.
    pub(crate) fn spare(&self, entity: EntityId, number: usize) -> Option<(Asker, RowId)> {
        self.spare.get(&(entity, number)).copied()
    }
}
