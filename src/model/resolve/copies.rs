//! Defaults that are copied from a row that the new one refers to: `= book.price`.

use crate::model::{Bound, Bounds, Default, EntityId, FieldId, Interval, Range, Scalar, Type, Write};
use crate::spec::ast::{self, Parts, Path, Word};
use crate::spec::{Code, Diagnostic, suggest};

use super::{
    Problems,
    fields::{Draft, Slot},
    scope::Scope,
};

/// The path of a default that is copied.
pub(super) fn path(parts: &Parts) -> Option<&Path> {
    match &parts.default.as_ref()?.value {
        ast::Default::Path(path) if path.single().is_none() => Some(path),
        ast::Default::Path(_) | ast::Default::Literal(_) => None,
    }
}

/// Gives every field that is copied its default, now that all entities are known.
pub(super) fn resolve(drafts: &mut [Draft<'_>], scope: &Scope<'_>, problems: &mut Problems) {
    for entity in 0..drafts.len() {
        for (field, path) in drafts[entity].copies.clone() {
            match copy(drafts, entity, field, path, scope) {
                Ok(default) => drafts[entity].fields[field.0].default = default,
                Err(problem) => problems.push(*problem),
            }
        }
    }
}

/// The default; none where a mistake elsewhere is in the way.
fn copy(
    drafts: &[Draft<'_>],
    entity: usize,
    field: FieldId,
    path: &Path,
    scope: &Scope<'_>,
) -> Result<Option<Default>, Box<Diagnostic>> {
    let bad = |message: &str, help: String| {
        Box::new(Diagnostic::error(Code::BadDefault, path.span, message.to_owned()).help(help))
    };
    let [first, second] = path.steps.as_slice() else {
        let help = "Copy it in two steps: give the row in between a field that is copied itself.".to_owned();
        return Err(bad("A value is copied from a row that this one refers to itself.", help));
    };
    let draft = &drafts[entity];
    let declared = scope.declared(EntityId(entity));
    let owner = declared.written.and_then(|written| written.owner.value()).and_then(Path::single);
    let is_owner = |word: &Word| owner.is_some_and(|owner| owner.value == word.value);
    let (through, reference) = match draft.slot(&first.value) {
        Slot::Broken => return Ok(None),
        Slot::Stored(id) => match draft.fields[id.0].reference() {
            Some(reference) => (id, *reference),
            None => {
                return Err(Box::new(unknown(first, draft, "does not refer to a row", |f| f.reference().is_some())));
            }
        },
        _ => {
            return Err(Box::new(unknown(first, draft, "is no reference that this row stores", |f| {
                f.reference().is_some()
            })));
        }
    };
    let given = &draft.fields[through.0];
    // The server writes the owner, whoever else may not.
    if !is_owner(first) && (given.write == Write::Nobody || given.private) {
        let help = format!("Let callers write `{}`, or leave the default out.", first.value);
        return Err(bad("Nobody gives this reference when a row is created, so that there is nothing to copy.", help));
    }
    let other = &drafts[reference.to.0];
    let is_single = |field: &crate::model::Field| matches!(field.ty, Type::Scalar(_));
    let from = match other.slot(&second.value) {
        Slot::Broken => return Ok(None),
        Slot::Stored(id) if is_single(&other.fields[id.0]) => id,
        _ => return Err(Box::new(unknown(second, other, "is no field with a single value there", is_single))),
    };
    let (target, source) = (&draft.fields[field.0], &other.fields[from.0]);
    let (Type::Scalar(takes), Type::Scalar(gives)) = (&target.ty, &source.ty) else { return Ok(None) };
    if !accepts(takes, gives) {
        let help = format!("Give `{}` the type and the bounds of `{}`.", target.name.snake(), second.value);
        return Err(bad("This field does not take every value that is copied.", help));
    }
    if source.nullable && !target.nullable {
        let help =
            format!("End the type of `{}` with `?`, or let the other one always have a value.", target.name.snake());
        return Err(bad("The value that is copied may be null, and this field is never null.", help));
    }
    if given.nullable && !target.nullable {
        let help =
            format!("End the type of `{}` with `?`, or take the `?` from `{}`.", target.name.snake(), first.value);
        return Err(bad(
            "Where this row refers to none, there is nothing to copy, and this field is never null.",
            help,
        ));
    }
    Ok(Some(Default::Copy { through, field: from }))
}

fn unknown(word: &Word, draft: &Draft<'_>, why: &str, fits: impl Fn(&crate::model::Field) -> bool) -> Diagnostic {
    let names = draft.names(fits);
    let problem = Diagnostic::error(Code::BadDefault, word.span, format!("`{}` {why}.", word.value));
    match suggest::nearest(&word.value, names.iter().copied()) {
        Some(near) => problem.did_you_mean(word.span, Some(near)),
        None if names.is_empty() => problem.help("Write a fixed value, or leave the default out."),
        None => problem.help(format!("There is `{}`.", names.join("`, `"))),
    }
}

/// Whether every value of one type is a value of the other.
fn accepts(takes: &Scalar, gives: &Scalar) -> bool {
    match (takes, gives) {
        (
            Scalar::String { length: wide, form } | Scalar::Text { length: wide, form },
            Scalar::String { length: narrow, form: other } | Scalar::Text { length: narrow, form: other },
        ) => {
            let is_formed = form.pattern.is_none() || form.pattern == other.pattern;
            holds(wide, narrow) && is_formed && (!form.lowercase || other.lowercase)
        }
        (Scalar::Integer(wide), Scalar::Integer(narrow)) => holds(wide, narrow),
        (Scalar::Bigint(wide), Scalar::Bigint(narrow)) => holds(wide, narrow),
        (Scalar::Number(wide), Scalar::Number(narrow)) => spans(wide, narrow),
        (Scalar::Decimal { scale, units: wide, .. }, Scalar::Decimal { scale: other, units: narrow, .. }) => {
            scale == other && holds(wide, narrow)
        }
        (Scalar::Date(wide), Scalar::Date(narrow)) | (Scalar::Time(wide), Scalar::Time(narrow)) => {
            encloses(wide, narrow)
        }
        (Scalar::Enum(wide), Scalar::Enum(narrow)) => narrow.iter().all(|word| wide.contains(word)),
        (takes, gives) => takes == gives,
    }
}

fn holds<T: PartialOrd>(wide: &Range<T>, narrow: &Range<T>) -> bool {
    wide.min <= narrow.min && narrow.max <= wide.max
}

fn spans(wide: &Bounds<f64>, narrow: &Bounds<f64>) -> bool {
    let within =
        |wide: Option<Bound<f64>>, narrow: Option<Bound<f64>>, before: fn(f64, f64) -> bool| match (wide, narrow) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(wide), Some(narrow)) => {
                before(wide.value, narrow.value)
                    || wide == narrow
                    || wide.inclusive && wide.value.total_cmp(&narrow.value).is_eq()
            }
        };
    within(wide.lower, narrow.lower, |wide, narrow| wide < narrow)
        && within(wide.upper, narrow.upper, |wide, narrow| wide > narrow)
}

fn encloses(wide: &Interval, narrow: &Interval) -> bool {
    let from = wide.first.is_none() || narrow.first.as_ref().is_some_and(|first| wide.contains(first));
    let to = wide.last.is_none() || narrow.last.as_ref().is_some_and(|last| wide.contains(last));
    from && to
}
