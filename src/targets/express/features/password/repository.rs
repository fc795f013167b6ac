//! What stores users, and what tests let them refer to.

use crate::code::{Origin, TsImports};
use crate::contract::{CallerFacts, Operand, Predicate, Source};
use crate::model::{FieldId, Relation};
use crate::targets::express::entity::Set;
use crate::targets::express::stores::{Copied, KeptSet, KeptSets, OwnChecks, refusable};

use super::Login;
use super::templates::AuthUserRepository;

impl<'l> Login<'l, '_> {
    pub(super) fn repository(&self) -> AuthUserRepository<'l> {
        let user = self.user;
        let refusable = |name: &str| refusable(self.input, user, name).unwrap_or_else(|| name.to_owned());
        let changed_sets: Vec<&Set> = user.sets.iter().filter(|set| self.is_changed(set)).collect();
        let taken_apart = |sets: &mut dyn Iterator<Item = &Set>, rest: &str| {
            let members: Vec<String> = sets.map(|set| set.property.member()).collect();
            if members.is_empty() { rest.to_owned() } else { format!("{{ {}, ...{rest} }}", members.join(", ")) }
        };
        let joined = self.joined_sets();
        let is_joined = |set: &Set| joined.iter().any(|joined| joined.field == set.field);
        let kept = KeptSets::of_users(user, |set| self.is_changed(set), is_joined);
        let OwnChecks { imports: of_checks, aliases, checks } = OwnChecks::of(user);
        let mut imports = self.repository_imports(&kept);
        imports.extend(&of_checks);
        AuthUserRepository {
            keys: self.keys(),
            imports,
            aliases,
            kept,
            checks,
            none: Origin::NONE,
            copied: Copied::of(user),
            inserted_row: taken_apart(&mut user.sets.iter(), "row"),
            changed: taken_apart(&mut changed_sets.iter().copied(), "changes"),
            changed_sets,
            has_profile: self.has_profile(),
            waits: user.waiting_references().next().is_some(),
            inserted: refusable("inserted"),
            updated: refusable("updated"),
        }
    }

    fn repository_imports(&self, kept: &KeptSets) -> TsImports {
        let user = self.user;
        let mut imports = TsImports::new()
            .with_values("drizzle-orm", &["and", "eq"])
            .with_types("../db/client.js", &["Reader", "Transaction"])
            .with_values("../db/constraints.js", &["rejectTaken"])
            .with_values("../db/rows.js", &["only"])
            .with_values("../models/user.model.js", &[&format!("{} as table", user.names.table)])
            .with_types("../models/user.model.js", &["User"]);
        if !user.spec.checks.is_empty() {
            imports = imports.with_values("../db/constraints.js", &["rejectUnfit"]);
        }
        if self.has_profile() {
            imports = imports.with_types("../schemas/auth.schema.js", &["ProfileChange"]);
        }
        if !kept.sets.is_empty() {
            imports = imports.with_values("drizzle-orm", &["asc", "inArray"]);
        }
        if user.copies().next().is_some() {
            imports = imports.with_values("../utils/errors.js", &["ApiError"]);
        }
        for (module, table) in Copied::tables(user) {
            imports = imports.with_values(&module, &[&table]);
        }
        for KeptSet { set, .. } in &kept.sets {
            imports = imports.with_values(&format!("../models/{}.model.js", set.stem), &[&set.table]);
        }
        imports
    }

    /// Whether code of the login changes a set.
    fn is_changed(&self, set: &Set) -> bool {
        self.changed().iter().any(|member| member.property.source == Source::Field(set.field))
    }

    /// Whether rules ask what callers refer to, and tests can let them.
    pub(super) fn is_referring(&self) -> bool {
        let waits = |field: &FieldId| self.user.waiting_references().any(|waiting| waiting == *field);
        let known = CallerFacts::of(self.input.model, self.input.contract);
        !known.of_one_row.is_empty()
            || self.is_asked(|part| match part {
                Predicate::Compare(_, _, Operand::Caller(path)) => {
                    !path.leads_on() && !known.leads_by(path.field) && waits(&path.field)
                }
                Predicate::Some(Relation::Referring { entity, by, .. }, _) => *entity == self.user.id && waits(by),
                _ => false,
            })
    }

    /// The sets of users in which rules look for callers, so that tests put rows into them.
    pub(super) fn joined_sets(&self) -> Vec<&'l Set> {
        let is_of_users = |set: &Set, part: &Predicate| match part {
            Predicate::Some(Relation::Having { entity, by, .. }, inner) => {
                let names_caller = inner.parts().into_iter().any(|part| *part == Predicate::Myself);
                *entity == self.user.id && *by == set.field && names_caller
            }
            _ => false,
        };
        let user = self.user;
        user.sets.iter().filter(|set| self.is_asked(|part| is_of_users(set, part))).collect()
    }

    fn is_asked(&self, asks: impl Fn(&Predicate) -> bool) -> bool {
        let mut is_asked = false;
        for (entity, predicate) in self.input.contract.plan.predicates() {
            predicate.each(self.input.model, entity, &mut |_, part| is_asked |= asks(part));
        }
        is_asked
    }
}
