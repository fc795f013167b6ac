//! Arrow functions.

use super::Place;
use super::expressions::{bare, expression};
use super::functions::{params, signature_params};
use super::simple::is_multiline_template;
use super::statements;
use super::types::{returns, type_params};
use crate::code::layout::doc::{
    Doc, Docs, hard_space, nothing, soft_line, soft_line_or_space, space, text, trailing_comma,
};
use crate::code::layout::typescript::ast::{Arrow, ArrowBody, Expr, ExprKind, Param, Pattern};

/// Where an arrow function stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ArrowIn {
    Plain,
    Callee,
    /// It is the value of a variable, a property or an assignment.
    Assignment,
    /// The head must not break.
    FirstArgument,
    LastArgument,
    /// In a call of a test runner.
    TestCall,
}

impl ArrowIn {
    pub(super) fn of(place: Place) -> Self {
        match place {
            Place::Callee => Self::Callee,
            Place::Initializer | Place::Assigned { .. } | Place::PropertyValue => Self::Assignment,
            _ => Self::Plain,
        }
    }

    fn is_grouped(self) -> bool {
        matches!(self, Self::FirstArgument | Self::LastArgument)
    }
}

pub(super) fn arrow<'a>(arrow: &Arrow<'a>, place: ArrowIn, docs: &Docs<'a>) -> Doc<'a> {
    if let (ArrowBody::Expr(body), true) = (&arrow.body, place != ArrowIn::FirstArgument)
        && let (ExprKind::Arrow(next), false) = (&body.kind, body.parens)
    {
        return chain(arrow, next, place, docs);
    }
    let head = docs.concat([signature(arrow, place, docs), text(" =>")]);
    let body = body_once(&arrow.body, docs);
    if keeps_its_line(&arrow.body) {
        return docs.concat([head, space(), body]);
    }
    let line = match &arrow.body {
        ArrowBody::Expr(Expr { kind: ExprKind::Conditional { .. }, .. }) => docs.concat([hard_space(), soft_line()]),
        _ => soft_line_or_space(),
    };
    let is_last = place == ArrowIn::LastArgument;
    let closing = if is_last { docs.concat([trailing_comma(), soft_line()]) } else { nothing() };
    docs.concat([
        head,
        docs.group(docs.concat([docs.indent(docs.concat([line, with_parens(&arrow.body, docs, body)])), closing])),
    ])
}

/// The body is printed once and shared by all variants of the arguments it is in.
fn body_once<'a>(body: &ArrowBody<'a>, docs: &Docs<'a>) -> Doc<'a> {
    docs.once(body, || match body {
        ArrowBody::Block(block) => statements::body(block, docs),
        ArrowBody::Expr(value) if matches!(value.kind, ExprKind::Conditional { .. }) => {
            bare(value, Place::ArrowBody, docs)
        }
        ArrowBody::Expr(value) => expression(value, Place::ArrowBody, docs),
    })
}

/// A conditional has parentheses as long as it stays on the line of its arrow.
fn with_parens<'a>(body: &ArrowBody<'a>, docs: &Docs<'a>, printed: Doc<'a>) -> Doc<'a> {
    match body {
        ArrowBody::Expr(Expr { kind: ExprKind::Conditional { .. }, .. }) => {
            docs.concat([docs.if_flat(text("(")), printed, docs.if_flat(text(")"))])
        }
        _ => printed,
    }
}

/// Bodies with brackets of their own never move to the next line.
fn keeps_its_line(body: &ArrowBody<'_>) -> bool {
    match body {
        ArrowBody::Block(_) => true,
        ArrowBody::Expr(value) => {
            matches!(value.kind, ExprKind::Arrow(_) | ExprKind::Array(_) | ExprKind::Object(_))
                || is_multiline_template(value)
        }
    }
}

fn signature<'a>(arrow: &Arrow<'a>, place: ArrowIn, docs: &Docs<'a>) -> Doc<'a> {
    if place.is_grouped() {
        return grouped_signature(arrow, docs);
    }
    docs.group(docs.concat([
        text(if arrow.is_async { "async " } else { "" }),
        signature_params(&arrow.signature, place == ArrowIn::TestCall, docs),
        returns(arrow.signature.returns.as_ref(), docs),
    ]))
}

/// The head of an arrow function that keeps its brackets on the line of a call: it never breaks.
pub(super) fn grouped_signature<'a>(arrow: &Arrow<'a>, docs: &Docs<'a>) -> Doc<'a> {
    docs.once(&arrow.signature, || {
        let types = arrow.signature.type_params.map_or_else(nothing, |types| type_params(types, docs));
        let doc = docs.group(docs.concat([
            text(if arrow.is_async { "async " } else { "" }),
            docs.group(docs.concat([types, params(&arrow.signature.params, false, docs)])),
            docs.group(returns(arrow.signature.returns.as_ref(), docs)),
        ]));
        docs.without_soft_lines(doc)
    })
}

/// `(a) => (b) => …`: the heads stay together or take a line each.
fn chain<'a>(first: &Arrow<'a>, second: &Arrow<'a>, place: ArrowIn, docs: &Docs<'a>) -> Doc<'a> {
    let mut arrows = vec![first, second];
    while let Some(ArrowBody::Expr(Expr { kind: ExprKind::Arrow(next), parens: false })) =
        arrows.last().map(|last| &last.body)
    {
        arrows.push(next);
    }
    let Some((tail, heads)) = arrows.split_last() else { return nothing() };
    let is_callee = place == ArrowIn::Callee;
    let has_initial_indent = is_callee || place == ArrowIn::Assignment;
    let own_line = match &tail.body {
        ArrowBody::Block(_) => false,
        ArrowBody::Expr(body) => !matches!(body.kind, ExprKind::Object(_) | ExprKind::Array(_)),
    };
    let mut signatures = Vec::new();
    for (index, arrow) in arrows.iter().enumerate() {
        let line = match (index, place.is_grouped()) {
            (0, _) => nothing(),
            (_, true) => space(),
            (_, false) => soft_line_or_space(),
        };
        let head = docs.concat([line, signature(arrow, place, docs)]);
        signatures.push(if index == 0 || has_initial_indent { head } else { docs.indent(head) });
        if index + 1 < arrows.len() {
            signatures.push(text(" =>"));
        }
    }
    let expand = heads.iter().chain(std::iter::once(tail)).any(|arrow| breaks_chain(arrow));
    let signatures = docs.group_expanded(docs.concat_all(signatures), expand);
    let id = docs.group_id();
    let break_signatures = is_callee && own_line;
    let signatures = if has_initial_indent {
        docs.group_with(docs.indent(docs.concat([soft_line(), signatures])), break_signatures, Some(id))
    } else {
        docs.group_with(signatures, break_signatures, Some(id))
    };
    let body = with_parens(&tail.body, docs, body_once(&tail.body, docs));
    let body =
        if own_line { docs.indent(docs.concat([soft_line_or_space(), body])) } else { docs.concat([space(), body]) };
    let body = if place.is_grouped() { docs.group(body) } else { docs.indent_if_broken(body, id) };
    let closing = if is_callee { docs.if_broken_or(soft_line(), nothing(), Some(id)) } else { nothing() };
    docs.group(docs.concat([signatures, text(" =>"), body, closing]))
}

/// Heads that are hard to read on one line.
fn breaks_chain(arrow: &Arrow<'_>) -> bool {
    let signature = &arrow.signature;
    let params: Vec<&Param<'_>> = signature.params.nodes().collect();
    signature.type_params.is_some()
        || params
            .iter()
            .any(|param| param.rest || param.default.is_some() || !matches!(param.pattern, Pattern::Name(_)))
        || (signature.returns.is_some() && !params.is_empty())
}
