//! What rules mean: which operations exist, which guards stand where, and what a caller gets.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use backsmith::contract::{Caller, KnownFacts, Verb, expect};
use backsmith::model::{EntityId, FieldId, Literal, RoleId};
use backsmith::{Compiled, Request, compile, starters};

fn compiled(spec: &str) -> Compiled {
    let outcome = compile(&Request::new(spec));
    assert!(outcome.diagnostics.is_empty(), "{:#?}", outcome.diagnostics);
    outcome.result.unwrap()
}

fn bookshop() -> Compiled {
    compiled(starters::find("bookshop").unwrap().spec)
}

fn entity(compiled: &Compiled, name: &str) -> EntityId {
    compiled.model.entities().find(|(_, entity)| entity.name.pascal() == name).unwrap().0
}

/// A shop whose rules use chains, conditions and `nobody`.
const SHOP: &str = "
backsmith: 1
name: shop
framework: express
database: sqlite
auth: { roles: \"admin > staff, buyer\", default_role: buyer }
entities:
  Product:
    fields:
      status: draft | on_sale = draft
      stock: integer 0.. = 0
    access: { read: \"anyone when status = on_sale, staff\", write: staff, delete: nobody }
  Note:
    owner: writer
    fields:
      writer: User
      open: boolean = true
    access: { read: \"owner, admin\", create: signed_in, update: owner when open = true, delete: admin }
";

#[test]
fn every_operation_that_is_granted_to_somebody_exists() {
    let bookshop = bookshop();
    let operations: Vec<String> =
        bookshop.contract.operations.iter().map(|o| format!("{} {} {}", o.method.as_str(), o.path, o.id)).collect();
    assert_eq!(
        operations,
        [
            "POST /api/v1/auth/register register",
            "POST /api/v1/auth/login logIn",
            "POST /api/v1/auth/refresh refreshSession",
            "POST /api/v1/auth/logout logOut",
            "GET /api/v1/auth/me getMe",
            "POST /api/v1/auth/change-password changePassword",
            "GET /api/v1/books listBooks",
            "POST /api/v1/books createBook",
            "GET /api/v1/books/{id} getBook",
            "PUT /api/v1/books/{id} replaceBook",
            "PATCH /api/v1/books/{id} updateBook",
            "DELETE /api/v1/books/{id} deleteBook",
            "GET /api/v1/reviews listReviews",
            "POST /api/v1/reviews createReview",
            "GET /api/v1/reviews/{id} getReview",
            "PUT /api/v1/reviews/{id} replaceReview",
            "PATCH /api/v1/reviews/{id} updateReview",
            "DELETE /api/v1/reviews/{id} deleteReview",
            "GET /health/live getLiveness",
            "GET /health/ready getReadiness",
            "GET /openapi.json getDocument",
        ]
    );
    let shop = compiled(SHOP);
    assert!(shop.contract.verb(entity(&shop, "Product"), Verb::Delete).is_none());
    assert!(shop.contract.verb(entity(&shop, "Product"), Verb::Patch).is_some());
}

#[test]
fn guards_stand_only_where_there_is_something_to_enforce() {
    let bookshop = bookshop();
    let review = entity(&bookshop, "Review");
    let guards: Vec<&str> = bookshop
        .contract
        .plan
        .guards()
        .iter()
        .filter(|guard| guard.entity == review)
        .map(|guard| guard.id.as_str())
        .collect();
    assert_eq!(
        guards,
        [
            "Review.list.caller",
            "Review.get.caller",
            "Review.create.caller",
            "Review.update.caller",
            "Review.update.row",
            "Review.update.result",
            "Review.delete.caller",
            "Review.delete.row",
        ]
    );
}

#[test]
fn guards_know_the_line_they_enforce() {
    let bookshop = bookshop();
    let spec = starters::find("bookshop").unwrap().spec;
    let guard = bookshop.contract.plan.guards().iter().find(|guard| guard.id.as_str() == "Review.update.row").unwrap();
    let line = usize::try_from(bookshop.model.lines.number(guard.origin.unwrap())).unwrap();
    assert_eq!(spec.lines().nth(line - 1).unwrap().trim(), "update: owner");
}

const OWNED: FieldId = FieldId(0);

fn answer(compiled: &Compiled, name: &str, verb: Verb, caller: Caller, row: &KnownFacts) -> (u16, bool) {
    let expected = expect(&compiled.contract.plan, entity(compiled, name), verb, &caller, row, row);
    (expected.status, expected.visible)
}

fn user(role: Option<usize>) -> Caller {
    Caller::User { role: role.map(RoleId) }
}

#[test]
fn conditions_and_chains_decide() {
    let shop = compiled(SHOP);
    let (admin, staff, buyer) = (user(Some(0)), user(Some(1)), user(Some(2)));
    let product = |status: &str| KnownFacts {
        mine: vec![],
        values: vec![(FieldId(0), Literal::Enum(status.to_owned()))],
        ..KnownFacts::default()
    };
    for (verb, caller, status, expected) in [
        (Verb::Get, Caller::Anonymous, "on_sale", (200, true)),
        (Verb::Get, Caller::Anonymous, "draft", (404, false)),
        (Verb::Get, buyer, "draft", (404, false)),
        (Verb::Get, staff, "draft", (200, true)),
        (Verb::Get, admin, "draft", (200, true)),
        (Verb::List, Caller::Anonymous, "draft", (200, false)),
        (Verb::List, staff, "draft", (200, true)),
        (Verb::Patch, Caller::Anonymous, "on_sale", (401, false)),
        (Verb::Patch, buyer, "on_sale", (403, false)),
        (Verb::Patch, admin, "draft", (200, true)),
    ] {
        assert_eq!(answer(&shop, "Product", verb, caller, &product(status)), expected, "{verb:?} {caller:?} {status}");
    }
}

#[test]
fn owners_are_told_apart_and_unreadable_rows_do_not_exist() {
    let shop = compiled(SHOP);
    let (admin, staff) = (user(Some(0)), user(Some(1)));
    let note = |mine: bool, open: bool| KnownFacts {
        mine: if mine { vec![OWNED] } else { vec![] },
        values: vec![(FieldId(1), Literal::Boolean(open))],
        ..KnownFacts::default()
    };
    for (verb, caller, row, expected) in [
        (Verb::Get, Caller::Anonymous, note(false, true), 401),
        (Verb::Get, staff, note(false, true), 404),
        (Verb::Get, staff, note(true, true), 200),
        (Verb::Get, admin, note(false, true), 200),
        (Verb::Patch, staff, note(false, true), 404),
        (Verb::Patch, admin, note(false, true), 403),
        (Verb::Patch, staff, note(true, false), 403),
        (Verb::Patch, staff, note(true, true), 200),
        (Verb::Delete, staff, note(true, true), 403),
        (Verb::Delete, admin, note(false, true), 204),
        (Verb::Create, user(None), note(true, true), 201),
    ] {
        assert_eq!(answer(&shop, "Note", verb, caller, &row).0, expected, "{verb:?} {caller:?} {row:?}");
    }
}

#[test]
fn an_update_may_not_leave_a_row_that_its_rule_forbids() {
    let shop = compiled(SHOP);
    let row = |open| KnownFacts {
        mine: vec![OWNED],
        values: vec![(FieldId(1), Literal::Boolean(open))],
        ..KnownFacts::default()
    };
    let (before, after) = (row(true), row(false));
    let expected = expect(&shop.contract.plan, entity(&shop, "Note"), Verb::Patch, &user(None), &before, &after);
    assert_eq!(expected.status, 403);
}
