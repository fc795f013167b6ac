//! The project's own tests.

use std::collections::BTreeSet;

use askama::Template;

use super::hooks;
use crate::code::{TsImports, TsString};
use crate::contract::{
    Action, Admission, Filter, Input as Member, Method, Operator, Predicate, Site, Source, Value, Verb, docs,
};
use crate::model::{AccessOperation, Comparison, Docs, EntityId, FieldId, Model, Type};
use crate::project::{File, Part};
use crate::storage::{Storage, TableOf};
use crate::targets::express::access::{
    AccessTest, Cases, caller_name, first_permitted, is_account, object, permission, readable_rows, verb_word,
};
use crate::targets::express::entity::Entity;
use crate::targets::express::field_tests::field_tests;
use crate::targets::express::files::{fixed, tests, typescript};
use crate::targets::express::included::relations;
use crate::targets::express::names::{Names, field_property};
use crate::targets::express::parts::{Parts, Principal, Variable};
use crate::targets::express::rows::Beside;
use crate::targets::express::samples;
use crate::targets::express::values::strings;
use crate::targets::{Input, RenderError};

#[derive(Template)]
#[template(path = "express/app/tests/setup.ts")]
struct Setup<'a> {
    environment: &'a [(&'static str, &'static str)],
}

#[derive(Template)]
#[template(path = "express/app/tests/support/api.ts")]
struct Api<'a> {
    imports: TsImports,
    principals: &'a [Principal],
}

#[derive(Template)]
#[template(path = "express/app/tests/support/rows.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct Rows {
    imports: TsImports,
    counts: bool,
    /// Whether tests of fields count too.
    exports: bool,
    related: bool,
    ids: bool,
    entities: Vec<RowFactory>,
}

struct RowFactory {
    camel: String,
    pascal: String,
    row: String,
    input_parameters: &'static str,
    input_asynchronous: bool,
    members: Vec<(String, String)>,
    owner: Option<(String, &'static str)>,
    new_arguments: String,
    input_arguments: &'static str,
    overrides: Vec<(String, String)>,
}

/// The function of the test support that waits for a row and gives its id.
const ID_OF: &str = "idOf";

/// The function of the test support that stores a row with others that refer to it.
const WITH_RELATED: &str = "withRelated";

#[derive(Template)]
#[template(path = "express/app/tests/support/resource.ts")]
struct ResourceSupport {
    limit: u32,
    /// Whether some rows can bring others along.
    includes: bool,
    /// Whether some rows take what can be written only once.
    once: bool,
    /// Whether some rows show to some callers only what they hold.
    hides: bool,
    beside: Beside,
}

#[derive(Template)]
#[template(path = "express/app/tests/entity.copies.test.ts")]
struct CopyTest<'a> {
    imports: TsImports,
    names: &'a Names,
    path: &'a str,
    title: String,
    caller: String,
    input_arguments: &'static str,
    rows: Vec<CopiedRow>,
    expected: String,
}

/// A row that a new one copies from.
struct CopiedRow {
    name: String,
    property: String,
    expression: String,
}

#[derive(Template)]
#[template(path = "express/app/tests/entity.fields.test.ts")]
struct FieldTests<'a> {
    imports: TsImports,
    names: &'a Names,
    path: &'a str,
    cases: Vec<String>,
}

#[derive(Template)]
#[template(path = "express/app/tests/entity.access.test.ts")]
struct AccessTests<'a> {
    imports: TsImports,
    names: &'a Names,
    path: &'a str,
    fixed: Option<String>,
    /// The hooks and their module, where there are any.
    hooks: Option<(String, String)>,
    cases: Vec<String>,
}

#[derive(Template)]
#[template(path = "express/app/tests/entity.test.ts")]
struct ResourceTests<'a> {
    imports: TsImports,
    names: &'a Names,
    path: &'a str,
    permitted: Vec<(&'static str, String)>,
    shown: String,
    hidden: Option<String>,
    filters: Vec<[String; 3]>,
    sorts: String,
    exact: String,
    required: String,
    required_again: Option<String>,
    not_created: String,
    not_updated: String,
    invalid: Vec<[String; 3]>,
    references: String,
    sets: Option<String>,
    compared: Vec<[String; 3]>,
    unique: String,
    /// The relations whose rows can come along.
    relations: Option<String>,
}

#[derive(Template)]
#[template(path = "express/app/tests/http.test.ts")]
struct HttpTest<'a> {
    base: &'a str,
    max_body: u32,
    post: Option<String>,
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

pub(super) fn files(input: &Input, entities: &[Entity], parts: &Parts) -> Result<Vec<File>, RenderError> {
    let readable = readable_rows(input.model, input.contract);
    let cases = Cases { model: input.model, contract: input.contract, readable: &readable };
    let setup = Setup { environment: &parts.test_environment };
    let config = config_test(parts);
    let invalid = config.invalid.len();
    let http =
        HttpTest { base: &input.contract.base, max_body: input.contract.limits.body_bytes, post: open_post(input) };
    let has_docs = input.contract.docs != Docs::Never;
    let about = AboutTest { has_docs, page_path: docs::PAGE_PATH, style_path: docs::STYLE_PATH };
    let http_tests = if http.post.is_some() { 36 } else { 16 };
    let mut files = vec![
        typescript("tests/setup.ts", Part::Test, &setup)?,
        typescript("tests/support/api.ts", Part::Test, &api(parts))?,
        tests("tests/http.test.ts", http_tests, &http)?,
        tests("tests/about.test.ts", if has_docs { 7 } else { 2 }, &about)?,
        File {
            tests: 8,
            ..fixed(
                "tests/cors.test.ts",
                Part::Test,
                include_str!("../../../../templates/express/app/tests/cors.test.ts"),
            )?
        },
        tests("tests/config.test.ts", 4 + invalid, &config)?,
        tests("tests/openapi.test.ts", 1, &OpenApiTest { base: &input.contract.base })?,
        File {
            tests: 1,
            ..fixed(
                "tests/rate-limit.test.ts",
                Part::Test,
                include_str!("../../../../templates/express/app/tests/rate-limit.test.ts"),
            )?
        },
    ];
    let with_rows: Vec<&Entity> =
        entities.iter().filter(|entity| entity.makes_rows() && entity.has_service()).collect();
    let tested: Vec<&Entity> = with_rows.iter().copied().filter(|entity| entity.has_routes()).collect();
    let tried: Vec<Vec<AccessTest>> = tested.iter().map(|entity| cases.of(entity)).collect();
    let access: Vec<AccessTests> =
        tested.iter().zip(&tried).map(|(entity, tests)| access_tests(input.model, tests, entity)).collect();
    if !with_rows.is_empty() {
        let with_fields = with_rows.iter().any(|entity| has_field_tests(entity));
        let made = rows(cases, input.storage, &with_rows, &access);
        files.push(typescript("tests/support/rows.ts", Part::Test, &made)?);
        if with_fields {
            let text = include_str!("../../../../templates/express/app/tests/support/fields.ts");
            files.push(fixed("tests/support/fields.ts", Part::Test, text)?);
        }
        let support = ResourceSupport {
            limit: input.contract.limits.page_size_max,
            includes: with_rows.iter().any(|entity| !relations(entity).is_empty()),
            once: with_rows.iter().any(|entity| entity.written_once().next().is_some()),
            hides: with_rows.iter().any(|entity| entity.has_routes() && entity.readers().next().is_some()),
            beside: Beside::of(input.model, input.plan),
        };
        files.push(typescript("tests/support/resource.ts", Part::Test, &support)?);
    }
    for ((entity, tried), access) in tested.into_iter().zip(&tried).zip(access) {
        let count = access.cases.len() + hooks_tried(entity, tried);
        files.push(tests(&format!("tests/{}.access.test.ts", entity.names.stem), count, &access)?);
        let asks_caller = !factory(cases, input.storage, entity).input_parameters.is_empty();
        if let Some(copies) = copy_test(cases, tried, entity, asks_caller) {
            files.push(tests(&format!("tests/{}.copies.test.ts", entity.names.stem), 1, &copies)?);
        }
        if has_field_tests(entity) {
            let cases = field_tests(input.contract, entity, tried);
            let (count, text) = (cases.len(), cases.concat());
            let mut imports = other_imports(input.model, row_imports(&entity.names), &text);
            if text.contains("next()") {
                imports = imports.with_values("./support/rows.js", &["next"]);
            }
            if text.contains("randomUUID()") {
                imports = imports.with_values("node:crypto", &["randomUUID"]);
            }
            let fields = FieldTests { imports, names: &entity.names, path: &entity.resource.path, cases };
            files.push(tests(&format!("tests/{}.fields.test.ts", entity.names.stem), count, &fields)?);
        }
        let resource = resource_tests(input.model, tried, entity);
        let count = count_of(&resource);
        files.push(tests(&format!("tests/{}.test.ts", entity.names.stem), count, &resource)?);
    }
    Ok(files)
}

/// Whether there are rules on an entity's fields to be tried.
fn has_field_tests(entity: &Entity) -> bool {
    entity.has_routes() && (!entity.fields.is_empty() || entity.has_update() && !entity.moves.is_empty())
}

fn api(parts: &Parts) -> Api<'_> {
    let mut imports =
        TsImports::new().with_default("supertest", "request").with_values("../../src/app.js", &["createApp"]);
    imports.extend(&parts.principal_imports);
    Api { imports, principals: &parts.principals }
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

fn rows(cases: Cases, storage: &Storage, entities: &[&Entity], tests: &[AccessTests]) -> Rows {
    let factories: Vec<RowFactory> = entities.iter().map(|entity| factory(cases, storage, entity)).collect();
    let text: String = factories.iter().flat_map(|factory| &factory.members).map(|(_, value)| value.as_str()).collect();
    let owners = factories.iter().any(|factory| factory.owner.is_some());
    let callers = factories.iter().any(|factory| !factory.input_parameters.is_empty());
    let mut imports = TsImports::new().with_values("../../src/db/client.js", &["write"]);
    for entity in entities {
        let names = &entity.names;
        imports = imports
            .with_types(&format!("../../src/models/{}.model.js", names.stem), &[&names.row])
            .with_types(&format!("../../src/schemas/{}.schema.js", names.stem), &[&format!("{}Create", names.pascal)])
            .with_namespace(
                &format!("../../src/repositories/{}.repository.js", names.stem),
                &format!("{}Repository", names.camel),
            )
            .with_values(&format!("../../src/services/{}.service.js", names.stem), &[&format!("new{}", names.pascal)]);
    }
    if owners || text.contains("signUp()") {
        imports = imports.with_values("./users.js", &["signUp"]);
    }
    if callers {
        imports = imports.with_types("./api.js", &["Principal"]).with_values("./api.js", &["nobody"]);
    }
    if text.contains("randomUUID()") {
        imports = imports.with_values("node:crypto", &["randomUUID"]);
    }
    let fields = entities.iter().filter(|entity| has_field_tests(entity));
    let mut guarded = fields.flat_map(|entity| entity.guarded(&entity.resource.create));
    let exports = guarded.any(|(_, member)| match member.property.source {
        Source::Field(id) if member.refers_to.is_none() => {
            samples::expression(&member.property.value, false).contains("next()")
                || samples::expression(&member.property.value, true).contains("next()")
                    && entities
                        .iter()
                        .any(|entity| entity.resource.create.contains(member) && entity.spec.field(id).unique)
        }
        _ => false,
    });
    let calls = |name: &str| {
        let call = format!("{name}(");
        text.contains(&call) || tests.iter().flat_map(|tests| &tests.cases).any(|case| case.contains(&call))
    };
    Rows {
        imports,
        counts: exports || text.contains("next()"),
        exports,
        related: calls(WITH_RELATED),
        ids: calls(ID_OF),
        entities: factories,
    }
}

/// How tests make rows of an entity.
fn factory(cases: Cases, storage: &Storage, entity: &Entity) -> RowFactory {
    let names = &entity.names;
    let facts = cases.readable_row(entity.id);
    let mut members = Vec::new();
    let mut asks_caller = false;
    let owner = entity.spec.owner_field();
    for member in &entity.resource.create {
        let Source::Field(id) = member.property.source else { continue };
        let wire = member.property.wire.clone();
        let mut fact = facts.values.iter().filter(|(field, _)| *field == id);
        let value = match (member.refers_to, fact.next_back()) {
            // The owner is whoever calls, and what only some may give no row needs.
            _ if owner == Some(id) || entity.writer(member).is_some() => continue,
            (Some(to), _) if matches!(member.property.value, Value::Keys { .. }) => {
                let (text, with_caller) = set(cases, storage, entity, member, to);
                asks_caller |= with_caller;
                text
            }
            (Some(_), _) if facts.another.contains(&id) => "(await signUp()).id".to_owned(),
            (Some(_), _) if !member.required => "null".to_owned(),
            (Some(to), _) if is_account(cases.model, to) => {
                asks_caller = true;
                "caller.id ?? (await signUp()).id".to_owned()
            }
            (Some(to), _) => {
                let (text, with_caller) = stored_row(cases, to);
                asks_caller |= with_caller;
                text
            }
            (None, Some(fact)) => {
                object(entity.spec, &[fact]).split_once(": ").map_or_else(String::new, |(_, value)| value.to_owned())
            }
            (None, None) => {
                let is_unique = entity.spec.field(id).unique || tells_apart(entity, id);
                samples::expression(&member.property.value, is_unique)
            }
        };
        members.push((wire, value));
    }
    let needed = entity.spec.fields().filter(|(id, field)| {
        let given = entity.resource.create.iter().any(|member| member.property.source == Source::Field(*id));
        owner != Some(*id) && !given && !field.nullable && field.default.is_none()
    });
    let overrides = needed.filter_map(|(_, field)| match &field.ty {
        crate::model::Type::Scalar(scalar) => Some((
            field_property(field),
            samples::expression(&crate::contract::Value::One(scalar.clone()), field.unique),
        )),
        _ => None,
    });
    let owner = entity
        .owner()
        .map(|(_, field)| (field_property(field), if field.nullable { "string | null" } else { "string" }));
    RowFactory {
        camel: names.camel.clone(),
        pascal: names.pascal.clone(),
        row: names.row.clone(),
        input_parameters: if asks_caller { "caller: Principal" } else { "" },
        input_asynchronous: members.iter().any(|(_, value)| value.contains("await ")),
        input_arguments: if asks_caller { "nobody" } else { "" },
        new_arguments: owner.as_ref().map_or_else(String::new, |(property, _)| format!(", {property}"))
            + &copied_arguments(entity),
        owner,
        members,
        overrides: overrides.collect(),
    }
}

/// A test that new rows copy what they should, where somebody may create one and see that.
fn copy_test<'a>(
    cases: Cases,
    tried: &[AccessTest],
    entity: &'a Entity,
    input_asks_caller: bool,
) -> Option<CopyTest<'a>> {
    // What rules look at has to be given too, which other tests see to.
    let is_free = |test: &&AccessTest| {
        let row = &test.case.row;
        row.values.is_empty() && row.at.is_empty() && row.related.is_empty() && row.shared.is_empty()
    };
    let is_done = |test: &&AccessTest| test.case.verb == Verb::Create && test.expected.status < 400;
    let permitted = tried.iter().filter(is_done).find(is_free)?;
    let mut imports = TsImports::new()
        .with_values("vitest", &["expect", "test"])
        .with_values("./support/api.js", &["api", "principals"])
        .with_values("./support/rows.js", &[&format!("{}Input", entity.names.camel)]);
    let is_shown = |field: &crate::model::Field| {
        let property = field_property(field);
        !field.private && entity.readers().all(|rule| rule.property != property)
    };
    let (mut rows, mut expected) = (Vec::new(), Vec::new());
    for (through, fields) in entity.copied() {
        let to = through.reference()?.to;
        let (stored, _) = stored_row(cases, to);
        let name = format!("{}Row", through.name.camel());
        let source = cases.model.entity(to);
        imports = imports.with_values("./support/rows.js", &[&format!("store{}", source.name.pascal())]);
        expected.extend(
            fields.iter().filter(|(field, _)| is_shown(field)).map(|(field, from)| {
                format!("{}: {name}.{}", field_property(field), field_property(source.field(*from)))
            }),
        );
        let expression = stored.trim_start_matches('(').trim_end_matches(").id").to_owned();
        rows.push(CopiedRow { name, property: field_property(through), expression });
    }
    (!expected.is_empty()).then(|| CopyTest {
        imports,
        names: &entity.names,
        path: &entity.resource.path,
        title: permitted.guards.iter().map(|guard| format!("[{guard}]")).collect::<Vec<_>>().join(" "),
        caller: caller_name(cases.model, &permitted.case.caller),
        input_arguments: if input_asks_caller { "caller" } else { "" },
        rows,
        expected: expected.join(", "),
    })
}

/// Values in the place of those that a new row copies from others.
fn copied_arguments(entity: &Entity) -> String {
    let values = entity.copies().map(|field| {
        let value = match &field.ty {
            Type::Scalar(scalar) => samples::expression(&Value::One(scalar.clone()), field.unique),
            Type::List { .. } | Type::Reference(_) | Type::Many(_) => "null".to_owned(),
        };
        format!("{}: {value}", field_property(field))
    });
    let values: Vec<String> = values.collect();
    if values.is_empty() { String::new() } else { format!(", {{ {} }}", values.join(", ")) }
}

/// Whether a field has to be different in all rows, so that no two have a whole set of values in common.
fn tells_apart(entity: &Entity, field: FieldId) -> bool {
    use crate::model::Scalar;
    let values = |id: &FieldId| match &entity.spec.field(*id).ty {
        Type::Scalar(Scalar::Uuid | Scalar::Email | Scalar::Url) => 4,
        Type::Scalar(Scalar::String { length, .. } | Scalar::Text { length, .. }) if length.max > 3 => 3,
        Type::Scalar(Scalar::DateTime | Scalar::Date(_) | Scalar::Number(_) | Scalar::Bigint(_)) => 2,
        Type::Scalar(Scalar::Integer(_) | Scalar::Decimal { .. } | Scalar::Time(_)) => 1,
        _ => 0,
    };
    let best = |fields: &[FieldId]| fields.iter().copied().rev().max_by_key(values).filter(|id| values(id) > 0);
    entity.spec.unique.iter().any(|set| best(&set.fields) == Some(field))
}

/// An expression for a set of rows: those that there must be, or one where everybody may read it.
fn set(cases: Cases, storage: &Storage, entity: &Entity, member: &Member, to: EntityId) -> (String, bool) {
    let Value::Keys { count } = &member.property.value else { return ("[]".to_owned(), false) };
    let place = |id| storage.tables.iter().position(|table| table.of == TableOf::Entity(id));
    let plan = &cases.contract.plan;
    let is_open = *plan.admission(to, AccessOperation::Get) == Admission::Anyone
        && *plan.predicate(to, AccessOperation::Get, Site::Row) == Predicate::Always;
    // Rows of entities that refer to each other would have to be there before each other.
    let wanted = if is_open && place(to) < place(entity.id) { 1.min(count.max) } else { 0 }.max(count.min);
    if is_account(cases.model, to) {
        let accounts = vec!["caller.id ?? (await signUp()).id"; wanted as usize];
        return (format!("[{}]", accounts.join(", ")), wanted > 0);
    }
    let (row, with_caller) = stored_row(cases, to);
    (format!("[{}]", vec![row; wanted as usize].join(", ")), with_caller && wanted > 0)
}

/// An expression that stores a row which as many callers as possible may read, and gives its id.
fn stored_row(cases: Cases, entity: crate::model::EntityId) -> (String, bool) {
    let facts = cases.readable_row(entity);
    let model = cases.model.entity(entity);
    let camel = model.name.pascal();
    if !facts.at.is_empty() {
        let text = crate::targets::express::rows::store(cases.model, entity, facts, "caller.id");
        let asks = text.contains("caller.id");
        let chosen = if asks { format!("(caller.id ? {text} : store{camel}())") } else { text };
        return (format!("(await {chosen}).id"), asks);
    }
    let mine: Vec<String> =
        facts.mine.iter().map(|id| format!("{}: caller.id", field_property(model.field(*id)))).collect();
    let given = if mine.is_empty() { String::new() } else { format!("caller.id ? {{ {} }} : {{}}", mine.join(", ")) };
    (format!("(await store{camel}({given})).id"), !mine.is_empty())
}

/// What makes and stores rows of an entity; which of the two names comes first depends on the entity's.
fn row_imports(names: &Names) -> TsImports {
    let (input, store) = (format!("{}Input", names.camel), format!("store{}", names.pascal));
    TsImports::new().with_values("./support/rows.js", &[&input, &store])
}

/// What makes the rows that test cases need beside their own.
fn other_imports(model: &Model, imports: TsImports, text: &str) -> TsImports {
    let stores = model.entities.iter().map(|entity| format!("store{}", entity.name.pascal()));
    let helpers = [ID_OF.to_owned(), WITH_RELATED.to_owned()];
    let used = stores.chain(helpers).filter(|name| text.contains(&format!("{name}(")));
    let imports = used.fold(imports, |imports, name| imports.with_values("./support/rows.js", &[&name]));
    if text.contains("signUp(") { imports.with_values("./support/users.js", &["signUp"]) } else { imports }
}

fn access_tests<'a>(model: &Model, tests: &[AccessTest], entity: &'a Entity) -> AccessTests<'a> {
    let case = |test: &AccessTest| {
        let listed = if test.case.verb == Verb::List && test.expected.status < 400 {
            format!(", listed: {}", test.expected.visible)
        } else {
            String::new()
        };
        format!(
            "{{ {}, verb: \"{}\", status: {}{listed} }}",
            permission(entity, test),
            verb_word(test.case.verb),
            test.expected.status
        )
    };
    let tests: Vec<String> = tests.iter().map(case).collect();
    AccessTests {
        imports: other_imports(model, row_imports(&entity.names), &tests.concat()),
        names: &entity.names,
        path: &entity.resource.path,
        fixed: only_once(entity),
        hooks: entity.has_hooks().then(|| (hooks::name(entity), format!("../src/{}", hooks::module(entity)))),
        cases: tests,
    }
}

/// How many hooks are tried: one for each kind of write that somebody may do.
fn hooks_tried(entity: &Entity, tests: &[AccessTest]) -> usize {
    let permitted = |verb| tests.iter().any(|test| test.case.verb == verb && test.expected.status < 400);
    let verbs = [Verb::Create, Verb::Patch, Verb::Delete].into_iter();
    if entity.has_hooks() { verbs.filter(|verb| permitted(*verb)).count() } else { 0 }
}

/// What only a new row is given.
fn only_once(entity: &Entity) -> Option<String> {
    let names: Vec<&str> = entity.written_once().map(|member| member.property.wire.as_str()).collect();
    (!names.is_empty()).then(|| strings(&names))
}

#[allow(clippy::too_many_lines, reason = "a line for each thing that the template prints")]
fn resource_tests<'a>(model: &Model, tests: &[AccessTest], entity: &'a Entity) -> ResourceTests<'a> {
    let resource = entity.resource;
    let update = if entity.has(Verb::Patch) { Verb::Patch } else { Verb::Put };
    let permitted = [("list", Verb::List), ("get", Verb::Get), ("create", Verb::Create), ("update", update)];
    let permitted: Vec<(&'static str, String)> = permitted
        .into_iter()
        .filter_map(|(name, verb)| Some((name, format!("{{ {} }}", permission(entity, first_permitted(tests, verb)?)))))
        .collect();
    let wires = |sources: &[crate::contract::Property]| {
        sources.iter().map(|property| property.wire.clone()).collect::<Vec<String>>()
    };
    let listed = first_permitted(tests, Verb::List).map(|test| &test.case.row);
    let is_null = |source: Source| match (source, listed) {
        (Source::Field(field), Some(row)) => row.nulls.contains(&field),
        _ => false,
    };
    let stored: BTreeSet<Source> = resource
        .row
        .iter()
        .map(|property| property.source)
        .filter(|source| !is_empty_in_tests(entity, *source) && !is_null(*source))
        .collect();
    let required = |members: &[crate::contract::Input]| {
        members.iter().filter(|member| member.required).map(|member| member.property.wire.clone()).collect::<Vec<_>>()
    };
    let unwritten = |members: &[crate::contract::Input]| {
        let shown = wires(&resource.row).into_iter();
        let hidden = entity.spec.fields.iter().map(field_property);
        let mut names: Vec<String> = shown.chain(hidden).collect();
        names.retain(|name| members.iter().all(|member| member.property.wire != *name));
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    };
    let shown =
        resource.row.iter().filter(|property| entity.readers().all(|rule| rule.guard.source != property.source));
    let shown: Vec<String> = shown.map(|property| property.wire.clone()).collect();
    let is_free = |source: Source| entity.readers().all(|rule| rule.guard.source != source);
    let sorts = resource.sorts.iter().filter(|property| is_free(property.source));
    let sorts: Vec<String> = sorts.map(|property| property.wire.clone()).collect();
    let hidden: Vec<String> = entity.readers().map(|rule| rule.property.clone()).collect();
    let plain = given(entity);
    let is_fixed = entity.written_once().next().is_some();
    let required_once: Vec<String> =
        entity.written_once().filter(|member| member.required).map(|member| member.property.wire.clone()).collect();
    let invalid = plain
        .clone()
        .flat_map(|member| samples::invalid(&member.property.wire, &member.property.value, member.property.nullable));
    let equal = Operator::Compare(Comparison::Equal);
    let is_set = |member: &&Member| matches!(member.property.value, Value::Keys { .. });
    let unique = plain.clone().filter(|member| match member.property.source {
        Source::Field(id) => {
            entity.spec.field(id).unique && member.refers_to.is_none() && entity.writer(member).is_none()
        }
        _ => false,
    });
    let setups: String = permitted.iter().map(|(_, text)| text.as_str()).collect();
    ResourceTests {
        imports: other_imports(model, row_imports(&entity.names), &setups),
        names: &entity.names,
        path: &resource.path,
        permitted,
        shown: strings(&shown),
        hidden: (!hidden.is_empty()).then(|| strings(&hidden)),
        filters: resource
            .filters
            .iter()
            .filter(|filter| is_free(filter.property.source))
            .filter(|filter| filter.operator == equal && stored.contains(&filter.property.source))
            .map(|filter| {
                let text = |text: &str| TsString::from(text).to_string();
                let others = strings(&samples::parameters(&filter.property.value));
                [text(&filter.parameter), text(&filter.property.wire), others]
            })
            .collect(),
        sorts: strings(&sorts),
        exact: strings(&exact(entity)),
        required: strings(&[required(&resource.update), required_once].concat()),
        required_again: is_fixed.then(|| strings(&required(&resource.update))),
        not_created: strings(&unwritten(&resource.create)),
        not_updated: strings(&unwritten(&resource.update)),
        invalid: invalid.collect(),
        compared: compared(entity, is_free, |source| stored.contains(&source)),
        sets: Some(
            plain
                .clone()
                .filter(is_set)
                .filter(|member| entity.writer(member).is_none())
                .map(|member| member.property.wire.clone())
                .collect::<Vec<_>>(),
        )
        .filter(|sets| !sets.is_empty())
        .map(|sets| strings(&sets)),
        references: strings(
            &resource
                .update
                .iter()
                .filter(|member| member.refers_to.is_some() && !is_set(member) && entity.writer(member).is_none())
                .map(|member| member.property.wire.clone())
                .collect::<Vec<_>>(),
        ),
        unique: strings(&unique.map(|member| member.property.wire.clone()).collect::<Vec<_>>()),
        relations: relation_names(entity),
    }
}

/// The relations whose rows can come along.
fn relation_names(entity: &Entity) -> Option<String> {
    let names: Vec<&str> = relations(entity).iter().map(|include| include.wire.as_str()).collect();
    (!names.is_empty()).then(|| strings(&names))
}

/// The filters that compare otherwise than by equality, with what they compare and how.
fn compared(entity: &Entity, is_free: impl Fn(Source) -> bool, is_stored: impl Fn(Source) -> bool) -> Vec<[String; 3]> {
    let text = |text: &str| TsString::from(text).to_string();
    let tried = entity.resource.filters.iter().filter(|filter| {
        let source = filter.property.source;
        let other = filter.operator != Operator::Compare(Comparison::Equal) && source != Source::Id;
        other && is_free(source) && (filter.operator == Operator::Null || is_stored(source))
    });
    let row = |filter: &Filter| [text(&filter.parameter), text(&filter.property.wire), text(filter.operator.word())];
    tried.map(row).collect()
}

/// What anybody who may create a row may give it.
fn given<'e>(entity: &'e Entity) -> impl Iterator<Item = &'e crate::contract::Input> + Clone {
    let owner = entity.spec.owner_field().map(Source::Field);
    entity.resource.create.iter().filter(move |member| Some(member.property.source) != owner)
}

/// Whether the rows of tests have no value there.
fn is_empty_in_tests(entity: &Entity, source: Source) -> bool {
    let Source::Field(id) = source else { return false };
    let field = entity.spec.field(id);
    let gives = |member: &Member| member.property.source == source && entity.writer(member).is_none();
    let given = entity.resource.create.iter().any(gives);
    let copied = field.copied().is_some();
    field.nullable && !copied && (field.reference().is_some() || !given) && field.default.is_none()
}

/// The sortable numbers that are written as text.
fn exact(entity: &Entity) -> Vec<String> {
    use crate::contract::Value;
    use crate::model::Scalar;
    let is_exact = |value: &Value| matches!(value, Value::One(Scalar::Decimal { .. } | Scalar::Bigint(_)));
    let exact = entity.resource.sorts.iter().filter(|property| is_exact(&property.value));
    exact.map(|property| property.wire.clone()).collect()
}

/// How many tests the rows of the tables come to in `tests/support/resource.ts`.
fn count_of(tests: &ResourceTests) -> usize {
    let has = |name: &str| tests.permitted.iter().any(|(of, _)| *of == name);
    let items = |list: &str| if list == "[]" { 0 } else { list.matches(", ").count() + 1 };
    let mut count = 0;
    if has("create") {
        count +=
            3 + items(&tests.not_created) + 2 + tests.invalid.len() + items(&tests.references) + items(&tests.unique);
    }
    if has("update") {
        count += 4 + items(&tests.not_updated) + items(&tests.references);
    }
    let relations = tests.relations.as_deref().map_or(0, items);
    count += relations * (usize::from(has("list")) + usize::from(has("get")));
    let sets = tests.sets.as_deref().map_or(0, items);
    count += sets * (usize::from(has("create")) + usize::from(has("update")));
    if has("list") {
        count += 3 + tests.filters.len() + tests.compared.len() + items(&tests.sorts) + 12;
    }
    if has("get") {
        count += 3 + 3;
    }
    count
}
