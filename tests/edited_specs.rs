//! What an editor sees: while a spec is edited much of its project is remembered, and it is as if it were made afresh.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use backsmith::project::Project;
use backsmith::{Request, Session, starters};

/// A linear congruential generator: the same edits on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

fn project(session: &mut Session, spec: &str) -> Option<Project> {
    session.generate(&Request::new(spec)).unwrap().result.map(|generated| generated.project)
}

/// A line is gone or new, a number has another digit, a field may be null or is unique.
fn edited(spec: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = spec.lines().map(str::to_owned).collect();
    let at = dice.below(lines.len());
    match dice.below(6) {
        0 => drop(lines.remove(at)),
        1 => {
            let digit = lines.iter().position(|line| line.contains("..")).unwrap_or(at);
            lines[digit] = lines[digit].replacen("..", "..1", 1);
        }
        2 => {
            let digits: Vec<usize> = (0..lines.len()).filter(|line| lines[*line].contains(['1', '2', '5'])).collect();
            let line = &mut lines[digits[dice.below(digits.len())]];
            *line = line.replace('1', "2").replace('5', "1");
        }
        3 => lines[at].push('?'),
        4 => lines.insert(at, "# A remark.".to_owned()),
        _ => lines[at].push_str(" unique"),
    }
    lines.join("\n") + "\n"
}

/// Edits on end, now and then undone, after each of which everything is compared; how many were projects.
fn follow(spec: &str, edits: usize) -> usize {
    let mut dice = Dice(7);
    let mut current = spec.to_owned();
    let mut projects = 0;
    let mut session = Session::default();
    for _ in 0..edits {
        let next = edited(&current, &mut dice);
        let (remembered, fresh) = (project(&mut session, &next), project(&mut Session::default(), &next));
        assert_eq!(remembered.is_some(), fresh.is_some());
        for (again, first) in remembered.iter().zip(&fresh).flat_map(|(a, b)| a.files().iter().zip(b.files())) {
            assert_eq!(again, first);
        }
        assert_eq!(remembered, fresh);
        // What is no spec leads nowhere.
        current = if fresh.is_none() || dice.below(4) == 0 { spec.to_owned() } else { next };
        projects += usize::from(fresh.is_some());
    }
    projects
}

/// Whatever is made of an entity is told by lines that are counted from it.
#[test]
fn a_line_above_changes_nothing_but_the_spec() {
    let spec = starters::find("bookshop").unwrap().spec;
    let mut session = Session::default();
    let [before, after] = [spec.to_owned(), format!("# A remark.\n\n{spec}")]
        .map(|spec| session.generate(&Request::new(&spec)).unwrap().result.unwrap());
    let pairs = before.project.files().iter().zip(after.project.files());
    let changed: Vec<&str> = pairs.filter(|(a, b)| a != b).map(|(a, _)| a.path.as_str()).collect();
    assert_eq!(changed, ["backsmith.yaml"]);
    let line = |of: &backsmith::Generated| {
        let origins = of.project.files().iter().flat_map(|file| &file.origins);
        origins.map(|(_, line)| of.compiled.model.lines.number(*line)).collect::<Vec<_>>()
    };
    assert!(!line(&before).is_empty());
    assert!(line(&before).iter().zip(line(&after)).all(|(before, after)| before + 2 == after));
}

#[test]
fn what_is_remembered_is_what_would_be_made() {
    let bookshop = starters::find("bookshop").unwrap().spec;
    let rules = include_str!("specs/every-rule.yaml");
    let fields = include_str!("specs/every-field.yaml");
    let [bookshop, rules, fields] =
        [(bookshop, 60), (rules, 24), (fields, 24)].map(|(spec, edits)| follow(spec, edits));
    assert!(bookshop > 15 && rules > 5 && fields > 5, "{bookshop} {rules} {fields}");
}
