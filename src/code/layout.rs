//! Line breaks, decided after rendering as the language's own formatter decides them.
//!
//! Templates are plain code: there are no marks for where a line may break. A template may write a statement on
//! one line or on several; the pass finds the statement's own brackets and operators and lays it out afresh.
//! What a formatter takes from its input, this pass takes from the template: blank lines between statements,
//! and whether the first key of an object literal stands on a line of its own (then the object stays open).
//!
//! | in a template | what the pass does |
//! |---|---|
//! | line breaks and indentation | decides them afresh |
//! | an empty line | keeps one, between statements, members, elements and arguments |
//! | the first key of an object on a new line | keeps the object open; so with members of types and names of re-exports |
//! | commas, semicolons, bars that end or begin a list | sets them as the layout needs them |
//! | parentheses | keeps them, but for those around a whole value, which a formatter drops |
//! | quotes, numbers, patterns | keeps them: [`TsString`](super::TsString) and its like print them in the formatter's form |
//! | a template literal | keeps it whole, so its interpolations belong on one line |
//! | a comment | keeps it before or behind a statement, member, element or argument; elsewhere it is a [`Problem`] |
//!
//! The only mark is [`Origin`], which says where in the spec the following lines came from.

mod doc;
mod flat;
mod origin;
mod printer;
mod typescript;

pub use origin::{LineOrigin, Origin};
pub use typescript::Problem;

/// The columns of a line.
const WIDTH: usize = 80;

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
    /// Why the lines stand as the template has them, where they could not be laid out.
    pub problem: Option<Problem>,
}

/// Lays out a rendered file.
pub fn layout(text: &str, language: Language) -> Laid {
    match language {
        Language::Plain => as_it_is(text, None),
        Language::TypeScript => match typescript::layout(text) {
            Ok((text, origins)) => Laid { text, origins, problem: None },
            Err(problem) => as_it_is(text, Some(problem)),
        },
    }
}

fn as_it_is(text: &str, problem: Option<Problem>) -> Laid {
    let (text, origins) = origin::take_out(text);
    Laid { text, origins, problem }
}

#[cfg(test)]
mod tests;
