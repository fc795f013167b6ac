//! Writes a project into a folder without ever losing what a person wrote there.

use std::path::Path;

use anyhow::{Context as _, bail};
use backsmith::project::{Manifest, Project, ProjectPath};

/// Writes every file, or none: a file that changed since it was generated stands in the way unless `force` is given.
/// Files for people to write in are left alone once they are there.
///
/// What was generated before and is no part of the project any more is removed; returned are those of these files that
/// a person changed, which stay.
pub(crate) fn write(folder: &Path, project: &Project, force: bool) -> anyhow::Result<Vec<ProjectPath>> {
    let files = &project.with_record();
    let there = |path: &String| project.is_made_once(path) && folder.join(path).exists();
    let due: Vec<&(String, String)> = files.iter().filter(|(path, _)| !there(path)).collect();
    let before = manifest(folder)?;
    let changed = if force { Vec::new() } else { changed(folder, &due, before.as_ref())? };
    if !changed.is_empty() {
        bail!(
            "these files changed since they were generated; nothing was written (--force overwrites them):\n  {}",
            changed.join("\n  ")
        );
    }
    for (path, text) in due {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        }
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    before.map_or_else(|| Ok(Vec::new()), |before| remove_stale(folder, files, &before))
}

/// Removes what only the last generation made, and returns what of it a person changed.
fn remove_stale(folder: &Path, files: &[(String, String)], before: &Manifest) -> anyhow::Result<Vec<ProjectPath>> {
    let mut kept = Vec::new();
    for path in before.paths().filter(|path| !files.iter().any(|(now, _)| now == path.as_str())) {
        let file = folder.join(path.as_str());
        match read(&file)? {
            None => {}
            Some(present) if before.knows(path.as_str(), &present) => {
                std::fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
                // A folder that is not empty stays, and so does everything above it.
                let inside = file.ancestors().skip(1).take_while(|above| *above != folder);
                let _ = inside.map(std::fs::remove_dir).take_while(Result::is_ok).count();
            }
            Some(_) => kept.push(path),
        }
    }
    Ok(kept)
}

/// The files that are neither what was generated last time nor what would be written now.
fn changed<'f>(
    folder: &Path,
    files: &[&'f (String, String)],
    before: Option<&Manifest>,
) -> anyhow::Result<Vec<&'f str>> {
    let mut changed = Vec::new();
    for (path, text) in files {
        let Some(present) = read(&folder.join(path))? else { continue };
        let generated = before.is_some_and(|before| before.knows(path, &present));
        if present != text.as_bytes() && !generated && !Manifest::keeps(path) {
            changed.push(path.as_str());
        }
    }
    Ok(changed)
}

fn manifest(folder: &Path) -> anyhow::Result<Option<Manifest>> {
    let Some(bytes) = read(&folder.join(Manifest::PATH))? else { return Ok(None) };
    Ok(Manifest::parse(&bytes))
}

fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}
