//! What the server counts of itself.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Request, Response};

/// Answers so far, by method, path template and status.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    answers: BTreeMap<(String, String, u16), u64>,
}

impl Metrics {
    /// Counts an answer; paths that lead nowhere count as one, since anybody can make them up.
    pub(super) fn count(&mut self, method: &str, route: Option<&str>, status: u16) {
        let route = route.unwrap_or("unknown");
        *self.answers.entry((method.to_owned(), route.to_owned(), status)).or_default() += 1;
    }

    /// The counts, for those who have the token; nobody else learns that there are any.
    pub(super) fn answer(&self, request: &Request, token: Option<&str>) -> Option<Response> {
        let given = request.get("authorization").and_then(|header| header.strip_prefix("Bearer "));
        (token.is_some() && given == token).then(|| {
            let mut response = Response { body: self.text().into_bytes(), ..Response::empty(200) };
            response.set("content-type", "text/plain; version=0.0.4; charset=utf-8");
            response
        })
    }

    fn text(&self) -> String {
        let mut text =
            "# HELP http_requests_total Requests that were answered.\n# TYPE http_requests_total counter\n".to_owned();
        for ((method, route, status), count) in &self.answers {
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "http_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {count}"
            );
        }
        text
    }
}
