//! What a spec means: entities, fields, relations and access rules, with every name, type and default resolved.
//!
//! Nothing here knows how a spec is written down or which framework it is generated for.

mod api;
mod entity;
mod line;
mod names;
mod naming;
pub mod pattern;
mod resolve;
mod rule;
mod value;

pub use api::{Api, Docs};
pub use entity::{
    By, Default, DeleteRule, Entity, EntityId, EntityKind, Field, FieldId, IndexKey, IndexSet, Indexed, Many, Move,
    OtherSide, OtherSideId, Reference, RowCheck, Transitions, Type, UniqueSet, Write,
};
pub use line::{EntityLines, Line, Origin};
pub use names::{EntityName, Name};
pub use naming::Naming;
pub use pattern::Pattern;
pub use resolve::resolve;
pub use rule::{
    Access, AccessOperation, Comparison, FieldPath, Grant, Operand, Owner, Relation, Role, RoleId, Roles, Rule, Test,
    Who,
};
pub use value::{Bound, Bounds, DateTime, Form, Interval, Literal, Range, Scalar};

use crate::code::{FreeText, Slug};
use crate::memo::{Each, OfEntity, Reads};

/// A spec, checked and resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The project's name, used for its folder, its package and its tokens.
    pub name: Slug,
    /// What the project is, in its author's words.
    pub description: Option<FreeText>,
    /// The login; without it every operation is open to anyone.
    pub auth: Option<Auth>,
    /// The HTTP API as a whole.
    pub api: Api,
    /// All entities in the spec's order; `User` comes first where it is not declared.
    pub entities: Each<Entity>,
    /// Where those that are written begin.
    pub lines: EntityLines,
}

/// How callers prove who they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Auth {
    /// The entity whose rows are the accounts.
    pub user: EntityId,
    /// The roles and which of them includes which.
    pub roles: Roles,
    /// The role of a newly registered user; without one a user is simply signed in.
    pub default_role: Option<RoleId>,
    /// How passwords are hashed.
    pub hash: PasswordHash,
    /// How many characters a password has, in code points.
    pub password_length: Range<u32>,
}

impl Auth {
    /// How long passwords are where a spec says nothing of it.
    pub const PASSWORD_LENGTH: Range<u32> = Range { min: 8, max: 128 };
}

/// How passwords are hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PasswordHash {
    /// Argon2id.
    #[default]
    Argon2id,
    /// bcrypt.
    Bcrypt,
}

impl Model {
    /// The entity of an id that this model gave out.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0]
    }

    /// Every entity with its id, in order.
    pub fn entities(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        self.entities.iter().enumerate().map(|(index, entity)| (EntityId(index), entity))
    }

    /// The entity of a name, which is a type of many languages.
    pub fn named(&self, pascal: &str) -> Option<EntityId> {
        self.entities.unread().iter().position(|entity| entity.name.pascal() == pascal).map(EntityId)
    }

    /// The steps of a path that begins at rows of `entity`, each with the entity whose field it is: the references in
    /// order, and the field at the end.
    pub fn along<'p>(
        &'p self,
        entity: EntityId,
        path: &'p FieldPath,
    ) -> impl Iterator<Item = (EntityId, FieldId)> + 'p {
        let mut at = entity;
        path.references.iter().chain([&path.field]).map(move |step| {
            let of = at;
            at = self.entity(of).field(*step).reference().map_or(of, |reference| reference.to);
            (of, *step)
        })
    }

    /// Where it is taken down which entities are read.
    pub fn reads(&self) -> &Reads {
        self.entities.reads()
    }

    /// The roles; empty without a login.
    pub fn roles(&self) -> &[Role] {
        self.auth.as_ref().map_or(&[], |auth| auth.roles.all())
    }
}

impl OfEntity for Entity {
    fn entity(&self, place: usize) -> Option<usize> {
        Some(place)
    }
}
