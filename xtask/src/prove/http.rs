//! Asking a server on this machine.

use std::net::TcpListener;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

/// A server's answer.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The body; null when it is not JSON.
    pub(crate) body: Value,
}

/// Sends a GET.
pub(crate) fn get(url: &str) -> Result<Answer> {
    let response = agent().get(url).call().with_context(|| format!("no answer from {url}"))?;
    answer(response)
}

/// Sends a GET with an access token.
pub(crate) fn get_as(url: &str, token: &str) -> Result<Answer> {
    let request = agent().get(url).header("authorization", format!("Bearer {token}"));
    answer(request.call().with_context(|| format!("no answer from {url}"))?)
}

/// Sends a POST of JSON.
pub(crate) fn post(url: &str, body: &Value) -> Result<Answer> {
    let request = agent().post(url).content_type("application/json");
    answer(request.send(body.to_string()).with_context(|| format!("no answer from {url}"))?)
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no port is free")?;
    Ok(listener.local_addr().context("a listener without an address")?.port())
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    config.timeout_global(Some(Duration::from_secs(30))).build().into()
}

fn answer(mut response: ureq::http::Response<ureq::Body>) -> Result<Answer> {
    let text = response.body_mut().read_to_string().context("an answer that cannot be read")?;
    Ok(Answer { status: response.status().as_u16(), body: serde_json::from_str(&text).unwrap_or(Value::Null) })
}
