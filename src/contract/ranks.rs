//! The order of what cases say of fields whose values stand for others.

use std::cmp::Ordering;

use crate::model::{EntityId, Literal, Model, Type};

use super::cases::values;
use super::predicate::order;
use super::{CallerFacts, KnownFacts, Linked};

/// What is said of the fields of each group of `Linked` of which rules ask for the order, in that order. What stands for
/// it is ordered in the same way.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranks(Vec<(usize, Vec<Literal>)>);

impl Ranks {
    /// Those of some rows and of what callers hold.
    pub fn of<'f>(
        model: &Model,
        linked: &Linked,
        of_caller: &CallerFacts,
        rows: impl IntoIterator<Item = (EntityId, &'f KnownFacts)>,
    ) -> Self {
        let mut ranks = Self(Vec::new());
        let groups = (0..linked.groups()).filter(|group| linked.is_counted(*group));
        for group in groups {
            let known = linked.of_caller(group).filter_map(|path| of_caller.value(&path).cloned());
            ranks.0.push((group, known.collect()));
        }
        if !ranks.0.is_empty() {
            for (entity, facts) in rows {
                ranks.add(model, linked, entity, facts);
            }
        }
        for (_, said) in &mut ranks.0 {
            said.sort_by(|a, b| order(a, b).unwrap_or(Ordering::Equal));
            said.dedup();
        }
        ranks
    }

    fn add(&mut self, model: &Model, linked: &Linked, entity: EntityId, facts: &KnownFacts) {
        for (field, literal) in &facts.values {
            let of_group =
                linked.group(entity, *field).and_then(|of| self.0.iter_mut().find(|(group, _)| *group == of));
            if let Some((_, said)) = of_group.filter(|(_, said)| !said.contains(literal)) {
                said.push(literal.clone());
            }
        }
        for (field, at) in &facts.at {
            if let Some(reference) = model.entity(entity).field(*field).reference() {
                self.add(model, linked, reference.to, at);
            }
        }
        for (relation, rows) in &facts.related {
            for row in rows {
                self.add(model, linked, relation.entity(), row);
            }
        }
    }

    /// What is said of a group, the least first.
    pub fn said(&self, group: usize) -> &[Literal] {
        self.0.iter().find(|(of, _)| *of == group).map_or(&[], |(_, said)| said)
    }

    /// By how many places one thing that is said of a group comes after another; `None` where one of them is not said.
    pub fn distance(&self, group: usize, from: &Literal, to: &Literal) -> Option<i64> {
        let place = |literal: &Literal| self.said(group).iter().position(|said| said == literal);
        Some(i64::try_from(place(to)?).ok()? - i64::try_from(place(from)?).ok()?)
    }
}

impl Linked {
    /// A value so many steps after another one, which every field of a group may hold.
    pub fn moved(&self, model: &Model, group: usize, literal: &Literal, by: i64) -> Option<Literal> {
        let mut fields = self.fields(group).iter();
        let scalar = fields.find_map(|(entity, field)| match &model.entity(*entity).field(*field).ty {
            Type::Scalar(scalar) => Some(scalar),
            Type::List { .. } | Type::Reference(_) | Type::Many(_) => None,
        })?;
        values::moved(scalar, literal, by).filter(|moved| self.takes(model, group, moved))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::contract::cases;
    use crate::contract::fixtures::resolved;

    const SPEC: &str = "backsmith: 1\nname: queues\nframework: express\nauth: { roles: clerk }\nentities:
  User:
    fields: { number: integer 1..99 unique }
  Ticket:
    fields: { number: integer 5..99 unique, code: string unique }
    access: { read: signed_in when number < me.number, write: clerk when code != \"none\" }\n";

    #[test]
    fn what_is_said_of_ordered_values_has_places() {
        let model = resolved(SPEC);
        let contract = crate::features::contract(&model);
        let (linked, of_caller) = (Linked::of(&model, &contract), CallerFacts::of(&model, &contract));
        let ticket = model.named("Ticket").unwrap();
        let cases = cases(&model, &contract, ticket);
        let ranks = Ranks::of(&model, &linked, &of_caller, cases.iter().map(|case| (ticket, &case.row)));
        let [number, code] = [0, 1].map(|field| linked.group(ticket, crate::model::FieldId(field)).unwrap());
        let said: Vec<Literal> = [9, 10, 11].map(Literal::Integer).into();
        assert_eq!(ranks.said(number), said);
        assert_eq!(ranks.said(code), []);
        assert_eq!(ranks.distance(number, &said[2], &said[0]), Some(-2));
        assert_eq!(ranks.distance(number, &said[0], &Literal::Integer(12)), None);
        // No ticket has a number below five.
        assert_eq!(linked.moved(&model, number, &said[0], -4), Some(Literal::Integer(5)));
        assert_eq!(linked.moved(&model, number, &said[0], -5), None);
    }
}
