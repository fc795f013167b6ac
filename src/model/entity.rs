//! Entities, their fields and their relations.

use super::{Access, EntityName, Literal, Name, Operand, Origin, Owner, Range, Rule, Scalar, Test};
use crate::code::FreeText;

/// The place of an entity in its model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub usize);

/// The place of a field in its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub usize);

/// The place of a relation among the other sides of its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OtherSideId(pub usize);

/// One kind of row.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Its name in every case, singular and plural.
    pub name: EntityName,
    /// Whether its rows are the accounts of the login.
    pub kind: EntityKind,
    /// What people call one row.
    pub label: Option<FreeText>,
    /// What it is, in its author's words.
    pub description: Option<FreeText>,
    /// What a row stores, in the spec's order; `id` and the timestamps come by themselves and are not listed.
    pub fields: Vec<Field>,
    /// Relations that another entity stores.
    pub other_sides: Vec<OtherSide>,
    /// Sets of several fields of which no two rows have all values in common.
    pub unique: Vec<UniqueSet>,
    /// Fields that are looked up together.
    pub indexes: Vec<IndexSet>,
    /// The fields that a search looks into.
    pub search: Vec<FieldId>,
    /// Its table, where that is not called by the plural.
    pub table: Option<Name>,
    /// Whom a row belongs to.
    pub owner: Option<Owner>,
    /// What holds of every row.
    pub checks: Vec<RowCheck>,
    /// The fields that change only along arrows.
    pub transitions: Vec<Transitions>,
    /// Who may do what.
    pub access: Access,
    /// Where the entity is declared.
    pub origin: Origin,
}

/// Whether an entity's rows are the accounts of the login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityKind {
    /// An entity like any other.
    Ordinary,
    /// The accounts; `email`, `role` and the password come by themselves and are not listed as fields.
    User,
}

/// One stored value of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name as the spec writes it.
    pub name: Name,
    /// What clients call its value: `authorId`, where the field `author` is a reference.
    pub wire: String,
    /// What people call it.
    pub label: Option<FreeText>,
    /// What it is, in its author's words.
    pub description: Option<FreeText>,
    /// Its column, where that has another name.
    pub column: Option<Name>,
    /// The values it takes.
    pub ty: Type,
    /// Whether null is one of them.
    pub nullable: bool,
    /// Whether no two rows may have the same value.
    pub unique: bool,
    /// The value when a caller gives none.
    pub default: Option<Default>,
    /// Who may write it through the API.
    pub write: Write,
    /// Whom writing it is narrowed to, beside those who may write the row.
    pub write_rule: Option<Rule>,
    /// Whether nobody may read it through the API.
    pub private: bool,
    /// Whom reading it is narrowed to, beside those who may read the row.
    pub read_rule: Option<Rule>,
    /// Where it is declared.
    pub origin: Origin,
}

/// The values of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// One value.
    Scalar(Scalar),
    /// Several values of one kind; never null.
    List {
        /// Each value.
        item: Scalar,
        /// How many.
        count: Range<u32>,
    },
    /// A row of an entity.
    Reference(Reference),
    /// Rows of an entity, of which each may be among those of many rows.
    Many(Many),
}

/// A stored reference to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The entity referred to.
    pub to: EntityId,
    /// What happens here when that row is deleted.
    pub on_delete: DeleteRule,
}

/// A set of rows of an entity. It loses a row that is deleted, whatever the least number is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Many {
    /// The entity whose rows they are.
    pub to: EntityId,
    /// What one of them is called: `tag`, where the field is `tags`.
    pub one: Name,
    /// How many.
    pub count: Range<u32>,
}

/// Several fields of which no two rows have all values in common; a row with a null among them is like no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UniqueSet {
    /// The fields, at least two.
    pub fields: Vec<FieldId>,
    /// Where it is declared.
    pub origin: Origin,
}

/// Columns by which rows are looked up together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexSet {
    /// The columns in their order, at least one.
    pub keys: Vec<IndexKey>,
    /// Where it is declared.
    pub origin: Origin,
}

/// One column of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexKey {
    /// What is in the column.
    pub of: Indexed,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// What an index can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indexed {
    /// A field.
    Field(FieldId),
    /// When the row was made.
    CreatedAt,
    /// When it was last changed.
    UpdatedAt,
}

/// What happens to a row when the row it refers to is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeleteRule {
    /// The delete is refused.
    Restrict,
    /// This row goes too.
    Cascade,
    /// The reference becomes null.
    SetNull,
}

/// The value of a field that a caller leaves out.
#[derive(Debug, Clone, PartialEq)]
pub enum Default {
    /// A fixed value.
    Literal(Literal),
    /// The moment of writing, for `date`, `datetime` and `time`.
    Now,
    /// What the row that a reference names holds when this row is created.
    Copy {
        /// The reference.
        through: FieldId,
        /// The field of the entity referred to.
        field: FieldId,
    },
}

/// What holds of every row; a test of a null passes.
#[derive(Debug, Clone, PartialEq)]
pub struct RowCheck {
    /// All of these.
    pub tests: Vec<Test>,
    /// Where it is declared.
    pub origin: Origin,
}

impl RowCheck {
    /// The two references that must name different rows, where the check is about that.
    pub fn apart(&self, entity: &Entity) -> Option<(FieldId, FieldId)> {
        match self.tests.as_slice() {
            [Test::Compare { field, operands, .. }] if entity.field(*field).reference().is_some() => {
                let [Operand::Field(other)] = operands.as_slice() else { return None };
                Some((*field, *other))
            }
            _ => None,
        }
    }
}

/// How a field with a choice changes: it begins at its default.
#[derive(Debug, Clone, PartialEq)]
pub struct Transitions {
    /// The field.
    pub field: FieldId,
    /// The arrows, each pair of values once.
    pub moves: Vec<Move>,
}

/// One arrow.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The value before.
    pub from: String,
    /// The value after.
    pub to: String,
    /// Who may make it; without a grant only the server's own code.
    pub rule: Rule,
}

/// Who may write a field through the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// Whoever may write the row.
    Callers,
    /// Whoever may create the row, and nobody after.
    Once,
    /// Nobody: only the server's own code.
    Nobody,
}

/// Rows that another entity relates to this one; stores nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherSide {
    /// Its name on this side.
    pub name: Name,
    /// The entity of the rows on the other side.
    pub entity: EntityId,
    /// How those rows are found.
    pub by: By,
    /// Whether there may be several rows.
    pub many: bool,
    /// Where it is declared.
    pub origin: Origin,
}

/// How the rows of another side are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// This field of theirs refers here.
    Reference(FieldId),
    /// This field of theirs has rows from here.
    Many(FieldId),
    /// Rows of a third entity refer to both.
    Through {
        /// The third entity.
        entity: EntityId,
        /// Its field that refers here.
        here: FieldId,
        /// Its field that refers there.
        there: FieldId,
    },
}

impl Entity {
    /// What its table is called.
    pub fn table_name(&self) -> String {
        self.table.as_ref().map_or_else(|| self.name.plural_snake(), |table| table.snake().to_owned())
    }

    /// The field of an id that this entity gave out.
    pub fn field(&self, id: FieldId) -> &Field {
        &self.fields[id.0]
    }

    /// The field of a row that holds its owner, where it is one of its own.
    pub fn owner_field(&self) -> Option<FieldId> {
        match self.owner {
            Some(Owner::Field(field)) => Some(field),
            Some(Owner::Through { .. } | Owner::Oneself) | None => None,
        }
    }

    /// How a field changes, where it does so only along arrows.
    pub fn moves(&self, field: FieldId) -> Option<&Transitions> {
        self.transitions.iter().find(|transitions| transitions.field == field)
    }

    /// The pairs of references that must name different rows.
    pub fn apart(&self) -> impl Iterator<Item = (FieldId, FieldId)> {
        self.checks.iter().filter_map(|check| check.apart(self))
    }

    /// Whether a reference must name another row than a second one.
    pub fn is_apart(&self, field: FieldId) -> bool {
        self.apart().any(|(one, other)| field == one || field == other)
    }

    /// Whether a reference must name another row than the owner, or than a reference that stands before it in a check.
    pub fn is_somebody_else(&self, field: FieldId) -> bool {
        let owner = self.owner_field();
        self.apart().any(|(one, other)| other == field && owner != Some(field) || one == field && owner == Some(other))
    }

    /// Whether somebody may say what a field of a new row holds.
    pub fn may_be_given(&self, field: FieldId) -> bool {
        self.field(field).write != Write::Nobody && self.moves(field).is_none()
    }

    /// Every field with its id, in order.
    pub fn fields(&self) -> impl Iterator<Item = (FieldId, &Field)> {
        self.fields.iter().enumerate().map(|(index, field)| (FieldId(index), field))
    }
}

impl Type {
    /// What the value of a field of that name is called: `author_id`, where the field `author` is a reference.
    pub fn key(&self, name: &Name) -> String {
        match self {
            Self::Reference(_) => format!("{name}_id"),
            Self::Many(many) => format!("{}_ids", many.one),
            Self::Scalar(_) | Self::List { .. } => name.snake().to_owned(),
        }
    }
}

impl Field {
    /// What its value is called.
    pub fn key(&self) -> String {
        self.ty.key(&self.name)
    }

    /// The reference and the field behind it whose value is copied when a row is created.
    pub fn copied(&self) -> Option<(FieldId, FieldId)> {
        match self.default {
            Some(Default::Copy { through, field }) => Some((through, field)),
            _ => None,
        }
    }

    /// Whether a new row gets the moment at which it is made there, where not everybody may say another.
    pub fn is_told_by_clock(&self) -> bool {
        let is_said = self.write != Write::Nobody && !self.private && self.write_rule.is_none();
        self.default == Some(Default::Now) && !is_said
    }

    /// The name of its column, before dialects have their say.
    pub fn column(&self) -> String {
        match (&self.column, self.reference()) {
            (Some(column), _) => column.snake().to_owned(),
            (None, Some(_)) => format!("{}_id", self.name),
            (None, None) => self.name.snake().to_owned(),
        }
    }

    /// The reference, where the field is one.
    pub fn reference(&self) -> Option<&Reference> {
        match &self.ty {
            Type::Reference(reference) => Some(reference),
            Type::Scalar(_) | Type::List { .. } | Type::Many(_) => None,
        }
    }

    /// The entity whose rows it refers to, one or several.
    pub fn refers_to(&self) -> Option<EntityId> {
        self.reference().map(|reference| reference.to).or(self.many().map(|many| many.to))
    }

    /// Whether it holds several values, and may hold none of them.
    pub fn may_be_empty(&self) -> bool {
        match &self.ty {
            Type::List { count, .. } | Type::Many(Many { count, .. }) => count.min == 0,
            Type::Scalar(_) | Type::Reference(_) => false,
        }
    }

    /// The set of rows, where the field is one.
    pub fn many(&self) -> Option<&Many> {
        match &self.ty {
            Type::Many(many) => Some(many),
            Type::Scalar(_) | Type::List { .. } | Type::Reference(_) => None,
        }
    }
}
