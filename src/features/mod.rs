//! What a spec can ask for beyond its entities: each feature adds to the contract and to the storage.

mod password;

use crate::contract::{self, Contract, Plan};
use crate::memo::Memo;
use crate::model::Model;
use crate::storage::{self, Storage};

/// One capability and what it adds. A target has its own pieces for it, under the same id.
pub struct Feature {
    /// Its name.
    pub id: &'static str,
    /// Whether a model asks for it.
    pub wanted: fn(&Model) -> bool,
    /// What it adds to the contract.
    pub contract: fn(&Model, &mut Contract),
    /// What it adds to the storage.
    pub storage: fn(&Model, &mut Storage),
}

/// Every feature, in the order in which they contribute.
pub const ALL: &[Feature] = &[password::FEATURE];

/// The features that a model asks for.
pub fn wanted(model: &Model) -> impl Iterator<Item = &'static Feature> {
    ALL.iter().filter(move |feature| (feature.wanted)(model))
}

/// The whole contract of a model.
pub fn contract(model: &Model) -> Contract {
    contract_again(model, Plan::of(model), &Memo::default())
}

/// The same by the model's plan, where parts may have been made before.
pub fn contract_again(model: &Model, plan: Plan, memo: &Memo) -> Contract {
    let mut contract = contract::resources_again(model, plan, memo);
    for feature in wanted(model) {
        (feature.contract)(model, &mut contract);
    }
    contract
}

/// The whole storage of a model.
pub fn storage(model: &Model) -> Storage {
    let mut storage = storage::entities(model);
    for feature in wanted(model) {
        (feature.storage)(model, &mut storage);
    }
    storage::tell_names_apart(&mut storage);
    storage
}
