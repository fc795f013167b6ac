//! The service of the login.

use crate::code::{Origin, TsImports, TsString};
use crate::contract::{Input as Member, Source};
use crate::model::Field;
use crate::targets::express::app::{Reference, ReferredSet, absent, hooks};
use crate::targets::express::fields::object;
use crate::targets::express::moves::Moves;
use crate::targets::express::names::field_property;
use crate::targets::express::parts::digits;

use super::Login;
use super::templates::{AuthService, ReferenceCheck};

impl Login<'_, '_> {
    pub(super) fn service(&self) -> AuthService {
        let told = self.declared();
        let given = |id| told.iter().any(|member| member.property.source == Source::Field(id));
        let unwritten = self.user.spec.fields().filter(|(id, field)| !given(*id) && field.copied().is_none());
        let unwritten: Vec<_> = unwritten.map(|(_, field)| field).collect();
        let name = |field: &Field| TsString::from(field_property(field).as_str()).to_string();
        let names: Vec<String> = unwritten.iter().map(|field| name(field)).collect();
        let copied: Vec<String> = self.user.copies().map(name).collect();
        let mut optional =
            if names.is_empty() { String::new() } else { format!(" & Partial<Pick<User, {}>>", names.join(" | ")) };
        if !copied.is_empty() {
            let copied = copied.join(" | ");
            optional = format!("{optional} & {{ [Field in {copied}]?: User[Field] | undefined }}");
        }
        let omitted: Vec<String> = names.into_iter().chain(copied).collect();
        AuthService {
            keys: self.keys(),
            imports: self.service_imports(),
            keyed: self.keyed(),
            has_profile: self.has_profile(),
            writable: object(&self.writable()),
            moves: self.moves().map(|moves| moves.function(self.user, true, "users")).collect(),
            verdicts: object(&self.moves().map(|moves| moves.verdict("user")).collect::<Vec<_>>()),
            none: Origin::NONE,
            check: self.reference_check(),
            session_milliseconds: digits(i64::from(self.input.contract.limits.refresh_family_seconds) * 1000),
            omitted: omitted.iter().flat_map(|name| [" | ", name]).collect(),
            optional,
            values: unwritten.into_iter().map(|field| (field_property(field), absent(field))).collect(),
            copied: self.copied_input(),
            copies: self.user.copies().map(copy).collect(),
            default_role: self.default_role(),
            hooks: self.user.has_hooks().then(|| hooks::name(self.user)),
        }
    }

    /// What names the rows that a new user copies from; `None` where users copy nothing.
    fn copied_input(&self) -> Option<String> {
        let declared = self.declared();
        let is_told = |property: &String| declared.iter().any(|member| member.property.wire == *property);
        let through: Vec<String> = self.user.copied().into_iter().map(|(field, _)| field_property(field)).collect();
        let named = |property: &String| {
            let nothing = if is_told(property) { "" } else { " ?? null" };
            format!("{property}: account.{property}{nothing}")
        };
        let all_told = || through.iter().all(is_told);
        let input =
            if all_told() { "account".to_owned() } else { object(&through.iter().map(named).collect::<Vec<_>>())? };
        (!through.is_empty()).then_some(input)
    }

    /// What users write of themselves, each member once.
    fn written(&self) -> Vec<&Member> {
        let mut members: Vec<&Member> = Vec::new();
        for member in self.declared().into_iter().chain(self.changed()) {
            if members.iter().all(|known| known.property.wire != member.property.wire) {
                members.push(member);
            }
        }
        members
    }

    pub(super) fn reference_check(&self) -> Option<ReferenceCheck> {
        let written = self.written();
        let references = written.iter().filter_map(|member| Reference::of(member, None, self.entities));
        let references: Vec<Reference> = references.collect();
        let sets = written.iter().filter_map(|member| ReferredSet::of(member, self.user, None, self.entities));
        let sets: Vec<ReferredSet> = sets.collect();
        let arguments = references.iter().map(|reference| reference.arguments);
        let asks_caller = arguments.chain(sets.iter().map(|set| set.arguments)).any(|arguments| !arguments.is_empty());
        let registers = self.declared().iter().any(|member| member.refers_to.is_some());
        (!references.is_empty() || !sets.is_empty()).then_some(ReferenceCheck {
            registers,
            exported: !self.roles().is_empty() && registers,
            parameters: if asks_caller { "caller: Caller, " } else { "" },
            of_nobody: if asks_caller { "undefined, " } else { "" },
            of_user: if asks_caller { "user, " } else { "" },
            references,
            sets,
        })
    }

    fn service_imports(&self) -> TsImports {
        let mut imports = TsImports::new()
            .with_values("node:crypto", &["createHash", "randomBytes", "randomUUID"])
            .with_values("uuid", &["NIL", "v7 as uuidv7", "validate"])
            .with_values("../db/client.js", &["db", "write"])
            .with_types("../db/client.js", &["Transaction"])
            .with_types("../models/user.model.js", &["User"])
            .with_namespace("../repositories/auth-session.repository.js", "sessions")
            .with_namespace("../repositories/auth-user.repository.js", "users")
            .with_types("../schemas/auth.schema.js", &["Credentials", "PasswordChange", "Registration"])
            .with_values("../utils/access-token.js", &["signAccessToken"])
            .with_values("../utils/errors.js", &["ApiError"])
            .with_values("../utils/password.js", &["hashPassword", "verifyPassword"]);
        if self.has_profile() {
            imports = imports.with_types("../schemas/auth.schema.js", &["ProfileChange"]);
        }
        let guarded = self.user.guarded(&self.resource().update).filter(|_| self.has_profile());
        let guarded: Vec<String> = guarded.map(|(rule, _)| rule.name()).collect();
        for name in &guarded {
            imports = imports.with_values("../schemas/user.schema.js", &[name]);
        }
        if !guarded.is_empty() {
            imports = imports.with_values("../utils/fields.js", &["rejectUnwritable"]);
        }
        if self.moves().next().is_some() {
            imports = imports.with_values("../utils/fields.js", &["rejectMoves"]);
        }
        if self.moves().any(Moves::waits) {
            imports = imports.with_types("../db/client.js", &["Reader"]);
        }
        if self.moves().any(Moves::asks_role_itself) {
            imports = imports.with_values("../utils/caller.js", &["hasRole"]);
        }
        if self.user.has_hooks() {
            imports = imports.with_values(&format!("../{}", hooks::module(self.user)), &[&hooks::name(self.user)]);
        }
        if let Some(check) = self.reference_check() {
            imports = imports.with_types("../db/client.js", &["Reader"]).with_types("../utils/errors.js", &["Problem"]);
            if !check.parameters.is_empty() {
                imports = imports.with_types("../utils/caller.js", &["Caller"]);
            }
            for member in self.declared().into_iter().chain(self.changed()) {
                let Some(to) = member.refers_to.map(|to| &self.entities[to.0].names) else { continue };
                let module = format!("./{}.service.js", to.stem);
                imports = imports.with_namespace(&module, &format!("{}Service", to.camel));
            }
        }
        imports
    }
}

/// What a new user holds that is copied unless somebody gives another value.
fn copy(field: &Field) -> String {
    let property = field_property(field);
    // Null is a value that may be given in the place of another.
    if field.nullable {
        format!("{property}: account.{property} === undefined ? copied.{property} : account.{property}")
    } else {
        format!("{property}: account.{property} ?? copied.{property}")
    }
}
