//! Whole JSON documents, laid out as Biome lays them out (two blanks, 80 columns).

use serde_json::Value;

use super::json::push_quoted;
use super::plain_json::{compact_json, push_number};

const WIDTH: usize = 80;

/// A document as text, with a line end at its end.
///
/// Arrays stand on one line where they fit, and so do objects with a single plain member; Biome keeps that choice.
/// Arrays of numbers fill their lines.
pub fn pretty_json(document: &Value) -> String {
    let mut text = String::new();
    write(document, Place { indent: 0, column: 0, after: 0 }, &mut text);
    text.push('\n');
    text
}

/// Where a value begins.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The indentation of its line.
    pub(super) indent: usize,
    /// What its line holds before it.
    pub(super) column: usize,
    /// The characters that follow on its last line.
    pub(super) after: usize,
}

/// Writes a value behind what is there.
pub(super) fn write(value: &Value, place: Place, text: &mut String) {
    let start = text.len();
    if write_flat(value, WIDTH.saturating_sub(place.column + place.after), start, text) {
        return;
    }
    text.truncate(start);
    match value {
        Value::Array(items) if items.iter().all(Value::is_number) => write_filled(items, place.indent, text),
        Value::Array(items) => {
            write_lines(['[', ']'], items.iter().map(|item| (None, item)), place.indent, text);
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (Some(name.as_str()), value));
            write_lines(['{', '}'], members, place.indent, text);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn write_lines<'v>(
    [open, close]: [char; 2],
    lines: impl ExactSizeIterator<Item = (Option<&'v str>, &'v Value)>,
    indent: usize,
    text: &mut String,
) {
    text.push(open);
    let count = lines.len();
    for (index, (name, value)) in lines.enumerate() {
        text.push_str(if index == 0 { "" } else { "," });
        new_line(indent + 2, text);
        let line = text.len() - (indent + 2);
        if let Some(name) = name {
            push_quoted(text, name);
            text.push_str(": ");
        }
        let place = Place { indent: indent + 2, column: text.len() - line, after: usize::from(index + 1 < count) };
        write(value, place, text);
    }
    new_line(indent, text);
    text.push(close);
}

fn write_filled(numbers: &[Value], indent: usize, text: &mut String) {
    text.push('[');
    new_line(indent + 2, text);
    let mut column = indent + 2;
    for (index, number) in numbers.iter().enumerate() {
        let last = index + 1 == numbers.len();
        let number = compact_json(number) + if last { "" } else { "," };
        let separator = usize::from(index > 0);
        if index > 0 && column + separator + number.len() > WIDTH {
            new_line(indent + 2, text);
            column = indent + 2;
        } else if index > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(&number);
        column += number.len();
    }
    new_line(indent, text);
    text.push(']');
}

pub(super) fn new_line(indent: usize, text: &mut String) {
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
}

/// Writes the value on one line. It may not stand there unless the answer is `true`: what was written from `start` on
/// is then no wider than `room`, or cannot be broken.
fn write_flat(value: &Value, room: usize, start: usize, text: &mut String) -> bool {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                // No character takes more than four bytes, so the rest need not be tried.
                if text.len() - start > 4 * room || !write_flat(item, room, start, text) {
                    return false;
                }
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut rest = members.iter();
            match (rest.next(), rest.next()) {
                (None, _) => text.push_str("{}"),
                (Some((name, value)), None) if is_scalar(value) => {
                    text.push_str("{ ");
                    push_quoted(text, name);
                    text.push_str(": ");
                    write_scalar(value, text);
                    text.push_str(" }");
                }
                _ => return false,
            }
        }
        scalar => {
            write_scalar(scalar, text);
            return true;
        }
    }
    text.len() - start <= room || text.get(start..).is_some_and(|line| line.chars().count() <= room)
}

fn write_scalar(scalar: &Value, text: &mut String) {
    match scalar {
        Value::String(content) => push_quoted(text, content),
        Value::Number(number) => push_number(text, number),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        _ => text.push_str("null"),
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// What Biome makes of these documents.
    #[test]
    fn the_layout_is_biomes() {
        let number = 222_222_222_222_222_222_u64;
        let document = json!({
            "numbers": [-1, 1.5, number, number, number, number, number],
            "empty": [{}, [], ""],
            "references": [{"$ref": "#/components/schemas/Uuid"}, {"type": "null"}],
            "fits": ["aaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaa"],
            "breaks": ["aaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaa"],
            "several": {"a": 1, "b": [[{"c": 1, "d": "</script"}]]},
            "one": {"a": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
            "two": {"a": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
        });
        let expected = r##"{
  "numbers": [
    -1, 1.5, 222222222222222222, 222222222222222222, 222222222222222222,
    222222222222222222, 222222222222222222
  ],
  "empty": [{}, [], ""],
  "references": [{ "$ref": "#/components/schemas/Uuid" }, { "type": "null" }],
  "fits": ["aaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaa"],
  "breaks": [
    "aaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "aaa"
  ],
  "several": {
    "a": 1,
    "b": [
      [
        {
          "c": 1,
          "d": "\u003c/script"
        }
      ]
    ]
  },
  "one": { "a": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
  "two": {
    "a": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}
"##;
        assert_eq!(pretty_json(&document), expected);
    }
}
