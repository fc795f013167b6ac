//! Users whose values go together, and what is refused because they would not.

use std::collections::BTreeSet;

use backsmith::contract::{Admission, AuthAction, DetailCode, Input, RowValues, breaking, fitting};
use backsmith::model::{EntityId, FieldId, Literal, Model, Type};
use serde_json::{Map, Value as Json, json};

use super::accounts::{account, auth, members, readable, register_with, registration};
use super::copied_accounts::{copied_by, literal};
use super::own_account::update_me;
use crate::scene::{RowId, starting_values};
use crate::suite::{Found, Suite};
use crate::values;

/// What users say of themselves.
type Body = Map<String, Json>;

/// A registration that passes every check.
pub(super) fn fitted(suite: &Suite, user: EntityId, body: &Body) -> Found<Body> {
    judged(suite, user, body, |fixed, wishes| fitting(suite.model.entity(user), fixed, wishes))
        .ok_or_else(|| "no values go together".to_owned())
}

/// A new user is refused whose values do not go together.
pub(super) fn register_unfit(suite: &mut Suite) -> Found {
    let user = account(suite)?;
    for number in 0..suite.model.entity(user).checks.len() {
        let whole = whole(suite, user)?;
        let alone = broken(suite, user, &whole, number);
        let Some(unfit) = alone.or_else(|| broken_by_copies(suite, user, &whole, number)) else { continue };
        let request = auth(suite, AuthAction::Register).json(&unfit.into());
        suite.expect_details(&request, 409, &pairs(&fields(suite, user, number)))?;
    }
    Ok(())
}

/// A registration that breaks a check, and no other.
fn broken(suite: &Suite, user: EntityId, body: &Body, number: usize) -> Option<Body> {
    judged(suite, user, body, |fixed, wishes| breaking(suite.model.entity(user), number, fixed, wishes))
}

/// The same because of what is copied from the rows that it names.
fn broken_by_copies(suite: &Suite, user: EntityId, body: &Body, number: usize) -> Option<Body> {
    let declared = suite.model.entity(user);
    let guard = suite.contract.plan.checks_of(user).nth(number)?;
    let told = members(suite).ok()?;
    let changed: BTreeSet<RowId> = suite.scene.changed().collect();
    let is_usable = |row: &RowId| !suite.id(*row).is_empty() && !changed.contains(row);
    let copied = guard.fields.iter().map(|id| declared.field(*id));
    copied.filter_map(|field| Some((field, field.copied()?.0))).find_map(|(field, through)| {
        let by = declared.field(through);
        let to = told.iter().find(|input| input.property.wire == by.wire)?.refers_to?;
        readable(suite, to).into_iter().filter(is_usable).find_map(|row| {
            let mut body = body.clone();
            body.remove(&field.wire);
            body.insert(by.wire.clone(), json!(suite.id(row)));
            broken(suite, user, &body, number)
        })
    })
}

/// A change after which one's values would not go together is refused, and changes nothing.
pub(super) fn change_unfit(suite: &mut Suite) -> Found {
    let user = account(suite)?;
    let noticed: BTreeSet<FieldId> = suite.contract.plan.noticed(user).into_iter().collect();
    for number in 0..suite.model.entity(user).checks.len() {
        let whole = whole(suite, user)?;
        let whole = fitted(suite, user, &whole)?;
        let declared = suite.model.entity(user);
        let is_free = |id: FieldId| {
            let told = |input: &Input| input.property.wire == declared.field(id).wire;
            let mut free = suite.contract.resource(user).update.iter();
            let writable = free.any(|input| told(input) && input.write == Admission::Anyone);
            writable && declared.moves(id).is_none() && !noticed.contains(&id)
        };
        let unfit = judged(suite, user, &whole, |stored, wishes| {
            let kept = |id: FieldId| Some((id, wishes(id).into_iter().next()?));
            let fixed = declared.fields().filter(|(id, _)| !is_free(*id)).filter_map(|(id, _)| kept(id));
            breaking(declared, number, &stored.clone().into_iter().chain(fixed).collect(), wishes)
        });
        let Some(unfit) = unfit else { continue };
        let known = register_with(suite, whole.clone())?;
        let changes: Body = unfit.into_iter().filter(|(name, value)| whole.get(name) != Some(value)).collect();
        let request = update_me(suite, &known, &changes.into());
        suite.expect_details(&request, 409, &pairs(&fields(suite, user, number)))?;
        if super::own_account::me_of(suite, &known)? != known.session.user {
            return Err("a refused change happened".to_owned());
        }
    }
    Ok(())
}

/// A registration that tells all it may, but for references.
fn whole(suite: &mut Suite, user: EntityId) -> Found<Body> {
    let mut body = registration(suite, "correct horse")?;
    for input in members(suite)?.into_iter().filter(|input| input.refers_to.is_none()) {
        let value = suite.fresh(user, &input);
        body.insert(input.property.wire.clone(), value);
    }
    Ok(body)
}

/// What a new account says of itself, changed so that it passes every check with what it copies, both by their names on
/// the wire; `None` where no values go together.
pub fn going_together(model: &Model, account: &Body, copied: &Body) -> Option<Body> {
    let user = model.auth.as_ref()?.user;
    let declared = model.entity(user);
    let known =
        declared.fields().filter_map(|(id, field)| Some((id, literal(model, user, id, copied.get(&field.wire)?))));
    changed(model, user, (account, &known.collect()), |fixed, wishes| fitting(declared, fixed, wishes))
}

/// The same as a search for values finds it: it is given what the body does not say, and what it does.
fn judged(
    suite: &Suite,
    user: EntityId,
    body: &Body,
    search: impl FnOnce(&RowValues, &dyn Fn(FieldId) -> Vec<Option<Literal>>) -> Option<RowValues>,
) -> Option<Body> {
    changed(suite.model, user, (body, &copied_by(suite, user, body)), search)
}

fn changed(
    model: &Model,
    user: EntityId,
    (body, copied): (&Body, &RowValues),
    search: impl FnOnce(&RowValues, &dyn Fn(FieldId) -> Vec<Option<Literal>>) -> Option<RowValues>,
) -> Option<Body> {
    let declared = model.entity(user);
    let literal = |id: FieldId, value: &Json| literal(model, user, id, value);
    let begins = starting_values(model, user).into_iter();
    let unsaid = begins.filter(|(id, _)| !body.contains_key(&declared.field(*id).wire));
    let begins = unsaid.map(|(id, value)| (id, literal(id, &value)));
    let fixed: RowValues = begins.chain(copied.clone()).collect();
    let wishes = |id: FieldId| {
        let said = body.get(&declared.field(id).wire).map(|value| literal(id, value));
        said.into_iter().collect()
    };
    let mut body = body.clone();
    for (id, value) in search(&fixed, &wishes)? {
        let Type::Scalar(scalar) = &declared.field(id).ty else { continue };
        if let Some(said) = body.get_mut(&declared.field(id).wire) {
            *said = value.map_or(Json::Null, |literal| values::of_literal(&literal, scalar));
        }
    }
    Some(body)
}

/// The fields of a check, as far as anybody knows of them.
fn fields(suite: &Suite, user: EntityId, number: usize) -> Vec<String> {
    let declared = suite.model.entity(user);
    let guard = suite.contract.plan.checks_of(user).nth(number);
    let fields = guard.into_iter().flat_map(|guard| &guard.fields).map(|id| declared.field(*id));
    fields.filter(|field| !field.private).map(|field| field.wire.clone()).collect()
}

fn pairs(fields: &[String]) -> Vec<(&str, &str)> {
    fields.iter().map(|field| (field.as_str(), DetailCode::Check.as_str())).collect()
}
