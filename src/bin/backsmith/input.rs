//! Where the spec comes from.

use std::io::Read;
use std::path::Path;

use anyhow::Context as _;
use backsmith::spec::Limits;

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
            let text = read(std::io::stdin()).context("cannot read standard input")?;
            return Ok(Self { name: "<standard input>".to_owned(), text });
        }
        let text = std::fs::File::open(path).map_err(anyhow::Error::from).and_then(read);
        let text = text.with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Self { name: path.display().to_string(), text })
    }
}

/// Reads a text, but of one that is longer than a spec may be only as much as shows that.
fn read(source: impl Read) -> anyhow::Result<String> {
    // One byte too many, and room for a last character that the cut goes through.
    let most = Limits::DEFAULT.bytes + 4;
    let mut bytes = Vec::new();
    source.take(most as u64).read_to_end(&mut bytes)?;
    let was_cut = bytes.len() == most;
    String::from_utf8(bytes).or_else(|error| {
        let is_cut_character = was_cut && error.utf8_error().error_len().is_none();
        let valid = error.utf8_error().valid_up_to();
        let mut bytes = error.into_bytes();
        if !is_cut_character {
            anyhow::bail!("byte {} is not UTF-8", valid + 1);
        }
        bytes.truncate(valid);
        Ok(String::from_utf8(bytes)?)
    })
}
