//! Random fields that hold values, and sets of them.

use super::Maker;
use super::access::{is_ordered, type_of};
use super::draft::{Draft, Field, Kind};

impl Maker<'_> {
    /// A field that refers to nothing.
    pub(super) fn field(&mut self) -> Field {
        let name = self.name();
        let optional = if self.numbers.chance(30) { "?" } else { "" };
        let (line, kind) = match self.numbers.below(6) {
            0 => self.choice(optional),
            1 => self.text(optional),
            _ => self.scalar(optional),
        };
        Field { name, line, kind }
    }

    fn choice(&mut self, optional: &str) -> (String, Kind) {
        let values: Vec<String> = (0..self.numbers.between(2, 7)).map(|_| self.names.fresh(self.numbers, 15)).collect();
        let default = match values.first() {
            Some(first) if optional.is_empty() && self.numbers.chance(70) => format!(" = {first}"),
            _ => String::new(),
        };
        let kind = if default.is_empty() { Kind::Other } else { Kind::Choice(values.clone()) };
        (format!("{}{optional}{default}", values.join(" | ")), kind)
    }

    fn text(&mut self, optional: &str) -> (String, Kind) {
        let long = "a long default value of many words that goes on and on and on until no line can hold it";
        let default = *self.numbers.one_of(&["x", "a b", "it's", "a*/b", "a`b$c", long]);
        let most = self.numbers.between(2, 200);
        let line = match self.numbers.below(7) {
            0 => format!("string{optional} 1..{most} unique"),
            1 => format!("string 1..200 = \"{default}\""),
            2 => format!("string{optional} 3..{} /[a-z]{{2,8}}(-[0-9]+)?/", most + 9),
            3 => format!("string{optional} 1..{most} lowercase"),
            4 => format!("string{optional} 1..{most} write_once"),
            5 => format!("text{optional}"),
            _ => format!("string{optional} 1..{most}"),
        };
        (line, Kind::Text)
    }

    fn scalar(&mut self, optional: &str) -> (String, Kind) {
        let most = self.numbers.between(1, 99_999);
        let (scalar, can_be_unique) = match self.numbers.below(14) {
            0 => return (format!("string[0..{}] 1..{}", most % 9 + 1, most % 59 + 2), Kind::Other),
            1 => return (format!("json{optional}"), Kind::Other),
            2 => (format!("integer{optional} 0..{most}"), true),
            3 => (format!("bigint{optional}"), true),
            4 => (format!("number{optional}"), false),
            5 => (format!("decimal({},2){optional} >= 0", self.numbers.between(3, 18)), false),
            6 => (format!("boolean{optional}"), false),
            7 => (format!("date{optional} 1900-01-01.."), false),
            8 => (format!("datetime{optional}"), false),
            9 => (format!("time{optional}"), false),
            10 => (format!("uuid{optional}"), true),
            11 => (format!("email{optional}"), true),
            12 => (format!("url{optional}"), false),
            _ => (format!("date{optional}"), true),
        };
        let (rest, kind) = match (optional.is_empty(), self.numbers.below(10)) {
            (true, 0..=2) if can_be_unique => (" unique", Kind::Other),
            (false, 0) => (" readonly", Kind::Other),
            (false, 1) => (" private", Kind::Other),
            (required, _) => ("", Kind::Plain { required }),
        };
        (format!("{scalar}{rest}"), kind)
    }

    /// Two values of a kind that come one after the other, now and then.
    pub(super) fn checks(&mut self, entity: &mut Draft) {
        let plain = |field: &&Field| matches!(field.kind, Kind::Plain { .. }) && is_ordered(&field.line);
        let fields: Vec<&Field> = entity.fields.iter().filter(plain).collect();
        let pairs = fields
            .iter()
            .enumerate()
            .flat_map(|(index, one)| fields[index + 1..].iter().map(move |other| (one, other)));
        let alike = pairs.filter(|(one, other)| type_of(&one.line) == type_of(&other.line));
        let all: Vec<String> = alike.map(|(one, other)| format!("- {} <= {}", one.name, other.name)).collect();
        if !all.is_empty() && self.numbers.chance(60) {
            let check = self.numbers.one_of(&all).clone();
            entity.blocks.push(("check", vec![check]));
        }
    }

    /// A check of what is copied from a field of which no two rows have the same, now and then.
    pub(super) fn copies_of_one(&mut self, entities: &mut [Draft], index: usize) {
        let entity = &entities[index];
        let references = entity.fields.iter().filter_map(|field| match field.kind {
            Kind::Reference { to, required: true } if to != index => Some((&field.name, to)),
            _ => None,
        });
        let sources = references.flat_map(|(through, to)| {
            let alone =
                entities[to].fields.iter().filter_map(|field| Some((field, field.line.strip_suffix(" unique")?)));
            alone.map(move |(field, line)| (format!("{through}.{}", field.name), line.to_owned()))
        });
        let sources: Vec<(String, String)> =
            sources.filter(|(_, line)| is_ordered(line) && !line.contains('?') && !line.contains('/')).collect();
        if sources.is_empty() || !self.numbers.chance(60) {
            return;
        }
        let (path, line) = self.numbers.one_of(&sources).clone();
        let name = self.name();
        let test = match type_of(&line) {
            "integer" | "bigint" => format!("{name} >= {}", self.numbers.below(2)),
            "date" => format!("{name} >= 2001-02-03"),
            "string" => format!("{name} != \"none\""),
            _ => return,
        };
        let mut checks = vec![format!("- {test}")];
        let copy = Field { name: name.clone(), line: format!("{line} readonly = {path}"), kind: Kind::Other };
        entities[index].fields.push(copy);
        if type_of(&line) != "string" && self.numbers.chance(50) {
            let beside = self.name();
            checks.push(format!("- {beside} <= {name}"));
            entities[index].fields.push(Field { name: beside, line, kind: Kind::Other });
        }
        entities[index].check(checks);
    }

    /// A second reference beside one, which must name another row, now and then.
    pub(super) fn apart(&mut self, entities: &mut [Draft], index: usize) {
        let references = entities[index].fields.iter().filter_map(|field| match field.kind {
            Kind::Reference { to, .. } if to != index => Some((field.name.clone(), to)),
            _ => None,
        });
        let references: Vec<(String, usize)> = references.collect();
        if references.is_empty() || !self.numbers.chance(40) {
            return;
        }
        let (one, to) = self.numbers.one_of(&references).clone();
        // Whoever registers may not be able to read a row.
        let may_be_required = entities[index].name != "User";
        let (other, required) = (self.name(), self.numbers.chance(70) && may_be_required);
        let line = format!("{}{}", entities[to].name, if required { "" } else { "?" });
        let test = if self.numbers.chance(50) { format!("- {one} != {other}") } else { format!("- {other} != {one}") };
        entities[index].fields.push(Field { name: other, line, kind: Kind::Reference { to, required } });
        entities[index].check(vec![test]);
    }

    /// What is searched, what is unique together, what is found quickly.
    pub(super) fn sets(&mut self, entity: &mut Draft) {
        let names = |wanted: fn(&Kind) -> bool| -> Vec<String> {
            entity.fields.iter().filter(|field| wanted(&field.kind)).map(|field| field.name.clone()).collect()
        };
        let searched = names(|kind| *kind == Kind::Text);
        let ordered = names(|kind| matches!(kind, Kind::Plain { .. } | Kind::Choice(_) | Kind::Reference { .. }));
        if !searched.is_empty() && self.numbers.chance(40) {
            entity.blocks.push(("search", searched.iter().take(3).map(|name| format!("- {name}")).collect()));
        }
        if let [first, second, ..] = ordered.as_slice() {
            if self.numbers.chance(25) {
                entity.blocks.push(("unique", vec![format!("- {first}, {second}")]));
            }
            if self.numbers.chance(25) {
                entity.blocks.push(("index", vec![format!("- {second}, {first} desc")]));
            }
        }
    }
}
