//! The parts that operations refer to.

use serde_json::Value as Json;

use super::document::{Named, Part};
use super::names::Names;
use super::{auth, entity, error, shared};
use crate::contract::Contract;
use crate::memo::Memo;
use crate::model::Model;

/// Every schema and every answer that something may refer to.
pub(super) fn components(model: &Model, contract: &Contract, memo: &Memo, names: &Names) -> (Vec<Named>, Vec<Named>) {
    let parts = |named: Vec<(String, Json)>| -> Vec<Named> {
        named.into_iter().map(|(name, value)| (name, Part::new(value))).collect()
    };
    let of_entity = |(id, _)| {
        let schemas = || parts(entity::schemas(model, contract, names, id));
        memo.always("schemas of an entity", id.0, schemas)
    };
    let mut schemas: Vec<Named> = model.entities().flat_map(of_entity).collect();
    schemas.extend(memo.always("schemas of the login", 0, || parts(auth::schemas(model, contract, names))));
    schemas.extend(memo.always("schemas of no entity", 0, || {
        parts(shared::schemas(names).into_iter().chain(error::schemas(names)).collect())
    }));
    (schemas, memo.always("answers", 0, || parts(error::responses(names).into_iter().collect())))
}
