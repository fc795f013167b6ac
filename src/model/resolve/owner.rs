//! Who owns the rows of an entity.

use crate::model::{EntityKind, Field, FieldId};
use crate::spec::ast::{Given, Path};
use crate::spec::{Code, Diagnostic, suggest};

use super::{
    Problems,
    fields::{Draft, Slot},
    scope::{Declared, Scope},
};

/// Who owns the rows of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Nobody.
    Nobody,
    /// The user that a field refers to.
    Field(FieldId),
    /// Somebody, but it could not be understood who; or oneself, for a user.
    Unclear,
}

impl Owner {
    /// The field that holds the owner.
    pub(super) fn field(self) -> Option<FieldId> {
        match self {
            Self::Field(id) => Some(id),
            Self::Nobody | Self::Unclear => None,
        }
    }
}

/// Understands the owner of an entity.
pub(super) fn owner(entity: &Declared<'_>, draft: &Draft<'_>, scope: &Scope<'_>, problems: &mut Problems) -> Owner {
    if entity.kind == EntityKind::User {
        return Owner::Unclear;
    }
    let path = match entity.written.map(|entity| &entity.owner) {
        None | Some(Given::Absent) => return Owner::Nobody,
        Some(Given::Unreadable) => return Owner::Unclear,
        Some(Given::Value(path)) => path,
    };
    match owner_field(path, draft, scope) {
        Ok(owner) => owner,
        Err(problem) => {
            problems.push(*problem);
            Owner::Unclear
        }
    }
}

fn owner_field(path: &Path, draft: &Draft<'_>, scope: &Scope<'_>) -> Result<Owner, Box<Diagnostic>> {
    if scope.login.is_absent() {
        let problem = Diagnostic::error(Code::BadOwner, path.span, "Rows have owners only with a login.");
        return Err(Box::new(problem.help("Add `auth: {}` to the spec, or take `owner` out.")));
    }
    let Some(word) = path.single() else {
        return Err(Box::new(Diagnostic::not_yet_available("An owner over several steps", path.span)));
    };
    let users = draft.names(|field| is_user(field, scope));
    let problem = match draft.slot(&word.value) {
        Slot::Broken => return Ok(Owner::Unclear),
        Slot::Stored(id) if is_user(&draft.fields[id.0], scope) => return Ok(Owner::Field(id)),
        Slot::Stored(_) | Slot::Side => {
            Diagnostic::error(Code::BadOwner, word.span, format!("`{}` does not refer to a user.", word.value))
        }
        Slot::Unknown => {
            Diagnostic::error(Code::UnknownField, word.span, format!("There is no field `{}` here.", word.value))
        }
    };
    Err(Box::new(match (suggest::nearest(&word.value, users.iter().copied()), users.as_slice()) {
        (Some(near), _) | (None, &[near]) => problem.did_you_mean(word.span, Some(near)),
        (None, _) => {
            problem.help(format!("Name a field of this entity that refers to a user: `{}: User`.", word.value))
        }
    }))
}

/// Whether a field refers to an account.
pub(super) fn is_user(field: &Field, scope: &Scope<'_>) -> bool {
    field.reference().is_some_and(|reference| scope.declared(reference.to).kind == EntityKind::User)
}
