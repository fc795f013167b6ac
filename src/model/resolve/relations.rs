//! Relations between entities.

use std::collections::BTreeMap;

use crate::model::{self, By, DeleteRule, EntityId, Field, FieldId, OtherSide};
use crate::spec::ast::{self, Word};
use crate::spec::{Code, Diagnostic, TextEdit, suggest};

use super::{
    Problems,
    across::Across,
    fields::{Draft, Found, Side, Slot},
    owner::Owner,
    scope::Scope,
};

/// The other sides of each entity, resolved to the references they stand for.
pub(super) fn other_sides(scope: &Scope<'_>, drafts: &[Draft<'_>], problems: &mut Problems) -> Vec<Vec<OtherSide>> {
    let mut claimed: BTreeMap<(EntityId, FieldId), &Word> = BTreeMap::new();
    let mut all = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let mut sides = Vec::new();
        for side in &draft.sides {
            let us = EntityId(index);
            let by = match side.found {
                Found::By(by) => by,
                Found::Through { entity, word, by } => {
                    let across = Across { us, side, entity, word, by };
                    let found = across.resolve(scope, drafts, problems);
                    let found = found.filter(|by| !is_there_already(side, *by, &sides, &draft.sides, problems));
                    sides.extend(found.map(|by| other_side(side, by, true, scope)));
                    continue;
                }
            };
            let Some(by) = reference(us, side, by, scope, drafts, problems) else { continue };
            if let Some(first) = claimed.get(&(side.entity, by)) {
                let message = format!("`{}` is the other side of this reference already.", first.value);
                problems.push(
                    Diagnostic::error(Code::BadRelation, side.word.span, message)
                        .label(first.span, "here")
                        .help("Keep one of them."),
                );
                continue;
            }
            claimed.insert((side.entity, by), side.word);
            let many = side.ty.list.is_some();
            if !many
                && refuse_impossible_one(
                    side,
                    scope.declared(side.entity).called(),
                    &drafts[side.entity.0],
                    by,
                    problems,
                )
            {
                continue;
            }
            sides.push(other_side(side, found_by(&drafts[side.entity.0], by), many, scope));
        }
        all.push(sides);
    }
    all
}

fn other_side(side: &Side<'_>, by: By, many: bool, scope: &Scope<'_>) -> OtherSide {
    let origin = Some(scope.line(side.word.span));
    OtherSide { name: side.name.clone(), entity: side.entity, by, many, origin }
}

/// Whether another list reads across the same entity in the same way.
fn is_there_already(
    side: &Side<'_>,
    by: By,
    known: &[OtherSide],
    written: &[Side<'_>],
    problems: &mut Problems,
) -> bool {
    let Some(same) = known.iter().find(|other| other.by == by && other.entity == side.entity) else { return false };
    let first = written.iter().find(|other| other.name == same.name);
    let problem = Diagnostic::error(Code::BadRelation, side.word.span, format!("`{}` has the same rows.", same.name));
    let problem = first.into_iter().fold(problem, |problem, first| problem.label(first.word.span, "here"));
    problems.push(problem.help("Keep one of them."));
    true
}

fn found_by(draft: &Draft<'_>, field: FieldId) -> By {
    if draft.fields[field.0].many().is_some() { By::Many(field) } else { By::Reference(field) }
}

/// The reference that a side names.
fn reference(
    us: EntityId,
    side: &Side<'_>,
    by: &Word,
    scope: &Scope<'_>,
    drafts: &[Draft<'_>],
    problems: &mut Problems,
) -> Option<FieldId> {
    let draft = &drafts[side.entity.0];
    let (them, we) = (scope.declared(side.entity).called(), scope.declared(us).called());
    let back = draft.names(|field| field.refers_to() == Some(us));
    let problem = match draft.slot(&by.value) {
        Slot::Broken => return None,
        Slot::Stored(id) if draft.fields[id.0].refers_to() == Some(us) => {
            return Some(id);
        }
        Slot::Stored(_) | Slot::Side => {
            let message = format!("`{}` of `{them}` is not a reference to `{we}`.", by.value);
            Diagnostic::error(Code::BadRelation, by.span, message)
        }
        Slot::Unknown => {
            Diagnostic::error(Code::UnknownField, by.span, format!("`{them}` has no field `{}`.", by.value))
        }
    };
    let near = suggest::nearest(&by.value, back.iter().copied());
    problems.push(match (near, back.as_slice()) {
        (Some(near), _) | (None, &[near]) => problem.did_you_mean(by.span, Some(near)),
        (None, []) => problem.help(format!("Add it to `{them}`: `{}: {we}`.", by.value)),
        (None, several) => problem.help(format!("Its references to `{we}` are `{}`.", several.join("`, `"))),
    });
    None
}

/// One row on the other side needs a reference that is unique, and may be missing.
fn refuse_impossible_one(side: &Side<'_>, them: &str, draft: &Draft<'_>, by: FieldId, problems: &mut Problems) -> bool {
    if !draft.fields[by.0].unique {
        let message = format!("Several rows may refer here by `{}`.", draft.fields[by.0].name);
        let is_set = draft.fields[by.0].many().is_some();
        problems.push(
            Diagnostic::error(Code::BadRelation, side.ty.span, message)
                .help(if is_set { "Write a list." } else { "Write a list, or make the reference `unique`." })
                .edit(TextEdit::replace(side.ty.span, format!("{them}[]"))),
        );
        return true;
    }
    if side.ty.nullable.is_none() {
        problems.push(
            Diagnostic::error(Code::BadRelation, side.ty.span, "There may be no row on the other side.")
                .help("End the type with `?`.")
                .edit(TextEdit::insert(side.ty.span.end, "?")),
        );
        return true;
    }
    false
}

/// Entities that need a row of each other before the first one can be created.
pub(super) fn refuse_circles(scope: &Scope<'_>, drafts: &[Draft<'_>], problems: &mut Problems) {
    let needs: Vec<Vec<usize>> = drafts.iter().map(needed).collect();
    let mut reported = vec![false; drafts.len()];
    for start in 0..drafts.len() {
        if reported[start] {
            continue;
        }
        let Some(circle) = circle(start, &needs) else { continue };
        for &entity in &circle {
            reported[entity] = true;
        }
        let next = circle.get(1).copied().unwrap_or(start);
        if let Some(ty) = reference_type(scope, start, next) {
            let names: Vec<String> = circle
                .iter()
                .chain([&start])
                .map(|&id| format!("`{}`", scope.declared(EntityId(id)).called()))
                .collect();
            let message = format!("No row can be the first, for each needs another: {}.", names.join(" → "));
            let problem = Diagnostic::error(Code::BadRelation, ty.span, message);
            problems.push(if ty.list.is_some() {
                problem.help("Let the set be empty: begin its range with 0.")
            } else {
                problem
                    .help("End the type of one of these references with `?`.")
                    .edit(TextEdit::insert(ty.span.end, "?"))
            });
        }
    }
}

/// The entities of which a row must be there first.
fn needed(draft: &Draft<'_>) -> Vec<usize> {
    let required = draft.fields.iter().filter(|field| !field.nullable && !field.may_be_empty());
    required.filter_map(Field::refers_to).map(|to| to.0).collect()
}

/// The shortest way from an entity back to itself.
fn circle(start: usize, needs: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut seen = vec![false; needs.len()];
    let mut ways = vec![vec![start]];
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let last = way.last().copied().unwrap_or(start);
            for &next in &needs[last] {
                if next == start {
                    return Some(way);
                }
                if !std::mem::replace(&mut seen[next], true) {
                    longer.push(way.iter().copied().chain([next]).collect());
                }
            }
        }
        ways = longer;
    }
    None
}

/// The type of the first required relation from one entity to another, as it was written.
fn reference_type<'s>(scope: &Scope<'s>, from: usize, to: usize) -> Option<&'s ast::Type> {
    let fields = scope.declared(EntityId(from)).written?.fields.value()?;
    let called = scope.declared(EntityId(to)).called();
    let lines = fields.iter().filter_map(|field| field.line.as_ref());
    let mut types = lines.filter(|line| line.parts.by.is_none()).map(|line| &line.ty);
    types.find(|ty| {
        let names_it = matches!(&ty.base, ast::Base::Named { word, .. } if word.value == called);
        let may_be_empty = ty.list.as_ref().is_some_and(|list| {
            let least = list.count.as_ref().and_then(|count| count.value.lower.as_ref());
            least.is_none_or(|least| *least == ast::Literal::Number("0".to_owned()))
        });
        names_it && !may_be_empty && ty.nullable.is_none()
    })
}

/// Whether rows belong to whoever the row of a reference belongs to.
fn begins_with(owner: &model::Owner, reference: FieldId) -> bool {
    match owner {
        model::Owner::Field(field) => *field == reference,
        model::Owner::Through { references, .. } => references.first() == Some(&reference),
        model::Owner::Oneself => false,
    }
}

/// A cascade ignores who owns the rows it takes.
pub(super) fn warn_of_cascades(scope: &Scope<'_>, drafts: &[Draft<'_>], owners: &[Owner], problems: &mut Problems) {
    for (index, (draft, owner)) in drafts.iter().zip(owners).enumerate() {
        let Owner::Known(owner) = owner else { continue };
        let written = scope.entities[index].written.and_then(|entity| entity.fields.value());
        for (id, field) in draft.fields.iter().enumerate() {
            let cascades = field.reference().filter(|reference| reference.on_delete == DeleteRule::Cascade);
            let (Some(reference), false) = (cascades, begins_with(owner, FieldId(id))) else { continue };
            let line = written
                .and_then(|fields| fields.iter().find(|written| written.name.value == field.name.snake()))
                .and_then(|field| field.line.as_ref());
            let Some(part) = line.and_then(|line| line.parts.on_delete.as_ref()) else { continue };
            let (us, them) = (scope.entities[index].called(), scope.declared(reference.to).called());
            problems.push(
                Diagnostic::warning(
                    Code::CascadeCrossesOwners,
                    part.span,
                    format!("Whoever deletes a `{them}` deletes each `{us}` of it, whoever owns that."),
                )
                .help("Choose `restrict` if that is not meant."),
            );
        }
    }
}
