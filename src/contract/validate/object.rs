//! Objects of a body against what they may hold.

use serde_json::Value as Json;

use super::{Body, Detail, Stored, scalar, without};
use crate::contract::{DetailCode, Input, Source, Value};
use crate::model::{Literal, Range, Scalar};

/// One member that an object may have.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its name.
    pub wire: String,
    /// Where its value is stored; `None` for secrets, which never are as they came.
    pub source: Option<Source>,
    /// Its values.
    pub value: Value,
    /// Whether null is one of them.
    pub nullable: bool,
    /// Whether the object must have it.
    pub required: bool,
}

impl From<&Input> for Member {
    fn from(input: &Input) -> Self {
        let property = &input.property;
        Self {
            wire: property.wire.clone(),
            source: Some(property.source),
            value: property.value.clone(),
            nullable: property.nullable,
            required: input.required,
        }
    }
}

/// Reads an object into the values that it gives, with their members, in the members' order.
pub(super) fn read<'m>(
    members: &'m [Member],
    body: &Body,
    most: u32,
) -> Result<Vec<(&'m Member, Stored)>, Vec<Detail>> {
    let mut details = Vec::new();
    let values = members
        .iter()
        .filter_map(|member| Some((member, read_member(member, body.get(&member.wire), &mut details)?)))
        .collect();
    let known = |name: &String| members.iter().any(|member| member.wire == *name);
    let unknown = body.keys().filter(|name| !known(name));
    details.extend(unknown.map(|name| Detail::new(name, DetailCode::Unknown)));
    without(details, most, || values)
}

/// The values that are stored as they are.
pub(super) fn sourced(values: Vec<(&Member, Stored)>) -> Vec<(Source, Stored)> {
    values.into_iter().filter_map(|(member, value)| Some((member.source?, value))).collect()
}

fn read_member(member: &Member, value: Option<&Json>, details: &mut Vec<Detail>) -> Option<Stored> {
    let mut refuse = |code| details.push(Detail::new(&member.wire, code));
    match (value, &member.value) {
        (None, _) => {
            if member.required {
                refuse(DetailCode::Required);
            }
            None
        }
        (Some(Json::Null), _) if member.nullable => Some(Stored::Null),
        (Some(value), Value::One(of)) => scalar::read(of, value).map_err(refuse).ok(),
        (Some(Json::Array(items)), Value::Many { item, count }) => {
            Some(read_list(&member.wire, item, *count, items, details))
        }
        (Some(Json::Array(items)), Value::Keys { count }) => Some(read_keys(&member.wire, *count, items, details)),
        (Some(_), Value::Many { .. } | Value::Keys { .. }) => {
            refuse(DetailCode::Type);
            None
        }
    }
}

fn read_list(path: &str, item: &Scalar, count: Range<u32>, items: &[Json], details: &mut Vec<Detail>) -> Stored {
    if !u32::try_from(items.len()).is_ok_and(|items| (count.min..=count.max).contains(&items)) {
        details.push(Detail::new(path, DetailCode::Length));
    }
    match item {
        Scalar::Json => Stored::Json(read_items(path, items, scalar::json, details).into()),
        _ => Stored::List(read_items(path, items, |value| scalar::literal(item, value), details)),
    }
}

/// The order of keys says nothing, so that they are kept sorted.
fn read_keys(path: &str, count: Range<u32>, items: &[Json], details: &mut Vec<Detail>) -> Stored {
    let before = details.len();
    let read = read_list(path, &Scalar::Uuid, count, items, details);
    let Stored::List(mut keys) = read else { return read };
    keys.sort_by(|a, b| key_text(a).cmp(key_text(b)));
    if details.len() == before && keys.windows(2).any(|pair| pair[0] == pair[1]) {
        details.push(Detail::new(path, DetailCode::Repeated));
    }
    Stored::List(keys)
}

fn key_text(key: &Literal) -> &str {
    match key {
        Literal::String(text) => text,
        _ => "",
    }
}

fn read_items<T>(
    path: &str,
    items: &[Json],
    read: impl Fn(&Json) -> Result<T, DetailCode>,
    details: &mut Vec<Detail>,
) -> Vec<T> {
    let refused = |index, code| Detail::new(format!("{path}.{index}"), code);
    let read = |(index, item)| read(item).map_err(|code| details.push(refused(index, code))).ok();
    items.iter().enumerate().filter_map(read).collect()
}
