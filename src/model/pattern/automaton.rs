//! A pattern as an automaton with one state for each place of a character.

use super::{Node, Set};

/// The most places of a pattern, repetitions written out.
const PLACES_MAX: usize = 2000;
/// The most ways from one place to the next.
const STEPS_MAX: usize = 50_000;

/// The places of a pattern and how they follow each other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Automaton {
    pub(super) places: Vec<Place>,
    /// Where a text may begin.
    pub(super) first: Vec<usize>,
    /// Whether the empty text matches.
    pub(super) takes_nothing: bool,
    steps: usize,
    /// Whether what is built repeats what was built before, with fewer rounds to go.
    is_again: bool,
    /// Whether whatever repeats is built as if it did so without an end.
    loops: bool,
    /// The steps that there are for more than one reason.
    pub(super) doubled: Vec<(usize, usize)>,
}

/// The place of one character.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub(super) set: Set,
    /// The places that may come after it.
    pub(super) next: Vec<usize>,
    /// Whether a text may end here.
    pub(super) is_last: bool,
    /// Whether a repetition begins here.
    pub(super) is_entry: bool,
}

/// A part that has been built: where it may begin and end, and whether it may be left out.
struct Built {
    first: Vec<usize>,
    last: Vec<usize>,
    nullable: bool,
}

impl Built {
    const NOTHING: Self = Self { first: Vec::new(), last: Vec::new(), nullable: true };
}

impl Automaton {
    /// The automaton of a pattern; `None` where it has too many places.
    pub(super) fn of(root: &Node) -> Option<Self> {
        Self::built(root, false)
    }

    /// The same as if whatever repeats did so without an end, so that nothing is written out.
    pub(super) fn of_loops(root: &Node) -> Option<Self> {
        Self::built(root, true)
    }

    fn built(root: &Node, loops: bool) -> Option<Self> {
        let mut automaton = Self {
            places: Vec::new(),
            first: Vec::new(),
            takes_nothing: false,
            steps: 0,
            is_again: false,
            loops,
            doubled: Vec::new(),
        };
        let built = automaton.build(root)?;
        for last in built.last {
            automaton.places[last].is_last = true;
        }
        automaton.first = built.first;
        automaton.takes_nothing = built.nullable;
        Some(automaton)
    }

    /// Whether a whole text matches, in time that grows with the text alone.
    pub(super) fn matches(&self, text: &str) -> bool {
        let mut chars = text.chars();
        let Some(first) = chars.next() else { return self.takes_nothing };
        let mut active: Vec<usize> =
            self.first.iter().copied().filter(|place| self.places[*place].set.contains(first)).collect();
        let mut seen = vec![0_usize; self.places.len()];
        for (step, c) in chars.enumerate() {
            let mut after = Vec::new();
            for next in active.iter().flat_map(|place| &self.places[*place].next) {
                if seen[*next] <= step && self.places[*next].set.contains(c) {
                    seen[*next] = step + 1;
                    after.push(*next);
                }
            }
            active = after;
            if active.is_empty() {
                return false;
            }
        }
        active.iter().any(|place| self.places[*place].is_last)
    }

    fn build(&mut self, node: &Node) -> Option<Built> {
        match node {
            Node::One(set) => {
                if self.places.len() >= PLACES_MAX {
                    return None;
                }
                self.places.push(Place { set: set.clone(), next: Vec::new(), is_last: false, is_entry: false });
                let place = vec![self.places.len() - 1];
                Some(Built { first: place.clone(), last: place, nullable: false })
            }
            Node::Sequence(parts) => {
                let mut whole = Built::NOTHING;
                for part in parts {
                    let part = self.build(part)?;
                    whole = self.join(whole, part)?;
                }
                Some(whole)
            }
            Node::Choice(parts) => {
                let mut whole = Built { nullable: false, ..Built::NOTHING };
                for part in parts {
                    let part = self.build(part)?;
                    whole.first.extend(part.first);
                    whole.last.extend(part.last);
                    whole.nullable |= part.nullable;
                }
                Some(whole)
            }
            Node::Repeat { of, min, max } => self.repeat(of, *min, *max),
        }
    }

    /// What must be there one after the other, then what may: `a{2,4}` is `aa(a(a)?)?`.
    fn repeat(&mut self, of: &Node, min: u32, max: Option<u32>) -> Option<Built> {
        if self.loops && max != Some(1) && (min, max) != (0, None) {
            let built = self.repeat(of, 0, None)?;
            return Some(Built { nullable: built.nullable && min == 0, ..built });
        }
        let mut whole = Built::NOTHING;
        let needed = if max.is_none() { min.saturating_sub(1) } else { min };
        for round in 0..needed {
            let part = self.entry(of, round > 0)?;
            whole = self.join(whole, part)?;
        }
        let mut rest = Built::NOTHING;
        match max {
            None => {
                rest = self.entry(of, false)?;
                self.link(&rest.last, &rest.first)?;
                rest.nullable |= min == 0;
            }
            // The last one is built first.
            Some(max) => {
                for round in (min..max).rev() {
                    let part = self.entry(of, round > 0)?;
                    rest = Built { nullable: true, ..self.join(part, rest)? };
                }
            }
        }
        self.join(whole, rest)
    }

    /// What is repeated; later rounds have fewer ways to go on than the first, so that only the first is looked at.
    fn entry(&mut self, of: &Node, is_later: bool) -> Option<Built> {
        let was_again = self.is_again;
        self.is_again |= is_later;
        let part = self.build(of);
        let is_again = std::mem::replace(&mut self.is_again, was_again);
        let part = part?;
        if !is_again {
            part.first.iter().for_each(|place| self.places[*place].is_entry = true);
        }
        Some(part)
    }

    fn join(&mut self, before: Built, after: Built) -> Option<Built> {
        self.link(&before.last, &after.first)?;
        let mut first = before.first;
        if before.nullable {
            first.extend(&after.first);
        }
        let mut last = after.last;
        if after.nullable {
            last.extend(&before.last);
        }
        Some(Built { first, last, nullable: before.nullable && after.nullable })
    }

    fn link(&mut self, from: &[usize], to: &[usize]) -> Option<()> {
        for place in from {
            let next = &mut self.places[*place].next;
            let (known, new): (Vec<usize>, Vec<usize>) = to.iter().partition(|place| next.contains(place));
            next.extend(new);
            self.doubled.extend(known.into_iter().map(|to| (*place, to)));
            self.steps += to.len();
        }
        (self.steps <= STEPS_MAX).then_some(())
    }
}
