//! Patterns in the words of other languages.

use super::{Node, Set};

/// A pattern as ECMA-262 writes it, anchored at both ends.
pub(super) fn ecma(root: &Node, nul: Nul) -> String {
    let mut text = String::from("^");
    let inner = part(root, &Words { nul, char_of: ecma_char });
    if matches!(root, Node::Choice(_)) {
        text.extend(["(", &inner, ")"]);
    } else {
        text.push_str(&inner);
    }
    text.push('$');
    text
}

/// Whether classes of all but some characters say that NUL is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nul {
    Named,
    Unnamed,
}

/// What languages differ in.
struct Words {
    nul: Nul,
    /// A character that stands for itself, outside or inside a class.
    char_of: fn(char, bool) -> String,
}

fn part(node: &Node, words: &Words) -> String {
    match node {
        Node::One(set) => one(set, words),
        Node::Sequence(parts) => parts.iter().map(|of| grouped(of, false, words)).collect(),
        Node::Choice(parts) => parts.iter().map(|of| part(of, words)).collect::<Vec<_>>().join("|"),
        Node::Repeat { of, min, max } => {
            let inner = grouped(of, true, words);
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
fn grouped(node: &Node, repeated: bool, words: &Words) -> String {
    let inner = part(node, words);
    let needs_group = match node {
        Node::One(_) => false,
        Node::Choice(_) => true,
        Node::Sequence(_) | Node::Repeat { .. } => repeated,
    };
    if needs_group { format!("({inner})") } else { inner }
}

fn one(set: &Set, words: &Words) -> String {
    let char_of = words.char_of;
    if let Some(c) = set.single() {
        return char_of(c, false);
    }
    let others = set.complement();
    // What reaches the last character is shorter to say by what is not in it; NUL is never in it.
    let is_open = set.contains(char::MAX);
    let (negation, ranges) = if is_open { ("^", others.ranges()) } else { ("", set.ranges()) };
    if is_open && words.nul == Nul::Unnamed && ranges.is_empty() {
        return r"[\s\S]".to_owned();
    }
    let mut inner = String::new();
    if is_open && words.nul == Nul::Named {
        inner.push_str(&char_of('\0', true));
    }
    // A hyphen that stands last, and a circumflex that does not stand first, mean themselves.
    let is_hyphen = |(first, last): &&(char, char)| *first == '-' && *last == '-';
    for (first, last) in ranges.iter().filter(|range| !is_hyphen(range)) {
        let first_text = if *first == '^' && !inner.is_empty() { "^".to_owned() } else { char_of(*first, true) };
        inner.push_str(&first_text);
        if first != last {
            if u32::from(*last) > u32::from(*first) + 1 {
                inner.push('-');
            }
            inner.push_str(&char_of(*last, true));
        }
    }
    if ranges.iter().any(|range| is_hyphen(&range)) {
        inner.push('-');
    }
    format!("[{negation}{inner}]")
}

fn ecma_char(c: char, in_class: bool) -> String {
    let is_sign = if in_class { "\\]^-[".contains(c) } else { "\\^$.*+?()[]{}|".contains(c) };
    let named = [('\t', "\\t"), ('\n', "\\n"), ('\u{b}', "\\v"), ('\u{c}', "\\f"), ('\r', "\\r")];
    if let Some((_, name)) = named.iter().find(|(named, _)| *named == c) {
        return (*name).to_owned();
    }
    if is_sign {
        return format!("\\{c}");
    }
    let is_plain = c.is_ascii_graphic() || c == ' ' || c.is_alphanumeric() || u32::from(c) > 0xffff;
    // What can be seen is written as itself, and what lies beyond sixteen bits.
    if is_plain { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) }
}
