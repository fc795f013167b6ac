//! Relations that read across an entity between the two.

use crate::model::{By, EntityId, FieldId};
use crate::spec::ast::Word;
use crate::spec::{Code, Diagnostic, TextEdit, suggest};

use super::{
    Problems,
    fields::{Draft, Side, Slot},
    scope::Scope,
};

/// `Tag[] through BookTag`, as it was written.
pub(super) struct Across<'w> {
    /// The entity that has the relation.
    pub(super) us: EntityId,
    /// The relation.
    pub(super) side: &'w Side<'w>,
    /// The entity between.
    pub(super) entity: EntityId,
    /// Its name, as it was written.
    pub(super) word: &'w Word,
    /// Its field that refers here, where that is said.
    pub(super) by: Option<&'w Word>,
}

impl Across<'_> {
    /// The two references that lead from here to there.
    pub(super) fn resolve(&self, scope: &Scope<'_>, drafts: &[Draft<'_>], problems: &mut Problems) -> Option<By> {
        let draft = &drafts[self.entity.0];
        if self.side.ty.list.is_none() {
            let end = self.side.ty.nullable.unwrap_or(self.side.ty.span);
            let message = "Several rows may stand between, so this relation is a list.";
            let edit = match self.side.ty.nullable {
                Some(mark) => TextEdit::replace(mark, "[]"),
                None => TextEdit::insert(end.end, "[]"),
            };
            problems.push(
                Diagnostic::error(Code::BadRelation, self.side.ty.span, message).help("Write a list.").edit(edit),
            );
            return None;
        }
        let here = self.here(scope, draft, problems)?;
        let there = self.there(here, scope, draft, problems)?;
        Some(By::Through { entity: self.entity, here, there })
    }

    /// The reference of the entity between that leads here.
    fn here(&self, scope: &Scope<'_>, draft: &Draft<'_>, problems: &mut Problems) -> Option<FieldId> {
        let back = draft.references_to(self.us);
        if let Some(by) = self.by {
            return self.named(by, &back, scope, draft, problems);
        }
        match back.as_slice() {
            [only] => Some(*only),
            [] => {
                self.refuse_missing(self.us, scope, draft, problems);
                None
            }
            [first, ..] => {
                let (between, first) = (scope.declared(self.entity).called(), &draft.fields[first.0].name);
                let message = format!("`{between}` refers to `{}` more than once.", scope.declared(self.us).called());
                problems.push(
                    Diagnostic::error(Code::BadRelation, self.word.span, message)
                        .help(format!("Say which reference leads here, such as `by {first}`."))
                        .edit(TextEdit::insert(self.word.span.end, format!(" by {first}"))),
                );
                None
            }
        }
    }

    fn named(
        &self,
        by: &Word,
        back: &[FieldId],
        scope: &Scope<'_>,
        draft: &Draft<'_>,
        problems: &mut Problems,
    ) -> Option<FieldId> {
        let (between, us) = (scope.declared(self.entity).called(), scope.declared(self.us).called());
        let problem = match draft.slot(&by.value) {
            Slot::Stored(id) if back.contains(&id) => return Some(id),
            Slot::Broken => return None,
            Slot::Stored(_) | Slot::Side => {
                let message = format!("`{}` of `{between}` is not a reference to `{us}`.", by.value);
                Diagnostic::error(Code::BadRelation, by.span, message)
            }
            Slot::Unknown => {
                Diagnostic::error(Code::UnknownField, by.span, format!("`{between}` has no field `{}`.", by.value))
            }
        };
        let names: Vec<&str> = back.iter().map(|id| draft.fields[id.0].name.snake()).collect();
        problems.push(match (suggest::nearest(&by.value, names.iter().copied()), names.as_slice()) {
            (Some(near), _) | (None, &[near]) => problem.did_you_mean(by.span, Some(near)),
            (None, []) => problem.help(format!("Add it to `{between}`: `{}: {us}`.", by.value)),
            (None, several) => problem.help(format!("Its references to `{us}` are `{}`.", several.join("`, `"))),
        });
        None
    }

    /// The reference of the entity between that leads there.
    fn there(&self, here: FieldId, scope: &Scope<'_>, draft: &Draft<'_>, problems: &mut Problems) -> Option<FieldId> {
        let to = self.side.entity;
        let mut onward = draft.references_to(to);
        onward.retain(|field| *field != here);
        match onward.as_slice() {
            [only] => Some(*only),
            [] => {
                self.refuse_missing(to, scope, draft, problems);
                None
            }
            several => {
                let between = scope.declared(self.entity).called();
                let names: Vec<&str> = several.iter().map(|id| draft.fields[id.0].name.snake()).collect();
                let names = names.join("` and `");
                let message = format!("`{between}` leads to `{}` by `{names}`.", scope.declared(to).called());
                let help = format!("Write `{between}[] by {}`, whose rows have them all.", draft.fields[here.0].name);
                problems.push(Diagnostic::error(Code::BadRelation, self.word.span, message).help(help));
                None
            }
        }
    }

    /// Says that the entity between lacks a reference, unless one of its fields could not be understood.
    fn refuse_missing(&self, to: EntityId, scope: &Scope<'_>, draft: &Draft<'_>, problems: &mut Problems) {
        if !draft.is_whole() {
            return;
        }
        let (between, to_name) = (scope.declared(self.entity).called(), scope.declared(to).called());
        let again = if self.us == self.side.entity && !draft.references_to(to).is_empty() { " twice" } else { "" };
        let field = scope.declared(to).name.as_ref().map(crate::model::EntityName::snake).unwrap_or_default();
        let message = format!("`{between}` does not refer to `{to_name}`{again}.");
        let help = if again.is_empty() {
            format!("Add a reference to `{between}`, such as `{field}: {to_name}`.")
        } else {
            format!("Add the other reference to `{between}`, such as `other_{field}: {to_name}`.")
        };
        problems.push(Diagnostic::error(Code::BadRelation, self.word.span, message).help(help));
    }
}
