//! Tables that tests empty, because there may be only one row, or few, of the kind that they ask for.

use crate::model::{DeleteRule, EntityId, EntityKind, Model};

/// Whether accounts may go too.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Accounts {
    /// There are those that a test has made.
    Stay,
    /// No test has begun yet.
    Go,
}

/// Some entities, and those whose rows refer to theirs, each before what it refers to. Those of which the tables cannot
/// be emptied one after the other are left out.
pub(super) fn emptied(
    model: &Model,
    entities: impl IntoIterator<Item = EntityId>,
    accounts: Accounts,
) -> Vec<EntityId> {
    let mut all = Vec::new();
    for entity in entities {
        for with in with_referring(model, entity, accounts, &[]).unwrap_or_default() {
            if !all.contains(&with) {
                all.push(with);
            }
        }
    }
    all
}

/// An entity behind those whose rows have to go before its own; `None` if one of them would have to go after them too.
fn with_referring(model: &Model, entity: EntityId, accounts: Accounts, waiting: &[EntityId]) -> Option<Vec<EntityId>> {
    let stays = model.entity(entity).kind == EntityKind::User && accounts == Accounts::Stay;
    if stays || waiting.contains(&entity) {
        return None;
    }
    let waiting = [waiting, &[entity]].concat();
    let mut all = Vec::new();
    for (other, declared) in model.entities() {
        let references = declared.fields().filter_map(|(_, field)| field.reference());
        let rules: Vec<DeleteRule> = references.filter(|to| to.to == entity).map(|to| to.on_delete).collect();
        // Rows that refer to each other go at once where none keeps another.
        let goes_along = other == entity && !rules.contains(&DeleteRule::Restrict);
        if goes_along || rules.iter().all(|rule| *rule == DeleteRule::SetNull) {
            continue;
        }
        all.extend(with_referring(model, other, accounts, &waiting)?);
    }
    all.push(entity);
    Some(all)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::contract::Linked;
    use crate::contract::fixtures::resolved;

    const OPEN: &str = "    access: { read: staff, write: staff }\n";

    fn names(rest: &str) -> Vec<String> {
        names_with(rest, Accounts::Stay)
    }

    fn names_with(rest: &str, accounts: Accounts) -> Vec<String> {
        let text = format!(
            "backsmith: 1\nname: doors\nframework: express\nauth: {{ roles: staff }}\nentities:\n  Door:\n    \
             fields: {{ code: string unique }}\n    access: {{ read: anyone when code = \"main\", write: staff }}\n{rest}"
        );
        let model = resolved(&text);
        let linked = Linked::of(&model, &crate::features::contract(&model));
        let alone = linked.alone().map(|(entity, _)| entity);
        emptied(&model, alone, accounts).into_iter().map(|id| model.entity(id).name.pascal().to_owned()).collect()
    }

    #[test]
    fn what_refers_to_a_row_goes_before_it() {
        assert_eq!(names(""), ["Door"]);
        let rest = format!(
            "  Lock:\n    fields: {{ door: Door restrict }}\n{OPEN}  Key:\n    fields: {{ lock: Lock, spare: Door? set_null }}\n{OPEN}"
        );
        assert_eq!(names(&rest), ["Key", "Lock", "Door"]);
    }

    #[test]
    fn what_accounts_refer_to_stays() {
        assert_eq!(names("  User:\n    fields: { door: Door? set_null }\n"), ["Door"]);
        let user = "  User:\n    fields: { door: Door? restrict }\n";
        assert_eq!(names(user), [""; 0]);
        assert_eq!(names_with(user, Accounts::Go), ["User", "Door"]);
    }

    #[test]
    fn rows_that_keep_each_other_stay() {
        let lock = |rule: &str| format!("  Lock:\n    fields: {{ door: Door restrict, above: Lock? {rule} }}\n{OPEN}");
        assert_eq!(names(&lock("restrict")), [""; 0]);
        assert_eq!(names(&lock("cascade")), ["Lock", "Door"]);
    }
}
