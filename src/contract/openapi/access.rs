//! Who may do what, in words.

use crate::contract::derive::property;
use crate::contract::validate::Stored;
use crate::contract::{Action, Admission, Check, Contract, Operation, Predicate, Site, Verb};
use crate::model::{Comparison, Entity, Model, RoleId};

/// The sentence on who may use an operation on rows; `None` without a login, and for other operations.
pub(super) fn sentence(model: &Model, contract: &Contract, operation: &Operation) -> Option<String> {
    let Action::Rows { entity, verb } = operation.action else { return None };
    model.auth.as_ref()?;
    let plan = &contract.plan;
    let row_site = match verb {
        Verb::List => Site::Filter,
        Verb::Create => Site::Result,
        Verb::Get | Verb::Put | Verb::Patch | Verb::Delete => Site::Row,
    };
    let who = match plan.guard(entity, verb.access(), row_site).map(|guard| &guard.check) {
        Some(Check::Row(_, predicate)) => words(predicate, model, model.entity(entity)),
        Some(Check::Caller(_)) | None => admission(plan.admission(entity, verb.access()), model),
    };
    Some(format!("Allowed for {who}."))
}

fn admission(admission: &Admission, model: &Model) -> String {
    match admission {
        Admission::Anyone => "anyone".to_owned(),
        Admission::SignedIn => "signed-in users".to_owned(),
        Admission::Roles(roles) => with_role(roles, model),
    }
}

fn words(predicate: &Predicate, model: &Model, entity: &Entity) -> String {
    let each = |parts: &[Predicate]| -> Vec<String> { parts.iter().map(|part| words(part, model, entity)).collect() };
    match predicate {
        Predicate::Always => "anyone".to_owned(),
        Predicate::Never => "nobody".to_owned(),
        Predicate::SignedIn => "signed-in users".to_owned(),
        Predicate::Role(roles) => with_role(roles, model),
        Predicate::Mine(field) => format!("the user in `{}`", property(*field, entity.field(*field)).wire),
        Predicate::Compare(field, ..) if entity.field(*field).private => "rows that meet a condition".to_owned(),
        Predicate::Compare(field, comparison, literal) => {
            let property = property(*field, entity.field(*field));
            let value = Stored::Literal(literal.clone()).wire(&property.value);
            format!("rows with `{} {} {value}`", property.wire, sign(*comparison))
        }
        Predicate::All(parts) => each(parts).join(" and "),
        Predicate::Any(parts) => each(parts).join(", or "),
    }
}

fn with_role(roles: &[RoleId], model: &Model) -> String {
    let names: Vec<&str> =
        roles.iter().filter_map(|role| model.roles().get(role.0)).map(|role| role.name.snake()).collect();
    format!("users with the role {}", names.join(" or "))
}

const fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}
