//! Paths that every file system takes.

use std::fmt;

/// A relative path of a project's file: segments of `[A-Za-z0-9._-]` joined by `/`, at most 180 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectPath(String);

/// Why something is not a path of a project's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathError {
    /// The text is no safe path.
    Unsafe(String),
    /// Two files would be one where case does not count.
    Taken(String, String),
}

/// Names that Windows keeps for devices, whatever the ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

impl ProjectPath {
    /// The longest path in bytes.
    pub const MAX: usize = 180;

    /// The path, if it is a safe one.
    pub fn new(text: impl Into<String>) -> Result<Self, PathError> {
        let text = text.into();
        if text.len() <= Self::MAX && text.split('/').all(is_safe) {
            Ok(Self(text))
        } else {
            Err(PathError::Unsafe(text))
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A number that paths have in common which are the same where case does not count: FNV-1a.
    pub(super) fn folded(&self) -> u64 {
        self.0.bytes().fold(0xcbf2_9ce4_8422_2325, |number, byte| {
            (number ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
        })
    }
}

fn is_safe(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default();
    let is_port = |port: &str| stem.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(port));
    let is_numbered = matches!(stem.as_bytes(), [_, _, _, number] if number.is_ascii_digit());
    !segment.is_empty()
        && !segment.ends_with('.')
        && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
        && !DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device))
        && !(is_numbered && (is_port("com") || is_port("lpt")))
}

impl fmt::Display for ProjectPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsafe(path) => write!(f, "`{path}` is not a path that every file system takes"),
            Self::Taken(a, b) => write!(f, "`{a}` and `{b}` are the same path where case does not count"),
        }
    }
}

impl std::error::Error for PathError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_safe_everywhere() {
        for good in ["a", ".env.example", "src/services/order-line.service.ts", "console.ts", "com10.ts"] {
            assert!(ProjectPath::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "/a",
            "a//b",
            "../a",
            "a/..",
            "a.",
            "a b",
            "con",
            "NUL.txt",
            "src/com1.ts",
            "ä",
            "a\\b",
            &"a".repeat(181),
        ] {
            assert!(ProjectPath::new(bad).is_err(), "{bad}");
        }
    }
}
