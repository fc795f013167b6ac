//! The project's own tests.

mod access;
mod checks;
mod copies;
mod fields;
mod held;
mod own_moves;
mod resource;
mod rows;
mod server;
mod withheld;

use std::collections::BTreeSet;

use askama::Template;

use crate::code::TsImports;
use crate::contract::{CallerFacts, Linked, Stocks, asked_fields};
use crate::model::{EntityId, EntityKind, FieldId};
use crate::project::Part;
use crate::targets::express::access::{AccessTest, Cases};
use crate::targets::express::emptied::{Accounts, emptied};
use crate::targets::express::entity::Entity;
use crate::targets::express::features::account::SIGN_UP_CALLER;
use crate::targets::express::files::{tests, typescript};
use crate::targets::express::included::relations;
use crate::targets::express::names::Names;
use crate::targets::express::parts::Parts;
use crate::targets::express::rows::Beside;
use crate::targets::express::scarce;
use crate::targets::{Draft, Input, RenderError};

use self::access::{access_tests, hooks_tried};
use self::checks::check_tests;
use self::copies::copy_test;
use self::fields::{field_tests, has_field_tests};
use self::own_moves::own_moves;
use self::resource::{count_of, is_kept, is_searched, resource_tests, secret, some_permitted, withholds};
use self::rows::{Called, counting, factory, rows};

pub(in crate::targets::express) use self::checks::{copied_unfit, told_unfit};
pub(in crate::targets::express) use self::held::{
    copied_by_users, expression as checked_expression, row_values, sample as fitting_sample,
};
pub(in crate::targets::express) use self::resource::searched_by_all;
pub(in crate::targets::express) use self::rows::{given_to_copy, input_members, tells_apart};

/// The most rows of a list that are compared with each other.
const COMPARED_MAX: u32 = 20;

#[derive(Template)]
#[template(path = "express/app/tests/support/resource.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct ResourceSupport {
    /// The most rows that a list gives at once.
    limit: u32,
    /// So many rows are compared, which a list gives without being asked for more.
    page: u32,
    /// Whether some rows can bring others along.
    includes: bool,
    /// Whether some rows take what can be written only once.
    once: bool,
    /// Whether some rows show to some callers only what they hold.
    hides: bool,
    /// Whether some rows hold what nobody sees.
    keeps: bool,
    /// Whether some of that is text in rows whose lists are searched.
    withholds: bool,
    /// Whether some lists are searched.
    searches: bool,
    /// Whether some rows cannot be deleted while others refer to them.
    restricts: bool,
    /// Whether some rows name users that not everybody sees who sees the rows.
    unseen: bool,
    /// Whether some callers may not refer to some rows.
    unreadable: bool,
    /// Whether some relations do not bring along every row.
    keeps_back: bool,
    /// The type of what is permitted.
    permitted: &'static str,
}

#[derive(Template)]
#[template(path = "express/app/tests/support/situation.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct SituationSupport {
    /// Whether some rows take what can be written only once.
    once: bool,
    /// Whether some rows refer to others that not everybody may change who changes the rows.
    kept: bool,
    /// Whether some new rows hold what no two rows may.
    apart: bool,
    /// What stands for the caller's own row, where some rows are compared with what that holds.
    me: Option<Me>,
    beside: Beside,
    imports: TsImports,
}

/// The tests of an entity, and what they take.
#[derive(Clone)]
#[allow(clippy::struct_excessive_bools, reason = "what all tests together take is known when each has said so")]
struct Tested {
    files: Vec<Draft>,
    called: Called,
    /// Whether some rows name users that not everybody sees who sees the rows.
    unseen: bool,
    /// Whether some callers may not refer to some rows.
    unreadable: bool,
    /// Whether some relations do not bring along every row.
    keeps_back: bool,
    searches: Searches,
    /// Whether a row is deleted that others keep.
    kept: bool,
    /// Whether bodies that try a field give more than that.
    also: bool,
    /// Whether fields are looked for in other answers than those of single rows.
    by: bool,
}

#[derive(Template)]
#[template(path = "express/app/tests/support/fields.ts")]
struct FieldSupport {
    /// Whether some bodies give more than the field that is tried.
    also: bool,
    /// Whether fields are looked for in other answers than those of single rows.
    by: bool,
}

/// What tests call the caller's own row.
#[derive(Clone, Copy)]
enum Me {
    /// That row alone.
    User,
    /// That row with those that rules look for behind it.
    Leading,
}

impl Me {
    /// What rules ask of callers, where they do.
    fn of(of_caller: &CallerFacts, linked: &Linked) -> Option<Self> {
        let alone = linked.ask_caller().then_some(Self::User);
        if of_caller.lead() { Some(Self::Leading) } else { alone }
    }

    /// Its type.
    const fn name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Leading => "Me",
        }
    }

    /// Where the type is declared.
    const fn module(self) -> &'static str {
        match self {
            Self::User => "../../src/models/user.model.js",
            Self::Leading => "./users.js",
        }
    }

    /// An expression for that of somebody.
    const fn made(self) -> &'static str {
        match self {
            Self::User => "(await storeUser())",
            Self::Leading => "(await signUpCaller()).user",
        }
    }
}

/// What brings situations about.
fn imports_of_situations(me: Option<Me>) -> TsImports {
    let imports = TsImports::new().with_types("./api.js", &["Principal"]).with_values("./api.js", &["principals"]);
    let imports = me.iter().fold(imports, |imports, me| imports.with_types(me.module(), &[me.name()]));
    match me {
        Some(Me::User) => imports.with_values("./users.js", &["storeUser"]),
        Some(Me::Leading) => imports.with_values("./users.js", &[SIGN_UP_CALLER]),
        None => imports,
    }
}

pub(super) fn files(input: &Input, entities: &[Entity], parts: &Parts) -> Result<Vec<Draft>, RenderError> {
    let of_caller = input.memo.found_of_all("what callers hold", CallerFacts::of(input.model, input.contract));
    let user = entities.iter().find(|entity| entity.spec.kind == EntityKind::User);
    let named_later = |user: &Entity| user.waiting_references().chain(user.sets.iter().map(|set| set.field)).collect();
    let mut referring: Vec<FieldId> = user.map(named_later).unwrap_or_default();
    referring.extend(of_caller.of_one_row.iter().map(|(_, path)| path.begin()));
    let referring = input.memo.found_of_all("what callers can refer to", referring);
    let linked =
        input.memo.found_of_all("what is compared with one of its kind", Linked::of(input.model, input.contract));
    let stocks = input.memo.found_of_all("what rows hold that others copy", Stocks::of(input.model, input.contract));
    let asked = input.memo.found_of_all("what rules ask for", asked_fields(input.model, input.contract));
    let alone = input.memo.found_of_all(
        "what tests empty",
        emptied(input.model, linked.alone().map(|(entity, _)| entity), Accounts::Stay),
    );
    let Input { model, contract, memo, .. } = *input;
    let none = BTreeSet::new();
    let cases = Cases {
        model,
        contract,
        of_caller: &of_caller,
        referring: &referring,
        linked: &linked,
        stocks: &stocks,
        asked: &asked,
        emptied: &alone,
        needy: &none,
        memo,
    };
    let me = Me::of(&of_caller, &linked);
    let is_scarce = |id: &EntityId| !scarce::sets(cases, *id).is_empty();
    let few: Vec<EntityId> = model.entities().map(|(id, _)| id).filter(is_scarce).collect();
    let needy = scarce::needy(cases, &few);
    let cases = Cases { needy: &needy, ..cases };
    let few: Vec<&Names> = emptied(model, few, Accounts::Go).into_iter().map(|id| &entities[id.0].names).collect();
    let mut files = server::files(input, me, &few, parts)?;
    let beside = Beside::of(input.model, &input.contract.plan, &linked);
    let has_routes: Vec<&Entity> = entities.iter().filter(|entity| entity.has_routes()).collect();
    let has_rows = |entity: &&Entity| entity.has_service() && (entity.makes_rows() || entity.has_update());
    let with_rows: Vec<&Entity> = entities.iter().filter(has_rows).collect();
    let counting = input.memo.found_of_all("where tests count", counting(cases, &with_rows));
    let tested = |entity: &&Entity| {
        input.memo.unit("tests", entity.id.0, || Tested::of(input, cases, entity, entities, counting))
    };
    let tested: Vec<Tested> = has_routes.iter().map(tested).collect::<Result<_, _>>()?;
    let own_moves = user.and_then(|user| own_moves(input, cases, user, me, counting));
    let of_oneself = own_moves.as_ref().map(|own| Called::by(&own.cases)).unwrap_or_default();
    let called = tested.iter().fold(of_oneself, |called, tested| called.or(tested.called));
    let beside = Beside { related: beside.related || tested.iter().any(|tested| tested.keeps_back), ..beside };
    if let Some(own) = &own_moves {
        files.push(tests("tests/own-moves.test.ts", own.cases.len(), own)?);
    }
    if !with_rows.is_empty() || called.makes_rows() {
        let made = rows(cases, input.storage, &with_rows, called);
        files.push(typescript("tests/support/rows.ts", Part::Test, &made)?);
    }
    if !has_routes.is_empty() || !with_rows.is_empty() {
        if has_routes.iter().any(|entity| has_field_tests(entity)) {
            let also = tested.iter().any(|tested| tested.also);
            let by = tested.iter().any(|tested| tested.by);
            files.push(typescript("tests/support/fields.ts", Part::Test, &FieldSupport { also, by })?);
        }
        let once = has_routes.iter().any(|entity| entity.written_once().next().is_some());
        let guarded = || has_routes.iter().any(|entity| entity.guarded_references().next().is_some());
        let kept = called.keeps() || beside.given && guarded();
        let situation =
            SituationSupport { once, kept, apart: called.sets_apart(), me, beside, imports: imports_of_situations(me) };
        files.push(typescript("tests/support/situation.ts", Part::Test, &situation)?);
        let unseen = tested.iter().any(|tested| tested.unseen);
        let unreadable = tested.iter().any(|tested| tested.unreadable);
        let keeps_back = tested.iter().any(|tested| tested.keeps_back);
        let limits = &input.contract.limits;
        let support = ResourceSupport {
            limit: limits.page_size_max,
            page: limits.page_size.min(COMPARED_MAX),
            includes: has_routes.iter().any(|entity| !relations(entity).is_empty()),
            once,
            hides: has_routes.iter().any(|entity| entity.readers().next().is_some()),
            unseen,
            unreadable,
            keeps_back,
            permitted: if unseen || unreadable || keeps_back { "Permitted" } else { "Situation" },
            withholds: tested.iter().any(|tested| tested.searches.withheld),
            searches: tested.iter().any(|tested| tested.searches.found),
            restricts: tested.iter().any(|tested| tested.kept),
            keeps: has_routes.iter().any(|entity| secret(entity).is_some()),
        };
        files.push(typescript("tests/support/resource.ts", Part::Test, &support)?);
    }
    files.extend(tested.into_iter().flat_map(|tested| tested.files));
    Ok(files)
}

/// What searches of an entity's lists are tested on.
#[derive(Clone, Copy)]
struct Searches {
    /// Texts that they find.
    found: bool,
    /// Texts that they do not.
    withheld: bool,
}

impl Tested {
    /// The tests of one of all entities, and where they count.
    fn of(
        input: &Input,
        cases: Cases,
        entity: &Entity,
        all: &[Entity],
        counting: &'static str,
    ) -> Result<Self, RenderError> {
        let stem = &entity.names.stem;
        let tried = &cases.of(entity);
        let access = access_tests(cases, tried, entity, all, counting);
        let count = access.cases.len() + hooks_tried(entity, tried);
        let mut files = Vec::new();
        // Where there are too few rows to refer to, there is nothing to try.
        if count > 0 {
            files.push(tests(&format!("tests/{stem}.access.test.ts"), count, &access)?);
        }
        let asks_caller = || !factory(cases, input.storage, entity).input_parameters.is_empty();
        if let Some(copies) = copy_test(cases, tried, entity, asks_caller) {
            files.push(tests(&format!("tests/{stem}.copies.test.ts"), 1, &copies)?);
        }
        if let Some(checks) = check_tests(cases, tried, entity, asks_caller) {
            files.push(tests(&format!("tests/{stem}.checks.test.ts"), checks.count(), &checks)?);
        }
        let (mut also, mut by) = (false, false);
        if has_field_tests(entity) {
            let of_one = tried.iter().any(|test| test.own.names_one_row);
            let of_many = tried.iter().filter(|test| of_one && !test.own.names_one_row);
            let of_many: Vec<AccessTest> = of_many.cloned().collect();
            let fields = field_tests(input, if of_one { &of_many } else { tried }, entity, counting);
            also = fields.cases.iter().any(|case| case.contains(", also: {"));
            by = fields.cases.iter().any(|case| case.contains(", by: \""));
            // Where nobody may bring about what the rules tell apart, there is nothing to try.
            if !fields.cases.is_empty() {
                files.push(tests(&format!("tests/{stem}.fields.test.ts"), fields.cases.len(), &fields)?);
            }
        }
        let resource = resource_tests(cases, tried, entity, all, counting);
        let count = count_of(&resource);
        // Where each row that somebody may ask for is the only one of its kind, there is nothing to try on several.
        if count > 0 {
            files.push(tests(&format!("tests/{stem}.test.ts"), count, &resource)?);
        }
        Ok(Self {
            files,
            called: Called::by(&access.cases),
            unseen: some_permitted(&resource, |permitted| !permitted.unseen.is_empty()),
            unreadable: some_permitted(&resource, |permitted| !permitted.unreadable.is_empty()),
            keeps_back: some_permitted(&resource, |permitted| !permitted.kept_back.is_empty()),
            searches: Searches { found: is_searched(&resource), withheld: withholds(&resource) },
            kept: is_kept(&resource),
            also,
            by,
        })
    }
}
