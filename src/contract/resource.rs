//! The shape of an entity's rows on the wire.

use crate::memo::OfEntity;
use crate::model::{EntityId, FieldId, Range, Scalar};

use super::{Admission, Filter, Include};

/// An entity as the API shows and takes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// The entity.
    pub entity: EntityId,
    /// The path of its rows.
    pub path: String,
    /// What every answer with a row holds, in order.
    pub row: Vec<Property>,
    /// What a body of `POST` may hold.
    pub create: Vec<Input>,
    /// What a body of `PUT` or `PATCH` may hold; `PATCH` requires none of it.
    pub update: Vec<Input>,
    /// The query parameters that narrow a list.
    pub filters: Vec<Filter>,
    /// The properties that order a list.
    pub sorts: Vec<Property>,
    /// What `q` looks into; without any there is no `q`.
    pub search: Vec<Source>,
    /// Whether rows that refer to one, or to one that would go with it, can forbid its deletion.
    pub held: bool,
    /// What `include` can ask for; without any there is no `include`.
    pub includes: Vec<Include>,
}

impl Resource {
    /// Whether related rows can be asked for beside a row.
    pub fn has_included(&self) -> bool {
        !self.includes.is_empty()
    }
}

/// Where a value on the wire is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The row's key.
    Id,
    /// A field of the entity.
    Field(FieldId),
    /// The account's address.
    Email,
    /// The account's role.
    Role,
    /// When the row was created.
    CreatedAt,
    /// When the row was last changed.
    UpdatedAt,
}

/// The values of a property.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// One value.
    One(Scalar),
    /// Several.
    Many {
        /// Each.
        item: Scalar,
        /// How many.
        count: Range<u32>,
    },
    /// The keys of several rows, each once.
    Keys {
        /// How many.
        count: Range<u32>,
    },
}

impl Value {
    /// The kind of each single value.
    pub fn scalar(&self) -> &Scalar {
        match self {
            Self::One(scalar) | Self::Many { item: scalar, .. } => scalar,
            Self::Keys { .. } => &Scalar::Uuid,
        }
    }
}

/// A member of a row's JSON object.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Its name on the wire.
    pub wire: String,
    /// Where it is stored.
    pub source: Source,
    /// Its values.
    pub value: Value,
    /// Whether null is one of them.
    pub nullable: bool,
}

/// A member of a body's JSON object.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// What is written.
    pub property: Property,
    /// Whether `POST` and `PUT` need it.
    pub required: bool,
    /// The entity that the value names a row of.
    pub refers_to: Option<EntityId>,
    /// Who may give it whatever the row is; others get 403, unless a rule on the field permits it of that row.
    pub write: Admission,
}

impl OfEntity for Resource {
    fn entity(&self, _: usize) -> Option<usize> {
        Some(self.entity.0)
    }
}
