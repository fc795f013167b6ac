//! Requests and answers as HTTP/1.1 carries them, without a socket.

use serde_json::Value;

/// A request.
///
/// The body has the length that a `content-length` header declares, which may be more than what was sent; with
/// `transfer-encoding: chunked` it declares none. Without either header its own length is the declared one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method, in capitals as a rule.
    pub method: String,
    /// The path with its query, as it stands in the request line.
    pub target: String,
    /// Names and values, in order; a name may stand there more than once.
    pub headers: Vec<(String, String)>,
    /// What was sent after the headers.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without headers or body.
    pub fn new(method: &str, target: &str) -> Self {
        Self { method: method.to_owned(), target: target.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    /// The same with one header more.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with an access token.
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// The same with a JSON body.
    #[must_use]
    pub fn json(self, value: &Value) -> Self {
        self.body("application/json", value.to_string())
    }

    /// The same with a body of any type.
    #[must_use]
    pub fn body(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("content-type", media_type)
    }

    /// The first value of a header; names have no case.
    pub fn get(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The length of the body as far as the request tells before its body is read.
    pub fn declared_length(&self) -> Option<u64> {
        if self.get("transfer-encoding").is_some() {
            return None;
        }
        let own = u64::try_from(self.body.len()).ok();
        self.get("content-length").map_or(own, |length| length.trim().parse().ok())
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }

    /// The query as it was sent, empty without one.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Names in lower case and their values.
    pub headers: Vec<(String, String)>,
    /// The body, without any transfer encoding.
    pub body: Vec<u8>,
}

impl Response {
    /// An answer without a body.
    pub(super) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    /// An answer with a JSON body.
    pub(super) fn with_json(status: u16, value: &Value) -> Self {
        let mut response = Self { body: value.to_string().into_bytes(), ..Self::empty(status) };
        response.set("content-type", "application/json; charset=utf-8");
        response
    }

    /// Sets a header in the place of any older one.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// The first value of a header; names have no case.
    pub fn get(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The body as JSON; `None` where it is none.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

fn find<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}
