//! Situations, and what a plan of guards answers in each.

use std::collections::BTreeMap;

use backsmith::contract::{
    Contract, FieldAccess, FieldGuard, Input, MoveVerdict, Plan, Site, Source, Value, Verb, expect, readable,
};
use backsmith::model::{AccessOperation, Default, DeleteRule, EntityId, Field, FieldId, Model, Type, Write};
use serde_json::Value as Json;

use super::facts::Seen;
use super::{Asker, Held, Row, RowId, Scene};
use crate::values;

/// Somebody asks something of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    /// Its stable name.
    pub(crate) id: String,
    pub(crate) entity: EntityId,
    pub(crate) ask: Ask,
    pub(crate) asker: Asker,
    /// The field that it is about where not everybody may read or write that.
    pub(crate) field: Option<AboutField>,
}

/// What is asked about one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AboutField {
    /// Whether the answer shows it, as one row or among others.
    Shows(Source),
    /// Whether a list may be ordered by it.
    Orders(Source),
    /// Whether a body may give it.
    Gives,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ask {
    /// How many rows there are.
    Total,
    /// Whether a row is among the rows.
    List(RowId),
    /// A row.
    Get(RowId),
    /// A new row with these fields; the owner is among them only where the body names it.
    Create(BTreeMap<FieldId, Held>),
    /// A row with these fields changed, in part (`PATCH`) or with all others again (`PUT`).
    Update(Verb, RowId, BTreeMap<FieldId, Held>),
    /// A row less.
    Delete(RowId),
}

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Whether the row is in the answer.
    pub(crate) visible: bool,
    /// The number of rows, where it was asked for.
    pub(crate) total: Option<usize>,
}

impl Cell {
    /// The verb of the request.
    pub(crate) fn verb(&self) -> Verb {
        match self.ask {
            Ask::Total | Ask::List(_) => Verb::List,
            Ask::Get(_) => Verb::Get,
            Ask::Create(_) => Verb::Create,
            Ask::Update(verb, ..) => verb,
            Ask::Delete(_) => Verb::Delete,
        }
    }

    /// The row that the path names or the list should hold.
    pub(crate) fn row(&self) -> Option<RowId> {
        match self.ask {
            Ask::Total | Ask::Create(_) => None,
            Ask::List(row) | Ask::Get(row) | Ask::Update(_, row, _) | Ask::Delete(row) => Some(row),
        }
    }
}

impl Scene {
    /// What a server with these guards answers.
    pub(crate) fn predict(&self, model: &Model, plan: &Plan, cell: &Cell) -> Answer {
        let none = BTreeMap::new();
        let before = cell.row().map_or(&none, |row| &self.row(row).fields);
        let (after, given) = self.after(model, cell, before);
        let seen = |fields| self.seen(model, cell.asker, cell.entity, cell.row(), fields);
        let caller = self.caller(cell.asker);
        let verb = cell.verb();
        let expected = expect(plan, cell.entity, verb, &caller, &seen(before), &seen(&after));
        let plain = |status, visible| Answer { status, visible, total: None };
        if let (Some(AboutField::Orders(source)), 200) = (cell.field, expected.status)
            && !plan.lists_by(cell.entity, source, &caller)
        {
            return plain(403, false);
        }
        let shows = |row: &Seen| match cell.field {
            Some(AboutField::Shows(source)) => plan.shows(cell.entity, source, &caller, row),
            Some(AboutField::Orders(_) | AboutField::Gives) | None => true,
        };
        if let Ask::List(_) | Ask::Get(_) = cell.ask {
            return plain(expected.status, expected.visible && shows(&seen(before)));
        }
        if cell.ask == Ask::Total {
            let listed = |id, fields| self.lists(model, plan, cell.entity, cell.asker, Some(id), fields);
            let rows = self.rows_of(cell.entity).filter(|(id, row)| listed(*id, &row.fields));
            let total = (expected.status == 200).then(|| rows.count());
            return Answer { status: expected.status, visible: false, total };
        }
        let reached = expected.status == verb.success() || self.refused_by_result(plan, cell, &seen(before));
        let gives = self.gives(model, plan, cell, given);
        if reached && !self.may_give(cell, &gives, &seen(before)) {
            return plain(403, false);
        }
        if let (true, Some(status)) = (reached, self.refused_move(model, plan, cell, &seen(before), given)) {
            return plain(status, false);
        }
        if reached && self.dangles(model, plan, cell.asker, (before, given)) {
            return plain(409, false);
        }
        if reached && !self.unfit(model, plan, cell).is_empty() {
            return plain(409, false);
        }
        if let (Ask::Delete(row), true) = (&cell.ask, expected.status == verb.success())
            && self.is_restricted(model, *row)
        {
            return plain(409, false);
        }
        if reached && !self.may_leave(cell, &gives, &seen(&after)) {
            return plain(403, false);
        }
        plain(expected.status, expected.visible && shows(&seen(&after)))
    }

    /// The fields of the row that a cell would make.
    pub(crate) fn new_row(&self, model: &Model, cell: &Cell) -> BTreeMap<FieldId, Held> {
        self.after(model, cell, &BTreeMap::new()).0
    }

    /// Whether an asker may read the row that a cell would leave.
    pub(crate) fn reads_result(&self, model: &Model, plan: &Plan, cell: &Cell, asker: Asker) -> bool {
        let before = cell.row().map(|row| self.row(row).fields.clone()).unwrap_or_default();
        let (fields, _) = self.after(model, cell, &before);
        readable(plan, cell.entity, &self.caller(asker), &self.seen(model, asker, cell.entity, cell.row(), &fields))
    }

    /// Whether an asker may read a row as it was seeded.
    pub(crate) fn reads(&self, model: &Model, contract: &Contract, asker: Asker, row: RowId) -> bool {
        let Row { entity, fields, .. } = self.row(row);
        readable(&contract.plan, *entity, &self.caller(asker), &self.seen(model, asker, *entity, Some(row), fields))
    }

    /// Whether a row with these fields is in an asker's list.
    pub(crate) fn lists(
        &self,
        model: &Model,
        plan: &Plan,
        entity: EntityId,
        asker: Asker,
        row: Option<RowId>,
        fields: &BTreeMap<FieldId, Held>,
    ) -> bool {
        let seen = self.seen(model, asker, entity, row, fields);
        plan.predicate(entity, AccessOperation::List, Site::Filter).holds(&self.caller(asker), &seen)
    }

    /// A row as guards see it.
    pub(super) fn seen<'s>(
        &'s self,
        model: &'s Model,
        asker: Asker,
        entity: EntityId,
        row: Option<RowId>,
        fields: &'s BTreeMap<FieldId, Held>,
    ) -> Seen<'s> {
        Seen { model, scene: self, asker, entity, row, fields, written: row.map(|row| (row, fields)) }
    }

    /// Whether rows that refer to this one, or would go with it, forbid to delete it.
    pub(super) fn is_restricted(&self, model: &Model, row: RowId) -> bool {
        let by_fields = self.referring.range((row, FieldId(0))..=(row, FieldId(usize::MAX)));
        let mut referring = by_fields.flat_map(|((_, field), rows)| rows.iter().map(|from| (*from, *field)));
        referring.any(|(from, field)| {
            let reference = model.entity(self.row(from).entity).field(field).reference();
            match reference.map(|reference| reference.on_delete) {
                Some(DeleteRule::Restrict) => true,
                Some(DeleteRule::Cascade) => self.is_restricted(model, from),
                Some(DeleteRule::SetNull) | None => false,
            }
        })
    }

    /// Whether all that is left to refuse the request is the row that it would leave.
    fn refused_by_result(&self, plan: &Plan, cell: &Cell, before: &Seen) -> bool {
        let caller = self.caller(cell.asker);
        let operation = cell.verb().access();
        if !plan.admission(cell.entity, operation).admits(&caller) {
            return false;
        }
        match cell.ask {
            Ask::Create(_) => true,
            Ask::Update(..) => {
                readable(plan, cell.entity, &caller, before)
                    && plan.predicate(cell.entity, operation, Site::Row).holds(&caller, before)
            }
            Ask::Total | Ask::List(_) | Ask::Get(_) | Ask::Delete(_) => false,
        }
    }

    /// The row that a cell would leave, and the fields that its body gives a new value.
    pub(super) fn after<'c>(
        &self,
        model: &Model,
        cell: &'c Cell,
        before: &BTreeMap<FieldId, Held>,
    ) -> (BTreeMap<FieldId, Held>, Option<&'c BTreeMap<FieldId, Held>>) {
        let mut after = before.clone();
        match &cell.ask {
            Ask::Total | Ask::List(_) | Ask::Get(_) | Ask::Delete(_) => (after, None),
            Ask::Update(_, _, changes) => {
                after.extend(changes.clone());
                (after, Some(changes))
            }
            Ask::Create(fields) => {
                if let (Some(owner), Asker::Account(account)) = (model.entity(cell.entity).owner_field(), cell.asker) {
                    after.insert(owner, Held::Row(account));
                }
                after.extend(fields.clone());
                // What no caller writes begins at its default.
                let written = |field: &FieldId| fields.contains_key(field) || after.contains_key(field);
                let rest: Vec<FieldId> =
                    model.entity(cell.entity).fields().map(|(id, _)| id).filter(|id| !written(id)).collect();
                let start = super::plan::starting_values(model, cell.entity);
                for field in rest {
                    let copied = self.copied(model.entity(cell.entity).field(field), &after);
                    let begun = start.get(&field).cloned().map(Held::Value);
                    if let Some(held) = copied.or(begun).or_else(|| now(model.entity(cell.entity).field(field))) {
                        after.insert(field, held);
                    }
                }
                (after, Some(fields))
            }
        }
    }

    /// What a field of a new row with these references copies.
    pub(super) fn copied(&self, field: &Field, fields: &BTreeMap<FieldId, Held>) -> Option<Held> {
        let (through, from) = field.copied()?;
        match fields.get(&through) {
            Some(Held::Row(row)) => self.row(*row).fields.get(&from).cloned(),
            Some(Held::Value(_) | Held::Rows(_)) | None => Some(Held::Value(Json::Null)),
        }
    }

    /// The guards of the fields that a request writes: those that its body gives, and of a whole body also those that
    /// begin anew because it leaves them out.
    fn gives<'p>(
        &self,
        model: &Model,
        plan: &'p Plan,
        cell: &Cell,
        given: Option<&BTreeMap<FieldId, Held>>,
    ) -> Vec<&'p FieldGuard> {
        let inputs = &Self::inputs_of_put(model, cell);
        let gives = |guard: &&FieldGuard| match guard.source {
            Source::Field(field) => {
                let is_put = |plan: &Plan| inputs.contains(&field) && self.writes_before(model, plan, cell, field);
                given.is_some_and(|given| given.contains_key(&field)) || is_put(plan) || is_put(&self.truth)
            }
            _ => false,
        };
        plan.fields_of(cell.entity).filter(|guard| guard.access == FieldAccess::Write).filter(gives).collect()
    }

    /// Whether the asker may give these fields: of the row as it is, or where there is none yet, of any row.
    fn may_give(&self, cell: &Cell, gives: &[&FieldGuard], before: &Seen) -> bool {
        let caller = self.caller(cell.asker);
        gives.iter().all(|guard| match cell.ask {
            Ask::Create(_) => guard.may_admit(&caller),
            _ => guard.predicate.holds(&caller, before),
        })
    }

    /// Whether the asker may give these fields of the row that the request leaves.
    fn may_leave(&self, cell: &Cell, gives: &[&FieldGuard], after: &Seen) -> bool {
        let caller = self.caller(cell.asker);
        gives.iter().all(|guard| match cell.ask {
            Ask::Create(_) => guard.predicate.holds(&caller, after),
            _ => guard.result.holds(&caller, after),
        })
    }

    /// The status of an update that moves a field along no arrow, or one that is not the asker's.
    fn refused_move(
        &self,
        model: &Model,
        plan: &Plan,
        cell: &Cell,
        before: &Seen,
        given: Option<&BTreeMap<FieldId, Held>>,
    ) -> Option<u16> {
        let Ask::Update(..) = cell.ask else { return None };
        let caller = self.caller(cell.asker);
        let text = |held: Option<&Held>| match held {
            Some(Held::Value(value)) => value.as_str().map(str::to_owned),
            _ => None,
        };
        let start = super::plan::starting_values(model, cell.entity);
        let verdicts = model.entity(cell.entity).transitions.iter().filter_map(|transitions| {
            let field = transitions.field;
            let begun = || start.get(&field).and_then(|value| value.as_str().map(str::to_owned));
            let from = text(before.fields.get(&field)).or_else(begun)?;
            let to = text(given?.get(&field))?;
            Some(plan.moves_to((cell.entity, field), (&from, &to), &caller, before))
        });
        let verdicts: Vec<MoveVerdict> = verdicts.collect();
        if verdicts.contains(&MoveVerdict::Forbidden) {
            Some(403)
        } else {
            verdicts.contains(&MoveVerdict::Impossible).then_some(409)
        }
    }

    /// What a whole body may hold.
    fn inputs_of_put(model: &Model, cell: &Cell) -> Vec<FieldId> {
        let is_input = |field: &Field| field.write == Write::Callers && !field.private;
        let fields =
            model.entity(cell.entity).fields().filter(|(_, field)| cell.verb() == Verb::Put && is_input(field));
        fields.map(|(id, _)| id).collect()
    }

    /// Whether a plan lets the asker write a field of the row as it is.
    pub(super) fn writes_before(&self, model: &Model, plan: &Plan, cell: &Cell, field: FieldId) -> bool {
        let Some(row) = cell.row() else { return false };
        let seen = self.seen(model, cell.asker, cell.entity, Some(row), &self.row(row).fields);
        let guard = plan.field(cell.entity, Source::Field(field), FieldAccess::Write);
        guard.is_none_or(|guard| guard.predicate.holds(&self.caller(cell.asker), &seen))
    }

    /// Whether a whole body gives a member: it is written for a server with the true guards, by somebody who leaves out
    /// what is not theirs to write.
    pub(crate) fn puts(&self, model: &Model, cell: &Cell, input: &Input) -> bool {
        match (input.property.source, self.truth.field(cell.entity, input.property.source, FieldAccess::Write)) {
            (Source::Field(field), Some(_)) => self.writes_before(model, &self.truth, cell, field),
            _ => input.write.admits(&self.caller(cell.asker)),
        }
    }

    /// Whether a body refers to a row that the asker may not read; what stays as it is is not looked at.
    fn dangles(
        &self,
        model: &Model,
        plan: &Plan,
        asker: Asker,
        (before, given): (&BTreeMap<FieldId, Held>, Option<&BTreeMap<FieldId, Held>>),
    ) -> bool {
        let unreadable = |to: &RowId| {
            let row = self.row(*to);
            let seen = self.seen(model, asker, row.entity, Some(*to), &row.fields);
            !readable(plan, row.entity, &self.caller(asker), &seen)
        };
        given.into_iter().flatten().any(|(field, held)| match (held, before.get(field)) {
            (Held::Value(_), _) => false,
            (Held::Row(to), known) => known != Some(held) && unreadable(to),
            (Held::Rows(rows), Some(Held::Rows(known))) => {
                rows.iter().any(|row| !known.contains(row) && unreadable(row))
            }
            (Held::Rows(rows), _) => rows.iter().any(unreadable),
        })
    }
}

/// Some moment, where a new row gets the one at which it is made: what rows are made for does not depend on which.
fn now(field: &Field) -> Option<Held> {
    const SOME: usize = 728;
    match (&field.default, &field.ty) {
        (Some(Default::Now), Type::Scalar(scalar)) => {
            Some(Held::Value(values::valid(&Value::One(scalar.clone()), SOME)))
        }
        _ => None,
    }
}
