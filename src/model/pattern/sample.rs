//! Texts that match a pattern, and texts that do not.

use super::{Automaton, Pattern};

/// How many different texts are enough for any use.
const ENOUGH: u64 = 100_000;
/// How much longer than necessary a sample may be.
const LONGER_MAX: usize = 40;
/// How few texts are looked at one by one.
const TRIES: u64 = 64;

/// A text that matches; numbers count through the texts of one length.
pub(super) fn matching(automaton: &Automaton, min: usize, max: usize, number: usize) -> Option<String> {
    let choices: Vec<Vec<char>> = automaton.places.iter().map(|place| place.set.samples()).collect();
    let mut counts = Counts { automaton, choices: &choices, known: Vec::new() };
    let lengths = lengths(&mut counts, min, max);
    let all: u64 = lengths.iter().map(|(_, count)| *count).sum();
    if all <= TRIES {
        // A text that can be read in several ways has several numbers.
        let mut texts: Vec<String> = Vec::new();
        for (length, count) in lengths {
            for text in (0..count).map(|index| counts.text(length, index)) {
                if !texts.contains(&text) {
                    texts.push(text);
                }
            }
        }
        return texts.get(number % texts.len().max(1)).cloned();
    }
    let mut index = number as u64 % ENOUGH.min(all);
    let (length, count) = *lengths.iter().find(|(_, count)| {
        let is_here = index < *count;
        index = if is_here { index } else { index - count };
        is_here
    })?;
    // The numbers are spread out, so that samples differ in more than their last character.
    Some(counts.text(length, index * (count / ENOUGH).max(1)))
}

/// The lengths that samples have: one of which there are enough texts, or all there are.
fn lengths(counts: &mut Counts<'_>, min: usize, max: usize) -> Vec<(usize, u64)> {
    let mut lengths: Vec<(usize, u64)> = Vec::new();
    for length in min..=max {
        let count = counts.of_length(length);
        if count >= ENOUGH {
            return vec![(length, count)];
        }
        if count > 0 {
            lengths.push((length, count));
        }
        if lengths.first().is_some_and(|(first, _)| length >= first + LONGER_MAX) {
            break;
        }
    }
    lengths
}

/// How many ways there are to go on from a place for so many more characters.
struct Counts<'a> {
    automaton: &'a Automaton,
    choices: &'a [Vec<char>],
    /// By the characters that are left, and the place.
    known: Vec<Vec<u64>>,
}

impl Counts<'_> {
    fn of_length(&mut self, length: usize) -> u64 {
        if length == 0 {
            return u64::from(self.automaton.takes_nothing);
        }
        // From the end backwards, so that nothing calls itself a thousand times.
        for left in self.known.len()..length {
            let counts = (0..self.automaton.places.len()).map(|place| self.from(place, left)).collect();
            self.known.push(counts);
        }
        self.automaton.first.iter().map(|place| self.at(*place, length - 1)).fold(0, u64::saturating_add)
    }

    fn known(&self, place: usize, left: usize) -> u64 {
        self.known.get(left).and_then(|counts| counts.get(place)).copied().unwrap_or_default()
    }

    /// The ways to fill a place and go on.
    fn at(&self, place: usize, left: usize) -> u64 {
        self.known(place, left).saturating_mul(self.choices[place].len() as u64).min(u64::from(u32::MAX))
    }

    fn from(&self, place: usize, left: usize) -> u64 {
        let place = &self.automaton.places[place];
        if left == 0 {
            return u64::from(place.is_last);
        }
        let sum = place.next.iter().map(|next| self.at(*next, left - 1)).fold(0, u64::saturating_add);
        sum.min(u64::from(u32::MAX))
    }

    /// The text of a number below the count.
    fn text(&self, length: usize, mut number: u64) -> String {
        let mut text = String::new();
        let mut options = &self.automaton.first;
        for left in (0..length).rev() {
            let fallback = options.iter().copied().find(|place| self.at(*place, left) > 0);
            let mut chosen = fallback;
            for place in options {
                let count = self.at(*place, left);
                if number < count {
                    chosen = Some(*place);
                    break;
                }
                number -= count;
            }
            let Some(place) = chosen else { return text };
            let rest = self.known(place, left).max(1);
            let choices = &self.choices[place];
            let index = usize::try_from(number / rest).unwrap_or_default();
            text.extend(choices.get(index % choices.len().max(1)));
            number %= rest;
            options = &self.automaton.places[place].next;
        }
        text
    }
}

/// A text that does not match: a sample with one character changed, or one made of a single character.
pub(super) fn failing(pattern: &Pattern, min: usize, max: usize) -> Option<String> {
    const STRANGERS: [char; 8] = ['!', ' ', '~', '0', 'a', 'A', '-', 'é'];
    let sample = matching(&pattern.automaton, min, max, 0).unwrap_or_default();
    let changed = STRANGERS.iter().flat_map(|c| {
        let sample: Vec<char> = sample.chars().collect();
        (0..sample.len().min(64)).rev().map(move |at| {
            let mut text = sample.clone();
            text[at] = *c;
            text.into_iter().collect::<String>()
        })
    });
    let alone = STRANGERS.iter().map(|c| c.to_string().repeat(min.max(1)));
    let fits = |text: &String| (min..=max).contains(&text.chars().count());
    changed.chain(alone).filter(fits).find(|text| !pattern.matches(text))
}
