//! What the doors hand out, as plain data: the same for JavaScript and for the page's build.

mod update;

pub use update::{Told, UpdateView};

use serde::Serialize;

use crate::contract::{Action, Admission, Contract, Verb};
use crate::model::Line;
use crate::project::{File, Part};
use crate::spec::assist::{Completions, Explanation};
use crate::spec::vocabulary::{Place, Word};
use crate::spec::{DiagnosticView, TextEdit, TextEditView, Utf16Positions};
use crate::starters::Starter;
use crate::storage::Database;
use crate::targets::{Start, Target};
use crate::{Compiled, Generated, Outcome};

/// A complete spec to begin with.
#[derive(Debug, Serialize)]
pub struct StarterView {
    id: &'static str,
    name: &'static str,
    description: &'static str,
    spec: &'static str,
}

impl StarterView {
    /// All of them.
    pub fn all() -> Vec<Self> {
        crate::starters::all().iter().map(Self::new).collect()
    }

    fn new(starter: &Starter) -> Self {
        let &Starter { id, name, description, spec } = starter;
        Self { id, name, description, spec }
    }
}

/// A framework, its databases, and how its projects are started.
#[derive(Debug, Serialize)]
pub struct TargetView {
    id: &'static str,
    name: &'static str,
    databases: Vec<DatabaseView>,
    start: StartView,
}

#[derive(Debug, Serialize)]
struct DatabaseView {
    id: &'static str,
    name: &'static str,
    server: bool,
}

impl DatabaseView {
    fn new(database: Database) -> Self {
        Self { id: database.id(), name: database.name(), server: database.is_server() }
    }
}

#[derive(Debug, Serialize)]
struct StartView {
    needs: &'static str,
    prepare: &'static [&'static str],
    run: &'static str,
    seed: &'static str,
    origin: &'static str,
}

impl TargetView {
    /// All of them.
    pub fn all() -> Vec<Self> {
        crate::targets::ALL.iter().map(Self::new).collect()
    }

    fn new(target: &Target) -> Self {
        // A spec may only name what the language has already, and what it may not name is not offered.
        let is_in_language = |id: &str| Place::Database.find(id).is_some_and(Word::is_available);
        let databases = target.databases.iter().filter(|database| is_in_language(database.id()));
        let databases = databases.map(|database| DatabaseView::new(*database)).collect();
        let Start { needs, prepare, run, seed, origin } = target.start;
        let start = StartView { needs, prepare, run, seed, origin };
        Self { id: target.id, name: target.name, databases, start }
    }
}

/// What came of a spec.
#[derive(Debug, Serialize)]
pub struct GeneratedView<'p> {
    files: Vec<(&'p str, &'p str)>,
    notes: Vec<NoteView<'p, (u32, u32)>>,
    diagnostics: Vec<DiagnosticView>,
    summary: Option<SummaryView>,
}

impl<'p> GeneratedView<'p> {
    /// The view of what came of `spec`.
    pub fn new(outcome: &'p Outcome<Generated>, spec: &str) -> Self {
        let generated = outcome.result.as_ref();
        let files = || generated.into_iter().flat_map(|generated| generated.project.files());
        let notes = |generated: &'p Generated| {
            let lines = &generated.compiled.model.lines;
            let origin = |(at, line): &(u32, Line)| (*at, lines.number(*line));
            generated.project.files().iter().map(|file| NoteView::new(file, origin)).collect()
        };
        Self {
            files: files().map(|file| text(file)).collect(),
            notes: generated.map(notes).unwrap_or_default(),
            diagnostics: DiagnosticView::all(&outcome.diagnostics, spec),
            summary: generated.map(SummaryView::new),
        }
    }

    /// Takes the texts out, for a door that has its own way for what is long.
    pub fn take_files(&mut self) -> Vec<(&'p str, &'p str)> {
        std::mem::take(&mut self.files)
    }
}

fn text(file: &File) -> (&str, &str) {
    (file.path.as_str(), &file.text)
}

#[derive(Debug, Serialize)]
struct NoteView<'p, O> {
    path: &'p str,
    part: &'static str,
    origins: Vec<O>,
}

impl<'p, O> NoteView<'p, O> {
    fn new(file: &'p File, origin: impl FnMut(&(u32, Line)) -> O) -> Self {
        let part = match file.part {
            Part::Source => "source",
            Part::Test => "test",
            Part::Migration => "migration",
            Part::Configuration => "configuration",
            Part::Documentation => "documentation",
        };
        Self { path: file.path.as_str(), part, origins: file.origins.iter().map(origin).collect() }
    }
}

#[derive(Debug, Serialize)]
struct SummaryView {
    name: String,
    target: &'static str,
    database: &'static str,
    files: usize,
    lines: usize,
    endpoints: usize,
    tests: usize,
    first: String,
}

impl SummaryView {
    fn new(generated: &Generated) -> Self {
        let Generated { project, compiled, summary } = generated;
        let Compiled { target, database, contract, .. } = &**compiled;
        Self {
            name: project.name().to_owned(),
            target: target.id,
            database: database.id(),
            files: summary.files,
            lines: summary.lines,
            endpoints: summary.endpoints,
            tests: summary.tests,
            first: first_path(contract).to_owned(),
        }
    }
}

/// The path to open first: a list that anybody may read, or whatever else answers without a login.
fn first_path(contract: &Contract) -> &str {
    let is_open_list = |action: &Action| match action {
        Action::Rows { entity, verb: Verb::List } => {
            *contract.plan.admission(*entity, Verb::List.access()) == Admission::Anyone
        }
        _ => false,
    };
    let is_open = |action: &Action| matches!(action, Action::Health(_) | Action::Document);
    let operations = || contract.operations.iter();
    let first = operations().find(|operation| is_open_list(&operation.action));
    let first = first.or_else(|| operations().find(|operation| is_open(&operation.action)));
    first.map_or("/", |operation| operation.path.as_str())
}

/// The words that may stand at a place; offsets in UTF-16 units.
#[derive(Debug, Serialize)]
pub struct CompletionsView {
    from: usize,
    options: Vec<CompletionView>,
}

#[derive(Debug, Serialize)]
struct CompletionView {
    label: String,
    insert: String,
    kind: &'static str,
    help: String,
}

impl CompletionsView {
    /// The view of completions of a text.
    pub fn new(completions: Completions, positions: &Utf16Positions) -> Self {
        let options = completions.options.into_iter().map(|option| CompletionView {
            label: option.label,
            insert: option.insert,
            kind: option.kind.name(),
            help: option.help,
        });
        Self { from: positions.offset(completions.from), options: options.collect() }
    }
}

/// What a word means; offsets in UTF-16 units.
#[derive(Debug, Serialize)]
pub struct ExplanationView {
    start: usize,
    end: usize,
    word: String,
    help: String,
    default: Option<String>,
    example: Option<String>,
}

impl ExplanationView {
    /// The view of an explanation of a word of a text.
    pub fn new(explanation: Explanation, positions: &Utf16Positions) -> Self {
        let Explanation { span, word, help, default, example } = explanation;
        let (start, end) = (positions.offset(span.start), positions.offset(span.end));
        Self { start, end, word, help, default, example }
    }
}

/// The view of one replacement in a text.
pub fn edit(edit: &TextEdit, positions: &Utf16Positions) -> TextEditView {
    let (start, end) = (positions.offset(edit.span.start), positions.offset(edit.span.end));
    TextEditView { start, end, text: edit.text.clone() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::{Request, compile};

    fn first(access: &str) -> String {
        let spec = crate::starters::all()[0].spec.replace("read: anyone", access);
        let compiled = compile(&Request::new(&spec)).result.unwrap();
        first_path(&compiled.contract).to_owned()
    }

    #[test]
    fn a_project_is_started_as_its_readme_says() {
        for target in crate::targets::ALL {
            let spec = crate::starters::all()[0].spec;
            let request = Request { framework: Some(target), ..Request::new(spec) };
            let generated = crate::generate(&request).unwrap().result.unwrap();
            let readme = generated.project.files().iter().find(|file| file.path.as_str() == "README.md").unwrap();
            let start = &target.start;
            for words in start.prepare.iter().chain([&start.needs, &start.run, &start.seed, &start.origin]) {
                assert!(readme.text.contains(words), "{words}");
            }
        }
    }

    #[test]
    fn what_is_offered_may_be_chosen() {
        let spec = crate::starters::all()[0].spec;
        for (target, database) in TargetView::all()
            .iter()
            .flat_map(|target| target.databases.iter().map(move |database| (target.id, database.id)))
        {
            let choose = |text: &str, word, choice| match crate::spec::assist::choose(text, word, choice) {
                Some(edit) => format!("{}{}{}", &text[..edit.span.start], edit.text, &text[edit.span.end..]),
                None => text.to_owned(),
            };
            let chosen = choose(&choose(spec, "framework", target), "database", database);
            assert_eq!(crate::check(&chosen), [], "{target} on {database}");
        }
    }

    #[test]
    fn the_first_address_answers_without_a_login() {
        assert_eq!(first("read: anyone"), "/api/v1/books");
        assert_eq!(first("read: staff"), "/health/live");
    }
}
