//! Where things are in the clone.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The clone, and the folders below it that chores write to.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    root: PathBuf,
}

impl Places {
    /// The clone that this program was built from.
    pub(crate) fn find() -> Result<Self> {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = package.parent().context("the package of the chores has no parent folder")?;
        Ok(Self { root: root.to_path_buf() })
    }

    /// The top of the clone.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the top.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Everything that was installed for the chores.
    pub(crate) fn tools(&self) -> PathBuf {
        self.at("target/tools")
    }

    /// What each step of a chore printed.
    pub(crate) fn logs(&self, chore: &str) -> PathBuf {
        self.at("target/logs").join(chore)
    }
}
