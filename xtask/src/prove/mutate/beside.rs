//! Programs that are wrong at one place: the right program answers everything but the requests of some kinds, which
//! wrong programs beside it answer, in the same process and on the same database.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::{Context, Result, bail, ensure};
use backsmith::contract::Contract;
use backsmith_suite::mutants::{Kind, Query};

use super::stand::Changed;

/// The file that makes the application.
const APP: &str = "src/app.ts";

/// Where the right application is put, so that another file can stand in its place.
const RIGHT: &str = "src/right-app.ts";

/// The folder of the sources.
const SOURCES: &str = "src/";

/// What people write in stays one for all programs: tests put functions of their own there.
const HOOKS: &str = "src/hooks/";

/// A wrong program: the requests that it answers, and what of its sources differs from the right ones.
pub(crate) struct Wrong {
    /// The requests.
    pub(crate) kind: Kind,
    /// The files that differ, with their texts.
    pub(crate) files: Changed,
}

/// The files of a project in which each kind of requests is answered by the wrong program for it. `sources` are those
/// of the right one, by their paths.
pub(crate) fn beside(sources: &BTreeMap<String, String>, contract: &Contract, wrongs: &[Wrong]) -> Result<Changed> {
    let app = sources.get(APP).with_context(|| format!("the project has no {APP}"))?;
    let mut changed = Changed::from([(RIGHT.to_owned(), app.clone())]);
    let mut cases = String::new();
    let mut imports = String::new();
    for (number, wrong) in (1..).zip(wrongs) {
        let folder = format!("src/wrong{number}/");
        let own = own_files(sources, &wrong.files)?;
        ensure!(own.contains(APP), "nothing that answers requests differs");
        for path in &own {
            let text = wrong.files.get(path).or_else(|| sources.get(path)).context("a file without a text")?;
            let place = path.replacen(SOURCES, &folder, 1);
            changed.insert(place, with_imports(text, path, |target| !own.contains(target))?);
        }
        writeln!(imports, "import {{ createApp as createWrong{number} }} from \"./wrong{number}/app.js\";")?;
        writeln!(cases, "    {{ app: createWrong{number}(), {} }},", condition(wrong.kind, contract))?;
    }
    changed.insert(APP.to_owned(), DISPATCHER.replace("IMPORTS\n", &imports).replace("CASES\n", &cases));
    Ok(changed)
}

/// Chooses the application that answers a request.
const DISPATCHER: &str = r#"import type { IncomingMessage, ServerResponse } from "node:http";
import { createApp as createRight } from "./right-app.js";
IMPORTS

interface Wrong {
  app: ReturnType<typeof createRight>;
  method: string | undefined;
  rows: string;
  names: RegExp;
  asks: ((name: string, value: string) => boolean) | undefined;
}

export function createApp() {
  const right = createRight();
  const wrong: Wrong[] = [
CASES
  ];
  return (req: IncomingMessage, res: ServerResponse): void => {
    const [path = "", query = ""] = (req.url ?? "").split("?");
    const pairs = query.split("&").map((pair) => pair.split("="));
    const given = pairs.map(([name = "", value = ""]): [string, string] => [decoded(name), decoded(value)]);
    const concerned = wrong.find(
      ({ method, rows, names, asks }) =>
        (method === undefined || req.method === method) &&
        path.startsWith(rows) &&
        names.test(path.slice(rows.length)) &&
        (asks === undefined || given.some(([name, value]) => asks(name, value))),
    );
    (concerned?.app ?? right)(req, res);
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
"#;

/// The requests of a kind, as the dispatcher looks at them.
fn condition(kind: Kind, contract: &Contract) -> String {
    let resource = contract.resource(kind.entity);
    let method = kind.verb.map_or("undefined".to_owned(), |verb| format!("\"{}\"", verb.method().as_str()));
    let names = match kind.verb.map(backsmith::contract::Verb::names_row) {
        Some(true) => "/^\\/[^/]+$/",
        Some(false) => "/^$/",
        None => "/^(\\/[^/]+)?$/",
    };
    let asks = match kind.query {
        None => "undefined".to_owned(),
        Some(Query::Filter) => "(name: string) => !/^(page|limit|sort|q|include)?$/.test(name)".to_owned(),
        Some(Query::Sort) => "(name: string) => name === \"sort\"".to_owned(),
        Some(Query::Search) => "(name: string) => name === \"q\"".to_owned(),
        Some(Query::Include(index)) => {
            let wire = &resource.includes[index].wire;
            format!("(name: string, value: string) => name === \"include\" && value.split(\",\").includes(\"{wire}\")")
        }
    };
    format!("method: {method}, rows: \"{}\", names: {names}, asks: {asks}", resource.path)
}

/// The files that a wrong program cannot share with the right one: those that differ, and whatever imports one of
/// them on the way from the application, be it for a type: what a list is asked by differs between the two.
fn own_files(sources: &BTreeMap<String, String>, differing: &Changed) -> Result<BTreeSet<String>> {
    let text = |path: &str| differing.get(path).or_else(|| sources.get(path));
    let mut reached: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut waiting = vec![APP.to_owned()];
    while let Some(path) = waiting.pop() {
        if reached.contains_key(&path) {
            continue;
        }
        let text = text(&path).with_context(|| format!("{path} is imported, and not there"))?;
        waiting.extend(loaded(text, &path)?);
        let named = specifiers(text).map(|specifier| resolved(&path, specifier)).collect::<Result<_>>()?;
        reached.insert(path, named);
    }
    let mut own: BTreeSet<String> = differing.keys().filter(|path| reached.contains_key(*path)).cloned().collect();
    loop {
        let importers = reached.iter().filter(|(_, targets)| targets.iter().any(|target| own.contains(target)));
        let is_more = |path: &String| !own.contains(path) && !path.starts_with(HOOKS);
        let more: BTreeSet<String> = importers.map(|(path, _)| path.clone()).filter(is_more).collect();
        if more.is_empty() {
            return Ok(own);
        }
        own.extend(more);
    }
}

/// The files of the project whose values a file imports, so that they are there when it runs.
fn loaded(text: &str, path: &str) -> Result<Vec<String>> {
    let statements = text.split(';').filter(|statement| !statement.trim_start().starts_with("import type"));
    statements.flat_map(specifiers).map(|specifier| resolved(path, specifier)).collect()
}

/// What stands after `from` or in place of it, of the project's own.
fn specifiers(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text.split('"').skip(1).step_by(2);
    quoted.filter(|text| (text.starts_with("./") || text.starts_with("../")) && text.strip_suffix(".js").is_some())
}

fn resolved(path: &str, specifier: &str) -> Result<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in specifier.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let target = parts.join("/");
    match target.strip_suffix(".js") {
        Some(stem) => Ok(format!("{stem}.ts")),
        None => bail!("{path} imports {specifier}"),
    }
}

/// A text whose imports of shared files lead from a folder one step below the sources to them.
fn with_imports(text: &str, path: &str, is_shared: impl Fn(&str) -> bool) -> Result<String> {
    let mut changed = text.to_owned();
    for specifier in specifiers(text) {
        let target = resolved(path, specifier)?;
        if is_shared(&target) {
            let up = "../".repeat(path.matches('/').count());
            let target = target.replacen(SOURCES, "", 1).replace(".ts", ".js");
            changed = changed.replace(&format!("\"{specifier}\""), &format!("\"{up}{target}\""));
        }
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::BTreeMap;

    use super::{own_files, with_imports};

    fn sources() -> BTreeMap<String, String> {
        let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        BTreeMap::from([
            file("src/app.ts", "import { a } from \"./routes/a.js\";\nimport \"./b.js\";"),
            file("src/routes/a.ts", "import { c } from \"../c.js\";"),
            file("src/b.ts", "import { d } from \"./hooks/d.js\";\nimport type { C } from \"./c.js\";"),
            file("src/c.ts", "export const c = 1;"),
            file("src/hooks/d.ts", "import type { C } from \"../c.js\";"),
            file("src/server.ts", "import { createApp } from \"./app.js\";"),
        ])
    }

    #[test]
    fn what_differs_takes_with_it_what_imports_it() {
        let own = own_files(&sources(), &BTreeMap::from([("src/c.ts".to_owned(), "//".to_owned())])).unwrap();
        assert_eq!(own.into_iter().collect::<Vec<_>>(), ["src/app.ts", "src/b.ts", "src/c.ts", "src/routes/a.ts"]);
    }

    #[test]
    fn imports_of_shared_files_lead_to_the_right_program() {
        let text = with_imports("import \"../c.js\";\nimport \"../hooks/d.js\";", "src/routes/a.ts", |path| {
            path == "src/hooks/d.ts"
        });
        assert_eq!(text.unwrap(), "import \"../c.js\";\nimport \"../../hooks/d.js\";");
    }
}
