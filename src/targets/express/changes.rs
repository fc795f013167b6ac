//! What the body of a test changes, where not everybody may change what there is of a row.

use crate::contract::{Case, Input as Member, Source, Verb};

use super::access::kept;
use super::app::input_members;
use super::entity::Entity;
use super::field_tests::value_beside;
use super::fields::FieldRule;
use super::own::Own;
use super::rows;

/// What of a body has an effect on the row.
pub(super) enum Change {
    /// What everybody gives who may change the row.
    Usual,
    /// A field that its caller may write, with a value, beside what everybody gives.
    Granted { wire: String, value: String },
    /// Nothing: there is no field that its caller may write.
    None,
}

impl Change {
    /// What the caller of a case can change.
    pub(super) fn of(entity: &Entity, case: &Case, own: &Own) -> Self {
        if !matches!(case.verb, Verb::Put | Verb::Patch) || is_given(entity, case) {
            return Self::Usual;
        }
        let may = |rule: &FieldRule| rule.guard.permits(&case.caller, &case.row);
        // A whole body begins anew what it leaves out.
        if case.verb == Verb::Put && entity.begun_anew().any(|(rule, _)| may(rule)) {
            return Self::Usual;
        }
        let is_open = |member: &Member| {
            let Source::Field(id) = member.property.source else { return false };
            member.refers_to.is_none() && !case.row.says(id) && !own.tells(entity.id, id) && !entity.is_moved(member)
        };
        let mut granted = entity.guarded(&entity.resource.update).filter(|(rule, _)| may(rule));
        let member = granted.find_map(|(_, member)| is_open(member).then_some(member));
        member.map_or(Self::None, |member| Self::Granted {
            wire: member.property.wire.clone(),
            value: value_beside(entity, &case.row, member),
        })
    }
}

/// Whether there is no field that everybody gives who may change a row.
pub(super) fn is_all_guarded(entity: &Entity) -> bool {
    entity.has_update()
        && !entity.resource.update.iter().any(|member| entity.writer(member).is_none() && is_made_up(entity, member))
}

/// Whether the bodies of tests give a field without being told to.
fn is_made_up(entity: &Entity, member: &Member) -> bool {
    input_members(entity).any(|input| input.property.source == member.property.source)
}

/// Whether the body of a test gives a field of the row.
fn is_given(entity: &Entity, case: &Case) -> bool {
    let said = |member: &Member| matches!(member.property.source, Source::Field(id) if case.row.says(id));
    let mut free = entity.resource.update.iter().filter(|member| entity.writer(member).is_none());
    let left_out: Vec<_> = kept(entity, case).collect();
    let mut references = entity.guarded_references().map(|(id, _)| id);
    free.any(|member| is_made_up(entity, member) || said(member))
        || references.any(|id| rows::names(entity, case.verb, &case.row, id) && !left_out.contains(&id))
}
