//! How lists are narrowed: which comparisons a property has, and what they are called in a query.

use crate::model::{Comparison, Scalar};

use super::{Property, Value};

/// The parameters of every list, which no filter's short name may take.
pub(super) const LIST_PARAMETERS: [&str; 5] = ["page", "limit", "sort", "q", "include"];

/// A query parameter that narrows a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The parameter, `stars` or `stars[gte]`.
    pub parameter: String,
    /// The property that is compared.
    pub property: Property,
    /// How.
    pub operator: Operator,
}

/// How a property is compared with a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// With one value; false for null.
    Compare(Comparison),
    /// It equals one of several values.
    In,
    /// Whether it is null, or whether it is not.
    Null,
}

impl Operator {
    /// Those that every comparable property has.
    const EQUALITY: [Self; 2] = [Self::Compare(Comparison::Equal), Self::Compare(Comparison::NotEqual)];
    /// Those of values that have an order.
    const ORDER: [Self; 4] = [
        Self::Compare(Comparison::Less),
        Self::Compare(Comparison::LessOrEqual),
        Self::Compare(Comparison::Greater),
        Self::Compare(Comparison::GreaterOrEqual),
    ];

    /// Its word in a parameter's brackets.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Compare(Comparison::Equal) => "eq",
            Self::Compare(Comparison::NotEqual) => "ne",
            Self::Compare(Comparison::Less) => "lt",
            Self::Compare(Comparison::LessOrEqual) => "lte",
            Self::Compare(Comparison::Greater) => "gt",
            Self::Compare(Comparison::GreaterOrEqual) => "gte",
            Self::In => "in",
            Self::Null => "null",
        }
    }
}

/// Whether rows are compared by a value.
pub(super) fn is_comparable(value: &Value) -> bool {
    !matches!(value, Value::Many { .. } | Value::Keys { .. } | Value::One(Scalar::Json | Scalar::Text { .. }))
}

/// Every filter of a property.
pub(super) fn filters(property: &Property) -> Vec<Filter> {
    let equal = Operator::Compare(Comparison::Equal);
    let filter = |parameter: String, operator| Filter { parameter, property: property.clone(), operator };
    let wire = &property.wire;
    let short = (!LIST_PARAMETERS.contains(&wire.as_str())).then(|| filter(wire.clone(), equal));
    let long = operators(property).into_iter().map(|of| filter(format!("{wire}[{}]", of.word()), of));
    short.into_iter().chain(long).collect()
}

/// The ways in which a property is compared.
pub fn operators(property: &Property) -> Vec<Operator> {
    let Value::One(scalar) = &property.value else { return Vec::new() };
    let mut operators = Operator::EQUALITY.to_vec();
    if has_order(scalar) {
        operators.extend(Operator::ORDER);
    }
    if has_no_comma(scalar) {
        operators.push(Operator::In);
    }
    if property.nullable {
        operators.push(Operator::Null);
    }
    operators
}

/// Whether one value is less than another in a way that people expect.
fn has_order(scalar: &Scalar) -> bool {
    matches!(
        scalar,
        Scalar::Integer(_)
            | Scalar::Bigint(_)
            | Scalar::Number(_)
            | Scalar::Decimal { .. }
            | Scalar::Date(_)
            | Scalar::DateTime
            | Scalar::Time(_)
    )
}

/// Whether several values can be written beside each other: a comma stands between two of them.
fn has_no_comma(scalar: &Scalar) -> bool {
    match scalar {
        Scalar::String { .. } | Scalar::Text { .. } | Scalar::Url | Scalar::Json | Scalar::Boolean => false,
        Scalar::Enum(words) => words.iter().all(|word| !word.contains(',')),
        _ => true,
    }
}
