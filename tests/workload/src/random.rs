//! Random specs, all of them valid: every kind of field and rule, under names of every length.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::numbers::Numbers;

/// The longest name that the language allows.
const LONGEST: usize = 40;

/// Names with a meaning of their own in some place of a spec.
const TAKEN: &[&str] = &[
    "user",
    "id",
    "createdat",
    "updatedat",
    "constructor",
    "valueof",
    "tostring",
    "null",
    "true",
    "false",
    "is",
    "has",
    "me",
    "and",
    "not",
    "when",
    "owner",
    "anyone",
    "nobody",
    "signedin",
    "now",
    "refresh",
    "login",
    "by",
    "desc",
    "through",
];

const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";

/// What a person might write who means no harm, and some who do.
const WORDING: &[&str] = &[
    "the",
    "store",
    "\"quoted\"",
    "it's",
    "${x}",
    "über",
    "long",
    "*/",
    "@ts-nocheck",
    "漢字",
    "back\\slash",
    "<b>",
    "`tick`",
    "biome-ignore",
    "</script>",
    "%{x}",
    "{{ y }}",
    "-- +goose",
    "--> statement-breakpoint",
    "$$",
    ":name",
    "%s",
    "#",
    "//go:embed",
];

/// The spec of a seed: the same seed gives the same spec.
pub fn random(seed: u64) -> String {
    let mut numbers = Numbers::new(seed);
    let mut names = Names::default();
    let mut spec = String::new();
    // Writing to a string cannot fail.
    let _ = Maker { numbers: &mut numbers, names: &mut names }.spec(&mut spec);
    spec
}

/// Names that no two things share, whatever the case.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn fresh(&mut self, numbers: &mut Numbers, longest: usize) -> String {
        loop {
            let name = word(numbers, longest);
            let plain = name.replace('_', "");
            // Derived forms add an ending, so names that differ by one only could meet.
            if !TAKEN.contains(&plain.as_str()) && self.0.insert(plain.trim_end_matches(['s', 'e']).to_owned()) {
                return name;
            }
        }
    }
}

/// Lower-case letters, now and then in two parts.
fn word(numbers: &mut Numbers, longest: usize) -> String {
    let extreme = [1, 2, 3, longest.saturating_sub(2), longest.saturating_sub(1), longest];
    let length = if numbers.chance(70) { numbers.between(1, longest) } else { *numbers.one_of(&extreme) }.max(1);
    let mut word: String = (0..length).map(|_| char::from(*numbers.one_of(LETTERS))).collect();
    if length > 6 && numbers.chance(50) {
        let place = numbers.between(2, length - 3);
        word.replace_range(place..=place, "_");
    }
    word
}

struct Maker<'m> {
    numbers: &'m mut Numbers,
    names: &'m mut Names,
}

/// A field that a condition can ask for.
struct Choice {
    field: String,
    values: Vec<String>,
}

impl Maker<'_> {
    fn name(&mut self) -> String {
        let longest = *self.numbers.one_of(&[8, 20, LONGEST]);
        self.names.fresh(self.numbers, longest)
    }

    fn wording(&mut self) -> String {
        let count = self.numbers.between(1, 14);
        let words: Vec<&str> = (0..count).map(|_| *self.numbers.one_of(WORDING)).collect();
        format!("'{}'", words.join(" ").replace('\'', "''"))
    }

    fn spec(&mut self, spec: &mut String) -> std::fmt::Result {
        let slug = word(self.numbers, 30).replace('_', "-");
        writeln!(spec, "backsmith: 1\nname: p{slug}\nframework: express\ndatabase: sqlite")?;
        if self.numbers.chance(40) {
            writeln!(spec, "description: {}", self.wording())?;
        }
        let roles: Vec<String> = if self.numbers.chance(85) {
            (0..self.numbers.between(1, 3)).map(|_| self.names.fresh(self.numbers, 20).replace('_', "")).collect()
        } else {
            Vec::new()
        };
        if let Some(last) = roles.last() {
            let default = if self.numbers.chance(50) { format!(", default_role: {last}") } else { String::new() };
            writeln!(spec, "auth: {{ roles: \"{}\"{default} }}", roles.join(" > "))?;
        }
        writeln!(spec, "entities:")?;
        let mut entities: Vec<String> = Vec::new();
        for _ in 0..self.numbers.between(1, 5) {
            let entity = self.entity(spec, &roles, &entities)?;
            entities.push(entity);
        }
        Ok(())
    }

    fn entity(&mut self, spec: &mut String, roles: &[String], others: &[String]) -> Result<String, std::fmt::Error> {
        let name = self.name().replace('_', "x");
        let name = format!("{}{}", name[..1].to_ascii_uppercase(), &name[1..]);
        writeln!(spec, "  {name}:")?;
        if self.numbers.chance(50) {
            writeln!(spec, "    description: {}", self.wording())?;
        }
        let mut lines = String::new();
        let mut choice = None;
        for _ in 0..self.numbers.between(1, 9) {
            let field = self.name();
            let (line, values) = self.field(others);
            writeln!(lines, "      {field}: {line}")?;
            choice = choice.or_else(|| values.map(|values| Choice { field, values }));
        }
        let owned = !roles.is_empty() && self.numbers.chance(50);
        if owned {
            let owner = self.name();
            writeln!(spec, "    owner: {owner}")?;
            writeln!(lines, "      {owner}: User{}", self.numbers.one_of(&["", " restrict", " cascade"]))?;
        }
        write!(spec, "    fields:\n{lines}")?;
        if !roles.is_empty() {
            self.access(spec, roles, owned, choice.as_ref())?;
        }
        Ok(name)
    }

    /// A field's line, and its values where a condition can ask for them.
    fn field(&mut self, others: &[String]) -> (String, Option<Vec<String>>) {
        let optional = if self.numbers.chance(30) { "?" } else { "" };
        let kind = self.numbers.below(18);
        if kind == 0 && !others.is_empty() {
            let rules: &[&str] = if optional.is_empty() { &["", " cascade", " restrict"] } else { &["", " set_null"] };
            return (format!("{}{optional}{}", self.numbers.one_of(others), self.numbers.one_of(rules)), None);
        }
        if kind == 1 {
            let values: Vec<String> =
                (0..self.numbers.between(2, 7)).map(|_| self.names.fresh(self.numbers, 15)).collect();
            let default = match values.first() {
                Some(first) if optional.is_empty() && self.numbers.chance(50) => format!(" = {first}"),
                _ => String::new(),
            };
            let line = format!("{}{optional}{default}", values.join(" | "));
            return (line, optional.is_empty().then_some(values));
        }
        if kind == 2 {
            return (format!("string[0..{}] 1..{}", self.numbers.between(1, 9), self.numbers.between(2, 60)), None);
        }
        let most = self.numbers.between(1, 99_999);
        let (scalar, can_be_unique) = match kind {
            3..=5 => (format!("string{optional} 1..{}", self.numbers.between(2, 200)), true),
            6 => (format!("text{optional}"), false),
            7 => (format!("integer{optional} 0..{most}"), true),
            8 => (format!("bigint{optional}"), true),
            9 => (format!("number{optional}"), false),
            10 => (format!("decimal({},2){optional} >= 0", self.numbers.between(3, 18)), false),
            11 => (format!("boolean{optional}"), false),
            12 => (format!("date{optional}"), false),
            13 => (format!("datetime{optional}"), false),
            14 => (format!("time{optional}"), false),
            15 => (format!("uuid{optional}"), true),
            16 => (format!("email{optional}"), true),
            17 => (format!("url{optional}"), false),
            _ => (format!("json{optional}"), false),
        };
        let rest = match (optional.is_empty(), self.numbers.below(10)) {
            (true, 0..=2) if can_be_unique => " unique".to_owned(),
            (true, 3..=5) if scalar.starts_with("string 1..") => self.default_text(),
            (false, 0) => " readonly".to_owned(),
            (false, 1) => " private".to_owned(),
            _ => String::new(),
        };
        let line = if rest.contains('"') { format!("string 1..200{rest}") } else { format!("{scalar}{rest}") };
        (line, None)
    }

    fn default_text(&mut self) -> String {
        let long = "a long default value of many words that goes on and on and on until no line can hold it";
        format!(" = \"{}\"", self.numbers.one_of(&["x", "a b", "it's", "a*/b", "a`b$c", long]))
    }

    fn access(
        &mut self,
        spec: &mut String,
        roles: &[String],
        owned: bool,
        choice: Option<&Choice>,
    ) -> std::fmt::Result {
        writeln!(spec, "    access:\n      read: {}", self.grants(roles, owned, choice))?;
        let operations: &[&str] = if self.numbers.chance(50) { &["write"] } else { &["create", "update", "delete"] };
        for operation in operations {
            writeln!(spec, "      {operation}: {}", self.grants(roles, owned, choice))?;
        }
        Ok(())
    }

    fn grants(&mut self, roles: &[String], owned: bool, choice: Option<&Choice>) -> String {
        let mut grants = Vec::new();
        if self.numbers.chance(40) {
            grants.push(self.when("anyone", choice));
        } else if self.numbers.chance(50) {
            grants.push("signed_in".to_owned());
        }
        if owned && self.numbers.chance(70) {
            grants.push(self.when("owner", choice));
        }
        grants.extend(roles.iter().filter(|_| self.numbers.chance(40)).cloned());
        match (grants.is_empty(), roles.first()) {
            (true, Some(first)) if self.numbers.chance(50) => first.clone(),
            (true, _) => "nobody".to_owned(),
            (false, _) => grants.join(", "),
        }
    }

    fn when(&mut self, word: &str, choice: Option<&Choice>) -> String {
        match choice {
            Some(Choice { field, values }) if self.numbers.chance(40) => {
                format!("{word} when {field} = {}", self.numbers.one_of(values))
            }
            _ => word.to_owned(),
        }
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
