//! Pages of other origins: only those that are configured may read answers.

use backsmith::reference::{Request, Response};

use crate::suite::{Found, Suite};

pub(super) fn run(suite: &mut Suite) {
    suite.check("cors.foreign", Vec::new(), foreign);
    suite.check("cors.allowed", Vec::new(), allowed);
    suite.check("cors.preflight", Vec::new(), preflight);
}

/// Requests of all kinds: a good one, one that leads nowhere, one that is too long, one for users only.
fn requests(suite: &Suite) -> Vec<Request> {
    let long = "x".repeat(suite.contract.limits.target_bytes as usize);
    let mut requests = vec![
        Request::new("GET", "/health/live"),
        Request::new("GET", "/nothing"),
        Request::new("GET", &format!("/{long}")),
        Request::new("DELETE", "/health/live"),
        Request::new("OPTIONS", "/health/live"),
    ];
    if suite.model.auth.is_some() {
        requests.push(Request::new("GET", &format!("{}/auth/me", suite.contract.base)));
    }
    requests
}

/// Nothing that merely looks like the origin is taken for it, and nothing is said back.
fn foreign(suite: &mut Suite) -> Found {
    let origin = suite.system.facts().origin;
    let foreign = [
        "https://evil.example".to_owned(),
        "null".to_owned(),
        "*".to_owned(),
        format!("{origin}.evil.example"),
        format!("{origin}/"),
        format!("{origin}:8443"),
        origin.to_uppercase(),
        origin.replace("https:", "http:"),
        format!("{origin}, https://evil.example"),
        format!("https://evil.{}", origin.trim_start_matches("https://")),
    ];
    for request in requests(suite) {
        for origin in &foreign {
            let response = suite.ask(&request.clone().header("origin", origin))?;
            if let Some((name, _)) = response.headers.iter().find(|(name, _)| name.starts_with("access-control-")) {
                return Err(format!("{name} for {origin}"));
            }
            varies(&response)?;
        }
        // Without an origin too, since a cache may keep that answer for a page.
        let response = suite.ask(&request)?;
        varies(&response)?;
    }
    Ok(())
}

fn varies(response: &Response) -> Found {
    let vary = response.get("vary").unwrap_or_default().to_ascii_lowercase();
    let named = vary.split(',').any(|name| name.trim() == "origin");
    if named { Ok(()) } else { Err(format!("{} without Vary: Origin", response.status)) }
}

/// Errors can be read as well; cookies are never asked for.
fn allowed(suite: &mut Suite) -> Found {
    let origin = suite.system.facts().origin;
    for request in requests(suite) {
        let response = suite.ask(&request.header("origin", &origin))?;
        if response.get("access-control-allow-origin") != Some(&origin) {
            return Err(format!("{} without Access-Control-Allow-Origin", response.status));
        }
        if response.get("access-control-allow-credentials").is_some() {
            return Err("credentials are allowed".to_owned());
        }
        let exposed = response.get("access-control-expose-headers").unwrap_or_default().to_ascii_lowercase();
        for name in ["location", "retry-after", "x-request-id", "ratelimit"] {
            if !exposed.split(',').any(|header| header.trim() == name) {
                return Err(format!("pages cannot read {name}"));
            }
        }
        varies(&response)?;
    }
    Ok(())
}

/// A browser that asks first is told what it may send.
fn preflight(suite: &mut Suite) -> Found {
    let origin = suite.system.facts().origin;
    for template in super::http::templates(suite) {
        let path = template.replace("{id}", super::http::NOBODY);
        for method in suite.contract.allowed(&template) {
            let request = Request::new("OPTIONS", &path)
                .header("origin", &origin)
                .header("access-control-request-method", method.as_str())
                .header("access-control-request-headers", "authorization,content-type");
            let response = suite.expect(&request, 204)?;
            let words = |name: &str| response.get(name).unwrap_or_default().to_ascii_lowercase();
            let has = |name: &str, wanted: &str| words(name).split(',').any(|word| word.trim() == wanted);
            if !has("access-control-allow-methods", &method.as_str().to_ascii_lowercase()) {
                return Err(format!("{} {template} is not allowed", method.as_str()));
            }
            for header in ["authorization", "content-type"] {
                if !has("access-control-allow-headers", header) {
                    return Err(format!("{header} is not allowed"));
                }
            }
        }
    }
    // A path that is none has no methods to allow.
    let request = Request::new("OPTIONS", "/nothing").header("origin", &origin);
    suite.expect(&request, 404).map(|_| ())
}
