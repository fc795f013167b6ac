//! What callers do not see of the rows around one, and may not refer to: what tests of an entity's requests try of it.

use std::sync::Arc;

use crate::code::TsString;
use crate::contract::{
    Along, Caller, Case, Guard, Include, Input as Member, KnownFacts, Site, Source, Verb, cases_of, readable,
};
use crate::model::{AccessOperation, By, EntityId, FieldId, Model, Relation};
use crate::targets::express::access::{AccessTest, Cases, first_permitted, is_account, permission};
use crate::targets::express::entity::Entity;
use crate::targets::express::included::relations;
use crate::targets::express::rows;

/// Somebody who may do something, and what that caller does not see or may not refer to, each as the tests take it.
pub(super) struct Permitted {
    who: String,
    /// Users that do not come along with the row.
    pub(super) unseen: Vec<String>,
    /// Rows that do not come along with others of a relation.
    pub(super) kept_back: Vec<String>,
    /// Rows that a body may not refer to.
    pub(super) unreadable: Vec<String>,
}

impl Permitted {
    /// That of the first test that succeeds with a verb.
    pub(super) fn of(cases: Cases, entity: &Entity, tests: &[AccessTest], verb: Verb) -> Option<Self> {
        let test = first_permitted(tests, verb)?;
        let reads = matches!(verb, Verb::List | Verb::Get);
        Some(Self {
            who: permission(entity, test),
            unseen: if reads { unseen(cases, entity, test).collect() } else { Vec::new() },
            kept_back: if reads { kept_back(cases, entity, tests, verb) } else { Vec::new() },
            unreadable: unreadable(cases, entity, test).collect(),
        })
    }

    /// How many tests that comes to.
    pub(super) fn count(&self) -> usize {
        self.unseen.len() + self.kept_back.len() + self.unreadable.len()
    }

    /// All of it as an object.
    pub(super) fn object(&self) -> String {
        let lists = [("unseen", &self.unseen), ("keptBack", &self.kept_back), ("unreadable", &self.unreadable)];
        let lists = lists.into_iter().filter(|(_, items)| !items.is_empty());
        let members = lists.map(|(name, items)| format!(", {name}: [{}]", items.join(", ")));
        format!("{{ {}{} }}", self.who, members.collect::<String>())
    }
}

/// The relations to users other than the caller of a test whom that caller may not see, each with the guard that says so.
fn unseen(cases: Cases, entity: &Entity, test: &AccessTest) -> impl Iterator<Item = String> {
    let plan = &cases.contract.plan;
    let row = &test.case.row;
    let other = |field: FieldId| {
        let known = row.at.iter().any(|(of, _)| *of == field) || row.nulls.contains(&field);
        !known && !row.mine.contains(&field) && !entity.spec.field(field).nullable
    };
    relations(entity).iter().filter_map(move |include| match include.along {
        Along::Field(field) if is_account(cases.model, include.to) && !include.many && other(field) => {
            let best = cases.readable_row(include.to).seen_by_nobody();
            let guard = plan.guard(include.to, AccessOperation::Get, Site::Row)?;
            let hidden = !readable(plan, include.to, &test.case.caller, &best);
            hidden.then(|| format!("[{}, {}]", named(guard), TsString::from(include.wire.as_str())))
        }
        Along::Field(_) | Along::Side(_) => None,
    })
}

/// The relations to several rows that would bring along one which somebody may not read who reads this row: with the
/// guard that says so and the situation.
fn kept_back(cases: Cases, entity: &Entity, tests: &[AccessTest], verb: Verb) -> Vec<String> {
    let plan = &cases.contract.plan;
    let is_permitted = |test: &&AccessTest| {
        let is_done = test.expected.status < 400 && (verb != Verb::List || test.expected.visible);
        let is_plain = !test.case.row.me && test.case.row.related.is_empty();
        test.case.verb == verb && is_done && is_plain && !test.own.names_one_row && !test.is_scarce
    };
    let situation = |include: &Include, relation: Relation, by: FieldId| {
        let guard = plan.guard(include.to, AccessOperation::Get, Site::Row)?;
        let (test, other) = tests.iter().filter(is_permitted).find_map(|test| {
            let other = unread(cases, include.to, &test.case.caller, |row| !row.tells_of(by))?;
            Some((test, other))
        })?;
        let mut test = test.clone();
        test.case.row.related.push((relation, vec![other]));
        let wire = TsString::from(include.wire.as_str());
        Some(format!("[{}, {wire}, {{ {} }}]", named(guard), permission(entity, &test)))
    };
    let each = relations(entity).iter().filter(|include| include.many).filter_map(|include| {
        let Along::Side(side) = include.along else { return None };
        let (to, place) = (include.to, entity.spec.other_sides.get(side.0)?);
        match place.by {
            By::Reference(by) => situation(include, Relation::Referring { side, entity: to, by }, by),
            By::Many(by) => situation(include, Relation::Having { side, entity: to, by }, by),
            By::Through { .. } => None,
        }
    });
    each.collect()
}

/// The references that a body gives and, for each, what stores a row that its caller may not read, with the guard that says
/// so.
fn unreadable<'e>(cases: Cases<'e>, entity: &'e Entity, test: &'e AccessTest) -> impl Iterator<Item = String> + 'e {
    let plan = &cases.contract.plan;
    let Case { verb, caller, row } = &test.case;
    let inputs: &[Member] = match verb {
        Verb::Create => &entity.resource.create,
        Verb::Put | Verb::Patch => &entity.resource.update,
        Verb::List | Verb::Get | Verb::Delete => &[],
    };
    // What several references name together is named by all of them.
    let is_plain = row.same.is_empty() && row.apart.is_empty() && row.shared.is_empty();
    inputs.iter().filter(move |_| is_plain).filter_map(move |member| {
        let (Source::Field(field), Some(to)) = (member.property.source, member.refers_to) else { return None };
        let is_one = entity.spec.field(field).reference().is_some() && entity.spec.owner_field() != Some(field);
        let guard = plan.guard(to, AccessOperation::Get, Site::Row)?;
        if !is_one || entity.writer(member).is_some() {
            return None;
        }
        let other = unread(cases, to, caller, |_| true)?;
        let stored = stores(cases.model, to, &other);
        let wire = TsString::from(member.property.wire.as_str());
        Some(format!("[{}, {wire}, () => {stored}]", named(guard)))
    })
}

/// What is true of a row that a caller may not read, though there are some that the caller may.
fn unread(
    cases: Cases,
    entity: EntityId,
    caller: &Caller,
    is_right: impl Fn(&KnownFacts) -> bool,
) -> Option<KnownFacts> {
    let plan = &cases.contract.plan;
    if !plan.admission(entity, AccessOperation::Get).admits(caller) {
        return None;
    }
    let all = rows_by_themselves(cases, entity);
    let mut others = all.iter().filter(|(of, _)| of == caller).map(|(_, row)| row);
    let other = others.find(|row| {
        let is_hidden = !readable(plan, entity, caller, &rows::stored(cases, entity, row));
        is_right(row) && is_hidden && rows::can_be_stored(cases, entity, row)
    });
    other.cloned()
}

/// The rows of an entity that rules can tell apart by their own values, as each caller sees them.
fn rows_by_themselves(cases: Cases, entity: EntityId) -> Arc<Vec<(Caller, KnownFacts)>> {
    cases.memo.always("rows by themselves", entity.0, || {
        let mut found: Vec<(Caller, KnownFacts)> = Vec::new();
        for case in cases_of(cases.model, cases.contract, cases.of_caller, entity) {
            let seen = (case.caller, case.row);
            if is_by_itself(&seen.1) && !found.contains(&seen) {
                found.push(seen);
            }
        }
        Arc::new(found)
    })
}

/// Whether a row is told by nothing but its own values.
fn is_by_itself(row: &KnownFacts) -> bool {
    row.is_of_itself() && row.at.is_empty() && row.shared.is_empty() && row.behind.is_empty()
}

/// An expression that stores such a row, which belongs to somebody else.
fn stores(model: &Model, entity: EntityId, row: &KnownFacts) -> String {
    let is_plain = is_account(model, entity) && *row == KnownFacts::default();
    if is_plain { "signUp()".to_owned() } else { rows::store(model, entity, row, "") }
}

/// A guard by its name, as text.
fn named(guard: &Guard) -> TsString {
    TsString::from(guard.id.to_string().as_str())
}
