//! The page that documents an API for people: one static file, made of the OpenAPI document.

mod source;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use askama::Template;
use serde_json::{Map, Value as Json};

use self::source::Source;
use super::openapi::{Document, Part};
use crate::code::{HtmlText, compact_json, pretty_json};
use crate::memo::Memo;
use crate::model::Model;

/// Where a server shows the page.
pub const PAGE_PATH: &str = "/docs";

/// Where it shows what the page looks like.
pub const STYLE_PATH: &str = "/docs.css";

/// What the page looks like, the same for every API.
pub const STYLE: &str = include_str!("../../templates/docs/docs.css");

/// Where examples send their requests.
const SERVER: &str = "http://127.0.0.1:3000";

/// The page; it has no script, and takes nothing from elsewhere.
///
/// # Errors
///
/// A template failed, which is a bug.
pub fn page(model: &Model, document: &Document) -> Result<String, askama::Error> {
    page_again(model, document, &Memo::default())
}

/// The same where much of it may have been made before: what is made of parts of the document that are as they were is
/// not made again.
pub fn page_again(model: &Model, document: &Document, memo: &Memo) -> Result<String, askama::Error> {
    let shown = memo.after("page of the API", |last: Option<Arc<Shown>>| Shown::after(last.as_deref(), document))?;
    let mut of_groups = OfGroups::new();
    for operation in &shown.operations {
        of_groups.entry(&operation.group).or_default().push(Arc::clone(&operation.text));
    }
    let tags = document.head("tags").as_array().into_iter().flatten();
    let page = Page {
        title: HtmlText::from(model.name.as_str()),
        description: text_at(document.head("info"), "/description"),
        style_path: STYLE_PATH,
        groups: tags.map(|tag| group(tag, &mut of_groups)).collect(),
        schemas: &shown.schemas,
    };
    let mut text = String::with_capacity(page.room());
    page.render_into(&mut text)?;
    text.truncate(text.trim_end().len());
    text.push('\n');
    Ok(text)
}

/// A document, and what was made of its parts, in order.
struct Shown {
    document: Document,
    operations: Vec<ShownOperation>,
    schemas: Vec<Arc<str>>,
}

#[derive(Clone)]
struct ShownOperation {
    /// The name of its group.
    group: Arc<str>,
    text: Arc<str>,
}

impl Shown {
    fn after(last: Option<&Self>, document: &Document) -> Result<Arc<Self>, askama::Error> {
        let none = Document::default();
        let former = last.map_or(&none, |last| &last.document);
        let news = document.news(former);
        // What is in the same place and made of the same parts looks the same.
        let mut formers = former.operations();
        let operation = |(place, (path, method, part)): (usize, (&str, &str, &Arc<Part>))| {
            let same = formers.next().is_some_and(|of| of.0 == path && of.1 == method && Arc::ptr_eq(of.2, part))
                && !part.is_told_by_any(&news);
            if let Some(known) = last.and_then(|last| last.operations.get(place)).filter(|_| same) {
                return Ok(known.clone());
            }
            let text = operation(&Source::of(document, path, method, &part.value)).render()?;
            let group = part.value["tags"][0].as_str().unwrap_or_default();
            Ok(ShownOperation { group: group.into(), text: text.trim_end().into() })
        };
        let operations = document.operations().enumerate().map(operation).collect::<Result<_, askama::Error>>()?;
        let schema = |(place, (name, part)): (usize, &(String, Arc<Part>))| {
            let same = former.schemas().get(place).is_some_and(|of| of.0 == *name && Arc::ptr_eq(&of.1, part));
            match last.and_then(|last| last.schemas.get(place)).filter(|_| same) {
                Some(known) => Ok(Arc::clone(known)),
                None => Ok(schema(name, &part.value).render()?.trim_end().into()),
            }
        };
        let schemas = document.schemas().iter().enumerate().map(schema).collect::<Result<_, askama::Error>>()?;
        Ok(Arc::new(Self { document: document.clone(), operations, schemas }))
    }
}

#[derive(Template)]
#[template(path = "docs/index.html")]
struct Page<'p> {
    title: HtmlText,
    description: Option<HtmlText>,
    style_path: &'static str,
    groups: Vec<Group>,
    schemas: &'p [Arc<str>],
}

impl Page<'_> {
    /// About as many bytes as it takes.
    fn room(&self) -> usize {
        const LINE: usize = 256;
        let operations = self.groups.iter().flat_map(|group| &group.operations);
        let texts = operations.chain(self.schemas).map(|text| text.len() + 1);
        texts.sum::<usize>() + LINE * (16 + 2 * self.groups.len())
    }
}

struct Group {
    anchor: HtmlText,
    name: HtmlText,
    description: Option<HtmlText>,
    operations: Vec<Arc<str>>,
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

/// Operations by the name of their group.
type OfGroups<'d> = BTreeMap<&'d str, Vec<Arc<str>>>;

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
            for (name, _) in document.schemas() {
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
