//! TypeScript as Biome 2 formats it: two blanks of indentation, lines of 80, double quotes, semicolons always,
//! trailing commas wherever a list breaks.

mod ast;
mod lexer;
mod parser;
mod print;

use super::{LineOrigin, printer};
use crate::code::unsafe_chars::{ORIGIN_END, ORIGIN_START};

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
    let (text, origins) = printer::print(&print::file(&file));
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
    for (offset, byte) in significant(source) {
        if printed.next().map(|(_, byte)| byte) != Some(byte) {
            return Some(offset);
        }
        end = offset;
    }
    printed.next().map(|_| end)
}

fn significant(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let mut in_mark = false;
    text.char_indices()
        .filter(move |(_, c)| match *c {
            ORIGIN_START => {
                in_mark = true;
                false
            }
            ORIGIN_END => {
                in_mark = false;
                false
            }
            c => !in_mark && !c.is_whitespace() && !matches!(c, ',' | ';' | '(' | ')' | '|'),
        })
        .flat_map(|(offset, c)| {
            let mut buffer = [0; 4];
            let length = c.encode_utf8(&mut buffer).len();
            buffer.into_iter().take(length).map(move |byte| (offset, byte))
        })
}
