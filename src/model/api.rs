//! The HTTP API as a whole.

use super::Naming;

/// What a spec decides about the API beside its resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Api {
    /// The path that every resource begins with: segments of small letters, digits and hyphens.
    pub base: String,
    /// How names are written on the wire.
    pub naming: Naming,
    /// Rows on a page, unless asked otherwise.
    pub page_size: u32,
    /// The most rows on a page.
    pub max_page_size: u32,
    /// The longest body in bytes.
    pub max_body: u32,
    /// Requests of one address in a minute.
    pub rate_limit: u32,
    /// Attempts to log in of one address, and to one account, in a minute.
    pub login_limit: u32,
    /// The origins whose pages may call the API, as browsers write them.
    pub cors: Vec<String>,
    /// When the server shows its documentation.
    pub docs: Docs,
}

/// When a server shows the page that documents it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Docs {
    /// Everywhere but in production.
    Development,
    /// In production too.
    Always,
    /// There is no page.
    Never,
}

impl Docs {
    /// The choice of that name.
    pub fn find(word: &str) -> Option<Self> {
        [Self::Development, Self::Always, Self::Never].into_iter().find(|docs| docs.word() == word)
    }

    /// Its word in a spec.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

impl Default for Api {
    fn default() -> Self {
        Self {
            base: "/api/v1".to_owned(),
            naming: Naming::default(),
            page_size: 20,
            max_page_size: 100,
            max_body: 1_048_576,
            rate_limit: 300,
            login_limit: 10,
            cors: Vec::new(),
            docs: Docs::Development,
        }
    }
}
