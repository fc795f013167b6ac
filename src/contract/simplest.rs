//! Conjunctions and disjunctions in their simplest form, so that nothing is asked twice.

use crate::model::{Comparison, RoleId};

use super::predicate::{Operand, Predicate, compares};

/// A conjunction: what is said of the same other row is said at once, and what follows from the rest is left out.
pub(super) fn all(parts: impl IntoIterator<Item = Predicate>) -> Predicate {
    let mut kept: Vec<Predicate> = Vec::new();
    let flat = parts.into_iter().flat_map(|part| match part {
        Predicate::All(inner) => inner,
        other => vec![other],
    });
    for part in flat {
        match part {
            Predicate::Never => return Predicate::Never,
            Predicate::Always => {}
            Predicate::At(field, inner) => {
                let same = kept.iter_mut().find_map(|part| match part {
                    Predicate::At(of, known) if *of == field => Some(known),
                    _ => None,
                });
                match same {
                    Some(known) => **known = all([(**known).clone(), *inner]),
                    None => kept.push(Predicate::At(field, inner)),
                }
            }
            other => kept.push(other),
        }
    }
    let kept = needed(possible(kept), |part, others| others.iter().any(|other| follows(part, other)));
    single(kept, Predicate::Always, Predicate::All)
}

/// A disjunction: whatever holds only where another part does is left out.
pub(super) fn any(parts: impl IntoIterator<Item = Predicate>) -> Predicate {
    let mut kept: Vec<Predicate> = Vec::new();
    for part in parts {
        match part {
            Predicate::Always => return Predicate::Always,
            Predicate::Never => {}
            Predicate::Any(inner) => kept.extend(inner),
            other => kept.push(other),
        }
    }
    let kept = needed(with_roles_at_once(kept), |part, others| follows(&Predicate::Any(others.to_vec()), part));
    single(kept, Predicate::Never, Predicate::Any)
}

fn single(mut parts: Vec<Predicate>, none: Predicate, several: impl Fn(Vec<Predicate>) -> Predicate) -> Predicate {
    match parts.len() {
        0 => none,
        1 => parts.remove(0),
        _ => several(parts),
    }
}

/// The parts but for those that the others make superfluous, the last of equal ones first.
fn needed(mut parts: Vec<Predicate>, is_superfluous: impl Fn(&Predicate, &[Predicate]) -> bool) -> Vec<Predicate> {
    for at in (0..parts.len()).rev() {
        let part = parts.remove(at);
        if !is_superfluous(&part, &parts) {
            parts.insert(at, part);
        }
    }
    parts
}

/// The parts of a conjunction without the alternatives that another part rules out.
fn possible(parts: Vec<Predicate>) -> Vec<Predicate> {
    let known = parts.clone();
    let possible = |part| match part {
        Predicate::Any(inner) => {
            any(inner.into_iter().filter(|part| !known.iter().any(|other| are_opposed(part, other))))
        }
        other => other,
    };
    parts.into_iter().map(possible).collect()
}

/// The parts of a disjunction with all that is said of roles at the first place.
fn with_roles_at_once(mut parts: Vec<Predicate>) -> Vec<Predicate> {
    let roles_of = |part: &Predicate| if let Predicate::Role(roles) = part { roles.clone() } else { Vec::new() };
    let mut roles: Vec<RoleId> = parts.iter().flat_map(roles_of).collect();
    if let Some(first) = parts.iter().position(|part| matches!(part, Predicate::Role(_))) {
        roles.sort_unstable();
        roles.dedup();
        parts.retain(|part| !matches!(part, Predicate::Role(_)));
        parts.insert(first, Predicate::Role(roles));
    }
    parts
}

/// Whether something certainly holds wherever the other does.
fn follows(part: &Predicate, from: &Predicate) -> bool {
    if part == from {
        return true;
    }
    match (from, part) {
        (_, Predicate::All(parts)) => parts.iter().all(|part| follows(part, from)),
        (Predicate::Any(from), _) => from.iter().all(|from| follows(part, from)),
        (Predicate::All(parts_of_from), _) if parts_of_from.iter().any(|from| follows(part, from)) => true,
        (_, Predicate::Any(parts)) => parts.iter().any(|part| follows(part, from)),
        (Predicate::At(of, from), Predicate::At(field, part)) => of == field && follows(part, from),
        (Predicate::Some(of, from), Predicate::Some(relation, part)) => of == relation && follows(part, from),
        (
            Predicate::Compare(of, Comparison::Equal, Operand::Literal(value)),
            Predicate::Compare(field, other, literal),
        ) => {
            let is_another = matches!(literal, Operand::Literal(other) if compares(value, Comparison::NotEqual, other));
            of == field && *other == Comparison::NotEqual && is_another
        }
        (Predicate::Role(from), Predicate::Role(roles)) => from.iter().all(|role| roles.contains(role)),
        (_, Predicate::SignedIn) => from.needs_user(),
        (
            Predicate::Mine(of) | Predicate::Another(of) | Predicate::Compare(of, ..) | Predicate::At(of, _),
            Predicate::Present(field),
        ) => of == field,
        _ => false,
    }
}

/// Whether no row passes both of two comparisons with values.
fn are_opposed(one: &Predicate, other: &Predicate) -> bool {
    match (one, other) {
        (
            Predicate::Compare(of, how, Operand::Literal(value)),
            Predicate::Compare(field, comparison, Operand::Literal(literal)),
        ) if of == field => match (how, comparison) {
            (Comparison::Equal, Comparison::Equal) => compares(value, Comparison::NotEqual, literal),
            (Comparison::Equal, Comparison::NotEqual) | (Comparison::NotEqual, Comparison::Equal) => {
                compares(value, Comparison::Equal, literal)
            }
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{FieldId, Literal, RoleId};

    use super::*;

    const OWNER: Predicate = Predicate::Mine(FieldId(0));
    const STATUS: FieldId = FieldId(1);

    fn is(value: &str) -> Predicate {
        Predicate::Compare(STATUS, Comparison::Equal, Operand::Literal(Literal::String(value.to_owned())))
    }

    fn is_not(value: &str) -> Predicate {
        Predicate::Compare(STATUS, Comparison::NotEqual, Operand::Literal(Literal::String(value.to_owned())))
    }

    #[test]
    fn grants_that_another_one_holds_are_left_out() {
        assert_eq!(any([is("open"), all([OWNER, is("open")])]), is("open"));
        assert_eq!(any([all([OWNER, is("open")]), is("open")]), is("open"));
        assert_eq!(
            any([is("open"), is("done"), all([OWNER, any([is("done"), is("open")])])]),
            any([is("open"), is("done")])
        );
        assert_eq!(any([is_not("draft"), all([OWNER, is("open")])]), is_not("draft"));
        assert_eq!(any([Predicate::Present(STATUS), is("open")]), Predicate::Present(STATUS));
        assert_eq!(any([Predicate::SignedIn, OWNER, Predicate::Role(vec![RoleId(0)])]), Predicate::SignedIn);
        assert_eq!(any([all([OWNER, is("open")]), all([OWNER, is_not("done")])]), all([OWNER, is_not("done")]));
        let lot = |inner| Predicate::At(FieldId(2), Box::new(inner));
        assert_eq!(any([lot(is("open")), all([OWNER, lot(is("open"))])]), lot(is("open")));
    }

    #[test]
    fn grants_that_differ_stay() {
        for parts in [[is("open"), all([OWNER, is("done")])], [is("open"), all([OWNER, is_not("open")])]] {
            assert_eq!(any(parts.clone()), Predicate::Any(parts.to_vec()));
        }
    }

    #[test]
    fn tests_that_follow_from_others_are_left_out() {
        assert_eq!(all([is("open"), is_not("draft")]), is("open"));
        assert_eq!(all([Predicate::SignedIn, OWNER]), OWNER);
        assert_eq!(all([is_not("open"), any([is("open"), is("done")])]), is("done"));
        assert_eq!(all([is_not("open"), is_not("done")]), Predicate::All(vec![is_not("open"), is_not("done")]));
    }
}
