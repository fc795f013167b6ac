//! The checks that run at each change of a project, and the bot that keeps its dependencies fresh.

use askama::Template;

use crate::project::{File, Part};
use crate::targets::{Action, Checks, Input, RenderError, Surroundings};

use super::database::{Place, Server};
use super::file;

/// Brings the source.
const CHECKOUT: Action = Action {
    title: "Check out",
    repository: "actions/checkout",
    commit: "3d3c42e5aac5ba805825da76410c181273ba90b1",
    version: "v7.0.1",
    with: &[("persist-credentials", "false")],
};

#[derive(Template)]
#[template(path = "delivery/ci.yml")]
struct Workflow<'a> {
    jobs: [Job<'a>; 3],
}

/// What one machine does.
struct Job<'a> {
    id: &'static str,
    name: &'static str,
    minutes: u32,
    database: Option<Service<'a>>,
    actions: Vec<&'a Action>,
    steps: Vec<(&'a str, &'a str)>,
}

#[derive(Template)]
#[template(path = "delivery/dependabot.yml")]
struct Dependabot<'a> {
    ecosystems: Vec<&'a str>,
}

pub(super) fn files(input: &Input, about: &Surroundings) -> Result<Vec<File>, RenderError> {
    let place = Place::of(input, &about.image);
    let workflow = Workflow { jobs: jobs(&about.checks, place.server()) };
    let mut ecosystems = vec![about.checks.ecosystem, "docker", "github-actions"];
    if place.server().is_some() {
        ecosystems.insert(2, "docker-compose");
    }
    let dependabot = Dependabot { ecosystems };
    Ok(vec![
        file(".github/workflows/ci.yml", Part::Configuration, &workflow)?,
        file(".github/dependabot.yml", Part::Configuration, &dependabot)?,
    ])
}

/// A database for as long as a job runs; nobody else reaches it.
struct Service<'a> {
    server: &'a Server,
    password: &'static str,
    probe: String,
    url: String,
}

impl<'a> Service<'a> {
    fn of(server: &'a Server) -> Self {
        let password = "checks";
        Self { server, password, probe: server.probe.join(" "), url: server.url("127.0.0.1", password) }
    }
}

fn jobs<'a>(checks: &'a Checks, server: Option<&'a Server>) -> [Job<'a>; 3] {
    let actions: Vec<&Action> = std::iter::once(&CHECKOUT).chain(checks.setup).collect();
    [
        Job {
            id: "check",
            name: "Check",
            minutes: 15,
            database: server.map(Service::of),
            actions: actions.clone(),
            steps: checks.steps.to_vec(),
        },
        Job {
            id: "audit",
            name: "Audit dependencies",
            minutes: 5,
            database: None,
            actions,
            steps: vec![("Audit", checks.audit)],
        },
        Job {
            id: "image",
            name: "Build the image",
            minutes: 15,
            database: None,
            actions: vec![&CHECKOUT],
            steps: vec![("Build", "docker build .")],
        },
    ]
}
