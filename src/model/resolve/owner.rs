//! Who owns the rows of an entity.

use crate::model::{self, EntityId, EntityKind, Field, FieldId};
use crate::spec::ast::{Given, Path};
use crate::spec::{Code, Diagnostic, suggest};

use super::{
    Problems,
    fields::{Draft, Slot},
    scope::Scope,
    tests_of_rows::STEPS_MAX,
};

/// Who owns the rows of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Nobody.
    Nobody,
    /// Somebody.
    Known(model::Owner),
    /// Somebody, but it could not be understood who.
    Unclear,
}

impl Owner {
    /// The owner in the model.
    pub(super) fn known(self) -> Option<model::Owner> {
        match self {
            Self::Known(owner) => Some(owner),
            Self::Nobody | Self::Unclear => None,
        }
    }
}

/// Understands the owner of an entity.
pub(super) fn owner(entity: EntityId, drafts: &[Draft<'_>], scope: &Scope<'_>, problems: &mut Problems) -> Owner {
    let declared = scope.declared(entity);
    let path = declared.written.map_or(&Given::Absent, |entity| &entity.owner);
    match (declared.kind, path) {
        (EntityKind::User, Given::Value(path)) => {
            problems.push(
                Diagnostic::error(Code::BadOwner, path.span, "Every user belongs to oneself.").help("Take it out."),
            );
            Owner::Known(model::Owner::Oneself)
        }
        (EntityKind::User, _) => Owner::Known(model::Owner::Oneself),
        (EntityKind::Ordinary, Given::Absent) => Owner::Nobody,
        (EntityKind::Ordinary, Given::Unreadable) => Owner::Unclear,
        (EntityKind::Ordinary, Given::Value(path)) => at_path(path, entity, drafts, scope).unwrap_or_else(|problem| {
            problems.push(*problem);
            Owner::Unclear
        }),
    }
}

/// The user at the end of a path of references.
fn at_path(path: &Path, entity: EntityId, drafts: &[Draft<'_>], scope: &Scope<'_>) -> Result<Owner, Box<Diagnostic>> {
    if scope.login.is_absent() {
        let problem = Diagnostic::error(Code::BadOwner, path.span, "Rows have owners only with a login.");
        return Err(Box::new(problem.help("Add `auth: {}` to the spec, or take `owner` out.")));
    }
    if path.steps.len() > STEPS_MAX {
        let message = format!("A path has at most {STEPS_MAX} steps.");
        let problem = Diagnostic::error(Code::BadOwner, path.span, message);
        return Err(Box::new(problem.help("Give this entity a reference of its own to the user.")));
    }
    let (mut at, mut fields): (EntityId, Vec<FieldId>) = (entity, Vec::new());
    for (index, word) in path.steps.iter().enumerate() {
        let draft = &drafts[at.0];
        let is_last = index + 1 == path.steps.len();
        let fits = |field: &Field| if is_last { is_user(field, scope) } else { field.reference().is_some() };
        let problem = match draft.slot(&word.value) {
            Slot::Broken => return Ok(Owner::Unclear),
            Slot::Stored(id) if fits(&draft.fields[id.0]) => {
                fields.push(id);
                at = draft.fields[id.0].reference().map_or(at, |reference| reference.to);
                continue;
            }
            Slot::Stored(_) | Slot::Side => {
                let what = if is_last { "does not refer to a user" } else { "is no reference" };
                Diagnostic::error(Code::BadOwner, word.span, format!("`{}` {what}.", word.value))
            }
            Slot::Unknown => {
                let message = if at == entity {
                    format!("There is no field `{}` here.", word.value)
                } else {
                    format!("`{}` has no field `{}`.", scope.declared(at).called(), word.value)
                };
                Diagnostic::error(Code::UnknownField, word.span, message)
            }
        };
        let names = draft.names(fits);
        return Err(Box::new(match (suggest::nearest(&word.value, names.iter().copied()), names.as_slice()) {
            (Some(near), _) | (None, &[near]) => problem.did_you_mean(word.span, Some(near)),
            (None, _) if is_last => {
                problem.help(format!("Name a field of this entity that refers to a user: `{}: User`.", word.value))
            }
            (None, _) => problem.help("Each step but the last names a reference."),
        }));
    }
    let Some(field) = fields.pop() else { return Ok(Owner::Unclear) };
    Ok(Owner::Known(if fields.is_empty() {
        model::Owner::Field(field)
    } else {
        model::Owner::Through { references: fields, field }
    }))
}

/// Whether a field refers to an account.
pub(super) fn is_user(field: &Field, scope: &Scope<'_>) -> bool {
    field.reference().is_some_and(|reference| scope.declared(reference.to).kind == EntityKind::User)
}
