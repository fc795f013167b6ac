//! Texts that lead back to where a repetition begins in two ways.

use std::collections::VecDeque;

use super::automaton::Automaton;

/// The most places of which all pairs are looked at.
const PLACES_MAX: usize = 400;

/// Two ways at once: the places where they are.
type Pair = (usize, usize);

/// For each place where a repetition begins, a short text that leads from there back to it in two ways, if there is one:
/// each time that it is repeated, the ways are twice as many. The same for each step that there is for two reasons. `None`
/// where there are too many places to tell.
pub(super) fn witnesses(loops: &Automaton) -> Option<Vec<Vec<char>>> {
    if loops.places.len() > PLACES_MAX {
        return None;
    }
    let entries = (0..loops.places.len()).filter(|place| loops.places[*place].is_entry);
    let of_steps = loops.doubled.iter().filter_map(|step| round(loops, *step));
    Some(entries.filter_map(|entry| witness(loops, entry)).chain(of_steps).collect())
}

/// A text that leads from the end of a step to its beginning, so that the step can be taken again.
fn round(loops: &Automaton, (from, to): (usize, usize)) -> Option<Vec<char>> {
    let first = common(loops, (to, to))?;
    if from == to {
        return Some(vec![first]);
    }
    let (_, rest) = way(loops, (to, to), &|pair| pair == (from, from))?;
    Some([vec![first], rest].concat())
}

fn witness(loops: &Automaton, entry: usize) -> Option<Vec<char>> {
    let start = (entry, entry);
    let is_start = |pair: Pair| pair == start;
    let parts_for_a_while = |pair: Pair| pair.0 != pair.1 && way(loops, pair, &is_start).is_some();
    let (apart, there) = way(loops, start, &parts_for_a_while)?;
    let (_, back) = way(loops, apart, &is_start)?;
    let mut whole = [there, back].concat();
    // It begins with the character of the entry, with which it ends.
    whole.rotate_right(1);
    Some(whole)
}

/// The nearest such pair that one or more characters lead to, and the characters.
fn way(loops: &Automaton, from: Pair, is_end: &dyn Fn(Pair) -> bool) -> Option<(Pair, Vec<char>)> {
    let size = loops.places.len();
    let mut came_from: Vec<Option<Pair>> = vec![None; size * size];
    let mut waiting = VecDeque::from([from]);
    while let Some(pair) = waiting.pop_front() {
        for next in successors(loops, pair) {
            let known = &mut came_from[next.0 * size + next.1];
            if known.is_none() {
                *known = Some(pair);
                if is_end(next) {
                    return Some((next, text(loops, &came_from, from, next)));
                }
                waiting.push_back(next);
            }
        }
    }
    None
}

/// Where two ways may be after one more character that both take.
fn successors(loops: &Automaton, (one, other): Pair) -> impl Iterator<Item = Pair> {
    let others = &loops.places[other].next;
    let nexts = loops.places[one].next.iter().flat_map(move |next| others.iter().map(move |other| (*next, *other)));
    nexts.filter(|pair| common(loops, *pair).is_some())
}

fn common(loops: &Automaton, (one, other): Pair) -> Option<char> {
    loops.places[one].set.common(&loops.places[other].set)
}

/// The characters on the way to a pair.
fn text(loops: &Automaton, came_from: &[Option<Pair>], from: Pair, end: Pair) -> Vec<char> {
    let size = loops.places.len();
    let before = |pair: &Pair| came_from[pair.0 * size + pair.1].filter(|before| *before != from);
    let mut text: Vec<char> = std::iter::successors(Some(end), before).filter_map(|pair| common(loops, pair)).collect();
    text.reverse();
    text
}
