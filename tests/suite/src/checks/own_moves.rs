//! What users change of themselves along arrows, where rows of users are nobody else's to change.

use backsmith::contract::{AuthAction, Caller, KnownFacts, MoveVerdict, Verb, in_checks};
use backsmith::model::{EntityId, Field, FieldId, Literal, RoleId, Scalar, Type};
use serde_json::{Value as Json, json};

use super::accounts::{Registered, account, register};
use super::own_account::{me_of, offered, update_me};
use crate::scene::starting_values;
use crate::suite::{Found, Suite};
use crate::system::AccountChange;
use crate::values;

pub(super) fn run(suite: &mut Suite) {
    let Ok(user) = account(suite) else { return };
    let has_rows = suite.contract.verb(user, Verb::Patch).is_some();
    if has_rows || !offered(suite).contains(&AuthAction::UpdateMe) {
        return;
    }
    let checked = in_checks(suite.model.entity(user));
    let fields: Vec<FieldId> = suite.model.entity(user).transitions.iter().map(|of| of.field).collect();
    // What depends on other rows is asked in the situations that are made for it.
    let is_own = |field: &FieldId| !checked.contains(field) && !suite.contract.plan.looks_away(user, *field);
    for field in fields.into_iter().filter(is_own).collect::<Vec<_>>() {
        let guards = suite.guards(user, &[]);
        let name = suite.model.entity(user).field(field).name.clone();
        suite.check(&format!("accounts.me.moves.{name}"), guards, |suite| each_role(suite, user, field));
    }
}

fn each_role(suite: &mut Suite, user: EntityId, field: FieldId) -> Found {
    let roles = (0..suite.model.roles().len()).map(|role| Some(RoleId(role)));
    for role in std::iter::once(None).chain(roles) {
        every_move(suite, user, field, role)?;
    }
    Ok(())
}

/// Goes to every value that somebody can come to, and tries from there what leads on and what does not.
fn every_move(suite: &mut Suite, user: EntityId, field: FieldId, role: Option<RoleId>) -> Found {
    let Type::Scalar(Scalar::Enum(values)) = &suite.model.entity(user).field(field).ty else { return Ok(()) };
    let start = starting_values(suite.model, user).remove(&field);
    let start = start.and_then(|value| value.as_str().map(str::to_owned)).ok_or("a state without a beginning")?;
    let mut ways: Vec<Vec<String>> = vec![vec![start]];
    let mut next = 0;
    while let Some(way) = ways.get(next).cloned() {
        next += 1;
        let known = somebody(suite, role)?;
        for to in way.iter().skip(1) {
            tried(suite, &known, field, to, MoveVerdict::Permitted)?;
        }
        let from = way.last().cloned().unwrap_or_default();
        let mut on = Vec::new();
        for to in values {
            let verdict = verdict(suite, user, &known, field, (&from, to), role);
            let leads_on = verdict == MoveVerdict::Permitted && *to != from;
            if leads_on {
                on.push(to.clone());
            } else {
                tried(suite, &known, field, to, verdict)?;
            }
        }
        for to in on {
            // Each arrow is taken once, also where it leads to a value that others lead to.
            let fresh = ways.iter().all(|way| way.last() != Some(&to));
            let longer: Vec<String> = way.iter().cloned().chain([to.clone()]).collect();
            if fresh {
                ways.push(longer);
            } else {
                let known = somebody(suite, role)?;
                for to in longer.iter().skip(1) {
                    tried(suite, &known, field, to, MoveVerdict::Permitted)?;
                }
            }
        }
    }
    Ok(())
}

/// A new user with a role.
fn somebody(suite: &mut Suite, role: Option<RoleId>) -> Found<Registered> {
    let known = register(suite, "correct horse")?;
    let role = role.map(|role| suite.model.roles()[role.0].name.snake().to_owned());
    let change = AccountChange::Role(role);
    suite.system.change_account(known.id(), &change).map_err(|failure| failure.to_string())?;
    Ok(known)
}

fn tried(suite: &mut Suite, known: &Registered, field: FieldId, to: &str, verdict: MoveVerdict) -> Found {
    let wire = suite.model.entity(account(suite)?).field(field).wire.clone();
    let before = me_of(suite, known)?;
    let request = update_me(suite, known, &json!({ wire.as_str(): to }));
    match verdict {
        MoveVerdict::Permitted => {
            let data = suite.expect(&request, 200)?.json().unwrap_or_default()["data"].clone();
            if data.get(&wire).is_none_or(|shown| shown == to) { Ok(()) } else { Err(format!("{wire} is {data}")) }
        }
        MoveVerdict::Forbidden => suite.expect_details(&request, 403, &[(&wire, "forbidden")]),
        MoveVerdict::Impossible => suite.expect_details(&request, 409, &[(&wire, "transition")]),
    }?;
    if verdict == MoveVerdict::Permitted || me_of(suite, known)? == before {
        return Ok(());
    }
    Err("a refused move happened".to_owned())
}

fn verdict(
    suite: &Suite,
    user: EntityId,
    known: &Registered,
    field: FieldId,
    (from, to): (&str, &str),
    role: Option<RoleId>,
) -> MoveVerdict {
    let declared = suite.model.entity(user);
    let mut held = starting_values(suite.model, user);
    held.extend(declared.fields().filter_map(|(id, of)| Some((id, known.body.get(&of.wire)?.clone()))));
    let literal = |(id, of): (FieldId, &Field)| match &of.ty {
        Type::Scalar(scalar) if id != field => Some((id, values::literal(scalar, held.get(&id)?)?)),
        _ => None,
    };
    let state = (field, Literal::Enum(from.to_owned()));
    let facts = KnownFacts {
        me: true,
        values: declared.fields().filter_map(literal).chain([state]).collect(),
        nulls: held.iter().filter(|(_, value)| **value == Json::Null).map(|(id, _)| *id).collect(),
        ..KnownFacts::default()
    };
    suite.contract.plan.moves_to((user, field), (from, to), &Caller::User { role }, &facts)
}
