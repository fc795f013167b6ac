//! Rules that narrow single fields, as data.

use crate::model::{AccessOperation, Entity, EntityId, EntityKind, FieldId, Model, Origin, Roles, Rule};

use super::guard::{oneself_or_first_role, without_moves};
use super::{Caller, Facts, GuardId, Predicate, Source};

/// What is done with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldAccess {
    /// Its value is shown, or rows are filtered or ordered by it.
    Read,
    /// A body gives it.
    Write,
}

impl FieldAccess {
    /// Its word in a guard's name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// One enforcement of a rule that narrows one field, beside those on the row.
///
/// Who writes a field of a new row is asked of that row. Of a stored one it is asked before, and of the row that the
/// update leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldGuard {
    /// Its name, `Book.cost.read`.
    pub id: GuardId,
    /// The entity.
    pub entity: EntityId,
    /// The field.
    pub source: Source,
    /// What it protects.
    pub access: FieldAccess,
    /// Who may, asked of the row that is read, of a new row, or of the row before an update.
    pub predicate: Predicate,
    /// Who may, asked of the row that an update leaves.
    pub result: Predicate,
    /// The line of the spec it enforces.
    pub origin: Origin,
}

impl FieldGuard {
    /// Whether it lets a caller do so whatever the row is.
    pub fn admits(&self, caller: &Caller) -> bool {
        self.predicate.admits(caller)
    }

    /// Whether there can be a row of which it lets a caller do so.
    pub fn may_admit(&self, caller: &Caller) -> bool {
        self.predicate.may_admit(caller)
    }

    /// Whether it lets a caller change the field of a row that stays as it is in all that rules look at.
    pub fn permits(&self, caller: &Caller, row: &dyn Facts) -> bool {
        self.predicate.holds(caller, row) && self.result.holds(caller, row)
    }

    /// Whether it looks at the very field that it is about.
    pub fn looks_at_itself(&self) -> bool {
        matches!(self.source, Source::Field(id) if self.predicate.fields().contains(&id))
    }

    /// Whether a row decides it, and not the caller alone.
    pub fn reads_row(&self) -> bool {
        self.predicate.reads_row()
    }
}

/// The field guards that a model's rules ask for, by entity.
pub(super) fn of(model: &Model) -> Vec<FieldGuard> {
    let no_roles = Roles::default();
    let roles = model.auth.as_ref().map_or(&no_roles, |auth| &auth.roles);
    model.entities().flat_map(|(id, entity)| of_entity(id, entity, roles)).collect()
}

fn of_entity(id: EntityId, entity: &Entity, roles: &Roles) -> Vec<FieldGuard> {
    let guard = |field: FieldId, access, rule: &Rule| FieldGuard {
        id: GuardId::of_field(entity, entity.field(field).name.snake(), access),
        entity: id,
        source: Source::Field(field),
        access,
        predicate: Predicate::of(rule, entity.owner.as_ref(), roles),
        result: Predicate::of(&without_moves(entity, rule), entity.owner.as_ref(), roles),
        origin: rule.origin,
    };
    let guards = entity.fields().flat_map(|(field, declared)| {
        let read = declared.read_rule.as_ref().map(|rule| guard(field, FieldAccess::Read, rule));
        let write = declared.write_rule.as_ref().map(|rule| guard(field, FieldAccess::Write, rule));
        read.into_iter().chain(write)
    });
    account(id, entity, roles).into_iter().chain(guards).collect()
}

/// The guards of what every account shows. Where accounts have no routes that read them, whoever reads one may read
/// these too.
fn account(id: EntityId, entity: &Entity, roles: &Roles) -> Vec<FieldGuard> {
    let rules = [AccessOperation::List, AccessOperation::Get].map(|operation| entity.access.rule(operation));
    let Some(rule) = rules.into_iter().find(|rule| !rule.grants.is_empty()) else { return Vec::new() };
    if entity.kind != EntityKind::User {
        return Vec::new();
    }
    let guard = |(source, name)| FieldGuard {
        id: GuardId::of_field(entity, name, FieldAccess::Read),
        entity: id,
        source,
        access: FieldAccess::Read,
        predicate: oneself_or_first_role(roles),
        result: oneself_or_first_role(roles),
        origin: rule.origin,
    };
    [(Source::Email, "email"), (Source::Role, "role")].map(guard).into()
}
