//! Turns the syntax tree into a document: where lines may break, as Biome decides it.

mod arguments;
mod arrows;
mod assignments;
mod binary;
mod chains;
mod classes;
mod comments;
mod conditionals;
mod expressions;
mod functions;
mod modules;
mod patterns;
mod simple;
mod statements;
mod types;

use super::ast::{Block, List};
use crate::code::layout::doc::{
    Doc, GroupId, concat, empty_line, hard_line, if_broken, nothing, soft_line_or_space, text,
};
use comments::{dangling, lead, trail};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// What the functions of this module share while they print one file.
#[derive(Default)]
struct Context<'a> {
    next_group: Cell<usize>,
    /// Bodies of functions by their address. A function that is an argument is printed in several variants, and
    /// its body is the same in all.
    bodies: RefCell<BTreeMap<usize, Doc<'a>>>,
}

impl<'a> Context<'a> {
    fn group_id(&self) -> GroupId {
        let id = self.next_group.get();
        self.next_group.set(id + 1);
        GroupId(id)
    }

    fn body_once<T>(&self, body: &T, print: impl FnOnce() -> Doc<'a>) -> Doc<'a> {
        let address = std::ptr::from_ref(body) as usize;
        if let Some(known) = self.bodies.borrow().get(&address) {
            return known.clone();
        }
        let printed = print();
        self.bodies.borrow_mut().insert(address, printed.clone());
        printed
    }
}

/// What an expression stands in, where that matters for its own layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// It is a statement.
    Statement,
    Callee,
    Argument,
    /// What a member or an index is taken of. `in_line` says that its own members stay on their line.
    /// `of_value` says that the whole is a value that a statement or an assignment is about.
    Object {
        in_line: bool,
        of_value: bool,
    },
    /// Between the brackets of an index.
    Index,
    /// Before `as` or `satisfies`.
    Typed {
        of_value: bool,
    },
    ArrowBody,
    /// Behind `return` or `throw`.
    Returned,
    /// The value a variable or a class property begins with.
    Initializer,
    /// To the left of an assignment.
    Target,
    /// To the right of an assignment: to a name, or else to a member.
    Assigned {
        to_name: bool,
    },
    PropertyValue,
    /// A part of a conditional expression. `own_indent` says that the conditional stands where such a part
    /// indents itself.
    ConditionalPart {
        own_indent: bool,
    },
    Operand,
    /// In the parentheses of `if`, `while`, `switch`.
    Condition,
    /// In the head of a classic `for`.
    ForHead,
    Other,
}

impl Place {
    /// Whether a statement or an assignment is about the value that stands here.
    fn is_value(self) -> bool {
        match self {
            Self::Initializer | Self::Returned | Self::Assigned { .. } | Self::Operand => true,
            Self::Object { of_value, .. } | Self::Typed { of_value } => of_value,
            _ => false,
        }
    }
}

/// A whole file.
pub(super) fn file<'a>(file: &Block<'a>) -> Doc<'a> {
    let context = Context::default();
    let body = statements::statement_list(file, &context);
    concat([body, hard_line()])
}

/// The elements of a list, each but the last with a comma, and lines between them that may break.
fn elements<'a, 'd, T>(list: &'d List<'a, T>, last: &Doc<'a>, mut print: impl FnMut(&'d T) -> Doc<'a>) -> Doc<'a> {
    separated(list, &text(","), last, &mut print)
}

fn separated<'a, 'd, T>(
    list: &'d List<'a, T>,
    separator: &Doc<'a>,
    last: &Doc<'a>,
    print: &mut dyn FnMut(&'d T) -> Doc<'a>,
) -> Doc<'a> {
    let mut parts = Vec::new();
    for (index, item) in list.items.iter().enumerate() {
        if index > 0 {
            parts.push(if item.trivia.after_blank { empty_line() } else { soft_line_or_space() });
        }
        parts.push(lead(&item.trivia));
        parts.push(print(&item.node));
        parts.push(if index + 1 < list.len() { separator.clone() } else { last.clone() });
        parts.push(trail(&item.trivia));
    }
    parts.push(list_end(list));
    concat(parts)
}

/// Comments and marks between the last element of a list and its closing bracket.
fn list_end<'a, T>(list: &List<'a, T>) -> Doc<'a> {
    let comments = dangling(&list.end);
    if list.end.leading.is_empty() {
        return comments;
    }
    let line = match (list.is_empty(), list.end.after_blank) {
        (true, _) => nothing(),
        (false, true) => empty_line(),
        (false, false) => hard_line(),
    };
    concat([line, comments])
}

/// A comma behind the last element of a list that is broken.
fn trailing_comma<'a>() -> Doc<'a> {
    if_broken(text(","))
}
