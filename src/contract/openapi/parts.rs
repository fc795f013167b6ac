//! Pieces of JSON, put together without copies of what they are made of.

use serde_json::{Map, Value as Json};

/// An object of these members.
pub(super) fn map<const N: usize>(members: [(&str, Json); N]) -> Json {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<String, Json>>().into()
}

/// A list of these items.
pub(super) fn list<const N: usize>(items: [Json; N]) -> Json {
    Json::Array(Vec::from(items))
}
