//! Rows that come along with others.

use askama::Template;

use crate::code::TsImports;
use crate::contract::Include;
use crate::project::Part;
use crate::targets::express::entity::Entity;
use crate::targets::express::files::typescript;
use crate::targets::express::included::{Way, links_ask_caller, relations, way};
use crate::targets::express::names::Names;
use crate::targets::{Draft, RenderError};

#[derive(Template)]
#[template(path = "express/app/src/services/entity.included.ts")]
struct Included<'a> {
    imports: TsImports,
    names: &'a Names,
    caller_parameter: &'static str,
    caller_argument: &'static str,
    /// The rows as the API shows them.
    shown: String,
    relations: Vec<Relation>,
}

struct Relation {
    wire: String,
    many: bool,
    /// What finds the rows, where its own line says so, and the rows as the API shows them, by their ids.
    found: Option<String>,
    views: String,
    /// The function that makes a row what the API shows.
    view_function: String,
    service: String,
    /// The property that names the row, where there is one.
    named: Option<Property>,
    /// The function that tells which row belongs to which.
    links: String,
    links_argument: &'static str,
    caller: &'static str,
}

struct Property {
    property: String,
    nullable: bool,
}

/// Whether it depends on the caller which rows come along with an entity's.
pub(super) fn asks_caller(entity: &Entity, all: &[Entity]) -> bool {
    entity.shows_by_caller() || relations(entity).iter().any(|include| relation_asks(entity, include, all))
}

fn relation_asks(entity: &Entity, include: &Include, all: &[Entity]) -> bool {
    let to = &all[include.to.0];
    to.find_asks_caller() || to.shows_by_caller() || links_ask_caller(entity, include, all)
}

/// What adds related rows to an entity's; nothing where there are none.
pub(super) fn file(entity: &Entity, all: &[Entity]) -> Result<Option<Draft>, RenderError> {
    let includes = relations(entity);
    if includes.is_empty() {
        return Ok(None);
    }
    let asks = asks_caller(entity, all);
    let relations: Vec<Relation> = includes.iter().filter_map(|include| relation(entity, include, all)).collect();
    let names = &entity.names;
    let template = Included {
        imports: imports(entity, all, &relations),
        names,
        caller_parameter: if asks { ", caller: Caller" } else { "" },
        caller_argument: if asks { ", caller" } else { "" },
        shown: if entity.has_show() {
            entity.show(&service(entity), "rows", "caller")
        } else {
            format!("rows.map((row) => {})", entity.view("row", "caller"))
        },
        relations,
    };
    typescript(&format!("src/services/{}.included.ts", names.stem), Part::Source, &template).map(Some)
}

fn relation(entity: &Entity, include: &Include, all: &[Entity]) -> Option<Relation> {
    let to = &all[include.to.0];
    let (named, links) = match way(entity, include, all)? {
        Way::Named { property, nullable } => (Some(Property { property, nullable }), String::new()),
        Way::Linked(links) => (None, links.function),
    };
    let argument = |asks| if asks { "caller, " } else { "" };
    Some(Relation {
        wire: include.wire.clone(),
        many: include.many,
        found: to.has_show().then(|| found(to)),
        views: views(to),
        view_function: format!("{}View", to.names.camel),
        service: service(to),
        named,
        links,
        links_argument: argument(links_ask_caller(entity, include, all)),
        caller: if relation_asks(entity, include, all) { ", caller" } else { "" },
    })
}

/// The rows with these ids that the caller may read.
fn found(to: &Entity) -> String {
    let caller = if to.find_asks_caller() { "caller, " } else { "" };
    format!("await {}.findMany({caller}ids)", service(to))
}

/// The same as the API shows them.
fn views(to: &Entity) -> String {
    if to.has_show() {
        format!("byId({})", to.show(&service(to), "found", "caller"))
    } else if to.view_asks_caller() {
        format!("viewsOf({}, (row) => {})", found(to), to.view("row", "caller"))
    } else {
        format!("viewsOf({}, {}View)", found(to), to.names.camel)
    }
}

fn service(entity: &Entity) -> String {
    format!("{}Service", entity.names.camel)
}

fn imports(entity: &Entity, all: &[Entity], found: &[Relation]) -> TsImports {
    let names = &entity.names;
    let schema = format!("../schemas/{}.schema.js", names.stem);
    let mut imports = TsImports::new()
        .with_types(&format!("../models/{}.model.js", names.stem), &[&names.row])
        .with_types(&schema, &[&format!("{}Relation", names.pascal)])
        .with_types(&schema, &[&format!("{}View", names.camel)]);
    // What the service shows is known by its type alone.
    let view = |imports: TsImports, of: &Entity| {
        let (module, name) = (format!("../schemas/{}.schema.js", of.names.stem), format!("{}View", of.names.camel));
        let imports = imports.with_types(&module, &[&name]);
        if of.has_show() { imports } else { imports.with_values(&module, &[&name]) }
    };
    imports = view(imports, entity);
    if entity.has_show() {
        imports = imports.with_namespace(&format!("./{}.service.js", names.stem), &service(entity));
    }
    if asks_caller(entity, all) {
        imports = imports.with_types("../utils/caller.js", &["Caller"]);
    }
    if found.iter().any(|relation| relation.named.is_none()) {
        imports = imports.with_values("../utils/included.js", &["byOwner"]);
    }
    for include in relations(entity) {
        let to = &all[include.to.0];
        let helper = if to.has_show() { "byId" } else { "viewsOf" };
        imports = view(imports, to).with_values("../utils/included.js", &[helper]);
        imports = imports.with_namespace(&format!("./{}.service.js", to.names.stem), &service(to));
    }
    imports
}
