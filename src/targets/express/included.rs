//! Relations whose rows come along with others, as code finds them.

use crate::contract::{Along, Include, Verb};
use crate::model::{By, EntityId, Name};

use super::entity::Entity;
use super::names::field_property;

/// How the rows of a relation are found.
pub(super) enum Way {
    /// A property of the row names one of them.
    Named {
        /// The property: `authorId`.
        property: String,
        /// Whether it may be null.
        nullable: bool,
    },
    /// It takes a query to tell which row belongs to which.
    Linked(Links),
}

/// Which rows of an entity belong to which rows that have them.
pub(super) struct Links {
    /// The function that tells: `linksOfBookReviews`.
    pub function: String,
    /// What the rows are to those that have them, in words.
    pub doc: String,
    pub place: Place,
}

/// Where it is stored which row belongs to which.
pub(super) enum Place {
    /// In this property of the rows themselves.
    Own(String),
    /// In a table of its own.
    Set {
        table: String,
        stem: String,
        /// The properties with the row that has and with the row that is had.
        owner: String,
        id: String,
    },
    /// In the rows of an entity between the two.
    Between { entity: EntityId, owner: String, id: String },
}

/// The relations whose rows can be asked for along with an entity's.
pub(super) fn relations<'e>(entity: &'e Entity) -> &'e [Include] {
    let is_read = entity.has(Verb::List) || entity.has(Verb::Get);
    if is_read { &entity.resource.includes } else { &[] }
}

/// How the rows of a relation are found.
pub(super) fn way(from: &Entity, include: &Include, all: &[Entity]) -> Option<Way> {
    let linked = |place| {
        let name = &from.spec.name;
        let (owners, words) = (name.plural_kebab().replace('-', " "), include.wire.as_str());
        let relation = match include.along {
            Along::Field(field) => Some(&from.spec.field(field).name),
            Along::Side(side) => from.spec.other_sides.get(side.0).map(|side| &side.name),
        };
        Way::Linked(Links {
            function: format!("linksOf{}{}", name.pascal(), relation.map(Name::pascal).unwrap_or_default()),
            doc: format!("The newest `{words}` of {owners} that the caller may read: which belongs to which."),
            place,
        })
    };
    let set_of = |entity: &Entity, field, turned: bool| {
        let set = entity.sets.iter().find(|set| set.field == field)?;
        let (owner, id) = if turned { (&set.key, &set.owner) } else { (&set.owner, &set.key) };
        let (table, stem) = (set.table.clone(), set.stem.clone());
        Some(linked(Place::Set { table, stem, owner: owner.property.clone(), id: id.property.clone() }))
    };
    let side = match include.along {
        Along::Field(field) => {
            let declared = from.spec.field(field);
            return match declared.many() {
                Some(_) => set_of(from, field, false),
                None => Some(Way::Named { property: field_property(declared), nullable: declared.nullable }),
            };
        }
        Along::Side(side) => from.spec.other_sides.get(side.0)?,
    };
    let there = &all[side.entity.0];
    match side.by {
        By::Reference(field) => Some(linked(Place::Own(field_property(there.spec.field(field))))),
        By::Many(field) => set_of(there, field, true),
        By::Through { entity, here, there } => {
            let between = all[entity.0].spec;
            let (owner, id) = (field_property(between.field(here)), field_property(between.field(there)));
            Some(linked(Place::Between { entity, owner, id }))
        }
    }
}

/// Which rows of an entity belong to which, for every relation that leads to it.
pub(super) fn links_to(to: EntityId, all: &[Entity]) -> Vec<Links> {
    let linked = |(from, index): &(EntityId, usize)| {
        let from = &all[from.0];
        match way(from, relations(from).get(*index)?, all)? {
            Way::Linked(links) => Some(links),
            Way::Named { .. } => None,
        }
    };
    all[to.0].others.include_it.iter().filter_map(linked).collect()
}

/// Whether it depends on the caller which row belongs to which.
pub(super) fn links_ask_caller(from: &Entity, include: &Include, all: &[Entity]) -> bool {
    match way(from, include, all) {
        Some(Way::Linked(links)) => links.ask_caller(&all[include.to.0], all),
        Some(Way::Named { .. }) | None => false,
    }
}

impl Links {
    /// Whether it depends on the caller which of these rows belong to others.
    pub(super) fn ask_caller(&self, to: &Entity, all: &[Entity]) -> bool {
        to.find_asks_caller() || self.between(all).is_some_and(Entity::find_asks_caller)
    }

    /// The entity between the two.
    pub(super) fn between<'e, 'a>(&self, all: &'e [Entity<'a>]) -> Option<&'e Entity<'a>> {
        match self.place {
            Place::Between { entity, .. } => all.get(entity.0),
            Place::Own(_) | Place::Set { .. } => None,
        }
    }
}
