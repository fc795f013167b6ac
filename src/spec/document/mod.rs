//! From the tree to what was written: every key looked up, every line read.

mod api;
mod entity;
mod field;
mod keys;
mod top;

use super::{
    ast::{Given, Word},
    code::Code,
    diagnostic::Diagnostic,
    span::Spanned,
    yaml::{List, Map, Node, Scalar},
};
pub(super) use top::spec;

type Problems = Vec<Diagnostic>;

/// The text under a key that takes one.
fn scalar<'n>(node: &'n Node, what: &str, problems: &mut Problems) -> Option<&'n Scalar> {
    one_line(node, what, ", ", problems)
}

/// The type under a key that takes one, which may be a choice of values.
fn type_text<'n>(node: &'n Node, what: &str, problems: &mut Problems) -> Option<&'n Scalar> {
    one_line(node, what, " | ", problems)
}

/// One line, of parts that have this between them.
fn one_line<'n>(node: &'n Node, what: &str, between: &str, problems: &mut Problems) -> Option<&'n Scalar> {
    match node {
        Node::Scalar(scalar) => Some(scalar),
        Node::Hole(_) => None,
        Node::List(list) => {
            problems.push(list_for_line(list, what, between));
            None
        }
        Node::Map(map) => {
            let message = format!("Expected {what}, found a map.");
            problems.push(Diagnostic::error(Code::WrongShape, map.span, message).help("Write it on one line."));
            None
        }
    }
}

/// `[owner, staff]` where `owner, staff` is meant is the commonest slip of all.
fn list_for_line(list: &List, what: &str, between: &str) -> Diagnostic {
    let problem = Diagnostic::error(Code::WrongShape, list.span, format!("Expected {what}, found a list."));
    let items: Option<Vec<&Scalar>> = list.items.iter().map(as_scalar).collect();
    match items.as_deref() {
        Some(items @ [first, ..]) => {
            let joined = items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join(between);
            let whole = Scalar { span: list.span, in_flow: list.in_flow, ..(*first).clone() };
            problem.help(format!("Write it on one line: `{joined}`.")).edit(whole.rewrite(&joined))
        }
        _ => problem.help("Write it on one line."),
    }
}

fn as_scalar(node: &Node) -> Option<&Scalar> {
    match node {
        Node::Scalar(scalar) => Some(scalar),
        _ => None,
    }
}

/// Free wording under a key.
fn free_text(node: &Node, problems: &mut Problems) -> Given<Word> {
    scalar(node, "text", problems).map(|scalar| Spanned::new(scalar.text.trim_end().to_owned(), scalar.span)).into()
}

/// The map under a key that takes one.
fn map<'n>(node: &'n Node, what: &str, help: &str, problems: &mut Problems) -> Option<&'n Map> {
    match node {
        Node::Map(map) => Some(map),
        Node::Hole(_) => None,
        Node::Scalar(Scalar { span, .. }) | Node::List(List { span, .. }) => {
            let found = if matches!(node, Node::List(_)) { "a list" } else { "text" };
            let message = format!("Expected {what}, found {found}.");
            problems.push(Diagnostic::error(Code::WrongShape, *span, message).help(help));
            None
        }
    }
}

/// The texts of a list under a key; one text alone is a list of one.
fn texts<'n>(node: &'n Node, what: &str, problems: &mut Problems) -> Option<Vec<&'n Scalar>> {
    let items = match node {
        Node::Hole(_) => return None,
        Node::Scalar(scalar) => return Some(vec![scalar]),
        Node::List(list) => &list.items,
        Node::Map(map) => {
            let message = format!("Expected {what}, found a map.");
            problems
                .push(Diagnostic::error(Code::WrongShape, map.span, message).help("Write each on a line after `- `."));
            return None;
        }
    };
    let found = items.iter().filter_map(|item| scalar(item, what, problems)).collect::<Vec<_>>();
    (found.len() == items.len()).then_some(found)
}
