//! The grammar of the lines: fields, rules, conditions, keys, moves and roles.

mod cursor;
mod field;
pub(super) mod lexer;
mod literal;
pub(super) mod long_form;
mod names;
mod rule;
mod types;

pub(super) use field::field;
pub(super) use names::{chains, keys, moves, path, word};
pub(super) use rule::{condition, rule};
