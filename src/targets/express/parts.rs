//! The places of a project that stores and features add to.

use crate::code::{EnvValue, TsImports, TsString};
use crate::model::Docs;
use crate::targets::Draft;
use crate::targets::Input;

use super::values::{Helper, strings};

/// Everything that is added.
#[derive(Default)]
pub(super) struct Parts {
    /// What the program needs, by package and version.
    pub dependencies: Vec<(&'static str, &'static str)>,
    /// What only its development needs.
    pub dev_dependencies: Vec<(&'static str, &'static str)>,
    /// Commands beside those that every project has.
    pub scripts: Vec<Script>,
    /// Configuration variables, in the order of documentation.
    pub variables: Vec<Variable>,
    /// Declarations that the variables' schemas use.
    pub variable_schemas: Vec<&'static str>,
    /// Schemas of values that are used beside those of the entities.
    pub helpers: Vec<Helper>,
    /// Routers beside those of the entities.
    pub routers: Vec<Router>,
    /// What every operation on rows does before anything else that depends on the caller.
    pub before_operations: Vec<Middleware>,
    /// Members of each line of the request log.
    pub log_members: Vec<(&'static str, &'static str)>,
    /// Kinds of rows that a seed file may hold beside those of the entities.
    pub seeds: Vec<Seed>,
    /// Callers that tests can be, beside nobody.
    pub principals: Vec<Principal>,
    /// What tests may say of a principal, where they may.
    pub principals_given: Option<&'static str>,
    /// Where the principals come from.
    pub principal_imports: TsImports,
    /// Environment variables of the tests.
    pub test_environment: Vec<(&'static str, &'static str)>,
    /// Whether there is a page that documents the API.
    pub has_docs: bool,
    /// Whole files.
    pub files: Vec<Draft>,
}

/// A command of `package.json`.
pub(super) struct Script {
    /// Its name.
    pub name: &'static str,
    /// What it runs.
    pub command: String,
    /// What it does, for the README.
    pub help: String,
}

/// A configuration variable.
pub(super) struct Variable {
    /// Its name.
    pub name: &'static str,
    /// The schema of its text.
    pub schema: String,
    /// Its value in `.env.example`; secrets have none.
    pub example: Option<EnvValue>,
    /// What it is.
    pub help: String,
    /// Whether a fresh value is made for each installation.
    pub secret: bool,
    /// Whether the server does not start without it.
    pub required: bool,
    /// A value that is taken, and values that are refused.
    pub valid: &'static str,
    /// Values that are refused.
    pub invalid: &'static [&'static str],
}

/// A router in `src/routes`.
pub(super) struct Router {
    /// Its file, without the ending.
    pub stem: String,
    /// What it is called where routers come together.
    pub name: String,
}

/// A middleware by its name and module.
#[derive(Clone, PartialEq)]
pub(super) struct Middleware {
    /// Its name.
    pub name: &'static str,
    /// Its module, seen from `src/routes`.
    pub module: &'static str,
}

/// A kind of rows in a seed file.
#[derive(Clone)]
pub(super) struct Seed {
    /// What the file calls it.
    pub name: String,
    /// The schema of one row.
    pub schema: String,
    /// An expression that makes a new row of `row`, where that is wanted under the name `fresh`.
    pub new_row: Option<String>,
    /// An expression that gives the stored row.
    pub store: String,
    /// What is done with rows of the file when all of them are stored.
    pub later: Vec<String>,
    /// Where the names in both come from, seen from `src/commands`.
    pub imports: TsImports,
    /// A function that the expression uses.
    pub function: Option<String>,
}

/// A caller that tests can be.
pub(super) struct Principal {
    /// What tests call it.
    pub name: String,
    /// An expression that makes one.
    pub create: String,
}

/// Origins as browsers write them, so that they can be compared as text.
const ORIGINS: &str = "const origins = z
  .string()
  .transform((text) => text.split(\",\").map((origin) => origin.trim()))
  .pipe(z.array(z.string().refine(isOrigin, \"must list origins like https://shop.example\")));

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}";

impl Parts {
    /// What every app has before anything is added.
    pub(super) fn of_app(input: &Input) -> Self {
        let general = input.contract.limits.general;
        let origins: Vec<&str> = input.contract.cors.iter().map(String::as_str).collect();
        let mut parts = Self {
            dependencies: vec![
                ("express", "5.3.0"),
                ("express-rate-limit", "8.7.4"),
                ("helmet", "8.3.0"),
                ("pino", "10.4.0"),
                ("prom-client", "15.1.3"),
                ("uuid", "14.0.3"),
                ("zod", "4.6.7"),
            ],
            dev_dependencies: vec![
                ("@biomejs/biome", "2.6.8"),
                ("@types/express", "5.0.6"),
                ("@types/node", "24.19.2"),
                ("@types/supertest", "7.2.1"),
                ("supertest", "7.3.2"),
                ("tsx", "4.23.15"),
                ("typescript", "7.0.2"),
                ("vitest", "5.1.1"),
            ],
            variables: vec![
                Variable {
                    valid: "3001",
                    invalid: &["65536", "http"],
                    ..Variable::number("PORT", 0, 65_535, 3000, "The port that the server listens on.")
                },
                Variable {
                    valid: "1",
                    invalid: &["-1"],
                    ..Variable::number(
                        "TRUSTED_PROXY_HOPS",
                        0,
                        16,
                        0,
                        "How many proxies in front of the server may be believed about client addresses.",
                    )
                },
                Variable::requests("RATE_LIMIT_MAX", general.requests, "Requests of one address in a window."),
                Variable::seconds("RATE_LIMIT_WINDOW", general.window_seconds, "The window in seconds."),
                Variable {
                    name: "CORS_ORIGINS",
                    schema: format!("origins.default({})", strings(&origins)),
                    example: EnvValue::new(&origins.join(",")),
                    help: "The origins whose pages may call the API, separated by commas.".to_owned(),
                    secret: false,
                    required: false,
                    valid: "https://shop.example",
                    invalid: &["*", "null", "https://shop.example/"],
                },
                Variable {
                    name: "METRICS_TOKEN",
                    schema: "z.string().min(16, \"must have at least 16 characters\").optional()".to_owned(),
                    example: None,
                    help: "Opens `/metrics` to those who send it; without it there is nothing there.".to_owned(),
                    secret: false,
                    required: false,
                    valid: "a token that is known to tests only",
                    invalid: &["short"],
                },
            ],
            variable_schemas: vec![ORIGINS],
            test_environment: vec![("RATE_LIMIT_MAX", "1000000")],
            has_docs: input.contract.docs != Docs::Never,
            ..Self::default()
        };
        if parts.has_docs {
            parts.variables.push(Variable {
                name: "DOCS",
                schema: format!(
                    "z.enum([\"development\", \"always\", \"never\"], {{ error: \"must be development, always or never\" }}).default({})",
                    TsString::from(input.contract.docs.word())
                ),
                example: EnvValue::new(input.contract.docs.word()),
                help: "When `/docs` shows the documentation: in `development`, `always` or `never`.".to_owned(),
                secret: false,
                required: false,
                valid: "always",
                invalid: &["yes"],
            });
        }
        parts
    }
}

impl Variable {
    /// A whole number with a default.
    pub(super) fn number(name: &'static str, min: u32, max: u32, default: u32, help: &str) -> Self {
        Self {
            name,
            schema: format!("number({min}, {}).default({default})", digits(max)),
            example: EnvValue::new(&default.to_string()),
            help: help.to_owned(),
            secret: false,
            required: false,
            valid: "1",
            invalid: &["0", "1.5", "many"],
        }
    }

    /// How many requests a window may see.
    pub(super) fn requests(name: &'static str, default: u32, help: &str) -> Self {
        Self::number(name, 1, 999_999_999, default, help)
    }

    /// The length of a window.
    pub(super) fn seconds(name: &'static str, default: u32, help: &str) -> Self {
        Self::number(name, 1, 86_400, default, help)
    }
}

/// A number as TypeScript is easiest to read: `1_048_576`.
pub(super) fn digits(number: impl Into<i64>) -> String {
    let number: i64 = number.into();
    let digits = number.unsigned_abs().to_string();
    if digits.len() < 5 {
        return number.to_string();
    }
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    format!("{}{}", if number < 0 { "-" } else { "" }, groups.join("_"))
}
