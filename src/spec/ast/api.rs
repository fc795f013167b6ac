//! What a spec says of the HTTP API as a whole.

use super::{Given, Word};
use crate::spec::span::Spanned;

/// The words under `api`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Api {
    /// The path that every resource begins with; a good one.
    pub base: Given<Word>,
    /// How names are written; one of the vocabulary's words.
    pub naming: Given<Word>,
    /// Rows on a page.
    pub page_size: Given<Spanned<u32>>,
    /// The most rows on a page.
    pub max_page_size: Given<Spanned<u32>>,
    /// The longest body in bytes.
    pub max_body: Given<Spanned<u32>>,
    /// Requests of one address in a minute.
    pub rate_limit: Given<Spanned<u32>>,
    /// Attempts to log in within a minute.
    pub login_limit: Given<Spanned<u32>>,
    /// The origins whose pages may call; good ones.
    pub cors: Given<Vec<Word>>,
    /// When the documentation is shown; one of the vocabulary's words.
    pub docs: Given<Word>,
}
