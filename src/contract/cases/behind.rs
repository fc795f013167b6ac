//! Rows that are compared with one behind the caller by a field of which no two rows have the same value: a row that
//! holds what that one does is that very row.

use crate::contract::{Contract, KnownFacts, Operand, Predicate};
use crate::model::{EntityId, FieldId, FieldPath, Model, Relation, Type};

use super::callers::{CallerFacts, agree};
use super::members;
use super::situations::{Situations, Ways, merged};

/// Whether only the row behind the caller holds what is at the end of a path, of all rows that have a field.
pub fn is_of_one_row(model: &Model, (entity, field): (EntityId, FieldId), path: &FieldPath) -> bool {
    let end = || model.auth.as_ref().and_then(|auth| model.along(auth.user, path).last());
    path.leads_on() && model.entity(entity).field(field).unique && end() == Some((entity, field))
}

/// The fields behind callers that rules compare so, each with the entity of its rows.
pub(super) fn of_one_row(model: &Model, contract: &Contract) -> Vec<(EntityId, FieldPath)> {
    let mut found = Vec::new();
    for (entity, predicate) in contract.plan.predicates() {
        predicate.each(model, entity, &mut |entity, part| {
            let Predicate::Compare(field, _, Operand::Caller(path)) = part else { return };
            let known = (entity, path.clone());
            if is_of_one_row(model, (entity, *field), path) && !found.contains(&known) {
                found.push(known);
            }
        });
    }
    found
}

/// Whether a row that is behind the caller holds in a field what is known of it there.
pub(super) fn is_told(situations: &Situations, entity: EntityId, field: FieldId) -> bool {
    let of_caller = situations.of_caller;
    let places = of_caller.of_one_row.iter().filter(|(of, _)| *of == entity).filter_map(|(_, path)| path.to_row());
    places.into_iter().any(|place| of_caller.value(&place.then(field)).is_some())
}

/// The ways in which such fields can be together: all as behind the caller, or none as there.
pub(super) fn joined(situations: &Situations, entity: EntityId, each: Vec<Ways>) -> Option<Ways> {
    let with = |known: Ways, ways: Ways| {
        known.iter().flat_map(|one| ways.iter().map(|other| merged(one.clone(), other))).collect::<Ways>()
    };
    let all = each.into_iter().reduce(with)?;
    let can_be = |row: &KnownFacts| tell(situations.model, situations.of_caller, entity, &mut row.clone()).is_some();
    Some(all.into_iter().filter(can_be).collect())
}

/// Tells a row that holds what only one behind the caller does all that is known of that one; `None` where it is known
/// otherwise.
pub(super) fn tell(model: &Model, of_caller: &CallerFacts, entity: EntityId, row: &mut KnownFacts) -> Option<()> {
    for (_, path) in of_caller.of_one_row.iter().filter(|(of, _)| *of == entity) {
        let Some(place) = path.to_row() else { continue };
        let is_scalar = matches!(model.entity(entity).field(path.field).ty, Type::Scalar(_));
        let is_that = if is_scalar {
            let value = row.said(path.field);
            value.is_some() && value == of_caller.value(path)
        } else {
            row.shared.contains(&(path.field, path.clone()))
        };
        if !is_that || row.behind.contains(&place) {
            continue;
        }
        // Nobody is behind oneself.
        if row.me {
            return None;
        }
        if let Some(lead) = of_caller.behind(&place) {
            agree(row, &lead, &place)?;
        }
        let by = (!place.leads_on()).then_some(place.field);
        let mut relations = row.related.iter_mut();
        match relations.find(|(relation, _)| by.is_some() && members::of_caller(model, *relation) == by) {
            Some((_, rows)) if rows.iter().any(|row| row.me) => {}
            Some((_, rows)) => rows.push(KnownFacts { me: true, ..KnownFacts::default() }),
            None => row.behind.push(place.clone()),
        }
        // No other row names what it does there, so that this is the row which the caller is led to.
        let is_own =
            |(field, of): &(FieldId, FieldPath)| model.entity(entity).field(*field).unique && *of == place.then(*field);
        row.shared.retain(|shared| !is_own(shared));
    }
    Some(())
}

/// Rows that references name, and of which no more is said than that they are behind the caller: such a reference names
/// the row that one of the caller names.
pub(super) fn share(model: &Model, of_caller: &CallerFacts, row: &mut KnownFacts) {
    let members = row.related.iter().filter(|(_, rows)| rows.iter().any(|row| row.me));
    let members = members.filter_map(|(relation, _)| members::of_caller(model, *relation)).map(FieldPath::own);
    let places: Vec<FieldPath> = row.behind.iter().cloned().chain(members).collect();
    for (field, at) in &mut row.at {
        let Some(place) = at.behind.first().cloned() else { continue };
        let is_told = row.shared.iter().any(|(of, _)| of == field);
        // What the row itself names is there once it is behind the caller.
        if is_told || places.iter().any(|of| of.then(*field) == place) {
            at.behind.clear();
        } else if of_caller.behind(&place).is_some_and(|lead| at.says_no_more_than(&lead)) {
            row.shared.push((*field, place));
            at.behind.clear();
        }
    }
}

/// Tells a row that others refer to, of which some are behind the caller, what is known of the row that those name there:
/// that is this one. `None` where it is known otherwise.
pub(super) fn tell_of_referring(of_caller: &CallerFacts, row: &mut KnownFacts) -> Option<()> {
    let mut places: Vec<FieldPath> = Vec::new();
    for (relation, rows) in &mut row.related {
        let Relation::Referring { by, .. } = relation else { continue };
        for other in rows.iter_mut().filter(|other| !other.behind.is_empty()) {
            other.shared.retain(|(field, _)| field != by);
            other.at.retain(|(field, _)| field != by);
            places.extend(other.behind.iter().map(|place| place.then(*by)));
        }
    }
    for place in places {
        if let Some(lead) = of_caller.behind(&place) {
            agree(row, &lead, &place)?;
        }
        row.behind.retain(|of| *of != place);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::contract::fixtures::resolved;
    use crate::contract::{Caller, Facts, Verb, cases};
    use crate::model::Literal;

    const SPEC: &str = "backsmith: 1\nname: teams\nframework: express\nauth: { roles: admin }\nentities:
  User:
    fields: { team: Team? }
  Team:
    fields: { code: string unique, rank: integer unique, open: boolean, seat: Seat unique }
    access: { read: signed_in, create: admin, update: ROW, delete: signed_in when seat != me.team.seat }
  Seat:
    fields: { title: string }
    access: { read: signed_in, write: admin }
  Player:
    fields: { team: Team }
    access: { read: signed_in, write: NAMED }\n";

    fn rows(of: &str, verb: Verb, (row, named): (&str, &str)) -> (CallerFacts, Vec<KnownFacts>) {
        let text = SPEC.replace("ROW", &format!("\"{row}\"")).replace("NAMED", &format!("\"{named}\""));
        let model = resolved(&text);
        let contract = crate::features::contract(&model);
        let asked = cases(&model, &contract, model.named(of).unwrap()).into_iter().filter(|case| case.verb == verb);
        let asked = asked.filter(|case| case.caller == Caller::User { role: None }).map(|case| case.row);
        (CallerFacts::of(&model, &contract), asked.collect())
    }

    const ROW: (&str, &str) = ("signed_in when code = me.team.code, signed_in when rank < me.team.rank", "admin");

    #[test]
    fn a_row_that_holds_what_only_one_does_is_that_one() {
        let (of_caller, rows) = rows("Team", Verb::Patch, ROW);
        let team = FieldPath::own(FieldId(0));
        let value = |field: usize| of_caller.value(&team.then(FieldId(field))).unwrap();
        let holds = |row: &KnownFacts, field: usize| row.values.contains(&(FieldId(field), value(field).clone()));
        // All that is known of it holds, or nothing.
        let behind: Vec<&KnownFacts> = rows.iter().filter(|row| row.behind == [team.clone()]).collect();
        assert!(!behind.is_empty() && behind.iter().all(|row| holds(row, 0) && holds(row, 1)), "{rows:#?}");
        let others: Vec<&KnownFacts> = rows.iter().filter(|row| row.behind.is_empty()).collect();
        assert!(others.len() > 1 && !others.iter().any(|row| holds(row, 0) || holds(row, 1)), "{rows:#?}");
        // It names its seat by itself, as far as there is no other to name it.
        assert!(behind.iter().all(|row| row.shared.is_empty()), "{rows:#?}");
        let seat = row_value(behind[0], 3);
        assert_eq!(Some(seat), Facts::of_caller(behind[0], &team.then(FieldId(3))));
    }

    fn row_value(row: &KnownFacts, field: usize) -> Literal {
        Facts::value(row, FieldId(field)).unwrap()
    }

    #[test]
    fn a_row_that_is_not_there_yet_is_not_behind_anybody() {
        let (_, rows) = rows("Team", Verb::Create, ROW);
        assert!(!rows.is_empty() && rows.iter().all(|row| row.behind.is_empty()), "{rows:#?}");
    }

    #[test]
    fn a_reference_names_the_row_behind_the_caller_where_no_more_is_said_of_it() {
        let (admin, team) = ("admin", FieldPath::own(FieldId(0)));
        let (_, plain) = rows("Player", Verb::Patch, (admin, "signed_in when team.code = me.team.code"));
        assert!(plain.iter().any(|row| row.shared == [(FieldId(0), team.clone())]), "{plain:#?}");
        assert!(plain.iter().all(|row| row.at.iter().all(|(_, at)| at.behind.is_empty())), "{plain:#?}");
        let also = "signed_in when team.code = me.team.code and team.open = true";
        let (_, rows) = rows("Player", Verb::Patch, (admin, also));
        let led: Vec<&KnownFacts> =
            rows.iter().filter(|row| row.at.iter().any(|(_, at)| at.behind == [team.clone()])).collect();
        assert!(led.len() > 1 && led.iter().all(|row| row.shared.is_empty()), "{rows:#?}");
        assert_eq!(Some(row_value(led[0], 0)), Facts::of_caller(led[0], &team));
    }
}
