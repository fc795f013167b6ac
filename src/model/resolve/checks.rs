//! What must hold of every row.

use crate::model::{EntityId, RowCheck, Scalar, Test, Type};
use crate::spec::ast::{self, Condition, Path, TestKind, Value};
use crate::spec::{Code, Diagnostic, Span};

use super::{
    Problems,
    fields::Slot,
    operands::{self, Subject},
    owner::is_user,
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
            if draft.fields[field.0].reference().is_some() {
                problems.push(operands::is_reference(word, is_user(&draft.fields[field.0], rows.all.scope)));
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
