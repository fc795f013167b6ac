//! Which entities something was made from.

use std::fmt;
use std::ops::{Index, IndexMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Enough bits for every entity that a spec may have.
const WORDS: usize = 8;

/// A set of entities. Beyond its room two share a bit, so that it may say too much and never too little.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Entities([u64; WORDS]);

impl Entities {
    /// All of them.
    pub const ALL: Self = Self([u64::MAX; WORDS]);

    /// Adds an entity by its place.
    pub fn add(&mut self, place: usize) {
        let (word, bit) = bit_of(place);
        self.0[word] |= bit;
    }

    /// Adds all of others.
    pub fn extend(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(word, more)| *word |= more);
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether the two have an entity in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).any(|(mine, other)| mine & other != 0)
    }
}

/// Takes down which entities are read; all that speaks of the same entities shares it.
#[derive(Clone, Default)]
pub struct Reads(Arc<[AtomicU64; WORDS]>);

impl Reads {
    /// Takes down that an entity is read.
    pub fn read(&self, place: usize) {
        let (word, bit) = bit_of(place);
        // Most is read more than once, and threads that only look are in nobody's way.
        if self.0[word].load(Ordering::Relaxed) & bit == 0 {
            self.0[word].fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// Takes down that all are read.
    pub fn read_all(&self) {
        self.0.iter().for_each(|word| word.store(u64::MAX, Ordering::Relaxed));
    }

    /// Takes down that these are read.
    pub fn read_these(&self, these: &Entities) {
        self.0.iter().zip(these.0).for_each(|(word, more)| {
            word.fetch_or(more, Ordering::Relaxed);
        });
    }

    /// What is made, and which entities were read meanwhile.
    pub fn during<T>(&self, make: impl FnOnce() -> T) -> (T, Entities) {
        let before = self.take();
        let made = make();
        let read = self.take();
        self.read_these(&before);
        self.read_these(&read);
        (made, read)
    }

    fn take(&self) -> Entities {
        let mut taken = Entities::default();
        self.0.iter().zip(&mut taken.0).for_each(|(word, taken)| *taken = word.swap(0, Ordering::Relaxed));
        taken
    }
}

/// Who has read something is no part of what it is.
impl PartialEq for Reads {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Reads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reads")
    }
}

fn bit_of(place: usize) -> (usize, u64) {
    (place / 64 % WORDS, 1 << (place % 64))
}

/// What says something of an entity.
pub trait OfEntity {
    /// The place of that entity; `None` for what is of none. `place` is that of the item in its list.
    fn entity(&self, place: usize) -> Option<usize>;
}

/// A list of what is said of entities, which takes down what is read of it. Lists may have items in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Each<T> {
    items: Vec<Arc<T>>,
    reads: Reads,
}

impl<T> Default for Each<T> {
    fn default() -> Self {
        Self::from(Vec::<T>::new())
    }
}

impl<T> From<Vec<T>> for Each<T> {
    fn from(items: Vec<T>) -> Self {
        Self::from(items.into_iter().map(Arc::new).collect::<Vec<_>>())
    }
}

impl<T> From<Vec<Arc<T>>> for Each<T> {
    fn from(items: Vec<Arc<T>>) -> Self {
        Self { items, reads: Reads::default() }
    }
}

impl<T> Each<T> {
    /// The same list, whose reads are taken down here.
    #[must_use]
    pub fn read_by(self, reads: &Reads) -> Self {
        Self { items: self.items, reads: reads.clone() }
    }

    /// Where its reads are taken down.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// The items, for somebody who compares them or finds his way among them: nothing is taken down.
    pub fn unread(&self) -> &[Arc<T>] {
        &self.items
    }

    /// Adds an item.
    pub fn push(&mut self, item: T) {
        self.items.push(Arc::new(item));
    }

    /// Lets two items change places.
    pub fn swap(&mut self, one: usize, other: usize) {
        self.items.swap(one, other);
    }

    /// How many there are, which is the same as long as anything is remembered.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<T: Clone> Each<T> {
    /// Each item, to change.
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        self.items.iter_mut().map(Arc::make_mut)
    }
}

/// The items of a list, to change.
pub type IterMut<'e, T> = std::iter::Map<std::slice::IterMut<'e, Arc<T>>, fn(&'e mut Arc<T>) -> &'e mut T>;

impl<'e, T: Clone> IntoIterator for &'e mut Each<T> {
    type Item = &'e mut T;
    type IntoIter = IterMut<'e, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T: OfEntity> Each<T> {
    /// The item of a place, where there is one.
    pub fn get(&self, place: usize) -> Option<&T> {
        self.items.get(place).map(AsRef::as_ref).inspect(|item| self.read(item, place))
    }

    /// Each item, taken down as it comes up.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { each: self, places: 0..self.items.len() }
    }

    fn read(&self, item: &T, place: usize) {
        if let Some(entity) = item.entity(place) {
            self.reads.read(entity);
        }
    }
}

impl<T: OfEntity> Index<usize> for Each<T> {
    type Output = T;

    fn index(&self, place: usize) -> &T {
        let item = &self.items[place];
        self.read(item, place);
        item
    }
}

impl<T: OfEntity + Clone> IndexMut<usize> for Each<T> {
    fn index_mut(&mut self, place: usize) -> &mut T {
        Arc::make_mut(&mut self.items[place])
    }
}

/// The items of a list, each taken down as it comes up.
#[derive(Debug)]
pub struct Iter<'e, T> {
    each: &'e Each<T>,
    places: std::ops::Range<usize>,
}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Self { each: self.each, places: self.places.clone() }
    }
}

impl<'e, T: OfEntity> Iterator for Iter<'e, T> {
    type Item = &'e T;

    fn next(&mut self) -> Option<&'e T> {
        self.places.next().and_then(|place| self.each.get(place))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl<T: OfEntity> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.places.next_back().and_then(|place| self.each.get(place))
    }
}

impl<T: OfEntity> ExactSizeIterator for Iter<'_, T> {}

impl<'e, T: OfEntity> IntoIterator for &'e Each<T> {
    type Item = &'e T;
    type IntoIter = Iter<'e, T>;

    fn into_iter(self) -> Iter<'e, T> {
        self.iter()
    }
}
