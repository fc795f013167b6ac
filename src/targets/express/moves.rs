//! Fields that change along arrows, in TypeScript.

use crate::code::{Origin, TsString, capitalised};
use crate::contract::{MoveGuard, Verb};
use crate::model::{EntityId, EntityKind, FieldId, Transitions};
use crate::targets::Input;

use super::entity::Entity;
use super::names::Key;
use super::rules::{Terms, asks_role};

/// A field that changes along arrows.
pub(super) struct Moves {
    pub field: FieldId,
    /// The field on the wire and in rows.
    pub property: String,
    /// The end of the names of functions about it.
    pascal: String,
    guards: Vec<MoveGuard>,
}

/// What tells whether the caller may change such a field.
pub(super) struct MoveFunction {
    pub property: String,
    /// Whether the store is asked.
    pub waits: bool,
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

impl Moves {
    /// The fields of an entity that change along arrows.
    pub(super) fn all(input: &Input, entity: EntityId) -> Vec<Self> {
        let declared = input.model.entity(entity);
        let is_changed = input.contract.verbs(entity).any(|(verb, _)| matches!(verb, Verb::Put | Verb::Patch));
        // Users without such routes change nobody but themselves, by code of the login.
        let is_oneself = declared.kind == EntityKind::User && !is_changed;
        let known = |guard: &MoveGuard| {
            let predicate = &guard.predicate;
            let predicate = if is_oneself { predicate.of_oneself() } else { predicate.clone() };
            MoveGuard { predicate, ..guard.clone() }
        };
        let of = |transitions: &Transitions| Self {
            field: transitions.field,
            property: declared.field(transitions.field).wire.clone(),
            pascal: Key::of(declared.field(transitions.field)).pascal(),
            guards: input.plan.moves_of(entity).filter(|guard| guard.field == transitions.field).map(known).collect(),
        };
        declared.transitions.iter().map(of).collect()
    }

    pub(super) fn asks_caller(&self) -> bool {
        self.guards.iter().any(|guard| guard.predicate.asks_caller())
    }

    pub(super) fn guards(&self) -> impl Iterator<Item = &MoveGuard> {
        self.guards.iter()
    }

    /// Whether roles decide who may change the field so.
    pub(super) fn asks_role(&self) -> bool {
        self.guards.iter().any(|guard| asks_role(&guard.predicate))
    }

    fn name(&self) -> String {
        format!("mayMove{}", self.pascal)
    }

    /// Whether the store has to tell of some arrow.
    pub(super) fn waits(&self) -> bool {
        self.guards.iter().any(|guard| guard.predicate.reads_other_rows())
    }

    /// The arrows that the store has to tell of, each kind once, with the name of the function that does.
    pub(super) fn asked_of_store(&self) -> Vec<(String, &MoveGuard)> {
        let mut asked: Vec<(String, &MoveGuard)> = Vec::new();
        for guard in self.guards.iter().filter(|guard| guard.predicate.reads_other_rows()) {
            if asked.iter().any(|(_, known)| known.predicate == guard.predicate && known.origin == guard.origin) {
                continue;
            }
            let name = format!("{}From{}To{}", self.name(), capitals(&guard.from), capitals(&guard.to));
            let is_taken = asked.iter().any(|(known, _)| *known == name);
            asked.push((if is_taken { format!("{name}{}", asked.len()) } else { name }, guard));
        }
        asked
    }

    /// Whether roles decide about some arrow that the store is not asked about.
    pub(super) fn asks_role_itself(&self) -> bool {
        let mut guards = self.guards.iter().filter(|guard| !guard.predicate.reads_other_rows());
        guards.any(|guard| asks_role(&guard.predicate))
    }

    /// What an arrow is for, as a sentence.
    pub(super) fn doc(&self) -> String {
        format!("Whether the caller may change `{}` along this arrow.", self.property)
    }

    /// `status: mayMoveStatus(caller, before, changes.status)`, where `before` is the row.
    pub(super) fn verdict(&self, before: &str) -> String {
        let caller = if self.asks_caller() { "caller, " } else { "" };
        let (wait, store) = if self.waits() { ("await ", "tx, ") } else { ("", "") };
        format!("{0}: {wait}{1}({store}{caller}{before}, changes.{0})", self.property, self.name())
    }

    /// The function that tells so, with the repository that is asked; only users may get as far as where it is called.
    pub(super) fn function(&self, entity: &Entity, signed_in: bool, repository: &str) -> MoveFunction {
        let caller = match (self.asks_caller(), signed_in) {
            (false, _) => "",
            (true, true) => "caller: User, ",
            (true, false) => "caller: Caller, ",
        };
        let (row, property) = (&entity.names.row, &self.property);
        let reader = if self.waits() { "reader: Reader, " } else { "" };
        MoveFunction {
            name: self.name(),
            waits: self.waits(),
            parameters: format!("{reader}{caller}row: {row}, next: {row}[\"{property}\"] | undefined"),
            next: format!("next === undefined || next === row.{property}"),
            property: self.property.clone(),
            arrows: self.arrows(entity, signed_in, repository),
        }
    }

    fn arrows(&self, entity: &Entity, signed_in: bool, repository: &str) -> Vec<Arrows> {
        let terms = Terms { model: entity.model, entity: entity.spec, signed_in };
        let asked = self.asked_of_store();
        let mut arrows: Vec<Arrows> = Vec::new();
        for guard in &self.guards {
            let is_asked =
                |(_, known): &&(String, &MoveGuard)| known.predicate == guard.predicate && known.origin == guard.origin;
            let asked = asked.iter().find(is_asked).filter(|_| guard.predicate.reads_other_rows());
            let caller = if guard.predicate.asks_caller() { "caller, " } else { "" };
            let expression = match asked {
                Some((name, _)) => format!("{repository}.{name}(reader, {caller}row.id)"),
                None => terms.expression(&guard.predicate),
            };
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

/// A value within a name: `on_sale` is `OnSale`.
fn capitals(value: &str) -> String {
    let words = value.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.map(capitalised).collect()
}
