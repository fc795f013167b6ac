//! Node and npm.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::{Tools, on_path, says};

/// The major version that generated projects are proved under.
const MAJOR: u32 = 24;

/// The folder that holds the right Node, or none if the search path's own is right.
pub(super) fn folder(tools: &Tools) -> Result<Option<PathBuf>> {
    let Some(own) = says("node", &["--version"]) else {
        bail!("Node is missing. Install Node {MAJOR} with npm, any way you like.");
    };
    if on_path(&["npm"]).is_none() {
        bail!("npm is missing. It comes with Node {MAJOR}.");
    }
    if major(&own).is_some_and(|found| found >= MAJOR) {
        return Ok(None);
    }
    let folder = tools.npm_packages("node", "a few seconds")?.join("node_modules/.bin");
    if says(folder.join("node"), &["--version"]).and_then(|version| major(&version)) == Some(MAJOR) {
        return Ok(Some(folder));
    }
    bail!("Node {own} is too old and the registry has none for this machine. Install Node {MAJOR}.")
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_read_from_what_node_prints() {
        assert_eq!(major("v24.21.0"), Some(24));
        assert_eq!(major("24.21.0"), None);
        assert_eq!(major("node"), None);
    }
}
