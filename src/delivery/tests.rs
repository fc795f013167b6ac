#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use crate::storage::Database;
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
    files_on(Database::Sqlite)
}

fn files_on(database: Database) -> BTreeMap<String, String> {
    let request = Request { database: Some(database), ..Request::new(SPEC) };
    let project = generate(&request).unwrap().result.unwrap().project;
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

#[test]
fn a_database_server_stands_beside_the_program_and_beside_the_checks() {
    let files = files_on(Database::Postgresql);
    let compose = &files["compose.yaml"];
    assert!(compose.contains("\n\nservices:\n  database:\n    image: postgres:"), "{compose}");
    assert!(
        compose.contains("      POSTGRES_DB: \"null\"\n      POSTGRES_PASSWORD: \"${POSTGRES_PASSWORD:?"),
        "{compose}"
    );
    assert!(compose.contains("\"postgres://postgres:${POSTGRES_PASSWORD}@database:5432/null\"\n"), "{compose}");
    assert!(!files["Dockerfile"].contains("DATABASE_URL") && !files["Dockerfile"].contains("VOLUME"));
    assert!(files[".github/workflows/ci.yml"].contains("    services:\n      database:\n        image: postgres:"));
    assert!(files[".github/dependabot.yml"].contains("  - package-ecosystem: docker-compose\n"));
}
