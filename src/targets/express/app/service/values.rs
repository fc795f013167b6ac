//! What bodies may give, and what new rows hold beside it.

use super::rules::forbidden;
use super::{Context, Replace};
use crate::contract::{Input as Member, Source, Verb};
use crate::model::{self, Default, Type};
use crate::targets::express::fields::{FieldRule, object, permissions};
use crate::targets::express::names::{Key, field_property};
use crate::targets::express::values::literal;

impl<'c> Context<'c, '_> {
    /// The members of a body that not everybody may give, each with whether the caller may.
    pub(super) fn writable(self, members: &'c [Member], exists: bool) -> Option<String> {
        let entity = self.entity;
        let guarded: Vec<_> = entity.guarded(members).filter(|_| exists).map(|(rule, _)| rule).collect();
        let mut permitted = permissions(guarded.iter().copied(), entity);
        if guarded.is_empty() {
            return None;
        }
        let owner = forbidden(entity).into_iter().filter(|field| {
            guarded.iter().all(|rule| rule.property != field.property)
                && members.iter().any(|member| member.property.wire == field.property)
        });
        permitted.extend(owner.map(|field| format!("{}: {}", field.property, field.admitted)));
        object(&permitted)
    }

    pub(super) fn replace(self, with_caller: bool) -> Option<Replace> {
        let entity = self.entity;
        let guarded: Vec<_> = entity.guarded(&entity.resource.update).filter(|_| entity.has(Verb::Put)).collect();
        let caller = match (with_caller, entity.update.users_only()) {
            (false, _) => "",
            (true, true) => "caller: User, ",
            (true, false) => "caller: Caller, ",
        };
        let absent = |(rule, member): &(&FieldRule, &Member)| {
            let Source::Field(id) = member.property.source else { return None };
            let value = absent_at(entity.spec.field(id), "new Date().toISOString()");
            Some(format!("...({} && {{ {}: {value} }})", rule.call(), rule.property))
        };
        (!guarded.is_empty()).then(|| Replace {
            parameters: format!("{caller}id: string, input: {}Replace", entity.names.pascal),
            arguments: if with_caller { "caller, id".to_owned() } else { "id".to_owned() },
            absent: guarded.iter().filter_map(absent).collect(),
        })
    }

    pub(super) fn new_parameters(self) -> String {
        let entity = self.entity;
        let owner = entity.owner().map_or_else(String::new, |(_, field)| {
            let ty = if field.nullable { "string | null" } else { "string" };
            format!(", {}: {ty}", Key::of(field).variable)
        });
        let copied = entity.copied_type().map_or_else(String::new, |ty| format!(", copied: {ty}"));
        format!("input: {}{owner}{copied}", self.input_type())
    }

    pub(super) fn input_type(self) -> String {
        format!("{}Create", self.entity.names.pascal)
    }

    /// What a new row holds beside what its body gives.
    pub(super) fn new_values(self) -> Vec<String> {
        let entity = self.entity;
        let given = |id| entity.resource.create.iter().any(|member| member.property.source == Source::Field(id));
        let owner = entity.spec.owner_field();
        let guarded = |id| entity.writers().any(|rule| rule.guard.source == Source::Field(id));
        entity
            .spec
            .fields()
            .filter(|(id, _)| owner == Some(*id) || !given(*id) || guarded(*id))
            .map(|(id, field)| {
                let property = field_property(field);
                if owner == Some(id) {
                    Key::of(field).member()
                } else if given(id) {
                    let absent = absent(field);
                    // Null is a value that may be given in the place of another.
                    if field.nullable && absent != "null" {
                        format!("{property}: input.{property} === undefined ? {absent} : input.{property}")
                    } else {
                        format!("{property}: input.{property} ?? {absent}")
                    }
                } else if field.copied().is_some() {
                    format!("{property}: copied.{property}")
                } else {
                    format!("{property}: {}", absent(field))
                }
            })
            .collect()
    }

    /// An expression that makes the row that a body asks for.
    pub(super) fn new_row(self) -> String {
        let entity = self.entity;
        let owner = entity.owner().map_or_else(String::new, |(_, field)| {
            let caller = if entity.create.users_only() { "caller.id" } else { "caller?.id ?? null" };
            let given =
                entity.owner_input().map_or_else(String::new, |_| format!("input.{} ?? ", field_property(field)));
            format!(", {given}{caller}")
        });
        let copied = if entity.copies().next().is_some() { ", copied" } else { "" };
        format!("new{}(input{owner}{copied})", entity.names.pascal)
    }
}

/// What a field holds that no body gives; `now` is the moment.
pub(in crate::targets::express) fn absent(field: &model::Field) -> String {
    absent_at(field, "now")
}

/// The same where the moment is another expression.
pub(super) fn absent_at(field: &model::Field, now: &str) -> String {
    match (&field.default, &field.ty) {
        (Some(Default::Literal(value)), Type::Scalar(scalar)) => literal(value, scalar),
        (Some(Default::Literal(value)), Type::List { item, .. }) => format!("[{}]", literal(value, item)),
        (Some(Default::Now), Type::Scalar(scalar)) => moment(scalar, now),
        (_, Type::List { .. } | Type::Many(_)) => "[]".to_owned(),
        _ => "null".to_owned(),
    }
}

/// A moment as a day, a time of day or itself.
pub(in crate::targets::express::app) fn moment(scalar: &model::Scalar, now: &str) -> String {
    match scalar {
        model::Scalar::Date(_) => format!("{now}.slice(0, 10)"),
        model::Scalar::Time(_) => format!("{now}.slice(11, 19)"),
        _ => now.to_owned(),
    }
}
