//! A browser that can be driven from outside.

use std::path::PathBuf;

use super::on_path;

/// The names under which systems install Chromium.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Firefox, where there is one; no registry has it.
pub(crate) fn firefox() -> Option<PathBuf> {
    on_path(&["firefox", "firefox-esr"])
}

/// The driver program, where there is one with its browser. Without it the page's own test packages bring a browser
/// that needs none.
pub(crate) fn driver() -> Option<PathBuf> {
    on_path(&NAMES).and_then(|_| on_path(&["chromedriver"]))
}
