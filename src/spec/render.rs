//! Problems drawn in the text, for the terminal.

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use super::diagnostic::{Diagnostic, Severity};

/// Whether the drawing has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    Plain,
    /// With ANSI colours.
    Coloured,
}

/// Draws problems in the text they were found in; `path` is what the text is called.
pub fn render(diagnostics: &[Diagnostic], path: &str, text: &str, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let drawn = diagnostics.iter().map(|diagnostic| renderer.render(&report(diagnostic, path, text)));
    drawn.collect::<Vec<_>>().join("\n\n") + "\n"
}

fn report<'d>(diagnostic: &'d Diagnostic, path: &'d str, text: &'d str) -> Vec<Group<'d>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let labels = diagnostic.labels.iter().enumerate().map(|(index, label)| {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(label.span.start..label.span.end).label(label.message.as_deref())
    });
    let place = Snippet::source(text).path(path).annotations(labels);
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name());
    let problem = title.element(place);
    match (&diagnostic.help, diagnostic.edits.as_slice()) {
        (None, _) => vec![problem],
        (Some(help), []) => vec![problem.element(Level::HELP.message(help.as_str()))],
        (Some(help), edits) => {
            let patches = edits.iter().map(|edit| Patch::new(edit.span.start..edit.span.end, edit.text.as_str()));
            let mended = Snippet::source(text).path(path).patches(patches);
            vec![problem, Level::HELP.secondary_title(help.as_str()).element(mended)]
        }
    }
}
