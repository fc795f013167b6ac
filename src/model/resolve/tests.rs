#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::model::{
    AccessOperation, Bound, Bounds, By, Comparison, DateTime, Default, DeleteRule, Entity, EntityId, EntityKind, Field,
    FieldId, Form, Grant, Literal, Model, Operand, Origin, OtherSideId, Owner, Range, Reference, Relation, RoleId,
    Scalar, Test, Type, Who, Write,
};
use crate::{spec, starters};

fn model(text: &str) -> Model {
    let read = spec::read(text);
    assert_eq!(read.diagnostics, [], "{text}");
    let (model, problems) = super::resolve(&read.spec.expect("a spec"));
    assert!(problems.iter().all(|problem| !problem.is_error()), "{problems:#?}");
    model.expect("a model")
}

/// A model whose first entity has these fields, one a line.
fn with_fields(lines: &str) -> Model {
    let lines = lines.lines().map(|line| format!("      {}\n", line.trim())).collect::<Vec<_>>().concat();
    model(&format!(
        "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\nentities:\n  Book:\n    fields:\n{lines}  \
         Author:\n    fields: {{ name: string }}\n"
    ))
}

fn entity<'m>(model: &'m Model, name: &str) -> &'m Entity {
    model.entities.iter().find(|entity| entity.name.pascal() == name).expect("an entity")
}

fn field<'m>(entity: &'m Entity, name: &str) -> &'m Field {
    entity.fields.iter().find(|field| field.name.snake() == name).expect("a field")
}

/// The only field of the only line.
fn one(line: &str) -> Field {
    entity(&with_fields(line), "Book").fields[0].clone()
}

fn scalar(line: &str) -> Scalar {
    match one(line).ty {
        Type::Scalar(scalar) => scalar,
        other => panic!("{line}: {other:?}"),
    }
}

fn default(line: &str) -> Default {
    one(line).default.expect("a default")
}

#[test]
fn every_starter_resolves_without_a_problem() {
    for starter in starters::all() {
        let spec = spec::read(starter.spec).spec;
        let (model, mut problems) = spec.as_ref().map(super::resolve).unwrap_or_default();
        // Comments that go with their post, whoever wrote them, are meant to.
        problems.retain(|problem| problem.code != spec::Code::CascadeCrossesOwners);
        assert_eq!(problems, [], "{}", starter.id);
        assert!(model.is_some(), "{}", starter.id);
    }
}

#[test]
fn the_bookshop_means_what_it_says() {
    let model = model(starters::find("bookshop").unwrap().spec);
    let names: Vec<&str> = model.entities.iter().map(|entity| entity.name.pascal()).collect();
    assert_eq!(names, ["User", "Book", "Review"]);
    let auth = model.auth.as_ref().unwrap();
    assert_eq!((auth.user, auth.default_role), (EntityId(0), None));
    assert_eq!(model.entities[0].kind, EntityKind::User);
    let review = entity(&model, "Review");
    assert_eq!(review.owner, Some(Owner::Field(FieldId(2))));
    let line = |origin: Origin| origin.map(|line| model.lines.number(line));
    assert_eq!(line(review.origin), Some(12));
    let author = field(review, "author");
    assert_eq!(author.ty, Type::Reference(Reference { to: EntityId(0), on_delete: DeleteRule::Restrict }));
    assert_eq!(line(author.origin), Some(17));
    let who = |operation| -> Vec<Who> { review.access.rule(operation).grants.iter().map(|grant| grant.who).collect() };
    assert_eq!(who(AccessOperation::List), [Who::Anyone]);
    assert_eq!(who(AccessOperation::Get), [Who::Anyone]);
    assert_eq!(who(AccessOperation::Create), [Who::SignedIn]);
    assert_eq!(who(AccessOperation::Update), [Who::Owner]);
    assert_eq!(who(AccessOperation::Delete), [Who::Owner, Who::Role(RoleId(0))]);
    assert_eq!(line(review.access.update.origin), Some(21));
}

#[test]
fn types_have_their_ranges() {
    let length = |min, max| Range { min, max };
    let table = [
        ("a: string", Scalar::String { length: length(0, 255), form: Form::default() }),
        ("a: string 1..200", Scalar::String { length: length(1, 200), form: Form::default() }),
        ("a: string 5..", Scalar::String { length: length(5, 255), form: Form::default() }),
        ("a: text ..10", Scalar::Text { length: length(0, 10), form: Form::default() }),
        ("a: text", Scalar::Text { length: length(0, 65_535), form: Form::default() }),
        ("a: integer", Scalar::Integer(Range { min: i32::MIN, max: i32::MAX })),
        ("a: integer 1..5", Scalar::Integer(Range { min: 1, max: 5 })),
        ("a: integer > 1 <= 5", Scalar::Integer(Range { min: 2, max: 5 })),
        ("a: integer 1.. < 5", Scalar::Integer(Range { min: 1, max: 4 })),
        ("a: bigint >= 0", Scalar::Bigint(Range { min: 0, max: 999_999_999_999_999_999 })),
        (
            "a: decimal(10,2) >= 0",
            Scalar::Decimal { precision: 10, scale: 2, units: Range { min: 0, max: 9_999_999_999 } },
        ),
        ("a: decimal(4,2) > 0.5 < 1", Scalar::Decimal { precision: 4, scale: 2, units: Range { min: 51, max: 99 } }),
        ("a: boolean", Scalar::Boolean),
        ("a: json", Scalar::Json),
        ("a: draft | on_sale", Scalar::Enum(vec!["draft".into(), "on_sale".into()])),
        ("a: enum(\"1.5\", EUR, 2)", Scalar::Enum(vec!["1.5".into(), "EUR".into(), "2".into()])),
    ];
    for (line, expected) in table {
        assert_eq!(scalar(line), expected, "{line}");
    }
    let lower = Some(Bound { value: 0.5, inclusive: false });
    let upper = Some(Bound { value: 2.0, inclusive: true });
    assert_eq!(scalar("a: number > 0.5 <= 2"), Scalar::Number(Bounds { lower, upper }));
}

#[test]
fn lists_count_items_and_bound_each() {
    let item = Scalar::String { length: Range { min: 1, max: 30 }, form: Form::default() };
    assert_eq!(one("a: string[0..5] 1..30").ty, Type::List { item, count: Range { min: 0, max: 5 } });
    let item = Scalar::Enum(vec!["x".into(), "y".into()]);
    assert_eq!(one("a: (x | y)[]").ty, Type::List { item, count: Range { min: 0, max: 100 } });
}

#[test]
fn defaults_take_their_canonical_form() {
    let moment = DateTime("2026-11-21T06:30:00.000Z".into());
    let table = [
        ("a: string = \"New\"", Default::Literal(Literal::String("New".into()))),
        ("a: integer = -5", Default::Literal(Literal::Integer(-5))),
        ("a: decimal(6,2) = 1.5", Default::Literal(Literal::Decimal(150))),
        ("a: number = 0.25", Default::Literal(Literal::Number(0.25))),
        ("a: boolean = true", Default::Literal(Literal::Boolean(true))),
        ("a: draft | done = done", Default::Literal(Literal::Enum("done".into()))),
        ("a: date = 2026-11-21", Default::Literal(Literal::Date("2026-11-21".into()))),
        ("a: time = 08:30", Default::Literal(Literal::Time("08:30:00".into()))),
        ("a: datetime = 2026-11-21T08:30+02:00", Default::Literal(Literal::DateTime(moment))),
        ("a: datetime = now", Default::Now),
        ("a: email = \"Info@Shop.example\"", Default::Literal(Literal::String("info@shop.example".into()))),
    ];
    for (line, expected) in table {
        assert_eq!(default(line), expected, "{line}");
    }
}

#[test]
fn words_of_a_field_are_kept() {
    let found = one("a: string? unique private readonly");
    assert!(found.nullable && found.unique && found.private);
    assert_eq!(found.write, Write::Nobody);
    let plain = one("a: string");
    assert!(!plain.nullable && !plain.unique && !plain.private);
    assert_eq!(plain.write, Write::Callers);
}

#[test]
fn both_forms_of_a_field_mean_the_same() {
    let pairs = [
        ("a: string? 1..20 unique = \"x\"", "a: { type: string?, length: 1..20, unique: true, default: x }"),
        ("a: integer 1..5 = 2 readonly", "a: { type: integer, range: 1..5, default: 2, readonly: true }"),
        ("a: draft | done = done", "a: { type: draft | done, default: done }"),
        ("a: decimal(10,2)", "a: { type: \"decimal(10,2)\", private: false }"),
        ("a: Author? set_null", "a: { type: Author?, on_delete: set_null }"),
    ];
    for (line, map) in pairs {
        assert_eq!(one(line), one(map), "{map}");
    }
}

#[test]
fn other_sides_store_nothing() {
    let model = model(
        "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\nentities:\n  Author:\n    fields:\n      \
         name: string\n      books: Book[] by author\n      card: Card? by holder\n  Book:\n    fields: { author: \
         Author cascade }\n  Card:\n    fields: { holder: Author unique }\n",
    );
    let author = entity(&model, "Author");
    assert_eq!(author.fields.len(), 1);
    let sides: Vec<_> =
        author.other_sides.iter().map(|side| (side.name.snake(), side.entity, side.by, side.many)).collect();
    assert_eq!(
        sides,
        [
            ("books", EntityId(1), By::Reference(FieldId(0)), true),
            ("card", EntityId(2), By::Reference(FieldId(0)), false)
        ]
    );
}

#[test]
fn chains_of_roles_are_followed_to_their_end() {
    let model = model(
        "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\nauth: { roles: \"admin > staff, staff > \
         clerk, buyer\", default_role: buyer }\nentities: {}\n",
    );
    let auth = model.auth.unwrap();
    let includes: Vec<Vec<usize>> =
        auth.roles.all().iter().map(|role| role.includes.iter().map(|id| id.0).collect()).collect();
    assert_eq!(includes, [vec![0, 1, 2], vec![1, 2], vec![2], vec![3]]);
    assert_eq!(auth.default_role, Some(RoleId(3)));
}

#[test]
fn conditions_are_tests_of_fields() {
    let model = model(
        "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\nauth: { roles: [staff] }\nentities:\n  \
         Note:\n    fields: { status: draft | done, stars: integer, reader: User }\n    access:\n      read: anyone when \
         status = done | draft and stars >= 3, signed_in when reader = me\n      delete: nobody\n",
    );
    let note = entity(&model, "Note");
    let word = |word: &str| Operand::Literal(Literal::Enum(word.into()));
    let when = vec![
        Test::Compare { field: FieldId(0), comparison: Comparison::Equal, operands: vec![word("done"), word("draft")] },
        Test::Compare {
            field: FieldId(1),
            comparison: Comparison::GreaterOrEqual,
            operands: vec![Operand::Literal(Literal::Integer(3))],
        },
    ];
    let mine = vec![Test::Compare { field: FieldId(2), comparison: Comparison::Equal, operands: vec![Operand::Me] }];
    assert_eq!(note.access.list.grants, [Grant { who: Who::Anyone, when }, Grant { who: Who::SignedIn, when: mine }]);
    assert_eq!(note.access.get, note.access.list);
    for denied in [AccessOperation::Create, AccessOperation::Update, AccessOperation::Delete] {
        assert_eq!(note.access.rule(denied).grants, []);
    }
}

#[test]
fn has_follows_every_relation_with_several_rows() {
    let model = model(
        "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\nauth: { roles: [staff] }\nentities:\n  \
         Team:\n    fields:\n      fans: User[]\n      people: User[] through Seat\n      seats: Seat[] by team\n    access:\n      \
         read: fans has me, people has me, seats has (user = me)\n  \
         Seat:\n    fields: { team: Team, user: User }\n    access: { read: anyone }\n  \
         User:\n    fields: { teams: \"Team[] by fans\" }\n    access: { read: teams has (fans has me) }\n",
    );
    let ids = ["Team", "Seat", "User"].map(|name| {
        let found = model.entities().find(|(_, entity)| entity.name.pascal() == name);
        found.unwrap().0
    });
    let [team, seat, user] = ids;
    let whens = |name: &str| -> Vec<Vec<Test>> {
        let grants = &entity(&model, name).access.get.grants;
        grants.iter().map(|grant| grant.when.clone()).collect()
    };
    let fans = Relation::InSet { field: FieldId(0), entity: user };
    // The rows between are those of the direct relation, whatever reads across them.
    let seats = Relation::Referring { side: OtherSideId(1), entity: seat, by: FieldId(0) };
    let mine = Test::Compare { field: FieldId(1), comparison: Comparison::Equal, operands: vec![Operand::Me] };
    let is_fan = Test::Has(fans, vec![Test::IsMe]);
    let sits = Test::Has(seats, vec![mine]);
    assert_eq!(whens("Team"), [vec![is_fan.clone()], vec![sits.clone()], vec![sits]]);
    let teams = Relation::Having { side: OtherSideId(0), entity: team, by: FieldId(0) };
    assert_eq!(whens("User"), [vec![Test::Has(teams, vec![is_fan])]]);
}

#[test]
fn without_a_login_everything_is_open() {
    let model = with_fields("a: string");
    assert_eq!(model.auth, None);
    for operation in AccessOperation::ALL {
        let grants = &entity(&model, "Book").access.rule(operation).grants;
        assert_eq!(grants, &[Grant { who: Who::Anyone, when: Vec::new() }]);
    }
}

#[test]
fn a_mistake_in_a_pattern_is_told_at_a_place_of_the_spec_even_where_characters_were_left_out() {
    // YAML has no such character, so that the line that is read is shorter than the one that was written.
    let line = "string /abcӟ{3,2%0}/ lower\u{7f}case";
    let text = format!(
        "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\nentities:\n  Book:\n    fields:\n      title: \"{line}\"\n"
    );
    let problems = super::resolve(&spec::read(&text).spec.expect("a spec")).1;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert_eq!(problem.code, spec::Code::BadPattern);
    let span = problem.labels[0].span;
    assert_eq!(text.get(span.start..span.end), Some(format!("\"{line}\"").as_str()));
}

#[test]
fn an_update_that_could_change_nothing_does_not_exist() {
    let grants = |fields: &str| {
        let model = model(&format!(
            "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\nauth: {{}}\nentities:\n  Order:\n    \
             owner: customer\n    fields:\n      customer: User\n{fields}    access: {{ read: owner, write: owner }}\n",
        ));
        let access = &entity(&model, "Order").access;
        [&access.create, &access.update, &access.delete].map(|rule| rule.grants.len())
    };
    assert_eq!(grants("      number: string write_once\n      paid: boolean readonly = false\n"), [1, 0, 1]);
    assert_eq!(grants("      note: string? private\n"), [1, 0, 1]);
    assert_eq!(grants("      note: string\n"), [1, 1, 1]);
}
