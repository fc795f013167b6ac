//! What stands to the left and right of an equals sign, or of a property's colon.

use super::Place;
use super::chains::is_member_call_chain;
use super::expressions::expression;
use super::types::ty;
use crate::code::layout::WIDTH;
use crate::code::layout::doc::{Doc, Docs, soft_line_or_space, space, text};
use crate::code::layout::flat::width;
use crate::code::layout::typescript::ast::{Call, Expr, ExprKind, List, Literal, Type, TypeKind, TypeParam};

pub(super) enum Right<'d, 'a> {
    Expr(&'d Expr<'a>),
    Type(&'d Type<'a>),
}

pub(super) struct Assignment<'d, 'a> {
    left: Doc<'a>,
    operator: Doc<'a>,
    right: Right<'d, 'a>,
    place: Place,
    /// The left side is so short that nothing is won by breaking after it.
    left_is_short: bool,
    /// The left side has brackets that should break first.
    breaks_left: bool,
}

impl<'d, 'a> Assignment<'d, 'a> {
    pub(super) fn declarator(
        left: Doc<'a>,
        complex_destructuring: bool,
        annotation: Option<&Type<'a>>,
        init: &'d Expr<'a>,
    ) -> Self {
        let is_arrow = matches!(init.kind, ExprKind::Arrow(_));
        let breaks_left = complex_destructuring
            || annotation.is_some_and(|ty| is_complex_annotation(ty) || (is_arrow && has_type_args(ty)));
        Self {
            left,
            operator: text(" ="),
            right: Right::Expr(init),
            place: Place::Initializer,
            left_is_short: false,
            breaks_left,
        }
    }

    pub(super) fn class_property(left: Doc<'a>, value: &'d Expr<'a>) -> Self {
        Self {
            left,
            operator: text(" ="),
            right: Right::Expr(value),
            place: Place::Initializer,
            left_is_short: false,
            breaks_left: false,
        }
    }

    pub(super) fn expression(left: Doc<'a>, left_is_name: bool, operator: Doc<'a>, right: &'d Expr<'a>) -> Self {
        Self {
            left,
            operator,
            right: Right::Expr(right),
            place: Place::Assigned { to_name: left_is_name },
            left_is_short: false,
            breaks_left: false,
        }
    }

    pub(super) fn property(left: Doc<'a>, left_is_short: bool, right: Right<'d, 'a>) -> Self {
        Self { left, operator: text(":"), right, place: Place::PropertyValue, left_is_short, breaks_left: false }
    }

    pub(super) fn type_alias(left: Doc<'a>, params: Option<&List<'a, TypeParam<'a>>>, right: Right<'d, 'a>) -> Self {
        let breaks_left = params.is_some_and(|params| {
            params.len() > 1 && params.nodes().any(|param| param.extends.is_some() || param.default.is_some())
        });
        Self { left, operator: text(" ="), right, place: Place::Initializer, left_is_short: false, breaks_left }
    }
}

enum Layout {
    /// Break the right side; if that does not help, break after the operator.
    Fluid,
    BreakAfterOperator,
    NeverBreakAfterOperator,
    BreakLeft,
}

pub(super) fn assignment<'a>(assignment: Assignment<'_, 'a>, docs: &Docs<'a>) -> Doc<'a> {
    let layout = layout_of(&assignment);
    let Assignment { left, operator, right, place, .. } = assignment;
    let right = match right {
        Right::Expr(value) => expression(value, place, docs),
        Right::Type(value) => ty(value, docs),
    };
    let content = match layout {
        Layout::Fluid => {
            let id = docs.group_id();
            let line = docs.group_with(docs.indent(soft_line_or_space()), false, Some(id));
            docs.concat([docs.group(left), operator, line, docs.indent_if_broken(right, id)])
        }
        Layout::BreakAfterOperator => docs.concat([
            docs.group(left),
            operator,
            docs.group(docs.indent(docs.concat([soft_line_or_space(), right]))),
        ]),
        Layout::NeverBreakAfterOperator => docs.concat([docs.group(left), operator, space(), right]),
        Layout::BreakLeft => docs.concat([left, operator, space(), docs.group(right)]),
    };
    docs.group(content)
}

fn layout_of(assignment: &Assignment<'_, '_>) -> Layout {
    match &assignment.right {
        Right::Type(ty) => match &ty.kind {
            TypeKind::Conditional { check, extends, .. } if has_type_args(check) || has_type_args(extends) => {
                Layout::BreakAfterOperator
            }
            _ if assignment.breaks_left => Layout::BreakLeft,
            _ => Layout::Fluid,
        },
        Right::Expr(value) => layout_for_value(assignment, value),
    }
}

fn layout_for_value(assignment: &Assignment<'_, '_>, value: &Expr<'_>) -> Layout {
    if let ExprKind::Call(call) = &value.kind
        && matches!(call.callee.kind, ExprKind::Name("require"))
    {
        return Layout::NeverBreakAfterOperator;
    }
    if assignment.breaks_left {
        return Layout::BreakLeft;
    }
    if breaks_after_operator(value) {
        return Layout::BreakAfterOperator;
    }
    if assignment.left_is_short {
        return Layout::NeverBreakAfterOperator;
    }
    let inner = innermost(value);
    if matches!(inner.kind, ExprKind::Literal(Literal::String, _)) || is_poorly_breakable(inner) {
        return Layout::BreakAfterOperator;
    }
    let never_breaks = matches!(
        inner.kind,
        ExprKind::Class(_) | ExprKind::Template(_) | ExprKind::Literal(Literal::Boolean | Literal::Number, _)
    );
    if never_breaks && !assignment.left.may_break {
        return Layout::NeverBreakAfterOperator;
    }
    Layout::Fluid
}

/// Without its unary operators and exclamation marks.
fn innermost<'d, 'a>(value: &'d Expr<'a>) -> &'d Expr<'a> {
    match &value.kind {
        ExprKind::Unary { operand, .. } => innermost(operand),
        ExprKind::NonNull(inner) => innermost(inner),
        _ => value,
    }
}

fn breaks_after_operator(value: &Expr<'_>) -> bool {
    match &value.kind {
        ExprKind::Binary { .. } => !super::binary::is_inlined(value),
        ExprKind::Conditional { test, .. } => {
            matches!(test.kind, ExprKind::Binary { .. }) && !super::binary::is_inlined(test)
        }
        ExprKind::Assign { right, .. } => matches!(right.kind, ExprKind::Assign { .. }),
        ExprKind::Class(class) => !class.decorators.is_empty(),
        ExprKind::Await(inner) | ExprKind::Yield { value: Some(inner), .. } => is_literal_or_poorly_breakable(inner),
        ExprKind::Unary { operand, .. } => match &behind_operators(operand).kind {
            ExprKind::Await(inner) | ExprKind::Yield { value: Some(inner), .. } => {
                is_literal_or_poorly_breakable(inner)
            }
            ExprKind::Yield { value: None, .. } => false,
            _ => is_literal_or_poorly_breakable(behind_operators(operand)),
        },
        _ => false,
    }
}

fn behind_operators<'d, 'a>(value: &'d Expr<'a>) -> &'d Expr<'a> {
    match &value.kind {
        ExprKind::Unary { operand, .. } => behind_operators(operand),
        _ => value,
    }
}

fn is_literal_or_poorly_breakable(value: &Expr<'_>) -> bool {
    matches!(value.kind, ExprKind::Literal(..)) || is_poorly_breakable(value)
}

/// Members and calls with hardly anything between their parentheses: breaking them would win little.
fn is_poorly_breakable(value: &Expr<'_>) -> bool {
    let mut current = value;
    let mut is_chain = false;
    let mut calls: Vec<(&Expr<'_>, &Call<'_>)> = Vec::new();
    loop {
        match &current.kind {
            ExprKind::NonNull(inner) => current = inner,
            ExprKind::Call(call) if matches!(call.callee.kind, ExprKind::Name("import")) => return false,
            ExprKind::Call(call) => {
                is_chain = true;
                calls.push((current, call));
                current = &call.callee;
            }
            ExprKind::Member { object, .. } | ExprKind::Index { object, .. } => {
                is_chain = true;
                current = object;
            }
            ExprKind::Name(_) => break,
            _ => return false,
        }
    }
    is_chain
        && calls.iter().all(|(expr, call)| {
            let args_are_short = call.args.is_empty() || call.args.only().is_some_and(is_short_argument);
            let no_comments = call.args.items.iter().all(|item| !item.trivia.has_comments());
            args_are_short
                && no_comments
                && !is_member_call_chain(expr)
                && !call.type_args.is_some_and(is_complex_type_args)
        })
}

fn is_short_argument(arg: &Expr<'_>) -> bool {
    let threshold = WIDTH / 4;
    match &arg.kind {
        ExprKind::Name(name) => width(name) <= threshold,
        ExprKind::Unary { operator: "+" | "-", operand } => {
            matches!(operand.kind, ExprKind::Literal(Literal::Number, _))
        }
        ExprKind::Literal(Literal::Regex, text) => {
            let pattern = text.rsplit_once('/').map_or("", |(pattern, _)| pattern);
            pattern.chars().count().saturating_sub(1) <= threshold
        }
        ExprKind::Literal(Literal::String, text) => width(text) <= threshold,
        ExprKind::Literal(..) => true,
        ExprKind::Template(template) => {
            template.tag.is_none()
                && template.interpolations.is_empty()
                && !template.text.contains('\n')
                && template.text.len().saturating_sub(2) <= threshold
        }
        _ => false,
    }
}

fn is_complex_type_args(args: &List<'_, Type<'_>>) -> bool {
    args.len() > 1
        || args.nodes().next().is_some_and(|first| {
            matches!(first.kind, TypeKind::Union(_) | TypeKind::Intersection(_) | TypeKind::Object(_))
        })
}

fn has_type_args(ty: &Type<'_>) -> bool {
    match &ty.kind {
        TypeKind::Name { args, .. } => args.is_some(),
        TypeKind::Function { signature, .. } => signature.type_params.is_some(),
        _ => false,
    }
}

/// `Map<string, Array<number>>`: several arguments, one of them with arguments of its own.
fn is_complex_annotation(ty: &Type<'_>) -> bool {
    match &ty.kind {
        TypeKind::Name { args: Some(args), .. } => {
            args.len() > 1
                && args
                    .nodes()
                    .any(|arg| matches!(&arg.kind, TypeKind::Conditional { .. } | TypeKind::Name { args: Some(_), .. }))
        }
        _ => false,
    }
}
