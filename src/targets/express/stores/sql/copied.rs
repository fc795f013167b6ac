//! What new rows copy from the rows that they refer to.

use crate::model::{EntityId, Field, FieldId};
use crate::targets::express::entity::{Entity, pick};
use crate::targets::express::names::{Names, field_property};

/// How values are copied.
pub(in crate::targets::express) struct Copied {
    /// What names the rows.
    pub from: String,
    pub result: String,
    pub rows: Vec<CopiedRow>,
}

/// A row that values are copied from.
pub(in crate::targets::express) struct CopiedRow {
    pub name: String,
    /// The reference in a body.
    pub property: String,
    /// What is copied where it names no row, if that may be.
    pub nothing: Option<String>,
    pub columns: String,
    pub table: String,
}

impl Copied {
    /// How new rows of an entity copy values; `None` where they copy none.
    pub(in crate::targets::express) fn of(entity: &Entity) -> Option<Self> {
        let copied = entity.copied();
        Some(Self {
            from: pick(&entity.names.row, copied.iter().map(|(through, _)| *through))?,
            result: entity.copied_type()?,
            rows: copied.iter().map(|(through, fields)| CopiedRow::of(entity, through, fields)).collect(),
        })
    }

    /// The tables that values are copied from, with their modules; an entity's own table has another name there.
    pub(in crate::targets::express) fn tables(entity: &Entity) -> Vec<(String, String)> {
        let others = entity.copied().into_iter().map(|(through, _)| behind(entity, through));
        let named = others.filter(|to| *to != entity.id).map(|to| {
            let names = Names::of(entity.model.entity(to));
            (format!("../models/{}.model.js", names.stem), names.table)
        });
        named.collect()
    }
}

impl CopiedRow {
    fn of(entity: &Entity, through: &Field, fields: &[(&Field, FieldId)]) -> Self {
        let to = behind(entity, through);
        let table = if to == entity.id { "table".to_owned() } else { Names::of(entity.model.entity(to)).table };
        let column = |(field, from): &(&Field, FieldId)| {
            format!("{}: {table}.{}", field_property(field), field_property(entity.model.entity(to).field(*from)))
        };
        let nulls: Vec<String> = fields.iter().map(|(field, _)| format!("{}: null", field_property(field))).collect();
        Self {
            nothing: through.nullable.then(|| format!("{{ {} }}", nulls.join(", "))),
            name: format!("{}Row", through.name.camel()),
            property: field_property(through),
            columns: fields.iter().map(column).collect::<Vec<_>>().join(", "),
            table,
        }
    }
}

fn behind(entity: &Entity, through: &Field) -> EntityId {
    through.reference().map_or(entity.id, |reference| reference.to)
}
