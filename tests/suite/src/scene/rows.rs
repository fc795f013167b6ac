//! Rows as seed files, as bodies and as answers.

use backsmith::contract::{Contract, Input, Source, property, seed};
use backsmith::model::Model;
use serde_json::{Map, Value as Json, json};

use super::{Held, Row, RowId, Scene};
use crate::system::Ids;

/// The scene as a seed file, its entities each after those they refer to.
pub(crate) fn seed_file(model: &Model, scene: &Scene) -> Json {
    let mut file = Map::new();
    for entity in seed::order(model) {
        let rows: Map<String, Json> =
            scene.rows_of(entity).map(|(_, row)| (row.key.clone(), seed_row(model, scene, row))).collect();
        if !rows.is_empty() {
            file.insert(model.entity(entity).name.pascal().to_owned(), rows.into());
        }
    }
    file.into()
}

fn seed_row(model: &Model, scene: &Scene, row: &Row) -> Json {
    let mut members = Map::new();
    if let Some(login) = &row.login {
        let role = login.role.map(|role| model.roles()[role.0].name.snake());
        members.insert("email".to_owned(), json!(login.email));
        members.insert("password".to_owned(), json!(login.password));
        members.insert("role".to_owned(), json!(role));
    }
    for (id, held) in &row.fields {
        let field = model.entity(row.entity).field(*id);
        let key = |row: &RowId| json!(scene.row(*row).key);
        let value = match held {
            Held::Value(value) => value.clone(),
            Held::Row(to) => key(to),
            Held::Rows(rows) => rows.iter().map(key).collect(),
        };
        members.insert(property(*id, field).wire, value);
    }
    members.into()
}

/// The id that a row got.
pub(crate) fn id_of<'i>(model: &Model, scene: &Scene, ids: &'i Ids, row: RowId) -> &'i str {
    let row = scene.row(row);
    ids.get(model.entity(row.entity).name.pascal(), &row.key).unwrap_or_default()
}

/// What a field holds as the wire writes it.
pub(crate) fn wire(model: &Model, scene: &Scene, ids: &Ids, held: &Held) -> Json {
    match held {
        Held::Value(value) => value.clone(),
        Held::Row(row) => json!(id_of(model, scene, ids, *row)),
        Held::Rows(rows) => {
            let mut keys: Vec<&str> = rows.iter().map(|row| id_of(model, scene, ids, *row)).collect();
            keys.sort_unstable();
            json!(keys)
        }
    }
}

/// A body with these inputs of a row.
pub(crate) fn body_of<'i>(
    model: &Model,
    scene: &Scene,
    ids: &Ids,
    row: &Row,
    inputs: impl IntoIterator<Item = &'i Input>,
) -> Json {
    let member = |input: &Input| match input.property.source {
        Source::Field(field) => Some((input.property.wire.clone(), wire(model, scene, ids, row.fields.get(&field)?))),
        _ => None,
    };
    inputs.into_iter().filter_map(member).collect::<Map<_, _>>().into()
}

/// What an answer shows of a seeded row, but for its timestamps.
pub(crate) fn wire_row(model: &Model, contract: &Contract, scene: &Scene, ids: &Ids, id: RowId) -> Map<String, Json> {
    let row = scene.row(id);
    let login = row.login.as_ref();
    let member = |source| match source {
        Source::Id => Some(json!(id_of(model, scene, ids, id))),
        Source::Email => Some(json!(login?.email)),
        Source::Role => Some(json!(login?.role.map(|role| model.roles()[role.0].name.snake()))),
        Source::Field(field) => row.fields.get(&field).map(|held| wire(model, scene, ids, held)),
        Source::CreatedAt | Source::UpdatedAt => None,
    };
    let properties = contract.resource(row.entity).row.iter();
    properties.filter_map(|property| Some((property.wire.clone(), member(property.source)?))).collect()
}
