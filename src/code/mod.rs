//! Text that is safe in its place.

mod user_text;

pub use user_text::{FreeText, Slug};
