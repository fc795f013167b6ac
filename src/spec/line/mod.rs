//! The grammar of the lines: fields, rules, conditions, keys, moves and roles.

mod cursor;
mod field;
mod lexer;
mod literal;
mod names;
mod rule;

pub(super) use field::{field, parts_of_default, pattern_of_text, range_of_text};
pub(super) use names::{chains, keys, moves, path, word};
pub(super) use rule::{condition, rule};
