//! What the project's own tests of the login know.

use std::collections::BTreeSet;

use crate::code::{TsImports, TsString};
use crate::contract::{
    Action, Admission, Caller, DetailCode, Guard, Input as Member, KnownFacts, Method, Predicate, Property, Source,
    Value, Verb,
};
use crate::model::AccessOperation;
use crate::targets::express::app::{copied_by_users, copied_unfit, fitting_sample, given_to_copy, told_unfit};
use crate::targets::express::files::tests;
use crate::targets::express::names::field_property;
use crate::targets::express::parts::Parts;
use crate::targets::express::values::strings;
use crate::targets::express::{samples, stock, stores};
use crate::targets::{Draft, RenderError};

use super::super::account::{self, Behind};
use super::super::moves_of_oneself;
use super::templates::{
    AuthTest, CopiedFrom, CopiesTold, LogTest, LoginLimitTest, PasswordTest, PermittedChanges, Users,
};
use super::{Login, hashing};

impl Login<'_, '_> {
    /// The tests themselves, and what makes users for them.
    pub(super) fn own_tests(&self, parts: &mut Parts) -> Result<(), RenderError> {
        let (limits, base) = (&self.input.contract.limits, &self.input.contract.base);
        let (name, keys) = (&self.input.model.name, self.keys());
        let mut add = |file: Result<Draft, RenderError>| file.map(|file| parts.files.push(file));
        let own_roles = self.roles();
        let fields = self.profile(self.declared(), true);
        let stores_rows = fields.iter().any(|(_, value)| value.contains("await "));
        let profile = if stores_rows { "(await profile())" } else { "profile()" };
        let changing = account::changing(self.input, self.user);
        let free = self.changeable().into_iter().filter(|member| {
            self.user.writer(member).is_none() && !self.user.is_moved(member) && !account::is_noticed(self.user, member)
        });
        let free: Vec<&Member> = free.filter(|_| changing.is_some()).collect();
        let project = (self.input.model, self.input.contract);
        let unfit_changes = told_unfit(project, self.user, &free, false);
        let changes = self.profile(free, false);
        let known = self.known(&fields);
        let counts = changes.iter().any(|(_, value)| value.contains("next()"));
        let is_shared = counts || account::counts_changes(self.user) || account::is_compared(self.input);
        let users = Users {
            password: limits.password("a password for tests"),
            keys,
            keyed: self.keyed(),
            imports: self.imports_of_users(&fields),
            refers: self.is_referring().then(|| self.refer().0),
            joined: self.joined_sets(),
            counts: is_shared,
            fields: fields.clone(),
            stores_rows,
            profile,
            stores: account::is_stored(self.user),
            known,
            behind: Behind::of(self.input, self.user),
        };
        add(tests("tests/support/users.ts", 0, &users))?;
        let mut count = 59 + usize::from(!own_roles.is_empty());
        count += if changes.is_empty() { 0 } else { 9 };
        let untold = self.untold();
        count += untold.len();
        let copies = self.copies_told();
        count += usize::from(copies.is_some());
        let unfit = told_unfit(project, self.user, &self.declared(), true);
        let copied_unfit = copied_unfit(project, self.user, &self.declared());
        let moves = if self.has_profile() { moves_of_oneself::cases(self.input, self.user) } else { Vec::new() };
        count += unfit.len() + copied_unfit.len() + unfit_changes.len() + moves.len();
        let users = self.imports_of_table(!moves.is_empty());
        let test = AuthTest {
            check: TsString::from(DetailCode::Check.message()),
            unfit,
            stores: storing(copies.as_ref(), &copied_unfit),
            copied_unfit,
            unfit_changes,
            moves,
            keys,
            name,
            base,
            open: self.open_path(),
            hash: hashing::pattern(self.stored_hash().kind),
            seconds: limits.access_token_seconds,
            counts,
            users,
            fields,
            profile,
            untold,
            copies,
            changes,
            changing_user: changing.unwrap_or_default(),
            permitted_changes: self.permitted_changes(),
            new_password: limits.password("another password for tests"),
            short: "x".repeat(limits.password_min.saturating_sub(1) as usize),
            password_max: limits.password_max,
            shown: strings(&self.shown_to_new_users()),
            default_role: self.default_role(),
            has_roles: !own_roles.is_empty(),
            role: own_roles.first().copied().unwrap_or_default().to_owned(),
        };
        add(tests("tests/auth.test.ts", count, &test))?;
        self.tests_of_one_kind(parts)
    }

    /// What tests of permitted changes of oneself are called: by the guards that permit them, and by what comes of them.
    fn permitted_changes(&self) -> PermittedChanges {
        // Without routes of their own, users change themselves by code of the login, which asks no rule.
        let guards = if self.has_profile() { &[] } else { self.input.contract.plan.guards_of(self.user.id) };
        let decides = |guard: &&Guard| matches!(guard.operation, AccessOperation::Get | AccessOperation::Update);
        let named = |what: &str| {
            let ids = guards.iter().filter(decides).map(|guard| format!("[{}]", guard.id));
            TsString::from(&*ids.chain([what.to_owned()]).collect::<Vec<_>>().join(" "))
        };
        PermittedChanges {
            stays: named("shows in the answer and stays"),
            nothing: named("of nothing changes nothing"),
            unreached: named("does not reach %s"),
        }
    }

    /// What users of tests hold beside what new ones tell.
    fn known(&self, told: &[(String, String)]) -> Vec<(String, String)> {
        let mut known = account::known(self.input, self.user);
        let copied = copied_by_users(self.user).into_iter();
        let is_new = |(property, _): &(String, String)| known.iter().all(|(of, _)| of != property);
        let copied: Vec<(String, String)> = copied.filter(is_new).collect();
        known.extend(copied);
        known.retain(|member| !told.contains(member));
        known
    }

    /// The table of the users for tests, and the type of its rows where they name it.
    fn imports_of_table(&self, has_type: bool) -> TsImports {
        let table = match self.user.names.table.as_str() {
            "users" => "users".to_owned(),
            table => format!("{table} as users"),
        };
        let model = "../src/models/user.model.js";
        let imports = TsImports::new().with_values(model, &[&table]);
        if has_type { imports.with_types(model, &["User"]) } else { imports }
    }

    /// Tests that look at one thing each.
    fn tests_of_one_kind(&self, parts: &mut Parts) -> Result<(), RenderError> {
        let (base, keys, keyed) = (&self.input.contract.base, self.keys(), self.keyed());
        let (library, _) = hashing::library(self.auth.hash);
        let hashes = PasswordTest { base, library, prefix: hashing::pattern(self.stored_hash().prefix), keyed };
        parts.files.extend([
            tests("tests/login-limit.test.ts", 1, &LoginLimitTest { base })?,
            tests("tests/password.test.ts", 2 + usize::from(keyed), &hashes)?,
            tests("tests/log.test.ts", 1, &LogTest { keys, base })?,
        ]);
        Ok(())
    }

    /// What a test of registering copies, where new users see some of that.
    fn copies_told(&self) -> Option<CopiesTold> {
        let declared = self.declared();
        let is_told = |property: &String| declared.iter().any(|member| member.property.wire == *property);
        let shown = self.shown_to_new_users();
        let (mut rows, mut expected) = (Vec::new(), Vec::new());
        for (through, fields) in self.user.copied() {
            let (property, Some(reference)) = (field_property(through), through.reference()) else { continue };
            let to = &self.entities[reference.to.0];
            let is_open = *to.get.before == Predicate::Always && to.id != self.user.id;
            let named = (is_open && is_told(&property)).then(|| format!("{}Row", through.name.camel()));
            if named.is_none() && !through.nullable {
                continue;
            }
            for (field, from) in fields {
                let copied = field_property(field);
                let value = named
                    .as_ref()
                    .map_or_else(|| "null".to_owned(), |row| format!("{row}.{}", field_property(to.spec.field(from))));
                expected.extend(shown.contains(&copied).then(|| format!("{copied}: {value}")));
            }
            let by = self.user.spec.fields().find(|(_, field)| *field == through).map(|(id, _)| id);
            let project = (self.input.model, self.input.contract);
            let given = by.map(|by| given_to_copy(project, self.user, by)).unwrap_or_default();
            let store = format!("store{}", to.names.pascal);
            rows.extend(named.map(|name| CopiedFrom { name, property, store, given }));
        }
        let left_out: Vec<String> = self.user.copies().map(field_property).filter(is_told).collect();
        (!expected.is_empty()).then(|| CopiesTold { rows, left_out, expected: expected.join(", ") })
    }

    /// What is kept of users that no registration tells, as the API would call it.
    fn untold(&self) -> Vec<String> {
        let told = self.declared();
        let given = |id| told.iter().any(|member| member.property.source == Source::Field(id));
        let fields = self.user.spec.fields().filter(|(id, _)| !given(*id));
        fields.map(|(_, field)| field_property(field)).collect()
    }

    /// What users without any role but the default one see of themselves.
    fn shown_to_new_users(&self) -> Vec<String> {
        let caller = Caller::User { role: self.auth.default_role };
        let row = KnownFacts { me: true, ..KnownFacts::default() };
        let plan = &self.input.contract.plan;
        let shown = |property: &&Property| plan.shows(self.user.id, property.source, &caller, &row);
        self.resource().row.iter().filter(shown).map(|property| property.wire.clone()).collect()
    }

    /// What makes users for tests.
    fn imports_of_users(&self, fields: &[(String, String)]) -> TsImports {
        let text: String = fields.iter().map(|(_, value)| value.as_str()).collect();
        let service = "../../src/services/auth.service.js";
        let mut imports = TsImports::new()
            .with_values("../../src/db/client.js", &["write"])
            .with_types("../../src/models/user.model.js", &["User"])
            .with_values(service, &["createUser"])
            .with_values("../../src/utils/access-token.js", &["signAccessToken"])
            .with_values("../../src/utils/password.js", &["hashPassword"]);
        if self.keyed() {
            imports = imports.with_values("uuid", &["v7 as uuidv7"]);
        }
        if !fields.is_empty() {
            imports = imports.with_types("../../src/schemas/auth.schema.js", &["Registration"]);
        }
        if account::is_stored(self.user) {
            imports = imports.with_types(service, &["NewUser"]);
        }
        if self.is_referring() {
            imports.extend(&self.refer().1);
        }
        if !self.joined_sets().is_empty() {
            imports = imports.with_namespace("../../src/repositories/auth-user.repository.js", "users");
        }
        let named = self.declared().into_iter().filter_map(|member| member.refers_to);
        let stores = named.map(|to| format!("store{}", self.input.model.entity(to).name.pascal()));
        let stores = stores.filter(|store| text.contains(&format!("{store}(")));
        let behind = Behind::of(self.input, self.user);
        let stores = stores.chain(behind.iter().flat_map(Behind::stores).map(str::to_owned));
        // Users are stored here.
        let stores = stores.filter(|store| *store != "storeUser");
        stores.fold(imports, |imports, store| imports.with_values("./rows.js", &[&store]))
    }

    /// What lets users of tests refer to rows that are stored after them, as seeds do where they do, and what that needs.
    fn refer(&self) -> (String, TsImports) {
        if self.user.waiting_references().next().is_some() {
            let module = "../../src/repositories/auth-user.repository.js";
            ("users.refer(tx, id, references)".to_owned(), TsImports::new().with_namespace(module, "users"))
        } else {
            stores::refer(self.input, self.user)
        }
    }

    /// What a body tells beside address and password in tests, with or without references.
    fn profile(&self, members: Vec<&Member>, refers: bool) -> Vec<(String, String)> {
        let member = |member: &Member| {
            let Source::Field(id) = member.property.source else { return None };
            if let Some(to) = member.refers_to {
                let given = given_to_copy((self.input.model, self.input.contract), self.user, id);
                let row = format!("(await store{}({given})).id", self.input.model.entity(to).name.pascal());
                let value = match &member.property.value {
                    Value::Keys { count } => format!("[{}]", vec![row; count.min as usize].join(", ")),
                    _ if member.required => row,
                    _ => "null".to_owned(),
                };
                return refers.then(|| (member.property.wire.clone(), value));
            }
            let unique = self.user.spec.field(id).unique;
            let fitting = stock::expression(self.user, id);
            let fitting = fitting.or_else(|| fitting_sample(self.user, &KnownFacts::default(), id));
            let value = fitting.unwrap_or_else(|| samples::expression(&member.property.value, unique));
            Some((member.property.wire.clone(), value))
        };
        members.into_iter().filter_map(member).collect()
    }

    /// A path that anyone may ask for rows, or else the path of the caller.
    fn open_path(&self) -> String {
        let contract = self.input.contract;
        let open = contract.operations.iter().find(|operation| {
            operation.method == Method::Get
                && matches!(operation.action, Action::Rows { entity, verb: Verb::List }
                    if *contract.plan.admission(entity, Verb::List.access()) == Admission::Anyone)
        });
        open.map_or_else(|| format!("{}/auth/me", contract.base), |operation| operation.path.clone())
    }
}

/// The functions that store rows which new users name, as an import names them.
fn storing(copies: Option<&CopiesTold>, refused: &[String]) -> String {
    let named = copies.into_iter().flat_map(|copies| &copies.rows).map(|row| row.store.as_str());
    let called = |case: &String| -> Vec<String> {
        let calls = case.match_indices("(await store");
        calls.filter_map(|(start, _)| case.get(start + 7..)?.split('(').next()).map(str::to_owned).collect()
    };
    let stores: BTreeSet<String> = named.map(str::to_owned).chain(refused.iter().flat_map(called)).collect();
    stores.into_iter().collect::<Vec<_>>().join(", ")
}
