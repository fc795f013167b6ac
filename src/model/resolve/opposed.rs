//! Tests that no row passes together.

use crate::model::{Comparison, FieldId, Literal, Operand, Test};
use crate::spec::{Code, Diagnostic, ast};

use super::Problems;

/// What a test says of a field.
enum Said<'t> {
    OneOf(Vec<&'t Literal>),
    NoneOf(Vec<&'t Literal>),
    Null,
}

/// Reports a test that fails wherever one before it passes; `None` if there is one.
pub(super) fn refuse_opposed(written: &[ast::Test], tests: &[Test], problems: &mut Problems) -> Option<()> {
    let said: Vec<Option<(Vec<FieldId>, Said<'_>)>> = tests.iter().map(said).collect();
    for (index, later) in said.iter().enumerate() {
        let Some((path, later)) = later else { continue };
        let before = said[..index].iter().position(|earlier| {
            earlier.as_ref().is_some_and(|(of, earlier)| of == path && are_opposed(earlier, later))
        });
        if let Some(before) = before {
            problems.push(
                Diagnostic::error(Code::BadRule, written[index].span, "No row passes this test and the other one.")
                    .label(written[before].span, "the other one")
                    .help("Several values that a field may have are joined with `|`: `status = draft | open`."),
            );
            return None;
        }
    }
    Some(())
}

/// The field that a test is about, with the references that lead to it, and what it says.
fn said(test: &Test) -> Option<(Vec<FieldId>, Said<'_>)> {
    match test {
        Test::At(reference, inner) => {
            let (path, said) = said(inner)?;
            Some(([vec![*reference], path].concat(), said))
        }
        Test::IsNull { field, negated: false } => Some((vec![*field], Said::Null)),
        Test::Compare { field, comparison: Comparison::Equal, operands } => {
            Some((vec![*field], Said::OneOf(literals(operands)?)))
        }
        Test::Compare { field, comparison: Comparison::NotEqual, operands } => {
            Some((vec![*field], Said::NoneOf(literals(operands)?)))
        }
        _ => None,
    }
}

/// The values of operands, where all of them are values.
fn literals(operands: &[Operand]) -> Option<Vec<&Literal>> {
    let values = operands.iter().map(|operand| match operand {
        Operand::Literal(literal) => Some(literal),
        _ => None,
    });
    values.collect()
}

fn are_opposed(one: &Said<'_>, other: &Said<'_>) -> bool {
    match (one, other) {
        (Said::OneOf(these), Said::OneOf(those)) => !these.iter().any(|value| those.contains(value)),
        (Said::OneOf(these), Said::NoneOf(those)) | (Said::NoneOf(those), Said::OneOf(these)) => {
            these.iter().all(|value| those.contains(value))
        }
        // Nothing compares with null.
        (Said::Null, Said::OneOf(_) | Said::NoneOf(_)) | (Said::OneOf(_) | Said::NoneOf(_), Said::Null) => true,
        (Said::NoneOf(_), Said::NoneOf(_)) | (Said::Null, Said::Null) => false,
    }
}
