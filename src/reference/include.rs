//! Related rows beside a row.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::contract::validate::Sort;
use crate::contract::{Along, Include, Source};
use crate::model::{By, EntityId};

use super::caller::Principal;
use super::store::Row;
use super::{Server, list};

impl Server {
    /// A row as every answer shows it, with the related rows that were asked for.
    pub(super) fn with_included(&self, entity: EntityId, row: &Row, include: &[Include], caller: &Principal) -> Value {
        let mut shown = self.on_the_wire(entity, row, caller);
        for include in include {
            let rows = self.included(entity, row, include, caller).into_iter();
            let mut rows = rows.map(|row| self.on_the_wire(include.to, row, caller));
            shown[&include.wire] = if include.many { rows.collect() } else { rows.next().unwrap_or_default() };
        }
        shown
    }

    /// The related rows that the caller may get, the newest first, as many as are shown.
    fn included(&self, entity: EntityId, row: &Row, include: &Include, caller: &Principal) -> Vec<&Row> {
        let newest_first = [Source::CreatedAt, Source::Id].map(|source| Sort { source, descending: true });
        let related = self.related(entity, row, include, caller).into_iter();
        let mut rows: Vec<&Row> = related.filter(|row| self.may_read(include.to, row, caller)).collect();
        rows.sort_by(|a, b| list::order(a, b, &newest_first));
        rows.truncate(self.contract.limits.included as usize);
        rows
    }

    /// The related rows, each once.
    fn related(&self, entity: EntityId, row: &Row, include: &Include, caller: &Principal) -> Vec<&Row> {
        let names_it = |other: &Row, source| other.keys(source).contains(&row.id.as_str());
        let side = match include.along {
            Along::Field(field) => {
                let keys = row.keys(Source::Field(field)).into_iter();
                return keys.filter_map(|key| self.store.find(include.to, key)).collect();
            }
            Along::Side(side) => &self.model.entity(entity).other_sides[side.0],
        };
        match side.by {
            By::Reference(field) | By::Many(field) => {
                self.store.rows(include.to).filter(|other| names_it(other, Source::Field(field))).collect()
            }
            By::Through { entity: between, here, there } => {
                let links = self.store.rows(between).filter(|link| names_it(link, Source::Field(here)));
                let links = links.filter(|link| self.may_read(between, link, caller));
                let keys = links.filter_map(|link| link.text(Source::Field(there)));
                let rows = keys.filter_map(|key| self.store.find(include.to, key));
                rows.map(|row| (row.id.as_str(), row)).collect::<BTreeMap<_, _>>().into_values().collect()
            }
        }
    }
}
