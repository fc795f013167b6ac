//! How fields may change.

use crate::model::{Default, EntityId, Field, Move, Scalar, Transitions, Type, Write};
use crate::spec::ast::{self, Word};
use crate::spec::{Code, Diagnostic, suggest};

use super::{
    Problems,
    access::Rules,
    defaults::listed,
    fields::Slot,
    owner::Owner,
    tests_of_rows::{Entities, Rows},
};

/// Understands the transitions of an entity.
pub(super) fn transitions(
    id: EntityId,
    owner: &Owner,
    all: Entities<'_, '_>,
    problems: &mut Problems,
) -> Vec<Transitions> {
    let draft = &all.drafts[id.0];
    let written = all.scope.declared(id).written.map_or(&[][..], |entity| entity.transitions.as_slice());
    let mut found: Vec<Transitions> = Vec::new();
    for written in written {
        let field = match draft.slot(&written.field.value) {
            Slot::Stored(field) => field,
            Slot::Broken => continue,
            Slot::Side | Slot::Unknown => {
                problems.push(unknown_field(&written.field, &draft.names(|field| choices(field).is_some())));
                continue;
            }
        };
        let Some(values) = begins(&written.field, &draft.fields[field.0], problems) else { continue };
        let mut moves: Vec<Move> = Vec::new();
        for (arrow, rule) in &written.moves {
            let (from, to) = (known(&arrow.from, values, problems), known(&arrow.to, values, problems));
            let rows = Rows { entity: id, all, steps: 0, back: None };
            let understood = Rules { draft, owner, scope: all.scope, rows, problems }.rule(rule);
            let Some(understood) = understood else { continue };
            for (from, to) in from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to))) {
                match superfluous(from, to, &moves) {
                    Some(problem) => problems.push(problem),
                    None => {
                        moves.push(Move { from: from.value.clone(), to: to.value.clone(), rule: understood.clone() });
                    }
                }
            }
        }
        found.push(Transitions { field, moves });
    }
    found
}

/// The values of a field with a choice.
fn choices(field: &Field) -> Option<&[String]> {
    match &field.ty {
        Type::Scalar(Scalar::Enum(values)) => Some(values),
        _ => None,
    }
}

/// The values of a field that changes along arrows, which needs one to begin with.
fn begins<'f>(word: &Word, field: &'f Field, problems: &mut Problems) -> Option<&'f [String]> {
    let name = &word.value;
    let refuse = |message: String, help: &str| {
        Some(Diagnostic::error(Code::BadTransition, word.span, message).help(help.to_owned()))
    };
    let values = choices(field);
    let problem = if values.is_none() {
        refuse(
            format!("`{name}` is no choice, so that it has no arrows."),
            "Give it values, such as `open | closed = open`.",
        )
    } else if field.nullable {
        refuse(format!("`{name}` may be null, and no arrow leads from there."), "Take the `?` from its type.")
    } else if !matches!(field.default, Some(Default::Literal(_))) {
        refuse(format!("`{name}` has no value to begin with."), "Give it a default, such as `= open`.")
    } else if field.write != Write::Callers || field.write_rule.is_some() || field.private {
        refuse(format!("Who writes `{name}` is for its arrows to say."), "Take the other words from the field.")
    } else {
        None
    };
    match problem {
        Some(problem) => {
            problems.push(problem);
            None
        }
        None => values,
    }
}

fn known<'w>(words: &'w [Word], values: &[String], problems: &mut Problems) -> Vec<&'w Word> {
    let mut found = Vec::new();
    for word in words {
        if values.contains(&word.value) {
            found.push(word);
            continue;
        }
        let message = format!("`{}` is not one of the values.", word.value);
        let problem = Diagnostic::error(Code::UnknownValue, word.span, message);
        problems.push(match suggest::nearest(&word.value, values.iter().map(String::as_str)) {
            Some(near) => problem.did_you_mean(word.span, Some(near)),
            None => problem.help(format!("They are {}.", listed(values))),
        });
    }
    found
}

/// An arrow that says nothing, or is there already.
fn superfluous(from: &Word, to: &Word, moves: &[Move]) -> Option<Diagnostic> {
    let message = if from.value == to.value {
        format!("`{}` may stay what it is without an arrow.", from.value)
    } else if moves.iter().any(|known| known.from == from.value && known.to == to.value) {
        format!("There is an arrow from `{}` to `{}` already.", from.value, to.value)
    } else {
        return None;
    };
    Some(Diagnostic::error(Code::BadTransition, to.span, message).help("Take it out."))
}

fn unknown_field(word: &ast::Word, choices: &[&str]) -> Diagnostic {
    let message = format!("There is no field `{}` here.", word.value);
    let problem = Diagnostic::error(Code::UnknownField, word.span, message);
    match suggest::nearest(&word.value, choices.iter().copied()) {
        Some(near) => problem.did_you_mean(word.span, Some(near)),
        None if choices.is_empty() => problem.help("No field of this entity has a choice of values."),
        None => problem.help(format!("The fields with a choice are `{}`.", choices.join("`, `"))),
    }
}
