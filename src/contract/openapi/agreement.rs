//! The document and the validation hold the same opinion of every value.

#![allow(clippy::unwrap_used)]

use serde_json::{Value as Json, json};

use super::judge::Judge;
use super::tests::{document_of, models};
use crate::contract::random::Random;
use crate::contract::validate::{Body, Member, Stored, Writing, list_query, row};
use crate::contract::{Operator, Property, Value, fixtures, format, sample};
use crate::features;
use crate::model::Scalar;

#[test]
fn examples_and_defaults_satisfy_their_schemas() {
    fn check(judge: &Judge, part: &Json) {
        if let Some(schema) = part.as_object().filter(|part| part.contains_key("type")) {
            let schema = Json::Object(schema.clone());
            let examples = schema.get("examples").and_then(Json::as_array).cloned().unwrap_or_default();
            for value in examples.iter().chain(schema.get("default")) {
                assert!(judge.accepts(&schema, value), "{value} by {schema}");
            }
        }
        if let (Some(schema), Some(example)) = (part.get("schema"), part.get("example")) {
            assert!(judge.accepts(schema, example), "{example}");
        }
        match part {
            Json::Object(members) => members.values().for_each(|member| check(judge, member)),
            Json::Array(items) => items.iter().for_each(|item| check(judge, item)),
            _ => {}
        }
    }
    for model in models() {
        let document = document_of(&model);
        check(&Judge::of(&document), &document);
    }
}

/// A value that may be right for a scalar, or nearly.
fn any_value(random: &mut Random, of: &Value) -> Json {
    let scalar = of.scalar();
    let right = |random: &mut Random| {
        let row = random.below(3);
        sample::stored("Thing", "x", &Value::One(scalar.clone()), row).wire(&Value::One(scalar.clone()))
    };
    let odd = [
        Json::Null,
        json!(true),
        json!(0),
        json!(-0.0),
        json!(1.0),
        json!(1.5),
        json!(-3),
        json!(5),
        json!(6),
        json!(2.5),
        json!(1e300),
        json!(9_007_199_254_740_991_i64),
        json!(9_007_199_254_740_992_i64),
        json!(""),
        json!("a"),
        json!("a\0"),
        json!("0"),
        json!("-0"),
        json!("0.25"),
        json!("0.250"),
        json!("0.251"),
        json!("-1.500"),
        json!("-1.501"),
        json!("9999999.99"),
        json!("99999999.99"),
        json!("100000000"),
        json!("1.234"),
        json!("2024-02-29"),
        json!("2023-02-29"),
        json!("1000-01-01T00:00:00+01:00"),
        json!("2024-02-29T00:00:00-01:00"),
        json!("23:59:59"),
        json!("24:00:00"),
        json!("A@B.CC"),
        json!("http://a"),
        json!("é".repeat(20)),
        json!("é".repeat(21)),
        json!("N/A"),
        json!([]),
        json!([null]),
        json!([[1, {"a": "b"}]]),
        json!({}),
        json!({"a": null, "b": [{"\0": 1}]}),
        json!({"a": [1e300]}),
        json!([1, 2, 3, 4, 5]),
        json!(["a", "b", "c", "d"]),
        json!(["draft", "gone"]),
        json!([0, 10]),
    ];
    match random.below(4) {
        0 | 1 => right(random),
        2 => (0..random.below(5)).map(|_| right(random)).collect(),
        _ => odd[random.below(odd.len())].clone(),
    }
}

/// 400 is what the published schema alone decides: nothing more is refused, and nothing less.
#[test]
fn bodies_are_refused_where_their_schemas_refuse_them() {
    let shapes = [(Writing::Create, "Create"), (Writing::Replace, "Replace"), (Writing::Update, "Patch")];
    for model in models() {
        let contract = features::contract(&model);
        let document = document_of(&model);
        let judge = Judge::of(&document);
        for resource in contract.resources.iter().filter(|resource| contract.verbs(resource.entity).next().is_some()) {
            let name = model.entity(resource.entity).name.pascal().to_owned();
            for (writing, ending) in shapes {
                let schema = json!({"$ref": format!("#/components/schemas/{name}{ending}")});
                let mut random = Random::new(11);
                let mut accepted = 0;
                for _ in 0..3_000 {
                    let body = any_body(&mut random, &writing.members(resource));
                    let outcome = row(resource, writing, &body, &contract.limits);
                    let expected = judge.accepts(&schema, &Json::Object(body.clone()));
                    assert_eq!(outcome.is_ok(), expected, "{body:?}: {outcome:?}");
                    accepted += usize::from(expected);
                }
                assert!((100..2_900).contains(&accepted), "{name}{ending}: {accepted}");
            }
        }
    }
}

/// Mostly a good body of which a member or two are replaced, left out, or more than there should be.
fn any_body(random: &mut Random, members: &[Member]) -> Body {
    let good = |member: &Member| {
        (member.wire.clone(), sample::stored("Thing", &member.wire, &member.value, 0).wire(&member.value))
    };
    let mut body: Body = members.iter().map(good).collect();
    for _ in 0..random.below(3) {
        let member = &members[random.below(members.len())];
        match random.below(8) {
            0 => drop(body.remove(&member.wire)),
            1 => drop(body.insert("unknown".to_owned(), Json::Null)),
            _ => drop(body.insert(member.wire.clone(), any_value(random, &member.value))),
        }
    }
    body
}

/// The same for parameters, which are text: one that is not written as its type is none.
#[test]
fn parameters_are_refused_where_their_schemas_refuse_them() {
    let model = fixtures::every_type();
    let contract = features::contract(&model);
    let document = document_of(&model);
    let judge = Judge::of(&document);
    let resource = &contract.resources[0];
    let parameters = document["paths"]["/api/v1/things"]["get"]["parameters"].as_array().unwrap();
    assert_eq!(parameters.len(), 5 + resource.filters.len());
    let mut random = Random::new(5);
    for parameter in parameters {
        let name = parameter["name"].as_str().unwrap();
        let filter = resource.filters.iter().find(|filter| filter.parameter == name);
        let null = filter.is_none_or(|filter| filter.operator == Operator::Null);
        let value = if null { Value::One(Scalar::Boolean) } else { filter.unwrap().property.value.clone() };
        let text = |value: Json| match value {
            Json::String(text) => text,
            other => other.to_string(),
        };
        let texts: Vec<String> = (0..200)
            .map(|round| {
                let several = if filter.is_some_and(|filter| filter.operator == Operator::In) { round % 4 } else { 0 };
                let values: Vec<String> = (0..=several).map(|_| text(any_value(&mut random, &value))).collect();
                values.join(",")
            })
            .collect();
        let own =
            ["1", "100", "101", "100000", "100001", "01", "title", "-title", "title,-id", "title,title", "title,"];
        for text in texts.into_iter().chain(own.map(ToOwned::to_owned)) {
            let query = [(name.to_owned(), text.clone())];
            let outcome = list_query(resource, &query, &contract.limits);
            let expected = as_type(&document, &parameter["schema"], &text)
                .is_some_and(|value| judge.accepts(&parameter["schema"], &value));
            assert_eq!(outcome.is_ok(), expected, "{name}={text}: {outcome:?}");
        }
    }
}

/// A parameter's text as the JSON value it stands for.
fn as_type(document: &Json, schema: &Json, text: &str) -> Option<Json> {
    if let Some(reference) = schema.get("$ref").and_then(Json::as_str) {
        return as_type(document, document.pointer(&reference[1..]).unwrap(), text);
    }
    let canonical =
        |value: &Json| value.as_f64().is_some_and(|value| value.fract() != 0.0 || !text.contains(['.', 'e']));
    match schema["type"].as_str().unwrap() {
        "string" => Some(text.into()),
        "array" => text.split(',').map(|text| as_type(document, &schema["items"], text)).collect(),
        "integer" => serde_json::from_str(text).ok().filter(canonical),
        _ => serde_json::from_str(text).ok(),
    }
}

#[test]
fn rows_on_the_wire_satisfy_their_schema() {
    let model = fixtures::every_type();
    let contract = features::contract(&model);
    let document = document_of(&model);
    let schema = json!({"$ref": "#/components/schemas/Thing"});
    let wire = |texts: [&str; 2]| {
        let member = |property: &Property| {
            let Value::One(Scalar::Decimal { .. } | Scalar::DateTime) = &property.value else {
                return (property.wire.clone(), sample::stored("Thing", "x", &property.value, 1).wire(&property.value));
            };
            let Value::One(scalar) = &property.value else { return (String::new(), Json::Null) };
            let text = if *scalar == Scalar::DateTime { texts[0] } else { texts[1] };
            let stored = Stored::Literal(format::read(scalar, text).unwrap());
            (property.wire.clone(), stored.wire(&property.value))
        };
        Json::Object(contract.resources[0].row.iter().map(member).collect())
    };
    for texts in [["2998-12-31T23:59:59.9999-23:59", "0"], ["1001-01-01T00:00:00+23:59", "0.25"]] {
        let row = wire(texts);
        assert!(Judge::of(&document).accepts(&schema, &row), "{row}");
    }
}
