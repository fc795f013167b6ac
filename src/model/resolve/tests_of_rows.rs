//! Conditions of access rules: tests of a row, and of rows that it leads to.

use crate::model::{
    By, Comparison, EntityId, EntityKind, Field, FieldId, Operand, OtherSide, OtherSideId, Relation, Test, Type,
};
use crate::spec::ast::{self, Condition, TestKind, Value, Word};
use crate::spec::{Code, Diagnostic, suggest};

use super::{
    Problems,
    fields::{Draft, Slot},
    operands::{self, Subject},
    opposed::refuse_opposed,
    scope::Scope,
};

/// The most relations that a path follows.
pub(super) const STEPS_MAX: usize = 3;

/// All that conditions can lead to.
#[derive(Clone, Copy)]
pub(super) struct Entities<'r, 's> {
    pub(super) scope: &'r Scope<'s>,
    pub(super) drafts: &'r [Draft<'s>],
    pub(super) sides: &'r [Vec<OtherSide>],
}

/// The rows that a condition is about.
#[derive(Clone, Copy)]
pub(super) struct Rows<'r, 's> {
    pub(super) entity: EntityId,
    pub(super) all: Entities<'r, 's>,
    /// How many relations have been followed from where the rule stands.
    pub(super) steps: usize,
    /// The reference by which they belong to a row, where they were reached from that.
    pub(super) back: Option<FieldId>,
}

/// What a relation leads to.
struct Related<'r, 's> {
    relation: Relation,
    /// The reference by which the rows of the relation lead on to those that are meant, where they stand between.
    onward: Option<FieldId>,
    rows: Rows<'r, 's>,
}

/// The tests of a condition; `None` if one of them is none, which is reported.
pub(super) fn tests(condition: &Condition, rows: Rows<'_, '_>, problems: &mut Problems) -> Option<Vec<Test>> {
    let found: Vec<Option<Test>> = condition.tests.iter().map(|written| test(written, rows, problems)).collect();
    let found: Vec<Test> = found.into_iter().collect::<Option<_>>()?;
    refuse_opposed(&condition.tests, &found, problems)?;
    Some(found)
}

/// Whether a condition asks who calls.
pub(super) fn mentions_me(condition: &Condition) -> bool {
    condition.tests.iter().any(|test| match &test.kind {
        TestKind::Compare { values, .. } => values.iter().any(|value| matches!(value.value, Value::Me(_))),
        TestKind::HasMe => true,
        TestKind::Has(inner) => mentions_me(inner),
        TestKind::IsNull { .. } => false,
    })
}

fn test(written: &ast::Test, rows: Rows<'_, '_>, problems: &mut Problems) -> Option<Test> {
    let (word, ways) = written.subject.steps.split_last()?;
    let (references, at) = rows.along(ways, problems)?;
    let way = Way { references: &references, start: rows };
    let last = at.last(word, written, way, problems)?;
    // What leads elsewhere than the subject begins at the same row.
    if matches!(last, Test::Across { .. }) {
        return Some(last);
    }
    let inside = |test, reference: &FieldId| Test::At(*reference, Box::new(test));
    Some(references.iter().rev().fold(last, inside))
}

/// The steps before what is tested.
#[derive(Clone, Copy)]
pub(super) struct Way<'t> {
    pub(super) references: &'t [FieldId],
    /// The rows that they begin at.
    pub(super) start: Rows<'t, 't>,
}

impl<'r, 's> Rows<'r, 's> {
    pub(super) fn draft(&self) -> &'r Draft<'s> {
        &self.all.drafts[self.entity.0]
    }

    pub(super) fn field(&self, id: FieldId) -> &'r Field {
        &self.all.drafts[self.entity.0].fields[id.0]
    }

    fn called(&self) -> &str {
        self.all.scope.declared(self.entity).called()
    }

    /// The references that words name one after the other, and the rows at their end.
    pub(super) fn along(self, words: &[Word], problems: &mut Problems) -> Option<(Vec<FieldId>, Self)> {
        let mut references = Vec::new();
        let mut at = self;
        for word in words {
            let reference = at.reference(word, problems)?;
            at = Rows { entity: at.field(reference).reference()?.to, steps: at.steps + 1, back: None, ..at };
            references.push(reference);
        }
        Some((references, at))
    }

    /// A step on the way to what is tested.
    pub(super) fn reference(&self, word: &Word, problems: &mut Problems) -> Option<FieldId> {
        let problem = match self.draft().slot(&word.value) {
            Slot::Broken => return None,
            Slot::Unknown => {
                problems.push(self.unknown_field(word));
                return None;
            }
            Slot::Stored(id) if self.back == Some(id) => {
                let message = format!("`{}` leads back to where `has` began.", word.value);
                Diagnostic::error(Code::BadRule, word.span, message).help("Test that row outside of `has (…)`.")
            }
            Slot::Stored(id) if self.field(id).reference().is_some() => {
                self.refuse_long(word, problems)?;
                return Some(id);
            }
            Slot::Stored(_) => {
                let message = format!("`{}` is a value and leads nowhere.", word.value);
                Diagnostic::error(Code::BadRule, word.span, message).help("Only references lead to other rows.")
            }
            Slot::Side => {
                let message = format!("`{}` leads to several rows.", word.value);
                let help = format!("Say what one of them must be: `{} has (…)`.", word.value);
                Diagnostic::error(Code::BadRule, word.span, message).help(help)
            }
        };
        problems.push(problem);
        None
    }

    /// What is tested at the end of a path.
    fn last(&self, word: &Word, written: &ast::Test, way: Way<'_>, problems: &mut Problems) -> Option<Test> {
        let slot = self.draft().slot(&word.value);
        match (slot, &written.kind) {
            (Slot::Broken, _) => None,
            (Slot::Unknown, _) => {
                problems.push(self.unknown_field(word));
                None
            }
            (Slot::Stored(field), TestKind::Compare { comparison, values }) => {
                let subject = Subject { word, way, field, rows: *self };
                operands::comparison(&subject, *comparison, values, problems)
            }
            (Slot::Stored(field), TestKind::IsNull { negated }) => self.is_null(word, field, *negated, problems),
            (Slot::Side, TestKind::Has(condition)) => self.has(word, condition, problems),
            (Slot::Side, TestKind::HasMe) => self.has_me(word, problems),
            (Slot::Stored(field), TestKind::Has(condition)) if self.field(field).many().is_some() => {
                self.has(word, condition, problems)
            }
            (Slot::Stored(field), TestKind::HasMe) if self.field(field).many().is_some() => self.has_me(word, problems),
            (Slot::Stored(field), TestKind::Has(_) | TestKind::HasMe) => {
                problems.push(self.refuse_has(word, field));
                None
            }
            (Slot::Side, TestKind::Compare { .. } | TestKind::IsNull { .. }) => {
                let message = format!("`{}` is the other side of a reference; a row has no value there.", word.value);
                let help = format!("Test a field that the row stores, or say `{} has (…)`.", word.value);
                problems.push(Diagnostic::error(Code::BadRule, word.span, message).help(help));
                None
            }
        }
    }

    fn is_null(&self, word: &Word, id: FieldId, negated: bool, problems: &mut Problems) -> Option<Test> {
        let field = self.field(id);
        if field.nullable {
            return Some(Test::IsNull { field: id, negated });
        }
        let message = format!("`{}` is never null.", word.value);
        let help = match field.ty {
            Type::List { .. } => "A list may be empty, but it is always there.",
            Type::Many(_) => "A set may be empty, but it is always there.",
            Type::Scalar(_) | Type::Reference(_) => "Take the test out, or end the field's type with `?`.",
        };
        problems.push(Diagnostic::error(Code::BadRule, word.span, message).help(help));
        None
    }

    /// The relation of that name and the rows it leads to; `None` where its reference could not be understood.
    fn relation(&self, word: &Word, problems: &mut Problems) -> Option<Related<'r, 's>> {
        let sides = &self.all.sides[self.entity.0];
        let index = sides.iter().position(|side| side.name.snake() == word.value);
        if let (None, Slot::Stored(field)) = (index, self.draft().slot(&word.value)) {
            let entity = self.field(field).many()?.to;
            self.refuse_long(word, problems)?;
            return Some(Related {
                relation: Relation::InSet { field, entity },
                onward: None,
                rows: self.next(entity),
            });
        }
        let found = &sides[index?];
        self.refuse_long(word, problems)?;
        let (side, entity) = (OtherSideId(index?), found.entity);
        let rows = self.next(entity);
        Some(match found.by {
            By::Reference(by) => Related {
                relation: Relation::Referring { side, entity, by },
                onward: None,
                rows: Self { back: Some(by), ..rows },
            },
            By::Many(by) => Related { relation: Relation::Having { side, entity, by }, onward: None, rows },
            By::Through { entity: between, here, there } => {
                // The rows between are the same for all who lead to them, directly or across.
                let direct = |side: &OtherSide| side.entity == between && side.by == By::Reference(here);
                let across = |side: &OtherSide| matches!(side.by, By::Through { entity, here: by, .. } if entity == between && by == here);
                let first = sides.iter().position(direct).or(sides.iter().position(across));
                let side = first.map_or(side, OtherSideId);
                Related { relation: Relation::Referring { side, entity: between, by: here }, onward: Some(there), rows }
            }
        })
    }

    /// Rows one relation further.
    fn next(&self, entity: EntityId) -> Self {
        Self { entity, steps: self.steps + 1, back: None, ..*self }
    }

    fn has(&self, word: &Word, condition: &Condition, problems: &mut Problems) -> Option<Test> {
        let related = self.relation(word, problems)?;
        let tests = tests(condition, related.rows, problems)?;
        let tests = match related.onward {
            Some(there) => tests.into_iter().map(|test| Test::At(there, Box::new(test))).collect(),
            None => tests,
        };
        Some(Test::Has(related.relation, tests))
    }

    fn has_me(&self, word: &Word, problems: &mut Problems) -> Option<Test> {
        let Related { relation, onward, rows } = self.relation(word, problems)?;
        let is_user = |field: &Field| {
            let to = field.reference().map(|reference| reference.to);
            to.is_some_and(|to| self.all.scope.declared(to).kind == EntityKind::User)
        };
        if self.all.scope.declared(rows.entity).kind == EntityKind::User {
            let is_me = match onward {
                Some(field) => Test::Compare { field, comparison: Comparison::Equal, operands: vec![Operand::Me] },
                None => Test::IsMe,
            };
            return Some(Test::Has(relation, vec![is_me]));
        }
        let message = format!("`{}` holds rows of `{}`, and none of them is a user.", word.value, rows.called());
        let users = rows.draft().names(is_user);
        let help = match users.as_slice() {
            [first, ..] => format!("Write `{} has ({first} = me)`.", word.value),
            [] => "Say what one of them must be: `has (…)`.".to_owned(),
        };
        problems.push(Diagnostic::error(Code::BadRule, word.span, message).help(help));
        None
    }

    fn refuse_has(&self, word: &Word, field: FieldId) -> Diagnostic {
        let what = if self.field(field).reference().is_some() { "one row" } else { "a value" };
        let message = format!("`{}` is {what}, and `has` is for relations with several.", word.value);
        let problem = Diagnostic::error(Code::BadRule, word.span, message);
        match self.field(field).reference() {
            Some(_) => {
                problem.help(format!("Test it with `{0} = me`, or what it leads to with `{0}.field = …`.", word.value))
            }
            None => problem.help("Compare it with a value."),
        }
    }

    /// One relation more must not be too many.
    fn refuse_long(&self, word: &Word, problems: &mut Problems) -> Option<()> {
        if self.steps < STEPS_MAX {
            return Some(());
        }
        let message = format!("A condition follows at most {STEPS_MAX} relations.");
        problems.push(
            Diagnostic::error(Code::BadRule, word.span, message)
                .help("Give the entity a reference of its own to what is tested."),
        );
        None
    }

    pub(super) fn unknown_field(&self, word: &Word) -> Diagnostic {
        let names = self.draft().names(|_| true);
        let message = if self.steps == 0 {
            format!("There is no field `{}` here.", word.value)
        } else {
            format!("`{}` has no field `{}`.", self.called(), word.value)
        };
        let problem = Diagnostic::error(Code::UnknownField, word.span, message);
        match suggest::nearest(&word.value, names.iter().copied()) {
            Some(near) => problem.did_you_mean(word.span, Some(near)),
            None if word.value == "created_at" => problem.help(
                "It comes by itself, and no rule looks at it; `made_at: datetime readonly = now` holds the same.",
            ),
            None if names.is_empty() => problem.help("It has no fields of its own that a rule could test."),
            None => problem.help(format!("The fields are `{}`.", names.join("`, `"))),
        }
    }
}
