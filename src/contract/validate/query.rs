//! Query strings.

use super::{Detail, Malformed, without};
use crate::contract::{DetailCode, Filter, Include, Limits, Operator, Property, Resource, Source, format};
use crate::model::{Comparison, Form, Literal, Range, Scalar};

/// What a list is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct ListQuery {
    /// The page, from 1.
    pub page: u32,
    /// The rows on it at most.
    pub limit: u32,
    /// The order, complete: it ends with the key, so that no two rows are equal in it.
    pub sort: Vec<Sort>,
    /// What must hold of each row.
    pub filters: Vec<(Source, Condition)>,
    /// A text that must stand in one of the values that are searched.
    pub search: Option<String>,
    /// The relations whose rows are wanted too.
    pub include: Vec<Include>,
}

/// What must hold of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// It compares so; false for null.
    Compare(Comparison, Literal),
    /// It is one of these.
    In(Vec<Literal>),
    /// It is null, or it is not.
    Null(bool),
}

/// One step of an order; null comes before every value, and strings go by code point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// The value that decides.
    pub source: Source,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// Splits the part of a request target after `?` into names and values, percent signs and `+` decoded.
pub fn read_query(raw: &str) -> Result<Vec<(String, String)>, Malformed> {
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        Ok((decode(name)?, decode(value)?))
    };
    raw.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

fn decode(text: &str) -> Result<String, Malformed> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let (digits, after) = rest.split_at_checked(2).ok_or(Malformed)?;
                let digit = |index: usize| char::from(digits[index]).to_digit(16).ok_or(Malformed);
                bytes.push(u8::try_from(digit(0)? * 16 + digit(1)?).map_err(|_| Malformed)?);
                rest = after;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).map_err(|_| Malformed)
}

/// Wants no parameters, as every operation of the API but the lists does.
pub fn no_query(query: &[(String, String)], limits: &Limits) -> Result<(), Vec<Detail>> {
    without(unknown(query, |_| false), limits.details, || ())
}

/// Reads the parameters of a single row: the relations whose rows are wanted too.
pub fn row_query(
    resource: &Resource,
    query: &[(String, String)],
    limits: &Limits,
) -> Result<Vec<Include>, Vec<Detail>> {
    let mut details = Vec::new();
    let include = include(resource, query, &mut details);
    details.extend(unknown(query, |name| is_include(resource, name)));
    without(details, limits.details, || include)
}

fn is_include(resource: &Resource, name: &str) -> bool {
    !resource.includes.is_empty() && name == "include"
}

fn include(resource: &Resource, query: &[(String, String)], details: &mut Vec<Detail>) -> Vec<Include> {
    if resource.includes.is_empty() {
        return Vec::new();
    }
    parameter(query, "include", details, |text| read_include(resource, text)).unwrap_or_default()
}

/// Reads the parameters of a list.
pub fn list_query(resource: &Resource, query: &[(String, String)], limits: &Limits) -> Result<ListQuery, Vec<Detail>> {
    let mut details = Vec::new();
    let page = parameter(query, "page", &mut details, |text| format::read_count(text, limits.page_max));
    let limit = parameter(query, "limit", &mut details, |text| format::read_count(text, limits.page_size_max));
    let sort = parameter(query, "sort", &mut details, |text| read_sort(resource, text));
    let mut filters = Vec::new();
    for filter in &resource.filters {
        let text = parameter(query, &filter.parameter, &mut details, |text| Ok(text.to_owned()));
        let condition = text.and_then(|text| read_filter(filter, &text, limits, &mut details));
        filters.extend(condition.map(|condition| (filter.property.source, condition)));
    }
    let searches = !resource.search.is_empty();
    let search = if searches {
        parameter(query, "q", &mut details, |text| format::read(&search_text(limits), text).map(|_| text.to_owned()))
    } else {
        None
    };
    let is_filter = |name: &str| resource.filters.iter().any(|filter| filter.parameter == name);
    let include = include(resource, query, &mut details);
    let is_own =
        |name: &str| ["page", "limit", "sort"].contains(&name) || searches && name == "q" || is_include(resource, name);
    details.extend(unknown(query, |name| is_own(name) || is_filter(name)));
    without(details, limits.details, || ListQuery {
        page: page.unwrap_or(1),
        limit: limit.unwrap_or(limits.page_size),
        sort: complete(sort.unwrap_or_default()),
        filters,
        search,
        include,
    })
}

/// What can be searched for.
pub fn search_text(limits: &Limits) -> Scalar {
    Scalar::String { length: Range { min: 1, max: limits.search_length }, form: Form::default() }
}

/// What a filter's text says; the values of a list have a place each.
fn read_filter(filter: &Filter, text: &str, limits: &Limits, details: &mut Vec<Detail>) -> Option<Condition> {
    let name = &filter.parameter;
    let mut read = |scalar, text, path: String| {
        let value = format::read_parameter(scalar, text);
        value.map_err(|code| details.push(Detail::new(path, code))).ok()
    };
    let scalar = filter.property.value.scalar();
    match filter.operator {
        Operator::Compare(comparison) => {
            read(scalar, text, name.clone()).map(|value| Condition::Compare(comparison, value))
        }
        Operator::In => {
            let texts: Vec<&str> = text.split(',').collect();
            let values: Vec<Option<Literal>> =
                texts.iter().enumerate().map(|(index, text)| read(scalar, text, format!("{name}.{index}"))).collect();
            if texts.len() > limits.filter_values as usize {
                details.push(Detail::new(name, DetailCode::Length));
            }
            values.into_iter().collect::<Option<_>>().map(Condition::In)
        }
        Operator::Null => {
            read(&Scalar::Boolean, text, name.clone()).map(|value| Condition::Null(value == Literal::Boolean(true)))
        }
    }
}

/// The parameter of that name, if there is one and it is good.
fn parameter<T>(
    query: &[(String, String)],
    name: &str,
    details: &mut Vec<Detail>,
    read: impl Fn(&str) -> Result<T, DetailCode>,
) -> Option<T> {
    let mut values = query.iter().filter(|(of, _)| of == name).map(|(_, value)| value);
    let (first, second) = (values.next()?, values.next());
    let value = if second.is_some() { Err(DetailCode::Repeated) } else { read(first) };
    value.map_err(|code| details.push(Detail::new(name, code))).ok()
}

/// Every name that is not known, once.
fn unknown(query: &[(String, String)], known: impl Fn(&str) -> bool) -> Vec<Detail> {
    let mut details: Vec<Detail> = Vec::new();
    for (name, _) in query {
        if !known(name) && details.iter().all(|detail| detail.path != *name) {
            details.push(Detail::new(name, DetailCode::Unknown));
        }
    }
    details
}

/// `-createdAt,title`; no step twice.
fn read_sort(resource: &Resource, text: &str) -> Result<Vec<Sort>, DetailCode> {
    let mut sort: Vec<Sort> = Vec::new();
    for step in text.split(',') {
        let (name, descending) = step.strip_prefix('-').map_or((step, false), |name| (name, true));
        let named = |property: &&Property| property.wire == name;
        let source = resource.sorts.iter().find(named).ok_or(DetailCode::Choice)?.source;
        sort.push(Sort { source, descending });
    }
    let repeats = |(index, step): (usize, &Sort)| sort[..index].contains(step);
    if sort.iter().enumerate().any(repeats) { Err(DetailCode::Repeated) } else { Ok(sort) }
}

/// `author,tags`; no relation twice.
fn read_include(resource: &Resource, text: &str) -> Result<Vec<Include>, DetailCode> {
    let mut includes: Vec<Include> = Vec::new();
    for name in text.split(',') {
        let found = resource.includes.iter().find(|include| include.wire == name).ok_or(DetailCode::Choice)?;
        includes.push(found.clone());
    }
    let repeats = |(index, include): (usize, &Include)| includes[..index].contains(include);
    if includes.iter().enumerate().any(repeats) { Err(DetailCode::Repeated) } else { Ok(includes) }
}

/// An order that no two rows are equal in: newest first where nothing is said.
fn complete(mut sort: Vec<Sort>) -> Vec<Sort> {
    let newest_first = sort.is_empty();
    if newest_first {
        sort.push(Sort { source: Source::CreatedAt, descending: true });
    }
    if sort.iter().all(|step| step.source != Source::Id) {
        sort.push(Sort { source: Source::Id, descending: newest_first });
    }
    sort
}
