//! Which characters never appear raw in generated text, whatever the language.

/// The pair of private-use characters that encloses an [`Origin`](super::Origin) mark in rendered text.
pub(super) const ORIGIN_START: char = '\u{E000}';
/// See [`ORIGIN_START`].
pub(super) const ORIGIN_END: char = '\u{E001}';

/// Characters that end a line in some language, although they are neither `\n` nor `\r`.
pub(super) fn is_exotic_line_end(c: char) -> bool {
    matches!(c, '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Characters that a reader cannot see, that reorder what he sees, or that carry meaning for the layout pass.
///
/// Tabs and the line ends `\n` and `\r` are not among them: each language has its own way to write those.
pub(super) fn is_invisible(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        ORIGIN_START | ORIGIN_END => true,
        _ => {
            c.is_control()
                || is_exotic_line_end(c)
                || matches!(c,
                    '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{FEFF}'
                    | '\u{200B}'..='\u{200F}'
                    | '\u{202A}'..='\u{202E}'
                    | '\u{2060}'..='\u{206F}'
                    | '\u{FFF9}'..='\u{FFFB}'
                    | '\u{E0000}'..='\u{E007F}')
        }
    }
}

/// What stands for an invisible character where the language has no escape for it.
pub(super) const REPLACEMENT: char = '\u{FFFD}';

/// The text on one line, every run of white space a single blank and every invisible character replaced.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_whitespace() {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else if is_invisible(c) {
            line.push(REPLACEMENT);
        } else {
            line.push(c);
        }
    }
    line.truncate(line.trim_end().len());
    line
}
