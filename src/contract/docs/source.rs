//! What the page says of an operation, as far as the document tells it.

use serde_json::Value as Json;

use super::object;
use crate::contract::openapi::{BODY, Document};

/// All that an operation's place on the page is made of.
pub(super) struct Source<'d> {
    pub(super) path: &'d str,
    pub(super) method: &'d str,
    pub(super) operation: &'d Json,
    /// The schema of the body, and what it refers to.
    pub(super) body: Option<(&'d Json, &'d Json)>,
    /// Each answer by its status, with what it refers to in its place.
    pub(super) answers: Vec<(&'d str, &'d Json)>,
}

impl<'d> Source<'d> {
    pub(super) fn of(document: &'d Document, path: &'d str, method: &'d str, operation: &'d Json) -> Self {
        let schema = operation.pointer(BODY);
        let answer = |(status, answer): (&'d String, &'d Json)| (status.as_str(), document.resolved(answer));
        Self {
            path,
            method,
            operation,
            body: schema.map(|schema| (schema, document.resolved(schema))),
            answers: object(operation, "/responses").map(answer).collect(),
        }
    }
}
