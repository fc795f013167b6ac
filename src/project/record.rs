//! What a project knows of its own generation, so that later a person's edits can be told from generated text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::deflate::compress_to_vec;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::zip::LEVEL;
use super::{ProjectPath, SharedFile};
use crate::code::indented_json;

/// What was generated last time: the hash of every file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest(BTreeMap<String, String>);

impl Manifest {
    /// The folder of the record.
    const FOLDER: &str = ".backsmith";

    /// The manifest's place in a project.
    pub const PATH: &str = ".backsmith/manifest.json";

    /// Reads a manifest; `None` for anything else.
    pub fn parse(json: &[u8]) -> Option<Self> {
        let manifest: Value = serde_json::from_slice(json).ok()?;
        let hash = |(path, hash): (&String, &Value)| Some((path.clone(), hash.as_str()?.to_owned()));
        manifest.get("files")?.as_object()?.iter().map(hash).collect::<Option<_>>().map(Self)
    }

    /// Whether a file with this content was generated.
    pub fn knows(&self, path: &str, content: &[u8]) -> bool {
        self.0.get(path).is_some_and(|known| *known == hash(content))
    }

    /// The paths of everything that was generated; one that no project can have is left out.
    pub fn paths(&self) -> impl Iterator<Item = ProjectPath> {
        self.0.keys().filter_map(|path| ProjectPath::new(path.as_str()).ok())
    }

    /// Whether a path belongs to the record, which is written anew each time.
    pub fn keeps(path: &str) -> bool {
        path.split('/').next() == Some(Self::FOLDER)
    }
}

/// The version of the generator and the hash of every file; and the text of every file, deflated.
pub(super) fn files(files: &[SharedFile]) -> [(String, String); 2] {
    let hashes: Map<String, Value> =
        files.iter().map(|file| (file.path.to_string(), Value::from(hash(file.text.as_bytes())))).collect();
    let manifest = json!({ "generator": env!("CARGO_PKG_VERSION"), "files": hashes });
    [
        (format!("{}/base.deflate.b64", Manifest::FOLDER), base(files)),
        (Manifest::PATH.to_owned(), indented_json(&manifest)),
    ]
}

/// The SHA-256 of a content in hexadecimal digits.
fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().fold(String::with_capacity(64), |mut digits, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// A JSON object of path to text, deflated, as base 64 in lines of 76.
fn base(files: &[SharedFile]) -> String {
    let texts: BTreeMap<&str, &str> = files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    // Strings become JSON without fail.
    let encoded = STANDARD.encode(compress_to_vec(&serde_json::to_vec(&texts).unwrap_or_default(), LEVEL));
    let mut lines = String::with_capacity(encoded.len() + encoded.len() / 76 + 1);
    let mut rest = encoded.as_str();
    while let Some((line, following)) = rest.split_at_checked(76).filter(|(_, following)| !following.is_empty()) {
        lines.extend([line, "\n"]);
        rest = following;
    }
    lines.extend([rest, "\n"]);
    lines
}
