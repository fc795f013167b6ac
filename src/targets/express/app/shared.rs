//! The files of `src` that are not about one entity.

use askama::Template;

use crate::code::{ImportKind, TsImports, TsRegex, TsString};
use crate::contract::{DetailCode, ErrorCode, Verb, docs, format};
use crate::model::{Bounds, Docs, Interval, Range, Scalar};
use crate::project::Part;
use crate::targets::express::entity::Entity;
use crate::targets::express::features::account::changes_itself;
use crate::targets::express::files::{fixed, typescript};
use crate::targets::express::included::{links_to, relations};
use crate::targets::express::names::Keys;
use crate::targets::express::parts::{Parts, Variable, digits};
use crate::targets::express::values::{Helper, strings};
use crate::targets::{Draft, Input, RenderError};

use super::schema;

/// Files that are the same in every project.
const FIXED: &[(&str, &str)] = &[
    ("src/server.ts", include_str!("../../../../templates/express/app/src/server.ts")),
    ("src/config/logger.ts", include_str!("../../../../templates/express/app/src/config/logger.ts")),
    (
        "src/controllers/health.controller.ts",
        include_str!("../../../../templates/express/app/src/controllers/health.controller.ts"),
    ),
    ("src/middleware/cors.ts", include_str!("../../../../templates/express/app/src/middleware/cors.ts")),
    ("src/middleware/metrics.ts", include_str!("../../../../templates/express/app/src/middleware/metrics.ts")),
    ("src/middleware/endpoint.ts", include_str!("../../../../templates/express/app/src/middleware/endpoint.ts")),
    ("src/middleware/errors.ts", include_str!("../../../../templates/express/app/src/middleware/errors.ts")),
    ("src/middleware/rate-limit.ts", include_str!("../../../../templates/express/app/src/middleware/rate-limit.ts")),
    ("src/middleware/target.ts", include_str!("../../../../templates/express/app/src/middleware/target.ts")),
    ("src/routes/server.routes.ts", include_str!("../../../../templates/express/app/src/routes/server.routes.ts")),
    (
        "src/services/health.service.ts",
        include_str!("../../../../templates/express/app/src/services/health.service.ts"),
    ),
];

/// Files that read requests; a project without operations on rows and without features needs none of them.
const READING: &[(&str, &str)] = &[
    ("src/middleware/json-body.ts", include_str!("../../../../templates/express/app/src/middleware/json-body.ts")),
    ("src/schemas/validate.ts", include_str!("../../../../templates/express/app/src/schemas/validate.ts")),
    ("src/utils/query.ts", include_str!("../../../../templates/express/app/src/utils/query.ts")),
    ("src/utils/request.ts", include_str!("../../../../templates/express/app/src/utils/request.ts")),
];

#[derive(Template)]
#[template(path = "express/app/src/app.ts")]
struct App<'a> {
    base: &'a str,
}

#[derive(Template)]
#[template(path = "express/app/src/routes/about.routes.ts")]
struct AboutRoutes {
    has_docs: bool,
    page_path: &'static str,
    style_path: &'static str,
}

#[derive(Template)]
#[template(path = "express/app/src/config/config.ts")]
struct Config<'a> {
    variable_schemas: &'a [&'static str],
    variables: &'a [Variable],
}

#[derive(Template)]
#[template(path = "express/app/src/config/limits.ts")]
struct Limits {
    target_bytes: String,
    body_bytes: String,
    json_levels: String,
    details: String,
    has_lists: bool,
    page_size: String,
    page_size_max: String,
    page_max: String,
    filter_values: String,
    searches: bool,
    search_length: String,
    has_included: bool,
    included: String,
}

#[derive(Template)]
#[template(path = "express/app/src/schemas/list-query.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct ListQuery {
    imports: TsImports,
    keys: Keys,
    /// Whether there are filters without an order and without lists of values.
    same: bool,
    nullable: bool,
    searches: bool,
    lists: bool,
    includes: bool,
}

#[derive(Template)]
#[template(path = "express/app/src/middleware/request-log.ts")]
struct RequestLog<'a> {
    log_members: &'a [(&'static str, &'static str)],
}

#[derive(Template)]
#[template(path = "express/app/src/routes/index.ts")]
struct Index {
    imports: TsImports,
    routers: Vec<String>,
}

#[derive(Template)]
#[template(path = "express/app/src/utils/errors.ts")]
struct Errors {
    errors: Vec<(&'static str, u16, TsString)>,
    details: Vec<(&'static str, TsString)>,
}

#[derive(Template)]
#[template(path = "express/app/src/commands/env.ts")]
struct Env {
    secrets: String,
}

/// The schemas that fields use.
#[derive(Template)]
#[template(path = "express/app/src/schemas/values.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct Values {
    /// Whether some check names its problem itself.
    codes: bool,
    length: bool,
    string: bool,
    integer: bool,
    bigint: bool,
    decimal: bool,
    keys: bool,
    json: bool,
    lowercase: bool,
    between: bool,
    patterns: Vec<(&'static str, &'static str, String, &'static str)>,
}

#[derive(Template)]
#[template(path = "express/app/src/schemas/parameters.ts")]
struct Parameters {
    imports: TsImports,
    integer: bool,
    integer_pattern: String,
    number: bool,
    number_pattern: String,
    boolean: bool,
}

#[derive(Template)]
#[template(path = "express/app/src/utils/fields.ts")]
struct Fields {
    imports: TsImports,
    reads: bool,
    writes: bool,
    moves: bool,
}

#[derive(Template)]
#[template(path = "express/app/src/utils/json.ts")]
struct Json {
    json: bool,
}

#[derive(Template)]
#[template(path = "express/app/src/utils/included.ts")]
struct Included {
    links: bool,
    /// Whether rows are made what the API shows one by one, and whether services do it.
    views: bool,
    shown: bool,
}

#[derive(Template)]
#[template(path = "express/app/src/utils/page.ts")]
struct Page;

pub(super) fn files(input: &Input, entities: &[Entity], parts: &Parts) -> Result<Vec<Draft>, RenderError> {
    let fixed_ones = || FIXED.iter().chain(READING).map(|(path, text)| fixed(path, Part::Source, *text)).collect();
    let mut files: Vec<Draft> = input.memo.unit("fixed files of the app", 0, fixed_ones)?;
    let has_lists = entities.iter().any(|entity| entity.has(Verb::List));
    let used = |entity: &Entity| input.memo.always("used by schemas", entity.id.0, || schema::Used::by(entity));
    let used: Vec<schema::Used> = entities.iter().map(used).collect();
    let limits = &input.contract.limits;
    let limits = Limits {
        target_bytes: digits(limits.target_bytes),
        body_bytes: digits(limits.body_bytes),
        json_levels: digits(limits.json_levels),
        details: digits(limits.details),
        has_lists,
        page_size: digits(limits.page_size),
        page_size_max: digits(limits.page_size_max),
        page_max: digits(limits.page_max),
        filter_values: digits(limits.filter_values),
        searches: entities.iter().any(Entity::is_searched),
        search_length: digits(limits.search_length),
        has_included: has_links(entities),
        included: digits(limits.included),
    };
    let has_docs = input.contract.docs != Docs::Never;
    let about = AboutRoutes { has_docs, page_path: docs::PAGE_PATH, style_path: docs::STYLE_PATH };
    let rendered = [
        typescript("src/routes/about.routes.ts", Part::Source, &about),
        typescript("src/app.ts", Part::Source, &App { base: &input.contract.base }),
        typescript(
            "src/config/config.ts",
            Part::Source,
            &Config { variable_schemas: &parts.variable_schemas, variables: &parts.variables },
        ),
        typescript("src/config/limits.ts", Part::Source, &limits),
        typescript(
            "src/schemas/list-query.ts",
            Part::Source,
            &list_query(Keys(input.model.api.naming), entities, &used),
        ),
        typescript("src/middleware/request-log.ts", Part::Source, &RequestLog { log_members: &parts.log_members }),
        typescript("src/routes/index.ts", Part::Source, &index(parts)),
        typescript("src/utils/errors.ts", Part::Source, &errors()),
        typescript("src/commands/env.ts", Part::Source, &env(parts)),
    ];
    for file in rendered {
        files.push(file?);
    }
    files.extend(fields(input, entities)?);
    if includes(entities) {
        files.push(typescript("src/utils/included.ts", Part::Source, &included(entities))?);
    }
    if has_lists {
        files.push(typescript("src/utils/page.ts", Part::Source, &Page)?);
    }
    let mut helpers: Vec<Helper> = used.iter().flat_map(|used| &used.helpers).chain(&parts.helpers).copied().collect();
    helpers.sort();
    helpers.dedup();
    let json = Json { json: helpers.contains(&Helper::Json) };
    files.push(typescript("src/utils/json.ts", Part::Source, &json)?);
    let (parameters, values): (Vec<Helper>, Vec<Helper>) =
        helpers.into_iter().partition(|helper| helper.module() == "./parameters.js");
    if !values.is_empty() {
        files.push(typescript("src/schemas/values.ts", Part::Source, &values_of(&values))?);
    }
    if !parameters.is_empty() {
        files.push(typescript("src/schemas/parameters.ts", Part::Source, &parameters_of(&parameters))?);
    }
    Ok(files)
}

/// What refuses fields that are not for every caller, as far as there are such.
fn fields(input: &Input, entities: &[Entity]) -> Result<Option<Draft>, RenderError> {
    let reads = entities.iter().any(|entity| entity.listed_by().next().is_some());
    let writes = entities.iter().any(|entity| entity.writers().any(|rule| schema::is_written(entity, rule)));
    let changes = |entity: &Entity| entity.has_update() || !entity.makes_rows() && changes_itself(input);
    let moves = entities.iter().any(|entity| changes(entity) && !entity.moves.is_empty());
    if !reads && !writes && !moves {
        return Ok(None);
    }
    let mut imports =
        TsImports::new().with_values("./errors.js", &["ApiError"]).with_types("./errors.js", &["Problem"]);
    if reads {
        imports = imports.with_types("../schemas/list-query.js", &["ListQuery"]);
    }
    if moves {
        imports = imports.with_types("./errors.js", &["DetailCode"]);
    }
    typescript("src/utils/fields.ts", Part::Source, &Fields { imports, reads, writes, moves }).map(Some)
}

fn list_query(keys: Keys, entities: &[Entity], used: &[schema::Used]) -> ListQuery {
    let uses = |function: &str| used.iter().flat_map(|used| &used.filterables).any(|call| call.contains(function));
    let lists = entities.iter().any(|entity| entity.has(Verb::List));
    let searches = entities.iter().any(Entity::is_searched);
    let mut imports = TsImports::new().with_values("zod", &["z"]);
    if lists {
        imports =
            imports.with_values("../config/limits.js", &["maxFilterValues", "maxPage", "maxPageSize", "pageSize"]);
    }
    if searches {
        imports =
            imports.with_values("../config/limits.js", &["maxSearchLength"]).with_values("./values.js", &["string"]);
    }
    ListQuery {
        imports,
        keys,
        same: uses("same("),
        nullable: uses("nullable("),
        searches,
        lists,
        includes: includes(entities),
    }
}

/// Whether it takes a query to tell which rows come along with which.
fn has_links(entities: &[Entity]) -> bool {
    entities.iter().any(|entity| !links_to(entity.id, entities).is_empty())
}

fn included(entities: &[Entity]) -> Included {
    let related: Vec<bool> =
        entities.iter().flat_map(relations).map(|include| entities[include.to.0].has_show()).collect();
    Included { links: has_links(entities), views: related.contains(&false), shown: related.contains(&true) }
}

fn includes(entities: &[Entity]) -> bool {
    entities.iter().any(|entity| !relations(entity).is_empty())
}

fn index(parts: &Parts) -> Index {
    let mut imports = TsImports::new().with_values("express", &["Router"]);
    for router in &parts.routers {
        let module = format!("./{}.routes.js", router.stem);
        imports.add(&module, ImportKind::Value, &format!("router as {}", router.name));
    }
    Index { imports, routers: parts.routers.iter().map(|router| router.name.clone()).collect() }
}

fn errors() -> Errors {
    Errors {
        errors: ErrorCode::ALL
            .into_iter()
            .map(|code| (code.as_str(), code.status(), TsString::from(code.message())))
            .collect(),
        details: DetailCode::ALL.into_iter().map(|code| (code.as_str(), TsString::from(code.message()))).collect(),
    }
}

fn env(parts: &Parts) -> Env {
    let secrets: Vec<&str> =
        parts.variables.iter().filter(|variable| variable.secret).map(|variable| variable.name).collect();
    Env { secrets: if secrets.is_empty() { "[] as string[]".to_owned() } else { strings(&secrets) } }
}

fn values_of(helpers: &[Helper]) -> Values {
    let has = |helper| helpers.contains(&helper);
    let length = has(Helper::String) || has(Helper::Email) || has(Helper::Url);
    let regex = |scalar: &Scalar| {
        format::pattern(scalar).map_or_else(String::new, |pattern| TsRegex::new(&pattern, false).to_string())
    };
    let pattern = |helper, doc, scalar: Scalar, end| {
        let checked = match format::length(&scalar) {
            Some(Range { min, max }) => format!("length({min}, {max})"),
            None => "z.string()".to_owned(),
        };
        // A list of keys is one of UUIDs.
        let is_used = has(helper) || helper == Helper::Uuid && has(Helper::Keys);
        is_used.then(|| (helper.name(), doc, format!("{checked}.regex({})", regex(&scalar)), end))
    };
    let to_utc = ".transform((value) => new Date(value).toISOString())";
    let patterns = [
        pattern(Helper::Date, "A day.", Scalar::Date(Interval::WHOLE), ""),
        pattern(Helper::Datetime, "A moment, in UTC with milliseconds.", Scalar::DateTime, to_utc),
        pattern(Helper::Time, "A time of day.", Scalar::Time(Interval::WHOLE), ""),
        pattern(Helper::Uuid, "A UUID of any version, in lower case.", Scalar::Uuid, ".toLowerCase()"),
        pattern(Helper::Email, "An e-mail address, in lower case.", Scalar::Email, ".toLowerCase()"),
        pattern(Helper::Url, "A web address.", Scalar::Url, ""),
    ];
    let integer = has(Helper::Integer) || has(Helper::IntegerParameter);
    Values {
        codes: length
            || integer
            || has(Helper::Json)
            || has(Helper::Keys)
            || has(Helper::Between)
            || has(Helper::Bigint)
            || has(Helper::Decimal),
        length,
        string: has(Helper::String),
        integer,
        bigint: has(Helper::Bigint),
        decimal: has(Helper::Decimal),
        keys: has(Helper::Keys),
        json: has(Helper::Json),
        lowercase: has(Helper::Lowercase),
        between: has(Helper::Between),
        patterns: patterns.into_iter().flatten().collect(),
    }
}

fn parameters_of(helpers: &[Helper]) -> Parameters {
    let has = |helper| helpers.contains(&helper);
    let pattern = |scalar: &Scalar| {
        format::parameter_pattern(scalar).map_or_else(String::new, |pattern| TsRegex::new(pattern, false).to_string())
    };
    let (integer, number) = (has(Helper::IntegerParameter), has(Helper::NumberParameter));
    let mut imports = TsImports::new().with_values("zod", &["z"]);
    if integer {
        imports = imports.with_values("./values.js", &["integer"]);
    }
    if number {
        imports = imports.with_types("../utils/errors.js", &["DetailCode"]);
    }
    Parameters {
        imports,
        integer,
        integer_pattern: pattern(&Scalar::Integer(Range { min: 0, max: 0 })),
        number,
        number_pattern: pattern(&Scalar::Number(Bounds::NONE)),
        boolean: has(Helper::BooleanParameter),
    }
}
