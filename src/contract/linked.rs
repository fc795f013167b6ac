//! Fields of which values are compared with one that no two rows have in common.

use crate::model::{EntityId, FieldId, FieldPath, Literal, Model, Type};

use super::cases::values;
use super::{Contract, Operand, Predicate};

/// A field of an entity.
type Place = (EntityId, FieldId);

/// The fields that rules compare with each other in different rows, or with what they name, where no two rows have the
/// value of one of them in common. What cases say that such fields hold stands for a value of each situation's own: equal where it is equal
/// there, and another one where it is not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Linked {
    groups: Vec<Group>,
    /// The entity of callers.
    user: Option<EntityId>,
    /// The references that rules compare with others of which no two may name the same row.
    references: Vec<Place>,
    /// The same of those that are compared with what the caller refers to: the entity of the rules, and how the caller
    /// gets there.
    of_callers: Vec<(EntityId, FieldPath)>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Group {
    fields: Vec<Place>,
    /// Those of rows behind callers that they are compared with, as seen from callers.
    behind: Vec<FieldPath>,
    /// The entities whose rules compare them.
    rules: Vec<EntityId>,
    /// What rules say that they are, by the entity of the rules.
    named: Vec<(EntityId, Literal)>,
    /// Whether rules ask for the order of their values.
    is_ordered: bool,
    /// Whether some of them are in different rows, one of which has its value to itself.
    is_linked: bool,
    /// Whether it is one field that rules compare with what they name, and one row has its value to itself.
    is_alone: bool,
}

impl Linked {
    /// Those of a contract.
    pub fn of(model: &Model, contract: &Contract) -> Self {
        let mut links = Links { model, groups: Vec::new(), references: Vec::new(), of_callers: Vec::new() };
        for (entity, predicate) in contract.plan.predicates() {
            links.add(entity, predicate);
        }
        for (entity, predicate) in contract.plan.predicates() {
            links.name(entity, predicate);
        }
        let Links { mut groups, references, of_callers, .. } = links;
        groups.retain(|group| group.is_linked || group.is_alone);
        Self { groups, user: model.auth.as_ref().map(|auth| auth.user), references, of_callers }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Whether rules compare some of them with what the caller holds.
    pub fn ask_caller(&self) -> bool {
        (0..self.groups.len()).any(|group| self.of_caller(group).next().is_some())
    }

    /// The group that a field is compared in.
    pub fn group(&self, entity: EntityId, field: FieldId) -> Option<usize> {
        self.groups.iter().position(|group| group.fields.contains(&(entity, field)))
    }

    /// The fields of a group.
    pub fn fields(&self, group: usize) -> &[(EntityId, FieldId)] {
        self.groups.get(group).map_or(&[], |group| &group.fields)
    }

    /// The fields of a group that callers have, and those of rows behind callers.
    pub fn of_caller(&self, group: usize) -> impl Iterator<Item = FieldPath> {
        let of_user = |(entity, _): &&Place| Some(*entity) == self.user;
        let own = self.fields(group).iter().filter(of_user).map(|(_, field)| FieldPath::own(*field));
        own.chain(self.groups.get(group).into_iter().flat_map(|group| group.behind.iter().cloned()))
    }

    /// Whether rules say that a field of the group is this very value, which then stands for nothing else.
    pub fn is_named(&self, group: usize, literal: &Literal) -> bool {
        self.groups.get(group).is_some_and(|group| group.named.iter().any(|(_, named)| named == literal))
    }

    /// Whether it is one field of which rules name values that only one row may have.
    pub fn is_alone(&self, group: usize) -> bool {
        self.groups.get(group).is_some_and(|group| group.is_alone)
    }

    /// The fields of which rules name values that only one row may have.
    pub fn alone(&self) -> impl Iterator<Item = (EntityId, FieldId)> {
        self.groups.iter().filter(|group| group.is_alone).flat_map(|group| group.fields.iter().copied())
    }

    /// The values of a group that rules name, those of one entity or all.
    pub fn named(&self, group: usize, rules_of: Option<EntityId>) -> Vec<&Literal> {
        let named = self.groups.get(group).map_or(&[][..], |group| &group.named);
        let is_asked = |of: EntityId| rules_of.is_none_or(|asked| asked == of);
        named.iter().filter(|(of, _)| is_asked(*of)).map(|(_, literal)| literal).collect()
    }

    /// Whether rules ask which of two values of a group is the greater one.
    pub fn is_ordered(&self, group: usize) -> bool {
        self.groups.get(group).is_some_and(|group| group.is_ordered)
    }

    /// Whether they ask so of values in different rows, so that what stands for them has to have their order.
    pub fn is_counted(&self, group: usize) -> bool {
        self.is_ordered(group) && !self.is_alone(group)
    }

    /// How many groups there are.
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// Whether rules of an entity ask for what a caller holds where only one row may hold it.
    pub fn asks_for_one_row(&self, model: &Model, entity: EntityId) -> bool {
        let asks = |(_, group): &(usize, &Group)| group.rules.contains(&entity);
        self.callers_own(entity).next().is_some()
            || self.groups.iter().enumerate().filter(asks).any(|(group, _)| self.is_of_one_row(model, group))
    }

    fn is_of_one_row(&self, model: &Model, group: usize) -> bool {
        let is_taken =
            |(entity, field): &Place| Some(*entity) != self.user && model.entity(*entity).field(*field).unique;
        self.of_caller(group).next().is_some() && self.fields(group).iter().any(is_taken)
    }

    /// Whether rules compare a reference with others, and no two of one entity may name the same row.
    pub fn is_compared(&self, entity: EntityId, field: FieldId) -> bool {
        self.references.contains(&(entity, field))
    }

    /// Whether rules ask which references name a row of an entity, and no two of some may name the same.
    pub fn names_one_row(&self, model: &Model, entity: EntityId) -> bool {
        let to = |(of, field): &Place| model.entity(*of).field(*field).reference().map(|reference| reference.to);
        self.references.iter().any(|place| to(place) == Some(entity))
    }

    /// What callers refer to that rules of an entity ask for, where only one row may refer to it.
    pub fn callers_own(&self, entity: EntityId) -> impl Iterator<Item = &FieldPath> {
        self.of_callers.iter().filter(move |(of, _)| *of == entity).map(|(_, path)| path)
    }

    /// Whether every field of a group may hold a value.
    pub fn takes(&self, model: &Model, group: usize, literal: &Literal) -> bool {
        self.fields(group).iter().all(|(entity, field)| match &model.entity(*entity).field(*field).ty {
            Type::Scalar(scalar) => values::fits(scalar, literal),
            Type::List { .. } | Type::Reference(_) | Type::Many(_) => false,
        })
    }
}

struct Links<'m> {
    model: &'m Model,
    groups: Vec<Group>,
    references: Vec<Place>,
    of_callers: Vec<(EntityId, FieldPath)>,
}

impl Links<'_> {
    /// Adds what a predicate over rows of an entity compares.
    fn add(&mut self, rules_of: EntityId, predicate: &Predicate) {
        predicate.each(self.model, rules_of, &mut |entity, part| match part {
            Predicate::Compare(field, comparison, Operand::Field(other)) => {
                self.refer((entity, *field), (entity, *other));
                let group = self.join((entity, *field), (entity, *other));
                self.asked(group, rules_of, comparison.is_equality());
            }
            Predicate::Compare(field, comparison, Operand::Caller(of_caller)) => {
                let Some(auth) = &self.model.auth else { return };
                let Some(end) = self.model.along(auth.user, of_caller).last() else { return };
                if self.refer((entity, *field), end) && self.is_unique((entity, *field)) {
                    self.of_callers.push((rules_of, of_caller.clone()));
                }
                let group = self.link((entity, *field), end);
                if let Some(group) = group.and_then(|group| self.groups.get_mut(group)) {
                    let is_new = of_caller.leads_on() && !group.behind.contains(of_caller);
                    group.behind.extend(is_new.then(|| of_caller.clone()));
                }
                self.asked(group, rules_of, comparison.is_equality());
            }
            Predicate::Across(left, comparison, right) => {
                let ends = [left, right].map(|path| self.model.along(entity, path).last());
                if let [Some(left), Some(right)] = ends {
                    self.refer(left, right);
                    let group = self.link(left, right);
                    self.asked(group, rules_of, comparison.is_equality());
                }
            }
            _ => {}
        });
    }

    /// Takes down what a predicate says by its name of fields that are compared, and of those of which only one row may
    /// have it.
    fn name(&mut self, rules_of: EntityId, predicate: &Predicate) {
        predicate.each(self.model, rules_of, &mut |entity, part| {
            let Predicate::Compare(field, comparison, Operand::Literal(literal)) = part else { return };
            let Some(group) = self.group_to_name((entity, *field)) else { return };
            let group = &mut self.groups[group];
            group.named.push((rules_of, literal.clone()));
            group.is_ordered |= !comparison.is_equality();
        });
    }

    fn group_to_name(&mut self, place: Place) -> Option<usize> {
        let known = self.groups.iter().position(|group| group.fields.contains(&place));
        let is_alone = || self.model.entity(place.0).field(place.1).unique;
        known.or_else(|| {
            is_alone().then(|| {
                self.groups.push(Group { fields: vec![place], is_alone: true, ..Group::default() });
                self.groups.len() - 1
            })
        })
    }

    fn asked(&mut self, group: Option<usize>, rules_of: EntityId, is_equality: bool) {
        if let Some(group) = group.and_then(|group| self.groups.get_mut(group)) {
            group.rules.push(rules_of);
            group.is_ordered |= !is_equality;
        }
    }

    /// Takes down two references that are compared, where no two rows may name the same in one of them; tells whether
    /// that is so.
    fn refer(&mut self, one: Place, other: Place) -> bool {
        let is_reference = |(entity, field): Place| self.model.entity(entity).field(field).reference().is_some();
        let is_told = is_reference(one) && (self.is_unique(one) || self.is_unique(other));
        if is_told {
            self.references.extend([one, other]);
        }
        is_told
    }

    fn is_unique(&self, (entity, field): Place) -> bool {
        self.model.entity(entity).field(field).unique
    }

    /// One group with both fields, which are in different rows.
    fn link(&mut self, one: Place, other: Place) -> Option<usize> {
        let group = self.join(one, other)?;
        self.groups[group].is_linked |= self.is_unique(one) || self.is_unique(other);
        Some(group)
    }

    /// One group with both fields; references name rows and stand for no values.
    fn join(&mut self, one: Place, other: Place) -> Option<usize> {
        let is_scalar = |(entity, field): Place| matches!(self.model.entity(entity).field(field).ty, Type::Scalar(_));
        if !is_scalar(one) || !is_scalar(other) {
            return None;
        }
        let holds = |group: &Group| group.fields.contains(&one) || group.fields.contains(&other);
        let (mut joined, rest): (Vec<Group>, Vec<Group>) =
            std::mem::take(&mut self.groups).into_iter().partition(holds);
        self.groups = rest;
        joined.push(Group { fields: vec![one, other], ..Group::default() });
        self.groups.push(joined.into_iter().fold(Group::default(), Group::with));
        Some(self.groups.len() - 1)
    }
}

impl Group {
    fn with(mut self, other: Self) -> Self {
        self.fields.extend(other.fields);
        self.fields.sort_unstable();
        self.fields.dedup();
        self.behind.extend(other.behind);
        self.behind.sort_unstable();
        self.behind.dedup();
        self.rules.extend(other.rules);
        self.rules.sort_unstable();
        self.rules.dedup();
        self.named.extend(other.named);
        self.is_ordered |= other.is_ordered;
        self.is_linked |= other.is_linked;
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::contract::fixtures::resolved;

    const SPEC: &str = "backsmith: 1\nname: doors\nframework: express\nauth: { roles: staff }\nentities:
  User:
    fields: { code: string unique, level: integer, door: Door? }
  Door:
    fields: { code: string unique, level: integer, spare: string }
    access: { read: signed_in when level < me.level, write: staff when spare = secret }
  Badge:
    fields: { code: string, former: string, door: Door }
    access: { read: \"signed_in when code = me.code, signed_in when former != code\", write: RULE }\n";

    fn linked(rule: &str) -> (Model, Linked) {
        let text = SPEC.replace("RULE", rule).replace("spare = secret", "spare = \"secret\"");
        let model = resolved(&text);
        let linked = Linked::of(&model, &crate::features::contract(&model));
        (model, linked)
    }

    #[test]
    fn what_is_compared_with_the_same_is_one_group() {
        let (model, linked) = linked("staff");
        let place = |entity: &str, field: usize| (model.named(entity).unwrap(), FieldId(field));
        let groups = |places: &[Place]| places.iter().map(|(of, field)| linked.group(*of, *field)).collect::<Vec<_>>();
        assert_eq!(groups(&[place("User", 0), place("Badge", 0), place("Badge", 1)]), [Some(0); 3]);
        // Nothing has these to itself, and nothing is compared with these.
        assert_eq!(groups(&[place("User", 1), place("Door", 0), place("Door", 1), place("Door", 2)]), [None; 4]);
        assert!(linked.ask_caller() && !linked.is_named(0, &Literal::String("secret".to_owned())));
        assert!(!linked.asks_for_one_row(&model, place("Badge", 0).0));
    }

    #[test]
    fn what_lies_behind_callers_is_compared_too() {
        let (model, linked) = linked("signed_in when former = me.door.code");
        let of_caller: Vec<FieldPath> = linked.of_caller(0).collect();
        let behind = FieldPath { references: vec![FieldId(2)], field: FieldId(0) };
        assert_eq!(of_caller, [FieldPath::own(FieldId(0)), behind]);
        assert_eq!(linked.group(model.named("Door").unwrap(), FieldId(0)), Some(0));
    }

    #[test]
    fn a_row_that_alone_may_hold_what_the_caller_does_is_asked_for() {
        let (model, linked) = linked("signed_in when door.code = former, staff when code = \"none\"");
        let [badge, door] = ["Badge", "Door"].map(|entity| model.named(entity).unwrap());
        assert_eq!(linked.fields(0).len(), 4);
        assert!(linked.is_named(0, &Literal::String("none".to_owned())) && !linked.is_ordered(0));
        assert!(linked.asks_for_one_row(&model, badge) && !linked.asks_for_one_row(&model, door));
        let [short, long] = [3, 300].map(|length| Literal::String("x".repeat(length)));
        assert!(linked.takes(&model, 0, &short) && !linked.takes(&model, 0, &long));
    }
}
