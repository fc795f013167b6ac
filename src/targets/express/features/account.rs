//! Users as rows that the API reads and changes, seen from the login.

use crate::code::{TsImports, TsString};
use crate::contract::{
    Action, AuthAction, Caller, Case, Input as Member, KnownFacts, Linked, Predicate, Source, Verb, caller_values,
    cases, expect,
};
use crate::model::Type;
use crate::targets::Input;
use crate::targets::express::access::{SIGNED_IN, object};
use crate::targets::express::app::http::{admission, admitting};
use crate::targets::express::entity::Entity;
use crate::targets::express::names::field_property;
use crate::targets::express::own;
use crate::targets::express::parts::{Parts, Principal};
use crate::targets::express::samples;
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
pub(super) fn principals(user: &Entity, roles: &[&str], parts: &mut Parts) {
    let is_row = user.has_routes();
    let create = |role: Option<&str>| match (role.map(TsString::from), is_row) {
        (None, false) => "signUp()".to_owned(),
        (Some(role), false) => format!("signUp({role})"),
        (None, true) => "signUp(null, given)".to_owned(),
        (Some(role), true) => format!("signUp({role}, given)"),
    };
    let principal = |name: &str, role| Principal { name: name.to_owned(), create: create(role) };
    parts.principals.push(principal(SIGNED_IN, None));
    parts.principals.extend(roles.iter().map(|role| principal(role, Some(role))));
    parts.principal_imports = TsImports::new().with_values("./users.js", &["signUp"]);
    if is_row {
        parts.principal_imports =
            std::mem::take(&mut parts.principal_imports).with_types("../../src/models/user.model.js", &["User"]);
        parts.principals_given = Some("given?: Partial<User>");
    }
}

/// What every caller of the tests holds that rules compare with.
pub(super) fn known(input: &Input, user: &Entity) -> Vec<(String, String)> {
    let linked = Linked::of(input.model, input.contract);
    let value = |(id, value): &(_, _)| match &user.spec.field(*id).ty {
        Type::Scalar(scalar) => {
            let own = linked.group(user.id, *id).map(|group| own::fresh(input.model, &linked, group));
            let value = own.unwrap_or_else(|| literal(value, scalar));
            Some((field_property(user.spec.field(*id)), value))
        }
        Type::List { .. } | Type::Reference(_) | Type::Many(_) => None,
    };
    caller_values(input.model, input.contract).iter().filter_map(value).collect()
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
