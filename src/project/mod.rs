//! The generated tree, its record of itself, and the zip.

mod path;
mod record;
mod splice;
mod zip;

pub use path::{PathError, ProjectPath};
pub use record::Manifest;
pub use splice::Splice;
pub use zip::ZipError;

use std::sync::Arc;

use crate::code::count_lines;
use crate::model::{Line, Origin};

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The program itself.
    Source,
    /// Its tests.
    Test,
    /// Its migrations.
    Migration,
    /// Settings of its tools.
    Configuration,
    /// What people read.
    Documentation,
}

/// One generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its place in the project.
    pub path: ProjectPath,
    /// What it is for.
    pub part: Part,
    /// Its text; ends with a newline.
    pub text: String,
    /// How many lines that are.
    pub lines: usize,
    /// The line of the spec behind each line of the text that has one, which is counted from 1.
    pub origins: Vec<(u32, Line)>,
    /// How many tests it holds.
    pub tests: usize,
    /// Whether it is for people to write in: once it is there, it is never written again.
    pub made_once: bool,
}

/// A file that the projects of an edited spec have in common as long as it stays the same.
pub type SharedFile = Arc<File>;

/// A whole generated project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    name: String,
    files: Vec<SharedFile>,
}

impl Project {
    /// A project from its files, in the order of their paths.
    ///
    /// # Errors
    ///
    /// Two files have the same path, or paths that some file systems take for the same.
    pub fn new(name: impl Into<String>, mut files: Vec<SharedFile>) -> Result<Self, PathError> {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut folded: Vec<(u64, &ProjectPath)> = files.iter().map(|file| (file.path.folded(), &file.path)).collect();
        folded.sort_unstable();
        let same = |one: &ProjectPath, other: &ProjectPath| one.as_str().eq_ignore_ascii_case(other.as_str());
        for alike in folded.chunk_by(|one, other| one.0 == other.0) {
            for (place, (_, path)) in alike.iter().enumerate() {
                if let Some((_, other)) = alike[..place].iter().find(|(_, other)| same(path, other)) {
                    return Err(PathError::Taken(path.to_string(), other.to_string()));
                }
            }
        }
        Ok(Self { name: name.into(), files })
    }

    /// Its name, which is also that of its folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its files, in the order of their paths.
    pub fn files(&self) -> &[SharedFile] {
        &self.files
    }

    /// The file at a path.
    pub fn file(&self, path: &ProjectPath) -> Option<&File> {
        self.shared(path).map(AsRef::as_ref)
    }

    /// The same to be shared.
    pub fn shared(&self, path: &ProjectPath) -> Option<&SharedFile> {
        let index = self.files.binary_search_by(|file| file.path.cmp(path)).ok()?;
        self.files.get(index)
    }

    /// Whether a path is that of a file for people to write in, which is never written again.
    pub fn is_made_once(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.made_once && file.path.as_str() == path)
    }

    /// Path and text of every file as it is handed over: the record of what was generated is among them.
    pub fn with_record(&self) -> Vec<(String, String)> {
        let record = record::files(&self.files);
        let mut all: Vec<(String, String)> =
            self.files.iter().map(|file| (file.path.to_string(), file.text.clone())).chain(record).collect();
        all.sort();
        all
    }

    /// The whole project in a zip, in a folder of its name; the same project gives the same bytes.
    pub fn zip(&self) -> Result<Vec<u8>, ZipError> {
        zip::pack(&self.name, &self.with_record())
    }
}

impl File {
    /// A file without known origins or tests.
    pub fn new(path: ProjectPath, part: Part, text: String) -> Self {
        let lines = count_lines(&text);
        Self { path, part, text, lines, origins: Vec::new(), tests: 0, made_once: false }
    }

    /// The same file with another text.
    #[must_use]
    pub(crate) fn with_text(&self, text: String, origins: Vec<(u32, Line)>) -> Self {
        let lines = count_lines(&text);
        Self { text, lines, origins, path: self.path.clone(), ..*self }
    }

    /// The first line that came from a line of the spec.
    pub fn line_from(&self, origin: Origin) -> Option<u32> {
        self.origins.iter().find(|(_, of)| Some(*of) == origin).map(|(line, _)| *line)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn no_two_files_have_the_same_path_where_case_does_not_count() {
        let file = |path: &str| File::new(ProjectPath::new(path).unwrap(), Part::Source, "\n".to_owned());
        let project =
            |paths: &[&str]| Project::new("shop", paths.iter().map(|path| SharedFile::new(file(path))).collect());
        assert!(project(&["src/b.ts", "src/a.ts", "src/ab.ts"]).is_ok());
        let taken = |one: &str, other: &str| Err(PathError::Taken(one.to_owned(), other.to_owned()));
        assert_eq!(project(&["src/a.ts", "x", "src/A.ts"]).map(drop), taken("src/a.ts", "src/A.ts"));
        assert_eq!(project(&["x", "x"]).map(drop), taken("x", "x"));
    }
}
