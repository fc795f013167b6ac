//! Guards as conditions on a caller and a row in TypeScript.

use crate::code::TsString;
use crate::contract::{Operand, Predicate, Verb};
use crate::model::{self, Comparison, FieldId, Literal, Model, RoleId, Scalar, Type};

use super::entity::{Entity, Rule};
use super::names::field_property;
use super::values::literal;

/// A rule about a row that is written or deleted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Create,
    Update,
    UpdateTo,
    Delete,
}

impl Named {
    pub(super) const ALL: [Self; 4] = [Self::Create, Self::Update, Self::UpdateTo, Self::Delete];

    /// The function that tells whether the caller may.
    pub(super) fn name(self, entity: &Entity) -> &'static str {
        match self.function(entity) {
            serving if serving.is_of_writing(entity) => "mayWrite",
            Self::Create => "mayCreate",
            Self::Update => "mayUpdate",
            Self::UpdateTo => "mayUpdateTo",
            Self::Delete => "mayDelete",
        }
    }

    /// What the function is about.
    pub(super) fn verb(self, entity: &Entity) -> &'static str {
        match self.function(entity) {
            serving if serving.is_of_writing(entity) => "write",
            Self::Create => "create",
            Self::Update => "update",
            Self::UpdateTo => "turn a row into such",
            Self::Delete => "delete",
        }
    }

    /// Whether its function serves for several operations.
    fn is_of_writing(self, entity: &Entity) -> bool {
        let others = Self::ALL.into_iter().filter(|other| other.function(entity) == self);
        others.filter(|other| *other != Self::UpdateTo).count() > 1
    }

    /// The guards of its operation.
    pub(super) fn rule<'e, 'a>(self, entity: &'e Entity<'a>) -> &'e Rule<'a> {
        match self {
            Self::Create => &entity.create,
            Self::Update | Self::UpdateTo => &entity.update,
            Self::Delete => &entity.delete,
        }
    }

    /// Its condition, where there is one.
    pub(super) fn predicate<'a>(self, entity: &Entity<'a>) -> Option<&'a Predicate> {
        let (exists, predicate) = match self {
            Self::Create => (entity.has(Verb::Create), entity.create.after),
            Self::Update => (entity.has_update(), entity.update.before),
            Self::UpdateTo => (entity.has_update(), entity.update.after),
            Self::Delete => (entity.has(Verb::Delete), entity.delete.before),
        };
        (exists && *predicate != Predicate::Always).then_some(predicate)
    }

    /// The rule whose function also serves for this one: the first that the same line of the spec makes the same.
    pub(super) fn function(self, entity: &Entity) -> Self {
        Self::ALL.into_iter().find(|other| self.is_like(*other, entity)).unwrap_or(self)
    }

    fn is_like(self, other: Self, entity: &Entity) -> bool {
        let [own, others] = [self.rule(entity), other.rule(entity)];
        // A new row does not count among those that others are related to.
        let is_told_apart = |predicate: &Predicate| {
            (self == Self::Create) != (other == Self::Create) && predicate.leads_back(entity.id)
        };
        self.predicate(entity) == other.predicate(entity)
            && own.origin == others.origin
            && own.users_only() == others.users_only()
            && !self.predicate(entity).is_some_and(is_told_apart)
    }
}

/// Whether only the store can tell if a condition holds, because it looks at other rows or compares stored values.
pub(super) fn needs_store(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::At(..) | Predicate::Across(..) | Predicate::Some(..) => true,
        Predicate::Compare(_, _, operand) => !matches!(operand, Operand::Literal(_)),
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(needs_store),
        _ => false,
    }
}

/// Whether a condition looks at the row.
pub(super) fn asks_row(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::Always | Predicate::Never | Predicate::SignedIn | Predicate::Role(_) => false,
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(asks_row),
        _ => true,
    }
}

/// Whether a condition asks for a role.
pub(super) fn asks_role(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::Role(_) => true,
        Predicate::At(_, inner) | Predicate::Some(_, inner) => asks_role(inner),
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(asks_role),
        _ => false,
    }
}

/// What a condition is written about.
pub(super) struct Terms<'a> {
    pub model: &'a Model,
    pub entity: &'a model::Entity,
    /// Whether the caller is known to be a user.
    pub signed_in: bool,
}

impl Terms<'_> {
    /// The condition as an expression over `caller` and `row`.
    pub(super) fn expression(&self, predicate: &Predicate) -> String {
        match predicate {
            Predicate::Always => "true".to_owned(),
            Predicate::SignedIn => "caller !== undefined".to_owned(),
            Predicate::Role(roles) => format!("hasRole(caller, {})", role_arguments(self.model, roles)),
            Predicate::Myself => format!("row.id === {}", self.caller_id()),
            Predicate::Mine(field) => format!("{} === {}", self.property(*field), self.caller_id()),
            Predicate::Another(field) => self.another(*field),
            Predicate::Null(field) => format!("{} === null", self.property(*field)),
            Predicate::Present(field) => format!("{} !== null", self.property(*field)),
            Predicate::Compare(field, comparison, Operand::Literal(value)) => {
                self.comparison(*field, *comparison, value)
            }
            Predicate::Compare(field, comparison, Operand::Field(other)) => {
                self.comparison_of_fields(*field, *comparison, *other)
            }
            Predicate::Compare(field, comparison, Operand::Caller(of_caller)) if !of_caller.leads_on() => {
                self.comparison_with_caller(*field, *comparison, of_caller.field)
            }
            // What needs other rows is asked of the store, by the repository.
            Predicate::Never
            | Predicate::Compare(_, _, Operand::Caller(_))
            | Predicate::At(..)
            | Predicate::Across(..)
            | Predicate::Some(..) => "false".to_owned(),
            Predicate::All(parts) => self.join(parts, " && "),
            Predicate::Any(parts) => self.join(&told_last(parts), " || "),
        }
    }

    fn property(&self, field: FieldId) -> String {
        format!("row.{}", field_property(self.entity.field(field)))
    }

    const fn caller_id(&self) -> &'static str {
        if self.signed_in { "caller.id" } else { "caller?.id" }
    }

    fn another(&self, id: FieldId) -> String {
        let property = self.property(id);
        let mut tests = Vec::new();
        if self.entity.field(id).nullable {
            tests.push(format!("{property} !== null"));
        }
        if !self.signed_in {
            tests.push("caller !== undefined".to_owned());
        }
        tests.push(format!("{property} !== caller.id"));
        if tests.len() == 1 { tests.remove(0) } else { format!("({})", tests.join(" && ")) }
    }

    fn join(&self, parts: &[Predicate], operator: &str) -> String {
        let nested = |part: &Predicate| {
            let text = self.expression(part);
            // What is said of null beside a comparison is one more condition among others.
            let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).filter(|_| operator == " && ");
            match (part, inner) {
                (Predicate::All(_) | Predicate::Any(_), _) => format!("({text})"),
                (Predicate::Compare(..) | Predicate::Another(_), Some(inner)) => inner.to_owned(),
                _ => text,
            }
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

    /// False where either is null, as in SQL, and for callers who are nobody.
    fn comparison_with_caller(&self, id: FieldId, comparison: Comparison, of_caller: FieldId) -> String {
        let Some(user) = self.model.auth.as_ref().map(|auth| self.model.entity(auth.user)) else {
            return "false".to_owned();
        };
        let (field, held) = (self.entity.field(id), user.field(of_caller));
        let (property, held_property) = (self.property(id), field_property(held));
        let mut tests = Vec::new();
        if field.nullable {
            tests.push(format!("{property} !== null"));
        }
        let is_equal = comparison == Comparison::Equal;
        if !is_equal && !self.signed_in {
            tests.push("caller !== undefined".to_owned());
        }
        // Nothing that a row holds is the same as what nobody has.
        let caller = if is_equal && !self.signed_in { "caller?" } else { "caller" };
        let of_caller = format!("{caller}.{held_property}");
        if !is_equal && held.nullable {
            tests.push(format!("{of_caller} !== null"));
        }
        let [left, right] = match &field.ty {
            Type::Scalar(scalar) => [property, of_caller].map(|value| in_order(value, comparison, scalar)),
            Type::List { .. } | Type::Reference(_) | Type::Many(_) => [property, of_caller],
        };
        tests.push(format!("{left} {} {right}", sign(comparison)));
        if let [only] = tests.as_slice() { only.clone() } else { format!("({})", tests.join(" && ")) }
    }

    /// False where either is null, as in SQL.
    fn comparison_of_fields(&self, id: FieldId, comparison: Comparison, other: FieldId) -> String {
        let [left, right] = match &self.entity.field(id).ty {
            Type::Scalar(scalar) => [id, other].map(|id| in_order(self.property(id), comparison, scalar)),
            Type::List { .. } | Type::Reference(_) | Type::Many(_) => [id, other].map(|id| self.property(id)),
        };
        let nullable = [id, other].into_iter().filter(|id| self.entity.field(*id).nullable);
        let there = nullable.map(|id| format!("{} !== null", self.property(id)));
        let compared = format!("{left} {} {right}", sign(comparison));
        let tests: Vec<String> = there.chain([compared]).collect();
        if let [only] = tests.as_slice() { only.clone() } else { format!("({})", tests.join(" && ")) }
    }
}

/// Alternatives in an order in which the compiler takes no comparison for a mistake: after `row.status === "open" ||` it
/// knows that the status is another one, so that what stands alone comes after what compares the same field with more.
fn told_last(parts: &[Predicate]) -> Vec<Predicate> {
    let compared = |part: &Predicate| match part {
        Predicate::Compare(field, _, Operand::Literal(_)) => Some(*field),
        _ => None,
    };
    let compares_it = |field: FieldId, part: &Predicate| {
        matches!(part, Predicate::All(_)) && part.parts().into_iter().any(|part| compared(part) == Some(field))
    };
    let is_told = |index: usize| {
        compared(&parts[index]).is_some_and(|field| parts[index + 1..].iter().any(|part| compares_it(field, part)))
    };
    let (last, first): (Vec<usize>, Vec<usize>) = (0..parts.len()).partition(|index| is_told(*index));
    first.into_iter().chain(last).map(|index| parts[index].clone()).collect()
}

/// A value as it is compared: numbers that are written as text by their digits.
fn in_order(property: String, comparison: Comparison, scalar: &Scalar) -> String {
    match (comparison, scalar) {
        (Comparison::Equal | Comparison::NotEqual, _) => property,
        (_, Scalar::Decimal { .. }) => format!("BigInt({property}.replace(\".\", \"\"))"),
        (_, Scalar::Bigint(_)) => format!("BigInt({property})"),
        _ => property,
    }
}

const fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "===",
        Comparison::NotEqual => "!==",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
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
pub(super) fn role_arguments(model: &Model, ids: &[RoleId]) -> String {
    let roles = model.auth.iter().flat_map(|auth| ids.iter().map(|id| auth.roles.get(*id)));
    let names = roles.map(|role| TsString::from(role.name.snake()).to_string());
    names.collect::<Vec<_>>().join(", ")
}
