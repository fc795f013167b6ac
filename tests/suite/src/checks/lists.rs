//! Pages, orders and filters of lists. The rows are those that were seeded: nothing has been written yet.

use std::cmp::Ordering;

use backsmith::contract::{Operator, Property, Value, Verb};
use backsmith::model::{AccessOperation, EntityId, Literal};
use backsmith::reference::Request;
use serde_json::Value as Json;

use super::access::same_names;
use super::{filters, private_fields};
use crate::scene::{Ask, Asker, Cell, Row, RowId};
use crate::suite::{Found, Suite};
use crate::values;

pub(super) fn run(suite: &mut Suite) {
    for (entity, declared) in suite.model.entities() {
        let Some(asker) = suite.granted(entity, Verb::List).map(|cell| cell.asker) else { continue };
        let guards = suite.guards(entity, &[AccessOperation::List]);
        let name = &declared.name;
        suite.check(&format!("lists.{name}.pages"), guards.clone(), |suite| pages(suite, entity, asker));
        suite.check(&format!("lists.{name}.page-numbers"), guards.clone(), |suite| numbers(suite, entity, asker));
        suite.check(&format!("lists.{name}.parameters"), guards.clone(), |suite| parameters(suite, entity, asker));
        suite
            .check(&format!("lists.{name}.default-order"), guards.clone(), |suite| default_order(suite, entity, asker));
        suite.check(&format!("lists.{name}.hidden"), guards.clone(), |suite| hidden(suite, entity));
        suite.check(&format!("lists.{name}.fields"), guards.clone(), |suite| fields(suite, entity));
        if declared.fields().any(|(_, field)| field.private) {
            suite.check(&format!("lists.{name}.private"), guards.clone(), |suite| {
                private_fields::are_unknown(suite, entity, asker)
            });
        }
        let resource = suite.contract.resource(entity);
        for property in &resource.sorts {
            let Some(asker) = suite.lister(entity, property.source) else { continue };
            suite.check(&format!("lists.{name}.sort.{}", property.wire), guards.clone(), |suite| {
                sorted(suite, entity, asker, property)
            });
        }
        for filter in &resource.filters {
            let Some(asker) = suite.lister(entity, filter.property.source) else { continue };
            suite.check(&format!("lists.{name}.filter.{}", filter.parameter), guards.clone(), |suite| {
                filters::filtered(suite, entity, asker, filter)
            });
        }
        if !resource.search.is_empty() {
            suite.check(&format!("lists.{name}.search"), guards.clone(), |suite| {
                filters::searched(suite, entity, asker)
            });
        }
    }
}

/// A row that an asker's list leaves out does not come to light by a filter or an order either.
fn hidden(suite: &mut Suite, entity: EntityId) -> Found {
    for asker in suite.scene.askers.clone() {
        let total = Cell { id: String::new(), entity, ask: Ask::Total, asker, field: None };
        let Some(total) = suite.scene.predict(suite.model, &suite.contract.plan, &total).total else { continue };
        let newest_first = format!("sort=-{},id", suite.name("created_at"));
        for query in ["sort=id", &newest_first, "limit=1"] {
            let meta = get(suite, entity, asker, query, 200)?["meta"]["total"].clone();
            if meta != total {
                return Err(format!("{query}: a total of {meta} instead of {total}"));
            }
        }
        let leaves_out = |(id, row): &(RowId, &Row)| {
            !suite.scene.lists(suite.model, &suite.contract.plan, entity, asker, Some(*id), &row.fields)
        };
        let left_out: Vec<RowId> = suite.scene.rows_of(entity).filter(leaves_out).map(|(id, _)| id).take(3).collect();
        for row in left_out {
            let found = get(suite, entity, asker, &format!("id={}", suite.id(row)), 200)?;
            if found["meta"]["total"] != 0 || !ids(&found["data"]).is_empty() {
                return Err(format!("a filter finds a row that the list leaves out: {found}"));
            }
            let found = get(suite, entity, asker, &format!("id[in]={}", suite.id(row)), 200)?;
            if found["meta"]["total"] != 0 {
                return Err(format!("a filter finds a row that the list leaves out: {found}"));
            }
            let shown = suite.wire_row(row).into();
            let id = suite.id(row).to_owned();
            filters::hidden_from_search(suite, entity, asker, &shown, &id)?;
        }
    }
    Ok(())
}

/// Every row of a list shows what its asker may read and nothing else, and no filter finds out about the rest.
fn fields(suite: &mut Suite, entity: EntityId) -> Found {
    let askers: Vec<Asker> = suite.scene.askers.clone();
    for asker in askers {
        let total = Cell { id: String::new(), entity, ask: Ask::Total, asker, field: None };
        if suite.scene.predict(suite.model, &suite.contract.plan, &total).status != 200 {
            continue;
        }
        let (rows, _) = suite.list_all(asker, entity, "")?;
        let caller = suite.scene.caller(asker);
        for row in &rows {
            same_names(suite, &caller, entity, row)?;
        }
        let resource = suite.contract.resource(entity);
        for filter in &resource.filters {
            let property = &filter.property;
            if suite.contract.plan.lists_by(entity, property.source, &caller) {
                continue;
            }
            let value = match filter.operator {
                Operator::Null => "true".to_owned(),
                Operator::Compare(_) | Operator::In => filters::text(&values::valid(&property.value, 1)),
            };
            let target = format!("{}?{}={}", suite.path(entity), filter.parameter, encoded(&value));
            let request = suite.by(asker, Request::new("GET", &target));
            suite.expect_details(&request, 403, &[(&property.wire, "forbidden")])?;
        }
    }
    Ok(())
}

pub(super) fn get(suite: &mut Suite, entity: EntityId, asker: Asker, query: &str, status: u16) -> Found<Json> {
    let target = format!("{}?{query}", suite.path(entity));
    let response = suite.expect(&suite.by(asker, Request::new("GET", &target)), status)?;
    Ok(response.json().unwrap_or_default())
}

pub(super) fn ids(rows: &Json) -> Vec<String> {
    let ids = rows.as_array().into_iter().flatten().map(|row| row["id"].as_str().unwrap_or_default().to_owned());
    ids.collect()
}

fn pages(suite: &mut Suite, entity: EntityId, asker: Asker) -> Found {
    let (all, total) = suite.list_all(asker, entity, "")?;
    let limit = total.div_ceil(3).clamp(1, suite.contract.limits.page_size_max as usize);
    let pages = total.div_ceil(limit);
    let mut found = Vec::new();
    for page in 1..=pages + 1 {
        let answer = get(suite, entity, asker, &format!("page={page}&limit={limit}"), 200)?;
        let meta = serde_json::json!({ "page": page, "limit": limit, "total": total, "pages": pages });
        if answer["meta"] != meta {
            return Err(format!("meta is {} instead of {meta}", answer["meta"]));
        }
        found.extend(ids(&answer["data"]));
    }
    if found != ids(&all.into()) {
        return Err("the pages together are not the whole list".to_owned());
    }
    let plain = get(suite, entity, asker, "", 200)?;
    let size = suite.contract.limits.page_size as usize;
    if plain["meta"]["limit"] != size || ids(&plain["data"]).len() != size.min(total) {
        return Err(format!("the first page without parameters has {}", plain["meta"]));
    }
    Ok(())
}

fn numbers(suite: &mut Suite, entity: EntityId, asker: Asker) -> Found {
    let limits = suite.contract.limits;
    for (name, most) in [("page", limits.page_max), ("limit", limits.page_size_max)] {
        let last = get(suite, entity, asker, &format!("{name}={most}"), 200)?;
        if name == "page" && !ids(&last["data"]).is_empty() {
            return Err("the last page of all is not empty".to_owned());
        }
        let beyond = (most + 1).to_string();
        let bad = [
            "",
            "0",
            "-1",
            "+1",
            "%201",
            "01",
            "1.0",
            "1e2",
            "1x",
            "x",
            "NaN",
            "0x1",
            "1000000000",
            "1,2",
            "null",
            &beyond,
        ];
        for value in bad {
            get(suite, entity, asker, &format!("{name}={value}"), 400)?;
        }
        get(suite, entity, asker, &format!("{name}=1&{name}=1"), 400)?;
        get(suite, entity, asker, &format!("{name}[]=1"), 400)?;
    }
    Ok(())
}

fn parameters(suite: &mut Suite, entity: EntityId, asker: Asker) -> Found {
    let foreign = suite.foreign_name("created_at");
    for query in [format!("{foreign}=2020-01-01T00:00:00Z"), format!("sort={foreign}")] {
        get(suite, entity, asker, &query, 400)?;
    }
    let unknown = [
        "nothing=1",
        "__proto__=1",
        "constructor=1",
        "prototype=1",
        "metadata=1",
        "toString=1",
        "hasOwnProperty=1",
        "__proto__[page]=1",
        "id[$ne]=x",
        "id[$gt]=",
        "id[nothing]=1",
        "$where=1",
        "password=x",
        "passwordHash=x",
        "PAGE=1",
        "=1",
        "1=1",
        "sort[]=id",
        "%00=1",
    ];
    for query in unknown {
        get(suite, entity, asker, query, 400)?;
    }
    for query in [
        "sort=",
        "sort=nothing",
        "sort=-",
        "sort=--id",
        "sort=id,",
        "sort=id,id",
        "sort=id;",
        "sort=__proto__",
        "sort=id&sort=id",
        "sort=passwordHash",
        "sort=%2Bid",
        "sort=id%20desc",
        "sort=id%00",
    ] {
        get(suite, entity, asker, query, 400)?;
    }
    for broken in ["id=%", "id=%zz", "%=1", "id=%ff", "id=%c3%28"] {
        get(suite, entity, asker, broken, 400)?;
    }
    Ok(())
}

/// Newest first, then by id.
fn default_order(suite: &mut Suite, entity: EntityId, asker: Asker) -> Found {
    let (rows, _) = suite.list_all(asker, entity, "")?;
    let created_at = suite.name("created_at");
    let key = |row: &Json| (row[&created_at].as_str().map(str::to_owned), row["id"].as_str().map(str::to_owned));
    let keys: Vec<_> = rows.iter().map(key).collect();
    if keys.windows(2).all(|pair| pair[0] > pair[1]) { Ok(()) } else { Err("not newest first".to_owned()) }
}

fn sorted(suite: &mut Suite, entity: EntityId, asker: Asker, property: &Property) -> Found {
    for (prefix, descending) in [("", false), ("-", true)] {
        let (rows, _) = suite.list_all(asker, entity, &format!("&sort={prefix}{}", property.wire))?;
        let id = |row: &Json| row["id"].as_str().map(str::to_owned);
        let in_order = |a: &Json, b: &Json| {
            let order = compare(property, &a[&property.wire], &b[&property.wire]);
            let order = if descending { order.reverse() } else { order };
            order == Ordering::Less || order == Ordering::Equal && (property.wire == "id" || id(a) < id(b))
        };
        let mut pairs = rows.iter().zip(rows.iter().skip(1));
        if let Some((first, second)) = pairs.find(|(first, second)| !in_order(first, second)) {
            return Err(format!("sort={prefix}{}: {first} stands before {second}", property.wire));
        }
    }
    Ok(())
}

/// The order of two values on the wire; null comes first.
pub(super) fn compare(property: &Property, a: &Json, b: &Json) -> Ordering {
    let Value::One(scalar) = &property.value else { return Ordering::Equal };
    let of = |value| values::literal(scalar, value);
    match (of(a), of(b)) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(a), Some(b)) => compare_literals(&a, &b),
    }
}

fn compare_literals(a: &Literal, b: &Literal) -> Ordering {
    match (a, b) {
        (Literal::Integer(a), Literal::Integer(b)) | (Literal::Decimal(a), Literal::Decimal(b)) => a.cmp(b),
        (Literal::Number(a), Literal::Number(b)) => a.total_cmp(b),
        (Literal::Boolean(a), Literal::Boolean(b)) => a.cmp(b),
        (Literal::String(a), Literal::String(b))
        | (Literal::Date(a), Literal::Date(b))
        | (Literal::Time(a), Literal::Time(b))
        | (Literal::Enum(a), Literal::Enum(b)) => a.cmp(b),
        (Literal::DateTime(a), Literal::DateTime(b)) => a.0.cmp(&b.0),
        _ => Ordering::Equal,
    }
}

/// Text as it stands in a query.
pub(super) fn encoded(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(byte);
    let each = |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(each).collect()
}
