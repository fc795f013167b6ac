//! Rows that cannot be beside each other, because they have in common what no two rows may.

use crate::contract::KnownFacts;
use crate::model::{Entity, EntityId, FieldId, Model, Relation};

/// Whether the rows of these facts can be stored beside each other: the row itself, those that refer to a row as it does,
/// and those that refer to it.
pub(super) fn are_apart(model: &Model, entity: EntityId, row: &KnownFacts) -> bool {
    let beside = row.at.iter().flat_map(|(field, at)| {
        let is_back = |relation: &Relation| refers(*relation) == Some((entity, *field));
        let rows = at.related.iter().filter(move |(relation, _)| is_back(relation)).flat_map(|(_, rows)| rows);
        rows.filter(|other| !other.itself).map(|other| (*field, other))
    });
    let declared = model.entity(entity);
    beside.into_iter().all(|(by, other)| !is_alike(declared, by, row, other))
        && row.related.iter().all(|(relation, rows)| match refers(*relation) {
            Some((of, by)) => rows
                .iter()
                .enumerate()
                .all(|(index, one)| rows[index + 1..].iter().all(|other| !is_alike(model.entity(of), by, one, other))),
            None => true,
        })
}

/// The entity whose rows belong to a relation, and their reference.
fn refers(relation: Relation) -> Option<(EntityId, FieldId)> {
    match relation {
        Relation::Referring { entity, by, .. } => Some((entity, by)),
        Relation::InSet { .. } | Relation::Having { .. } => None,
    }
}

/// Whether two rows that refer to the same one are the same in a set of fields that no two rows share.
fn is_alike(entity: &Entity, by: FieldId, one: &KnownFacts, other: &KnownFacts) -> bool {
    let is_same = |id: &FieldId| {
        *id == by
            || one.mine.contains(id) && other.mine.contains(id)
            || one.said(*id).is_some_and(|known| other.said(*id) == Some(known))
    };
    entity.unique.iter().any(|set| set.fields.iter().all(is_same))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::contract::cases;
    use crate::contract::fixtures::resolved;

    const SPEC: &str = "backsmith: 1\nname: clubs\nframework: express\nauth: { roles: staff }\nentities:
  Club:
    fields: { name: string, members: \"Member[] by club\" }
    access: { read: \"members has (user = me and rank = head)\", write: staff }
  Member:
    fields: { club: Club, user: User, rank: head | other = other }
    unique: [\"club, user\"]
    access: { read: \"user = me, club.members has (user = me and rank = head)\", write: staff }\n";

    #[test]
    fn nobody_is_in_a_set_twice() {
        let model = resolved(SPEC);
        let contract = crate::features::contract(&model);
        let member = model.named("Member").unwrap();
        let (club, user) = (FieldId(0), FieldId(1));
        let all = cases(&model, &contract, member);
        let beside = |row: &KnownFacts| -> Vec<KnownFacts> {
            let of_club = row.at.iter().filter(|(field, _)| *field == club).flat_map(|(_, at)| &at.related);
            of_club.flat_map(|(_, rows)| rows.iter().filter(|row| !row.itself).cloned()).collect()
        };
        let is_mine = |row: &KnownFacts| row.mine.contains(&user);
        let mine = |row: &KnownFacts| beside(row).iter().filter(|other| is_mine(other)).count();
        assert!(all.iter().all(|case| mine(&case.row) + usize::from(is_mine(&case.row)) < 2));
        // Either may be the caller's.
        assert!(all.iter().any(|case| is_mine(&case.row)) && all.iter().any(|case| mine(&case.row) == 1));
    }
}
