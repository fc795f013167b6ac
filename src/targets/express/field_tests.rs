//! Test cases for rules on single fields, from the contract.

use std::fmt::{self, Display, Formatter};

use crate::code::TsString;
use crate::contract::{
    Caller, Case, Contract, FieldAccess, FieldGuard, Input as Member, KnownFacts, MoveVerdict, Plan, Predicate,
    Property, RowValues, Site, Source, Verb, fitting, property,
};
use crate::model::{FieldId, Literal, Scalar, Transitions, Type};

use super::access::{AccessTest, object, permission};
use super::app::{checked_expression, row_values};
use super::entity::Entity;
use super::samples;

/// The tests of the rules on an entity's fields, each as the members of an object; `tried` are those of its rows.
pub(super) fn field_tests(contract: &Contract, entity: &Entity, tried: &[AccessTest]) -> Vec<String> {
    let tests = Tests { plan: &contract.plan, entity, tried };
    let guards = contract.plan.fields_of(entity.id).flat_map(|guard| match guard.access {
        FieldAccess::Read => tests.of_reading(guard),
        FieldAccess::Write => tests.of_writing(guard),
    });
    let moves = entity.spec.transitions.iter().flat_map(|transitions| tests.of_moves(&contract.plan, transitions));
    guards.chain(moves).collect()
}

#[derive(Clone, Copy)]
struct Tests<'t> {
    plan: &'t Plan,
    entity: &'t Entity<'t>,
    tried: &'t [AccessTest],
}

impl<'t> Tests<'t> {
    /// Rows that show a field or do not, and lists in its order.
    fn of_reading(self, guard: &FieldGuard) -> Vec<String> {
        let of_guard = |property: &&Property| property.source == guard.source;
        let resource = self.entity.resource;
        let Some(wire) = resource.row.iter().find(of_guard).map(|property| &property.wire) else { return Vec::new() };
        let rows = self.told_apart(Verb::Get, &[&guard.predicate]).into_iter();
        let shown = rows.map(|test| {
            let shows = guard.predicate.holds(&test.case.caller, &test.case.row);
            self.test(test, Some(guard.id.as_str()), Use::Show, wire, None, refused_unless(shows))
        });
        let lists =
            self.permitted(Verb::List, false).into_iter().filter(|_| resource.sorts.iter().any(|of| of_guard(&of)));
        let ordered = lists.map(|test| {
            self.test(
                test,
                Some(guard.id.as_str()),
                Use::Order,
                wire,
                None,
                refused_unless(guard.admits(&test.case.caller)),
            )
        });
        shown.chain(self.of_answers(guard, wire)).chain(ordered).collect()
    }

    /// Other answers with rows that show a field or do not, where rows decide it: of each kind of answer one that does
    /// and one that does not.
    fn of_answers(self, guard: &FieldGuard, wire: &str) -> Vec<String> {
        let answers = [("list", Verb::List), ("create", Verb::Create), ("update", Verb::Patch)];
        let mut known = Vec::new();
        let mut found = Vec::new();
        for (by, verb) in answers.into_iter().filter(|_| guard.reads_row()) {
            // A new row may be evidence for itself, once it is stored.
            if verb == Verb::Create && guard.predicate.leads_back(self.entity.id) {
                continue;
            }
            for test in self.permitted(verb, true).into_iter().filter(|test| test.expected.visible) {
                let shows = guard.predicate.holds(&test.case.caller, &test.case.row);
                if is_new(&mut known, (verb, shows)) {
                    let what = Use::ShowBy(by);
                    found.push(self.test(test, Some(guard.id.as_str()), what, wire, None, refused_unless(shows)));
                }
            }
        }
        found
    }

    /// Bodies that give a field.
    fn of_writing(self, guard: &FieldGuard) -> Vec<String> {
        let resource = self.entity.resource;
        let bodies = [(Use::Create, Verb::Create, &resource.create), (Use::Update, Verb::Patch, &resource.update)];
        let of_body = |(what, verb, members): (Use, Verb, &'t Vec<Member>)| {
            let member = members.iter().find(|member| member.property.source == guard.source);
            let member = member.filter(|member| member.refers_to.is_none() && !guard.looks_at_itself());
            let tests = member.map_or_else(Vec::new, |_| self.told_apart(verb, &[&guard.predicate, &guard.result]));
            tests.into_iter().zip(member.into_iter().cycle()).map(move |(test, member)| {
                let value = self.value(test, member);
                let Case { caller, row, .. } = &test.case;
                let leaves = verb == Verb::Create || guard.result.holds(caller, row);
                let permitted = guard.predicate.holds(caller, row) && leaves;
                self.test(
                    test,
                    Some(guard.id.as_str()),
                    what,
                    &member.property.wire,
                    Some(value),
                    refused_unless(permitted),
                )
            })
        };
        let alone = bodies.into_iter().flat_map(of_body);
        let itself = bodies.into_iter().filter(|_| guard.looks_at_itself());
        let itself = itself.flat_map(|(what, verb, members)| self.of_itself(guard, what, verb, members));
        alone.chain(itself).chain(self.of_results(guard)).collect()
    }

    /// What a body gives that stays within the rules on the row: what they look at stays as it is.
    fn value(self, test: &AccessTest, member: &Member) -> String {
        let row = &test.case.row;
        let plain = || value_beside(self.entity, row, member);
        let Source::Field(id) = member.property.source else { return plain() };
        let rule = self.plan.predicate(self.entity.id, test.case.verb.access(), Site::Result);
        let is_said = row.says(id) && !test.own.tells(self.entity.id, id) && rule.fields().contains(&id);
        if is_said { checked_expression(self.entity, id, row.said(id)) } else { plain() }
    }

    /// Bodies that give a field which its rule looks at: each value that the rule tells apart.
    fn of_itself(self, guard: &FieldGuard, what: Use, verb: Verb, members: &[Member]) -> Vec<String> {
        let member = members.iter().find(|member| member.property.source == guard.source);
        let (Some(member), Source::Field(field)) = (member.filter(|member| member.refers_to.is_none()), guard.source)
        else {
            return Vec::new();
        };
        // No value of such a field is the same in two tests.
        if self.tried.iter().any(|test| test.own.tells(self.entity.id, field)) {
            return Vec::new();
        }
        let said = |row: &KnownFacts| row.said(field).cloned();
        let mut values: Vec<Option<Literal>> = Vec::new();
        for row in self.tried.iter().map(|test| &test.case.row) {
            let value = said(row);
            if (value.is_some() || row.nulls.contains(&field)) && !values.contains(&value) {
                values.push(value);
            }
        }
        let mut known = Vec::new();
        let mut found = Vec::new();
        for test in self.permitted(verb, true) {
            let Case { caller, row, .. } = &test.case;
            for value in &values {
                let after = with(row, field, value.as_ref());
                let about = Case { row: after, ..test.case.clone() };
                let before = (verb != Verb::Create).then(|| kind(&test.case, [&guard.predicate]));
                if !is_new(&mut known, (before, kind(&about, [&guard.predicate, &guard.result]))) {
                    continue;
                }
                let permitted = match verb {
                    Verb::Create => guard.predicate.holds(caller, &about.row),
                    _ => guard.predicate.holds(caller, row) && guard.result.holds(caller, &about.row),
                };
                let value = checked_expression(self.entity, field, value.as_ref());
                let (id, wire) = (Some(guard.id.as_str()), &member.property.wire);
                found.push(self.test(test, id, what, wire, Some(value), refused_unless(permitted)));
            }
        }
        found
    }

    /// What somebody may do to a row with a verb: for each caller once, or where the rules on a field look at the row, once
    /// for each kind of row that they tell apart.
    fn told_apart(self, verb: Verb, rules: &[&Predicate]) -> Vec<&'t AccessTest> {
        let mut known = Vec::new();
        let mut found = self.permitted(verb, rules.iter().any(|rule| rule.reads_row()));
        found.retain(|test| is_new(&mut known, kind(&test.case, rules.iter().copied())));
        found
    }

    /// Bodies that give a field and leave a row that says otherwise who may write it: one for each caller who may of the
    /// row as it is, and one for each who may only of the one that is left.
    fn of_results(self, guard: &FieldGuard) -> Vec<String> {
        let members = &self.entity.resource.update;
        let member = members.iter().find(|member| member.property.source == guard.source);
        let Some(member) = member.filter(|member| member.refers_to.is_none() && guard.reads_row()) else {
            return Vec::new();
        };
        let tests = self.permitted(Verb::Patch, true);
        let mut known: Vec<(Caller, bool)> = Vec::new();
        let mut found = Vec::new();
        for test in &tests {
            let Case { caller, row, .. } = &test.case;
            let before = guard.predicate.holds(caller, row);
            let turns = |other: &&&AccessTest| {
                other.case.caller == *caller && guard.result.holds(caller, &other.case.row) != before
            };
            let changes = || tests.iter().filter(turns).find_map(|other| self.changes(row, &other.case.row));
            if before != guard.result.holds(caller, row) || known.contains(&(*caller, before)) {
                continue;
            }
            let Some(changes) = changes() else { continue };
            let value = format!("{}, also: {{ {changes} }}", value_beside(self.entity, &test.case.row, member));
            let (id, wire) = (Some(guard.id.as_str()), &member.property.wire);
            known.push((*caller, before));
            found.push(self.test(test, id, Use::Update, wire, Some(value), Some("forbidden")));
        }
        found
    }

    /// What a body changes to make one row the other, as members of an object; `None` where that takes more than values
    /// that everybody may give.
    fn changes(self, from: &KnownFacts, to: &KnownFacts) -> Option<String> {
        let bare = |facts: &KnownFacts| KnownFacts { values: Vec::new(), ..facts.clone() };
        let changed: Vec<_> = to.values.iter().filter(|value| !from.values.contains(value)).collect();
        let is_free = |(field, _): &&(FieldId, Literal)| {
            let is_given = |member: &&Member| member.property.source == Source::Field(*field);
            let member = self.entity.resource.update.iter().find(is_given);
            let is_own = self.tried.iter().any(|test| test.own.tells(self.entity.id, *field));
            let is_open = |member: &Member| self.entity.writer(member).is_none() && !self.entity.is_moved(member);
            !is_own && member.is_some_and(is_open)
        };
        let is_possible = bare(from) == bare(to) && !changed.is_empty() && changed.iter().all(is_free);
        is_possible.then(|| object(self.entity.spec, &changed))
    }

    /// Each arrow for everybody who may update the row, once for each kind of row that its rule tells apart, and from
    /// each value one change that there is no arrow for.
    fn of_moves(self, plan: &Plan, transitions: &Transitions) -> Vec<String> {
        let field = transitions.field;
        let Type::Scalar(Scalar::Enum(values)) = &self.entity.spec.field(field).ty else { return Vec::new() };
        let wire = property(field, self.entity.spec.field(field)).wire;
        let mut found = Vec::new();
        let mut known = Vec::new();
        for test in self.permitted(Verb::Patch, true) {
            for from in values {
                let Some(about) = with_value(test, field, from) else { continue };
                let case = &about.case;
                let verdict = |to: &String| plan.moves_to((self.entity.id, field), (from, to), &case.caller, &case.row);
                let impossible = values.iter().find(|to| verdict(to) == MoveVerdict::Impossible);
                let arrows = values.iter().filter(|to| *to != from && verdict(to) != MoveVerdict::Impossible);
                for to in arrows.chain(impossible) {
                    let refused = match verdict(to) {
                        MoveVerdict::Permitted => None,
                        MoveVerdict::Forbidden => Some("forbidden"),
                        MoveVerdict::Impossible => Some("transition"),
                    };
                    if verdict(to) == MoveVerdict::Permitted && !self.fits(case, field, to) {
                        continue;
                    }
                    let mut guards = plan.moves_of(self.entity.id);
                    let guard = guards.find(|of| of.field == field && of.from == *from && of.to == *to);
                    let rule = guard.map(|guard| &guard.predicate);
                    if !is_new(&mut known, (from, to, kind(case, rule))) {
                        continue;
                    }
                    let value = TsString::from(to.as_str()).to_string();
                    let guard = guard.map(|guard| guard.id.as_str());
                    found.push(self.test(&about, guard, Use::Update, &wire, Some(value), refused));
                }
            }
        }
        found
    }

    /// Whether the row passes its checks with another value of a field.
    fn fits(self, case: &Case, field: FieldId, to: &str) -> bool {
        let mut values = fixed(self.entity, &case.row);
        let here = values.insert(field, Some(Literal::Enum(to.to_owned())));
        here.is_none() || fitting(self.entity.spec, &values, &|_| Vec::new()).is_some()
    }

    /// What somebody may do to a row with a verb: for every kind of row, or each caller once.
    fn permitted(self, verb: Verb, each_row: bool) -> Vec<&'t AccessTest> {
        let mut found: Vec<&AccessTest> = Vec::new();
        for test in self.tried.iter().filter(|test| test.case.verb == verb && test.expected.status < 400) {
            if each_row || found.iter().all(|known| known.case.caller != test.case.caller) {
                found.push(test);
            }
        }
        found
    }

    fn test(
        self,
        test: &AccessTest,
        guard: Option<&str>,
        what: Use,
        wire: &str,
        value: Option<String>,
        refused: Option<&str>,
    ) -> String {
        let guards = guard.into_iter().map(str::to_owned).chain(test.guards.iter().cloned()).collect();
        let about = AccessTest { guards, ..test.clone() };
        let value = value.map_or_else(String::new, |value| format!(", value: {value}"));
        let refused = refused.map_or_else(String::new, |code| format!(", refused: \"{code}\""));
        let field = TsString::from(wire);
        format!("{{ {}, {what}, field: {field}{value}{refused} }}", permission(self.entity, &about))
    }
}

/// What a body gives to a row of which these facts hold, so that it passes its checks.
pub(super) fn value_beside(entity: &Entity, facts: &KnownFacts, member: &Member) -> String {
    let is_unique = matches!(member.property.source, Source::Field(id) if entity.spec.field(id).unique);
    let plain = || samples::expression(&member.property.value, is_unique);
    let Source::Field(id) = member.property.source else { return plain() };
    let mut others = fixed(entity, facts);
    if others.remove(&id).is_none() {
        return plain();
    }
    let value = fitting(entity.spec, &others, &|_| Vec::new()).and_then(|mut values| values.remove(&id));
    value.map_or_else(plain, |value| checked_expression(entity, id, value.as_ref()))
}

/// What the row holds that checks look at, but for what depends on the clock.
fn fixed(entity: &Entity, facts: &KnownFacts) -> RowValues {
    let mut values = row_values(entity, facts);
    values.retain(|id, _| facts.says(*id) || !entity.spec.field(*id).is_told_by_clock());
    values
}

/// What is tried with a field.
#[derive(Clone, Copy)]
enum Use {
    /// Whether a row shows it, asked for alone.
    Show,
    /// The same of the row in another answer.
    ShowBy(&'static str),
    /// Whether a list may be ordered by it.
    Order,
    /// Whether a new row may be given it.
    Create,
    /// Whether a change may.
    Update,
}

impl Display for Use {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Show => f.write_str("use: \"show\""),
            Self::ShowBy(by) => write!(f, "use: \"show\", by: \"{by}\""),
            Self::Order => f.write_str("use: \"order\""),
            Self::Create => f.write_str("use: \"create\""),
            Self::Update => f.write_str("use: \"update\""),
        }
    }
}

/// The same row with another value of a field.
fn with(row: &KnownFacts, field: FieldId, value: Option<&Literal>) -> KnownFacts {
    let mut row = row.clone();
    row.values.retain(|(of, _)| *of != field);
    row.nulls.retain(|of| *of != field);
    row.say(field, value.cloned());
    row
}

/// Who asks, and which parts of the rules hold of the row.
fn kind<'p>(Case { caller, row, .. }: &Case, rules: impl IntoIterator<Item = &'p Predicate>) -> (Caller, Vec<bool>) {
    (*caller, rules.into_iter().flat_map(Predicate::parts).map(|part| part.holds(caller, row)).collect())
}

/// Whether something has not been seen before; from now on it has.
fn is_new<T: PartialEq>(known: &mut Vec<T>, seen: T) -> bool {
    let unseen = !known.contains(&seen);
    known.extend(unseen.then_some(seen));
    unseen
}

fn refused_unless(permitted: bool) -> Option<&'static str> {
    (!permitted).then_some("forbidden")
}

/// The same test with a row that has this value, if the rules leave that open.
fn with_value(test: &AccessTest, field: FieldId, value: &str) -> Option<AccessTest> {
    let mut case = test.case.clone();
    case.row.agree(field, &Literal::Enum(value.to_owned()))?;
    Some(AccessTest { case, ..test.clone() })
}
