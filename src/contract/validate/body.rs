//! Bodies with rows.

use super::{Body, Detail, Member, Stored, object};
use crate::contract::{DetailCode, Input, Limits, Resource, Source};

/// What a body writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// A new row (`POST`).
    Create,
    /// A row, whole (`PUT`).
    Replace,
    /// What it mentions of a row (`PATCH`).
    Update,
}

impl Writing {
    /// What the body may hold.
    pub fn inputs(self, resource: &Resource) -> &[Input] {
        match self {
            Self::Create => &resource.create,
            Self::Replace | Self::Update => &resource.update,
        }
    }

    /// The same as members of an object; a body that writes a part requires none of them.
    pub fn members(self, resource: &Resource) -> Vec<Member> {
        self.inputs(resource).iter().map(|input| self.member(input)).collect()
    }

    /// One of them.
    pub fn member(self, input: &Input) -> Member {
        let member = Member::from(input);
        Member { required: member.required && self != Self::Update, ..member }
    }
}

/// Reads a row, or what a body mentions of it. What it leaves out is not in the answer: see [`absent`](super::absent).
pub fn row(
    resource: &Resource,
    writing: Writing,
    body: &Body,
    limits: &Limits,
) -> Result<Vec<(Source, Stored)>, Vec<Detail>> {
    object::read(&writing.members(resource), body, limits.details).map(object::sourced)
}

/// The fields that were given but may not be (403), in the order of the inputs.
pub fn forbidden(inputs: &[Input], given: &[(Source, Stored)], is_permitted: impl Fn(&Input) -> bool) -> Vec<Detail> {
    let is_given = |input: &&Input| given.iter().any(|(source, _)| *source == input.property.source);
    let refused = inputs.iter().filter(is_given).filter(|input| !is_permitted(input));
    refused.map(|input| Detail::new(&input.property.wire, DetailCode::Forbidden)).collect()
}
