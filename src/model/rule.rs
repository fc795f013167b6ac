//! Who may do what.

use super::{EntityId, FieldId, Literal, Name, Origin, OtherSideId};

/// The place of a role among the roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(pub usize);

/// A role a user can have.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Its name, on the wire as well.
    pub name: Name,
    /// The roles whose rights it has too, itself among them, in order.
    pub includes: Vec<RoleId>,
}

/// All roles, in the spec's order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Roles(Vec<Role>);

impl Roles {
    /// No roles.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Roles with their chains already followed to the end.
    pub fn new(roles: Vec<Role>) -> Self {
        Self(roles)
    }

    /// Every role, in order.
    pub fn all(&self) -> &[Role] {
        &self.0
    }

    /// The role of an id that these roles gave out.
    pub fn get(&self, id: RoleId) -> &Role {
        &self.0[id.0]
    }

    /// The roles that have the rights of `id`: itself and those above it, in order.
    pub fn having(&self, id: RoleId) -> impl Iterator<Item = RoleId> {
        self.0.iter().enumerate().filter(move |(_, role)| role.includes.contains(&id)).map(|(index, _)| RoleId(index))
    }
}

/// What an access rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessOperation {
    /// Many rows.
    List,
    /// One row.
    Get,
    /// A new row.
    Create,
    /// A changed row, in part or whole.
    Update,
    /// A row less.
    Delete,
}

impl AccessOperation {
    /// All of them, in the order of documentation.
    pub const ALL: [Self; 5] = [Self::List, Self::Get, Self::Create, Self::Update, Self::Delete];

    /// The word of the spec.
    pub const fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Get => "get",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}

/// The rule of each operation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Access {
    /// Who may list rows.
    pub list: Rule,
    /// Who may get a row.
    pub get: Rule,
    /// Who may create a row.
    pub create: Rule,
    /// Who may change a row.
    pub update: Rule,
    /// Who may delete a row.
    pub delete: Rule,
}

impl Access {
    /// The rule of one operation.
    pub fn rule(&self, operation: AccessOperation) -> &Rule {
        match operation {
            AccessOperation::List => &self.list,
            AccessOperation::Get => &self.get,
            AccessOperation::Create => &self.create,
            AccessOperation::Update => &self.update,
            AccessOperation::Delete => &self.delete,
        }
    }
}

/// Any of its grants suffices; without a grant the operation does not exist.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rule {
    /// The grants, in the spec's order.
    pub grants: Vec<Grant>,
    /// The line of the spec that says so.
    pub origin: Origin,
}

/// One way to be allowed.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    /// Who.
    pub who: Who,
    /// All of these must hold of the row.
    pub when: Vec<Test>,
}

/// Whom a grant speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody, without a login too.
    Anyone,
    /// Every user.
    SignedIn,
    /// The user the row belongs to.
    Owner,
    /// Users with this role, or one that includes it.
    Role(RoleId),
}

/// A test of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// `status = draft | on_sale`
    Compare {
        /// The field of the row.
        field: FieldId,
        /// How it is compared.
        comparison: Comparison,
        /// With what; with several, any of them suffices (for `NotEqual`: it must be none of them).
        operands: Vec<Operand>,
    },
    /// `event.starts_at > starts_at`, `order.customer = book.author`: what is compared stands in other rows than the row
    /// itself, or in more than one.
    Across {
        /// What is compared.
        path: FieldPath,
        /// How; as in `Compare`, any of what follows suffices.
        comparison: Comparison,
        /// The fields that it is compared with, from the same row as the path.
        others: Vec<FieldPath>,
        /// What else it is compared with, as the row at the end of the path would be.
        operands: Vec<Operand>,
    },
    /// `reviewer is null`, `reviewer is not null`
    IsNull {
        /// The field of the row.
        field: FieldId,
        /// Whether null is refused.
        negated: bool,
    },
    /// `order.status = cart`: the row that the reference names passes the test; where it names none, the test fails.
    At(FieldId, Box<Test>),
    /// `memberships has (user = me and role = lead)`: one of the related rows passes all these tests.
    Has(Relation, Vec<Test>),
    /// The row itself is the calling user, as in `members has me`.
    IsMe,
}

/// Rows that belong to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Those that refer to it.
    Referring {
        /// The other side of the reference, or a relation that reads across it.
        side: OtherSideId,
        /// Their entity.
        entity: EntityId,
        /// Their reference.
        by: FieldId,
    },
    /// Those in one of its sets.
    InSet {
        /// The set.
        field: FieldId,
        /// Their entity.
        entity: EntityId,
    },
    /// Those that have it in one of their sets.
    Having {
        /// The other side of the set.
        side: OtherSideId,
        /// Their entity.
        entity: EntityId,
        /// Their set.
        by: FieldId,
    },
}

impl Relation {
    /// The entity of the rows.
    pub const fn entity(self) -> EntityId {
        match self {
            Self::Referring { entity, .. } | Self::InSet { entity, .. } | Self::Having { entity, .. } => entity,
        }
    }

    /// The same relation seen from the rows that it leads to, where the rows of `from` have it.
    pub fn is_inverse_of(self, other: Self, from: EntityId) -> bool {
        match (self, other) {
            (Self::Having { entity, by, .. }, Self::InSet { field, .. }) => entity == from && by == field,
            (Self::InSet { field, .. }, Self::Having { by, .. }) => field == by,
            _ => false,
        }
    }
}

/// How a field is compared; a test on null is false.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// Whether it asks only whether two values are the same, and not which is the greater one.
    pub fn is_equality(self) -> bool {
        matches!(self, Self::Equal | Self::NotEqual)
    }
}

/// What a field is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A fixed value of the field's type.
    Literal(Literal),
    /// Another field of the same row.
    Field(FieldId),
    /// The calling user.
    Me,
    /// A field of the calling user, or of a row that the user's references lead to.
    OfMe(FieldPath),
}

/// A field of a row, or of one that references lead to from there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath {
    /// The references on the way; none for a field of the row itself.
    pub references: Vec<FieldId>,
    /// The field of the last row.
    pub field: FieldId,
}

impl FieldPath {
    /// A field of the row itself.
    pub const fn own(field: FieldId) -> Self {
        Self { references: Vec::new(), field }
    }

    /// Whether it leads to another row.
    pub const fn leads_on(&self) -> bool {
        !self.references.is_empty()
    }

    /// The field of the row itself that the path is or begins with.
    pub fn begin(&self) -> FieldId {
        self.references.first().copied().unwrap_or(self.field)
    }

    /// The path to the reference that names the row which has the field at the end; `None` for a field of the row itself.
    pub fn to_row(&self) -> Option<Self> {
        let (last, references) = self.references.split_last()?;
        Some(Self { references: references.to_vec(), field: *last })
    }

    /// The path to a field of the row that the reference at the end names.
    #[must_use]
    pub fn then(&self, field: FieldId) -> Self {
        Self { references: [self.references.as_slice(), &[self.field]].concat(), field }
    }

    /// The first reference, and the path from the row that it names; `None` for a field of the row itself.
    pub fn step(&self) -> Option<(FieldId, Self)> {
        let (first, rest) = self.references.split_first()?;
        Some((*first, Self { references: rest.to_vec(), field: self.field }))
    }
}

/// Whom a row belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// The user that a field refers to.
    Field(FieldId),
    /// The user whom the row at the end of these references belongs to, by that row's field.
    Through {
        /// The references on the way, never empty.
        references: Vec<FieldId>,
        /// The field of the last row that refers to a user.
        field: FieldId,
    },
    /// Itself, for an account.
    Oneself,
}
