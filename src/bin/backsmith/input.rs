//! Where the spec comes from.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;

/// A spec and what to call it in messages.
pub(crate) struct Spec {
    /// The file, or `<standard input>`.
    pub(crate) name: String,
    /// What it says.
    pub(crate) text: String,
}

impl Spec {
    /// Reads a file, or standard input for `-`.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        if path == Path::new("-") {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
            return Ok(Self { name: "<standard input>".to_owned(), text });
        }
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Self { name: path.display().to_string(), text })
    }
}
