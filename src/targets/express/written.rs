//! Rules on who writes a field, where the row decides.

use super::entity::Entity;
use super::fields::{FieldFunction, FieldRule, terms};
use crate::code::Origin;
use crate::contract::{Input as Member, Predicate};

/// When such a rule is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Of the row that an update finds.
    Before,
    /// Of a new row.
    Created,
    /// Of the row that an update leaves.
    After,
}

impl When {
    pub(super) const ALL: [Self; 3] = [Self::Before, Self::Created, Self::After];
}

/// A rule on who writes a field, asked of a row.
#[derive(Clone, Copy)]
pub(super) struct RowRule<'e, 'a> {
    pub rule: &'e FieldRule<'a>,
    pub when: When,
}

impl<'e, 'a> RowRule<'e, 'a> {
    /// The rules on what a body may give that rows decide.
    pub(super) fn all(entity: &'e Entity<'a>, members: &'a [Member], when: When) -> Vec<Self> {
        let rules = entity.guarded(members).map(|(rule, _)| Self { rule, when });
        rules.filter(|of| of.predicate().reads_row()).collect()
    }

    pub(super) fn predicate(self) -> &'a Predicate {
        match self.when {
            When::Before | When::Created => &self.rule.guard.predicate,
            When::After => &self.rule.guard.result,
        }
    }

    /// Whether only the store can tell.
    pub(super) fn needs_store(self) -> bool {
        self.predicate().reads_other_rows()
    }

    /// The function that tells whether the caller may.
    pub(super) fn name(self) -> String {
        match self.when {
            When::Before => self.rule.name(),
            When::Created => self.rule.name().replacen("mayWrite", "mayGive", 1),
            When::After => format!("{}To", self.rule.name()),
        }
    }

    pub(super) fn doc(self) -> String {
        let property = &self.rule.property;
        match self.when {
            When::Before => format!("Whether the caller may write `{property}`."),
            When::Created => format!("Whether the caller may give `{property}` of a new row."),
            When::After => format!("Whether the caller may write `{property}` and leave the row so."),
        }
    }

    pub(super) fn origin(self) -> Origin {
        self.rule.guard.origin.map_or(Origin::NONE, Origin::from)
    }

    /// The function where no store is needed.
    pub(super) fn function(self, entity: &Entity) -> FieldFunction {
        let caller = if self.predicate().asks_caller() { "caller: Caller, " } else { "" };
        FieldFunction {
            doc: self.doc(),
            origin: self.origin(),
            export: "export ",
            name: self.name(),
            parameters: format!("{caller}row: {}", entity.names.row),
            expression: terms(entity, |terms| terms.expression(self.predicate())),
        }
    }

    /// `mayWriteRemark(caller, before)`
    pub(super) fn asked(self, name: &str, row: &str) -> String {
        format!("{name}({}{row})", self.caller())
    }

    /// `(await repository.mayWriteRemark(tx, caller, id))`
    pub(super) fn asked_of_store(self, name: &str, reader: &str, id: &str) -> String {
        format!("(await repository.{name}({reader}, {}{id}))", self.caller())
    }

    /// Whether a body may give the field, as a member of an object; the store is only asked about what the body gives.
    pub(super) fn verdict(self, name: &str, body: &str, row: &str) -> String {
        let property = &self.rule.property;
        if self.needs_store() {
            let asked = self.asked_of_store(name, "tx", &format!("{row}.id"));
            format!("{property}: {body}.{property} === undefined || {asked}")
        } else {
            format!("{property}: {}", self.asked(name, row))
        }
    }

    fn caller(self) -> &'static str {
        if self.predicate().asks_caller() { "caller, " } else { "" }
    }
}
