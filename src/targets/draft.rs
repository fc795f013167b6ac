//! Files that are laid out when all of them are rendered: some at the same time, where there are threads.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::code::{Language, LineOrigin, layout};
use crate::model::Line;
use crate::project::{File, ProjectPath, SharedFile};

/// A file of a target, which may have to be laid out yet.
#[derive(Clone, Debug)]
pub struct Draft(State);

#[derive(Clone, Debug)]
enum State {
    Finished(SharedFile),
    Rendered(Arc<Rendered>),
}

/// A file as its template has it, and as it is laid out.
#[derive(Debug)]
struct Rendered {
    file: File,
    language: Language,
    laid: OnceLock<SharedFile>,
}

impl Draft {
    /// A file as it is handed over.
    pub fn finished(file: File) -> Self {
        Self(State::Finished(SharedFile::new(file)))
    }

    /// A file as its template has it.
    pub fn rendered(file: File, language: Language) -> Self {
        Self(State::Rendered(Arc::new(Rendered { file, language, laid: OnceLock::new() })))
    }
}

impl Rendered {
    fn laid(&self) -> &SharedFile {
        self.laid.get_or_init(|| {
            let laid = layout(&self.file.text, self.language);
            let origin = |at: &LineOrigin| Some((at.line, Line::from_number(at.origin.number())?));
            let origins = laid.origins.iter().filter_map(origin).collect();
            SharedFile::new(self.file.with_text(laid.text, origins))
        })
    }

    fn is_laid(&self) -> bool {
        self.laid.get().is_some()
    }

    fn is_made_of_the_same(&self, other: &Self) -> bool {
        self.language == other.language && self.file == other.file
    }

    fn size(&self) -> usize {
        self.file.text.len() + self.laid().text.len()
    }
}

/// All files as they are handed over.
pub fn lay_out(drafts: &[Draft]) -> Vec<SharedFile> {
    KNOWN.with_borrow_mut(|known| {
        let rendered = drafts.iter().filter_map(|draft| match &draft.0 {
            State::Rendered(rendered) if !rendered.is_laid() => Some(rendered),
            _ => None,
        });
        let news: Vec<&Arc<Rendered>> = rendered.filter(|rendered| !known.tells(rendered)).collect();
        each(&news, |rendered| {
            rendered.laid();
        });
        for rendered in news {
            known.keep(rendered);
        }
    });
    let file = |draft: &Draft| match &draft.0 {
        State::Finished(file) => SharedFile::clone(file),
        State::Rendered(rendered) => SharedFile::clone(rendered.laid()),
    };
    drafts.iter().map(file).collect()
}

/// From this many bytes on it pays to have others help.
#[cfg(not(target_arch = "wasm32"))]
const MUCH: usize = 1 << 16;

/// Does something with each file, the longest first, on as many threads as the machine runs at once.
#[cfg(not(target_arch = "wasm32"))]
fn each(files: &[&Arc<Rendered>], work: impl Fn(&Rendered) + Sync) {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    let mut files = files.to_vec();
    files.sort_by_key(|file| std::cmp::Reverse(file.file.text.len()));
    let next = AtomicUsize::new(0);
    let work_on = || {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(file);
        }
    };
    if files.iter().map(|file| file.file.text.len()).sum::<usize>() < MUCH {
        return work_on();
    }
    thread::scope(|scope| {
        for _ in 1..thread::available_parallelism().map_or(1, usize::from) {
            // Where there are no more threads, there is less help.
            if thread::Builder::new().spawn_scoped(scope, work_on).is_err() {
                break;
            }
        }
        work_on();
    });
}

#[cfg(target_arch = "wasm32")]
fn each(files: &[&Arc<Rendered>], work: impl Fn(&Rendered)) {
    for file in files {
        work(file);
    }
}

/// The most bytes that are remembered. A project of some hundred entities has room.
const ROOM: usize = 64 << 20;

thread_local! {
    /// What files were last time: whoever edits a spec has the same project rendered over and over, and nearly all of its
    /// files stay the same. Each thread remembers for itself.
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// Files by their paths.
#[derive(Default)]
struct Known {
    files: HashMap<ProjectPath, Arc<Rendered>>,
    bytes: usize,
}

impl Known {
    /// Tells a file how it is laid out, if its text is what it was the last time.
    fn tells(&self, file: &Rendered) -> bool {
        let same = self.files.get(&file.file.path).filter(|known| known.is_made_of_the_same(file));
        same.is_some_and(|known| file.laid.set(SharedFile::clone(known.laid())).is_ok())
    }

    fn keep(&mut self, file: &Arc<Rendered>) {
        self.bytes += file.size();
        if self.bytes > ROOM {
            self.files.clear();
            self.bytes = file.size();
        }
        if let Some(former) = self.files.insert(file.file.path.clone(), Arc::clone(file)) {
            self.bytes -= former.size();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::project::Part;

    fn rendered(path: &str, text: &str) -> Draft {
        let path = ProjectPath::new(path).unwrap();
        Draft::rendered(File::new(path, Part::Source, text.to_owned()), Language::TypeScript)
    }

    #[test]
    fn the_last_text_of_a_path_counts() {
        for (path, text) in [("a.ts", "f( 1 )"), ("a.ts", "f( 1 )"), ("a.ts", "f( 2 )"), ("b.ts", "f( 1 )")] {
            let files = lay_out(&[rendered(path, text)]);
            assert_eq!(files[0].text, layout(text, Language::TypeScript).text);
        }
        let [one, other] = [0, 1].map(|_| lay_out(&[rendered("b.ts", "f( 1 )")]).remove(0));
        assert!(SharedFile::ptr_eq(&one, &other));
    }

    #[test]
    fn much_comes_out_in_its_order() {
        let text =
            |number: usize| format!("f( {number} );\n").repeat(if number.is_multiple_of(3) { 400 } else { 4000 });
        let drafts: Vec<Draft> = (0..40).map(|number| rendered(&format!("{number}.ts"), &text(number))).collect();
        for (number, file) in lay_out(&drafts).iter().enumerate() {
            assert_eq!(file.text, text(number).replace("( ", "(").replace(" )", ")"));
            assert_eq!((file.path.as_str(), file.lines), (&*format!("{number}.ts"), file.text.lines().count()));
        }
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let entry = |path: &str, size: usize| {
            let file = File::new(ProjectPath::new(path).unwrap(), Part::Source, "x".repeat(size / 2));
            let laid = OnceLock::from(SharedFile::new(file.clone()));
            Arc::new(Rendered { file, language: Language::Plain, laid })
        };
        let mut known = Known::default();
        known.keep(&entry("a", ROOM / 2));
        known.keep(&entry("a", ROOM / 4));
        known.keep(&entry("b", ROOM / 4));
        assert_eq!((known.files.len(), known.bytes), (2, ROOM / 2));
        known.keep(&entry("c", ROOM / 2 + 2));
        assert_eq!((known.files.len(), known.bytes), (1, ROOM / 2 + 2));
    }
}
