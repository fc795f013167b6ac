//! What is made again only where something that it was made from has changed.
//!
//! Whoever edits a spec has the same project made over and over, and with each key nearly all of it comes out as it
//! was. What says anything of an entity takes down that it is read ([`Each`], [`Reads`]), so that it is known of
//! everything that was made within [`Memo::unit`] which entities it depends on: there is no other way to them.

mod reads;
mod store;

pub use reads::{Each, Entities, IterMut, OfEntity, Reads};

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use store::{Key, Made, Store};

/// What was made last time, and what is made this time.
#[derive(Default)]
pub struct Memo {
    /// Where reads are taken down.
    reads: Reads,
    /// The entities of which something is not as it was.
    changed: RefCell<Entities>,
    last: RefCell<Store>,
    made: RefCell<Store>,
}

impl Memo {
    /// Remembers what was made last time, but for what was made from entities that have changed.
    #[must_use]
    pub fn again(last: Self, reads: &Reads, changed: Entities) -> Self {
        // What nobody asked for last time holds as well, as far as it was not outdated.
        let outdated = last.changed.into_inner();
        let mut known = last.last.into_inner();
        known.forget(&outdated);
        known.append(last.made.into_inner());
        let (changed, last) = (RefCell::new(changed), RefCell::new(known));
        Self { reads: reads.clone(), changed, last, ..Self::default() }
    }

    /// Tells that something is not as it was beside what was told before.
    pub fn outdate(&self, more: &Entities) {
        self.changed.borrow_mut().extend(more);
    }

    /// What is made of an entity under a name: what was made last time, if nothing it was made from has changed.
    ///
    /// # Errors
    ///
    /// It could not be made.
    pub fn unit<T: Clone + 'static, E>(
        &self,
        name: &'static str,
        entity: usize,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let key = (entity, name);
        if let Some(value) = self.known(key) {
            return Ok(value);
        }
        // Whoever makes something of an entity may have looked at it before.
        let (made, from) = self.reads.during(|| {
            self.reads.read(entity);
            make()
        });
        let made = made?;
        self.made.borrow_mut().insert(key, Made { from, value: Box::new(made.clone()) });
        Ok(made)
    }

    /// The same for what can always be made.
    pub fn always<T: Clone + 'static>(&self, name: &'static str, entity: usize, make: impl FnOnce() -> T) -> T {
        let made = self.unit(name, entity, || Ok::<T, std::convert::Infallible>(make()));
        match made {
            Ok(made) => made,
            Err(never) => match never {},
        }
    }

    /// What is made of what was made under the name last time, whatever has changed: that is for `make` to see.
    ///
    /// # Errors
    ///
    /// It could not be made.
    pub fn after<T: Clone + 'static, E>(
        &self,
        name: &'static str,
        make: impl FnOnce(Option<T>) -> Result<T, E>,
    ) -> Result<T, E> {
        let key = (0, name);
        let last = self.last.borrow_mut().remove(key);
        let made = make(last.and_then(|last| last.value.downcast_ref().cloned()))?;
        self.made.borrow_mut().insert(key, Made { from: Entities::default(), value: Box::new(made.clone()) });
        Ok(made)
    }

    /// The same for what can always be made.
    pub fn after_always<T: Clone + 'static>(&self, name: &'static str, make: impl FnOnce(Option<T>) -> T) -> T {
        match self.after(name, |last| Ok::<T, std::convert::Infallible>(make(last))) {
            Ok(made) => made,
            Err(never) => match never {},
        }
    }

    /// What is made of something alone: what was made last time, if that was equal.
    ///
    /// # Errors
    ///
    /// It could not be made.
    pub fn made_of<I: Clone + PartialEq + 'static, T: Clone + 'static, E>(
        &self,
        name: &'static str,
        input: &I,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let made = self.after(name, |last: Option<Arc<(I, T)>>| match last.filter(|last| last.0 == *input) {
            Some(last) => Ok(last),
            None => Ok(Arc::new((input.clone(), make()?))),
        })?;
        Ok(made.1.clone())
    }

    /// Tells what was found out of an entity by looking at others: where it is not what it was, the entity has changed.
    pub fn found<T: Clone + PartialEq + 'static>(&self, name: &'static str, entity: usize, found: T) -> T {
        if self.is_news((entity, name), &found) {
            self.changed.borrow_mut().add(entity);
        }
        found
    }

    /// Tells what was found out by looking at all entities: where it is not what it was, they all have changed.
    pub fn found_of_all<T: Clone + PartialEq + 'static>(&self, name: &'static str, found: T) -> T {
        if self.is_news((0, name), &found) {
            *self.changed.borrow_mut() = Entities::ALL;
        }
        found
    }

    /// From how many entities each thing was made, by its name.
    #[cfg(test)]
    pub(crate) fn widths(&self) -> Vec<(&'static str, u32)> {
        self.made.borrow().widths().collect()
    }

    fn is_news<T: Clone + PartialEq + 'static>(&self, key: Key, found: &T) -> bool {
        let mut made = self.made.borrow_mut();
        let is_same = |former: &Made| former.value.downcast_ref::<T>() == Some(found);
        // It may be told more than once.
        if made.get(key).is_some_and(is_same) {
            return false;
        }
        let former = self.last.borrow_mut().remove(key);
        made.insert(key, Made { from: Entities::default(), value: Box::new(found.clone()) });
        !former.as_ref().is_some_and(is_same)
    }

    /// What is remembered and still holds.
    fn known<T: Clone + 'static>(&self, key: Key) -> Option<T> {
        let mut made = self.made.borrow_mut();
        if let Some(made) = made.get(key) {
            self.reads.read_these(&made.from);
            return made.value.downcast_ref().cloned();
        }
        let former = self.last.borrow_mut().remove(key)?;
        if former.from.meets(&self.changed.borrow()) {
            return None;
        }
        self.reads.read_these(&former.from);
        let value = former.value.downcast_ref().cloned();
        made.insert(key, former);
        value
    }
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").field("made", &self.made.borrow().len()).finish_non_exhaustive()
    }
}
