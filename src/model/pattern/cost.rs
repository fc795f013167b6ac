//! How many ways an engine that tries one after the other may have to try.

use super::automaton::Automaton;
use super::witness::witnesses;
use super::{LENGTH_MAX, Node, Set};

/// The ways that may be tried on one text; engines try some ten million in a tenth of a second.
const WAYS_MAX: f64 = 2_000_000.0;
/// The steps of the search for a text that is dear.
const WORK_MAX: usize = 10_000_000;
/// The most kinds of characters that are told apart.
const KINDS_MAX: usize = 6;

/// Whether some short text, repeated, can be matched in too many ways from where a repetition begins, or that takes too
/// long to find out.
pub(super) fn is_dear(root: &Node, automaton: &Automaton) -> bool {
    let Some(Ok(witnesses)) = Automaton::of_loops(root).map(|loops| witnesses(&loops)) else { return true };
    let entries = (0..automaton.places.len()).filter(|place| automaton.places[*place].is_entry);
    let starts: Vec<Vec<usize>> =
        std::iter::once(automaton.first.clone()).chain(entries.map(|entry| vec![entry])).collect();
    let kinds = kinds(automaton);
    let words: Vec<Vec<char>> = witnesses.into_iter().chain(words(&kinds)).collect();
    let mut work = 0;
    for word in &words {
        for start in &starts {
            let (ways, steps) = ways(automaton, start, word);
            if ways > WAYS_MAX {
                return true;
            }
            work += steps;
        }
        if work > WORK_MAX {
            return true;
        }
    }
    false
}

/// One character of each kind: those of one kind are in the same sets.
fn kinds(automaton: &Automaton) -> Vec<char> {
    let mut sets: Vec<&Set> = Vec::new();
    for place in &automaton.places {
        if !sets.contains(&&place.set) {
            sets.push(&place.set);
        }
    }
    let mut kinds: Vec<(Vec<bool>, char)> = Vec::new();
    for c in sets.iter().flat_map(|set| set.ranges()).map(|(first, _)| *first) {
        let kind: Vec<bool> = sets.iter().map(|set| set.contains(c)).collect();
        if kinds.iter().all(|(known, _)| *known != kind) {
            kinds.push((kind, c));
        }
    }
    // Those that most sets have leave the most ways.
    kinds.sort_by_key(|(kind, _)| std::cmp::Reverse(kind.iter().filter(|has| **has).count()));
    kinds.into_iter().map(|(_, c)| c).take(KINDS_MAX).collect()
}

/// Texts of one to three characters.
fn words(kinds: &[char]) -> Vec<Vec<char>> {
    let mut words: Vec<Vec<char>> = vec![Vec::new()];
    let mut from = 0;
    for _ in 0..3 {
        let end = words.len();
        for index in from..end {
            for c in kinds {
                let word = [words[index].as_slice(), &[*c]].concat();
                words.push(word);
            }
        }
        from = end;
    }
    words.remove(0);
    words
}

/// The ways to match any beginning of a word that is repeated up to the greatest length, and the steps that counting
/// them took.
fn ways(automaton: &Automaton, start: &[usize], word: &[char]) -> (f64, usize) {
    let mut counts = vec![0.0; automaton.places.len()];
    let mut active: Vec<usize> = Vec::new();
    let Some(first) = word.first() else { return (0.0, 0) };
    for place in start.iter().filter(|place| automaton.places[**place].set.contains(*first)) {
        counts[*place] = 1.0;
        active.push(*place);
    }
    let (mut total, mut steps) = (0.0, 0);
    for c in word.iter().cycle().skip(1).take(LENGTH_MAX as usize) {
        total += active.iter().map(|place| counts[*place]).sum::<f64>();
        if active.is_empty() || total > WAYS_MAX {
            break;
        }
        let mut after = vec![0.0; automaton.places.len()];
        let mut reached = Vec::new();
        for place in &active {
            for next in &automaton.places[*place].next {
                steps += 1;
                if automaton.places[*next].set.contains(*c) {
                    if after[*next] == 0.0 {
                        reached.push(*next);
                    }
                    after[*next] += counts[*place];
                }
            }
        }
        counts = after;
        active = reached;
    }
    (total, steps)
}
