//! A project that is made again after each edit is the one that would be made afresh.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use backsmith::project::Project;
use backsmith::{Request, Session};
use backsmith_workload::{random, sized};

/// A linear congruential generator: the same edits on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

/// What people replace: words of the language by others, so that what an edit leaves is often a spec again.
const WORDS: [(&str, &str); 16] = [
    ("..", "..1"),
    ("..1", ".."),
    ("cascade", "restrict"),
    ("restrict", "cascade"),
    ("anyone", "signed_in"),
    ("signed_in", "anyone"),
    ("owner", "signed_in"),
    ("staff", "admin"),
    ("?", ""),
    ("integer", "bigint"),
    ("string", "text"),
    ("text", "string"),
    (" unique", ""),
    ("_", "_s"),
    ("private", "readonly"),
    (" = ", " != "),
];

/// A word of some line is replaced, or the line gets another ending, is there twice or not at all.
fn edited(spec: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = spec.lines().map(str::to_owned).collect();
    let at = dice.below(lines.len());
    match dice.below(8) {
        0 => drop(lines.remove(at)),
        1 => lines[at].push('?'),
        2 => lines[at].push_str(" unique"),
        3 => lines.insert(at, String::new()),
        _ => {
            let (word, other) = WORDS[dice.below(WORDS.len())];
            let places: Vec<usize> = (0..lines.len()).filter(|line| lines[*line].contains(word)).collect();
            if let Some(place) = places.get(dice.below(places.len())) {
                lines[*place] = lines[*place].replacen(word, other, 1);
            }
        }
    }
    lines.join("\n") + "\n"
}

fn project(session: &mut Session, spec: &str) -> Option<Project> {
    session.generate(&Request::new(spec)).unwrap().result.map(|generated| generated.project)
}

/// How many of these edits on end, some of them undone, left a project.
fn follow(spec: &str, edits: usize, dice: &mut Dice) -> usize {
    let mut session = Session::default();
    let mut current = spec.to_owned();
    let mut projects = 0;
    for _ in 0..edits {
        let next = edited(&current, dice);
        let (again, afresh) = (project(&mut session, &next), project(&mut Session::default(), &next));
        for (again, afresh) in again.iter().zip(&afresh).flat_map(|(a, b)| a.files().iter().zip(b.files())) {
            assert_eq!(again, afresh);
        }
        assert_eq!(again, afresh, "{next}");
        projects += usize::from(afresh.is_some());
        // What is no spec leads nowhere.
        if afresh.is_some() && dice.below(5) > 0 {
            current = next;
        }
    }
    projects
}

#[test]
fn what_is_made_again_is_what_would_be_made() {
    let mut dice = Dice(11);
    let made: usize = (0..12).map(|seed| follow(&random(seed), 25, &mut dice)).sum();
    assert!(made > 100, "{made}");
    assert!(follow(&sized(12), 20, &mut dice) > 8);
}
