#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use crate::{Request, generate};

const SPEC: &str = "\
backsmith: 1
name: \"null\"
framework: express
database: sqlite
auth: { roles: [staff] }
entities:
  Shelf:
    fields:
      place: string unique
    access: { read: anyone, write: staff }
  Book:
    fields:
      title: string
      shelf: Shelf?
      twin: Book? unique
    access: { read: anyone, write: staff }
";

fn files() -> BTreeMap<String, String> {
    let project = generate(&Request::new(SPEC)).unwrap().result.unwrap().project;
    project.files().iter().map(|file| (file.path.to_string(), file.text.clone())).collect()
}

#[test]
fn the_diagram_shows_keys_and_how_many_rows_stand_at_each_end() {
    let readme = &files()["README.md"];
    for line in [
        "    string place UK\n",
        "    uuid id PK\n",
        "    uuid shelfId FK\n",
        "    uuid twinId FK, UK\n",
        "  \"Shelf\" |o--o{ \"Book\" : \"shelf\"\n",
        "  \"Book\" |o--o| \"Book\" : \"twin\"\n",
    ] {
        assert!(readme.contains(line), "{line}{readme}");
    }
}

#[test]
fn a_path_stands_once_with_all_its_methods() {
    let readme = &files()["README.md"];
    assert!(readme.contains("| `/api/v1/books` | GET, POST |\n| `/api/v1/books/{id}` | GET, PUT, PATCH, DELETE |\n"));
}

#[test]
fn a_name_stays_a_string_and_secrets_are_asked_for() {
    let compose = &files()["compose.yaml"];
    assert!(compose.contains("\nname: \"null\"\n"), "{compose}");
    assert!(compose.contains("    JWT_SECRET: \"${JWT_SECRET:?"), "{compose}");
    assert!(compose.contains("    RATE_LIMIT_MAX: \"${RATE_LIMIT_MAX:-}\"\n"), "{compose}");
    assert!(!compose.contains("DATABASE_URL"), "the image knows where its database is");
}

#[test]
fn the_image_holds_no_secret_and_nobody_runs_it() {
    let dockerfile = &files()["Dockerfile"];
    assert!(dockerfile.contains("\nUSER 65534:65534\n") && dockerfile.contains("\nVOLUME [\"/data\"]\n"));
    assert!(dockerfile.contains("\nENV DATABASE_URL=file:/data/null.db\n"), "{dockerfile}");
    assert!(!dockerfile.contains("SECRET") && !dockerfile.contains("\nARG "), "{dockerfile}");
    assert!(dockerfile.contains("'/health/live'"), "{dockerfile}");
}

#[test]
fn jobs_ask_for_no_right_but_reading_and_actions_are_commits() {
    let files = files();
    let workflow = &files[".github/workflows/ci.yml"];
    assert!(workflow.contains("\npermissions: {}\n"));
    let used: Vec<&str> = workflow.lines().filter_map(|line| line.trim().strip_prefix("uses: ")).collect();
    assert!(used.len() > 2);
    for action in used {
        let (commit, version) = action.split_once('@').unwrap().1.split_once(" # v").unwrap();
        assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{action}");
        assert_eq!(version.split('.').count(), 3, "{action}");
    }
}
