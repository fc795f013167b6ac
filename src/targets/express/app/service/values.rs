//! What bodies may give, and what new rows hold beside it.

use super::rules::forbidden;
use super::{Context, Replace};
use crate::contract::{Input as Member, Predicate, Source, Verb};
use crate::model::{self, Default, Scalar, Type};
use crate::targets::express::fields::{FieldRule, object};
use crate::targets::express::names::{Key, field_property};
use crate::targets::express::rules::Terms;
use crate::targets::express::values::literal;
use crate::targets::express::written::When;

impl Context<'_, '_> {
    /// The members of a new row's body that not everybody may give, each with whether the caller may whatever the row
    /// is, or where that decides, of any row.
    pub(super) fn create_writable(self) -> Option<String> {
        let entity = self.entity;
        let members = &entity.resource.create;
        let guarded: Vec<_> =
            entity.guarded(members).filter(|_| entity.has(Verb::Create)).map(|(rule, _)| rule).collect();
        let mut permitted: Vec<String> = guarded
            .iter()
            .filter_map(|rule| if rule.reads_row() { self.of_any_row(rule) } else { Some(rule.permitted()) })
            .collect();
        if permitted.is_empty() {
            return None;
        }
        let owner = forbidden(entity).into_iter().filter(|field| {
            guarded.iter().all(|rule| rule.property != field.property)
                && members.iter().any(|member| member.property.wire == field.property)
        });
        permitted.extend(owner.map(|field| format!("{}: {}", field.property, field.admitted)));
        object(&permitted)
    }

    /// Whether there can be a row of which the caller may give a field, unless every caller may.
    fn of_any_row(self, rule: &FieldRule) -> Option<String> {
        let entity = self.entity;
        let users_only = entity.create.users_only();
        let predicate = rule.guard.predicate.of_any_row();
        let is_open = predicate == Predicate::Always || predicate == Predicate::SignedIn && users_only;
        let terms = Terms { model: entity.model, entity: entity.spec, signed_in: users_only };
        (!is_open).then(|| format!("{}: {}", rule.property, terms.expression(&predicate)))
    }

    /// The members of a changing body that not everybody may give, each with whether the caller may whatever the row
    /// is.
    pub(super) fn update_writable(self) -> Option<String> {
        if self.asks_row_before() { None } else { object(&self.update_permitted()) }
    }

    /// The same where rows decide: of the row before.
    pub(super) fn update_writable_of_row(self) -> Option<String> {
        let of_rows = self.entity.row_writers(When::Before).into_iter();
        let of_rows = of_rows.map(|(rule, name)| rule.verdict(&name, "changes", "before"));
        if self.asks_row_before() {
            object(&self.update_permitted().into_iter().chain(of_rows).collect::<Vec<_>>())
        } else {
            None
        }
    }

    fn asks_row_before(self) -> bool {
        !self.entity.row_writers(When::Before).is_empty()
    }

    fn update_permitted(self) -> Vec<String> {
        let guarded = self.entity.guarded(&self.entity.resource.update).filter(|_| self.entity.has_update());
        guarded.filter(|(rule, _)| !rule.reads_row()).map(|(rule, _)| rule.permitted()).collect()
    }

    /// The members of a body that the caller must be permitted to give of the row that is there then.
    pub(super) fn result_writable(self, when: When) -> Option<String> {
        let body = if when == When::Created { "input" } else { "changes" };
        let rules = self.entity.row_writers(when).into_iter();
        object(&rules.map(|(rule, name)| rule.verdict(&name, body, "row")).collect::<Vec<_>>())
    }

    pub(super) fn replace(self, with_caller: bool) -> Option<Replace> {
        let entity = self.entity;
        let guarded: Vec<_> = entity.begun_anew().filter(|_| entity.has(Verb::Put)).collect();
        let caller = match (with_caller, entity.update.users_only()) {
            (false, _) => "",
            (true, true) => "caller: User, ",
            (true, false) => "caller: Caller, ",
        };
        let writers = entity.row_writers(When::Before);
        let of_row = |rule: &FieldRule| writers.iter().find(|(of, _)| of.rule.guard.id == rule.guard.id);
        let asks_store = |rule: &FieldRule| of_row(rule).map(|(of_row, _)| of_row.needs_store());
        let absent = |(rule, member): &(&FieldRule, &Member)| {
            let Source::Field(id) = member.property.source else { return None };
            let field = entity.spec.field(id);
            let value = absent_at(field, "new Date().toISOString()");
            // What is spread is not told what it is for, and would be any text.
            let is_choice = matches!((&field.ty, &field.default), (Type::Scalar(Scalar::Enum(_)), Some(_)));
            let value = if is_choice { format!("{value} as const") } else { value };
            let permitted = match of_row(rule) {
                Some((of_row, name)) if of_row.needs_store() => of_row.asked_of_store(name, "db", "id"),
                Some((of_row, name)) => of_row.asked(name, "before"),
                None => rule.call(),
            };
            Some(format!("...({permitted} && {{ {}: {value} }})", rule.property))
        };
        (!guarded.is_empty()).then(|| Replace {
            parameters: format!("{caller}id: string, input: {}Replace", entity.names.pascal),
            arguments: if with_caller { "caller, id".to_owned() } else { "id".to_owned() },
            of_row: guarded.iter().any(|(rule, _)| asks_store(rule) == Some(false)),
            waits: guarded.iter().any(|(rule, _)| asks_store(rule) == Some(true)),
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
        // The owner stands beside it, and may be nobody there, which no body says.
        let nobody = entity.owner().filter(|(_, field)| field.nullable && entity.owner_input().is_some());
        let input = nobody.map_or_else(
            || self.input_type(),
            |(_, field)| format!("Omit<{}, \"{}\">", self.input_type(), field_property(field)),
        );
        format!("input: {input}{owner}{copied}")
    }

    pub(super) fn input_type(self) -> String {
        format!("{}Create", self.entity.names.pascal)
    }

    /// What a new row holds beside what its body gives.
    pub(super) fn new_values(self) -> Vec<String> {
        let entity = self.entity;
        let given = |id| entity.resource.create.iter().any(|member| member.property.source == Source::Field(id));
        let owner = entity.spec.owner_field();
        let is_open = |id| {
            let guarded = entity.writers().any(|rule| rule.guard.source == Source::Field(id));
            guarded || entity.spec.field(id).copied().is_some()
        };
        entity
            .spec
            .fields()
            .filter(|(id, _)| owner == Some(*id) || !given(*id) || is_open(*id))
            .map(|(id, field)| {
                let property = field_property(field);
                if owner == Some(id) {
                    Key::of(field).member()
                } else if given(id) {
                    let copied = field.copied().map(|_| format!("copied.{property}"));
                    let absent = copied.unwrap_or_else(|| absent(field));
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

    /// What names the rows that a new one copies from.
    pub(super) fn copied_input(self) -> String {
        let entity = self.entity;
        let is_guarded = |field: &model::Field| {
            let given = entity.guarded(&entity.resource.create);
            given.into_iter().any(|(rule, _)| rule.property == field_property(field))
        };
        let owner = entity.owner().map(|(_, field)| field);
        let references: Vec<&model::Field> = entity.copied().into_iter().map(|(through, _)| through).collect();
        let named = references.iter().filter_map(|field| {
            let property = field_property(field);
            if owner == Some(*field) {
                Some(format!("{property}: {}", self.owner_of_new()))
            } else {
                is_guarded(field).then(|| format!("{property}: input.{property} ?? null"))
            }
        });
        let named: Vec<String> = named.collect();
        match (named.is_empty(), named.len() == references.len()) {
            (true, _) => "input".to_owned(),
            (false, true) => format!("{{ {} }}", named.join(", ")),
            (false, false) => format!("{{ ...input, {} }}", named.join(", ")),
        }
    }

    /// An expression that makes the row that a body asks for.
    pub(super) fn new_row(self) -> String {
        let entity = self.entity;
        let owner = entity.owner().map_or_else(String::new, |_| format!(", {}", self.owner_of_new()));
        let copied = if entity.copies().next().is_some() { ", copied" } else { "" };
        format!("new{}(input{owner}{copied})", entity.names.pascal)
    }

    /// Whose a new row is: the caller's, unless its body may say whose.
    fn owner_of_new(self) -> String {
        let entity = self.entity;
        let caller = if entity.create.users_only() { "caller.id" } else { "caller?.id ?? null" };
        let given = entity.owner_input().map(|member| format!("input.{} ?? ", member.property.wire));
        given.unwrap_or_default() + caller
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
