//! Tests of what an entity's requests take and answer.

use std::collections::BTreeSet;

use askama::Template;

use super::access::only_once;
use super::rows::{counting_imports, made_up, other_imports, row_imports};
use super::withheld::Permitted;
use crate::code::{TsImports, TsString};
use crate::contract::{Contract, Filter, Input as Member, Operator, Property, Site, Source, Value, Verb};
use crate::model::{AccessOperation, Comparison, Field, FieldId, Scalar, Type};
use crate::targets::express::access::{AccessTest, Cases, first_permitted, is_account};
use crate::targets::express::entity::Entity;
use crate::targets::express::included::relations;
use crate::targets::express::names::{Names, field_property};
use crate::targets::express::rows::null_by_themselves;
use crate::targets::express::samples;
use crate::targets::express::values::strings;

#[derive(Template)]
#[template(path = "express/app/tests/entity.test.ts")]
pub(super) struct ResourceTests<'a> {
    imports: TsImports,
    names: &'a Names,
    path: &'a str,
    input: String,
    fixed: Option<String>,
    permitted: Vec<(&'static str, Permitted)>,
    shown: String,
    hidden: Option<String>,
    /// What only the server knows, where lists could be asked for by it.
    secret: Option<String>,
    /// Texts among it, each with one that searches could find.
    unsearched: Vec<[String; 2]>,
    filters: Vec<[String; 3]>,
    sorts: String,
    exact: String,
    required: String,
    required_again: Option<String>,
    not_created: String,
    not_updated: String,
    invalid: Vec<[String; 3]>,
    references: String,
    sets: Option<String>,
    compared: Vec<[String; 3]>,
    unique: String,
    /// The relations whose rows can come along.
    relations: Option<String>,
    /// What lists are searched by.
    searched: Option<String>,
    /// What refers to rows that cannot be deleted then, and a function that stores it.
    referring: Vec<[String; 2]>,
}

#[allow(clippy::too_many_lines, reason = "a line for each thing that the template prints")]
pub(super) fn resource_tests<'a>(
    cases: Cases,
    tests: &[AccessTest],
    entity: &'a Entity,
    all: &[Entity],
    counting: &str,
) -> ResourceTests<'a> {
    let model = cases.model;
    let resource = entity.resource;
    let update = if entity.has(Verb::Patch) { Verb::Patch } else { Verb::Put };
    let removes = first_permitted(tests, Verb::Delete).is_some();
    let referring = if removes { referring(entity, all) } else { Vec::new() };
    let remove = (!referring.is_empty()).then_some(("remove", Verb::Delete));
    let permitted = [("list", Verb::List), ("get", Verb::Get), ("create", Verb::Create), ("update", update)];
    let permitted = permitted.into_iter().chain(remove);
    let permitted: Vec<(&'static str, Permitted)> =
        permitted.filter_map(|(name, verb)| Some((name, Permitted::of(cases, entity, tests, verb)?))).collect();
    let wires = |sources: &[Property]| sources.iter().map(|property| property.wire.clone()).collect::<Vec<String>>();
    let listed = first_permitted(tests, Verb::List).map(|test| &test.case.row);
    let nulls = null_by_themselves(cases, entity.id);
    let is_null = |source: Source| match (source, listed) {
        (Source::Field(field), Some(row)) => row.nulls.contains(&field) || nulls.contains(&field) && !row.says(field),
        _ => false,
    };
    let stored: BTreeSet<Source> = resource
        .row
        .iter()
        .map(|property| property.source)
        .filter(|source| !is_empty_in_tests(entity, *source) && !is_null(*source))
        .collect();
    let required = |members: &[Member]| {
        members.iter().filter(|member| member.required).map(|member| member.property.wire.clone()).collect::<Vec<_>>()
    };
    let unwritten = |members: &[Member]| {
        let shown = wires(&resource.row).into_iter();
        let hidden = entity.spec.fields.iter().map(field_property);
        let mut names: Vec<String> = shown.chain(hidden).collect();
        names.retain(|name| members.iter().all(|member| member.property.wire != *name));
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    };
    let shown =
        resource.row.iter().filter(|property| entity.readers().all(|rule| rule.guard.source != property.source));
    let shown: Vec<String> = shown.map(|property| property.wire.clone()).collect();
    let is_free = |source: Source| entity.readers().all(|rule| rule.guard.source != source);
    let sorts = resource.sorts.iter().filter(|property| is_free(property.source));
    let sorts: Vec<String> = sorts.map(|property| property.wire.clone()).collect();
    let hidden: Vec<String> = entity.readers().map(|rule| rule.property.clone()).collect();
    let plain = given(entity);
    let is_fixed = entity.written_once().next().is_some();
    let required_once: Vec<String> =
        entity.written_once().filter(|member| member.required).map(|member| member.property.wire.clone()).collect();
    let invalid = plain
        .clone()
        .flat_map(|member| samples::invalid(&member.property.wire, &member.property.value, member.property.nullable));
    let equal = Operator::Compare(Comparison::Equal);
    let is_set = |member: &&Member| matches!(member.property.value, Value::Keys { .. });
    let unique = plain.clone().filter(|member| match member.property.source {
        Source::Field(id) => {
            // What the rule compares is another value in each new row that it permits.
            let is_own = cases.linked.group(entity.id, id).is_some() && entity.create.after.fields().contains(&id);
            entity.spec.field(id).unique && member.refers_to.is_none() && entity.writer(member).is_none() && !is_own
        }
        _ => false,
    });
    let stores = referring.iter().map(|[_, function]| function.clone());
    let setups: String = permitted.iter().map(|(_, who)| who.object()).chain(stores).collect();
    ResourceTests {
        imports: counting_imports(other_imports(model, row_imports(entity), &setups), &setups, counting),
        names: &entity.names,
        path: &resource.path,
        input: made_up(entity),
        fixed: only_once(entity),
        permitted,
        shown: strings(&shown),
        hidden: (!hidden.is_empty()).then(|| strings(&hidden)),
        secret: secret(entity),
        unsearched: unsearched(entity, cases.contract),
        filters: resource
            .filters
            .iter()
            .filter(|filter| is_free(filter.property.source))
            .filter(|filter| filter.operator == equal && stored.contains(&filter.property.source))
            .map(|filter| {
                let text = |text: &str| TsString::from(text).to_string();
                let others = strings(&samples::parameters(&filter.property.value));
                [text(&filter.parameter), text(&filter.property.wire), others]
            })
            .collect(),
        sorts: strings(&sorts),
        exact: strings(&exact(entity)),
        required: strings(&[required(&resource.update), required_once].concat()),
        required_again: is_fixed.then(|| strings(&required(&resource.update))),
        not_created: strings(&unwritten(&resource.create)),
        not_updated: strings(&unwritten(&resource.update)),
        invalid: invalid.collect(),
        compared: compared(entity, is_free, |source| stored.contains(&source)),
        sets: Some(
            resource
                .update
                .iter()
                .filter(|member| takes_one(member) && entity.writer(member).is_none())
                .map(|member| member.property.wire.clone())
                .collect::<Vec<_>>(),
        )
        .filter(|sets| !sets.is_empty())
        .map(|sets| strings(&sets)),
        references: strings(
            &resource
                .update
                .iter()
                .filter(|member| member.refers_to.is_some() && !is_set(member) && entity.writer(member).is_none())
                .map(|member| member.property.wire.clone())
                .collect::<Vec<_>>(),
        ),
        unique: strings(&unique.map(|member| member.property.wire.clone()).collect::<Vec<_>>()),
        relations: relation_names(entity),
        searched: searched(entity, cases.contract, |source| stored.contains(&source)),
        referring,
    }
}

/// Whether some of what is permitted is so.
pub(super) fn some_permitted(tests: &ResourceTests, is_so: fn(&Permitted) -> bool) -> bool {
    tests.permitted.iter().any(|(_, permitted)| is_so(permitted))
}

/// The relations whose rows can come along.
fn relation_names(entity: &Entity) -> Option<String> {
    let names: Vec<&str> = relations(entity).iter().map(|include| include.wire.as_str()).collect();
    (!names.is_empty()).then(|| strings(&names))
}

/// The fields whose texts are short enough for tests to search for them.
fn sought<'e>(entity: &'e Entity, contract: &Contract) -> impl Iterator<Item = &'e Property> {
    let longest = contract.limits.search_length;
    let is_short = move |value: &Value| match value {
        Value::One(Scalar::String { length, .. } | Scalar::Text { length, .. }) => {
            (1..=length.max).contains(&length.min.max(1)) && length.min <= longest
        }
        _ => false,
    };
    let searched = |property: &&Property| entity.resource.search.contains(&property.source);
    entity.resource.row.iter().filter(searched).filter(move |property| is_short(&property.value))
}

/// What tests of access search lists for that do not show every row to everybody.
pub(in crate::targets::express) fn searched_by_all(entity: &Entity, contract: &Contract) -> Option<String> {
    contract.plan.guard(entity.id, AccessOperation::List, Site::Filter)?;
    let property = sought(entity, contract).find(|property| !property.nullable)?;
    Some(entity.keys().of(entity.spec, property.source).property)
}

/// The fields that tests can search for.
fn searched(entity: &Entity, contract: &Contract, is_stored: impl Fn(Source) -> bool) -> Option<String> {
    let tried = sought(entity, contract).filter(|property| is_stored(property.source));
    let names: Vec<&str> = tried.map(|property| property.wire.as_str()).collect();
    (!names.is_empty() && entity.has(Verb::List)).then(|| strings(&names))
}

/// Whether some rows can be searched for by tests.
pub(super) fn is_searched(tests: &ResourceTests) -> bool {
    tests.searched.is_some()
}

/// Whether tests delete a row that others keep.
pub(super) fn is_kept(tests: &ResourceTests) -> bool {
    tests.permitted.iter().any(|(name, _)| *name == "remove")
}

/// Whether a member is a set that may have one row.
fn takes_one(member: &Member) -> bool {
    matches!(member.property.value, Value::Keys { count } if (count.min..=count.max).contains(&1))
}

/// What refers to an entity's rows so that they cannot be deleted, and functions that store it.
fn referring(entity: &Entity, all: &[Entity]) -> Vec<[String; 2]> {
    if !entity.has(Verb::Delete) {
        return Vec::new();
    }
    let references = entity.others.keep_it.iter().map(|(from, field)| (&all[from.0], *field));
    references
        .filter(|(from, _)| from.has_service() && from.makes_rows())
        .map(|(from, field)| {
            let (pascal, property) = (&from.names.pascal, field_property(from.spec.field(field)));
            let name = TsString::from(format!("{pascal}.{property}").as_str()).to_string();
            [name, format!("(id) => store{pascal}({{ {property}: id }})")]
        })
        .collect()
}

/// The filters that compare otherwise than by equality, with what they compare and how.
fn compared(entity: &Entity, is_free: impl Fn(Source) -> bool, is_stored: impl Fn(Source) -> bool) -> Vec<[String; 3]> {
    let text = |text: &str| TsString::from(text).to_string();
    let tried = entity.resource.filters.iter().filter(|filter| {
        let source = filter.property.source;
        let other = filter.operator != Operator::Compare(Comparison::Equal) && source != Source::Id;
        other && is_free(source) && (filter.operator == Operator::Null || is_stored(source))
    });
    let row = |filter: &Filter| [text(&filter.parameter), text(&filter.property.wire), text(filter.operator.word())];
    tried.map(row).collect()
}

/// The private fields that lists could otherwise be narrowed and ordered by.
pub(super) fn secret(entity: &Entity) -> Option<String> {
    let is_secret = |field: &&Field| field.private && !matches!(field.ty, Type::Many(_) | Type::List { .. });
    let names: Vec<String> = entity.spec.fields.iter().filter(is_secret).map(field_property).collect();
    (!names.is_empty() && entity.has(Verb::List)).then(|| strings(&names))
}

/// The private texts of rows whose lists are searched, each with one that no other text of such a row holds.
fn unsearched(entity: &Entity, contract: &Contract) -> Vec<[String; 2]> {
    if !entity.is_searched() || !entity.has(Verb::List) {
        return Vec::new();
    }
    let private = entity.spec.fields.iter().filter(|field| field.private);
    let each = private.filter_map(|field| {
        let Type::Scalar(Scalar::String { length, form } | Scalar::Text { length, form }) = &field.ty else {
            return None;
        };
        let text = samples::unheard(*length, form)?;
        let is_short = text.chars().count() <= contract.limits.search_length as usize;
        is_short.then(|| [field_property(field), text].map(|text| TsString::from(text.as_str()).to_string()))
    });
    each.collect()
}

/// Whether some rows hold texts that lists are not searched for.
pub(super) fn withholds(tests: &ResourceTests) -> bool {
    !tests.unsearched.is_empty()
}

/// What anybody who may create a row may give it.
fn given<'e>(entity: &'e Entity) -> impl Iterator<Item = &'e Member> + Clone {
    let owner = entity.spec.owner_field().map(Source::Field);
    entity.resource.create.iter().filter(move |member| Some(member.property.source) != owner)
}

/// Whether the rows of tests have no value there.
fn is_empty_in_tests(entity: &Entity, source: Source) -> bool {
    let Source::Field(id) = source else { return false };
    let field = entity.spec.field(id);
    let given = entity.takes(&entity.resource.create, id);
    // The accounts of tests name no row that they need not, and copy nothing from it.
    let names_none = |through: FieldId| is_account(entity.model, entity.id) && entity.spec.field(through).nullable;
    let begins = match field.copied() {
        Some((through, _)) => !names_none(through),
        None => field.default.is_some(),
    };
    field.nullable && (field.reference().is_some() || !given) && !begins
}

/// The sortable numbers that are written as text.
fn exact(entity: &Entity) -> Vec<String> {
    let is_exact = |value: &Value| matches!(value, Value::One(Scalar::Decimal { .. } | Scalar::Bigint(_)));
    let exact = entity.resource.sorts.iter().filter(|property| is_exact(&property.value));
    exact.map(|property| property.wire.clone()).collect()
}

/// How many tests the rows of the tables come to in `tests/support/resource.ts`.
pub(super) fn count_of(tests: &ResourceTests) -> usize {
    let has = |name: &str| tests.permitted.iter().any(|(of, _)| *of == name);
    let items = |list: &str| if list == "[]" { 0 } else { list.matches(", ").count() + 1 };
    let mut count = 0;
    if has("create") {
        count +=
            3 + items(&tests.not_created) + 2 + tests.invalid.len() + items(&tests.references) + items(&tests.unique);
    }
    if has("update") {
        count += 6 + items(&tests.not_updated) + items(&tests.references);
    }
    let relations = tests.relations.as_deref().map_or(0, items);
    count += relations * (usize::from(has("list")) + usize::from(has("get")));
    count += tests.permitted.iter().map(|(_, permitted)| permitted.count()).sum::<usize>();
    let sets = tests.sets.as_deref().map_or(0, items);
    count += sets * (usize::from(has("create")) + usize::from(has("update")));
    if has("list") {
        count += tests.secret.as_deref().map_or(0, items) + tests.unsearched.len();
        count += 3 + tests.filters.len() + tests.compared.len() + items(&tests.sorts) + 12;
    }
    if has("get") {
        count += 3 + 3;
    }
    if has("list") {
        count += tests.searched.as_deref().map_or(0, items);
    }
    if has("remove") {
        count += tests.referring.len();
    }
    count
}
