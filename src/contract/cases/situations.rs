//! Rows that predicates can tell apart.

use crate::contract::{Caller, KnownFacts, Operand, Predicate, RowValues, fit};
use crate::model::{
    Comparison, Entity, EntityId, EntityKind, FieldId, FieldPath, Literal, Model, Range, Relation, Scalar, Type,
};

use super::callers::CallerFacts;
use super::{across, alike, behind, members, values};

/// More rows than this are not listed.
const ROWS_MAX: usize = 24;

/// More combinations than this are not looked at.
const COMBINATIONS_MAX: usize = 4096;

/// More values of one field than this are not looked at for one that no caller holds.
const PLAUSIBLE_MAX: usize = 6;

/// As many rows as there are.
const ANY_NUMBER: Range<u32> = Range { min: 0, max: u32::MAX };

/// What rows are made for.
pub(super) struct Situations<'m> {
    pub(super) model: &'m Model,
    /// What every caller holds.
    pub(super) of_caller: &'m CallerFacts,
}

/// The ways in which one thing about a row can be, each as the facts that it adds.
pub(super) type Ways = Vec<KnownFacts>;

impl Situations<'_> {
    /// The rows of an entity that these predicates can tell apart; the owner may always matter.
    pub(super) fn of(&self, entity: EntityId, predicates: &[&Predicate], owner: Option<FieldId>) -> Vec<KnownFacts> {
        self.among(entity, predicates, owner, |_| true)
    }

    /// The same of users who are the caller.
    pub(super) fn of_oneself(&self, user: EntityId, predicates: &[&Predicate]) -> Vec<KnownFacts> {
        self.among(user, predicates, None, |who| who.me)
    }

    /// Those of them who are whom one looks for, where the rows are users.
    fn among(
        &self,
        entity: EntityId,
        predicates: &[&Predicate],
        owner: Option<FieldId>,
        who: impl Fn(&KnownFacts) -> bool,
    ) -> Vec<KnownFacts> {
        let parts: Vec<&Predicate> = predicates.iter().flat_map(|predicate| predicate.parts()).collect();
        let echoes: Vec<&Predicate> = parts.iter().flat_map(|part| echoes(entity, part)).collect();
        let ends: Vec<Predicate> = parts.iter().flat_map(|part| across::ends(self, entity, part)).collect();
        let parts = [parts, echoes, ends.iter().collect()].concat();
        let ways = self.ways(entity, &parts, owner, who);
        let combinations = ways.iter().map(Vec::len).fold(1_usize, usize::saturating_mul);
        let rows: Vec<KnownFacts> =
            (0..combinations.min(COMBINATIONS_MAX)).map(|number| self.combine(entity, &ways, number)).collect();
        let can_be = |row: &KnownFacts| alike::are_apart(self.model, entity, row);
        let rows = if combinations <= ROWS_MAX {
            rows.into_iter().filter(can_be).collect()
        } else {
            telling(&ways, &rows, predicates, can_be)
        };
        let declared = self.model.entity(entity);
        let rows = rows.into_iter().map(|row| across::told_of_all(self.model, entity, row));
        let rows = rows.map(|row| members::agreed(self.model, entity, row, &parts));
        let rows = rows.filter_map(|row| self.of_caller.told(self.model, entity, row));
        rows.filter_map(|row| self.storable(declared, row)).collect()
    }

    /// Everything about a row that the predicates ask for: whose it is, then its values and where it leads.
    fn ways(
        &self,
        entity: EntityId,
        parts: &[&Predicate],
        owner: Option<FieldId>,
        who: impl Fn(&KnownFacts) -> bool,
    ) -> Vec<Ways> {
        let declared = self.model.entity(entity);
        let mut ways = Vec::new();
        if declared.kind == EntityKind::User {
            ways.push([KnownFacts::default(), me(declared)].into_iter().filter(who).collect());
        }
        let (people, others): (Vec<FieldId>, Vec<FieldId>) =
            fields(parts, owner).into_iter().partition(|field| self.is_person(declared, *field, parts, owner));
        ways.extend(people.into_iter().map(|field| self.of_field(declared, field, parts, true)));
        let (told, others): (Vec<FieldId>, Vec<FieldId>) =
            others.into_iter().partition(|field| behind::is_told(self, entity, *field));
        ways.extend(others.into_iter().map(|field| self.of_field(declared, field, parts, false)));
        let told = told.into_iter().map(|field| self.of_field(declared, field, parts, false));
        ways.extend(behind::joined(self, entity, told.collect()));
        if let Some(owner) = owner {
            ways.iter_mut().flatten().for_each(|way| way.another.retain(|field| *field != owner));
        }
        ways.extend(relations(parts).into_iter().map(|relation| self.of_relation(entity, relation, parts)));
        ways.into_iter().filter(|ways| !ways.is_empty()).collect()
    }

    fn is_person(&self, declared: &Entity, field: FieldId, parts: &[&Predicate], owner: Option<FieldId>) -> bool {
        let to = declared.field(field).reference().map(|reference| reference.to);
        let asked = |part: &&Predicate| match part {
            Predicate::Mine(of) | Predicate::Another(of) => *of == field,
            part => across::is_of(part, field),
        };
        to.is_some_and(|to| self.model.entity(to).kind == EntityKind::User)
            && (owner == Some(field) || parts.iter().any(asked))
    }

    fn of_field(&self, declared: &Entity, id: FieldId, parts: &[&Predicate], is_person: bool) -> Ways {
        let field = declared.field(id);
        let with_null = field.nullable && parts.iter().any(|part| minds_null(part, id));
        let null = with_null.then(|| KnownFacts { nulls: vec![id], ..KnownFacts::default() });
        let rest = match &field.ty {
            Type::Reference(reference) => self.of_reference(reference.to, id, parts, is_person),
            Type::Scalar(scalar) if *scalar != Scalar::Json => {
                let with = |value| KnownFacts { values: vec![(id, value)], ..KnownFacts::default() };
                let values = self.values(declared, id, scalar, parts);
                if values.is_empty() { vec![KnownFacts::default()] } else { values.into_iter().map(with).collect() }
            }
            Type::Scalar(_) | Type::List { .. } | Type::Many(_) => vec![KnownFacts::default()],
        };
        rest.into_iter().chain(null).collect()
    }

    fn of_reference(&self, to: EntityId, id: FieldId, parts: &[&Predicate], is_person: bool) -> Ways {
        let inner: Vec<&Predicate> = parts
            .iter()
            .filter_map(|part| match part {
                Predicate::At(field, inner) if *field == id => Some(inner.as_ref()),
                _ => None,
            })
            .collect();
        let is_user = self.model.entity(to).kind == EntityKind::User;
        let is_compared = parts.iter().any(|part| across::is_of(part, id));
        let mut ways: Ways = if inner.is_empty() {
            let another = if is_user && !is_compared { vec![id] } else { Vec::new() };
            vec![KnownFacts { another, ..KnownFacts::default() }]
        } else {
            let at = |facts| KnownFacts { at: vec![(id, facts)], ..KnownFacts::default() };
            let rows = self.of(to, &inner, None).into_iter();
            rows.filter(|facts| !facts.me).take(ROWS_MAX / 2).map(at).collect()
        };
        if is_compared {
            ways = across::told_apart(&ways, id, parts);
        } else if !is_user && parts.iter().any(|part| is_unlike_callers(part, id)) {
            ways = ways.into_iter().map(|way| KnownFacts { apart: vec![id], ..way }).collect();
        }
        if is_person || (is_user && !inner.is_empty()) {
            let values = self.of_caller.own().map(|(field, literal)| (field, literal.clone())).collect();
            let me = KnownFacts { values, at: self.of_caller.leads(), ..me(self.model.entity(to)) };
            let at = if inner.is_empty() { Vec::new() } else { vec![(id, me)] };
            ways.push(KnownFacts { mine: vec![id], at, ..KnownFacts::default() });
        }
        for part in parts {
            if let Predicate::Compare(field, _, Operand::Caller(of_caller)) = part
                && *field == id
            {
                ways.push(KnownFacts { shared: vec![(id, of_caller.clone())], ..KnownFacts::default() });
            }
        }
        distinct(ways)
    }

    /// The values of a field on either side of all that it is compared with.
    fn values(&self, declared: &Entity, id: FieldId, scalar: &Scalar, parts: &[&Predicate]) -> Vec<Literal> {
        let mut values: Vec<Literal> = Vec::new();
        let mut add = |literal: Literal| {
            if values::fits(scalar, &literal) && !values.contains(&literal) {
                values.push(literal);
            }
        };
        for part in parts {
            let Predicate::Compare(field, _, operand) = part else { continue };
            match operand {
                Operand::Field(other) if *field == id || *other == id => {
                    let first = *field.min(other);
                    let Type::Scalar(of_first) = &declared.field(first).ty else { continue };
                    (0..2).for_each(|number| add(values::plausible(declared, first, of_first, number)));
                }
                _ if *field != id => {}
                Operand::Literal(literal) => {
                    values::around(declared, id, scalar, literal).into_iter().for_each(&mut add);
                }
                Operand::Caller(of_caller) => {
                    let known = self.of_caller.value(of_caller);
                    let near = known.map(|literal| values::around(declared, id, scalar, literal));
                    near.into_iter().flatten().for_each(&mut add);
                }
                Operand::Field(_) => {}
            }
        }
        // Most rows are none of those behind the caller.
        let is_held = |literal: &Literal| self.of_caller.values.iter().any(|(_, held)| held == literal);
        if declared.field(id).unique && !values.is_empty() && values.iter().all(is_held) {
            let mut plausible = (0..PLAUSIBLE_MAX).map(|number| values::plausible(declared, id, scalar, number));
            values.extend(plausible.find(|literal| !is_held(literal)));
        }
        match values::all(scalar) {
            Some(all) if !values.is_empty() => all,
            _ => values,
        }
    }

    /// No row, one that satisfies what is asked, and rows that together would satisfy it but none of them alone.
    fn of_relation(&self, of: EntityId, relation: Relation, parts: &[&Predicate]) -> Ways {
        let entity = relation.entity();
        let inner: Vec<&Predicate> = parts
            .iter()
            .filter_map(|part| match part {
                Predicate::Some(other, inner) if *other == relation => Some(inner.as_ref()),
                _ => None,
            })
            .collect();
        let rows = self.of(entity, &inner, None);
        let count = self.count(of, relation);
        let one_only = count.max == 1;
        let mut sets: Vec<Vec<KnownFacts>> = vec![Vec::new()];
        for predicate in &inner {
            let holds = |row: &&KnownFacts| predicate.holds(&USER, *row);
            sets.extend(rows.iter().filter(holds).map(|row| vec![row.clone()]));
            let nearly = |mine: bool| {
                let failing = rows.iter().rev().filter(|row| !holds(row) && row.needs_user() == mine);
                let truths =
                    |row: &&KnownFacts| predicate.parts().iter().filter(|part| part.holds(&USER, *row)).count();
                failing.max_by_key(truths).cloned()
            };
            let together: Vec<KnownFacts> = [nearly(true), nearly(false)].into_iter().flatten().collect();
            if one_only { sets.extend(together.into_iter().map(|row| vec![row])) } else { sets.push(together) }
        }
        let other = rows.iter().find(|row| !row.me && !inner.iter().any(|predicate| predicate.holds(&USER, *row)));
        let enough = |set| filled(set, count.min as usize, other);
        let with = |rows| KnownFacts { related: vec![(relation, rows)], ..KnownFacts::default() };
        distinct(sets.into_iter().filter_map(enough).collect()).into_iter().map(with).collect()
    }

    /// How many rows a relation of an entity's may lead to.
    fn count(&self, of: EntityId, relation: Relation) -> Range<u32> {
        match relation {
            Relation::Referring { entity, by, .. } if self.model.entity(entity).field(by).unique => {
                Range { min: 0, max: 1 }
            }
            Relation::InSet { field, .. } => match &self.model.entity(of).field(field).ty {
                Type::Many(many) => many.count,
                Type::Scalar(_) | Type::List { .. } | Type::Reference(_) => ANY_NUMBER,
            },
            Relation::Referring { .. } | Relation::Having { .. } => ANY_NUMBER,
        }
    }

    /// The row with values beside those that matter, where checks look at both; `None` where no row can be so.
    fn storable(&self, entity: &Entity, row: KnownFacts) -> Option<KnownFacts> {
        let lent = entity.fields().filter_map(|(id, field)| {
            let (through, from) = field.copied()?;
            let by = entity.field(through);
            let is_named = !by.nullable || entity.owner_field() == Some(through);
            let is_of_user = self.model.entity(by.reference()?.to).kind == EntityKind::User;
            let known = self.of_caller.value(&FieldPath::own(from)).filter(|_| is_of_user && is_named);
            known.map(|literal| (id, Some(literal.clone())))
        });
        // What users hold already no row needs to have them hold.
        let lent: RowValues = lent.collect();
        let with_lent = if lent.is_empty() { None } else { storable(entity, row.clone(), lent) };
        with_lent.or_else(|| storable(entity, row, RowValues::new()))
    }

    fn combine(&self, entity: EntityId, ways: &[Ways], number: usize) -> KnownFacts {
        let first = KnownFacts { of_caller: self.of_caller.values.clone(), ..KnownFacts::default() };
        let indices = indices(ways, number);
        let facts = ways.iter().zip(indices).fold(first, |facts, (ways, index)| merged(facts, &ways[index]));
        among_related(entity, facts)
    }
}

/// The same where rows hold what is usual unless something else is known of them.
fn storable(entity: &Entity, mut row: KnownFacts, usual: RowValues) -> Option<KnownFacts> {
    let copied = entity.fields().filter_map(|(id, field)| {
        let (through, from) = field.copied()?;
        let (_, at) = row.at.iter().find(|(of, _)| *of == through)?;
        Some((id, at.row_values().remove(&from)?))
    });
    let known = row.row_values();
    let fixed: RowValues = copied.chain(known.clone()).collect();
    let mut checked = fit::in_checks(entity).into_iter();
    if !checked.any(|field| fixed.contains_key(&field)) {
        return Some(row);
    }
    let with_usual = usual.into_iter().chain(fixed.clone()).collect();
    let values = fit::fitting(entity, &with_usual, &|_| Vec::new())?;
    let beside = fit::beside(entity, fixed.keys().copied());
    let is_known = |id: &FieldId| known.contains_key(id) || entity.field(*id).is_told_by_clock();
    let added: RowValues = values.into_iter().filter(|(id, _)| beside.contains(id) && !is_known(id)).collect();
    for (field, value) in added {
        row.say(field, value);
    }
    Some(row)
}

/// For each grant a row in which it holds and as little else as possible, and the rows next to it.
fn telling(
    ways: &[Ways],
    rows: &[KnownFacts],
    predicates: &[&Predicate],
    can_be: impl Fn(&KnownFacts) -> bool,
) -> Vec<KnownFacts> {
    let grants: Vec<&Predicate> = predicates.iter().flat_map(|predicate| grants(predicate)).collect();
    let mut bases: Vec<usize> = Vec::new();
    for grant in &grants {
        let others = |number: &usize| grants.iter().filter(|other| other.holds(&USER, &rows[*number])).count();
        let holds = |number: &usize| grant.holds(&USER, &rows[*number]) && can_be(&rows[*number]);
        let base = (0..rows.len()).filter(holds).min_by_key(others);
        bases.extend(base.filter(|base| !bases.contains(base)));
    }
    if bases.is_empty() {
        bases.push(0);
    }
    let next = bases.iter().flat_map(|base| beside(ways, *base)).filter(|number| *number < rows.len());
    let mut told: Vec<KnownFacts> = Vec::new();
    for number in bases.iter().copied().chain(next) {
        if told.len() < ROWS_MAX && !told.contains(&rows[number]) && can_be(&rows[number]) {
            told.push(rows[number].clone());
        }
    }
    told
}

/// The combinations that differ from one in one of their ways.
fn beside(ways: &[Ways], number: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut weight = 1;
    for (ways, index) in ways.iter().zip(indices(ways, number)).rev() {
        found.extend(
            (0..ways.len()).filter(|other| *other != index).map(|other| number - index * weight + other * weight),
        );
        weight *= ways.len();
    }
    found
}

/// A set with as many rows as there must be: those that are wanting are like another one.
fn filled(mut set: Vec<KnownFacts>, least: usize, other: Option<&KnownFacts>) -> Option<Vec<KnownFacts>> {
    if set.len() < least {
        set.resize(least, other?.clone());
    }
    Some(set)
}

/// What is asked of the row itself because it is among the rows that belong to one it leads to.
fn echoes<'p>(entity: EntityId, part: &'p Predicate) -> Vec<&'p Predicate> {
    let (inner, leads_back): (_, Box<dyn Fn(Relation) -> bool>) = match part {
        Predicate::At(field, inner) => (inner, Box::new(|back| refers_back(entity, *field, back))),
        Predicate::Some(relation, inner) => (inner, Box::new(|back| back.is_inverse_of(*relation, entity))),
        _ => return Vec::new(),
    };
    let echo = |part: &'p Predicate| match part {
        Predicate::Some(relation, asked) if leads_back(*relation) => asked.parts(),
        _ => Vec::new(),
    };
    inner.parts().into_iter().flat_map(echo).collect()
}

/// Whether a relation of the row that a reference names leads to the rows that refer to it so.
fn refers_back(entity: EntityId, reference: FieldId, back: Relation) -> bool {
    matches!(back, Relation::Referring { entity: of, by, .. } if of == entity && by == reference)
}

/// A row that refers to another is among the rows that refer to that, and the same with sets.
fn among_related(entity: EntityId, mut facts: KnownFacts) -> KnownFacts {
    let own = KnownFacts { itself: true, at: Vec::new(), related: Vec::new(), ..facts.clone() };
    let add = |other: &mut KnownFacts, leads_back: &dyn Fn(Relation) -> bool| {
        let back = other.related.iter_mut().filter(|(back, _)| leads_back(*back));
        back.for_each(|(_, rows)| rows.push(own.clone()));
    };
    for (field, at) in &mut facts.at {
        add(at, &|back| refers_back(entity, *field, back));
    }
    for (relation, rows) in &mut facts.related {
        for row in rows {
            add(row, &|back| back.is_inverse_of(*relation, entity));
        }
    }
    facts
}

fn distinct<T: PartialEq>(all: Vec<T>) -> Vec<T> {
    let mut distinct: Vec<T> = Vec::new();
    for one in all {
        if !distinct.contains(&one) {
            distinct.push(one);
        }
    }
    distinct
}

/// A user without a role, who has what rules grant by rows alone.
const USER: Caller = Caller::User { role: None };

/// The place of a combination in each of its ways; the last varies fastest.
fn indices(ways: &[Ways], number: usize) -> Vec<usize> {
    let mut rest = number;
    let mut indices: Vec<usize> = ways
        .iter()
        .rev()
        .map(|ways| {
            let index = rest % ways.len();
            rest /= ways.len();
            index
        })
        .collect();
    indices.reverse();
    indices
}

pub(super) fn merged(mut facts: KnownFacts, more: &KnownFacts) -> KnownFacts {
    facts.me |= more.me;
    facts.mine.extend(more.mine.iter().copied());
    facts.another.extend(more.another.iter().copied());
    facts.same.extend(more.same.iter().copied());
    facts.apart.extend(more.apart.iter().copied());
    facts.values.extend(more.values.iter().cloned());
    facts.nulls.extend(more.nulls.iter().copied());
    let known: Vec<FieldId> = facts.shared.iter().map(|(field, _)| *field).collect();
    facts.shared.extend(more.shared.iter().filter(|(field, _)| !known.contains(field)).cloned());
    facts.behind.extend(more.behind.iter().cloned());
    facts.at.extend(more.at.iter().cloned());
    facts.related.extend(more.related.iter().cloned());
    facts
}

/// The parts of which one suffices.
fn grants(predicate: &Predicate) -> Vec<&Predicate> {
    match predicate {
        Predicate::Any(parts) => parts.iter().filter(|part| part.reads_row()).collect(),
        other => vec![other],
    }
}

/// The fields that predicates ask for, and the owner, in order.
fn fields(predicates: &[&Predicate], owner: Option<FieldId>) -> Vec<FieldId> {
    let mut fields: Vec<FieldId> = predicates.iter().flat_map(|predicate| predicate.fields()).chain(owner).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

fn relations(parts: &[&Predicate]) -> Vec<Relation> {
    let relation = |part: &&Predicate| if let Predicate::Some(relation, _) = part { Some(*relation) } else { None };
    let mut relations: Vec<Relation> = parts.iter().filter_map(relation).collect();
    relations.sort_unstable();
    relations.dedup();
    relations
}

/// Whether a predicate asks that a reference names another row than one behind the caller.
fn is_unlike_callers(part: &Predicate, reference: FieldId) -> bool {
    matches!(part, Predicate::Compare(field, Comparison::NotEqual, Operand::Caller(_)) if *field == reference)
}

/// Whether a predicate may say something else of a field that is null.
fn minds_null(part: &Predicate, id: FieldId) -> bool {
    match part {
        Predicate::Null(field) | Predicate::Present(field) | Predicate::Another(field) | Predicate::At(field, _) => {
            *field == id
        }
        Predicate::Compare(field, _, operand) => *field == id || *operand == Operand::Field(id),
        _ => false,
    }
}

/// The caller's own row.
fn me(user: &Entity) -> KnownFacts {
    let references = user.fields().filter(|(_, field)| field.reference().is_some());
    let shared = references.map(|(id, _)| (id, FieldPath::own(id))).collect();
    KnownFacts { me: true, shared, ..KnownFacts::default() }
}
