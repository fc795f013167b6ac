//! What surrounds the source of any project: its documents, containers and checks.
//!
//! Nothing here knows a framework: what differs between them is told by the target, as [`Surroundings`].

mod checks;
mod containers;
mod database;
mod diagram;
mod documents;
mod requests;

use askama::Template;

use crate::project::{File, Part, ProjectPath};
use crate::targets::{Input, RenderError, Surroundings};

/// Every file around the source.
///
/// # Errors
///
/// A template failed, which is a bug.
pub fn files(input: &Input, surroundings: &Surroundings) -> Result<Vec<File>, RenderError> {
    let mut files = documents::files(input, surroundings)?;
    files.extend(containers::files(input, surroundings)?);
    files.extend(checks::files(input, surroundings)?);
    files.push(requests::requests(input, surroundings)?);
    Ok(files)
}

fn file(path: &str, part: Part, template: &impl Template) -> Result<File, RenderError> {
    Ok(File::new(ProjectPath::new(path)?, part, format!("{}\n", template.render()?.trim_end())))
}

#[cfg(test)]
mod tests;
