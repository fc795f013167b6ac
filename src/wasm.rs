//! The door to JavaScript: the functions of every other door, with plain data on the way.
//!
//! A function throws only for a bug; problems of a spec are diagnostics.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::project::{File, Part, Project};
use crate::spec::DiagnosticView;
use crate::starters::{self, Starter};
use crate::targets::{self, Target};
use crate::{Generated, Outcome, Request};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A complete spec to begin with. */
export interface Starter {
  id: string;
  name: string;
  description: string;
  spec: string;
}

/** A framework, and the databases it is offered with. */
export interface Target {
  id: string;
  name: string;
  databases: { id: string; name: string }[];
}

/** A problem of a spec; places are in UTF-16 units, as JavaScript counts. */
export interface Diagnostic {
  code: string;
  severity: "error" | "warning";
  message: string;
  help?: string;
  labels: { start: number; end: number; message?: string }[];
  edits: { start: number; end: number; text: string }[];
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
    let all: Vec<StarterView> = starters::all().iter().map(StarterView::new).collect();
    to_js(&all)
}

/// The frameworks, each with its databases.
#[wasm_bindgen(unchecked_return_type = "Target[]")]
pub fn targets() -> Result<JsValue, JsError> {
    let all: Vec<TargetView> = targets::ALL.iter().map(TargetView::new).collect();
    to_js(&all)
}

/// Everything there is to say about a spec.
#[wasm_bindgen(unchecked_return_type = "Diagnostic[]")]
pub fn check(spec: &str) -> Result<JsValue, JsError> {
    to_js(&DiagnosticView::all(&crate::check(spec), spec))
}

/// The whole project of a spec.
#[wasm_bindgen(unchecked_return_type = "Generated")]
pub fn generate(spec: &str) -> Result<JsValue, JsError> {
    let Outcome { result, diagnostics } = crate::generate(&Request::new(spec))?;
    to_js(&GeneratedView {
        files: result.as_ref().map(|generated| texts(&generated.project)).unwrap_or_default(),
        notes: result.as_ref().map(|generated| NoteView::all(&generated.project)).unwrap_or_default(),
        diagnostics: DiagnosticView::all(&diagnostics, spec),
        summary: result.as_ref().map(SummaryView::new),
    })
}

/// The whole project of a spec, in one file.
#[wasm_bindgen(unchecked_return_type = "Zip")]
pub fn zip(spec: &str) -> Result<JsValue, JsError> {
    let Outcome { result, diagnostics } = crate::generate(&Request::new(spec))?;
    let project = result.map(|generated| generated.project);
    to_js(&ZipView {
        name: project.as_ref().map_or_else(String::new, |project| format!("{}.zip", project.name())),
        bytes: project.map(|project| project.zip()).transpose()?.map(Bytes),
        diagnostics: DiagnosticView::all(&diagnostics, spec),
    })
}

#[derive(Serialize)]
struct StarterView {
    id: &'static str,
    name: &'static str,
    description: &'static str,
    spec: &'static str,
}

impl StarterView {
    fn new(starter: &Starter) -> Self {
        let &Starter { id, name, description, spec } = starter;
        Self { id, name, description, spec }
    }
}

#[derive(Serialize)]
struct TargetView {
    id: &'static str,
    name: &'static str,
    databases: Vec<DatabaseView>,
}

#[derive(Serialize)]
struct DatabaseView {
    id: &'static str,
    name: &'static str,
}

impl TargetView {
    fn new(target: &Target) -> Self {
        let databases =
            target.databases.iter().map(|database| DatabaseView { id: database.id(), name: database.name() });
        Self { id: target.id, name: target.name, databases: databases.collect() }
    }
}

#[derive(Serialize)]
struct GeneratedView {
    files: Vec<(String, String)>,
    notes: Vec<NoteView>,
    diagnostics: Vec<DiagnosticView>,
    summary: Option<SummaryView>,
}

fn texts(project: &Project) -> Vec<(String, String)> {
    project.files().iter().map(|file| (file.path.to_string(), file.text.clone())).collect()
}

#[derive(Serialize)]
struct NoteView {
    path: String,
    part: &'static str,
    origins: Vec<(u32, u32)>,
}

impl NoteView {
    fn all(project: &Project) -> Vec<Self> {
        project.files().iter().map(Self::new).collect()
    }

    fn new(file: &File) -> Self {
        let part = match file.part {
            Part::Source => "source",
            Part::Test => "test",
            Part::Migration => "migration",
            Part::Configuration => "configuration",
            Part::Documentation => "documentation",
        };
        Self { path: file.path.to_string(), part, origins: file.origins.clone() }
    }
}

#[derive(Serialize)]
struct SummaryView {
    name: String,
    target: &'static str,
    database: &'static str,
    files: usize,
    lines: usize,
    endpoints: usize,
    tests: usize,
}

impl SummaryView {
    fn new(generated: &Generated) -> Self {
        let Generated { project, target, database, summary } = generated;
        Self {
            name: project.name().to_owned(),
            target: target.id,
            database: database.id(),
            files: summary.files,
            lines: summary.lines,
            endpoints: summary.endpoints,
            tests: summary.tests,
        }
    }
}

#[derive(Serialize)]
struct ZipView {
    bytes: Option<Bytes>,
    name: String,
    diagnostics: Vec<DiagnosticView>,
}

/// Bytes that arrive as a `Uint8Array` and not as a list of numbers.
struct Bytes(Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    let serializer = Serializer::new().serialize_missing_as_null(true).serialize_maps_as_objects(true);
    Ok(value.serialize(&serializer)?)
}
