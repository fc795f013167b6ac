//! What users must refer to has to be there before the first of them.

use crate::model::{Access, AccessOperation, EntityId, EntityKind, Field, Who};
use crate::spec::{Code, Diagnostic, TextEdit};

use super::{Problems, fields::Draft, scope::Scope};

/// Refuses what users must name and nobody but users can make or read: there would be no first user.
pub(super) fn refuse_needs(scope: &Scope<'_>, drafts: &[Draft<'_>], rules: &[Option<Access>], problems: &mut Problems) {
    let Some(user) = scope.entities.iter().position(|entity| entity.kind == EntityKind::User) else { return };
    let Some(written) = scope.entities[user].written.and_then(|entity| entity.fields.value()) else { return };
    for field in drafts[user].fields.iter().filter(|field| is_needed(field)) {
        let line = written.iter().find(|written| written.name.value == field.name.snake());
        let (Some(to), Some(line)) = (field.refers_to(), line.and_then(|field| field.line.as_ref())) else { continue };
        let granted = |operation| grants_anyone(rules, to, operation);
        let (Some(reads), Some(makes)) = (granted(AccessOperation::Get), can_be_made(to, user, drafts, rules)) else {
            continue;
        };
        let called = scope.declared(to).called();
        let message = match (reads, makes) {
            (true, true) => continue,
            (false, _) => format!("Whoever registers must name a `{called}`, and may not read any."),
            (true, false) => format!("The first user needs a `{called}`, and only users can make one."),
        };
        let operation = if reads { "create" } else { "read" };
        let problem = Diagnostic::error(Code::BadRelation, line.ty.span, message);
        problems.push(if field.many().is_some() {
            problem.help(format!(
                "Let the set be empty: begin its range with 0. Or let `anyone` {operation} a `{called}`."
            ))
        } else {
            problem
                .help(format!("End the type with `?`, or let `anyone` {operation} a `{called}`."))
                .edit(TextEdit::insert(line.ty.span.end, "?"))
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

/// Whether rows of an entity can be made before there are users.
fn can_be_made(entity: EntityId, user: usize, drafts: &[Draft<'_>], rules: &[Option<Access>]) -> Option<bool> {
    let mut needed = vec![entity];
    let mut next = 0;
    while let Some(entity) = needed.get(next).copied() {
        next += 1;
        if entity.0 == user || !grants_anyone(rules, entity, AccessOperation::Create)? {
            return Some(false);
        }
        let more = drafts[entity.0].fields.iter().filter(|field| is_needed(field)).filter_map(Field::refers_to);
        let more: Vec<EntityId> = more.filter(|to| !needed.contains(to)).collect();
        needed.extend(more);
    }
    Some(true)
}
