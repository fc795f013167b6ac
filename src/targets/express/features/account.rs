//! Users as rows that the API reads and changes, seen from the login.

use crate::code::{TsImports, TsString};
use crate::contract::{
    Action, AuthAction, Caller, CallerFacts, Case, Input as Member, KnownFacts, Linked, Predicate, RowValues, Source,
    Verb, cases, expect, fitting, in_checks,
};
use crate::model::{EntityId, FieldId, Literal, Model, Type};
use crate::targets::Input;
use crate::targets::express::access::{SIGNED_IN, object};
use crate::targets::express::app::http::{admission, admitting};
use crate::targets::express::entity::Entity;
use crate::targets::express::names::field_property;
use crate::targets::express::own;
use crate::targets::express::parts::{Parts, Principal};
use crate::targets::express::samples;
use crate::targets::express::stock;
use crate::targets::express::values::literal;

/// How users change themselves where the API changes users.
pub(super) struct OwnUpdate {
    /// The call that answers 404 and 403 before the body is read.
    pub(super) admit: String,
    /// What the call that changes the row is given before the changes.
    pub(super) arguments: String,
    /// Everything that handles the request.
    pub(super) handlers: String,
    /// What of that the middleware of admission is.
    pub(super) imports: Vec<&'static str>,
}

impl OwnUpdate {
    pub(super) fn of(input: &Input, user: &Entity, all: &[Entity]) -> Option<Self> {
        let arguments = |asks: bool| if asks { "caller, caller.id" } else { "caller.id" }.to_owned();
        // `signedIn` stands there in any case.
        let by_role = admitting(user, &user.update).replace("signedIn, ", "");
        let imports = if by_role.is_empty() { vec!["signedIn"] } else { vec!["signedIn", "withRole"] };
        (changes_itself(input) && user.has(Verb::Patch)).then(|| Self {
            admit: admission(user, &user.update, "getForUpdate", arguments),
            arguments: arguments(user.update_asks_caller(all)),
            handlers: format!("{by_role}controller.admitUpdate, jsonBody, controller.updateMe"),
            imports,
        })
    }
}

/// Whether users can change anything of themselves.
pub(in crate::targets::express) fn changes_itself(input: &Input) -> bool {
    input.contract.operations.iter().any(|operation| operation.action == Action::Auth(AuthAction::UpdateMe))
}

/// Whether tests store users of their own making: where the spec tells of users what rules can look at.
pub(in crate::targets::express) fn is_stored(user: &Entity) -> bool {
    user.has_routes() || !user.spec.fields.is_empty()
}

/// The users among the callers of tests; where users are rows like others, tests say what else is known of them.
pub(super) fn principals(input: &Input, user: &Entity, roles: &[&str], parts: &mut Parts) {
    let is_row = user.has_routes();
    let leads = CallerFacts::of(input.model, input.contract).lead();
    let sign_up = if leads { SIGN_UP_CALLER } else { "signUp" };
    let create = |role: Option<&str>| match (role.map(TsString::from), is_row) {
        (None, false) => format!("{sign_up}()"),
        (Some(role), false) => format!("{sign_up}({role})"),
        (None, true) => format!("{sign_up}(null, given)"),
        (Some(role), true) => format!("{sign_up}({role}, given)"),
    };
    let principal = |name: &str, role| Principal { name: name.to_owned(), create: create(role) };
    parts.principals.push(principal(SIGNED_IN, None));
    parts.principals.extend(roles.iter().map(|role| principal(role, Some(role))));
    parts.principal_imports = TsImports::new().with_values("./users.js", &[sign_up]);
    if is_row {
        parts.principal_imports =
            std::mem::take(&mut parts.principal_imports).with_types("../../src/models/user.model.js", &["User"]);
        parts.principals_given = Some("given?: Partial<User>");
    }
}

/// What every caller of the tests holds that rules compare with.
pub(super) fn known(input: &Input, user: &Entity) -> Vec<(String, String)> {
    let linked = Linked::of(input.model, input.contract);
    let known = CallerFacts::of(input.model, input.contract);
    let own = known.own().filter_map(|(id, value)| held(input.model, &linked, user.id, (id, value)));
    let is_alone = |id: &FieldId| known.own().all(|(of, _)| of != *id);
    let supplied = user.others.supplies.iter().map(|(id, _)| *id).filter(is_alone);
    let supplied = supplied.filter_map(|id| Some((field_property(user.spec.field(id)), stock::expression(user, id)?)));
    own.chain(supplied).collect()
}

/// What a field of a row holds as tests write it; a value of its own where no two rows have the same.
fn held(
    model: &Model,
    linked: &Linked,
    entity: EntityId,
    (id, value): (FieldId, &Literal),
) -> Option<(String, String)> {
    let field = model.entity(entity).field(id);
    let Type::Scalar(scalar) = &field.ty else { return None };
    let own = linked.group(entity, id).map(|group| own::fresh(model, linked, group));
    Some((field_property(field), own.unwrap_or_else(|| literal(value, scalar))))
}

/// The function of the test support that makes callers, where rules look for rows behind them.
pub(in crate::targets::express) const SIGN_UP_CALLER: &str = "signUpCaller";

/// The rows behind callers that rules look for, as tests make them.
#[derive(Default)]
pub(super) struct Behind {
    /// What they are called, and the calls that store them, each after those that it leads to.
    pub(super) rows: Vec<(String, String)>,
    /// The references of callers to them, as members of an object.
    pub(super) references: Vec<(String, String)>,
    /// The rows themselves, by the names of the references.
    pub(super) members: Vec<(String, String)>,
}

impl Behind {
    /// Those of a project; `None` where rules look at callers alone.
    pub(super) fn of(input: &Input, user: &Entity) -> Option<Self> {
        let leads = CallerFacts::of(input.model, input.contract).leads();
        if leads.is_empty() {
            return None;
        }
        let linked = Linked::of(input.model, input.contract);
        let mut behind = Self::default();
        for (reference, facts) in &leads {
            let (name, member) = behind.store(input.model, &linked, (user.id, *reference), (String::new(), facts));
            let field = user.spec.field(*reference);
            behind.references.push((field_property(field), format!("{name}.id")));
            behind.members.push((field.name.camel().clone(), member));
        }
        Some(behind)
    }

    /// Stores the row that a reference leads to, and tells what it is called, and with all behind it.
    fn store(
        &mut self,
        model: &Model,
        linked: &Linked,
        (from, reference): (EntityId, FieldId),
        (way, facts): (String, &KnownFacts),
    ) -> (String, String) {
        let field = model.entity(from).field(reference);
        let to = field.reference().map_or(from, |reference| reference.to);
        let way = if way.is_empty() { field.name.camel().clone() } else { format!("{way}{}", field.name.pascal()) };
        let declared = model.entity(to);
        let (mut given, mut members) = (Vec::new(), Vec::new());
        for (reference, at) in &facts.at {
            let (name, member) = self.store(model, linked, (to, *reference), (way.clone(), at));
            let field = declared.field(*reference);
            given.push(format!("{}: {name}.id", field_property(field)));
            members.push(format!("{}: {member}", field.name.camel()));
        }
        let values = facts.values.iter().map(|(id, value)| (*id, Some(value.clone()))).collect();
        let held = fitted(declared, values).into_iter().filter_map(|(id, value)| match value {
            Some(value) => held(model, linked, to, (id, &value)).map(|(name, value)| format!("{name}: {value}")),
            None => Some(format!("{}: null", field_property(declared.field(id)))),
        });
        given.extend(held);
        let name = format!("{way}Row");
        let given = if given.is_empty() { String::new() } else { format!("{{ {} }}", given.join(", ")) };
        self.rows.push((name.clone(), format!("store{}({given})", declared.name.pascal())));
        let member = if members.is_empty() { name.clone() } else { format!("{{ ...{name}, {} }}", members.join(", ")) };
        (name, member)
    }

    /// What stores them.
    pub(super) fn stores(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(|(_, call)| call.split('(').next())
    }
}

/// Values with those beside them that checks look at too.
fn fitted(entity: &crate::model::Entity, values: RowValues) -> RowValues {
    let checked = in_checks(entity);
    if !checked.iter().any(|id| values.contains_key(id)) {
        return values;
    }
    let found = fitting(entity, &values, &|_| Vec::new()).unwrap_or_default();
    let beside = found.into_iter().filter(|(id, _)| checked.contains(id) && !values.contains_key(id));
    let beside: RowValues = beside.collect();
    values.into_iter().chain(beside).collect()
}

/// Whether some of that is compared with what no two rows have in common.
pub(super) fn is_compared(input: &Input) -> bool {
    !Linked::of(input.model, input.contract).is_empty()
}

/// What a user without a role must be to change oneself, as arguments; `None` where there is no such user.
pub(super) fn changing(input: &Input, user: &Entity) -> Option<String> {
    if !user.has(Verb::Patch) {
        return changes_itself(input).then(String::new);
    }
    let caller = Caller::User { role: None };
    let may = |row: &KnownFacts| expect(&input.contract.plan, user.id, Verb::Patch, &caller, row, row).status == 200;
    let is_plain = |row: &KnownFacts| row.me && row.at.is_empty() && row.related.is_empty();
    let linked = Linked::of(input.model, input.contract);
    // What no two users have in common is not for a test to say.
    let sayable = |row: &KnownFacts| {
        let values = row.values.iter().filter(|(field, _)| linked.group(user.id, *field).is_none());
        KnownFacts { values: values.cloned().collect(), ..row.clone() }
    };
    let mut own = cases(input.model, input.contract, user.id).into_iter();
    let is_own = |case: &Case| case.verb == Verb::Patch && case.caller == caller && is_plain(&case.row);
    let row = own.find(|case| is_own(case) && may(&sayable(&case.row)))?.row;
    let row = sayable(&row);
    let values: Vec<_> = row.values.iter().collect();
    let given = object(user.spec, &values);
    Some(if given.is_empty() { String::new() } else { format!("null, {{ {given} }}") })
}

/// Whether rules look at what a member of a body gives.
pub(super) fn is_noticed(user: &Entity, member: &Member) -> bool {
    let rules = [user.list, user.get, user.update, user.delete];
    let predicates = rules.iter().flat_map(|rule| [rule.before, rule.after]);
    let mut fields = predicates.flat_map(Predicate::fields);
    fields.any(|field| member.property.source == Source::Field(field))
}

/// Whether bodies that tests change users with hold numbers that no other user has.
pub(in crate::targets::express) fn counts_changes(user: &Entity) -> bool {
    let members = if user.has_update() { user.resource.update.as_slice() } else { &[] };
    let free = members.iter().filter(|member| member.refers_to.is_none() && !user.is_moved(member));
    free.into_iter().any(|member| {
        let unique = matches!(member.property.source, Source::Field(id) if user.spec.field(id).unique);
        samples::expression(&member.property.value, unique).contains("next()")
    })
}
