//! What must hold of every row.

use crate::model::{EntityId, RowCheck, Scalar, Test, Type};
use crate::spec::ast::{self, Condition, Path, TestKind, Value, Word};
use crate::spec::{Code, Diagnostic, Span, Spanned};

use super::{
    Problems,
    fields::Slot,
    operands::{self, Subject},
    tests_of_rows::{Entities, Rows, Way},
};

/// Understands the checks of an entity.
pub(super) fn checks(id: EntityId, all: Entities<'_, '_>, problems: &mut Problems) -> Vec<RowCheck> {
    let declared = all.scope.declared(id);
    let written = declared.written.map_or(&[][..], |entity| entity.checks.as_slice());
    let rows = Rows { entity: id, all, steps: 0, back: None };
    let mut found: Vec<(Span, RowCheck)> = Vec::new();
    for condition in written {
        let Some(tests) = tests(condition, rows, problems) else { continue };
        if let Some((first, _)) = found.iter().find(|(_, known)| known.tests == tests) {
            let problem = Diagnostic::error(Code::BadList, condition.span, "This check is there already.");
            problems.push(problem.label(*first, "here").help("Keep one of them."));
            continue;
        }
        found.push((condition.span, RowCheck { tests, origin: Some(all.scope.line(condition.span)) }));
    }
    found.into_iter().map(|(_, check)| check).collect()
}

fn tests(condition: &Condition, rows: Rows<'_, '_>, problems: &mut Problems) -> Option<Vec<Test>> {
    let found: Vec<Option<Test>> = condition.tests.iter().map(|written| test(written, rows, problems)).collect();
    let fields = &rows.all.drafts[rows.entity.0].fields;
    let of_references = |test: &Option<Test>| match test {
        Some(Test::Compare { field, .. }) => fields[field.0].reference().is_some(),
        _ => false,
    };
    if let ([_, _, ..], Some(number)) = (found.as_slice(), found.iter().position(of_references)) {
        let message = "A check on two references stands by itself.";
        let problem = Diagnostic::error(Code::BadRule, condition.tests[number].span, message);
        problems.push(problem.help("Make it an item of its own in the list of checks."));
        return None;
    }
    found.into_iter().collect()
}

fn test(written: &ast::Test, rows: Rows<'_, '_>, problems: &mut Problems) -> Option<Test> {
    let Some(word) = written.subject.single() else {
        problems.push(of_its_own(written.subject.span));
        return None;
    };
    let draft = &rows.all.drafts[rows.entity.0];
    let field = match draft.slot(&word.value) {
        Slot::Stored(field) => field,
        Slot::Broken => return None,
        Slot::Unknown => {
            problems.push(rows.unknown_field(word));
            return None;
        }
        Slot::Side => {
            problems.push(of_its_own(word.span));
            return None;
        }
    };
    match &written.kind {
        TestKind::HasMe | TestKind::Has(_) => {
            problems.push(of_its_own(written.span));
            None
        }
        TestKind::IsNull { negated } => {
            problems.push(about_null(&word.value, *negated, written.span));
            None
        }
        TestKind::Compare { comparison, values } => {
            let is_enum = matches!(draft.fields[field.0].ty, Type::Scalar(Scalar::Enum(_)));
            let away = values.iter().find(|value| leads_away(&value.value, is_enum));
            if let Some(value) = away {
                problems.push(of_its_own(value.span));
                return None;
            }
            if draft.fields[field.0].reference().is_some()
                && let Some(problem) = of_references((written, word), *comparison, values, rows)
            {
                problems.push(problem);
                return None;
            }
            let way = Way { references: &[], start: rows };
            operands::comparison(&Subject { word, way, field, rows }, *comparison, values, problems)
        }
    }
}

/// Whether a value is no literal and no field of the row itself. The values of enums may look like paths.
fn leads_away(value: &Value, is_enum: bool) -> bool {
    match value {
        Value::Me(_) => true,
        Value::Path(path) => !is_enum && Path::single(path).is_none(),
        Value::Literal(_) => false,
    }
}

/// What is wrong with a comparison of a reference, but for where the other one leads.
fn of_references(
    (written, word): (&ast::Test, &Word),
    comparison: ast::Comparison,
    values: &[Spanned<Value>],
    rows: Rows<'_, '_>,
) -> Option<Diagnostic> {
    let problem = |span, message: &str| Diagnostic::error(Code::BadRule, span, message);
    let draft = &rows.all.drafts[rows.entity.0];
    let named = |value: &Spanned<Value>| match &value.value {
        Value::Path(path) => path.single().map(|word| (word.clone(), draft.slot(&word.value))),
        Value::Me(_) | Value::Literal(_) => None,
    };
    let is_unknown = |(word, slot)| matches!(slot, Slot::Unknown).then_some(word);
    if let Some(unknown) = values.iter().filter_map(named).find_map(is_unknown) {
        return Some(rows.unknown_field(&unknown));
    }
    let is_reference = |(_, slot)| match slot {
        Slot::Stored(id) => draft.fields[id.0].reference().is_some(),
        Slot::Unknown | Slot::Broken | Slot::Side => true,
    };
    let is_field = |value: &Spanned<Value>| named(value).is_some_and(is_reference);
    if !values.iter().all(is_field) {
        let help = format!("A check compares it with another reference: `{} != …`.", word.value);
        return Some(problem(word.span, &format!("`{}` is a reference.", word.value)).help(help));
    }
    if let [_, other, ..] = values {
        let message = "A check compares a reference with one other.";
        return Some(problem(other.span, message).help("Make it a check of its own."));
    }
    if comparison != ast::Comparison::NotEqual {
        let message = "A check on two references says that they name different rows.";
        return Some(problem(written.span, message).help("Compare them with `!=`."));
    }
    None
}

fn of_its_own(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadRule, span, "A check compares values of one row, whoever asks.")
        .help("Test a field of this entity. What depends on the caller or on other rows stands under `access:`.")
}

fn about_null(field: &str, negated: bool, span: Span) -> Diagnostic {
    let message = "A check compares values, and one that is null passes it.";
    let help = if negated {
        format!("For a value that must be there, take the `?` from the type of `{field}`.")
    } else {
        "Take the test out.".to_owned()
    };
    Diagnostic::error(Code::BadRule, span, message).help(help)
}
