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
use crate::code::layout::doc::{Doc, Docs, empty_line, hard_line, nothing, soft_line_or_space, text};
use comments::{dangling, lead, trail};

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
pub(super) fn file<'a>(file: &Block<'a>, docs: &Docs<'a>) -> Doc<'a> {
    docs.concat([statements::statement_list(file, docs), hard_line()])
}

/// The elements of a list, each but the last with a comma, and lines between them that may break.
fn elements<'a, 'd, T>(
    list: &'d List<'a, T>,
    last: Doc<'a>,
    docs: &Docs<'a>,
    mut print: impl FnMut(&'d T) -> Doc<'a>,
) -> Doc<'a> {
    separated(list, text(","), last, docs, &mut print)
}

fn separated<'a, 'd, T>(
    list: &'d List<'a, T>,
    separator: Doc<'a>,
    last: Doc<'a>,
    docs: &Docs<'a>,
    print: &mut dyn FnMut(&'d T) -> Doc<'a>,
) -> Doc<'a> {
    let elements = list.items.iter().enumerate().flat_map(|(index, item)| {
        let line = match index {
            0 => nothing(),
            _ if item.trivia.after_blank => empty_line(),
            _ => soft_line_or_space(),
        };
        let separator = if index + 1 < list.len() { separator } else { last };
        [line, lead(&item.trivia, docs), print(&item.node), separator, trail(&item.trivia, docs)]
    });
    docs.concat_all(elements.chain([list_end(list, docs)]))
}

/// Comments and marks between the last element of a list and its closing bracket.
fn list_end<'a, T>(list: &List<'a, T>, docs: &Docs<'a>) -> Doc<'a> {
    let comments = dangling(&list.end, docs);
    if list.end.leading.is_empty() {
        return comments;
    }
    let line = match (list.is_empty(), list.end.after_blank) {
        (true, _) => nothing(),
        (false, true) => empty_line(),
        (false, false) => hard_line(),
    };
    docs.concat([line, comments])
}
