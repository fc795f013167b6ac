//! What a piece of a document takes while it stays on one line, known when the piece is made, so that nobody has to walk
//! through it to see whether it fits.

use unicode_width::UnicodeWidthChar;

/// The columns of a piece on one line, and the blanks at its ends, which only count between texts.
///
/// All of it is one number, since documents consist of many small pieces: the lowest bits tell of blanks and texts, the
/// others are columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flat(u32);

const HAS_TEXT: u32 = 1;
/// A blank before the first text, or without any text.
const BLANK_BEFORE: u32 = 2;
const BLANK_AFTER: u32 = 4;
const IS_UNKNOWN: u32 = 8;
const COLUMN: u32 = 16;

/// More columns than any line has, few enough to be added up.
const MOST: u32 = 1 << 20;

impl Flat {
    /// Neither text nor blank.
    pub(super) const NOTHING: Self = Self(0);
    pub(super) const COMMA: Self = Self(HAS_TEXT | COLUMN);
    /// A blank that vanishes at the end of a line.
    pub(super) const BLANK: Self = Self(BLANK_BEFORE);
    /// Who wants to know has to walk through the piece: it has lines of its own, or asks for the state of a group.
    pub(super) const UNKNOWN: Self = Self(IS_UNKNOWN);

    pub(super) fn text(columns: usize) -> Self {
        match u32::try_from(columns) {
            Ok(0) => Self::NOTHING,
            Ok(columns) if columns < MOST => Self(HAS_TEXT | (columns * COLUMN)),
            _ => Self(HAS_TEXT | (MOST * COLUMN)),
        }
    }

    pub(super) const fn is_known(self) -> bool {
        self.0 & IS_UNKNOWN == 0
    }

    pub(super) const fn has_text(self) -> bool {
        self.0 & HAS_TEXT != 0
    }

    /// The columns of all that is no blank at an end.
    pub(super) const fn columns(self) -> usize {
        (self.0 / COLUMN) as usize
    }

    /// Both, one behind the other.
    #[inline]
    pub(super) fn then(self, next: Self) -> Self {
        if !self.has_text() {
            return Self(self.0 | next.0);
        }
        let blank_between = self.0 & BLANK_AFTER != 0 || next.0 & BLANK_BEFORE != 0;
        let blank_after = if next.has_text() { next.0 & BLANK_AFTER } else { u32::from(blank_between) * BLANK_AFTER };
        let columns = self.0 / COLUMN + next.0 / COLUMN + u32::from(blank_between && next.has_text());
        let kept = (self.0 & (HAS_TEXT | BLANK_BEFORE | IS_UNKNOWN)) | (next.0 & IS_UNKNOWN);
        Self((columns.min(MOST) * COLUMN) | kept | blank_after)
    }

    /// The column behind it, and whether a blank is due there, from a column with or without one.
    pub(super) fn behind(self, column: usize, blank: bool) -> (usize, bool) {
        // At the very beginning of a line no blank is due.
        let blank = blank || (self.0 & BLANK_BEFORE != 0 && column > 0);
        if self.has_text() {
            (column + usize::from(blank) + self.columns(), self.0 & BLANK_AFTER != 0)
        } else {
            (column, blank)
        }
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What printing the pieces one by one comes to.
    fn walked(pieces: &[Flat], mut column: usize, mut blank: bool) -> (usize, bool) {
        for piece in pieces {
            (column, blank) = piece.behind(column, blank);
        }
        (column, blank)
    }

    #[test]
    fn a_sequence_takes_what_its_pieces_take() {
        let kinds = [Flat::NOTHING, Flat::BLANK, Flat::COMMA, Flat::text(7), Flat::BLANK.then(Flat::text(3))];
        for number in 0..kinds.len().pow(3) {
            let [a, b, c] = [1, 5, 25].map(|step| kinds[number / step % kinds.len()]);
            for blank in [false, true] {
                let expected = walked(&[a, b, c], 4, blank);
                assert_eq!(a.then(b).then(c).behind(4, blank), expected, "{a:?} {b:?} {c:?}");
                assert_eq!(a.then(b.then(c)).behind(4, blank), expected, "{a:?} {b:?} {c:?}");
            }
        }
    }

    #[test]
    fn too_much_stays_too_much() {
        let much = Flat::text(usize::MAX);
        assert!((0..8).fold(much, |all, _| all.then(all)).columns() >= MOST as usize);
        assert!(!Flat::COMMA.then(Flat::UNKNOWN).then(Flat::COMMA).is_known());
    }
}
