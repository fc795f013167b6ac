//! What is to be known about these projects from outside.

use crate::targets::{Action, Checks, CommandHelp, Commands, Image, Lock, Surroundings, Variable};

use super::TARGET;
use super::parts::Parts;

/// Where things are.
const LAYOUT: &str = "\
Requests go from `src/routes` through `src/controllers` to `src/services`, where the rules about rows are, and to
`src/repositories`, which alone know the database. `src/schemas` says what is valid, `src/models` what is stored, and
`drizzle` holds the migrations. To change what is stored, change the models and run `npx drizzle-kit generate`.
What else is to happen when rows are written goes into `src/hooks`: each hook runs inside the write's transaction, and
generating the project again leaves these files alone.";

const IMAGE: Image = Image {
    base: "node:24.19.0-trixie-slim",
    manifests: &["package.json", "package-lock.json*"],
    install: "if [ -f package-lock.json ]; then npm ci --ignore-scripts; else npm install --ignore-scripts; fi",
    build: "npm run build && npm prune --omit=dev --ignore-scripts",
    sources: &["tsconfig.json", "tsconfig.build.json", "src", "drizzle", "openapi.json"],
    kept: &["package.json", "openapi.json", "drizzle", "node_modules", "dist"],
    environment: &[("NODE_ENV", "production")],
    file_url: "file:{}",
    port: 3000,
    drain_seconds: 10,
    probe: &[
        "node",
        "-e",
        "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '{}').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))",
    ],
    migrate: &["node", "dist/commands/migrate.js", "up"],
    start: &["node", "dist/server.js"],
};

/// The same with the page that documents the API.
const IMAGE_WITH_DOCS: Image = Image {
    sources: &["tsconfig.json", "tsconfig.build.json", "src", "drizzle", "openapi.json", "docs"],
    kept: &["package.json", "openapi.json", "docs", "drizzle", "node_modules", "dist"],
    ..IMAGE
};

const CHECKS: Checks = Checks {
    setup: &[Action {
        title: "Set up Node.js",
        repository: "actions/setup-node",
        commit: "820762786026740c76f36085b0efc47a31fe5020",
        version: "v7.0.0",
        with: &[("node-version", "24")],
    }],
    steps: &[
        ("Install", "npm ci --ignore-scripts"),
        ("Lint", "npm run lint"),
        ("Check types", "npm run typecheck"),
        ("Test", "npm test"),
        ("Build", "npm run build"),
    ],
    audit: "npm audit --audit-level=high",
    ecosystem: "npm",
};

pub(super) fn of(parts: &Parts) -> Surroundings {
    Surroundings {
        built_with: "Express 5 with TypeScript",
        needs: TARGET.start.needs,
        commands: commands(parts),
        variables: variables(parts),
        layout: LAYOUT,
        lock: Lock { file: "package-lock.json", written_by: "npm install", installed_by: "npm ci" },
        image: if parts.has_docs { IMAGE_WITH_DOCS } else { IMAGE },
        checks: CHECKS,
    }
}

fn commands(parts: &Parts) -> Commands {
    let help = |lines: &[&str], help: &str| CommandHelp {
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        help: help.to_owned(),
    };
    let mut all = vec![
        help(&["npm run dev"], "the server, restarted on changes"),
        help(&["npm test"], "the tests, each file on a database of its own"),
        help(&["npm run lint", "npm run format", "npm run typecheck"], "what keeps the code in order"),
        help(&["npm run build", "npm start"], "the compiled server"),
        help(&["npm run seed -- FILE"], "stores the rows of a JSON file and prints their ids"),
    ];
    all.extend(parts.scripts.iter().map(|script| help(&[&format!("npm run {}", script.name)], &script.help)));
    Commands {
        install: "npm install",
        env: "npm run env",
        dev: TARGET.start.run,
        seed: TARGET.start.seed,
        format: "npm run format",
        all,
    }
}

fn variables(parts: &Parts) -> Vec<Variable> {
    let variable = |variable: &super::parts::Variable| Variable {
        name: variable.name,
        example: variable.example.clone(),
        help: variable.help.clone(),
        required: variable.required,
    };
    parts.variables.iter().map(variable).collect()
}
