//! From a model's entities to their tables.

use std::collections::BTreeMap;

use crate::contract::{CheckGuard, Source};
use crate::memo::Each;
use crate::model::{DeleteRule, Entity, EntityId, EntityKind, Field, FieldId, IndexKey, Indexed, Model, Scalar, Type};

use super::{Column, ColumnType, ForeignKey, IndexColumn, OnDelete, Storage, Table, TableOf, check, identifier};

/// The columns with the moments at which every row was made and last changed.
const CREATED_AT: &str = "created_at";
const UPDATED_AT: &str = "updated_at";

/// The tables of a model's entities; features add to them.
pub fn entities(model: &Model) -> Storage {
    let entities = order(model);
    let guards = CheckGuard::all(model);
    let rows =
        entities.iter().map(|id| Table { checks: check::of(*id, model.entity(*id), &guards), ..table(model, *id) });
    let sets = entities.iter().flat_map(|id| sets(model, *id));
    let tables: Vec<Table> = rows.chain(sets).collect();
    Storage { tables: Each::from(tables).read_by(model.reads()) }
}

/// The entities, each after those it refers to where that is possible, otherwise in the model's order.
pub(super) fn order(model: &Model) -> Vec<EntityId> {
    let mut placed: Vec<EntityId> = Vec::new();
    let mut waiting: Vec<EntityId> = model.entities().map(|(id, _)| id).collect();
    while !waiting.is_empty() {
        let ready = |id: &EntityId| {
            let mut targets = model.entity(*id).fields.iter().filter_map(Field::refers_to);
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
    let stored = entity.fields().filter(|(_, field)| field.many().is_none());
    let fields = stored.map(|(id, field)| column(model, id, field));
    let mut columns = vec![Column { source: Some(Source::Id), ..Column::key() }];
    columns.extend(account(model, entity));
    columns.extend(fields);
    columns.push(Column { source: Some(Source::CreatedAt), ..Column::plain(CREATED_AT, ColumnType::DateTime) });
    columns.push(Column { source: Some(Source::UpdatedAt), ..Column::plain(UPDATED_AT, ColumnType::DateTime) });
    let name = |field: FieldId| entity.field(field).column();
    let indexed = |key: &IndexKey| match key.of {
        Indexed::Field(field) => name(field),
        Indexed::CreatedAt => CREATED_AT.to_owned(),
        Indexed::UpdatedAt => UPDATED_AT.to_owned(),
    };
    let key = |key: &IndexKey| IndexColumn { name: indexed(key), descending: key.descending };
    Table {
        name: entity.table_name(),
        of: TableOf::Entity(id),
        columns,
        unique: entity.unique.iter().map(|set| set.fields.iter().map(|field| name(*field)).collect()).collect(),
        indexes: entity.indexes.iter().map(|set| set.keys.iter().map(key).collect()).collect(),
        checks: Vec::new(),
        renamed: BTreeMap::new(),
    }
}

/// The tables of an entity's sets of rows.
fn sets(model: &Model, id: EntityId) -> Vec<Table> {
    let entity = model.entity(id);
    let set = |(field, declared): (FieldId, &Field)| {
        let many = declared.many()?;
        let (here, one) = (format!("{}_id", entity.name.snake()), format!("{}_id", many.one));
        // A row whose set holds rows of its own kind may give both columns the same name.
        let there = if one == here { format!("other_{one}") } else { one };
        let column = |name: &str, of: EntityId, indexed| Column {
            indexed,
            foreign_key: Some(ForeignKey { table: model.entity(of).table_name(), on_delete: OnDelete::Cascade }),
            ..Column::plain(name, ColumnType::Uuid)
        };
        Some(Table {
            name: identifier(&[&entity.table_name(), declared.name.snake()]),
            of: TableOf::Set(id, field),
            // The key begins with the first column, so that only the second needs an index.
            columns: vec![column(&here, id, false), column(&there, many.to, true)],
            unique: Vec::new(),
            indexes: Vec::new(),
            checks: Vec::new(),
            renamed: BTreeMap::new(),
        })
    };
    entity.fields().filter_map(set).collect()
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
    let foreign_key = reference.map(|reference| ForeignKey {
        table: model.entity(reference.to).table_name(),
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
        ..Column::plain(&field.column(), column_type(&field.ty))
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
