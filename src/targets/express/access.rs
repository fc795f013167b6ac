//! Test cases for access rules, from the contract: who asks for what, and what the answer is.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::code::TsString;
use crate::contract::{
    AskedFields, Caller, CallerFacts, Case, Contract, Expected, Facts, Input as Member, KnownFacts, Linked, Site,
    Source, Stocks, Value, Verb, cases_of, expect, in_checks, readable,
};
use crate::memo::Memo;
use crate::model::{AccessOperation, Default, EntityId, EntityKind, FieldId, Literal, Model, RoleId, Type};

use super::app::row_values;
use super::entity::Entity;
use super::fields::FieldRule;
use super::names::field_property;
use super::own::{Own, unlike_others};
use super::rows;
use super::scarce;
use super::stock;
use super::values::literal;

/// What tests call a caller without a login.
pub(super) const ANYONE: &str = "anyone";
/// What tests call a user without a role.
pub(super) const SIGNED_IN: &str = "signedIn";

/// A test of access.
#[derive(Clone)]
pub(super) struct AccessTest {
    pub case: Case,
    pub expected: Expected,
    /// The guards that decide it, the decisive one first.
    pub guards: Vec<String>,
    /// What stands for values that no two tests have in common.
    pub own: Own,
    /// Whether there are too few rows of which the case holds for a test of several.
    pub is_scarce: bool,
}

/// Where test cases are derived from.
#[derive(Clone, Copy)]
pub(super) struct Cases<'c> {
    pub model: &'c Model,
    pub contract: &'c Contract,
    /// What callers hold that rules compare with.
    pub of_caller: &'c CallerFacts,
    /// The fields of callers by which tests can let them name rows which are stored after them.
    pub referring: &'c [FieldId],
    /// The fields that are compared with those of which no two rows have the same.
    pub linked: &'c Linked,
    /// What rows hold of which no two may hold the same, where checks look at copies of it.
    pub stocks: &'c Stocks,
    /// The fields that rules ask for.
    pub asked: &'c AskedFields,
    /// The entities whose tables tests of access can empty, those first whose rows refer to others.
    pub emptied: &'c [EntityId],
    /// The entities from which references lead to rows that there can be few of.
    pub needy: &'c BTreeSet<EntityId>,
    /// What was found of each entity before.
    pub memo: &'c Memo,
}

impl Cases<'_> {
    /// The tests of an entity's access rules.
    pub(super) fn of(self, entity: &Entity) -> Vec<AccessTest> {
        let mut tests: Vec<AccessTest> = Vec::new();
        for mut case in cases_of(self.model, self.contract, self.of_caller, entity.id) {
            rows::say_present(self, entity.id, &mut case.row);
            if case.verb == Verb::Create {
                self.leave_out_copies(entity, &mut case.row);
                copy(entity, &mut case.row);
            }
            let is_possible = stock::can_be_copied(self, entity.id)
                && can_be_tried(self, entity, &case)
                && rows::can_be_stored(self, entity.id, &case.row)
                && scarce::are_apart(self, entity.id, &case)
                && scarce::can_refer_twice(self, entity.id);
            if !is_possible {
                continue;
            }
            let expected = expect(&self.contract.plan, entity.id, case.verb, &case.caller, &case.row, &case.row);
            // A reference to an unreadable row is refused before the new row is looked at.
            let goes_on = expected.status < 400 || (case.verb == Verb::Create && self.admits(entity, &case));
            if goes_on && case.verb.has_body() && !self.can_refer(entity, &case) {
                continue;
            }
            if self.is_changed(entity, &case) && !can_be_given_again(entity, &case) {
                continue;
            }
            let Some(mut own) = Own::of(self, entity.id, &case) else { continue };
            own.apart = scarce::apart(self, entity, &case);
            let guards = self.guards(entity, &case, expected);
            // A caller refers to one row at a time.
            let is_scarce = scarce::is_alone(self, entity.id, &case.row) || case.row.is_led_to();
            tests.push(AccessTest { case, expected, guards, own, is_scarce });
        }
        tests
    }

    /// Leaves out of a new row what it copies from one that holds it alone, where no rule looks at that: it may be otherwise.
    fn leave_out_copies(self, entity: &Entity, row: &mut KnownFacts) {
        let noticed = self.contract.plan.noticed(entity.id);
        row.values.retain(|(id, _)| noticed.contains(id) || !entity.others.runs.contains_key(id));
    }

    /// Whether rules ask of a field whether it is null.
    pub(super) fn asks_for_null(self, entity: EntityId, field: FieldId) -> bool {
        self.asked.null.contains(&(entity, field))
    }

    fn admits(self, entity: &Entity, case: &Case) -> bool {
        self.contract.plan.admission(entity.id, case.verb.access()).admits(&case.caller)
    }

    /// Whether somebody asks for a change whose body is looked at.
    fn is_changed(self, entity: &Entity, case: &Case) -> bool {
        let plan = &self.contract.plan;
        matches!(case.verb, Verb::Put | Verb::Patch)
            && self.admits(entity, case)
            && readable(plan, entity.id, &case.caller, &case.row)
            && plan.predicate(entity.id, AccessOperation::Update, Site::Row).holds(&case.caller, &case.row)
    }

    /// Whether the caller can read a row for each reference that the body needs.
    fn can_refer(self, entity: &Entity, case: &Case) -> bool {
        let members = if case.verb == Verb::Create { &entity.resource.create } else { &entity.resource.update };
        let readable = |to, row: &KnownFacts| readable(&self.contract.plan, to, &case.caller, row);
        let references = members.iter().filter_map(|member| match member.property.source {
            Source::Field(field) => Some((field, member.required, member.refers_to?)),
            _ => None,
        });
        references.into_iter().all(|(field, required, to)| {
            match case.row.at.iter().find(|(of, _)| *of == field) {
                // What stays the same is not tested.
                Some(_) if case.verb != Verb::Create => true,
                Some((_, at)) => readable(to, &rows::stored(self, to, at)),
                None if case.row.same.contains(&field) || case.row.apart.contains(&field) => {
                    case.verb != Verb::Create || readable(to, &self.facts_for(to, &case.caller))
                }
                None if rows::shared(&case.row).any(|(of, _)| of == field) => {
                    case.verb != Verb::Create || readable(to, &self.facts_for(to, &case.caller))
                }
                None => !required || readable(to, &self.facts_for(to, &case.caller)),
            }
        }) && (case.verb != Verb::Create || self.can_fill_sets(entity, case))
    }

    /// Whether the caller can read the rows that the sets of a new row hold.
    fn can_fill_sets(self, entity: &Entity, case: &Case) -> bool {
        let plan = &self.contract.plan;
        let reads = |to, row: &KnownFacts| readable(plan, to, &case.caller, &rows::stored(self, to, row));
        rows::in_sets(&case.row).all(|(field, to, rows)| {
            let source = Source::Field(field);
            let is_given = entity.resource.create.iter().any(|member| member.property.source == source);
            !is_given || rows.iter().all(|row| reads(to, row))
        })
    }

    /// A row that as many callers as possible may read, as one caller sees it.
    fn facts_for(self, entity: EntityId, caller: &Caller) -> KnownFacts {
        let best = self.readable_row(entity);
        if *caller == Caller::Anonymous { best.seen_by_nobody() } else { KnownFacts::clone(&best) }
    }

    fn most_readable_row(self, entity: EntityId) -> KnownFacts {
        let Self { model, contract, .. } = self;
        let mut rows: Vec<KnownFacts> = Vec::new();
        let mut callers = vec![Caller::Anonymous, Caller::User { role: None }];
        callers.extend((0..model.roles().len()).map(|index| Caller::User { role: Some(RoleId(index)) }));
        for case in cases_of(model, contract, self.of_caller, entity) {
            let row = unlike_others(self, entity, &case.row);
            if !rows.contains(&row) && !rows::has_related(&row) && !rows::is_behind_caller(&row) {
                rows.push(row);
            }
        }
        let readers = |row: &KnownFacts| {
            let nobody = row.seen_by_nobody();
            let reads = |caller: &&Caller| {
                let seen = if **caller == Caller::Anonymous { &nobody } else { row };
                readable(&contract.plan, entity, caller, seen)
            };
            callers.iter().filter(reads).count()
        };
        // Of equally good rows the first; `max_by_key` would take the last.
        rows.iter().rev().max_by_key(|row| readers(row)).cloned().unwrap_or_default()
    }

    /// A row that as many callers as possible may read, if they are who it can refer to.
    pub(super) fn readable_row(self, entity: EntityId) -> Arc<KnownFacts> {
        self.memo.always("most readable row", entity.0, || Arc::new(self.most_readable_row(entity)))
    }

    fn guards(self, entity: &Entity, case: &Case, expected: Expected) -> Vec<String> {
        let plan = &self.contract.plan;
        let operation = case.verb.access();
        let row: &dyn Facts = &case.row;
        let name = |entity, operation, site| plan.guard(entity, operation, site).map(|guard| guard.id.to_string());
        let holds = |operation, site| plan.predicate(entity.id, operation, site).holds(&case.caller, row);
        let mut passed: Vec<String> = Vec::new();
        let decide = |mut passed: Vec<String>, guard: Option<String>| {
            passed.splice(0..0, guard);
            passed
        };
        if !plan.admission(entity.id, operation).admits(&case.caller) {
            return decide(passed, name(entity.id, operation, Site::Caller));
        }
        passed.extend(name(entity.id, operation, Site::Caller));
        if case.verb == Verb::List {
            return decide(passed, name(entity.id, operation, Site::Filter));
        }
        if case.verb.names_row() {
            for site in [Site::Caller, Site::Row] {
                let guard = name(entity.id, AccessOperation::Get, site).filter(|guard| !passed.contains(guard));
                if site == Site::Row && expected.status == 404 {
                    return decide(passed, guard.or_else(|| name(entity.id, AccessOperation::Get, Site::Caller)));
                }
                passed.extend(guard);
            }
        }
        let mut of_body: Vec<String> = Vec::new();
        for to in referred(entity, case) {
            let guards = [Site::Caller, Site::Row].into_iter().filter_map(|site| name(to, AccessOperation::Get, site));
            let news: Vec<String> =
                guards.filter(|guard| !passed.contains(guard) && !of_body.contains(guard)).collect();
            of_body.extend(news);
        }
        for site in [Site::Row, Site::Result] {
            let guard = name(entity.id, operation, site).filter(|guard| !passed.contains(guard));
            if !holds(operation, site) {
                // What a body refers to is looked for before the row that would come out of it is looked at.
                passed.extend(if site == Site::Result { of_body } else { Vec::new() });
                return decide(passed, guard);
            }
            passed.splice(0..0, guard);
        }
        passed.extend(of_body);
        passed
    }
}

/// The entities of whose rows the body of a case names some.
fn referred(entity: &Entity, case: &Case) -> Vec<EntityId> {
    let members = match case.verb {
        Verb::Create => &entity.resource.create,
        Verb::Put | Verb::Patch => &entity.resource.update,
        Verb::List | Verb::Get | Verb::Delete => return Vec::new(),
    };
    let is_given = |member: &&Member| {
        let in_set = matches!(member.property.value, Value::Keys { .. });
        let names = |field| rows::names(entity, case.verb, &case.row, field);
        member.required || in_set || matches!(member.property.source, Source::Field(field) if names(field))
    };
    members.iter().filter(is_given).filter_map(|member| member.refers_to).collect()
}

/// The first test that succeeds with a verb, of those whose row has the fewest nulls, and for as many rows as one likes.
pub(super) fn first_permitted(tests: &[AccessTest], verb: Verb) -> Option<&AccessTest> {
    let succeeds = |test: &&AccessTest| {
        let is_permitted = test.expected.status < 400 && (verb != Verb::List || test.expected.visible);
        test.case.verb == verb && is_permitted && !test.own.names_one_row && !test.is_scarce
    };
    tests.iter().filter(succeeds).min_by_key(|test| test.case.row.nulls.len())
}

/// Says what the rows hold that a new row copies from, where checks look at what it copies.
fn copy(entity: &Entity, row: &mut KnownFacts) {
    for id in in_checks(entity.spec) {
        let Some((through, from)) = entity.spec.field(id).copied() else { continue };
        // Whom a new row belongs to no body says.
        if entity.spec.owner_field() == Some(through) {
            continue;
        }
        let Some(value) = row.said(id).cloned() else { continue };
        let place = row.at.iter().position(|(of, _)| *of == through).unwrap_or_else(|| {
            row.at.push((through, KnownFacts::default()));
            row.at.len() - 1
        });
        let named = &mut row.at[place].1.values;
        if !named.iter().any(|(of, _)| *of == from) {
            named.push((from, value));
        }
    }
}

/// Whether a request can bring the case about.
fn can_be_tried(cases: Cases, entity: &Entity, case: &Case) -> bool {
    if case.verb == Verb::Delete {
        return !rows::is_kept(entity.model, &case.row);
    }
    if case.verb != Verb::Create {
        return true;
    }
    let sets = rows::in_sets(&case.row).map(|(field, _, _)| field);
    // The server writes the owner, and what no body gives is the same in every new row.
    let is_user = case.caller != Caller::Anonymous;
    let owner: Vec<_> = entity.spec.owner_field().into_iter().filter(|_| is_user).collect();
    let given = |field| entity.takes(&entity.resource.create, field);
    let begins = |field, value: &Literal| match &entity.spec.field(field).default {
        Some(Default::Literal(default)) => default == value,
        Some(Default::Copy { through, field }) if entity.spec.owner_field() == Some(*through) => {
            is_user && entity.others.lent.iter().any(|(of, known)| of == field && known == value)
        }
        Some(Default::Copy { through, field }) => {
            let named = case.row.at.iter().find(|(of, _)| of == through);
            named.is_some_and(|(_, named)| named.values.iter().any(|(of, known)| of == field && known == value))
        }
        Some(Default::Now) | None => false,
    };
    let begins_as_null = |field| {
        let declared = entity.spec.field(field);
        let is_plain = matches!(declared.ty, Type::Scalar(_)) && declared.nullable && declared.default.is_none();
        is_plain && !given(field)
    };
    let leads: Vec<_> = case.row.at.iter().map(|(field, _)| *field).chain(sets).collect();
    let in_common = rows::shared(&case.row).map(|(field, _)| field);
    let leads: Vec<_> = leads.into_iter().chain(in_common).collect();
    let named: Vec<FieldId> = case.row.same.iter().chain(&case.row.apart).copied().collect();
    // Whom a new row may name beside its caller depends on what the caller may read.
    let is_person = |field: &FieldId| {
        let to = entity.spec.field(*field).reference().map(|reference| reference.to);
        to.is_some_and(|to| is_account(entity.model, to))
    };
    let mine: Vec<_> =
        case.row.mine.iter().copied().filter(|field| entity.spec.owner_field() == Some(*field)).collect();
    // What a new row copies goes together with the rest of it, whatever that is.
    let goes_together = entity.others.runs.is_empty() || !row_values(entity, &case.row).is_empty();
    mine == owner
        && goes_together
        && case.row.another.iter().all(|field| given(*field) && entity.spec.is_somebody_else(*field))
        && !named.iter().any(is_person)
        && case.row.mine.iter().all(|field| owner.contains(field) || given(*field))
        && !rows::has_own_related(&case.row)
        && case.row.values.iter().all(|(field, value)| given(*field) || begins(*field, value))
        && case.row.nulls.iter().all(|field| given(*field) || begins_as_null(*field))
        && leads.iter().chain(&named).all(|field| given(*field))
        && entity.spec.fields().all(|(field, _)| {
            !cases.asks_for_null(entity.id, field) || !begins_as_null(field) || case.row.nulls.contains(&field)
        })
}

/// Whether a change may name the same rows as the stored row, where several references name one: whatever a test gives
/// the row, it gives the body.
fn can_be_given_again(entity: &Entity, case: &Case) -> bool {
    let is_given = |field: &FieldId| {
        let source = Source::Field(*field);
        let once = entity.written_once().any(|member| member.property.source == source);
        once || entity.resource.update.iter().any(|member| member.property.source == source)
    };
    case.row.same.iter().chain(&case.row.apart).all(is_given)
}

/// What tests call a caller.
pub(super) fn caller_name(model: &Model, caller: &Caller) -> String {
    match caller {
        Caller::Anonymous => ANYONE.to_owned(),
        Caller::User { role: None } => SIGNED_IN.to_owned(),
        Caller::User { role: Some(role) } => {
            model.roles().get(role.0).map_or_else(String::new, |role| role.name.snake().to_owned())
        }
    }
}

/// The caller and the row of a case, as members of an object in TypeScript.
pub(super) fn permission(entity: &Entity, test: &AccessTest) -> String {
    // There are hundreds of cases, so nothing is formatted that can be written.
    let guards = super::values::strings(&test.guards);
    let caller = TsString::from(caller_name(entity.model, &test.case.caller).as_str());
    let mut members = ["guards: ", &guards, ", caller: ", caller.as_str()].concat();
    for member in row_members(entity, &test.case, &test.own) {
        members.push_str(", ");
        members.push_str(&member);
    }
    members
}

fn row_members(entity: &Entity, case: &Case, own: &Own) -> Vec<String> {
    let mut members = Vec::new();
    // A new row belongs to its caller by itself.
    let named = rows::named(entity, case.verb, &case.row);
    let mine: Vec<FieldId> = case.row.mine.iter().copied().filter(|field| !named.contains(field)).collect();
    if case.row.me {
        members.push("me: true".to_owned());
    }
    if !mine.is_empty() && case.verb != Verb::Create {
        let fields: Vec<String> = mine.iter().map(|id| field_property(entity.spec.field(*id))).collect();
        members.push(format!("mine: {}", super::values::strings(&fields)));
    }
    let all = plain(entity, &case.row, own);
    if !all.is_empty() && case.verb != Verb::Create {
        members.push(format!("row: {{ {} }}", join(&all)));
    }
    if case.verb.has_body() {
        let inputs = if case.verb == Verb::Create { &entity.resource.create } else { &entity.resource.update };
        let written: Vec<_> = all.into_iter().filter(|(field, _)| entity.takes(inputs, *field)).collect();
        if !written.is_empty() {
            members.push(format!("body: {{ {} }}", join(&written)));
        }
    }
    members.extend(rows::members(entity, case.verb, &case.row, own));
    let names = |fields: Vec<FieldId>| fields.into_iter().map(|id| field_property(entity.spec.field(id))).collect();
    let apart: Vec<String> = names(rows::apart(entity, case, own));
    if !apart.is_empty() {
        members.push(format!("apart: {}", super::values::strings(&apart)));
    }
    let kept: Vec<String> = names(kept(entity, case).chain(rows::kept_values(entity, case, own)).collect());
    if !kept.is_empty() {
        members.push(format!("kept: {}", super::values::strings(&kept)));
    }
    members
}

/// The references of a row to rows of its own that a change by the caller may not name again.
pub(super) fn kept<'a>(entity: &'a Entity, case: &'a Case) -> impl Iterator<Item = FieldId> + 'a {
    let is_change = matches!(case.verb, Verb::Put | Verb::Patch);
    let guarded =
        entity.guarded_references().filter(move |(id, _)| is_change && rows::names(entity, case.verb, &case.row, *id));
    let may = |rule: &FieldRule| rule.guard.permits(&case.caller, &case.row);
    // Whom a row belongs to, no change says.
    let owner = entity.spec.owner_field().filter(|id| {
        let is_named = is_change && rows::names(entity, case.verb, &case.row, *id);
        is_named && !entity.resource.update.iter().any(|member| member.property.source == Source::Field(*id))
    });
    guarded.filter(move |(_, rule)| !may(rule)).map(|(id, _)| id).chain(owner)
}

/// The values that are known of a row itself and are not each test's own, as members of an object.
pub(super) fn plain(entity: &Entity, facts: &KnownFacts, own: &Own) -> Vec<(FieldId, String)> {
    let values = facts.values.iter().filter(|value| own.expression(entity.id, value).is_none());
    let values = values.map(|value| (value.0, member(entity.spec, value)));
    let nulls = facts.nulls.iter().map(|id| (*id, format!("{}: null", field_property(entity.spec.field(*id)))));
    values.chain(nulls).collect()
}

fn join(members: &[(FieldId, String)]) -> String {
    members.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ")
}

/// Values of fields as members of an object.
pub(super) fn object(entity: &crate::model::Entity, values: &[&(FieldId, Literal)]) -> String {
    values.iter().map(|value| member(entity, value)).collect::<Vec<_>>().join(", ")
}

fn member(entity: &crate::model::Entity, (id, value): &(FieldId, Literal)) -> String {
    let field = entity.field(*id);
    let text = match &field.ty {
        Type::Scalar(scalar) => literal(value, scalar),
        Type::List { item, .. } => literal(value, item),
        Type::Reference(_) | Type::Many(_) => "null".to_owned(),
    };
    [&field_property(field), ": ", &text].concat()
}

/// The word of a verb in test cases.
pub(super) const fn verb_word(verb: Verb) -> &'static str {
    match verb {
        Verb::List => "list",
        Verb::Create => "create",
        Verb::Get => "get",
        Verb::Put => "put",
        Verb::Patch => "patch",
        Verb::Delete => "delete",
    }
}

/// Whether an entity's rows are accounts.
pub(super) fn is_account(model: &Model, entity: EntityId) -> bool {
    model.entity(entity).kind == EntityKind::User
}
