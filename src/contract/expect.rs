//! What an operation answers, computed from the guards alone.

use crate::model::{AccessOperation, EntityId, FieldId, FieldPath, Literal, Relation, RoleId};

use super::{Plan, Site, Verb};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Caller {
    /// Nobody in particular.
    Anonymous,
    /// A user.
    User {
        /// The user's role, if any.
        role: Option<RoleId>,
    },
}

/// What guards need to know of a row, seen by one caller.
pub trait Facts {
    /// Whether the row is the calling user.
    fn is_me(&self) -> bool;
    /// Whether the field refers to the caller.
    fn is_mine(&self, field: FieldId) -> bool;
    /// Whether the field is null.
    fn is_null(&self, field: FieldId) -> bool;
    /// The field's value; `None` for null. A reference's value is another for each row.
    fn value(&self, field: FieldId) -> Option<Literal>;
    /// The value at the end of a path from the calling user; `None` for null there or on the way.
    fn of_caller(&self, path: &FieldPath) -> Option<Literal>;
    /// The row that a reference names.
    fn at(&self, field: FieldId) -> Option<Box<dyn Facts + '_>>;
    /// The related rows.
    fn related(&self, relation: Relation) -> Vec<Box<dyn Facts + '_>>;
}

/// The expected answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// The status.
    pub status: u16,
    /// Whether the row is in the answer (for a list: among its rows).
    pub visible: bool,
}

/// What a well-formed request answers that no stored row stands against.
///
/// `before` is the row that the path names, or for a list any row; `after` is the row that a create or an update
/// would leave.
pub fn expect(
    plan: &Plan,
    entity: EntityId,
    verb: Verb,
    caller: &Caller,
    before: &dyn Facts,
    after: &dyn Facts,
) -> Expected {
    let operation = verb.access();
    let refused = |status| Expected { status, visible: false };
    if !plan.admission(entity, operation).admits(caller) {
        return refused(if *caller == Caller::Anonymous { 401 } else { 403 });
    }
    let holds = |operation, site, row| plan.predicate(entity, operation, site).holds(caller, row);
    let readable = |row| readable(plan, entity, caller, row);
    let done = |visible| Expected { status: verb.success(), visible };
    match verb {
        Verb::List => done(holds(AccessOperation::List, Site::Filter, before)),
        Verb::Get | Verb::Put | Verb::Patch | Verb::Delete if !readable(before) => refused(404),
        Verb::Put | Verb::Patch | Verb::Delete if !holds(operation, Site::Row, before) => refused(403),
        Verb::Create | Verb::Put | Verb::Patch if !holds(operation, Site::Result, after) => refused(403),
        Verb::Create | Verb::Get | Verb::Put | Verb::Patch => done(true),
        Verb::Delete => done(false),
    }
}

/// Whether a caller may get a row, which every change of it and every reference to it requires too.
pub fn readable(plan: &Plan, entity: EntityId, caller: &Caller, row: &dyn Facts) -> bool {
    plan.admission(entity, AccessOperation::Get).admits(caller)
        && plan.predicate(entity, AccessOperation::Get, Site::Row).holds(caller, row)
}
