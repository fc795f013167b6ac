//! Rules that narrow single fields.

use crate::model::{EntityId, EntityKind, Field, FieldId, Grant, Owner as ModelOwner, Rule, Who};
use crate::spec::ast::{self, FieldLine, Part};
use crate::spec::{Code, Diagnostic, Span};

use super::{
    Problems,
    access::Rules,
    fields::{Slot, misplaced},
    owner::Owner,
    tests_of_rows::{Entities, Rows},
};

/// What is said of one field.
pub(super) struct FieldRules {
    pub(super) field: FieldId,
    pub(super) read: Option<Rule>,
    pub(super) write: Option<Rule>,
}

/// Whether a rule lets nobody through, which has a word of its own.
pub(super) fn is_nobody(rule: &ast::Rule) -> bool {
    matches!(rule.grants.as_slice(), [ast::Grant::Who { word, when: None }] if word.value == "nobody")
}

/// Understands the rules on an entity's fields.
pub(super) fn field_rules(
    id: EntityId,
    owner: &Owner,
    all: Entities<'_, '_>,
    problems: &mut Problems,
) -> Vec<FieldRules> {
    let draft = &all.drafts[id.0];
    let written = all.scope.declared(id).written;
    let fields = written.and_then(|entity| entity.fields.value()).map_or(&[][..], Vec::as_slice);
    let by_login = all.scope.declared(id).kind == EntityKind::User
        && written.is_some_and(|entity| matches!(entity.access, ast::Given::Absent));
    let mut found = Vec::new();
    for (written, line) in fields.iter().filter_map(|field| Some((field, field.line.as_ref()?))) {
        let Slot::Stored(field) = draft.slot(&written.name.value) else { continue };
        let rows = Rows { entity: id, all, steps: 0, back: None };
        let mut rules = Rules { draft, owner, scope: all.scope, rows, problems };
        let mut rule = |part: &Option<Part<ast::Rule>>| {
            let part = part.as_ref().filter(|part| !is_nobody(&part.value))?;
            rules.rule(&part.value).filter(|rule| !is_open(rule)).map(|rule| (rule, part.span))
        };
        let (read, write) = (rule(&line.parts.read), rule(&line.parts.write));
        let declared = &draft.fields[field.0];
        let is_owner = *owner == Owner::Known(ModelOwner::Field(field));
        let about = Written { field: declared, line, is_owner, by_login };
        let read = read.filter(|(_, span)| readable(*span, declared, line, problems));
        let write = write.filter(|(rule, span)| writable(rule, *span, &about, problems));
        if read.is_some() {
            refuse_search(id, &written.name.value, all, problems);
        }
        found.push(FieldRules { field, read: read.map(|(rule, _)| rule), write: write.map(|(rule, _)| rule) });
    }
    found
}

/// Whether a rule narrows nothing.
fn is_open(rule: &Rule) -> bool {
    rule.grants.iter().any(|grant| grant.who == Who::Anyone && grant.when.is_empty())
}

fn readable(span: Span, field: &Field, line: &FieldLine, problems: &mut Problems) -> bool {
    if field.private && line.parts.private.is_some() {
        problems.push(misplaced("Nobody reads this field at all: it is `private`.", span));
        return false;
    }
    true
}

/// A field that not everybody may write.
struct Written<'w> {
    field: &'w Field,
    line: &'w FieldLine,
    is_owner: bool,
    /// Whether users change it of themselves by what the login offers.
    by_login: bool,
}

fn writable(rule: &Rule, span: Span, about: &Written, problems: &mut Problems) -> bool {
    let Written { field, line, .. } = *about;
    let depends_on_row = |grant: &Grant| grant.who == Who::Owner || !grant.when.is_empty();
    let problem = if line.parts.readonly.is_some() {
        misplaced("Nobody writes this field at all: it is `readonly`.", span)
    } else if about.is_owner {
        misplaced("The server writes the owner; a rule of its own says nothing.", span)
    } else if about.by_login && rule.grants.iter().any(depends_on_row) {
        let message =
            "Users without `access` have no routes of their own, on which a row could decide who writes a field.";
        Diagnostic::error(Code::MisplacedPart, span, message)
            .help("Give `User` an `access`, such as `{ read: owner, update: owner }`, or name roles alone.")
    } else if line.complete && !field.nullable && field.default.is_none() && !field.may_be_empty() {
        let message = "Not everybody may give this field, and it has no value by itself.";
        let help = match &line.ty.list {
            Some(_) => "Let it be empty, as with `[0..5]`.",
            None => "Give it a default, or end its type with `?`.",
        };
        Diagnostic::error(Code::MisplacedPart, span, message).help(help)
    } else {
        return true;
    };
    problems.push(problem);
    false
}

/// A search would tell what its caller may not read.
fn refuse_search(id: EntityId, field: &str, all: Entities<'_, '_>, problems: &mut Problems) {
    let Some(written) = all.scope.declared(id).written else { return };
    for word in written.search.iter().filter(|word| word.value == field) {
        let message = format!("Not everybody may read `{field}`, so that nobody can search it.");
        problems.push(
            Diagnostic::error(Code::BadList, word.span, message).help("Take it out, or take `read(…)` from the field."),
        );
    }
}
