//! Every limit of the API.

use crate::model::{Api, Auth};

/// The limits of a request and of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest request target in bytes (414).
    pub target_bytes: u32,
    /// The longest body in bytes (413).
    pub body_bytes: u32,
    /// The deepest nesting of JSON in a body.
    pub json_levels: u32,
    /// The most problems one answer lists.
    pub details: u32,
    /// Rows on a page, unless asked otherwise.
    pub page_size: u32,
    /// The most rows on a page.
    pub page_size_max: u32,
    /// The most values that a filter compares with at once.
    pub filter_values: u32,
    /// The most rows of one relation that `include` adds to a row.
    pub included: u32,
    /// The longest text that can be searched for, in code points.
    pub search_length: u32,
    /// The last page that can be asked for.
    pub page_max: u32,
    /// Requests of one address (429).
    pub general: RateLimit,
    /// Attempts to log in of one address, and for one account (429).
    pub login: RateLimit,
    /// The life of an access token in seconds.
    pub access_token_seconds: u32,
    /// The life of a login with all its refresh tokens in seconds.
    pub refresh_family_seconds: u32,
    /// The shortest password in code points.
    pub password_min: u32,
    /// The longest password in code points.
    pub password_max: u32,
}

/// A number of requests in a window of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// The policy's name in the `RateLimit` headers.
    pub policy: &'static str,
    /// Requests in a window.
    pub requests: u32,
    /// The window in seconds.
    pub window_seconds: u32,
}

impl Limits {
    /// The limits of an API and its login.
    pub fn of(api: &Api, auth: Option<&Auth>) -> Self {
        let password = auth.map_or(Auth::PASSWORD_LENGTH, |auth| auth.password_length);
        Self {
            target_bytes: 8192,
            body_bytes: api.max_body,
            json_levels: 32,
            details: 20,
            page_size: api.page_size,
            page_size_max: api.max_page_size,
            filter_values: 100,
            included: 100,
            search_length: 200,
            page_max: 100_000,
            general: RateLimit { policy: "general", requests: api.rate_limit, window_seconds: 60 },
            login: RateLimit { policy: "login", requests: api.login_limit, window_seconds: 60 },
            access_token_seconds: 900,
            refresh_family_seconds: 2_592_000,
            password_min: password.min,
            password_max: password.max,
        }
    }

    /// A password that begins with these words and is long enough.
    pub fn password(&self, words: &str) -> String {
        let missing = (self.password_min as usize).saturating_sub(words.chars().count());
        words.chars().chain(" and so on".chars().cycle().take(missing)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Api, Limits};

    #[test]
    fn passwords_are_as_long_as_they_must_be() {
        let limits = |password_min| Limits { password_min, ..Limits::of(&Api::default(), None) };
        assert_eq!(limits(8).password("correct horse"), "correct horse");
        assert_eq!(limits(20).password("correct horse"), "correct horse and so");
        assert_eq!(limits(30).password("correct horse"), "correct horse and so on and so");
    }
}
