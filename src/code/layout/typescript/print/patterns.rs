//! Patterns that take values apart.

use super::expressions::{expression, key};
use super::{Place, elements};
use crate::code::layout::doc::{Doc, Docs, nothing, soft_line_or_space, text, trailing_comma};
use crate::code::layout::typescript::ast::{Key, List, Pattern, PatternElement, PatternProperty};

/// What a pattern stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    Parameter,
    Assignment,
    Other,
}

pub(super) fn pattern<'a>(pattern: &Pattern<'a>, around: Around, docs: &Docs<'a>) -> Doc<'a> {
    match pattern {
        Pattern::Name(name) => text(name),
        Pattern::Object(properties) => object(properties, around, docs),
        Pattern::Array(list) if list.is_empty() => text("[]"),
        Pattern::Array(list) => {
            let has_rest = matches!(list.nodes().next_back(), Some(Some(last)) if last.rest);
            let comma = if has_rest { nothing() } else { trailing_comma() };
            let content = elements(list, comma, docs, |element| match element {
                Some(element) => docs.group(self::element(element, docs)),
                None => nothing(),
            });
            docs.group(docs.concat([text("["), docs.soft_block(content), text("]")]))
        }
    }
}

/// `key: pattern = default`
fn renamed<'a>(name: &Key<'a>, value: &PatternElement<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let id = docs.group_id();
    let line = docs.group_with(docs.indent(soft_line_or_space()), false, Some(id));
    let target = docs.indent_if_broken(pattern(&value.pattern, Around::Other, docs), id);
    docs.concat([docs.group(docs.concat([key(name, docs), text(":"), line, target])), default_value(value, docs)])
}

fn element<'a>(element: &PatternElement<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let rest = text(if element.rest { "..." } else { "" });
    let target = pattern(&element.pattern, Around::Other, docs);
    docs.concat([rest, target, default_value(element, docs)])
}

fn default_value<'a>(element: &PatternElement<'a>, docs: &Docs<'a>) -> Doc<'a> {
    match &element.default {
        Some(default) => docs.concat([text(" = "), expression(default, Place::Initializer, docs)]),
        None => nothing(),
    }
}

fn object<'a>(list: &List<'a, PatternProperty<'a>>, around: Around, docs: &Docs<'a>) -> Doc<'a> {
    if list.is_empty() {
        return text("{}");
    }
    let has_rest = list.nodes().next_back().is_some_and(|last| last.value.rest);
    let comma = if has_rest { nothing() } else { trailing_comma() };
    let properties = elements(list, comma, docs, |property| match &property.key {
        Some(name) => renamed(name, &property.value, docs),
        None => element(&property.value, docs),
    });
    let content = docs.soft_block_spaced(properties);
    let nests = list.nodes().any(|property| {
        property.key.is_some()
            && property.value.default.is_none()
            && matches!(property.value.pattern, Pattern::Object(_) | Pattern::Array(_))
    });
    let content = match around {
        Around::Parameter => content,
        Around::Assignment if !nests => content,
        Around::Assignment | Around::Other => docs.group_expanded(content, nests),
    };
    docs.concat([text("{"), content, text("}")])
}
