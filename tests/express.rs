//! What the Express target makes of specs, as far as it can be told without running it.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use backsmith::code::{Language, layout};
use backsmith::contract::{Admission, Check, FieldAccess, FieldGuard, Guard, Plan, Predicate, Verb};
use backsmith::model::{AccessOperation, RoleId};
use backsmith::storage::Database;
use backsmith::{Compiled, Request, compile, generate, render, starters};

const COURIERS: &str = include_str!("suite/tests/specs/couriers.yaml");
const DESK: &str = include_str!("suite/tests/specs/desk.yaml");
const EVERY_FIELD: &str = include_str!("specs/every-field.yaml");
const EVERY_RULE: &str = include_str!("specs/every-rule.yaml");
const PAPERS: &str = include_str!("suite/tests/specs/papers.yaml");
const RESERVED_NAMES: &str = include_str!("specs/reserved-names.yaml");

/// Specs as people write them.
fn ordinary() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specs/ordinary");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 10, "{paths:?}");
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn bookshop() -> &'static str {
    starters::find("bookshop").unwrap().spec
}

fn compiled(spec: &str) -> Compiled {
    compile(&Request::new(spec)).result.unwrap()
}

fn compiled_for(spec: &str, database: Database) -> Compiled {
    compile(&Request { database: Some(database), ..Request::new(spec) }).result.unwrap()
}

fn files(spec: &str, compiled: &Compiled, plan: &Plan) -> BTreeMap<String, String> {
    let project = render(spec, compiled, plan).unwrap();
    project.files().iter().map(|file| (file.path.to_string(), file.text.clone())).collect()
}

/// The paths of the files that a change of the plan changes.
fn changed_by(spec: &str, compiled: &Compiled, plan: &Plan) -> Vec<String> {
    let before = files(spec, compiled, &compiled.contract.plan);
    let after = files(spec, compiled, plan);
    let paths = before.keys().chain(after.keys()).collect::<std::collections::BTreeSet<_>>();
    paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).cloned().collect()
}

fn with_check(plan: &Plan, guard: &Guard, check: &Check) -> Plan {
    let change = |other: &Guard| {
        if other.id == guard.id { Guard { check: check.clone(), ..other.clone() } } else { other.clone() }
    };
    plan.clone().with_guards(plan.guards().iter().map(change))
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    for spec in [bookshop(), EVERY_FIELD, EVERY_RULE, RESERVED_NAMES] {
        let compiled = compiled(spec);
        assert_eq!(changed_by(spec, &compiled, &compiled.contract.plan), Vec::<String>::new());
    }
}

#[test]
fn every_file_is_as_its_formatter_leaves_it() {
    let made = [bookshop(), COURIERS, EVERY_FIELD, EVERY_RULE, PAPERS, RESERVED_NAMES];
    let of_each = made.into_iter().flat_map(|spec| Database::ALL.map(|database| (spec, database)));
    // What differs between databases does so in all projects alike.
    let ordinary = ordinary();
    for (spec, database) in of_each.chain(ordinary.iter().map(|spec| (spec.as_str(), Database::Sqlite))) {
        let compiled = compiled_for(spec, database);
        for (path, text) in files(spec, &compiled, &compiled.contract.plan) {
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
            assert!(!text.contains(['⟦', '⟧']), "{path}");
            if path.strip_suffix(".ts").is_some() {
                assert_eq!(layout(&text, Language::TypeScript).text, text, "{path}");
            }
        }
    }
}

#[test]
fn each_guard_is_enforced_in_the_source_and_nowhere_else() {
    for spec in [bookshop(), EVERY_FIELD, RESERVED_NAMES] {
        let compiled = compiled(spec);
        let plan = &compiled.contract.plan;
        for guard in plan.guards() {
            let entity = compiled.model.entity(guard.entity);
            // Without a route there is nothing to guard, unless other requests look rows up.
            let mut verbs = compiled.contract.verbs(guard.entity).map(|(verb, _)| verb);
            let is_asked = match guard.operation {
                AccessOperation::Get => verbs.any(Verb::names_row),
                operation => verbs.any(|verb| verb.access() == operation),
            };
            if !is_asked {
                continue;
            }
            let check = match &guard.check {
                Check::Caller(Admission::SignedIn) => Check::Caller(Admission::Roles(vec![RoleId(0)])),
                Check::Caller(_) => Check::Caller(Admission::SignedIn),
                Check::Row(site, _) => Check::Row(*site, Predicate::Never),
            };
            let changed = changed_by(spec, &compiled, &with_check(plan, guard, &check));
            let about = entity.name.kebab();
            assert!(changed.iter().any(|path| path.contains(&about)), "{}: {changed:?}", guard.id);
            assert!(changed.iter().all(|path| path.starts_with("src/")), "{}: {changed:?}", guard.id);
        }
    }
}

#[test]
fn each_guard_of_a_field_is_enforced_in_the_source_and_nowhere_else() {
    let compiled = compiled(EVERY_RULE);
    let plan = &compiled.contract.plan;
    assert!(plan.fields().len() > 8);
    for guard in plan.fields() {
        let change = |other: &FieldGuard| {
            let predicate = if other.id == guard.id { Predicate::Never } else { other.predicate.clone() };
            FieldGuard { predicate, ..other.clone() }
        };
        let with = plan.clone().with_fields(plan.fields().iter().map(change));
        let changed = changed_by(EVERY_RULE, &compiled, &with);
        let schema = format!("src/schemas/{}.schema.ts", compiled.model.entity(guard.entity).name.kebab());
        assert!(changed.contains(&schema), "{}: {changed:?}", guard.id);
        assert!(changed.iter().all(|path| path.starts_with("src/")), "{}: {changed:?}", guard.id);
    }
}

#[test]
fn who_writes_a_field_is_asked_of_the_row_before_an_update_and_of_the_one_it_leaves() {
    let compiled = compiled(PAPERS);
    let plan = &compiled.contract.plan;
    let of_rows = plan.fields().iter().filter(|guard| guard.access == FieldAccess::Write);
    assert_eq!(of_rows.clone().count(), 6);
    for guard in of_rows {
        for wrong in [
            FieldGuard { predicate: Predicate::Never, ..guard.clone() },
            FieldGuard { result: Predicate::Never, ..guard.clone() },
        ] {
            let all = plan.fields().iter().map(|of| if of.id == guard.id { &wrong } else { of }.clone());
            let changed = changed_by(PAPERS, &compiled, &plan.clone().with_fields(all));
            let service = format!("src/services/{}.service.ts", compiled.model.entity(guard.entity).name.kebab());
            assert!(changed.contains(&service), "{}: {changed:?}", guard.id);
            assert!(changed.iter().all(|path| path.starts_with("src/")), "{}: {changed:?}", guard.id);
        }
        // Where the row before no longer matters, the one that is left still does.
        let open = FieldGuard { predicate: guard.predicate.of_any_row(), ..guard.clone() };
        let wide = FieldGuard { result: guard.result.of_any_row(), ..open.clone() };
        let service = |wrong: &FieldGuard| {
            let all = plan.fields().iter().map(|of| if of.id == guard.id { wrong } else { of }.clone());
            let stem = compiled.model.entity(guard.entity).name.kebab();
            files(PAPERS, &compiled, &plan.clone().with_fields(all)).remove(&format!("src/services/{stem}.service.ts"))
        };
        assert_ne!(service(&open), service(&wide), "{}", guard.id);
    }
}

#[test]
fn each_arrow_is_enforced_in_the_source_and_nowhere_else() {
    // Users without routes of their own change themselves by code of the login.
    for (spec, users) in [(EVERY_RULE, "user"), (COURIERS, "auth")] {
        let compiled = compiled(spec);
        let plan = &compiled.contract.plan;
        assert!(plan.moves().len() > 3);
        for guard in plan.moves() {
            let without = plan.moves().iter().filter(|other| other.id != guard.id).cloned();
            let changed = changed_by(spec, &compiled, &plan.clone().with_moves(without));
            let name = compiled.model.entity(guard.entity).name.kebab();
            let service = format!("src/services/{}.service.ts", if name == "user" { users } else { &name });
            assert!(changed.contains(&service), "{}: {changed:?}", guard.id);
            assert!(changed.iter().all(|path| path.starts_with("src/")), "{}: {changed:?}", guard.id);
        }
    }
}

/// Rows that name the caller are there after the caller is, and sets of rows before.
#[test]
fn tests_of_moves_of_oneself_store_rows_in_turn() {
    let compiled = compiled(COURIERS);
    let files = files(COURIERS, &compiled, &compiled.contract.plan);
    let cases = files["tests/own-moves.test.ts"].split("\n  },\n");
    let about = |guard: &str| cases.clone().filter(|case| case.contains(guard)).collect::<Vec<_>>();
    let is_permitted = |case: &&&str| case.contains("status: 200");
    for (guard, made) in [
        ("trainee->courier", "names: async () => ({ depotId: await idOf(storeDepot({ open: true })) })"),
        ("courier->resting", "depotId: await idOf(storeDepot({ headId: callerId })),"),
        ("courier->resting", "related: [(id) => storeTrip({ riderId: id, state: \"done\" })]"),
        ("resting->courier", "licenceIds: [await idOf(storeLicence({ valid: true }))],"),
        ("senior->courier", "depotId: await idOf(storeDepot({ regionId: me.regionId })),"),
    ] {
        let cases = about(guard);
        assert!(cases.iter().any(|case| case.contains(made)), "{guard}: {cases:#?}");
        let permitted = cases.iter().filter(is_permitted).count();
        assert!(permitted > 0 && permitted < cases.len(), "{guard}: {cases:#?}");
    }
}

#[test]
fn the_check_of_the_owner_knows_its_line() {
    let generated = generate(&Request::new(bookshop())).unwrap().result.unwrap();
    let service = generated.project.files().iter().find(|file| file.path.as_str() == "src/services/review.service.ts");
    let service = service.unwrap();
    let rule = bookshop().lines().position(|line| line.trim() == "update: owner").unwrap() + 1;
    let line = service.line_from(generated.compiled.model.lines.line(u32::try_from(rule).unwrap())).unwrap();
    assert_eq!(service.text.lines().nth(line as usize - 1), Some("  return row.authorId === caller.id;"));
}

#[test]
fn a_test_of_a_change_names_only_references_that_its_caller_may_write() {
    let compiled = compiled(DESK);
    let files = files(DESK, &compiled, &compiled.contract.plan);
    let changes = files["tests/case.access.test.ts"].split("\n  },\n").filter(|case| {
        let changes = case.contains("verb: \"put\"") || case.contains("verb: \"patch\"");
        changes && case.contains("helperId: await idOf(signUp())")
    });
    let (by_clerks, by_others): (Vec<&str>, Vec<&str>) = changes.partition(|case| case.contains("caller: \"clerk\""));
    let keeps = |case: &&str| case.contains("kept: [\"helperId\"]");
    assert!(!by_clerks.is_empty() && !by_clerks.iter().any(keeps), "{by_clerks:#?}");
    assert!(!by_others.is_empty() && by_others.iter().all(keeps), "{by_others:#?}");
}

/// The runner of the generated project counted as many.
#[test]
fn tests_are_counted_as_their_runner_counts_them() {
    let tests = |spec: &str| generate(&Request::new(spec)).unwrap().result.unwrap().summary.tests;
    let shop = starters::find("ecommerce-api").unwrap().spec;
    assert_eq!([bookshop(), EVERY_FIELD, RESERVED_NAMES, shop].map(tests), [380, 1159, 922, 1435]);
}

/// Guards, API document and tests of the rows are the same wherever the rows lie.
#[test]
fn a_database_changes_only_what_speaks_to_it() {
    for spec in [bookshop(), EVERY_FIELD, RESERVED_NAMES] {
        let of = |database| {
            let compiled = compiled_for(spec, database);
            files(spec, &compiled, &compiled.contract.plan)
        };
        let (sqlite, postgresql) = (of(Database::Sqlite), of(Database::Postgresql));
        assert!(sqlite.keys().eq(postgresql.keys()));
        let same = ["openapi.json", "seed.json", "src/app.ts", "src/server.ts", "tests/support/resource.ts"];
        let parts = ["src/controllers/", "src/middleware/", "src/routes/", "src/schemas/", "src/services/"];
        for (path, text) in sqlite {
            if same.contains(&path.as_str()) || parts.iter().any(|part| path.starts_with(part)) {
                assert_eq!(postgresql.get(&path), Some(&text), "{path}");
            }
        }
    }
}

/// An argument is text, but what no text stands for is read as a body would hold it.
#[test]
fn the_first_user_is_given_fields_as_their_types_want_them() {
    let spec = bookshop().replace(
        "entities:\n",
        "entities:\n  User:\n    fields:\n      nick: string 1..20\n      age: integer 0..150\n      fan: boolean\n      born: date\n      tags: string[0..3] 1..9\n    access: { read: owner }\n",
    );
    let generated = generate(&Request::new(&spec)).unwrap().result.unwrap();
    let command = generated.project.files().iter().find(|file| file.path.as_str() == "src/commands/create-admin.ts");
    assert!(command.unwrap().text.contains("const inJson = new Set([\"age\", \"fan\", \"tags\"]);"));
}

/// What the first user refers to is looked at as it is when somebody registers.
#[test]
fn the_first_user_refers_to_rows_that_are_there() {
    let spec = bookshop()
        .replace("entities:\n", "entities:\n  User:\n    fields: { likes: Book? }\n    access: { read: owner }\n");
    let generated = generate(&Request::new(&spec)).unwrap().result.unwrap();
    let command = generated.project.files().iter().find(|file| file.path.as_str() == "src/commands/create-admin.ts");
    assert!(command.unwrap().text.contains("await checkReferences("));
}

const SEATS: &str =
    "backsmith: 1\nname: seats\nframework: express\ndatabase: sqlite\nauth: { roles: staff }\nentities:\n  Hall:
    fields: { row: integer, day: date }\n    unique: [\"day, row\"]\n    access: { read: anyone, write: staff }\n  Seat:
    fields: { hall: Hall, open: boolean, above: Seat? }
    access: { read: \"signed_in when open = true and above.open = true, staff\", write: staff }\n  Ticket:
    fields: { seat: Seat unique }
    access: { read: signed_in, create: signed_in when seat.hall.day > 2026-01-01, update: staff, delete: nobody }\n";

/// Two rows with one value of what no two may have in common would let no such test pass.
#[test]
fn tests_store_no_two_rows_of_which_there_may_be_one() {
    let compiled = compiled(SEATS);
    let files = files(SEATS, &compiled, &compiled.contract.plan);
    let cases: Vec<&str> = files["tests/ticket.access.test.ts"].split("\n  },\n").collect();
    let creates = |case: &&&str| case.contains("verb: \"create\"") && case.contains("seatId: ");
    assert!(cases.iter().filter(creates).count() > 0, "{cases:#?}");
    assert!(cases.iter().filter(creates).all(|case| case.contains("apart: [\"seatId\"]")), "{cases:#?}");
    // A seat that is stored without another above it is read by staff alone.
    let reads_nothing = |case: &&&str| case.contains("caller: \"signedIn\"") && !case.contains("aboveId: ");
    let refers_unseen = cases.iter().filter(creates).filter(reads_nothing).any(|case| case.contains("status: 201"));
    assert!(!refers_unseen, "{cases:#?}");
    // Rules say the day, so that the rows of halls are told apart by the other one.
    assert!(files["tests/support/rows.ts"].contains("row: next()"), "{}", files["tests/support/rows.ts"]);
}

const ROOMS: &str =
    "backsmith: 1\nname: rooms\nframework: express\ndatabase: sqlite\nauth: { roles: staff }\nentities:\n  Room:
    fields: { closed_at: datetime?, note: string? 1..40 write(staff), left_at: datetime? readonly }
    access: { read: \"signed_in when closed_at is null and left_at is not null and note is null, staff\", write: staff }
  Booking:
    fields: { room: Room }
    access: { read: signed_in, create: signed_in, update: staff, delete: nobody }\n";

/// What a body names, its caller must be able to read.
#[test]
fn rows_of_tests_are_null_where_most_callers_may_read_them_so() {
    let compiled = compiled(ROOMS);
    let files = files(ROOMS, &compiled, &compiled.contract.plan);
    let rows = &files["tests/support/rows.ts"];
    assert!(rows.contains("    closedAt: null,\n"), "{rows}");
    assert!(rows.contains("    leftAt: \"2026-01-01T09:30:00.000Z\",\n"), "{rows}");
    // Rows that are not so say it.
    let cases = &files["tests/room.access.test.ts"];
    assert!(cases.contains("row: { closedAt: \"2026-01-01T09:30:00.000Z\", note: \"a\" }"), "{cases}");
}

const LESSONS: &str =
    "backsmith: 1\nname: lessons\nframework: express\ndatabase: sqlite\nauth: { roles: staff }\nentities:\n  Lesson:
    fields: { title: string 1..80, day: mon | tue | wed, slot: first | second }
    unique: [\"day, slot\"]
    access: { read: anyone, write: staff }
  Place:
    fields: { rank: integer 1..3 unique, code: 'string /[A-Z]{2}/ unique', number: integer unique }
    access: { read: anyone, write: staff }
  Booking:
    fields: { lesson: Lesson restrict, place: Place cascade }
    access: { read: signed_in, write: signed_in }\n";

/// There are only so many lessons in a week, and more tests than that.
#[test]
fn tests_of_what_there_is_little_of_begin_without_it() {
    let compiled = compiled(LESSONS);
    let files = files(LESSONS, &compiled, &compiled.contract.plan);
    let rows = &files["tests/support/rows.ts"];
    let turns = |name: &str| -> Vec<&str> {
        let begin = format!("const {name}Turns = turns([\n");
        let all = rows.split_once(&begin).and_then(|(_, rest)| rest.split_once("]);")).unwrap().0;
        all.lines().map(str::trim).collect()
    };
    let lessons = turns("lesson");
    assert_eq!(lessons.len(), 6, "{lessons:?}");
    assert_eq!(lessons.iter().collect::<std::collections::BTreeSet<_>>().len(), 6, "{lessons:?}");
    // Each differs in everything of which no two places have the same; of numbers there are enough.
    let places = turns("place");
    assert_eq!(places.len(), 3, "{places:?}");
    assert!(places.iter().enumerate().all(|(at, place)| place.contains(&format!("rank: {}", at + 1))), "{places:?}");
    assert!(rows.contains("    number: next(),\n    ...placeTurns.next().value,\n"), "{rows}");
    let emptied: Vec<&str> = files["tests/setup.ts"].lines().filter(|line| line.contains("db.delete(")).collect();
    assert_eq!(emptied, ["bookings", "lessons", "places"].map(|table| format!("  await db.delete({table});")));
    // Of three places, no test can store the four that it would take, nor four bookings of them.
    let tested = ["lesson", "place", "booking"].map(|name| files.contains_key(&format!("tests/{name}.test.ts")));
    assert_eq!(tested, [true, false, false]);
}

const GRADES: &str =
    "backsmith: 1\nname: grades\nframework: express\ndatabase: sqlite\nauth: { roles: staff }\nentities:\n  User:
    fields: { grade: integer = 0 write(staff) }
    access: { read: \"owner, staff\", update: \"owner, staff\", delete: staff }\n";

/// Owners may change what there is of themselves, and that is nothing.
#[test]
fn tests_change_what_their_caller_may() {
    let compiled = compiled(GRADES);
    let files = files(GRADES, &compiled, &compiled.contract.plan);
    let cases: Vec<&str> = files["tests/user.access.test.ts"].split("\n  },\n").collect();
    let changes = |case: &&&str| case.contains("verb: \"patch\"") && case.contains("status: 200");
    let of = |caller: &str| {
        let caller = format!("caller: \"{caller}\"");
        cases.iter().filter(changes).filter(|case| case.contains(&caller)).collect::<Vec<_>>()
    };
    let (owner, staff) = (of("signedIn"), of("staff"));
    assert!(!owner.is_empty() && owner.iter().all(|case| case.contains("unchanged: true")), "{owner:#?}");
    assert!(!staff.is_empty() && staff.iter().all(|case| case.contains("body: { grade: 1 }")), "{staff:#?}");
}

const COPIES: &str =
    "backsmith: 1\nname: copies\nframework: express\ndatabase: sqlite\nauth: { roles: staff }\nentities:\n  Book:
    fields: { price: integer }
    access: { read: anyone, write: staff }
  Line:
    fields: { book: Book, price: integer readonly = book.price, note: string? 1..40 }
    access: { read: signed_in, create: signed_in when note is null, update: staff, delete: staff }\n";

/// What rules ask to be null, a new row is not given.
#[test]
fn tests_of_copies_make_a_row_that_their_caller_may_create() {
    let compiled = compiled(COPIES);
    let files = files(COPIES, &compiled, &compiled.contract.plan);
    let test = &files["tests/line.copies.test.ts"];
    assert!(test.contains("note: null"), "{test}");
}

const TEAMS: &str = "backsmith: 1\nname: teams\nframework: express\ndatabase: sqlite\nauth: { roles: admin }\nentities:\n  User:
    fields: { team: \"Team? set_null write(admin)\", desk: \"Desk? set_null write(admin)\" }\n  Team:
    fields: { code: string 2..20 unique, rank: integer 1..999999 unique }
    access: { read: signed_in, create: admin, update: signed_in when rank <= me.team.rank, delete: signed_in when code = me.team.code }\n  Room:
    fields: { door: string 2..20 unique }\n    access: { read: signed_in, create: admin, update: signed_in when door = me.desk.room.door, delete: nobody }\n  Desk:
    fields: { room: Room unique cascade }\n    access: { read: signed_in, write: signed_in when room != me.desk.room }\n  Player:
    fields: { team: Team cascade }\n    access: { read: signed_in, write: signed_in when team.code = me.team.code }\n";

/// Only one row holds what is compared, so that callers refer to the very row that a test asks for.
#[test]
fn tests_let_callers_refer_to_the_row_that_only_they_lead_to() {
    let compiled = compiled(TEAMS);
    let files = files(TEAMS, &compiled, &compiled.contract.plan);
    let cases = |name: &str| -> Vec<String> {
        let text = &files[&format!("tests/{name}.access.test.ts")];
        text.split("\n  },\n").map(|case| case.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    let verdict = |name: &str, verb: &str, said: &str| {
        let is_that = |case: &&String| {
            let of_user = case.contains("caller: \"signedIn\"") && case.contains(&format!("verb: \"{verb}\""));
            of_user && case.contains(said)
        };
        let case = cases(name).iter().find(is_that).cloned().unwrap_or_default();
        (case.split("status: ").nth(1).and_then(|rest| rest.get(..3)).map(str::to_owned), case)
    };
    let (status, of_that_team) = verdict("team", "delete", "itself=me.team\"");
    assert_eq!(status.as_deref(), Some("204"), "{of_that_team}");
    assert!(of_that_team.contains("related: [(id, callerId) => refer(callerId, \"teamId\", id)]"), "{of_that_team}");
    // It has values of its own, which nothing else holds.
    assert!(!of_that_team.contains("me.team.code"), "{of_that_team}");
    assert_eq!(verdict("team", "delete", "code=Code 2, rank=11\"").0.as_deref(), Some("403"));
    let (status, lesser) = verdict("team", "patch", "rank<me.team.rank");
    assert!(status.as_deref() == Some("200") && lesser.contains("rank: me.team.rank - 1"), "{lesser}");
    // Nobody is led to a team that is not there yet.
    assert!(!cases("team").iter().any(|case| case.contains("\"create\"") && case.contains("itself=")));
    let (status, far) = verdict("room", "patch", "itself=me.desk.room");
    let over = "refer(callerId, \"deskId\", await idOf(storeDesk({ roomId: id })))";
    assert!(status.as_deref() == Some("200") && far.contains(over), "{far}");
    assert_eq!(verdict("desk", "delete", "itself=me.desk,").0.as_deref(), Some("403"));
    assert_eq!(verdict("desk", "delete", "room another").0.as_deref(), Some("204"));
    // What names it only needs to name what the caller does.
    let (status, named) = verdict("player", "create", "team as the caller's");
    assert!(status.as_deref() == Some("201") && named.contains("teamId: me.team.id"), "{named}");
    let users = &files["tests/support/users.ts"];
    assert!(users.contains("tx.update(users).set(references).where(eq(users.id, id))"), "{users}");
}

const QUEUES: &str = "backsmith: 1\nname: queues\nframework: express\ndatabase: sqlite\nauth: { roles: clerk }\nentities:\n  User:
    fields: { number: \"integer? unique write(clerk)\", desk: \"Desk? set_null write(clerk)\" }\n  Desk:
    fields: { limit: integer unique, beside: Desk? set_null unique }\n    access: { read: signed_in, write: clerk }\n  Ticket:
    fields: { number: integer unique, desk: Desk unique, former: Ticket? set_null }
    access: { read: signed_in when number > me.number, create: clerk when number < desk.limit, update: signed_in when desk = me.desk, delete: signed_in when desk = former.desk }\n";

/// What no two rows may have in common is counted, so that its order is that of the counting.
#[test]
fn tests_count_values_in_the_order_that_rules_ask_for() {
    let compiled = compiled(QUEUES);
    let files = files(QUEUES, &compiled, &compiled.contract.plan);
    let users = &files["tests/support/users.ts"];
    assert!(users.contains("number: 4 * next(),"), "{users}");
    let text = &files["tests/ticket.access.test.ts"];
    let cases: Vec<&str> = text.split("\n  },\n").collect();
    let case = |said: &str| cases.iter().find(|case| case.contains(said)).copied().unwrap();
    assert!(case("number<me.number").contains("number: Number(me.number) - 1"));
    let falling = case("number=11, desk the same, desk.limit=10");
    let [number, limit] = ["const oneNumber", "const oneLimit"].map(|name| falling.find(name));
    assert!(limit.is_some() && limit < number, "{falling}");
    let said = "number<me.number, desk the same, desk.limit<me.number";
    assert!(case(said).contains("limit: Number(me.number) - 1"));
    // No two tickets have one desk.
    assert!(!text.contains("former.desk the same"), "{text}");
    assert!(text.contains("former.desk another"), "{text}");
}

/// Values without a member in common with what they are looked at for do not compile.
#[test]
fn registering_looks_at_no_references_where_it_takes_none() {
    let compiled = compiled(QUEUES);
    let service = &files(QUEUES, &compiled, &compiled.contract.plan)["src/services/auth.service.ts"];
    assert_eq!(service.matches("await checkReferences(").count(), 1, "{service}");
}

const ORGS: &str =
    "backsmith: 1\nname: orgs\nframework: express\ndatabase: sqlite\nauth: { roles: staff }\nentities:\n  User:
    fields: { name: string ..40, team: Team? write(staff) }\n  Team:
    fields: { title: string ..40 }
    access: { read: signed_in, write: staff }\n  Org:
    owner: founder
    fields: { founder: User, plan: free | pro = free write(staff), hidden: boolean = false write(staff) }
    access: { read: signed_in, create: signed_in, update: \"owner when hidden = false, staff when hidden = false\", delete: staff }\n  Project:
    fields: { org: Org, key: 'string /[A-Z]{2,5}/' }
    unique: [\"org, key\"]
    access: { read: signed_in, create: org.founder = me, update: org.founder = me, delete: staff }\n";

/// What the server writes of its own accord is of the type that its field has.
#[test]
fn a_choice_that_begins_anew_is_one_of_its_values() {
    let compiled = compiled(ORGS);
    let files = files(ORGS, &compiled, &compiled.contract.plan);
    let service = &files["src/services/org.service.ts"];
    assert!(service.contains("{ plan: \"free\" as const }"), "{service}");
}

/// The key is the same in all rows of tests, so that the rows of one test belong to two organisations.
#[test]
fn tests_store_no_two_rows_with_a_set_in_common() {
    let compiled = compiled(ORGS);
    let files = files(ORGS, &compiled, &compiled.contract.plan);
    let cases: Vec<&str> = files["tests/project.access.test.ts"].split("\n  },\n").collect();
    let creates: Vec<&&str> =
        cases.iter().filter(|case| case.contains("verb: \"create\"") && case.contains("orgId: ")).collect();
    assert!(!creates.is_empty() && creates.iter().all(|case| case.contains("apart: [\"orgId\"]")), "{creates:#?}");
}

/// A field that rules on the row look at is tried with the value that they permit.
#[test]
fn tests_of_fields_stay_within_the_rules_on_the_row() {
    let compiled = compiled(ORGS);
    let files = files(ORGS, &compiled, &compiled.contract.plan);
    let cases: Vec<&str> = files["tests/org.fields.test.ts"].split("\n  },\n").collect();
    let of_hidden: Vec<&&str> = cases
        .iter()
        .filter(|case| {
            case.contains("use: \"update\"") && case.contains("field: \"hidden\"") && !case.contains("refused")
        })
        .collect();
    assert!(!of_hidden.is_empty() && of_hidden.iter().all(|case| case.contains("value: false")), "{of_hidden:#?}");
}

const TIMES: &str =
    "backsmith: 1\nname: times\nframework: express\ndatabase: sqlite\nauth: { roles: head }\nentities:\n  Room:
    fields: { title: string ..40 }
    access: { read: anyone, write: head }\n  Lesson:
    fields: { teacher: User, room: Room, day: mon | tue, hour: integer 1..8 }
    unique: [\"teacher, day, hour\", \"room, day, hour\"]
    access: { read: signed_in, create: teacher = me, update: teacher = me, delete: head }\n";

/// A test names its caller more than once, and another room each time.
#[test]
fn tests_tell_rows_of_one_caller_apart() {
    let compiled = compiled(TIMES);
    let files = files(TIMES, &compiled, &compiled.contract.plan);
    let rows = &files["tests/support/rows.ts"];
    assert!(rows.contains("{ day: \"tue\", hour: 1 },\n  { day: \"mon\", hour: 2 },"), "{rows}");
    assert!(files.contains_key("tests/lesson.test.ts"));
}

const DEALS: &str =
    "backsmith: 1\nname: deals\nframework: express\ndatabase: sqlite\nauth: { roles: lead }\nentities:\n  User:
    fields: { boss: User? set_null write(lead) }
    access: { read: signed_in, update: \"owner, lead\" }\n  Deal:
    owner: seller
    fields: { seller: User, title: string 1..40 }
    access: { read: \"owner, seller.boss = me, lead\", create: signed_in, update: \"owner, lead\", delete: lead }\n  Call:
    owner: deal.seller
    fields: { deal: Deal, note: string 1..40 }
    access: { read: \"owner, lead\", create: owner, update: owner, delete: lead }\n";

/// Whom a row belongs to stands in no body of a change, and whoever stores users imports what does.
#[test]
fn tests_of_what_belongs_to_others_leave_the_owner_as_it_is() {
    let compiled = compiled(DEALS);
    let files = files(DEALS, &compiled, &compiled.contract.plan);
    let cases: Vec<&str> = files["tests/deal.access.test.ts"].split("\n  },\n").collect();
    let changes = |case: &&&str| case.contains("verb: \"put\"") && case.contains("sellerId: ");
    let changes: Vec<&&str> = cases.iter().filter(changes).collect();
    assert!(!changes.is_empty() && changes.iter().all(|case| case.contains("kept: [\"sellerId\"]")), "{changes:#?}");
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("tests/")) {
        let imports = text.contains("storeUser }") || text.contains("storeUser,");
        assert!(!text.contains("storeUser(") || imports || path == "tests/support/users.ts", "{path}\n{text}");
    }
}

const CRATES: &str =
    "backsmith: 1\nname: crates\nframework: express\ndatabase: sqlite\nauth: { roles: staff }\nentities:\n  Depot:
    fields: { title: string 1..40, crates: \"Crate[] by depot\" }
    access: { read: anyone, write: \"anyone when crates has (state = full), staff\" }\n  Crate:
    fields: { number: integer 1..99, last: integer? 1..99, state: empty | full = empty, depot: Depot }
    unique: [\"number, state\"]\n    check: [number <= last]\n    access: { read: signed_in, write: anyone }\n  Label:
    fields: { day: date, crate: Crate }
    access: { read: \"anyone when crate.number <= 50\", write: staff }\n";

/// A number that a check looks at and a state that rules look at are the same in all rows of tests: no two are there.
#[test]
fn tests_store_no_two_rows_that_would_be_the_same() {
    let compiled = compiled(CRATES);
    let files = files(CRATES, &compiled, &compiled.contract.plan);
    let cases: Vec<&str> = files["tests/crate.access.test.ts"].split("\n  },\n").collect();
    assert!(cases.iter().any(|case| case.contains("verb: \"put\"") && case.contains("status: 200")), "{cases:#?}");
    assert!(!cases.iter().any(|case| case.contains("verb: \"create\"") && case.contains("status: 201")), "{cases:#?}");
    // What is tested on several rows needs several, and so does what refers to them.
    let tested = ["depot", "crate", "label"].map(|name| files.contains_key(&format!("tests/{name}.test.ts")));
    assert_eq!(tested, [true, false, false]);
    // Each test of a label makes a crate for the row, and another one for the body.
    assert!(!files.contains_key("tests/label.access.test.ts"));
}

/// A test fails only for guards that it names, and what it refers to has to be readable.
#[test]
fn tests_name_every_guard_that_they_presume() {
    let spec = starters::find("ecommerce-api").unwrap().spec;
    let compiled = compiled(spec);
    let files = files(spec, &compiled, &compiled.contract.plan);
    let creates = |name: &str, status: &str, guard: &str| {
        let cases = files[&format!("tests/{name}.access.test.ts")].split("\n  },\n");
        let about = |case: &&str| case.contains("verb: \"create\"") && case.contains(&format!("status: {status}"));
        cases.filter(about).filter(|case| case.contains(guard)).map(str::to_owned).collect::<Vec<_>>()
    };
    let refused = creates("order-line", "403", "\"OrderLine.create.result\"");
    assert!(!refused.is_empty() && refused.iter().all(|case| case.contains("\"Product.get.row\"")), "{refused:#?}");
    let created = creates("product", "201", "");
    assert!(!created.is_empty() && created.iter().all(|case| case.contains("\"Category.get.caller\"")), "{created:#?}");
    let of_oneself = files["tests/auth.test.ts"].lines().filter(|line| line.contains("shows in the answer and stays"));
    let of_oneself: Vec<&str> = of_oneself.collect();
    assert!(of_oneself.len() == 1 && of_oneself[0].contains("[User.get.row]"), "{of_oneself:#?}");
}

/// Who changes oneself is a user, and the row is the own one.
#[test]
fn users_who_change_themselves_are_not_asked_who_they_are() {
    let compiled = compiled(COURIERS);
    let files = files(COURIERS, &compiled, &compiled.contract.plan);
    let service = &files["src/services/auth.service.ts"];
    assert!(service.contains("row.grade > 2") && !service.contains("caller !== undefined"), "{service}");
    let repository = &files["src/repositories/auth-user.repository.ts"];
    assert!(repository.contains("isCaller(depots.headId, caller)"), "{repository}");
    assert!(!repository.contains("isCaller(table.id"), "{repository}");
}

/// Rows that a caller may not read come along with no others, are found by no search, and nobody refers to them.
#[test]
fn tests_try_what_callers_do_not_see_around_a_row() {
    let spec = starters::find("ecommerce-api").unwrap().spec;
    let compiled = compiled(spec);
    let files = files(spec, &compiled, &compiled.contract.plan);
    for (file, tried) in [
        ("category.test.ts", "(id) => storeProduct({ categoryIds: [id], status: \"draft\" })"),
        ("user.test.ts", "related: [(id) => storeCart({ customerId: id })]"),
        ("cart-line.test.ts", "[\"Cart.get.row\", \"cartId\", () => storeCart()]"),
        ("order-line.test.ts", "[\"Product.get.row\", \"productId\", () => storeProduct({ status: \"draft\" })]"),
        ("product.access.test.ts", "searched: \"name\""),
    ] {
        let text = &files[&format!("tests/{file}")];
        assert!(text.contains(tried), "{file}: {tried}");
    }
}
