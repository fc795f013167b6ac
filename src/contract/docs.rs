//! The page that documents an API for people: one static file, made of the OpenAPI document.

mod source;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::rc::Rc;

use askama::Template;
use serde_json::{Map, Value as Json};

use self::source::Source;
use super::openapi::Document;
use crate::code::{HtmlText, compact_json, is_same, pretty_json};
use crate::model::Model;

/// Where a server shows the page.
pub const PAGE_PATH: &str = "/docs";

/// Where it shows what the page looks like.
pub const STYLE_PATH: &str = "/docs.css";

/// What the page looks like, the same for every API.
pub const STYLE: &str = include_str!("../../templates/docs/docs.css");

/// Where examples send their requests.
const SERVER: &str = "http://127.0.0.1:3000";

/// The page; it has no script, and takes nothing from elsewhere. What is made of parts of the document that are as they
/// were the last time is not made again.
///
/// # Errors
///
/// A template failed, which is a bug.
pub fn page(model: &Model, document: &Document) -> Result<String, askama::Error> {
    LAST.with_borrow_mut(|last| {
        let mut shown = Shown { document: document.shared(), ..Shown::default() };
        let document = document.value();
        let mut of_groups = operations(document, &mut shown, last)?;
        let groups = members(document, "/tags").map(|tag| group(tag, &mut of_groups)).collect();
        let schemas = object(document, "/components/schemas");
        let page = Page {
            title: HtmlText::from(model.name.as_str()),
            description: text_at(document, "/info/description"),
            style_path: STYLE_PATH,
            groups,
            schemas: schemas
                .map(|(name, schema)| whole_schema(name, schema, &mut shown, last))
                .collect::<Result<_, _>>()?,
        };
        let page = page.render()?;
        *last = shown;
        Ok(page.trim_end().to_owned() + "\n")
    })
}

thread_local! {
    static LAST: RefCell<Shown> = RefCell::default();
}

/// A document, and what was made of its parts.
#[derive(Default)]
struct Shown {
    document: Rc<Json>,
    /// By path and method.
    operations: BTreeMap<(String, String), String>,
    /// By name.
    schemas: BTreeMap<String, String>,
}

#[derive(Template)]
#[template(path = "docs/index.html")]
struct Page {
    title: HtmlText,
    description: Option<HtmlText>,
    style_path: &'static str,
    groups: Vec<Group>,
    schemas: Vec<String>,
}

struct Group {
    anchor: HtmlText,
    name: HtmlText,
    description: Option<HtmlText>,
    operations: Vec<String>,
}

#[derive(Template)]
#[template(path = "docs/operation.html")]
struct Operation {
    anchor: HtmlText,
    verb: HtmlText,
    method: HtmlText,
    path: HtmlText,
    summary: HtmlText,
    who: Option<HtmlText>,
    example: HtmlText,
    parameters: Vec<Parameter>,
    body: Option<Body>,
    answers: Vec<Answer>,
}

struct Parameter {
    name: HtmlText,
    place: HtmlText,
    value: HtmlText,
    text: HtmlText,
    required: bool,
}

struct Body {
    link: Option<HtmlText>,
    fields: Vec<Field>,
}

struct Field {
    name: HtmlText,
    value: HtmlText,
    text: HtmlText,
    required: bool,
}

struct Answer {
    status: HtmlText,
    /// The first digit of the status.
    class: HtmlText,
    text: HtmlText,
    link: Option<HtmlText>,
}

#[derive(Template)]
#[template(path = "docs/schema.html")]
struct Schema {
    name: HtmlText,
    value: HtmlText,
    description: Option<HtmlText>,
    fields: Vec<Field>,
    example: Option<HtmlText>,
}

type OfGroups<'d> = BTreeMap<&'d str, Vec<String>>;

/// All operations, by the name of their group.
fn operations<'d>(document: &'d Json, shown: &mut Shown, last: &mut Shown) -> Result<OfGroups<'d>, askama::Error> {
    let mut groups = OfGroups::new();
    for (path, item) in object(document, "/paths") {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let source = Source::of(document, path, method, operation);
            let key = (path.clone(), method.clone());
            let known = source.within(&last.document).is_some_and(|former| former.is_same(&source));
            let text = match last.operations.remove(&key).filter(|_| known) {
                Some(text) => text,
                None => self::operation(&source).render()?.trim_end().to_owned(),
            };
            let group = operation["tags"][0].as_str().unwrap_or_default();
            groups.entry(group).or_default().push(text.clone());
            shown.operations.insert(key, text);
        }
    }
    Ok(groups)
}

fn group(tag: &Json, of_groups: &mut OfGroups) -> Group {
    let name = text(tag, "name");
    Group {
        anchor: HtmlText::from(name.to_ascii_lowercase().replace(' ', "-").as_str()),
        name: HtmlText::from(name),
        description: text_at(tag, "/description"),
        operations: of_groups.remove(name).unwrap_or_default(),
    }
}

fn operation(source: &Source) -> Operation {
    let Source { path, method, operation, body, answers } = source;
    Operation {
        anchor: HtmlText::from(text(operation, "operationId")),
        verb: HtmlText::from(*method),
        method: HtmlText::from(method.to_ascii_uppercase().as_str()),
        path: HtmlText::from(*path),
        summary: HtmlText::from(text(operation, "summary")),
        who: who(operation),
        example: HtmlText::from(curl(source).as_str()),
        parameters: members(operation, "/parameters").map(parameter).collect(),
        body: body.map(|(schema, whole)| Body { link: name_of(schema).map(HtmlText::from), fields: fields(whole) }),
        answers: answers.iter().map(|(status, answer)| self::answer(status, answer)).collect(),
    }
}

/// Who may ask: the rule, or whether a token is needed.
fn who(operation: &Json) -> Option<HtmlText> {
    let needed = operation["security"].as_array()?;
    let open = needed.is_empty() || needed.iter().any(|way| way.as_object().is_some_and(Map::is_empty));
    let by_itself = if open { "Allowed for anyone." } else { "Allowed for signed-in users." };
    Some(HtmlText::from(operation["description"].as_str().unwrap_or(by_itself)))
}

/// A command that does it, for a shell.
fn curl(source: &Source) -> String {
    let Source { path, method, operation, body, .. } = source;
    let id = "01890000-0000-7000-8000-000000000000";
    let address = format!("{SERVER}{}", path.replace("{id}", id));
    let mut command = match *method {
        "get" => format!("curl {address}"),
        _ => format!("curl -X {} {address}", method.to_ascii_uppercase()),
    };
    // Writing to a string cannot fail.
    if operation["security"]
        .as_array()
        .is_some_and(|ways| ways.iter().all(|way| way.get("bearer").is_some()) && !ways.is_empty())
    {
        command.push_str(" \\\n  -H \"Authorization: Bearer $TOKEN\"");
    }
    if let Some((_, schema)) = body {
        let example = schema.pointer("/examples/0").unwrap_or(&Json::Null);
        let body = pretty_json(example).trim_end().replace('\'', "'\\''");
        let _ = write!(command, " \\\n  -H 'Content-Type: application/json' \\\n  -d '{body}'");
    }
    command
}

fn parameter(parameter: &Json) -> Parameter {
    Parameter {
        name: HtmlText::from(text(parameter, "name")),
        place: HtmlText::from(text(parameter, "in")),
        value: HtmlText::from(value(&parameter["schema"]).as_str()),
        text: HtmlText::from(text(parameter, "description")),
        required: parameter["required"] == true,
    }
}

fn answer(status: &str, answer: &Json) -> Answer {
    let schema = answer.pointer("/content/application~1json/schema");
    let inner = schema.map(|schema| {
        let data = schema.pointer("/properties/data").unwrap_or(schema);
        data.get("items").unwrap_or(data)
    });
    Answer {
        status: HtmlText::from(status),
        class: HtmlText::from(&status[..status.len().min(1)]),
        text: HtmlText::from(text(answer, "description")),
        link: inner.and_then(name_of).map(HtmlText::from),
    }
}

fn whole_schema(name: &String, schema: &Json, shown: &mut Shown, last: &mut Shown) -> Result<String, askama::Error> {
    let known = last.document["components"]["schemas"].get(name).is_some_and(|former| is_same(former, schema));
    let text = match last.schemas.remove(name).filter(|_| known) {
        Some(text) => text,
        None => self::schema(name, schema).render()?.trim_end().to_owned(),
    };
    shown.schemas.insert(name.clone(), text.clone());
    Ok(text)
}

fn schema(name: &str, schema: &Json) -> Schema {
    Schema {
        name: HtmlText::from(name),
        value: HtmlText::from(value(schema).as_str()),
        description: text_at(schema, "/description"),
        fields: fields(schema),
        example: schema.pointer("/examples/0").map(|example| HtmlText::from(pretty_json(example).trim_end())),
    }
}

fn fields(schema: &Json) -> Vec<Field> {
    let required = |name: &str| schema["required"].as_array().is_some_and(|names| names.iter().any(|of| of == name));
    let field = |(name, schema): (&String, &Json)| Field {
        name: HtmlText::from(name.as_str()),
        value: HtmlText::from(value(schema).as_str()),
        text: HtmlText::from(text(schema, "description")),
        required: required(name),
    };
    object(schema, "/properties").map(field).collect()
}

/// What a schema takes, in a few words.
fn value(schema: &Json) -> String {
    if let Some(name) = name_of(schema) {
        return name.to_owned();
    }
    if let Some(words) = schema["enum"].as_array() {
        return words
            .iter()
            .map(|word| word.as_str().map_or_else(|| compact_json(word), str::to_owned))
            .collect::<Vec<_>>()
            .join(" | ");
    }
    if let Some(ways) = schema["anyOf"].as_array() {
        return ways.iter().map(value).collect::<Vec<_>>().join(" or ");
    }
    if let Some(constant) = schema.get("const") {
        return compact_json(constant);
    }
    let mut words = match &schema["type"] {
        Json::Array(types) => types.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(" or "),
        other => other.as_str().unwrap_or("anything").to_owned(),
    };
    if let Some(items) = schema.get("items") {
        // Writing to a string cannot fail.
        let _ = write!(words, " of {}", value(items));
    }
    for (least, most, unit) in [
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " items"),
        ("minimum", "maximum", ""),
        ("exclusiveMinimum", "exclusiveMaximum", " (exclusive)"),
    ] {
        match (schema.get(least).map(compact_json), schema.get(most).map(compact_json)) {
            (Some(least), Some(most)) => drop(write!(words, ", {least} to {most}{unit}")),
            (Some(least), None) => drop(write!(words, ", at least {least}{unit}")),
            (None, Some(most)) => drop(write!(words, ", at most {most}{unit}")),
            (None, None) => {}
        }
    }
    if let Some(default) = schema.get("default") {
        let _ = write!(words, ", default {}", compact_json(default));
    }
    words
}

/// The name of the schema that one refers to.
fn name_of(schema: &Json) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix("#/components/schemas/")
}

/// What a reference refers to; anything else is itself.
fn resolved<'d>(document: &'d Json, part: &'d Json) -> &'d Json {
    let pointer = part["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).unwrap_or(part)
}

fn text<'j>(part: &'j Json, name: &str) -> &'j str {
    part[name].as_str().unwrap_or_default()
}

fn text_at(part: &Json, pointer: &str) -> Option<HtmlText> {
    part.pointer(pointer)?.as_str().map(HtmlText::from)
}

fn members<'j>(part: &'j Json, pointer: &str) -> impl Iterator<Item = &'j Json> {
    part.pointer(pointer).and_then(Json::as_array).into_iter().flatten()
}

fn object<'j>(part: &'j Json, pointer: &str) -> impl Iterator<Item = (&'j String, &'j Json)> {
    part.pointer(pointer).and_then(Json::as_object).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::code::FreeText;
    use crate::contract::{fixtures, openapi};

    fn of(model: &Model) -> String {
        page(model, &openapi::document(model, &crate::contract::resources(model))).unwrap()
    }

    #[test]
    fn every_operation_and_every_schema_has_its_place() {
        for model in [fixtures::bookshop(), fixtures::every_type()] {
            let contract = crate::contract::resources(&model);
            let (page, document) = (of(&model), openapi::document(&model, &contract));
            for operation in &contract.operations {
                assert!(page.contains(&format!("<details id=\"{}\">", operation.id)), "{}", operation.id);
            }
            for (name, _) in object(document.value(), "/components/schemas") {
                assert!(page.contains(&format!("<details id=\"schema-{name}\">")), "{name}");
            }
            // Every link on the page leads to a place on it.
            for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(page.contains(&format!("id=\"{link}\"")), "{link}");
            }
        }
    }

    #[test]
    fn who_may_is_said_and_examples_can_be_pasted() {
        let page = of(&fixtures::bookshop());
        assert!(page.contains("Allowed for users with the role staff."));
        let example =
            "curl -X POST http://127.0.0.1:3000/api/v1/books \\\n  -H &quot;Authorization: Bearer $TOKEN&quot;";
        assert!(page.contains(example));
    }

    #[test]
    fn words_of_others_stay_words() {
        let mut model = fixtures::bookshop();
        model.description = Some(FreeText::new("</p><script>alert(1)</script>"));
        let page = of(&model);
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
        // Neither a script nor a style of its own: the policy of the page allows none.
        let tags = page.split('<').skip(1).filter_map(|rest| rest.split('>').next());
        let own = tags.filter(|tag| tag.starts_with("style") || tag.contains(" style=") || tag.contains(" on"));
        assert_eq!(own.collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
