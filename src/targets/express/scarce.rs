//! Sets of values of which there are too few for all the rows that tests store, because no two rows may have the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::contract::{Case, FieldAccess, KnownFacts, Source, Verb, in_checks};
use crate::model::{EntityId, Field, FieldId, Literal, Type};

use super::access::{Cases, is_account};
use super::app::tells_apart;
use super::distinct::{few, is_plentiful};
use super::entity::Entity;
use super::rows::{self, null_by_themselves};
use super::stock;

/// How many values there are by turns.
const MOST: usize = 24;

/// What the longest test takes.
const SOME: usize = 6;

/// The unique fields and sets of fields of an entity that no value tells apart in all tests. Tests begin without such
/// rows, and store few at a time.
pub(super) fn sets(cases: Cases, entity: EntityId) -> Arc<Vec<Vec<FieldId>>> {
    cases.memo.always("what there are few of", entity.0, || Arc::new(found(cases, entity)))
}

fn found(cases: Cases, entity: EntityId) -> Vec<Vec<FieldId>> {
    let declared = cases.model.entity(entity);
    let single = declared.fields().filter(|(_, field)| field.unique).map(|(id, _)| vec![id]);
    let all = single.chain(declared.unique.iter().map(|set| set.fields.clone()));
    all.filter(|set| !is_told_apart(cases, entity, set)).collect()
}

/// The entities from which references lead to some of these, at once or by way of others.
///
/// It is told of each entity by itself, so that a test is made again only where this changed, not wherever one of all the
/// entities behind its own did.
pub(super) fn needy(cases: Cases, few: &[EntityId]) -> BTreeSet<EntityId> {
    let mut referring: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::new();
    for (from, entity) in cases.model.entities().filter(|_| !few.is_empty()) {
        for reference in entity.fields.iter().filter_map(Field::reference) {
            referring.entry(reference.to).or_default().push(from);
        }
    }
    let mut found = BTreeSet::new();
    let mut behind = few.to_vec();
    while let Some(to) = behind.pop() {
        behind.extend(referring.get(&to).into_iter().flatten().filter(|from| found.insert(**from)));
    }
    for (id, _) in cases.model.entities() {
        cases.memo.found("whether it needs what there are few of", id.0, found.contains(&id));
    }
    found
}

/// Whether a field or a set of fields has other values in all rows of tests.
fn is_told_apart(cases: Cases, entity: EntityId, set: &[FieldId]) -> bool {
    let declared = cases.model.entity(entity);
    let scalar = |id: &FieldId| match &declared.field(*id).ty {
        Type::Scalar(scalar) => Some(scalar),
        Type::List { .. } | Type::Reference(_) | Type::Many(_) => None,
    };
    if let [id] = set {
        if cases.stocks.supply(entity, *id).is_some() {
            return false;
        }
        let is_own = cases.linked.group(entity, *id).is_some() || in_checks(declared).contains(id);
        return is_own || scalar(id).is_none_or(is_plentiful);
    }
    // Several rows of a test may name its caller, and each names another row of any other kind.
    let references: Vec<EntityId> =
        set.iter().filter_map(|id| declared.field(*id).reference()).map(|reference| reference.to).collect();
    references.len() > 1
        || references.iter().any(|to| !is_account(cases.model, *to))
        || set.iter().any(|id| is_free(cases, entity, *id) && scalar(id).is_some_and(is_plentiful))
}

/// Whether tests may give a field any value.
pub(super) fn is_free(cases: Cases, entity: EntityId, id: FieldId) -> bool {
    !cases.asked.compared.contains(&(entity, id))
        && !null_by_themselves(cases, entity).contains(&id)
        && !in_checks(cases.model.entity(entity)).contains(&id)
}

/// What bodies of tests give by turns, one after the other: properties with their values.
pub(super) fn turns(cases: Cases, entity: EntityId) -> Vec<Vec<(String, String)>> {
    let mut known: Vec<FieldId> = Vec::new();
    let mut of_sets = Vec::new();
    for set in sets(cases, entity).iter() {
        let fresh: Vec<FieldId> = set.iter().copied().filter(|id| !known.contains(id)).collect();
        let fields: Vec<_> = fresh.iter().filter_map(|id| by_turns(cases, entity, *id)).collect();
        known.extend(fresh);
        of_sets.extend((!fields.is_empty()).then(|| combined(&fields)));
    }
    let count = of_sets.iter().map(Vec::len).min().unwrap_or(0);
    (0..count).map(|number| of_sets.iter().flat_map(|turns| turns[number].clone()).collect()).collect()
}

/// The property of a field that bodies give another value each time, with those that there are.
fn by_turns(cases: Cases, entity: EntityId, id: FieldId) -> Option<(String, Vec<String>)> {
    let Type::Scalar(scalar) = &cases.model.entity(entity).field(id).ty else { return None };
    // Accounts are made by tests of their own.
    if is_account(cases.model, entity) {
        return None;
    }
    let source = Source::Field(id);
    let mut given = cases.contract.resource(entity).create.iter();
    let member = given.find(|member| member.property.source == source)?;
    let is_guarded = cases.contract.plan.field(entity, source, FieldAccess::Write).is_some();
    if stock::is_plentiful(cases.stocks, entity, id) {
        return None;
    }
    let values = stock::few(cases, entity, id).unwrap_or_else(|| few(scalar, MOST));
    (!is_guarded && is_free(cases, entity, id) && !values.is_empty()).then(|| (member.property.wire.clone(), values))
}

/// Every value of each beside every value of the others, as far as they are not too many.
fn combined(fields: &[(String, Vec<String>)]) -> Vec<Vec<(String, String)>> {
    let count = fields.iter().fold(1, |count: usize, (_, values)| count.saturating_mul(values.len())).min(MOST);
    let turn = |number: usize| {
        let mut rest = number;
        let member = |(wire, values): &(String, Vec<String>)| {
            let (turn, others) = (rest % values.len(), rest / values.len());
            rest = others;
            (wire.clone(), values[turn].clone())
        };
        fields.iter().map(member).collect()
    };
    (0..count).map(turn).collect()
}

/// Whether no test could store a few rows of which these facts hold.
pub(super) fn is_alone(cases: Cases, entity: EntityId, facts: &KnownFacts) -> bool {
    !is_account(cases.model, entity) && !are_there(cases, entity, facts, SOME)
}

/// Whether there can be the rows that one test needs to refer to, which are made for the row that is stored and again
/// for the body.
pub(super) fn can_refer_twice(cases: Cases, entity: EntityId) -> bool {
    refer(cases, entity, 2)
}

/// Whether there can be so many rows, and those that they need to refer to.
fn are_there(cases: Cases, entity: EntityId, facts: &KnownFacts, wanted: usize) -> bool {
    let in_set = |set: &Vec<FieldId>| {
        let is_null = |id: &FieldId| {
            facts.nulls.contains(id) || !facts.says(*id) && null_by_themselves(cases, entity).contains(id)
        };
        let unsaid = set.iter().filter(|id| !facts.says(**id));
        let turns = unsaid.map(|id| match by_turns(cases, entity, *id) {
            Some((_, values)) => values.len(),
            None if stock::is_plentiful(cases.stocks, entity, *id) => usize::MAX,
            None => 1,
        });
        let is_reference = |id: &FieldId| cases.model.entity(entity).field(*id).reference().is_some();
        set.iter().any(|id| is_null(id) || is_reference(id)) || turns.fold(1, usize::saturating_mul) >= wanted
    };
    let named = facts.at.iter().filter_map(|(field, at)| {
        let reference = cases.model.entity(entity).field(*field).reference()?;
        Some((reference.to, at)).filter(|(to, _)| !is_account(cases.model, *to))
    });
    sets(cases, entity).iter().all(in_set)
        && named.into_iter().all(|(to, at)| are_there(cases, to, at, wanted))
        && refer(cases, entity, wanted)
}

/// Whether there can be the rows that so many need to refer to.
fn refer(cases: Cases, entity: EntityId, wanted: usize) -> bool {
    if !cases.needy.contains(&entity) {
        return true;
    }
    let needed = cases.contract.resource(entity).create.iter().filter(|member| member.required);
    let needed: Vec<EntityId> =
        needed.filter_map(|member| member.refers_to).filter(|to| !is_account(cases.model, *to)).collect();
    let are_there_of = |to: &EntityId| {
        let each = needed.iter().filter(|other| *other == to).count();
        are_there(cases, *to, &cases.readable_row(*to), wanted * each)
    };
    needed.iter().all(are_there_of)
}

/// The references that a new row may not have in common with the one that a test stores before it, because nothing else
/// of a set that no two rows share is another in both.
pub(super) fn apart(cases: Cases, entity: &Entity, case: &Case) -> Vec<FieldId> {
    let row = &case.row;
    let is_given = |id: FieldId| row.says(id) || row.mine.contains(&id) || rows::names(entity, case.verb, row, id);
    let mut turned: Vec<FieldId> = sets(cases, entity.id).concat();
    let is_another =
        |id: &FieldId| stock::is_plentiful(cases.stocks, entity.id, *id) || by_turns(cases, entity.id, *id).is_some();
    turned.retain(is_another);
    let differs = |id: FieldId| match &entity.spec.field(id).ty {
        Type::Scalar(_) => tells_apart(cases, entity, id) || turned.contains(&id),
        Type::Reference(_) => entity.owner().is_none_or(|(owner, _)| owner != id),
        Type::List { .. } | Type::Many(_) => false,
    };
    let mut found = Vec::new();
    for set in entity.spec.unique.iter().filter(|_| case.verb == Verb::Create) {
        let names = |id: &FieldId| row.at.iter().any(|(of, _)| of == id) && !row.mine.contains(id);
        if !set.fields.iter().any(|id| !is_given(*id) && differs(*id)) {
            found.extend(set.fields.iter().copied().find(names).filter(|id| !found.contains(id)));
        }
    }
    found
}

/// Whether no two rows of a test are said to have in common what they may not.
pub(super) fn are_apart(cases: Cases, entity: EntityId, case: &Case) -> bool {
    let mut all = Vec::new();
    collect(cases, entity, &case.row, &mut all);
    if case.verb == Verb::Create {
        // There is a row before the new one.
        collect(cases, entity, &cases.readable_row(entity), &mut all);
    }
    let is_again = |(place, one): (usize, &Taken)| all.iter().skip(place + 1).any(|other| other == one);
    !all.iter().enumerate().any(is_again)
}

/// The values of a set in a row.
type Taken = (EntityId, Vec<FieldId>, Vec<Value>);

/// A value that is the same in each row of which no more is said.
#[derive(PartialEq)]
enum Value {
    Said(Literal),
    /// The one that all rows of tests have by themselves.
    Usual,
}

fn collect(cases: Cases, entity: EntityId, facts: &KnownFacts, all: &mut Vec<Taken>) {
    for set in sets(cases, entity).iter() {
        let values = set.iter().map(|id| taken(cases, entity, *id, facts)).collect::<Option<_>>();
        all.extend(values.map(|values| (entity, set.clone(), values)));
    }
    for (field, at) in &facts.at {
        if let Some(reference) = cases.model.entity(entity).field(*field).reference() {
            collect(cases, reference.to, at, all);
        }
    }
    for (relation, rows) in &facts.related {
        for row in rows.iter().filter(|row| !row.itself) {
            collect(cases, relation.entity(), row, all);
        }
    }
}

/// The value of a field in a row, unless it is null or another in each row.
fn taken(cases: Cases, entity: EntityId, id: FieldId, facts: &KnownFacts) -> Option<Value> {
    if let Some(value) = facts.said(id) {
        return Some(Value::Said(value.clone()));
    }
    let is_scalar = matches!(cases.model.entity(entity).field(id).ty, Type::Scalar(_));
    let is_another = facts.says(id)
        || null_by_themselves(cases, entity).contains(&id)
        || stock::is_plentiful(cases.stocks, entity, id)
        || by_turns(cases, entity, id).is_some()
        || cases.linked.group(entity, id).is_some();
    (is_scalar && !is_another).then_some(Value::Usual)
}
