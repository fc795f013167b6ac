//! Tests of what users change of themselves along arrows, where no other test sees it.

use crate::code::TsString;
use crate::contract::{Caller, KnownFacts, MoveVerdict, in_checks};
use crate::model::{FieldId, Literal, RoleId, Scalar, Type};
use crate::targets::Input;
use crate::targets::express::entity::Entity;

/// Each arrow for somebody who may take it and for somebody who may not, and from each value one change that there is
/// no arrow for.
pub(super) fn cases(input: &Input, user: &Entity) -> Vec<String> {
    let checked = in_checks(user.spec);
    let fields = user.spec.transitions.iter().map(|transitions| transitions.field);
    fields.filter(|field| !checked.contains(field)).flat_map(|field| of_field(input, user, field)).collect()
}

fn of_field(input: &Input, user: &Entity, field: FieldId) -> Vec<String> {
    let Type::Scalar(Scalar::Enum(values)) = &user.spec.field(field).ty else { return Vec::new() };
    let roles = (0..input.model.roles().len()).map(|role| Some(RoleId(role)));
    let roles: Vec<Option<RoleId>> = std::iter::once(None).chain(roles).collect();
    let mut found = Vec::new();
    for from in values {
        let mut has_impossible = false;
        for to in values.iter().filter(|to| *to != from) {
            let mut seen: Vec<MoveVerdict> = Vec::new();
            for role in &roles {
                let verdict = verdict(input, user, field, (from, to), *role);
                let is_told = seen.contains(&verdict) || verdict == MoveVerdict::Impossible && has_impossible;
                if !is_told {
                    found.push(case(input, user, field, (from, to), *role, verdict));
                    has_impossible |= verdict == MoveVerdict::Impossible;
                }
                seen.push(verdict);
            }
        }
    }
    found
}

fn verdict(
    input: &Input,
    user: &Entity,
    field: FieldId,
    (from, to): (&str, &str),
    role: Option<RoleId>,
) -> MoveVerdict {
    let values = vec![(field, Literal::Enum(from.to_owned()))];
    let row = KnownFacts { me: true, values, ..KnownFacts::default() };
    input.contract.plan.moves_to((user.id, field), (from, to), &Caller::User { role }, &row)
}

fn case(
    input: &Input,
    user: &Entity,
    field: FieldId,
    (from, to): (&str, &str),
    role: Option<RoleId>,
    verdict: MoveVerdict,
) -> String {
    let mut guards = input.contract.plan.moves_of(user.id);
    let guard = guards.find(|guard| guard.field == field && guard.from == from && guard.to == to);
    let guard = guard.map_or_else(|| "no arrow".to_owned(), |guard| format!("[{}]", guard.id));
    let role = role.map(|role| input.model.roles()[role.0].name.snake());
    let role = role.map_or_else(|| "null".to_owned(), |role| TsString::from(role).to_string());
    let (status, code) = match verdict {
        MoveVerdict::Permitted => (200, "undefined"),
        MoveVerdict::Forbidden => (403, "\"forbidden\""),
        MoveVerdict::Impossible => (409, "\"transition\""),
    };
    let wire = &user.spec.field(field).wire;
    let [from, to, guard] = [from, to, &guard].map(TsString::from);
    format!(
        "{{ guard: {guard}, role: {role}, given: {{ {wire}: {from} }}, body: {{ {wire}: {to} }}, status: {status}, code: {code} }}"
    )
}
