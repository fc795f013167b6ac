//! The command line: reads a spec, calls the library, writes what comes back.

mod folder;
mod input;
mod lists;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use backsmith::Request;
use backsmith::project::Project;
use backsmith::spec::Diagnostic;
use backsmith::storage::Database;
use backsmith::targets::{self, Target};
use clap::{Args, Parser, Subcommand};

use crate::input::Spec;

/// Describe a backend once. Get the whole project.
#[derive(Parser)]
#[command(name = "backsmith", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
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
        Command::Check { spec, json } => check(&Spec::read(&spec.path)?, json),
        Command::Generate { spec, choice, output, force } => {
            let spec = Spec::read(&spec.path)?;
            let Some(project) = generated(&spec, &choice)? else { return Ok(Finding::Problems) };
            folder::write(&output, &project.with_record(), force)?;
            report::written(project.files().len(), &output);
            Ok(Finding::Fine)
        }
        Command::Zip { spec, choice, output } => {
            let spec = Spec::read(&spec.path)?;
            let Some(project) = generated(&spec, &choice)? else { return Ok(Finding::Problems) };
            std::fs::write(&output, project.zip()?).with_context(|| format!("cannot write {}", output.display()))?;
            report::written(project.files().len(), &output);
            Ok(Finding::Fine)
        }
        Command::Starters { json } => lists::starters(json),
        Command::Targets { json } => lists::targets(json),
    }
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
