//! Rows that tests of access need beside the one they ask for, as expressions in TypeScript.

use std::collections::BTreeSet;

use crate::code::TsString;
use crate::contract::{
    CallerFacts, Case, Check, KnownFacts, Linked, Operand, Plan, Predicate, Source, Verb, is_of_one_row,
};
use crate::model::{DeleteRule, EntityId, EntityKind, Field, FieldId, FieldPath, Literal, Model, Relation, Type};

use super::access::{Cases, object};
use super::entity::Entity;
use super::led;
use super::names::field_property;
use super::own::{self, ME, Own};
use super::samples;
use super::shared::{self, Shared};

/// Which rows test cases need beside the one that is asked for.
#[derive(Clone, Copy)]
pub(super) struct Beside {
    /// Rows that it refers to, or values that it has in common with others.
    pub given: bool,
    /// Rows that refer to it.
    pub related: bool,
    /// Nothing: the row may be the caller, where the API has routes of users.
    pub oneself: bool,
}

impl Beside {
    /// What the guards of a plan ask for.
    pub(super) fn of(model: &Model, plan: &Plan, linked: &Linked) -> Self {
        let all: Vec<(EntityId, &Predicate)> = plan.predicates().collect();
        let has = |wanted: &dyn Fn(EntityId, &Predicate) -> bool| {
            all.iter().any(|(entity, predicate)| predicate.parts().into_iter().any(|part| wanted(*entity, part)))
        };
        let leads = |entity: EntityId, part: &Predicate| match part {
            Predicate::At(..) | Predicate::Across(..) | Predicate::Some(Relation::InSet { .. }, _) => true,
            Predicate::Compare(field, _, Operand::Field(_) | Operand::Caller(_)) => {
                model.entity(entity).field(*field).reference().is_some()
            }
            Predicate::Mine(field) | Predicate::Another(field) | Predicate::Null(field) | Predicate::Present(field) => {
                let declared = model.entity(entity);
                let to = declared.field(*field).reference().map(|reference| model.entity(reference.to).kind);
                declared.owner_field() != Some(*field) && to == Some(EntityKind::User)
            }
            _ => false,
        };
        let users = model.auth.as_ref().map_or(&[][..], |auth| plan.guards_of(auth.user));
        let oneself = users.iter().any(|guard| matches!(guard.check, Check::Caller(_)));
        let names_row = |entity: EntityId, part: &Predicate| match part {
            Predicate::Some(relation, _) => !is_given(*relation),
            Predicate::Compare(field, _, Operand::Caller(path)) => is_of_one_row(model, (entity, *field), path),
            _ => false,
        };
        Self { oneself, given: has(&leads) || !linked.is_empty(), related: has(&names_row) }
    }

    /// Whether any are.
    pub(super) const fn any(self) -> bool {
        self.given || self.related
    }
}

/// Whether a row itself says which rows a relation leads to.
const fn is_given(relation: Relation) -> bool {
    match relation {
        Relation::InSet { .. } => true,
        Relation::Referring { .. } | Relation::Having { .. } => false,
    }
}

/// Whether some rows refer to the row, or to one that it leads to, or are in its sets.
pub(super) fn has_related(facts: &KnownFacts) -> bool {
    facts.related.iter().any(|(_, rows)| has_others(rows)) || facts.at.iter().any(|(_, at)| has_related(at))
}

/// Whether some rows refer to the row.
pub(super) fn has_own_related(facts: &KnownFacts) -> bool {
    facts.related.iter().any(|(relation, rows)| !is_given(*relation) && has_others(rows))
}

/// Whether some rows refer to the row so that it cannot be deleted.
pub(super) fn is_kept(model: &Model, facts: &KnownFacts) -> bool {
    let is_behind = facts.behind.iter().any(|place| led::keeps(model, place));
    is_behind
        || facts.related.iter().any(|(relation, rows)| {
            let Relation::Referring { entity, by, .. } = relation else { return false };
            let reference = model.entity(*entity).field(*by).reference();
            has_others(rows) && reference.is_some_and(|reference| reference.on_delete == DeleteRule::Restrict)
        })
}

fn has_others(rows: &[KnownFacts]) -> bool {
    rows.iter().any(|row| !row.itself)
}

/// The sets of a row and what is true of the rows in them.
pub(super) fn in_sets(facts: &KnownFacts) -> impl Iterator<Item = (FieldId, EntityId, &[KnownFacts])> {
    facts.related.iter().filter_map(|(relation, rows)| match relation {
        Relation::InSet { field, entity } => Some((*field, *entity, rows.as_slice())),
        Relation::Referring { .. } | Relation::Having { .. } => None,
    })
}

/// Whether tests have a way to store all rows that the facts speak of, beside the row itself.
pub(super) fn can_be_stored(cases: Cases, entity: EntityId, facts: &KnownFacts) -> bool {
    // Callers are made when the rows that they name are there, and nothing else is known by then.
    let before = !facts.me
        || (facts.at.is_empty() && in_sets(facts).next().is_none())
        || (!cases.linked.ask_caller() && fills_sets(facts) && !facts.at.iter().any(|(_, at)| at.needs_user()));
    before && can_be_around(cases, entity, facts)
}

/// The same for a caller whose references tests tell when all rows are there; sets are filled before.
pub(super) fn can_be_told(cases: Cases, user: EntityId, facts: &KnownFacts) -> bool {
    fills_sets(facts) && can_be_around(cases, user, facts)
}

/// Whether what is in the sets of a row does not depend on who calls.
fn fills_sets(facts: &KnownFacts) -> bool {
    in_sets(facts).all(|(_, _, rows)| !rows.iter().any(KnownFacts::needs_user))
}

fn can_be_around(cases: Cases, entity: EntityId, facts: &KnownFacts) -> bool {
    let stores = |entity: EntityId, facts: &KnownFacts| {
        is_made(cases, entity) && !facts.me && can_be_stored(cases, entity, facts)
    };
    let refers = |field: &FieldId| cases.referring.contains(field);
    let at = facts.at.iter().all(|(field, at)| {
        let to = cases.model.entity(entity).field(*field).reference().map(|reference| reference.to);
        let is_behind = if facts.me {
            // All that tests know of the caller is what rules look for.
            cases.of_caller.leads_by(*field) && is_lead(cases.of_caller, *field, at)
        } else {
            own::is_led_to(cases.of_caller, facts, *field) && at.is_of_itself()
        };
        is_behind || facts.mine.contains(field) || to.is_some_and(|to| stores(to, at))
    });
    let related = facts.related.iter().all(|(relation, rows)| {
        let is_stored = |row: &KnownFacts| match relation {
            // The caller is there already.
            Relation::InSet { .. } if row.me => true,
            Relation::Referring { by, .. } | Relation::Having { by, .. } if row.me => refers(by),
            _ => stores(relation.entity(), row),
        };
        rows.iter().filter(|row| !row.itself).all(is_stored)
    });
    let named = facts.same.iter().chain(&facts.apart).all(|field| {
        let to = cases.model.entity(entity).field(*field).reference().map(|reference| reference.to);
        to.is_some_and(|to| is_made(cases, to))
    });
    // Users share with themselves whatever they refer to.
    let is_there = |path: &FieldPath| cases.of_caller.leads_by(path.begin()) || refers(&path.field);
    let shared = facts.me || facts.shared.iter().all(|(_, path)| is_there(path));
    let is_led = facts.behind.iter().all(|place| refers(&place.begin()));
    // No two rows name the same where only one may, and other users do not refer to what the caller does.
    let declared = cases.model.entity(entity);
    let is_taken = |field: &FieldId| declared.kind == EntityKind::User && declared.field(*field).unique;
    let is_apart = facts.me || !facts.shared.iter().any(|(field, _)| is_taken(field));
    let agrees = || shared::agrees(cases.model, entity, facts) && shared::is_possible(cases.model, entity, facts);
    shared && is_led && at && related && named && is_apart && agrees()
}

/// Whether facts say no more of a row than what rules look for behind the caller.
pub(super) fn is_lead(of_caller: &CallerFacts, reference: FieldId, facts: &KnownFacts) -> bool {
    let lead = of_caller.leads().into_iter().find(|(of, _)| *of == reference);
    lead.is_some_and(|(_, lead)| facts.says_no_more_than(&lead))
}

/// Whether tests can store rows of an entity.
fn is_made(cases: Cases, entity: EntityId) -> bool {
    let has_routes = |entity| cases.contract.verbs(entity).next().is_some();
    let refers = |resource: &&crate::contract::Resource| {
        let mut inputs = resource.create.iter().chain(&resource.update);
        has_routes(resource.entity) && inputs.any(|input| input.refers_to == Some(entity))
    };
    // Accounts are stored with what logs them in.
    cases.model.entity(entity).kind == EntityKind::User
        || (has_routes(entity) || cases.contract.resources.iter().any(|resource| refers(&resource)))
}

/// What is true of a row that tests store with these facts: all else is as most callers may read it.
pub(super) fn stored(cases: Cases, entity: EntityId, facts: &KnownFacts) -> KnownFacts {
    let mut row = facts.clone();
    let best = cases.readable_row(entity);
    let unknown = |field: &FieldId| !facts.says(*field) && !facts.at.iter().any(|(of, _)| of == field);
    row.values.extend(best.values.iter().filter(|(field, _)| unknown(field)).cloned());
    row.nulls.extend(best.nulls.iter().filter(|field| unknown(field)).copied());
    let by_itself = best.at.iter().filter(|(field, at)| unknown(field) && refers_by_itself(cases, entity, *field, at));
    row.at.extend(by_itself.map(|(field, at)| (*field, at.seen_by_nobody())));
    row
}

/// The fields of an entity that are null in the rows of tests unless these say what they hold, so that most callers may
/// read them. No two rows could hold one value of those that are unique.
pub(super) fn null_by_themselves(cases: Cases, entity: EntityId) -> Vec<FieldId> {
    let declared = cases.model.entity(entity);
    let is_plain = |field: &Field| matches!(field.ty, Type::Scalar(_)) && !field.unique;
    let best = cases.readable_row(entity);
    let is_asked = |field: FieldId| cases.asks_for_null(entity, field) && is_plain(declared.field(field));
    let nulls = best.nulls.iter().copied().filter(|field| is_asked(*field));
    if declared.kind == EntityKind::User { Vec::new() } else { nulls.collect() }
}

/// Says what rows hold that would be null by themselves: of what facts do not name, there is something.
pub(super) fn say_present(cases: Cases, entity: EntityId, facts: &mut KnownFacts) {
    let declared = cases.model.entity(entity);
    for field in null_by_themselves(cases, entity) {
        let usual = match &declared.field(field).ty {
            Type::Scalar(scalar) => samples::usual(scalar).filter(|_| !facts.says(field)),
            Type::List { .. } | Type::Reference(_) | Type::Many(_) => None,
        };
        facts.values.extend(usual.map(|value| (field, value)));
    }
    for (field, at) in &mut facts.at {
        if let Some(reference) = declared.field(*field).reference() {
            say_present(cases, reference.to, at);
        }
    }
    for (relation, rows) in &mut facts.related {
        for row in rows.iter_mut().filter(|row| !row.itself) {
            say_present(cases, relation.entity(), row);
        }
    }
}

/// Whether whatever row tests let a reference name is as these facts say.
fn refers_by_itself(cases: Cases, entity: EntityId, field: FieldId, facts: &KnownFacts) -> bool {
    let declared = cases.model.entity(entity).field(field);
    let Some(reference) = declared.reference().filter(|_| !declared.nullable) else { return false };
    let best = cases.readable_row(reference.to);
    let is_plain = KnownFacts { values: facts.values.clone(), nulls: facts.nulls.clone(), ..KnownFacts::default() };
    *facts == is_plain
        && facts.values.iter().all(|value| best.values.contains(value))
        && facts.nulls.iter().all(|field| best.nulls.contains(field))
}

/// Members of a test case that make the rows beside the one that is asked for.
pub(super) fn members(entity: &Entity, verb: Verb, facts: &KnownFacts, own: &Own) -> Vec<String> {
    let mut members = Vec::new();
    let mut beside: Vec<String> =
        own_values(entity, facts, own).map(|value| value_said(entity.spec, entity.id, value, own)).collect();
    beside.extend(said(entity.model, entity.id, facts, own));
    if !beside.is_empty() {
        members.push(format!("beside: {}", TsString::from(beside.join(", ").as_str())));
    }
    let mut given: Vec<String> = people(entity, verb, facts);
    let shared = Shared::of(entity.model, entity.id, facts, own);
    let members_own = own_values(entity, facts, own).filter(|_| !facts.me);
    given.extend(members_own.map(|value| member(entity.spec, entity.id, value, own)));
    given.extend(leading(entity.model, entity.id, facts, "callerId", &shared));
    if !given.is_empty() {
        let text = given.join(", ");
        let without_related = KnownFacts { related: Vec::new(), ..facts.clone() };
        let asks_me = own.asks_caller(entity.model, entity.id, &without_related);
        let parameters = parameters(&[], text.contains("callerId"), asks_me);
        let value = shared.named("callerId", &format!("({{ {text} }})"));
        let statements = own.statements();
        let function = match value {
            value if !statements.is_empty() => {
                let value = value.unwrap_or_else(|| format!("{{ {text} }}"));
                format!("async ({parameters}) => {{ {statements}return {value}; }}")
            }
            Some(text) => format!("{}({parameters}) => {text}", asynchronous(&text)),
            None => format!("async ({parameters}) => ({{ {text} }})"),
        };
        members.push(format!("given: {function}"));
    }
    let related = related(entity.model, facts, "callerId", own);
    if !related.is_empty() {
        let function = |(call, asks_me): &(String, bool)| {
            let parameters = parameters(&["id"], call.contains("callerId"), *asks_me);
            format!("{}({parameters}) => {call}", asynchronous(call))
        };
        members.push(format!("related: [{}]", related.iter().map(function).collect::<Vec<_>>().join(", ")));
    }
    members
}

/// The parameters of a function that makes rows, as far as it asks for them.
pub(super) fn parameters(first: &[&str], asks_id: bool, asks_me: bool) -> String {
    let id = match (asks_id, asks_me) {
        (true, _) => Some("callerId"),
        (false, true) => Some("_"),
        (false, false) => None,
    };
    let all: Vec<&str> = first.iter().copied().chain(id).chain(asks_me.then_some(ME)).collect();
    all.join(", ")
}

/// What is said of a row itself that each test has values of its own for.
fn own_values<'f>(
    entity: &Entity,
    facts: &'f KnownFacts,
    own: &'f Own,
) -> impl Iterator<Item = &'f (FieldId, Literal)> + 'f {
    let id = entity.id;
    facts.values.iter().filter(move |value| own.expression(id, value).is_some())
}

/// What a new row has that the row which is stored beforehand may not have too.
pub(super) fn apart(entity: &Entity, case: &Case, own: &Own) -> Vec<FieldId> {
    let values = own_values(entity, &case.row, own).map(|(field, _)| *field);
    let references = case.row.at.iter().map(|(field, _)| *field).filter(|field| !case.row.mine.contains(field));
    let compared = case.row.same.iter().chain(&case.row.apart).copied();
    let compared = compared.chain(shared(&case.row).map(|(field, _)| field));
    let given = values.chain(references.chain(compared).collect::<BTreeSet<_>>());
    let given = given.filter(|field| case.verb == Verb::Create && entity.spec.field(*field).unique);
    given.chain(own.apart.iter().copied()).collect()
}

/// What the stored row has that a body of the caller may not give.
pub(super) fn kept_values(entity: &Entity, case: &Case, own: &Own) -> Vec<FieldId> {
    let inputs = match case.verb {
        Verb::Create => &entity.resource.create,
        Verb::Put | Verb::Patch => &entity.resource.update,
        Verb::List | Verb::Get | Verb::Delete => return Vec::new(),
    };
    let gives = |field: FieldId| {
        inputs.iter().any(|input| input.property.source == Source::Field(field) && entity.writer(input).is_none())
    };
    own_values(entity, &case.row, own).map(|(field, _)| *field).filter(|field| !gives(*field)).collect()
}

/// A value as a member of an object.
fn member(declared: &crate::model::Entity, entity: EntityId, value: &(FieldId, Literal), own: &Own) -> String {
    match own.expression(entity, value) {
        Some(text) => format!("{}: {text}", field_property(declared.field(value.0))),
        None => object(declared, &[value]),
    }
}

/// A value for the name of a test.
fn value_said(declared: &crate::model::Entity, entity: EntityId, value: &(FieldId, Literal), own: &Own) -> String {
    match own.of_caller(entity, value) {
        Some(said) => format!("{}{said}", field_property(declared.field(value.0))),
        None => object(declared, &[value]).replace(": ", "=").replace('"', ""),
    }
}

/// The fields that refer to the caller, where a body must say so too.
pub(super) fn named(entity: &Entity, verb: Verb, facts: &KnownFacts) -> Vec<FieldId> {
    let inputs = match verb {
        Verb::Create => &entity.resource.create,
        Verb::Put | Verb::Patch => &entity.resource.update,
        Verb::List | Verb::Get | Verb::Delete => return Vec::new(),
    };
    let owner = entity.spec.owner_field();
    let given = |field: &&FieldId| {
        owner != Some(**field) && inputs.iter().any(|input| input.property.source == Source::Field(**field))
    };
    facts.mine.iter().filter(given).copied().collect()
}

/// Whether a test stores what a field refers to, and names it in a body.
pub(super) fn names(entity: &Entity, verb: Verb, facts: &KnownFacts, field: FieldId) -> bool {
    let leads = facts.at.iter().any(|(of, _)| *of == field) && !facts.mine.contains(&field);
    leads
        || [&facts.another, &facts.same, &facts.apart].iter().any(|fields| fields.contains(&field))
        || shared(facts).any(|(of, _)| of == field)
        || in_sets(facts).any(|(of, _, _)| of == field)
        || named(entity, verb, facts).contains(&field)
}

/// The references to rows that the caller leads to, with how.
pub(super) fn shared(facts: &KnownFacts) -> impl Iterator<Item = (FieldId, &FieldPath)> {
    // Users share with themselves whatever they refer to, and a row that they are among the members of.
    let has_caller = |at: &KnownFacts| at.related.iter().any(|(_, rows)| rows.iter().any(|row| row.me));
    let is_member = move |field: FieldId| facts.at.iter().any(|(of, at)| *of == field && has_caller(at));
    let shared = facts.shared.iter().map(|(field, path)| (*field, path));
    shared.filter(move |(field, _)| !facts.me && !is_member(*field))
}

/// Whether a row, or one that it leads to, is among those behind the caller.
pub(super) fn is_behind_caller(facts: &KnownFacts) -> bool {
    !facts.behind.is_empty()
        || shared(facts).next().is_some()
        || facts.at.iter().any(|(_, at)| !at.me && is_behind_caller(at))
}

/// The fields that refer to users, as members of an object.
fn people(entity: &Entity, verb: Verb, facts: &KnownFacts) -> Vec<String> {
    let name = |field: &FieldId| field_property(entity.spec.field(*field));
    let mine = named(entity, verb, facts).into_iter().map(|field| format!("{}: callerId", name(&field)));
    mine.chain(facts.another.iter().map(|field| format!("{}: await idOf(signUp())", name(field)))).collect()
}

/// What is said of other rows, for the name of a test.
pub(super) fn said(model: &Model, entity: EntityId, facts: &KnownFacts, own: &Own) -> Vec<String> {
    let declared = model.entity(entity);
    let word = |fields: &[FieldId], word: &str| -> Vec<String> {
        fields.iter().map(|field| format!("{} {word}", declared.field(*field).name.snake())).collect()
    };
    let in_common: Vec<FieldId> = shared(facts).map(|(field, _)| field).collect();
    let behind = facts.behind.iter().map(|place| format!("itself=me.{}", led::way(model, place)));
    let mut all: Vec<String> = behind.collect();
    all.extend(
        [word(&facts.same, "the same"), word(&facts.apart, "another"), word(&in_common, "as the caller's")].concat(),
    );
    let is_told = |field: &FieldId| facts.mine.contains(field) || own.is_lead(facts, *field);
    for (field, at) in facts.at.iter().filter(|(field, _)| !is_told(field)) {
        let name = declared.field(*field).name.snake();
        let to = declared.field(*field).reference().map_or(entity, |reference| reference.to);
        let of_row = of_itself(model, to, at, own).into_iter().chain(said(model, to, at, own));
        all.extend(of_row.map(|said| format!("{name}.{said}")));
    }
    for (relation, rows) in &facts.related {
        let entity = relation.entity();
        let row = |row: &KnownFacts| {
            let said =
                of_itself(model, entity, row, own).into_iter().chain(said(model, entity, row, own)).collect::<Vec<_>>();
            format!("({})", said.join(" and "))
        };
        let rows: Vec<String> = rows.iter().filter(|row| !row.itself).map(row).collect();
        let name = match relation {
            Relation::InSet { field, .. } => &declared.field(*field).name,
            Relation::Referring { side, .. } | Relation::Having { side, .. } => &declared.other_sides[side.0].name,
        };
        all.push(if rows.is_empty() { format!("no {name}") } else { format!("{name} {}", rows.join(" ")) });
    }
    all
}

/// What is said of a row itself.
fn of_itself(model: &Model, entity: EntityId, facts: &KnownFacts, own: &Own) -> Vec<String> {
    let declared = model.entity(entity);
    let name = |field| field_property(declared.field(field));
    let me = facts.me.then(|| "me".to_owned());
    let mine = facts.mine.iter().map(|field| format!("{}=me", name(*field)));
    let values = facts.values.iter().map(|value| value_said(declared, entity, value, own));
    let another = facts.another.iter().map(|field| format!("{}=another", name(*field)));
    let nulls = facts.nulls.iter().map(|field| format!("{}=null", name(*field)));
    me.into_iter().chain(mine).chain(another).chain(values).chain(nulls).collect()
}

/// The references of a row that lead to rows of their own, and its sets of such rows, as members of an object.
pub(super) fn leading(
    model: &Model,
    entity: EntityId,
    facts: &KnownFacts,
    caller: &str,
    shared: &Shared,
) -> Vec<String> {
    let declared = model.entity(entity);
    let is_there = |path: &FieldPath| shared.own().leads(path);
    let id = |to, facts: &KnownFacts| {
        if facts.me {
            caller.to_owned()
        } else {
            format!("await idOf({})", stored_beside(model, to, facts, caller, shared))
        }
    };
    let to = |field: FieldId| declared.field(field).reference().map_or(entity, |reference| reference.to);
    let named = |field: FieldId| shared.name(to(field)).filter(|_| facts.same.contains(&field));
    let is_behind = |field: FieldId| {
        let is_led_to = |(of, path): (FieldId, &FieldPath)| of == field && is_there(path);
        shared.own().is_lead(facts, field) || self::shared(facts).any(is_led_to)
    };
    let own = facts.at.iter().filter(|(field, _)| !facts.mine.contains(field) && !is_behind(*field));
    let own = own.map(|(field, at)| (*field, named(*field).unwrap_or_else(|| id(to(*field), at))));
    let others = facts.same.iter().chain(&facts.apart).filter(|field| facts.at.iter().all(|(of, _)| of != *field));
    let others = others.map(|field| {
        let stored = || stored_beside(model, to(*field), &KnownFacts::default(), caller, shared);
        (*field, named(*field).unwrap_or_else(|| format!("await idOf({})", stored())))
    });
    let user = model.entities().find(|(_, entity)| entity.kind == EntityKind::User).map(|(_, user)| user);
    let in_common = self::shared(facts).filter_map(|(field, path)| {
        if let Some(there) = shared.own().leading(model, path, declared.field(field).nullable) {
            return Some((field, there));
        }
        let stored = stored_beside(model, to(field), &KnownFacts::default(), caller, shared);
        let property = field_property(user?.field(path.field));
        Some((field, format!("await refer({caller}, \"{property}\", await idOf({stored}))")))
    });
    let one = own
        .chain(others)
        .chain(in_common)
        .map(|(field, id)| format!("{}: {id}", field_property(declared.field(field))));
    let several = in_sets(facts).map(|(field, to, rows)| {
        let ids: Vec<String> = rows.iter().map(|row| id(to, row)).collect();
        format!("{}: [{}]", field_property(declared.field(field)), ids.join(", "))
    });
    one.chain(several).collect()
}

/// Calls that store the rows that refer to the row `id`.
pub(super) fn related(model: &Model, facts: &KnownFacts, caller: &str, own: &Own) -> Vec<(String, bool)> {
    let led = facts.behind.iter().map(|place| (led::call(model, place, caller, own), false));
    let rows = facts.related.iter().flat_map(|(relation, rows)| rows.iter().map(move |row| (*relation, row)));
    let rows = rows.filter(|(_, row)| !row.itself).filter_map(|(relation, row)| {
        let (entity, by, id) = match relation {
            Relation::Referring { entity, by, .. } => (entity, by, "id"),
            Relation::Having { entity, by, .. } => (entity, by, "[id]"),
            Relation::InSet { .. } => return None,
        };
        let property = field_property(model.entity(entity).field(by));
        match relation {
            Relation::Having { .. } if row.me => {
                return Some((format!("addTo({caller}, \"{property}\", id)"), false));
            }
            _ if row.me => return Some((format!("refer({caller}, \"{property}\", {id})"), false)),
            _ => {}
        }
        let reference = format!("{property}: {id}");
        let stored = store_alone(model, entity, row, caller, Some(reference), own);
        Some((stored, own.asks_caller(model, entity, row)))
    });
    rows.chain(led).collect()
}

/// An expression that stores a row of which facts hold, for the caller of that id.
pub(super) fn store(model: &Model, entity: EntityId, facts: &KnownFacts, caller: &str) -> String {
    store_alone(model, entity, facts, caller, None, &Own::default())
}

/// The same with a member that is known, and with the rows that several of its references name.
pub(super) fn store_alone(
    model: &Model,
    entity: EntityId,
    facts: &KnownFacts,
    caller: &str,
    known: Option<String>,
    own: &Own,
) -> String {
    let shared = Shared::of(model, entity, facts, own);
    let stored = store_with(model, entity, facts, caller, known, &shared);
    shared.named(caller, &stored).unwrap_or(stored)
}

/// An expression that stores a row for others to name; an account of which nothing is said only signs up.
pub(super) fn stored_beside(
    model: &Model,
    entity: EntityId,
    facts: &KnownFacts,
    caller: &str,
    shared: &Shared,
) -> String {
    let is_plain = model.entity(entity).kind == EntityKind::User && *facts == KnownFacts::default();
    if is_plain { "signUp()".to_owned() } else { store_with(model, entity, facts, caller, None, shared) }
}

/// The same where the rows that several references name are stored already.
fn store_with(
    model: &Model,
    entity: EntityId,
    facts: &KnownFacts,
    caller: &str,
    known: Option<String>,
    shared: &Shared,
) -> String {
    let declared = model.entity(entity);
    let name = |field| field_property(declared.field(field));
    let mut members: Vec<String> = known.into_iter().collect();
    members.extend(facts.mine.iter().map(|field| format!("{}: {caller}", name(*field))));
    members.extend(facts.another.iter().map(|field| format!("{}: await idOf(signUp())", name(*field))));
    members.extend(facts.values.iter().map(|value| member(declared, entity, value, shared.own())));
    members.extend(facts.nulls.iter().map(|field| format!("{}: null", name(*field))));
    members.extend(leading(model, entity, facts, caller, shared));
    let given = if members.is_empty() { String::new() } else { format!("{{ {} }}", members.join(", ")) };
    let stored = format!("store{}({given})", declared.name.pascal());
    let related = related(model, facts, caller, shared.own());
    if related.is_empty() {
        return stored;
    }
    let functions = related.iter().map(|(call, _)| format!("{}(id) => {call}", asynchronous(call)));
    let functions: Vec<String> = functions.collect();
    format!("withRelated({stored}, {})", functions.join(", "))
}

/// What a function must be called to wait inside.
pub(super) fn asynchronous(body: &str) -> &'static str {
    if body.contains("await ") { "async " } else { "" }
}
