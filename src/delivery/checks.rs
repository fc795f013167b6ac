//! The checks that run at each change of a project, and the bot that keeps its dependencies fresh.

use askama::Template;

use crate::project::{File, Part};
use crate::targets::{Action, Checks, RenderError, Surroundings};

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
    actions: Vec<&'a Action>,
    steps: Vec<(&'a str, &'a str)>,
}

#[derive(Template)]
#[template(path = "delivery/dependabot.yml")]
struct Dependabot<'a> {
    ecosystems: Vec<&'a str>,
}

pub(super) fn files(about: &Surroundings) -> Result<Vec<File>, RenderError> {
    let workflow = Workflow { jobs: jobs(&about.checks) };
    let dependabot = Dependabot { ecosystems: vec![about.checks.ecosystem, "docker", "github-actions"] };
    Ok(vec![
        file(".github/workflows/ci.yml", Part::Configuration, &workflow)?,
        file(".github/dependabot.yml", Part::Configuration, &dependabot)?,
    ])
}

fn jobs(checks: &Checks) -> [Job<'_>; 3] {
    let actions: Vec<&Action> = std::iter::once(&CHECKOUT).chain(checks.setup).collect();
    [
        Job { id: "check", name: "Check", minutes: 15, actions: actions.clone(), steps: checks.steps.to_vec() },
        Job { id: "audit", name: "Audit dependencies", minutes: 5, actions, steps: vec![("Audit", checks.audit)] },
        Job {
            id: "image",
            name: "Build the image",
            minutes: 15,
            actions: vec![&CHECKOUT],
            steps: vec![("Build", "docker build .")],
        },
    ]
}
