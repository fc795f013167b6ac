//! Fields that change along arrows, in TypeScript.

use crate::code::{Origin, TsString};
use crate::contract::MoveGuard;
use crate::model::{EntityId, FieldId, Transitions};
use crate::targets::Input;

use super::entity::{Entity, roles};
use super::names::Key;
use super::rules::Terms;

/// A field that changes along arrows.
pub(super) struct Moves<'a> {
    pub field: FieldId,
    /// The field on the wire and in rows.
    pub property: String,
    /// The end of the names of functions about it.
    pascal: String,
    guards: Vec<&'a MoveGuard>,
}

/// What tells whether the caller may change such a field.
pub(super) struct MoveFunction {
    pub property: String,
    pub name: String,
    pub parameters: String,
    pub next: String,
    pub arrows: Vec<Arrows>,
}

/// Arrows for the same callers.
pub(super) struct Arrows {
    pub cases: Vec<TsString>,
    pub origin: Origin,
    pub expression: String,
}

impl<'a> Moves<'a> {
    /// The fields of an entity that change along arrows.
    pub(super) fn all(input: &'a Input, entity: EntityId) -> Vec<Self> {
        let declared = input.model.entity(entity);
        let of = |transitions: &Transitions| Self {
            field: transitions.field,
            property: declared.field(transitions.field).wire.clone(),
            pascal: Key::of(declared.field(transitions.field)).pascal(),
            guards: input.plan.moves_of(entity).filter(|guard| guard.field == transitions.field).collect(),
        };
        declared.transitions.iter().map(of).collect()
    }

    pub(super) fn asks_caller(&self) -> bool {
        self.guards.iter().any(|guard| guard.predicate.asks_caller())
    }

    pub(super) fn guards(&self) -> impl Iterator<Item = &'a MoveGuard> {
        self.guards.iter().copied()
    }

    fn name(&self) -> String {
        format!("mayMove{}", self.pascal)
    }

    /// `status: mayMoveStatus(caller, before, changes.status)`
    pub(super) fn verdict(&self) -> String {
        let caller = if self.asks_caller() { "caller, " } else { "" };
        format!("{0}: {1}({caller}before, changes.{0})", self.property, self.name())
    }

    pub(super) fn function(&self, entity: &Entity) -> MoveFunction {
        let signed_in = entity.update.users_only();
        let caller = match (self.asks_caller(), signed_in) {
            (false, _) => "",
            (true, true) => "caller: User, ",
            (true, false) => "caller: Caller, ",
        };
        let (row, property) = (&entity.names.row, &self.property);
        MoveFunction {
            name: self.name(),
            parameters: format!("{caller}row: {row}, next: {row}[\"{property}\"] | undefined"),
            next: format!("next === undefined || next === row.{property}"),
            property: self.property.clone(),
            arrows: self.arrows(entity, signed_in),
        }
    }

    fn arrows(&self, entity: &Entity, signed_in: bool) -> Vec<Arrows> {
        let terms = Terms { entity: entity.spec, roles: &roles(entity.model), signed_in };
        let mut arrows: Vec<Arrows> = Vec::new();
        for guard in &self.guards {
            let expression = terms.expression(&guard.predicate);
            let origin = guard.origin.map_or(Origin::NONE, Origin::from);
            let case = TsString::from(format!("{} -> {}", guard.from, guard.to).as_str());
            match arrows.last_mut() {
                Some(last) if last.expression == expression && last.origin == origin => last.cases.push(case),
                _ => arrows.push(Arrows { cases: vec![case], origin, expression }),
            }
        }
        arrows
    }
}
