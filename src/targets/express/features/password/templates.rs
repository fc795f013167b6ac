//! What the templates of a login are filled with.

use askama::Template;

use super::super::account::{Behind, OwnUpdate};
use crate::code::{Origin, Slug, TsImports, TsString};
use crate::targets::express::app::{Reference, ReferredSet};
use crate::targets::express::entity::Set;
use crate::targets::express::moves::MoveFunction;
use crate::targets::express::names::Keys;
use crate::targets::express::stores::{Alias, CheckFunction, Copied, KeptSet, KeptSets};

#[derive(Template)]
#[template(path = "express/features/password/src/middleware/authenticate.ts")]
pub(super) struct Authenticate {
    pub(super) keys: Keys,
}

#[derive(Template)]
#[template(path = "express/stores/sql/features/password/auth-session.repository.ts")]
pub(super) struct AuthSessionRepository {
    pub(super) keys: Keys,
}

#[derive(Template)]
#[template(path = "express/features/password/src/middleware/admit.ts")]
pub(super) struct Admit {
    pub(super) roles: bool,
}

#[derive(Template)]
#[template(path = "express/features/password/src/utils/caller.ts")]
pub(super) struct CallerFile {
    pub(super) roles: bool,
}

#[derive(Template)]
#[template(path = "express/features/password/src/config/roles.ts")]
pub(super) struct RolesFile {
    pub(super) roles: String,
}

#[derive(Template)]
#[template(path = "express/features/password/src/utils/access-token.ts")]
pub(super) struct AccessToken<'a> {
    pub(super) name: &'a Slug,
    pub(super) seconds: String,
}

#[derive(Template)]
#[template(path = "express/features/password/src/schemas/auth.schema.ts")]
pub(super) struct AuthSchema {
    pub(super) keys: Keys,
    pub(super) imports: TsImports,
    pub(super) password_min: u32,
    pub(super) password_max: u32,
    pub(super) fields: Vec<(String, String)>,
    pub(super) changes: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "express/features/password/src/controllers/auth.controller.ts")]
pub(super) struct AuthController {
    pub(super) keys: Keys,
    pub(super) imports: TsImports,
    /// Whether users change themselves by code of the login.
    pub(super) has_profile: bool,
    /// How they do so by the code that changes users.
    pub(super) own: Option<OwnUpdate>,
    /// Whether their service shows them, and what waits for that.
    pub(super) shows: bool,
    pub(super) awaits: &'static str,
    /// What shows users to themselves.
    pub(super) view: String,
}

#[derive(Template)]
#[template(path = "express/features/password/src/routes/auth.routes.ts")]
pub(super) struct AuthRoutes {
    pub(super) admissions: String,
    /// What handles a change of oneself.
    pub(super) update: Option<String>,
}

#[derive(Template)]
#[template(path = "express/stores/sql/features/password/auth-user.repository.ts")]
pub(super) struct AuthUserRepository<'a> {
    pub(super) keys: Keys,
    pub(super) imports: TsImports,
    pub(super) aliases: Vec<Alias>,
    pub(super) kept: KeptSets<'a>,
    /// What tells of arrows that users take by themselves where other rows decide it.
    pub(super) checks: Vec<CheckFunction>,
    pub(super) none: Origin,
    /// What new users copy from others.
    pub(super) copied: Option<Copied>,
    /// What inserting takes and what updating takes, without and with sets.
    pub(super) inserted_row: String,
    pub(super) changed: String,
    /// The sets that users change of themselves by code of the login.
    pub(super) changed_sets: Vec<&'a Set>,
    pub(super) has_profile: bool,
    /// Whether a seed gives references of users when all rows are stored.
    pub(super) waits: bool,
    pub(super) inserted: String,
    pub(super) updated: String,
}

#[derive(Template)]
#[template(path = "express/features/password/src/services/auth.service.ts")]
pub(super) struct AuthService {
    pub(super) keys: Keys,
    /// Whether hashes depend on the user's id.
    pub(super) keyed: bool,
    pub(super) imports: TsImports,
    pub(super) has_profile: bool,
    /// The fields that not every user may write, each with whether the caller may.
    pub(super) writable: Option<String>,
    /// The fields that change along arrows, each with whether the caller may change it so.
    pub(super) moves: Vec<MoveFunction>,
    pub(super) verdicts: Option<String>,
    pub(super) none: Origin,
    pub(super) check: Option<ReferenceCheck>,
    pub(super) session_milliseconds: String,
    pub(super) omitted: String,
    pub(super) optional: String,
    pub(super) values: Vec<(String, String)>,
    /// What names the rows that a new user copies from, and the members that hold what is copied.
    pub(super) copied: Option<String>,
    pub(super) copies: Vec<String>,
    pub(super) default_role: String,
    /// What people want to happen around registrations, where users have such.
    pub(super) hooks: Option<String>,
}

/// How the references that users write of themselves are looked at.
pub(super) struct ReferenceCheck {
    /// Whether whoever registers gives any of them.
    pub(super) registers: bool,
    /// Whether the command that makes the first user looks at them too.
    pub(super) exported: bool,
    pub(super) parameters: &'static str,
    /// What stands before the other arguments where nobody is signed in yet.
    pub(super) of_nobody: &'static str,
    pub(super) of_user: &'static str,
    pub(super) references: Vec<Reference>,
    pub(super) sets: Vec<ReferredSet>,
}

#[derive(Template)]
#[template(path = "express/features/password/src/commands/create-admin.ts")]
pub(super) struct CreateAdmin {
    pub(super) keys: Keys,
    pub(super) keyed: bool,
    /// Whether the spec adds fields to users.
    pub(super) declared: bool,
    /// What looks at the references that it is given, where users have such.
    pub(super) check: Option<ReferenceCheck>,
    /// Those of them whose values are no text in JSON.
    pub(super) json: String,
    pub(super) password_min: u32,
    pub(super) password_max: u32,
    pub(super) role: String,
}

#[derive(Template)]
#[template(path = "express/features/password/tests/support/users.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
pub(super) struct Users<'a> {
    /// The password of every user of the tests.
    pub(super) password: String,
    pub(super) keys: Keys,
    pub(super) keyed: bool,
    pub(super) imports: TsImports,
    pub(super) fields: Vec<(String, String)>,
    /// What lets users of tests refer to rows that are stored after them.
    pub(super) refers: Option<String>,
    /// The sets of users into which tests put rows.
    pub(super) joined: Vec<&'a Set>,
    /// Whether users refer to rows that are stored with them.
    pub(super) stores_rows: bool,
    /// The call that makes up what a user tells.
    pub(super) profile: &'static str,
    /// Whether other tests count too.
    pub(super) counts: bool,
    /// Whether tests store users of their own making.
    pub(super) stores: bool,
    /// What every caller holds that rules compare with.
    pub(super) known: Vec<(String, String)>,
    /// The rows behind callers that rules look for.
    pub(super) behind: Option<Behind>,
}

#[derive(Template)]
#[template(path = "express/features/password/tests/login-limit.test.ts")]
pub(super) struct LoginLimitTest<'a> {
    pub(super) base: &'a str,
}

#[derive(Template)]
#[template(path = "express/features/password/tests/password.test.ts")]
pub(super) struct PasswordTest<'a> {
    pub(super) base: &'a str,
    pub(super) library: &'static str,
    /// What hashes begin with, as a pattern.
    pub(super) prefix: String,
    pub(super) keyed: bool,
}

#[derive(Template)]
#[template(path = "express/features/password/src/utils/password.ts")]
pub(super) struct PasswordFile {
    pub(super) imports: TsImports,
    /// What hashing costs, as a declaration.
    pub(super) cost: &'static str,
    /// Whether hashes depend on the user's id.
    pub(super) keyed: bool,
    /// The calls of the library.
    pub(super) hash: &'static str,
    pub(super) verify: &'static str,
}

#[derive(Template)]
#[template(path = "express/features/password/tests/log.test.ts")]
pub(super) struct LogTest<'a> {
    pub(super) keys: Keys,
    pub(super) base: &'a str,
}

/// A registration that leaves out what it would copy.
pub(super) struct CopiesTold {
    pub(super) rows: Vec<CopiedFrom>,
    pub(super) left_out: Vec<String>,
    pub(super) expected: String,
}

/// A row that a registration names, and what stores it.
pub(super) struct CopiedFrom {
    pub(super) name: String,
    pub(super) property: String,
    pub(super) store: String,
    /// What it is stored with, so that the new user passes all checks.
    pub(super) given: String,
}

/// What tests of changes are called, with the guards that permit them.
pub(super) struct PermittedChanges {
    /// A change of all that may be changed.
    pub(super) stays: TsString,
    /// One that changes nothing.
    pub(super) nothing: TsString,
    /// One of what nobody may change, which is told only to those who may change the rest.
    pub(super) unreached: TsString,
}

#[derive(Template)]
#[template(path = "express/features/password/tests/auth.test.ts")]
pub(super) struct AuthTest<'a> {
    pub(super) keys: Keys,
    pub(super) name: &'a Slug,
    pub(super) base: &'a str,
    pub(super) open: String,
    /// What hashes of this kind begin with, as a pattern.
    pub(super) hash: String,
    pub(super) seconds: u32,
    /// Whether values of changes are counted.
    pub(super) counts: bool,
    /// The functions that store rows which new users name, as an import names them.
    pub(super) stores: String,
    /// What imports the table of the users.
    pub(super) users: TsImports,
    pub(super) fields: Vec<(String, String)>,
    /// The call that makes them up.
    pub(super) profile: &'static str,
    /// What is said of values that do not go together, and what registering and a change of oneself tell so.
    pub(super) check: TsString,
    pub(super) unfit: Vec<String>,
    /// What is refused because of the rows that are named.
    pub(super) copied_unfit: Vec<String>,
    pub(super) unfit_changes: Vec<String>,
    /// Arrows that users take by themselves, or do not.
    pub(super) moves: Vec<String>,
    /// What is kept of users that no registration tells.
    pub(super) untold: Vec<String>,
    /// What new users copy.
    pub(super) copies: Option<CopiesTold>,
    /// What users can change of themselves, with values to change it to.
    pub(super) changes: Vec<(String, String)>,
    /// What a user must be to change that, as arguments of `signUp`.
    pub(super) changing_user: String,
    pub(super) permitted_changes: PermittedChanges,
    pub(super) new_password: String,
    /// A password that is one character too short, and the length of the longest.
    pub(super) short: String,
    pub(super) password_max: u32,
    pub(super) shown: String,
    pub(super) default_role: String,
    pub(super) has_roles: bool,
    pub(super) role: String,
}
