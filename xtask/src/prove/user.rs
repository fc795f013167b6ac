//! The unprivileged user that projects run as, and what that user can reach.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;

use crate::task::NOBODY;

/// Whether this process may act for other users.
pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A folder for cells whose files the unprivileged user can reach: the wanted one where the way there is open to
/// everybody, else one among the temporary files.
pub(crate) fn arena(wanted: &Path) -> Result<PathBuf> {
    fs::create_dir_all(wanted).with_context(|| format!("cannot make {}", wanted.display()))?;
    if everybody_reaches(wanted)? {
        return Ok(wanted.to_path_buf());
    }
    let name = wanted.to_string_lossy().replace(['/', '.'], "-");
    let other = std::env::temp_dir().join(format!("backsmith{name}"));
    fs::create_dir_all(&other).with_context(|| format!("cannot make {}", other.display()))?;
    let owner = fs::metadata(&other).with_context(|| format!("cannot look at {}", other.display()))?.uid();
    if owner != rustix::process::geteuid().as_raw() {
        bail!("{} belongs to somebody else", other.display());
    }
    if !everybody_reaches(&other)? {
        bail!("only root can reach {} and {}", wanted.display(), other.display());
    }
    Ok(other)
}

/// The search path, with a copy in the arena of a Node that the unprivileged user cannot reach.
pub(crate) fn reachable_path(path: &OsStr, arena: &Path) -> Result<OsString> {
    let folders: Vec<PathBuf> = std::env::split_paths(path).collect();
    let program = folders.iter().map(|folder| folder.join("node")).find(|file| file.is_file());
    let program = program.context("there is no node on the search path")?;
    if everybody_reaches(&program)? {
        return Ok(path.to_owned());
    }
    let copies = arena.join("bin");
    fs::create_dir_all(&copies).with_context(|| format!("cannot make {}", copies.display()))?;
    let copy = copies.join("node");
    fs::copy(&program, &copy).with_context(|| format!("cannot copy {}", program.display()))?;
    std::env::join_paths([copies].into_iter().chain(folders)).context("a folder's name has a separator")
}

/// A folder of programs that the unprivileged user can run: the given one, or a copy in the arena of all that it was
/// installed with.
pub(crate) fn reachable_programs(folder: &Path, program: &str, arena: &Path) -> Result<PathBuf> {
    if everybody_reaches(&folder.join(program))? {
        return Ok(folder.to_path_buf());
    }
    let installed = folder.parent().context("a folder of programs without a parent")?;
    let (copy, name) = (arena.join("programs"), folder.file_name().unwrap_or_default());
    for entry in WalkDir::new(installed) {
        let entry = entry.with_context(|| format!("cannot read {}", installed.display()))?;
        let to = copy.join(entry.path().strip_prefix(installed)?);
        let kind = entry.file_type();
        if kind.is_dir() {
            fs::create_dir_all(&to)
        } else if to.symlink_metadata().is_ok() {
            Ok(())
        } else if kind.is_symlink() {
            symlink(fs::read_link(entry.path())?, &to)
        } else {
            fs::copy(entry.path(), &to).map(drop)
        }
        .with_context(|| format!("cannot make {}", to.display()))?;
    }
    Ok(copy.join(name))
}

/// Whether the unprivileged user can read a file or a folder. Everything can be reached where projects run as
/// ourselves.
fn everybody_reaches(path: &Path) -> Result<bool> {
    if !is_root() {
        return Ok(true);
    }
    let mut test = Command::new("test");
    test.arg("-r").arg(path).current_dir("/").uid(NOBODY).gid(NOBODY);
    Ok(test.status().context("cannot run a command as another user")?.success())
}
