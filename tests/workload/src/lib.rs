//! Specs made by rule, for measuring and for trying: of any size, and of any content.

mod numbers;
mod random;
mod sized;

pub use random::random;
pub use sized::{MOST, sized};
