//! What came of a spec that is being edited, told to somebody who knows what came before.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{NoteView, SummaryView, text};
use crate::model::Line;
use crate::project::{File, Project, ProjectPath, SharedFile, Splice};
use crate::spec::DiagnosticView;
use crate::{Generated, Outcome};

/// From this many bytes on, a file that has changed is told by the lines that are not as they were.
const LONG: usize = 1 << 14;

/// A file is told as a whole when more than one of so many bytes is new.
const MOSTLY_THE_SAME: usize = 8;

/// What is known where updates are told.
#[derive(Debug, Default)]
pub struct Told {
    project: Option<Project>,
    /// The files that were told by their lines last.
    anchors: BTreeMap<ProjectPath, Anchor>,
}

/// The last file that was told as a whole, and what was told since to be in the place of which of its lines.
#[derive(Debug)]
struct Anchor {
    file: SharedFile,
    lines: Vec<(usize, usize, String)>,
}

impl Anchor {
    fn new(file: &SharedFile, splices: &[Splice]) -> Self {
        let lines = splices.iter().map(|splice| (splice.start, splice.end, splice.text.to_owned()));
        Self { file: SharedFile::clone(file), lines: lines.collect() }
    }

    fn tells(&self, splices: &[Splice]) -> bool {
        let told = self.lines.iter().map(|(start, end, text)| (*start, *end, text.as_str()));
        told.eq(splices.iter().map(|splice| (splice.start, splice.end, splice.text)))
    }
}

/// What came of a spec: only what is not as it was told before.
#[derive(Debug, Serialize)]
pub struct UpdateView<'p> {
    paths: Option<Vec<&'p str>>,
    files: Vec<(&'p str, &'p str)>,
    spliced: Vec<SplicedView<'p>>,
    notes: Vec<NoteView<'p, (u32, usize, u32)>>,
    begins: &'p [u32],
    diagnostics: Vec<DiagnosticView>,
    summary: Option<SummaryView>,
}

/// A file as what it was, with lines in the place of others.
#[derive(Debug, Serialize)]
struct SplicedView<'p> {
    path: &'p str,
    splices: Vec<SpliceView<'p>>,
}

/// Lines in the place of others; offsets in UTF-16 units.
#[derive(Debug, Serialize)]
struct SpliceView<'p> {
    start: usize,
    end: usize,
    line: usize,
    lines: &'p str,
}

impl<'p> UpdateView<'p> {
    /// The view of what came of `spec`, which is told by it.
    pub fn new(outcome: &'p Outcome<Generated>, told: &mut Told, spec: &str) -> Self {
        let generated = outcome.result.as_ref();
        let mut view = Self {
            paths: None,
            files: Vec::new(),
            spliced: Vec::new(),
            notes: Vec::new(),
            begins: generated.map_or(&[], |generated| generated.compiled.model.lines.begins()),
            diagnostics: DiagnosticView::all(&outcome.diagnostics, spec),
            summary: generated.map(SummaryView::new),
        };
        if let Some(Generated { project, .. }) = generated {
            view.tell(project, told);
        }
        view
    }

    fn tell(&mut self, project: &'p Project, told: &mut Told) {
        let Told { project: former, anchors } = told;
        let former = former.replace(project.clone());
        let formers = former.as_ref().map_or(&[][..], Project::files);
        let files = project.files();
        let same_paths = formers.len() == files.len() && formers.iter().zip(files).all(|(a, b)| a.path == b.path);
        self.paths = (!same_paths).then(|| files.iter().map(|file| file.path.as_str()).collect());
        for (place, file) in files.iter().enumerate() {
            let known = formers.get(place).filter(|known| known.path == file.path);
            match known.or_else(|| former.as_ref()?.shared(&file.path)) {
                Some(known) => self.tell_change(file, known, anchors),
                None => self.tell_whole(file, anchors),
            }
        }
        anchors.retain(|path, _| project.file(path).is_some());
    }

    fn tell_change(&mut self, file: &'p SharedFile, known: &SharedFile, anchors: &mut BTreeMap<ProjectPath, Anchor>) {
        if SharedFile::ptr_eq(file, known) {
            return;
        }
        if file.text.len() < LONG {
            if file != known {
                self.tell_whole(file, anchors);
            }
            return;
        }
        let anchor = anchors.get(&file.path);
        let whole = anchor.map_or(known, |anchor| &anchor.file);
        let splices = Splice::between(&whole.text, &file.text);
        if splices.iter().map(Splice::size).sum::<usize>() > file.text.len() / MOSTLY_THE_SAME {
            return self.tell_whole(file, anchors);
        }
        if !anchor.map_or(splices.is_empty(), |anchor| anchor.tells(&splices)) {
            let anchor = Anchor::new(whole, &splices);
            self.spliced.push(SplicedView::new(&whole.text, &splices, file));
            anchors.insert(file.path.clone(), anchor);
        }
        if (file.part, &file.origins) != (known.part, &known.origins) {
            self.tell_note(file);
        }
    }

    fn tell_whole(&mut self, file: &'p File, anchors: &mut BTreeMap<ProjectPath, Anchor>) {
        anchors.remove(&file.path);
        self.files.push(text(file));
        self.tell_note(file);
    }

    fn tell_note(&mut self, file: &'p File) {
        let origin = |(at, line): &(u32, Line)| (*at, line.entity(), line.below());
        self.notes.push(NoteView::new(file, origin));
    }

    /// Takes the texts out, for a door that has its own way for what is long.
    pub fn take_files(&mut self) -> Vec<(&'p str, &'p str)> {
        std::mem::take(&mut self.files)
    }
}

impl<'p> SplicedView<'p> {
    fn new(whole: &str, splices: &[Splice<'p>], file: &'p File) -> Self {
        let (mut bytes, mut units) = (0, 0);
        let mut offset = |at: usize| {
            let text = whole.get(bytes..at).unwrap_or_default();
            units += if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
            bytes = at;
            units
        };
        let splice = |splice: &Splice<'p>| {
            let (start, end) = (offset(splice.start), offset(splice.end));
            SpliceView { start, end, line: splice.line, lines: splice.text }
        };
        Self { path: file.path.as_str(), splices: splices.iter().map(splice).collect() }
    }
}

#[cfg(test)]
mod tests;
