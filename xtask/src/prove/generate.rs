//! Generating the projects that are proved.

use anyhow::{Context, Result, bail};
use backsmith::{Compiled, Outcome, Request, starters, storage, targets};

/// The spec of a starter.
pub(crate) fn starter(id: &str) -> Result<&'static str> {
    let starter = starters::all().iter().find(|starter| starter.id == id);
    Ok(starter.with_context(|| format!("no starter is called {id}"))?.spec)
}

/// The zip of a spec's project, for its own framework and database or for others.
pub(crate) fn zip(spec: &str, choice: Option<(&str, &str)>) -> Result<Vec<u8>> {
    let request = match choice {
        Some((target, database)) => request(spec, target, database)?,
        None => Request::new(spec),
    };
    let generated = result(backsmith::generate(&request)?)?;
    Ok(generated.project.zip()?)
}

/// What a spec means.
pub(crate) fn meaning(spec: &str, target: &str, database: &str) -> Result<Compiled> {
    result(backsmith::compile(&request(spec, target, database)?))
}

fn request<'a>(spec: &'a str, target: &str, database: &str) -> Result<Request<'a>> {
    let framework = targets::find(target).with_context(|| format!("no target is called {target}"))?;
    let database = storage::Database::find(database).with_context(|| format!("no database is called {database}"))?;
    Ok(Request { spec, framework: Some(framework), database: Some(database) })
}

fn result<T>(outcome: Outcome<T>) -> Result<T> {
    let Outcome { result: Some(result), .. } = outcome else {
        let messages: Vec<&str> = outcome.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
        bail!("the spec has problems: {}", messages.join(" "));
    };
    Ok(result)
}
