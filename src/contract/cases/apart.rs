//! Rows that cannot be because two of their references would name one row.

use crate::model::{EntityId, FieldId, Model};

use crate::contract::KnownFacts;

/// Whether checks let a row be so, and the rows that it leads to: what they want to name different rows does not name one.
pub(super) fn can_be(model: &Model, entity: EntityId, row: &KnownFacts) -> bool {
    let declared = model.entity(entity);
    let leads = |(field, at): &(FieldId, KnownFacts)| {
        declared.field(*field).reference().is_none_or(|reference| can_be(model, reference.to, at))
    };
    declared.apart().all(|pair| !names_one(row, pair))
        && row.at.iter().all(leads)
        && row.related.iter().all(|(relation, rows)| rows.iter().all(|row| can_be(model, relation.entity(), row)))
}

/// Whether two references name one row: the caller, the same as each other, or the same as the caller's.
fn names_one(row: &KnownFacts, (one, other): (FieldId, FieldId)) -> bool {
    let both = |fields: &[FieldId]| fields.contains(&one) && fields.contains(&other);
    let paths = |field: FieldId| row.shared.iter().filter(move |(of, _)| *of == field).map(|(_, path)| path);
    both(&row.mine) || both(&row.same) || paths(one).any(|path| paths(other).any(|of| of == path))
}
