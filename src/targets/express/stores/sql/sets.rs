//! The functions by which repositories read and write the sets of rows.

use crate::contract::Verb;
use crate::model::EntityKind;
use crate::targets::express::entity::{Entity, Set};

/// What a module says of a function that others call too.
const SHARED: &str = "export ";

/// The sets whose functions a repository has.
pub(in crate::targets::express) struct KeptSets<'s> {
    /// The type of a row with its sets.
    pub row: &'s str,
    /// What stands before the function that reads them.
    pub shared: &'static str,
    pub sets: Vec<KeptSet<'s>>,
}

/// The functions of one set.
pub(in crate::targets::express) struct KeptSet<'s> {
    pub set: &'s Set,
    pub adds: bool,
    pub added: &'static str,
    pub replaces: bool,
    pub replaced: &'static str,
}

impl<'s> KeptSets<'s> {
    /// Those of an entity's own repository; the login stores those of users.
    pub(super) fn of_entity(entity: &'s Entity) -> Self {
        let is_account = entity.spec.kind == EntityKind::User;
        let kept = |set: &'s Set| {
            let waits = entity.makes_rows() && is_waiting(entity, set);
            let replaces = entity.is_changed(set) || waits;
            let adds = entity.makes_rows() || replaces;
            KeptSet { set, adds, added: "", replaces, replaced: if waits { SHARED } else { "" } }
        };
        let sets = entity.sets.iter().filter(|_| !is_account).map(kept).collect();
        Self { row: &entity.names.row, shared: "", sets }
    }

    /// Those of users, as the login keeps them; `joined` tells into which of them tests put rows.
    pub(in crate::targets::express) fn of_users(
        user: &'s Entity,
        is_own: impl Fn(&Set) -> bool,
        is_joined: impl Fn(&Set) -> bool,
    ) -> Self {
        let shared = |is_shared: bool| if is_shared { SHARED } else { "" };
        let kept = |set: &'s Set| {
            let elsewhere = user.is_changed(set) || is_waiting(user, set);
            KeptSet {
                set,
                adds: true,
                added: shared(is_joined(set)),
                replaces: elsewhere || is_own(set),
                replaced: shared(elsewhere),
            }
        };
        let sets = user.sets.iter().map(kept).collect();
        Self { row: &user.names.row, shared: shared(reads(user)), sets }
    }
}

/// Whether an entity's own repository reads its sets.
pub(super) fn reads(entity: &Entity) -> bool {
    let shows = entity.has(Verb::List) || entity.is_found() || entity.is_included();
    !entity.sets.is_empty() && entity.has_service() && (shows || entity.has_update() || entity.makes_rows())
}

/// Whether a seed fills a set when all rows are stored.
fn is_waiting(entity: &Entity, set: &Set) -> bool {
    entity.others.waiting.contains(&set.field)
}
