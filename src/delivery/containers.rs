//! The container image, and the services that run from it on one machine.

use askama::Template;

use crate::code::{ComposeString, JsonString};
use crate::contract::{Action, Contract, Probe};
use crate::project::{File, Part};
use crate::targets::{Image, Input, RenderError, Surroundings, Variable};

use super::database::{Place, Server};
use super::file;

/// The user and the group that own nothing, by their number: a platform can then tell that it is not root.
const NOBODY: u32 = 65534;

#[derive(Template)]
#[template(path = "delivery/Dockerfile")]
struct Dockerfile<'a> {
    image: &'a Image,
    environment: Vec<(&'static str, String)>,
    user: u32,
    data: Option<&'static str>,
    probe: String,
    start: String,
}

#[derive(Template)]
#[template(path = "delivery/.dockerignore")]
struct DockerIgnore {
    kept: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "delivery/compose.yaml")]
struct Compose<'a> {
    name: ComposeString,
    port: u16,
    user: u32,
    data: Option<&'static str>,
    environment: Vec<(&'static str, String)>,
    server: Option<Service<'a>>,
    migrate: String,
    grace: u32,
}

/// A database server beside the program.
struct Service<'a> {
    server: &'a Server,
    name: ComposeString,
    password: String,
    probe: Vec<ComposeString>,
    /// The connection to it from another service.
    url: String,
}

impl<'a> Service<'a> {
    fn of(server: &'a Server) -> Self {
        let password = server.password_variable;
        let asked = format!("${{{password}:?must be set in .env, to letters and digits}}");
        let probe = std::iter::once("CMD").chain(server.probe.iter().map(String::as_str));
        Self {
            server,
            name: ComposeString::from(server.name.as_str()),
            password: format!("\"{asked}\""),
            probe: probe.map(ComposeString::from).collect(),
            url: format!("\"{}\"", server.url("database", &format!("${{{password}}}"))),
        }
    }
}

pub(super) fn files(input: &Input, about: &Surroundings) -> Result<Vec<File>, RenderError> {
    let image = &about.image;
    let database = Place::of(input, image);
    let data = database.folder();
    let mut in_production: Vec<(&str, String)> =
        image.environment.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    if let Place::File { url, .. } = &database {
        in_production.push(("DATABASE_URL", url.clone()));
    }
    let dockerfile = Dockerfile {
        image,
        environment: in_production,
        user: NOBODY,
        data,
        probe: exec(image.probe.iter().map(|word| word.replace("{}", live(input.contract)))),
        start: exec(image.start.iter().map(|word| (*word).to_owned())),
    };
    let mut kept: Vec<&str> = image.manifests.iter().chain(image.sources).copied().collect();
    kept.sort_unstable();
    let mut environment = environment(&about.variables, image.port, about.commands.env);
    let server = database.server().map(Service::of);
    environment.extend(server.as_ref().map(|server| ("DATABASE_URL", server.url.clone())));
    let compose = Compose {
        name: ComposeString::from(input.model.name.as_str()),
        port: image.port,
        user: NOBODY,
        data,
        environment,
        server,
        migrate: exec(image.migrate.iter().map(|word| (*word).to_owned())),
        grace: image.drain_seconds + 5,
    };
    Ok(vec![
        file("Dockerfile", Part::Configuration, &dockerfile)?,
        file(".dockerignore", Part::Configuration, &DockerIgnore { kept })?,
        file("compose.yaml", Part::Configuration, &compose)?,
    ])
}

/// What the services read from the environment, or from `.env` beside the file. Each value is a string of YAML in
/// double quotes, with what is filled in from outside.
fn environment(variables: &[Variable], port: u16, env: &str) -> Vec<(&'static str, String)> {
    let fixed = |value: &str| ComposeString::from(value).to_string();
    let mut all = vec![("APP_ENV", fixed("production")), ("PORT", fixed(&port.to_string()))];
    let from_outside = variables.iter().filter(|variable| !["DATABASE_URL", "PORT"].contains(&variable.name));
    all.extend(from_outside.map(|Variable { name, required, .. }| {
        let otherwise = if *required { format!(":?`{env}` writes it into .env") } else { ":-".to_owned() };
        (*name, format!("\"${{{name}{otherwise}}}\""))
    }));
    all
}

/// The path that answers as long as the process runs. Whoever acts on it starts the server anew, which would not
/// bring back a database.
fn live(contract: &Contract) -> &str {
    let probe = contract.operations.iter().find(|operation| operation.action == Action::Health(Probe::Live));
    probe.map_or("/", |operation| operation.path.as_str())
}

/// A command in exec form: a list, which no shell reads.
fn exec(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.map(|word| JsonString::from(word.as_str()).to_string()).collect();
    format!("[{}]", words.join(", "))
}
