//! Sets of fields: those that no two rows share, those that are looked up together, and those that are searched.

use crate::model::{Field, FieldId, IndexKey, IndexSet, Indexed, Scalar, Type, UniqueSet};
use crate::spec::ast::{Key, Word};
use crate::spec::{Code, Diagnostic, suggest};

use super::{
    Problems,
    fields::{Draft, Slot, misplaced},
    scope::{Declared, Scope},
};

/// The sets of an entity.
#[derive(Default)]
pub(super) struct Sets {
    pub(super) unique: Vec<UniqueSet>,
    pub(super) indexes: Vec<IndexSet>,
    pub(super) search: Vec<FieldId>,
}

/// Understands the sets of an entity.
pub(super) fn sets(entity: &Declared<'_>, draft: &Draft<'_>, scope: &Scope<'_>, problems: &mut Problems) -> Sets {
    let Some(written) = entity.written else { return Sets::default() };
    Sets {
        unique: unique(&written.unique, draft, scope, problems),
        indexes: indexes(&written.index, draft, scope, problems),
        search: search(&written.search, draft, problems),
    }
}

fn unique(written: &[Vec<Key>], draft: &Draft<'_>, scope: &Scope<'_>, problems: &mut Problems) -> Vec<UniqueSet> {
    let mut sets: Vec<(&[Key], UniqueSet)> = Vec::new();
    for keys in written {
        if let Some(span) = keys.iter().find_map(|key| key.descending) {
            problems.push(misplaced("`desc` belongs to an index.", span));
            continue;
        }
        let Some(fields) = each_once(keys, problems, |word, problems| single(word, draft, problems)) else { continue };
        let Some(first) = keys.first() else { continue };
        if fields.len() == 1 {
            let message = format!("`{}` alone is no set.", first.field.value);
            problems.push(
                Diagnostic::error(Code::BadList, first.field.span, message)
                    .help("Take the set out, and write `unique` after the type of that field."),
            );
            continue;
        }
        let mut sorted = fields.clone();
        sorted.sort_unstable();
        let same = sets.iter().find(|(_, set)| {
            let mut other = set.fields.clone();
            other.sort_unstable();
            other == sorted
        });
        if let Some((other, _)) = same {
            problems.push(twice(keys, other));
            continue;
        }
        sets.push((keys, UniqueSet { fields, origin: Some(scope.line(first.field.span)) }));
    }
    sets.into_iter().map(|(_, set)| set).collect()
}

fn indexes(written: &[Vec<Key>], draft: &Draft<'_>, scope: &Scope<'_>, problems: &mut Problems) -> Vec<IndexSet> {
    let mut sets: Vec<(&[Key], IndexSet)> = Vec::new();
    for keys in written {
        let indexed = each_once(keys, problems, |word, problems| match word.value.as_str() {
            "created_at" => Some(Indexed::CreatedAt),
            "updated_at" => Some(Indexed::UpdatedAt),
            _ => single(word, draft, problems).map(Indexed::Field),
        });
        let (Some(indexed), Some(first)) = (indexed, keys.first()) else { continue };
        let with_order = indexed.into_iter().zip(keys);
        let with_order: Vec<IndexKey> =
            with_order.map(|(of, key)| IndexKey { of, descending: key.descending.is_some() }).collect();
        let by_itself = match with_order.as_slice() {
            [IndexKey { of: Indexed::Field(field), descending: false }] => has_index(&draft.fields[field.0]),
            _ => false,
        };
        if by_itself {
            let message = format!("`{}` has an index by itself.", first.field.value);
            problems.push(Diagnostic::error(Code::BadList, first.field.span, message).help("Take it out."));
            continue;
        }
        if let Some((other, _)) = sets.iter().find(|(_, set)| set.keys == with_order) {
            problems.push(twice(keys, other));
            continue;
        }
        sets.push((keys, IndexSet { keys: with_order, origin: Some(scope.line(first.field.span)) }));
    }
    sets.into_iter().map(|(_, set)| set).collect()
}

/// References are looked up by, and so are values that no two rows share.
fn has_index(field: &Field) -> bool {
    field.unique || field.reference().is_some()
}

fn twice(keys: &[Key], other: &[Key]) -> Diagnostic {
    let whole = |keys: &[Key]| match (keys.first(), keys.last()) {
        (Some(first), Some(last)) => first.field.span.to(last.field.span),
        _ => crate::spec::Span::at(0),
    };
    Diagnostic::error(Code::BadList, whole(keys), "This set is there already.")
        .label(whole(other), "here")
        .help("Keep one of them.")
}

/// What the words of a set stand for; `None` if one of them is nothing, or is there twice.
fn each_once<T: PartialEq>(
    keys: &[Key],
    problems: &mut Problems,
    understand: impl Fn(&Word, &mut Problems) -> Option<T>,
) -> Option<Vec<T>> {
    let mut found: Vec<T> = Vec::new();
    let mut complete = true;
    for Key { field: word, .. } in keys {
        match understand(word, problems) {
            Some(id) if found.contains(&id) => {
                let message = format!("`{}` is in the set already.", word.value);
                problems.push(Diagnostic::error(Code::BadList, word.span, message).help("Take it out."));
                complete = false;
            }
            Some(id) => found.push(id),
            None => complete = false,
        }
    }
    complete.then_some(found)
}

/// A stored field with one value that rows are looked up by.
fn single(word: &Word, draft: &Draft<'_>, problems: &mut Problems) -> Option<FieldId> {
    stored(word, draft, problems).filter(|id| {
        let field = &draft.fields[id.0];
        let is_single = !matches!(&field.ty, Type::List { .. } | Type::Many(_) | Type::Scalar(Scalar::Json));
        if !is_single {
            let message = format!("`{}` has no single value that could be looked up.", word.value);
            problems.push(Diagnostic::error(Code::BadList, word.span, message).help("Take it out."));
        }
        is_single
    })
}

fn search(words: &[Word], draft: &Draft<'_>, problems: &mut Problems) -> Vec<FieldId> {
    let mut found: Vec<FieldId> = Vec::new();
    for word in words {
        let Some(id) = stored(word, draft, problems) else { continue };
        let field = &draft.fields[id.0];
        let problem = if found.contains(&id) {
            Some((format!("`{}` is searched already.", word.value), "Take it out."))
        } else if field.private {
            let help = "Take it out, or take `private` from the field.";
            Some((format!("`{}` is private, and a search would give it away.", word.value), help))
        } else if is_text(&field.ty) {
            None
        } else {
            Some((
                format!("`{}` is no text.", word.value),
                "Search fields that are `string`, `text`, `email` or `url`.",
            ))
        };
        match problem {
            Some((message, help)) => {
                problems.push(Diagnostic::error(Code::BadList, word.span, message).help(help));
            }
            None => found.push(id),
        }
    }
    found
}

const fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(Scalar::String { .. } | Scalar::Text { .. } | Scalar::Email | Scalar::Url))
}

/// The stored field of a name; nothing more is said of one that could not be understood.
fn stored(word: &Word, draft: &Draft<'_>, problems: &mut Problems) -> Option<FieldId> {
    let problem = match draft.slot(&word.value) {
        Slot::Stored(id) => return Some(id),
        Slot::Broken => return None,
        Slot::Side => {
            let message = format!("`{}` is the other side of a relation; a row stores nothing there.", word.value);
            Diagnostic::error(Code::BadList, word.span, message).help("Take it out.")
        }
        Slot::Unknown => {
            let names = draft.names(|_| true);
            let message = format!("There is no field `{}` here.", word.value);
            let problem = Diagnostic::error(Code::UnknownField, word.span, message);
            match suggest::nearest(&word.value, names.iter().copied()) {
                Some(near) => problem.did_you_mean(word.span, Some(near)),
                None => problem.help(format!("The fields are `{}`.", names.join("`, `"))),
            }
        }
    };
    problems.push(problem);
    None
}
