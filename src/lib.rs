//! Backsmith turns a short description of a backend into a whole, working project.
//!
//! The way through is one line: read the spec, resolve it to a model, derive the HTTP contract and the
//! storage, render a target's files, pack them. Every module only imports from those before it.

pub mod code;
pub mod contract;
pub mod delivery;
pub mod features;
pub mod memo;
pub mod model;
pub mod project;
pub mod reference;
mod session;
pub mod spec;
pub mod starters;
pub mod storage;
pub mod targets;
pub mod view;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

use std::sync::Arc;

pub use session::Session;

use contract::{Contract, Plan};
use memo::Memo;
use model::Model;
use project::{Part, Project, SharedFile};
use spec::{Diagnostic, Reader};
use storage::{Database, Storage};
use targets::{RenderError, Target};

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The spec as its author wrote it.
    pub spec: &'a str,
    /// The framework instead of the spec's own.
    pub framework: Option<&'static Target>,
    /// The database instead of the spec's own.
    pub database: Option<Database>,
}

impl<'a> Request<'a> {
    /// Asks for just what a spec says.
    pub fn new(spec: &'a str) -> Self {
        Self { spec, framework: None, database: None }
    }
}

/// A result, unless the spec has errors; and all there is to say about the spec.
#[derive(Debug, Clone)]
pub struct Outcome<T> {
    /// What came of it; `None` where a diagnostic is an error.
    pub result: Option<T>,
    /// Problems and advice, in the order of the spec.
    pub diagnostics: Vec<Diagnostic>,
}

/// A spec, understood.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The framework.
    pub target: &'static Target,
    /// The database.
    pub database: Database,
    /// What the spec means.
    pub model: Model,
    /// The API it implies.
    pub contract: Contract,
    /// What is stored.
    pub storage: Storage,
}

/// A project and figures about it.
#[derive(Debug, Clone)]
pub struct Generated {
    /// The project.
    pub project: Project,
    /// What it was made from.
    pub compiled: Arc<Compiled>,
    /// Its figures.
    pub summary: Summary,
}

/// Figures about a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Generated files.
    pub files: usize,
    /// Lines in them.
    pub lines: usize,
    /// Operations of the API.
    pub endpoints: usize,
    /// Tests of the project's own.
    pub tests: usize,
}

/// Everything there is to say about a spec.
pub fn check(spec: &str) -> Vec<Diagnostic> {
    understand(&Request::new(spec), &mut Reader::default()).diagnostics
}

/// Understands a spec: its model, and the contract and storage that follow from it.
pub fn compile(request: &Request) -> Outcome<Compiled> {
    let Outcome { result, diagnostics } = understand(request, &mut Reader::default());
    let result = result.map(|Understood { target, database, model }| {
        let (contract, storage) = (features::contract(&model), features::storage(&model));
        Compiled { target, database, model, contract, storage }
    });
    Outcome { result, diagnostics }
}

/// What a spec means, before anything is derived from it.
struct Understood {
    target: &'static Target,
    database: Database,
    model: Model,
}

fn understand(request: &Request, reader: &mut Reader) -> Outcome<Understood> {
    let read = reader.read(request.spec);
    let is_without_problems = read.diagnostics.is_empty();
    let Some(spec) = read.spec else { return Outcome { result: None, diagnostics: read.diagnostics } };
    let (model, problems) = model::resolve(&spec);
    let (choice, refusal) = targets::choose(&spec, request.framework, request.database);
    reader.keep(request.spec, spec, is_without_problems);
    let diagnostics = spec::in_order(read.diagnostics.into_iter().chain(problems).chain(refusal).collect());
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    let result = model.zip(choice).filter(|_| !failed);
    let result = result.map(|(model, (target, database))| Understood { target, database, model });
    Outcome { result, diagnostics }
}

/// Generates a whole project.
///
/// # Errors
///
/// A template failed, which is a bug of a target; problems of the spec are diagnostics.
pub fn generate(request: &Request) -> Result<Outcome<Generated>, RenderError> {
    Session::default().generate(request)
}

/// Renders a project that enforces a plan; everything but the enforcement follows the contract's own plan.
pub fn render(spec: &str, compiled: &Compiled, plan: &Plan) -> Result<Project, RenderError> {
    render_with(spec, compiled, plan, &compiled.storage.enforcing(plan), &Memo::default())
}

fn render_with(
    spec: &str,
    compiled: &Compiled,
    plan: &Plan,
    storage: &Storage,
    memo: &Memo,
) -> Result<Project, RenderError> {
    let Compiled { target, database, model, contract, .. } = compiled;
    let input = targets::Input { spec, model, contract, plan, storage, database: *database, memo };
    let targets::Rendered { files, surroundings } = (target.render)(&input)?;
    let mut files = targets::lay_out(&files);
    files.extend(delivery::files(&input, &surroundings)?.into_iter().map(SharedFile::new));
    Ok(Project::new(model.name.as_str(), files)?)
}

impl Generated {
    fn new(compiled: Arc<Compiled>, project: Project) -> Self {
        let files = project.files();
        let summary = Summary {
            files: files.len(),
            lines: files.iter().map(|file| file.lines).sum(),
            endpoints: compiled.contract.operations.len(),
            tests: files.iter().filter(|file| file.part == Part::Test).map(|file| file.tests).sum(),
        };
        Self { project, compiled, summary }
    }
}
