//! What the projects of each target are put through, as commands of their own ecosystem. Data only: a target is added
//! by adding a recipe.

/// The commands of one target.
#[derive(Debug)]
pub(crate) struct Recipe {
    /// The target's id.
    pub(crate) target: &'static str,
    /// Installs what the project depends on, without running anybody's scripts.
    pub(crate) install: &'static [&'static str],
    /// The files that decide what is installed.
    pub(crate) manifest: &'static [&'static str],
    /// The folder that the installation fills.
    pub(crate) packages: &'static str,
    /// Formatter, linter, types, the project's own tests, the build.
    pub(crate) checks: &'static [Check],
    /// The commands a developer runs.
    pub(crate) development: Commands,
    /// The same commands as they are in a container, where nothing is compiled any more.
    pub(crate) production: Commands,
    /// Starts the server.
    pub(crate) start: &'static [&'static str],
    /// How the results of the project's own tests are had one by one.
    pub(crate) test_report: TestReport,
    /// The databases it can be proved on.
    pub(crate) databases: &'static [Database],
}

/// A command that writes the results of a project's own tests as JSON, in the form that Jest has made common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TestReport {
    /// The command.
    pub(crate) line: &'static [&'static str],
    /// The file it writes, in the project's folder.
    pub(crate) file: &'static str,
}

/// A command that must succeed in the project's folder.
#[derive(Debug)]
pub(crate) struct Check {
    /// What it checks.
    pub(crate) name: &'static str,
    /// The command.
    pub(crate) line: &'static [&'static str],
    /// What its success counts for.
    pub(crate) counts: Counts,
    /// The folder it fills, if that is what it is for.
    pub(crate) leaves: Option<&'static str>,
}

/// What the success of a command counts for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Counts {
    /// One check.
    One,
    /// The tests that it says it ran.
    Tests,
}

/// The commands that every project has. Arguments follow them.
#[derive(Debug)]
pub(crate) struct Commands {
    /// Followed by `up` or `down`.
    pub(crate) migrate: &'static [&'static str],
    /// Prints the ids of the rows it made.
    pub(crate) seed: &'static [&'static str],
    /// Followed by an address; reads the password from standard input.
    pub(crate) create_admin: &'static [&'static str],
}

/// A database, as a target uses it.
#[derive(Debug)]
pub(crate) struct Database {
    /// Its id.
    pub(crate) id: &'static str,
    /// What it is.
    pub(crate) kind: Kind,
    /// How the code's own idea of the schema is compared with the migrations.
    pub(crate) agreement: Agreement,
}

/// What a database is to those who run a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file of the project's own.
    SqliteFile,
    /// A server beside the project, which may come and go.
    PostgresqlServer,
}

/// How the code's own idea of the schema is compared with the migrations.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agreement {
    /// The tool's command that would write a migration for every difference.
    pub(crate) generate: &'static [&'static str],
    /// What it prints when there is none.
    pub(crate) says: &'static str,
    /// The folder it would write to.
    pub(crate) folder: &'static str,
    /// Prints the SQL that builds the schema straight from the code.
    pub(crate) export: &'static [&'static str],
}

impl Recipe {
    /// The command that builds what is started.
    pub(crate) fn build(&self) -> Option<&'static [&'static str]> {
        self.checks.iter().find(|check| check.leaves.is_some()).map(|check| check.line)
    }
}

/// The ids of all targets that can be proved.
pub(crate) fn targets() -> impl Iterator<Item = &'static str> {
    RECIPES.iter().map(|recipe| recipe.target)
}

/// The recipe of a target.
pub(crate) fn of(target: &str) -> Option<&'static Recipe> {
    RECIPES.iter().find(|recipe| recipe.target == target)
}

const RECIPES: &[Recipe] = &[Recipe {
    target: "express",
    install: &["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"],
    manifest: &["package.json", ".npmrc"],
    packages: "node_modules",
    checks: &[
        Check {
            name: "format and lint",
            line: &["node_modules/.bin/biome", "ci", "--error-on-warnings", "."],
            counts: Counts::One,
            leaves: None,
        },
        Check { name: "types", line: &["npm", "run", "--silent", "typecheck"], counts: Counts::One, leaves: None },
        Check { name: "own tests", line: &["npm", "test"], counts: Counts::Tests, leaves: None },
        Check { name: "build", line: &["npm", "run", "--silent", "build"], counts: Counts::One, leaves: Some("dist") },
    ],
    development: Commands {
        migrate: &["npm", "run", "--silent", "migrate", "--"],
        seed: &["npm", "run", "--silent", "seed", "--"],
        create_admin: &["npm", "run", "--silent", "create-admin", "--"],
    },
    production: Commands {
        migrate: &["node", "dist/commands/migrate.js"],
        seed: &["node", "dist/commands/seed.js"],
        create_admin: &["node", "dist/commands/create-admin.js"],
    },
    start: &["node", "dist/server.js"],
    test_report: TestReport {
        // Vitest leaves one core free for those who watch; here nobody does.
        line: &[
            "node_modules/.bin/vitest",
            "run",
            "--maxWorkers=100%",
            "--reporter=json",
            "--outputFile=dist/tests.json",
        ],
        file: "dist/tests.json",
    },
    databases: &[
        Database { id: "sqlite", kind: Kind::SqliteFile, agreement: DRIZZLE },
        Database { id: "postgresql", kind: Kind::PostgresqlServer, agreement: DRIZZLE },
    ],
}];

const DRIZZLE: Agreement = Agreement {
    generate: &["node_modules/.bin/drizzle-kit", "generate"],
    says: "No schema changes",
    folder: "drizzle",
    export: &["node_modules/.bin/drizzle-kit", "export"],
};
