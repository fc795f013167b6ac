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

/// What the tree and the document of a file take at least, by its size.
const ROOM_PER_BYTE: usize = 8;

/// The file laid out, and the origin of its lines.
pub(super) fn layout(source: &str) -> Result<(String, Vec<LineOrigin>), Problem> {
    let arena = Bump::with_capacity(source.len() * ROOM_PER_BYTE);
    let file = parser::parse(source, &arena).map_err(|problem| *problem)?;
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
    let (mut wanted, mut printed) = (Significant::of(source), Significant::of(text));
    loop {
        let alike = alike_at_first(wanted.rest(), printed.rest());
        wanted.at += alike;
        printed.at += alike;
        match (wanted.next(), printed.next()) {
            (None, None) => return None,
            (a, b) if a == b => {}
            (Some(c), _) => return Some(wanted.at - c.len_utf8()),
            (None, Some(_)) => return Some(source.len()),
        }
    }
}

/// How many bytes of ASCII two texts begin with alike: most of a line stays as it was, and what is alike in both needs no
/// judgement.
fn alike_at_first(one: &[u8], other: &[u8]) -> usize {
    let (chunks, others) = (one.as_chunks::<16>().0, other.as_chunks::<16>().0);
    let whole = chunks.iter().zip(others).take_while(|(a, b)| a == b && a.is_ascii()).count() * 16;
    let rest = one.iter().zip(other).skip(whole);
    whole + rest.take_while(|(a, b)| a == b && a.is_ascii()).count()
}

/// The characters of a text that a layout neither adds nor takes away, in order.
struct Significant<'t> {
    text: &'t str,
    /// How far it has been read.
    at: usize,
}

impl<'t> Significant<'t> {
    const fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }
}

impl Iterator for Significant<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        // Nearly all is ASCII, and nearly all time would go into decoding it.
        while let Some(byte) = self.text.as_bytes().get(self.at).copied() {
            match byte {
                b',' | b';' | b'(' | b')' | b'|' => self.at += 1,
                b'!'..=b'~' => {
                    self.at += 1;
                    return Some(char::from(byte));
                }
                ..=0x7F => self.at += 1,
                0x80.. => {
                    let rest = self.text.get(self.at..).unwrap_or_default();
                    let c = rest.chars().next()?;
                    self.at += match c {
                        ORIGIN_START => rest.find(ORIGIN_END).map_or(rest.len(), |end| end + ORIGIN_END.len_utf8()),
                        c => c.len_utf8(),
                    };
                    if !(c.is_whitespace() || matches!(c, ORIGIN_START | ORIGIN_END)) {
                        return Some(c);
                    }
                }
            }
        }
        None
    }
}
