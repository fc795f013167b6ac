//! What goes wrong with a request, and how that is answered.

use serde_json::{Map, Value, json};

use crate::contract::{DetailCode, ErrorCode};

use super::Response;

/// A request that is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    code: ErrorCode,
    /// Dotted wire paths and what is wrong there.
    details: Vec<(String, DetailCode)>,
    headers: Vec<(String, String)>,
}

impl From<ErrorCode> for Failure {
    fn from(code: ErrorCode) -> Self {
        Self { code, details: Vec::new(), headers: Vec::new() }
    }
}

impl Failure {
    /// A failure that says where.
    pub(super) fn at(code: ErrorCode, details: impl IntoIterator<Item = (String, DetailCode)>) -> Self {
        Self { details: details.into_iter().collect(), ..Self::from(code) }
    }

    /// The same with a header.
    pub(super) fn with_header(mut self, name: &str, value: String) -> Self {
        self.headers.push((name.to_owned(), value));
        self
    }

    /// The answer.
    pub(super) fn answer(self) -> Response {
        let mut details = Map::new();
        for (path, code) in self.details {
            let detail = json!({ "code": code.as_str(), "message": code.message() });
            if let Value::Array(list) = details.entry(path).or_insert_with(|| json!([])) {
                list.push(detail);
            }
        }
        let error = json!({ "code": self.code.as_str(), "message": self.code.message(), "details": details });
        let mut response = Response::with_json(self.code.status(), &json!({ "error": error }));
        if self.code == ErrorCode::Unauthenticated {
            response.set("www-authenticate", "Bearer");
        }
        for (name, value) in self.headers {
            response.set(&name, &value);
        }
        response
    }
}
