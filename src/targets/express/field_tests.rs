//! Test cases for rules on single fields, from the contract.

use crate::code::TsString;
use crate::contract::{Contract, FieldAccess, FieldGuard, Input as Member, Property, Verb};

use super::access::{AccessTest, permission};
use super::entity::Entity;
use super::samples;

/// The tests of the rules on an entity's fields, each as the members of an object; `tried` are those of its rows.
pub(super) fn field_tests(contract: &Contract, entity: &Entity, tried: &[AccessTest]) -> Vec<String> {
    let tests = Tests { entity, tried };
    let guards = contract.plan.fields_of(entity.id);
    guards
        .flat_map(|guard| match guard.access {
            FieldAccess::Read => tests.of_reading(guard),
            FieldAccess::Write => tests.of_writing(guard),
        })
        .collect()
}

#[derive(Clone, Copy)]
struct Tests<'t> {
    entity: &'t Entity<'t>,
    tried: &'t [AccessTest],
}

impl<'t> Tests<'t> {
    /// Rows that show a field or do not, and lists in its order.
    fn of_reading(self, guard: &FieldGuard) -> Vec<String> {
        let of_guard = |property: &&Property| property.source == guard.source;
        let resource = self.entity.resource;
        let Some(wire) = resource.row.iter().find(of_guard).map(|property| &property.wire) else { return Vec::new() };
        let rows = self.permitted(Verb::Get, guard.predicate.reads_row()).into_iter();
        let shown = rows.map(|test| {
            let shows = guard.predicate.holds(&test.case.caller, &test.case.row);
            self.test(test, guard, "show", wire, None, shows)
        });
        let lists =
            self.permitted(Verb::List, false).into_iter().filter(|_| resource.sorts.iter().any(|of| of_guard(&of)));
        let ordered = lists.map(|test| self.test(test, guard, "order", wire, None, guard.admits(&test.case.caller)));
        shown.chain(ordered).collect()
    }

    /// Bodies that give a field.
    fn of_writing(self, guard: &FieldGuard) -> Vec<String> {
        let resource = self.entity.resource;
        let bodies = [("create", Verb::Create, &resource.create), ("update", Verb::Patch, &resource.update)];
        let of_body = |(what, verb, members): (&'static str, Verb, &'t Vec<Member>)| {
            let member = members.iter().find(|member| member.property.source == guard.source);
            let member = member.filter(|member| member.refers_to.is_none());
            let tests = member.map_or_else(Vec::new, |_| self.permitted(verb, false));
            tests.into_iter().zip(member.into_iter().cycle()).map(move |(test, member)| {
                let value = samples::expression(&member.property.value, self.is_unique(member));
                let admits = guard.admits(&test.case.caller);
                self.test(test, guard, what, &member.property.wire, Some(value), admits)
            })
        };
        bodies.into_iter().flat_map(of_body).collect()
    }

    fn is_unique(self, member: &Member) -> bool {
        let crate::contract::Source::Field(id) = member.property.source else { return false };
        self.entity.spec.field(id).unique
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
        guard: &FieldGuard,
        what: &str,
        wire: &str,
        value: Option<String>,
        permitted: bool,
    ) -> String {
        let guards = std::iter::once(guard.id.to_string()).chain(test.guards.iter().cloned()).collect();
        let about = AccessTest { case: test.case.clone(), expected: test.expected, guards };
        let value = value.map_or_else(String::new, |value| format!(", value: {value}"));
        let field = TsString::from(wire);
        format!(
            "{{ {}, use: \"{what}\", field: {field}{value}, permitted: {permitted} }}",
            permission(self.entity, &about)
        )
    }
}
