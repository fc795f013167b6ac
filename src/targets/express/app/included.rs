//! Rows that come along with others.

use askama::Template;

use crate::code::{ImportKind, TsImports};
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
    view: String,
    relations: Vec<Relation>,
}

struct Relation {
    wire: String,
    many: bool,
    /// What makes a row what the API shows, and the function that it calls.
    view: String,
    view_function: String,
    service: String,
    /// The property that names the row, where there is one.
    named: Option<Property>,
    /// The function that tells which row belongs to which.
    links: String,
    links_argument: &'static str,
    argument: &'static str,
    caller: &'static str,
}

struct Property {
    property: String,
    nullable: bool,
}

/// Whether it depends on the caller which rows come along with an entity's.
pub(super) fn asks_caller(entity: &Entity, all: &[Entity]) -> bool {
    entity.view_asks_caller() || relations(entity).iter().any(|include| relation_asks(entity, include, all))
}

fn relation_asks(entity: &Entity, include: &Include, all: &[Entity]) -> bool {
    let to = &all[include.to.0];
    to.find_asks_caller() || to.view_asks_caller() || links_ask_caller(entity, include, all)
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
        view: entity.view("row", "caller"),
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
        view: if to.view_asks_caller() {
            format!("(row) => {}", to.view("row", "caller"))
        } else {
            format!("{}View", to.names.camel)
        },
        view_function: format!("{}View", to.names.camel),
        service: format!("{}Service", to.names.camel),
        named,
        links,
        links_argument: argument(links_ask_caller(entity, include, all)),
        argument: argument(to.find_asks_caller()),
        caller: if relation_asks(entity, include, all) { ", caller" } else { "" },
    })
}

fn imports(entity: &Entity, all: &[Entity], found: &[Relation]) -> TsImports {
    let names = &entity.names;
    let schema = format!("../schemas/{}.schema.js", names.stem);
    let mut imports = TsImports::new()
        .with_types(&format!("../models/{}.model.js", names.stem), &[&names.row])
        .with_types(&schema, &[&format!("{}Relation", names.pascal)])
        .with_values(&schema, &[&format!("{}View", names.camel)])
        .with_values("../utils/included.js", &["viewsOf"]);
    if asks_caller(entity, all) {
        imports = imports.with_types("../utils/caller.js", &["Caller"]);
    }
    if found.iter().any(|relation| relation.named.is_none()) {
        imports = imports.with_values("../utils/included.js", &["byOwner"]);
    }
    for include in relations(entity) {
        let to = &all[include.to.0].names;
        imports.add(&format!("../schemas/{}.schema.js", to.stem), ImportKind::Value, &format!("{}View", to.camel));
        imports = imports.with_namespace(&format!("./{}.service.js", to.stem), &format!("{}Service", to.camel));
    }
    imports
}
