//! What the page says of an operation, as far as the document tells it.

use serde_json::Value as Json;

use super::{object, resolved};
use crate::code::is_same;

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
    pub(super) fn of(document: &'d Json, path: &'d str, method: &'d str, operation: &'d Json) -> Self {
        let schema = operation.pointer("/requestBody/content/application~1json/schema");
        let answer = |(status, answer): (&'d String, &'d Json)| (status.as_str(), resolved(document, answer));
        Self {
            path,
            method,
            operation,
            body: schema.map(|schema| (schema, resolved(document, schema))),
            answers: object(operation, "/responses").map(answer).collect(),
        }
    }

    /// The same of another document.
    pub(super) fn within(&self, document: &'d Json) -> Option<Self> {
        let operation = document.get("paths")?.get(self.path)?.get(self.method)?;
        Some(Self::of(document, self.path, self.method, operation))
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        let referred = |source: &Self| source.body.map(|(_, schema)| schema);
        let bodies = match (referred(self), referred(other)) {
            (Some(own), Some(other)) => is_same(own, other),
            (own, other) => own.is_none() && other.is_none(),
        };
        let answers = || self.answers.iter().zip(&other.answers);
        // How many answers there are, and for which status, is said in the operation.
        bodies && is_same(self.operation, other.operation) && answers().all(|(own, other)| is_same(own.1, other.1))
    }
}
