//! Keys of rows.

use std::fmt::Write;

use super::Random;

/// A UUID of version 7: the moment in milliseconds, then chance.
pub(super) fn v7(now: i64, random: &mut dyn Random) -> String {
    let mut bytes = [0; 16];
    random.fill(&mut bytes[6..]);
    bytes[..6].copy_from_slice(&now.to_be_bytes()[2..]);
    bytes[6] = bytes[6] & 0x0F | 0x70;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ones;

    impl Random for Ones {
        fn fill(&mut self, bytes: &mut [u8]) {
            bytes.fill(0xFF);
        }
    }

    #[test]
    fn the_moment_comes_first() {
        assert_eq!(v7(0x0123_4567_89AB, &mut Ones), "01234567-89ab-7fff-bfff-ffffffffffff");
    }
}
