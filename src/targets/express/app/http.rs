//! Routes and controllers.

use askama::Template;

use crate::code::{ImportKind, Origin, TsImports};
use crate::contract::{Admission, Predicate, Verb};
use crate::project::Part;
use crate::targets::express::entity::{Entity, Rule};
use crate::targets::express::files::typescript;
use crate::targets::express::included::relations;
use crate::targets::express::names::Names;
use crate::targets::express::parts::Middleware;
use crate::targets::express::rules::role_arguments;
use crate::targets::{Draft, Input, RenderError};

use super::included;

#[derive(Template)]
#[template(path = "express/app/src/controllers/entity.controller.ts")]
struct Controller<'a> {
    imports: TsImports,
    names: &'a Names,
    path: &'a str,
    /// What shows the rows of a list, and one row.
    list_view: String,
    views: Views,
    /// Whether the service shows rows, as many as there are.
    shows: bool,
    /// The function of the service that takes a whole body.
    replaces: &'static str,
    list: Option<String>,
    create: Option<String>,
    get: Option<String>,
    admit_update: Option<Admit>,
    replace: Option<String>,
    update: Option<String>,
    remove: Option<Admit>,
    /// How rows that come along get at the caller, where there are some.
    included: Option<&'static str>,
}

/// What shows a row, by what was done with it.
struct Views {
    create: String,
    get: String,
    update: String,
}

/// A call of the service that looks whether the row may be changed.
struct Admit {
    call: String,
    /// What the response is called, or what the call after it is given.
    response: String,
}

#[derive(Template)]
#[template(path = "express/app/src/routes/entity.routes.ts")]
struct Routes {
    imports: TsImports,
    paths: Vec<PathRoutes>,
    none: Origin,
}

struct PathRoutes {
    path: String,
    first: String,
    methods: Vec<MethodLine>,
}

struct MethodLine {
    origin: Origin,
    name: &'static str,
    handlers: String,
}

/// How a controller gets at the caller.
fn caller(wanted: bool, rule: &Rule) -> &'static str {
    match (wanted, rule.users_only()) {
        (false, _) => "",
        (true, true) => "userOf(res), ",
        (true, false) => "callerOf(res), ",
    }
}

/// A call of the service that gives the row, if a rule lets the caller go on with it; `arguments` are told whether it
/// asks who calls.
pub(in crate::targets::express) fn admission(
    entity: &Entity,
    rule: &Rule,
    name: &str,
    arguments: impl Fn(bool) -> String,
) -> String {
    let finds = entity.find_asks_caller();
    if *rule.before == Predicate::Always {
        format!("get({})", arguments(finds))
    } else {
        format!("{name}({})", arguments(finds || rule.before.asks_caller()))
    }
}

/// The middleware that admits whom a rule admits.
pub(in crate::targets::express) fn admitting(entity: &Entity, rule: &Rule) -> String {
    match rule.admission {
        Admission::Anyone => String::new(),
        Admission::SignedIn => "signedIn, ".to_owned(),
        Admission::Roles(ids) => format!("withRole({}), ", role_arguments(entity.model, ids)),
    }
}

/// The controller of an entity.
pub(super) fn controller(entity: &Entity, all: &[Entity]) -> Result<Draft, RenderError> {
    let names = &entity.names;
    let finds = entity.find_asks_caller();
    let update_caller = caller(entity.update_asks_caller(all), &entity.update);
    let when = |verb, text: String| entity.has(verb).then_some(text);
    let admission =
        |rule: &Rule, name: &str| admission(entity, rule, name, |asks| format!("{}rowId(req)", caller(asks, rule)));
    let admit_update = entity.has_update().then(|| {
        let call = admission(&entity.update, "getForUpdate");
        let response = if call.contains("(res)") { "res" } else { "_res" }.to_owned();
        Admit { call, response }
    });
    let remove = entity.has(Verb::Delete).then(|| Admit {
        call: admission(&entity.delete, "getForDelete"),
        response: format!("{}rowId(req)", caller(entity.remove_asks_caller(), &entity.delete)),
    });
    let shows = entity.has_show();
    let view = |rule| {
        let caller = caller(true, rule).trim_end_matches(", ");
        if shows { entity.show("service", "[row]", caller) } else { entity.view("row", caller) }
    };
    let guarded = entity.begun_anew().next().is_some();
    let mut template = Controller {
        imports: TsImports::new(),
        names,
        path: &entity.resource.path,
        list_view: if shows {
            entity.show("service", "rows", caller(true, &entity.list).trim_end_matches(", "))
        } else if entity.view_asks_caller() {
            format!("rows.map((row) => {})", view(&entity.list))
        } else {
            format!("rows.map({}View)", names.camel)
        },
        shows,
        views: Views { create: view(&entity.create), get: view(&entity.get), update: view(&entity.update) },
        replaces: if guarded { "replace" } else { "update" },
        list: when(Verb::List, format!("{}query", caller(entity.list_asks_caller(), &entity.list))),
        create: when(Verb::Create, format!("{}input", caller(entity.create_asks_caller(all), &entity.create))),
        get: when(Verb::Get, format!("{}rowId(req)", caller(finds, &entity.get))),
        admit_update,
        included: (!relations(entity).is_empty())
            .then(|| if included::asks_caller(entity, all) { ", callerOf(res)" } else { "" }),
        replace: when(Verb::Put, format!("{update_caller}rowId(req)")),
        update: when(Verb::Patch, format!("{update_caller}rowId(req)")),
        remove,
    };
    template.imports = controller_imports(entity, &template);
    typescript(&format!("src/controllers/{}.controller.ts", names.stem), Part::Source, &template)
}

fn controller_imports(entity: &Entity, template: &Controller) -> TsImports {
    let names = &entity.names;
    let mut imports = TsImports::new()
        .with_types("express", &["Request", "Response"])
        .with_namespace(&format!("../services/{}.service.js", names.stem), "service");
    let mut add = |wanted: bool, module: &str, kind: ImportKind, name: &str| {
        if wanted {
            imports.add(module, kind, name);
        }
    };
    let schema = format!("../schemas/{}.schema.js", names.stem);
    let list_query = "../schemas/list-query.js";
    let request = "../utils/request.js";
    let (list, create) = (template.list.is_some(), template.create.is_some());
    let (get, remove) = (template.get.is_some(), template.remove.is_some());
    let (replace, update) = (template.replace.is_some(), template.update.is_some());
    add(template.admit_update.is_some(), "express", ImportKind::Type, "NextFunction");
    let includes = template.included.is_some();
    add(get && !includes || remove, list_query, ImportKind::Value, "noParameters");
    add(get && includes, &schema, ImportKind::Value, &format!("{}Parameters", names.camel));
    let module = format!("../services/{}.included.js", names.stem);
    add(includes && (list || get), &module, ImportKind::Value, "withIncluded");
    add(
        template.included.is_some_and(|caller| !caller.is_empty()),
        "../utils/caller.js",
        ImportKind::Value,
        "callerOf",
    );
    for (wanted, name) in [(list, "Query"), (create, "Create"), (replace, "Replace"), (update, "Update")] {
        add(wanted, &schema, ImportKind::Value, &format!("{}{name}", names.camel));
    }
    let shows = create || replace || update || (list || get) && !includes;
    add(shows && !template.shows, &schema, ImportKind::Value, &format!("{}View", names.camel));
    add(list, "../utils/page.js", ImportKind::Value, "pageMeta");
    add(create || replace || update, request, ImportKind::Value, "readBody");
    add(list || get || remove, request, ImportKind::Value, "readQuery");
    add(get || replace || update || remove, request, ImportKind::Value, "rowId");
    let calls = [&template.list, &template.create, &template.get, &template.replace, &template.update];
    let admissions = [&template.admit_update, &template.remove];
    let texts = calls
        .into_iter()
        .flatten()
        .chain(admissions.into_iter().flatten().flat_map(|admit| [&admit.call, &admit.response]));
    let views = [
        (list && !includes, &template.list_view),
        (create, &template.views.create),
        (get && !includes, &template.views.get),
        (replace || update, &template.views.update),
    ];
    let views = views.into_iter().filter(|(used, _)| *used).map(|(_, text)| text);
    let texts: Vec<&String> = texts.chain(views).collect();
    for name in ["callerOf", "userOf"] {
        add(texts.iter().any(|text| text.contains(name)), "../utils/caller.js", ImportKind::Value, name);
    }
    imports
}

/// The routes of an entity.
pub(super) fn routes(input: &Input, entity: &Entity, before: &[Middleware]) -> Result<Draft, RenderError> {
    let local = entity.resource.path.strip_prefix(&input.contract.base).unwrap_or(&entity.resource.path);
    let lines = |names_row: bool| -> Vec<(Verb, MethodLine)> {
        let verbs = entity.verbs.iter().filter(|verb| verb.names_row() == names_row);
        verbs.map(|verb| (*verb, method_line(entity, *verb))).collect()
    };
    let mut paths = Vec::new();
    for (path, lines) in [(local.to_owned(), lines(false)), (format!("{local}/:id"), lines(true))] {
        if lines.is_empty() {
            continue;
        }
        let methods: Vec<String> = lines.iter().map(|(verb, _)| format!("\"{}\"", verb.method().as_str())).collect();
        let before = before.iter().map(|middleware| middleware.name.to_owned());
        let first: Vec<String> = std::iter::once(format!("endpoint({})", methods.join(", "))).chain(before).collect();
        let first = first.join(", ");
        paths.push(PathRoutes { path, first, methods: lines.into_iter().map(|(_, line)| line).collect() });
    }
    let template = Routes { imports: route_imports(entity, before), paths, none: Origin::NONE };
    typescript(&format!("src/routes/{}.routes.ts", entity.names.stem), Part::Source, &template)
}

fn rule_of<'e>(entity: &'e Entity, verb: Verb) -> &'e Rule<'e> {
    match verb {
        Verb::List => &entity.list,
        Verb::Get => &entity.get,
        Verb::Create => &entity.create,
        Verb::Put | Verb::Patch => &entity.update,
        Verb::Delete => &entity.delete,
    }
}

fn method_line(entity: &Entity, verb: Verb) -> MethodLine {
    let rule = rule_of(entity, verb);
    let admission = admitting(entity, rule);
    let (name, handlers) = match verb {
        Verb::List => ("get", "controller.list"),
        Verb::Create => ("post", "jsonBody, controller.create"),
        Verb::Get => ("get", "controller.get"),
        Verb::Put => ("put", "controller.admitUpdate, jsonBody, controller.replace"),
        Verb::Patch => ("patch", "controller.admitUpdate, jsonBody, controller.update"),
        Verb::Delete => ("delete", "controller.remove"),
    };
    MethodLine {
        origin: rule.origin.map_or(Origin::NONE, Origin::from),
        name,
        handlers: format!("{admission}{handlers}"),
    }
}

fn route_imports(entity: &Entity, before: &[Middleware]) -> TsImports {
    let mut imports = TsImports::new()
        .with_values("express", &["Router"])
        .with_namespace(&format!("../controllers/{}.controller.js", entity.names.stem), "controller")
        .with_values("../middleware/endpoint.js", &["endpoint"]);
    for middleware in before {
        imports = imports.with_values(middleware.module, &[middleware.name]);
    }
    if entity.verbs.iter().any(|verb| verb.has_body()) {
        imports = imports.with_values("../middleware/json-body.js", &["jsonBody"]);
    }
    for verb in &entity.verbs {
        imports = match rule_of(entity, *verb).admission {
            Admission::Anyone => imports,
            Admission::SignedIn => imports.with_values("../middleware/admit.js", &["signedIn"]),
            Admission::Roles(_) => imports.with_values("../middleware/admit.js", &["withRole"]),
        };
    }
    imports
}
