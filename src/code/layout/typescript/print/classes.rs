//! Classes and interfaces.

use super::assignments::{Assignment, assignment};
use super::expressions::{expression, key};
use super::functions::method;
use super::statements::block;
use super::types::{annotation, index_signature, ty, type_args, type_member, type_params_named};
use super::{Context, Place, lead, list_end, trail};
use crate::code::layout::doc::{
    Doc, GroupId, block as block_lines, concat, empty_line, group, group_with, hard_line, if_broken_or, indent, join,
    nothing, soft_line_or_space, space, text,
};
use crate::code::layout::typescript::ast::{Class, ClassMember, ClassMemberKind, Expr, Interface, List, TypeMember};

pub(super) fn class<'a>(class: &Class<'a>, context: &Context<'a>) -> Doc<'a> {
    exported_class(class, "", context)
}

/// A class with the words that export it, which stand between its decorators and itself.
pub(super) fn exported_class<'a>(class: &Class<'a>, export: &'a str, context: &Context<'a>) -> Doc<'a> {
    let mut parts = decorators(&class.decorators, &hard_line(), context);
    parts.push(text(format!("{export}{}class", if class.is_abstract { "abstract " } else { "" })));
    let grouped = !class.implements.is_empty();
    let has_both = class.extends.is_some() && grouped;
    let heritage_only = class.type_params.is_some() && !has_both;
    let types_id = (heritage_only && grouped).then(|| context.group_id());
    let name = class.name.map_or_else(nothing, |name| concat([space(), text(name)]));
    let types = class.type_params.as_ref().map_or_else(nothing, |types| type_params_named(types, types_id, context));
    let head = concat([name, types]);
    let heritage = heritage(class, grouped, types_id, context);
    if grouped {
        let id = context.group_id();
        let content = if heritage_only { concat([head, indent(heritage)]) } else { indent(concat([head, heritage])) };
        parts.extend([group_with(content, false, Some(id)), space()]);
        let body = class_body(&class.members, context);
        if class.members.is_empty() {
            parts.push(body);
        } else {
            // Behind a heading of several lines the brace stands alone.
            parts.push(if_broken_or(hard_line(), nothing(), Some(id)));
            parts.push(text("{"));
            parts.push(members_and_brace(&class.members, context));
        }
        return concat(parts);
    }
    parts.extend([head, heritage, space(), class_body(&class.members, context)]);
    concat(parts)
}

fn heritage<'a>(class: &Class<'a>, grouped: bool, types_id: Option<GroupId>, context: &Context<'a>) -> Doc<'a> {
    let mut parts = Vec::new();
    if let Some((parent, types)) = &class.extends {
        let parent = concat([
            text("extends "),
            group(concat([
                expression(parent, Place::Other, context),
                types.as_ref().map_or_else(nothing, |types| type_args(types, context)),
            ])),
        ]);
        parts.push(if grouped { concat([soft_line_or_space(), group(parent)]) } else { concat([space(), parent]) });
    }
    if !class.implements.is_empty() {
        parts.push(match types_id {
            Some(id) => if_broken_or(space(), soft_line_or_space(), Some(id)),
            None => soft_line_or_space(),
        });
        let separator = concat([text(","), soft_line_or_space()]);
        let interfaces = join(class.implements.iter().map(|item| ty(item, context)), &separator);
        parts.push(concat([text("implements"), group(indent(concat([soft_line_or_space(), interfaces])))]));
    }
    concat(parts)
}

fn class_body<'a>(members: &List<'a, ClassMember<'a>>, context: &Context<'a>) -> Doc<'a> {
    if members.is_empty() && members.end.leading.is_empty() {
        return text("{}");
    }
    concat([text("{"), members_and_brace(members, context)])
}

fn members_and_brace<'a>(members: &List<'a, ClassMember<'a>>, context: &Context<'a>) -> Doc<'a> {
    let mut parts = Vec::new();
    for (index, item) in members.items.iter().enumerate() {
        if index > 0 {
            parts.push(if item.trivia.after_blank { empty_line() } else { hard_line() });
        }
        parts.extend([lead(&item.trivia), class_member(&item.node, context), trail(&item.trivia)]);
    }
    parts.push(list_end(members));
    concat([block_lines(concat(parts)), text("}")])
}

fn decorators<'a>(list: &[Expr<'a>], line: &Doc<'a>, context: &Context<'a>) -> Vec<Doc<'a>> {
    list.iter()
        .map(|decorator| concat([text("@"), expression(decorator, Place::Other, context), line.clone()]))
        .collect()
}

fn class_member<'a>(member: &ClassMember<'a>, context: &Context<'a>) -> Doc<'a> {
    let line = if member.decorators_on_own_line { hard_line() } else { space() };
    let mut parts = decorators(&member.decorators, &line, context);
    match &member.kind {
        ClassMemberKind::Method(node) => {
            parts.push(method(node, context));
            if node.body.is_none() {
                parts.push(text(";"));
            }
        }
        ClassMemberKind::Property { modifiers, key: name, mark, ty, value } => {
            let mut left = words(modifiers);
            left.push(key(name, context));
            left.push(text(mark.unwrap_or_default()));
            left.push(annotation(ty.as_ref(), context));
            let left = concat(left);
            parts.push(match value {
                Some(value) => assignment(Assignment::class_property(left, value), context),
                None => left,
            });
            parts.push(text(";"));
        }
        ClassMemberKind::Index { modifiers, signature } => {
            parts.extend(words(modifiers));
            parts.extend([index_signature(signature, context), text(";")]);
        }
        ClassMemberKind::Static(body) => parts.extend([text("static "), block(body, context)]),
    }
    concat(parts)
}

fn words<'a>(words: &[&'a str]) -> Vec<Doc<'a>> {
    words.iter().flat_map(|word| [text(*word), space()]).collect()
}

pub(super) fn interface<'a>(interface: &Interface<'a>, context: &Context<'a>) -> Doc<'a> {
    let has_extends = !interface.extends.is_empty();
    let types_id = (interface.type_params.is_some() && has_extends).then(|| context.group_id());
    let types =
        interface.type_params.as_ref().map_or_else(nothing, |types| type_params_named(types, types_id, context));
    let name = concat([text(interface.name), types]);
    let head = if has_extends {
        let line = match types_id {
            Some(id) => if_broken_or(space(), soft_line_or_space(), Some(id)),
            None => soft_line_or_space(),
        };
        let separator = concat([text(","), soft_line_or_space()]);
        let parents = join(interface.extends.iter().map(|parent| ty(parent, context)), &separator);
        let parents = if interface.extends.len() == 1 { parents } else { indent(parents) };
        let extends = concat([line, text("extends "), parents]);
        match types_id {
            Some(_) => group(concat([name, indent(extends)])),
            None => group(indent(concat([name, extends]))),
        }
    } else {
        name
    };
    group(concat([text("interface "), head, space(), interface_body(&interface.members, context)]))
}

fn interface_body<'a>(members: &List<'a, TypeMember<'a>>, context: &Context<'a>) -> Doc<'a> {
    if members.is_empty() && members.end.leading.is_empty() {
        return text("{}");
    }
    let members = super::separated(members, &text(";"), &text(";"), &mut |member| group(type_member(member, context)));
    concat([text("{"), block_lines(members), text("}")])
}
