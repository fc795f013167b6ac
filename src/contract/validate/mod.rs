//! Requests as the published schemas take them: bodies and queries in, canonical values or every problem out.
//!
//! What this module refuses is 400 and nothing else is: the rows and the caller are not known here.

mod auth;
mod body;
mod json;
mod object;
mod query;
mod scalar;
mod stored;

pub use auth::{
    Credentials, PasswordChange, Registration, credentials, members, password_change, refresh_token, registration,
};
pub use body::{Writing, forbidden, row};
pub use json::{Body, Malformed, read_body};
pub use object::Member;
pub use query::{Condition, ListQuery, Sort, list_query, no_query, read_query, row_query, search_text};
pub use stored::{Stored, absent};

use super::DetailCode;

/// What is wrong at one place of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The field or parameter; the items of a list as `tags.0`.
    pub path: String,
    /// What is wrong; of several problems at a place, the first of type, length, pattern and range.
    pub code: DetailCode,
}

impl Detail {
    fn new(path: impl Into<String>, code: DetailCode) -> Self {
        Self { path: path.into(), code }
    }
}

/// The first problems, at least one, or the value.
fn without<T>(mut details: Vec<Detail>, most: u32, value: impl FnOnce() -> T) -> Result<T, Vec<Detail>> {
    details.truncate(most as usize);
    if details.is_empty() { Ok(value()) } else { Err(details) }
}

#[cfg(test)]
mod tests;
