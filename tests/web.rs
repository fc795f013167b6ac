//! The door to JavaScript, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::float_cmp, reason = "offsets are whole numbers, which doubles hold exactly")]

use backsmith::wasm::{check, choose, complete, explain, generate, starters, targets, update, version, zip};
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or_else(|_| panic!("no {key}"))
}

fn text(object: &JsValue, key: &str) -> String {
    get(object, key).as_string().unwrap_or_else(|| panic!("{key} is not a text"))
}

fn number(object: &JsValue, key: &str) -> f64 {
    get(object, key).as_f64().unwrap_or_else(|| panic!("{key} is not a number"))
}

fn list(value: JsValue) -> Vec<JsValue> {
    value.dyn_into::<Array>().expect("a list").iter().collect()
}

fn ok(result: Result<JsValue, wasm_bindgen::JsError>) -> JsValue {
    result.unwrap_or_else(|error| panic!("{:?}", JsValue::from(error)))
}

fn first_spec() -> String {
    text(&list(ok(starters()))[0], "spec")
}

#[wasm_bindgen_test]
fn says_its_version() {
    assert_eq!(version(), env!("CARGO_PKG_VERSION"));
}

#[wasm_bindgen_test]
fn an_update_tells_only_what_changed() {
    const NOTHING: (Option<usize>, [usize; 3]) = (None, [0, 0, 0]);
    let spec = first_spec();
    let longer = spec.replacen("1..200", "1..201", 1);
    let told = |spec: &str| {
        let update = ok(update(spec));
        let paths = get(&update, "paths");
        let paths = (!paths.is_null()).then(|| list(paths).len());
        (paths, ["files", "spliced", "notes"].map(|of| list(get(&update, of)).len()))
    };
    let (paths, whole) = told(&spec);
    let paths = paths.expect("the paths of a first project");
    assert!(paths > 10);
    assert_eq!(whole, [paths, 0, paths]);
    assert_eq!(told(&spec), NOTHING);
    // What is no spec changes nothing.
    assert_eq!(told("backsmith: 2"), NOTHING);
    let (same, [changed, spliced, _]) = told(&longer);
    assert_eq!(same, None);
    assert!(changed > 0 && changed < paths / 2, "{changed}");
    assert!(spliced > 0, "the API's document is long");
    assert_eq!(told(&longer), NOTHING);
}

#[wasm_bindgen_test]
fn every_starter_is_without_an_error_and_makes_a_project() {
    for starter in list(ok(starters())) {
        let spec = text(&starter, "spec");
        // Comments that go with their post, whoever wrote them, are meant to.
        let is_meant = |diagnostic: &JsValue| text(diagnostic, "code") == "cascade-crosses-owners";
        assert!(list(ok(check(&spec))).iter().all(is_meant));
        let generated = ok(generate(&spec));
        assert!(list(get(&generated, "diagnostics")).iter().all(is_meant));
        let paths: Vec<String> =
            list(get(&generated, "files")).into_iter().map(|file| list(file)[0].as_string().expect("a path")).collect();
        assert!(paths.contains(&"backsmith.yaml".to_owned()), "{paths:?}");
        let summary = get(&generated, "summary");
        assert!(number(&summary, "files") > 10.0);
        assert!(number(&summary, "lines") > number(&summary, "files"));
        assert!(number(&summary, "endpoints") > 0.0);
        assert!(number(&summary, "tests") > 0.0);
    }
}

#[wasm_bindgen_test]
fn a_project_says_what_it_was_made_for_in_words_of_the_table() {
    let summary = get(&ok(generate(&first_spec())), "summary");
    let target = list(ok(targets()))
        .into_iter()
        .find(|target| text(target, "id") == text(&summary, "target"))
        .expect("the target is in the table");
    let databases: Vec<String> = list(get(&target, "databases")).iter().map(|database| text(database, "id")).collect();
    assert!(databases.contains(&text(&summary, "database")));
}

#[wasm_bindgen_test]
fn places_are_counted_in_utf_16_units() {
    let spec = first_spec().replacen("name:", "description: \u{1f4da} books\nname:", 1).replacen(
        "update: owner",
        "update: ownr",
        1,
    );
    let diagnostics = list(ok(check(&spec)));
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(text(&diagnostics[0], "severity"), "error");
    let label = &list(get(&diagnostics[0], "labels"))[0];
    let before = spec.split("ownr").next().expect("text before the mistake");
    let start = u32::try_from(before.encode_utf16().count()).expect("a short text");
    assert_eq!(get(label, "start"), JsValue::from(start));
    assert_eq!(get(label, "end"), JsValue::from(start + 4));
}

#[wasm_bindgen_test]
fn a_spec_with_errors_makes_no_project() {
    let spec = first_spec().replacen("update: owner", "update: ownr", 1);
    let generated = ok(generate(&spec));
    assert!(list(get(&generated, "files")).is_empty());
    assert!(get(&generated, "summary").is_null());
    assert_eq!(list(get(&generated, "diagnostics")).len(), 1);
    let zipped = ok(zip(&spec));
    assert!(get(&zipped, "bytes").is_null());
    assert_eq!(list(get(&zipped, "diagnostics")).len(), 1);
}

#[wasm_bindgen_test]
fn a_zip_arrives_as_bytes_and_is_the_same_twice() {
    let spec = first_spec();
    let pack = || {
        let zipped = ok(zip(&spec));
        assert_eq!(text(&zipped, "name"), "bookshop.zip");
        get(&zipped, "bytes").dyn_into::<Uint8Array>().expect("bytes").to_vec()
    };
    let bytes = pack();
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    assert_eq!(bytes, pack());
}

#[wasm_bindgen_test]
fn an_editor_is_told_what_may_stand_where_and_what_it_means() {
    let spec = first_spec().replacen("name:", "description: \u{1f4da} books\nname:", 1);
    let units = |text: &str| text.encode_utf16().count();
    let before = spec.split("update: owner").next().expect("text before the rule");
    let at = units(before) + units("update: ow");
    let found = ok(complete(&spec, at));
    assert_eq!(get(&found, "from"), JsValue::from(u32::try_from(at - 2).expect("a short text")));
    let labels: Vec<String> = list(get(&found, "options")).iter().map(|option| text(option, "label")).collect();
    assert_eq!(labels, ["owner"]);
    let meaning = ok(explain(&spec, at));
    assert_eq!(text(&meaning, "word"), "owner");
    assert!(get(&meaning, "default").is_null());
    assert!(ok(explain(&spec, 0)).is_object());
    assert!(ok(complete(&spec, units(&spec) + 1)).is_null());
}

#[wasm_bindgen_test]
fn a_choice_is_an_edit_of_the_spec() {
    let spec = first_spec();
    let edit = ok(choose(&spec, "database", "postgresql"));
    assert_eq!(text(&edit, "text"), "postgresql");
    assert!(ok(choose(&spec, "database", "sqlite")).is_null());
}
