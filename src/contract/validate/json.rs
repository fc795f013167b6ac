//! Bodies as JSON.

use serde_json::{Map, Value};

/// A JSON object; of members with the same name the last counts.
pub type Body = Map<String, Value>;

/// The request cannot be read at all: `MALFORMED_REQUEST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// Reads a body: UTF-8 without a byte order mark, one JSON object, no more levels than that (the object is the first),
/// no number beyond the finite doubles, no lone surrogate.
pub fn read_body(bytes: &[u8], levels: u32) -> Result<Body, Malformed> {
    let value = serde_json::from_slice(bytes).map_err(|_| Malformed)?;
    match value {
        Value::Object(body) if body.values().all(|value| fits(value, levels.saturating_sub(1))) => Ok(body),
        _ => Err(Malformed),
    }
}

/// Whether a value is nested no deeper than that.
fn fits(value: &Value, levels: u32) -> bool {
    match value {
        Value::Array(items) => levels > 0 && items.iter().all(|item| fits(item, levels - 1)),
        Value::Object(members) => levels > 0 && members.values().all(|member| fits(member, levels - 1)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_objects_are_read() {
        let bad: [&[u8]; 20] = [
            b"",
            b"null",
            b"[]",
            b"1",
            b"\"a\"",
            b"{",
            b"{}{}",
            b"{'a':1}",
            b"{\"a\":NaN}",
            b"{\"a\":Infinity}",
            b"{\"a\":1e999}",
            b"{\"a\":-1e999}",
            b"{\"a\":01}",
            b"{\"a\":\"\\ud800\"}",
            b"{\"\\udc00\":1}",
            b"{\"a\":\"\xff\"}",
            b"\xef\xbb\xbf{}",
            b"{\"a\":1,}",
            b"{\"a\":\"\n\"}",
            b"{/**/}",
        ];
        for bytes in bad {
            assert_eq!(read_body(bytes, 32), Err(Malformed), "{}", String::from_utf8_lossy(bytes));
        }
        let digits = format!("{{\"a\":{}}}", "9".repeat(5000));
        assert_eq!(read_body(digits.as_bytes(), 32), Err(Malformed));
    }

    #[test]
    fn levels_are_counted_with_the_body_as_the_first() {
        let nested = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels - 1), "]".repeat(levels - 1));
        assert!(read_body(nested(32).as_bytes(), 32).is_ok());
        for levels in [33, 200, 100_000] {
            assert_eq!(read_body(nested(levels).as_bytes(), 32), Err(Malformed));
        }
    }

    #[test]
    fn the_last_of_equal_members_counts() {
        let body = read_body(b" {\"a\":1,\"b\":\"\\u0000\\ud83d\\ude00\",\"a\":2} ", 32).unwrap_or_default();
        assert_eq!(body.get("a"), Some(&Value::from(2)));
        assert_eq!(body.get("b"), Some(&Value::from("\0😀")));
    }
}
