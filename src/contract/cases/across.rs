//! Rows for comparisons with fields of other rows.

use std::collections::BTreeMap;

use crate::contract::predicate::Operand;
use crate::contract::{KnownFacts, Predicate};
use crate::model::{Comparison, EntityId, EntityKind, FieldId, FieldPath, Literal, Model, Scalar, Type};

use super::situations::Situations;
use super::values;

/// What is asked of the fields that a predicate compares in different rows, or of two references in one: of both values
/// where they stand to one that both may have, and of both references which row they name.
pub(super) fn ends(situations: &Situations, entity: EntityId, part: &Predicate) -> Vec<Predicate> {
    let own = |field: &FieldId| FieldPath { references: Vec::new(), field: *field };
    let (left, right) = match part {
        Predicate::Across(left, _, right) => (left.clone(), right.clone()),
        Predicate::Compare(field, _, Operand::Field(other)) => {
            let declared = situations.model.entity(entity).field(*field);
            if declared.reference().is_none() {
                return Vec::new();
            }
            (own(field), own(other))
        }
        _ => return Vec::new(),
    };
    let [here, there] = [&left, &right].map(|path| situations.model.along(entity, path).last());
    let (Some(here), Some(there)) = (here, there) else { return Vec::new() };
    match (&situations.model.entity(here.0).field(here.1).ty, &situations.model.entity(there.0).field(there.1).ty) {
        (Type::Scalar(of_here), Type::Scalar(of_there)) => {
            let literal = common(situations, (here, of_here), (there, of_there));
            [left, right].map(|path| asked(&path, Comparison::Equal, literal.clone())).into()
        }
        (Type::Reference(_), Type::Reference(_)) => {
            let same = asked(&left, Comparison::Equal, KnownFacts::the_same());
            vec![same, asked(&right, Comparison::NotEqual, KnownFacts::the_same())]
        }
        _ => Vec::new(),
    }
}

/// Whether a part is what is asked of a reference because it is compared with another.
pub(super) fn is_of(part: &Predicate, reference: FieldId) -> bool {
    matches!(part, Predicate::Compare(field, _, Operand::Literal(literal))
        if *field == reference && *literal == KnownFacts::the_same())
}

/// The ways in which a compared reference can be: it names the row that others name as well, or one of its own. The
/// latter is for one side of each comparison only.
pub(super) fn told_apart(ways: &[KnownFacts], id: FieldId, parts: &[&Predicate]) -> Vec<KnownFacts> {
    let same = ways.iter().map(|way| KnownFacts { same: vec![id], ..way.clone() });
    let apart = ways.iter().map(|way| KnownFacts { apart: vec![id], ..way.clone() });
    let is_right =
        |part: &&Predicate| is_of(part, id) && matches!(part, Predicate::Compare(_, Comparison::NotEqual, _));
    let with_apart = parts.iter().any(is_right);
    same.chain(apart.filter(|_| with_apart)).collect()
}

/// A row of which that is said of each reference that names the same row as others which is said of one of them.
pub(super) fn told_of_all(model: &Model, entity: EntityId, mut facts: KnownFacts) -> KnownFacts {
    let mut known = BTreeMap::new();
    tell(model, entity, &facts, &mut known);
    if !known.is_empty() {
        retell(model, entity, &mut facts, &known);
    }
    facts
}

fn tell(model: &Model, entity: EntityId, facts: &KnownFacts, known: &mut BTreeMap<EntityId, KnownFacts>) {
    for (field, at) in &facts.at {
        let Some(reference) = model.entity(entity).field(*field).reference() else { continue };
        if facts.same.contains(field) {
            known.entry(reference.to).or_insert_with(|| at.clone());
        }
        tell(model, reference.to, at, known);
    }
}

fn retell(model: &Model, entity: EntityId, facts: &mut KnownFacts, known: &BTreeMap<EntityId, KnownFacts>) {
    let to = |field: FieldId| model.entity(entity).field(field).reference().map(|reference| reference.to);
    for (field, at) in &mut facts.at {
        if let Some(to) = to(*field) {
            retell(model, to, at, known);
        }
    }
    for field in facts.same.clone() {
        let told = to(field).and_then(|to| known.get(&to));
        if let (Some(told), false) = (told, facts.at.iter().any(|(of, _)| *of == field)) {
            facts.at.push((field, told.clone()));
        }
    }
}

fn asked(path: &FieldPath, comparison: Comparison, literal: Literal) -> Predicate {
    let last = Predicate::Compare(path.field, comparison, Operand::Literal(literal));
    Predicate::at(&path.references, last)
}

type End<'s> = ((EntityId, FieldId), &'s Scalar);

/// A value that both fields may have: that of every caller where one of them is a user's.
fn common(situations: &Situations, here: End, there: End) -> Literal {
    let of_caller = |((entity, field), _): End| {
        let is_user = situations.model.entity(entity).kind == EntityKind::User;
        situations.of_caller.value(&FieldPath::own(field)).filter(|_| is_user).cloned()
    };
    let plausible = |((entity, field), scalar): End, number| {
        values::plausible(situations.model.entity(entity), field, scalar, number)
    };
    let known = [here, there].into_iter().filter_map(of_caller);
    let found = (0..3).flat_map(|number| [here, there].map(|end| plausible(end, number)));
    let fits = |literal: &Literal| values::fits(here.1, literal) && values::fits(there.1, literal);
    known.chain(found).find(fits).unwrap_or_else(|| plausible(here, 0))
}

/// The fields of users that a path ends in.
pub(super) fn of_user(model: &Model, entity: EntityId, path: &FieldPath) -> Option<FieldId> {
    let (at, field) = model.along(entity, path).last()?;
    (model.entity(at).kind == EntityKind::User).then_some(field)
}
