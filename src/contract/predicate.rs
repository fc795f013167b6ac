//! Access rules as predicates over the caller and a row.

use std::cmp::Ordering;

use crate::model::{
    self, Comparison, EntityId, FieldId, FieldPath, Literal, Model, Owner, Relation, RoleId, Roles, Rule, Test, Who,
};

use super::simplest::{all, any};
use super::{Caller, Facts, KnownFacts};

/// A condition on the caller and a row, in a form that compiles to every query language.
///
/// Nothing in it is negated, so that what is unknown because of a null may count as false.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// Holds always.
    Always,
    /// Holds never.
    Never,
    /// The caller is a user.
    SignedIn,
    /// The caller has one of these roles.
    Role(Vec<RoleId>),
    /// The row itself is the calling user.
    Myself,
    /// The field refers to the caller; false for anonymous callers and for null.
    Mine(FieldId),
    /// The field refers to a user other than the caller; false for anonymous callers and for null.
    Another(FieldId),
    /// The field compares with something; false where either of them is null.
    Compare(FieldId, Comparison, Operand),
    /// A field of the row, or of one that references lead to, compares with one of yet another row. The paths do not
    /// begin with the same reference. False where one of them ends in null, or on the way.
    Across(FieldPath, Comparison, FieldPath),
    /// The field is null.
    Null(FieldId),
    /// The field is not null.
    Present(FieldId),
    /// The row that the reference names satisfies it; false for null.
    At(FieldId, Box<Predicate>),
    /// At least one of the related rows satisfies it.
    Some(Relation, Box<Predicate>),
    /// All hold.
    All(Vec<Predicate>),
    /// At least one holds.
    Any(Vec<Predicate>),
}

/// What a field is compared with. References are equal where they name the same row.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A fixed value.
    Literal(Literal),
    /// Another field of the same row.
    Field(FieldId),
    /// A field of the calling user, or of a row that the user's references lead to; nothing compares with that of an
    /// anonymous caller.
    Caller(FieldPath),
}

impl Predicate {
    /// A rule as a predicate, in its simplest form.
    pub(super) fn of(rule: &Rule, owner: Option<&Owner>, roles: &Roles) -> Self {
        let grants = rule.grants.iter().map(|grant| {
            let who = match grant.who {
                Who::Anyone => Self::Always,
                Who::SignedIn => Self::SignedIn,
                Who::Owner => owner.map_or(Self::Never, Self::of_owner),
                Who::Role(role) => Self::Role(roles.having(role).collect()),
            };
            all(std::iter::once(who).chain(grant.when.iter().map(Self::of_test)))
        });
        any(grants)
    }

    /// A check as a predicate: what compares with null passes.
    pub(super) fn of_check(tests: &[Test], nullable: impl Fn(FieldId) -> bool) -> Self {
        let null = |field: FieldId| nullable(field).then_some(Self::Null(field));
        let passes = |part: Self| {
            let nulls: Vec<Self> = part.fields().into_iter().filter_map(null).collect();
            any(nulls.into_iter().chain([part]))
        };
        all(tests.iter().map(|test| match Self::of_test(test) {
            Self::All(parts) => all(parts.into_iter().map(passes)),
            Self::Any(parts) => any(parts.into_iter().map(passes)),
            part => passes(part),
        }))
    }

    fn of_owner(owner: &Owner) -> Self {
        match owner {
            Owner::Field(field) => Self::Mine(*field),
            Owner::Through { references, field } => Self::at(references, Self::Mine(*field)),
            Owner::Oneself => Self::Myself,
        }
    }

    fn of_test(test: &Test) -> Self {
        match test {
            Test::Compare { field, comparison, operands } => {
                let each = operands.iter().map(|operand| Self::of_comparison(*field, *comparison, operand));
                // `a != x | y` means neither of them, and every other comparison any of them.
                if *comparison == Comparison::NotEqual { all(each) } else { any(each) }
            }
            Test::Across { path, comparison, others, operands } => {
                let across = others.iter().map(|other| Self::across(path, *comparison, other));
                let compared = |operand| Self::of_comparison(path.field, *comparison, operand);
                let beside = operands.iter().map(|operand| Self::at(&path.references, compared(operand)));
                let each = across.chain(beside);
                if *comparison == Comparison::NotEqual { all(each) } else { any(each) }
            }
            Test::IsNull { field, negated: false } => Self::Null(*field),
            Test::IsNull { field, negated: true } => Self::Present(*field),
            Test::At(reference, test) => Self::At(*reference, Box::new(Self::of_test(test))),
            Test::Has(relation, tests) => Self::Some(*relation, Box::new(all(tests.iter().map(Self::of_test)))),
            Test::IsMe => Self::Myself,
        }
    }

    /// What is said of the row at the end of some references.
    pub(super) fn at(references: &[FieldId], last: Self) -> Self {
        references.iter().rev().fold(last, |inner, reference| Self::At(*reference, Box::new(inner)))
    }

    /// The comparison of two fields, said of the last row that both paths lead through.
    fn across(left: &FieldPath, comparison: Comparison, right: &FieldPath) -> Self {
        match (left.step(), right.step()) {
            (None, None) => Self::Compare(left.field, comparison, Operand::Field(right.field)),
            (Some((first, left)), Some((other, right))) if first == other => {
                Self::At(first, Box::new(Self::across(&left, comparison, &right)))
            }
            _ => Self::Across(left.clone(), comparison, right.clone()),
        }
    }

    fn of_comparison(field: FieldId, comparison: Comparison, operand: &model::Operand) -> Self {
        let compare = |operand| Self::Compare(field, comparison, operand);
        match (operand, comparison) {
            (model::Operand::Me, Comparison::NotEqual) => Self::Another(field),
            (model::Operand::Me, _) => Self::Mine(field),
            (model::Operand::Literal(literal), _) => compare(Operand::Literal(literal.clone())),
            (model::Operand::Field(other), _) => compare(Operand::Field(*other)),
            (model::Operand::OfMe(of_caller), _) => compare(Operand::Caller(of_caller.clone())),
        }
    }

    /// Whether it holds for a caller and a row.
    pub fn holds(&self, caller: &Caller, row: &dyn Facts) -> bool {
        let is_user = matches!(caller, Caller::User { .. });
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::SignedIn => is_user,
            Self::Role(roles) => matches!(caller, Caller::User { role: Some(role) } if roles.contains(role)),
            Self::Myself => is_user && row.is_me(),
            Self::Mine(field) => is_user && row.is_mine(*field),
            Self::Another(field) => is_user && !row.is_null(*field) && !row.is_mine(*field),
            Self::Compare(field, comparison, operand) => {
                let other = match operand {
                    Operand::Literal(literal) => Some(literal.clone()),
                    Operand::Field(other) => row.value(*other),
                    Operand::Caller(of_caller) if is_user => row.of_caller(of_caller),
                    Operand::Caller(_) => None,
                };
                let values = row.value(*field).zip(other);
                values.is_some_and(|(value, other)| compares(&value, *comparison, &other))
            }
            Self::Across(left, comparison, right) => {
                let values = value_at(row, left).zip(value_at(row, right));
                values.is_some_and(|(value, other)| compares(&value, *comparison, &other))
            }
            Self::Null(field) => row.is_null(*field),
            Self::Present(field) => !row.is_null(*field),
            Self::At(field, inner) => row.at(*field).is_some_and(|row| inner.holds(caller, row.as_ref())),
            Self::Some(relation, inner) => row.related(*relation).iter().any(|row| inner.holds(caller, row.as_ref())),
            Self::All(parts) => parts.iter().all(|part| part.holds(caller, row)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(caller, row)),
        }
    }

    /// Whether it holds for a caller whatever the row is.
    pub fn admits(&self, caller: &Caller) -> bool {
        self.of_caller().holds(caller, &KnownFacts::default())
    }

    /// Whether there can be a row of which it holds for a caller.
    pub fn may_admit(&self, caller: &Caller) -> bool {
        self.of_any_row().holds(caller, &KnownFacts::default())
    }

    /// What must hold of a caller for there to be a row of which it holds.
    #[must_use]
    pub fn of_any_row(&self) -> Self {
        match self {
            Self::All(parts) => all(parts.iter().map(Self::of_any_row)),
            Self::Any(parts) => any(parts.iter().map(Self::of_any_row)),
            Self::At(_, inner) | Self::Some(_, inner) => inner.of_any_row(),
            other if !other.reads_row() => other.clone(),
            other if other.asks_caller() => Self::SignedIn,
            _ => Self::Always,
        }
    }

    /// What of it holds whatever the row is.
    #[must_use]
    pub fn of_caller(&self) -> Self {
        match self {
            Self::All(parts) => all(parts.iter().map(Self::of_caller)),
            Self::Any(parts) => any(parts.iter().map(Self::of_caller)),
            other if other.reads_row() => Self::Never,
            other => other.clone(),
        }
    }

    /// What it comes to where the row is the calling user.
    #[must_use]
    pub fn of_oneself(&self) -> Self {
        match self {
            Self::SignedIn | Self::Myself => Self::Always,
            Self::All(parts) => all(parts.iter().map(Self::of_oneself)),
            Self::Any(parts) => any(parts.iter().map(Self::of_oneself)),
            other => other.clone(),
        }
    }

    /// Whether a row decides it, and not the caller alone.
    pub fn reads_row(&self) -> bool {
        match self {
            Self::Always | Self::Never | Self::SignedIn | Self::Role(_) => false,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::reads_row),
            _ => true,
        }
    }

    /// Whether rows other than the one it is about decide it.
    pub fn reads_other_rows(&self) -> bool {
        match self {
            Self::At(..) | Self::Across(..) | Self::Some(..) => true,
            Self::Compare(_, _, Operand::Caller(of_caller)) => of_caller.leads_on(),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::reads_other_rows),
            _ => false,
        }
    }

    /// Whether rows of an entity may be evidence for it by what they are related to.
    pub fn leads_back(&self, entity: EntityId) -> bool {
        match self {
            Self::Some(relation, inner) => relation.entity() == entity || inner.leads_back(entity),
            Self::At(_, inner) => inner.leads_back(entity),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.leads_back(entity)),
            _ => false,
        }
    }

    /// Whether it asks who calls.
    pub fn asks_caller(&self) -> bool {
        match self {
            Self::SignedIn | Self::Role(_) | Self::Myself | Self::Mine(_) | Self::Another(_) => true,
            Self::Compare(_, _, operand) => matches!(operand, Operand::Caller(_)),
            Self::At(_, inner) | Self::Some(_, inner) => inner.asks_caller(),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::asks_caller),
            Self::Always | Self::Never | Self::Across(..) | Self::Null(_) | Self::Present(_) => false,
        }
    }

    /// Whether it holds for users only.
    pub(super) fn needs_user(&self) -> bool {
        match self {
            Self::All(parts) => parts.iter().any(Self::needs_user),
            Self::Any(parts) => parts.iter().all(Self::needs_user),
            other => other.asks_caller(),
        }
    }

    /// The row's own fields that it asks for, in order.
    pub fn fields(&self) -> Vec<FieldId> {
        let mut fields: Vec<FieldId> = Vec::new();
        for part in self.parts() {
            match part {
                Self::Mine(field)
                | Self::Another(field)
                | Self::Null(field)
                | Self::Present(field)
                | Self::At(field, _)
                | Self::Some(Relation::InSet { field, .. }, _) => {
                    fields.push(*field);
                }
                Self::Across(left, _, right) => fields.extend([left.begin(), right.begin()]),
                Self::Compare(field, _, operand) => {
                    fields.push(*field);
                    fields.extend(if let Operand::Field(other) = operand { Some(*other) } else { None });
                }
                _ => {}
            }
        }
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    /// It and all that it is made of, from left to right, but for what is said of other rows.
    pub fn parts(&self) -> Vec<&Self> {
        let inner: &[Self] = match self {
            Self::All(parts) | Self::Any(parts) => parts,
            _ => &[],
        };
        std::iter::once(self).chain(inner.iter().flat_map(Self::parts)).collect()
    }

    /// Shows it and all that it is made of, what is said of other rows included, with the entity of the rows that each
    /// part is about.
    pub fn each<'p>(&'p self, model: &Model, entity: EntityId, show: &mut dyn FnMut(EntityId, &'p Self)) {
        show(entity, self);
        match self {
            Self::At(field, inner) => {
                if let Some(reference) = model.entity(entity).field(*field).reference() {
                    inner.each(model, reference.to, show);
                }
            }
            Self::Some(relation, inner) => inner.each(model, relation.entity(), show),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each(model, entity, show);
                }
            }
            _ => {}
        }
    }
}

/// The value at the end of a path; `None` for null there or on the way.
pub fn value_at(row: &dyn Facts, path: &FieldPath) -> Option<Literal> {
    match path.step() {
        None => row.value(path.field),
        Some((first, rest)) => row.at(first).and_then(|row| value_at(row.as_ref(), &rest)),
    }
}

/// Whether two values of one type stand so to each other.
pub(super) fn compares(left: &Literal, comparison: Comparison, right: &Literal) -> bool {
    order(left, right).is_some_and(|order| match comparison {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::NotEqual => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::LessOrEqual => order != Ordering::Greater,
        Comparison::Greater => order == Ordering::Greater,
        Comparison::GreaterOrEqual => order != Ordering::Less,
    })
}

/// The order of two values of one type; strings by code point.
pub(super) fn order(left: &Literal, right: &Literal) -> Option<Ordering> {
    match (left, right) {
        (Literal::String(a), Literal::String(b))
        | (Literal::Date(a), Literal::Date(b))
        | (Literal::Time(a), Literal::Time(b))
        | (Literal::Enum(a), Literal::Enum(b)) => Some(a.cmp(b)),
        (Literal::DateTime(a), Literal::DateTime(b)) => Some(a.0.cmp(&b.0)),
        (Literal::Integer(a), Literal::Integer(b)) | (Literal::Decimal(a), Literal::Decimal(b)) => Some(a.cmp(b)),
        (Literal::Number(a), Literal::Number(b)) => a.partial_cmp(b),
        (Literal::Boolean(a), Literal::Boolean(b)) => Some(a.cmp(b)),
        _ => None,
    }
}
