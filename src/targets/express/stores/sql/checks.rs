//! The functions by which repositories tell whether the caller may do something with a row.

use crate::code::{Origin, TsImports};
use crate::targets::express::entity::Entity;

use super::across::{self, Alias};
use super::condition::{self, RowCheck};

/// A function that tells whether the caller may do something with a row.
pub(in crate::targets::express) struct CheckFunction {
    pub doc: String,
    pub name: String,
    pub parameters: String,
    pub origin: Origin,
    pub expression: String,
}

impl CheckFunction {
    pub(super) fn of(RowCheck { doc, condition }: RowCheck) -> Self {
        let caller = if condition.parameters().is_empty() { "" } else { "caller: Caller, " };
        Self {
            doc,
            parameters: format!("reader: Reader, {caller}id: string"),
            origin: condition.origin.map_or(Origin::NONE, Origin::from),
            expression: condition.expression(),
            name: condition.name,
        }
    }
}

/// What the repository of the login tells of users who change themselves along arrows.
pub(in crate::targets::express) struct OwnChecks {
    /// What these functions need.
    pub imports: TsImports,
    pub aliases: Vec<Alias>,
    pub checks: Vec<CheckFunction>,
}

impl OwnChecks {
    /// What it tells where other rows decide it.
    pub(in crate::targets::express) fn of(user: &Entity) -> Self {
        let checks = condition::own_checks(user);
        let imports = checks.iter().fold(TsImports::new(), |imports, check| check.condition.import(imports));
        let aliases = across::each_once(checks.iter().flat_map(|check| check.condition.aliases()));
        Self { imports, aliases, checks: checks.into_iter().map(CheckFunction::of).collect() }
    }
}
