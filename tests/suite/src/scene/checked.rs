//! Rows that pass the checks of their entity, and requests after which one would not.

use std::collections::BTreeMap;

use backsmith::contract::{
    Case, CheckGuard, KnownFacts, Plan, RowValues, Verb, bounds, breaking, expect, fitting, in_checks, takes,
};
use backsmith::model::{EntityId, EntityKind, FieldId, Literal, Model, Type};
use serde_json::Value as Json;

use super::asking::field_of;
use super::cells::{Ask, Cell};
use super::making::{Told, with};
use super::plan::{Planner, starting_values};
use super::{Asker, Held, RowId, Scene};
use crate::values;

impl Scene {
    /// The checks that the row a cell would leave does not pass.
    pub(crate) fn unfit<'p>(&self, model: &Model, plan: &'p Plan, cell: &Cell) -> Vec<&'p CheckGuard> {
        let (Ask::Create(_) | Ask::Update(..)) = cell.ask else { return Vec::new() };
        let before = cell.row().map(|row| self.row(row).fields.clone()).unwrap_or_default();
        let (mut after, _) = self.after(model, cell, &before);
        after.extend(self.begun_again(model, plan, cell));
        let seen = self.seen(model, cell.asker, cell.entity, cell.row(), &after);
        plan.checks_of(cell.entity).filter(|guard| !guard.holds(&seen)).collect()
    }
}

impl Scene {
    /// The rows that requests change or delete.
    pub(crate) fn changed(&self) -> impl Iterator<Item = RowId> {
        let asked = self.cells.iter().filter_map(|cell| match cell.ask {
            Ask::Update(_, row, _) | Ask::Delete(row) => Some(row),
            Ask::Total | Ask::List(_) | Ask::Get(_) | Ask::Create(_) => None,
        });
        let pairs = self.pairs.iter().flat_map(|pair| [pair.parent, pair.child]);
        asked.chain(self.spare.values().map(|(_, row)| *row)).chain(pairs)
    }

    /// What a whole body puts back because it leaves it out: it is written for servers with the true guards, and other
    /// ones may let its caller write more.
    fn begun_again(&self, model: &Model, plan: &Plan, cell: &Cell) -> BTreeMap<FieldId, Held> {
        let begins = starting_values(model, cell.entity).into_iter();
        let put = begins.filter(|(field, _)| {
            cell.verb() == Verb::Put
                && self.writes_before(model, plan, cell, *field)
                && !self.writes_before(model, &self.truth, cell, *field)
        });
        put.map(|(field, value)| (field, Held::Value(value))).collect()
    }
}

impl Planner<'_> {
    /// Changes what a row holds so that it passes the checks of its entity, but not what is fixed; `None` where it
    /// cannot be so.
    pub(super) fn fit(&self, entity: EntityId, fixed: &RowValues, fields: &mut BTreeMap<FieldId, Held>) -> Option<()> {
        let declared = self.model.entity(entity);
        if declared.checks.is_empty() {
            return Some(());
        }
        for (id, value) in fitting(declared, fixed, &|id| self.known(entity, fields, id))? {
            if fields.contains_key(&id) {
                fields.insert(id, self.held_value(entity, id, value.as_ref()));
            }
        }
        Some(())
    }

    /// What facts say of a row's own values.
    pub(super) fn fixed_by(facts: &KnownFacts) -> RowValues {
        let values = facts.values.iter().map(|(field, literal)| (*field, Some(literal.clone())));
        values.chain(facts.nulls.iter().map(|field| (*field, None))).collect()
    }

    /// The same with what a new row holds where its body may not say it.
    pub(super) fn fixed_in_new(
        &self,
        entity: EntityId,
        facts: &KnownFacts,
        is_given: impl Fn(&FieldId) -> bool,
    ) -> RowValues {
        let begins = starting_values(self.model, entity).into_iter().filter(|(field, _)| !is_given(field));
        let begins = begins.map(|(field, value)| (field, self.literal(entity, field, &value)));
        begins.chain(Self::fixed_by(facts)).collect()
    }

    /// What a new row of an asker copies that checks look at, where its body does not say it.
    pub(super) fn copied_in_new(&self, entity: EntityId, fields: &BTreeMap<FieldId, Held>, asker: Asker) -> RowValues {
        let declared = self.model.entity(entity);
        let unsaid = in_checks(declared).into_iter().filter(|id| !fields.contains_key(id));
        let mut known = fields.clone();
        if let (Some(owner), Asker::Account(account)) = (declared.owner_field(), asker) {
            known.entry(owner).or_insert(Held::Row(account));
        }
        let copied = unsaid.filter_map(|id| match self.scene.copied(declared.field(id), &known)? {
            Held::Value(value) => Some((id, self.literal(entity, id, &value))),
            Held::Row(_) | Held::Rows(_) => None,
        });
        copied.collect()
    }

    /// For each check a new row and changes that do not pass it but all others, by somebody who may do all else.
    pub(super) fn breaks(&mut self, entity: EntityId) {
        for number in 0..self.model.entity(entity).checks.len() {
            if self.model.entity(entity).kind == EntityKind::User {
                self.named_by_unfit(entity, number);
            }
            for verb in [Verb::Create, Verb::Patch, Verb::Put] {
                let cases: Vec<Case> = self.cases(entity).iter().filter(|case| case.verb == verb).cloned().collect();
                if let Some((asker, ask)) = cases.iter().find_map(|case| self.broken(entity, case, number)) {
                    let name = &self.model.entity(entity).name;
                    let verb = if verb == Verb::Create { "create" } else { verb.method().as_str() }.to_lowercase();
                    let asked = self.scene.name(self.model, asker);
                    let id = format!("access.{name}.{verb}.{asked}.breaks.{}", number + 1);
                    self.scene.cells.push(Cell { id, entity, ask, asker, field: None });
                }
            }
        }
    }

    /// Rows that new users can name, and from which they copy what does not pass a check.
    fn named_by_unfit(&mut self, user: EntityId, number: usize) {
        let declared = self.model.entity(user);
        let model = self.model;
        let within = |id: FieldId| held_at_most(model, user, id);
        let search = |fixed: &RowValues| breaking(declared, number, fixed, &within);
        let Some(found) = search(&RowValues::new()) else { return };
        let Some(values) = self.anew(user, (&RowValues::new(), found), &|_| true, &search) else { return };
        let copied = declared.fields().filter_map(|(id, field)| Some((values.get(&id)?, field.copied()?)));
        let mut told: BTreeMap<FieldId, Told> = BTreeMap::new();
        for (value, (through, from)) in copied {
            let to = declared.field(through).reference().map(|reference| self.model.entity(reference.to));
            if to.is_some_and(|to| takes(to.field(from), value.as_ref())) {
                told.entry(through).or_default().push((from, value.clone()));
            }
        }
        for (through, told) in told {
            let Some(reference) = declared.field(through).reference() else { continue };
            let facts = with(self.readable_facts(reference.to, Asker::Anonymous), &told);
            self.row(reference.to, &facts, Asker::Anonymous);
        }
    }

    fn broken(&mut self, entity: EntityId, case: &Case, number: usize) -> Option<(Asker, Ask)> {
        let done = expect(&self.contract.plan, entity, case.verb, &case.caller, &case.row, &case.row);
        if done.status != case.verb.success() || case.row.me {
            return None;
        }
        let asker = self.asker(case)?;
        let mut asker = self.begin(entity, asker);
        let case = &self.of_situation(entity, case, asker);
        // What no guard looks at may be otherwise.
        let noticed = self.contract.plan.noticed(entity);
        let mut facts = case.row.clone();
        facts.values.retain(|(field, _)| noticed.contains(field));
        facts.nulls.retain(|field| noticed.contains(field));
        let declared = self.model.entity(entity);
        if let Some(pair) = declared.checks[number].apart(declared) {
            return self.named_twice(entity, case, asker, pair).map(|ask| (asker, ask));
        }
        if case.verb == Verb::Create {
            let mut fields = self.creation(entity, case, asker)?;
            let fixed = self.fixed_in_new(entity, &facts, |field| fields.contains_key(field));
            let copied = self.copied_in_new(entity, &fields, asker);
            let of_these: RowValues = fixed.clone().into_iter().chain(copied).collect();
            let wishes = |id: FieldId| self.known(entity, &fields, id);
            let values = if let Some(values) = breaking(declared, number, &of_these, &wishes) {
                values
            } else {
                // Where no body alone breaks it, rows to copy from do.
                let wished: BTreeMap<FieldId, _> = in_checks(declared).into_iter().map(|id| (id, wishes(id))).collect();
                let model = self.model;
                let within = |id: FieldId| {
                    [wished.get(&id).cloned().unwrap_or_default(), held_at_most(model, entity, id)].concat()
                };
                let search = |fixed: &RowValues| breaking(declared, number, fixed, &within);
                let values = self.anew_for((entity, number), (&of_these, &fixed), &search)?;
                asker = self.copy_from_others(entity, &facts, asker, &values, &mut fields)?;
                values
            };
            for (id, value) in values {
                if fields.contains_key(&id) {
                    fields.insert(id, self.held_value(entity, id, value.as_ref()));
                }
            }
            return Some((asker, Ask::Create(fields)));
        }
        let free = self.free_in_change(entity, case);
        let row = self.row(entity, &case.row, asker)?;
        if let Some(changes) = self.changes_that_break(entity, number, row, &facts, &free) {
            return Some((asker, Ask::Update(case.verb, row, changes)));
        }
        // Where no change of that row does, one that copied something else is stored.
        let values = breaking(declared, number, &Self::fixed_by(&facts), &|_| Vec::new())?;
        let is_told = |id: &FieldId| declared.field(*id).copied().is_some() && !free.contains(id);
        let told: Told = values.into_iter().filter(|(id, _)| is_told(id)).collect();
        let row = self.row(entity, &with(case.row.clone(), &told), asker)?;
        let changes = self.changes_that_break(entity, number, row, &facts, &free)?;
        Some((asker, Ask::Update(case.verb, row, changes)))
    }

    /// The fields that a change by the caller of a case may give any value.
    fn free_in_change(&self, entity: EntityId, case: &Case) -> Vec<FieldId> {
        let inputs = self.contract.resource(entity).update.iter().filter(|input| input.write.admits(&case.caller));
        let fields = inputs.filter_map(|input| field_of(&input.property));
        fields.filter(|field| self.model.entity(entity).moves(*field).is_none()).collect()
    }

    /// A new row, or a change, after which two references name one row.
    fn named_twice(
        &mut self,
        entity: EntityId,
        case: &Case,
        asker: Asker,
        (one, other): (FieldId, FieldId),
    ) -> Option<Ask> {
        let ways = [(one, other), (other, one)];
        let is_row = |held: &Held| matches!(held, Held::Row(_));
        if case.verb == Verb::Create {
            let mut fields = self.creation(entity, case, asker)?;
            let owner = self.model.entity(entity).owner_field();
            let (to, held) = ways.into_iter().find_map(|(to, from)| {
                let own = match asker {
                    Asker::Account(account) if owner == Some(from) => Some(Held::Row(account)),
                    _ => None,
                };
                let held = fields.get(&from).cloned().or(own).filter(is_row)?;
                fields.contains_key(&to).then_some((to, held))
            })?;
            fields.insert(to, held);
            return Some(Ask::Create(fields));
        }
        let free = self.free_in_change(entity, case);
        let row = self.row(entity, &case.row, asker)?;
        let (to, held) = ways.into_iter().find_map(|(to, from)| {
            let held = self.scene.row(row).fields.get(&from).cloned().filter(is_row)?;
            (free.contains(&to) && !case.row.tells_of(to)).then_some((to, held))
        })?;
        Some(Ask::Update(case.verb, row, BTreeMap::from([(to, held)])))
    }

    /// Changes of these fields after which a stored row does not pass a check, but still holds what facts say of it.
    fn changes_that_break(
        &self,
        entity: EntityId,
        number: usize,
        row: RowId,
        facts: &KnownFacts,
        free: &[FieldId],
    ) -> Option<BTreeMap<FieldId, Held>> {
        let declared = self.model.entity(entity);
        let stored: RowValues = in_checks(declared)
            .into_iter()
            .filter_map(|id| match self.scene.row(row).fields.get(&id)? {
                Held::Value(value) => Some((id, self.literal(entity, id, value))),
                Held::Row(_) | Held::Rows(_) => None,
            })
            .collect();
        let fixed: RowValues =
            stored.iter().filter(|(id, _)| !free.contains(id)).map(|(id, of)| (*id, of.clone())).collect();
        let fixed = fixed.into_iter().chain(Self::fixed_by(facts)).collect();
        let wishes = |id: FieldId| stored.get(&id).cloned().into_iter().collect();
        let values = breaking(declared, number, &fixed, &wishes)?;
        let changed = values.iter().filter(|(id, value)| stored.get(id) != Some(value));
        Some(changed.map(|(id, value)| (*id, self.held_value(entity, *id, value.as_ref()))).collect())
    }

    /// Lets a new row refer to others from which it copies these values, and tells who asks for that: where it copies them
    /// from whom it belongs to, somebody who holds them. `None` where no rows hold them.
    fn copy_from_others(
        &mut self,
        entity: EntityId,
        facts: &KnownFacts,
        asker: Asker,
        values: &RowValues,
        fields: &mut BTreeMap<FieldId, Held>,
    ) -> Option<Asker> {
        let declared = self.model.entity(entity);
        // What copies the same from a row already needs no other row.
        let before = self.copied_in_new(entity, fields, asker);
        let unsaid = || values.iter().filter(|(id, _)| !fields.contains_key(id));
        let through = |id: FieldId| declared.field(id).copied().map(|(through, _)| through);
        let differs =
            |(id, value): (&FieldId, &Option<Literal>)| through(*id).filter(|_| before.get(id) != Some(value));
        let others: Vec<FieldId> = unsaid().filter_map(differs).collect();
        let mut told: BTreeMap<FieldId, Told> = BTreeMap::new();
        for (id, value) in unsaid().filter(|(id, _)| through(**id).is_some_and(|through| others.contains(&through))) {
            let Some((through, from)) = declared.field(*id).copied() else { continue };
            let source = self.model.entity(declared.field(through).reference()?.to);
            let is_askers = declared.owner_field() == Some(through) && asker != Asker::Anonymous;
            let is_free = (fields.contains_key(&through) || is_askers)
                && !facts.same.contains(&through)
                && takes(source.field(from), value.as_ref());
            if !is_free {
                return None;
            }
            told.entry(through).or_default().push((from, value.clone()));
        }
        let mut asker = asker;
        for (through, told) in told {
            let to = declared.field(through).reference()?.to;
            if !fields.contains_key(&through) {
                asker = self.another_asker(asker, &told)?;
                continue;
            }
            let at = facts.at.iter().find(|(of, _)| *of == through).map(|(_, at)| at.clone());
            let row = with(at.unwrap_or_else(|| self.readable_facts(to, asker)), &told);
            let row = self.row(to, &row, asker)?;
            fields.insert(through, Held::Row(row));
        }
        let copied = self.copied_in_new(entity, fields, asker);
        copied.iter().all(|(id, value)| values.get(id) == Some(value)).then_some(asker)
    }

    /// Somebody with the role of an asker who holds this.
    fn another_asker(&mut self, asker: Asker, told: &Told) -> Option<Asker> {
        let Asker::Account(account) = asker else { return None };
        let role = self.scene.login(account).and_then(|login| login.role);
        let facts = with(KnownFacts::default(), told);
        let fresh = self.account(self.scene.row(account).entity, role, &facts, Asker::Anonymous, None)?;
        self.others.insert(Asker::Account(fresh), account);
        self.lead(Asker::Account(fresh));
        Some(Asker::Account(fresh))
    }

    /// What a field holds already, where that is a value.
    fn known(&self, entity: EntityId, fields: &BTreeMap<FieldId, Held>, id: FieldId) -> Vec<Option<Literal>> {
        match fields.get(&id) {
            Some(Held::Value(value)) => vec![self.literal(entity, id, value)],
            Some(Held::Row(_) | Held::Rows(_)) | None => Vec::new(),
        }
    }

    pub(super) fn literal(&self, entity: EntityId, field: FieldId, value: &Json) -> Option<Literal> {
        match &self.model.entity(entity).field(field).ty {
            Type::Scalar(scalar) => values::literal(scalar, value),
            Type::List { .. } | Type::Reference(_) | Type::Many(_) => None,
        }
    }

    fn held_value(&self, entity: EntityId, field: FieldId, value: Option<&Literal>) -> Held {
        Held::Value(match (value, &self.model.entity(entity).field(field).ty) {
            (Some(literal), Type::Scalar(scalar)) => values::of_literal(literal, scalar),
            _ => Json::Null,
        })
    }
}

/// The ends of what a row may hold that a field is copied from.
fn held_at_most(model: &Model, entity: EntityId, id: FieldId) -> Vec<Option<Literal>> {
    let declared = model.entity(entity);
    let source = || {
        let (through, from) = declared.field(id).copied()?;
        Some(bounds(model.entity(declared.field(through).reference()?.to).field(from)))
    };
    source().into_iter().flatten().map(Some).collect()
}
