//! Types.

use super::expressions::key;
use super::functions::{function_type, method, signature};
use super::simple::{is_object_type, should_hug_type};
use super::{Context, elements, lead, list_end, separated, trail, trailing_comma};
use crate::code::layout::doc::{
    Doc, GroupId, align, block, concat, group, group_expanded, group_with, if_broken, indent, indent_if_broken,
    nothing, soft_block, soft_block_spaced, soft_line, soft_line_or_space, space, text,
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

pub(super) fn ty<'a>(node: &Type<'a>, context: &Context<'a>) -> Doc<'a> {
    within(node, Around::Other, context)
}

fn within<'a>(node: &Type<'a>, around: Around, context: &Context<'a>) -> Doc<'a> {
    let printed = bare(node, around, context);
    match &node.kind {
        _ if !node.parens => printed,
        TypeKind::Conditional { .. } => concat([text("("), group(soft_block(printed)), text(")")]),
        _ => concat([text("("), printed, text(")")]),
    }
}

fn bare<'a>(node: &Type<'a>, around: Around, context: &Context<'a>) -> Doc<'a> {
    match &node.kind {
        TypeKind::Name { name, args } => {
            concat([text(*name), args.as_ref().map_or_else(nothing, |args| type_args(args, context))])
        }
        TypeKind::Literal(literal) | TypeKind::Template(literal) => text(*literal),
        TypeKind::Union(items) => union(node, items, around, context),
        TypeKind::Intersection(types) => intersection(types, context),
        TypeKind::Array(element) => concat([ty(element, context), text("[]")]),
        TypeKind::Tuple(list) => tuple(list, context),
        TypeKind::Object(members) => object_type(members, false, context),
        TypeKind::Mapped(node) => mapped(node, context),
        TypeKind::Function { words, signature } => function_type(words, signature, context),
        TypeKind::Conditional { .. } => conditional(node, Branch::Root, context),
        TypeKind::Infer { name, extends } => {
            let extends =
                extends.as_ref().map_or_else(nothing, |extends| concat([text(" extends "), ty(extends, context)]));
            concat([text("infer "), text(*name), extends])
        }
        TypeKind::Operator { word, ty: operand } => concat([text(*word), space(), ty(operand, context)]),
        TypeKind::Typeof { name, args } => {
            concat([text("typeof "), text(*name), args.as_ref().map_or_else(nothing, |args| type_args(args, context))])
        }
        TypeKind::Indexed { object, index } => concat([ty(object, context), text("["), ty(index, context), text("]")]),
        TypeKind::Predicate { asserts, name, ty: target } => {
            let target = target.as_ref().map_or_else(nothing, |target| concat([text(" is "), ty(target, context)]));
            concat([text(if *asserts { "asserts " } else { "" }), text(*name), target])
        }
    }
}

/// `: T`, or nothing.
pub(super) fn annotation<'a>(node: Option<&Type<'a>>, context: &Context<'a>) -> Doc<'a> {
    node.map_or_else(nothing, |node| concat([text(":"), space(), ty(node, context)]))
}

/// The type of a function's result.
pub(super) fn returns<'a>(node: Option<&Type<'a>>, context: &Context<'a>) -> Doc<'a> {
    annotation(node, context)
}

pub(super) fn type_args<'a>(list: &List<'a, Type<'a>>, context: &Context<'a>) -> Doc<'a> {
    let around = Around::List { of_tuple: false };
    if let Some(only) = list.only()
        && should_hug_type(only)
    {
        return concat([text("<"), within(only, around, context), text(">")]);
    }
    let types = elements(list, &nothing(), |node| within(node, around, context));
    group(concat([text("<"), soft_block(types), text(">")]))
}

pub(super) fn type_params<'a>(list: &List<'a, TypeParam<'a>>, context: &Context<'a>) -> Doc<'a> {
    type_params_named(list, None, context)
}

pub(super) fn type_params_named<'a>(
    list: &List<'a, TypeParam<'a>>,
    id: Option<GroupId>,
    context: &Context<'a>,
) -> Doc<'a> {
    let params = elements(list, &trailing_comma(), |param| {
        let mut parts: Vec<Doc<'a>> = param.modifiers.iter().flat_map(|word| [text(*word), space()]).collect();
        parts.push(text(param.name));
        if let Some(extends) = &param.extends {
            let id = context.group_id();
            let line = group_with(indent(soft_line_or_space()), false, Some(id));
            parts.extend([text(" extends"), line, indent_if_broken(ty(extends, context), id)]);
        }
        if let Some(default) = &param.default {
            parts.extend([text(" ="), space(), ty(default, context)]);
        }
        concat(parts)
    });
    group_with(concat([text("<"), soft_block(params), text(">")]), false, id)
}

fn union<'a>(node: &Type<'a>, items: &[Item<'a, Type<'a>>], around: Around, context: &Context<'a>) -> Doc<'a> {
    let hugs = should_hug_type(node);
    let mut types = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            types.push(if hugs { space() } else { soft_line_or_space() });
        }
        let printed = ty(&item.node, context);
        types.extend([
            lead(&item.trivia),
            text(if index > 0 { "| " } else { "" }),
            if hugs { printed } else { align(2, printed) },
            trail(&item.trivia),
        ]);
    }
    let types = concat(types);
    if hugs {
        return types;
    }
    let indents = around == Around::Other;
    let first_line = if indents { soft_line_or_space() } else { nothing() };
    let types = concat([if_broken(concat([first_line, text("| ")])), types]);
    if node.parens {
        return group(concat([indent(concat([soft_line(), types])), soft_line()]));
    }
    group(match around {
        Around::List { of_tuple: true } => concat([
            indent(concat([if_broken(concat([text("("), soft_line()])), types])),
            soft_line(),
            if_broken(text(")")),
        ]),
        Around::List { of_tuple: false } => types,
        Around::Other => indent(types),
    })
}

fn intersection<'a>(types: &[Type<'a>], context: &Context<'a>) -> Doc<'a> {
    let mut parts = Vec::new();
    let mut before_is_object = false;
    let mut indented = false;
    for (index, node) in types.iter().enumerate() {
        let is_object = is_object_type(node);
        let printed = ty(node, context);
        if index == 0 {
            parts.push(printed);
        } else if !before_is_object && !is_object {
            parts.extend([text(" &"), indent(concat([soft_line_or_space(), printed]))]);
        } else {
            if !before_is_object || !is_object {
                indented = index > 1;
            }
            parts.extend([text(" & "), if indented { indent(printed) } else { printed }]);
        }
        before_is_object = is_object;
    }
    group(concat(parts))
}

fn tuple<'a>(list: &List<'a, TupleElement<'a>>, context: &Context<'a>) -> Doc<'a> {
    if list.is_empty() {
        return text("[]");
    }
    let around = Around::List { of_tuple: list.len() > 1 };
    let content = elements(list, &trailing_comma(), |element| {
        let head = match (element.name, element.optional) {
            (Some(name), true) => format!("{name}?: "),
            (Some(name), false) => format!("{name}: "),
            (None, _) => String::new(),
        };
        concat([
            text(if element.rest { "..." } else { "" }),
            text(head),
            within(&element.ty, around, context),
            text(if element.optional && element.name.is_none() { "?" } else { "" }),
        ])
    });
    concat([text("["), group(soft_block(content)), text("]")])
}

/// Members in braces. As the type of a single parameter they break with the parameter's own group.
pub(super) fn object_type<'a>(list: &List<'a, TypeMember<'a>>, hugs: bool, context: &Context<'a>) -> Doc<'a> {
    if list.is_empty() {
        if list.end.leading.is_empty() {
            return text("{}");
        }
        return concat([text("{"), block(list_end(list)), text("}")]);
    }
    let stays_open = list.items.first().is_some_and(|first| first.trivia.on_new_line);
    let members = separated(list, &text(";"), &if_broken(text(";")), &mut |member| group(type_member(member, context)));
    let content = soft_block_spaced(members);
    let content = if hugs { content } else { group_expanded(content, stays_open) };
    concat([text("{"), content, text("}")])
}

pub(super) fn type_member<'a>(member: &TypeMember<'a>, context: &Context<'a>) -> Doc<'a> {
    match member {
        TypeMember::Property { readonly, key: name, optional, ty } => concat([
            text(if *readonly { "readonly " } else { "" }),
            key(name, context),
            text(if *optional { "?" } else { "" }),
            annotation(ty.as_ref(), context),
        ]),
        TypeMember::Method(node) => method(node, context),
        TypeMember::Call { is_new, signature: node } => {
            concat([text(if *is_new { "new " } else { "" }), signature(node, context)])
        }
        TypeMember::Index { readonly, signature } => {
            concat([text(if *readonly { "readonly " } else { "" }), index_signature(signature, context)])
        }
    }
}

pub(super) fn index_signature<'a>(signature: &IndexSignature<'a>, context: &Context<'a>) -> Doc<'a> {
    let key = concat([text(signature.name), text(": "), ty(&signature.key, context)]);
    concat([group(concat([text("["), soft_block(key), text("]")])), text(": "), ty(&signature.value, context)])
}

fn mapped<'a>(node: &Mapped<'a>, context: &Context<'a>) -> Doc<'a> {
    let renamed = node.renamed.as_ref().map_or_else(nothing, |renamed| concat([text(" as "), ty(renamed, context)]));
    let head = concat([text("["), text(node.name), text(" in"), space(), ty(&node.keys, context), renamed, text("]")]);
    let content = concat([
        node.readonly.map_or_else(nothing, |readonly| concat([text(readonly), space()])),
        group(head),
        text(node.optional.unwrap_or_default()),
        annotation(node.value.as_ref(), context),
        if_broken(text(";")),
    ]);
    concat([text("{"), group_expanded(soft_block_spaced(content), node.stays_open), text("}")])
}

/// Where a conditional type stands in another one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    Root,
    Test,
    Other,
}

fn conditional<'a>(node: &Type<'a>, branch: Branch, context: &Context<'a>) -> Doc<'a> {
    let TypeKind::Conditional { check, extends, yes, no } = &node.kind else { return ty(node, context) };
    let check = match &check.kind {
        // The lines of a condition within the condition break with its parentheses.
        TypeKind::Conditional { .. } if check.parens => {
            let inner = conditional(check, Branch::Test, context);
            concat([text("("), group(soft_block(inner)), text(")")])
        }
        _ => ty(check, context),
    };
    let test = concat([check, text(" extends "), ty(extends, context)]);
    let part = |node: &Type<'a>| {
        if matches!(node.kind, TypeKind::Conditional { .. }) {
            conditional(node, Branch::Other, context)
        } else {
            ty(node, context)
        }
    };
    let tail = concat([
        soft_line_or_space(),
        text("? "),
        align(2, part(yes)),
        soft_line_or_space(),
        text(": "),
        align(2, part(no)),
    ]);
    match branch {
        Branch::Root => group(concat([test, indent(tail)])),
        Branch::Test => concat([test, indent(tail)]),
        Branch::Other => concat([test, tail]),
    }
}
