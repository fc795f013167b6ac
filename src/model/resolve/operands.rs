//! What a field is compared with in a condition.

use crate::model::{Comparison, EntityId, EntityKind, Field, FieldId, FieldPath, Literal, Operand, Scalar, Test, Type};
use crate::spec::ast::{self, Path, Value, Word};
use crate::spec::{Code, Diagnostic, Span, Spanned, suggest};

use super::{
    Problems, defaults,
    fields::Slot,
    literals,
    owner::is_user,
    tests_of_rows::{Rows, Way},
};

/// What is compared.
pub(super) struct Subject<'t> {
    pub(super) word: &'t Word,
    /// The steps before it.
    pub(super) way: Way<'t>,
    pub(super) field: FieldId,
    /// The rows that have it.
    pub(super) rows: Rows<'t, 't>,
}

/// The comparison of a field with one value or several.
pub(super) fn comparison(
    subject: &Subject<'_>,
    comparison: ast::Comparison,
    values: &[Spanned<Value>],
    problems: &mut Problems,
) -> Option<Test> {
    let comparison = meaning(comparison);
    let field = subject.field;
    let found: Vec<Option<Compared>> =
        values.iter().map(|value| subject.compared(value, comparison, problems)).collect();
    let (mut operands, mut others) = (Vec::new(), Vec::new());
    for compared in found.into_iter().collect::<Option<Vec<Compared>>>()? {
        match compared {
            Compared::Beside(operand) => operands.push(operand),
            Compared::Elsewhere(path) => others.push(path),
        }
    }
    if others.is_empty() {
        return Some(Test::Compare { field, comparison, operands });
    }
    let path = FieldPath { references: subject.way.references.to_vec(), field };
    Some(Test::Across { path, comparison, others, operands })
}

/// What a field is compared with.
enum Compared {
    /// What the row that has it tells, or none.
    Beside(Operand),
    /// A field of another row.
    Elsewhere(FieldPath),
}

impl From<Operand> for Compared {
    fn from(operand: Operand) -> Self {
        Self::Beside(operand)
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

impl Subject<'_> {
    fn declared(&self) -> &Field {
        &self.rows.all.drafts[self.rows.entity.0].fields[self.field.0]
    }

    fn compared(&self, value: &Spanned<Value>, comparison: Comparison, problems: &mut Problems) -> Option<Compared> {
        let scalar = match &self.declared().ty {
            Type::Reference(_) => return self.reference_operand(value, comparison, problems),
            Type::Scalar(Scalar::Json) => return self.refused("`json` is not compared", problems),
            Type::List { .. } | Type::Many(_) => return self.refused("a list is not compared", problems),
            Type::Scalar(scalar) => scalar,
        };
        if !comparison.is_equality() && !has_order(scalar) {
            return self.refused("its values have no order, only `=` and `!=`", problems);
        }
        match &value.value {
            Value::Me(Some(path)) => self.of_me(path, problems).map(|field| Operand::OfMe(field).into()),
            Value::Me(None) => {
                let message = format!("`{}` does not refer to a user.", self.word.value);
                let problem = Diagnostic::error(Code::BadRule, value.span, message);
                problems.push(problem.help("Compare it with a value, or with a field of the caller: `me.field`."));
                None
            }
            Value::Literal(literal) => match literals::value(scalar, literal) {
                Ok(literal) => Some(Operand::Literal(literal).into()),
                Err(misfit) => {
                    let problem = defaults::misfit_problem(misfit, literal, value.span, scalar);
                    problems.push(Diagnostic { code: Code::UnknownValue, ..problem });
                    None
                }
            },
            Value::Path(path) => self.word_operand(path, scalar, problems),
        }
    }

    fn refused<T>(&self, why: &str, problems: &mut Problems) -> Option<T> {
        let message = format!("`{}` cannot be tested so: {why}.", self.word.value);
        problems.push(Diagnostic::error(Code::BadRule, self.word.span, message).help("Test another field."));
        None
    }

    /// A reference is compared with the caller, with what a field of the caller refers to, or with another reference.
    fn reference_operand(
        &self,
        value: &Spanned<Value>,
        comparison: Comparison,
        problems: &mut Problems,
    ) -> Option<Compared> {
        let refers_to_user = is_user(self.declared(), self.rows.all.scope);
        if let (Value::Me(_) | Value::Path(_), false) = (&value.value, comparison.is_equality()) {
            return self.refused("references have no order, only `=` and `!=`", problems);
        }
        match &value.value {
            Value::Me(None) if refers_to_user => return Some(Operand::Me.into()),
            Value::Me(Some(path)) => {
                return self.of_me(path, problems).map(|field| Operand::OfMe(field).into());
            }
            Value::Path(path) if self.begins_at_field(path) => {
                return self.other_field(path, problems, |word| self.unlike(word));
            }
            Value::Me(None) | Value::Literal(_) | Value::Path(_) => {}
        }
        problems.push(is_reference(self.word, refers_to_user));
        None
    }

    fn begins_at_field(&self, path: &Path) -> bool {
        let begin = path.steps.first();
        begin.is_some_and(|word| !matches!(self.way.start.draft().slot(&word.value), Slot::Unknown))
    }

    /// A field of the calling user, or of a row that the user's references lead to, that compares with the subject.
    fn of_me(&self, path: &Path, problems: &mut Problems) -> Option<FieldPath> {
        let (begin, (word, ways)) = (path.steps.first()?, path.steps.split_last()?);
        let all = self.rows.all;
        let user = all.scope.entities.iter().position(|entity| entity.kind == EntityKind::User);
        let Some(user) = user else {
            if all.scope.login.is_absent() {
                let problem = Diagnostic::error(Code::BadRule, begin.span, "There is no caller without a login.");
                problems.push(problem.help("Add `auth: {}` to the spec."));
            }
            return None;
        };
        let caller = Rows { entity: EntityId(user), all, steps: 0, back: None };
        if matches!(caller.draft().slot(&begin.value), Slot::Unknown) {
            problems.push(self.unknown_field_of_user(begin, caller, ways.is_empty()));
            return None;
        }
        let (mut references, mut at) = (Vec::new(), caller);
        for step in ways {
            if matches!(at.draft().slot(&step.value), Slot::Side) {
                let message = format!("`{}` leads to several rows.", step.value);
                let problem = Diagnostic::error(Code::BadRule, step.span, message);
                problems.push(problem.help("A path from the caller follows references, which lead to one row each."));
                return None;
            }
            let (reference, next) = at.along(std::slice::from_ref(step), problems)?;
            references.extend(reference);
            at = next;
        }
        let problem = match at.draft().slot(&word.value) {
            Slot::Broken => return None,
            Slot::Stored(field) if compares(at.field(field), self.declared()) => {
                return Some(FieldPath { references, field });
            }
            Slot::Stored(_) | Slot::Side => self.unlike(word),
            Slot::Unknown => at.unknown_field(word),
        };
        problems.push(problem);
        None
    }

    fn unknown_field_of_user(&self, word: &Word, caller: Rows<'_, '_>, is_last: bool) -> Diagnostic {
        let names = caller.draft().names(|field| match field.reference() {
            Some(_) if !is_last => true,
            _ => is_last && compares(field, self.declared()),
        });
        let message = format!("A user has no field `{}`.", word.value);
        let problem = Diagnostic::error(Code::UnknownField, word.span, message);
        match suggest::nearest(&word.value, names.iter().copied()) {
            Some(near) => problem.did_you_mean(word.span, Some(near)),
            None if word.value == "id" => problem.help(format!("Write `{} = me`.", self.word.value)),
            None if word.value == "role" => problem.help("Name the role before `when`: `staff when …`."),
            None => problem.help(format!("Declare `User` with a field `{}`.", word.value)),
        }
    }

    fn unlike(&self, word: &Word) -> Diagnostic {
        let message = format!("`{}` and `{}` are not of one type.", self.word.value, word.value);
        Diagnostic::error(Code::BadRule, word.span, message).help("Compare fields of the same type.")
    }

    /// A word beside an enum is one of its values, beside a boolean `true` or `false`, and elsewhere a field.
    fn word_operand(&self, path: &Path, scalar: &Scalar, problems: &mut Problems) -> Option<Compared> {
        match (scalar, path.single()) {
            (Scalar::Enum(values), _) => enum_word(path, values, problems).map(Compared::from),
            (Scalar::Boolean, Some(word)) if matches!(word.value.as_str(), "true" | "false") => {
                Some(Operand::Literal(Literal::Boolean(word.value == "true")).into())
            }
            _ => self.other_field(path, problems, |word| unknown_value(&word.value, word.span, scalar)),
        }
    }

    /// Another field of the same row, or one that a path leads to from where the condition begins.
    fn other_field(
        &self,
        path: &Path,
        problems: &mut Problems,
        unknown: impl Fn(&Word) -> Diagnostic,
    ) -> Option<Compared> {
        let (word, ways) = path.steps.split_last()?;
        let (references, at) = self.way.start.along(ways, problems)?;
        let is_beside = references == self.way.references;
        let problem = match at.draft().slot(&word.value) {
            Slot::Broken => return None,
            Slot::Stored(id) if is_beside && id == self.field => {
                let message = format!("`{}` is compared with itself.", word.value);
                Diagnostic::error(Code::BadRule, word.span, message).help("Compare it with another field or a value.")
            }
            Slot::Stored(id) if compares(at.field(id), self.declared()) => {
                if is_beside {
                    return Some(Operand::Field(id).into());
                }
                return Some(Compared::Elsewhere(FieldPath { references, field: id }));
            }
            Slot::Stored(_) | Slot::Side => self.unlike(word),
            Slot::Unknown if ways.is_empty() => unknown(word),
            Slot::Unknown => at.unknown_field(word),
        };
        problems.push(problem);
        None
    }
}

/// A reference that stands beside something else than one.
pub(super) fn is_reference(word: &Word, refers_to_user: bool) -> Diagnostic {
    let help = if refers_to_user {
        format!("Compare it with the caller: `{} = me`.", word.value)
    } else {
        format!("Test a field of its row, `{}.field = …`.", word.value)
    };
    Diagnostic::error(Code::BadRule, word.span, format!("`{}` is a reference.", word.value)).help(help)
}

fn enum_word(path: &Path, values: &[String], problems: &mut Problems) -> Option<Operand> {
    let text = path.steps.iter().map(|word| word.value.as_str()).collect::<Vec<_>>().join(".");
    if values.contains(&text) {
        return Some(Operand::Literal(Literal::Enum(text)));
    }
    let problem = Diagnostic::error(Code::UnknownValue, path.span, format!("`{text}` is not a value of this field."));
    problems.push(match suggest::nearest(&text, values.iter().map(String::as_str)) {
        Some(near) => problem.did_you_mean(path.span, Some(near)),
        None => problem.help(format!("Its values are {}.", defaults::listed(values))),
    });
    None
}

fn unknown_value(text: &str, span: Span, scalar: &Scalar) -> Diagnostic {
    Diagnostic::error(Code::UnknownValue, span, format!("`{text}` is not a value of this field."))
        .help(format!("Write {}.", defaults::example(scalar)))
}

/// Whether values of two fields can be compared.
fn compares(a: &Field, b: &Field) -> bool {
    match (&a.ty, &b.ty) {
        (Type::Reference(a), Type::Reference(b)) => a.to == b.to,
        (Type::Scalar(Scalar::Json), _) => false,
        (Type::Scalar(Scalar::Decimal { scale: a, .. }), Type::Scalar(Scalar::Decimal { scale: b, .. })) => a == b,
        (Type::Scalar(Scalar::Enum(a)), Type::Scalar(Scalar::Enum(b))) => a == b,
        (
            Type::Scalar(Scalar::String { .. } | Scalar::Text { .. }),
            Type::Scalar(Scalar::String { .. } | Scalar::Text { .. }),
        ) => true,
        (Type::Scalar(a), Type::Scalar(b)) => std::mem::discriminant(a) == std::mem::discriminant(b),
        _ => false,
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
