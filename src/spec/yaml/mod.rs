//! YAML, read into a tree that knows where everything stands.
//!
//! Scalars stay the text that was written; what they mean is decided by their place in the spec. JSON is
//! YAML to this reader.

mod build;
mod characters;
mod flow;
mod indent;
mod mend;
mod quote;
mod source;

use std::ops::Range;

use super::{
    code::Code,
    diagnostic::{Diagnostic, TextEdit},
    limits::Limits,
    span::{Span, Spanned},
};
use mend::Mended;
pub(crate) use quote::quoted;
use source::Source;

/// A value of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// One piece of text.
    Scalar(Scalar),
    /// Keys and values.
    Map(Map),
    /// Values in a row.
    List(List),
    /// A value that could not be read. The problem is reported already, so whoever expects a value here
    /// goes on without a word.
    Hole(Span),
}

impl Node {
    /// Where the value stands.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Scalar(scalar) => scalar.span,
            Self::Map(map) => map.span,
            Self::List(list) => list.span,
            Self::Hole(span) => *span,
        }
    }
}

/// One piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    /// The text without quotes, escapes resolved.
    pub(crate) text: String,
    /// Where it stands, quotes included.
    pub(crate) span: Span,
    /// Where its first byte stands, if each byte of the text stands in the document as it is.
    pub(crate) offset: Option<usize>,
    /// Whether quotes or folding over several lines are between the text and the document.
    pub(crate) form: Form,
    /// What YAML took for a comment behind it; in a text without quotes that may be a slip.
    pub(crate) comment: Option<Spanned<String>>,
    /// Whether it is inside `{ }` or `[ ]`, where more signs need quotes.
    pub(crate) in_flow: bool,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// On one line, without quotes.
    Plain,
    /// In quotes, or as a block of text.
    Marked,
    /// Without quotes, over several lines that YAML joins.
    Folded,
}

impl Scalar {
    /// The place of a range of the text.
    pub(crate) fn place(&self, start: usize, end: usize) -> Span {
        match self.offset {
            Some(offset) => Span::new(offset + start, offset + end),
            None => self.span,
        }
    }

    /// The place of the text without its quotes.
    pub(crate) fn inner(&self) -> Span {
        self.place(0, self.text.len())
    }

    /// The edit that writes `text` in place of the whole scalar, quoted where YAML needs that.
    pub(crate) fn rewrite(&self, text: &str) -> TextEdit {
        TextEdit::replace(self.span, quoted(text, self.in_flow))
    }
}

/// Keys and values, in the order in which they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Map {
    /// The pairs; no key comes twice.
    pub(crate) entries: Vec<Entry>,
    /// From the first key to the end of the last value, braces included.
    pub(crate) span: Span,
    /// Where one more pair can be written.
    pub(crate) insertion: Insertion,
}

/// One key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: Scalar,
    /// The value.
    pub(crate) value: Node,
}

/// Values in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    /// The values.
    pub(crate) items: Vec<Node>,
    /// From the first to the last, brackets included.
    pub(crate) span: Span,
    /// Whether it is itself inside `{ }` or `[ ]`.
    pub(crate) in_flow: bool,
}

/// Where and how one more pair can be written into a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Insertion {
    /// On a line of its own after the offset, behind so many blanks.
    Line {
        /// The end of the map's last line.
        offset: usize,
        /// The column of the map's keys.
        indent: usize,
    },
    /// Between braces, before the closing one.
    Flow {
        /// After the last value, or after the opening brace.
        offset: usize,
        /// Whether there are pairs already.
        more: bool,
    },
}

impl Insertion {
    /// Where the map ends.
    pub const fn offset(self) -> usize {
        let (Self::Flow { offset, .. } | Self::Line { offset, .. }) = self;
        offset
    }

    /// The edit that adds a key with pairs below it.
    pub fn map(self, key: &str, pairs: &[(&str, &str)]) -> TextEdit {
        match self {
            Self::Line { offset, indent } => {
                let blanks = " ".repeat(indent);
                let lines = pairs.iter().map(|(key, value)| format!("\n{blanks}  {key}: {value}"));
                TextEdit::insert(offset, format!("\n{blanks}{key}:{}", lines.collect::<String>()))
            }
            Self::Flow { .. } => {
                let pairs = pairs.iter().map(|(key, value)| format!("\"{key}\": \"{value}\""));
                self.flow(key, &format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", ")))
            }
        }
    }

    /// The edit that adds a key and a plain value.
    pub fn pair(self, key: &str, value: &str) -> TextEdit {
        match self {
            Self::Line { offset, indent } => {
                TextEdit::insert(offset, format!("\n{}{key}: {value}", " ".repeat(indent)))
            }
            Self::Flow { .. } => self.flow(key, &format!("\"{value}\"")),
        }
    }

    /// Between braces everything is quoted, so that JSON stays JSON.
    fn flow(self, key: &str, value: &str) -> TextEdit {
        let more = matches!(self, Self::Flow { more: true, .. });
        let text = if more { format!(", \"{key}\": {value}") } else { format!(" \"{key}\": {value} ") };
        TextEdit::insert(self.offset(), text)
    }
}

/// Reads parts of a document in ASCII as if they were all of it; `None` where there are problems.
pub(crate) fn read_parts(text: &str, parts: &[Range<usize>], limits: &Limits) -> Option<Node> {
    let mut problems = Vec::new();
    let tree = build::tree(&Source::of_parts(text, parts), limits, &mut problems).ok().flatten();
    tree.filter(|_| problems.is_empty())
}

/// Reads a document. A syntax error is mended or blanked out and the rest read again, so that all problems
/// come at once.
pub(crate) fn read(text: &str, limits: &Limits, problems: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut source = Source::new(text);
    characters::check(text, &mut source, problems);
    for _ in 0..Limits::SYNTAX_ERRORS {
        let mut found = Vec::new();
        match build::tree(&source, limits, &mut found) {
            Ok(tree) => {
                problems.append(&mut found);
                return tree;
            }
            Err(error) => {
                let Mended { problem, edit } = mend::mend(&source, &error);
                problems.extend(problem);
                source.apply(&edit);
            }
        }
    }
    problems.push(
        Diagnostic::error(
            Code::TooManyProblems,
            Span::at(0),
            format!("There are more than {} lines that are not YAML.", Limits::SYNTAX_ERRORS),
        )
        .help("Mend these first; the rest is read then."),
    );
    None
}
