//! Values on either side of those that rules compare with.

use std::cmp::Ordering;

use crate::contract::predicate::order;
use crate::contract::validate::Stored;
use crate::contract::{Value, format, sample};
use crate::model::{Bound, DateTime, Entity, FieldId, Literal, Scalar};

/// A value that a field may hold, another one for each number as far as there are so many.
pub(in crate::contract) fn plausible(entity: &Entity, field: FieldId, scalar: &Scalar, number: usize) -> Literal {
    let name = entity.field(field).name.snake();
    match sample::stored(entity.name.pascal(), name, &Value::One(scalar.clone()), number) {
        Stored::Literal(literal) => literal,
        Stored::Null | Stored::Json(_) | Stored::List(_) => Literal::Boolean(false),
    }
}

/// All values of a type with few of them.
pub(in crate::contract) fn all(scalar: &Scalar) -> Option<Vec<Literal>> {
    match scalar {
        Scalar::Enum(words) => Some(words.iter().cloned().map(Literal::Enum).collect()),
        Scalar::Boolean => Some(vec![Literal::Boolean(false), Literal::Boolean(true)]),
        _ => None,
    }
}

/// A value that is compared with, where the field may hold it, and the nearest known ones on either side.
pub(super) fn around(entity: &Entity, field: FieldId, scalar: &Scalar, literal: &Literal) -> Vec<Literal> {
    let near = match literal {
        Literal::Integer(value) => {
            vec![Literal::Integer(value.saturating_sub(1)), Literal::Integer(value.saturating_add(1))]
        }
        Literal::Decimal(units) => vec![Literal::Decimal(units - 1), Literal::Decimal(units + 1)],
        Literal::Number(value) => vec![Literal::Number(value - 1.0), Literal::Number(value + 1.0)],
        Literal::Date(_) => ["1000-01-01", "2999-12-31"].map(|day| Literal::Date(day.to_owned())).into(),
        Literal::Time(_) => ["00:00:00", "23:59:59"].map(|time| Literal::Time(time.to_owned())).into(),
        Literal::DateTime(_) => ["1000-01-01T00:00:00.000Z", "2999-12-31T23:59:59.999Z"]
            .map(|moment| Literal::DateTime(DateTime(moment.to_owned())))
            .into(),
        Literal::String(_) | Literal::Boolean(_) | Literal::Enum(_) => {
            let other = (0..3).map(|number| plausible(entity, field, scalar, number)).find(|other| other != literal);
            other.into_iter().collect()
        }
    };
    let mut values: Vec<Literal> =
        near.into_iter().chain([literal.clone()]).filter(|value| fits(scalar, value)).collect();
    values.sort_by(|a, b| order(a, b).unwrap_or(Ordering::Equal));
    values.dedup();
    values
}

/// A value so many steps after another one of the same type, where its values have steps.
pub(in crate::contract) fn moved(scalar: &Scalar, literal: &Literal, by: i64) -> Option<Literal> {
    let day = |moment: &DateTime| moment.0.get(..10).map(str::to_owned);
    let time = |moment: &DateTime| moment.0.get(11..19).map(str::to_owned);
    let after = |text: &str, millis: i64| Some(format::moment(format::unix_millis(text)?.checked_add(by * millis)?));
    match (scalar, literal) {
        (Scalar::Integer(_) | Scalar::Bigint(_), Literal::Integer(value)) => {
            value.checked_add(by).map(Literal::Integer)
        }
        (Scalar::Decimal { .. }, Literal::Decimal(units)) => units.checked_add(by).map(Literal::Decimal),
        (Scalar::Number(_), Literal::Number(value)) => {
            Some(Literal::Number(value + f64::from(i32::try_from(by).ok()?)))
        }
        (_, Literal::Date(text)) => day(&after(&format!("{text}T00:00:00Z"), 86_400_000)?).map(Literal::Date),
        // A time of day that would be of another day is none.
        (_, Literal::Time(text)) => {
            let moment = after(&format!("2000-01-02T{text}Z"), 1000)?;
            moment.0.starts_with("2000-01-02").then(|| time(&moment)).flatten().map(Literal::Time)
        }
        (_, Literal::DateTime(moment)) => after(&moment.0, 1000).map(Literal::DateTime),
        _ => (by == 0).then(|| literal.clone()),
    }
}

/// A value so many steps after another one that the type has too, where its values have steps.
pub fn after(scalar: &Scalar, literal: &Literal, by: i64) -> Option<Literal> {
    moved(scalar, literal, by).filter(|value| fits(scalar, value))
}

/// Whether a type's bounds allow a value.
pub(in crate::contract) fn fits(scalar: &Scalar, literal: &Literal) -> bool {
    match (scalar, literal) {
        (Scalar::Integer(range), Literal::Integer(value)) => {
            (i64::from(range.min)..=i64::from(range.max)).contains(value)
        }
        (Scalar::Bigint(range), Literal::Integer(value)) => (range.min..=range.max).contains(value),
        (Scalar::Decimal { units, .. }, Literal::Decimal(value)) => (units.min..=units.max).contains(value),
        (Scalar::Number(bounds), Literal::Number(value)) => {
            let above = |bound: Bound<f64>| *value > bound.value || (bound.inclusive && *value >= bound.value);
            let below = |bound: Bound<f64>| *value < bound.value || (bound.inclusive && *value <= bound.value);
            bounds.lower.is_none_or(above) && bounds.upper.is_none_or(below)
        }
        (_, Literal::String(text) | Literal::Date(text) | Literal::Time(text)) => format::read(scalar, text).is_ok(),
        _ => true,
    }
}
