//! Patterns that take values apart.

use super::expressions::{expression, key};
use super::{Context, Place, elements, trailing_comma};
use crate::code::layout::doc::{
    Doc, concat, group, group_expanded, group_with, indent, indent_if_broken, nothing, soft_block, soft_block_spaced,
    soft_line_or_space, text,
};
use crate::code::layout::typescript::ast::{Key, List, Pattern, PatternElement, PatternProperty};

/// What a pattern stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    Parameter,
    Assignment,
    Other,
}

pub(super) fn pattern<'a>(pattern: &Pattern<'a>, around: Around, context: &Context<'a>) -> Doc<'a> {
    match pattern {
        Pattern::Name(name) => text(*name),
        Pattern::Object(properties) => object(properties, around, context),
        Pattern::Array(list) if list.is_empty() => text("[]"),
        Pattern::Array(list) => {
            let has_rest = matches!(list.nodes().next_back(), Some(Some(last)) if last.rest);
            let comma = if has_rest { nothing() } else { trailing_comma() };
            let content = elements(list, &comma, |element| match element {
                Some(element) => group(self::element(element, context)),
                None => nothing(),
            });
            group(concat([text("["), soft_block(content), text("]")]))
        }
    }
}

/// `key: pattern = default`
fn renamed<'a>(name: &Key<'a>, value: &PatternElement<'a>, context: &Context<'a>) -> Doc<'a> {
    let id = context.group_id();
    let line = group_with(indent(soft_line_or_space()), false, Some(id));
    let target = indent_if_broken(pattern(&value.pattern, Around::Other, context), id);
    concat([group(concat([key(name, context), text(":"), line, target])), default_value(value, context)])
}

fn element<'a>(element: &PatternElement<'a>, context: &Context<'a>) -> Doc<'a> {
    let rest = text(if element.rest { "..." } else { "" });
    let target = pattern(&element.pattern, Around::Other, context);
    concat([rest, target, default_value(element, context)])
}

fn default_value<'a>(element: &PatternElement<'a>, context: &Context<'a>) -> Doc<'a> {
    match &element.default {
        Some(default) => concat([text(" = "), expression(default, Place::Initializer, context)]),
        None => nothing(),
    }
}

fn object<'a>(list: &List<'a, PatternProperty<'a>>, around: Around, context: &Context<'a>) -> Doc<'a> {
    if list.is_empty() {
        return text("{}");
    }
    let has_rest = list.nodes().next_back().is_some_and(|last| last.value.rest);
    let comma = if has_rest { nothing() } else { trailing_comma() };
    let properties = elements(list, &comma, |property| match &property.key {
        Some(name) => renamed(name, &property.value, context),
        None => element(&property.value, context),
    });
    let content = soft_block_spaced(properties);
    let nests = list.nodes().any(|property| {
        property.key.is_some()
            && property.value.default.is_none()
            && matches!(property.value.pattern, Pattern::Object(_) | Pattern::Array(_))
    });
    let content = match around {
        Around::Parameter => content,
        Around::Assignment if !nests => content,
        Around::Assignment | Around::Other => group_expanded(content, nests),
    };
    concat([text("{"), content, text("}")])
}
