//! Expressions, but for those with a file of their own.

use super::arguments::arguments;
use super::arrows::{ArrowIn, arrow};
use super::assignments::{Assignment, Right, assignment};
use super::binary::binary;
use super::chains::{is_chain, member_chain};
use super::classes::class;
use super::conditionals::conditional;
use super::functions::{function, method};
use super::simple::{is_list_of_numbers, is_multiline_template};
use super::types::{ty, type_args};
use super::{Place, elements, lead, list_end, trail};
use crate::code::layout::doc::{
    Doc, Docs, GroupId, empty_line, nothing, soft_line, soft_line_or_space, space, text, trailing_comma,
};
use crate::code::layout::flat::width;
use crate::code::layout::typescript::ast::{Call, Expr, ExprKind, Key, List, Literal, Object, Property, Template};

/// An expression with its parentheses.
pub(super) fn expression<'a>(expr: &Expr<'a>, place: Place, docs: &Docs<'a>) -> Doc<'a> {
    let printed = bare(expr, place, docs);
    if expr.parens && !are_redundant(expr, place) { docs.concat([text("("), printed, text(")")]) } else { printed }
}

/// Parentheses that a formatter takes away, and puts back where a line breaks.
fn are_redundant(expr: &Expr<'_>, place: Place) -> bool {
    match place {
        Place::Returned | Place::Initializer | Place::Assigned { .. } | Place::PropertyValue | Place::Argument => {
            !matches!(expr.kind, ExprKind::Assign { .. })
        }
        Place::Condition | Place::ArrowBody => matches!(expr.kind, ExprKind::Binary { .. }),
        _ => false,
    }
}

/// An expression without its parentheses.
pub(super) fn bare<'a>(expr: &Expr<'a>, place: Place, docs: &Docs<'a>) -> Doc<'a> {
    match &expr.kind {
        ExprKind::Name(name) => text(name),
        ExprKind::Literal(_, literal) => text(literal),
        ExprKind::Template(node) => template(node, docs),
        ExprKind::Array(elements) => array(elements, docs),
        ExprKind::Object(node) => object(node, docs),
        ExprKind::Function(node) => function(node, false, docs),
        ExprKind::Arrow(node) => arrow(node, ArrowIn::of(place), docs),
        ExprKind::Class(node) => class(node, docs),
        ExprKind::Unary { operator, operand } => {
            let is_word = operator.starts_with(|c: char| c.is_ascii_alphabetic());
            let blank = if is_word { space() } else { nothing() };
            docs.concat([text(operator), blank, expression(operand, Place::Operand, docs)])
        }
        ExprKind::Update { operator, prefix, operand } => {
            let operand = expression(operand, Place::Other, docs);
            if *prefix { docs.concat([text(operator), operand]) } else { docs.concat([operand, text(operator)]) }
        }
        ExprKind::Binary { .. } => binary(expr, place, docs),
        ExprKind::Assign { left, operator, right } => {
            let left_doc = expression(left, Place::Target, docs);
            let is_name = matches!(left.kind, ExprKind::Name(_));
            let operator = docs.joined_text(&[" ", operator]);
            assignment(Assignment::expression(left_doc, is_name, operator, right), docs)
        }
        ExprKind::Conditional { .. } => conditional(expr, place, docs),
        ExprKind::Call(call) => call_expression(expr, call, place, docs),
        ExprKind::New(new) => docs.concat([
            text("new "),
            expression(&new.callee, Place::Callee, docs),
            new.type_args.map_or_else(nothing, |types| type_args(types, docs)),
            arguments(&new.args, &new.callee, docs),
        ]),
        ExprKind::Member { object, optional, name, .. } => {
            let property = docs.concat([text(if *optional { "?." } else { "." }), text(name)]);
            docs.concat([expression(object, object_of(place), docs), member(object, property, place, docs)])
        }
        ExprKind::Index { object, optional, index } => {
            docs.concat([expression(object, object_of(place), docs), index_of(*optional, index, docs)])
        }
        ExprKind::NonNull(value) => docs.concat([expression(value, non_null_of(place), docs), text("!")]),
        ExprKind::As { value, word, ty: target } => {
            let inner = docs.concat([
                expression(value, Place::Typed { of_value: place.is_value() }, docs),
                docs.joined_text(&[" ", word]),
                space(),
                ty(target, docs),
            ]);
            if matches!(place, Place::Callee | Place::Object { .. }) {
                docs.group(docs.soft_block(inner))
            } else {
                inner
            }
        }
        ExprKind::Await(value) => {
            let inner = docs.concat([text("await "), expression(value, Place::Other, docs)]);
            if matches!(place, Place::Callee | Place::Object { .. }) {
                docs.group(docs.soft_block(inner))
            } else {
                inner
            }
        }
        ExprKind::Yield { delegate, value } => {
            let word = text(if *delegate { "yield*" } else { "yield" });
            match value {
                Some(value) => docs.concat([word, space(), expression(value, Place::Other, docs)]),
                None => word,
            }
        }
        ExprKind::Spread(value) => docs.concat([text("..."), expression(value, Place::Other, docs)]),
    }
}

fn template<'a>(template: &Template<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let tag = template.tag.as_ref().map_or_else(nothing, |tag| expression(tag, Place::Callee, docs));
    let types = template.type_args.map_or_else(nothing, |types| type_args(types, docs));
    docs.concat([tag, types, text(template.text)])
}

fn array<'a>(list: &List<'a, Option<Expr<'a>>>, docs: &Docs<'a>) -> Doc<'a> {
    if list.is_empty() {
        return docs.concat([text("["), list_end(list, docs), text("]")]);
    }
    let last_is_rest = matches!(list.nodes().next_back(), Some(None));
    let comma = if last_is_rest { text(",") } else { trailing_comma() };
    let id = is_list_of_numbers(list).then(|| docs.group_id());
    let content = match id {
        Some(id) => numbers(list, id, docs),
        None => elements(list, comma, docs, |element| match element {
            Some(element) => docs.group(expression(element, Place::Other, docs)),
            None => nothing(),
        }),
    };
    let expanded = is_table(list);
    docs.concat([text("["), docs.group_with(docs.soft_block(content), expanded, id), text("]")])
}

fn numbers<'a>(list: &List<'a, Option<Expr<'a>>>, id: GroupId, docs: &Docs<'a>) -> Doc<'a> {
    let mut parts = Vec::new();
    for (index, item) in list.items.iter().enumerate() {
        if index > 0 {
            parts.push(if item.trivia.after_blank { empty_line() } else { soft_line_or_space() });
        }
        let number = item.node.as_ref().map_or_else(nothing, |number| expression(number, Place::Other, docs));
        let comma = if index + 1 < list.len() { text(",") } else { docs.if_broken_or(text(","), nothing(), Some(id)) };
        parts.push(docs.concat([lead(&item.trivia, docs), number, comma, trail(&item.trivia, docs)]));
    }
    docs.fill(&parts)
}

/// Several objects, or several arrays, each with more than one element: they are set out one below the other.
fn is_table(list: &List<'_, Option<Expr<'_>>>) -> bool {
    if list.len() < 2 {
        return false;
    }
    let mut kinds = list.nodes().map(|element| match element.as_ref().map(|element| &element.kind) {
        Some(ExprKind::Object(object)) if object.members.len() > 1 => Some(true),
        Some(ExprKind::Array(elements)) if elements.len() > 1 => Some(false),
        _ => None,
    });
    let first = kinds.next().flatten();
    first.is_some() && kinds.all(|kind| kind == first)
}

fn object<'a>(object: &Object<'a>, docs: &Docs<'a>) -> Doc<'a> {
    if object.members.is_empty() {
        if object.members.end.leading.is_empty() {
            return text("{}");
        }
        return docs.concat([text("{"), docs.block(list_end(&object.members, docs)), text("}")]);
    }
    let members = elements(&object.members, trailing_comma(), docs, |member| property(member, docs));
    docs.concat([text("{"), docs.group_expanded(docs.soft_block_spaced(members), object.stays_open()), text("}")])
}

fn property<'a>(property: &Property<'a>, docs: &Docs<'a>) -> Doc<'a> {
    match property {
        Property::KeyValue { key: name, value } => {
            let is_short = matches!(name, Key::Plain(name) if width(name) < 5);
            assignment(Assignment::property(key(name, docs), is_short, Right::Expr(value)), docs)
        }
        Property::Shorthand { name, default: None } => text(name),
        Property::Shorthand { name, default: Some(value) } => {
            docs.concat([text(name), text(" = "), expression(value, Place::Initializer, docs)])
        }
        Property::Method(node) => method(node, docs),
        Property::Spread(value) => docs.concat([text("..."), expression(value, Place::Other, docs)]),
    }
}

pub(super) fn key<'a>(key: &Key<'a>, docs: &Docs<'a>) -> Doc<'a> {
    match key {
        Key::Plain(name) => text(name),
        Key::Computed(value) => docs.concat([text("["), expression(value, Place::Other, docs), text("]")]),
    }
}

fn call_expression<'a>(expr: &Expr<'a>, call: &Call<'a>, place: Place, docs: &Docs<'a>) -> Doc<'a> {
    let is_member = matches!(call.callee.kind, ExprKind::Member { .. } | ExprKind::Index { .. });
    if is_member && !call.callee.parens {
        return member_chain(expr, place, docs);
    }
    let inner = docs.concat([expression(&call.callee, Place::Callee, docs), call_suffix(call, docs)]);
    if matches!(call.callee.kind, ExprKind::Call(_)) { docs.group(inner) } else { inner }
}

/// A call without what is called.
pub(super) fn call_suffix<'a>(call: &Call<'a>, docs: &Docs<'a>) -> Doc<'a> {
    docs.concat([
        text(if call.optional { "?." } else { "" }),
        call.type_args.map_or_else(nothing, |types| type_args(types, docs)),
        arguments(&call.args, &call.callee, docs),
    ])
}

/// The place of what a member or an index is taken of.
fn object_of(place: Place) -> Place {
    let in_line = match place {
        Place::Callee | Place::Target | Place::Assigned { to_name: false } => true,
        Place::Object { in_line, .. } => in_line,
        _ => false,
    };
    Place::Object { in_line, of_value: place.is_value() }
}

/// The place of what an exclamation mark stands behind.
fn non_null_of(place: Place) -> Place {
    match place {
        Place::Object { .. } => place,
        _ => Place::Other,
    }
}

/// Where a member that is not called may move to a line of its own.
fn member<'a>(object: &Expr<'a>, property: Doc<'a>, place: Place, docs: &Docs<'a>) -> Doc<'a> {
    let is_nested = matches!(place, Place::Object { .. } | Place::Index);
    if matches!(place, Place::Initializer | Place::Assigned { .. }) {
        let called = match &object.kind {
            ExprKind::NonNull(inner) => &inner.kind,
            kind => kind,
        };
        let has_args = matches!(called, ExprKind::Call(call) if !call.args.is_empty());
        if has_args || is_chain(object) {
            return property;
        }
    }
    let stays = matches!(object_of(place), Place::Object { in_line: true, .. });
    if stays || (!is_nested && matches!(object.kind, ExprKind::Name(_))) {
        return property;
    }
    docs.group(docs.indent(docs.concat([soft_line(), property])))
}

pub(super) fn index_of<'a>(optional: bool, index: &Expr<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let open = text(if optional { "?.[" } else { "[" });
    let inner = expression(index, Place::Index, docs);
    if matches!(index.kind, ExprKind::Literal(Literal::Number, _)) {
        return docs.concat([open, inner, text("]")]);
    }
    docs.group(docs.concat([open, docs.soft_block(inner), text("]")]))
}

/// Whether the only argument is a template of several lines, which then hugs its parentheses.
pub(super) fn is_only_multiline_template(args: &List<'_, Expr<'_>>) -> bool {
    args.only().is_some_and(is_multiline_template)
}
