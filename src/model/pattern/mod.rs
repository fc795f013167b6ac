//! Patterns of strings, in a dialect that means the same in every language: no look-around, no back-references, no
//! unbounded repetition inside another one but where each of its rounds begins or ends with a character of its own,
//! `\d`, `\w` and `\s` in ASCII, always the whole value.
//!
//! A pattern is parsed once, and printed afresh for each language that is to enforce it.

mod automaton;
mod cost;
mod parse;
mod print;
mod sample;
mod set;
mod witness;

#[cfg(test)]
mod tests;

pub use set::Set;

use automaton::Automaton;

/// The longest string that is held against a pattern.
pub const LENGTH_MAX: u32 = 1000;

/// What a string has to match, from its first character to its last.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    root: Node,
    automaton: Automaton,
}

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    /// One character of a set.
    One(Set),
    /// One after the other; nothing at all where there are none.
    Sequence(Vec<Node>),
    /// Any of them.
    Choice(Vec<Node>),
    /// So many of the same; without an upper end any number.
    Repeat { of: Box<Node>, min: u32, max: Option<u32> },
}

/// Why a text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misformed {
    /// Where in the text, in bytes.
    pub from: usize,
    /// Where that ends.
    pub to: usize,
    /// What is wrong there.
    pub message: String,
    /// The way out.
    pub help: String,
    /// What stands there instead, where that is certain.
    pub instead: Option<String>,
}

impl Pattern {
    /// Reads what stands between the slashes of a pattern.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn new(source: &str, ignore_case: bool) -> Result<Self, Misformed> {
        let root = parse::parse(source, ignore_case)?;
        let whole = |message: &str, help: &str| Misformed {
            from: 0,
            to: source.len(),
            message: message.to_owned(),
            help: help.to_owned(),
            instead: None,
        };
        let automaton = Automaton::of(&root).ok_or_else(|| {
            whole("This pattern is too large.", "Repeat fewer things, or bound the length with a range instead.")
        })?;
        if cost::is_dear(&root, &automaton) {
            return Err(whole(
                "This pattern can match the same text in too many ways, which takes some engines very long to see.",
                "Let the parts that repeat begin or end with characters that the next part cannot have.",
            ));
        }
        Ok(Self { root, automaton })
    }

    /// Whether a whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        self.automaton.matches(text)
    }

    /// The pattern of the texts that match once A to Z in them have become a to z.
    #[must_use]
    pub fn before_lowering(&self) -> Self {
        self.with_sets(&Set::before_lowering)
    }

    /// The pattern of the texts that match and have none of A to Z.
    #[must_use]
    pub fn without_capitals(&self) -> Self {
        self.with_sets(&Set::without_capitals)
    }

    fn with_sets(&self, change: &impl Fn(&Set) -> Set) -> Self {
        let root = self.root.map_sets(change);
        let automaton = Automaton::of(&root).unwrap_or_else(|| self.automaton.clone());
        Self { root, automaton }
    }

    /// The pattern for ECMA-262, anchored, without flags but perhaps `u`.
    pub fn ecma(&self) -> String {
        print::ecma(&self.root, print::Nul::Named)
    }

    /// The same for where NUL is refused already.
    pub fn ecma_without_nul(&self) -> String {
        print::ecma(&self.root, print::Nul::Unnamed)
    }

    /// A text of a length in that range which matches, another one for each number as far as there are others.
    pub fn sample(&self, min: u32, max: u32, number: usize) -> Option<String> {
        sample::matching(&self.automaton, min as usize, max.min(LENGTH_MAX) as usize, number)
    }

    /// A text of a length in that range which does not match.
    pub fn counterexample(&self, min: u32, max: u32) -> Option<String> {
        sample::failing(self, min as usize, max.min(LENGTH_MAX) as usize)
    }
}

impl Node {
    fn map_sets(&self, change: &impl Fn(&Set) -> Set) -> Self {
        let all = |parts: &[Self]| parts.iter().map(|part| part.map_sets(change)).collect();
        match self {
            Self::One(set) => Self::One(change(set)),
            Self::Sequence(parts) => Self::Sequence(all(parts)),
            Self::Choice(parts) => Self::Choice(all(parts)),
            Self::Repeat { of, min, max } => Self::Repeat { of: Box::new(of.map_sets(change)), min: *min, max: *max },
        }
    }

    /// Whether it begins or ends with a character that the rest of it cannot have, so that a text of many of them can
    /// be taken apart in one way only.
    fn is_delimited(&self) -> bool {
        let Self::Sequence(parts) = self else { return false };
        let ends = [parts.split_first(), parts.split_last()];
        ends.into_iter().flatten().any(|(end, rest)| match end {
            Self::One(set) => rest.iter().all(|part| part.is_without(set)),
            _ => false,
        })
    }

    /// Whether none of these characters can be in it.
    fn is_without(&self, characters: &Set) -> bool {
        match self {
            Self::One(set) => set.common(characters).is_none(),
            Self::Sequence(parts) | Self::Choice(parts) => parts.iter().all(|part| part.is_without(characters)),
            Self::Repeat { of, .. } => of.is_without(characters),
        }
    }

    /// Whether nothing at all matches it.
    fn is_nullable(&self) -> bool {
        match self {
            Self::One(_) => false,
            Self::Sequence(parts) => parts.iter().all(Self::is_nullable),
            Self::Choice(parts) => parts.iter().any(Self::is_nullable),
            Self::Repeat { of, min, .. } => *min == 0 || of.is_nullable(),
        }
    }

    /// The alternatives of what it matches but for nothing at all; `None` where they are not that easily told.
    fn but_nothing(&self) -> Option<Vec<Self>> {
        match self {
            Self::Sequence(parts) if parts.is_empty() => Some(Vec::new()),
            Self::Repeat { of, max: Some(1), .. } if !of.is_nullable() => Some(vec![of.as_ref().clone()]),
            Self::Repeat { of, max, .. } if !of.is_nullable() => {
                Some(vec![Self::Repeat { of: of.clone(), min: 1, max: *max }])
            }
            Self::Choice(parts) => {
                let parts: Option<Vec<Vec<Self>>> = parts.iter().map(Self::but_nothing).collect();
                parts.map(|parts| parts.concat())
            }
            other if !other.is_nullable() => Some(vec![other.clone()]),
            _ => None,
        }
    }

    /// Whether some part of it repeats without an end.
    fn is_unbounded(&self) -> bool {
        match self {
            Self::One(_) => false,
            Self::Sequence(parts) | Self::Choice(parts) => parts.iter().any(Self::is_unbounded),
            Self::Repeat { of, max, .. } => max.is_none() || of.is_unbounded(),
        }
    }
}
