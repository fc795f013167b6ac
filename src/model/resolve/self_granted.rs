//! What users say of themselves is nothing to grant them rights by.

use crate::model::{
    Access, AccessOperation, EntityId, EntityKind, Field, FieldId, Operand, Relation, Rule, Test, Transitions, Who,
    Write,
};
use crate::spec::{Code, Diagnostic};

use super::{Problems, field_rules::FieldRules, fields::Draft, scope::Scope};

/// All rules, by the place of their entity.
pub(super) struct Granted<'r> {
    pub(super) access: &'r [Option<Access>],
    pub(super) fields: &'r [Vec<FieldRules>],
    pub(super) moves: &'r [Vec<Transitions>],
}

/// Warns of fields that every user may choose for oneself where rules go by them.
pub(super) fn warn_of_choices(scope: &Scope<'_>, drafts: &[Draft<'_>], granted: &Granted, problems: &mut Problems) {
    let Some(user) = scope.entities.iter().position(|entity| entity.kind == EntityKind::User) else { return };
    let written = scope.entities[user].written.and_then(|entity| entity.fields.value());
    let asked: Vec<(EntityId, Vec<FieldId>)> =
        (0..drafts.len()).map(|id| (EntityId(id), granted.asked_of_caller(EntityId(id), EntityId(user)))).collect();
    for (index, field) in drafts[user].fields.iter().enumerate() {
        let id = FieldId(index);
        let written = written.and_then(|fields| fields.iter().find(|written| written.name.value == field.name.snake()));
        let by = asked.iter().find(|(_, fields)| fields.contains(&id));
        let (Some(written), Some((entity, _)), true) = (written, by, granted.is_chosen(EntityId(user), id, field))
        else {
            continue;
        };
        let (name, entity) = (&written.name.value, scope.declared(*entity).called());
        let message = format!("Every user chooses their own `{name}`, and rules of `{entity}` go by it.");
        let beginning = if field.many().is_some() { "no rows" } else { "`?` or a default" };
        let instead = match scope.login.role_names().first() {
            Some(role) => format!("let a role give it, `write({role})`, with {beginning} to begin with"),
            None => format!("make it `readonly`, with {beginning}, so that only own code gives it"),
        };
        problems.push(
            Diagnostic::warning(Code::SelfGranted, written.name.span, message)
                .help(format!("If not every choice is fine, {instead}.")),
        );
    }
}

impl Granted<'_> {
    /// The fields of callers that rules of an entity look at.
    fn asked_of_caller(&self, entity: EntityId, user: EntityId) -> Vec<FieldId> {
        let tests = self.rules(entity).flat_map(|rule| &rule.grants).flat_map(|grant| &grant.when);
        tests.flat_map(|test| of_caller(test, user)).collect()
    }

    fn rules(&self, entity: EntityId) -> impl Iterator<Item = &Rule> {
        let access = self.access[entity.0].iter();
        let of_rows = access.flat_map(|access| AccessOperation::ALL.map(|operation| access.rule(operation)));
        let of_fields = self.fields[entity.0].iter().flat_map(|rules| rules.read.iter().chain(&rules.write));
        let of_moves = self.moves[entity.0].iter().flat_map(|moves| &moves.moves).map(|arrow| &arrow.rule);
        of_rows.chain(of_fields).chain(of_moves)
    }

    /// Whether every user may give a field of oneself any value, when registering or later.
    fn is_chosen(&self, user: EntityId, id: FieldId, field: &Field) -> bool {
        let is_told = field.write != Write::Nobody && !field.private;
        let moves = self.moves[user.0].iter().any(|moves| moves.field == id);
        let rule = self.fields[user.0].iter().find(|rules| rules.field == id).and_then(|rules| rules.write.as_ref());
        let is_open =
            |rule: &Rule| rule.grants.iter().any(|grant| !matches!(grant.who, Who::Role(_)) && grant.when.is_empty());
        is_told && !moves && rule.is_none_or(is_open)
    }
}

/// The fields of the caller that a test looks at: those it compares with or that lead there, and the references by which
/// it counts the caller among the rows that are related to another.
fn of_caller(test: &Test, user: EntityId) -> Vec<FieldId> {
    match test {
        Test::Compare { operands, .. } | Test::Across { operands, .. } => {
            let of_me = |operand: &Operand| if let Operand::OfMe(path) = operand { Some(path.begin()) } else { None };
            operands.iter().filter_map(of_me).collect()
        }
        Test::At(_, inner) => of_caller(inner, user),
        Test::Has(relation, tests) => {
            let by = match relation {
                Relation::Referring { entity, by, .. } | Relation::Having { entity, by, .. }
                    if *entity == user && tests.contains(&Test::IsMe) =>
                {
                    Some(*by)
                }
                Relation::Referring { .. } | Relation::InSet { .. } | Relation::Having { .. } => None,
            };
            by.into_iter().chain(tests.iter().flat_map(|test| of_caller(test, user))).collect()
        }
        Test::IsNull { .. } | Test::IsMe => Vec::new(),
    }
}
