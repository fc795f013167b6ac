//! Filters and searches of lists: each finds exactly the rows that it names, among those that the list holds.

use std::cmp::Ordering;

use backsmith::contract::{Filter, Operator, Source, Value};
use backsmith::model::{Comparison, EntityId, Scalar};
use backsmith::reference::Request;
use serde_json::Value as Json;

use super::lists::{compare, encoded, get, ids};
use crate::scene::Asker;
use crate::suite::{Found, Suite};

/// A filter finds the rows that pass it, each of some values tried.
pub(super) fn filtered(suite: &mut Suite, entity: EntityId, asker: Asker, filter: &Filter) -> Found {
    let (all, _) = suite.list_all(asker, entity, "")?;
    let (parameter, wire) = (filter.parameter.as_str(), filter.property.wire.as_str());
    let is_short = parameter == wire;
    // The longer names share their schema with the short one, so that one value shows what they do.
    let values = distinct(&all, wire, if is_short { 3 } else { 2 });
    let texts: Vec<(String, Vec<Json>)> = match filter.operator {
        Operator::Null => ["true", "false"].map(|text| (text.to_owned(), vec![Json::from(text == "true")])).into(),
        Operator::In if values.is_empty() => Vec::new(),
        Operator::In => vec![(values.iter().map(text).collect::<Vec<_>>().join(","), values)],
        Operator::Compare(_) => values.into_iter().map(|value| (text(&value), vec![value])).collect(),
    };
    for (text, values) in &texts {
        let (found, total) = suite.list_all(asker, entity, &format!("&{parameter}={}", encoded(text)))?;
        let wanted: Vec<&Json> = all.iter().filter(|row| passes(filter, &row[wire], values)).collect();
        if total != wanted.len() || !found.iter().eq(wanted.iter().copied()) {
            return Err(format!("{parameter}={text}: {total} rows instead of {}", wanted.len()));
        }
        get(suite, entity, asker, &format!("{parameter}={0}&{parameter}={0}", encoded(text)), 400)?;
    }
    match filter.operator {
        Operator::Compare(_) if !is_short => Ok(()),
        Operator::Compare(_) => hostile_values(suite, entity, asker, parameter, filter.property.value.scalar()),
        Operator::In => odd_lists(suite, entity, asker, filter),
        Operator::Null => {
            for odd in ["", "1", "null", "TRUE", "true,false"] {
                get(suite, entity, asker, &format!("{parameter}={odd}"), 400)?;
            }
            Ok(())
        }
    }
}

/// Some values that rows have, each once.
fn distinct(rows: &[Json], wire: &str, most: usize) -> Vec<Json> {
    let mut values: Vec<Json> = Vec::new();
    for value in rows.iter().map(|row| &row[wire]).filter(|value| !value.is_null()) {
        if values.len() < most && !values.contains(value) {
            values.push(value.clone());
        }
    }
    values
}

pub(super) fn text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Whether a row with this value is among those that a filter with these values finds.
fn passes(filter: &Filter, value: &Json, with: &[Json]) -> bool {
    if filter.operator == Operator::Null {
        return with.contains(&Json::from(value.is_null()));
    }
    if value.is_null() {
        return false;
    }
    let order = |other: &Json| compare(&filter.property, value, other);
    with.iter().any(|other| match filter.operator {
        Operator::Compare(Comparison::NotEqual) => order(other) != Ordering::Equal,
        Operator::Compare(Comparison::Less) => order(other) == Ordering::Less,
        Operator::Compare(Comparison::LessOrEqual) => order(other) != Ordering::Greater,
        Operator::Compare(Comparison::Greater) => order(other) == Ordering::Greater,
        Operator::Compare(Comparison::GreaterOrEqual) => order(other) != Ordering::Less,
        Operator::Compare(Comparison::Equal) | Operator::In | Operator::Null => order(other) == Ordering::Equal,
    })
}

/// Values that mean something to a database are plain values here: they match no row, or have the wrong form.
fn hostile_values(suite: &mut Suite, entity: EntityId, asker: Asker, parameter: &str, scalar: &Scalar) -> Found {
    let plain = matches!(scalar, Scalar::String { .. });
    for text in ["%", "_", "' OR 1=1 --", "\"; DROP TABLE x; --", "*", "{\"$ne\":null}", "a\r\nb", "\\"] {
        let target = format!("{}?{parameter}={}", suite.path(entity), encoded(text));
        let response = suite.ask(&suite.by(asker, Request::new("GET", &target)))?;
        let total = response.json().unwrap_or_default()["meta"]["total"].clone();
        let fits = if plain { response.status == 400 || total == 0 } else { response.status == 400 };
        if !fits {
            return Err(format!("{target}: {} with a total of {total}", response.status));
        }
    }
    get(suite, entity, asker, &format!("{parameter}=%00"), 400)?;
    if !plain {
        get(suite, entity, asker, &format!("{parameter}="), 400)?;
    }
    Ok(())
}

/// Lists with gaps, with values of another type, and with more values than there may be.
fn odd_lists(suite: &mut Suite, entity: EntityId, asker: Asker, filter: &Filter) -> Found {
    let parameter = &filter.parameter;
    let good = text(&crate::values::valid(&filter.property.value, 1));
    let most = suite.contract.limits.filter_values as usize;
    for list in [vec![""], vec![good.as_str(), ""], vec!["", good.as_str()], vec!["\0"], vec![good.as_str(); most + 1]]
    {
        get(suite, entity, asker, &format!("{parameter}={}", encoded(&list.join(","))), 400)?;
    }
    get(suite, entity, asker, &format!("{parameter}={}", encoded(&vec![good; most].join(","))), 200)?;
    Ok(())
}

/// A search finds the rows that hold a text, whatever the case of its letters, and nothing that the list leaves out.
pub(super) fn searched(suite: &mut Suite, entity: EntityId, asker: Asker) -> Found {
    let wires = searched_wires(suite, entity);
    let (all, _) = suite.list_all(asker, entity, "")?;
    let texts = all.iter().flat_map(|row| wires.iter().filter_map(|wire| row[wire].as_str()));
    let mut parts: Vec<String> = texts.filter(|text| !text.is_empty()).take(3).map(inner).collect();
    parts.extend(["%", "_", "\\", "' OR 1=1 --", "%%", "\u{e9}"].map(str::to_owned));
    for part in parts {
        let part: String = part.chars().take(suite.contract.limits.search_length as usize).collect();
        let (found, total) = suite.list_all(asker, entity, &format!("&q={}", encoded(&part)))?;
        let holds = |row: &&Json| wires.iter().any(|wire| row[wire].as_str().is_some_and(|text| contains(text, &part)));
        let wanted: Vec<&Json> = all.iter().filter(holds).collect();
        if total != wanted.len() || !found.iter().eq(wanted.iter().copied()) {
            return Err(format!("q={part}: {total} rows instead of {}", wanted.len()));
        }
    }
    let long = "x".repeat(suite.contract.limits.search_length as usize + 1);
    for odd in ["q=".to_owned(), "q=%00".to_owned(), "q=a&q=a".to_owned(), "q[]=a".to_owned(), format!("q={long}")] {
        get(suite, entity, asker, &odd, 400)?;
    }
    Ok(())
}

/// What the rows that an asker's list leaves out hold, is not found either.
pub(super) fn hidden_from_search(suite: &mut Suite, entity: EntityId, asker: Asker, row: &Json, id: &str) -> Found {
    for wire in searched_wires(suite, entity) {
        let Some(text) = row[&wire].as_str().filter(|text| !text.is_empty()) else { continue };
        let part: String = text.chars().take(suite.contract.limits.search_length as usize).collect();
        let found = get(suite, entity, asker, &format!("q={}&limit=100", encoded(&part)), 200)?;
        if ids(&found["data"]).iter().any(|found| found == id) {
            return Err(format!("a search finds a row that the list leaves out: {row}"));
        }
    }
    Ok(())
}

fn searched_wires(suite: &Suite, entity: EntityId) -> Vec<String> {
    let resource = suite.contract.resource(entity);
    let is_searched = |source: &Source| resource.search.contains(source);
    let found = resource.row.iter().filter(|property| is_searched(&property.source));
    found.filter(|property| matches!(property.value, Value::One(_))).map(|property| property.wire.clone()).collect()
}

/// A text without its ends, its letters in the other case.
fn inner(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let part = if letters.len() > 2 { &letters[1..letters.len() - 1] } else { &letters[..] };
    let other = |c: &char| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
    part.iter().map(other).collect()
}

pub(super) fn contains(text: &str, part: &str) -> bool {
    text.to_ascii_lowercase().contains(&part.to_ascii_lowercase())
}
