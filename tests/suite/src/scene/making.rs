//! Making rows of which facts hold.

use std::collections::BTreeMap;

use backsmith::contract::{Case, KnownFacts, Value, in_checks, readable};
use backsmith::model::{Entity, EntityId, EntityKind, Field, FieldId, FieldPath, Literal, Relation, Scalar, Type};
use serde_json::Value as Json;

use super::asking::in_sets;
use super::plan::Planner;
use super::{Asker, Held, Row, RowId};
use crate::values;

/// How far the numbers of values that nobody sees are from those of others, so that a search for one finds no other.
const APART: usize = 5000;

/// Whether each row needs one of its own to refer to: no two may refer to the same, or nothing else tells apart two
/// rows that may not have a whole set of values in common, or two references of one row may not name the same.
pub(crate) fn needs_own_row(entity: &Entity, id: FieldId) -> bool {
    let differs = |id: &FieldId| match &entity.field(*id).ty {
        Type::Scalar(scalar) => !matches!(scalar, Scalar::Boolean | Scalar::Enum(_)),
        Type::List { .. } | Type::Reference(_) | Type::Many(_) => false,
    };
    // The owner is whoever the server says.
    let refers = |id: &&FieldId| entity.field(**id).reference().is_some() && entity.owner_field() != Some(**id);
    let chosen = |fields: &[FieldId]| {
        let same = !fields.iter().any(differs);
        same.then(|| fields.iter().rfind(refers).copied()).flatten()
    };
    entity.field(id).unique || entity.is_apart(id) || entity.unique.iter().any(|set| chosen(&set.fields) == Some(id))
}

impl Planner<'_> {
    /// A fresh row of which these facts hold for that asker; `None` where the entity cannot have a first row.
    pub(super) fn row(&mut self, entity: EntityId, facts: &KnownFacts, asker: Asker) -> Option<RowId> {
        self.row_with(entity, facts, asker, None)
    }

    /// The same with a field that is known already.
    pub(super) fn row_with(
        &mut self,
        entity: EntityId,
        facts: &KnownFacts,
        asker: Asker,
        known: Option<(FieldId, RowId)>,
    ) -> Option<RowId> {
        if let Some(account) = self.stand_in(facts, asker) {
            let row = self.row_with(entity, facts, Asker::Account(account), known)?;
            self.standing_in.insert(row, account);
            return Some(row);
        }
        let row = match (self.model.entity(entity).kind, asker) {
            (EntityKind::User, Asker::Account(account)) if facts.me => {
                if let Some((field, to)) = known {
                    self.refer(account, field, to);
                }
                account
            }
            (EntityKind::User, _) => self.account(entity, None, facts, asker, known)?,
            (EntityKind::Ordinary, _) => {
                let fields = self.fields_with(entity, facts, asker, known)?;
                self.push(entity, fields, None)
            }
        };
        for (relation, rows) in &facts.related {
            // Those in its sets are there before it.
            let (Relation::Referring { entity, by, .. } | Relation::Having { entity, by, .. }) = relation else {
                continue;
            };
            for facts in rows.iter().filter(|facts| !facts.itself) {
                self.row_with(*entity, facts, asker, Some((*by, row)));
            }
        }
        for place in &facts.behind {
            self.lead_along(place, row, asker);
        }
        Some(row)
    }

    /// Lets the references of an asker lead to a row, over rows as rules look for them.
    fn lead_along(&mut self, place: &FieldPath, row: RowId, asker: Asker) -> Option<()> {
        let Asker::Account(account) = asker else { return None };
        let user = self.scene.row(account).entity;
        let steps: Vec<(EntityId, FieldId)> = self.model.along(user, place).collect();
        let mut to = row;
        for (place, (entity, field)) in steps.iter().enumerate().skip(1).rev() {
            let mut facts = KnownFacts { at: self.of_caller.leads(), ..KnownFacts::default() };
            for (_, step) in steps.iter().take(place) {
                facts = facts.at.into_iter().find(|(of, _)| of == step)?.1;
            }
            facts.at.retain(|(of, _)| of != field);
            self.lead_with_own(*entity, &mut facts, asker);
            to = self.row_with(*entity, &facts, Asker::Anonymous, Some((*field, to)))?;
        }
        self.refer(account, place.begin(), to);
        Some(())
    }

    /// A fresh account with the role of an asker, where rows are to be made that the asker refers to: there may be
    /// many such rows, and an account refers to one of them.
    fn stand_in(&mut self, facts: &KnownFacts, asker: Asker) -> Option<RowId> {
        let Asker::Account(account) = asker else { return None };
        if !names_caller(facts) || self.stand_ins.contains(&account) {
            return None;
        }
        let Row { entity, login, .. } = self.scene.row(account);
        let role = login.as_ref().and_then(|login| login.role);
        // What the account itself refers to may need rows behind it in turn.
        let of = if facts.is_led_to() { Asker::Anonymous } else { asker };
        let fresh = self.account(*entity, role, &KnownFacts::default(), of, None)?;
        self.others.insert(Asker::Account(fresh), account);
        self.lead(Asker::Account(fresh));
        self.stand_ins.insert(fresh);
        Some(fresh)
    }

    /// Who asks about a row in the place of somebody else.
    pub(super) fn standing_in(&self, row: RowId) -> Option<RowId> {
        let named = |held: &Held| if let Held::Row(to) = held { self.standing_in.get(to).copied() } else { None };
        let known = self.standing_in.get(&row).copied();
        known.or_else(|| self.scene.row(row).fields.values().find_map(named))
    }

    /// Lets an account refer to a row, or have it in a set: in a full one it takes the place of another.
    pub(super) fn refer(&mut self, account: RowId, field: FieldId, to: RowId) {
        let entity = self.scene.row(account).entity;
        let most = self.model.entity(entity).field(field).many().map_or(usize::MAX, |many| many.count.max as usize);
        let held = self.scene.rows[account.0].fields.entry(field).or_insert(Held::Value(Json::Null));
        let before = match held {
            Held::Rows(rows) => {
                let before = (rows.len() >= most && !rows.is_empty()).then(|| rows.remove(0));
                rows.push(to);
                before
            }
            Held::Row(before) => Some(std::mem::replace(before, to)),
            Held::Value(_) => {
                *held = Held::Row(to);
                None
            }
        };
        if let Some(rows) = before.and_then(|before| self.scene.referring.get_mut(&(before, field))) {
            rows.retain(|row| *row != account);
        }
        self.scene.referring.entry((to, field)).or_default().push(account);
    }

    pub(super) fn fields(
        &mut self,
        entity: EntityId,
        facts: &KnownFacts,
        asker: Asker,
    ) -> Option<BTreeMap<FieldId, Held>> {
        self.fields_with(entity, facts, asker, None)
    }

    /// No row is made for the field that is known: that row may need this one.
    pub(super) fn fields_with(
        &mut self,
        entity: EntityId,
        facts: &KnownFacts,
        asker: Asker,
        known: Option<(FieldId, RowId)>,
    ) -> Option<BTreeMap<FieldId, Held>> {
        let model = self.model;
        let facts = &self.instance(entity, facts, asker);
        let each = model.entity(entity).fields().map(|(id, field)| match known {
            Some((of, row)) if of == id => Some((id, self.naming(field, row, asker)?)),
            Some(_) if field.many().is_some() && in_sets(facts).all(|(of, _)| *of != id) => {
                Some((id, self.fewest(field, asker)?))
            }
            _ => Some((id, self.field(entity, id, field, facts, asker)?)),
        });
        let mut fields = each.collect::<Option<BTreeMap<FieldId, Held>>>()?;
        self.fit(entity, &Self::fixed_by(facts), &mut fields)?;
        self.is_free(entity, &fields).then_some(fields)
    }

    /// What a field holds that names a row, and others as well where there must be several.
    fn naming(&mut self, field: &Field, row: RowId, asker: Asker) -> Option<Held> {
        let Some(many) = field.many() else { return Some(Held::Row(row)) };
        let least = many.count.min.max(1) as usize;
        let others = (1..least).map(|_| self.row(many.to, &KnownFacts::default(), asker));
        let others = others.collect::<Option<Vec<RowId>>>()?;
        Some(Held::Rows(std::iter::once(row).chain(others).collect()))
    }

    /// A set with no more rows than there must be: others might need the row that it is made for.
    fn fewest(&mut self, field: &Field, asker: Asker) -> Option<Held> {
        let many = field.many()?;
        let rows = (0..many.count.min).map(|_| self.row(many.to, &KnownFacts::default(), asker));
        Some(Held::Rows(rows.collect::<Option<Vec<RowId>>>()?))
    }

    /// The rows of a set, of which these facts hold.
    pub(super) fn in_set(&mut self, of: EntityId, to: EntityId, rows: &[KnownFacts], asker: Asker) -> Option<Held> {
        let mut held: Vec<RowId> = Vec::new();
        for facts in rows {
            let known = if counts(facts, of) { None } else { self.lasting(to, facts, asker) };
            let row = known.filter(|row| !held.contains(row));
            held.push(match row {
                Some(row) => row,
                None => self.row(to, facts, asker)?,
            });
        }
        Some(Held::Rows(held))
    }

    fn field(
        &mut self,
        entity: EntityId,
        id: FieldId,
        field: &Field,
        facts: &KnownFacts,
        asker: Asker,
    ) -> Option<Held> {
        if facts.nulls.contains(&id) {
            return Some(Held::Value(Json::Null));
        }
        match (&field.ty, facts.said(id)) {
            (Type::Scalar(scalar), Some(literal)) => Some(Held::Value(values::of_literal(literal, scalar))),
            (Type::Scalar(scalar), None) => {
                let after = if field.private { APART } else { 0 };
                Some(Held::Value(self.made_up(entity, id, &Value::One(scalar.clone()), after)))
            }
            (Type::List { item, count }, _) => {
                let number = self.next(entity, Some(id));
                Some(Held::Value(values::valid(&Value::Many { item: item.clone(), count: *count }, number)))
            }
            (Type::Many(many), _) => {
                let asked = facts.related.iter().find_map(|(relation, rows)| match relation {
                    Relation::InSet { field, .. } if *field == id => Some(rows),
                    _ => None,
                });
                if let Some(rows) = asked {
                    return self.in_set(entity, many.to, rows, asker);
                }
                let wanted = many.count.max.min(2).max(many.count.min) as usize;
                let asker = self.knowing(entity, many.to, asker);
                let rows =
                    if self.comes_before(many.to, entity) { self.several(many.to, wanted, asker) } else { Vec::new() };
                (rows.len() >= many.count.min as usize).then_some(Held::Rows(rows))
            }
            (Type::Reference(reference), _) => {
                let row = self.referred(entity, id, field, reference.to, facts, asker);
                row.or(field.nullable.then_some(Held::Value(Json::Null)))
            }
        }
    }

    /// What a reference holds: what the facts say, else a row that only needs to be there.
    fn referred(
        &mut self,
        entity: EntityId,
        id: FieldId,
        field: &Field,
        to: EntityId,
        facts: &KnownFacts,
        asker: Asker,
    ) -> Option<Held> {
        let mine = facts.mine.contains(&id);
        let needs_own = needs_own_row(self.model.entity(entity), id);
        // Two accounts share nothing that no two rows may refer to.
        let is_possible = !field.unique || self.model.entity(entity).kind == EntityKind::Ordinary;
        let shared = facts.shared.iter().find(|(of, _)| *of == id).filter(|_| is_possible);
        let shared = shared.filter(|_| !facts.at.iter().any(|(of, at)| *of == id && names_caller(at)));
        if let (Some((_, path)), Asker::Account(account)) = (shared, asker) {
            return self.scene.behind(account, path).cloned();
        }
        let is_lent = self.is_lent(entity, id);
        let told = if is_lent { Told::new() } else { self.told(entity, id, facts) };
        let at = facts.at.iter().find(|(of, _)| *of == id).map(|(_, facts)| with(facts.clone(), &told));
        let same = facts.same.contains(&id);
        let is_named = same || facts.apart.contains(&id);
        if !mine && (!needs_own || self.linked.is_compared(entity, id)) && is_named {
            let at = facts.at.iter().find(|(of, _)| *of == id).map(|(_, facts)| facts);
            return self.named(to, same, at, asker).map(Held::Row);
        }
        let is_own = self.linked.names_one_row(self.model, to);
        let row = match at {
            Some(_) if !mine && is_lent => {
                let at = facts.at.iter().find(|(of, _)| *of == id).map(|(_, at)| at.clone()).unwrap_or_default();
                let lasts = !field.unique && !counts(&at, entity) && !is_own;
                self.lender((entity, id), facts, (&at, lasts), asker)
            }
            Some(facts)
                if !mine
                    && !field.unique
                    && !self.model.entity(entity).is_apart(id)
                    && !counts(&facts, entity)
                    && !is_own =>
            {
                self.lasting(to, &facts, asker)
            }
            Some(facts) if !mine => self.row(to, &facts, asker),
            _ if self.model.entity(to).kind == EntityKind::User && !needs_own => {
                let person = self.person(mine, asker);
                let is_fit = mine || person.is_none_or(|person| !is_lent && self.holds(person, &told));
                if is_fit || self.can_lend(entity, id, facts, person) {
                    person
                } else if is_lent {
                    let readable = self.readable_facts(to, asker);
                    self.lender((entity, id), facts, (&readable, true), asker)
                } else {
                    let facts = with(self.readable_facts(to, asker), &told);
                    self.lasting(to, &facts, asker)
                }
            }
            _ if field.nullable && !self.comes_before(to, entity) => None,
            _ => {
                let asker = self.knowing(entity, to, asker);
                let readable = self.readable_facts(to, asker);
                if is_lent {
                    return self.lender((entity, id), facts, (&readable, !needs_own), asker).map(Held::Row);
                }
                let facts = with(readable, &told);
                if needs_own { self.row(to, &facts, asker) } else { self.lasting(to, &facts, asker) }
            }
        };
        row.map(Held::Row)
    }

    /// Whether a row holds all that is told.
    pub(super) fn holds(&self, row: RowId, told: &Told) -> bool {
        let of = self.scene.row(row);
        told.iter().all(|(id, value)| match of.fields.get(id) {
            Some(Held::Value(held)) => self.literal(of.entity, *id, held) == *value,
            Some(Held::Row(_) | Held::Rows(_)) | None => false,
        })
    }

    /// Whether a new row of which these facts hold passes its checks with what it copies from a person.
    fn can_lend(&self, entity: EntityId, through: FieldId, facts: &KnownFacts, person: Option<RowId>) -> bool {
        let declared = self.model.entity(entity);
        let Some(person) = person else { return true };
        let named = BTreeMap::from([(through, Held::Row(person))]);
        let copied = self.copied_in_new(entity, &named, Asker::Anonymous).into_iter();
        let copied = copied.filter(|(id, _)| declared.field(*id).copied().is_some_and(|(of, _)| of == through));
        let fixed =
            copied.chain(self.fixed_in_new(entity, facts, |id| self.model.entity(entity).may_be_given(*id))).collect();
        self.fitted(entity, &fixed).is_some()
    }

    /// What a row holds that new ones copy from, so that these pass their checks where these facts hold of them.
    pub(super) fn told(&self, entity: EntityId, through: FieldId, facts: &KnownFacts) -> Told {
        let declared = self.model.entity(entity);
        let is_copied = |id: FieldId| declared.field(id).copied().is_some_and(|(of, _)| of == through);
        if !in_checks(declared).into_iter().any(is_copied) {
            return Told::new();
        }
        let fixed = self.fixed_in_new(entity, facts, |id| self.model.entity(entity).may_be_given(*id));
        self.fitted(entity, &fixed).map(|values| self.told_of(entity, through, &values)).unwrap_or_default()
    }

    /// The row that references name which are told to name the same, or one that no other reference names.
    pub(super) fn named(
        &mut self,
        entity: EntityId,
        same: bool,
        at: Option<&KnownFacts>,
        asker: Asker,
    ) -> Option<RowId> {
        let facts = at.cloned().unwrap_or_else(|| self.readable_facts(entity, asker));
        // One's own account is not somebody else's.
        let facts = KnownFacts { me: false, ..facts };
        match same {
            true if self.linked.names_one_row(self.model, entity) => {
                self.lasting_as(entity, &facts, asker, format!("{} the same", self.situation))
            }
            true => self.lasting(entity, &facts, asker),
            false => self.row(entity, &facts, asker),
        }
    }

    /// The asker, or somebody else.
    pub(super) fn person(&self, mine: bool, asker: Asker) -> Option<RowId> {
        match (mine, asker) {
            (true, Asker::Account(account)) => Some(account),
            // Every asker gets another when the accounts are made; the first of them know nobody.
            _ => self.others.get(&asker).copied(),
        }
    }

    /// Whether rows of one entity are seeded before those of another.
    fn comes_before(&self, first: EntityId, second: EntityId) -> bool {
        let place = |entity| self.order.iter().position(|of| *of == entity);
        place(first) < place(second)
    }

    /// As many different rows as that, which the asker may read if there can be such rows; fewer where there are not.
    fn several(&mut self, entity: EntityId, number: usize, asker: Asker) -> Vec<RowId> {
        let facts = self.readable_facts(entity, asker);
        let first = self.shared(entity, asker);
        let more = (1..number).map(|_| self.row(entity, &facts, asker)).collect::<Vec<_>>();
        first.into_iter().chain(more.into_iter().flatten()).take(number).collect()
    }

    /// A row that only needs to be there, and that the asker may read if there can be such a row.
    fn shared(&mut self, entity: EntityId, asker: Asker) -> Option<RowId> {
        let facts = self.readable_facts(entity, asker);
        self.lasting(entity, &facts, asker)
    }

    /// A row of which these facts hold, and that nothing changes: one for all who need such a row.
    fn lasting(&mut self, entity: EntityId, facts: &KnownFacts, asker: Asker) -> Option<RowId> {
        let facts = &self.instance(entity, facts, asker);
        let situation = if self.tells_own_rows(entity, facts) { self.situation } else { 0 };
        self.lasting_as(entity, facts, asker, format!("{situation} {facts:?}"))
    }

    /// The same for all who need a row of that name.
    fn lasting_as(&mut self, entity: EntityId, facts: &KnownFacts, asker: Asker, name: String) -> Option<RowId> {
        let key = (entity, asker, name);
        if let Some(row) = self.shared.get(&key) {
            return Some(*row);
        }
        let row = self.row(entity, facts, asker)?;
        self.shared.insert(key, row);
        Some(row)
    }

    /// Who finds the rows that a row of an entity names: what only those find who name them would need an account before
    /// the one that is made.
    fn knowing(&self, of: EntityId, to: EntityId, asker: Asker) -> Asker {
        let is_account = self.model.entity(of).kind == EntityKind::User;
        if is_account && names_caller(&self.readable_facts(to, asker)) { Asker::Anonymous } else { asker }
    }

    pub(super) fn readable_facts(&self, entity: EntityId, asker: Asker) -> KnownFacts {
        self.facts_where(entity, asker, true).unwrap_or_default()
    }

    /// A row that the asker may not read, for a field to refer to, if there can be one.
    pub(super) fn unreadable(&mut self, of: EntityId, field: FieldId, to: EntityId, asker: Asker) -> Option<RowId> {
        let facts = self.facts_where(to, asker, false)?;
        let alone = self.model.entity(of).field(field).unique || counts(&facts, of);
        if alone { self.row(to, &facts, asker) } else { self.lasting(to, &facts, asker) }
    }

    /// The first row that an asker may read, or may not; one behind the asker where there is no other.
    fn facts_where(&self, entity: EntityId, asker: Asker, wanted: bool) -> Option<KnownFacts> {
        let caller = self.scene.caller(asker);
        let fits =
            |case: &&Case| case.caller == caller && readable(&self.contract.plan, entity, &caller, &case.row) == wanted;
        let mut rows = self.cases(entity).iter().filter(fits).map(|case| &case.row);
        let first = rows.clone().find(|row| !row.is_led_to()).or_else(|| rows.next());
        first.cloned()
    }
}

/// What some fields hold; `None` is null.
pub(super) type Told = Vec<(FieldId, Option<Literal>)>;

/// Facts with what is told beside them, where they do not say otherwise.
pub(super) fn with(mut facts: KnownFacts, told: &[(FieldId, Option<Literal>)]) -> KnownFacts {
    for (field, value) in told {
        if !facts.says(*field) {
            facts.say(*field, value.clone());
        }
    }
    facts
}

/// Whether facts tell of rows that the asker refers to or has in a set, or that others refer to behind the asker.
fn names_caller(facts: &KnownFacts) -> bool {
    let related = facts.related.iter().any(|(relation, rows)| {
        let is_stored_there = !matches!(relation, Relation::InSet { .. });
        rows.iter().any(|row| (is_stored_there && row.me) || names_caller(row))
    });
    related || !facts.behind.is_empty() || facts.at.iter().any(|(_, at)| names_caller(at))
}

/// Whether a row of an entity is among those that such facts tell of, so that one more would make them untrue.
fn counts(facts: &KnownFacts, entity: EntityId) -> bool {
    let related = facts.related.iter();
    facts.at.iter().any(|(_, at)| counts(at, entity))
        || related.into_iter().any(|(relation, rows)| {
            let is_named = !matches!(relation, Relation::InSet { .. }) && relation.entity() == entity;
            is_named || rows.iter().any(|row| counts(row, entity))
        })
}
