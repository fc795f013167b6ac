//! Tests that rows pass the checks of their entity, from the contract.

use std::collections::BTreeMap;

use askama::Template;

use super::held::{expression, held_at_most, named_values, row_values, told_of};
use super::rows::{given as given_of, other_imports, store_module, stored_row, told_beside};
use crate::code::{TsImports, TsString, TsTemplateText};
use crate::contract::{
    Admission, Caller, Case, Contract, DetailCode, Input as Member, KnownFacts, Predicate, RowValues, Runs, Site,
    Source, Verb, Wishes, breaking_all, expect, in_checks,
};
use crate::model::{AccessOperation, EntityKind, FieldId, Literal, Model};
use crate::targets::express::access::{AccessTest, Cases, caller_name, is_account};
use crate::targets::express::entity::Entity;
use crate::targets::express::features::account::SIGN_UP_CALLER;
use crate::targets::express::names::{Names, field_property};
use crate::targets::express::stock;
use crate::targets::express::values::strings;

/// What rows are stored with that their caller must be able to read.
const CALLER_ID: &str = "caller.id";

#[derive(Template)]
#[template(path = "express/app/tests/entity.checks.test.ts")]
pub(super) struct CheckTests<'a> {
    imports: TsImports,
    names: &'a Names,
    path: &'a str,
    message: TsTemplateText,
    input_arguments: &'static str,
    create: Option<Refused>,
    copied: Option<Refused>,
    owned: Option<Refused>,
    /// New rows and changes of which two references name one row.
    named_twice: Option<Refused>,
    renamed: Option<Refused>,
    /// What makes the users to whom new rows belong.
    sign_up: &'static str,
    update: Option<Refused>,
}

/// What somebody is refused who may do all else.
struct Refused {
    guards: String,
    caller: String,
    /// The caller's role, or null.
    role: String,
    /// What the stored row is given, where there is one.
    given: String,
    cases: Vec<String>,
}

impl Refused {
    fn text(&self) -> String {
        self.cases.concat()
    }

    /// What functions of the cases are called with.
    fn argument(&self) -> &'static str {
        if self.text().contains(CALLER_ID) { "caller" } else { "" }
    }
}

impl CheckTests<'_> {
    /// How many tests there are.
    pub(super) fn count(&self) -> usize {
        self.create
            .iter()
            .chain(&self.copied)
            .chain(&self.owned)
            .chain(&self.named_twice)
            .chain(&self.update)
            .chain(&self.renamed)
            .map(|refused| refused.cases.len())
            .sum()
    }
}

/// The tests of an entity's checks, where somebody may make or change rows; `tried` are those of its rows.
pub(super) fn check_tests<'a>(
    cases: Cases,
    tried: &[AccessTest],
    entity: &'a Entity,
    input_asks_caller: impl Fn() -> bool,
) -> Option<CheckTests<'a>> {
    let usual = cases.readable_row(entity.id);
    let tests = Tests { model: cases.model, contract: cases.contract, tried, entity, usual: &usual };
    let create = tests.of(Verb::Create, |facts, number| tests.case(Verb::Create, facts, number));
    let copied = tests.of(Verb::Create, |facts, number| tests.copied(cases, facts, number));
    let owned = tests.of(Verb::Create, |facts, number| tests.owned(facts, number));
    let sign_up = if cases.of_caller.lead() { SIGN_UP_CALLER } else { "signUp" };
    let named_twice =
        tests.of_itself(Verb::Create, |facts, number| tests.named_twice(cases, Verb::Create, facts, number));
    let update = tests.of(Verb::Patch, |facts, number| tests.case(Verb::Patch, facts, number));
    let renamed = tests.of_itself(Verb::Patch, |facts, number| tests.named_twice(cases, Verb::Patch, facts, number));
    let mut imports =
        TsImports::new().with_values("vitest", &["expect", "test"]).with_values("./support/api.js", &["api"]);
    let creates = create.is_some() || copied.is_some() || named_twice.is_some();
    let changes = update.is_some() || renamed.is_some();
    if creates || changes {
        imports = imports.with_values("./support/api.js", &["principals"]);
    }
    if owned.is_some() {
        imports = imports.with_values("./support/users.js", &[sign_up]);
    }
    if creates || owned.is_some() {
        imports = imports.with_values("./support/rows.js", &[&format!("{}Input", entity.names.camel)]);
    }
    if changes {
        imports = imports.with_values(store_module(entity.spec), &[&format!("store{}", entity.names.pascal)]);
    }
    let stored = [&copied, &named_twice, &renamed].into_iter().flatten().map(Refused::text).collect::<String>();
    if stored.contains(CALLER_ID) {
        imports = imports.with_types("./support/api.js", &["Principal"]);
    }
    (creates || owned.is_some() || changes).then(|| CheckTests {
        imports: other_imports(cases.model, imports, &stored),
        names: &entity.names,
        path: &entity.resource.path,
        message: TsTemplateText::from(DetailCode::Check.message()),
        input_arguments: if input_asks_caller() { "caller" } else { "" },
        create,
        copied,
        owned,
        named_twice,
        renamed,
        sign_up,
        update,
    })
}

/// What users tell of themselves that does not pass the checks of users, for each check that they can break: those who
/// register, or those of the tests.
pub(in crate::targets::express) fn told_unfit(
    (model, contract): (&Model, &Contract),
    user: &Entity,
    members: &[&Member],
    registers: bool,
) -> Vec<String> {
    let tests = Tests { model, contract, tried: &[], entity: user, usual: &KnownFacts::default() };
    (0..user.spec.checks.len()).filter_map(|number| tests.told(members, registers, number)).collect()
}

/// The same because of the rows that new users name, where nothing that they tell breaks a check by itself.
pub(in crate::targets::express) fn copied_unfit(
    (model, contract): (&Model, &Contract),
    user: &Entity,
    members: &[&Member],
) -> Vec<String> {
    let tests = Tests { model, contract, tried: &[], entity: user, usual: &KnownFacts::default() };
    (0..user.spec.checks.len()).filter_map(|number| tests.copied_by_new(members, number)).collect()
}

#[derive(Clone, Copy)]
struct Tests<'t> {
    model: &'t Model,
    contract: &'t Contract,
    tried: &'t [AccessTest],
    entity: &'t Entity<'t>,
    /// What is true of rows of which tests say nothing.
    usual: &'t KnownFacts,
}

impl Tests<'_> {
    fn of(self, verb: Verb, case: impl Fn(&KnownFacts, usize) -> Option<String>) -> Option<Refused> {
        // What rules ask of other rows is for other tests to bring about, and what users do with themselves too.
        let is_plain = |row: &KnownFacts| {
            !row.me && row.at.is_empty() && row.related.is_empty() && row.shared.is_empty() && row.another.is_empty()
        };
        let facts = |test: &AccessTest| Some(test.case.row.clone()).filter(is_plain);
        self.refused_where(verb, facts, case)
    }

    /// The same where the row's own values, and whether it is the caller's, are enough for the rules.
    fn of_itself(self, verb: Verb, case: impl Fn(&KnownFacts, usize) -> Option<String>) -> Option<Refused> {
        let facts = |test: &AccessTest| {
            let Case { caller, row, .. } = &test.case;
            let (mine, values, nulls) = (row.mine.clone(), row.values.clone(), row.nulls.clone());
            let own = KnownFacts { mine, values, nulls, ..KnownFacts::default() };
            let expected = expect(&self.contract.plan, self.entity.id, verb, caller, &own, &own);
            (!row.me && expected.status < 400).then_some(own)
        };
        self.refused_where(verb, facts, case)
    }

    fn refused_where(
        self,
        verb: Verb,
        facts: impl Fn(&AccessTest) -> Option<KnownFacts>,
        case: impl Fn(&KnownFacts, usize) -> Option<String>,
    ) -> Option<Refused> {
        let mut done = self.tried.iter().filter(|test| test.case.verb == verb && test.expected.status < 400);
        let (permitted, facts) = done.find_map(|test| Some((test, facts(test)?)))?;
        let facts = &facts;
        let cases: Vec<String> = (0..self.entity.spec.checks.len()).filter_map(|number| case(facts, number)).collect();
        (!cases.is_empty()).then(|| Refused {
            guards: permitted.guards.iter().map(|guard| format!("[{guard}]")).collect::<Vec<_>>().join(" "),
            caller: caller_name(self.model, &permitted.case.caller),
            role: role_of(self.model, &permitted.case.caller),
            given: self.given(facts),
            cases,
        })
    }

    /// What the stored row holds that a rule looks at.
    fn given(self, facts: &KnownFacts) -> String {
        let spec = self.entity.spec;
        let mine = facts.mine.iter().map(|id| format!("{}: caller.id ?? \"\"", field_property(spec.field(*id))));
        let values = facts.values.iter().map(|(id, value)| self.member(*id, Some(value)));
        let nulls = facts.nulls.iter().map(|id| self.member(*id, None));
        let members: Vec<String> = mine.chain(values).chain(nulls).collect();
        if members.is_empty() { String::new() } else { format!("{{ {} }}", members.join(", ")) }
    }

    /// A body that breaks a check whatever is copied.
    fn case(self, verb: Verb, facts: &KnownFacts, number: usize) -> Option<String> {
        let here = self.here(verb, facts);
        let (fixed, values) = self.broken(verb, facts, number, &here)?;
        let members = self.members(verb, facts, &here, (&fixed, &values));
        self.refused(number, &members, None)
    }

    /// A body that breaks a check because of the rows that it names, where no body does by itself.
    fn copied(self, cases: Cases, facts: &KnownFacts, number: usize) -> Option<String> {
        let mut here = self.here(Verb::Create, facts);
        if self.broken(Verb::Create, facts, number, &here).is_some() {
            return None;
        }
        let guard = self.contract.plan.checks_of(self.entity.id).nth(number)?;
        let copied = |id: FieldId| self.entity.spec.field(id).copied().filter(|_| guard.fields.contains(&id));
        let is_copied = |id: FieldId| copied(id).is_some() && !facts.says(id);
        here.retain(|id, _| !is_copied(*id));
        let runs = self.runs_but(&|id| copied(id).is_some());
        let is_alone = |id: FieldId| self.entity.others.copies.contains_key(&id) && !runs.contains_key(&id);
        let held = |id: FieldId| if is_alone(id) { held_at_most(self.entity, id) } else { Vec::new() };
        let (fixed, values) = self.broken_with(Verb::Create, facts, number, (&here, &runs), &held)?;
        let members = self.members(Verb::Create, facts, &here, (&fixed, &values));
        let mut given: Vec<String> = Vec::new();
        for (through, _) in self.entity.copied() {
            let (id, _) = self.entity.spec.fields().find(|(_, field)| *field == through)?;
            let looked_at = guard.fields.iter().filter(|of| copied(**of).is_some_and(|(of, _)| of == id)).count();
            if looked_at == 0 {
                continue;
            }
            let told = told_of(self.entity, &values, id, &runs);
            // The row would have to hold something that it cannot hold.
            if told.values.len() + told.nulls.len() < looked_at
                || self.comes_up(&values, &guard.fields)
                || !self.gives(&self.entity.resource.create, id)
            {
                return None;
            }
            let (stored, _) = stored_row(cases, through.reference()?.to, &told);
            given.push(format!("{}: {stored}", field_property(through)));
        }
        let given = given.join(", ");
        let parameter = if given.contains(CALLER_ID) { "caller: Principal" } else { "" };
        self.refused(number, &members, Some(&format!("async ({parameter}) => ({{ {given} }})")))
    }

    /// A body that breaks a check because of what the caller holds to whom the new row belongs, where no body does by
    /// itself.
    fn owned(self, facts: &KnownFacts, number: usize) -> Option<String> {
        // What is copied may be otherwise where no rule looks at it.
        let noticed = self.contract.plan.noticed(self.entity.id);
        let stays = |id: FieldId| noticed.contains(&id) || self.entity.spec.field(id).copied().is_none();
        let mut facts = facts.clone();
        facts.values.retain(|(id, _)| stays(*id));
        let facts = &facts;
        let mut here = self.here(Verb::Create, facts);
        let owner = self.entity.spec.owner_field()?;
        let user = self.entity.spec.field(owner).reference()?.to;
        if self.broken(Verb::Create, facts, number, &here).is_some() {
            return None;
        }
        let guard = self.contract.plan.checks_of(self.entity.id).nth(number)?;
        let is_copied = |id: &FieldId| self.entity.spec.field(*id).copied().is_some() && !facts.says(*id);
        let is_owners = |id: &FieldId| self.entity.spec.field(*id).copied().is_some_and(|(of, _)| of == owner);
        let copied: Vec<FieldId> = guard.fields.iter().copied().filter(is_copied).collect();
        here.retain(|id, _| !copied.contains(id));
        let held = |id: FieldId| if copied.contains(&id) { held_at_most(self.entity, id) } else { Vec::new() };
        let runs = self.runs_but(&|id| copied.contains(&id));
        let (fixed, values) = self.broken_with(Verb::Create, facts, number, (&here, &runs), &held)?;
        let told = told_of(self.entity, &values, owner, &runs);
        let is_told = |id: &FieldId| self.entity.spec.field(*id).copied().is_some_and(|(_, from)| told.says(from));
        let comes_up = self.comes_up(&values, &copied);
        if comes_up || copied.is_empty() || !copied.iter().all(is_owners) || !copied.iter().all(is_told) {
            return None;
        }
        let members = self.members(Verb::Create, facts, &here, (&fixed, &values));
        let case = self.refused(number, &members, None)?;
        let me = given_of(self.model.entity(user), &told_beside((self.model, self.contract), user, &told));
        Some(case.replacen("{ ", &format!("{{ me: {me}, "), 1))
    }

    /// A body of which two references name one row, where a check is about that.
    fn named_twice(self, cases: Cases, verb: Verb, facts: &KnownFacts, number: usize) -> Option<String> {
        let spec = self.entity.spec;
        let (one, other) = spec.checks[number].apart(spec)?;
        let is_free = |id: FieldId| self.gives(self.inputs(verb), id) && !facts.tells_of(id);
        // A row that its caller makes, or that belongs to the caller, names the caller already.
        let is_own = |id: FieldId| spec.owner_field() == Some(id) && (verb == Verb::Create || facts.mine.contains(&id));
        let named = |id: FieldId, row: &str| format!("{}: {row}", field_property(spec.field(id)));
        let to = spec.field(one).reference()?.to;
        let row = if is_account(self.model, to) {
            CALLER_ID.to_owned()
        } else {
            stored_row(cases, to, &KnownFacts::default()).0
        };
        let parameter = if row.contains(CALLER_ID) { "caller: Principal" } else { "" };
        let given = match (is_free(one), is_free(other)) {
            (true, true) if row == CALLER_ID => format!("({{ {}, {} }})", named(one, &row), named(other, &row)),
            (true, true) => {
                format!("{{ const id = {row}; return {{ {}, {} }}; }}", named(one, "id"), named(other, "id"))
            }
            (true, false) if is_own(other) => format!("({{ {} }})", named(one, &row)),
            (false, true) if is_own(one) => format!("({{ {} }})", named(other, &row)),
            _ => return None,
        };
        let said = facts.values.iter().filter(|(id, _)| verb == Verb::Create && self.gives(self.inputs(verb), *id));
        let members: Vec<String> = said.map(|(id, value)| self.member(*id, Some(value))).collect();
        self.refused(number, &members, Some(&format!("async ({parameter}) => {given}")))
    }

    /// What is fixed of a row, and all of it where it does not pass a check.
    fn broken(self, verb: Verb, facts: &KnownFacts, number: usize, here: &RowValues) -> Option<(RowValues, RowValues)> {
        // What a stored row has copied it keeps.
        let runs = if verb == Verb::Create { self.entity.others.runs.clone() } else { Runs::new() };
        self.broken_with(verb, facts, number, (here, &runs), &|_| Vec::new())
    }

    fn broken_with(
        self,
        verb: Verb,
        facts: &KnownFacts,
        number: usize,
        (here, runs): (&RowValues, &Runs),
        wishes: Wishes,
    ) -> Option<(RowValues, RowValues)> {
        let inputs = self.inputs(verb);
        let fixed: RowValues = here
            .iter()
            .filter(|(id, _)| !self.is_free(inputs, facts, **id))
            .filter(|(id, of)| {
                let is_same = of.is_none() || !runs.contains_key(id);
                facts.says(**id) || !self.is_moment(**id) && is_same
            })
            .map(|(id, of)| (*id, of.clone()))
            .collect();
        let values = breaking_all(self.entity.spec, number, (&fixed, runs), wishes)?;
        Some((fixed, values))
    }

    /// What each row that a new one copies from holds another value of, but for some copies.
    fn runs_but(self, others: &dyn Fn(FieldId) -> bool) -> Runs {
        let mut runs = self.entity.others.runs.clone();
        runs.retain(|id, _| !others(*id));
        runs
    }

    /// Whether another row may hold one of these values of which no two may hold the same.
    fn comes_up(self, values: &RowValues, fields: &[FieldId]) -> bool {
        let value = |id: &FieldId| values.get(id).and_then(Option::as_ref);
        fields.iter().any(|id| stock::comes_up(self.entity, *id, value(id)))
    }

    /// The members of a body with which a row holds these values.
    fn members(
        self,
        verb: Verb,
        facts: &KnownFacts,
        here: &RowValues,
        (fixed, values): (&RowValues, &RowValues),
    ) -> Vec<String> {
        let inputs = self.inputs(verb);
        let changed = values.iter().filter(|(id, value)| here.get(id) != Some(value) || facts.says(**id));
        // A new row holds what rules look at because its body says so.
        let creates = verb == Verb::Create;
        let written = changed.filter(|(id, _)| self.gives(inputs, **id) && (creates || !fixed.contains_key(id)));
        let said = facts.values.iter().filter(|(id, _)| creates && self.gives(inputs, *id) && !values.contains_key(id));
        said.map(|(id, value)| self.member(*id, Some(value)))
            .chain(written.map(|(id, value)| self.member(*id, value.as_ref())))
            .collect()
    }

    fn inputs(&self, verb: Verb) -> &[Member] {
        if verb == Verb::Create { &self.entity.resource.create } else { &self.entity.resource.update }
    }

    /// What the row holds that a new one is like; it copies from others what rows of tests copy.
    fn here(self, verb: Verb, facts: &KnownFacts) -> RowValues {
        let mut here = row_values(self.entity, facts);
        let stored = if verb == Verb::Create { row_values } else { named_values };
        let usual = stored(self.entity, self.usual);
        let is_copied = |id: &FieldId| self.entity.spec.field(*id).copied().is_some() && !facts.says(*id);
        here.extend(usual.into_iter().filter(|(id, _)| is_copied(id)));
        if verb != Verb::Create && self.entity.spec.kind == EntityKind::User {
            // What others copy from them all users of tests hold.
            let lent = self.entity.others.lent.iter().filter(|(id, _)| !facts.says(*id));
            let lent: RowValues = lent.map(|(id, value)| (*id, Some(value.clone()))).collect();
            here.extend(lent.into_iter().filter(|(id, _)| in_checks(self.entity.spec).contains(id)));
        }
        here
    }

    fn is_moment(self, id: FieldId) -> bool {
        self.entity.spec.field(id).is_told_by_clock()
    }

    /// A body that is refused because of a check.
    fn refused(self, number: usize, members: &[String], given: Option<&str>) -> Option<String> {
        let guard = self.contract.plan.checks_of(self.entity.id).nth(number)?;
        let shown = guard.fields.iter().map(|id| self.entity.spec.field(*id)).filter(|field| !field.private);
        let fields: Vec<String> = shown.map(field_property).collect();
        let id = TsString::from(format!("[{}]", guard.id).as_str());
        let given = given.map_or_else(String::new, |given| format!(", given: {given}"));
        Some(format!("{{ guard: {id}, body: {{ {} }}{given}, fields: {} }}", members.join(", "), strings(&fields)))
    }

    /// What users tell of themselves that does not pass a check, where they may say what these members hold.
    fn told(self, members: &[&Member], registers: bool, number: usize) -> Option<String> {
        let facts = KnownFacts::default();
        let here = if registers { row_values(self.entity, &facts) } else { self.here(Verb::Patch, &facts) };
        let runs = if registers { self.entity.others.runs.clone() } else { Runs::new() };
        let values = self.broken_by(members, number, (&here, &runs))?;
        let changed = values.iter().filter(|(id, value)| is_told(members, **id) && here.get(id) != Some(value));
        let members: Vec<String> = changed.map(|(id, value)| self.member(*id, value.as_ref())).collect();
        self.refused(number, &members, None)
    }

    /// Rows that a new user names and that break a check, where nothing that the user tells does by itself.
    fn copied_by_new(self, members: &[&Member], number: usize) -> Option<String> {
        if self.told(members, true, number).is_some() {
            return None;
        }
        let guard = self.contract.plan.checks_of(self.entity.id).nth(number)?;
        let copied = |id: &FieldId| self.entity.spec.field(*id).copied().filter(|_| guard.fields.contains(id));
        let mut here = row_values(self.entity, &KnownFacts::default());
        here.retain(|id, _| copied(id).is_none());
        let runs = self.runs_but(&|id| copied(&id).is_some());
        let values = self.broken_by(members, number, (&here, &runs))?;
        if self.comes_up(&values, &guard.fields) {
            return None;
        }
        let mut given: Vec<String> = Vec::new();
        for (through, _) in guard.fields.iter().filter_map(copied).collect::<BTreeMap<_, _>>() {
            let to = self.entity.spec.field(through).reference()?.to;
            let told = told_of(self.entity, &values, through, &runs);
            let looked_at = guard.fields.iter().filter(|id| copied(id).is_some_and(|(of, _)| of == through)).count();
            let is_held = told.values.len() + told.nulls.len() >= looked_at;
            let is_open = self.contract.plan.predicate(to, AccessOperation::Get, Site::Row) == &Predicate::Always
                && self.contract.plan.admission(to, AccessOperation::Get) == &Admission::Anyone;
            if !is_held || !is_open || !is_told(members, through) {
                return None;
            }
            let to = self.model.entity(to);
            let stored = format!("(await store{}({})).id", to.name.pascal(), given_of(to, &told));
            given.push(format!("{}: {stored}", field_property(self.entity.spec.field(through))));
        }
        let changed = values.iter().filter(|(id, value)| is_told(members, **id) && here.get(id) != Some(value));
        let members: Vec<String> = changed
            .filter(|(id, _)| copied(id).is_none())
            .map(|(id, value)| self.member(*id, value.as_ref()))
            .collect();
        self.refused(number, &members, Some(&format!("async () => ({{ {} }})", given.join(", "))))
    }

    /// A user who does not pass a check, where users may say what these members hold and all else is like here.
    fn broken_by(self, members: &[&Member], number: usize, (here, runs): (&RowValues, &Runs)) -> Option<RowValues> {
        let is_free = |id: FieldId| is_told(members, id) || self.is_moment(id) || runs.contains_key(&id);
        let kept = here.iter().filter(|(id, value)| !is_free(**id) || value.is_none() && runs.contains_key(id));
        let fixed: RowValues = kept.map(|(id, of)| (*id, of.clone())).collect();
        // What is copied stays as it is where that need not be otherwise.
        let is_copied = |id: FieldId| self.entity.spec.field(id).copied().is_some();
        let kept = |id: FieldId| {
            let here = here.get(&id).filter(|_| is_copied(id)).cloned().into_iter();
            here.chain(held_at_most(self.entity, id)).collect()
        };
        breaking_all(self.entity.spec, number, (&fixed, runs), &kept)
    }

    /// Whether a body may say what a field holds without anything else becoming of it.
    fn is_free(self, inputs: &[Member], facts: &KnownFacts, id: FieldId) -> bool {
        self.gives(inputs, id)
            && self.entity.spec.moves(id).is_none()
            && !(facts.says(id) && self.contract.plan.noticed(self.entity.id).contains(&id))
    }

    fn gives(self, inputs: &[Member], id: FieldId) -> bool {
        let mut given = inputs.iter().filter(|member| self.entity.writer(member).is_none());
        given.any(|member| member.property.source == Source::Field(id))
    }

    fn member(self, id: FieldId, value: Option<&Literal>) -> String {
        format!("{}: {}", field_property(self.entity.spec.field(id)), expression(self.entity, id, value))
    }
}

/// The role of a caller, or null.
fn role_of(model: &Model, caller: &Caller) -> String {
    let role = match caller {
        Caller::User { role } => role.map(|role| TsString::from(model.roles()[role.0].name.snake()).to_string()),
        Caller::Anonymous => None,
    };
    role.unwrap_or_else(|| "null".to_owned())
}

fn is_told(members: &[&Member], id: FieldId) -> bool {
    members.iter().any(|member| member.property.source == Source::Field(id))
}
