//! What the server shows of itself: its documentation, and its metrics to those who have the token.

use backsmith::contract::docs::{PAGE_PATH, STYLE_PATH};
use backsmith::model::Docs;
use backsmith::reference::{Request, Response};

use crate::Configuration;
use crate::suite::{Found, Suite};

pub(super) fn run(suite: &mut Suite, configuration: Configuration) {
    let shown = match suite.contract.docs {
        Docs::Always => true,
        Docs::Development => configuration == Configuration::Test,
        Docs::Never => false,
    };
    if shown {
        suite.check("about.docs", Vec::new(), docs_shown);
    } else {
        suite.check("about.docs", Vec::new(), docs_hidden);
    }
    suite.check("about.metrics.hidden", Vec::new(), metrics_hidden);
    suite.check("about.metrics.shown", Vec::new(), metrics_shown);
}

fn docs_hidden(suite: &mut Suite) -> Found {
    for path in [PAGE_PATH, STYLE_PATH] {
        suite.expect(&Request::new("GET", path), 404)?;
    }
    Ok(())
}

/// The page names every operation, has no script, and lets browsers take nothing from elsewhere.
fn docs_shown(suite: &mut Suite) -> Found {
    let page = text(suite, PAGE_PATH, "text/html")?;
    let style = text(suite, STYLE_PATH, "text/css")?;
    if style.contains("url(") || style.contains("@import") {
        return Err("the style loads something".to_owned());
    }
    for operation in &suite.contract.operations {
        if !page.contains(&format!("id=\"{}\"", operation.id)) {
            return Err(format!("{} is missing", operation.id));
        }
    }
    if page.contains("<script") || page.contains("<style") || page.contains("src=") {
        return Err("the page brings or loads code".to_owned());
    }
    for path in [PAGE_PATH, STYLE_PATH] {
        suite.expect(&Request::new("POST", path), 405)?;
        suite.expect(&Request::new("GET", &format!("{path}/")), 404)?;
        suite.expect(&Request::new("OPTIONS", path), 204)?;
    }
    Ok(())
}

fn text(suite: &mut Suite, path: &str, media_type: &str) -> Found<String> {
    let response = send(suite, &Request::new("GET", path))?;
    if response.status != 200 {
        return Err(format!("{path}: {}", response.status));
    }
    let given = response.get("content-type").and_then(|given| given.split(';').next()).unwrap_or_default();
    if given != media_type {
        return Err(format!("{path} as {given}"));
    }
    let policy = response.get("content-security-policy").unwrap_or_default().replace("; ", ";");
    if policy != "default-src 'self';frame-ancestors 'none'"
        || response.get("x-content-type-options") != Some("nosniff")
    {
        return Err(format!("{path} with the policy {policy:?}"));
    }
    Ok(String::from_utf8_lossy(&response.body).into_owned())
}

/// An answer that is no JSON.
fn send(suite: &mut Suite, request: &Request) -> Found<Response> {
    suite.system.send(request).map_err(|failure| failure.to_string())
}

/// Without the token there is nothing, whatever is asked.
fn metrics_hidden(suite: &mut Suite) -> Found {
    let token = suite.system.facts().metrics_token;
    for method in ["GET", "HEAD", "POST", "OPTIONS"] {
        suite.expect(&Request::new(method, "/metrics"), 404)?;
    }
    let wrong =
        ["Bearer".to_owned(), "Bearer ".to_owned(), format!("Bearer {token}x"), format!("Basic {token}"), token];
    for header in wrong {
        suite.expect(&Request::new("GET", "/metrics").header("authorization", &header), 404)?;
    }
    Ok(())
}

/// Requests are counted by the template of their path, never by the path itself.
fn metrics_shown(suite: &mut Suite) -> Found {
    let token = suite.system.facts().metrics_token;
    suite.expect(&Request::new("GET", "/health/live"), 200)?;
    suite.expect(&Request::new("GET", "/a-path-that-somebody-made-up"), 404)?;
    let response = send(suite, &Request::new("GET", "/metrics").bearer(&token))?;
    if response.status != 200 || !response.get("content-type").is_some_and(|given| given.starts_with("text/plain")) {
        return Err(format!("{} as {:?}", response.status, response.get("content-type")));
    }
    let text = String::from_utf8_lossy(&response.body);
    let counted = |line: &str| {
        let words = ["http_requests_total{", "method=\"GET\"", "route=\"/health/live\"", "status=\"200\""];
        words.into_iter().all(|word| line.contains(word))
    };
    if !text.lines().any(counted) {
        return Err("a request was not counted".to_owned());
    }
    if text.contains("somebody-made-up") || text.contains(super::http::NOBODY) {
        return Err("paths are counted as they came".to_owned());
    }
    suite.expect(&Request::new("POST", "/metrics").bearer(&token), 405).map(|_| ())
}
