//! Rows that hold what others copy from them, where no two may hold the same.

use std::collections::{BTreeMap, BTreeSet};

use backsmith::contract::{KnownFacts, RowValues, Supply, Value, after, fitting, in_checks, takes};
use backsmith::model::{EntityId, FieldId, Literal, Type};
use serde_json::Value as Json;

use super::making::{Told, with};
use super::plan::Planner;
use super::{Asker, Held, RowId};
use crate::values;

/// The values that fields have been given of which rows copy what their checks look at.
pub(crate) type Lent = BTreeSet<(EntityId, FieldId, String)>;

/// So many values beside the first are tried.
const TRIES: i64 = 400;

/// So many values may be left out because they do not go together with the rest.
const GAPS: usize = 3;

/// So many values are made up where those before have been given already.
pub(crate) const COUNTED: usize = 2_000;

impl Planner<'_> {
    /// A value that an entity's field takes and that no row has been given yet.
    pub(super) fn made_up(&mut self, entity: EntityId, id: FieldId, value: &Value, after: usize) -> Json {
        loop {
            let number = self.next(entity, Some(id));
            let made_up = values::valid(value, number + after);
            if self.stocks.supply(entity, id).is_none()
                || number > COUNTED
                || self.scene.lent.insert((entity, id, made_up.to_string()))
            {
                return made_up;
            }
        }
    }

    /// What an account lends to rows that belong to it or name it, where it is not said.
    pub(super) fn lend_of_account(&mut self, user: EntityId, facts: &mut KnownFacts) -> Option<()> {
        let fields: Vec<FieldId> = self.stocks.of_entity(user).filter(|id| !facts.says(*id)).collect();
        for id in fields {
            let Type::Scalar(scalar) = &self.model.entity(user).field(id).ty else { continue };
            let candidates: Vec<Literal> = match self.stocks.supply(user, id) {
                Some(Supply::After(first)) => (1..TRIES).filter_map(|by| after(scalar, first, by)).collect(),
                Some(Supply::Few(values)) => values.clone(),
                Some(Supply::Any(_)) | None => continue,
            };
            let held = |value: &Literal| (user, id, values::of_literal(value, scalar).to_string());
            let fresh = candidates.into_iter().find(|value| !self.scene.lent.contains(&held(value)))?;
            self.scene.lent.insert(held(&fresh));
            facts.say(id, Some(fresh));
        }
        Some(())
    }

    /// Whether rows of an entity copy, over a reference, what no two others hold and their checks look at.
    pub(super) fn is_lent(&self, entity: EntityId, through: FieldId) -> bool {
        self.lent_over(entity).any(|(_, (of, _), _)| of == through)
    }

    /// The fields of an entity that its checks look at and that are copied from such a field: over which reference, from
    /// which field, and of which entity that is.
    fn lent_over(&self, entity: EntityId) -> impl Iterator<Item = (FieldId, (FieldId, FieldId), EntityId)> {
        let declared = self.model.entity(entity);
        in_checks(declared).into_iter().filter_map(move |id| {
            let (through, from) = declared.field(id).copied()?;
            let to = declared.field(through).reference()?.to;
            self.stocks.supply(to, from).map(|_| (id, (through, from), to))
        })
    }

    /// Facts of a new row but for what it copies so and no rule looks at: that may be otherwise.
    pub(super) fn without_lent(&self, entity: EntityId, mut facts: KnownFacts) -> KnownFacts {
        let noticed = self.contract.plan.noticed(entity);
        let lent: Vec<FieldId> = self.lent_over(entity).map(|(id, _, _)| id).collect();
        facts.values.retain(|(id, _)| noticed.contains(id) || !lent.contains(id));
        facts
    }

    /// Values with which a row passes its checks, as they are found the first time.
    pub(super) fn fitted(&self, entity: EntityId, fixed: &RowValues) -> Option<RowValues> {
        let key = (entity, format!("{fixed:?}"));
        let found = self.fitted.borrow().get(&key).cloned();
        found.unwrap_or_else(|| {
            let found = fitting(self.model.entity(entity), fixed, &|_| Vec::new());
            self.fitted.borrow_mut().insert(key, found.clone());
            found
        })
    }

    /// Values of a row as a search has found them, with others in the place of those that it copies and that rows hold already
    /// of which no two may hold the same. `None` where there are no others.
    pub(super) fn anew(
        &mut self,
        entity: EntityId,
        (fixed, mut found): (&RowValues, RowValues),
        over: &dyn Fn(FieldId) -> bool,
        search: &dyn Fn(&RowValues) -> Option<RowValues>,
    ) -> Option<RowValues> {
        let lent: Vec<_> = self.lent_over(entity).filter(|(_, (through, _), _)| over(*through)).collect();
        for (id, (_, from), to) in lent.into_iter().filter(|(id, _, _)| !fixed.contains_key(id)) {
            let Some(Some(value)) = found.get(&id) else { continue };
            let source = self.model.entity(to);
            let Type::Scalar(scalar) = &source.field(from).ty else { continue };
            let held = |value: &Literal| (to, from, values::of_literal(value, scalar).to_string());
            let goes = |value: &Literal| {
                let own = RowValues::from([(from, Some(value.clone()))]);
                // All else stays as it is, but for moments, which nobody chooses.
                let mut row = found.clone();
                row.retain(|id, _| !self.model.entity(entity).field(*id).is_told_by_clock());
                row.insert(id, Some(value.clone()));
                takes(source.field(from), Some(value))
                    && fitting(source, &own, &|_| Vec::new()).is_some()
                    && search(&row).is_some()
            };
            // What is too far on one side is so all the way.
            let on_side = |side: i64| {
                let beside = (0..TRIES).filter_map(move |by| after(scalar, value, by * side));
                beside.filter(|value| !self.scene.lent.contains(&held(value))).take(GAPS).find(goes)
            };
            let elsewhere =
                || self.others(to, from).into_iter().filter(|value| !self.scene.lent.contains(&held(value)));
            let fresh = on_side(1).or_else(|| on_side(-1)).or_else(|| elsewhere().find(goes))?;
            self.scene.lent.insert(held(&fresh));
            found.insert(id, Some(fresh));
        }
        Some(found)
    }

    /// The same for a row that does not pass a check: where no two rows may hold what it copies, all that it copies from
    /// others than the check looks at stays as it is.
    pub(super) fn anew_for(
        &mut self,
        (entity, number): (EntityId, usize),
        (as_it_is, fixed): (&RowValues, &RowValues),
        search: &dyn Fn(&RowValues) -> Option<RowValues>,
    ) -> Option<RowValues> {
        let declared = self.model.entity(entity);
        let copied = |id: FieldId| declared.field(id).copied().map(|(through, _)| through);
        let guard = self.contract.plan.checks_of(entity).nth(number)?;
        let over: Vec<FieldId> = guard.fields.iter().filter_map(|id| copied(*id)).collect();
        let is_over = |through: FieldId| over.contains(&through);
        if !over.iter().any(|through| self.is_lent(entity, *through)) {
            return search(fixed);
        }
        let mut kept = as_it_is.clone();
        kept.retain(|id, _| fixed.contains_key(id) || !copied(*id).is_some_and(is_over));
        let found = search(&kept)?;
        self.anew(entity, (&kept, found), &is_over, search)
    }

    /// Values of a field that has no steps from one to the next.
    fn others(&self, entity: EntityId, id: FieldId) -> Vec<Literal> {
        let Type::Scalar(scalar) = &self.model.entity(entity).field(id).ty else { return Vec::new() };
        let few = match self.stocks.supply(entity, id) {
            Some(Supply::Few(values) | Supply::Any(values)) => values.clone(),
            Some(Supply::After(_)) | None => Vec::new(),
        };
        let number = self.counts.get(&(entity, Some(id))).copied().unwrap_or_default();
        let made_up = (number + 1..number + 9).map(|n| values::valid(&Value::One(scalar.clone()), n));
        few.into_iter().chain(made_up.filter_map(|value| values::literal(scalar, &value))).collect()
    }

    /// A row for a new one of which these facts hold to copy from, with values that no other holds: a fresh one, or one for
    /// all who copy the same from such a row.
    pub(super) fn lender(
        &mut self,
        (entity, through): (EntityId, FieldId),
        facts: &KnownFacts,
        (base, lasts): (&KnownFacts, bool),
        asker: Asker,
    ) -> Option<RowId> {
        let to = self.model.entity(entity).field(through).reference()?.to;
        let facts = self.without_lent(entity, facts.clone());
        let mut fixed = self.fixed_in_new(entity, &facts, |id| self.model.entity(entity).may_be_given(*id));
        let key = (to, asker, format!("{base:?} for {}.{} with {fixed:?}", entity.0, through.0));
        if let Some(row) = self.shared.get(&key).filter(|_| lasts) {
            return Some(*row);
        }
        let row = match self.held_already((entity, through), to, &mut fixed) {
            Some(row) if self.scene.reads(self.model, self.contract, asker, row) => row,
            _ => {
                let declared = self.model.entity(entity);
                let found = self.fitted(entity, &fixed)?;
                let values = self.anew(entity, (&fixed, found), &|of| of == through, &|fixed| {
                    fitting(declared, fixed, &|_| Vec::new())
                })?;
                let told = self.told_of(entity, through, &values);
                self.row(to, &with(base.clone(), &told), asker)?
            }
        };
        self.shared.insert(key, row);
        Some(row)
    }

    /// A row that holds already what rules ask for of a new one's copies and no other may hold. What only rows hold that do
    /// not go together with the rest is no longer fixed.
    fn held_already(
        &self,
        (entity, through): (EntityId, FieldId),
        to: EntityId,
        fixed: &mut RowValues,
    ) -> Option<RowId> {
        let lent: Vec<(FieldId, (FieldId, FieldId))> =
            self.lent_over(entity).map(|(id, place, _)| (id, place)).filter(|(_, (of, _))| *of == through).collect();
        let said: Vec<(FieldId, FieldId)> =
            lent.iter().filter(|(id, _)| fixed.contains_key(id)).map(|(id, (_, from))| (*id, *from)).collect();
        let told: Told = said.iter().map(|(id, from)| (*from, fixed[id].clone())).collect();
        let mut rows = self.scene.rows_of(to).map(|(row, _)| row);
        let row = if told.is_empty() { None } else { rows.find(|row| self.holds(*row, &told)) }?;
        let named = BTreeMap::from([(through, Held::Row(row))]);
        let copied = self.copied_in_new(entity, &named, Asker::Anonymous).into_iter();
        let copied = copied.filter(|(id, _)| lent.iter().any(|(of, _)| of == id));
        let all = copied.chain(fixed.clone()).collect();
        if self.fitted(entity, &all).is_some() {
            return Some(row);
        }
        for (id, _) in said {
            fixed.remove(&id);
        }
        None
    }

    /// What of these values a row holds that they are copied from.
    pub(super) fn told_of(&self, entity: EntityId, through: FieldId, values: &RowValues) -> Told {
        let declared = self.model.entity(entity);
        let Some(reference) = declared.field(through).reference() else { return Told::new() };
        let source = self.model.entity(reference.to);
        let copied = values.iter().filter_map(|(id, value)| {
            let (_, from) = declared.field(*id).copied().filter(|(of, _)| *of == through)?;
            Some((from, value.clone()))
        });
        copied.filter(|(from, value)| takes(source.field(*from), value.as_ref())).collect()
    }
}
