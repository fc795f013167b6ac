//! Patterns in the words of other languages.

use std::fmt::Write;

use super::{Node, Set};

/// A pattern as ECMA-262 writes it, anchored at both ends.
pub(super) fn ecma(root: &Node) -> String {
    let mut text = String::from("^");
    let inner = part(root, &ecma_char);
    if matches!(root, Node::Choice(_)) {
        text.extend(["(", &inner, ")"]);
    } else {
        text.push_str(&inner);
    }
    text.push('$');
    text
}

/// A part; languages differ in how they write single characters.
fn part(node: &Node, char_of: &dyn Fn(char, bool) -> String) -> String {
    match node {
        Node::One(set) => one(set, char_of),
        Node::Sequence(parts) => parts.iter().map(|of| grouped(of, false, char_of)).collect(),
        Node::Choice(parts) => parts.iter().map(|of| part(of, char_of)).collect::<Vec<_>>().join("|"),
        Node::Repeat { of, min, max } => {
            let inner = grouped(of, true, char_of);
            match (min, max) {
                (0, Some(1)) => format!("{inner}?"),
                (0, None) => format!("{inner}*"),
                (1, None) => format!("{inner}+"),
                (1, Some(1)) => inner,
                (min, None) => format!("{inner}{{{min},}}"),
                (min, Some(max)) if min == max => format!("{inner}{{{min}}}"),
                (min, Some(max)) => format!("{inner}{{{min},{max}}}"),
            }
        }
    }
}

/// A part in parentheses where it would not hold together without.
fn grouped(node: &Node, repeated: bool, char_of: &dyn Fn(char, bool) -> String) -> String {
    let inner = part(node, char_of);
    let needs_group = match node {
        Node::One(_) => false,
        Node::Choice(_) => true,
        Node::Sequence(_) | Node::Repeat { .. } => repeated,
    };
    if needs_group { format!("({inner})") } else { inner }
}

fn one(set: &Set, char_of: &dyn Fn(char, bool) -> String) -> String {
    if let Some(c) = set.single() {
        return char_of(c, false);
    }
    if set.is_empty() {
        // Nothing is left where capital letters are stored as small ones: one thing that is never there.
        return format!("[{}]", char_of('\0', true));
    }
    let others = set.complement();
    // What reaches the last character is shorter to say by what is not in it; NUL is never in it.
    let is_open = set.contains(char::MAX);
    let (negation, ranges) = if is_open { ("^", others.ranges()) } else { ("", set.ranges()) };
    let mut class = format!("[{negation}");
    if is_open {
        class.push_str(&char_of('\0', true));
    }
    for (first, last) in ranges {
        class.push_str(&char_of(*first, true));
        if first != last {
            if u32::from(*last) > u32::from(*first) + 1 {
                class.push('-');
            }
            class.push_str(&char_of(*last, true));
        }
    }
    class.push(']');
    class
}

/// A character that stands for itself, outside or inside a class.
fn ecma_char(c: char, in_class: bool) -> String {
    let is_sign = if in_class { "\\]^-[".contains(c) } else { "\\^$.*+?()[]{}|/".contains(c) };
    let mut text = String::new();
    if is_sign {
        text.extend(['\\', c]);
    } else if c.is_ascii_graphic() || c == ' ' || c.is_alphanumeric() {
        text.push(c);
    } else {
        // Writing to a string cannot fail. What lies beyond sixteen bits is written as itself.
        let _ = if u32::from(c) <= 0xffff { write!(text, "\\u{:04x}", u32::from(c)) } else { write!(text, "{c}") };
    }
    text
}
