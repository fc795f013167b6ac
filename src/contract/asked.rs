//! What rules ask of the fields of rows.

use std::collections::BTreeSet;

use crate::model::{EntityId, FieldId, Model};

use super::{Contract, Operand, Predicate};

/// The fields that rules ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AskedFields {
    /// Those whose values they compare with something.
    pub compared: BTreeSet<(EntityId, FieldId)>,
    /// Those that they ask whether they are null.
    pub null: BTreeSet<(EntityId, FieldId)>,
}

/// The fields that the rules of a contract ask for.
pub fn asked_fields(model: &Model, contract: &Contract) -> AskedFields {
    let AskedFields { mut compared, mut null } = AskedFields::default();
    for (entity, predicate) in contract.plan.predicates() {
        predicate.each(model, entity, &mut |entity, part| match part {
            Predicate::Compare(field, _, operand) => {
                compared.insert((entity, *field));
                match (operand, &model.auth) {
                    (Operand::Field(other), _) => {
                        compared.insert((entity, *other));
                    }
                    (Operand::Caller(of_caller), Some(auth)) => {
                        compared.extend(model.along(auth.user, of_caller).last());
                    }
                    _ => {}
                }
            }
            Predicate::Across(left, _, right) => {
                compared.extend([left, right].iter().filter_map(|path| model.along(entity, path).last()));
            }
            Predicate::Null(field) | Predicate::Present(field) => {
                null.insert((entity, *field));
            }
            _ => {}
        });
    }
    AskedFields { compared, null }
}
