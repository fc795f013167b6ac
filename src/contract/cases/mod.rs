//! Every situation in which access rules can tell callers and rows apart.

mod across;
mod alike;
mod apart;
mod behind;
mod callers;
mod lent;
mod members;
mod moves_of_oneself;
mod situations;
pub(super) mod values;

use crate::model::{EntityId, Model, RoleId};

use super::{Caller, Check, Contract, KnownFacts, Predicate, Verb};
use situations::Situations;

pub use behind::is_of_one_row;
pub use callers::CallerFacts;
pub use moves_of_oneself::{MoveCase, moves_of_oneself};
pub use values::after;

pub(super) use lent::looked_for;

/// One caller and one kind of row.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What is asked.
    pub verb: Verb,
    /// Who asks.
    pub caller: Caller,
    /// The row, seen by that caller.
    pub row: KnownFacts,
}

/// Every verb that exists × caller × row that the guards of any plan over this model can tell apart. Where there are
/// too many rows, they are those in which a grant just holds, and those that differ from one of them in one thing.
pub fn cases(model: &Model, contract: &Contract, entity: EntityId) -> Vec<Case> {
    cases_of(model, contract, &CallerFacts::of(model, contract), entity)
}

/// The same for somebody who knows already what callers hold.
pub fn cases_of(model: &Model, contract: &Contract, of_caller: &CallerFacts, entity: EntityId) -> Vec<Case> {
    let rows = rows(model, contract, of_caller, entity);
    let mut cases = Vec::new();
    for (verb, _) in contract.verbs(entity) {
        for caller in callers(model) {
            // Nothing refers to a row that is not there yet.
            let can_be = |row: &&KnownFacts| verb != Verb::Create || row.behind.is_empty();
            for row in rows.iter().filter(can_be).filter(|row| caller != Caller::Anonymous || !row.needs_user()) {
                let row = if verb == Verb::Create { row.without_itself() } else { row.clone() };
                cases.push(Case { verb, caller, row });
            }
        }
    }
    cases
}

/// Nobody, a user without a role, and one of each role.
fn callers(model: &Model) -> Vec<Caller> {
    let users = std::iter::once(None).chain((0..model.roles().len()).map(|index| Some(RoleId(index))));
    let mut callers = vec![Caller::Anonymous];
    if model.auth.is_some() {
        callers.extend(users.map(|role| Caller::User { role }));
    }
    callers
}

/// The rows that the guards of an entity can tell apart.
fn rows(model: &Model, contract: &Contract, of_caller: &CallerFacts, entity: EntityId) -> Vec<KnownFacts> {
    let predicates: Vec<&Predicate> = contract
        .plan
        .guards_of(entity)
        .iter()
        .filter_map(|guard| match &guard.check {
            Check::Row(_, predicate) => Some(predicate),
            Check::Caller(_) => None,
        })
        .chain(contract.plan.fields_of(entity).map(|guard| &guard.predicate))
        .chain(contract.plan.moves_of(entity).map(|guard| &guard.predicate))
        .collect();
    let situations = Situations { model, of_caller };
    let mut rows = situations.of(entity, &predicates, model.entity(entity).owner_field());
    rows.retain(|row| apart::can_be(model, entity, row));
    rows
}
