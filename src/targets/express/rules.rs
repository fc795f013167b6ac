//! Guards as conditions on a caller and a row in TypeScript.

use crate::code::TsString;
use crate::contract::Predicate;
use crate::model::{Comparison, Entity, FieldId, Literal, RoleId, Roles, Scalar, Type};

use super::names::field_property;
use super::values::literal;

/// Whether a condition asks who calls.
pub(super) fn asks_caller(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::SignedIn | Predicate::Role(_) | Predicate::Mine(_) => true,
        Predicate::Always | Predicate::Never | Predicate::Compare(..) => false,
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(asks_caller),
    }
}

/// Whether a condition asks for a role.
pub(super) fn asks_role(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::Role(_) => true,
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(asks_role),
        _ => false,
    }
}

/// What a condition is written about.
pub(super) struct Terms<'a> {
    pub entity: &'a Entity,
    pub roles: &'a Roles,
    /// Whether the caller is known to be a user.
    pub signed_in: bool,
}

impl Terms<'_> {
    /// The condition as an expression over `caller` and `row`.
    pub(super) fn expression(&self, predicate: &Predicate) -> String {
        match predicate {
            Predicate::Always => "true".to_owned(),
            Predicate::Never => "false".to_owned(),
            Predicate::SignedIn => "caller !== undefined".to_owned(),
            Predicate::Role(roles) => format!("hasRole(caller, {})", role_arguments(self.roles, roles)),
            Predicate::Mine(field) => {
                let id = if self.signed_in { "caller.id" } else { "caller?.id" };
                format!("row.{} === {id}", field_property(self.entity.field(*field)))
            }
            Predicate::Compare(field, comparison, value) => self.comparison(*field, *comparison, value),
            Predicate::All(parts) => self.join(parts, " && "),
            Predicate::Any(parts) => self.join(parts, " || "),
        }
    }

    fn join(&self, parts: &[Predicate], operator: &str) -> String {
        let nested = |part: &Predicate| {
            let text = self.expression(part);
            if matches!(part, Predicate::All(_) | Predicate::Any(_)) { format!("({text})") } else { text }
        };
        parts.iter().map(nested).collect::<Vec<_>>().join(operator)
    }

    /// False for null, as in SQL.
    fn comparison(&self, id: FieldId, comparison: Comparison, value: &Literal) -> String {
        let field = self.entity.field(id);
        let property = format!("row.{}", field_property(field));
        let Type::Scalar(scalar) = &field.ty else { return "false".to_owned() };
        let compared = match comparison {
            Comparison::Equal => return format!("{property} === {}", literal(value, scalar)),
            Comparison::NotEqual => format!("{property} !== {}", literal(value, scalar)),
            Comparison::Less => ordered(&property, "<", value, scalar),
            Comparison::LessOrEqual => ordered(&property, "<=", value, scalar),
            Comparison::Greater => ordered(&property, ">", value, scalar),
            Comparison::GreaterOrEqual => ordered(&property, ">=", value, scalar),
        };
        if field.nullable { format!("({property} !== null && {compared})") } else { compared }
    }
}

/// Numbers that are written as text are compared by their digits, which are always as many after the point.
fn ordered(property: &str, operator: &str, value: &Literal, scalar: &Scalar) -> String {
    match (value, scalar) {
        (Literal::Decimal(units), _) => format!("BigInt({property}.replace(\".\", \"\")) {operator} {units}n"),
        (Literal::Integer(number), Scalar::Bigint(_)) => format!("BigInt({property}) {operator} {number}n"),
        _ => format!("{property} {operator} {}", literal(value, scalar)),
    }
}

/// `"admin", "staff"`
pub(super) fn role_arguments(roles: &Roles, ids: &[RoleId]) -> String {
    let names = ids.iter().map(|id| TsString::from(roles.get(*id).name.snake()).to_string());
    names.collect::<Vec<_>>().join(", ")
}
