//! Classes and interfaces.

use super::assignments::{Assignment, assignment};
use super::expressions::{expression, key};
use super::functions::method;
use super::statements::block;
use super::types::{annotation, index_signature, ty, type_args, type_member, type_params_named};
use super::{Place, lead, list_end, trail};
use crate::code::layout::doc::{Doc, Docs, GroupId, empty_line, hard_line, nothing, soft_line_or_space, space, text};
use crate::code::layout::typescript::ast::{Class, ClassMember, ClassMemberKind, Expr, Interface, List, TypeMember};

pub(super) fn class<'a>(class: &Class<'a>, docs: &Docs<'a>) -> Doc<'a> {
    exported_class(class, "", docs)
}

/// A class with the words that export it, which stand between its decorators and itself.
pub(super) fn exported_class<'a>(class: &Class<'a>, export: &'a str, docs: &Docs<'a>) -> Doc<'a> {
    let mut parts = decorators(class.decorators, hard_line(), docs);
    parts.push(docs.joined_text(&[export, if class.is_abstract { "abstract " } else { "" }, "class"]));
    let grouped = !class.implements.is_empty();
    let has_both = class.extends.is_some() && grouped;
    let heritage_only = class.type_params.is_some() && !has_both;
    let types_id = (heritage_only && grouped).then(|| docs.group_id());
    let name = class.name.map_or_else(nothing, |name| docs.concat([space(), text(name)]));
    let types = class.type_params.map_or_else(nothing, |types| type_params_named(types, types_id, docs));
    let head = docs.concat([name, types]);
    let heritage = heritage(class, grouped, types_id, docs);
    if grouped {
        let id = docs.group_id();
        let content = if heritage_only {
            docs.concat([head, docs.indent(heritage)])
        } else {
            docs.indent(docs.concat([head, heritage]))
        };
        parts.extend([docs.group_with(content, false, Some(id)), space()]);
        let body = class_body(&class.members, docs);
        if class.members.is_empty() {
            parts.push(body);
        } else {
            // Behind a heading of several lines the brace stands alone.
            parts.push(docs.if_broken_or(hard_line(), nothing(), Some(id)));
            parts.push(text("{"));
            parts.push(members_and_brace(&class.members, docs));
        }
        return docs.concat_all(parts);
    }
    parts.extend([head, heritage, space(), class_body(&class.members, docs)]);
    docs.concat_all(parts)
}

fn heritage<'a>(class: &Class<'a>, grouped: bool, types_id: Option<GroupId>, docs: &Docs<'a>) -> Doc<'a> {
    let mut parts = Vec::new();
    if let Some((parent, types)) = &class.extends {
        let parent = docs.concat([
            text("extends "),
            docs.group(docs.concat([
                expression(parent, Place::Other, docs),
                types.map_or_else(nothing, |types| type_args(types, docs)),
            ])),
        ]);
        parts.push(if grouped {
            docs.concat([soft_line_or_space(), docs.group(parent)])
        } else {
            docs.concat([space(), parent])
        });
    }
    if !class.implements.is_empty() {
        parts.push(match types_id {
            Some(id) => docs.if_broken_or(space(), soft_line_or_space(), Some(id)),
            None => soft_line_or_space(),
        });
        let separator = docs.concat([text(","), soft_line_or_space()]);
        let interfaces = docs.join(class.implements.iter().map(|item| ty(item, docs)), separator);
        parts.push(
            docs.concat([text("implements"), docs.group(docs.indent(docs.concat([soft_line_or_space(), interfaces])))]),
        );
    }
    docs.concat_all(parts)
}

fn class_body<'a>(members: &List<'a, ClassMember<'a>>, docs: &Docs<'a>) -> Doc<'a> {
    if members.is_empty() && members.end.leading.is_empty() {
        return text("{}");
    }
    docs.concat([text("{"), members_and_brace(members, docs)])
}

fn members_and_brace<'a>(members: &List<'a, ClassMember<'a>>, docs: &Docs<'a>) -> Doc<'a> {
    let mut parts = Vec::new();
    for (index, item) in members.items.iter().enumerate() {
        if index > 0 {
            parts.push(if item.trivia.after_blank { empty_line() } else { hard_line() });
        }
        parts.extend([lead(&item.trivia, docs), class_member(&item.node, docs), trail(&item.trivia, docs)]);
    }
    parts.push(list_end(members, docs));
    docs.concat([docs.block(docs.concat_all(parts)), text("}")])
}

fn decorators<'a>(list: &[Expr<'a>], line: Doc<'a>, docs: &Docs<'a>) -> Vec<Doc<'a>> {
    list.iter().map(|decorator| docs.concat([text("@"), expression(decorator, Place::Other, docs), line])).collect()
}

fn class_member<'a>(member: &ClassMember<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let line = if member.decorators_on_own_line { hard_line() } else { space() };
    let mut parts = decorators(member.decorators, line, docs);
    match &member.kind {
        ClassMemberKind::Method(node) => {
            parts.push(method(node, docs));
            if node.body.is_none() {
                parts.push(text(";"));
            }
        }
        ClassMemberKind::Property { modifiers, key: name, mark, ty, value } => {
            let mut left = words(modifiers);
            left.push(key(name, docs));
            left.push(text(mark.unwrap_or_default()));
            left.push(annotation(ty.as_ref(), docs));
            let left = docs.concat_all(left);
            parts.push(match value {
                Some(value) => assignment(Assignment::class_property(left, value), docs),
                None => left,
            });
            parts.push(text(";"));
        }
        ClassMemberKind::Index { modifiers, signature } => {
            parts.extend(words(modifiers));
            parts.extend([index_signature(signature, docs), text(";")]);
        }
        ClassMemberKind::Static(body) => parts.extend([text("static "), block(body, docs)]),
    }
    docs.concat_all(parts)
}

fn words<'a>(words: &[&'a str]) -> Vec<Doc<'a>> {
    words.iter().flat_map(|word| [text(word), space()]).collect()
}

pub(super) fn interface<'a>(interface: &Interface<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let has_extends = !interface.extends.is_empty();
    let types_id = (interface.type_params.is_some() && has_extends).then(|| docs.group_id());
    let types = interface.type_params.map_or_else(nothing, |types| type_params_named(types, types_id, docs));
    let name = docs.concat([text(interface.name), types]);
    let head = if has_extends {
        let line = match types_id {
            Some(id) => docs.if_broken_or(space(), soft_line_or_space(), Some(id)),
            None => soft_line_or_space(),
        };
        let separator = docs.concat([text(","), soft_line_or_space()]);
        let parents = docs.join(interface.extends.iter().map(|parent| ty(parent, docs)), separator);
        let parents = if interface.extends.len() == 1 { parents } else { docs.indent(parents) };
        let extends = docs.concat([line, text("extends "), parents]);
        match types_id {
            Some(_) => docs.group(docs.concat([name, docs.indent(extends)])),
            None => docs.group(docs.indent(docs.concat([name, extends]))),
        }
    } else {
        name
    };
    docs.group(docs.concat([text("interface "), head, space(), interface_body(&interface.members, docs)]))
}

fn interface_body<'a>(members: &List<'a, TypeMember<'a>>, docs: &Docs<'a>) -> Doc<'a> {
    if members.is_empty() && members.end.leading.is_empty() {
        return text("{}");
    }
    let members =
        super::separated(members, text(";"), text(";"), docs, &mut |member| docs.group(type_member(member, docs)));
    docs.concat([text("{"), docs.block(members), text("}")])
}
