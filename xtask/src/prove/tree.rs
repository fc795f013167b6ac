//! The project's files: where they come from, what identifies them, how they lie on the disk.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io::{Cursor, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;
use zip::ZipArchive;

/// Folders that a project's tools fill, and files that belong to one machine: no part of what was generated.
const NOT_GENERATED: [&str; 7] = ["node_modules", ".git", "dist", "coverage", "data", ".env", "package-lock.json"];

/// Files by their paths.
#[derive(Debug)]
pub(crate) struct Tree(BTreeMap<String, Vec<u8>>);

impl Tree {
    /// What a zip holds, below its one folder.
    pub(crate) fn unzip(bytes: &[u8]) -> Result<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).context("not a zip")?;
        let mut files = BTreeMap::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index)?;
            if entry.is_dir() {
                continue;
            }
            let name = entry.name()?.into_owned();
            let (_, path) = name.split_once('/').context("a file outside of the project's folder")?;
            let mut content = Vec::new();
            entry.read_to_end(&mut content)?;
            files.insert(path.to_owned(), content);
        }
        Ok(Self(files))
    }

    /// What was generated into a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        let generated = |name: &str| !NOT_GENERATED.contains(&name);
        let entries = WalkDir::new(folder).min_depth(1).into_iter();
        for entry in entries.filter_entry(|entry| entry.file_name().to_str().is_some_and(generated)) {
            let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(folder)?.to_string_lossy().into_owned();
                files.insert(path, fs::read(entry.path())?);
            }
        }
        if files.is_empty() {
            bail!("there is no project in {}", folder.display());
        }
        Ok(Self(files))
    }

    /// One file's text.
    pub(crate) fn text(&self, path: &str) -> Result<&str> {
        let bytes = self.0.get(path).with_context(|| format!("the project has no {path}"))?;
        std::str::from_utf8(bytes).with_context(|| format!("{path} is not text"))
    }

    /// A number that changes with any file's path or content.
    pub(crate) fn digest(&self) -> String {
        digest(self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
    }

    /// The same for some of the files.
    pub(crate) fn digest_of(&self, paths: &[&str]) -> String {
        digest(paths.iter().filter_map(|path| Some((*path, self.0.get(*path)?.as_slice()))))
    }

    /// Writes the files into a folder, where nothing else remains but what installing put there.
    pub(crate) fn lay_out(&self, folder: &Path, packages: &str) -> Result<()> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name().to_str() == Some(packages) {
                continue;
            }
            if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) }
                .with_context(|| format!("cannot remove {}", entry.path().display()))?;
        }
        self.0.iter().try_for_each(|(path, bytes)| put(&folder.join(path), bytes))
    }

    /// Makes one folder of the project again what it was.
    pub(crate) fn restore(&self, project: &Path, folder: &str) -> Result<()> {
        fresh(project.join(folder))?;
        let inside = format!("{folder}/");
        let files = self.0.iter().filter(|(path, _)| path.starts_with(&inside));
        files.into_iter().try_for_each(|(path, bytes)| put(&project.join(path), bytes))
    }
}

fn put(file: &Path, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(file.parent().context("a file without a folder")?)?;
    fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}

/// A number that changes with any file of a folder.
pub(crate) fn digest_of_folder(folder: &Path) -> Result<String> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder) {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        if entry.file_type().is_file() {
            files.insert(entry.path().to_string_lossy().into_owned(), fs::read(entry.path())?);
        }
    }
    Ok(digest(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))))
}

/// Takes the right to write away from, or gives it back to, the owner of everything in a folder.
pub(crate) fn set_writable(folder: &Path, writable: bool) -> Result<()> {
    change_modes(folder, |mode| if writable { mode | 0o200 } else { mode & !0o222 })
}

/// Lets every user read everything in a folder.
pub(crate) fn let_everybody_read(folder: &Path) -> Result<()> {
    change_modes(folder, |mode| mode | 0o444 | if mode & 0o100 == 0 { 0 } else { 0o111 })
}

fn change_modes(folder: &Path, change: impl Fn(u32) -> u32) -> Result<()> {
    for entry in WalkDir::new(folder) {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        if entry.file_type().is_symlink() {
            continue;
        }
        let mode = entry.metadata()?.permissions().mode();
        if change(mode) != mode {
            fs::set_permissions(entry.path(), Permissions::from_mode(change(mode)))?;
        }
    }
    Ok(())
}

/// A folder made anew.
pub(crate) fn fresh(folder: PathBuf) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

fn digest<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut hasher = Sha256::new();
    for (path, bytes) in files {
        for part in [path.as_bytes(), bytes] {
            hasher.update(part.len().to_le_bytes());
            hasher.update(part);
        }
    }
    format!("{:x}", hasher.finalize())
}

#[cfg(test)]
impl Tree {
    pub(crate) fn of<const N: usize>(files: [(&str, &str); N]) -> Self {
        Self(files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into())
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn the_digest_tells_paths_from_contents() {
        assert_ne!(Tree::of([("ab", "c")]).digest(), Tree::of([("a", "bc")]).digest());
        assert_eq!(Tree::of([("a", "1"), ("b", "2")]).digest(), Tree::of([("b", "2"), ("a", "1")]).digest());
    }

    #[test]
    fn the_digest_of_some_files_ignores_the_others() {
        let (one, other) = (Tree::of([("a", "1"), ("b", "2")]), Tree::of([("a", "1"), ("b", "3")]));
        assert_eq!(one.digest_of(&["a", "none"]), other.digest_of(&["a", "none"]));
        assert_ne!(one.digest_of(&["b"]), other.digest_of(&["b"]));
    }
}
