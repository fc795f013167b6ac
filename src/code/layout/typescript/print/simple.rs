//! Which expressions and types are simple or short, where the layout asks.

use crate::code::layout::flat::width;
use crate::code::layout::typescript::ast::{ArrowBody, Expr, ExprKind, Key, List, Literal, Property, Type, TypeKind};

/// Simple enough for a call in a chain to stay on its line.
pub(super) fn is_simple(expr: &Expr<'_>) -> bool {
    simple_within(expr, 0)
}

fn simple_within(expr: &Expr<'_>, depth: usize) -> bool {
    if depth >= 2 {
        return false;
    }
    match &expr.kind {
        ExprKind::Literal(Literal::Regex, text) => {
            let pattern = text.rsplit_once('/').map_or("", |(pattern, _)| pattern);
            width(pattern).saturating_sub(1) <= 5
        }
        ExprKind::Name(_) | ExprKind::Literal(..) => true,
        ExprKind::Template(template) => {
            template.tag.is_none()
                && !template.text.contains('\n')
                && template.interpolations.iter().all(|inner| simple_within(inner, depth + 1))
        }
        ExprKind::Object(object) => object.members.nodes().all(|member| match member {
            Property::Shorthand { .. } => true,
            Property::KeyValue { key: Key::Plain(_), value } => simple_within(value, depth + 1),
            _ => false,
        }),
        ExprKind::Array(elements) => elements.nodes().all(|element| match element {
            Some(element) => !matches!(element.kind, ExprKind::Spread(_)) && simple_within(element, depth + 1),
            None => true,
        }),
        ExprKind::Unary { operator, operand } => {
            matches!(*operator, "!" | "-" | "+" | "~") && simple_within(operand, depth)
        }
        ExprKind::Update { operand, .. } => simple_within(operand, depth),
        ExprKind::NonNull(value) => simple_within(value, depth),
        ExprKind::Member { object, .. } => simple_within(object, depth),
        ExprKind::Index { object, index, .. } => simple_within(index, depth) && simple_within(object, depth),
        ExprKind::Call(call) => simple_call(&call.callee, &call.args, depth),
        ExprKind::New(new) => simple_call(&new.callee, &new.args, depth),
        _ => false,
    }
}

fn simple_call(callee: &Expr<'_>, args: &List<'_, Expr<'_>>, depth: usize) -> bool {
    let is_import = matches!(callee.kind, ExprKind::Name("import"));
    (is_import || simple_within(callee, depth))
        && args.len() + depth <= 2
        && args.nodes().all(|arg| simple_within(arg, depth + 1))
}

/// Short enough to stand beside a function that is grouped as the first argument.
pub(super) fn is_relatively_short(expr: &Expr<'_>) -> bool {
    match &expr.kind {
        ExprKind::Binary { left, right, .. } => is_simple(left) && is_simple(right),
        ExprKind::As { value, ty, .. } => is_simple_type_argument(ty) && is_simple(value),
        ExprKind::Literal(Literal::Regex, _) => true,
        ExprKind::Call(call) => match call.args.len() {
            0 => true,
            1 => is_simple(expr),
            _ => false,
        },
        _ => is_simple(expr),
    }
}

fn is_simple_type_argument(ty: &Type<'_>) -> bool {
    let element = match &ty.kind {
        TypeKind::Array(element) => match &element.kind {
            TypeKind::Array(inner) => inner,
            _ => element,
        },
        _ => ty,
    };
    match &element.kind {
        TypeKind::Name { args: Some(args), .. } if !std::ptr::eq(element, ty) => {
            args.only().is_some_and(is_simple_type)
        }
        _ => is_simple_type(element),
    }
}

/// A keyword, a literal, or a name without arguments.
pub(super) fn is_simple_type(ty: &Type<'_>) -> bool {
    matches!(&ty.kind, TypeKind::Name { args: None, .. } | TypeKind::Literal(_) | TypeKind::Template(_))
}

pub(super) fn is_object_type(ty: &Type<'_>) -> bool {
    matches!(&ty.kind, TypeKind::Object(_) | TypeKind::Mapped(_))
}

/// Whether brackets around this type, or the type itself, need no lines of their own.
pub(super) fn should_hug_type(ty: &Type<'_>) -> bool {
    if is_simple_type(ty) || is_object_type(ty) {
        return true;
    }
    let TypeKind::Union(items) = &ty.kind else { return false };
    let has_object = items.iter().any(|item| match &item.node.kind {
        TypeKind::Object(_) => true,
        TypeKind::Name { name, .. } => !is_keyword_type(name),
        _ => false,
    });
    let nothing_like =
        items.iter().filter(|item| matches!(&item.node.kind, TypeKind::Name { name: "void" | "null", .. })).count();
    let has_comments = items.iter().any(|item| item.trivia.has_comments());
    items.len() == 1 || (items.len() - 1 == nothing_like && has_object && !has_comments)
}

pub(super) fn is_keyword_type(name: &str) -> bool {
    matches!(
        name,
        "any"
            | "bigint"
            | "boolean"
            | "never"
            | "null"
            | "number"
            | "object"
            | "string"
            | "symbol"
            | "this"
            | "undefined"
            | "unknown"
            | "void"
            | "true"
            | "false"
    )
}

pub(super) fn is_function(expr: &Expr<'_>) -> bool {
    matches!(expr.kind, ExprKind::Function(_) | ExprKind::Arrow(_))
}

pub(super) fn has_block_body(expr: &Expr<'_>) -> bool {
    match &expr.kind {
        ExprKind::Function(_) => true,
        ExprKind::Arrow(arrow) => matches!(arrow.body, ArrowBody::Block(_)),
        _ => false,
    }
}

/// A template literal with several lines that begins where the code before it ends.
pub(super) fn is_multiline_template(expr: &Expr<'_>) -> bool {
    matches!(&expr.kind, ExprKind::Template(template) if template.text.contains('\n') && !template.on_new_line)
}

/// Numbers only, which fill their lines instead of taking one each.
pub(super) fn is_list_of_numbers(elements: &List<'_, Option<Expr<'_>>>) -> bool {
    !elements.is_empty()
        && elements.end.leading.is_empty()
        && elements.items.iter().all(|item| {
            let is_number = item.node.as_ref().is_some_and(|element| match &element.kind {
                ExprKind::Literal(Literal::Number, _) => true,
                ExprKind::Unary { operator: "+" | "-", operand } => {
                    matches!(operand.kind, ExprKind::Literal(Literal::Number, _))
                }
                _ => false,
            });
            is_number && item.trivia.trailing.is_empty()
        })
}

/// What may stand behind `describe`.
const DESCRIBE: &[&str] = &["concurrent", "sequential", "only", "skip", "fixme", "todo", "shuffle"];

/// What may stand behind `it` and `test`.
const TEST: &[&str] = &["concurrent", "sequential", "only", "skip", "fixme", "todo", "fails", "failing"];

/// `it`, `describe.skip`, `test.only` and their like: what a test runner calls its functions.
pub(super) fn is_test_callee(callee: &Expr<'_>) -> bool {
    let mut names = Vec::new();
    let mut current = callee;
    loop {
        match &current.kind {
            ExprKind::Member { object, name, optional: false, .. } if !current.parens => {
                names.push(*name);
                current = object;
            }
            ExprKind::Name(name) => {
                names.push(*name);
                break;
            }
            _ => return false,
        }
    }
    names.reverse();
    match names.as_slice() {
        ["describe" | "it" | "test" | "fdescribe" | "xdescribe" | "fit" | "xit" | "xtest"]
        | ["test", "describe" | "step"] => true,
        ["describe", rest @ ..] => rest.len() <= 2 && rest.iter().all(|name| DESCRIBE.contains(name)),
        ["it" | "test", rest @ ..] => rest.len() <= 2 && rest.iter().all(|name| TEST.contains(name)),
        _ => false,
    }
}

/// A call such as `it("does this", () => { … })`, which keeps its text and the head of its function on one line.
pub(super) fn is_test_call(callee: &Expr<'_>, args: &List<'_, Expr<'_>>) -> bool {
    let args: Vec<&Expr<'_>> = args.nodes().collect();
    let is_each = match &callee.kind {
        ExprKind::Call(inner) => is_each_callee(&inner.callee),
        ExprKind::Template(template) => template.tag.is_some_and(is_each_callee),
        _ => false,
    };
    if !is_test_callee(callee) && !is_each {
        return false;
    }
    match args.as_slice() {
        [_, function] => is_function(function),
        [_, function, timeout] if is_function(function) => {
            has_block_body(function) && matches!(timeout.kind, ExprKind::Literal(Literal::Number, _))
        }
        _ => false,
    }
}

/// `it.each`, `describe.only.each`.
pub(super) fn is_each_callee(callee: &Expr<'_>) -> bool {
    matches!(&callee.kind, ExprKind::Member { object, name: "each", .. } if is_test_callee(object))
}
