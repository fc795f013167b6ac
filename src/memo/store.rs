//! What was made, by the entity that it was made for and by its name.

use std::any::Any;

use super::reads::Entities;

/// The entity that something is made for, and the name of that.
pub(super) type Key = (usize, &'static str);

/// Something that was made.
pub(super) struct Made {
    /// What it was made from.
    pub(super) from: Entities,
    pub(super) value: Box<dyn Any>,
}

/// All that was made. Of an entity little is made, so that its few names are found faster one by one than in a tree.
#[derive(Default)]
pub(super) struct Store(Vec<Vec<(&'static str, Made)>>);

impl Store {
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// From how many entities each was made, by its name.
    #[cfg(test)]
    pub(super) fn widths(&self) -> impl Iterator<Item = (&'static str, u32)> {
        self.0.iter().flatten().map(|(name, made)| (*name, made.from.count()))
    }

    pub(super) fn get(&self, (entity, name): Key) -> Option<&Made> {
        let of_entity = self.0.get(entity)?;
        place_of(of_entity, name).and_then(|place| of_entity.get(place)).map(|(_, made)| made)
    }

    pub(super) fn insert(&mut self, (entity, name): Key, made: Made) {
        if self.0.len() <= entity {
            self.0.resize_with(entity + 1, Vec::new);
        }
        let Some(of_entity) = self.0.get_mut(entity) else { return };
        match place_of(of_entity, name).and_then(|place| of_entity.get_mut(place)) {
            Some((_, former)) => *former = made,
            None => of_entity.push((name, made)),
        }
    }

    pub(super) fn remove(&mut self, (entity, name): Key) -> Option<Made> {
        let of_entity = self.0.get_mut(entity)?;
        place_of(of_entity, name).map(|place| of_entity.swap_remove(place).1)
    }

    /// Forgets what was made from any of these entities.
    pub(super) fn forget(&mut self, entities: &Entities) {
        for of_entity in &mut self.0 {
            of_entity.retain(|(_, made)| !made.from.meets(entities));
        }
    }

    /// Adds all of another, which is the newer one.
    pub(super) fn append(&mut self, newer: Self) {
        for (entity, made) in newer.0.into_iter().enumerate() {
            match self.0.get_mut(entity) {
                Some(of_entity) if of_entity.is_empty() => *of_entity = made,
                _ => made.into_iter().for_each(|(name, made)| self.insert((entity, name), made)),
            }
        }
    }
}

fn place_of(of_entity: &[(&'static str, Made)], name: &'static str) -> Option<usize> {
    // The same name is nearly always the same piece of the program, which is told without looking at it.
    of_entity.iter().position(|(of, _)| std::ptr::eq(*of, name) || *of == name)
}
