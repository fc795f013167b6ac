//! Rules on single fields, in TypeScript.

use crate::code::Origin;
use crate::contract::{FieldAccess, FieldGuard, Predicate};
use crate::model::EntityId;
use crate::targets::Input;

use super::entity::Entity;
use super::names::Keys;
use super::rules::Terms;

/// A field that not everybody may read, or write.
pub(super) struct FieldRule<'a> {
    pub guard: &'a FieldGuard,
    /// The field on the wire and in rows.
    pub property: String,
    /// The end of the names of functions about it: `UnitPrice`.
    pascal: String,
}

/// A field rule as a function.
pub(super) struct FieldFunction {
    pub doc: String,
    pub origin: Origin,
    pub export: &'static str,
    pub name: String,
    pub parameters: String,
    pub expression: String,
}

impl<'a> FieldRule<'a> {
    /// The rules on an entity's fields.
    pub(super) fn all(input: &'a Input, entity: EntityId) -> Vec<Self> {
        let keys = Keys(input.model.api.naming);
        let rule = |guard: &'a FieldGuard| {
            let key = keys.of(input.model.entity(entity), guard.source);
            Self { guard, pascal: key.pascal(), property: key.property }
        };
        input.plan.fields_of(entity).map(rule).collect()
    }

    pub(super) fn predicate(&self) -> &'a Predicate {
        &self.guard.predicate
    }

    pub(super) fn asks_caller(&self) -> bool {
        self.predicate().asks_caller()
    }

    /// The function that tells whether the caller may.
    pub(super) fn name(&self) -> String {
        let verb = match self.guard.access {
            FieldAccess::Read => "mayRead",
            FieldAccess::Write => "mayWrite",
        };
        format!("{verb}{}", self.pascal)
    }

    pub(super) fn doc(&self) -> String {
        format!("Whether the caller may {} `{}`.", self.guard.access.word(), self.property)
    }

    /// A call of it, about `row` where a row decides.
    pub(super) fn call(&self) -> String {
        let caller = self.asks_caller().then_some("caller");
        let row = self.predicate().reads_row().then_some("row");
        let arguments: Vec<&str> = caller.into_iter().chain(row).collect();
        format!("{}({})", self.name(), arguments.join(", "))
    }

    /// Whether the caller may do so whatever the row is.
    pub(super) fn permission(&self, entity: &Entity) -> String {
        if self.predicate().reads_row() {
            terms(entity, |terms| terms.expression(&self.predicate().of_caller()))
        } else {
            self.call()
        }
    }

    /// Whether the caller may write it, as a member of an object.
    pub(super) fn permitted(&self) -> String {
        format!("{}: {}", self.property, self.call())
    }

    /// Whether only the store can tell, because other rows decide it.
    pub(super) fn needs_store(&self) -> bool {
        self.predicate().reads_other_rows()
    }

    /// Whether rows decide it beside the caller.
    pub(super) fn reads_row(&self) -> bool {
        self.predicate().reads_row()
    }

    pub(super) fn function(&self, entity: &Entity, exported: bool) -> FieldFunction {
        let caller = self.asks_caller().then(|| "caller: Caller".to_owned());
        let row = self.predicate().reads_row().then(|| format!("row: {}", entity.names.row));
        let parameters: Vec<String> = caller.into_iter().chain(row).collect();
        FieldFunction {
            doc: self.doc(),
            origin: self.guard.origin.map_or(Origin::NONE, Origin::from),
            export: if exported { "export " } else { "" },
            name: self.name(),
            parameters: parameters.join(", "),
            expression: terms(entity, |terms| terms.expression(self.predicate())),
        }
    }
}

pub(super) fn terms<T>(entity: &Entity, write: impl FnOnce(&Terms) -> T) -> T {
    write(&Terms { model: entity.model, entity: entity.spec, signed_in: false })
}

/// `{ cost: mayReadCost(caller) }`; nothing without rules.
pub(super) fn permissions<'r, 'a: 'r>(
    rules: impl IntoIterator<Item = &'r FieldRule<'a>>,
    entity: &Entity,
) -> Vec<String> {
    rules.into_iter().map(|rule| format!("{}: {}", rule.property, rule.permission(entity))).collect()
}

/// The members of an object; `None` without any.
pub(super) fn object(members: &[String]) -> Option<String> {
    (!members.is_empty()).then(|| format!("{{ {} }}", members.join(", ")))
}
