//! What a target tells about its projects, so that all that surrounds their source can be made without knowing it.

use crate::code::EnvValue;

use super::Draft;

/// A rendered project, without what surrounds it.
pub struct Rendered {
    /// Its files.
    pub files: Vec<Draft>,
    /// What is to be known about them.
    pub surroundings: Surroundings,
}

/// How a project is worked on, configured, built and run.
pub struct Surroundings {
    /// What it is built with, as its README says it.
    pub built_with: &'static str,
    /// What a machine must have to work on it.
    pub needs: &'static str,
    /// Its commands.
    pub commands: Commands,
    /// What it reads from the environment, in the order of documentation.
    pub variables: Vec<Variable>,
    /// Where things are in its source, in Markdown.
    pub layout: &'static str,
    /// The file that pins every dependency, which installing writes.
    pub lock: Lock,
    /// How its container image is made.
    pub image: Image,
    /// What its checks need on a machine of its host.
    pub checks: Checks,
}

/// The commands of a developer.
pub struct Commands {
    /// Installs the dependencies.
    pub install: &'static str,
    /// Writes `.env` with fresh secrets.
    pub env: &'static str,
    /// Brings the database up to date and starts a server that restarts on changes.
    pub dev: &'static str,
    /// Stores sample rows.
    pub seed: &'static str,
    /// Corrects layout and simple faults of the source.
    pub format: &'static str,
    /// All of them with their explanations, in the order of documentation.
    pub all: Vec<CommandHelp>,
}

/// Commands that are explained together.
pub struct CommandHelp {
    /// The commands.
    pub lines: Vec<String>,
    /// What they do, in Markdown.
    pub help: String,
}

/// A configuration variable.
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// Its value in `.env.example`; secrets have none.
    pub example: Option<EnvValue>,
    /// What it is.
    pub help: String,
    /// Whether the server does not start without it.
    pub required: bool,
}

/// The file that pins every dependency.
pub struct Lock {
    /// Its name.
    pub file: &'static str,
    /// The command that writes it.
    pub written_by: &'static str,
    /// The command that installs exactly what it names.
    pub installed_by: &'static str,
}

/// How a container image is made: built in one stage, run in another that holds nothing but the program.
pub struct Image {
    /// The image of both stages, with its tag.
    pub base: &'static str,
    /// The files that decide what is installed; each may be missing that ends with `*`.
    pub manifests: &'static [&'static str],
    /// Installs the dependencies.
    pub install: &'static str,
    /// Builds the program and takes away what only building needs.
    pub build: &'static str,
    /// What the build needs beside the manifests.
    pub sources: &'static [&'static str],
    /// What the program needs at run time.
    pub kept: &'static [&'static str],
    /// Variables that tell the platform about production.
    pub environment: &'static [(&'static str, &'static str)],
    /// Where the connection to a database file is, with `{}` for the file's path.
    pub file_url: &'static str,
    /// The port it listens on unless told otherwise.
    pub port: u16,
    /// The longest time in seconds that it takes to finish what has begun when it is asked to end.
    pub drain_seconds: u32,
    /// A program that ends without error when `{}`, a path of the server, answers that all is well.
    pub probe: &'static [&'static str],
    /// Brings the database up to date.
    pub migrate: &'static [&'static str],
    /// Starts the server.
    pub start: &'static [&'static str],
}

/// What the project's checks need on a machine of its host.
pub struct Checks {
    /// Steps that bring the platform.
    pub setup: &'static [Action],
    /// The checks with their commands, in order.
    pub steps: &'static [(&'static str, &'static str)],
    /// Asks whether a dependency has a known weakness.
    pub audit: &'static str,
    /// What the update bot calls the package manager.
    pub ecosystem: &'static str,
}

/// An action of a workflow.
pub struct Action {
    /// What it does, in a few words.
    pub title: &'static str,
    /// Its repository.
    pub repository: &'static str,
    /// The commit of its version.
    pub commit: &'static str,
    /// The version.
    pub version: &'static str,
    /// What it is told.
    pub with: &'static [(&'static str, &'static str)],
}
