//! What the user writes: the spec's text, read into a tree with places, and the problems found on the way.

pub mod assist;
pub mod ast;
mod code;
mod diagnostic;
mod document;
mod limits;
mod line;
mod positions;
mod reader;
#[cfg(not(target_arch = "wasm32"))]
mod render;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
mod span;
pub mod suggest;
pub mod vocabulary;
mod yaml;

pub use code::Code;
pub use diagnostic::{Diagnostic, Label, Severity, TextEdit};
pub use limits::Limits;
pub use positions::{DiagnosticView, LabelView, TextEditView, Utf16Positions};
pub use reader::Reader;
#[cfg(not(target_arch = "wasm32"))]
pub use render::{Style, render};
#[cfg(not(target_arch = "wasm32"))]
pub use schema::json_schema;
pub use span::{Span, Spanned};

/// What came of reading a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What was written, as far as it could be read.
    pub spec: Option<ast::Spec>,
    /// All problems, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a spec within the page's limits.
pub fn read(text: &str) -> Read {
    read_within(text, &Limits::DEFAULT)
}

/// Reads a spec within given limits.
pub fn read_within(text: &str, limits: &Limits) -> Read {
    if text.len() > limits.bytes {
        let message = format!("The spec is longer than {} kB.", limits.bytes / 1024);
        let problem =
            Diagnostic::error(Code::TooLarge, Span::at(0), message).help("Split the spec into several projects.");
        return Read { spec: None, diagnostics: vec![problem] };
    }
    let mut diagnostics = Vec::new();
    let root = yaml::read(text, limits, &mut diagnostics);
    // Where no tree came of it, the reason is reported already and an empty spec is none.
    let is_empty = root.is_none() && diagnostics.is_empty();
    let spec =
        if root.is_some() || is_empty { document::spec(root.as_ref(), text, limits, &mut diagnostics) } else { None };
    Read { spec, diagnostics: in_order(diagnostics) }
}

/// Sorts problems by their place and leaves out those beyond the limit.
pub fn in_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|diagnostic| diagnostic.span().start);
    // Both ends of a range may be wrong in the same way.
    diagnostics.dedup();
    let Some(first_left_out) = diagnostics.get(Limits::PROBLEMS).map(Diagnostic::span) else {
        return diagnostics;
    };
    let more = diagnostics.len() - Limits::PROBLEMS;
    diagnostics.truncate(Limits::PROBLEMS);
    let message = format!("There are {more} more problems after this place.");
    diagnostics.push(Diagnostic::error(Code::TooManyProblems, first_left_out, message).help("Mend the first ones."));
    diagnostics
}
