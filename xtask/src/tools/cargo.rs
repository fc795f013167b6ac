//! Tools that are built with cargo, and the target that the page's core is compiled for.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Tools, on_path, says};
use crate::task::Task;

/// The last stable Trunk that this workspace's Rust can build.
const TRUNK: &str = "0.21.14";

const WASM: &str = "wasm32-unknown-unknown";

/// The folder that holds Trunk, or none if the search path's own is right.
pub(super) fn trunk(tools: &Tools) -> Result<Option<PathBuf>> {
    program(tools, "trunk", "trunk", TRUNK, "about 3 minutes")
}

/// The folder that holds `wasm-bindgen`, in exactly the version of the lock file.
pub(super) fn wasm_bindgen(tools: &Tools) -> Result<Option<PathBuf>> {
    let lock = fs::read_to_string(tools.places.at("Cargo.lock")).context("cannot read Cargo.lock")?;
    let version = locked(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    program(tools, "wasm-bindgen", "wasm-bindgen-cli", version, "about a minute")
}

/// Asks for the wasm target unless this Rust has it.
pub(super) fn wasm_target(tools: &Tools) -> Result<()> {
    let libraries = says("rustc", &["--print", "target-libdir", "--target", WASM]);
    if libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    if on_path(&["rustup"]).is_none() {
        bail!("This Rust cannot compile for {WASM}. Install that target the way you installed Rust.");
    }
    tools.install(WASM, "a few seconds", |log| {
        Task::new(tools.places.root(), "rustup", ["target", "add", WASM]).succeed(log).map(drop)
    })
}

fn program(tools: &Tools, name: &str, package: &str, version: &str, about: &str) -> Result<Option<PathBuf>> {
    let wanted = format!("{name} {version}");
    if says(name, &["--version"]).as_deref() == Some(wanted.as_str()) {
        return Ok(None);
    }
    let (root, build) = (tools.places.tools(), tools.places.tools().join("build"));
    let folder = root.join("bin");
    if says(folder.join(name), &["--version"]).as_deref() == Some(wanted.as_str()) {
        return Ok(Some(folder));
    }
    tools.install(&wanted, about, |log| {
        let args = ["install", "--locked", package, "--version", version, "--no-default-features", "--force", "--root"];
        // Without TLS and without optimisation the build takes a third of the time, and the tool half a second more.
        let install = Task::new(tools.places.root(), "cargo", args.map(PathBuf::from).iter().chain([&root]))
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .limit(1800);
        install.succeed(log)?;
        fs::remove_dir_all(&build).with_context(|| format!("cannot remove {}", build.display()))
    })?;
    Ok(Some(folder))
}

/// The version of a package in a lock file.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::locked;

    #[test]
    fn a_version_is_found_in_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked(lock, "bindgen"), None);
    }
}
