//! Whole JSON documents, laid out as Biome lays them out (two blanks, 80 columns).

use super::JsonString;
use serde_json::Value;

const WIDTH: usize = 80;

/// A document as text, with a line end at its end.
///
/// Arrays stand on one line where they fit, and so do objects with a single plain member; Biome keeps that choice.
/// Arrays of numbers fill their lines.
pub fn pretty_json(document: &Value) -> String {
    let mut text = String::new();
    write(document, 0, 0, &mut text);
    text.push('\n');
    text
}

/// Writes a value at an indentation, before `after` more characters on its last line.
fn write(value: &Value, indent: usize, after: usize, text: &mut String) {
    let column = text.len() - text.rfind('\n').map_or(0, |end| end + 1);
    let flat = flat(value).filter(|flat| is_scalar(value) || column + flat.chars().count() + after <= WIDTH);
    match (flat, value) {
        (Some(flat), _) => text.push_str(&flat),
        (None, Value::Array(items)) if items.iter().all(Value::is_number) => write_filled(items, indent, text),
        (None, Value::Array(items)) => {
            let items: Vec<(String, &Value)> = items.iter().map(|item| (String::new(), item)).collect();
            write_lines(['[', ']'], &items, indent, text);
        }
        (None, Value::Object(members)) => {
            let key = |(name, value)| (format!("{}: ", JsonString::from(name)), value);
            let members: Vec<(String, &Value)> =
                members.iter().map(|(name, value)| key((name.as_str(), value))).collect();
            write_lines(['{', '}'], &members, indent, text);
        }
        (None, _) => {}
    }
}

fn write_lines([open, close]: [char; 2], lines: &[(String, &Value)], indent: usize, text: &mut String) {
    text.push(open);
    for (index, (start, value)) in lines.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { "," });
        new_line(indent + 2, text);
        text.push_str(start);
        write(value, indent + 2, usize::from(index + 1 < lines.len()), text);
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
        let number = format!("{number}{}", if last { "" } else { "," });
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

fn new_line(indent: usize, text: &mut String) {
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
}

/// The value on one line, if it may stand there.
fn flat(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(flat).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::Object(members) => {
            let mut rest = members.iter();
            match (rest.next(), rest.next()) {
                (None, _) => Some("{}".to_owned()),
                (Some((name, value)), None) if is_scalar(value) => {
                    Some(format!("{{ {}: {} }}", JsonString::from(name.as_str()), flat(value)?))
                }
                _ => None,
            }
        }
        Value::String(text) => Some(JsonString::from(text.as_str()).to_string()),
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
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
