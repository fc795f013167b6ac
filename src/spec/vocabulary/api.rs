//! The words of the HTTP API as a whole.

use super::{Place, Takes, Word};

pub(super) const KEYS: &[Word] = &[
    Word::new("base", Takes::UrlPath, "The path that every resource begins with.", "base: /api/v2")
        .default("/api/v1")
        .also(&["prefix", "base_path", "version"]),
    Word::new("page_size", Takes::Number, "Rows on a page, unless a request asks otherwise.", "page_size: 50")
        .default("20"),
    Word::new("max_page_size", Takes::Number, "The most rows that a page can have.", "max_page_size: 500")
        .default("100"),
    Word::new("max_body", Takes::Number, "The longest body of a request, in bytes.", "max_body: 65536")
        .default("1048576")
        .also(&["body_limit"]),
    Word::new("rate_limit", Takes::Number, "Requests that one address may send in a minute.", "rate_limit: 600")
        .default("300"),
    Word::new(
        "login_limit",
        Takes::Number,
        "Attempts to log in, of one address and to one account, in a minute.",
        "login_limit: 5",
    )
    .default("10"),
    Word::new("cors", Takes::Origins, "The origins whose pages may call the API.", "cors: [https://shop.example]")
        .also(&["origins", "cors_origins", "allowed_origins"]),
    Word::new("docs", Takes::Word(Place::Docs), "When the server shows its documentation.", "docs: always")
        .default("development"),
    Word::new(
        "naming",
        Takes::Word(Place::Naming),
        "How names are written in bodies and queries: `createdAt` or `created_at`.",
        "naming: snake",
    )
    .default("camel")
    .also(&["case", "casing"]),
    Word::new("envelope", Takes::Text, "What answers are wrapped in.", "envelope: none").not_yet(),
    Word::new("errors", Takes::Text, "The shape of errors.", "errors: problem").not_yet(),
];

pub(super) const DOCS: &[Word] = &[
    Word::new("development", Takes::Nothing, "Everywhere but in production.", "docs: development"),
    Word::new("always", Takes::Nothing, "In production too.", "docs: always"),
    Word::new("never", Takes::Nothing, "The project has no page for it.", "docs: never").also(&["none", "off", "no"]),
];

pub(super) const NAMINGS: &[Word] = &[
    Word::new("camel", Takes::Nothing, "As in `createdAt`.", "naming: camel").also(&["camelcase", "camel_case"]),
    Word::new("snake", Takes::Nothing, "As in `created_at`.", "naming: snake").also(&["snakecase", "snake_case"]),
];
