//! How many lines a text has.

const EACH: u64 = 0x0101_0101_0101_0101;
const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;

/// The lines of a text, counted eight bytes at a time: an editor counts those of a whole project with every key.
pub fn count_lines(text: &str) -> usize {
    let (words, rest) = text.as_bytes().as_chunks();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let ends: u32 = words.iter().chain([&last]).map(|word| ends_in(*word)).sum();
    ends as usize + usize::from(!text.is_empty() && !text.ends_with('\n'))
}

/// How many of these bytes are line ends: those that become zero when a line end is taken from each.
fn ends_in(word: [u8; 8]) -> u32 {
    let other = u64::from_ne_bytes(word) ^ (EACH * u64::from(b'\n'));
    // The highest bit of each byte that is not zero.
    let filled = ((other & LOW) + LOW) | other | LOW;
    (!filled).count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::text_corpus::HOSTILE;

    #[test]
    fn lines_are_those_that_are_there() {
        let whole = HOSTILE.join("\n");
        let ends = "\n".repeat(40);
        for text in
            HOSTILE.iter().copied().chain(["", "\n", "a", "a\n", "a\nb", "\n\n\n", &ends, &whole, "\u{a0a0a}\u{10a}"])
        {
            for from in (0..text.len().min(9)).filter(|from| text.is_char_boundary(*from)) {
                assert_eq!(count_lines(&text[from..]), text[from..].split_inclusive('\n').count(), "{text:?}");
            }
        }
    }
}
