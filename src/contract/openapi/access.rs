//! Who may do what, in words.

use crate::code::compact_json;
use crate::contract::derive::property;
use crate::contract::validate::Stored;
use crate::contract::{
    Action, Admission, Check, Contract, FieldAccess, Operand, Operation, Predicate, Site, Source, Verb,
};
use crate::model::{By, Comparison, Entity, EntityId, FieldId, FieldPath, Model, OtherSide, Relation, RoleId};

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

/// The sentence on who may read or write a field, where not everybody may who has its row.
pub(super) fn field_sentence(
    model: &Model,
    contract: &Contract,
    entity: EntityId,
    source: Option<Source>,
    access: FieldAccess,
) -> Option<String> {
    let guard = contract.plan.field(entity, source?, access)?;
    let who = words(&guard.predicate, model, model.entity(entity));
    Some(match access {
        FieldAccess::Read => format!("Shown to {who}."),
        FieldAccess::Write => format!("Written by {who}."),
    })
}

fn admission(admission: &Admission, model: &Model) -> String {
    match admission {
        Admission::Anyone => "anyone".to_owned(),
        Admission::SignedIn => "signed-in users".to_owned(),
        Admission::Roles(roles) => with_role(roles, model),
    }
}

fn words(predicate: &Predicate, model: &Model, entity: &Entity) -> String {
    match predicate {
        Predicate::Always => "anyone".to_owned(),
        Predicate::Never => "nobody".to_owned(),
        Predicate::SignedIn => "signed-in users".to_owned(),
        Predicate::Role(roles) => with_role(roles, model),
        Predicate::Mine(field) => format!("the user in `{}`", property(*field, entity.field(*field)).wire),
        Predicate::Myself => "oneself".to_owned(),
        Predicate::Another(field) => format!("users other than the one in `{}`", wire(*field, entity)),
        _ if is_of_row(predicate) => format!("anyone {}", where_rows(&[predicate], model, entity)),
        Predicate::Compare(..)
        | Predicate::Across(..)
        | Predicate::Null(_)
        | Predicate::Present(_)
        | Predicate::At(..)
        | Predicate::Some(..) => match condition(predicate, model, entity) {
            Some(condition) => format!("users for whom `{condition}`"),
            None => "users for whom a condition holds".to_owned(),
        },
        Predicate::All(parts) => {
            let (of_row, of_caller): (Vec<&Predicate>, Vec<&Predicate>) =
                parts.iter().partition(|part| is_of_row(part));
            let who: Vec<String> = of_caller.into_iter().map(|part| words(part, model, entity)).collect();
            let who = if who.is_empty() { "anyone".to_owned() } else { who.join(" and ") };
            if of_row.is_empty() { who } else { format!("{who} {}", where_rows(&of_row, model, entity)) }
        }
        Predicate::Any(parts) => parts.iter().map(|part| words(part, model, entity)).collect::<Vec<_>>().join(", or "),
    }
}

/// Whether something is asked of rows alone, whoever calls.
fn is_of_row(predicate: &Predicate) -> bool {
    let asks_row = matches!(
        predicate,
        Predicate::Compare(..)
            | Predicate::Across(..)
            | Predicate::Null(_)
            | Predicate::Present(_)
            | Predicate::At(..)
            | Predicate::Some(..)
    );
    asks_row && !predicate.asks_caller()
}

/// Which rows a rule is about. Conditions that speak of private fields are not told.
fn where_rows(conditions: &[&Predicate], model: &Model, entity: &Entity) -> String {
    let told = conditions.iter().map(|predicate| condition(predicate, model, entity)).collect::<Option<Vec<_>>>();
    told.map_or("where a condition holds".to_owned(), |told| format!("where `{}`", told.join(" and ")))
}

fn wire(field: FieldId, entity: &Entity) -> String {
    property(field, entity.field(field)).wire
}

/// A condition on rows as the spec would write it, with the names of the API; `None` where it speaks of private fields.
fn condition(predicate: &Predicate, model: &Model, entity: &Entity) -> Option<String> {
    let shown = |field: &FieldId| (!entity.field(*field).private).then(|| wire(*field, entity));
    let join = |parts: &[Predicate], word: &str| {
        let parts = parts.iter().map(|part| condition(part, model, entity)).collect::<Option<Vec<_>>>()?;
        Some(parts.join(word))
    };
    match predicate {
        Predicate::Always | Predicate::Never | Predicate::SignedIn | Predicate::Role(_) => None,
        Predicate::Myself => Some("me".to_owned()),
        Predicate::Mine(field) => Some(format!("{} = me", shown(field)?)),
        Predicate::Another(field) => Some(format!("{} != me", shown(field)?)),
        Predicate::Null(field) => Some(format!("{} is null", shown(field)?)),
        Predicate::Present(field) => Some(format!("{} is not null", shown(field)?)),
        Predicate::Compare(field, comparison, operand) => {
            let value = match operand {
                Operand::Literal(literal) => {
                    let property = property(*field, entity.field(*field));
                    compact_json(&Stored::Literal(literal.clone()).wire(&property.value))
                }
                Operand::Field(other) => shown(other)?,
                Operand::Caller(of_caller) => {
                    let user = model.entity(model.auth.as_ref()?.user);
                    format!("me.{}", path_words(of_caller, model, user)?)
                }
            };
            Some(format!("{} {} {value}", shown(field)?, sign(*comparison)))
        }
        Predicate::Across(left, comparison, right) => {
            let [left, right] = [left, right].map(|path| path_words(path, model, entity));
            Some(format!("{} {} {}", left?, sign(*comparison), right?))
        }
        Predicate::At(field, inner) => {
            let to = entity.field(*field).reference()?.to;
            Some(format!("{} has ({})", shown(field)?, condition(inner, model, model.entity(to))?))
        }
        Predicate::Some(relation, inner) => {
            let (name, to, inner) = match *relation {
                Relation::InSet { field, entity } => (shown(&field)?, entity, inner.as_ref()),
                Relation::Referring { side, entity: of, .. } | Relation::Having { side, entity: of, .. } => {
                    across(entity.other_sides.get(side.0)?, of, inner, model)
                }
            };
            Some(format!("{name} has ({})", condition(inner, model, model.entity(to))?))
        }
        Predicate::All(parts) => join(parts, " and "),
        Predicate::Any(parts) => join(parts, " or "),
    }
}

/// A path with the names of the API; `None` where it leads over private fields.
fn path_words(path: &FieldPath, model: &Model, entity: &Entity) -> Option<String> {
    let mut at = entity;
    let mut words = Vec::new();
    for step in &path.references {
        let field = at.field(*step);
        words.push((!field.private).then(|| model.api.naming.wire(field.name.snake()))?);
        at = model.entity(field.reference()?.to);
    }
    words.push((!at.field(path.field).private).then(|| wire(path.field, at))?);
    Some(words.join("."))
}

/// What the rows of a relation are called, their entity, and what is said of them: a relation that reads across an
/// entity has the name of the rows behind that.
fn across<'p>(
    side: &OtherSide,
    between: EntityId,
    inner: &'p Predicate,
    model: &Model,
) -> (String, EntityId, &'p Predicate) {
    let naming = model.api.naming;
    let name = |side: &OtherSide| naming.wire(side.name.snake());
    match (side.by, inner) {
        (By::Through { there, .. }, Predicate::At(field, inner)) if *field == there => (name(side), side.entity, inner),
        (By::Through { .. }, _) => (naming.rows(&model.entity(between).name), between, inner),
        (By::Reference(_) | By::Many(_), _) => (name(side), between, inner),
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::contract::Verb;

    #[test]
    fn rows_and_callers_are_told_apart() {
        let text = "backsmith: 1\nname: a\nframework: express\nauth: { roles: staff }\nentities:\n  Note:\n    \
                    owner: author\n    fields: { author: User, state: draft | shown = draft }\n    \
                    access: { read: \"anyone when state = shown, staff\", update: owner when state = draft }\n";
        let (model, _) = crate::model::resolve(&crate::spec::read(text).spec.unwrap());
        let model = model.unwrap();
        let contract = crate::features::contract(&model);
        let note = model.named("Note").unwrap();
        let sentence = |verb| super::sentence(&model, &contract, contract.verb(note, verb).unwrap()).unwrap();
        let reads = "Allowed for anyone where `state = \"shown\"`, or users with the role staff.";
        assert_eq!([Verb::List, Verb::Get].map(sentence), [reads; 2]);
        assert_eq!(sentence(Verb::Patch), "Allowed for the user in `authorId` where `state = \"draft\"`.");
    }
}
