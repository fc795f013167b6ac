//! What callers hold that access rules compare with, and that rows copy from them.

use crate::contract::{Contract, KnownFacts, Operand, Predicate};
use crate::model::{Comparison, EntityId, EntityKind, FieldId, FieldPath, Literal, Model, Scalar, Type};

use super::{across, behind, lent, members, values};

/// More values of one field than this are not looked at.
const NUMBERS_MAX: usize = 4;

/// What every caller holds in all situations, so that rows can be made to fit or not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CallerFacts {
    /// What fields hold: the caller's own, and those of rows that the caller's references lead to.
    pub values: Vec<(FieldPath, Literal)>,
    /// The references of such rows that rows are compared with, and those of callers that have to name something because
    /// rows that name another one are asked for.
    pub references: Vec<FieldPath>,
    /// The fields behind callers that rules compare with the same field of other rows, where only the row behind the
    /// caller holds what it does.
    pub of_one_row: Vec<(EntityId, FieldPath)>,
}

impl CallerFacts {
    /// Those that the rules of a contract ask for.
    pub fn of(model: &Model, contract: &Contract) -> Self {
        let Some(auth) = &model.auth else { return Self::default() };
        let mut paths: Vec<FieldPath> = Vec::new();
        let mut named: Vec<FieldPath> = Vec::new();
        for (entity, predicate) in contract.plan.predicates() {
            asked(model, entity, predicate, &mut paths);
            predicate.each(model, entity, &mut |_, part| named.extend(unlike(part)));
        }
        paths.sort_unstable();
        paths.dedup();
        let mut facts = Self { of_one_row: behind::of_one_row(model, contract), ..Self::default() };
        for path in paths {
            let Some((entity, field)) = model.along(auth.user, &path).last() else { continue };
            let declared = model.entity(entity);
            match &declared.field(field).ty {
                Type::Scalar(Scalar::Json) | Type::List { .. } | Type::Many(_) => {}
                Type::Scalar(scalar) => {
                    let plausible = |number| values::plausible(declared, field, scalar, number);
                    // What lies behind a caller is told apart from all else, where there are enough values.
                    let is_known = |literal: &Literal| facts.values.iter().any(|(_, known)| known == literal);
                    let numbers = if path.leads_on() { 0..NUMBERS_MAX } else { 0..1 };
                    let value = numbers.map(plausible).find(|literal| !is_known(literal));
                    facts.values.push((path, value.unwrap_or_else(|| plausible(0))));
                }
                Type::Reference(_) => {
                    let is_named = path.leads_on() || declared.field(field).nullable && named.contains(&path);
                    facts.references.extend(is_named.then_some(path));
                }
            }
        }
        let known: Vec<(FieldId, Literal)> = facts.own().map(|(id, value)| (id, value.clone())).collect();
        let lent = lent::by_users((model, contract), auth.user, &known).into_iter();
        facts.values.extend(lent.map(|(id, value)| (FieldPath::own(id), value)));
        facts
    }

    /// What the fields of callers themselves hold.
    pub fn own(&self) -> impl Iterator<Item = (FieldId, &Literal)> {
        self.values.iter().filter(|(path, _)| !path.leads_on()).map(|(path, literal)| (path.field, literal))
    }

    /// What is at the end of a path from the caller.
    pub fn value(&self, path: &FieldPath) -> Option<&Literal> {
        self.values.iter().find(|(of, _)| of == path).map(|(_, literal)| literal)
    }

    /// The rows that references of callers lead to, with what is asked of them.
    pub fn leads(&self) -> Vec<(FieldId, KnownFacts)> {
        let mut caller = KnownFacts::default();
        for (path, literal) in &self.values {
            behind(&mut caller, &path.references).values.push((path.field, literal.clone()));
        }
        for path in &self.references {
            let named = [path.references.as_slice(), &[path.field]].concat();
            behind(&mut caller, &named);
        }
        caller.at
    }

    /// Whether a reference of callers leads to a row of which something is asked.
    pub fn leads_by(&self, reference: FieldId) -> bool {
        let behind = self.values.iter().map(|(path, _)| path).filter(|path| path.leads_on());
        behind.chain(&self.references).any(|path| path.begin() == reference)
    }

    /// Whether any does.
    pub fn lead(&self) -> bool {
        !self.references.is_empty() || self.values.iter().any(|(path, _)| path.leads_on())
    }

    /// What is known of the row that a path of references leads to; `None` where nothing is asked of that.
    pub(super) fn behind(&self, path: &FieldPath) -> Option<KnownFacts> {
        let mut row = KnownFacts { at: self.leads(), ..KnownFacts::default() };
        for reference in path.references.iter().chain([&path.field]) {
            row = row.at.into_iter().find(|(of, _)| of == reference)?.1;
        }
        (row != KnownFacts::default()).then_some(row)
    }

    /// A row with all around it, told what is known of callers: whoever is the caller or has the caller among its members
    /// is as the rules look for it behind callers. `None` where it is told otherwise.
    pub(super) fn told(&self, model: &Model, entity: EntityId, mut row: KnownFacts) -> Option<KnownFacts> {
        let leads = self.leads();
        if leads.is_empty() {
            return Some(row);
        }
        if row.me && model.entity(entity).kind == EntityKind::User {
            for (field, lead) in &leads {
                if row.nulls.contains(field) {
                    return None;
                }
                let at = named(&mut row, *field);
                agree(at, lead, &FieldPath::own(*field))?;
            }
        }
        for (field, path) in row.shared.clone() {
            if let (Some(lead), false) = (self.behind(&path), row.me) {
                agree(named(&mut row, field), &lead, &path)?;
            }
        }
        let referred = row.related.iter().filter(|(_, rows)| rows.iter().any(|row| row.me));
        let by: Vec<FieldId> = referred.filter_map(|(relation, _)| members::of_caller(model, *relation)).collect();
        for (field, lead) in leads.iter().filter(|(field, _)| by.contains(field)) {
            agree(&mut row, lead, &FieldPath::own(*field))?;
        }
        behind::tell(model, self, entity, &mut row)?;
        for (field, at) in &mut row.at {
            let to = model.entity(entity).field(*field).reference().map_or(entity, |reference| reference.to);
            *at = self.told(model, to, at.clone())?;
        }
        behind::share(model, self, &mut row);
        for (relation, rows) in &mut row.related {
            for row in rows.iter_mut().filter(|row| !row.itself && !row.me) {
                *row = self.told(model, relation.entity(), row.clone())?;
            }
        }
        behind::tell_of_referring(self, &mut row)?;
        Some(row)
    }
}

/// What is known of the row that a reference names.
fn named(row: &mut KnownFacts, reference: FieldId) -> &mut KnownFacts {
    let place = row.at.iter().position(|(of, _)| *of == reference).unwrap_or_else(|| {
        row.at.push((reference, KnownFacts::default()));
        row.at.len() - 1
    });
    &mut row.at[place].1
}

/// What is known of the row at the end of some references.
fn behind<'f>(row: &'f mut KnownFacts, references: &[FieldId]) -> &'f mut KnownFacts {
    references.iter().fold(row, |row, reference| named(row, *reference))
}

/// Tells a row all that is known of the one behind the caller, at this path; `None` where it is known otherwise.
pub(super) fn agree(row: &mut KnownFacts, lead: &KnownFacts, path: &FieldPath) -> Option<()> {
    for (field, literal) in &lead.values {
        row.agree(*field, literal)?;
    }
    for (reference, at) in &lead.at {
        let path = path.then(*reference);
        if row.nulls.contains(reference) {
            return None;
        }
        if *at != KnownFacts::default() {
            agree(named(row, *reference), at, &path)?;
        }
        let is_told = row.shared.iter().any(|(of, _)| of == reference);
        row.shared.extend((!is_told).then_some((*reference, path)));
    }
    Some(())
}

/// What of the caller a part asks a row not to name as well.
fn unlike(part: &Predicate) -> Option<FieldPath> {
    match part {
        Predicate::Compare(_, Comparison::NotEqual, Operand::Caller(of_caller)) => Some(of_caller.clone()),
        _ => None,
    }
}

/// The paths from callers that a predicate asks for, and the fields of users.
fn asked(model: &Model, entity: EntityId, predicate: &Predicate, paths: &mut Vec<FieldPath>) {
    predicate.each(model, entity, &mut |entity, part| match part {
        Predicate::Compare(field, _, operand) => {
            let of_user = model.entity(entity).kind == EntityKind::User;
            paths.extend(of_user.then_some(FieldPath::own(*field)));
            match operand {
                Operand::Caller(of_caller) => paths.push(of_caller.clone()),
                Operand::Field(other) => paths.extend(of_user.then_some(FieldPath::own(*other))),
                Operand::Literal(_) => {}
            }
        }
        Predicate::Across(left, _, right) => {
            let ends = [left, right].into_iter().filter_map(|path| across::of_user(model, entity, path));
            paths.extend(ends.map(FieldPath::own));
        }
        _ => {}
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::contract::fixtures::resolved;

    const SPEC: &str = "backsmith: 1\nname: teams\nframework: express\nauth: { roles: staff }\nentities:
  User:
    fields: { team: Team? write(staff), level: integer }
  Team:
    fields: { level: integer, region: Region, members: User[] by team }
    access: { read: members has me and level = 3, write: staff when level = me.team.level }
  Region:
    fields: { title: string }
    access: { read: anyone, write: staff }
  Shop:
    fields: { region: Region, level: integer }
    access: { read: \"region = me.team.region, level = me.level\", write: staff }\n";

    fn known() -> (Model, CallerFacts) {
        let model = resolved(SPEC);
        let known = CallerFacts::of(&model, &crate::features::contract(&model));
        (model, known)
    }

    #[test]
    fn what_lies_behind_callers_is_told_apart_from_what_they_hold() {
        let (_, known) = known();
        let level = FieldPath { references: vec![FieldId(0)], field: FieldId(0) };
        let [own, behind] = [&FieldPath::own(FieldId(1)), &level].map(|path| known.value(path).cloned());
        assert!(own.is_some() && behind.is_some() && own != behind);
        assert_eq!(known.references, [FieldPath { references: vec![FieldId(0)], field: FieldId(1) }]);
        assert!(known.lead() && known.leads_by(FieldId(0)) && !known.leads_by(FieldId(1)));
        let leads = known.leads();
        assert_eq!(leads[0].1.values, [(FieldId(0), behind.unwrap())]);
        assert_eq!(leads[0].1.at, [(FieldId(1), KnownFacts::default())]);
    }

    #[test]
    fn a_row_that_the_caller_refers_to_is_as_rules_look_for_it() {
        let (model, known) = known();
        let team = model.named("Team").unwrap();
        let relation = model.entity(team).other_sides.iter().enumerate().find_map(|(side, _)| {
            let side = crate::model::OtherSideId(side);
            Some(crate::model::Relation::Referring { side, entity: model.auth.as_ref()?.user, by: FieldId(0) })
        });
        let me = KnownFacts { me: true, ..KnownFacts::default() };
        let row = |values| KnownFacts {
            values,
            related: vec![(relation.unwrap(), vec![me.clone()])],
            ..KnownFacts::default()
        };
        let told = known.told(&model, team, row(Vec::new())).unwrap();
        let level = &known.leads()[0].1.values[0].1;
        assert_eq!(told.values, [(FieldId(0), level.clone())]);
        assert_eq!(told.shared, [(FieldId(1), known.references[0].clone())]);
        assert_eq!(known.told(&model, team, row(vec![(FieldId(0), Literal::Integer(-1))])), None);
    }
}
