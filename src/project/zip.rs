//! The zip of a project.

use std::fmt;

use miniz_oxide::deflate::compress_to_vec;

/// The zip could not be written: the format counts in 32 bits.
#[derive(Debug)]
pub struct ZipError;

impl fmt::Display for ZipError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the project is too large for a zip")
    }
}

impl std::error::Error for ZipError {}

/// How hard texts are deflated: what is left to gain beyond is not worth the wait.
pub(super) const LEVEL: u8 = 4;

/// Version 2.0 of the format, the first one that knows deflated files in folders.
const VERSION: u16 = 20;
/// The same, written on Unix, whose permissions are therefore known.
const MADE_BY: u16 = 3 << 8 | VERSION;
/// An ordinary file that its owner writes and everybody reads.
const PERMISSIONS: u32 = 0o100_644 << 16;
const DEFLATED: u16 = 8;
/// The first day that the format can tell.
const DAY: u16 = 1 << 5 | 1;

/// Files in a folder, in a zip without clock or machine in it.
pub(super) fn pack(folder: &str, files: &[(String, String)]) -> Result<Vec<u8>, ZipError> {
    let mut zip = Vec::new();
    let mut directory = Vec::new();
    let crc = Crc::new();
    for (path, text) in files {
        let path = format!("{folder}/{path}");
        let deflated = compress_to_vec(text.as_bytes(), LEVEL);
        let offset = size(zip.len())?;
        let mut entry = Vec::new();
        put16(&mut entry, [VERSION, 0, DEFLATED, 0, DAY]);
        put32(&mut entry, [crc.of(text.as_bytes()), size(deflated.len())?, size(text.len())?]);
        put16(&mut entry, [short(path.len())?, 0]);
        put32(&mut zip, [0x0403_4b50]);
        zip.extend([entry.as_slice(), path.as_bytes(), &deflated].concat());
        put32(&mut directory, [0x0201_4b50]);
        put16(&mut directory, [MADE_BY]);
        directory.extend(&entry);
        put16(&mut directory, [0; 3]);
        put32(&mut directory, [PERMISSIONS, offset]);
        directory.extend(path.as_bytes());
    }
    let (count, start, length) = (short(files.len())?, size(zip.len())?, size(directory.len())?);
    zip.append(&mut directory);
    put32(&mut zip, [0x0605_4b50]);
    put16(&mut zip, [0, 0, count, count]);
    put32(&mut zip, [length, start]);
    put16(&mut zip, [0]);
    Ok(zip)
}

fn size(bytes: usize) -> Result<u32, ZipError> {
    u32::try_from(bytes).map_err(|_| ZipError)
}

fn short(number: usize) -> Result<u16, ZipError> {
    u16::try_from(number).map_err(|_| ZipError)
}

fn put16<const N: usize>(to: &mut Vec<u8>, numbers: [u16; N]) {
    to.extend(numbers.into_iter().flat_map(u16::to_le_bytes));
}

fn put32<const N: usize>(to: &mut Vec<u8>, numbers: [u32; N]) {
    to.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
}

/// The check sums of CRC-32, from a table of what each byte does to them.
struct Crc([u32; 256]);

impl Crc {
    fn new() -> Self {
        let step = |sum: u32, _| sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
        let mut table = [0; 256];
        for (byte, sum) in (0..).zip(&mut table) {
            *sum = (0..8).fold(byte, step);
        }
        Self(table)
    }

    fn of(&self, bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0, |sum: u32, byte| {
            let [low, ..] = sum.to_le_bytes();
            self.0[usize::from(low ^ byte)] ^ sum >> 8
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::{Cursor, Read as _};

    use super::*;

    #[test]
    fn others_read_every_file() {
        let long = "the same words again and again\n".repeat(5_000);
        let files = [("a.txt", "a"), ("empty", ""), ("src/long.ts", &long), ("o.md", "ü\u{0}\u{10ffff}")];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let mut read = zip::ZipArchive::new(Cursor::new(pack("shop", &files).unwrap())).unwrap();
        assert_eq!(read.len(), files.len());
        for (index, (path, text)) in files.iter().enumerate() {
            let mut entry = read.by_index(index).unwrap();
            let mut content = String::new();
            // The reader compares the check sum at the end.
            entry.read_to_string(&mut content).unwrap();
            assert_eq!(
                (entry.name().unwrap().into_owned(), entry.unix_mode(), &content),
                (format!("shop/{path}"), Some(0o100_644), text)
            );
        }
    }

    #[test]
    fn check_sums_are_those_of_the_standard() {
        assert_eq!(Crc::new().of(b"123456789"), 0xcbf4_3926);
    }
}
