#![allow(clippy::unwrap_used)]

use super::*;
use crate::starters;

/// A linear congruential generator: the same edits on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

/// What is typed, pasted or mistyped.
const TYPED: [&str; 24] = [
    "x",
    "1",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "#",
    "# ",
    ": ",
    ":",
    "|",
    ">",
    "- ",
    "&a ",
    "\u{e9}",
    "\t",
    "\n  New:\n    fields:\n      title: string\n",
    "\n      more: integer?",
    "\nentities:\n",
];

fn edited(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = dice.below(lines.len());
    match dice.below(8) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[dice.below(lines.len())].clone()),
        2 => lines[at].insert(0, ' '),
        3 => lines[at] = lines[at].trim_start().to_owned(),
        4 => {
            let lines_of_block = 1 + dice.below(6);
            let end = (at + lines_of_block).min(lines.len());
            drop(lines.drain(at..end));
        }
        _ => {
            let line = &mut lines[at];
            let place = (0..=line.len()).rev().find(|place| *place <= dice.below(line.len() + 1)).unwrap_or_default();
            line.insert_str(place, TYPED[dice.below(TYPED.len())]);
        }
    }
    lines.join("\n") + "\n"
}

/// Reads edits of a text after the text; how many were not read as a whole.
fn follow(text: &str, edits: usize, dice: &mut Dice) -> usize {
    let known = |text: &str| {
        let mut reader = Reader::default();
        let Read { spec, diagnostics } = read(text);
        reader.keep(text, spec?, diagnostics.is_empty());
        Some(reader)
    };
    let mut parts = 0;
    let mut current = text.to_owned();
    for _ in 0..edits {
        let next = edited(&current, dice);
        let fresh = read(&next);
        let again = known(&current).and_then(|reader| reader.last).and_then(|known| known.again(&next));
        parts += usize::from(again.is_some());
        if let Some(spec) = &again {
            assert_eq!(
                (Some(spec), fresh.diagnostics.as_slice()),
                (fresh.spec.as_ref(), [].as_slice()),
                "{current}\n---\n{next}"
            );
        }
        assert_eq!(known(&current).unwrap_or_default().read(&next), fresh);
        // What has problems leads nowhere.
        current = if fresh.diagnostics.is_empty() && dice.below(5) > 0 { next } else { text.to_owned() };
    }
    parts
}

#[test]
fn what_is_read_again_is_what_would_be_read() {
    let mut dice = Dice(5);
    let bookshop = starters::find("bookshop").unwrap().spec;
    let rules = include_str!("../../../tests/specs/every-rule.yaml");
    let shop = starters::find("ecommerce-api").unwrap().spec;
    let name = shop.lines().find(|line| line.starts_with("name: ")).unwrap();
    let behind = shop.replacen(&format!("{name}\n"), "", 1) + name + "\n";
    let parts = [(bookshop, 100), (rules, 300), (shop, 300), (&behind, 300)]
        .map(|(text, edits)| follow(text, edits, &mut dice));
    assert!(parts.iter().all(|parts| *parts > 0) && parts.iter().sum::<usize>() > 150, "{parts:?}");
}

#[test]
fn a_change_in_one_entity_is_all_that_is_read() {
    let entity = |number: usize| format!("  Thing{number}:\n    fields:\n      title: string 1..{number}\n");
    let text = format!(
        "backsmith: 1\nname: a\nframework: express\ndatabase: sqlite\nentities:\n{}",
        (1..60).map(entity).collect::<Vec<_>>().concat()
    );
    let edited = text.replacen("1..30\n", "1..3000\n      more: date?\n", 1);
    let spec = read(&text).spec.unwrap();
    let Given::Value(entities) = &spec.entities else { unreachable!() };
    let stayed = Stayed::of(&text, &edited, entities).unwrap();
    assert_eq!((stayed.before, stayed.after), (28, 28));
    let known = Known { text, spec };
    assert_eq!(known.again(&edited), read(&edited).spec);
}
