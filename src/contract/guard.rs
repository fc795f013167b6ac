//! Every enforcement of an access rule, as data.

use std::collections::BTreeSet;
use std::fmt;

use crate::memo::{Entities, Reads};
use crate::model::{
    AccessOperation, Entity, EntityId, EntityKind, FieldId, Model, Operand, Origin, RoleId, Roles, Rule, Test,
};

use super::check_guard::{self, CheckGuard};
use super::field_guard::{self, FieldAccess, FieldGuard};
use super::move_guard::{self, MoveGuard};
use super::{Admission, Caller, Facts, Input, Predicate, Source, simplest};

/// The name of a guard: entity, operation and site, `Review.update.row`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GuardId(String);

impl GuardId {
    fn new(entity: &Entity, operation: AccessOperation, site: Site) -> Self {
        Self(format!("{}.{}.{}", entity.name, operation.word(), site.word()))
    }

    pub(super) fn of_field(entity: &Entity, field: &str, access: FieldAccess) -> Self {
        Self(format!("{}.{field}.{}", entity.name, access.word()))
    }

    pub(super) fn of_move(entity: &Entity, field: &str, from: &str, to: &str) -> Self {
        Self(format!("{}.{field}.{from}->{to}", entity.name))
    }

    pub(super) fn of_check(entity: &Entity, number: usize) -> Self {
        Self(format!("{}.check.{number}", entity.name))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for GuardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a rule is enforced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Site {
    /// Before anything is read: the caller alone.
    Caller,
    /// The row as it is stored.
    Row,
    /// The row as it would be stored.
    Result,
    /// The rows of a list and their count.
    Filter,
}

impl Site {
    /// Its word in a guard's name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Row => "row",
            Self::Result => "result",
            Self::Filter => "filter",
        }
    }
}

/// What a guard tests.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// The caller alone: 401 for an anonymous one, 403 for another.
    Caller(Admission),
    /// A row, at a site other than `Caller`.
    Row(Site, Predicate),
}

/// One enforcement of one rule at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Guard {
    /// Its name.
    pub id: GuardId,
    /// The entity it protects.
    pub entity: EntityId,
    /// The operation it protects.
    pub operation: AccessOperation,
    /// What it tests.
    pub check: Check,
    /// The line of the spec it enforces.
    pub origin: Origin,
}

impl Guard {
    /// What it tests of a row, where it looks at one.
    const fn predicate(&self) -> Option<&Predicate> {
        match &self.check {
            Check::Row(_, predicate) => Some(predicate),
            Check::Caller(_) => None,
        }
    }
}

/// All guards of an API. Targets render the plan and never read an entity's access rules.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    guards: Vec<Guard>,
    fields: Vec<FieldGuard>,
    moves: Vec<MoveGuard>,
    checks: Vec<CheckGuard>,
    reads: Reads,
}

/// A plan of guards in any order.
impl FromIterator<Guard> for Plan {
    fn from_iter<I: IntoIterator<Item = Guard>>(guards: I) -> Self {
        let mut guards: Vec<Guard> = guards.into_iter().collect();
        guards.sort_by_key(|guard| guard.entity);
        Self { guards, ..Self::default() }
    }
}

impl Plan {
    /// The guards that a model's access rules ask for.
    pub fn of(model: &Model) -> Self {
        let no_roles = Roles::default();
        let roles = model.auth.as_ref().map_or(&no_roles, |auth| &auth.roles);
        let guards = model.entities().flat_map(|(id, entity)| {
            AccessOperation::ALL.into_iter().flat_map(move |operation| guards_of(id, entity, operation, roles))
        });
        let guards = guards.collect::<Self>().with_fields(field_guard::of(model)).with_moves(move_guard::of(model));
        Self { reads: model.reads().clone(), ..guards.with_checks(check_guard::of(model)) }
    }

    /// The same guards of rows in the place of these, and all others as they are.
    #[must_use]
    pub fn with_guards(self, guards: impl IntoIterator<Item = Guard>) -> Self {
        let Self { guards, .. } = guards.into_iter().collect();
        Self { guards, ..self }
    }

    /// The same guards with these arrows.
    #[must_use]
    pub fn with_moves(self, moves: impl IntoIterator<Item = MoveGuard>) -> Self {
        Self { moves: moves.into_iter().collect(), ..self }
    }

    /// The same guards with these checks.
    #[must_use]
    pub fn with_checks(self, checks: impl IntoIterator<Item = CheckGuard>) -> Self {
        Self { checks: checks.into_iter().collect(), ..self }
    }

    /// What the guards test of rows, and of which entity's.
    pub fn predicates(&self) -> impl Iterator<Item = (EntityId, &Predicate)> {
        let of_rows = self.guards().iter().filter_map(|guard| Some((guard.entity, guard.predicate()?)));
        let of_fields = self.fields().iter().map(|guard| (guard.entity, &guard.predicate));
        let of_moves = self.moves().iter().map(|guard| (guard.entity, &guard.predicate));
        of_rows.chain(of_fields).chain(of_moves)
    }

    /// The fields of an entity that its guards look at.
    pub fn noticed(&self, entity: EntityId) -> BTreeSet<FieldId> {
        let of_rows = self.guards_of(entity).iter().filter_map(Guard::predicate);
        let of_fields = self.fields_of(entity).map(|guard| &guard.predicate);
        let of_moves = self.moves_of(entity).map(|guard| &guard.predicate);
        of_rows.chain(of_fields).chain(of_moves).flat_map(Predicate::fields).collect()
    }

    /// What must hold of every row, by entity.
    pub fn checks(&self) -> &[CheckGuard] {
        self.reads.read_all();
        &self.checks
    }

    /// What must hold of every row of one entity, in order.
    pub fn checks_of(&self, entity: EntityId) -> impl Iterator<Item = &CheckGuard> {
        self.reads.read(entity.0);
        self.checks.iter().filter(move |guard| guard.entity == entity)
    }

    /// The first check that a row does not pass.
    pub fn unfit(&self, entity: EntityId, row: &dyn Facts) -> Option<&CheckGuard> {
        self.checks_of(entity).find(|guard| !guard.holds(row))
    }

    /// The arrows that somebody may take, by entity and field.
    pub fn moves(&self) -> &[MoveGuard] {
        self.reads.read_all();
        &self.moves
    }

    /// The arrows of one entity's fields.
    pub fn moves_of(&self, entity: EntityId) -> impl Iterator<Item = &MoveGuard> {
        self.reads.read(entity.0);
        self.moves.iter().filter(move |guard| guard.entity == entity)
    }

    /// The same guards of rows with these guards of fields.
    #[must_use]
    pub fn with_fields(self, fields: impl IntoIterator<Item = FieldGuard>) -> Self {
        let mut fields: Vec<FieldGuard> = fields.into_iter().collect();
        fields.sort_by_key(|guard| guard.entity);
        Self { fields, ..self }
    }

    /// The guards of fields, by entity.
    pub fn fields(&self) -> &[FieldGuard] {
        self.reads.read_all();
        &self.fields
    }

    /// The guards of one entity's fields.
    pub fn fields_of(&self, entity: EntityId) -> impl Iterator<Item = &FieldGuard> {
        self.reads.read(entity.0);
        self.fields.iter().filter(move |guard| guard.entity == entity)
    }

    /// The guard of a field, where there is one.
    pub fn field(&self, entity: EntityId, source: Source, access: FieldAccess) -> Option<&FieldGuard> {
        self.fields_of(entity).find(|guard| guard.source == source && guard.access == access)
    }

    /// Whether a caller who may read a row sees a field of it.
    pub fn shows(&self, entity: EntityId, source: Source, caller: &Caller, row: &dyn Facts) -> bool {
        self.field(entity, source, FieldAccess::Read).is_none_or(|guard| guard.predicate.holds(caller, row))
    }

    /// Whether a caller may filter and order rows by a field: only who may read it in each row would learn nothing.
    pub fn lists_by(&self, entity: EntityId, source: Source, caller: &Caller) -> bool {
        self.field(entity, source, FieldAccess::Read).is_none_or(|guard| guard.admits(caller))
    }

    /// Whether a caller may give a member of a body, whatever the row is.
    pub fn may_give(&self, entity: EntityId, input: &Input, caller: &Caller) -> bool {
        self.gives(entity, input, caller, |guard| guard.admits(caller))
    }

    /// Whether there can be a row of which a caller may give a member of a body.
    pub fn may_ever_give(&self, entity: EntityId, input: &Input, caller: &Caller) -> bool {
        self.gives(entity, input, caller, |guard| guard.may_admit(caller))
    }

    /// Whether a caller may give a member of a body that makes this row, or that changes it.
    pub fn may_give_of(&self, entity: EntityId, input: &Input, caller: &Caller, row: &dyn Facts) -> bool {
        self.gives(entity, input, caller, |guard| guard.predicate.holds(caller, row))
    }

    /// Whether a caller may give a member of a body that leaves this row.
    pub fn may_leave(&self, entity: EntityId, input: &Input, caller: &Caller, row: &dyn Facts) -> bool {
        self.gives(entity, input, caller, |guard| guard.result.holds(caller, row))
    }

    /// Whether a caller gives a member of a body: as its guard says where there is one.
    fn gives(&self, entity: EntityId, input: &Input, caller: &Caller, guarded: impl Fn(&FieldGuard) -> bool) -> bool {
        let guard = self.field(entity, input.property.source, FieldAccess::Write);
        guard.map_or_else(|| input.write.admits(caller), guarded)
    }

    /// The guards, by entity and operation. A site without a guard is open.
    pub fn guards(&self) -> &[Guard] {
        self.reads.read_all();
        &self.guards
    }

    /// The guards of one entity.
    pub fn guards_of(&self, entity: EntityId) -> &[Guard] {
        self.reads.read(entity.0);
        let start = self.guards.partition_point(|guard| guard.entity < entity);
        let own = self.guards.get(start..).unwrap_or_default();
        own.get(..own.partition_point(|guard| guard.entity == entity)).unwrap_or_default()
    }

    /// Adds the entities of which the plans do not say the same.
    pub fn differences(&self, other: &Self, different: &mut Entities) {
        differing(&self.guards, &other.guards, |guard| guard.entity, different);
        differing(&self.fields, &other.fields, |guard| guard.entity, different);
        differing(&self.moves, &other.moves, |guard| guard.entity, different);
        differing(&self.checks, &other.checks, |guard| guard.entity, different);
    }

    /// The guard at a place, where there is one.
    pub fn guard(&self, entity: EntityId, operation: AccessOperation, site: Site) -> Option<&Guard> {
        self.guards_of(entity).iter().find(|guard| {
            let at = match guard.check {
                Check::Caller(_) => Site::Caller,
                Check::Row(at, _) => at,
            };
            guard.operation == operation && at == site
        })
    }

    /// Whom an operation admits; everybody where no guard stands.
    pub fn admission(&self, entity: EntityId, operation: AccessOperation) -> &Admission {
        match self.guard(entity, operation, Site::Caller).map(|guard| &guard.check) {
            Some(Check::Caller(admission)) => admission,
            Some(Check::Row(..)) | None => &Admission::Anyone,
        }
    }

    /// The test of a row at a site; `Always` where no guard stands.
    pub fn predicate(&self, entity: EntityId, operation: AccessOperation, site: Site) -> &Predicate {
        match self.guard(entity, operation, site).map(|guard| &guard.check) {
            Some(Check::Row(_, predicate)) => predicate,
            Some(Check::Caller(_)) | None => &Predicate::Always,
        }
    }
}

/// Adds the entities of all that stands in one list otherwise than in the other, from where they part to where they
/// meet again.
fn differing<T: PartialEq>(one: &[T], other: &[T], entity: impl Fn(&T) -> EntityId, different: &mut Entities) {
    let begin = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (one.get(begin..).unwrap_or_default(), other.get(begin..).unwrap_or_default());
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    for rest in [one, other] {
        rest.iter().take(rest.len() - end).for_each(|item| different.add(entity(item).0));
    }
}

fn guards_of(id: EntityId, entity: &Entity, operation: AccessOperation, roles: &Roles) -> Vec<Guard> {
    let rule: &Rule = entity.access.rule(operation);
    let guard = |check: Check| {
        let site = if let Check::Row(site, _) = check { site } else { Site::Caller };
        Guard { id: GuardId::new(entity, operation, site), entity: id, operation, check, origin: rule.origin }
    };
    let Some(admission) = admission(entity, operation, roles) else {
        return vec![guard(Check::Row(row_sites(operation)[0], without_route(entity, operation, roles)))];
    };
    let predicate = Predicate::of(rule, entity.owner.as_ref(), roles);
    let mut guards = vec![guard(Check::Caller(admission))];
    if predicate.reads_row() {
        let at = |site| if site == Site::Result { after(entity, operation, rule, roles) } else { predicate.clone() };
        let sites = row_sites(operation).iter().map(|site| (*site, at(*site)));
        let telling = sites.filter(|(_, predicate)| predicate.reads_row());
        guards.extend(telling.map(|(site, predicate)| guard(Check::Row(site, predicate))));
    }
    guards
}

/// What must hold of the row that a write leaves.
fn after(entity: &Entity, operation: AccessOperation, rule: &Rule, roles: &Roles) -> Predicate {
    let owner = entity.owner.as_ref();
    match operation {
        AccessOperation::Update => Predicate::of(&without_moves(entity, rule), owner, roles),
        _ => Predicate::of(rule, owner, roles),
    }
}

/// What a rule says of the row that an update leaves: a move is for its arrow to permit, so that the fields that move
/// are not tested a second time.
pub(super) fn without_moves(entity: &Entity, rule: &Rule) -> Rule {
    let moves = |field: &FieldId| entity.moves(*field).is_some();
    let is_of_move = |test: &Test| match test {
        Test::Compare { field, operands, .. } => {
            moves(field) || operands.iter().any(|operand| matches!(operand, Operand::Field(other) if moves(other)))
        }
        Test::IsNull { field, .. } => moves(field),
        Test::Across { .. } | Test::At(..) | Test::Has(..) | Test::IsMe => false,
    };
    let mut rule = rule.clone();
    for grant in &mut rule.grants {
        grant.when.retain(|test| !is_of_move(test));
    }
    rule
}

/// Whom an operation admits. A row that must belong to somebody is created by a user, whoever the rule admits.
fn admission(entity: &Entity, operation: AccessOperation, roles: &Roles) -> Option<Admission> {
    let admission = Admission::of(entity.access.rule(operation), roles)?;
    let needs_owner = entity.owner_field().is_some_and(|owner| !entity.field(owner).nullable);
    let alone = operation == AccessOperation::Create && needs_owner && admission == Admission::Anyone;
    Some(if alone { Admission::SignedIn } else { admission })
}

/// The test of rows whose operation has no route, yet which may be reached by another way: nobody passes it, but that
/// accounts can be referred to by the first role and by oneself, and that users change their own where the spec says
/// nothing of who may.
fn without_route(entity: &Entity, operation: AccessOperation, roles: &Roles) -> Predicate {
    let is_unsaid = entity.access.rule(operation).origin.is_none();
    match (entity.kind, operation) {
        (EntityKind::User, AccessOperation::Get) => oneself_or_first_role(roles),
        (EntityKind::User, AccessOperation::Update) if is_unsaid => Predicate::Myself,
        _ => Predicate::Never,
    }
}

/// Who reads of an account what is not for everybody.
pub(super) fn oneself_or_first_role(roles: &Roles) -> Predicate {
    match roles.all() {
        [] => Predicate::Myself,
        [..] => simplest::any([Predicate::Myself, Predicate::Role(roles.having(RoleId(0)).collect())]),
    }
}

/// Where a rule that speaks of rows is enforced.
const fn row_sites(operation: AccessOperation) -> &'static [Site] {
    match operation {
        AccessOperation::List => &[Site::Filter],
        AccessOperation::Get | AccessOperation::Delete => &[Site::Row],
        AccessOperation::Create => &[Site::Result],
        AccessOperation::Update => &[Site::Row, Site::Result],
    }
}
