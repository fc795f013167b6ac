//! Guards as conditions of queries.

use crate::code::TsImports;
use crate::contract::{Predicate, Verb};
use crate::model::{Comparison, Literal, Type};
use crate::targets::express::entity::{Entity, roles};
use crate::targets::express::names::field_property;
use crate::targets::express::rules::{asks_caller, asks_role, role_arguments};
use crate::targets::express::values::literal;

/// Which helpers of `src/db/query.ts` conditions use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Uses {
    pub holds: bool,
    pub owners: bool,
}

impl Uses {
    fn of(predicate: &Predicate) -> Self {
        match predicate {
            Predicate::Mine(_) => Self { holds: false, owners: true },
            Predicate::Always | Predicate::Never | Predicate::SignedIn | Predicate::Role(_) => {
                Self { holds: true, owners: false }
            }
            Predicate::Compare(..) => Self::default(),
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().map(Self::of).fold(Self::default(), Self::or),
        }
    }

    fn or(self, other: Self) -> Self {
        Self { holds: self.holds || other.holds, owners: self.owners || other.owners }
    }
}

/// A function over a repository's table that gives a condition.
pub(super) struct Condition<'a> {
    pub name: &'static str,
    pub predicate: &'a Predicate,
    pub entity: &'a Entity<'a>,
    pub origin: crate::model::Origin,
}

impl Condition<'_> {
    /// What stands between the brackets where it is declared.
    pub(super) fn parameters(&self) -> &'static str {
        if asks_caller(self.predicate) { "caller: Caller" } else { "" }
    }

    /// A call of it.
    pub(super) fn call(&self) -> String {
        format!("{}({})", self.name, if asks_caller(self.predicate) { "caller" } else { "" })
    }

    pub(super) fn expression(&self) -> String {
        expression(self.entity, self.predicate)
    }

    /// Adds what the expression needs.
    pub(super) fn import(&self, imports: TsImports) -> TsImports {
        let mut imports = imports;
        let uses = Uses::of(self.predicate);
        for (name, used) in [("holds", uses.holds), ("isCaller", uses.owners)] {
            if used {
                imports = imports.with_values("../db/query.js", &[name]);
            }
        }
        for operator in operators(self.predicate) {
            imports = imports.with_values("drizzle-orm", &[operator]);
        }
        if asks_caller(self.predicate) {
            imports = imports.with_types("../utils/caller.js", &["Caller"]);
        }
        if asks_role(self.predicate) {
            imports = imports.with_values("../utils/caller.js", &["hasRole"]);
        }
        imports
    }
}

/// The conditions of an entity's repository: on lists, and on single rows where that is another one.
pub(super) fn of<'a>(entity: &'a Entity<'a>) -> (Option<Condition<'a>>, Option<Condition<'a>>) {
    let lists = entity.has(Verb::List) && *entity.list.before != Predicate::Always;
    let finds = (entity.is_found() || entity.is_collected) && entity.find_has_condition();
    let same = lists && finds && entity.list.before == entity.get.before;
    let condition = |name, predicate, origin| Condition { name, predicate, entity, origin };
    let listed =
        lists.then(|| condition(if same { "readableBy" } else { "listedFor" }, entity.list.before, entity.list.origin));
    let readable = finds.then(|| condition("readableBy", entity.get.before, entity.get.origin));
    (listed, readable)
}

/// What all conditions use.
pub(super) fn uses(entities: &[Entity]) -> Uses {
    let of = |entity: &Entity| {
        let (listed, readable) = of(entity);
        listed.iter().chain(&readable).map(|condition| Uses::of(condition.predicate)).fold(Uses::default(), Uses::or)
    };
    entities.iter().filter(|entity| entity.has_service()).map(of).fold(Uses::default(), Uses::or)
}

fn operators(predicate: &Predicate) -> Vec<&'static str> {
    match predicate {
        Predicate::Compare(_, comparison, _) => vec![operator(*comparison)],
        Predicate::All(parts) => std::iter::once("and").chain(parts.iter().flat_map(operators)).collect(),
        Predicate::Any(parts) => std::iter::once("or").chain(parts.iter().flat_map(operators)).collect(),
        Predicate::Always | Predicate::Never | Predicate::SignedIn | Predicate::Role(_) | Predicate::Mine(_) => vec![],
    }
}

const fn operator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "eq",
        Comparison::NotEqual => "ne",
        Comparison::Less => "lt",
        Comparison::LessOrEqual => "lte",
        Comparison::Greater => "gt",
        Comparison::GreaterOrEqual => "gte",
    }
}

fn expression(entity: &Entity, predicate: &Predicate) -> String {
    let column = |field| format!("table.{}", field_property(entity.spec.field(field)));
    let join = |name: &str, parts: &[Predicate]| {
        let parts: Vec<String> = parts.iter().map(|part| expression(entity, part)).collect();
        format!("{name}({})", parts.join(", "))
    };
    match predicate {
        Predicate::Always => "holds(true)".to_owned(),
        Predicate::Never => "holds(false)".to_owned(),
        Predicate::SignedIn => "holds(caller !== undefined)".to_owned(),
        Predicate::Role(ids) => format!("holds(hasRole(caller, {}))", role_arguments(&roles(entity.model), ids)),
        Predicate::Mine(field) => format!("isCaller({}, caller)", column(*field)),
        Predicate::Compare(field, comparison, value) => {
            format!("{}({}, {})", operator(*comparison), column(*field), value_of(entity, *field, value))
        }
        Predicate::All(parts) => join("and", parts),
        Predicate::Any(parts) => join("or", parts),
    }
}

fn value_of(entity: &Entity, field: crate::model::FieldId, value: &Literal) -> String {
    match &entity.spec.field(field).ty {
        Type::Scalar(scalar) => literal(value, scalar),
        Type::List { item, .. } => literal(value, item),
        Type::Reference(_) | Type::Many(_) => "\"\"".to_owned(),
    }
}
