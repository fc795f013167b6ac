//! Any text as a spec: no panic, no endless loop, and places that lie in the text.

#![no_main]

use backsmith::spec::{self, DiagnosticView, Style};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let read = spec::read(text);
    let problems = read.spec.as_ref().map(backsmith::model::resolve).map(|(_, problems)| problems);
    let diagnostics: Vec<_> = read.diagnostics.into_iter().chain(problems.into_iter().flatten()).collect();
    let drawn = spec::render(&diagnostics, "spec.yaml", text, Style::Plain);
    assert!(diagnostics.is_empty() || !drawn.is_empty());
    let length = text.encode_utf16().count();
    for view in DiagnosticView::all(&diagnostics, text) {
        assert!(view.labels.iter().all(|label| label.start <= label.end && label.end <= length));
    }
});
