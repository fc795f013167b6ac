//! Types.

use super::expressions::key;
use super::functions::{function_type, method, signature};
use super::simple::{is_object_type, should_hug_type};
use super::{elements, lead, list_end, separated, trail};
use crate::code::layout::doc::{
    Doc, Docs, GroupId, nothing, soft_line, soft_line_or_space, space, text, trailing_comma,
};
use crate::code::layout::typescript::ast::{
    IndexSignature, Item, List, Mapped, TupleElement, Type, TypeKind, TypeMember, TypeParam,
};

/// What a union stands in, which decides who indents it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// An argument of a type, or an element of a tuple with others.
    List {
        of_tuple: bool,
    },
    Other,
}

pub(super) fn ty<'a>(node: &Type<'a>, docs: &Docs<'a>) -> Doc<'a> {
    within(node, Around::Other, docs)
}

fn within<'a>(node: &Type<'a>, around: Around, docs: &Docs<'a>) -> Doc<'a> {
    let printed = bare(node, around, docs);
    match &node.kind {
        _ if !node.parens => printed,
        TypeKind::Conditional { .. } => docs.concat([text("("), docs.group(docs.soft_block(printed)), text(")")]),
        _ => docs.concat([text("("), printed, text(")")]),
    }
}

fn bare<'a>(node: &Type<'a>, around: Around, docs: &Docs<'a>) -> Doc<'a> {
    match &node.kind {
        TypeKind::Name { name, args } => {
            docs.concat([text(name), args.map_or_else(nothing, |args| type_args(args, docs))])
        }
        TypeKind::Literal(literal) | TypeKind::Template(literal) => text(literal),
        TypeKind::Union(items) => union(node, items, around, docs),
        TypeKind::Intersection(types) => intersection(types, docs),
        TypeKind::Array(element) => docs.concat([ty(element, docs), text("[]")]),
        TypeKind::Tuple(list) => tuple(list, docs),
        TypeKind::Object(members) => object_type(members, false, docs),
        TypeKind::Mapped(node) => mapped(node, docs),
        TypeKind::Function { words, signature } => function_type(words, signature, docs),
        TypeKind::Conditional { .. } => conditional(node, Branch::Root, docs),
        TypeKind::Infer { name, extends } => {
            let extends =
                extends.as_ref().map_or_else(nothing, |extends| docs.concat([text(" extends "), ty(extends, docs)]));
            docs.concat([text("infer "), text(name), extends])
        }
        TypeKind::Operator { word, ty: operand } => docs.concat([text(word), space(), ty(operand, docs)]),
        TypeKind::Typeof { name, args } => {
            docs.concat([text("typeof "), text(name), args.map_or_else(nothing, |args| type_args(args, docs))])
        }
        TypeKind::Indexed { object, index } => docs.concat([ty(object, docs), text("["), ty(index, docs), text("]")]),
        TypeKind::Predicate { asserts, name, ty: target } => {
            let target = target.as_ref().map_or_else(nothing, |target| docs.concat([text(" is "), ty(target, docs)]));
            docs.concat([text(if *asserts { "asserts " } else { "" }), text(name), target])
        }
    }
}

/// `: T`, or nothing.
pub(super) fn annotation<'a>(node: Option<&Type<'a>>, docs: &Docs<'a>) -> Doc<'a> {
    node.map_or_else(nothing, |node| docs.concat([text(":"), space(), ty(node, docs)]))
}

/// The type of a function's result.
pub(super) fn returns<'a>(node: Option<&Type<'a>>, docs: &Docs<'a>) -> Doc<'a> {
    annotation(node, docs)
}

pub(super) fn type_args<'a>(list: &List<'a, Type<'a>>, docs: &Docs<'a>) -> Doc<'a> {
    let around = Around::List { of_tuple: false };
    if let Some(only) = list.only()
        && should_hug_type(only)
    {
        return docs.concat([text("<"), within(only, around, docs), text(">")]);
    }
    let types = elements(list, nothing(), docs, |node| within(node, around, docs));
    docs.group(docs.concat([text("<"), docs.soft_block(types), text(">")]))
}

pub(super) fn type_params<'a>(list: &List<'a, TypeParam<'a>>, docs: &Docs<'a>) -> Doc<'a> {
    type_params_named(list, None, docs)
}

pub(super) fn type_params_named<'a>(list: &List<'a, TypeParam<'a>>, id: Option<GroupId>, docs: &Docs<'a>) -> Doc<'a> {
    let params = elements(list, trailing_comma(), docs, |param| {
        let mut parts: Vec<Doc<'a>> = param.modifiers.iter().flat_map(|word| [text(word), space()]).collect();
        parts.push(text(param.name));
        if let Some(extends) = &param.extends {
            let id = docs.group_id();
            let line = docs.group_with(docs.indent(soft_line_or_space()), false, Some(id));
            parts.extend([text(" extends"), line, docs.indent_if_broken(ty(extends, docs), id)]);
        }
        if let Some(default) = &param.default {
            parts.extend([text(" ="), space(), ty(default, docs)]);
        }
        docs.concat_all(parts)
    });
    docs.group_with(docs.concat([text("<"), docs.soft_block(params), text(">")]), false, id)
}

fn union<'a>(node: &Type<'a>, items: &[Item<'a, Type<'a>>], around: Around, docs: &Docs<'a>) -> Doc<'a> {
    let hugs = should_hug_type(node);
    let mut types = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            types.push(if hugs { space() } else { soft_line_or_space() });
        }
        let printed = ty(&item.node, docs);
        types.extend([
            lead(&item.trivia, docs),
            text(if index > 0 { "| " } else { "" }),
            if hugs { printed } else { docs.align(2, printed) },
            trail(&item.trivia, docs),
        ]);
    }
    let types = docs.concat_all(types);
    if hugs {
        return types;
    }
    let indents = around == Around::Other;
    let first_line = if indents { soft_line_or_space() } else { nothing() };
    let types = docs.concat([docs.if_broken(docs.concat([first_line, text("| ")])), types]);
    if node.parens {
        return docs.group(docs.concat([docs.indent(docs.concat([soft_line(), types])), soft_line()]));
    }
    docs.group(match around {
        Around::List { of_tuple: true } => docs.concat([
            docs.indent(docs.concat([docs.if_broken(docs.concat([text("("), soft_line()])), types])),
            soft_line(),
            docs.if_broken(text(")")),
        ]),
        Around::List { of_tuple: false } => types,
        Around::Other => docs.indent(types),
    })
}

fn intersection<'a>(types: &[Type<'a>], docs: &Docs<'a>) -> Doc<'a> {
    let mut parts = Vec::new();
    let mut before_is_object = false;
    let mut indented = false;
    for (index, node) in types.iter().enumerate() {
        let is_object = is_object_type(node);
        let printed = ty(node, docs);
        if index == 0 {
            parts.push(printed);
        } else if !before_is_object && !is_object {
            parts.extend([text(" &"), docs.indent(docs.concat([soft_line_or_space(), printed]))]);
        } else {
            if !before_is_object || !is_object {
                indented = index > 1;
            }
            parts.extend([text(" & "), if indented { docs.indent(printed) } else { printed }]);
        }
        before_is_object = is_object;
    }
    docs.group(docs.concat_all(parts))
}

fn tuple<'a>(list: &List<'a, TupleElement<'a>>, docs: &Docs<'a>) -> Doc<'a> {
    if list.is_empty() {
        return text("[]");
    }
    let around = Around::List { of_tuple: list.len() > 1 };
    let content = elements(list, trailing_comma(), docs, |element| {
        let head = match (element.name, element.optional) {
            (Some(name), true) => [name, "?: "],
            (Some(name), false) => [name, ": "],
            (None, _) => ["", ""],
        };
        docs.concat([
            text(if element.rest { "..." } else { "" }),
            docs.joined_text(&head),
            within(&element.ty, around, docs),
            text(if element.optional && element.name.is_none() { "?" } else { "" }),
        ])
    });
    docs.concat([text("["), docs.group(docs.soft_block(content)), text("]")])
}

/// Members in braces. As the type of a single parameter they break with the parameter's own group.
pub(super) fn object_type<'a>(list: &List<'a, TypeMember<'a>>, hugs: bool, docs: &Docs<'a>) -> Doc<'a> {
    if list.is_empty() {
        if list.end.leading.is_empty() {
            return text("{}");
        }
        return docs.concat([text("{"), docs.block(list_end(list, docs)), text("}")]);
    }
    let stays_open = list.items.first().is_some_and(|first| first.trivia.on_new_line);
    let members = separated(list, text(";"), docs.if_broken(text(";")), docs, &mut |member| {
        docs.group(type_member(member, docs))
    });
    let content = docs.soft_block_spaced(members);
    let content = if hugs { content } else { docs.group_expanded(content, stays_open) };
    docs.concat([text("{"), content, text("}")])
}

pub(super) fn type_member<'a>(member: &TypeMember<'a>, docs: &Docs<'a>) -> Doc<'a> {
    match member {
        TypeMember::Property { readonly, key: name, optional, ty } => docs.concat([
            text(if *readonly { "readonly " } else { "" }),
            key(name, docs),
            text(if *optional { "?" } else { "" }),
            annotation(ty.as_ref(), docs),
        ]),
        TypeMember::Method(node) => method(node, docs),
        TypeMember::Call { is_new, signature: node } => {
            docs.concat([text(if *is_new { "new " } else { "" }), signature(node, docs)])
        }
        TypeMember::Index { readonly, signature } => {
            docs.concat([text(if *readonly { "readonly " } else { "" }), index_signature(signature, docs)])
        }
    }
}

pub(super) fn index_signature<'a>(signature: &IndexSignature<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let key = docs.concat([text(signature.name), text(": "), ty(&signature.key, docs)]);
    docs.concat([
        docs.group(docs.concat([text("["), docs.soft_block(key), text("]")])),
        text(": "),
        ty(&signature.value, docs),
    ])
}

fn mapped<'a>(node: &Mapped<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let renamed = node.renamed.as_ref().map_or_else(nothing, |renamed| docs.concat([text(" as "), ty(renamed, docs)]));
    let head =
        docs.concat([text("["), text(node.name), text(" in"), space(), ty(&node.keys, docs), renamed, text("]")]);
    let content = docs.concat([
        node.readonly.map_or_else(nothing, |readonly| docs.concat([text(readonly), space()])),
        docs.group(head),
        text(node.optional.unwrap_or_default()),
        annotation(node.value.as_ref(), docs),
        docs.if_broken(text(";")),
    ]);
    docs.concat([text("{"), docs.group_expanded(docs.soft_block_spaced(content), node.stays_open), text("}")])
}

/// Where a conditional type stands in another one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    Root,
    Test,
    Other,
}

fn conditional<'a>(node: &Type<'a>, branch: Branch, docs: &Docs<'a>) -> Doc<'a> {
    let TypeKind::Conditional { check, extends, yes, no } = &node.kind else { return ty(node, docs) };
    let check = match &check.kind {
        // The lines of a condition within the condition break with its parentheses.
        TypeKind::Conditional { .. } if check.parens => {
            let inner = conditional(check, Branch::Test, docs);
            docs.concat([text("("), docs.group(docs.soft_block(inner)), text(")")])
        }
        _ => ty(check, docs),
    };
    let test = docs.concat([check, text(" extends "), ty(extends, docs)]);
    let part = |node: &Type<'a>| {
        if matches!(node.kind, TypeKind::Conditional { .. }) {
            conditional(node, Branch::Other, docs)
        } else {
            ty(node, docs)
        }
    };
    let tail = docs.concat([
        soft_line_or_space(),
        text("? "),
        docs.align(2, part(yes)),
        soft_line_or_space(),
        text(": "),
        docs.align(2, part(no)),
    ]);
    match branch {
        Branch::Root => docs.group(docs.concat([test, docs.indent(tail)])),
        Branch::Test => docs.concat([test, docs.indent(tail)]),
        Branch::Other => docs.concat([test, tail]),
    }
}
