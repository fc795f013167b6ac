#![allow(clippy::unwrap_used)]

use serde_json::{Value as Json, json};

use super::sample;
use crate::contract::validate::{Writing, row};
use crate::contract::{Resource, Source, fixtures};
use crate::features;
use crate::model::{DeleteRule, Entity, EntityId, Field, FieldId, Form, Model, Range, Reference, Scalar, Type};

fn seed(model: &Model) -> Json {
    serde_json::from_str(&sample(model, &features::contract(model))).unwrap()
}

fn keys(value: &Json) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// What the file writes of a row, with ids in the place of keys, as the API would be sent it.
fn as_body(resource: &Resource, entity: &Entity, row: &Json) -> serde_json::Map<String, Json> {
    let mut body = row.as_object().unwrap().clone();
    for input in &resource.create {
        if let (Some(_), Some(value)) = (input.refers_to, body.get_mut(&input.property.wire)) {
            *value = json!("018f3f5e-7b1a-7c3d-8e4f-0123456789ab");
        }
    }
    let owner = resource.row.iter().find(|property| Some(property.source) == entity.owner_field().map(Source::Field));
    owner.map(|owner| body.remove(&owner.wire));
    body
}

#[test]
fn rows_are_such_as_callers_may_create() {
    for model in [fixtures::bookshop(), fixtures::every_type()] {
        let contract = features::contract(&model);
        let seed = seed(&model);
        let mut rows = 0;
        for resource in &contract.resources {
            let entity = model.entity(resource.entity);
            let Some(of_entity) = seed.get(entity.name.pascal()).filter(|_| entity.name.pascal() != "User") else {
                continue;
            };
            for (key, value) in of_entity.as_object().unwrap() {
                let body = as_body(resource, entity, value);
                let outcome = row(resource, Writing::Create, &body, &contract.limits);
                assert!(outcome.is_ok(), "{key}: {outcome:?}");
                rows += 1;
            }
        }
        assert!(rows >= 3);
    }
}

#[test]
fn there_is_a_user_of_each_role_and_one_without() {
    let seed = seed(&fixtures::bookshop());
    assert_eq!(keys(&seed), ["User", "Book", "Review"]);
    assert_eq!((&seed["User"]["staff"]["role"], &seed["User"]["user"]["role"]), (&json!("staff"), &json!(null)));
    assert_eq!(seed["Review"]["review-2"]["bookId"], "book-2");
    let owners: Vec<&str> =
        seed["Review"].as_object().unwrap().values().map(|review| review["authorId"].as_str().unwrap()).collect();
    assert!(owners.contains(&"user") && owners.contains(&"staff"));
    assert_eq!(keys(&self::seed(&fixtures::every_type())), ["Thing"]);
}

fn refer(model: &mut Model, from: usize, to: usize, nullable: bool) {
    let reference = Reference { to: EntityId(to), on_delete: DeleteRule::Restrict };
    let field = fixtures::field("other", Type::Reference(reference));
    model.entities[from].fields.push(Field { nullable, ..field });
}

#[test]
fn entities_come_after_those_they_need() {
    let mut model = fixtures::bookshop();
    model.entities.swap(1, 2);
    model.entities[1].fields[1].ty = Type::Reference(Reference { to: EntityId(2), on_delete: DeleteRule::Cascade });
    assert_eq!(keys(&seed(&model)), ["User", "Book", "Review"]);

    refer(&mut model, 2, 1, true);
    assert_eq!(keys(&seed(&model)), ["User", "Book", "Review"]);
    assert_eq!(seed(&model)["Book"]["book-1"].get("otherId"), None);

    model.entities[2].fields.pop();
    refer(&mut model, 2, 1, false);
    assert_eq!(keys(&seed(&model)), ["User"]);
}

#[test]
fn unique_fields_get_no_value_twice() {
    let mut model = fixtures::bookshop();
    model.entities[1].fields[0].unique = true;
    model.entities[1].fields[0].ty =
        Type::Scalar(Scalar::String { length: Range { min: 1, max: 1 }, form: Form::default() });
    model.entities[2].fields[0].ty = Type::Scalar(Scalar::Boolean);
    model.entities[2].fields[0].unique = true;
    let seed = seed(&model);
    let titles: Vec<&Json> = seed["Book"].as_object().unwrap().values().map(|book| &book["title"]).collect();
    assert_eq!(titles, [&json!("1"), &json!("2"), &json!("3")]);
    assert_eq!(keys(&seed["Review"]), ["review-1", "review-2"]);

    model.entities[2].fields[0].unique = false;
    model.entities[2].fields[FieldId(2).0].unique = true;
    assert_eq!(keys(&self::seed(&model)["Review"]), ["review-1", "review-2"]);
}

#[test]
fn what_may_be_null_waits_where_entities_refer_to_each_other() {
    let mut model = fixtures::bookshop();
    // Users need a book, and books may name the user who keeps them.
    refer(&mut model, 0, 1, false);
    refer(&mut model, 1, 0, true);
    let order = super::order(&model);
    assert_eq!(order, [1, 0, 2].map(EntityId));
    let last = |entity: usize| FieldId(model.entities[entity].fields.len() - 1);
    assert!(super::waits(&model, &order, EntityId(1), last(1)));
    assert!(!super::waits(&model, &order, EntityId(0), last(0)));
    let seed = seed(&model);
    assert_eq!(keys(&seed), ["Book", "User", "Review"]);
    assert_eq!(seed["User"]["user"]["otherId"], "book-1");
}
