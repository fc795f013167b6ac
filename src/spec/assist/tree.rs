//! Where in the tree a place is, and what the language expects there.

use super::super::{
    span::Span,
    vocabulary::{Place, Takes},
    yaml::{Map, Node, Scalar},
};

/// What the language expects at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A map whose keys are words of the language.
    Words(Place),
    /// Entities by name.
    Entities,
    /// Fields by name.
    Fields,
    /// One field, on a line or as a map.
    Field,
    /// Moves by field.
    Transitions,
    /// Rules by move.
    Moves,
    /// What stands after a word.
    Value(Takes),
}

impl Slot {
    fn of(takes: Takes) -> Self {
        match takes {
            Takes::Map(place) => Self::Words(place),
            Takes::Entities => Self::Entities,
            Takes::Fields => Self::Fields,
            Takes::Transitions => Self::Transitions,
            other => Self::Value(other),
        }
    }

    /// What the keys of a map at this node are.
    pub(super) fn keys(self) -> Self {
        if self == Self::Field { Self::Words(Place::FieldMap) } else { self }
    }

    /// What stands under one key of a map at this node.
    fn below(self, key: &str) -> Option<Self> {
        match self.keys() {
            Self::Words(place) => place.find(key).map(|word| Self::of(word.takes)),
            Self::Entities => Some(Self::Words(Place::Entity)),
            Self::Fields => Some(Self::Field),
            Self::Transitions => Some(Self::Moves),
            Self::Moves => Some(Self::Value(Takes::Rule)),
            Self::Field | Self::Value(_) => None,
        }
    }
}

/// A key or a piece of text, and what surrounds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'n> {
    /// The text.
    pub(super) scalar: &'n Scalar,
    /// What the language expects there; for a key, of the map that it is a key of.
    pub(super) slot: Slot,
    /// The map, if the text is a key.
    pub(super) key_of: Option<&'n Map>,
    /// The entity around it.
    pub(super) entity: Option<&'n str>,
    /// The field around it.
    pub(super) field: Option<&'n str>,
}

/// The text at an offset.
pub(super) fn find(root: &Node, offset: usize) -> Option<Spot<'_>> {
    Search { offset, entity: None, field: None }.node(root, Slot::Words(Place::Top))
}

#[derive(Clone, Copy)]
struct Search<'n> {
    offset: usize,
    entity: Option<&'n str>,
    field: Option<&'n str>,
}

impl<'n> Search<'n> {
    fn node(self, node: &'n Node, slot: Slot) -> Option<Spot<'n>> {
        match node {
            Node::Scalar(scalar) => self.touches(scalar.span).then(|| self.spot(scalar, slot, None)),
            Node::List(list) => list.items.iter().find_map(|item| self.node(item, slot)),
            Node::Map(map) => self.map(map, slot),
            Node::Hole(_) => None,
        }
    }

    fn map(self, map: &'n Map, slot: Slot) -> Option<Spot<'n>> {
        map.entries.iter().find_map(|entry| {
            if self.touches(entry.key.span) {
                return Some(self.spot(&entry.key, slot.keys(), Some(map)));
            }
            let name = entry.key.text.as_str();
            let inner = match slot {
                Slot::Entities => Self { entity: Some(name), ..self },
                Slot::Fields | Slot::Transitions => Self { field: Some(name), ..self },
                _ => self,
            };
            inner.node(&entry.value, slot.below(name)?)
        })
    }

    fn touches(self, span: Span) -> bool {
        span.start <= self.offset && self.offset <= span.end
    }

    fn spot(self, scalar: &'n Scalar, slot: Slot, key_of: Option<&'n Map>) -> Spot<'n> {
        Spot { scalar, slot, key_of, entity: self.entity, field: self.field }
    }
}
