//! What was written, moved to another place of the text.

use super::{
    Access, Base, Condition, Default, Entity, Field, FieldLine, Given, Grant, Insertion, Key, ListMark, Move, Part,
    Parts, Path, Rule, Test, TestKind, Transitions, Type, Value,
};
use crate::spec::span::{Span, Spanned};

/// What knows where it stands.
pub(in crate::spec) trait Shift {
    /// Tells it that it stands so many bytes further on; backwards where that wraps around.
    fn shift(&mut self, by: usize);
}

impl Shift for Span {
    fn shift(&mut self, by: usize) {
        self.start = self.start.wrapping_add(by);
        self.end = self.end.wrapping_add(by);
    }
}

/// What is said has no places of its own, but for [`Value`].
impl<T> Shift for Spanned<T> {
    fn shift(&mut self, by: usize) {
        self.span.shift(by);
    }
}

impl<T: Shift> Shift for Option<T> {
    fn shift(&mut self, by: usize) {
        if let Some(value) = self {
            value.shift(by);
        }
    }
}

impl<T: Shift> Shift for Vec<T> {
    fn shift(&mut self, by: usize) {
        for value in self {
            value.shift(by);
        }
    }
}

impl<T: Shift, const N: usize> Shift for [&mut T; N] {
    fn shift(&mut self, by: usize) {
        for value in self {
            value.shift(by);
        }
    }
}

impl<T: Shift> Shift for Given<T> {
    fn shift(&mut self, by: usize) {
        if let Self::Value(value) = self {
            value.shift(by);
        }
    }
}

impl<T: Shift, U: Shift> Shift for (T, U) {
    fn shift(&mut self, by: usize) {
        self.0.shift(by);
        self.1.shift(by);
    }
}

impl Shift for Insertion {
    fn shift(&mut self, by: usize) {
        let (Self::Line { offset, .. } | Self::Flow { offset, .. }) = self;
        *offset = offset.wrapping_add(by);
    }
}

impl Shift for Entity {
    fn shift(&mut self, by: usize) {
        let Self {
            name,
            label,
            description,
            plural,
            table,
            owner,
            fields,
            access,
            checks,
            transitions,
            unique,
            index,
            search,
            insertion,
        } = self;
        name.shift(by);
        [label, description, plural, table].shift(by);
        owner.shift(by);
        fields.shift(by);
        access.shift(by);
        checks.shift(by);
        transitions.shift(by);
        unique.shift(by);
        index.shift(by);
        search.shift(by);
        insertion.shift(by);
    }
}

impl Shift for Field {
    fn shift(&mut self, by: usize) {
        let Self { name, label, description, column, line } = self;
        name.shift(by);
        [label, description, column].shift(by);
        line.shift(by);
    }
}

impl Shift for FieldLine {
    fn shift(&mut self, by: usize) {
        let Self { span, ty, parts, complete: _ } = self;
        span.shift(by);
        ty.shift(by);
        parts.shift(by);
    }
}

impl Shift for Type {
    fn shift(&mut self, by: usize) {
        let Self { span, base, list, nullable } = self;
        span.shift(by);
        match base {
            Base::Named { word, arguments } => {
                word.shift(by);
                arguments.shift(by);
            }
            Base::Choice(words) => words.shift(by),
        }
        list.shift(by);
        nullable.shift(by);
    }
}

impl Shift for ListMark {
    fn shift(&mut self, by: usize) {
        let Self { span, count } = self;
        span.shift(by);
        count.shift(by);
    }
}

impl<T: Shift> Shift for Part<T> {
    fn shift(&mut self, by: usize) {
        let Self { span, value } = self;
        span.shift(by);
        value.shift(by);
    }
}

impl Shift for Parts {
    fn shift(&mut self, by: usize) {
        let Self {
            range,
            lower,
            upper,
            pattern,
            by: other_side,
            through,
            on_delete,
            unique,
            readonly,
            write_once,
            private,
            lowercase,
            read,
            write,
            default,
        } = self;
        range.shift(by);
        [lower, upper].shift(by);
        pattern.shift(by);
        [other_side, through].shift(by);
        on_delete.shift(by);
        [unique, readonly, write_once, private, lowercase].shift(by);
        [read, write].shift(by);
        default.shift(by);
    }
}

impl Shift for Default {
    fn shift(&mut self, by: usize) {
        match self {
            Self::Literal(literal) => literal.shift(by),
            Self::Path(path) => path.shift(by),
        }
    }
}

impl Shift for Path {
    fn shift(&mut self, by: usize) {
        let Self { span, steps } = self;
        span.shift(by);
        steps.shift(by);
    }
}

impl Shift for Key {
    fn shift(&mut self, by: usize) {
        let Self { field, descending } = self;
        field.shift(by);
        descending.shift(by);
    }
}

impl Shift for Transitions {
    fn shift(&mut self, by: usize) {
        let Self { field, moves } = self;
        field.shift(by);
        moves.shift(by);
    }
}

impl Shift for Move {
    fn shift(&mut self, by: usize) {
        let Self { from, to } = self;
        from.shift(by);
        to.shift(by);
    }
}

impl Shift for Access {
    fn shift(&mut self, by: usize) {
        let Self { span, read, write, list, get, create, update, delete } = self;
        span.shift(by);
        [read, write, list, get, create, update, delete].shift(by);
    }
}

impl Shift for Rule {
    fn shift(&mut self, by: usize) {
        let Self { span, grants } = self;
        span.shift(by);
        grants.shift(by);
    }
}

impl Shift for Grant {
    fn shift(&mut self, by: usize) {
        match self {
            Self::Who { word, when } => {
                word.shift(by);
                when.shift(by);
            }
            Self::Condition(condition) => condition.shift(by),
        }
    }
}

impl Shift for Condition {
    fn shift(&mut self, by: usize) {
        let Self { span, tests } = self;
        span.shift(by);
        tests.shift(by);
    }
}

impl Shift for Test {
    fn shift(&mut self, by: usize) {
        let Self { span, subject, kind } = self;
        span.shift(by);
        subject.shift(by);
        match kind {
            TestKind::Compare { comparison: _, values } => {
                values.shift(by);
                for value in values {
                    value.value.shift(by);
                }
            }
            TestKind::Has(condition) => condition.shift(by),
            TestKind::IsNull { .. } | TestKind::HasMe => {}
        }
    }
}

impl Shift for Value {
    fn shift(&mut self, by: usize) {
        match self {
            Self::Literal(_) => {}
            Self::Path(path) => path.shift(by),
            Self::Me(path) => path.shift(by),
        }
    }
}
