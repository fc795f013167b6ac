//! What people and their tools read first.

use std::collections::BTreeMap;

use askama::Template;

use crate::code::{MarkdownText, Slug};
use crate::contract::{Action, Contract};
use crate::model::Docs;
use crate::project::{File, Part};
use crate::targets::{CommandHelp, Input, RenderError, Surroundings};

use super::database::{Place, Server};
use super::diagram::Diagram;
use super::file;

#[derive(Template)]
#[template(path = "delivery/README.md")]
struct Readme<'a> {
    name: &'a Slug,
    description: Option<MarkdownText>,
    database: &'static str,
    about: &'a Surroundings,
    paths: Vec<(&'a str, String)>,
    base: &'a str,
    /// What the moment is called at which a row was made.
    created_at: String,
    has_docs: bool,
    diagram: Diagram,
    migrate: String,
    data: Option<&'static str>,
    secret: Option<&'static str>,
    server: Option<&'a Server>,
}

#[derive(Template)]
#[template(path = "delivery/AGENTS.md")]
struct Agents<'a> {
    name: &'a Slug,
    database: &'static str,
    about: &'a Surroundings,
}

pub(super) fn files(input: &Input, about: &Surroundings) -> Result<Vec<File>, RenderError> {
    let (name, database) = (&input.model.name, input.database.name());
    let place = Place::of(input, &about.image);
    let readme = Readme {
        name,
        description: input.model.description.as_ref().map(MarkdownText::from),
        database,
        about,
        paths: paths(input.contract),
        base: &input.contract.base,
        created_at: input.contract.naming.wire("created_at"),
        has_docs: input.contract.docs != Docs::Never,
        diagram: Diagram::of(input.model, input.contract),
        migrate: about.image.migrate.join(" "),
        data: place.folder(),
        secret: place.server().map(|server| server.password_variable),
        server: place.server(),
    };
    Ok(vec![
        file("README.md", Part::Documentation, &readme)?,
        file("AGENTS.md", Part::Documentation, &Agents { name, database, about })?,
    ])
}

/// The paths of rows with their methods.
fn paths(contract: &Contract) -> Vec<(&str, String)> {
    let mut paths: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in &contract.operations {
        let (Action::Rows { .. }, method) = (operation.action, operation.method.as_str()) else { continue };
        let place = *places.entry(&operation.path).or_insert_with(|| {
            paths.push((&operation.path, Vec::new()));
            paths.len() - 1
        });
        paths[place].1.push(method);
    }
    paths.into_iter().map(|(path, methods)| (path, methods.join(", "))).collect()
}

/// Commands as a cell of a table shows them.
fn lines(command: &CommandHelp) -> String {
    command.lines.iter().map(|line| format!("`{line}`")).collect::<Vec<_>>().join(", ")
}
