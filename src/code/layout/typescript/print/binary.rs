//! Binary and logical operators: operands of the same strength are one list, broken before none or all.

use super::Place;
use super::expressions::expression;
use crate::code::layout::doc::{Doc, Docs, soft_line_or_space, space};
use crate::code::layout::typescript::ast::{Expr, ExprKind};
use crate::code::layout::typescript::parser::precedence;

pub(super) fn binary<'a>(expr: &Expr<'a>, place: Place, docs: &Docs<'a>) -> Doc<'a> {
    let in_condition = place == Place::Condition;
    let mut parts = Vec::new();
    operands(expr, None, in_condition, &mut parts, docs);
    if in_condition {
        return docs.concat_all(parts);
    }
    if matches!(place, Place::Callee | Place::Object { .. } | Place::Operand) {
        return docs.group(docs.soft_block(docs.concat_all(parts)));
    }
    let inlined = is_inlined(expr);
    let parent_indents = matches!(
        place,
        Place::Returned | Place::ArrowBody | Place::ForHead | Place::ConditionalPart { own_indent: true }
    );
    let parent_inlines = matches!(place, Place::Initializer | Place::Assigned { .. } | Place::PropertyValue);
    let flattened = parts.len() > 2;
    if parent_indents || (inlined && !flattened) || (!inlined && parent_inlines) {
        return docs.group(docs.concat_all(parts));
    }
    let mut parts = parts.into_iter();
    let first = parts.next();
    docs.group(docs.concat_all(first.into_iter().chain([docs.indent(docs.concat_all(parts))])))
}

/// Adds the operands from left to right, each but the first with the operator before it.
fn operands<'a>(
    expr: &Expr<'a>,
    parent: Option<&Expr<'a>>,
    in_condition: bool,
    parts: &mut Vec<Doc<'a>>,
    docs: &Docs<'a>,
) {
    let ExprKind::Binary { left, operator, right } = &expr.kind else { return };
    match &left.kind {
        ExprKind::Binary { operator: inner, .. } if flattens(operator, inner) => {
            operands(left, Some(expr), in_condition, parts, docs);
        }
        _ => parts.push(docs.group(expression(left, Place::Other, docs))),
    }
    let line = if is_inlined(expr) { space() } else { soft_line_or_space() };
    let tail = docs.concat([docs.joined_text(&[" ", operator]), line, expression(right, Place::Other, docs)]);
    let same_kind = |other: &Expr<'_>| is_same_kind(operator, other);
    let part_of_list =
        parent.is_some_and(same_kind) || same_kind(left) || same_kind(right) || (in_condition && is_logical(operator));
    parts.push(if part_of_list { tail } else { docs.group(tail) });
}

fn is_logical(operator: &str) -> bool {
    matches!(operator, "&&" | "||" | "??")
}

fn is_same_kind(operator: &str, other: &Expr<'_>) -> bool {
    matches!(&other.kind, ExprKind::Binary { operator: inner, .. } if is_logical(operator) == is_logical(inner))
}

/// Whether an operation on the left of another belongs to the same list.
fn flattens(outer: &str, inner: &str) -> bool {
    if precedence(outer) != precedence(inner) {
        return false;
    }
    match outer {
        "**" | "==" | "!=" | "===" | "!==" | "<<" | ">>" | ">>>" => false,
        "*" | "/" | "%" => outer == inner && outer != "%",
        _ => true,
    }
}

/// `a && { … }`: the brackets stay on the line of the operator.
pub(super) fn is_inlined(expr: &Expr<'_>) -> bool {
    let ExprKind::Binary { operator, right, .. } = &expr.kind else { return false };
    is_logical(operator)
        && match &right.kind {
            ExprKind::Object(object) => !object.members.is_empty(),
            ExprKind::Array(elements) => !elements.is_empty(),
            _ => false,
        }
}
