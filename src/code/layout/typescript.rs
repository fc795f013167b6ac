//! TypeScript as Biome 2 formats it: two blanks of indentation, lines of 80, double quotes, semicolons always,
//! trailing commas wherever a list breaks.

mod ast;
mod lexer;
mod parser;
mod print;

use super::doc::Docs;
use super::{LineOrigin, printer};
use crate::code::unsafe_chars::{ORIGIN_END, ORIGIN_START};
use bumpalo::Bump;

/// Why a file cannot be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line of the rendered template, counted from 1.
    pub line: usize,
    /// What was not understood there.
    pub what: String,
}

impl Problem {
    fn at(source: &str, offset: usize, what: &str) -> Self {
        let before = source.get(..offset).unwrap_or(source);
        Self { line: before.matches('\n').count() + 1, what: what.to_owned() }
    }
}

/// The file laid out, and the origin of its lines.
pub(super) fn layout(source: &str) -> Result<(String, Vec<LineOrigin>), Problem> {
    let file = parser::parse(source)?;
    let arena = Bump::new();
    let (text, origins) = printer::print(&print::file(&file, &Docs::new(&arena)));
    match first_difference(source, &text) {
        None => Ok((text, origins)),
        Some(offset) => Err(Problem::at(source, offset, "the layout would lose or move something here")),
    }
}

/// Where two texts differ in more than blanks and the punctuation that a layout adds or takes away.
///
/// This is the guarantee that no word, string or comment is lost, whatever the tree may have missed.
fn first_difference(source: &str, text: &str) -> Option<usize> {
    let mut printed = significant(text);
    let mut end = source.len();
    for (offset, c) in significant(source) {
        if printed.next().map(|(_, c)| c) != Some(c) {
            return Some(offset);
        }
        end = offset;
    }
    printed.next().map(|_| end)
}

fn significant(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut in_mark = false;
    text.char_indices().filter(move |(_, c)| match *c {
        ',' | ';' | '(' | ')' | '|' => false,
        '!'..='~' => !in_mark,
        ORIGIN_START => {
            in_mark = true;
            false
        }
        ORIGIN_END => {
            in_mark = false;
            false
        }
        c => !in_mark && !c.is_whitespace(),
    })
}
