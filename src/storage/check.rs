//! What must hold of every row of a table.

use crate::code::SqlString;
use crate::contract::{GuardId, format};
use crate::model::{self, Comparison, DateTime, Entity, EntityId, FieldId, Literal, Scalar, Test, Type};

/// A check of a table's rows; all comparisons must hold, and one with null does.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The guard that it enforces.
    pub guard: GuardId,
    /// Its place among the table's checks, from 1.
    pub number: usize,
    /// The comparisons, at least one.
    pub comparisons: Vec<Compared>,
}

/// A column compared with one value or several.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The column.
    pub column: String,
    /// How it is compared.
    pub comparison: Comparison,
    /// With what; with several, any of them suffices (for `NotEqual`: it must be none of them).
    pub with: Vec<Operand>,
}

/// What a column is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// Another column of the row.
    Column(String),
    /// A fixed value of the column's type.
    Literal(Literal, Scalar),
}

/// A piece of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A column.
    Column(String),
    /// SQL.
    Sql(String),
}

impl Check {
    /// The columns that it looks at, each once.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns: Vec<&str> = Vec::new();
        for compared in &self.comparisons {
            let others = compared.with.iter().filter_map(|operand| match operand {
                Operand::Column(column) => Some(column.as_str()),
                Operand::Literal(..) => None,
            });
            for column in std::iter::once(compared.column.as_str()).chain(others) {
                if !columns.contains(&column) {
                    columns.push(column);
                }
            }
        }
        columns
    }

    /// Its condition, with literals as a dialect writes them.
    pub fn condition(&self, literal: fn(&Literal, &Scalar) -> String) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for compared in &self.comparisons {
            if !pieces.is_empty() {
                pieces.push(Piece::Sql(" AND ".to_owned()));
            }
            pieces.extend(compared.condition(literal, self.comparisons.len() > 1));
        }
        pieces
    }

    /// Its condition as SQL, where `column` writes a column.
    pub fn sql(&self, literal: fn(&Literal, &Scalar) -> String, column: impl Fn(&str) -> String) -> String {
        let piece = |piece| match piece {
            Piece::Column(name) => column(&name),
            Piece::Sql(text) => text,
        };
        self.condition(literal).into_iter().map(piece).collect()
    }
}

impl Compared {
    /// `beside_others`: whether other conditions must hold as well.
    fn condition(&self, literal: fn(&Literal, &Scalar) -> String, beside_others: bool) -> Vec<Piece> {
        let column = || Piece::Column(self.column.clone());
        let sql = |text: &str| Piece::Sql(text.to_owned());
        let operand = |operand: &Operand| match operand {
            Operand::Column(name) => Piece::Column(name.clone()),
            Operand::Literal(value, scalar) => Piece::Sql(literal(value, scalar)),
        };
        let all_of = |between: &str, each: &dyn Fn(&Operand) -> Vec<Piece>| -> Vec<Piece> {
            let rest = |(index, of): (usize, &Operand)| {
                let between = (index > 0).then(|| sql(between));
                between.into_iter().chain(each(of)).collect::<Vec<_>>()
            };
            self.with.iter().enumerate().flat_map(rest).collect()
        };
        let alone = |of: &Operand| vec![column(), sql(&format!(" {} ", sign(self.comparison))), operand(of)];
        let set = match self.comparison {
            Comparison::Equal => Some(" IN ("),
            Comparison::NotEqual => Some(" NOT IN ("),
            _ => None,
        };
        match (self.with.as_slice(), set) {
            ([only], _) => alone(only),
            (_, Some(set)) => {
                let listed = all_of(", ", &|of| vec![operand(of)]);
                [vec![column(), sql(set)], listed, vec![sql(")")]].concat()
            }
            (_, None) if beside_others => [vec![sql("(")], all_of(" OR ", &alone), vec![sql(")")]].concat(),
            (_, None) => all_of(" OR ", &alone),
        }
    }
}

const fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

/// The checks of an entity's rows.
pub(super) fn of(id: EntityId, entity: &Entity, guards: &[crate::contract::CheckGuard]) -> Vec<Check> {
    let guards = guards.iter().filter(|guard| guard.entity == id);
    let check = |(index, (check, guard)): (usize, (&model::RowCheck, &crate::contract::CheckGuard))| Check {
        guard: guard.id.clone(),
        number: index + 1,
        comparisons: check.tests.iter().filter_map(|test| compared(entity, test)).collect(),
    };
    entity.checks.iter().zip(guards).enumerate().map(check).collect()
}

fn compared(entity: &Entity, test: &Test) -> Option<Compared> {
    let Test::Compare { field, comparison, operands } = test else { return None };
    let scalar = match &entity.field(*field).ty {
        Type::Scalar(scalar) => Some(scalar),
        Type::Reference(_) => None,
        Type::List { .. } | Type::Many(_) => return None,
    };
    let column = |field: FieldId| entity.field(field).column();
    let operand = |operand: &model::Operand| match operand {
        model::Operand::Literal(literal) => scalar.map(|scalar| Operand::Literal(literal.clone(), scalar.clone())),
        model::Operand::Field(other) => Some(Operand::Column(column(*other))),
        model::Operand::Me | model::Operand::OfMe(_) => None,
    };
    Some(Compared {
        column: column(*field),
        comparison: *comparison,
        with: operands.iter().filter_map(operand).collect(),
    })
}

/// A fixed value in standard SQL.
pub fn literal(literal: &Literal, scalar: &Scalar) -> String {
    match (literal, scalar) {
        (Literal::Decimal(units), Scalar::Decimal { scale, .. }) => format::write_units(*units, *scale),
        (Literal::Integer(value) | Literal::Decimal(value), _) => value.to_string(),
        (Literal::Number(value), _) => value.to_string(),
        (Literal::Boolean(value), _) => value.to_string(),
        (
            Literal::String(text)
            | Literal::Date(text)
            | Literal::Time(text)
            | Literal::Enum(text)
            | Literal::DateTime(DateTime(text)),
            _,
        ) => SqlString::from(text.as_str()).to_string(),
    }
}
