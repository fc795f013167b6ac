//! Lists say nothing of fields that nobody may read.

use backsmith::contract::{Value, property};
use backsmith::model::EntityId;
use serde_json::Value as Json;

use super::filters;
use super::lists::{encoded, get, ids};
use crate::scene::{Asker, Held, RowId};
use crate::suite::{Found, Suite};
use crate::values;

/// No list is narrowed, ordered or searched by them.
pub(super) fn are_unknown(suite: &mut Suite, entity: EntityId, asker: Asker) -> Found {
    for (id, field) in suite.model.entity(entity).fields().filter(|(_, field)| field.private) {
        let property = property(id, field);
        let wire = &property.wire;
        let value = encoded(&filters::text(&values::valid(&property.value, 1)));
        let of_null = format!("{wire}[null]=true");
        let filters = ["", "[eq]", "[ne]", "[gte]", "[in]"].map(|operator| format!("{wire}{operator}={value}"));
        let sorts = ["", "-"].map(|direction| format!("sort={direction}{wire}"));
        for query in filters.into_iter().chain([of_null]).chain(sorts) {
            get(suite, entity, asker, &query, 400)?;
        }
        if matches!(property.value, Value::One(_)) && !suite.contract.resource(entity).search.is_empty() {
            let holds = |row: RowId| match suite.scene.row(row).fields.get(&id) {
                Some(Held::Value(Json::String(text))) if !text.is_empty() => Some((row, text.clone())),
                _ => None,
            };
            let rows: Vec<(RowId, String)> = suite.scene.rows_of(entity).filter_map(|(row, _)| holds(row)).collect();
            are_not_searched(suite, entity, asker, &rows)?;
        }
    }
    Ok(())
}

/// A search for what such a field holds finds only the rows that show it elsewhere.
fn are_not_searched(suite: &mut Suite, entity: EntityId, asker: Asker, rows: &[(RowId, String)]) -> Found {
    let most = suite.contract.limits.search_length as usize;
    for (row, text) in rows {
        let part: String = text.chars().take(most).collect();
        let shown = suite.wire_row(*row);
        let shows = |value: &Json| value.as_str().is_some_and(|shown| filters::contains(shown, &part));
        if shown.values().any(shows) {
            continue;
        }
        let found = get(suite, entity, asker, &format!("q={}&id={}", encoded(&part), suite.id(*row)), 200)?;
        if found["meta"]["total"] != 0 || !ids(&found["data"]).is_empty() {
            return Err(format!("a search finds {} by what nobody may read", suite.row_path(*row)));
        }
    }
    Ok(())
}
