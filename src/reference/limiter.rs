//! Counting requests in windows of time.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::contract::{ErrorCode, RateLimit};

use super::{Failure, Request, Response};

/// One policy and what it has counted.
#[derive(Debug)]
pub(super) struct Limiter {
    limit: RateLimit,
    windows: BTreeMap<String, Window>,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    ends: i64,
    requests: u32,
}

/// Where a client stands with a policy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    limit: RateLimit,
    remaining: Option<u32>,
    seconds: i64,
}

impl Limiter {
    pub(super) fn new(limit: RateLimit) -> Self {
        Self { limit, windows: BTreeMap::new() }
    }

    /// Counts one request of a client.
    pub(super) fn count(&mut self, client: &str, now: i64) -> Standing {
        let window = self.windows.entry(client.to_owned()).or_insert(Window { ends: now, requests: 0 });
        if window.ends <= now {
            *window = Window { ends: now + i64::from(self.limit.window_seconds) * 1000, requests: 0 };
        }
        window.requests = window.requests.saturating_add(1);
        let seconds = (window.ends - now + 999) / 1000;
        Standing { limit: self.limit, remaining: self.limit.requests.checked_sub(window.requests), seconds }
    }
}

impl Standing {
    /// Refuses the request if it was one too many.
    pub(super) fn check(self) -> Result<Self, Failure> {
        if self.remaining.is_some() {
            return Ok(self);
        }
        let mut failure = Failure::from(ErrorCode::RateLimited).with_header("retry-after", self.seconds.to_string());
        for (name, value) in self.headers() {
            failure = failure.with_header(name, value);
        }
        Err(failure)
    }

    /// Tells the client where it stands, unless a stricter policy already has.
    pub(super) fn announce(self, response: &mut Response) {
        if response.get("ratelimit").is_none() {
            for (name, value) in self.headers() {
                response.set(name, &value);
            }
        }
    }

    fn headers(self) -> [(&'static str, String); 2] {
        let RateLimit { policy, requests, window_seconds } = self.limit;
        let remaining = self.remaining.unwrap_or_default();
        [
            ("ratelimit-policy", format!("\"{policy}\";q={requests};w={window_seconds}")),
            ("ratelimit", format!("\"{policy}\";r={remaining};t={}", self.seconds)),
        ]
    }
}

/// The client that a request comes from. What proxies say counts only as far as they are trusted.
pub(super) fn client(request: &Request, trusted_hops: usize) -> String {
    let forwarded: Vec<&str> = request
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("x-forwarded-for"))
        .flat_map(|(_, value)| value.split(','))
        .map(str::trim)
        .collect();
    let hops = trusted_hops.min(forwarded.len());
    if hops == 0 {
        return "peer".to_owned();
    }
    let address = forwarded[forwarded.len() - hops];
    match address.parse() {
        Ok(IpAddr::V6(address)) => format!("{:x?}", &address.segments()[..4]),
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(forwarded: &str, hops: usize) -> String {
        client(&Request::new("GET", "/").header("X-Forwarded-For", forwarded), hops)
    }

    #[test]
    fn forwarded_addresses_count_only_as_far_as_proxies_are_trusted() {
        assert_eq!(from("1.1.1.1, 2.2.2.2", 0), "peer");
        assert_eq!(from("1.1.1.1, 2.2.2.2", 1), "2.2.2.2");
        assert_eq!(from("1.1.1.1, 2.2.2.2", 2), "1.1.1.1");
        assert_eq!(from("1.1.1.1", 2), "1.1.1.1");
    }

    #[test]
    fn a_network_of_ipv6_is_one_client() {
        assert_eq!(from("2001:db8:1:2::1", 1), from("2001:db8:1:2:ffff::9", 1));
        assert_ne!(from("2001:db8:1:2::1", 1), from("2001:db8:1:3::1", 1));
    }

    #[test]
    fn windows_end() {
        let mut limiter = Limiter::new(RateLimit { policy: "general", requests: 2, window_seconds: 1 });
        let passes: Vec<bool> =
            [0, 10, 20, 1000].map(|now| limiter.count("a", now).check().is_ok()).into_iter().collect();
        assert_eq!(passes, [true, true, false, true]);
        assert!(limiter.count("b", 20).check().is_ok());
    }
}
