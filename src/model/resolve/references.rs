//! Fields whose type is an entity: references and their other sides.

use crate::model::{DeleteRule, EntityId, Name, Reference};
use crate::spec::ast::{self, Base, FieldLine, OnDelete, Word};
use crate::spec::vocabulary::Place;
use crate::spec::{Code, Diagnostic, Span, TextEdit, suggest};

use super::{
    Problems,
    fields::{Found, Meaning, Side, Understood, misplaced, stored},
    scope::{Declared, Scope, USER},
};

/// Understands a field whose type is no type of the language.
pub(super) fn reference<'s>(
    entity: &Declared<'s>,
    field: &'s ast::Field,
    line: &'s FieldLine,
    name: Option<Name>,
    word: &Word,
    scope: &Scope<'_>,
    problems: &mut Problems,
) -> Understood<'s> {
    let Some(to) = scope.entity(&word.value) else {
        refuse_unknown_type(word, scope, problems);
        return Understood::Broken;
    };
    let parts = &line.parts;
    refuse_scalar_parts(line, problems);
    if parts.by.is_some() || line.ty.list.is_some() {
        super::forms::refuse_on_others(parts, problems);
    }
    let by = parts.by.as_ref().map(|by| &by.value);
    if let Some(through) = &parts.through {
        let word = &through.value;
        let Some(between) = scope.entity(&word.value) else {
            refuse_unknown_entity(word, scope, problems);
            return Understood::Broken;
        };
        return side(field, line, name, to, Found::Through { entity: between, word, by }, problems);
    }
    if let Some(by) = by {
        return side(field, line, name, to, Found::By(by), problems);
    }
    if let Some(list) = &line.ty.list {
        if !line.complete || refuse_bare_list(entity, line, list.span, to, scope, problems) {
            return Understood::Broken;
        }
        if let Some(part) = &parts.on_delete {
            let message = "A row that is deleted leaves every set; a delete rule belongs to a single reference.";
            problems.push(misplaced(message, part.span));
        }
        return stored(entity, field, line, name, Some(Meaning::Many(to)), scope, problems);
    }
    let on_delete = match parts.on_delete.as_ref().map(|part| part.value) {
        None | Some(OnDelete::Restrict) => DeleteRule::Restrict,
        Some(OnDelete::Cascade) => DeleteRule::Cascade,
        Some(OnDelete::SetNull) => DeleteRule::SetNull,
    };
    if let (DeleteRule::SetNull, None, Some(part)) = (on_delete, line.ty.nullable, &parts.on_delete) {
        problems.push(
            Diagnostic::error(Code::BadRelation, part.span, "This reference is never null.")
                .help("End its type with `?`, or choose `restrict` or `cascade`.")
                .edit(TextEdit::insert(line.ty.span.end, "?")),
        );
        return Understood::Broken;
    }
    let meaning = Meaning::Reference(Reference { to, on_delete });
    stored(entity, field, line, name, Some(meaning), scope, problems)
}

/// Parts that a row of another entity cannot have.
fn refuse_scalar_parts(line: &FieldLine, problems: &mut Problems) {
    let parts = &line.parts;
    let bounds = [
        parts.range.as_ref().map(|range| range.span),
        parts.lower.as_ref().map(|limit| limit.span),
        parts.upper.as_ref().map(|limit| limit.span),
    ];
    if let Some(span) = bounds.into_iter().flatten().next() {
        let problem = misplaced("A relation has no range.", span);
        problems.push(if line.ty.list.is_some() {
            problem.help("The number of items stands in the brackets: `Tag[0..20]`.")
        } else {
            problem
        });
    }
    if let Base::Named { arguments, .. } = &line.ty.base
        && let (Some(first), Some(last)) = (arguments.first(), arguments.last())
    {
        let span = first.span.to(last.span);
        problems.push(
            Diagnostic::error(Code::BadArgument, span, "An entity takes nothing in parentheses.")
                .help("Take them out."),
        );
    }
}

/// `X[]` alone is many-to-many, unless X refers to us already. Tells whether it does.
fn refuse_bare_list(
    entity: &Declared<'_>,
    line: &FieldLine,
    brackets: Span,
    to: EntityId,
    scope: &Scope<'_>,
    problems: &mut Problems,
) -> bool {
    let back = references_to(scope.declared(to), entity.called(), scope.entity(entity.called()) > Some(to));
    let other = scope.declared(to).called();
    let [first, ..] = back.as_slice() else { return false };
    let problem =
        Diagnostic::error(Code::BadRelation, line.ty.span, format!("`{other}` refers to this entity already."));
    problems.push(match back.as_slice() {
        [only] => problem
            .help(format!("Write `{other}[] by {only}` for the other side of it."))
            .edit(TextEdit::insert(brackets.end, format!(" by {only}"))),
        _ => problem.help(format!("Say which reference this is the other side of, such as `{other}[] by {first}`.")),
    });
    true
}

/// The fields of an entity that are written as references to another, perhaps with those that hold several rows.
fn references_to<'s>(entity: &Declared<'s>, other: &str, with_lists: bool) -> Vec<&'s str> {
    let fields = entity.written.and_then(|entity| entity.fields.value()).map_or(&[][..], Vec::as_slice);
    let is_reference = |line: &FieldLine| {
        let names_other = matches!(&line.ty.base, Base::Named { word, .. } if word.value == other);
        let is_own = line.parts.by.is_none() && line.parts.through.is_none();
        names_other && is_own && (with_lists || line.ty.list.is_none())
    };
    let found = fields.iter().filter(|field| field.line.as_ref().is_some_and(is_reference));
    found.map(|field| field.name.value.as_str()).collect()
}

fn side<'s>(
    field: &'s ast::Field,
    line: &'s FieldLine,
    name: Option<Name>,
    entity: EntityId,
    found: Found<'s>,
    problems: &mut Problems,
) -> Understood<'s> {
    let parts = &line.parts;
    let misplaced_parts = [
        ("`unique`", parts.unique),
        ("`readonly`", parts.readonly),
        ("`write_once`", parts.write_once),
        ("`private`", parts.private),
        ("A delete rule", parts.on_delete.as_ref().map(|part| part.span)),
        ("A default", parts.default.as_ref().map(|part| part.span)),
        ("`read(…)`", parts.read.as_ref().map(|part| part.span)),
        ("`write(…)`", parts.write.as_ref().map(|part| part.span)),
    ];
    for (what, span) in misplaced_parts {
        if let Some(span) = span {
            problems.push(misplaced(&format!("{what} belongs to the reference itself; this is its other side."), span));
        }
    }
    if let Some(count) = line.ty.list.as_ref().and_then(|list| list.count.as_ref()) {
        let message = "The other side of a reference has as many rows as refer to it.";
        problems.push(misplaced(message, count.span));
    }
    match name {
        Some(name) => Understood::Side(Side { name, word: &field.name, entity, found, ty: &line.ty }),
        None => Understood::Broken,
    }
}

fn refuse_unknown_entity(word: &Word, scope: &Scope<'_>, problems: &mut Problems) {
    if !scope.knows_all_entities() {
        return;
    }
    let problem = Diagnostic::error(Code::UnknownEntity, word.span, format!("There is no entity `{}`.", word.value));
    problems.push(match suggest::nearest(&word.value, scope.entity_names()) {
        Some(near) => problem.did_you_mean(word.span, Some(near)),
        None => problem.help("Declare it under `entities:`, with a reference to each of the two."),
    });
}

fn refuse_unknown_type(word: &Word, scope: &Scope<'_>, problems: &mut Problems) {
    let looks_like_entity = word.value.starts_with(|c: char| c.is_uppercase());
    if !scope.knows_all_entities() && looks_like_entity {
        return;
    }
    if word.value == USER {
        problems.push(
            Diagnostic::error(Code::UnknownEntity, word.span, "`User` exists only with a login.")
                .help("Add `auth: {}` to the spec, or declare an entity of that name."),
        );
        return;
    }
    let entity = suggest::nearest(&word.value, scope.entity_names());
    let of_language = Place::Type.nearest(&word.value).map(|word| word.name);
    let (code, message, near) = if looks_like_entity {
        (Code::UnknownEntity, format!("There is no entity `{}`.", word.value), entity.or(of_language))
    } else {
        (Code::UnknownWord, format!("`{}` is neither a type nor an entity.", word.value), of_language.or(entity))
    };
    let problem = Diagnostic::error(code, word.span, message);
    problems.push(match near {
        Some(near) => problem.did_you_mean(word.span, Some(near)),
        None if looks_like_entity => problem.help("Declare it under `entities:`."),
        None => {
            let types = Place::Type.words().iter().filter(|word| word.is_available());
            let types: Vec<String> = types.map(|word| format!("`{}`", word.name)).collect();
            problem.help(format!("The types are {}, and the entities.", types.join(", ")))
        }
    });
}
