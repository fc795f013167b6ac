//! Random specs, all of them valid: every kind of field, relation and rule, under names of every length.

mod access;
mod draft;
mod fields;
mod names;
mod relations;

use draft::{Draft, Spec};
use names::{LONGEST, Names, word, wording};

use crate::numbers::Numbers;

/// The spec of a seed: the same seed gives the same spec.
pub fn random(seed: u64) -> String {
    let mut numbers = Numbers::new(seed);
    let mut maker = Maker { numbers: &mut numbers, names: Names::default() };
    maker.spec().to_string()
}

/// What every part of a spec is made with.
struct Maker<'m> {
    numbers: &'m mut Numbers,
    names: Names,
}

impl Maker<'_> {
    fn name(&mut self) -> String {
        let longest = *self.numbers.one_of(&[8, 20, LONGEST]);
        self.names.fresh(self.numbers, longest)
    }

    fn spec(&mut self) -> Spec {
        let slug = word(self.numbers, 30).replace('_', "-");
        let description = self.numbers.chance(40).then(|| wording(self.numbers));
        let roles: Vec<String> = if self.numbers.chance(85) {
            (0..self.numbers.between(1, 3)).map(|_| self.names.fresh(self.numbers, 20).replace('_', "")).collect()
        } else {
            Vec::new()
        };
        let default_role = roles.last().filter(|_| self.numbers.chance(50)).cloned();
        let mut entities: Vec<Draft> = Vec::new();
        for _ in 0..self.numbers.between(1, 5) {
            let entity = self.entity(&roles);
            entities.push(entity);
        }
        for index in 0..entities.len() {
            self.relate(&mut entities, index);
        }
        for entity in &mut entities {
            self.sets(entity);
            self.checks(entity);
        }
        if !roles.is_empty() {
            let users =
                self.numbers.chance(50).then(|| self.users(&mut entities)).filter(|users| !users.fields.is_empty());
            for index in 0..entities.len() {
                self.rules(&mut entities, index, &roles, users.as_ref());
            }
            entities.extend(users);
        }
        let password = (self.numbers.between(8, 64), self.numbers.between(64, 128));
        let password = self.numbers.chance(30).then_some(password);
        let naming = *self.numbers.one_of(&["camel", "snake"]);
        self.states_of_users(&mut entities, &roles);
        for index in 0..entities.len() {
            self.copies_of_one(&mut entities, index);
        }
        for index in 0..entities.len() {
            self.apart(&mut entities, index);
        }
        Spec { name: format!("p{slug}"), description, roles, default_role, password, naming, entities }
    }

    /// An entity with fields of its own.
    fn entity(&mut self, roles: &[String]) -> Draft {
        let name = self.name().replace('_', "x");
        let mut draft = Draft::new(format!("{}{}", name[..1].to_ascii_uppercase(), &name[1..]));
        draft.description = self.numbers.chance(50).then(|| wording(self.numbers));
        for _ in 0..self.numbers.between(1, 9) {
            let field = self.field();
            draft.fields.push(field);
        }
        if !roles.is_empty() && self.numbers.chance(50) {
            draft.owner = Some(self.owner(&mut draft));
        }
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_gives_a_valid_spec() {
        for seed in 0..300 {
            let spec = random(seed);
            let errors: Vec<_> =
                backsmith::check(&spec).into_iter().filter(backsmith::spec::Diagnostic::is_error).collect();
            assert_eq!(errors, [], "seed {seed}\n{spec}");
        }
    }

    #[test]
    fn a_seed_always_gives_the_same_spec() {
        assert_eq!(random(7), random(7));
        assert_ne!(random(7), random(8));
    }
}
