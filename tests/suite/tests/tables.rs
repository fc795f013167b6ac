//! The hand-written tables against what is derived, and the suite's sources against knowing any target.

#![allow(clippy::unwrap_used, clippy::panic)]

mod specs;

use std::fs;
use std::path::Path;

use backsmith_suite::table::{compare, of, read};

#[test]
fn every_starter_answers_as_its_table_says() {
    for starter in backsmith::starters::all() {
        let model = specs::model(starter.id);
        let table = of(&model).unwrap_or_else(|| panic!("nobody wrote a table for {}", starter.id));
        let contract = backsmith::features::contract(&model);
        let cells = compare(&read(table).unwrap(), &model, &contract);
        let cells = cells.unwrap_or_else(|problems| panic!("{}: {}", starter.id, problems.join("\n")));
        let known = [("bookshop", 46), ("crud-api", 18), ("auth-api", 152), ("blog-api", 738), ("ecommerce-api", 653)];
        assert!(known.contains(&(starter.id, cells)), "{} has {cells} cells", starter.id);
    }
}

#[test]
fn a_table_that_says_otherwise_is_told_apart() {
    let text = include_str!("../tables/bookshop.txt");
    let model = specs::model("bookshop");
    let contract = backsmith::features::contract(&model);
    for (right, wrong) in [
        (
            "staff other         200   200  -       403  403    204",
            "staff other         200   200  -       403  403    403",
        ),
        ("user                200   200  403     403  403    403", "# nothing"),
        ("anonymous           200   200  401", "anonymous           hidden 200 401"),
        ("user own            200   200  201", "user own            200   200  -  "),
    ] {
        let table = read(&text.replacen(right, wrong, 1)).unwrap();
        assert!(compare(&table, &model, &contract).is_err(), "{wrong}");
    }
}

/// What is asked of every target may not know any of them.
#[test]
fn the_suite_names_no_target() {
    let mut names: Vec<String> =
        ["fastapi", "nestjs", "gin", "flask", "nextjs", "django", "node", "python"].map(str::to_owned).into();
    names.extend(backsmith::targets::ALL.iter().map(|target| target.id.to_owned()));
    let mut files = 0;
    for folder in ["src", "src/checks", "src/scene", "tables"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let text = fs::read_to_string(&path).unwrap().to_lowercase();
                let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
                let named = names.iter().find(|name| words.contains(&name.as_str()));
                assert_eq!(named, None, "{}", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 20, "{files} files were looked at");
}
