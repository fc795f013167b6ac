//! The zip of a project.

use std::fmt;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The zip could not be written; a bug or a lack of memory.
#[derive(Debug)]
pub struct ZipError(String);

impl fmt::Display for ZipError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the zip could not be written: {}", self.0)
    }
}

impl std::error::Error for ZipError {}

/// Files in a folder, in a zip without clock or machine in it.
pub(super) fn pack(folder: &str, files: &[(String, String)]) -> Result<Vec<u8>, ZipError> {
    write(folder, files).map_err(|error| ZipError(error.to_string()))
}

fn write(folder: &str, files: &[(String, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(4))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        writer.start_file(format!("{folder}/{path}"), options)?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}
