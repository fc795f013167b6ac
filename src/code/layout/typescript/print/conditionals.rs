//! Conditional expressions: `test ? yes : no`, one below the other where they do not fit.

use super::Place;
use super::expressions::expression;
use crate::code::layout::doc::{Doc, Docs, nothing, soft_line, soft_line_or_space, text};
use crate::code::layout::typescript::ast::{Expr, ExprKind};

pub(super) fn conditional<'a>(expr: &Expr<'a>, place: Place, docs: &Docs<'a>) -> Doc<'a> {
    branch_of(expr, place, Branch::Root, docs)
}

/// Where a conditional stands in another one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    Root,
    Test,
    Yes,
    No,
}

fn branch_of<'a>(expr: &Expr<'a>, place: Place, branch: Branch, docs: &Docs<'a>) -> Doc<'a> {
    let ExprKind::Conditional { test, yes, no } = &expr.kind else { return nothing() };
    let own_indent = !matches!(place, Place::Returned | Place::Argument | Place::Callee);
    let part = |value: &Expr<'a>, branch: Branch| {
        let place = Place::ConditionalPart { own_indent };
        if matches!(value.kind, ExprKind::Conditional { .. }) && !(value.parens && branch != Branch::Yes) {
            branch_of(value, place, branch, docs)
        } else {
            expression(value, place, docs)
        }
    };
    let test_doc = part(test, Branch::Test);
    let test_doc = if branch == Branch::No { docs.align(2, test_doc) } else { test_doc };
    let yes_doc = docs.align(2, part(yes, Branch::Yes));
    let yes_doc = if matches!(yes.kind, ExprKind::Conditional { .. }) {
        docs.concat([docs.if_flat(text("(")), yes_doc, docs.if_flat(text(")"))])
    } else {
        yes_doc
    };
    let tail = docs.concat([
        soft_line_or_space(),
        text("? "),
        yes_doc,
        soft_line_or_space(),
        text(": "),
        docs.align(2, part(no, Branch::No)),
    ]);
    let tail = if matches!(branch, Branch::Root | Branch::Test) { docs.indent(tail) } else { tail };
    let in_object_or_type = matches!(place, Place::Object { .. } | Place::Typed { .. });
    let extra_indent = branch == Branch::Root && in_object_or_type && place.is_value();
    let closes_on_own_line = branch == Branch::Root && matches!(place, Place::Object { .. }) && !extra_indent;
    let inner = docs.concat([test_doc, tail, if closes_on_own_line { soft_line() } else { nothing() }]);
    match branch {
        Branch::Root if extra_indent => docs.group(docs.soft_block(docs.group(inner))),
        Branch::Root => docs.group(inner),
        Branch::Test => docs.group(docs.soft_block(inner)),
        Branch::Yes | Branch::No => inner,
    }
}
