//! Prints a document: decides for every group whether it fits on its line.

use super::doc::{Doc, GroupId, Kind, Line};
use super::flat::{Flat, width};
use super::origin::OriginLog;
use super::{LineOrigin, WIDTH};

/// One unit of indentation, in columns.
const INDENT: usize = 2;

/// Prints a document with lines of at most [`WIDTH`] columns, where that is possible.
pub(super) fn print(doc: &Doc<'_>) -> (String, Vec<LineOrigin>) {
    let mut printer = Printer::default();
    printer.print(doc);
    (printer.out, printer.origins.finish())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Flat,
    Broken,
}

/// A piece that waits to be printed.
#[derive(Clone, Copy)]
struct Command<'d, 'a> {
    indent: usize,
    mode: Mode,
    doc: &'d Doc<'a>,
}

impl<'d, 'a> Command<'d, 'a> {
    fn inside(self, doc: &'d Doc<'a>) -> Self {
        Self { doc, ..self }
    }

    fn in_mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    fn indented(self, columns: usize) -> Self {
        Self { indent: self.indent + columns, ..self }
    }
}

#[derive(Default)]
struct Printer {
    out: String,
    origins: OriginLog,
    /// The column, counted in the width of characters.
    column: usize,
    /// Indentation of a line that has no text yet.
    pending_indent: usize,
    pending_space: bool,
    /// The last thing printed is an empty line.
    after_empty_line: bool,
    /// A group around the current piece was measured and fits, so nothing in it needs to be measured again.
    measured: bool,
    /// The state of every named group printed so far, by its number.
    modes: Vec<Option<Mode>>,
}

impl Printer {
    fn print(&mut self, doc: &Doc<'_>) {
        let mut suffixes: Vec<Command<'_, '_>> = Vec::new();
        let mut stack = vec![Command { indent: 0, mode: Mode::Broken, doc }];
        // Room for what is being measured, kept from one time to the next.
        let mut measured = Vec::new();
        loop {
            let Some(command) = stack.pop() else {
                if suffixes.is_empty() {
                    return;
                }
                stack.extend(suffixes.drain(..).rev());
                continue;
            };
            if command.mode == Mode::Flat && self.measured && command.doc.flat.is_known() {
                self.in_line(command, &mut suffixes);
                continue;
            }
            match &command.doc.kind {
                Kind::Nothing | Kind::ExpandParent => {}
                Kind::Origin(origin) => self.origins.set(*origin),
                Kind::Text(text) => self.text(text, command.doc.flat),
                Kind::Space | Kind::HardSpace => self.pending_space |= self.column > 0,
                Kind::Line(kind) => {
                    if command.mode == Mode::Flat {
                        match kind {
                            Line::Soft => continue,
                            Line::SoftOrSpace => {
                                self.pending_space |= self.column > 0;
                                continue;
                            }
                            Line::Hard | Line::Empty => self.measured = false,
                        }
                    }
                    if suffixes.is_empty() {
                        self.line(*kind, command.indent);
                    } else {
                        stack.push(command);
                        stack.extend(suffixes.drain(..).rev());
                    }
                }
                Kind::Concat(parts) => stack.extend(parts.iter().rev().map(|part| command.inside(part))),
                Kind::Group { content, expanded, id } => {
                    let mode = if *expanded {
                        Mode::Broken
                    } else if command.mode == Mode::Flat && self.measured {
                        Mode::Flat
                    } else {
                        self.measured = true;
                        self.note_mode(*id, Mode::Flat);
                        let flat = command.inside(content).in_mode(Mode::Flat);
                        if self.fits(flat, &stack, &mut measured) { Mode::Flat } else { Mode::Broken }
                    };
                    self.note_mode(*id, mode);
                    stack.push(command.inside(content).in_mode(mode));
                }
                Kind::Indent(content) => stack.push(command.inside(content).indented(INDENT)),
                Kind::Align(width, content) => stack.push(command.inside(content).indented(*width)),
                Kind::IfBroken { broken, flat, id } => {
                    let mode = self.mode_of(*id, command.mode);
                    stack.push(command.inside(if mode == Mode::Broken { broken } else { flat }));
                }
                Kind::IndentIfBroken(content, id) => {
                    let broken = self.mode_of(Some(*id), command.mode) == Mode::Broken;
                    stack.push(command.inside(content).indented(if broken { INDENT } else { 0 }));
                }
                Kind::Fill(parts) => self.fill(command, parts, &mut stack),
                Kind::BestFitting(variants) => {
                    let chosen = self.best_variant(command, variants, &stack, &mut measured);
                    stack.extend(chosen);
                }
                Kind::LineSuffix(content) => suffixes.push(command.inside(content)),
            }
        }
    }

    /// Prints what fits on the line, and holds nothing that has to be decided.
    fn in_line<'d, 'a>(&mut self, command: Command<'d, 'a>, suffixes: &mut Vec<Command<'d, 'a>>) {
        match &command.doc.kind {
            Kind::Text(text) => self.text(text, command.doc.flat),
            Kind::Space | Kind::HardSpace | Kind::Line(Line::SoftOrSpace) => self.pending_space |= self.column > 0,
            Kind::Concat(parts) | Kind::Fill(parts) => {
                for part in *parts {
                    self.in_line(command.inside(part), suffixes);
                }
            }
            Kind::Group { content, id, .. } => {
                self.note_mode(*id, Mode::Flat);
                self.in_line(command.inside(content), suffixes);
            }
            Kind::Indent(content) => self.in_line(command.inside(content).indented(INDENT), suffixes),
            Kind::Align(width, content) => self.in_line(command.inside(content).indented(*width), suffixes),
            Kind::IndentIfBroken(content, _) | Kind::IfBroken { flat: content, .. } => {
                self.in_line(command.inside(content), suffixes);
            }
            Kind::BestFitting(variants) => {
                if let Some(flattest) = variants.first() {
                    self.in_line(command.inside(flattest), suffixes);
                }
            }
            Kind::LineSuffix(content) => suffixes.push(command.inside(content)),
            Kind::Origin(origin) => self.origins.set(*origin),
            Kind::Nothing | Kind::ExpandParent | Kind::Line(Line::Soft | Line::Hard | Line::Empty) => {}
        }
    }

    fn best_variant<'d, 'a>(
        &mut self,
        command: Command<'d, 'a>,
        variants: &'d [Doc<'a>],
        rest: &[Command<'d, 'a>],
        measured: &mut Vec<Command<'d, 'a>>,
    ) -> Option<Command<'d, 'a>> {
        if command.mode == Mode::Flat && self.measured {
            return variants.first().map(|flattest| command.inside(flattest));
        }
        self.measured = true;
        let (last, others) = variants.split_last()?;
        for variant in others {
            let flat = command.inside(variant).in_mode(Mode::Flat);
            if self.fits(flat, rest, measured) {
                return Some(flat);
            }
        }
        Some(command.inside(last).in_mode(Mode::Broken))
    }

    /// Prints the first item and separator of a fill, and leaves the rest of it on the stack.
    fn fill<'d, 'a>(&mut self, command: Command<'d, 'a>, parts: &'d [Doc<'a>], stack: &mut Vec<Command<'d, 'a>>) {
        // The width of what is already on the line is only known step by step, so each item is measured from
        // where the items before it would have ended.
        let mut column = if self.column == 0 { self.pending_indent } else { self.column };
        let mut pieces = Vec::with_capacity(parts.len());
        let mut index = 0;
        while let Some(item) = parts.get(index) {
            let width = item.flat.columns();
            pieces.push(command.inside(item).in_mode(Mode::Flat));
            column += width;
            if let Some(separator) = parts.get(index + 1) {
                let next = parts.get(index + 2).map_or(0, |item| item.flat.columns());
                // Each item but the last is followed by its comma; the last one's is printed when broken.
                let fits = column + 1 + next <= WIDTH && !separator.will_break;
                pieces.push(command.inside(separator).in_mode(if fits { Mode::Flat } else { Mode::Broken }));
                column = if fits { column + 1 } else { command.indent };
            }
            index += 2;
        }
        stack.extend(pieces.into_iter().rev());
    }

    fn line(&mut self, kind: Line, indent: usize) {
        if self.column > 0 {
            self.newline();
        }
        if kind == Line::Empty && !self.after_empty_line {
            self.newline();
            self.after_empty_line = true;
        }
        self.pending_space = false;
        self.pending_indent = indent;
    }

    fn newline(&mut self) {
        self.out.push('\n');
        self.origins.end_line();
        self.column = 0;
        self.measured = false;
    }

    fn text(&mut self, text: &str, flat: Flat) {
        if self.pending_indent > 0 {
            let indent = std::mem::take(&mut self.pending_indent);
            self.out.extend(std::iter::repeat_n(' ', indent));
            self.column += indent;
        }
        if self.pending_space {
            self.out.push(' ');
            self.column += 1;
            self.pending_space = false;
        }
        self.after_empty_line = false;
        self.out.push_str(text);
        if flat.is_known() {
            self.origins.note_line();
            self.column += flat.columns();
            return;
        }
        self.origins.pass(text);
        self.column = width(text.rsplit('\n').next().unwrap_or_default());
        self.measured = false;
    }

    fn note_mode(&mut self, id: Option<GroupId>, mode: Mode) {
        let Some(index) = id.map(GroupId::index) else { return };
        if self.modes.len() <= index {
            self.modes.resize(index + 1, None);
        }
        if let Some(entry) = self.modes.get_mut(index) {
            *entry = Some(mode);
        }
    }

    fn mode_of(&self, id: Option<GroupId>, current: Mode) -> Mode {
        id.and_then(|id| self.modes.get(id.index()).copied().flatten()).unwrap_or(current)
    }

    /// Whether a piece fits on the line, and with it what follows up to the next possible break.
    fn fits<'d, 'a>(
        &mut self,
        first: Command<'d, 'a>,
        rest: &[Command<'d, 'a>],
        stack: &mut Vec<Command<'d, 'a>>,
    ) -> bool {
        let mut rest = rest.iter().rev();
        stack.clear();
        stack.push(first);
        let mut column = self.column + self.pending_indent;
        let mut pending_space = self.pending_space;
        loop {
            let Some(command) = stack.pop().or_else(|| rest.next().copied()) else {
                return true;
            };
            if command.mode == Mode::Flat && command.doc.flat.is_known() {
                (column, pending_space) = command.doc.flat.behind(column, pending_space);
                if column > WIDTH && command.doc.flat.has_text() {
                    return false;
                }
                continue;
            }
            match &command.doc.kind {
                Kind::Nothing | Kind::Origin(_) | Kind::ExpandParent | Kind::LineSuffix(_) => {}
                Kind::Text(text) => {
                    if text.is_empty() {
                        continue;
                    }
                    column += usize::from(std::mem::take(&mut pending_space));
                    let breaks = command.doc.will_break;
                    let line = if breaks { text.split('\n').next().unwrap_or_default() } else { text };
                    column += width(line);
                    if column > WIDTH {
                        return false;
                    }
                    if breaks {
                        return true;
                    }
                }
                Kind::Space => pending_space |= column > 0,
                Kind::HardSpace => {
                    column += 1;
                    if column > WIDTH {
                        return false;
                    }
                }
                Kind::Line(kind) => match (command.mode, kind) {
                    (Mode::Broken, _) | (_, Line::Hard | Line::Empty) => return true,
                    (Mode::Flat, Line::Soft) => {}
                    (Mode::Flat, Line::SoftOrSpace) => pending_space = true,
                },
                Kind::Concat(parts) | Kind::Fill(parts) => {
                    stack.extend(parts.iter().rev().map(|part| command.inside(part)));
                }
                Kind::Group { content, expanded, id } => {
                    let mode = if *expanded { Mode::Broken } else { command.mode };
                    self.note_mode(*id, mode);
                    stack.push(command.inside(content).in_mode(mode));
                }
                Kind::Indent(content) | Kind::Align(_, content) | Kind::IndentIfBroken(content, _) => {
                    stack.push(command.inside(content));
                }
                Kind::IfBroken { broken, flat, id } => {
                    let mode = self.mode_of(*id, command.mode);
                    stack.push(command.inside(if mode == Mode::Broken { broken } else { flat }));
                }
                Kind::BestFitting(variants) => {
                    let variant = if command.mode == Mode::Flat { variants.first() } else { variants.last() };
                    stack.extend(variant.map(|variant| command.inside(variant)));
                }
            }
        }
    }
}
