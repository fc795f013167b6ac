//! The HTTP API that a model implies, as data: operations, shapes, errors, limits and guards.
//!
//! Nothing here knows a framework. Every target renders this data, the reference executes it, and the suite
//! is derived from it.

mod admission;
mod asked;
mod cases;
mod check_guard;
mod derive;
pub mod docs;
mod error;
pub mod example;
mod expect;
mod facts;
mod field_guard;
mod filter;
mod fit;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod format;
mod guard;
mod include;
mod limits;
mod linked;
mod move_guard;
pub mod openapi;
mod operation;
mod password;
mod predicate;
#[cfg(test)]
mod random;
mod ranks;
mod resource;
mod sample;
pub mod seed;
mod simplest;
mod stock;
pub mod validate;

pub use admission::Admission;
pub use asked::{AskedFields, asked_fields};
pub use cases::{CallerFacts, Case, MoveCase, after, cases, cases_of, is_of_one_row, moves_of_oneself};
pub use check_guard::CheckGuard;
pub use derive::{property, resources, resources_again};
pub use error::{DetailCode, ErrorCode};
pub use expect::{Caller, Expected, Facts, expect, readable};
pub use facts::{KnownFacts, RowValues};
pub use field_guard::{FieldAccess, FieldGuard};
pub use filter::{Filter, Operator, operators};
pub use fit::{Runs, Wishes, bounds, breaking, breaking_all, fitting, fitting_all, in_checks, takes};
pub use guard::{Check, Guard, GuardId, Plan, Site};
pub use include::{Along, Include};
pub use limits::{Limits, RateLimit};
pub use linked::Linked;
pub use move_guard::{MoveGuard, MoveVerdict};
pub use operation::{Action, AuthAction, Method, Operation, Probe, Verb};
pub use password::StoredHash;
pub use predicate::{Operand, Predicate, value_at};
pub use ranks::Ranks;
pub use resource::{Input, Property, Resource, Source, Value};
pub use stock::{Stocks, Supply};

use crate::memo::Each;
use crate::model::{Docs, EntityId, Naming};

/// The whole HTTP API of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// The path that every resource begins with.
    pub base: String,
    /// How names are written.
    pub naming: Naming,
    /// The origins whose pages may call it, unless its configuration says otherwise.
    pub cors: Vec<String>,
    /// When it shows the page that documents it, unless its configuration says otherwise.
    pub docs: Docs,
    /// Every limit a request can run into.
    pub limits: Limits,
    /// Every operation, in the order of documentation.
    pub operations: Vec<Operation>,
    /// The shape of every entity on the wire, in the model's order, those without operations included.
    pub resources: Each<Resource>,
    /// Every enforcement of an access rule.
    pub plan: Plan,
}

impl Contract {
    /// The shape of an entity.
    pub fn resource(&self, entity: EntityId) -> &Resource {
        &self.resources[entity.0]
    }

    /// The operations on rows of an entity, in order.
    pub fn verbs(&self, entity: EntityId) -> impl Iterator<Item = (Verb, &Operation)> {
        self.operations.iter().filter_map(move |operation| match operation.action {
            Action::Rows { entity: of, verb } if of == entity => Some((verb, operation)),
            _ => None,
        })
    }

    /// The operation on rows of an entity, where it exists.
    pub fn verb(&self, entity: EntityId, verb: Verb) -> Option<&Operation> {
        self.verbs(entity).find(|(of, _)| *of == verb).map(|(_, operation)| operation)
    }

    /// The methods that a path template answers, in order; `HEAD` where there is `GET`, and always `OPTIONS`.
    pub fn allowed(&self, path: &str) -> Vec<Method> {
        let mut methods: Vec<Method> = self
            .operations
            .iter()
            .filter(|operation| operation.path == path)
            .map(|operation| operation.method)
            .collect();
        if methods.contains(&Method::Get) {
            methods.push(Method::Head);
        }
        methods.push(Method::Options);
        methods.sort();
        methods
    }
}
