//! The frameworks a project can be generated for. No target knows of another.

#[cfg(feature = "express")]
pub mod express;

mod choice;
mod draft;
mod surroundings;

pub use choice::choose;
pub use draft::{Draft, lay_out};
pub use surroundings::{Action, Checks, CommandHelp, Commands, Image, Lock, Rendered, Surroundings, Variable};

use std::fmt;

use crate::contract::{Contract, Plan};
use crate::memo::Memo;
use crate::model::Model;
use crate::project::PathError;
use crate::storage::{Database, Storage};

/// A framework we generate for.
#[derive(Debug)]
pub struct Target {
    /// Its word in a spec.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// The databases it is offered with.
    pub databases: &'static [Database],
    /// How its projects are started.
    pub start: Start,
    /// Renders a project.
    pub render: fn(&Input) -> Result<Rendered, RenderError>,
}

/// How a project is started on its author's machine, as its README says too.
#[derive(Debug)]
pub struct Start {
    /// What must be installed.
    pub needs: &'static str,
    /// The commands that are run once, in the project's folder.
    pub prepare: &'static [&'static str],
    /// The command that starts the server.
    pub run: &'static str,
    /// The command that stores rows to try things with, beside a server that was started.
    pub seed: &'static str,
    /// Where the server then listens.
    pub origin: &'static str,
}

/// What a target renders.
pub struct Input<'a> {
    /// The spec as it was written, which the project carries along.
    pub spec: &'a str,
    /// What it means.
    pub model: &'a Model,
    /// The API: tests, the API document and the seed come from it.
    pub contract: &'a Contract,
    /// The guards to enforce; the contract's own, unless a mutant is wanted.
    pub plan: &'a Plan,
    /// What is stored.
    pub storage: &'a Storage,
    /// Where.
    pub database: Database,
    /// What was made of the entities last time.
    pub memo: &'a Memo,
}

/// A file could not be rendered; always a bug of a target.
#[derive(Debug)]
pub struct RenderError(String);

impl From<askama::Error> for RenderError {
    fn from(error: askama::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<PathError> for RenderError {
    fn from(error: PathError) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a file could not be rendered: {}", self.0)
    }
}

impl std::error::Error for RenderError {}

/// Every target, in the order in which they are offered.
pub const ALL: &[Target] = &[
    #[cfg(feature = "express")]
    express::TARGET,
];

/// The target of a word in a spec.
pub fn find(id: &str) -> Option<&'static Target> {
    ALL.iter().find(|target| target.id == id)
}
