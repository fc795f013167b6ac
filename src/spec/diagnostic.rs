//! Problems in a spec, as data.

use super::{code::Code, span::Span};

/// How bad a problem is. An error stops the generation, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing can be generated before this is mended.
    Error,
    /// The spec means something, but perhaps not what its author expects.
    Warning,
}

impl Severity {
    /// The stable name that the doors show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A part of the text that a problem speaks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What there is to say about this place; the first label's place speaks through the message.
    pub message: Option<String>,
}

/// One replacement in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced; an empty range inserts.
    pub span: Span,
    /// The new text.
    pub text: String,
}

impl TextEdit {
    /// The edit that puts `text` in place of `span`.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// The edit that inserts `text` at `offset`.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::at(offset), text)
    }
}

/// One problem: what is wrong, where, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem this is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence that says what is wrong.
    pub message: String,
    /// The way out, where there is one to tell.
    pub help: Option<String>,
    /// The places; the first is the main one.
    pub labels: Vec<Label>,
    /// The replacements that mend the problem, where they are certain. They belong together.
    pub edits: Vec<TextEdit>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            help: None,
            labels: vec![Label { span, message: None }],
            edits: Vec::new(),
        }
    }

    /// A warning at a place.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// The same problem with a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem with one more place.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: Some(message.into()) });
        self
    }

    /// The same problem with one more replacement.
    #[must_use]
    pub fn edit(mut self, edit: TextEdit) -> Self {
        self.edits.push(edit);
        self
    }

    /// The same problem with the word that was probably meant, if there is one.
    #[must_use]
    pub fn did_you_mean(self, span: Span, nearest: Option<&str>) -> Self {
        match nearest {
            Some(near) => self.help(format!("Did you mean `{near}`?")).edit(TextEdit::replace(span, near)),
            None => self,
        }
    }

    /// The problem with something that is part of the language, but that this version does not build.
    pub fn not_yet_available(what: &str, span: Span) -> Self {
        Self::error(Code::NotYetAvailable, span, format!("{what} is part of the language, but not available yet."))
            .help("Leave it out for now.")
    }

    /// Where the problem is.
    pub fn span(&self) -> Span {
        self.labels.first().map(|label| label.span).unwrap_or_default()
    }

    /// Whether this problem stops the generation.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
