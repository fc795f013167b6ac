//! What users must refer to has to be there before the first of them.

use crate::model::{Access, AccessOperation, EntityId, EntityKind, Field, Who};
use crate::spec::{Code, Diagnostic, TextEdit};

use super::{Problems, Reported, fields::Draft, scope::Scope};

/// Refuses what users must name and nobody but users can make or read: there would be no first user.
pub(super) fn refuse_needs(scope: &Scope<'_>, drafts: &[Draft<'_>], rules: &[Option<Access>], problems: &mut Problems) {
    let Some(user) = scope.entities.iter().position(|entity| entity.kind == EntityKind::User) else { return };
    let Some(written) = scope.entities[user].written.and_then(|entity| entity.fields.value()) else { return };
    for field in drafts[user].fields.iter().filter(|field| is_needed(field)) {
        let line = written.iter().find(|written| written.name.value == field.name.snake());
        let (Some(to), Some(line)) = (field.refers_to(), line.and_then(|field| field.line.as_ref())) else { continue };
        let (Some(reads), Ok(by_users)) =
            (grants_anyone(rules, to, AccessOperation::Get), made_by_users(to, user, drafts, rules))
        else {
            continue;
        };
        let called = |entity: EntityId| scope.declared(entity).called();
        let (message, wanted) = match by_users {
            _ if !reads => {
                let message = format!("Whoever registers must name a `{}`, and may not read any.", called(to));
                (message, format!("read a `{}`", called(to)))
            }
            None => continue,
            Some(needed) => {
                let first =
                    if needed == to { String::new() } else { format!(", and before it a `{}`", called(needed)) };
                let message = format!("The first user needs a `{}`{first}, which only users can make.", called(to));
                (message, format!("create a `{}`", called(needed)))
            }
        };
        let problem = Diagnostic::error(Code::BadRelation, line.ty.span, message);
        problems.push(if field.many().is_some() {
            problem.help(format!("Let the set be empty, as with `[0..5]`, or let `anyone` {wanted}."))
        } else {
            let problem = problem.help(format!("End the type with `?`, or let `anyone` {wanted}."));
            problem.edit(TextEdit::insert(line.ty.span.end, "?"))
        });
    }
}

fn is_needed(field: &Field) -> bool {
    field.refers_to().is_some() && !field.nullable && !field.may_be_empty()
}

/// Whether somebody who has not logged in may do this to some rows; `None` where that is not known.
fn grants_anyone(rules: &[Option<Access>], entity: EntityId, operation: AccessOperation) -> Option<bool> {
    let access = rules.get(entity.0)?.as_ref()?;
    Some(access.rule(operation).grants.iter().any(|grant| grant.who == Who::Anyone))
}

/// What only users can make of all that has to be there before a row of an entity; an error where that is not known.
fn made_by_users(
    entity: EntityId,
    user: usize,
    drafts: &[Draft<'_>],
    rules: &[Option<Access>],
) -> Result<Option<EntityId>, Reported> {
    let mut needed = vec![entity];
    let mut next = 0;
    while let Some(entity) = needed.get(next).copied() {
        next += 1;
        let by_anyone = grants_anyone(rules, entity, AccessOperation::Create).ok_or(Reported)?;
        if entity.0 == user || !by_anyone {
            return Ok(Some(entity));
        }
        let more = drafts[entity.0].fields.iter().filter(|field| is_needed(field)).filter_map(Field::refers_to);
        let more: Vec<EntityId> = more.filter(|to| !needed.contains(to)).collect();
        needed.extend(more);
    }
    Ok(None)
}
