//! From what was written to what it means. Every name, type, relation, rule and default is checked, and all
//! problems are reported at once; one mistake is one problem, so what could not be understood is passed over in
//! silence wherever else it is used.

mod access;
mod across;
mod api;
mod bounds;
mod checks;
mod copies;
mod defaults;
mod field_rules;
mod fields;
mod first_user;
mod forms;
mod joins;
mod literals;
mod login;
mod moves;
mod names;
mod operands;
mod opposed;
mod owner;
mod references;
mod relations;
mod scalars;
mod scope;
mod self_granted;
mod sets;
mod tests_of_rows;

#[cfg(test)]
mod tests;

use crate::code::{FreeText, Slug};
use crate::spec::Diagnostic;
use crate::spec::ast::{Given, Spec};

use super::{Access, Api, Entity, EntityId, EntityKind, Model, OtherSide, RowCheck, Transitions};
use fields::Draft;
use login::Login;
use owner::Owner;
use scope::Scope;
use sets::Sets;
use tests_of_rows::Entities;

type Problems = Vec<Diagnostic>;

/// Something could not be understood; the problem is reported already.
struct Reported;

/// The model of a spec, unless it has errors; and all problems, in the order of the text.
pub fn resolve(spec: &Spec) -> (Option<Model>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let login = login::login(&spec.auth, &mut problems);
    let scope = Scope::new(spec, &login, &mut problems);
    let mut drafts: Vec<Draft<'_>> =
        scope.entities.iter().map(|entity| fields::draft(entity, &scope, &mut problems)).collect();
    copies::resolve(&mut drafts, &scope, &mut problems);
    let sides = relations::other_sides(&scope, &drafts, &mut problems);
    let sets: Vec<Sets> = scope
        .entities
        .iter()
        .zip(&drafts)
        .map(|(entity, draft)| sets::sets(entity, draft, &scope, &mut problems))
        .collect();
    joins::refuse_collisions(&scope, &drafts, &mut problems);
    relations::refuse_circles(&scope, &drafts, &mut problems);
    let ids = || (0..drafts.len()).map(EntityId);
    let owners: Vec<Owner> = ids().map(|id| owner::owner(id, &drafts, &scope, &mut problems)).collect();
    relations::warn_of_cascades(&scope, &drafts, &owners, &mut problems);
    let all = Entities { scope: &scope, drafts: &drafts, sides: &sides };
    let rules: Vec<Option<Access>> =
        ids().zip(&owners).map(|(id, owner)| access::access(id, owner, all, &mut problems)).collect();
    first_user::refuse_needs(&scope, &drafts, &rules, &mut problems);
    let narrowed: Vec<_> =
        ids().zip(&owners).map(|(id, owner)| field_rules::field_rules(id, owner, all, &mut problems)).collect();
    let moves: Vec<_> =
        ids().zip(&owners).map(|(id, owner)| moves::transitions(id, owner, all, &mut problems)).collect();
    let granted = self_granted::Granted { access: &rules, fields: &narrowed, moves: &moves };
    self_granted::warn_of_choices(&scope, &drafts, &granted, &mut problems);
    let checks: Vec<_> = ids().map(|id| checks::checks(id, all, &mut problems)).collect();
    let drafts = drafts.into_iter().zip(narrowed).map(|(draft, rules)| draft.narrowed(rules)).collect();
    let api = api::api(&spec.api, !login.is_absent(), &mut problems);
    let model = model(spec, &login, &scope, drafts, sides.into_iter().zip(sets).collect(), owners, rules)
        .map(|model| with_changes(Model { api, ..model }, moves, checks))
        .filter(|_| !problems.iter().any(Diagnostic::is_error));
    (model, crate::spec::in_order(problems))
}

/// The parts put together, for an API of which nothing is said; `None` where one of them is missing.
fn model(
    spec: &Spec,
    login: &Login<'_>,
    scope: &Scope<'_>,
    drafts: Vec<Draft<'_>>,
    sides: Vec<(Vec<OtherSide>, Sets)>,
    owners: Vec<Owner>,
    rules: Vec<Option<Access>>,
) -> Option<Model> {
    let parts = drafts.into_iter().zip(sides).zip(owners.into_iter().zip(rules));
    let entities =
        scope.entities.iter().zip(parts).map(|(declared, ((draft, (other_sides, sets)), (owner, access)))| {
            Some(access::without_idle_update(Entity {
                name: declared.name.clone()?,
                kind: declared.kind,
                label: declared.written.and_then(|entity| text(&entity.label)),
                description: declared.written.and_then(|entity| text(&entity.description)),
                fields: draft.fields,
                other_sides,
                unique: sets.unique,
                indexes: sets.indexes,
                search: sets.search,
                table: declared.table.clone(),
                owner: owner.known(),
                checks: Vec::new(),
                transitions: Vec::new(),
                access: access?,
                origin: declared.written.map(|entity| scope.line(entity.name.span)),
            }))
        });
    let entities: Vec<Entity> = entities.collect::<Option<_>>()?;
    let user = scope.entities.iter().position(|entity| entity.kind == EntityKind::User);
    Some(Model {
        name: spec.name.value().and_then(|name| Slug::new(&name.value))?,
        description: text(&spec.description),
        auth: user.and_then(|user| login.auth(EntityId(user))),
        api: Api::default(),
        entities: entities.into(),
        lines: scope.lines(),
    })
}

/// The same with what holds of changes and of their results.
fn with_changes(mut model: Model, moves: Vec<Vec<Transitions>>, checks: Vec<Vec<RowCheck>>) -> Model {
    for (entity, (transitions, checks)) in model.entities.iter_mut().zip(moves.into_iter().zip(checks)) {
        (entity.transitions, entity.checks) = (transitions, checks);
    }
    model
}

fn text(given: &Given<crate::spec::ast::Word>) -> Option<FreeText> {
    given.value().map(|word| FreeText::new(word.value.clone()))
}
