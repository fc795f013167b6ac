//! Functions, methods and their parameters.

use super::expressions::{expression, key};
use super::patterns::{Around, pattern};
use super::statements;
use super::types::{annotation, returns, ty, type_params};
use super::{Place, lead, list_end, trail};
use crate::code::layout::doc::{
    Doc, Docs, empty_line, expand_parent, hard_line, nothing, soft_line_or_space, space, text, trailing_comma,
};
use crate::code::layout::typescript::ast::{
    Expr, ExprKind, Function, List, Method, Param, Pattern, Signature, Type, TypeKind,
};

/// A function that begins with its word. `hugged` closes its parameters' lines.
pub(super) fn function<'a>(function: &Function<'a>, hugged: bool, docs: &Docs<'a>) -> Doc<'a> {
    let head = [
        if function.is_async { "async " } else { "" },
        "function",
        if function.generator { "* " } else { " " },
        function.name.unwrap_or_default(),
    ];
    let types = function.signature.type_params.map_or_else(nothing, |types| type_params(types, docs));
    let body = match &function.body {
        Some(body) => docs.concat([space(), docs.once(body, || statements::body(body, docs))]),
        None => nothing(),
    };
    docs.concat([
        docs.joined_text(&head),
        types,
        docs.group(params_and_result(&function.signature, hugged, docs)),
        body,
    ])
}

fn params_and_result<'a>(signature: &Signature<'a>, hugged: bool, docs: &Docs<'a>) -> Doc<'a> {
    let list = params(&signature.params, false, docs);
    let list = if hugged { docs.without_soft_lines(list) } else { list };
    let result = returns(signature.returns.as_ref(), docs);
    let list = if groups_params(signature, &result) { docs.group(list) } else { list };
    docs.concat([list, result])
}

/// Whether the parameters break by themselves, because the type of the result has brackets of its own.
fn groups_params(signature: &Signature<'_>, result: &Doc<'_>) -> bool {
    let Some(returns) = &signature.returns else { return false };
    if let Some(types) = &signature.type_params {
        let is_plain = types.only().is_some_and(|only| only.extends.is_none() && only.default.is_none());
        if !is_plain {
            return false;
        }
    }
    signature.params.len() == 1
        && (matches!(returns.kind, TypeKind::Object(_) | TypeKind::Mapped(_)) || result.will_break)
}

/// Type parameters and parameters.
pub(super) fn signature_params<'a>(signature: &Signature<'a>, in_test: bool, docs: &Docs<'a>) -> Doc<'a> {
    let types = signature.type_params.map_or_else(nothing, |types| type_params(types, docs));
    docs.concat([types, params(&signature.params, in_test, docs)])
}

/// A whole signature behind a name: of a method, of a member of a type.
pub(super) fn signature<'a>(signature: &Signature<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let types = signature.type_params.map_or_else(nothing, |types| type_params(types, docs));
    docs.concat([types, docs.group(params_and_result(signature, false, docs))])
}

pub(super) fn method<'a>(method: &Method<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let mut parts: Vec<Doc<'a>> = Vec::new();
    for modifier in method.modifiers {
        parts.extend([text(modifier), space()]);
    }
    parts.push(text(if method.generator { "*" } else { "" }));
    parts.push(key(&method.key, docs));
    parts.push(text(if method.optional { "?" } else { "" }));
    parts.push(signature(&method.signature, docs));
    if let Some(body) = &method.body {
        parts.extend([space(), statements::body(body, docs)]);
    }
    docs.concat_all(parts)
}

pub(super) fn params<'a>(list: &List<'a, Param<'a>>, in_test: bool, docs: &Docs<'a>) -> Doc<'a> {
    if list.is_empty() {
        return docs.concat([text("("), list_end(list, docs), text(")")]);
    }
    let hugs = should_hug(list);
    if (hugs || in_test) && list.end.leading.is_empty() {
        let printed = list.nodes().map(|param| self::param(param, hugs, list.len() == 1, docs));
        return docs.concat([text("("), docs.join(printed, text(", ")), text(")")]);
    }
    let has_properties = list.nodes().any(|param| !param.modifiers.is_empty());
    let has_rest = list.nodes().next_back().is_some_and(|last| last.rest);
    let mut parts = Vec::new();
    for (index, item) in list.items.iter().enumerate() {
        if index > 0 {
            parts.push(match (item.trivia.after_blank, has_properties) {
                (true, _) => empty_line(),
                (false, true) => hard_line(),
                (false, false) => soft_line_or_space(),
            });
        }
        parts.push(lead(&item.trivia, docs));
        parts.push(param(&item.node, false, list.len() == 1, docs));
        parts.push(if index + 1 < list.len() {
            text(",")
        } else if has_rest {
            nothing()
        } else {
            trailing_comma()
        });
        parts.push(trail(&item.trivia, docs));
    }
    parts.push(list_end(list, docs));
    docs.concat([text("("), docs.soft_block(docs.concat_all(parts)), text(")")])
}

/// A single parameter with brackets of its own keeps them on the line of the parentheses.
fn should_hug(list: &List<'_, Param<'_>>) -> bool {
    let [item] = list.items else { return false };
    let param = &item.node;
    if item.trivia.has_comments() || param.rest || !param.modifiers.is_empty() || !param.decorators.is_empty() {
        return false;
    }
    match (&param.pattern, &param.default) {
        (Pattern::Object(_) | Pattern::Array(_), None) => true,
        (Pattern::Object(_) | Pattern::Array(_), Some(default)) => is_empty_or_name(default),
        (Pattern::Name(_), None) => {
            matches!(param.ty, Some(Type { kind: TypeKind::Object(_), parens: false }))
        }
        (Pattern::Name(_), Some(_)) => false,
    }
}

fn is_empty_or_name(value: &Expr<'_>) -> bool {
    match &value.kind {
        ExprKind::Object(object) => object.members.is_empty(),
        ExprKind::Array(elements) => elements.is_empty(),
        ExprKind::Name(_) => true,
        _ => false,
    }
}

fn param<'a>(param: &Param<'a>, hugs: bool, is_only: bool, docs: &Docs<'a>) -> Doc<'a> {
    let mut parts = Vec::new();
    if !param.decorators.is_empty() {
        parts.push(param_decorators(param, docs));
    }
    for modifier in param.modifiers {
        parts.extend([text(modifier), space()]);
    }
    let annotation = match &param.ty {
        Some(Type { kind: TypeKind::Object(members), parens: false }) if is_only => {
            docs.concat([text(": "), super::types::object_type(members, true, docs)])
        }
        ty => annotation(ty.as_ref(), docs),
    };
    let content = docs.concat([
        text(if param.rest { "..." } else { "" }),
        pattern(&param.pattern, Around::Parameter, docs),
        text(if param.optional { "?" } else { "" }),
        annotation,
    ]);
    parts.push(if hugs { content } else { docs.group(content) });
    if let Some(default) = &param.default {
        parts.extend([text(" = "), expression(default, Place::Initializer, docs)]);
    }
    docs.concat_all(parts)
}

fn param_decorators<'a>(param: &Param<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let decorators =
        docs.concat_all(param.decorators.iter().map(|decorator| {
            docs.concat([text("@"), expression(decorator, Place::Other, docs), soft_line_or_space()])
        }));
    let expand = if param.decorators_on_own_line { expand_parent() } else { nothing() };
    // A parameter that is a property shares its lines with the others.
    let decorators = if param.modifiers.is_empty() { docs.group(decorators) } else { decorators };
    docs.concat([expand, decorators])
}

/// A name and nothing else.
pub(super) fn is_bare(param: &Param<'_>) -> bool {
    matches!(param.pattern, Pattern::Name(_)) && param.ty.is_none() && param.default.is_none() && !param.rest
}

/// `(a: A) => B` as a type.
pub(super) fn function_type<'a>(words: &[&'a str], signature: &Signature<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let mut parts: Vec<Doc<'a>> = words.iter().flat_map(|word| [text(word), space()]).collect();
    parts.push(signature.type_params.map_or_else(nothing, |types| type_params(types, docs)));
    let list = params(&signature.params, false, docs);
    let result = signature.returns.as_ref().map_or_else(nothing, |returns| ty(returns, docs));
    parts.push(if groups_params(signature, &result) { docs.group(list) } else { list });
    parts.extend([text(" =>"), space(), result]);
    docs.group(docs.concat_all(parts))
}
