//! The command line: reads a spec, calls the library, writes what comes back.

mod folder;
mod input;
mod lists;
mod report;

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use backsmith::Request;
use backsmith::contract;
use backsmith::project::Project;
use backsmith::spec::{Diagnostic, json_schema};
use backsmith::starters::{self, Starter};
use backsmith::storage::Database;
use backsmith::targets::{self, Target};
use clap::{Args, Parser, Subcommand};

use crate::input::Spec;

/// A project is many small texts, which this makes a fifth faster than what systems bring along.
#[global_allocator]
static GLOBAL: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Describe a backend once. Get the whole project.
#[derive(Parser)]
#[command(name = "backsmith", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes a spec to begin with.
    New {
        /// The starter; `backsmith starters` lists them.
        #[arg(value_name = "STARTER", default_value = starters::all()[0].id, value_parser = starter)]
        starter: &'static Starter,
        /// The file, which must not be there yet; `-` is standard output.
        #[arg(short, long, value_name = "FILE", default_value = "backsmith.yaml")]
        output: PathBuf,
    },
    /// Says what is wrong with a spec.
    Check {
        #[command(flatten)]
        spec: SpecArgument,
        /// Prints the problems as JSON on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Writes the whole project into a folder.
    Generate {
        #[command(flatten)]
        spec: SpecArgument,
        #[command(flatten)]
        choice: Choice,
        /// The folder of the project; made if it is not there.
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
        /// Overwrites files that a person changed since they were generated.
        #[arg(long)]
        force: bool,
    },
    /// Writes the whole project into a zip.
    Zip {
        #[command(flatten)]
        spec: SpecArgument,
        #[command(flatten)]
        choice: Choice,
        /// The zip.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Prints the OpenAPI document of a spec's API.
    Openapi {
        #[command(flatten)]
        spec: SpecArgument,
    },
    /// Prints the JSON Schema of specs, for editors.
    Schema,
    /// Lists the specs to start from.
    Starters {
        /// Prints them whole, as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Lists the frameworks and the databases they are offered with.
    Targets {
        /// Prints them as JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args)]
struct SpecArgument {
    /// The spec; `-` is standard input.
    #[arg(value_name = "SPEC", default_value = "backsmith.yaml")]
    path: PathBuf,
}

#[derive(Args)]
struct Choice {
    /// Generates for this framework instead of the spec's own.
    #[arg(long, value_name = "NAME", value_parser = framework)]
    framework: Option<&'static Target>,
    /// Generates for this database instead of the spec's own.
    #[arg(long, value_name = "NAME", value_parser = database)]
    database: Option<Database>,
}

fn starter(word: &str) -> Result<&'static Starter, String> {
    let known = starters::all().iter().map(|starter| starter.id).collect::<Vec<_>>().join(", ");
    starters::find(word).ok_or_else(|| format!("there is {known}"))
}

fn framework(word: &str) -> Result<&'static Target, String> {
    let known = targets::ALL.iter().map(|target| target.id).collect::<Vec<_>>().join(", ");
    targets::find(word).ok_or_else(|| format!("there is {known}"))
}

fn database(word: &str) -> Result<Database, String> {
    let known = Database::ALL.map(Database::id).join(", ");
    Database::find(word).ok_or_else(|| format!("there is {known}"))
}

/// What a command came to.
enum Finding {
    /// All is well.
    Fine,
    /// The spec has problems; they are printed already.
    Problems,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(Finding::Fine) => ExitCode::SUCCESS,
        Ok(Finding::Problems) => ExitCode::from(1),
        Err(error) => {
            report::failure(&error);
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> anyhow::Result<Finding> {
    match command {
        Command::New { starter, output } => begin(starter, &output),
        Command::Check { spec, json } => check(&Spec::read(&spec.path)?, json),
        Command::Generate { spec, choice, output, force } => {
            let spec = Spec::read(&spec.path)?;
            let Some(project) = generated(&spec, &choice)? else { return Ok(Finding::Problems) };
            let kept = folder::write(&output, &project, force)?;
            report::written(project.files().len(), &output);
            report::kept(&kept);
            Ok(Finding::Fine)
        }
        Command::Zip { spec, choice, output } => {
            let spec = Spec::read(&spec.path)?;
            let Some(project) = generated(&spec, &choice)? else { return Ok(Finding::Problems) };
            std::fs::write(&output, project.zip()?).with_context(|| format!("cannot write {}", output.display()))?;
            report::written(project.files().len(), &output);
            Ok(Finding::Fine)
        }
        Command::Openapi { spec } => openapi(&Spec::read(&spec.path)?),
        Command::Schema => {
            report::print(&serde_json::to_string_pretty(&json_schema())?)?;
            Ok(Finding::Fine)
        }
        Command::Starters { json } => lists::starters(json),
        Command::Targets { json } => lists::targets(json),
    }
}

fn begin(starter: &Starter, output: &Path) -> anyhow::Result<Finding> {
    if output == Path::new("-") {
        report::print(starter.spec.trim_end())?;
        return Ok(Finding::Fine);
    }
    // What is there already belongs to somebody.
    let file = File::options().write(true).create_new(true).open(output);
    let mut file = file.with_context(|| format!("cannot make {}", output.display()))?;
    file.write_all(starter.spec.as_bytes()).with_context(|| format!("cannot write {}", output.display()))?;
    report::begun(starter.name, output);
    Ok(Finding::Fine)
}

fn openapi(spec: &Spec) -> anyhow::Result<Finding> {
    let outcome = backsmith::compile(&Request::new(&spec.text));
    report::diagnostics(spec, &outcome.diagnostics);
    let Some(compiled) = outcome.result else { return Ok(Finding::Problems) };
    report::print(contract::openapi::document(&compiled.model, &compiled.contract).text().trim_end())?;
    Ok(Finding::Fine)
}

fn check(spec: &Spec, json: bool) -> anyhow::Result<Finding> {
    let diagnostics = backsmith::check(&spec.text);
    if json {
        report::diagnostics_as_json(spec, &diagnostics)?;
    } else {
        report::diagnostics(spec, &diagnostics);
    }
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    Ok(if failed { Finding::Problems } else { Finding::Fine })
}

/// The project of a spec; `None` where the spec has errors, which are printed.
fn generated(spec: &Spec, choice: &Choice) -> anyhow::Result<Option<Project>> {
    let request = Request { spec: &spec.text, framework: choice.framework, database: choice.database };
    let outcome = backsmith::generate(&request)?;
    report::diagnostics(spec, &outcome.diagnostics);
    Ok(outcome.result.map(|generated| generated.project))
}
