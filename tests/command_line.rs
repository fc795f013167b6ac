//! The command line as a person uses it.
#![cfg(all(feature = "cli", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use backsmith::{Request, generate, starters};

fn backsmith(arguments: &[&str], standard_input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_backsmith"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its arguments ends without reading.
    let _ = child.stdin.take().unwrap().write_all(standard_input.as_bytes());
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn bookshop() -> &'static str {
    starters::find("bookshop").unwrap().spec
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_good_spec_is_fine_and_silent() {
    let output = backsmith(&["check", "-"], bookshop());
    assert_eq!((output.status.code(), output.stdout.len(), said(&output).as_str()), (Some(0), 0, ""));
}

#[test]
fn problems_are_drawn_in_the_source() {
    let output = backsmith(&["check", "-"], &bookshop().replace("integer 1..5", "intger 1..5"));
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    for part in ["<standard input>:", "intger", "Did you mean `integer`?"] {
        assert!(said.contains(part), "{part} is not in:\n{said}");
    }
}

#[test]
fn problems_come_as_json_with_utf_16_offsets() {
    let spec =
        bookshop().replace("framework:", "description: 📚 and more\nframework:").replace("integer 1..5", "intger 1..5");
    let output = backsmith(&["check", "-", "--json"], &spec);
    assert_eq!(output.status.code(), Some(1));
    let problems: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let start = usize::try_from(problems[0]["labels"][0]["start"].as_u64().unwrap()).unwrap();
    let units: Vec<u16> = spec.encode_utf16().skip(start).take(6).collect();
    assert_eq!(String::from_utf16(&units).unwrap(), "intger");
}

#[test]
fn wrong_use_is_told_from_problems_in_the_spec() {
    for arguments in [
        &["check", "no-such-file.yaml"][..],
        &["generate", "-"],
        &["generate", "-", "-o", "x", "--framework", "cobol"],
        &["zip", "-", "-o", "no/such/folder.zip"],
        &["frobnicate"],
        &[],
    ] {
        let output = backsmith(arguments, bookshop());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn starters_and_targets_can_be_read_by_programs() {
    let starters: serde_json::Value = serde_json::from_slice(&backsmith(&["starters", "--json"], "").stdout).unwrap();
    assert_eq!(starters[0]["id"], "bookshop");
    assert_eq!(starters[0]["spec"], bookshop());
    let targets: serde_json::Value = serde_json::from_slice(&backsmith(&["targets", "--json"], "").stdout).unwrap();
    assert_eq!(targets[0]["id"], "express");
    assert_eq!(targets[0]["databases"][0]["name"], "SQLite");
}

#[test]
fn a_project_is_written_whole_and_again() {
    let out = folder("written").join("shop");
    let arguments = ["generate", "-", "-o", out.to_str().unwrap()];
    assert_eq!(backsmith(&arguments, bookshop()).status.code(), Some(0));
    let project = generate(&Request::new(bookshop())).unwrap().result.unwrap().project;
    for (path, text) in project.with_record() {
        assert_eq!(fs::read_to_string(out.join(&path)).unwrap(), text, "{path}");
    }
    assert_eq!(backsmith(&arguments, bookshop()).status.code(), Some(0));
}

#[test]
fn what_a_person_changed_is_never_overwritten_without_force() {
    let out = folder("changed").join("shop");
    let arguments = ["generate", "-", "-o", out.to_str().unwrap()];
    backsmith(&arguments, bookshop());
    let (mine, other) = (out.join("README.md"), out.join("src/services/review.service.ts"));
    fs::write(&mine, "mine\n").unwrap();
    let before = fs::read_to_string(&other).unwrap();
    let changed_spec = bookshop().replace("update: owner", "update: owner, staff");

    let refused = backsmith(&arguments, &changed_spec);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("README.md"), "{}", said(&refused));
    assert!(!said(&refused).contains("review.service.ts"), "{}", said(&refused));
    assert_eq!(fs::read_to_string(&mine).unwrap(), "mine\n");
    assert_eq!(fs::read_to_string(&other).unwrap(), before, "nothing may be written");

    let forced = backsmith(&[&arguments[..], &["--force"]].concat(), &changed_spec);
    assert_eq!(forced.status.code(), Some(0));
    assert_ne!(fs::read_to_string(&mine).unwrap(), "mine\n");
    assert_ne!(fs::read_to_string(&other).unwrap(), before);
}

#[test]
fn what_is_no_part_of_the_project_any_more_goes_unless_a_person_changed_it() {
    let out = folder("stale").join("shop");
    let arguments = ["generate", "-", "-o", out.to_str().unwrap()];
    backsmith(&arguments, bookshop());
    let (gone, mine) = (out.join("src/services/review.service.ts"), out.join("tests/review.test.ts"));
    let foreign = out.join("src/services/mine.ts");
    fs::write(&mine, "mine\n").unwrap();
    fs::write(&foreign, "mine\n").unwrap();

    let start = bookshop().find("  Review:").unwrap();
    let smaller = bookshop()[..start].lines().filter(|line| !line.contains("Review[]")).collect::<Vec<_>>().join("\n");
    let output = backsmith(&arguments, &smaller);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(!gone.exists(), "a file of an entity that is gone");
    assert_eq!(fs::read_to_string(&mine).unwrap(), "mine\n");
    assert!(foreign.exists(), "a file that was never generated");
    assert!(said(&output).contains("tests/review.test.ts"), "{}", said(&output));
    assert!(!said(&output).contains("review.service.ts"), "{}", said(&output));
}

#[test]
fn what_is_for_people_to_write_in_is_made_once() {
    let out = folder("hooks").join("shop");
    let arguments = ["generate", "-", "-o", out.to_str().unwrap()];
    backsmith(&arguments, bookshop());
    let hooks = out.join("src/hooks/review.hooks.ts");
    assert!(fs::read_to_string(&hooks).unwrap().contains("reviewHooks"));
    fs::write(&hooks, "mine\n").unwrap();
    for more in [&[][..], &["--force"]] {
        let output = backsmith(&[&arguments[..], more].concat(), bookshop());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert_eq!(fs::read_to_string(&hooks).unwrap(), "mine\n");
    }
}

#[test]
fn the_zip_is_the_same_each_time_and_opens() {
    let folder = folder("zip");
    let (a, b) = (folder.join("a.zip"), folder.join("b.zip"));
    for zip in [&a, &b] {
        assert_eq!(backsmith(&["zip", "-", "-o", zip.to_str().unwrap()], bookshop()).status.code(), Some(0));
    }
    assert_eq!(fs::read(&a).unwrap(), fs::read(&b).unwrap());
    let mut archive = zip::ZipArchive::new(fs::File::open(&a).unwrap()).unwrap();
    let project = generate(&Request::new(bookshop())).unwrap().result.unwrap().project;
    for (path, text) in project.with_record() {
        let mut entry = archive.by_name(&format!("bookshop/{path}")).unwrap();
        assert_eq!(std::io::read_to_string(&mut entry).unwrap(), text, "{path}");
    }
}

#[test]
fn a_new_spec_is_a_starter_and_overwrites_nothing() {
    let file = folder("new").join("backsmith.yaml");
    let arguments = ["new", "bookshop", "-o", file.to_str().unwrap()];
    let output = backsmith(&arguments, "");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    assert_eq!(fs::read_to_string(&file).unwrap(), bookshop());
    fs::write(&file, "mine\n").unwrap();
    let refused = backsmith(&arguments, "");
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("backsmith.yaml"), "{}", said(&refused));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine\n");

    let printed = backsmith(&["new", "-o", "-"], "");
    assert_eq!(String::from_utf8(printed.stdout).unwrap(), bookshop());
    assert_eq!(backsmith(&["new", "no-such-starter", "-o", "-"], "").status.code(), Some(2));
}

#[test]
fn the_api_document_is_the_one_of_the_project() {
    let output = backsmith(&["openapi", "-"], bookshop());
    assert_eq!(output.status.code(), Some(0));
    let project = generate(&Request::new(bookshop())).unwrap().result.unwrap().project;
    let file = project.files().iter().find(|file| file.path.as_str() == "openapi.json").unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), file.text);
    assert_eq!(backsmith(&["openapi", "-"], "backsmith: 2\n").status.code(), Some(1));
}

#[test]
fn every_starter_fits_the_json_schema_and_a_slip_does_not() {
    let schema: serde_json::Value = serde_json::from_slice(&backsmith(&["schema"], "").stdout).unwrap();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("spec.json", schema).unwrap();
    let mut schemas = boon::Schemas::new();
    let schema = compiler.compile("spec.json", &mut schemas).unwrap();
    let good = serde_json::json!({
        "backsmith": 1, "name": "notes", "framework": "express", "database": "sqlite",
        "auth": { "roles": "admin > staff", "methods": ["password"] },
        "entities": { "Note": {
            "owner": "author",
            "fields": { "title": "string 1..200", "body": { "type": "text", "default": "" }, "author": "User" },
            "access": { "read": "owner", "write": "owner, staff" },
        } },
    });
    assert!(schemas.validate(&good, schema).is_ok(), "{}", schemas.validate(&good, schema).unwrap_err());
    for (pointer, slip) in [
        ("/backsmith", serde_json::json!(2)),
        ("/framework", serde_json::json!("cobol")),
        ("/name", serde_json::json!("My notes")),
        ("/entities/Note/access", serde_json::json!({ "raed": "owner" })),
        ("/entities/Note/fields", serde_json::json!({ "title": { "length": "1..2" } })),
        ("/entities", serde_json::json!({ "note": good["entities"]["Note"].clone() })),
    ] {
        let mut spec = good.clone();
        *spec.pointer_mut(pointer).unwrap() = slip;
        assert!(schemas.validate(&spec, schema).is_err(), "{pointer}");
    }
}
