//! Sets of characters.

/// Characters as ranges that neither touch nor overlap, in order. NUL is never among them: no string holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set(Vec<(char, char)>);

/// What the places of a set are filled with first, so that samples read well.
const PREFERRED: [(char, char); 3] = [('0', '9'), ('a', 'z'), ('A', 'Z')];

impl Set {
    /// The characters of some ranges.
    pub(super) fn new(ranges: impl IntoIterator<Item = (char, char)>) -> Self {
        let mut ranges: Vec<(char, char)> = ranges.into_iter().filter(|(first, last)| first <= last).collect();
        ranges.sort_unstable();
        let mut merged: Vec<(char, char)> = Vec::new();
        for (first, last) in ranges {
            match merged.last_mut() {
                Some((_, end)) if first <= *end || next(*end) == Some(first) => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        if let Some(first) = merged.first_mut().filter(|(first, _)| *first == '\0') {
            first.0 = '\u{1}';
        }
        merged.retain(|(first, last)| first <= last);
        Self(merged)
    }

    pub(super) fn of(c: char) -> Self {
        Self::new([(c, c)])
    }

    /// `\d`
    pub(super) fn digits() -> Self {
        Self::new([('0', '9')])
    }

    /// `\w`
    pub(super) fn word() -> Self {
        Self::new([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')])
    }

    /// `\s`
    pub(super) fn space() -> Self {
        Self::new([('\t', '\r'), (' ', ' ')])
    }

    /// `.`
    pub(super) fn any() -> Self {
        Self::new([('\n', '\n'), ('\r', '\r')]).complement()
    }

    /// All other characters.
    pub(super) fn complement(&self) -> Self {
        let mut from = Some('\u{1}');
        let mut gaps = Vec::new();
        for (first, last) in &self.0 {
            if let (Some(start), Some(end)) = (from, previous(*first)) {
                gaps.push((start, end));
            }
            from = next(*last);
        }
        gaps.extend(from.map(|start| (start, char::MAX)));
        Self::new(gaps)
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        Self::new(self.0.iter().chain(&other.0).copied())
    }

    /// The set with both cases of the letters A to Z that are in it.
    pub(super) fn either_case(&self) -> Self {
        let shift = |from: char, to: char| {
            self.0.iter().filter_map(move |(first, last)| {
                let (first, last) = ((*first).max(from), (*last).min(last_letter(from)));
                (first <= last).then(|| (moved(first, from, to), moved(last, from, to)))
            })
        };
        Self::new(self.0.iter().copied().chain(shift('A', 'a')).chain(shift('a', 'A')))
    }

    /// The characters that are in the set once A to Z have become a to z.
    pub(super) fn before_lowering(&self) -> Self {
        let small = self.0.iter().filter_map(|(first, last)| {
            let (first, last) = ((*first).max('a'), (*last).min('z'));
            (first <= last).then(|| (moved(first, 'a', 'A'), moved(last, 'a', 'A')))
        });
        Self::new(self.without_capitals().0.into_iter().chain(small))
    }

    pub(super) fn without_capitals(&self) -> Self {
        Self::new(self.0.iter().flat_map(|&(first, last)| [(first, last.min('@')), (first.max('['), last)]))
    }

    pub(super) fn ranges(&self) -> &[(char, char)] {
        &self.0
    }

    /// The character, if it is the only one.
    pub(super) fn single(&self) -> Option<char> {
        match self.0.as_slice() {
            [(first, last)] if first == last => Some(*first),
            _ => None,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A character that the other one has too.
    pub(super) fn common(&self, other: &Self) -> Option<char> {
        let meet = |(first, last): &(char, char), (from, to): &(char, char)| {
            (first <= to && from <= last).then_some(*first.max(from))
        };
        self.0.iter().find_map(|range| other.0.iter().find_map(|of_other| meet(range, of_other)))
    }

    /// Whether a character is in the set.
    pub(super) fn contains(&self, c: char) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= c);
        after > 0 && c <= self.0[after - 1].1
    }

    /// The characters that samples are made of: digits and letters where there are any, else what comes first.
    pub(super) fn samples(&self) -> Vec<char> {
        let plain: Vec<char> =
            PREFERRED.into_iter().flat_map(|(from, to)| from..=to).filter(|c| self.contains(*c)).collect();
        if !plain.is_empty() {
            return plain;
        }
        let visible = self.0.iter().flat_map(|(first, last)| *first..=*last).take(128);
        let printable: Vec<char> = visible.clone().filter(char::is_ascii_graphic).take(16).collect();
        if printable.is_empty() { visible.take(16).collect() } else { printable }
    }
}

fn last_letter(first: char) -> char {
    if first == 'A' { 'Z' } else { 'z' }
}

fn moved(c: char, from: char, to: char) -> char {
    char::from_u32(u32::from(c) - u32::from(from) + u32::from(to)).unwrap_or(c)
}

fn next(c: char) -> Option<char> {
    (c..=char::MAX).nth(1)
}

fn previous(c: char) -> Option<char> {
    ('\0'..c).next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_come_together() {
        let set = Set::new([('d', 'f'), ('a', 'c'), ('x', 'z'), ('y', 'y'), ('9', '0'), ('\0', '\0')]);
        assert_eq!(set.ranges(), [('a', 'f'), ('x', 'z')]);
        assert!(set.contains('f') && !set.contains('g') && !set.contains('\0'));
    }

    #[test]
    fn complements_are_inverse_and_keep_nul_out() {
        for set in [Set::digits(), Set::word(), Set::space(), Set::any(), Set::of('\u{d7ff}'), Set::of(char::MAX)] {
            let others = set.complement();
            assert_eq!(others.complement(), set);
            assert!(!others.contains('\0') && !set.contains('\0'));
            assert!(('\u{1}'..='\u{3000}').all(|c| set.contains(c) != others.contains(c)));
        }
    }

    #[test]
    fn cases_are_those_of_ascii() {
        assert_eq!(Set::of('k').either_case().ranges(), [('K', 'K'), ('k', 'k')]);
        assert_eq!(Set::new([('0', 'C')]).either_case().ranges(), [('0', 'C'), ('a', 'c')]);
        assert_eq!(Set::of('é').either_case(), Set::of('é'));
        assert_eq!(Set::new([('a', 'c'), ('-', '-')]).before_lowering().ranges(), [('-', '-'), ('A', 'C'), ('a', 'c')]);
        assert!(Set::new([('A', 'Z')]).before_lowering().is_empty());
    }
}
