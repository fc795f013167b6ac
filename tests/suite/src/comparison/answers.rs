//! Answers without what must differ: ids, times and tokens.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use backsmith::contract::{Contract, Source};
use backsmith::model::{Default, Model};
use serde_json::{Value as Json, json};

use super::requests::{Asked, symbol};
use crate::Response;

/// The headers that are compared.
const HEADERS: [&str; 6] = ["allow", "cache-control", "content-type", "location", "vary", "www-authenticate"];

/// An answer as it can be compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: BTreeMap<String, String>,
    body: Json,
    /// The values that a list is ordered by, in the order of its rows.
    order: Vec<Json>,
}

impl Answer {
    /// No answer came.
    pub(super) fn none(why: String) -> Self {
        Self { status: 0, headers: BTreeMap::new(), body: why.into(), order: Vec::new() }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body: String = self.body.to_string().chars().take(600).collect();
        write!(f, "{} {:?} {body}", self.status, self.headers)
    }
}

/// How answers of a contract are read.
pub(super) struct Reading {
    /// Members that hold moments of the server's own clock.
    times: BTreeSet<String>,
    /// Members that hold tokens.
    tokens: [String; 2],
    /// How many rows an answer includes at most.
    included: usize,
}

impl Reading {
    pub(super) fn new(model: &Model, contract: &Contract) -> Self {
        let mut times = BTreeSet::new();
        for resource in &contract.resources {
            for property in &resource.row {
                let is_time = match property.source {
                    Source::CreatedAt | Source::UpdatedAt => true,
                    Source::Field(id) => {
                        matches!(model.entity(resource.entity).field(id).default, Some(Default::Now))
                    }
                    Source::Id | Source::Email | Source::Role => false,
                };
                if is_time {
                    times.insert(property.wire.clone());
                }
            }
        }
        let tokens = ["access_token", "refresh_token"].map(|name| contract.naming.wire(name));
        Self { times, tokens, included: contract.limits.included as usize }
    }

    /// An answer of a system whose rows have these ids.
    pub(super) fn read(&self, asked: &Asked, response: &Response, ids: &[String]) -> Answer {
        let known = |name: &&str| response.get(name).map(|value| ((*name).to_owned(), with_symbols(value, ids)));
        let json = response.json();
        let rows = json.as_ref().and_then(|body| body["data"].as_array()).into_iter().flatten();
        let order = match &asked.sorted_by {
            Some(property) => rows.map(|row| row[property].clone()).collect(),
            None => Vec::new(),
        };
        let body = match json {
            Some(body) => self.comparable(self.without_cut_off_rows(body), ids),
            None => String::from_utf8_lossy(&response.body).into(),
        };
        Answer { status: response.status, headers: HEADERS.iter().filter_map(known).collect(), body, order }
    }

    /// Of included rows that were cut off it cannot be said which remain: those made in the same millisecond come in
    /// the order of their ids, which are different for every system.
    fn without_cut_off_rows(&self, mut body: Json) -> Json {
        let rows = match body.get_mut("data") {
            Some(Json::Array(rows)) => rows.as_mut_slice(),
            Some(row) => std::slice::from_mut(row),
            None => &mut [],
        };
        for value in rows.iter_mut().filter_map(Json::as_object_mut).flat_map(|row| row.values_mut()) {
            let is_cut_off = |rows: &Vec<Json>| rows.len() == self.included && rows.iter().all(Json::is_object);
            if value.as_array().is_some_and(is_cut_off) {
                *value = json!("⟨as many as fit⟩");
            }
        }
        body
    }

    fn comparable(&self, value: Json, ids: &[String]) -> Json {
        match value {
            Json::String(text) => with_symbols(&text, ids).into(),
            Json::Array(items) => {
                let mut items: Vec<Json> = items.into_iter().map(|item| self.comparable(item, ids)).collect();
                let is_symbol = |item: &Json| item.as_str().is_some_and(|text| text.starts_with('⟨'));
                // Rows come in the order of their ids or times unless they are sorted.
                if items.iter().all(|item| item.is_object() || is_symbol(item)) {
                    items.sort_by_cached_key(Json::to_string);
                }
                items.into()
            }
            Json::Object(members) => members
                .into_iter()
                .map(|(name, value)| {
                    let value = match name.as_str() {
                        name if self.tokens.iter().any(|token| token == name) && value.is_string() => {
                            json!("⟨token⟩")
                        }
                        name if self.times.contains(name) && value.is_string() => json!("⟨time⟩"),
                        _ => self.comparable(value, ids),
                    };
                    (name, value)
                })
                .collect(),
            other => other,
        }
    }
}

/// A text with symbols in place of the ids of known rows, and of a row that has just been made.
fn with_symbols(text: &str, ids: &[String]) -> String {
    if let Some(number) = ids.iter().position(|id| id == text) {
        return symbol(number);
    }
    let (before, last) = text.rsplit_once('/').map_or(("", text), |(before, last)| (before, last));
    let is_id = last.len() == 36 && last.as_bytes().get(14) == Some(&b'7') && !last.starts_with("01890000");
    if !is_id {
        return text.to_owned();
    }
    let number = ids.iter().position(|id| id == last).map_or_else(|| "⟨new⟩".to_owned(), symbol);
    if before.is_empty() { number } else { format!("{before}/{number}") }
}

/// Whether two answers say the same.
pub(super) fn agree(first: &Answer, second: &Answer) -> bool {
    if first.status != second.status || first.headers != second.headers {
        return false;
    }
    if first.status == 409 {
        // Of several conflicts a server may report any.
        let code = |answer: &Answer| answer.body["error"]["code"].clone();
        return code(first) == code(second) && names_a_field(first) == names_a_field(second);
    }
    if first.body["meta"].is_object() {
        return first.order == second.order && same_rows(&first.body, &second.body);
    }
    first.body == second.body
}

/// The places at which two answers differ, and what each says there: at most ten.
pub(super) fn differences(first: &Answer, second: &Answer) -> Vec<String> {
    let whole = |answer: &Answer| {
        json!({
            "status": answer.status,
            "headers": answer.headers,
            "body": answer.body,
            "order": answer.order,
        })
    };
    let mut found = Vec::new();
    note_differences("", Some(&whole(first)), Some(&whole(second)), &mut found);
    found.truncate(10);
    found
}

fn note_differences(at: &str, first: Option<&Json>, second: Option<&Json>, found: &mut Vec<String>) {
    match (first, second) {
        (first, second) if first == second => {}
        (Some(Json::Object(one)), Some(Json::Object(other))) => {
            let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for name in names {
                note_differences(&format!("{at}/{name}"), one.get(name), other.get(name), found);
            }
        }
        (Some(Json::Array(one)), Some(Json::Array(other))) => {
            for index in 0..one.len().max(other.len()) {
                note_differences(&format!("{at}/{index}"), one.get(index), other.get(index), found);
            }
        }
        (first, second) => {
            let shown = |value: Option<&Json>| value.map_or_else(|| "nothing".to_owned(), Json::to_string);
            found.push(format!("{at}: {} and {}", shown(first), shown(second)));
        }
    }
}

fn names_a_field(answer: &Answer) -> bool {
    answer.body["error"]["details"].as_object().is_some_and(|details| !details.is_empty())
}

/// Lists that show everything have the same rows; of others it cannot be said which rows are on a page.
fn same_rows(first: &Json, second: &Json) -> bool {
    let meta = &first["meta"];
    let is_whole = meta["page"] == json!(1) && meta["total"].as_u64() <= meta["limit"].as_u64();
    let count = |body: &Json| body["data"].as_array().map(Vec::len);
    let same = if is_whole { first["data"] == second["data"] } else { count(first) == count(second) };
    same && *meta == second["meta"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_with_its_place() {
        let answer = |body: Json| Answer { status: 200, headers: BTreeMap::new(), body, order: Vec::new() };
        let first = answer(json!({ "data": [{ "name": "a" }, { "name": "b" }] }));
        let second = answer(json!({ "data": [{ "name": "a" }, { "name": "c", "tag": 1 }] }));
        assert_eq!(
            differences(&first, &second),
            [r#"/body/data/1/name: "b" and "c""#, "/body/data/1/tag: nothing and 1"]
        );
        assert_eq!(differences(&first, &first), Vec::<String>::new());
    }

    #[test]
    fn rows_that_were_cut_off_are_only_counted() {
        let reading = Reading { times: BTreeSet::new(), tokens: ["a".to_owned(), "b".to_owned()], included: 2 };
        let body = |names: &[&str]| {
            let products: Vec<Json> = names.iter().map(|name| json!({ "name": name })).collect();
            reading.without_cut_off_rows(json!({ "data": { "products": products, "tags": ["x", "y"] } }))
        };
        assert_eq!(body(&["a", "b"]), body(&["a", "c"]));
        assert_ne!(body(&["a"]), body(&["b"]));
        assert_ne!(body(&["a", "b"]), body(&["a"]));
    }

    #[test]
    fn ids_become_symbols_wherever_they_stand() {
        let ids = ["01920000-0000-7000-8000-000000000001".to_owned()];
        assert_eq!(with_symbols(&ids[0], &ids), "⟨0⟩");
        assert_eq!(with_symbols(&format!("/api/v1/books/{}", ids[0]), &ids), "/api/v1/books/⟨0⟩");
        assert_eq!(with_symbols("01920000-0000-7000-8000-000000000002", &ids), "⟨new⟩");
        assert_eq!(with_symbols("a/b", &ids), "a/b");
    }
}
