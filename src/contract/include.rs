//! Related rows that can be asked for beside a row.

use crate::model::{By, Entity, EntityId, Field, FieldId, Model, Name, OtherSide, OtherSideId, Type};

use super::{Plan, Predicate, Site};
use crate::model::AccessOperation;

/// A relation that `include` can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// Its word, which is also the member that holds the rows.
    pub wire: String,
    /// How the rows are found.
    pub along: Along,
    /// The entity of the rows.
    pub to: EntityId,
    /// Whether there may be several.
    pub many: bool,
}

/// How related rows are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Along {
    /// This field names the row, or the rows of its set.
    Field(FieldId),
    /// Rows of another entity relate to this one.
    Side(OtherSideId),
}

/// The relations of an entity that may show something to somebody, in the spec's order of fields and other sides.
///
/// A field that not everybody may read who reads its row is none of them, in neither direction.
pub(super) fn includes(model: &Model, plan: &Plan, entity: &Entity) -> Vec<Include> {
    let wire = |name: &Name| model.api.naming.wire(name.snake());
    let of_field = |(id, field): (FieldId, &Field)| {
        let many = match &field.ty {
            Type::Reference(_) => false,
            Type::Many(_) => true,
            Type::Scalar(_) | Type::List { .. } => return None,
        };
        let to = field.refers_to().filter(|_| is_open(field))?;
        Some(Include { wire: wire(&field.name), along: Along::Field(id), to, many })
    };
    let of_side = |(index, side): (usize, &OtherSide)| {
        let shown = is_open_side(model, side);
        let along = Along::Side(OtherSideId(index));
        shown.then(|| Include { wire: wire(&side.name), along, to: side.entity, many: side.many })
    };
    let fields = entity.fields().filter_map(of_field);
    let sides = entity.other_sides.iter().enumerate().filter_map(of_side);
    let may_show = |include: &Include| *plan.predicate(include.to, AccessOperation::Get, Site::Row) != Predicate::Never;
    fields.chain(sides).filter(may_show).collect()
}

/// Whether whoever reads a row reads this field.
fn is_open(field: &Field) -> bool {
    !field.private && field.read_rule.is_none()
}

fn is_open_side(model: &Model, side: &OtherSide) -> bool {
    let there = model.entity(side.entity);
    match side.by {
        By::Reference(field) | By::Many(field) => is_open(there.field(field)),
        By::Through { entity, here, there } => {
            let between = model.entity(entity);
            is_open(between.field(here)) && is_open(between.field(there))
        }
    }
}
