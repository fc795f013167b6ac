//! From a model's entities to their tables.

use crate::contract::Source;
use crate::model::{DeleteRule, Entity, EntityId, EntityKind, Field, FieldId, Model, Scalar, Type};

use super::{Column, ColumnType, ForeignKey, OnDelete, Storage, Table, TableOf};

/// The tables of a model's entities; features add to them.
pub fn entities(model: &Model) -> Storage {
    Storage { tables: order(model).into_iter().map(|id| table(model, id)).collect() }
}

/// The entities, each after those it refers to where that is possible, otherwise in the model's order.
pub(super) fn order(model: &Model) -> Vec<EntityId> {
    let mut placed: Vec<EntityId> = Vec::new();
    let mut waiting: Vec<EntityId> = model.entities().map(|(id, _)| id).collect();
    while !waiting.is_empty() {
        let ready = |id: &EntityId| {
            let mut targets =
                model.entity(*id).fields.iter().filter_map(Field::reference).map(|reference| reference.to);
            targets.all(|to| to == *id || placed.contains(&to))
        };
        // Entities that refer to each other in a circle are broken up at the first of them.
        let next = waiting.iter().position(ready).unwrap_or_default();
        placed.push(waiting.remove(next));
    }
    placed
}

fn table(model: &Model, id: EntityId) -> Table {
    let entity = model.entity(id);
    let fields = entity.fields().map(|(id, field)| column(model, id, field));
    let mut columns = vec![Column { source: Some(Source::Id), ..Column::key() }];
    columns.extend(account(model, entity));
    columns.extend(fields);
    columns.push(Column { source: Some(Source::CreatedAt), ..Column::plain("created_at", ColumnType::DateTime) });
    columns.push(Column { source: Some(Source::UpdatedAt), ..Column::plain("updated_at", ColumnType::DateTime) });
    Table { name: entity.name.plural_snake(), of: TableOf::Entity(id), columns }
}

/// What an account shows beside its fields.
fn account(model: &Model, entity: &Entity) -> Vec<Column> {
    if entity.kind != EntityKind::User {
        return Vec::new();
    }
    let roles = model.roles().iter().map(|role| role.name.snake().to_owned()).collect();
    vec![
        Column { source: Some(Source::Email), unique: true, ..Column::plain("email", ColumnType::Text) },
        Column { source: Some(Source::Role), nullable: true, ..Column::plain("role", ColumnType::Enum(roles)) },
    ]
}

fn column(model: &Model, id: FieldId, field: &Field) -> Column {
    let reference = field.reference();
    let name = match reference {
        Some(_) => format!("{}_id", field.name),
        None => field.name.snake().to_owned(),
    };
    let foreign_key = reference.map(|reference| ForeignKey {
        table: model.entity(reference.to).name.plural_snake(),
        on_delete: match reference.on_delete {
            DeleteRule::Restrict => OnDelete::Restrict,
            DeleteRule::Cascade => OnDelete::Cascade,
            DeleteRule::SetNull => OnDelete::SetNull,
        },
    });
    Column {
        source: Some(Source::Field(id)),
        nullable: field.nullable,
        unique: field.unique,
        // A unique column has an index already.
        indexed: foreign_key.is_some() && !field.unique,
        foreign_key,
        ..Column::plain(&name, column_type(&field.ty))
    }
}

fn column_type(ty: &Type) -> ColumnType {
    match ty {
        Type::Reference(_) | Type::Many(_) => ColumnType::Uuid,
        Type::List { .. } => ColumnType::List,
        Type::Scalar(scalar) => match scalar {
            Scalar::String { .. } | Scalar::Text { .. } | Scalar::Email | Scalar::Url => ColumnType::Text,
            Scalar::Integer(_) => ColumnType::Integer,
            Scalar::Bigint(_) => ColumnType::Bigint,
            Scalar::Number(_) => ColumnType::Number,
            Scalar::Decimal { precision, scale, .. } => ColumnType::Decimal { precision: *precision, scale: *scale },
            Scalar::Boolean => ColumnType::Boolean,
            Scalar::Date(_) => ColumnType::Date,
            Scalar::DateTime => ColumnType::DateTime,
            Scalar::Time(_) => ColumnType::Time,
            Scalar::Uuid => ColumnType::Uuid,
            Scalar::Json => ColumnType::Json,
            Scalar::Enum(words) => ColumnType::Enum(words.clone()),
        },
    }
}
