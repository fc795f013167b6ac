//! Line breaks, decided after rendering as the language's own formatter decides them.
//!
//! Templates are plain code: there are no marks for where a line may break. A template may write a statement on
//! one line or on several; the pass finds the statement's own brackets and operators and lays it out afresh.
//! What a formatter takes from its input, this pass takes from the template: blank lines between statements,
//! and whether the first key of an object literal stands on a line of its own (then the object stays open).
//!
//! The only mark is [`Origin`], which says where in the spec the following lines came from.

mod origin;

pub use origin::{LineOrigin, Origin};

/// The language of a file, and with it the style in which its formatter writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// TypeScript as Biome 2 formats it with two blanks of indentation and lines of 80.
    TypeScript,
    /// Anything else: lines stay as the template has them.
    Plain,
}

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// Its text.
    pub text: String,
    /// The lines that came from a place of the spec, in order.
    pub origins: Vec<LineOrigin>,
}

/// Lays out a rendered file.
pub fn layout(text: &str, language: Language) -> Laid {
    match language {
        Language::TypeScript | Language::Plain => {
            let (text, origins) = origin::take_out(text);
            Laid { text, origins }
        }
    }
}
