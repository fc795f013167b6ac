//! A new row as an example has it, and what guards make of it.

use serde_json::{Map, Value as Json};

use super::validate::Stored;
use super::{
    Caller, Check, Contract, Input, KnownFacts, Operand, Predicate, RowValues, Source, Value, Verb, expect, fit, sample,
};
use crate::model::{Default, Entity, EntityId, FieldId, Model};

/// A row that a caller creates.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The body, without the references.
    pub body: Map<String, Json>,
    /// The references that the body must have, by their names on the wire.
    pub references: Vec<(String, EntityId)>,
    /// The row that comes of it, seen by that caller.
    own: KnownFacts,
    /// The row, seen by any other.
    foreign: KnownFacts,
    /// The fields whose values only the server knows.
    unknown: Vec<FieldId>,
}

/// The shortest body that a caller may create a row with, again and again. None where there is no such body, or
/// where more than guards decides about it.
pub fn creation(model: &Model, contract: &Contract, entity: EntityId, caller: &Caller) -> Option<Example> {
    let spec = model.entity(entity);
    let differs = |fields: &[FieldId]| spec.owner_field().is_some_and(|owner| fields.contains(&owner));
    if !spec.unique.iter().all(|set| differs(&set.fields)) {
        return None;
    }
    let mut example = Example::of(spec);
    let required = |id| move |input: &&Input| input.required && input.property.source == Source::Field(id);
    let inputs = &contract.resource(entity).create;
    let left_out = sample::left_out(spec, |id, _| inputs.iter().any(|input| required(id)(&input)));
    // What is copied only the server knows.
    let is_copied = |id: &FieldId| spec.field(*id).copied().is_some() && !inputs.iter().any(|i| required(*id)(&i));
    if fit::in_checks(spec).iter().any(is_copied) {
        return None;
    }
    fit::fitting(spec, &left_out, &|_| Vec::new())?;
    // Of each entity there is one row to refer to.
    let is_named = |id| inputs.iter().any(|input| required(id)(&input));
    if spec.apart().any(|(one, other)| is_named(one) && is_named(other)) {
        return None;
    }
    for input in contract.resource(entity).create.iter().filter(|input| input.required) {
        let Source::Field(id) = input.property.source else { return None };
        let repeatable = input.write.admits(caller) && !spec.field(id).unique;
        if !repeatable || matches!(input.property.value, Value::Keys { .. }) {
            return None;
        }
        example.add(spec, id, input, &left_out);
    }
    Some(example)
}

impl Example {
    /// What a row holds when nothing is given.
    fn of(entity: &Entity) -> Self {
        let (mut foreign, mut unknown) = (KnownFacts::default(), Vec::new());
        for (id, field) in entity.fields() {
            match &field.default {
                Some(Default::Literal(literal)) => foreign.values.push((id, literal.clone())),
                Some(Default::Now | Default::Copy { .. }) => unknown.push(id),
                None if field.nullable => foreign.nulls.push(id),
                None => {}
            }
        }
        let mut own = foreign.clone();
        own.mine.extend(entity.owner_field());
        Self { body: Map::new(), references: Vec::new(), own, foreign, unknown }
    }

    fn add(&mut self, entity: &Entity, id: FieldId, input: &Input, left_out: &RowValues) {
        let property = &input.property;
        if let Some(to) = input.refers_to {
            self.references.push((property.wire.clone(), to));
            self.unknown.push(id);
            return;
        }
        let stored = sample::of_field(entity, id, &property.value, 0, left_out);
        self.body.insert(property.wire.clone(), stored.wire(&property.value));
        match stored {
            Stored::Literal(literal) => {
                self.own.values.push((id, literal.clone()));
                self.foreign.values.push((id, literal));
            }
            Stored::Null => {
                self.own.nulls.push(id);
                self.foreign.nulls.push(id);
            }
            Stored::Json(_) | Stored::List(_) => self.unknown.push(id),
        }
    }

    /// What a request about the row answers its creator, as far as guards can tell without the server.
    pub fn answers_creator(&self, contract: &Contract, entity: EntityId, verb: Verb, caller: &Caller) -> Option<u16> {
        self.answers(contract, entity, verb, caller, &self.own)
    }

    /// What it answers anybody else.
    pub fn answers_other(&self, contract: &Contract, entity: EntityId, verb: Verb, caller: &Caller) -> Option<u16> {
        self.answers(contract, entity, verb, caller, &self.foreign)
    }

    fn answers(
        &self,
        contract: &Contract,
        entity: EntityId,
        verb: Verb,
        caller: &Caller,
        row: &KnownFacts,
    ) -> Option<u16> {
        contract.verb(entity, verb)?;
        let mut predicates = contract.plan.guards_of(entity).iter().filter_map(|guard| match &guard.check {
            Check::Row(_, predicate) => Some(predicate),
            Check::Caller(_) => None,
        });
        let known = predicates.all(|predicate| self.decides(predicate));
        known.then(|| expect(&contract.plan, entity, verb, caller, row, row).status)
    }

    /// Whether what is known of the row decides a predicate.
    fn decides(&self, predicate: &Predicate) -> bool {
        match predicate {
            Predicate::Always | Predicate::Never | Predicate::SignedIn | Predicate::Role(_) => true,
            Predicate::Mine(_)
            | Predicate::Another(_)
            | Predicate::Null(_)
            | Predicate::Present(_)
            | Predicate::Compare(_, _, Operand::Literal(_) | Operand::Field(_)) => {
                !predicate.fields().iter().any(|field| self.unknown.contains(field))
            }
            // Only the server knows the other rows and who calls.
            Predicate::Myself
            | Predicate::Across(..)
            | Predicate::Compare(_, _, Operand::Caller(_))
            | Predicate::At(..)
            | Predicate::Some(..) => false,
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().all(|part| self.decides(part)),
        }
    }
}

/// Whether a caller may do something with every row of an entity, whatever it holds.
pub fn is_open(contract: &Contract, entity: EntityId, verb: Verb, caller: &Caller) -> bool {
    let nothing = KnownFacts::default();
    let guards = contract.plan.guards_of(entity).iter().filter(|guard| guard.operation == verb.access());
    let any_row = guards.into_iter().all(|guard| match &guard.check {
        Check::Row(_, predicate) => !predicate.reads_row(),
        Check::Caller(_) => true,
    });
    let answer = expect(&contract.plan, entity, verb, caller, &nothing, &nothing);
    contract.verb(entity, verb).is_some() && any_row && answer.visible
}
