//! Tests of what users change of themselves along arrows that look at other rows.

use askama::Template;

use super::held::row_values;
use super::rows::{counting_imports, other_imports};
use crate::code::{TsImports, TsString};
use crate::contract::{Caller, KnownFacts, MoveCase, MoveVerdict, Predicate, fitting, moves_of_oneself};
use crate::model::{FieldId, Literal, Type};
use crate::targets::Input;
use crate::targets::express::access::{Cases, plain};
use crate::targets::express::entity::Entity;
use crate::targets::express::features::account::SIGN_UP_CALLER;
use crate::targets::express::names::field_property;
use crate::targets::express::own::Own;
use crate::targets::express::rows;
use crate::targets::express::samples;
use crate::targets::express::scarce;
use crate::targets::express::shared::Shared;

use super::Me;

#[derive(Template)]
#[template(path = "express/app/tests/own-moves.test.ts")]
pub(super) struct OwnMoves<'a> {
    imports: TsImports,
    base: &'a str,
    /// The function that signs users up.
    sign_up: &'static str,
    /// What stands for the user in what is compared with it, where something is.
    me: Option<&'static str>,
    /// Whether users name rows before they sign up.
    holds: bool,
    /// Whether they are told to name rows afterwards.
    names: bool,
    /// Whether rows refer to them.
    related: bool,
    pub(super) cases: Vec<String>,
}

/// The tests of arrows that users take by themselves; none where no such arrow looks at other rows.
pub(super) fn own_moves<'a>(
    input: &'a Input,
    cases: Cases,
    user: &Entity,
    me: Option<Me>,
    counting: &str,
) -> Option<OwnMoves<'a>> {
    let fields = user.spec.transitions.iter().map(|transitions| transitions.field);
    let fields: Vec<FieldId> = fields.filter(|field| cases.contract.plan.looks_away(user.id, *field)).collect();
    if fields.is_empty() {
        return None;
    }
    let all = moves_of_oneself(cases.model, cases.contract, cases.of_caller).into_iter();
    let all = all.filter(|about| fields.contains(&about.field));
    let tried: Vec<Tried> = all.filter_map(|about| Tried::of(cases, user, about)).collect();
    if tried.is_empty() {
        return None;
    }
    let texts: Vec<String> = tried.iter().map(|tried| tried.text(cases, user)).collect();
    let text = texts.concat();
    let me = me.filter(|_| text.contains(", me)"));
    let (users, sign_up) = ("./support/users.js", if cases.of_caller.lead() { SIGN_UP_CALLER } else { "signUp" });
    let model = format!("../src/models/{}.model.js", user.names.stem);
    let table = if user.names.table == "users" { "users".to_owned() } else { format!("{} as users", user.names.table) };
    let imports = TsImports::new()
        .with_values("drizzle-orm", &["eq"])
        .with_values("vitest", &["expect", "test"])
        .with_values("../src/db/client.js", &["db"])
        .with_values(&model, &[&table])
        .with_types(&model, &["User"])
        .with_values("./support/api.js", &["api"])
        .with_values(users, &[sign_up]);
    let imports = counting_imports(other_imports(cases.model, imports, &text), &text, counting);
    let imports = match me {
        Some(Me::Leading) => imports.with_types(users, &["Me"]),
        Some(Me::User) | None => imports,
    };
    Some(OwnMoves {
        imports,
        base: &input.contract.base,
        sign_up,
        me: me.map(Me::name),
        holds: text.contains(", holds: "),
        names: text.contains(", names: "),
        related: text.contains(", related: ["),
        cases: texts,
    })
}

/// A change that a test can bring about.
struct Tried {
    about: MoveCase,
    own: Own,
}

impl Tried {
    fn of(cases: Cases, user: &Entity, mut about: MoveCase) -> Option<Self> {
        rows::say_present(cases, user.id, &mut about.case.row);
        say_what_is_there(cases, user, &mut about);
        let is_possible = rows::can_be_told(cases, user.id, &about.case.row)
            && !is_compared(cases, user, &about.case.row)
            && scarce::are_apart(cases, user.id, &about.case)
            && fits(user, &about.case.row)
            && (about.verdict != MoveVerdict::Permitted || fits(user, &moved(&about)));
        let own = Own::of(cases, user.id, &about.case).filter(|own| is_possible && !own.names_one_row)?;
        Some(Self { about, own })
    }

    /// The case as an object.
    fn text(&self, cases: Cases, user: &Entity) -> String {
        let MoveCase { field, from, to, case, verdict } = &self.about;
        let facts = &case.row;
        let mut guards = cases.contract.plan.moves_of(user.id);
        let guard = guards.find(|guard| guard.field == *field && guard.from == *from && guard.to == *to);
        let guard = guard.map_or_else(|| "no arrow".to_owned(), |guard| format!("[{}]", guard.id));
        let role = match case.caller {
            Caller::User { role: Some(role) } => TsString::from(cases.model.roles()[role.0].name.snake()).to_string(),
            Caller::User { role: None } | Caller::Anonymous => "null".to_owned(),
        };
        let given: Vec<String> = plain(user, facts, &self.own).into_iter().map(|(_, member)| member).collect();
        let body = format!("{}: {}", field_property(user.spec.field(*field)), TsString::from(to.as_str()));
        let mut members = vec![
            format!("guard: {}", TsString::from(guard.as_str())),
            format!("role: {role}"),
            format!("given: {{ {} }}", given.join(", ")),
        ];
        members.extend(self.around(cases, user, facts));
        members.push(format!("body: {{ {body} }}"));
        members.push(match verdict {
            MoveVerdict::Permitted => "status: 200".to_owned(),
            MoveVerdict::Forbidden => "status: 403, code: \"forbidden\"".to_owned(),
            MoveVerdict::Impossible => "status: 409, code: \"transition\"".to_owned(),
        });
        format!("{{ {} }}", members.join(", "))
    }

    /// The members that bring about what the rule looks at in other rows.
    fn around(&self, cases: Cases, user: &Entity, facts: &KnownFacts) -> Vec<String> {
        let mut members = Vec::new();
        let (told, rest): (Vec<_>, Vec<_>) = facts.at.iter().cloned().partition(|at| takes_place(cases, at));
        let told = KnownFacts { at: told, ..KnownFacts::default() };
        let facts = &KnownFacts { at: rest, ..facts.clone() };
        let said = [&told, facts].map(|facts| rows::said(cases.model, user.id, facts, &self.own)).concat();
        if !said.is_empty() {
            members.push(format!("beside: {}", TsString::from(said.join(", ").as_str())));
        }
        let name = |field: &FieldId| field_property(user.spec.field(*field));
        let shared = Shared::of(cases.model, user.id, facts, &self.own);
        let mine = facts.mine.iter().map(|field| format!("{}: callerId", name(field)));
        let another = facts.another.iter().map(|field| format!("{}: await idOf(signUp())", name(field)));
        let sets: Vec<String> = rows::in_sets(facts).map(|(field, _, _)| format!("{}: ", name(&field))).collect();
        let leading = rows::leading(cases.model, user.id, facts, "callerId", &shared);
        let (holds, names): (Vec<String>, Vec<String>) =
            leading.into_iter().partition(|member| sets.iter().any(|set| member.starts_with(set)));
        let told_apart = rows::leading(cases.model, user.id, &told, "callerId", &shared);
        let names: Vec<String> = mine.chain(another).chain(told_apart).chain(names).collect();
        if !holds.is_empty() {
            members.push(format!("holds: async () => ({{ {} }})", holds.join(", ")));
        }
        if !names.is_empty() {
            let names = names.join(", ");
            let alone = KnownFacts { related: Vec::new(), ..facts.clone() };
            let asks_me = [&told, &alone].iter().any(|facts| self.own.asks_caller(cases.model, user.id, facts));
            let parameters = rows::parameters(&[], names.contains("callerId"), asks_me);
            let named = shared.named("callerId", &format!("({{ {names} }})"));
            let statements = self.own.statements();
            let returned = named.unwrap_or_else(|| format!("({{ {names} }})"));
            members.push(if statements.is_empty() {
                format!("names: async ({parameters}) => {returned}")
            } else {
                format!("names: async ({parameters}) => {{ {statements}return {returned}; }}")
            });
        }
        let related = rows::related(cases.model, facts, "id", &self.own);
        if !related.is_empty() {
            let function = |(call, asks_me): &(String, bool)| {
                let parameters = if *asks_me { "id, me" } else { "id" };
                format!("{}({parameters}) => {call}", rows::asynchronous(call))
            };
            let functions: Vec<String> = related.iter().map(function).collect();
            members.push(format!("related: [{}]", functions.join(", ")));
        }
        members
    }
}

/// Says what a user holds that the rule asks for by whether it is null: users of tests hold no more than they must.
fn say_what_is_there(cases: Cases, user: &Entity, about: &mut MoveCase) {
    let mut guards = cases.contract.plan.moves_of(user.id);
    let rule = guards.find(|guard| guard.field == about.field && guard.from == about.from && guard.to == about.to);
    let facts = &mut about.case.row;
    for part in rule.map(|guard| guard.predicate.parts()).unwrap_or_default() {
        let (Predicate::Null(field) | Predicate::Present(field)) = part else { continue };
        let names = [&facts.mine, &facts.another, &facts.same, &facts.apart];
        let is_named = names.iter().any(|fields| fields.contains(field)) || facts.at.iter().any(|(of, _)| of == field);
        if facts.says(*field) || is_named {
            continue;
        }
        match &user.spec.field(*field).ty {
            Type::Reference(_) => facts.at.push((*field, KnownFacts::default())),
            Type::Scalar(scalar) => facts.values.extend(samples::usual(scalar).map(|value| (*field, value))),
            Type::List { .. } | Type::Many(_) => {}
        }
    }
}

/// Whether a row that the user names takes the place of one behind all callers, of which less is said.
fn takes_place(cases: Cases, (field, at): &(FieldId, KnownFacts)) -> bool {
    cases.of_caller.leads_by(*field) && !rows::is_lead(cases.of_caller, *field, at)
}

/// Whether a value is said of such a row that something else stands for: what callers hold is told before it is there.
fn is_compared(cases: Cases, user: &Entity, facts: &KnownFacts) -> bool {
    let says = |(field, at): &(FieldId, KnownFacts)| {
        let to = user.spec.field(*field).reference().map(|reference| reference.to);
        let is_linked = |of: &FieldId| to.is_some_and(|to| cases.linked.group(to, *of).is_some());
        at.values.iter().any(|(of, _)| is_linked(of))
    };
    facts.at.iter().filter(|at| takes_place(cases, at)).any(says)
}

/// The user after the change.
fn moved(about: &MoveCase) -> KnownFacts {
    let mut row = about.case.row.clone();
    row.values.retain(|(of, _)| *of != about.field);
    row.values.push((about.field, Literal::Enum(about.to.clone())));
    row
}

/// Whether a user of whom these facts hold passes all checks.
fn fits(user: &Entity, facts: &KnownFacts) -> bool {
    let mut values = row_values(user, facts);
    values.retain(|id, _| facts.says(*id) || !user.spec.field(*id).is_told_by_clock());
    values.is_empty() || fitting(user.spec, &values, &|_| Vec::new()).is_some()
}
