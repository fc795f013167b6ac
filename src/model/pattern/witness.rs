//! Texts that lead back to where a repetition begins in two ways.

use std::collections::VecDeque;

use super::automaton::Automaton;

/// The most places of which all pairs are looked at.
const PLACES_MAX: usize = 400;
/// The most steps of two ways at once that are looked at.
const WORK_MAX: usize = 3_000_000;

/// There is too much to look at.
pub(super) struct TooMuch;

/// Two ways at once: the places where they are.
type Pair = (usize, usize);

/// For each place where a repetition begins, a short text that leads from there back to it in two ways, if there is one:
/// each time that it is repeated, the ways are twice as many. The same for each step that there is for two reasons.
pub(super) fn witnesses(loops: &Automaton) -> Result<Vec<Vec<char>>, TooMuch> {
    if loops.places.len() > PLACES_MAX {
        return Err(TooMuch);
    }
    let entries = (0..loops.places.len()).filter(|place| loops.places[*place].is_entry);
    let mut work = WORK_MAX;
    let mut found = Vec::new();
    for entry in entries {
        found.extend(witness(loops, entry, &mut work)?);
    }
    for step in &loops.doubled {
        found.extend(round(loops, *step, &mut work)?);
    }
    Ok(found)
}

/// A text that leads from the end of a step to its beginning, so that the step can be taken again.
fn round(loops: &Automaton, (from, to): (usize, usize), work: &mut usize) -> Result<Option<Vec<char>>, TooMuch> {
    let Some(first) = common(loops, (to, to)) else { return Ok(None) };
    if from == to {
        return Ok(Some(vec![first]));
    }
    let back = way(loops, (to, to), &|pair| pair == (from, from), work)?;
    Ok(back.map(|(_, rest)| [vec![first], rest].concat()))
}

fn witness(loops: &Automaton, entry: usize, work: &mut usize) -> Result<Option<Vec<char>>, TooMuch> {
    let (start, size) = ((entry, entry), loops.places.len());
    let leads_back = leading_to(loops, start, work)?;
    let parts_for_a_while = |pair: Pair| pair.0 != pair.1 && leads_back[pair.0 * size + pair.1];
    let Some((apart, there)) = way(loops, start, &parts_for_a_while, work)? else { return Ok(None) };
    let Some((_, back)) = way(loops, apart, &|pair| pair == start, work)? else { return Ok(None) };
    let mut whole = [there, back].concat();
    // It begins with the character of the entry, with which it ends.
    whole.rotate_right(1);
    Ok(Some(whole))
}

/// The pairs from which one or more characters lead to a pair, by their places.
fn leading_to(loops: &Automaton, end: Pair, work: &mut usize) -> Result<Vec<bool>, TooMuch> {
    let size = loops.places.len();
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); size];
    for (place, next) in
        loops.places.iter().enumerate().flat_map(|(at, place)| place.next.iter().map(move |to| (at, *to)))
    {
        before[next].push(place);
    }
    *work = work.checked_sub(size * size / 8).ok_or(TooMuch)?;
    let mut leads = vec![false; size * size];
    let mut waiting = vec![end];
    while let Some((one, other)) = waiting.pop() {
        *work = work.checked_sub(before[one].len() * before[other].len()).ok_or(TooMuch)?;
        for pair in before[one].iter().flat_map(|one| before[other].iter().map(move |other| (*one, *other))) {
            let known = &mut leads[pair.0 * size + pair.1];
            if !*known && common(loops, pair).is_some() {
                *known = true;
                waiting.push(pair);
            }
        }
    }
    Ok(leads)
}

/// The nearest such pair that one or more characters lead to, and the characters.
fn way(
    loops: &Automaton,
    from: Pair,
    is_end: &dyn Fn(Pair) -> bool,
    work: &mut usize,
) -> Result<Option<(Pair, Vec<char>)>, TooMuch> {
    let size = loops.places.len();
    *work = work.checked_sub(size * size / 8).ok_or(TooMuch)?;
    let mut came_from: Vec<Option<Pair>> = vec![None; size * size];
    let mut waiting = VecDeque::from([from]);
    while let Some(pair) = waiting.pop_front() {
        *work = work.checked_sub(loops.places[pair.0].next.len() * loops.places[pair.1].next.len()).ok_or(TooMuch)?;
        for next in successors(loops, pair) {
            let known = &mut came_from[next.0 * size + next.1];
            if known.is_none() {
                *known = Some(pair);
                if is_end(next) {
                    return Ok(Some((next, text(loops, &came_from, from, next))));
                }
                waiting.push_back(next);
            }
        }
    }
    Ok(None)
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
