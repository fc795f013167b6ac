//! Reading a text that is nearly the one that was read before.
//!
//! An entity whose lines are what they were says what it said: only its place is another. Everything else is read
//! afresh, in a source from which those lines are taken out. Where that is not sure to come to the same as reading
//! the whole text, the whole text is read.

use std::collections::BTreeSet;
use std::ops::Range;

use super::ast::{Entity, Given, Shift, Spec};
use super::limits::Limits;
use super::yaml::{self, Entry, Node};
use super::{Read, document, read};

/// Reads one text after the other.
#[derive(Debug, Default)]
pub struct Reader {
    last: Option<Known>,
}

/// A text without problems, and what was read of it.
#[derive(Debug)]
struct Known {
    text: String,
    spec: Spec,
}

impl Reader {
    /// What [`read`] says of a text.
    pub fn read(&mut self, text: &str) -> Read {
        let known = self.last.take().and_then(|known| known.again(text));
        known.map_or_else(|| read(text), |spec| Read { spec: Some(spec), diagnostics: Vec::new() })
    }

    /// Keeps what was read of a text, for the next.
    pub fn keep(&mut self, text: &str, spec: Spec, is_without_problems: bool) {
        let known = is_without_problems && is_plain(text);
        self.last = known.then(|| Known { text: text.to_owned(), spec });
    }
}

/// Whether every character stands for itself, so that a byte is a character.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~'))
}

/// Which lines of a text are those of entities that stayed what they were: from the first one on, and up to the last.
struct Stayed {
    /// So many entities before the change.
    before: usize,
    /// So many after it.
    after: usize,
    /// Where their lines are in the new text.
    lines: [Range<usize>; 2],
    /// How many bytes further on those after the change are.
    shift: usize,
}

impl Known {
    /// The spec of another text, if it can be told from this one without reading all of it.
    fn again(self, text: &str) -> Option<Spec> {
        let Self { text: former, spec } = self;
        let Given::Value(entities) = spec.entities else { return None };
        if text.len() > Limits::DEFAULT.bytes || !is_plain(text) {
            return None;
        }
        let stayed = Stayed::of(&former, text, &entities)?;
        let [first, second] = &stayed.lines;
        let kept = [0..first.start, first.end..second.start, second.end..text.len()];
        let root = yaml::read_parts(text, &kept, &Limits::DEFAULT)?;
        if !is_within(&root, &kept) {
            return None;
        }
        let mut problems = Vec::new();
        let mut spec = document::spec(Some(&root), text, &Limits::DEFAULT, &mut problems)?;
        let Given::Value(read) = &mut spec.entities else { return None };
        *read = together(entities, std::mem::take(read), &stayed);
        let names: BTreeSet<&str> = read.iter().map(|entity| entity.name.value.as_str()).collect();
        let is_sure = problems.is_empty() && names.len() == read.len() && read.len() <= Limits::DEFAULT.entities;
        is_sure.then_some(spec)
    }
}

impl Stayed {
    fn of(former: &str, text: &str, entities: &[Entity]) -> Option<Self> {
        let begins: Vec<usize> = entities.iter().map(|entity| begin(former, entity)).collect::<Option<_>>()?;
        let (one, other) = (former.as_bytes(), text.as_bytes());
        let most = one.len().min(other.len());
        let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
        let same_at_end = one.iter().rev().zip(other.iter().rev()).take(most - same);
        let changed_until = one.len() - same_at_end.take_while(|(a, b)| a == b).count();
        // What is written behind the lines of an entity may go on with what it says: the one before the change is read
        // again, and the last one, which ends where the entities end.
        let before = begins.iter().skip(1).take_while(|end| **end < same).count().saturating_sub(1);
        let unchanged = begins.iter().rev().take_while(|begin| **begin > changed_until).count();
        let after = unchanged.min(begins.len() - before).saturating_sub(1);
        let shift = text.len().wrapping_sub(former.len());
        let at = |place: usize| begins.get(place).copied().unwrap_or_default();
        let last = begins.len().checked_sub(1)?;
        let first = if before == 0 { 0..0 } else { at(0)..at(before) };
        let second = if after == 0 {
            text.len()..text.len()
        } else {
            at(last - after).wrapping_add(shift)..at(last).wrapping_add(shift)
        };
        Some(Self { before, after, lines: [first, second], shift }).filter(|stayed| stayed.before + stayed.after > 0)
    }
}

/// Where the lines of an entity begin, if its name stands at the beginning of one.
fn begin(text: &str, entity: &Entity) -> Option<usize> {
    let before = text.get(..entity.name.span.start)?;
    let line = before.rfind('\n')? + 1;
    let indent = before.get(line..)?;
    (!indent.is_empty() && indent.bytes().all(|byte| byte == b' ')).then_some(line)
}

/// Whether what was read has not grown together over what was taken out, and everything stands below what it stood
/// below: the words of the spec before its entities or behind the last of them.
fn is_within(root: &Node, kept: &[Range<usize>; 3]) -> bool {
    let [_, _, behind] = kept;
    let is_whole = |entry: &Entry| {
        let (start, end) = (entry.key.span.start, entry.value.span().end);
        kept.iter().any(|part| part.start <= start && end <= part.end)
    };
    let Node::Map(top) = root else { return false };
    let Some(Entry { key, value: Node::Map(entities) }) = top.entries.iter().find(|entry| entry.key.text == "entities")
    else {
        return false;
    };
    let has_last = behind.is_empty() || entities.entries.iter().any(|entry| entry.key.span.start >= behind.start);
    let is_beside = |entry: &Entry| entry.key.span.start < key.span.start || entry.key.span.start >= behind.start;
    let others = top.entries.iter().filter(|entry| entry.key.text != "entities");
    has_last
        && entities.entries.iter().all(is_whole)
        && others.into_iter().all(|entry| is_whole(entry) && is_beside(entry))
}

/// The entities that stayed, with those that were read between and behind them.
fn together(former: Vec<Entity>, read: Vec<Entity>, stayed: &Stayed) -> Vec<Entity> {
    let count = former.len();
    let between = read.iter().filter(|entity| entity.name.span.start < stayed.lines[1].start).count();
    let mut read = read.into_iter();
    let mut entities = Vec::with_capacity(count + 1);
    let mut former = former.into_iter();
    entities.extend(former.by_ref().take(stayed.before));
    entities.extend(read.by_ref().take(between));
    let rest = former.skip(count - stayed.before - stayed.after - 1).take(stayed.after);
    entities.extend(rest.map(|mut entity| {
        entity.shift(stayed.shift);
        entity
    }));
    entities.extend(read);
    entities
}

#[cfg(test)]
mod tests;
