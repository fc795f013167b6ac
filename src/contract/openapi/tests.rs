#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::code::FreeText;
use crate::contract::fixtures;
use crate::features;
use crate::model::{EntityName, Name};

pub(super) fn models() -> [Model; 2] {
    [fixtures::bookshop(), fixtures::every_type()]
}

pub(super) fn document_of(model: &Model) -> Json {
    serde_json::from_str(&document(model, &features::contract(model)).text()).unwrap()
}

/// Every reference inside a value.
fn references(value: &Json, found: &mut BTreeSet<String>) {
    match value {
        Json::Object(members) => {
            found.extend(members.get("$ref").and_then(Json::as_str).map(ToOwned::to_owned));
            members.values().for_each(|member| references(member, found));
        }
        Json::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn every_part_is_referred_to_and_every_reference_leads_to_one() {
    for model in models() {
        let document = document_of(&model);
        let mut found = BTreeSet::new();
        references(&document, &mut found);
        let parts = ["schemas", "responses"].into_iter().flat_map(|kind| {
            let parts = document["components"][kind].as_object().unwrap();
            parts.keys().map(move |name| format!("#/components/{kind}/{name}"))
        });
        assert_eq!(found, parts.collect());
    }
}

#[test]
fn a_set_may_show_fewer_rows_than_a_body_must_name() {
    let text = "backsmith: 1\nname: notes\nframework: express\ndatabase: sqlite\nentities:\n  Tag: { fields: { name: string } }\n  \
                Note:\n    fields:\n      tags: Tag[1..3]\n";
    let spec = crate::spec::read(text).spec.unwrap();
    let document = document_of(&crate::model::resolve(&spec).0.unwrap());
    let least = |schema: &str| document["components"]["schemas"][schema]["properties"]["tagIds"]["minItems"].clone();
    assert_eq!(["Note", "NoteCreate", "NotePatch"].map(least), [json!(0), json!(1), json!(1)]);
}

#[test]
fn operations_answer_with_exactly_these_statuses() {
    let document = document_of(&fixtures::bookshop());
    let statuses = |path: &str, method: &str| {
        let responses = document["paths"][path][method]["responses"].as_object().unwrap();
        responses.keys().map(String::as_str).collect::<Vec<_>>().join(" ")
    };
    let table = [
        ("/api/v1/auth/register", "post", "201 400 409 413 414 415 429 500 503"),
        ("/api/v1/auth/login", "post", "200 400 401 413 414 415 429 500 503"),
        ("/api/v1/auth/refresh", "post", "200 400 401 413 414 415 429 500 503"),
        ("/api/v1/auth/logout", "post", "204 400 413 414 415 429 500 503"),
        ("/api/v1/auth/me", "get", "200 400 401 414 429 500"),
        ("/api/v1/books", "get", "200 400 401 414 429 500"),
        ("/api/v1/books", "post", "201 400 401 403 413 414 415 429 500 503"),
        ("/api/v1/books/{id}", "get", "200 400 401 404 414 429 500"),
        ("/api/v1/books/{id}", "put", "200 400 401 403 404 413 414 415 429 500 503"),
        ("/api/v1/books/{id}", "delete", "204 400 401 403 404 409 414 429 500 503"),
        ("/api/v1/reviews", "post", "201 400 401 409 413 414 415 429 500 503"),
        ("/api/v1/reviews/{id}", "patch", "200 400 401 403 404 409 413 414 415 429 500 503"),
        ("/api/v1/reviews/{id}", "delete", "204 400 401 403 404 414 429 500 503"),
        ("/health/live", "get", "200 414 429 500"),
        ("/health/ready", "get", "200 414 429 500 503"),
        ("/openapi.json", "get", "200 414 429 500"),
    ];
    for (path, method, expected) in table {
        assert_eq!(statuses(path, method), expected, "{method} {path}");
    }
}

#[test]
fn tokens_are_asked_for_where_rules_need_them() {
    let document = document_of(&fixtures::bookshop());
    let operation = |path: &str, method: &str| &document["paths"][path][method];
    let optional = json!([{}, {"bearer": []}]);
    let needed = json!([{"bearer": []}]);
    assert_eq!(operation("/api/v1/books", "get")["security"], optional);
    assert_eq!(operation("/api/v1/books", "post")["security"], needed);
    assert_eq!(operation("/api/v1/auth/me", "get")["security"], needed);
    assert_eq!(operation("/api/v1/auth/login", "post")["security"], json!([]));
    let rule = &operation("/api/v1/reviews/{id}", "delete")["description"];
    assert_eq!(rule, "Allowed for the user in `authorId`, or users with the role staff.");

    let open = document_of(&fixtures::every_type());
    assert_eq!(open["paths"]["/api/v1/things"]["get"].get("security"), None);
    assert_eq!(open["components"].get("securitySchemes"), None);
}

#[test]
fn wording_stays_inside_its_string() {
    let hostile = "\"}, \"x\": \u{202e}</script> *\\/ \u{2028}\n$ref";
    let mut model = fixtures::bookshop();
    model.description = Some(FreeText::new(hostile));
    model.entities[2].description = Some(FreeText::new(hostile));
    model.entities[2].fields[0].description = Some(FreeText::new(hostile));
    let text = document(&model, &features::contract(&model)).text();
    let document: Json = serde_json::from_str(&text).unwrap();
    assert_eq!(document["info"]["description"], hostile);
    assert_eq!(document["components"]["schemas"]["Review"]["description"], hostile);
    assert_eq!(document["components"]["schemas"]["ReviewPatch"]["properties"]["stars"]["description"], hostile);
    assert!(!text.contains(['\u{202e}', '\u{2028}']) && !text.contains("</script"));
}

#[test]
fn entities_keep_their_names() {
    let mut model = fixtures::bookshop();
    for name in ["BookCreate", "Error", "Uuid", "Session"] {
        let mut entity = model.entities[1].clone();
        entity.name = EntityName::new(name).unwrap();
        model.entities.push(entity);
    }
    let document = document_of(&model);
    let schemas = &document["components"]["schemas"];
    for name in ["BookCreate", "Error", "Uuid", "Session"] {
        assert!(schemas[name]["properties"].get("title").is_some(), "{name}");
        assert!(schemas.get(format!("{name}_")).is_some(), "{name}_");
    }
    let reference = |path: &str| document.pointer(path).unwrap()["$ref"].clone();
    assert_eq!(
        reference("/components/responses/NotFound/content/application~1json/schema"),
        "#/components/schemas/Error_"
    );
    let body = "/paths/~1api~1v1~1books/post/requestBody/content/application~1json/schema";
    assert_eq!(reference(body), "#/components/schemas/BookCreate_");
}

#[test]
fn every_sortable_property_has_both_directions() {
    let document = document_of(&fixtures::bookshop());
    let sort = &document["paths"]["/api/v1/reviews"]["get"]["parameters"][2];
    assert_eq!((&sort["style"], &sort["explode"]), (&json!("form"), &json!(false)));
    let orders = ["id", "stars", "bookId", "authorId", "createdAt", "updatedAt"]
        .map(|name| [name.to_owned(), format!("-{name}")]);
    assert_eq!(sort["schema"]["items"]["enum"], json!(orders.concat()));
}

#[test]
fn private_fields_and_other_sides_appear_nowhere() {
    let mut model = fixtures::every_type();
    model.entities[0].fields.iter_mut().filter(|field| field.private).for_each(|field| {
        field.name = Name::new("well_hidden").unwrap();
    });
    assert!(!document(&model, &features::contract(&model)).text().to_lowercase().contains("hidden"));
}

#[test]
fn defaults_are_published_where_they_are_taken() {
    let document = document_of(&fixtures::every_type());
    let property = |schema: &str, name: &str| document["components"]["schemas"][schema]["properties"][name].clone();
    assert_eq!(property("ThingCreate", "active")["default"], true);
    assert_eq!(property("ThingReplace", "status")["default"], "draft");
    assert_eq!(property("ThingPatch", "active").get("default"), None);
    assert_eq!(property("Thing", "active").get("default"), None);
}
