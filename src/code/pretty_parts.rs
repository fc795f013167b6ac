//! JSON documents that are put together from parts, of which many are printed already.

use serde_json::{Map, Value};

use super::json::push_quoted;
use super::pretty_json::{Place, new_line, write};

/// A document, or what a member of it holds.
#[derive(Debug)]
pub enum Piece<'p> {
    /// A value.
    Value(&'p Value),
    /// The text of a value, as [`pretty_part`] printed it for this depth.
    Printed(&'p str),
    /// An object with objects in it, which stands on several lines.
    Members(Vec<(&'p str, Piece<'p>)>),
}

/// What [`pretty_json`](super::pretty_json()) prints of the whole document.
pub fn pretty_pieces(document: &Piece) -> String {
    let mut text = String::with_capacity(room(document));
    print(document, Place { indent: 0, column: 0, after: 0 }, &mut text);
    text.push('\n');
    text
}

/// The text of a value that stands so many objects deep; `None` where that depends on what stands beside it.
pub fn pretty_part(value: &Value, depth: usize) -> Option<String> {
    // Only what has lines of its own looks the same whatever stands beside it.
    value.as_object().filter(|members| has_lines(members))?;
    let mut text = String::new();
    write(value, Place { indent: 2 * depth, column: 0, after: 0 }, &mut text);
    Some(text)
}

/// Whether an object is never printed on one line.
fn has_lines(members: &Map<String, Value>) -> bool {
    members.len() > 1 || members.values().any(|member| member.is_array() || member.is_object())
}

/// About as many bytes as a piece takes.
fn room(piece: &Piece) -> usize {
    const LINE: usize = 24;
    match piece {
        Piece::Value(_) => LINE,
        Piece::Printed(printed) => printed.len(),
        Piece::Members(members) => {
            members.iter().map(|(name, member)| name.len() + LINE + room(member)).sum::<usize>() + LINE
        }
    }
}

fn print(piece: &Piece, place: Place, text: &mut String) {
    let members = match piece {
        Piece::Value(value) => return write(value, place, text),
        Piece::Printed(printed) => return text.push_str(printed),
        Piece::Members(members) if members.is_empty() => return text.push_str("{}"),
        Piece::Members(members) => members,
    };
    text.push('{');
    for (index, (name, member)) in members.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { "," });
        let indent = place.indent + 2;
        new_line(indent, text);
        let line = text.len() - indent;
        push_quoted(text, name);
        text.push_str(": ");
        let column = text.len() - line;
        print(member, Place { indent, column, after: usize::from(index + 1 < members.len()) }, text);
    }
    new_line(place.indent, text);
    text.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::pretty_json;
    use serde_json::json;

    #[test]
    fn a_document_of_parts_looks_as_if_it_were_printed_whole() {
        let long = "x".repeat(70);
        let parts = [json!({ "a": 1, "b": 2 }), json!({ "a": 1 }), json!([1, 2]), json!(long), json!({ "a": [long] })];
        for part in &parts {
            for other in &parts {
                let whole = json!({ "list": [part, {}], "paths": { "/a": part, "/b": other, "/c": {} }, "none": {} });
                let list = Piece::Value(&whole["list"]);
                let texts = [part, other].map(|part| pretty_part(part, 2));
                let piece = |place: usize, part| {
                    texts.get(place).and_then(Option::as_deref).map_or(Piece::Value(part), Piece::Printed)
                };
                let empty = json!({});
                let paths = vec![("/a", piece(0, part)), ("/b", piece(1, other)), ("/c", piece(2, &empty))];
                let members = vec![("list", list), ("paths", Piece::Members(paths)), ("none", Piece::Members(vec![]))];
                assert_eq!(pretty_pieces(&Piece::Members(members)), pretty_json(&whole));
            }
        }
    }
}
