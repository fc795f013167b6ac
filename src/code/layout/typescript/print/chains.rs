//! Chains of calls: `z.string().min(1).max(80)`.

use super::Place;
use super::expressions::{call_suffix, expression, index_of};
use super::simple::{is_function, is_simple};
use crate::code::layout::Origin;
use crate::code::layout::doc::{Doc, Docs, empty_line, expand_parent, hard_line, nothing, origin, text};
use crate::code::layout::typescript::ast::{Call, Expr, ExprKind, Literal};

/// One link of a chain.
#[derive(Clone, Copy)]
enum Link<'d, 'a> {
    /// What the chain begins with.
    Node(&'d Expr<'a>),
    /// A call of something that is no member, with what it calls.
    FirstCall(&'d Expr<'a>, &'d Call<'a>),
    Member {
        name: &'a str,
        optional: bool,
        after_blank: bool,
        origin: Option<Origin>,
    },
    Index {
        index: &'d Expr<'a>,
        optional: bool,
    },
    Call(&'d Call<'a>),
    NonNull,
}

impl<'d, 'a> Link<'d, 'a> {
    fn call(self) -> Option<&'d Call<'a>> {
        match self {
            Link::Call(call) | Link::FirstCall(_, call) => Some(call),
            _ => None,
        }
    }

    fn is_numbered_index(self) -> bool {
        matches!(self, Link::Index { index, .. } if matches!(index.kind, ExprKind::Literal(Literal::Number, _)))
    }
}

/// A chain in two: what always stays together at the beginning, and what may take lines of its own.
struct Chain<'d, 'a> {
    head: Vec<Link<'d, 'a>>,
    tail: Vec<Vec<Link<'d, 'a>>>,
}

pub(super) fn member_chain<'a>(call: &Expr<'a>, place: Place, docs: &Docs<'a>) -> Doc<'a> {
    let chain = split(call, place);
    let object = Place::Object { in_line: false, of_value: place.is_value() };
    let head = links(&chain.head, object, docs);
    let tail: Vec<Doc<'a>> = chain.tail.iter().map(|group| links(group, object, docs)).collect();
    let one_line = docs.concat_all(std::iter::once(head).chain(tail.iter().copied()));
    if tail.len() <= 1 {
        return docs.group(one_line);
    }
    let lines = chain.tail.iter().zip(&tail).map(|(links, printed)| {
        docs.concat([if begins_after_blank(links) { empty_line() } else { hard_line() }, *printed])
    });
    let expanded = docs.concat([head, docs.indent(docs.group(docs.concat_all(lines)))]);
    if must_break(&chain, &head, &tail) {
        return docs.group(expanded);
    }
    let last_breaks = tail.last().is_some_and(|last| last.will_break);
    let blank_before_tail = chain.tail.first().is_some_and(|first| begins_after_blank(first));
    let expand = if last_breaks || blank_before_tail { expand_parent() } else { nothing() };
    docs.concat([expand, docs.best_fitting([one_line, expanded])])
}

/// Whether breaking this call would put its members on lines of their own.
pub(super) fn is_member_call_chain(call: &Expr<'_>) -> bool {
    split(call, Place::Other).tail.len() > 1
}

/// Whether an expression ends with a chain that is printed as such.
pub(super) fn is_chain(expr: &Expr<'_>) -> bool {
    match &expr.kind {
        ExprKind::Call(call) => {
            let calls_member = matches!(call.callee.kind, ExprKind::Member { .. } | ExprKind::Index { .. });
            calls_member && !call.callee.parens && is_member_call_chain(expr)
        }
        _ => false,
    }
}

fn begins_after_blank(links: &[Link<'_, '_>]) -> bool {
    matches!(links.first(), Some(Link::Member { after_blank: true, .. }))
}

fn links<'a>(links: &[Link<'_, 'a>], object: Place, docs: &Docs<'a>) -> Doc<'a> {
    docs.concat_all(links.iter().map(|link| match link {
        Link::Node(expr) | Link::FirstCall(expr, _) => expression(expr, object, docs),
        Link::Member { name, optional, origin: mark, .. } => {
            let mark = mark.map_or_else(nothing, origin);
            docs.concat([mark, text(if *optional { "?." } else { "." }), text(name)])
        }
        Link::Index { index, optional } => index_of(*optional, index, docs),
        Link::Call(call) => call_suffix(call, docs),
        Link::NonNull => text("!"),
    }))
}

/// The links of a chain, from the first to the last call.
fn flatten<'d, 'a>(root: &'d Expr<'a>) -> Vec<Link<'d, 'a>> {
    let mut links = Vec::new();
    let mut current = Some(root);
    while let Some(expr) = current {
        let is_root = std::ptr::eq(expr, root);
        if expr.parens && !is_root {
            links.push(Link::Node(expr));
            break;
        }
        current = match &expr.kind {
            ExprKind::Call(call) => {
                let calls_link =
                    matches!(call.callee.kind, ExprKind::Member { .. } | ExprKind::Index { .. } | ExprKind::Call(_));
                if calls_link && !call.callee.parens {
                    links.push(Link::Call(call));
                    Some(&call.callee)
                } else {
                    links.push(Link::FirstCall(expr, call));
                    None
                }
            }
            ExprKind::Member { object, optional, name, after_blank, origin } => {
                links.push(Link::Member { name, optional: *optional, after_blank: *after_blank, origin: *origin });
                Some(&**object)
            }
            ExprKind::Index { object, optional, index } => {
                links.push(Link::Index { index, optional: *optional });
                Some(&**object)
            }
            ExprKind::NonNull(inner) => {
                links.push(Link::NonNull);
                Some(&**inner)
            }
            _ => {
                links.push(Link::Node(expr));
                None
            }
        };
    }
    links.reverse();
    links
}

fn split<'d, 'a>(root: &'d Expr<'a>, place: Place) -> Chain<'d, 'a> {
    let mut head = flatten(root);
    let rest = head.split_off(head_length(&head));
    let mut chain = Chain { head, tail: tail_groups(&rest) };
    if merges_first_group(&chain, place) {
        let first = chain.tail.remove(0);
        chain.head.extend(first);
    }
    chain
}

/// How many links belong to the beginning: calls and numbered indexes right behind it, and, unless it is a call
/// itself, all members but the last before the next call.
fn head_length(links: &[Link<'_, '_>]) -> usize {
    let stays = |link: &Link<'_, '_>| {
        matches!(link, Link::Call(_) | Link::FirstCall(..) | Link::NonNull) || link.is_numbered_index()
    };
    let begin = 1 + links.iter().skip(1).take_while(|link| stays(link)).count();
    if links.first().is_some_and(|first| first.call().is_some()) {
        return begin.min(links.len());
    }
    let is_member = |link: Option<&Link<'_, '_>>| matches!(link, Some(Link::Member { .. } | Link::Index { .. }));
    let mut end = begin;
    while is_member(links.get(end)) && is_member(links.get(end + 1)) {
        end += 1;
    }
    end.min(links.len())
}

fn tail_groups<'d, 'a>(links: &[Link<'d, 'a>]) -> Vec<Vec<Link<'d, 'a>>> {
    let mut groups: Vec<Vec<Link<'d, 'a>>> = Vec::new();
    let mut after_call = false;
    for link in links {
        let begins_group = match link {
            Link::Member { .. } => after_call,
            Link::Index { .. } => after_call && !link.is_numbered_index(),
            _ => false,
        };
        match groups.last_mut() {
            Some(group) if !begins_group => group.push(*link),
            _ => groups.push(vec![*link]),
        }
        if begins_group {
            after_call = false;
        }
        if link.call().is_some() {
            after_call = true;
        }
    }
    groups
}

/// Whether the first group stays with the beginning, as after `this`, a short name or a factory.
fn merges_first_group(chain: &Chain<'_, '_>, place: Place) -> bool {
    let Some(first_group) = chain.tail.first() else { return false };
    let begins_with_index = matches!(first_group.first(), Some(Link::Index { .. }));
    match chain.head.as_slice() {
        [Link::Node(Expr { kind: ExprKind::Name("this"), .. })] => true,
        [Link::Node(Expr { kind: ExprKind::Name(name), .. })] => {
            begins_with_index || is_factory(name) || (place == Place::Statement && name.len() <= 2)
        }
        [_] => false,
        [.., Link::Member { name, .. }] => begins_with_index || is_factory(name),
        _ => false,
    }
}

fn is_factory(name: &str) -> bool {
    match name.chars().next() {
        Some('_' | '$') => name.chars().all(|c| matches!(c, '_' | '$')),
        Some(c) => c.is_uppercase(),
        None => false,
    }
}

fn must_break(chain: &Chain<'_, '_>, head: &Doc<'_>, tail: &[Doc<'_>]) -> bool {
    let calls: Vec<&Call<'_>> =
        chain.head.iter().chain(chain.tail.iter().flatten()).filter_map(|link| link.call()).collect();
    let any_complex = calls.iter().any(|call| !call.args.nodes().all(is_simple));
    if calls.len() > 2 && any_complex {
        return true;
    }
    let others = calls.split_last().map_or(&[][..], |(_, others)| others);
    let any_function = others.iter().any(|call| call.args.nodes().any(is_function));
    let last_is_call = chain.tail.last().and_then(|group| group.last()).is_some_and(|link| link.call().is_some());
    let Some((last, before_last)) = tail.split_last() else { return false };
    (last_is_call && last.will_break && any_function)
        || head.will_break
        || before_last.iter().any(|group| group.will_break)
        || chain.tail.iter().skip(1).any(|group| begins_after_blank(group))
}
