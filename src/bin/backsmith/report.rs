//! What the command line prints: results on standard output, everything else on standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use backsmith::project::ProjectPath;
use backsmith::spec::{Diagnostic, DiagnosticView, Style, render};

use crate::input::Spec;

/// A line of results.
pub(crate) fn print(line: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{line}")
}

/// Problems drawn in the source.
pub(crate) fn diagnostics(spec: &Spec, diagnostics: &[Diagnostic]) {
    if !diagnostics.is_empty() {
        let style = if io::stderr().is_terminal() { Style::Coloured } else { Style::Plain };
        say(&render(diagnostics, &spec.name, &spec.text, style));
    }
}

/// Problems as data, with UTF-16 offsets as in the page.
pub(crate) fn diagnostics_as_json(spec: &Spec, diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
    print(&serde_json::to_string_pretty(&DiagnosticView::all(diagnostics, &spec.text))?)?;
    Ok(())
}

/// What was done.
pub(crate) fn written(files: usize, place: &Path) {
    say(&format!("{files} files in {}\n", place.display()));
}

/// What stays though it is no part of the project any more.
pub(crate) fn kept(paths: &[ProjectPath]) {
    if !paths.is_empty() {
        let paths: Vec<&str> = paths.iter().map(ProjectPath::as_str).collect();
        say(&format!(
            "these files are no part of the project any more; you changed them, so they stay:\n  {}\n",
            paths.join("\n  ")
        ));
    }
}

/// A spec that was begun, and what to do with it.
pub(crate) fn begun(starter: &str, place: &Path) {
    let place = place.display();
    say(&format!("{starter} in {place}\nbacksmith generate {place} -o my-project writes the project.\n"));
}

/// What could not be done.
pub(crate) fn failure(error: &anyhow::Error) {
    say(&format!("error: {error:#}\n"));
}

/// Nobody is left to tell when standard error itself is gone.
fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
