//! Schemas of bodies and queries, and what rows look like on the wire.

use askama::Template;

use crate::code::{ImportKind, Origin, TsImports, TsString, capitalised};
use crate::contract::{Input as Member, Operator, Property, Source, Value, Verb, operators};
use crate::model::{self, Comparison, Default, EntityKind, Type};
use crate::project::Part;
use crate::targets::express::entity::Entity;
use crate::targets::express::fields::{FieldFunction, FieldRule};
use crate::targets::express::files::typescript;
use crate::targets::express::included::relations;
use crate::targets::express::names::{Names, field_property};
use crate::targets::express::values::{Helper, Schema, literal, parameter_schema, schema, strings};
use crate::targets::{Draft, RenderError};

use super::service::moment;

#[derive(Template)]
#[template(path = "express/app/src/schemas/entity.schema.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct SchemaFile<'a> {
    imports: TsImports,
    names: &'a Names,
    doc: String,
    writes: bool,
    fields: Vec<Field>,
    has_create: bool,
    create: String,
    has_put: bool,
    replace: String,
    has_update: bool,
    /// Whether a change has no field to give.
    changes_nothing: bool,
    update: String,
    has_list: bool,
    parameters: Vec<Parameter>,
    /// Whether whole bodies have a type of their own.
    exports_replace: bool,
    rules: Vec<FieldFunction>,
    /// The type that says which fields the store lets a caller read of a row, and the fields.
    readable: Option<Readable>,
    view_parameters: String,
    /// The other parameters of a list.
    list_parameters: Option<String>,
    /// The relations whose rows can come along.
    relations: Option<String>,
    /// Whether a single row takes parameters.
    has_parameters: bool,
    view: Vec<String>,
    none: Origin,
}

struct Field {
    origin: Origin,
    property: String,
    schema: String,
}

struct Parameter {
    property: String,
    schema: String,
}

struct Readable {
    name: String,
    fields: String,
}

/// The schemas of an entity.
pub(super) fn file(entity: &Entity) -> Result<Draft, RenderError> {
    let names = &entity.names;
    let has_create = creates(entity);
    let has_update = entity.has_update();
    let has_list = entity.has(Verb::List);
    let same_bodies = has_create && complete(entity, Verb::Create) == complete(entity, Verb::Put);
    let replace = if same_bodies {
        format!("{}Create", names.camel)
    } else {
        format!("z.strictObject({})", complete(entity, Verb::Put))
    };
    let template = SchemaFile {
        imports: imports(entity),
        names,
        doc: format!("{} as the API shows it.", capitalised(&names.phrase)),
        writes: has_create || has_update,
        fields: shared_fields(entity).iter().map(|member| field(entity, member)).collect(),
        has_create,
        create: complete(entity, Verb::Create),
        has_put: entity.has(Verb::Put),
        replace,
        has_update,
        changes_nothing: entity.resource.update.is_empty(),
        update: partial(entity),
        has_list,
        parameters: parameters(entity)
            .into_iter()
            .map(|(property, schema)| Parameter { property, schema: schema.text })
            .collect(),
        exports_replace: entity.has(Verb::Put) && entity.begun_anew().next().is_some(),
        rules: rules(entity),
        readable: readable(entity),
        view_parameters: view_parameters(entity),
        view: entity.resource.row.iter().map(|property| view_line(entity, property)).collect(),
        list_parameters: Some(more_parameters(entity).join(", ")).filter(|parameters| !parameters.is_empty()),
        relations: Some(relations(entity))
            .filter(|relations| !relations.is_empty())
            .map(|relations| strings(&relations.iter().map(|include| include.wire.clone()).collect::<Vec<_>>())),
        has_parameters: entity.has(Verb::Get) && !relations(entity).is_empty(),
        none: Origin::NONE,
    };
    typescript(&format!("src/schemas/{}.schema.ts", names.stem), Part::Source, &template)
}

fn readable(entity: &Entity) -> Option<Readable> {
    let fields: Vec<String> =
        entity.read_by_store().map(|rule| TsString::from(rule.property.as_str()).to_string()).collect();
    (!fields.is_empty()).then(|| Readable { name: entity.readable_type(), fields: fields.join(" | ") })
}

/// What makes a row what the API shows is told beside the row.
fn view_parameters(entity: &Entity) -> String {
    let caller = if entity.view_asks_caller() { ", caller: Caller" } else { "" };
    let readable = readable(entity).map_or_else(String::new, |of| format!(", readable: {} | undefined", of.name));
    format!("{caller}{readable}")
}

/// What a row shows of one property.
fn view_line(entity: &Entity, property: &Property) -> String {
    let wire = &property.wire;
    match entity.readers().find(|rule| rule.guard.source == property.source) {
        Some(rule) if rule.needs_store() => format!("...(readable?.{wire} && {{ {wire}: row.{wire} }})"),
        Some(rule) => format!("...({} && {{ {wire}: row.{wire} }})", rule.call()),
        None => format!("{wire}: row.{wire}"),
    }
}

/// Who may read and write what not everybody may, as far as anybody asks.
fn rules(entity: &Entity) -> Vec<FieldFunction> {
    let listed = |rule: &FieldRule| !rule.reads_row() && entity.listed_by().any(|of| of.guard.id == rule.guard.id);
    let readers = entity.readers().filter(|rule| !rule.needs_store());
    let readers = readers.map(|rule| rule.function(entity, listed(rule)));
    let written = || entity.writers().filter(|rule| is_written(entity, rule));
    let writers = written().filter(|rule| !rule.reads_row()).map(|rule| rule.function(entity, true));
    let of_rows =
        entity.row_functions().into_iter().filter(|rule| !rule.needs_store()).map(|rule| rule.function(entity));
    readers.chain(writers).chain(of_rows).collect()
}

/// Whether some body gives a field that not everybody may.
pub(super) fn is_written(entity: &Entity, rule: &FieldRule) -> bool {
    let gives = |members: &[Member]| members.iter().any(|member| member.property.source == rule.guard.source);
    let updates = entity.has_update() || entity.spec.kind == EntityKind::User;
    entity.has(Verb::Create) && gives(&entity.resource.create) || updates && gives(&entity.resource.update)
}

/// The parameters of a list beside paging, order and filters.
fn more_parameters(entity: &Entity) -> Vec<&'static str> {
    let search = entity.is_searched().then_some("q: searchParameter()");
    let include = (!relations(entity).is_empty()).then_some("include: includeParameter(relations)");
    search.into_iter().chain(include).collect()
}

/// Whether bodies of new rows are read: by the API or by the seed.
fn creates(entity: &Entity) -> bool {
    entity.makes_rows() || entity.has(Verb::Create)
}

/// What both a new row and a changed one may be given.
fn shared_fields<'a>(entity: &Entity<'a>) -> Vec<&'a Member> {
    entity.resource.update.iter().filter(|member| !entity.is_moved(member)).collect()
}

/// The members of a body that changes a row, of which it needs none.
fn partial(entity: &Entity) -> String {
    let moved = entity.resource.update.iter().filter(|member| entity.is_moved(member));
    let moved: Vec<String> =
        moved.map(|member| format!("{}: {}", member.property.wire, member_schema(member).text)).collect();
    if moved.is_empty() { "fields".to_owned() } else { format!("{{ ...fields, {} }}", moved.join(", ")) }
}

/// What a seed file may give of a row beside what a body may: the fields that nobody writes, with their schemas.
pub(in crate::targets::express) fn field_extras(entity: &Entity, given: &[&Member]) -> Vec<(String, String)> {
    unwritten(entity, given)
        .map(|(field, value)| {
            let schema = schema(&value).nullable(field.nullable).text;
            if field.copied().is_some() {
                return (field_property(field), format!("{schema}.optional()"));
            }
            let text = match absent_default(field) {
                Some(default) => format!("{schema}.default({default})"),
                None => schema,
            };
            (field_property(field), text)
        })
        .collect()
}

/// The helpers that those schemas use.
pub(in crate::targets::express) fn extra_helpers(entity: &Entity, given: &[&Member]) -> Vec<Helper> {
    unwritten(entity, given).flat_map(|(_, value)| schema(&value).helpers).collect()
}

/// What the body of a new row may give.
pub(super) fn created<'a>(entity: &Entity<'a>) -> Vec<&'a Member> {
    entity.resource.create.iter().collect()
}

/// The fields without references that are not given.
fn unwritten<'e>(entity: &'e Entity, given: &[&Member]) -> impl Iterator<Item = (&'e model::Field, Value)> {
    let given = |id| given.iter().any(|member| member.property.source == Source::Field(id));
    entity.spec.fields().filter(move |(id, _)| !given(*id)).filter_map(|(_, field)| match &field.ty {
        Type::Scalar(scalar) => Some((field, Value::One(scalar.clone()))),
        Type::List { item, count } => Some((field, Value::Many { item: item.clone(), count: *count })),
        Type::Reference(_) | Type::Many(_) => None,
    })
}

pub(in crate::targets::express) fn member_schema(member: &Member) -> Schema {
    schema(&member.property.value).nullable(member.property.nullable)
}

fn field(entity: &Entity, member: &Member) -> Field {
    let origin = match member.property.source {
        Source::Field(id) => entity.spec.field(id).origin,
        _ => None,
    };
    Field {
        origin: origin.map_or(Origin::NONE, Origin::from),
        property: member.property.wire.clone(),
        schema: member_schema(member).text,
    }
}

/// The members of a whole body: the shared fields, with what they are when they are left out.
fn complete(entity: &Entity, verb: Verb) -> String {
    let creates = verb == Verb::Create;
    let members = if creates { &entity.resource.create } else { &entity.resource.update };
    let shared =
        |member: &Member| shared_fields(entity).iter().any(|other| other.property.wire == member.property.wire);
    let mut extras = Vec::new();
    for member in members {
        let wire = &member.property.wire;
        // A state that a new row is given begins like any other value; a change that leaves it out moves nothing.
        if !creates && entity.is_moved(member) {
            extras.push(format!("{wire}: {}.optional()", member_schema(member).text));
        } else if entity.writer(member).is_some() {
            let schema = if shared(member) { format!("fields.{wire}") } else { member_schema(member).text };
            extras.push(format!("{wire}: {schema}.optional()"));
        } else if !shared(member) {
            extras.push(format!("{wire}: {}", create_only(entity, member)));
        } else if !member.required {
            extras.push(format!("{wire}: fields.{wire}{}", absent(entity, member)));
        }
    }
    if extras.is_empty() { "fields".to_owned() } else { format!("{{ ...fields, {} }}", extras.join(", ")) }
}

/// What only a new row may be given; an owner that is left out is the caller.
fn create_only(entity: &Entity, member: &Member) -> String {
    if matches!(member.property.source, Source::Field(id) if entity.spec.owner_field() == Some(id)) {
        return format!("{}.optional()", schema(&member.property.value).text);
    }
    let schema = member_schema(member).text;
    if member.required { schema } else { schema + &absent(entity, member) }
}

/// What a member is where it is left out: its default, or nothing.
fn absent(entity: &Entity, member: &Member) -> String {
    let default = match member.property.source {
        Source::Field(id) => absent_default(entity.spec.field(id)),
        _ => None,
    };
    default.map_or_else(|| ".optional()".to_owned(), |default| format!(".default({default})"))
}

/// What a field is where it is left out, as an argument of `default`; `None` where it has to be given.
fn absent_default(field: &model::Field) -> Option<String> {
    match (&field.default, &field.ty) {
        (Some(Default::Literal(value)), Type::Scalar(scalar)) => Some(literal(value, scalar)),
        (Some(Default::Literal(value)), Type::List { item, .. }) => Some(format!("[{}]", literal(value, item))),
        (Some(Default::Now), Type::Scalar(scalar)) => {
            Some(format!("() => {}", moment(scalar, "new Date().toISOString()")))
        }
        // It depends on another row.
        (Some(Default::Copy { .. }), _) => None,
        _ if field.may_be_empty() => Some("[]".to_owned()),
        _ => field.nullable.then(|| "null".to_owned()),
    }
}

/// The properties that lists are filtered and ordered by, with how they are compared.
fn parameters(entity: &Entity) -> Vec<(String, Schema)> {
    let schema = |property: &Property| {
        let schema = parameter_schema(property.value.scalar());
        let text = format!("{}({})", comparing(property), schema.text);
        let text = if property.nullable { format!("nullable({text})") } else { text };
        Schema { text, ..schema }
    };
    entity.resource.sorts.iter().map(|property| (property.wire.clone(), schema(property))).collect()
}

/// The function of `list-query.ts` that a property's operators have in common with others.
fn comparing(property: &Property) -> &'static str {
    let operators = operators(property);
    if operators.contains(&Operator::Compare(Comparison::Less)) {
        "ordered"
    } else if operators.contains(&Operator::In) {
        "oneOf"
    } else {
        "same"
    }
}

/// What the schemas of an entity use of what all schemas have in common.
#[derive(Clone)]
pub(super) struct Used {
    pub helpers: Vec<Helper>,
    /// How the properties of lists are compared.
    pub filterables: Vec<String>,
}

impl Used {
    pub(super) fn by(entity: &Entity) -> Self {
        let listed = if entity.has(Verb::List) { parameters(entity) } else { Vec::new() };
        Self { helpers: all_helpers(entity), filterables: listed.into_iter().map(|(_, schema)| schema.text).collect() }
    }
}

/// The schema helpers that an entity's schemas use.
fn helpers(entity: &Entity) -> Vec<Helper> {
    let mut helpers = Vec::new();
    if creates(entity) || entity.has_update() {
        helpers.extend(shared_fields(entity).into_iter().flat_map(|member| member_schema(member).helpers));
    }
    if creates(entity) {
        helpers.extend(entity.resource.create.iter().flat_map(|member| member_schema(member).helpers));
    }
    if entity.has(Verb::List) {
        helpers.extend(parameters(entity).into_iter().flat_map(|(_, schema)| schema.helpers));
    }
    helpers.sort();
    helpers.dedup();
    helpers
}

/// The same with those that only the seed needs.
fn all_helpers(entity: &Entity) -> Vec<Helper> {
    let mut all = helpers(entity);
    if entity.is_searched() {
        all.push(Helper::String);
    }
    if entity.makes_rows() {
        all.extend(extra_helpers(entity, &created(entity)));
    }
    all
}

fn imports(entity: &Entity) -> TsImports {
    let names = &entity.names;
    let mut imports = TsImports::new().with_types(&format!("../models/{}.model.js", names.stem), &[&names.row]);
    if creates(entity) || entity.has_update() || entity.has(Verb::List) {
        imports.add(
            "zod",
            if creates(entity) || entity.has_update() { ImportKind::Value } else { ImportKind::Type },
            "z",
        );
    }
    // A schema of the library itself needs it as a value too.
    let bare = parameters(entity).iter().any(|(_, schema)| schema.text.contains("z."));
    if !relations(entity).is_empty() {
        imports = imports.with_values("./list-query.js", &["includeParameter"]);
        if entity.has(Verb::Get) {
            imports = imports.with_values("zod", &["z"]);
        }
    }
    if entity.has(Verb::List) {
        imports = imports.with_values("./list-query.js", &["listQuery"]);
        for (_, schema) in parameters(entity) {
            let calls = ["nullable", "oneOf", "ordered", "same"];
            let used = calls.into_iter().filter(|name| schema.text.contains(&format!("{name}(")));
            imports = used.fold(imports, |imports, name| imports.with_values("./list-query.js", &[name]));
        }
        if entity.is_searched() {
            imports = imports.with_values("./list-query.js", &["searchParameter"]);
        }
        if bare {
            imports = imports.with_values("zod", &["z"]);
        }
    }
    for helper in helpers(entity) {
        imports = imports.with_values(helper.module(), &[helper.name()]);
    }
    let rules = rules(entity);
    if rules.iter().any(|rule| rule.parameters.contains("caller: Caller")) {
        imports = imports.with_types("../utils/caller.js", &["Caller"]);
    }
    if rules.iter().any(|rule| rule.expression.contains("hasRole(")) {
        imports = imports.with_values("../utils/caller.js", &["hasRole"]);
    }
    imports
}
