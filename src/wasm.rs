//! The door to JavaScript: the functions of every other door, with plain data on the way.
//!
//! A function throws only for a bug; problems of a spec are diagnostics.

use std::cell::RefCell;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::spec::{DiagnosticView, Utf16Positions, assist};
use crate::view::{self, CompletionsView, ExplanationView, GeneratedView, StarterView, TargetView, Told, UpdateView};
use crate::{Outcome, Request, Session};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A complete spec to begin with. */
export interface Starter {
  id: string;
  name: string;
  description: string;
  spec: string;
}

/** A database; a server of its own must run before a project can start. */
export interface Database {
  id: string;
  name: string;
  server: boolean;
}

/** A framework, and the databases it is offered with. */
export interface Target {
  id: string;
  name: string;
  databases: Database[];
  /** How a project is started: the commands, the one that stores rows to look at, and where the server then listens. */
  start: { needs: string; prepare: string[]; run: string; seed: string; origin: string };
}

/** One replacement; an empty range inserts. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** What may be written in place of the text from `from` up to the cursor. */
export interface Completions {
  from: number;
  options: {
    label: string;
    insert: string;
    kind: "word" | "entity" | "field" | "role" | "value";
    help: string;
  }[];
}

/** What a word means. */
export interface Explanation {
  start: number;
  end: number;
  word: string;
  help: string;
  /** What holds when the word is left out. */
  default: string | null;
  /** A line that uses it. */
  example: string | null;
}

/** A problem of a spec; places are in UTF-16 units, as JavaScript counts. */
export interface Diagnostic {
  code: string;
  severity: "error" | "warning";
  message: string;
  help?: string;
  labels: { start: number; end: number; message?: string }[];
  edits: TextEdit[];
}

/** What a project is, and its figures. */
export interface Summary {
  name: string;
  target: string;
  database: string;
  files: number;
  lines: number;
  endpoints: number;
  tests: number;
  /** The path to open first; it answers without a login. */
  first: string;
}

/** What is known of a generated file beside its text. */
export interface FileNote {
  path: string;
  part: "source" | "test" | "migration" | "configuration" | "documentation";
  /** Lines of the file with the line of the spec they come from, both from 1. */
  origins: [line: number, spec: number][];
}

/**
 * A project as texts, without the record that it keeps of itself: that is for tools, and in the zip.
 * Without errors in the spec there is a summary, with errors there are no files.
 */
export interface Generated {
  files: [path: string, text: string][];
  notes: FileNote[];
  diagnostics: Diagnostic[];
  summary: Summary | null;
}

/** A note that stays what it is when something is written before what it tells of. */
export interface UpdateNote {
  path: string;
  part: FileNote["part"];
  /** Lines of the file, from 1, with what they come from: an entity, from 0, and how far below its first line. */
  origins: [line: number, entity: number, below: number][];
}

/** Lines in the place of those from `start` up to `end`. */
export interface Splice {
  start: number;
  end: number;
  /** How many lines stand before them. */
  line: number;
  lines: string;
}

/** What `generate` tells, but of files only those that are not as they were at the last update that had files. */
export interface Update {
  /** The paths of all files, in order; null where they are what they were. */
  paths: string[] | null;
  files: [path: string, text: string][];
  /** Long files, told as what they were when they were last told as a whole, with other lines in some places. */
  spliced: { path: string; splices: Splice[] }[];
  notes: UpdateNote[];
  /** The line of the spec, from 1, that each entity begins on. */
  begins: number[];
  diagnostics: Diagnostic[];
  summary: Summary | null;
}

/** A project in one file. */
export interface Zip {
  bytes: Uint8Array<ArrayBuffer> | null;
  name: string;
  diagnostics: Diagnostic[];
}
"#;

/// The version of the generator.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The specs to begin with.
#[wasm_bindgen(unchecked_return_type = "Starter[]")]
pub fn starters() -> Result<JsValue, JsError> {
    to_js(&StarterView::all())
}

/// The frameworks, each with its databases.
#[wasm_bindgen(unchecked_return_type = "Target[]")]
pub fn targets() -> Result<JsValue, JsError> {
    to_js(&TargetView::all())
}

/// Everything there is to say about a spec.
#[wasm_bindgen(unchecked_return_type = "Diagnostic[]")]
pub fn check(spec: &str) -> Result<JsValue, JsError> {
    to_js(&DiagnosticView::all(&crate::check(spec), spec))
}

/// The whole project of a spec.
#[wasm_bindgen(unchecked_return_type = "Generated")]
pub fn generate(spec: &str) -> Result<JsValue, JsError> {
    make_room_for_once(spec);
    let outcome = crate::generate(&Request::new(spec))?;
    let mut view = GeneratedView::new(&outcome, spec);
    let files = view.take_files();
    Ok(with_files(to_js(&view)?, &files))
}

thread_local! {
    /// What is remembered of the last update, and what was told.
    static LAST: RefCell<(Session, Told)> = RefCell::default();
}

/// The whole project of a spec that is being edited, as what is not as it was at the last call: most of a project
/// stays the same, and crossing to JavaScript is dear.
#[wasm_bindgen(unchecked_return_type = "Update")]
pub fn update(spec: &str) -> Result<JsValue, JsError> {
    make_room_to_stay(spec);
    LAST.with_borrow_mut(|(session, told)| {
        let outcome = session.generate(&Request::new(spec))?;
        let mut view = UpdateView::new(&outcome, told, spec);
        let files = view.take_files();
        Ok(with_files(to_js(&view)?, &files))
    })
}

/// The words that may stand at a place of a spec.
#[wasm_bindgen(unchecked_return_type = "Completions | null")]
pub fn complete(spec: &str, at: usize) -> Result<JsValue, JsError> {
    let positions = Utf16Positions::new(spec);
    let found = assist::complete(spec, positions.byte(at));
    to_js(&found.map(|completions| CompletionsView::new(completions, &positions)))
}

/// What the word at a place of a spec means.
#[wasm_bindgen(unchecked_return_type = "Explanation | null")]
pub fn explain(spec: &str, at: usize) -> Result<JsValue, JsError> {
    let positions = Utf16Positions::new(spec);
    let found = assist::explain(spec, positions.byte(at));
    to_js(&found.map(|explanation| ExplanationView::new(explanation, &positions)))
}

/// The edit that makes a word of a spec's upper level, such as `database`, say something else.
#[wasm_bindgen(unchecked_return_type = "TextEdit | null")]
pub fn choose(spec: &str, word: &str, choice: &str) -> Result<JsValue, JsError> {
    let positions = Utf16Positions::new(spec);
    to_js(&assist::choose(spec, word, choice).map(|edit| view::edit(&edit, &positions)))
}

/// The whole project of a spec, in one file.
#[wasm_bindgen(unchecked_return_type = "Zip")]
pub fn zip(spec: &str) -> Result<JsValue, JsError> {
    make_room_for_once(spec);
    let Outcome { result, diagnostics } = crate::generate(&Request::new(spec))?;
    let project = result.map(|generated| generated.project);
    let zip = to_js(&ZipView {
        bytes: None,
        name: project.as_ref().map_or_else(String::new, |project| format!("{}.zip", project.name())),
        diagnostics: DiagnosticView::all(&diagnostics, spec),
    })?;
    if let Some(project) = project {
        set_bytes(&zip, "bytes", project.zip()?);
    }
    Ok(zip)
}

/// About as many bytes as a project takes while it is made, for each byte of its spec.
const ROOM: usize = 1280;

/// No more than this is asked for before it is needed.
const MOST_ROOM: usize = 192 << 20;

/// Makes room for a project that is made over and over: as much as there is not yet.
fn make_room_to_stay(spec: &str) {
    const PAGE: usize = 1 << 16;
    let there = core::arch::wasm32::memory_size::<0>() * PAGE;
    ask_for(spec.len().saturating_mul(ROOM).min(MOST_ROOM).saturating_sub(there));
}

/// Makes room for a project that is made once, beside what is there.
fn make_room_for_once(spec: &str) {
    ask_for((spec.len().saturating_mul(ROOM) / 2).min(MOST_ROOM));
}

/// Asks for memory in one piece. It would come in many small ones otherwise, and with each an engine tidies up.
fn ask_for(bytes: usize) {
    let mut room: Vec<u8> = Vec::new();
    // Without so much room at once it comes in pieces.
    if room.try_reserve_exact(bytes).is_ok() {
        std::hint::black_box(&mut room);
    }
}

#[derive(Serialize)]
struct ZipView {
    /// Null in JSON, which has no bytes.
    bytes: Option<()>,
    name: String,
    diagnostics: Vec<DiagnosticView>,
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, js_name = parse)]
    fn parse_json(text: &str) -> JsValue;

    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    fn set_bytes(object: &JsValue, key: &str, bytes: Vec<u8>) -> bool;

    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    fn set_list(object: &JsValue, key: &str, list: Vec<JsValue>) -> bool;

    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn pair(first: &str, second: &str) -> JsValue;
}

/// Adds the texts of files, which are long: as JSON every quote and line end of theirs would be escaped.
fn with_files(object: JsValue, files: &[(&str, &str)]) -> JsValue {
    set_list(&object, "files", files.iter().map(|(path, text)| pair(path, text)).collect());
    object
}

/// Hands data over as JSON: many small parts cross faster as one text, and that takes the least code.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(parse_json(&serde_json::to_string(value)?))
}
