#![allow(clippy::unwrap_used)]

use serde_json::{Value as Json, json};

use super::*;
use crate::contract::{AuthAction, Contract, Source, fixtures};
use crate::features;
use crate::model::{Comparison, DateTime, EntityId, FieldId, Literal, Model};

#[allow(clippy::needless_pass_by_value, reason = "callers write the value in place")]
fn body(value: Json) -> Body {
    value.as_object().unwrap().clone()
}

fn things() -> (Model, Contract) {
    let model = fixtures::every_type();
    let contract = features::contract(&model);
    (model, contract)
}

fn good() -> Json {
    json!({
        "title": "é", "stars": 1.0, "ratio": 2.5, "price": "12.5", "payload": {"a": [1.0, null, "x"]}, "sizes": [0],
        "sort": "",
    })
}

/// What is wrong with a good body after some members were changed.
fn problems(writing: Writing, changes: &Json) -> Vec<(String, &'static str)> {
    let (_, contract) = things();
    let mut body = if writing == Writing::Update { Body::new() } else { body(good()) };
    for (name, value) in changes.as_object().unwrap() {
        body.insert(name.clone(), value.clone());
    }
    let details = row(&contract.resources[0], writing, &body, &contract.limits).err().unwrap_or_default();
    details.into_iter().map(|detail| (detail.path, detail.code.as_str())).collect()
}

#[test]
fn values_become_canonical() {
    let (_, contract) = things();
    let mut given = body(good());
    given.extend(body(json!({
        "delta": "-0.5", "day": "2024-02-29", "moment": "2024-02-29T12:00:00.98765+02:00", "contact": "A@B.CC",
        "serial": "-000000000000000001".replace("00000000000000000", ""), "token": null, "tags": ["a", "b"], "notes": [{"x": 2.0}],
    })));
    let resource = &contract.resources[0];
    let values = row(resource, Writing::Create, &given, &contract.limits).unwrap();
    let wire = |(source, stored): &(Source, Stored)| {
        let property = resource.row.iter().find(|property| property.source == *source).unwrap();
        (property.wire.clone(), stored.wire(&property.value))
    };
    let wire: serde_json::Map<String, Json> = values.iter().map(wire).collect();
    let expected = json!({
        "title": "é", "stars": 1, "serial": "-1", "ratio": 2.5, "price": "12.50", "delta": "-0.500", "day": "2024-02-29",
        "moment": "2024-02-29T10:00:00.987Z", "token": null, "contact": "a@b.cc", "payload": {"a": [1, null, "x"]},
        "tags": ["a", "b"], "sizes": [0], "notes": [{"x": 2}], "sort": "",
    });
    assert_eq!(Json::Object(wire), expected);
}

#[test]
fn each_place_has_one_problem() {
    let too_many: Vec<&str> = vec!["a", "b", "c", "dddddd"];
    let table = [
        (json!({"title": 1}), vec![("title", "type")]),
        (json!({"title": null}), vec![("title", "type")]),
        (json!({"title": "\0".repeat(21)}), vec![("title", "length")]),
        (json!({"title": "a\0"}), vec![("title", "pattern")]),
        (json!({"stars": 1.5}), vec![("stars", "type")]),
        (json!({"stars": "1"}), vec![("stars", "type")]),
        (json!({"stars": 6}), vec![("stars", "range")]),
        (json!({"stars": 1e300}), vec![("stars", "range")]),
        (json!({"ratio": 0}), vec![("ratio", "range")]),
        (json!({"ratio": true}), vec![("ratio", "type")]),
        (json!({"price": 1}), vec![("price", "type")]),
        (json!({"price": "1.234"}), vec![("price", "pattern")]),
        (json!({"price": "-1"}), vec![("price", "range")]),
        (json!({"active": "true"}), vec![("active", "type")]),
        (json!({"status": "gone"}), vec![("status", "choice")]),
        (json!({"status": 1}), vec![("status", "type")]),
        (json!({"day": "2021-02-30"}), vec![("day", "pattern")]),
        (json!({"payload": null}), vec![("payload", "type")]),
        (json!({"payload": [[{"a": "\0"}]]}), vec![("payload", "pattern")]),
        (json!({"payload": {"\0": 1}}), vec![("payload", "pattern")]),
        (json!({"payload": 9_007_199_254_740_992_u64}), vec![("payload", "pattern")]),
        (json!({"payload": -1e300}), vec![("payload", "pattern")]),
        (json!({"tags": "a"}), vec![("tags", "type")]),
        (json!({"tags": null}), vec![("tags", "type")]),
        (json!({"tags": too_many}), vec![("tags", "length"), ("tags.3", "length")]),
        (
            json!({"tags": ["a", null, 1, ""]}),
            vec![("tags", "length"), ("tags.1", "type"), ("tags.2", "type"), ("tags.3", "length")],
        ),
        (json!({"sizes": []}), vec![("sizes", "length")]),
        (json!({"sizes": [1, 10]}), vec![("sizes.1", "range")]),
        (
            json!({"id": 1, "secret": "a", "computed": 1}),
            vec![("id", "unknown"), ("secret", "unknown"), ("computed", "unknown")],
        ),
        (json!({"__proto__": {}, "stars": 9}), vec![("stars", "range"), ("__proto__", "unknown")]),
    ];
    for (changes, expected) in table {
        let expected: Vec<(String, &str)> = expected.into_iter().map(|(path, code)| (path.to_owned(), code)).collect();
        for writing in [Writing::Create, Writing::Replace, Writing::Update] {
            assert_eq!(problems(writing, &changes), expected, "{changes}");
        }
    }
}

#[test]
fn whole_bodies_need_what_has_no_other_value() {
    let (_, contract) = things();
    let missing = |writing| row(&contract.resources[0], writing, &Body::new(), &contract.limits);
    let required = ["title", "stars", "ratio", "price", "payload", "sizes", "sort"];
    let expected: Vec<Detail> = required.map(|path| Detail::new(path, DetailCode::Required)).to_vec();
    assert_eq!(missing(Writing::Create), Err(expected.clone()));
    assert_eq!(missing(Writing::Replace), Err(expected));
    assert_eq!(missing(Writing::Update), Ok(Vec::new()));
}

#[test]
fn an_answer_lists_twenty_problems_at_most() {
    let (_, contract) = things();
    let unknown: Body = (0..100).map(|index| (format!("x{index}"), Json::Null)).collect();
    let details = row(&contract.resources[0], Writing::Update, &unknown, &contract.limits).unwrap_err();
    assert_eq!((details.len(), details[19].path.as_str()), (20, "x19"));
}

#[test]
fn what_is_left_out_has_its_default() {
    let (model, _) = things();
    let now = DateTime("2026-11-21T03:05:09.123Z".to_owned());
    let left_out = |name: &str| {
        let field = model.entities[0].fields.iter().find(|field| field.name.snake() == name).unwrap();
        absent(field, &now)
    };
    let literal = |literal| Some(Stored::Literal(literal));
    assert_eq!(left_out("title"), None);
    assert_eq!(left_out("body"), Some(Stored::Null));
    assert_eq!(left_out("active"), literal(Literal::Boolean(true)));
    assert_eq!(left_out("day"), literal(Literal::Date("2026-11-21".to_owned())));
    assert_eq!(left_out("opens"), literal(Literal::Time("03:05:09".to_owned())));
    assert_eq!(left_out("moment"), literal(Literal::DateTime(now.clone())));
    assert_eq!(left_out("tags"), Some(Stored::List(Vec::new())));
    assert_eq!(left_out("notes"), Some(Stored::Json(json!([]))));
    assert_eq!(left_out("sizes"), None);
}

fn listed(query: &str) -> Result<ListQuery, Vec<(String, &'static str)>> {
    let (_, contract) = things();
    let pairs = read_query(query).unwrap();
    let codes = |details: Vec<Detail>| details.into_iter().map(|detail| (detail.path, detail.code.as_str())).collect();
    list_query(&contract.resources[0], &pairs, &contract.limits).map_err(codes)
}

#[test]
fn lists_take_pages_orders_and_filters() {
    let newest = |source| Sort { source, descending: true };
    let plain = listed("").unwrap();
    assert_eq!((plain.page, plain.limit), (1, 20));
    assert_eq!(plain.sort, [newest(Source::CreatedAt), newest(Source::Id)]);

    let query = "page=100000&limit=100&sort=-stars,id&stars%5Beq%5D=-3&active=true&ratio=2.5e0&price=1.5&title=a+%C3%A9&sort[eq]=x";
    let full = listed(query).unwrap();
    let field = |name: &str| {
        let (model, _) = things();
        Source::Field(FieldId(model.entities[0].fields.iter().position(|field| field.name.snake() == name).unwrap()))
    };
    assert_eq!((full.page, full.limit), (100_000, 100));
    assert_eq!(full.sort, [newest(field("stars")), Sort { source: Source::Id, descending: false }]);
    let equal = |literal| Condition::Compare(Comparison::Equal, literal);
    let expected = [
        (field("title"), equal(Literal::String("a é".to_owned()))),
        (field("stars"), equal(Literal::Integer(-3))),
        (field("ratio"), equal(Literal::Number(2.5))),
        (field("price"), equal(Literal::Decimal(150))),
        (field("active"), equal(Literal::Boolean(true))),
        (field("sort"), equal(Literal::String("x".to_owned()))),
    ];
    assert_eq!((full.filters, full.search), (expected.to_vec(), None));

    let narrow = listed("price[gte]=1&price[lt]=2.5&status[in]=draft,N/A&stars[ne]=1&token[null]=true&q=%25_").unwrap();
    let expected = [
        (field("stars"), Condition::Compare(Comparison::NotEqual, Literal::Integer(1))),
        (field("price"), Condition::Compare(Comparison::Less, Literal::Decimal(250))),
        (field("price"), Condition::Compare(Comparison::GreaterOrEqual, Literal::Decimal(100))),
        (field("token"), Condition::Null(true)),
        (field("status"), Condition::In(vec![Literal::Enum("draft".to_owned()), Literal::Enum("N/A".to_owned())])),
    ];
    assert_eq!((narrow.filters, narrow.search.as_deref()), (expected.to_vec(), Some("%_")));
    assert_eq!(listed("sort=price").unwrap().sort.last(), Some(&Sort { source: Source::Id, descending: false }));
}

#[test]
fn parameters_have_one_problem_each() {
    let table = [
        ("page=0", vec![("page", "range")]),
        ("page=100001", vec![("page", "range")]),
        ("limit=101", vec![("limit", "range")]),
        ("limit=-1", vec![("limit", "pattern")]),
        ("limit=1.0", vec![("limit", "pattern")]),
        ("page=", vec![("page", "pattern")]),
        ("page", vec![("page", "pattern")]),
        ("page=1&page=1", vec![("page", "repeated")]),
        ("sort=", vec![("sort", "choice")]),
        ("sort=title,", vec![("sort", "choice")]),
        ("sort=secret", vec![("sort", "choice")]),
        ("sort=--title", vec![("sort", "choice")]),
        ("sort=extra", vec![("sort", "choice")]),
        ("sort=title,title", vec![("sort", "repeated")]),
        ("stars=6", vec![("stars", "range")]),
        ("stars=x", vec![("stars", "pattern")]),
        ("active=1", vec![("active", "choice")]),
        ("status=gone", vec![("status", "choice")]),
        ("body=a", vec![("body", "unknown")]),
        ("secret=a", vec![("secret", "unknown")]),
        ("q=", vec![("q", "length")]),
        ("q=%00", vec![("q", "pattern")]),
        ("q=a&q=b", vec![("q", "repeated")]),
        ("stars[in]=1,,2", vec![("stars[in].1", "pattern")]),
        ("stars[in]=x,9", vec![("stars[in].0", "pattern"), ("stars[in].1", "range")]),
        ("token[null]=1", vec![("token[null]", "choice")]),
        ("stars[null]=true&title[lt]=a", vec![("stars[null]", "unknown"), ("title[lt]", "unknown")]),
        ("title[in]=a&price[eq][eq]=1", vec![("title[in]", "unknown"), ("price[eq][eq]", "unknown")]),
        ("__proto__=1&__proto__=2&constructor[eq]=1", vec![("__proto__", "unknown"), ("constructor[eq]", "unknown")]),
        ("x=1&page=x", vec![("page", "pattern"), ("x", "unknown")]),
    ];
    for (query, expected) in table {
        let expected: Vec<(String, &str)> = expected.into_iter().map(|(path, code)| (path.to_owned(), code)).collect();
        assert_eq!(listed(query), Err(expected), "{query}");
    }
}

#[test]
fn queries_that_cannot_be_decoded_are_malformed() {
    for query in ["a=%", "a=%4", "a=%zz", "%ff=1", "a=%C3", "a=%+1"] {
        assert_eq!(read_query(query), Err(Malformed), "{query}");
    }
    let pairs = [("a b".to_owned(), "=é".to_owned()), ("c".to_owned(), String::new())];
    assert_eq!(read_query("&a+b==%c3%A9&&c&").as_deref(), Ok(&pairs[..]));
}

#[test]
fn other_operations_take_no_parameters() {
    let limits = crate::contract::Limits::of(&crate::model::Api::default(), None);
    assert_eq!(no_query(&[], &limits), Ok(()));
    let query = [("page".to_owned(), "1".to_owned())];
    assert_eq!(no_query(&query, &limits), Err(vec![Detail::new("page", DetailCode::Unknown)]));
}

#[test]
fn logins_are_bodies_like_others() {
    let model = fixtures::bookshop();
    let contract = features::contract(&model);
    let account = body(json!({"email": "Ada@Example.org", "password": "correct horse"}));
    let expected = Registration { email: "ada@example.org".into(), password: "correct horse".into(), fields: vec![] };
    assert_eq!(registration(&model, &contract, &account), Ok(expected));

    let short = body(json!({"email": "Ada@Example.org", "password": "short"}));
    let refused = vec![Detail::new("password", DetailCode::Length)];
    assert_eq!(registration(&model, &contract, &short), Err(refused));
    assert!(credentials(&model, &contract, &short).is_ok());

    let promoted = body(json!({"email": "a", "password": "correct horse", "role": "staff"}));
    let refused = vec![Detail::new("email", DetailCode::Pattern), Detail::new("role", DetailCode::Unknown)];
    assert_eq!(registration(&model, &contract, &promoted), Err(refused));

    let token = body(json!({"refreshToken": "abc"}));
    assert_eq!(refresh_token(&model, &contract, &token).as_deref(), Ok("abc"));
    let required = vec![Detail::new("refreshToken", DetailCode::Required)];
    assert_eq!(refresh_token(&model, &contract, &Body::new()), Err(required));
    assert!(members(&model, &contract, AuthAction::Me).is_empty());
}

#[test]
fn only_roles_name_another_owner() {
    use crate::contract::Caller;
    use crate::model::RoleId;
    let mut model = fixtures::bookshop();
    model.entities[2].access.create = model.entities[2].access.delete.clone();
    let contract = features::contract(&model);
    let resource = contract.resource(EntityId(2));
    let id = "018f3f5e-7b1a-7c3d-8e4f-0123456789ab";
    let given = body(json!({"stars": 1, "bookId": id, "authorId": id}));
    let values = row(resource, Writing::Create, &given, &contract.limits).unwrap();
    let refused = |role| {
        let caller = Caller::User { role };
        forbidden(&resource.create, &values, |input| contract.plan.may_ever_give(EntityId(2), input, &caller))
    };
    assert_eq!(refused(None), [Detail::new("authorId", DetailCode::Forbidden)]);
    assert_eq!(refused(Some(RoleId(0))), []);
    assert_eq!(problems(Writing::Update, &json!({"authorId": id})), [("authorId".to_owned(), "unknown")]);
}
