//! Random relations.

use super::Maker;
use super::draft::{Draft, Field, Kind};

impl Maker<'_> {
    /// The field that holds the owner, as the last of its entity.
    pub(super) fn owner(&mut self, entity: &mut Draft) -> String {
        let name = self.name();
        let line = format!("User{}", self.numbers.one_of(&["", " restrict", " cascade"]));
        entity.fields.push(Field { name: name.clone(), line, kind: Kind::Other });
        name
    }

    /// Relations of an entity to earlier ones and to itself, some of them seen from both sides.
    pub(super) fn relate(&mut self, entities: &mut [Draft], index: usize) {
        if index > 0 && self.numbers.chance(60) {
            let to = self.numbers.below(index);
            self.refer(entities, index, to);
        }
        if index > 0 && self.numbers.chance(30) {
            let with = self.numbers.below(index);
            self.join(entities, index, with);
        }
        if self.numbers.chance(15) {
            let (parent, children, name) = (self.name(), self.name(), entities[index].name.clone());
            let kind = Kind::Reference { to: index, required: false };
            let line = format!("{name}? set_null");
            entities[index].fields.push(Field { name: parent.clone(), line, kind });
            let line = format!("{name}[] by {parent}");
            entities[index].fields.push(Field { name: children, line, kind: Kind::Related { from: index } });
        }
    }

    /// A reference, and now and then a value copied along it.
    fn refer(&mut self, entities: &mut [Draft], from: usize, to: usize) {
        let (name, target) = (self.name(), entities[to].name.clone());
        let required = self.numbers.chance(70);
        let rules: &[&str] = if required { &["", " cascade", " restrict"] } else { &["", " set_null"] };
        let rule = *self.numbers.one_of(rules);
        let single = self.numbers.chance(20);
        let line = format!("{target}{}{}{rule}", if required { "" } else { "?" }, if single { " unique" } else { "" });
        let kind = Kind::Reference { to, required };
        entities[from].fields.push(Field { name: name.clone(), line, kind });
        if self.numbers.chance(60) {
            let (other, many) = (self.name(), if single { "?" } else { "[]" });
            let line = format!("{}{many} by {name}", entities[from].name);
            let kind = if single { Kind::Other } else { Kind::Related { from } };
            entities[to].fields.push(Field { name: other, line, kind });
        }
        let copied = entities[to].fields.iter().find(|field| field.kind == Kind::Plain { required: true });
        if let Some(copied) = copied.filter(|_| required && self.numbers.chance(50)) {
            let readonly = if self.numbers.chance(60) { " readonly" } else { "" };
            let line = format!("{}{readonly} = {name}.{}", copied.line, copied.name);
            entities[from].fields.push(Field { name: self.name(), line, kind: Kind::Other });
        }
    }

    /// Users with fields like those of others, which rules compare with them, and with a reference or a set of rows that
    /// refer to no user, seen from both sides now and then.
    pub(super) fn users(&mut self, entities: &mut [Draft]) -> Draft {
        let mut users = Draft::new("User".to_owned());
        for line in ["integer = 7", "boolean = false", "date?", "datetime?", "decimal(9,2) = 1.50", "email?", "number?"]
        {
            if self.numbers.chance(30) {
                let kind = Kind::Plain { required: !line.ends_with('?') };
                users.fields.push(Field { name: self.name(), line: line.to_owned(), kind });
            }
        }
        let unowned: Vec<usize> = (0..entities.len()).filter(|index| entities[*index].owner.is_none()).collect();
        if unowned.is_empty() {
            return users;
        }
        let (with, name) = (*self.numbers.one_of(&unowned), self.name());
        let refers = self.numbers.chance(50);
        let (line, kind) = if refers {
            (format!("{}? set_null", entities[with].name), Kind::Reference { to: with, required: false })
        } else {
            (format!("{}[0..{}]", entities[with].name, self.numbers.between(1, 20)), Kind::Other)
        };
        users.fields.push(Field { name: name.clone(), line, kind });
        if self.numbers.chance(50) {
            let line = format!("User[] by {name}");
            let side = Field { name: self.name(), line, kind: Kind::Other };
            entities[with].fields.push(side);
        }
        users
    }

    /// A set of rows, seen from both sides now and then.
    fn join(&mut self, entities: &mut [Draft], from: usize, with: usize) {
        let (name, most) = (self.name(), self.numbers.between(1, 20));
        let line = format!("{}[0..{most}]", entities[with].name);
        let refers = |entity: &Draft, to| {
            entity.fields.iter().any(|field| matches!(field.kind, Kind::Reference { to: other, .. } if other == to))
        };
        if refers(&entities[with], from) {
            return;
        }
        entities[from].fields.push(Field { name: name.clone(), line, kind: Kind::Related { from: with } });
        if self.numbers.chance(50) {
            let line = format!("{}[] by {name}", entities[from].name);
            entities[with].fields.push(Field { name: self.name(), line, kind: Kind::Related { from } });
        }
    }
}
