//! Lines of the spec, told so that they stay what they are when something is written before their entity.

use std::num::NonZeroU32;

use crate::code;

/// A line of the spec, counted from the one that its entity begins on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(NonZeroU32);

/// The line of the spec that something came from; `None` for what exists by itself.
pub type Origin = Option<Line>;

/// A number that holds both: more lines than a spec may have bytes, and more entities than it may have.
const BITS: u32 = 18;
const MOST_BELOW: u32 = (1 << BITS) - 1;
const MOST_ENTITIES: u32 = (1 << (32 - BITS)) - 2;

impl Line {
    /// The line so many below the beginning of an entity, which is known by its place among those that are written.
    pub fn new(entity: usize, below: u32) -> Self {
        let entity = u32::try_from(entity).map_or(MOST_ENTITIES, |entity| entity.min(MOST_ENTITIES));
        // Entities count from 1, so that no line is 0.
        Self(NonZeroU32::MIN.saturating_add(((entity + 1) << BITS) - 1 + below.min(MOST_BELOW)))
    }

    /// The line of a number that [`Line::number`] gave out.
    pub fn from_number(number: u32) -> Origin {
        NonZeroU32::new(number).map(Self)
    }

    /// The line as one number, never 0.
    pub fn number(self) -> u32 {
        self.0.get()
    }

    /// The place of its entity among those that are written.
    pub fn entity(self) -> usize {
        (self.number() >> BITS).saturating_sub(1) as usize
    }

    /// How many lines it stands below the beginning of its entity.
    pub fn below(self) -> u32 {
        self.number() & MOST_BELOW
    }
}

impl From<Line> for code::Origin {
    fn from(line: Line) -> Self {
        Self::new(line.number())
    }
}

/// Where in the spec each written entity begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntityLines(Vec<u32>);

impl EntityLines {
    /// The lines that entities begin on, counted from 1.
    pub fn new(begins: Vec<u32>) -> Self {
        Self(begins)
    }

    /// The same as numbers.
    pub fn begins(&self) -> &[u32] {
        &self.0
    }

    /// The number of a line in the whole spec, counted from 1.
    pub fn number(&self, line: Line) -> u32 {
        self.0.get(line.entity()).copied().unwrap_or_default() + line.below()
    }

    /// The line of a number in the whole spec; `None` where no entity has begun.
    pub fn line(&self, number: u32) -> Origin {
        let entity = self.0.partition_point(|begin| *begin <= number).checked_sub(1)?;
        Some(Line::new(entity, number - self.0.get(entity)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_from_their_entity_and_found_again() {
        let lines = EntityLines::new(vec![5, 9, 262_000]);
        assert_eq!(lines.line(4), None);
        for (number, entity, below) in [(5, 0, 0), (8, 0, 3), (9, 1, 0), (261_999, 1, 261_990), (262_144, 2, 144)] {
            let line = Line::new(entity, below);
            assert_eq!((lines.line(number), lines.number(line)), (Some(line), number));
            assert_eq!((line.entity(), line.below()), (entity, below));
            assert_eq!(Line::from_number(line.number()), Some(line));
        }
    }

    #[test]
    fn what_is_too_much_is_the_last_that_there_is_room_for() {
        let last = Line::new(usize::MAX, u32::MAX);
        assert_eq!((last.entity(), last.below()), (MOST_ENTITIES as usize, MOST_BELOW));
    }
}
