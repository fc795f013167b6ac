//! What bodies refer to, and which rows belong to which.

use super::rules::refusal;
use super::{Context, LinksFunction};
use crate::contract::{Input as Member, Value, Verb};
use crate::model::EntityId;
use crate::targets::express::entity::Entity;
use crate::targets::express::included::{Links, links_to};

/// A reference in a body, and how the row that it names is looked for.
pub(in crate::targets::express) struct Reference {
    /// Whose row it names.
    pub to: EntityId,
    pub property: String,
    /// What the body may hold.
    pub ty: &'static str,
    /// The service to ask, with its point; nothing where that is the own one.
    pub service: String,
    pub arguments: &'static str,
}

impl Reference {
    /// The reference that a member of a body is, seen from the service of `from`.
    pub(in crate::targets::express) fn of(member: &Member, from: Option<EntityId>, all: &[Entity]) -> Option<Self> {
        let to = &all[member.refers_to?.0];
        (!is_set(member)).then(|| Self {
            to: to.id,
            property: member.property.wire.clone(),
            ty: if member.property.nullable { "string | null | undefined" } else { "string | undefined" },
            service: service_of(to, from),
            arguments: if to.find_asks_caller() { "caller, " } else { "" },
        })
    }
}

/// A set in a body, whose rows must be readable.
pub(in crate::targets::express) struct ReferredSet {
    /// Whose rows it names.
    pub to: EntityId,
    pub property: String,
    /// What the keys that were not in the set before are called.
    pub added: String,
    /// The service to ask, with its point; nothing where that is the own one.
    pub service: String,
    pub arguments: &'static str,
}

impl ReferredSet {
    /// The set that a member of a body of an entity is, seen from the service of `from`.
    pub(in crate::targets::express) fn of(
        member: &Member,
        entity: &Entity,
        from: Option<EntityId>,
        all: &[Entity],
    ) -> Option<Self> {
        let to = &all[member.refers_to?.0];
        let key = entity.keys().of(entity.spec, member.property.source);
        is_set(member).then(|| Self {
            to: to.id,
            added: format!("new{}", key.pascal()),
            property: key.property,
            service: service_of(to, from),
            arguments: if to.find_asks_caller() { "caller, " } else { "" },
        })
    }
}

/// The service of an entity with its point; nothing where that is the own one.
fn service_of(to: &Entity, from: Option<EntityId>) -> String {
    if Some(to.id) == from { String::new() } else { format!("{}Service.", to.names.camel) }
}

impl<'c> Context<'c, '_> {
    /// What bodies may refer to, each member once.
    pub(super) fn referring(self) -> Vec<&'c Member> {
        let entity = self.entity;
        let mut members: Vec<&Member> = Vec::new();
        let create = entity.has(Verb::Create).then_some(&entity.resource.create);
        let update = entity.has_update().then_some(&entity.resource.update);
        for member in create.into_iter().chain(update).flatten() {
            if member.refers_to.is_some() && members.iter().all(|known| known.property.wire != member.property.wire) {
                members.push(member);
            }
        }
        members
    }

    pub(super) fn sets(self) -> Vec<ReferredSet> {
        let from = Some(self.entity.id);
        let set = |member: &Member| ReferredSet::of(member, self.entity, from, self.all);
        self.referring().into_iter().filter_map(set).collect()
    }

    pub(super) fn references(self) -> Vec<Reference> {
        let members = self.referring().into_iter();
        members.filter_map(|member| Reference::of(member, Some(self.entity.id), self.all)).collect()
    }

    pub(super) fn links(self) -> Vec<LinksFunction> {
        let function = |links: Links| {
            let between = links.between(self.all);
            let entities = || std::iter::once(self.entity).chain(between);
            let asks = links.ask_caller(self.entity, self.all);
            let passes_on = entities().any(|entity| entity.get.before.asks_caller());
            let mut refusals: Vec<String> = entities().filter_map(refusal).collect();
            refusals.dedup();
            LinksFunction {
                doc: links.doc,
                name: links.function,
                parameters: format!("{}owners: string[]", if asks { "caller: Caller, " } else { "" }),
                arguments: format!("{}owners", if passes_on { "caller, " } else { "" }),
                refusal: Some(refusals.join(" || ")).filter(|refusal| !refusal.is_empty()),
            }
        };
        links_to(self.entity.id, self.all).into_iter().map(function).collect()
    }
}

pub(super) fn refers(members: &[Member]) -> bool {
    members.iter().any(|member| member.refers_to.is_some())
}

pub(super) fn is_set(member: &Member) -> bool {
    matches!(member.property.value, Value::Keys { .. })
}
