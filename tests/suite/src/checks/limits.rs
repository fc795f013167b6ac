//! Real limits. They are used up on the way: nothing else can be asked of the server afterwards.

use backsmith::contract::AuthAction;
use backsmith::reference::{Request, Response};
use serde_json::json;

use super::accounts::{auth, register};
use crate::suite::{Found, Suite};
use crate::system::RateLimit;

pub(super) fn run(suite: &mut Suite) {
    if suite.model.auth.is_some() {
        suite.check("limits.login", Vec::new(), login);
    }
    suite.check("limits.general", Vec::new(), general);
}

/// Counted whether the password is right or not, and before it is looked at; what a stranger says about where he comes
/// from changes nothing.
fn login(suite: &mut Suite) -> Found {
    let known = register(suite, "correct horse")?;
    let limit = suite.system.facts().login;
    let wrong = json!({ "email": known.body["email"], "password": "incorrect horse" });
    let login = auth(suite, AuthAction::Login);
    for number in 0..limit.requests {
        suite.expect(&spoofed(login.clone().json(&wrong), number), 401)?;
    }
    for (number, body) in [(1000, wrong), (1001, known.credentials())] {
        let response = suite.expect(&spoofed(login.clone().json(&body), number), 429)?;
        announced(&response, "login", limit)?;
    }
    // An address that has used up its attempts has none left for other accounts.
    let other = json!({ "email": "another@example.com", "password": "incorrect horse" });
    suite.expect(&spoofed(login.json(&other), 1002), 429).map(|_| ())
}

fn general(suite: &mut Suite) -> Found {
    let limit = suite.system.facts().general;
    let mut used_up = None;
    for number in 0..=limit.requests {
        let response = suite.ask(&spoofed(Request::new("GET", "/nothing"), number))?;
        if response.status == 429 {
            used_up = Some(response);
            break;
        }
    }
    let response = used_up.ok_or_else(|| format!("{} requests and more in a window", limit.requests))?;
    announced(&response, "general", limit)?;
    let long = "x".repeat(suite.contract.limits.target_bytes as usize);
    suite.expect(&Request::new("GET", &format!("/{long}")), 414)?;
    suite.expect(&Request::new("PATCH", "/openapi.json"), 429).map(|_| ())
}

/// A request that pretends to come from somewhere else each time.
fn spoofed(request: Request, number: u32) -> Request {
    let address = format!("203.0.113.{}", number % 250 + 1);
    request
        .header("x-forwarded-for", &address)
        .header("x-real-ip", &address)
        .header("forwarded", &format!("for={address}"))
        .header("cf-connecting-ip", &address)
        .header("true-client-ip", &address)
}

/// The headers that tell a client how long to wait.
fn announced(response: &Response, policy: &str, limit: RateLimit) -> Found {
    let wait: u32 =
        response.get("retry-after").and_then(|value| value.parse().ok()).ok_or("429 without Retry-After")?;
    if wait == 0 || wait > limit.window_seconds {
        return Err(format!("Retry-After is {wait}"));
    }
    // Several policies may be announced, in one header or in several.
    let header = |name: &str| {
        let lines = response.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.replace(' ', ""));
        lines.collect::<Vec<_>>().join(",")
    };
    let wanted = format!("\"{policy}\";q={};w={}", limit.requests, limit.window_seconds);
    if !header("ratelimit-policy").contains(&wanted) {
        return Err(format!("RateLimit-Policy is {:?} instead of {wanted}", header("ratelimit-policy")));
    }
    let wanted = format!("\"{policy}\";r=0;t=");
    if !header("ratelimit").contains(&wanted) {
        return Err(format!("RateLimit is {:?} instead of {wanted}…", header("ratelimit")));
    }
    Ok(())
}
