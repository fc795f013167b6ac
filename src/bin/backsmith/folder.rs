//! Writes a project into a folder without ever losing what a person wrote there.

use std::path::Path;

use anyhow::{Context as _, bail};
use backsmith::project::Manifest;

/// Writes every file, or none: a file that changed since it was generated stands in the way unless `force` is given.
pub(crate) fn write(folder: &Path, files: &[(String, String)], force: bool) -> anyhow::Result<()> {
    let changed = if force { Vec::new() } else { changed(folder, files)? };
    if !changed.is_empty() {
        bail!(
            "these files changed since they were generated; nothing was written (--force overwrites them):\n  {}",
            changed.join("\n  ")
        );
    }
    for (path, text) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        }
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The files that are neither what was generated last time nor what would be written now.
fn changed<'f>(folder: &Path, files: &'f [(String, String)]) -> anyhow::Result<Vec<&'f str>> {
    let manifest = manifest(folder)?;
    let mut changed = Vec::new();
    for (path, text) in files {
        let Some(present) = read(&folder.join(path))? else { continue };
        let generated = manifest.as_ref().is_some_and(|manifest| manifest.knows(path, &present));
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
