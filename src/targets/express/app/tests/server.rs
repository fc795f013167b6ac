//! Tests of what every project has: its configuration, its documents, what holds for all requests.

use askama::Template;

use super::Me;
use crate::code::{TsImports, TsString};
use crate::contract::{Action, Admission, ErrorCode, Method, docs};
use crate::model::Docs;
use crate::project::Part;
use crate::targets::express::files::{fixed_tests, tests, typescript};
use crate::targets::express::names::Names;
use crate::targets::express::parts::{Parts, Principal, Variable};
use crate::targets::{Draft, Input, RenderError};

#[derive(Template)]
#[template(path = "express/app/tests/setup.ts")]
struct Setup<'a> {
    /// The tables that each test finds empty.
    emptied: &'a [&'a Names],
    environment: &'a [(&'static str, &'static str)],
}

#[derive(Template)]
#[template(path = "express/app/tests/support/api.ts")]
struct Api<'a> {
    imports: TsImports,
    /// What may be said of a principal.
    given: &'static str,
    /// The same where it makes no difference.
    unused: &'static str,
    /// The type of a principal's own row, where rows are compared with what that holds.
    me: Option<Me>,
    principals: &'a [Principal],
}

#[derive(Template)]
#[template(path = "express/app/tests/http.test.ts")]
struct HttpTest<'a> {
    base: &'a str,
    max_body: u32,
    post: Option<String>,
    /// The codes of errors that are looked at, with their sentences.
    messages: Vec<(&'static str, TsString)>,
}

#[derive(Template)]
#[template(path = "express/app/tests/shutdown.test.ts")]
struct ShutdownTest<'a> {
    path: &'a str,
}

#[derive(Template)]
#[template(path = "express/app/tests/about.test.ts")]
struct AboutTest {
    has_docs: bool,
    page_path: &'static str,
    style_path: &'static str,
}

#[derive(Template)]
#[template(path = "express/app/tests/config.test.ts")]
struct ConfigTest<'a> {
    required: Vec<&'a Variable>,
    problems: Vec<String>,
    invalid: Vec<(&'static str, &'static str)>,
}

#[derive(Template)]
#[template(path = "express/app/tests/openapi.test.ts")]
struct OpenApiTest<'a> {
    base: &'a str,
}

/// Those files; each test finds some tables empty.
pub(super) fn files(
    input: &Input,
    me: Option<Me>,
    emptied: &[&Names],
    parts: &Parts,
) -> Result<Vec<Draft>, RenderError> {
    let setup = Setup { emptied, environment: &parts.test_environment };
    let config = config_test(parts);
    let invalid = config.invalid.len();
    let http = http_test(input);
    let has_docs = input.contract.docs != Docs::Never;
    let about = AboutTest { has_docs, page_path: docs::PAGE_PATH, style_path: docs::STYLE_PATH };
    let http_tests = if http.post.is_some() { 37 } else { 17 };
    let shutdown = http.post.as_deref().map(|path| tests("tests/shutdown.test.ts", 1, &ShutdownTest { path }));
    let mut files = vec![
        typescript("tests/setup.ts", Part::Test, &setup)?,
        typescript("tests/support/api.ts", Part::Test, &api(me, parts))?,
        tests("tests/http.test.ts", http_tests, &http)?,
        tests("tests/about.test.ts", if has_docs { 8 } else { 3 }, &about)?,
        fixed_tests("tests/cors.test.ts", 8, include_str!("../../../../../templates/express/app/tests/cors.test.ts"))?,
        tests("tests/config.test.ts", 4 + invalid, &config)?,
        tests("tests/openapi.test.ts", 1, &OpenApiTest { base: &input.contract.base })?,
        fixed_tests(
            "tests/rate-limit.test.ts",
            1,
            include_str!("../../../../../templates/express/app/tests/rate-limit.test.ts"),
        )?,
    ];
    files.extend(shutdown.transpose()?);
    Ok(files)
}

fn http_test<'a>(input: &Input<'a>) -> HttpTest<'a> {
    let post = open_post(input);
    let of_all = [ErrorCode::NotFound, ErrorCode::MethodNotAllowed, ErrorCode::UriTooLong, ErrorCode::Internal];
    let of_bodies = [ErrorCode::MalformedRequest, ErrorCode::PayloadTooLarge, ErrorCode::UnsupportedMediaType];
    let codes = of_all.into_iter().chain(of_bodies.into_iter().filter(|_| post.is_some()));
    HttpTest {
        base: &input.contract.base,
        max_body: input.contract.limits.body_bytes,
        messages: codes.map(|code| (code.as_str(), TsString::from(code.message()))).collect(),
        post,
    }
}

fn api(me: Option<Me>, parts: &Parts) -> Api<'_> {
    let mut imports =
        TsImports::new().with_default("supertest", "request").with_values("../../src/app.js", &["createApp"]);
    imports.extend(&parts.principal_imports);
    if let Some(me) = me {
        imports = imports.with_types(me.module(), &[me.name()]);
    }
    let given = parts.principals_given.unwrap_or_default();
    let unused = if given.is_empty() { "" } else { "_given?: object" };
    Api { imports, given, unused, me, principals: &parts.principals }
}

/// A path that takes bodies from anyone.
fn open_post(input: &Input) -> Option<String> {
    let open = |operation: &&crate::contract::Operation| {
        operation.method == Method::Post
            && match operation.action {
                Action::Auth(_) => true,
                Action::Rows { entity, verb } => {
                    *input.contract.plan.admission(entity, verb.access()) == Admission::Anyone
                }
                Action::Health(_) | Action::Document => false,
            }
    };
    input.contract.operations.iter().find(open).map(|operation| operation.path.clone())
}

fn config_test(parts: &Parts) -> ConfigTest<'_> {
    let required: Vec<&Variable> = parts.variables.iter().filter(|variable| variable.required).collect();
    ConfigTest {
        problems: required.iter().map(|variable| format!("{} is missing", variable.name)).collect(),
        required,
        invalid: parts
            .variables
            .iter()
            .flat_map(|variable| variable.invalid.iter().map(|value| (variable.name, *value)))
            .chain([("APP_ENV", "staging")])
            .collect(),
    }
}
