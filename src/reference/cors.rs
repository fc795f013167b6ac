//! Which pages of other origins may read answers.

use super::{Request, Response};

/// What a page may read of an answer beside its body.
const EXPOSED: &str = "Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";

/// What a page may send.
const ALLOWED: &str = "Authorization, Content-Type, X-Request-Id";

/// How long a browser may remember the answer to its question, in seconds.
const REMEMBERED: &str = "600";

/// Tells browsers whether the page that asks may read the answer. Only origins that are named are, to the letter.
pub(super) fn announce(origins: &[String], request: &Request, response: &mut Response) {
    response.set("vary", "Origin");
    let allowed = request.get("origin").filter(|origin| origins.iter().any(|known| known == origin));
    let Some(origin) = allowed else { return };
    response.set("access-control-allow-origin", origin);
    response.set("access-control-expose-headers", EXPOSED);
    if request.method == "OPTIONS" && response.status == 204 {
        let methods = response.get("allow").unwrap_or_default().to_owned();
        response.set("access-control-allow-methods", &methods);
        response.set("access-control-allow-headers", ALLOWED);
        response.set("access-control-max-age", REMEMBERED);
    }
}
