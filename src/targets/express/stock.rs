//! What rows of tests hold in fields of which no two have the same, where others copy it and their checks look at that.

use crate::contract::{Stocks, Supply};
use crate::model::{EntityId, FieldId, Literal, Scalar, Type};

use super::access::{Cases, is_account};
use super::entity::Entity;
use super::values::literal;

/// An expression for a value that no row has yet and with which rows that copy it pass their checks, where those that
/// tests make up anyway would not be such.
pub(super) fn expression(entity: &Entity, id: FieldId) -> Option<String> {
    let (_, supply) = entity.others.supplies.iter().find(|(of, _)| *of == id)?;
    from(supply, &entity.spec.field(id).ty)
}

/// The same for a copy of such a value.
pub(super) fn copied(entity: &Entity, id: FieldId) -> Option<String> {
    from(entity.others.copies.get(&id)?, &entity.spec.field(id).ty)
}

/// One value after the other, where they follow each other.
fn from(supply: &Supply, ty: &Type) -> Option<String> {
    match (supply, ty) {
        (Supply::After(after), Type::Scalar(scalar)) => counted(scalar, after),
        _ => None,
    }
}

/// Whether a value may come up among those that rows hold by themselves of which a field is a copy.
pub(super) fn comes_up(entity: &Entity, id: FieldId, value: Option<&Literal>) -> bool {
    match (entity.others.copies.get(&id), value, &entity.spec.field(id).ty) {
        (Some(supply), Some(value), Type::Scalar(scalar)) => supply.may_hold(scalar, value),
        _ => false,
    }
}

/// Values that follow another one, each a step after the one before.
fn counted(scalar: &Scalar, after: &Literal) -> Option<String> {
    let number = |after: i64| if after == 0 { "next()".to_owned() } else { format!("{after} + next()") };
    let moment =
        |text: &str, millis: &str| format!("new Date(Date.parse(\"{text}\") + next() * {millis}).toISOString()");
    let text = match (scalar, after) {
        (Scalar::Integer(_), Literal::Integer(value)) => number(*value),
        (Scalar::Bigint(_), Literal::Integer(value)) => format!("String({})", number(*value)),
        (Scalar::Decimal { scale: 0, .. }, Literal::Decimal(units)) => format!("String({})", number(*units)),
        (Scalar::Decimal { scale, .. }, Literal::Decimal(units)) => {
            let whole = units.div_euclid(10_i64.pow(u32::from(*scale)));
            format!("`${{{}}}.{}`", number(whole), "0".repeat(usize::from(*scale)))
        }
        (Scalar::Number(_), Literal::Number(value)) => format!("{value} + next()"),
        (Scalar::Date(_), Literal::Date(day)) => format!("{}.slice(0, 10)", moment(day, "86_400_000")),
        (Scalar::DateTime, Literal::DateTime(at)) => moment(&at.0, "1000"),
        (Scalar::Time(_), Literal::Time(time)) => {
            format!("{}.slice(11, 19)", moment(&format!("1970-01-01T{time}Z"), "1000"))
        }
        _ => return None,
    };
    Some(text)
}

/// Whether there is such a value for each row of a test.
pub(super) fn is_plentiful(stocks: &Stocks, entity: EntityId, id: FieldId) -> bool {
    matches!(stocks.supply(entity, id), Some(Supply::After(_) | Supply::Any(_)))
}

/// The few values that there are, as they are written in TypeScript.
pub(super) fn few(cases: Cases, entity: EntityId, id: FieldId) -> Option<Vec<String>> {
    match (cases.stocks.supply(entity, id)?, &cases.model.entity(entity).field(id).ty) {
        (Supply::Few(values), Type::Scalar(scalar)) => {
            Some(values.iter().map(|value| literal(value, scalar)).collect())
        }
        _ => None,
    }
}

/// Whether tests can let new rows of an entity copy what goes together with the rest of them.
pub(super) fn can_be_copied(cases: Cases, entity: EntityId) -> bool {
    let declared = cases.model.entity(entity);
    cases.stocks.runs(cases.model, entity).keys().all(|id| {
        let Some((through, from)) = declared.field(*id).copied() else { return true };
        let Some(reference) = declared.field(through).reference() else { return true };
        // Accounts are made by tests of their own, which hold what no two have in common by counting.
        let is_counted = !is_account(cases.model, reference.to) || is_plentiful(cases.stocks, reference.to, from);
        let is_linked = |entity, field| cases.linked.group(entity, field).is_some();
        is_counted && !is_linked(entity, *id) && !is_linked(reference.to, from)
    })
}
