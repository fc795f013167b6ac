//! Random rules: who may do what, what a field lets itself be done, how a state moves.

use super::Maker;
use super::draft::{Draft, Field, Kind};

impl Maker<'_> {
    /// All rules of an entity.
    pub(super) fn rules(&mut self, entities: &mut [Draft], index: usize, roles: &[String], users: Option<&Draft>) {
        let owned = entities[index].owner.is_some();
        let mut conditions = conditions(entities, index);
        conditions.extend(users.map(|users| of_caller(&entities[index], users)).unwrap_or_default());
        self.field_rules(&mut entities[index], roles, owned, &conditions);
        let moves = self.moves(&entities[index], roles, owned, &conditions);
        entities[index].blocks.extend(moves.map(|lines| ("transitions", lines)));
        let operations: &[&str] =
            if self.numbers.chance(50) { &["read", "write"] } else { &["read", "create", "update", "delete"] };
        let mut lines = Vec::new();
        for operation in operations {
            lines.push(format!("{operation}: {}", self.grants(roles, owned, &conditions)));
        }
        entities[index].blocks.push(("access", lines));
    }

    fn field_rules(&mut self, entity: &mut Draft, roles: &[String], owned: bool, conditions: &[String]) {
        let Some(role) = roles.first() else { return };
        // A required value that few may give would leave others unable to create anything.
        let plain = |kind: &Kind| matches!(kind, Kind::Plain { required: false });
        for field in entity.fields.iter_mut().filter(|field| plain(&field.kind)) {
            if self.numbers.chance(15) {
                let rule = *self.numbers.one_of(&["read", "write"]);
                // Who reads or writes a field is no question of what it holds.
                let others: Vec<&String> =
                    conditions.iter().filter(|condition| is_about_others(condition, &field.name)).collect();
                let who = if !others.is_empty() && self.numbers.chance(50) {
                    let who = if owned { "owner" } else { "signed_in" };
                    format!("{who} when {}, {role}", self.numbers.one_of(&others))
                } else {
                    role.clone()
                };
                field.line = format!("{} {rule}({who})", field.line);
                field.kind = Kind::Other;
            }
        }
    }

    fn moves(&mut self, entity: &Draft, roles: &[String], owned: bool, conditions: &[String]) -> Option<Vec<String>> {
        let (field, values) = entity.choices().into_iter().next().filter(|_| self.numbers.chance(40))?;
        let others: Vec<&String> = conditions.iter().filter(|condition| is_about_others(condition, &field)).collect();
        let mut lines = vec![format!("{field}:")];
        for pair in values.windows(2) {
            let who = match self.numbers.below(4) {
                0 if owned => "owner".to_owned(),
                1 => "nobody".to_owned(),
                2 if !others.is_empty() => format!("signed_in when {}", self.numbers.one_of(&others)),
                _ => self.numbers.one_of(roles).clone(),
            };
            lines.push(format!("  {} -> {}: {who}", pair[0], pair[1]));
        }
        Some(lines)
    }

    /// A state that users change of themselves now and then, along arrows that look at rows which they refer to too.
    pub(super) fn states_of_users(&mut self, entities: &mut [Draft], roles: &[String]) {
        let Some(index) = entities.iter().position(|entity| entity.name == "User") else { return };
        if self.numbers.chance(50) {
            let values: Vec<String> = (0..self.numbers.between(2, 5)).map(|_| self.name()).collect();
            let line = format!("{} = {}", values.join(" | "), values[0]);
            entities[index].fields.push(Field { name: self.name(), line, kind: Kind::Choice(values) });
            let conditions = conditions(entities, index);
            let moves = self.moves(&entities[index], roles, true, &conditions);
            entities[index].blocks.extend(moves.map(|lines| ("transitions", lines)));
        }
    }

    fn grants(&mut self, roles: &[String], owned: bool, conditions: &[String]) -> String {
        let mut grants = Vec::new();
        if self.numbers.chance(40) {
            let known: Vec<String> =
                conditions.iter().filter(|condition| !is_about_caller(condition)).cloned().collect();
            grants.push(self.when("anyone", &known));
        } else if self.numbers.chance(50) {
            grants.push(self.when("signed_in", conditions));
        }
        if owned && self.numbers.chance(70) {
            grants.push(self.when("owner", conditions));
        }
        grants.extend(roles.iter().filter(|_| self.numbers.chance(40)).cloned());
        match (grants.is_empty(), roles.first()) {
            (true, Some(first)) if self.numbers.chance(50) => first.clone(),
            (true, _) => "nobody".to_owned(),
            (false, _) => grants.join(", "),
        }
    }

    fn when(&mut self, word: &str, conditions: &[String]) -> String {
        if conditions.is_empty() || self.numbers.chance(60) {
            return word.to_owned();
        }
        let first = self.numbers.one_of(conditions);
        let second = self.numbers.one_of(conditions);
        if first == second { format!("{word} when {first}") } else { format!("{word} when {first} and {second}") }
    }
}

/// Whether a condition asks for more of the caller than being there.
fn is_about_caller(condition: &str) -> bool {
    condition.contains(" me.")
}

/// Whether a condition does not look at a field.
fn is_about_others(condition: &str, field: &str) -> bool {
    condition.split([' ', '.']).all(|word| word != field)
}

/// Comparisons of a row's values with those of a row that it refers to.
fn compared(entity: &Draft, reference: &str, other: &Draft) -> Vec<String> {
    let plain = |entity: &Draft| -> Vec<(String, String)> {
        let fields = entity.fields.iter().filter(|field| matches!(field.kind, Kind::Plain { .. }));
        fields.map(|field| (field.name.clone(), type_of(&field.line).to_owned())).collect()
    };
    let (own, others) = (plain(entity), plain(other));
    let pairs = own.iter().flat_map(|own| others.iter().map(move |other| (own, other)));
    let alike = pairs.filter(|((_, own), (_, other))| own == other);
    let sign = |of: &str| if is_ordered(of) { "<=" } else { "!=" };
    alike.map(|((own, of), (other, _))| format!("{reference}.{other} {} {own}", sign(of))).collect()
}

/// Comparisons of a row's values with those of the caller, which only users have.
fn of_caller(entity: &Draft, users: &Draft) -> Vec<String> {
    let mut conditions = Vec::new();
    for of_me in &users.fields {
        for field in &entity.fields {
            let sign = match (&field.kind, &of_me.kind) {
                (Kind::Plain { .. }, Kind::Plain { .. }) if type_of(&field.line) == type_of(&of_me.line) => {
                    if is_ordered(&field.line) {
                        ">="
                    } else {
                        "="
                    }
                }
                (Kind::Reference { to, .. }, Kind::Reference { to: other, .. }) if to == other => "=",
                _ => continue,
            };
            conditions.push(format!("{} {sign} me.{}", field.name, of_me.name));
        }
    }
    conditions
}

/// Whether values of a type come one after the other.
pub(super) fn is_ordered(line: &str) -> bool {
    !matches!(type_of(line), "boolean" | "uuid" | "email" | "url")
}

/// The type that a line begins with.
pub(super) fn type_of(line: &str) -> &str {
    line.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default()
}

/// What can be asked of a row: its own choices, those of a row it refers to and how its values compare with its own,
/// and those of the rows that refer to it or share a set with it.
fn conditions(entities: &[Draft], index: usize) -> Vec<String> {
    let mut conditions: Vec<String> =
        entities[index].choices().iter().map(|(field, values)| format!("{field} = {}", values[0])).collect();
    for field in &entities[index].fields {
        let name = &field.name;
        match &field.kind {
            Kind::Plain { required: false } => conditions.push(format!("{name} is null")),
            Kind::Reference { to, .. } => {
                let choices = entities[*to].choices();
                conditions.extend(choices.iter().map(|(field, values)| format!("{name}.{field} != {}", values[0])));
                conditions.extend(compared(&entities[index], name, &entities[*to]));
            }
            Kind::Related { from } => conditions.extend(
                entities[*from].choices().iter().map(|(field, values)| format!("{name} has ({field} = {})", values[1])),
            ),
            _ => {}
        }
    }
    conditions
}
