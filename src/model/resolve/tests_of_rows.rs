//! Conditions of access rules: tests of a row's fields.

use crate::model::{Comparison, Field, Literal, Operand, Scalar, Test, Type};
use crate::spec::ast::{self, Condition, Path, TestKind, Value, Word};
use crate::spec::{Code, Diagnostic, Span, Spanned, suggest};

use super::{
    Problems, defaults,
    fields::{Draft, Slot},
    literals,
    owner::is_user,
    scope::Scope,
};

/// The tests of a condition; `None` if one of them is none, which is reported.
pub(super) fn tests(
    condition: &Condition,
    draft: &Draft<'_>,
    scope: &Scope<'_>,
    problems: &mut Problems,
) -> Option<Vec<Test>> {
    let found: Vec<Option<Test>> =
        condition.tests.iter().map(|written| test(written, draft, scope, problems)).collect();
    found.into_iter().collect()
}

fn test(written: &ast::Test, draft: &Draft<'_>, scope: &Scope<'_>, problems: &mut Problems) -> Option<Test> {
    let (comparison, values) = match &written.kind {
        TestKind::Compare { comparison, values } => (*comparison, values),
        TestKind::IsNull { .. } => return unavailable("`is null`", written.span, problems),
        TestKind::HasMe | TestKind::Has(_) => return unavailable("`has`", written.span, problems),
    };
    let Some(word) = written.subject.single() else {
        return unavailable("A condition over several steps", written.subject.span, problems);
    };
    let field = match draft.slot(&word.value) {
        Slot::Stored(id) => id,
        Slot::Broken => return None,
        Slot::Side => {
            let message = format!("`{}` is the other side of a reference; a row has no value there.", word.value);
            problems
                .push(Diagnostic::error(Code::BadRule, word.span, message).help("Test a field that the row stores."));
            return None;
        }
        Slot::Unknown => {
            problems.push(unknown_field(word, draft));
            return None;
        }
    };
    let subject = Subject { word, field: &draft.fields[field.0], scope };
    let operands: Vec<Option<Operand>> =
        values.iter().map(|value| operand(value, comparison, &subject, draft, problems)).collect();
    let operands = operands.into_iter().collect::<Option<Vec<Operand>>>()?;
    Some(Test { field, comparison: meaning(comparison), operands })
}

/// What is tested.
struct Subject<'t> {
    word: &'t Word,
    field: &'t Field,
    scope: &'t Scope<'t>,
}

fn unavailable<T>(what: &str, span: Span, problems: &mut Problems) -> Option<T> {
    problems.push(Diagnostic::not_yet_available(what, span));
    None
}

fn unknown_field(word: &Word, draft: &Draft<'_>) -> Diagnostic {
    let names = draft.names(|_| true);
    let problem = Diagnostic::error(Code::UnknownField, word.span, format!("There is no field `{}` here.", word.value));
    match suggest::nearest(&word.value, names.iter().copied()) {
        Some(near) => problem.did_you_mean(word.span, Some(near)),
        None => problem.help(format!("The fields are `{}`.", names.join("`, `"))),
    }
}

fn meaning(comparison: ast::Comparison) -> Comparison {
    match comparison {
        ast::Comparison::Equal => Comparison::Equal,
        ast::Comparison::NotEqual => Comparison::NotEqual,
        ast::Comparison::Less => Comparison::Less,
        ast::Comparison::LessOrEqual => Comparison::LessOrEqual,
        ast::Comparison::Greater => Comparison::Greater,
        ast::Comparison::GreaterOrEqual => Comparison::GreaterOrEqual,
    }
}

fn operand(
    value: &Spanned<Value>,
    comparison: ast::Comparison,
    subject: &Subject<'_>,
    draft: &Draft<'_>,
    problems: &mut Problems,
) -> Option<Operand> {
    let scalar = match &subject.field.ty {
        Type::Reference(_) => return me(value, comparison, subject, problems),
        Type::Scalar(Scalar::Json) => return refused(subject, "`json` is not compared", problems),
        Type::List { .. } | Type::Many(_) => return refused(subject, "a list is not compared", problems),
        Type::Scalar(scalar) => scalar,
    };
    let is_order = !matches!(comparison, ast::Comparison::Equal | ast::Comparison::NotEqual);
    if is_order && !has_order(scalar) {
        return refused(subject, "its values have no order, only `=` and `!=`", problems);
    }
    match &value.value {
        Value::Me(Some(_)) => unavailable("A field of the caller", value.span, problems),
        Value::Me(None) => {
            let message = format!("`{}` does not refer to a user.", subject.word.value);
            problems.push(Diagnostic::error(Code::BadRule, value.span, message).help("Compare it with a value."));
            None
        }
        Value::Literal(literal) => match literals::value(scalar, literal) {
            Ok(literal) => Some(Operand::Literal(literal)),
            Err(misfit) => {
                let problem = defaults::misfit_problem(misfit, literal, value.span, scalar);
                problems.push(Diagnostic { code: Code::UnknownValue, ..problem });
                None
            }
        },
        Value::Path(path) => word_operand(path, scalar, draft, problems),
    }
}

fn has_order(scalar: &Scalar) -> bool {
    matches!(
        scalar,
        Scalar::Integer(_)
            | Scalar::Bigint(_)
            | Scalar::Number(_)
            | Scalar::Decimal { .. }
            | Scalar::Date(_)
            | Scalar::DateTime
            | Scalar::Time(_)
    )
}

fn refused<T>(subject: &Subject<'_>, why: &str, problems: &mut Problems) -> Option<T> {
    let message = format!("`{}` cannot be tested so: {why}.", subject.word.value);
    problems.push(Diagnostic::error(Code::BadRule, subject.word.span, message).help("Test another field."));
    None
}

/// A reference is compared with the caller.
fn me(
    value: &Spanned<Value>,
    comparison: ast::Comparison,
    subject: &Subject<'_>,
    problems: &mut Problems,
) -> Option<Operand> {
    let is_equal = comparison == ast::Comparison::Equal;
    if value.value == Value::Me(None) && is_equal && is_user(subject.field, subject.scope) {
        return Some(Operand::Me);
    }
    if value.value == Value::Me(None) && is_user(subject.field, subject.scope) {
        return unavailable("A comparison with `me` other than `=`", value.span, problems);
    }
    let message = format!("`{}` is a reference.", subject.word.value);
    let help = if is_user(subject.field, subject.scope) {
        format!("Compare it with the caller: `{} = me`.", subject.word.value)
    } else {
        "Test a field with a value.".to_owned()
    };
    problems.push(Diagnostic::error(Code::BadRule, subject.word.span, message).help(help));
    None
}

/// A word beside an enum is one of its values, beside a boolean `true` or `false`, and elsewhere a field.
fn word_operand(path: &Path, scalar: &Scalar, draft: &Draft<'_>, problems: &mut Problems) -> Option<Operand> {
    let Some(word) = path.single() else {
        return unavailable("A comparison of two fields", path.span, problems);
    };
    let text = word.value.as_str();
    let problem =
        || Diagnostic::error(Code::UnknownValue, word.span, format!("`{text}` is not a value of this field."));
    let problem = match scalar {
        Scalar::Enum(values) => {
            if values.iter().any(|value| value == text) {
                return Some(Operand::Literal(Literal::Enum(text.to_owned())));
            }
            match suggest::nearest(text, values.iter().map(String::as_str)) {
                Some(near) => problem().did_you_mean(word.span, Some(near)),
                None => problem().help(format!("Its values are {}.", defaults::listed(values))),
            }
        }
        Scalar::Boolean if matches!(text, "true" | "false") => {
            return Some(Operand::Literal(Literal::Boolean(text == "true")));
        }
        _ => match draft.slot(text) {
            Slot::Broken => return None,
            Slot::Stored(_) | Slot::Side => return unavailable("A comparison of two fields", path.span, problems),
            Slot::Unknown => problem().help(format!("Write {}.", defaults::example(scalar))),
        },
    };
    problems.push(problem);
    None
}
