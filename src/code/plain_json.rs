//! JSON as most programs print it: on one line, or with each member on a line of its own.

use serde_json::{Number, Value};

/// A value on one line, without blanks.
pub fn compact_json(value: &Value) -> String {
    let mut text = String::new();
    push(&mut text, value, None);
    text
}

/// A document with every member and item on a line of its own, and a line end at its end.
pub fn indented_json(document: &Value) -> String {
    let mut text = String::new();
    push(&mut text, document, Some(0));
    text.push('\n');
    text
}

/// Writes a number behind what is there.
pub(super) fn push_number(text: &mut String, number: &Number) {
    text.push_str(&match (number.as_i64(), number.as_u64(), number.as_f64()) {
        (Some(whole), ..) => whole.to_string(),
        (_, Some(whole), _) => whole.to_string(),
        (.., Some(double)) => double_json(double),
        (None, None, None) => return,
    });
}

/// The fewest digits that tell a double from its neighbours; with an exponent where there would be many zeros.
fn double_json(double: f64) -> String {
    if double == 0.0 || (1e-5..1e16).contains(&double.abs()) {
        let text = double.to_string();
        if text.contains('.') { text } else { text + ".0" }
    } else {
        format!("{double:e}").replace('e', "e+").replace("+-", "-")
    }
}

/// Writes a value behind what is there, in lines where there is an indentation.
fn push(text: &mut String, value: &Value, indent: Option<usize>) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => push_number(text, number),
        Value::String(content) => push_string(text, content),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                begin(text, index, indent);
                push(text, item, indent.map(|indent| indent + 2));
            }
            end(text, items.is_empty(), indent, ']');
        }
        Value::Object(members) => {
            text.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                begin(text, index, indent);
                push_string(text, name);
                text.push_str(if indent.is_some() { ": " } else { ":" });
                push(text, member, indent.map(|indent| indent + 2));
            }
            end(text, members.is_empty(), indent, '}');
        }
    }
}

fn begin(text: &mut String, index: usize, indent: Option<usize>) {
    text.push_str(if index == 0 { "" } else { "," });
    if let Some(indent) = indent {
        new_line(text, indent + 2);
    }
}

fn end(text: &mut String, empty: bool, indent: Option<usize>, close: char) {
    if let Some(indent) = indent.filter(|_| !empty) {
        new_line(text, indent);
    }
    text.push(close);
}

fn new_line(text: &mut String, indent: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
}

/// Escapes no more than JSON asks for.
fn push_string(text: &mut String, content: &str) {
    // A string becomes JSON without fail.
    text.push_str(&serde_json::to_string(content).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::text_corpus::HOSTILE;
    use serde_json::json;

    #[test]
    fn documents_look_as_everywhere() {
        let document = json!({
            "texts": HOSTILE,
            "nothing": [{}, [], "", null, true, false],
            "numbers": [0, -1, i64::MIN, u64::MAX, 0.1, -2.5, 1.0, 1e15, 1e16, 1.5e16, 1e-5, 1.25e-5, 1e-6, 9.9e-7, 1e300,
                0.3, 2.0f64.powi(53), f64::MIN_POSITIVE, f64::MAX, 123_456.789, 5e-324],
            "inner": [[[1], {"a": {"b": []}}]],
        });
        assert_eq!(compact_json(&document), document.to_string());
        assert_eq!(indented_json(&document), format!("{document:#}\n"));
    }
}
