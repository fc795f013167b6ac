//! Characters that have no place in a spec, and tabs.

use super::{
    super::{
        code::Code,
        diagnostic::{Diagnostic, TextEdit},
        span::Span,
    },
    source::{Change, Source},
};

/// Reports such characters and takes them out of what the parser sees.
pub(super) fn check(text: &str, source: &mut Source<'_>, problems: &mut Vec<Diagnostic>) {
    if text.bytes().all(|byte| byte == b'\n' || matches!(byte, b' '..=b'~')) {
        return;
    }
    let mut changes = Vec::new();
    forbidden(source, &mut changes, problems);
    source.apply(&changes);
    let mut changes = Vec::new();
    tabs(source, &mut changes, problems);
    source.apply(&changes);
}

/// One problem for each run of such characters.
fn forbidden(source: &Source<'_>, changes: &mut Vec<Change>, problems: &mut Vec<Diagnostic>) {
    let mut index = 0;
    while let Some(&character) = source.chars.get(index) {
        let start = index;
        index += 1;
        if is_byte_order_mark(character, start) {
            changes.push(removal(start, index));
            continue;
        }
        if !is_forbidden(character, source.chars.get(index).copied()) {
            continue;
        }
        while let Some(&next) = source.chars.get(index)
            && is_forbidden(next, source.chars.get(index + 1).copied())
        {
            index += 1;
        }
        let span = source.span(start, index);
        changes.push(removal(start, index));
        problems.push(
            Diagnostic::error(Code::ForbiddenCharacter, span, not_allowed(character))
                .help("Take it out; it cannot be seen, or changes how the text around it is seen.")
                .edit(TextEdit::replace(span, "")),
        );
    }
}

fn removal(start: usize, end: usize) -> Change {
    Change { start, end, text: String::new() }
}

/// Some editors begin every file with this mark; it says nothing and harms nothing there.
fn is_byte_order_mark(character: char, index: usize) -> bool {
    index == 0 && character == '\u{FEFF}'
}

pub(super) fn is_forbidden(character: char, next: Option<char>) -> bool {
    match character {
        '\n' | '\t' => false,
        '\r' => next != Some('\n'),
        _ => character.is_control() || !is_visible(character),
    }
}

/// The problem with such a character that an escape has brought in.
pub(super) fn escaped(text: &str, span: Span) -> Option<Diagnostic> {
    let found = text.chars().find(|&c| c == '\r' || is_forbidden(c, None))?;
    Some(
        Diagnostic::error(Code::ForbiddenCharacter, span, not_allowed(found))
            .help("Take the escape out; what it stands for cannot be seen."),
    )
}

fn not_allowed(character: char) -> String {
    format!("The character U+{:04X} ({}) is not allowed here.", u32::from(character), kind(character))
}

/// Whether a character outside the controls shows itself and leaves its neighbours where they are.
fn is_visible(character: char) -> bool {
    !matches!(character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{E000}'..='\u{F8FF}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}' | '\u{F0000}'..='\u{10FFFF}')
}

fn kind(character: char) -> &'static str {
    match character {
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            "a sign for the direction of writing"
        }
        '\u{2028}' | '\u{2029}' | '\u{85}' | '\r' => "a line break of another kind",
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => "a character for private use",
        _ if character.is_control() => "a control character",
        _ => "an invisible character",
    }
}

/// One problem for each line with tabs. Tabs in comments disturb nobody.
fn tabs(source: &Source<'_>, changes: &mut Vec<Change>, problems: &mut Vec<Diagnostic>) {
    let mut start = 0;
    while start < source.chars.len() {
        let (_, end) = source.line(start);
        line_tabs(source, start, end, changes, problems);
        start = end + 1;
    }
}

fn line_tabs(source: &Source<'_>, start: usize, end: usize, changes: &mut Vec<Change>, problems: &mut Vec<Diagnostic>) {
    let line = &source.chars[start..end];
    if !line.contains(&'\t') {
        return;
    }
    let is_blank = |c: &char| matches!(c, ' ' | '\t');
    let is_comment = |at: usize| line[at] == '#' && (at == 0 || is_blank(&line[at - 1]));
    let comment = (0..line.len()).find(|&at| is_comment(at)).unwrap_or(line.len());
    let text_end = line[..comment].iter().rposition(|c| !is_blank(c)).map_or(0, |at| at + 1);
    let indent_end = line.iter().position(|c| !is_blank(c)).unwrap_or(line.len());
    let width = tab_width(source, start, &line[..indent_end]);
    let found: Vec<Change> = (0..text_end)
        .filter(|&at| line[at] == '\t')
        .map(|at| Change {
            start: start + at,
            end: start + at + 1,
            text: if at < indent_end { " ".repeat(width) } else { " ".to_owned() },
        })
        .collect();
    let Some(first) = found.first() else {
        return;
    };
    let place = |change: &Change| source.span(change.start, change.end);
    let mut problem =
        Diagnostic::error(Code::Tab, place(first), "YAML does not take tabs.").help("Use blanks, two for each level.");
    for change in &found {
        problem =
            problem.edit(TextEdit::replace(Span::new(place(change).start, place(change).end), change.text.clone()));
    }
    problems.push(problem);
    changes.extend(found);
}

/// How wide tabs are meant, so that the line stands under or beside the nearest one without tabs.
fn tab_width(source: &Source<'_>, line_start: usize, indent: &[char]) -> usize {
    const LEVEL: usize = 2;
    let tabs = indent.iter().filter(|&&c| c == '\t').count();
    let blanks = indent.len() - tabs;
    let Some(above) = source.chars[..line_start].iter().rposition(|c| !c.is_whitespace()) else {
        return LEVEL;
    };
    let (start, end) = source.line(above);
    let beside = source.indent(start, end);
    if source.chars[start..end].get(beside) == Some(&'\t') {
        return LEVEL;
    }
    let begins_map = source.chars[above] == ':';
    let wanted = if begins_map { beside + LEVEL } else { beside };
    [LEVEL, 4, 8].into_iter().find(|width| tabs * width + blanks == wanted).unwrap_or(LEVEL)
}
