//! What one text has in the place of some lines of another.

use crate::code::count_lines;

/// A text, told as another one of which some lines are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Splice<'t> {
    /// Where in the other text the lines begin that are replaced.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// How many lines stand before them.
    pub line: usize,
    /// What stands in their place.
    pub text: &'t str,
}

impl<'t> Splice<'t> {
    /// How `text` differs from `other`: lines in the place of lines, in order.
    pub fn between(other: &str, text: &'t str) -> Vec<Self> {
        let mut splices = Vec::new();
        let (mut at, mut text_at, mut line) = (0, 0, 0);
        let (end, text_end) = ends(other, text);
        loop {
            let (rest, text_rest) = (slice(other, at, end), slice(text, text_at, text_end));
            let same = whole_lines_in_common(rest, text_rest);
            line += count_lines(slice(rest, 0, same));
            let (rest, text_rest) = (slice(rest, same, rest.len()), slice(text_rest, same, text_rest.len()));
            if rest.is_empty() && text_rest.is_empty() {
                return splices;
            }
            let (replaced, new) = until_alike(rest, text_rest);
            let start = at + same;
            splices.push(Self { start, end: start + replaced, line, text: slice(text_rest, 0, new) });
            line += count_lines(slice(rest, 0, replaced));
            (at, text_at) = (start + replaced, text_at + same + new);
        }
    }

    /// The bytes that are gone, and those that are new.
    pub const fn size(&self) -> usize {
        self.end - self.start + self.text.len()
    }
}

fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// Where the lines end that may differ; those after them are the same.
fn ends(one: &str, other: &str) -> (usize, usize) {
    let most = one.len().min(other.len());
    let same = same_at_end(one.as_bytes(), other.as_bytes(), most);
    let (end, other_end) = (one.len() - same, other.len() - same);
    let begins_line = |text: &str, at: usize| at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
    let whole_lines = begins_line(one, end) && begins_line(other, other_end);
    let line_end = one.as_bytes().iter().skip(end).position(|byte| *byte == b'\n');
    let rest = if whole_lines { 0 } else { line_end.map_or(same, |line_end| line_end + 1) };
    (end + rest, other_end + rest)
}

/// The bytes of the lines that both texts begin with.
fn whole_lines_in_common(one: &str, other: &str) -> usize {
    let same = same_at_start(one.as_bytes(), other.as_bytes());
    if same == one.len() && same == other.len() {
        return same;
    }
    one.as_bytes().get(..same).and_then(|same| same.iter().rposition(|byte| *byte == b'\n')).map_or(0, |end| end + 1)
}

/// So many lines are looked at to find where two texts are alike again.
const WINDOW: usize = 40;

/// So many lines must be the same then.
const ALIKE: usize = 3;

/// The bytes of two texts before the lines from which on they are alike again.
fn until_alike(one: &str, other: &str) -> (usize, usize) {
    let lines = |text: &'_ str| -> Vec<(usize, usize)> {
        let ends = text.split_inclusive('\n').take(WINDOW + ALIKE).scan(0, |end, line| {
            let start = *end;
            *end += line.len();
            Some((start, *end))
        });
        ends.collect()
    };
    let (lines_of_one, lines_of_other) = (lines(one), lines(other));
    let line = |text, lines: &[(usize, usize)], place: usize| {
        lines.get(place).map(|&(start, end): &(usize, usize)| slice(text, start, end))
    };
    let alike = |skipped: usize, other_skipped: usize| {
        (0..ALIKE).all(|place| {
            let line_of_one = line(one, &lines_of_one, skipped + place);
            line_of_one.is_some() && line_of_one == line(other, &lines_of_other, other_skipped + place)
        })
    };
    let start = |lines: &[(usize, usize)], place: usize| lines.get(place).map_or(0, |(start, _)| *start);
    let ways = (1..WINDOW).flat_map(|skipped| (0..=skipped).map(move |more| (skipped - more, more)));
    let found = ways.into_iter().find(|(skipped, more)| alike(*skipped, *more));
    found.map_or((one.len(), other.len()), |(skipped, more)| {
        (start(&lines_of_one, skipped), start(&lines_of_other, more))
    })
}

/// So many bytes are compared at once: texts are long, and mostly the same.
const PIECE: usize = 64;

fn same_at_start(one: &[u8], other: &[u8]) -> usize {
    let pieces = one.chunks_exact(PIECE).zip(other.chunks_exact(PIECE));
    let same = pieces.take_while(|(one, other)| same_piece(one, other)).count() * PIECE;
    let rest = one[same..].iter().zip(&other[same..]);
    same + rest.take_while(|(one, other)| one == other).count()
}

fn same_at_end(one: &[u8], other: &[u8], most: usize) -> usize {
    let (one, other) = (&one[one.len() - most..], &other[other.len() - most..]);
    let pieces = one.rchunks_exact(PIECE).zip(other.rchunks_exact(PIECE));
    let same = pieces.take_while(|(one, other)| same_piece(one, other)).count() * PIECE;
    let rest = one[..most - same].iter().rev().zip(other[..most - same].iter().rev());
    same + rest.take_while(|(one, other)| one == other).count()
}

/// Whether two pieces are the same, told eight bytes at a time.
fn same_piece(one: &[u8], other: &[u8]) -> bool {
    let words = |piece| <[u8]>::as_chunks(piece).0.iter().map(|word| u64::from_ne_bytes(*word));
    words(one).zip(words(other)).fold(0, |differences, (one, other)| differences | (one ^ other)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_of(other: &str, splices: &[Splice]) -> String {
        let mut made = String::new();
        let mut at = 0;
        for splice in splices {
            assert_eq!(splice.line, other[..splice.start].matches('\n').count());
            assert!(splice.start == 0 || other[..splice.start].ends_with('\n'));
            made = made + &other[at..splice.start] + splice.text;
            at = splice.end;
        }
        made + &other[at..]
    }

    #[test]
    fn a_text_is_made_again_of_the_other_and_its_lines() {
        let line = |number: usize| ["a\n", "b\n", "ä long line of words\n", "é\n", "c\n"][number % 5];
        for seed in 0..4_000_usize {
            let lines = |seed: usize, count: usize| -> String {
                (0..count).map(|place| line(seed.wrapping_mul(place * place + 7) / 3)).collect()
            };
            let (other, text) = (lines(seed, seed % 63), lines(seed / 2 + seed % 3, seed % 59));
            let text = if seed % 4 == 0 { other.replacen('a', "bb", 3) } else { text };
            assert_eq!(made_of(&other, &Splice::between(&other, &text)), text, "{other:?}");
        }
    }

    #[test]
    fn no_more_than_the_lines_that_differ_is_told() {
        let text = "one\ntwo\nthree\nfour\n".repeat(100);
        assert_eq!(Splice::between(&text, &text), []);
        let other = text.replacen("three", "thrice", 1);
        assert_eq!(Splice::between(&text, &other), [Splice { start: 8, end: 14, line: 2, text: "thrice\n" }]);
        let two = format!("{}five\n{}", &other[..1000], &other[1000..].replacen("four\n", "", 1));
        let splices = Splice::between(&text, &two);
        assert_eq!(made_of(&text, &splices), two);
        assert!(splices.iter().map(Splice::size).sum::<usize>() < 60, "{splices:?}");
    }

    #[test]
    fn texts_that_have_little_in_common_are_told_as_well() {
        let numbers = |from: usize| (from..from + 300).map(|number| number.to_string() + "\n").collect::<String>();
        for (other, text) in [(numbers(0), numbers(500)), (numbers(0), numbers(200)), (String::new(), numbers(0))] {
            assert_eq!(made_of(&other, &Splice::between(&other, &text)), text);
            assert_eq!(made_of(&text, &Splice::between(&text, &other)), other);
        }
    }
}
