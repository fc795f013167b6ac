//! Register, log in, refresh, log out; and everything about callers.

mod controller;
mod hashing;
mod repository;
mod service;
mod templates;

use std::collections::BTreeSet;

use crate::code::{TsImports, TsString};
use crate::contract::{
    Action, Admission, Caller, DetailCode, Guard, Input as Member, KnownFacts, Method, Predicate, Property, Resource,
    Source, StoredHash, Value, Verb,
};
use crate::model::{AccessOperation, Auth, RoleId, Scalar};
use crate::project::Part;
use crate::targets::express::app::{
    absent, asks_for_roles, copied_by_users, copied_unfit, extra_helpers, field_extras, fitting_sample, given_to_copy,
    member_schema, seed_keys, seed_later, seed_reference, told_unfit,
};
use crate::targets::express::entity::Entity;
use crate::targets::express::fields::permissions;
use crate::targets::express::files::{fixed, tests, typescript};
use crate::targets::express::moves::Moves;
use crate::targets::express::names::{Keys, field_property};
use crate::targets::express::parts::{Middleware, Parts, Router, Script, Seed, Variable, digits};
use crate::targets::express::samples;
use crate::targets::express::stock;
use crate::targets::express::stores;
use crate::targets::express::values::{Helper, Schema, strings};
use crate::targets::{Draft, Input, RenderError};

use self::templates::{
    AccessToken, Admit, AuthRoutes, AuthSchema, AuthSessionRepository, AuthTest, Authenticate, CallerFile, CopiedFrom,
    CopiesTold, CreateAdmin, LogTest, LoginLimitTest, PasswordTest, RolesFile, Users,
};
use super::account::{self, Behind, OwnUpdate};
use super::moves_of_oneself;

/// Files that are the same in every project with a login.
const FIXED: &[(&str, &str)] = &[
    (
        "src/middleware/login-limit.ts",
        include_str!("../../../../../templates/express/features/password/src/middleware/login-limit.ts"),
    ),
    (
        "src/middleware/no-store.ts",
        include_str!("../../../../../templates/express/features/password/src/middleware/no-store.ts"),
    ),
];

pub(super) fn contribute(input: &Input, entities: &[Entity], parts: &mut Parts) -> Result<(), RenderError> {
    let Some(auth) = &input.model.auth else { return Ok(()) };
    let login = Login { input, auth, user: &entities[auth.user.0], entities };
    login.parts(parts);
    login.files(parts)
}

/// What a user of the seed is stored with; hashes may depend on the user's id.
fn store_user(keys: Keys, keyed: bool) -> String {
    let (new_id, salt, id) = if keyed { ("  const id = uuidv7();\n", ", id", "id, ") } else { ("", "", "") };
    let hash = keys.member("password_hash");
    format!(
        "/** A user that is there already stays as it is. */
async function storeUser(tx: Transaction, user: Seed[\"User\"][string]) {{
  const {{ password, ...account }} = user;
  const known = await users.findByEmail(tx, account.email);
  if (known) return known;
{new_id}  const passwordHash = await hashPassword(password{salt});
  return createUser(tx, {{ {id}...account, {hash} }});
}}"
    )
}

struct Login<'l, 'a> {
    input: &'a Input<'a>,
    auth: &'a Auth,
    user: &'l Entity<'a>,
    entities: &'l [Entity<'a>],
}

impl Login<'_, '_> {
    fn resource(&self) -> &Resource {
        self.user.resource
    }

    fn keys(&self) -> Keys {
        self.user.keys()
    }

    /// The fields that a spec adds to users, as far as registering takes them.
    fn declared(&self) -> Vec<&Member> {
        // Whoever registers is nobody yet.
        self.resource().create.iter().filter(|member| member.write == Admission::Anyone).collect()
    }

    /// The fields that users may change of themselves.
    fn changeable(&self) -> Vec<&Member> {
        self.resource().update.iter().collect()
    }

    /// Whether users change themselves by code of the login: where the API changes users, the same code does both.
    fn has_profile(&self) -> bool {
        account::changes_itself(self.input) && !self.user.has(Verb::Patch)
    }

    /// Whether hashes depend on the user's id.
    fn keyed(&self) -> bool {
        self.stored_hash().keyed
    }

    fn stored_hash(&self) -> StoredHash {
        self.auth.hash.into()
    }

    fn role(&self, id: RoleId) -> &str {
        self.auth.roles.get(id).name.snake()
    }

    fn roles(&self) -> Vec<&str> {
        self.auth.roles.all().iter().map(|role| role.name.snake()).collect()
    }

    fn default_role(&self) -> String {
        self.auth.default_role.map_or_else(|| "null".to_owned(), |id| TsString::from(self.role(id)).to_string())
    }

    fn parts(&self, parts: &mut Parts) {
        let limits = &self.input.contract.limits;
        parts.dependencies.extend([hashing::library(self.auth.hash), ("jose", "6.2.17")]);
        parts.variable_schemas.push(
            "const secret = z.string(\"is missing\").refine((value) => Buffer.byteLength(value) >= 32, \
             \"must have at least 32 bytes\");",
        );
        let secret = |name, schema: &str, required, help: &str| Variable {
            name,
            schema: schema.to_owned(),
            example: None,
            help: help.to_owned(),
            secret: required,
            required,
            valid: "a secret that is known to tests only",
            invalid: &["too short"],
        };
        parts.variables.extend([
            secret("JWT_SECRET", "secret", true, "Signs access tokens, at least 32 bytes; `npm run env` makes one."),
            secret(
                "JWT_SECRET_PREVIOUS",
                "secret.optional()",
                false,
                "The secret before the last change, accepted until its tokens have expired.",
            ),
            Variable::requests(
                "RATE_LIMIT_LOGIN_MAX",
                limits.login.requests,
                "Attempts to log in from one address, and to one account, in a window.",
            ),
            Variable::seconds("RATE_LIMIT_LOGIN_WINDOW", limits.login.window_seconds, "The window in seconds."),
        ]);
        parts.test_environment.extend([
            ("JWT_SECRET", "a secret that is known to these tests only"),
            ("RATE_LIMIT_LOGIN_MAX", "1000000"),
        ]);
        parts.routers.push(Router { stem: "auth".to_owned(), name: "auth".to_owned() });
        parts.before_operations.push(Middleware { name: "authenticate", module: "../middleware/authenticate.js" });
        parts.log_members.push(("userId", "res.locals.caller?.id"));
        parts.helpers.extend([Helper::Email, Helper::String]);
        let members = self.declared().into_iter().chain(self.changeable());
        parts.helpers.extend(members.flat_map(|member| member_schema(member).helpers));
        parts.helpers.extend(extra_helpers(self.user, &self.declared()));
        parts.seeds.push(self.seed());
        account::principals(self.input, self.user, &self.roles(), parts);
        if let Some(first) = self.roles().first() {
            parts.scripts.push(Script {
                name: "create-admin",
                command: "tsx --env-file-if-exists=.env src/commands/create-admin.ts".to_owned(),
                help: format!(
                    "`npm run create-admin -- EMAIL` makes a user with the role `{first}`; the password is read from standard input"
                ),
            });
        }
    }

    fn seed(&self) -> Seed {
        let mut members = if self.roles().is_empty() {
            vec!["role: z.null().default(null)".to_owned()]
        } else {
            vec!["role: z.enum(roles).nullable().default(null)".to_owned()]
        };
        let told = self.declared();
        members.extend(seed_keys(self.user).into_iter().map(|(name, schema)| format!("{name}: {schema}")));
        members.extend(field_extras(self.user, &told).into_iter().map(|(name, schema)| format!("{name}: {schema}")));
        let references = self.user.spec.fields().filter(|(_, field)| field.refers_to().is_some());
        let named = references.map(|(id, field)| {
            format!(", {}: {}", field_property(field), seed_reference(self.user, self.entities, (id, field)))
        });
        let named: String = named.collect();
        let row = if named.is_empty() { "row".to_owned() } else { format!("{{ ...row{named} }}") };
        let mut imports = TsImports::new()
            .with_namespace("../repositories/auth-user.repository.js", "users")
            .with_values("../schemas/auth.schema.js", &["registration"])
            .with_values("../services/auth.service.js", &["createUser"])
            .with_values("../utils/password.js", &["hashPassword"]);
        if self.keyed() {
            imports = imports.with_values("uuid", &["v7 as uuidv7"]);
        }
        for helper in extra_helpers(self.user, &told) {
            imports = imports.with_values(&helper.module().replace("./", "../schemas/"), &[helper.name()]);
        }
        if !self.roles().is_empty() {
            imports = imports.with_values("../config/roles.js", &["roles"]);
        }
        Seed {
            name: "User".to_owned(),
            schema: format!("registration.extend({{ {} }})", members.join(", ")),
            new_row: None,
            store: format!("await storeUser(tx, {row})"),
            later: seed_later(self.user, self.entities, "users"),
            imports,
            function: Some(store_user(self.keys(), self.keyed())),
        }
    }

    /// The files that differ from project to project in nothing but how names are written.
    fn common_files(&self, parts: &mut Parts) -> Result<(), RenderError> {
        for (path, text) in FIXED {
            parts.files.push(fixed(path, Part::Source, *text)?);
        }
        let keys = self.keys();
        let sessions = AuthSessionRepository { keys };
        parts.files.extend([
            typescript("src/middleware/authenticate.ts", Part::Source, &Authenticate { keys })?,
            typescript("src/repositories/auth-session.repository.ts", Part::Source, &sessions)?,
        ]);
        Ok(())
    }

    fn files(&self, parts: &mut Parts) -> Result<(), RenderError> {
        let (limits, base) = (&self.input.contract.limits, &self.input.contract.base);
        let name = &self.input.model.name;
        self.common_files(parts)?;
        self.files_of_roles(parts)?;
        let mut add = |file: Result<Draft, RenderError>| file.map(|file| parts.files.push(file));
        let roles = self.entities.iter().any(|entity| entity.has_service() && asks_for_roles(entity))
            || self.moves().any(Moves::asks_role);
        let keys = self.keys();
        let (password_min, password_max) = (limits.password_min, limits.password_max);
        add(typescript("src/middleware/admit.ts", Part::Source, &Admit { roles }))?;
        add(typescript("src/utils/caller.ts", Part::Source, &CallerFile { roles }))?;
        add(typescript("src/utils/password.ts", Part::Source, &hashing::file(self.auth.hash)))?;
        let token = AccessToken { name, seconds: digits(limits.access_token_seconds) };
        add(typescript("src/utils/access-token.ts", Part::Source, &token))?;
        add(typescript("src/schemas/auth.schema.ts", Part::Source, &self.schema()))?;
        let has_profile = self.has_profile();
        let own = OwnUpdate::of(self.input, self.user, self.entities);
        let update = own.as_ref().map(|own| own.handlers.clone());
        let routes = AuthRoutes {
            admissions: own.as_ref().map_or_else(|| "signedIn".to_owned(), |own| own.imports.join(", ")),
            update: update.or_else(|| has_profile.then(|| "jsonBody, controller.updateMe".to_owned())),
        };
        add(typescript("src/routes/auth.routes.ts", Part::Source, &routes))?;
        add(typescript("src/controllers/auth.controller.ts", Part::Source, &self.controller(own)))?;
        add(typescript("src/repositories/auth-user.repository.ts", Part::Source, &self.repository()))?;
        add(typescript("src/services/auth.service.ts", Part::Source, &self.service()))?;
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
            short: "x".repeat(password_min.saturating_sub(1) as usize),
            password_max,
            shown: strings(&self.shown_to_new_users()),
            default_role: self.default_role(),
            has_roles: !own_roles.is_empty(),
            role: own_roles.first().copied().unwrap_or_default().to_owned(),
        };
        add(tests("tests/auth.test.ts", count, &test))?;
        self.tests_of_one_kind(parts)
    }

    /// What tests of permitted changes of oneself are called: by the guards that permit them, and by what comes of them.
    fn permitted_changes(&self) -> [TsString; 2] {
        // Without routes of their own, users change themselves by code of the login, which asks no rule.
        let guards = if self.has_profile() { &[] } else { self.input.contract.plan.guards_of(self.user.id) };
        let decides = |guard: &&Guard| matches!(guard.operation, AccessOperation::Get | AccessOperation::Update);
        ["shows in the answer and stays", "of nothing changes nothing"].map(|what| {
            let ids = guards.iter().filter(decides).map(|guard| format!("[{}]", guard.id));
            TsString::from(&*ids.chain([what.to_owned()]).collect::<Vec<_>>().join(" "))
        })
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

    /// The roles, and what makes the first user of the first one; nothing without roles.
    fn files_of_roles(&self, parts: &mut Parts) -> Result<(), RenderError> {
        let roles = self.roles();
        let Some(first) = roles.first() else { return Ok(()) };
        let limits = &self.input.contract.limits;
        let declared = self.declared();
        let json = declared.iter().filter(|member| !is_text(&member.property.value));
        let json: Vec<&str> = json.map(|member| member.property.wire.as_str()).collect();
        let command = CreateAdmin {
            keys: self.keys(),
            keyed: self.keyed(),
            declared: !declared.is_empty(),
            check: self.reference_check().filter(|check| check.exported),
            json: if json.is_empty() { String::new() } else { strings(&json) },
            password_min: limits.password_min,
            password_max: limits.password_max,
            role: (*first).to_owned(),
        };
        parts.files.extend([
            typescript("src/config/roles.ts", Part::Source, &RolesFile { roles: strings(&roles) })?,
            typescript("src/commands/create-admin.ts", Part::Source, &command)?,
        ]);
        Ok(())
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

    fn schema(&self) -> AuthSchema {
        let limits = &self.input.contract.limits;
        let mut imports = TsImports::new().with_values("zod", &["z"]);
        let with_schema = |member| (member, member_schema(member));
        let schemas: Vec<_> = self.declared().into_iter().map(with_schema).collect();
        let changed = if self.has_profile() { self.changeable() } else { Vec::new() };
        let changes: Vec<_> = changed.into_iter().map(with_schema).collect();
        let helpers = schemas.iter().chain(&changes).flat_map(|(_, schema)| schema.helpers.iter().copied());
        for helper in helpers.chain([Helper::Email, Helper::String]) {
            imports = imports.with_values(helper.module(), &[helper.name()]);
        }
        let field = |(member, schema): (&Member, Schema)| {
            let default = match member.property.source {
                _ if member.required => String::new(),
                Source::Field(id) if self.user.spec.field(id).copied().is_some() => ".optional()".to_owned(),
                _ => format!(".default({})", self.absent(member)),
            };
            (member.property.wire.clone(), schema.text + &default)
        };
        AuthSchema {
            keys: self.keys(),
            imports,
            password_min: limits.password_min,
            password_max: limits.password_max,
            fields: schemas.into_iter().map(field).collect(),
            changes: changes.into_iter().map(|(member, schema)| (member.property.wire.clone(), schema.text)).collect(),
        }
    }

    fn absent(&self, member: &Member) -> String {
        let Source::Field(id) = member.property.source else { return "null".to_owned() };
        let text = absent(self.user.spec.field(id));
        // A moment is taken anew for each row.
        if text.contains("now") { format!("() => {}", text.replace("now", "new Date().toISOString()")) } else { text }
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

    /// What code of the login changes.
    fn changed(&self) -> Vec<&Member> {
        if self.has_profile() { self.changeable() } else { Vec::new() }
    }

    /// What code of the login changes along arrows.
    fn moves(&self) -> impl Iterator<Item = &Moves> {
        self.user.own_moves()
    }

    /// What users may change of themselves, if a role lets them.
    fn writable(&self) -> Vec<String> {
        let guarded = self.user.guarded(&self.resource().update).filter(|_| self.has_profile());
        permissions(guarded.map(|(rule, _)| rule), self.user)
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

/// Whether a value is text in JSON.
fn is_text(value: &Value) -> bool {
    match value {
        Value::One(Scalar::Integer(_) | Scalar::Number(_) | Scalar::Boolean | Scalar::Json)
        | Value::Many { .. }
        | Value::Keys { .. } => false,
        Value::One(_) => true,
    }
}
