//! How a project's own tests make rows.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;

use super::fields::has_field_tests;
use super::held::{copied_from, expression, named_values, sample};
use crate::code::TsImports;
use crate::contract::{
    Admission, CallerFacts, Contract, FieldAccess, Input as Member, KnownFacts, Predicate, RowValues, Site, Source,
    Value, fitting, in_checks,
};
use crate::model::{AccessOperation, Default, EntityId, EntityKind, FieldId, Literal, Model, Scalar, Type};
use crate::storage::Storage;
use crate::targets::express::access::{Cases, is_account, object};
use crate::targets::express::distinct::is_plentiful;
use crate::targets::express::entity::Entity;
use crate::targets::express::features::account::counts_changes;
use crate::targets::express::names::{Key, field_property};
use crate::targets::express::own;
use crate::targets::express::rows::null_by_themselves;
use crate::targets::express::samples;
use crate::targets::express::scarce;
use crate::targets::express::stock;
use crate::targets::express::values::literal;

/// The function of the test support that waits for a row and gives its id.
const ID_OF: &str = "idOf";

/// The function of the test support that stores a row with others that refer to it.
const WITH_RELATED: &str = "withRelated";

/// The function of the test support that stores a row which several others name.
const WITH_ID: &str = "withId";

/// The function that counts what no two rows may have in common.
const NEXT: &str = "next";

/// What makes rows, and what makes users.
const ROWS: &str = "./support/rows.js";
const USERS: &str = "./support/users.js";

#[derive(Template)]
#[template(path = "express/app/tests/support/rows.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
pub(super) struct Rows {
    imports: TsImports,
    counts: bool,
    /// Whether tests of fields count too.
    exports: bool,
    /// Whether some rows are made of values by turns.
    turns: bool,
    related: bool,
    shared: bool,
    ids: bool,
    entities: Vec<Arc<RowFactory>>,
}

/// Which functions of the test support cases call.
#[derive(Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub(super) struct Called {
    related: bool,
    shared: bool,
    ids: bool,
    /// Whether they count what no two rows may have in common.
    counts: bool,
    /// Whether they set apart what only a new row may hold.
    apart: bool,
    /// Whether they keep values that a body may not give.
    keeps: bool,
}

impl Called {
    /// What these cases call.
    pub(super) fn by(cases: &[String]) -> Self {
        let says = |text: &str| cases.iter().any(|case| case.contains(text));
        let calls = |name: &str| says(&format!("{name}("));
        Self {
            related: calls(WITH_RELATED),
            shared: calls(WITH_ID),
            ids: calls(ID_OF),
            counts: calls(NEXT),
            apart: says(", apart: ["),
            keeps: says(", kept: ["),
        }
    }

    /// What the one or the other calls.
    pub(super) const fn or(self, other: Self) -> Self {
        Self {
            related: self.related || other.related,
            shared: self.shared || other.shared,
            ids: self.ids || other.ids,
            counts: self.counts || other.counts,
            apart: self.apart || other.apart,
            keeps: self.keeps || other.keeps,
        }
    }

    /// Whether some call what makes rows.
    pub(super) const fn makes_rows(self) -> bool {
        self.related || self.shared || self.ids
    }

    /// Whether some set apart what only a new row may hold.
    pub(super) const fn sets_apart(self) -> bool {
        self.apart
    }

    /// Whether some keep what a body may not give.
    pub(super) const fn keeps(self) -> bool {
        self.keeps
    }
}

pub(super) struct RowFactory {
    /// Whether the rows are stored here too, and not as accounts.
    stores: bool,
    /// The type of what is made up.
    input: String,
    camel: String,
    pascal: String,
    row: String,
    pub(super) input_parameters: &'static str,
    input_asynchronous: bool,
    members: Vec<(String, String)>,
    /// What bodies give by turns, one after the other.
    turns: Vec<Vec<(String, String)>>,
    owner: Option<Key>,
    new_arguments: String,
    input_arguments: &'static str,
    overrides: Vec<(String, String)>,
}

pub(super) fn rows(cases: Cases, storage: &Storage, entities: &[&Entity], called: Called) -> Rows {
    let factories: Vec<Arc<RowFactory>> = entities.iter().map(|entity| factory(cases, storage, entity)).collect();
    let values = factories.iter().flat_map(|factory| factory.members.iter().chain(&factory.overrides));
    let text: String = values.map(|(_, value)| value.as_str()).collect();
    let owners = factories.iter().any(|factory| factory.owner.is_some());
    let callers = factories.iter().any(|factory| !factory.input_parameters.is_empty());
    let mut imports = TsImports::new();
    if factories.iter().any(|factory| factory.stores) {
        imports = imports.with_values("../../src/db/client.js", &["write"]);
    }
    for entity in entities {
        let names = &entity.names;
        imports = imports.with_types(&format!("../../src/schemas/{}.schema.js", names.stem), &[&input_type(entity)]);
        if !entity.makes_rows() {
            continue;
        }
        imports = imports
            .with_types(&format!("../../src/models/{}.model.js", names.stem), &[&names.row])
            .with_namespace(
                &format!("../../src/repositories/{}.repository.js", names.stem),
                &format!("{}Repository", names.camel),
            )
            .with_values(&format!("../../src/services/{}.service.js", names.stem), &[&format!("new{}", names.pascal)]);
    }
    if owners || text.contains("signUp()") {
        imports = imports.with_values("./users.js", &["signUp"]);
    }
    if text.contains("storeUser(") {
        imports = imports.with_values("./users.js", &["storeUser"]);
    }
    if callers {
        imports = imports.with_types("./api.js", &["Principal"]).with_values("./api.js", &["nobody"]);
    }
    let fields = entities.iter().filter(|entity| has_field_tests(entity));
    let mut guarded = fields.flat_map(|entity| entity.guarded(&entity.resource.create));
    let exports = guarded.any(|(_, member)| match member.property.source {
        Source::Field(id) if member.refers_to.is_none() => {
            samples::expression(&member.property.value, false).contains("next()")
                || samples::expression(&member.property.value, true).contains("next()")
                    && entities
                        .iter()
                        .any(|entity| entity.resource.create.contains(member) && entity.spec.field(id).unique)
        }
        _ => false,
    });
    let calls = |name: &str, in_cases: bool| in_cases || text.contains(&format!("{name}("));
    // Whatever no two rows may have in common is counted once.
    let module = counting(cases, entities);
    let exports = exports || called.counts;
    let counts = exports || text.contains("next()");
    if counts && module != ROWS {
        imports = imports.with_values(&module.replace("./support/", "./"), &["next"]);
    }
    Rows {
        imports,
        counts: counts && module == ROWS,
        exports,
        turns: factories.iter().any(|factory| !factory.turns.is_empty()),
        related: calls(WITH_RELATED, called.related),
        shared: calls(WITH_ID, called.shared),
        ids: calls(ID_OF, called.ids),
        entities: factories,
    }
}

/// Where tests count: where accounts are made, if tests change what no two of them have in common.
pub(super) fn counting(cases: Cases, entities: &[&Entity]) -> &'static str {
    // What a caller holds is compared with what rows do.
    let compares = !cases.linked.is_empty() && cases.model.auth.is_some();
    let counts = || entities.iter().any(|entity| !entity.makes_rows() && counts_changes(entity));
    if compares || counts() { USERS } else { ROWS }
}

/// What a body of tests holds: that of a new row, or of a changed account.
pub(in crate::targets::express) fn input_members<'e>(entity: &'e Entity) -> impl Iterator<Item = &'e Member> {
    let members = if entity.makes_rows() { &entity.resource.create } else { &entity.resource.update };
    members.iter().filter(|member| entity.makes_rows() || !entity.is_moved(member))
}

fn input_type(entity: &Entity) -> String {
    format!("{}{}", entity.names.pascal, if entity.makes_rows() { "Create" } else { "Update" })
}

/// What makes up a body of tests.
pub(super) fn made_up(entity: &Entity) -> String {
    let has_input = entity.makes_rows() || entity.has_update();
    if has_input { format!("{}Input", entity.names.camel) } else { "() => ({})".to_owned() }
}

/// How tests make rows of an entity.
pub(super) fn factory(cases: Cases, storage: &Storage, entity: &Entity) -> Arc<RowFactory> {
    cases.memo.always("row factory", entity.id.0, || Arc::new(new_factory(cases, storage, entity)))
}

fn new_factory(cases: Cases, storage: &Storage, entity: &Entity) -> RowFactory {
    let names = &entity.names;
    let facts = &*cases.readable_row(entity.id);
    let mut members = Vec::new();
    let mut asks_caller = false;
    let owner = entity.spec.owner_field();
    let nulls = null_by_themselves(cases, entity.id);
    let turns = scarce::turns(cases, entity.id);
    let is_by_turns = |wire: &str| turns.iter().flatten().any(|(name, _)| name == wire);
    for member in input_members(entity) {
        let Source::Field(id) = member.property.source else { continue };
        let wire = member.property.wire.clone();
        if is_by_turns(&wire) {
            continue;
        }
        let mut fact = facts.values.iter().filter(|(field, _)| *field == id);
        let value = match (member.refers_to, fact.next_back()) {
            // The owner is whoever calls, and what only some may give no row needs.
            _ if owner == Some(id) || entity.writer(member).is_some() => continue,
            (Some(to), _) if matches!(member.property.value, Value::Keys { .. }) => {
                let (text, with_caller) = set(cases, storage, entity, member, to);
                asks_caller |= with_caller;
                text
            }
            (Some(_), _) if facts.another.contains(&id) => "(await signUp()).id".to_owned(),
            (Some(to), _) if member.required && is_account(cases.model, to) && entity.spec.is_somebody_else(id) => {
                "(await signUp()).id".to_owned()
            }
            (Some(_), _) if !member.required => "null".to_owned(),
            (Some(to), _) if is_account(cases.model, to) => {
                asks_caller = true;
                "caller.id ?? (await signUp()).id".to_owned()
            }
            (Some(to), _) => {
                let (text, with_caller) = stored_row(cases, to, &copied_from(entity, facts, id));
                asks_caller |= with_caller;
                text
            }
            (None, Some(fact)) => {
                object(entity.spec, &[fact]).split_once(": ").map_or_else(String::new, |(_, value)| value.to_owned())
            }
            (None, None) if nulls.contains(&id) => "null".to_owned(),
            (None, None) => {
                let own = || own::of_field(cases, entity.id, id).or_else(|| stock::expression(entity, id));
                let alone = entity.others.supplies.iter().any(|(of, _)| *of == id).then(own).flatten();
                alone.or_else(|| sample(entity, facts, id)).or_else(own).unwrap_or_else(|| {
                    let is_unique = entity.spec.field(id).unique || tells_apart(cases, entity, id);
                    samples::expression(&member.property.value, is_unique)
                })
            }
        };
        members.push((wire, value));
    }
    // What no body gives may still have to be so that others can read the row.
    let needed = entity.spec.fields().filter(|(id, field)| {
        let gives = |member: &Member| {
            let is_asked = entity.writer(member).is_some() && cases.asks_for_null(entity.id, *id);
            member.property.source == Source::Field(*id) && !is_asked
        };
        let given = entity.resource.create.iter().any(gives);
        let is_asked = cases.asks_for_null(entity.id, *id) && !nulls.contains(id);
        let is_empty = field.default.is_none() && (!field.nullable || is_asked);
        let begins = facts
            .said(*id)
            .is_none_or(|value| matches!(&field.default, Some(Default::Literal(begun)) if begun == value));
        owner != Some(*id) && !given && (is_empty || !begins)
    });
    let overrides = needed.filter_map(|(id, field)| match &field.ty {
        Type::Scalar(scalar) => {
            let plain = || match facts.said(id) {
                Some(value) => literal(value, scalar),
                None => own::of_field(cases, entity.id, id)
                    .or_else(|| stock::expression(entity, id))
                    .unwrap_or_else(|| samples::expression(&Value::One(scalar.clone()), field.unique)),
            };
            Some((field_property(field), sample(entity, facts, id).unwrap_or_else(plain)))
        }
        _ => None,
    });
    // What is copied is in the row already.
    let copied = copied_values(entity, facts);
    let overrides = overrides.filter(|member| !copied.contains(member));
    let owner = entity.owner().map(|(_, field)| Key::of(field));
    RowFactory {
        stores: entity.makes_rows(),
        input: input_type(entity),
        camel: names.camel.clone(),
        pascal: names.pascal.clone(),
        row: names.row.clone(),
        input_parameters: if asks_caller { "caller: Principal" } else { "" },
        input_asynchronous: members.iter().any(|(_, value)| value.contains("await ")),
        input_arguments: if asks_caller { "nobody" } else { "" },
        new_arguments: owner.as_ref().map_or_else(String::new, |owner| format!(", {}", owner.variable))
            + &copied_argument(&copied),
        owner,
        members,
        turns,
        overrides: overrides.collect(),
    }
}

/// Values in the place of those that a new row copies from others.
fn copied_values(entity: &Entity, facts: &KnownFacts) -> Vec<(String, String)> {
    let copied = entity.spec.fields().filter(|(_, field)| field.copied().is_some());
    let values = copied.map(|(id, field)| {
        let value = match &field.ty {
            Type::Scalar(scalar) => samples::expression(&Value::One(scalar.clone()), field.unique),
            Type::List { .. } | Type::Reference(_) | Type::Many(_) => "null".to_owned(),
        };
        let known = || named_values(entity, facts).remove(&id).map(|value| expression(entity, id, value.as_ref()));
        // Where no two copies may be the same either, each row holds another.
        let alone = if field.unique { stock::copied(entity, id) } else { None };
        (field_property(field), alone.or_else(known).unwrap_or(value))
    });
    values.collect()
}

/// The same as an argument of what makes new rows.
fn copied_argument(values: &[(String, String)]) -> String {
    let members: Vec<String> = values.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    if members.is_empty() { String::new() } else { format!(", {{ {} }}", members.join(", ")) }
}

/// Whether a field has to be different in all rows, so that no two have a whole set of values in common.
pub(in crate::targets::express) fn tells_apart(cases: Cases, entity: &Entity, field: FieldId) -> bool {
    let values = |id: &FieldId| match &entity.spec.field(*id).ty {
        Type::Scalar(scalar) if !is_plentiful(scalar) => 0,
        Type::Scalar(Scalar::Uuid | Scalar::Email | Scalar::Url) => 4,
        Type::Scalar(Scalar::String { length, .. } | Scalar::Text { length, .. }) if length.max > 3 => 3,
        Type::Scalar(Scalar::DateTime | Scalar::Date(_) | Scalar::Number(_) | Scalar::Bigint(_)) => 2,
        Type::Scalar(Scalar::Integer(_) | Scalar::Decimal { .. } | Scalar::Time(_)) => 1,
        _ => 0,
    };
    // What checks look at is not free to be different, and what rules ask for is not in each test.
    let checked = in_checks(entity.spec);
    let nulls = null_by_themselves(cases, entity.id);
    let values = |id: &FieldId| if checked.contains(id) { 0 } else { values(id) };
    let is_free = |id: &FieldId| !cases.asked.compared.contains(&(entity.id, *id)) && !nulls.contains(id);
    let worth = |id: &FieldId| (values(id) > 0 && is_free(id), values(id));
    let best = |fields: &[FieldId]| fields.iter().copied().rev().max_by_key(worth).filter(|id| values(id) > 0);
    entity.spec.unique.iter().any(|set| best(&set.fields) == Some(field))
}

/// An expression for a set of rows: those that there must be, or one where everybody may read it.
fn set(cases: Cases, storage: &Storage, entity: &Entity, member: &Member, to: EntityId) -> (String, bool) {
    let Value::Keys { count } = &member.property.value else { return ("[]".to_owned(), false) };
    let place = |id| storage.position(id);
    let plan = &cases.contract.plan;
    let is_open = *plan.admission(to, AccessOperation::Get) == Admission::Anyone
        && *plan.predicate(to, AccessOperation::Get, Site::Row) == Predicate::Always;
    // Rows of entities that refer to each other would have to be there before each other.
    let wanted = if is_open && place(to) < place(entity.id) { 1.min(count.max) } else { 0 }.max(count.min);
    if is_account(cases.model, to) {
        let accounts = vec!["caller.id ?? (await signUp()).id"; wanted as usize];
        return (format!("[{}]", accounts.join(", ")), wanted > 0);
    }
    let (row, with_caller) = stored_row(cases, to, &KnownFacts::default());
    (format!("[{}]", vec![row; wanted as usize].join(", ")), with_caller && wanted > 0)
}

/// An expression that stores a row which as many callers as possible may read, and gives its id; new rows are told
/// what they copy from it.
pub(super) fn stored_row(cases: Cases, entity: EntityId, copied: &KnownFacts) -> (String, bool) {
    let facts = &*cases.readable_row(entity);
    let told = told((cases.model, cases.contract), entity, facts, copied);
    let model = cases.model.entity(entity);
    let camel = model.name.pascal();
    if !facts.at.is_empty() || !facts.same.is_empty() {
        let facts = KnownFacts {
            values: [facts.values.clone(), told.values].concat(),
            nulls: [facts.nulls.clone(), told.nulls].concat(),
            ..facts.clone()
        };
        let text = crate::targets::express::rows::store(cases.model, entity, &facts, "caller.id");
        let asks = text.contains("caller.id");
        let chosen = if asks { format!("(caller.id ? {text} : store{camel}())") } else { text };
        return (format!("(await {chosen}).id"), asks);
    }
    let told = told_members(model, &told);
    let mine: Vec<String> =
        facts.mine.iter().map(|id| format!("{}: caller.id", field_property(model.field(*id)))).collect();
    let given = match (mine.is_empty(), told.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("{{ {told} }}"),
        (false, true) => format!("caller.id ? {{ {} }} : {{}}", mine.join(", ")),
        (false, false) => format!("{{ {told}, ...(caller.id ? {{ {} }} : {{}}) }}", mine.join(", ")),
    };
    (format!("(await store{camel}({given})).id"), !mine.is_empty())
}

/// What has to be said of a row that is copied from: all that it does not hold by itself.
fn told(
    (model, contract): (&Model, &Contract),
    entity: EntityId,
    facts: &KnownFacts,
    copied: &KnownFacts,
) -> KnownFacts {
    let spec = model.entity(entity);
    let checked = in_checks(spec);
    // All users of tests hold that.
    let is_asked = spec.kind == EntityKind::User && !copied.values.is_empty();
    let known = if is_asked { CallerFacts::of(model, contract) } else { CallerFacts::default() };
    let lent: Vec<(FieldId, &Literal)> = known.own().collect();
    let is_usual = |(id, value): &(FieldId, Literal)| {
        let inputs = &contract.resource(entity).create;
        let is_given = inputs.iter().any(|input| input.property.source == Source::Field(*id));
        let is_open = contract.plan.field(entity, Source::Field(*id), FieldAccess::Write).is_none();
        let Type::Scalar(scalar) = &spec.field(*id).ty else { return false };
        if spec.field(*id).unique {
            return false;
        }
        if let Some((_, held)) = lent.iter().find(|(of, _)| of == id) {
            return *held == value;
        }
        is_given && is_open && !checked.contains(id) && samples::usual(scalar).as_ref() == Some(value)
    };
    let mut told = KnownFacts {
        values: copied.values.iter().filter(|value| !facts.says(value.0) && !is_usual(value)).cloned().collect(),
        nulls: copied.nulls.iter().filter(|id| !facts.says(**id)).copied().collect(),
        ..KnownFacts::default()
    };
    // Its own checks may look at more of it.
    let fixed: RowValues = facts.row_values().into_iter().chain(told.row_values()).collect();
    if !checked.iter().any(|id| told.says(*id)) {
        return told;
    }
    for (id, value) in fitting(spec, &fixed, &|_| Vec::new()).unwrap_or_default() {
        if !fixed.contains_key(&id) {
            told.say(id, value);
        }
    }
    told
}

/// What a row is stored with that new users copy from, so that they pass their checks.
pub(in crate::targets::express) fn given_to_copy(
    project: (&Model, &Contract),
    user: &Entity,
    through: FieldId,
) -> String {
    let Some(reference) = user.spec.field(through).reference() else { return String::new() };
    let copied = copied_from(user, &KnownFacts::default(), through);
    given(project.0.entity(reference.to), &told(project, reference.to, &KnownFacts::default(), &copied))
}

/// What has to be said of a row so that it holds this.
pub(super) fn told_beside(project: (&Model, &Contract), entity: EntityId, facts: &KnownFacts) -> KnownFacts {
    told(project, entity, &KnownFacts::default(), facts)
}

/// Facts as what a row is stored with.
pub(super) fn given(entity: &crate::model::Entity, told: &KnownFacts) -> String {
    let members = told_members(entity, told);
    if members.is_empty() { String::new() } else { format!("{{ {members} }}") }
}

fn told_members(entity: &crate::model::Entity, told: &KnownFacts) -> String {
    let nulls = told.nulls.iter().map(|id| format!("{}: null", field_property(entity.field(*id))));
    let told: Vec<String> = told.values.iter().map(|value| object(entity, &[value])).chain(nulls).collect();
    told.join(", ")
}

/// What makes and stores rows of an entity; which of the two names comes first depends on the entity's.
pub(super) fn row_imports(entity: &Entity) -> TsImports {
    let names = &entity.names;
    let (input, store) = (format!("{}Input", names.camel), format!("store{}", names.pascal));
    let has_input = entity.makes_rows() || entity.has_update();
    let imports = if has_input { TsImports::new().with_values(ROWS, &[&input]) } else { TsImports::new() };
    imports.with_values(store_module(entity.spec), &[&store])
}

/// Where tests store rows: accounts are stored with what logs them in.
pub(super) fn store_module(entity: &crate::model::Entity) -> &'static str {
    match entity.kind {
        EntityKind::Ordinary => ROWS,
        EntityKind::User => USERS,
    }
}

/// What makes the rows that test cases need beside their own.
pub(super) fn other_imports(model: &Model, imports: TsImports, text: &str) -> TsImports {
    let called = called(text);
    let mut stored: Vec<EntityId> = called.iter().filter_map(|name| model.named(name.strip_prefix("store")?)).collect();
    stored.sort_unstable();
    let stores = stored.into_iter().map(|id| model.entity(id));
    let stores = stores.map(|entity| (format!("store{}", entity.name.pascal()), store_module(entity)));
    let helpers = [ID_OF, WITH_RELATED, WITH_ID].map(|name| (name.to_owned(), ROWS));
    let helpers = helpers.into_iter().filter(|(name, _)| called.contains(name.as_str()));
    let used = stores.chain(helpers);
    let imports = used.fold(imports, |imports, (name, module)| imports.with_values(module, &[&name]));
    let of_users = ["addTo", "refer", "signUp"].into_iter().filter(|name| called.contains(name));
    of_users.fold(imports, |imports, name| imports.with_values(USERS, &[name]))
}

/// The same with what counts, where a text does: that is in this module.
pub(super) fn counting_imports(imports: TsImports, text: &str, module: &str) -> TsImports {
    if text.contains("next()") { imports.with_values(module, &["next"]) } else { imports }
}

/// The names that stand before brackets, found in one go: there may be as many functions as there are entities.
fn called(text: &str) -> BTreeSet<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices('(').filter_map(|(end, _)| text[..end].rsplit(|c| !is_name(c)).next()).collect()
}
