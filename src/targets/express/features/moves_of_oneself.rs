//! Tests of what users change of themselves along arrows that look at nothing else, where no other test sees it.

use crate::code::TsString;
use crate::contract::{Admission, Caller, CallerFacts, KnownFacts, Linked, MoveVerdict, Source, in_checks};
use crate::model::{Default, Field, FieldId, FieldPath, Literal, RoleId, Scalar, Type};
use crate::targets::Input;
use crate::targets::express::app::row_values;
use crate::targets::express::entity::Entity;
use crate::targets::express::samples;

/// Each arrow for somebody who may take it and for somebody who may not, and from each value one change that there is
/// no arrow for.
pub(super) fn cases(input: &Input, user: &Entity) -> Vec<String> {
    let checked = in_checks(user.spec);
    let fields = user.spec.transitions.iter().map(|transitions| transitions.field);
    let is_own = |field: &FieldId| !checked.contains(field) && !input.contract.plan.looks_away(user.id, *field);
    fields.filter(is_own).flat_map(|field| of_field(input, user, field)).collect()
}

fn of_field(input: &Input, user: &Entity, field: FieldId) -> Vec<String> {
    let Type::Scalar(Scalar::Enum(values)) = &user.spec.field(field).ty else { return Vec::new() };
    let usual = usual(input, user);
    let roles = (0..input.model.roles().len()).map(|role| Some(RoleId(role)));
    let roles: Vec<Option<RoleId>> = std::iter::once(None).chain(roles).collect();
    let mut found = Vec::new();
    for from in values {
        let mut has_impossible = false;
        for to in values.iter().filter(|to| *to != from) {
            let mut seen: Vec<MoveVerdict> = Vec::new();
            for role in &roles {
                let verdict = verdict(input, user, (field, &usual), (from, to), *role);
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

/// What is true of the users that tests make, as far as it is the same of all.
fn usual(input: &Input, user: &Entity) -> KnownFacts {
    let known = CallerFacts::of(input.model, input.contract);
    let linked = Linked::of(input.model, input.contract);
    let checked = row_values(user, &KnownFacts::default());
    let members = user.resource.create.iter().filter(|member| member.write == Admission::Anyone);
    let told: Vec<Source> = members.map(|member| member.property.source).collect();
    let mut usual = KnownFacts { me: true, ..KnownFacts::default() };
    let value = |id: FieldId, field: &Field, scalar: &Scalar| {
        let of_callers = known.value(&FieldPath::own(id)).map(|value| Some(value.clone()));
        let begun = match &field.default {
            Some(Default::Literal(literal)) => Some(Some(literal.clone())),
            Some(Default::Now | Default::Copy { .. }) => None,
            None => field.nullable.then_some(None),
        };
        let of_tests = || {
            if told.contains(&Source::Field(id)) {
                checked.get(&id).cloned().or_else(|| samples::usual(scalar).map(Some))
            } else {
                begun
            }
        };
        of_callers.or_else(of_tests)
    };
    for (id, field) in user.spec.fields() {
        let Type::Scalar(scalar) = &field.ty else { continue };
        let is_own = field.unique || linked.group(user.id, id).is_some();
        if let Some(value) = value(id, field, scalar).filter(|_| !is_own) {
            usual.say(id, value);
        }
    }
    usual
}

fn verdict(
    input: &Input,
    user: &Entity,
    (field, usual): (FieldId, &KnownFacts),
    (from, to): (&str, &str),
    role: Option<RoleId>,
) -> MoveVerdict {
    let mut row = usual.clone();
    row.values.retain(|(of, _)| *of != field);
    row.values.push((field, Literal::Enum(from.to_owned())));
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
