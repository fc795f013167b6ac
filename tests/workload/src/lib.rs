//! Specs made by rule, for measuring and for trying: of any size, and of any content.

mod sized;

pub use sized::{MOST, sized};
