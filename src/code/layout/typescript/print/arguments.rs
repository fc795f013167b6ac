//! The arguments of a call. The last one (sometimes the first) may keep its brackets on the line of the call.

use super::arrows::{ArrowIn, arrow, grouped_signature};
use super::expressions::{expression, is_only_multiline_template};
use super::functions::{function, params};
use super::simple::{has_block_body, is_function, is_list_of_numbers, is_relatively_short, is_test_call};
use super::{Place, elements, lead, list_end, trail};
use crate::code::layout::doc::{Doc, Docs, expand_parent, nothing, soft_line_or_space, text, trailing_comma};
use crate::code::layout::typescript::ast::{Arrow, ArrowBody, Expr, ExprKind, List, Literal, Type, TypeKind};

type Args<'a> = List<'a, Expr<'a>>;

pub(super) fn arguments<'a>(args: &Args<'a>, callee: &Expr<'a>, docs: &Docs<'a>) -> Doc<'a> {
    if args.is_empty() {
        return docs.concat([text("("), list_end(args, docs), text(")")]);
    }
    let of = Call { is_import: matches!(callee.kind, ExprKind::Name("import")), is_test: is_test_call(callee, args) };
    if stays_on_one_line(args, callee, of) {
        let printed = args.nodes().map(|arg| argument(arg, of, docs));
        return docs.concat([text("("), docs.join(printed, text(", ")), text(")")]);
    }
    let has_empty_line = args.items.iter().any(|item| item.trivia.after_blank);
    let has_comment_at_end = !args.end.leading.is_empty();
    if has_empty_line || has_comment_at_end || is_function_composition(args) {
        return one_per_line(args, &printed(args, of, docs), true, of, docs);
    }
    match grouped(args) {
        Some(which) => grouped_arguments(args, which, of, docs),
        None => one_per_line(args, &printed(args, of, docs), false, of, docs),
    }
}

/// What the arguments are given to.
#[derive(Clone, Copy)]
struct Call {
    /// `import(…)`, which takes no trailing comma.
    is_import: bool,
    /// A function of a test runner, whose callbacks keep their parameters on one line.
    is_test: bool,
}

fn argument<'a>(arg: &Expr<'a>, of: Call, docs: &Docs<'a>) -> Doc<'a> {
    match &arg.kind {
        ExprKind::Arrow(node) if of.is_test => arrow(node, ArrowIn::TestCall, docs),
        ExprKind::Function(node) if of.is_test => function(node, true, docs),
        _ => expression(arg, Place::Argument, docs),
    }
}

fn stays_on_one_line<'a>(args: &Args<'a>, callee: &Expr<'a>, of: Call) -> bool {
    let first_is_text = args.len() != 2
        || args
            .nodes()
            .next()
            .is_some_and(|first| matches!(first.kind, ExprKind::Literal(Literal::String, _) | ExprKind::Template(_)));
    let is_curried = matches!(&callee.kind, ExprKind::Call(inner) if super::simple::is_each_callee(&inner.callee));
    let has_comments = args.items.iter().any(|item| item.trivia.has_comments()) || !args.end.leading.is_empty();
    !has_comments
        && (is_only_multiline_template(args)
            || is_effect_with_dependencies(args)
            || (of.is_test && first_is_text && !is_curried))
}

/// `useEffect(() => { … }, [a, b])`
fn is_effect_with_dependencies(args: &Args<'_>) -> bool {
    let args: Vec<&Expr<'_>> = args.nodes().collect();
    let ([first, second] | [_, first, second]) = args.as_slice() else { return false };
    let ExprKind::Arrow(callback) = &first.kind else { return false };
    matches!(second.kind, ExprKind::Array(_))
        && callback.signature.params.is_empty()
        && matches!(callback.body, ArrowBody::Block(_))
}

/// Several functions among the arguments, or in calls among them.
fn is_function_composition(args: &Args<'_>) -> bool {
    if args.len() < 2 {
        return false;
    }
    let mut functions = 0;
    for arg in args.nodes() {
        if is_function(arg) {
            functions += 1;
        } else if let ExprKind::Call(call) = &arg.kind
            && call.args.nodes().any(is_function)
        {
            return true;
        }
    }
    functions > 1
}

fn printed<'a>(args: &Args<'a>, of: Call, docs: &Docs<'a>) -> Vec<Doc<'a>> {
    args.nodes().map(|arg| argument(arg, of, docs)).collect()
}

fn one_per_line<'a>(args: &Args<'a>, printed: &[Doc<'a>], expanded: bool, of: Call, docs: &Docs<'a>) -> Doc<'a> {
    let comma = if of.is_import { nothing() } else { trailing_comma() };
    let mut printed = printed.iter();
    let content = elements(args, comma, docs, |_| printed.next().copied().unwrap_or_else(nothing));
    docs.group_expanded(docs.concat([text("("), docs.soft_block(content), text(")")]), expanded)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Grouped {
    First,
    Last,
}

fn grouped(args: &Args<'_>) -> Option<Grouped> {
    if groups_first(args) {
        Some(Grouped::First)
    } else if groups_last(args) {
        Some(Grouped::Last)
    } else {
        None
    }
}

fn groups_first(args: &Args<'_>) -> bool {
    let [first, second] = args.items else { return false };
    has_block_body(&first.node)
        && !first.trivia.has_comments()
        && !is_function(&second.node)
        && !matches!(second.node.kind, ExprKind::Conditional { .. })
        && !can_group(&second.node, false)
        && is_relatively_short(&second.node)
}

fn groups_last(args: &Args<'_>) -> bool {
    let Some((last, others)) = args.items.split_last() else { return false };
    if last.trivia.has_comments() || !can_group(&last.node, false) {
        return false;
    }
    let before = others.last().map(|item| &item.node);
    if before.is_some_and(|before| std::mem::discriminant(&before.kind) == std::mem::discriminant(&last.node.kind)) {
        return false;
    }
    if let (ExprKind::Array(elements), Some(before)) = (&last.node.kind, before) {
        let is_pair_with_arrow = others.len() == 1 && matches!(before.kind, ExprKind::Arrow(_));
        return !is_pair_with_arrow && !is_list_of_numbers(elements);
    }
    true
}

/// Whether an argument gains from keeping its brackets on the line of the call.
fn can_group(arg: &Expr<'_>, in_arrow: bool) -> bool {
    match &arg.kind {
        ExprKind::Object(object) => !object.members.is_empty() || !object.members.end.leading.is_empty(),
        ExprKind::Array(elements) => !elements.is_empty() || !elements.end.leading.is_empty(),
        ExprKind::As { value, .. } => can_group(value, false),
        ExprKind::Arrow(arrow) => can_group_arrow(arrow, in_arrow),
        ExprKind::Function(_) => true,
        _ => false,
    }
}

fn can_group_arrow(arrow: &Arrow<'_>, in_arrow: bool) -> bool {
    let body_allows = match &arrow.body {
        ArrowBody::Block(_) => true,
        ArrowBody::Expr(body) => match &body.kind {
            ExprKind::Object(_) | ExprKind::Array(_) => true,
            ExprKind::Arrow(_) => can_group(body, true),
            ExprKind::Call(_) | ExprKind::Conditional { .. } => !in_arrow,
            _ => false,
        },
    };
    body_allows && arrow.signature.returns.as_ref().is_none_or(|returns| type_allows_group(returns, &arrow.body))
}

fn type_allows_group(returns: &Type<'_>, body: &ArrowBody<'_>) -> bool {
    let is_reference = matches!(&returns.kind, TypeKind::Name { name, .. } if !super::simple::is_keyword_type(name));
    match body {
        _ if !is_reference => true,
        ArrowBody::Block(block) => !block.is_empty() || !block.end.leading.is_empty(),
        ArrowBody::Expr(_) => false,
    }
}

fn grouped_arguments<'a>(args: &Args<'a>, which: Grouped, of: Call, docs: &Docs<'a>) -> Doc<'a> {
    let chosen = if which == Grouped::First { 0 } else { args.len() - 1 };
    let plain = printed(args, of, docs);
    let others_break = args.items.iter().zip(&plain).enumerate().any(|(index, (item, arg))| {
        index != chosen
            && (arg.will_break || lead(&item.trivia, docs).will_break || trail(&item.trivia, docs).will_break)
    });
    let chosen_arg = args.nodes().nth(chosen);
    let hugged = chosen_arg.map_or(Hugged::AsPlain, |arg| hug(arg, which, args.len() == 1, docs));
    let expanded = one_per_line(args, &plain, true, of, docs);
    let hugged = match hugged {
        _ if others_break => return expanded,
        Hugged::Impossible => return expanded,
        Hugged::AsPlain => plain.get(chosen).copied().unwrap_or_else(nothing),
        Hugged::Printed(doc) => doc,
    };
    let chosen_breaks = plain.get(chosen).is_some_and(|arg| arg.will_break);

    let line = |chosen_doc: Doc<'a>| {
        let mut parts = vec![text("(")];
        for (index, item) in args.items.iter().enumerate() {
            if index > 0 {
                parts.push(soft_line_or_space());
            }
            parts.push(lead(&item.trivia, docs));
            parts.push(if index == chosen { chosen_doc } else { plain.get(index).copied().unwrap_or_else(nothing) });
            if index + 1 < args.len() {
                parts.push(text(","));
            }
            parts.push(trail(&item.trivia, docs));
        }
        parts.push(text(")"));
        docs.concat_all(parts)
    };
    let middle = line(docs.group_expanded(hugged, true));
    if chosen_breaks {
        docs.concat([expand_parent(), docs.best_fitting([middle, expanded])])
    } else {
        docs.best_fitting([line(hugged), middle, expanded])
    }
}

/// The argument that keeps its brackets on the line of the call, as it is printed there.
enum Hugged<'a> {
    AsPlain,
    Printed(Doc<'a>),
    /// Its own head has to break, so the arguments go on lines of their own.
    Impossible,
}

fn hug<'a>(arg: &Expr<'a>, which: Grouped, is_only: bool, docs: &Docs<'a>) -> Hugged<'a> {
    match &arg.kind {
        ExprKind::Arrow(node) => {
            if grouped_signature(node, docs).will_break {
                return Hugged::Impossible;
            }
            let place = if which == Grouped::First { ArrowIn::FirstArgument } else { ArrowIn::LastArgument };
            Hugged::Printed(arrow(node, place, docs))
        }
        ExprKind::Function(node)
            if which == Grouped::Last && (!is_only || node.signature.params.nodes().all(super::functions::is_bare)) =>
        {
            if docs.without_soft_lines(params(&node.signature.params, false, docs)).will_break {
                return Hugged::Impossible;
            }
            Hugged::Printed(function(node, true, docs))
        }
        _ => Hugged::AsPlain,
    }
}
