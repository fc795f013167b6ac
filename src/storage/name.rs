//! Names inside a database.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The longest name in bytes that every supported database keeps whole.
const MAX: usize = 63;

/// Parts joined by `_`; a name that would be too long is cut and made unique by a hash of the whole.
pub fn identifier(parts: &[&str]) -> String {
    let whole = parts.join("_");
    if whole.len() <= MAX { whole } else { marked(&whole, &whole) }
}

/// A name that ends with a hash of what it stands for, cut so that both fit.
pub(super) fn marked(name: &str, of: &str) -> String {
    let digest = Sha256::digest(of.as_bytes());
    let mut name: String = name.chars().take(MAX - 9).collect();
    name.push('_');
    for byte in &digest[..4] {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_stay_and_long_ones_stay_apart() {
        assert_eq!(identifier(&["reviews", "book_id", "index"]), "reviews_book_id_index");
        let (a, b) = (identifier(&[&"a".repeat(60), "x", "index"]), identifier(&[&"a".repeat(60), "y", "index"]));
        assert_eq!((a.len(), b.len()), (MAX, MAX));
        assert_ne!(a, b);
    }
}
