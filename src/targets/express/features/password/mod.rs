//! Register, log in, refresh, log out; and everything about callers.

mod controller;
mod hashing;
mod own_tests;
mod repository;
mod service;
mod templates;

use crate::code::{TsImports, TsString};
use crate::contract::{Admission, Input as Member, Resource, Source, StoredHash, Value, Verb};
use crate::model::{Auth, RoleId, Scalar};
use crate::project::Part;
use crate::targets::express::app::{
    absent, asks_for_roles, extra_helpers, field_extras, member_schema, seed_keys, seed_later, seed_reference,
};
use crate::targets::express::entity::Entity;
use crate::targets::express::fields::permissions;
use crate::targets::express::files::{fixed, typescript};
use crate::targets::express::moves::Moves;
use crate::targets::express::names::{Keys, field_property};
use crate::targets::express::parts::{Middleware, Parts, Router, Script, Seed, Variable, digits};
use crate::targets::express::values::{Helper, Schema, strings};
use crate::targets::{Draft, Input, RenderError};

use self::templates::{
    AccessToken, Admit, AuthRoutes, AuthSchema, AuthSessionRepository, Authenticate, CallerFile, CreateAdmin, RolesFile,
};
use super::account::{self, OwnUpdate};

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
        let name = &self.input.model.name;
        self.common_files(parts)?;
        self.files_of_roles(parts)?;
        let mut add = |file: Result<Draft, RenderError>| file.map(|file| parts.files.push(file));
        let roles = self.entities.iter().any(|entity| entity.has_service() && asks_for_roles(entity))
            || self.moves().any(Moves::asks_role);
        add(typescript("src/middleware/admit.ts", Part::Source, &Admit { roles }))?;
        add(typescript("src/utils/caller.ts", Part::Source, &CallerFile { roles }))?;
        add(typescript("src/utils/password.ts", Part::Source, &hashing::file(self.auth.hash)))?;
        let token = AccessToken { name, seconds: digits(self.input.contract.limits.access_token_seconds) };
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
        self.own_tests(parts)
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
