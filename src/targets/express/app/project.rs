//! What surrounds the source: package, tools, documents, the seed.

use askama::Template;
use serde_json::{Map, Value, json};

use crate::code::{ImportKind, TsImports};
use crate::contract::{docs, openapi, seed};
use crate::model::Docs;
use crate::project::Part;
use crate::targets::express::entity::Entity;
use crate::targets::express::files::{fixed, json, plain, typescript};
use crate::targets::express::names::field_property;
use crate::targets::express::parts::{Parts, Variable};
use crate::targets::{Draft, Input, RenderError};

use super::seed::refers;

/// Files that are the same in every project.
const FIXED: &[(&str, &str)] = &[
    ("tsconfig.json", include_str!("../../../../templates/express/app/tsconfig.json")),
    ("tsconfig.build.json", include_str!("../../../../templates/express/app/tsconfig.build.json")),
    ("vitest.config.ts", include_str!("../../../../templates/express/app/vitest.config.ts")),
    (".gitignore", include_str!("../../../../templates/express/app/.gitignore")),
];

#[derive(Template)]
#[template(path = "express/app/.env.example")]
struct EnvExample<'a> {
    variables: &'a [Variable],
}

#[derive(Template)]
#[template(path = "express/app/src/commands/seed.ts")]
struct SeedCommand<'a> {
    imports: TsImports,
    seeds: &'a [crate::targets::express::parts::Seed],
    functions: Vec<&'a str>,
    refers: bool,
}

pub(super) fn files(input: &Input, entities: &[Entity], parts: &Parts) -> Result<Vec<Draft>, RenderError> {
    let fixed_ones = || FIXED.iter().map(|(path, text)| fixed(path, Part::Configuration, *text)).collect();
    let mut files: Vec<Draft> = input.memo.unit("fixed files of the project", 0, fixed_ones)?;
    files.push(json("package.json", Part::Configuration, &package(input, parts))?);
    files.push(json("biome.json", Part::Configuration, &biome(entities))?);
    files.push(plain(".env.example", Part::Configuration, &EnvExample { variables: &parts.variables })?);
    files.push(fixed("backsmith.yaml", Part::Documentation, with_newline(input.spec))?);
    let document = openapi::document_again(input.model, input.contract, input.memo);
    files.push(fixed("openapi.json", Part::Documentation, document.text())?);
    if input.contract.docs != Docs::Never {
        files.push(fixed(
            "docs/index.html",
            Part::Documentation,
            docs::page_again(input.model, &document, input.memo)?,
        )?);
        let style = || fixed("docs/docs.css", Part::Documentation, docs::STYLE);
        files.push(input.memo.unit("style of the page of the API", 0, style)?);
    }
    let sample = seed::rows(input.model, input.contract, input.memo);
    files.push(fixed("seed.json", Part::Configuration, sample.text())?);
    if !parts.seeds.is_empty() {
        files.push(typescript("src/commands/seed.ts", Part::Source, &seed_command(entities, parts))?);
    }
    Ok(files)
}

fn with_newline(text: &str) -> String {
    format!("{}\n", text.trim_end_matches('\n'))
}

fn package(input: &Input, parts: &Parts) -> Value {
    let mut scripts = Map::new();
    for (name, command) in [
        ("dev", "npm run migrate -- up && tsx watch --env-file=.env src/server.ts"),
        ("build", "tsc -p tsconfig.build.json"),
        ("start", "node --env-file-if-exists=.env dist/server.js"),
        ("env", "tsx src/commands/env.ts"),
        ("seed", "tsx --env-file-if-exists=.env src/commands/seed.ts"),
    ] {
        scripts.insert(name.to_owned(), command.into());
    }
    for script in &parts.scripts {
        scripts.insert(script.name.to_owned(), script.command.as_str().into());
    }
    for (name, command) in [
        ("test", "vitest run"),
        ("lint", "biome ci ."),
        ("format", "biome check --write ."),
        ("typecheck", "tsc --noEmit"),
    ] {
        scripts.insert(name.to_owned(), command.into());
    }
    json!({
        "name": input.model.name.as_str(),
        "version": "0.1.0",
        "private": true,
        "type": "module",
        "engines": { "node": ">=22.13" },
        "scripts": scripts,
        "dependencies": versions(&parts.dependencies),
        "devDependencies": versions(&parts.dev_dependencies),
    })
}

fn biome(entities: &[Entity]) -> Value {
    let mut settings = json!({
        "$schema": "https://biomejs.dev/schemas/2.6.8/schema.json",
        // What people write, and what is a finished document, keeps its own form.
        "files": {
            "includes": ["**", "!dist", "!drizzle/meta", "!openapi.json", "!backsmith.yaml", "!docs", "!.backsmith", "!**/*.md"]
        },
        "formatter": { "indentStyle": "space", "indentWidth": 2, "lineWidth": 80 },
    });
    // A field may be called `then`. Its value is no function, so nothing takes the row for a promise.
    let has_then = |entity: &Entity| entity.spec.fields.iter().any(|field| field_property(field) == "then");
    if entities.iter().any(has_then) {
        settings["linter"] = json!({ "rules": { "suspicious": { "noThenProperty": "off" } } });
    }
    settings
}

fn versions(packages: &[(&'static str, &'static str)]) -> Map<String, Value> {
    let mut sorted = packages.to_vec();
    sorted.sort_unstable();
    sorted.into_iter().map(|(name, version)| (name.to_owned(), version.into())).collect()
}

fn seed_command<'a>(entities: &[Entity], parts: &'a Parts) -> SeedCommand<'a> {
    let mut imports = TsImports::new()
        .with_values("node:fs/promises", &["readFile"])
        .with_values("zod", &["z"])
        .with_values("../config/config.js", &["config"])
        .with_values("../db/client.js", &["closeDatabase", "write"]);
    imports.add("../db/client.js", ImportKind::Type, "Transaction");
    for seed in &parts.seeds {
        imports.extend(&seed.imports);
    }
    SeedCommand {
        imports,
        seeds: &parts.seeds,
        functions: parts.seeds.iter().filter_map(|seed| seed.function.as_deref()).collect(),
        refers: refers(entities),
    }
}
