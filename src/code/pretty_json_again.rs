//! Documents that come again with few changes: whoever edits a spec has its API's document printed over and over.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::json::push_quoted;
use super::pretty_json::{Place, new_line, write};

/// How deep the parts lie: an operation in a path of `paths`, a schema among the `schemas` of the `components`.
const DEPTH: usize = 3;

/// A document and its text.
#[derive(Default)]
struct Printed {
    document: Rc<Value>,
    text: String,
    /// Where each part stands in the text, by the names that lead to it.
    parts: BTreeMap<Vec<String>, Range<usize>>,
}

thread_local! {
    static LAST: RefCell<Printed> = RefCell::default();
}

/// What [`pretty_json`](super::pretty_json()) prints. Parts that are what they were the last time are not printed again.
///
/// Each thread remembers for itself.
pub fn pretty_json_again(document: &Rc<Value>) -> String {
    LAST.with_borrow_mut(|last| {
        let mut printed = Printed { document: Rc::clone(document), ..Printed::default() };
        let place = Place { indent: 0, column: 0, after: 0 };
        printed.part(document, place, &mut Vec::new(), last);
        printed.text.push('\n');
        let text = printed.text.clone();
        *last = printed;
        text
    })
}

impl Printed {
    /// Prints a part that `names` lead to, or the parts within it.
    fn part(&mut self, value: &Value, place: Place, names: &mut Vec<String>, last: &Self) {
        let members = value.as_object().filter(|members| names.len() < DEPTH && has_lines(members));
        let Some(members) = members else {
            let start = self.text.len();
            match last.known(names, value) {
                Some(text) => self.text.push_str(text),
                None => write(value, place, &mut self.text),
            }
            self.parts.insert(names.clone(), start..self.text.len());
            return;
        };
        self.text.push('{');
        for (index, (name, member)) in members.iter().enumerate() {
            self.text.push_str(if index == 0 { "" } else { "," });
            let indent = place.indent + 2;
            new_line(indent, &mut self.text);
            let line = self.text.len() - indent;
            push_quoted(&mut self.text, name);
            self.text.push_str(": ");
            let column = self.text.len() - line;
            let inner = Place { indent, column, after: usize::from(index + 1 < members.len()) };
            names.push(name.clone());
            self.part(member, inner, names, last);
            names.pop();
        }
        new_line(place.indent, &mut self.text);
        self.text.push('}');
    }

    /// The text of a part that was the same.
    fn known(&self, names: &[String], value: &Value) -> Option<&str> {
        let former = names.iter().try_fold(&*self.document, |value, name| value.get(name))?;
        let range = self.parts.get(names)?;
        // Only what has lines of its own looks the same whatever stands beside it.
        (value.as_object().is_some_and(has_lines) && is_same(former, value)).then(|| self.text.get(range.clone()))?
    }
}

/// Whether an object is never printed on one line.
fn has_lines(members: &Map<String, Value>) -> bool {
    members.len() > 1 || members.values().any(|member| member.is_array() || member.is_object())
}

/// Whether two values are printed alike, for which the order of members counts.
pub fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && is_same(a.1, b.1))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::pretty_json;
    use serde_json::json;

    fn document(title: &str, first: &Value, second: &Value) -> Value {
        json!({
            "info": { "title": title },
            "tags": [title, { "name": "a" }, {}],
            "paths": {
                "/a": { "get": first, "put": { "x": first } },
                "/b": { "get": second },
                "/c": {},
            },
            "components": { "schemas": { "A": { "type": title }, "B": { "b": [{}], "c": second } } },
        })
    }

    #[test]
    fn what_is_remembered_looks_as_if_it_were_printed() {
        let long = "x".repeat(70);
        let values =
            [json!({ "a": 1, "b": 2 }), json!({ "b": 2, "a": 1 }), json!({ "a": 1 }), json!([1, 2]), json!(long)];
        let titles = ["a", "b", &long];
        for (index, title) in titles.iter().cycle().take(90).enumerate() {
            let (first, second) = (&values[index % 5], &values[index / 7 % 5]);
            let document = Rc::new(document(title, first, second));
            assert_eq!(pretty_json_again(&document), pretty_json(&document));
        }
        for document in
            [json!({}), json!([]), json!(1), json!({ "a": 1 }), json!({ "a": { "b": { "c": { "d": 1, "e": 2 } } } })]
        {
            let document = Rc::new(document);
            assert_eq!(pretty_json_again(&document), pretty_json(&document));
            assert_eq!(pretty_json_again(&document), pretty_json(&document));
        }
    }
}
