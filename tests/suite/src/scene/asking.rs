//! Planning who asks what.

use std::collections::{BTreeMap, BTreeSet};

use backsmith::contract::{
    Case, FieldAccess, FieldGuard, KnownFacts, MoveVerdict, Property, Site, Source, Value, Verb, expect, in_checks,
    readable,
};
use backsmith::model::{EntityId, EntityKind, FieldId, FieldPath, Literal, Relation, Scalar, Type};
use serde_json::Value as Json;

use super::cells::{AboutField, Ask, Cell};
use super::plan::{Planner, starting_values};
use super::{Asker, Held, RowId};
use crate::values;

impl Planner<'_> {
    pub(super) fn cells(&mut self, entity: EntityId) {
        let mut seen = BTreeMap::new();
        for (number, case) in self.cases(entity).to_vec().into_iter().enumerate() {
            let Some(asker) = self.asker(&case) else { continue };
            let mut about = Vec::new();
            let asks = match case.verb {
                Verb::List | Verb::Get => {
                    let key = (asker, format!("{:?}", case.row));
                    let found = if let Some(found) = seen.get(&key) {
                        Some(*found)
                    } else {
                        let own = self.begin(entity, asker);
                        self.row(entity, &case.row, own).map(|row| (row, own))
                    };
                    found
                        .map(|(row, own)| {
                            seen.insert(key, (row, own));
                            about = self.shown(entity, &case, (row, own));
                            (if case.verb == Verb::List { Ask::List(row) } else { Ask::Get(row) }, own)
                        })
                        .into_iter()
                        .collect()
                }
                Verb::Create => {
                    about = self.given(entity, &case, asker);
                    about.extend(self.answered(entity, &case, asker));
                    self.creations(entity, &case, asker)
                }
                Verb::Put | Verb::Patch => {
                    about = self.given(entity, &case, asker);
                    about.extend(self.moved(entity, &case, asker));
                    about.extend(self.answered(entity, &case, asker));
                    self.updates(entity, &case, asker, number)
                }
                Verb::Delete => {
                    let own = self.begin(entity, asker);
                    let row = self.row_to_change(entity, &case.row, own);
                    row.map(|row| (Ask::Delete(row), own)).into_iter().collect::<Vec<_>>()
                }
            };
            let asks = self.with_nothing_behind(asks);
            for (number, (ask, own)) in asks.into_iter().enumerate() {
                let again = if number == 0 { String::new() } else { format!(".{number}") };
                let id = format!("{}{again}", self.cell_id(entity, &case, asker));
                let asker = self.who(&case, &ask, own);
                self.scene.cells.push(Cell { id, entity, ask, asker, field: None });
            }
            for (what, field, ask, own) in about {
                let id = format!("{}.{what}", self.cell_id(entity, &case, asker));
                let asker = self.who(&case, &ask, own);
                self.scene.cells.push(Cell { id, entity, ask, asker, field: Some(field) });
            }
        }
        self.breaks(entity);
        if self.contract.verb(entity, Verb::List).is_some() {
            for asker in self.scene.askers.clone() {
                let name = &self.model.entity(entity).name;
                let id = format!("access.{name}.list.{}.total", self.scene.name(self.model, asker));
                for (what, source) in self.ordered(entity) {
                    let (id, field) = (format!("{id}.{what}"), Some(AboutField::Orders(source)));
                    self.scene.cells.push(Cell { id, entity, ask: Ask::Total, asker, field });
                }
                self.scene.cells.push(Cell { id, entity, ask: Ask::Total, asker, field: None });
            }
        }
    }

    /// The same, and what is asked for by reading also for an account whose references lead nowhere: nothing compares with
    /// what is not there.
    fn with_nothing_behind(&mut self, mut asks: Vec<(Ask, Asker)>) -> Vec<(Ask, Asker)> {
        let [(ask @ (Ask::List(_) | Ask::Get(_)), Asker::Account(account))] = asks.as_slice() else { return asks };
        if !self.of_caller.lead() {
            return asks;
        }
        let role = self.scene.login(*account).and_then(|login| login.role);
        let entity = self.scene.row(*account).entity;
        let known = self.alone.get(&role).copied();
        let alone = known.or_else(|| self.account(entity, role, &KnownFacts::default(), Asker::Anonymous, None));
        if let Some(alone) = alone {
            let ask = ask.clone();
            self.alone.insert(role, alone);
            asks.push((ask, Asker::Account(alone)));
        }
        asks
    }

    /// Who asks: whoever changes or deletes oneself is that row.
    fn who(&self, case: &Case, ask: &Ask, asker: Asker) -> Asker {
        let account = match ask {
            Ask::Update(_, row, _) | Ask::Delete(row) if case.row.me => Some(*row),
            Ask::Update(_, row, _) | Ask::Delete(row) | Ask::Get(row) | Ask::List(row) => self.standing_in(*row),
            Ask::Create(fields) => fields.values().find_map(|held| match held {
                Held::Row(to) => self.standing_in(*to),
                Held::Rows(_) | Held::Value(_) => None,
            }),
            Ask::Total => None,
        };
        account.map_or(asker, Asker::Account)
    }

    pub(super) fn asker(&self, case: &Case) -> Option<Asker> {
        self.scene.askers.iter().copied().find(|asker| self.scene.caller(*asker) == case.caller)
    }

    /// A fresh row for an asker to change or delete. Whoever does so to oneself does nothing else, for it might not be
    /// possible afterwards: that is a fresh account, which asks itself.
    pub(super) fn row_to_change(&mut self, entity: EntityId, facts: &KnownFacts, asker: Asker) -> Option<RowId> {
        match asker {
            Asker::Account(account) if facts.me => {
                let role = self.scene.login(account).and_then(|login| login.role);
                let (leads, at) = facts.at.iter().cloned().partition(|(field, _)| self.of_caller.leads_by(*field));
                let facts = KnownFacts { me: false, at, ..facts.clone() };
                let fresh = self.account(entity, role, &facts, asker, None)?;
                self.others.insert(Asker::Account(fresh), account);
                self.lead_to(Asker::Account(fresh), leads);
                Some(fresh)
            }
            asker => self.row(entity, facts, asker),
        }
    }

    fn cell_id(&self, entity: EntityId, case: &Case, asker: Asker) -> String {
        let row = self.said(entity, &case.row);
        let row = if row.is_empty() { "row".to_owned() } else { row.join(",") };
        let verb = match case.verb {
            Verb::Put => "put",
            Verb::Patch => "patch",
            verb => verb.access().word(),
        };
        format!("access.{}.{verb}.{}.{row}", self.model.entity(entity).name, self.scene.name(self.model, asker))
    }

    /// What facts say, one thing after the other.
    fn said(&self, entity: EntityId, facts: &KnownFacts) -> Vec<String> {
        let declared = self.model.entity(entity);
        let name = |field: FieldId| declared.field(field).name.snake();
        let mut said: Vec<String> = facts.me.then(|| "me".to_owned()).into_iter().collect();
        said.extend(facts.mine.iter().map(|field| format!("{}=me", name(*field))));
        said.extend(facts.values.iter().map(|(id, literal)| {
            let value = match &declared.field(*id).ty {
                Type::Scalar(scalar) => values::of_literal(literal, scalar),
                Type::List { .. } | Type::Reference(_) | Type::Many(_) => Json::Null,
            };
            format!("{}={}", name(*id), value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        }));
        said.extend(facts.nulls.iter().map(|field| format!("{}=null", name(*field))));
        let of_me = |path: &FieldPath| {
            let steps = path.references.iter().chain([&path.field]).map(|step| format!(".{}", step.0));
            format!("me{}", steps.collect::<String>())
        };
        said.extend(facts.shared.iter().map(|(field, path)| format!("{}={}", name(*field), of_me(path))));
        said.extend(facts.behind.iter().map(of_me));
        said.extend(facts.same.iter().map(|field| format!("{}=same", name(*field))));
        said.extend(facts.apart.iter().map(|field| format!("{}=another", name(*field))));
        for (field, inner) in &facts.at {
            let to = declared.field(*field).reference().map_or(entity, |reference| reference.to);
            said.extend(self.said(to, inner).into_iter().map(|inner| format!("{}.{inner}", name(*field))));
        }
        for (relation, rows) in &facts.related {
            let entity = relation.entity();
            let rows: Vec<String> = rows.iter().map(|row| format!("({})", self.said(entity, row).join(","))).collect();
            let name = match relation {
                Relation::InSet { field, .. } => name(*field),
                Relation::Referring { side, .. } | Relation::Having { side, .. } => {
                    declared.other_sides[side.0].name.snake()
                }
            };
            said.push(format!("{name}={}", rows.join("+")));
        }
        said
    }

    /// The body of a new row with these facts, and the same with references to rows that the asker may not read; none
    /// where no body makes such a row.
    fn creations(&mut self, entity: EntityId, case: &Case, asker: Asker) -> Vec<(Ask, Asker)> {
        let own = self.begin(entity, asker);
        let Some(fields) = self.creation(entity, case, own) else { return Vec::new() };
        let done = expect(&self.contract.plan, entity, case.verb, &case.caller, &case.row, &case.row);
        let mut bodies = vec![(fields.clone(), own)];
        if done.status == case.verb.success() {
            for (field, row) in self.blind(entity, own, true) {
                // Who reads too much would find the value of the first body taken.
                let anew = self.has_own_values(entity).then(|| self.begin(entity, asker));
                let another = match anew {
                    Some(own) => self.creation(entity, case, own).map(|fields| (fields, own)),
                    None => Some((fields.clone(), own)),
                };
                bodies.extend(another.map(|(mut fields, own)| {
                    fields.insert(field, self.naming_one(entity, field, row));
                    (fields, own)
                }));
            }
        }
        bodies.into_iter().map(|(fields, own)| (Ask::Create(fields), own)).collect()
    }

    /// What a reference or a set holds that names one row.
    fn naming_one(&self, entity: EntityId, field: FieldId, row: RowId) -> Held {
        if self.model.entity(entity).field(field).many().is_some() { Held::Rows(vec![row]) } else { Held::Row(row) }
    }

    /// For each reference that a body may give, a row that the asker may not read.
    fn blind(&mut self, entity: EntityId, asker: Asker, creates: bool) -> Vec<(FieldId, RowId)> {
        let resource = self.contract.resource(entity);
        let caller = self.scene.caller(asker);
        let inputs = if creates { &resource.create } else { &resource.update };
        let references: Vec<_> = inputs
            .iter()
            .filter(|input| input.write.admits(&caller))
            .filter_map(|input| Some((field_of(&input.property)?, input.refers_to?)))
            .collect();
        // A set of several rows would need others beside it.
        let alone = |field| self.model.entity(entity).field(field).many().is_none_or(|many| many.count.min <= 1);
        let references = references.into_iter().filter(|(field, _)| alone(*field)).collect::<Vec<_>>();
        let blind = |(field, to)| Some((field, self.unreadable(entity, field, to, asker)?));
        references.into_iter().filter_map(blind).collect()
    }

    pub(super) fn creation(&mut self, entity: EntityId, case: &Case, asker: Asker) -> Option<BTreeMap<FieldId, Held>> {
        let declared = self.model.entity(entity);
        let mut case = self.of_situation(entity, case, asker);
        case.row = self.without_lent(entity, case.row);
        let case = &case;
        // Nothing refers to a row that is not there yet.
        let is_named = |(relation, rows): &(Relation, Vec<KnownFacts>)| {
            !matches!(relation, Relation::InSet { .. }) && !rows.is_empty()
        };
        if declared.kind == EntityKind::User || case.row.related.iter().any(is_named) {
            return None;
        }
        let caller = self.scene.caller(asker);
        let inputs = &self.contract.resource(entity).create;
        let admitted: BTreeSet<FieldId> = inputs
            .iter()
            .filter(|input| input.write.admits(&caller))
            .filter_map(|input| field_of(&input.property))
            .collect();
        let leads = case.row.at.iter().map(|(field, _)| field).chain(case.row.shared.iter().map(|(field, _)| field));
        let leads = leads.chain(case.row.same.iter().chain(&case.row.apart));
        let leads = leads.chain(in_sets(&case.row).filter(|(_, rows)| !rows.is_empty()).map(|(field, _)| field));
        if leads.into_iter().any(|field| !admitted.contains(field) && declared.owner_field() != Some(*field)) {
            return None;
        }
        let start = starting_values(self.model, entity);
        let mut fields = self.fields(entity, &case.row, asker)?;
        if let Some(owner) = declared.owner_field() {
            let mine = case.row.mine.contains(&owner);
            if mine || asker == Asker::Anonymous {
                fields.remove(&owner);
            } else if !admitted.contains(&owner) {
                return None;
            }
        }
        let fixed = |(field, literal): &(FieldId, Literal)| match &declared.field(*field).ty {
            Type::Scalar(scalar) => start.get(field) == Some(&values::of_literal(literal, scalar)),
            Type::List { .. } | Type::Reference(_) | Type::Many(_) => false,
        };
        fields.retain(|field, _| admitted.contains(field));
        let copied = self.copied_in_new(entity, &fields, asker);
        let copies = |(field, literal): &(FieldId, Literal)| copied.get(field) == Some(&Some(literal.clone()));
        let made = |fact: &(FieldId, Literal)| admitted.contains(&fact.0) || fixed(fact) || copies(fact);
        let makes_it = case.row.values.iter().all(made);
        let fixed = self.fixed_in_new(entity, &case.row, |field| admitted.contains(field));
        let fixed = fixed.into_iter().chain(copied).collect();
        self.fit(entity, &fixed, &mut fields)?;
        if !makes_it {
            return None;
        }
        self.take(entity, &fields)?;
        Some(fields)
    }

    /// A change that guards do not notice, and for `PATCH` also each one that they may.
    fn updates(&mut self, entity: EntityId, case: &Case, asker: Asker, number: usize) -> Vec<(Ask, Asker)> {
        let inputs = self.contract.resource(entity).update.iter().filter(|input| input.write.admits(&case.caller));
        let inputs: Vec<FieldId> = inputs.filter_map(|input| field_of(&input.property)).collect();
        let own = self.begin(entity, asker);
        let neutral = self.neutral(entity, &inputs, case);
        let row = self.row_to_change(entity, &case.row, own);
        let mut asks: Vec<(Ask, Asker)> =
            row.into_iter().map(|row| (Ask::Update(case.verb, row, neutral.clone()), own)).collect();
        // Where the row as it is may not be changed, nothing looks at what it would become.
        if case.verb != Verb::Patch || !self.may_change(entity, case) {
            return asks;
        }
        for (field, change) in self.noticed(entity, &inputs, case, number) {
            let own = self.begin(entity, asker);
            let row = self.row_to_change(entity, &case.row, own);
            let changes = self.held(entity, field, change, own).map(|held| BTreeMap::from([(field, held)]));
            asks.extend(row.zip(changes).map(|(row, changes)| (Ask::Update(case.verb, row, changes), own)));
        }
        let done = expect(&self.contract.plan, entity, case.verb, &case.caller, &case.row, &case.row);
        if done.status == case.verb.success() {
            let own = self.begin(entity, asker);
            for (field, to) in self.blind(entity, own, false) {
                let own = self.begin(entity, own);
                let row = self.row_to_change(entity, &case.row, own);
                let changes = BTreeMap::from([(field, self.naming_one(entity, field, to))]);
                asks.extend(row.map(|row| (Ask::Update(case.verb, row, changes), own)));
            }
        }
        asks
    }

    /// Whether only the row that an update would leave can forbid it.
    fn may_change(&self, entity: EntityId, case: &Case) -> bool {
        let plan = &self.contract.plan;
        let operation = case.verb.access();
        plan.admission(entity, operation).admits(&case.caller)
            && readable(plan, entity, &case.caller, &case.row)
            && plan.predicate(entity, operation, Site::Row).holds(&case.caller, &case.row)
    }

    pub(super) fn neutral(&mut self, entity: EntityId, inputs: &[FieldId], case: &Case) -> BTreeMap<FieldId, Held> {
        let facts = &case.row;
        let scalar = |id: &FieldId| match &self.model.entity(entity).field(*id).ty {
            Type::Scalar(scalar) if !matches!(scalar, Scalar::Json) => Some(scalar.clone()),
            _ => None,
        };
        let checked = in_checks(self.model.entity(entity));
        let is_free = |id: &&FieldId| !facts.says(**id) && !checked.contains(id);
        let found = inputs.iter().filter(is_free).find_map(|id| Some((*id, scalar(id)?)));
        let change = found.map(|(id, scalar)| (id, Held::Value(self.made_up(entity, id, &Value::One(scalar), 0))));
        change.into_iter().collect()
    }

    /// Changes of one field after which guards may say something else.
    fn noticed(&self, entity: EntityId, inputs: &[FieldId], case: &Case, number: usize) -> Vec<(FieldId, Change)> {
        let mut changes: Vec<(FieldId, Change)> = Vec::new();
        let here = &case.row;
        for other in self.cases(entity).iter().filter(|other| other.caller == case.caller && other.verb == case.verb) {
            let row = &other.row;
            let values = row.values.iter().filter(|fact| !here.values.contains(fact));
            let mine = row.mine.iter().map(|field| (*field, Change::Person(!here.mine.contains(field))));
            let nulls = row.nulls.iter().filter(|field| !here.nulls.contains(field));
            let shared = row.shared.iter().filter(|fact| !here.shared.contains(fact));
            let at = row.at.iter().filter(|fact| !here.at.contains(fact) && !row.mine.contains(&fact.0));
            let all = values.map(|(field, literal)| (*field, Change::Value(literal.clone())));
            let all = all.chain(mine).chain(nulls.map(|field| (*field, Change::Null)));
            let all = all.chain(shared.map(|(field, path)| (*field, Change::Shared(path.clone()))));
            let all = all.chain(at.map(|(field, facts)| (*field, Change::Row(Box::new(facts.clone())))));
            let same = row.same.iter().filter(|field| !here.same.contains(field));
            let apart = row.apart.iter().filter(|field| !here.apart.contains(field));
            let all = all.chain(same.map(|field| (*field, Change::Named { same: true })));
            let all = all.chain(apart.map(|field| (*field, Change::Named { same: false })));
            let sets = in_sets(row).filter(|set| in_sets(here).all(|here| here != *set));
            let all = all.chain(sets.map(|(field, rows)| (*field, Change::Rows(rows.to_vec()))));
            for change in all.filter(|(field, _)| inputs.contains(field)) {
                if !changes.contains(&change) {
                    changes.push(change);
                }
            }
        }
        in_turn(changes, number)
    }

    pub(super) fn held(&mut self, entity: EntityId, field: FieldId, change: Change, asker: Asker) -> Option<Held> {
        let ty = &self.model.entity(entity).field(field).ty;
        match (change, ty) {
            (Change::Value(literal), Type::Scalar(scalar)) => {
                let own = self.standing_for(entity, field, &literal, asker);
                let held = Held::Value(values::of_literal(&own, scalar));
                self.take(entity, [(&field, &held)]).map(|()| held)
            }
            (Change::Null, _) => Some(Held::Value(Json::Null)),
            (Change::Person(mine), _) => self.person(mine, asker).map(Held::Row),
            (Change::Row(facts), Type::Reference(reference)) => self.row(reference.to, &facts, asker).map(Held::Row),
            (Change::Shared(path), Type::Reference(_)) => {
                let Asker::Account(account) = asker else { return None };
                let is_account = self.model.entity(entity).kind == EntityKind::User;
                let is_possible = !self.model.entity(entity).field(field).unique || !is_account;
                let held = self.scene.behind(account, &path).cloned().filter(|_| is_possible)?;
                self.take(entity, [(&field, &held)]).map(|()| held)
            }
            (Change::Named { same }, Type::Reference(reference)) => {
                self.named(reference.to, same, None, asker).map(Held::Row)
            }
            (Change::Rows(rows), Type::Many(many)) => self.in_set(entity, many.to, &rows, asker),
            (Change::Value(_) | Change::Row(_) | Change::Rows(_) | Change::Shared(_) | Change::Named { .. }, _) => None,
        }
    }
}

/// Something asked about one field, and what that is called.
pub(super) type Asked = (String, AboutField, Ask, Asker);

impl Planner<'_> {
    /// Each arrow as a change of a row that may be updated, and from each value one change without an arrow.
    fn moved(&mut self, entity: EntityId, case: &Case, asker: Asker) -> Vec<Asked> {
        if case.verb != Verb::Patch || !self.succeeds(entity, case) {
            return Vec::new();
        }
        let (model, plan) = (self.model, &self.contract.plan);
        let mut found = Vec::new();
        for transitions in &model.entity(entity).transitions {
            let field = transitions.field;
            let declared = model.entity(entity).field(field);
            let Type::Scalar(Scalar::Enum(values)) = &declared.ty else { continue };
            for from in values {
                let here = Literal::Enum(from.clone());
                let mut row = case.row.clone();
                if row.agree(field, &here).is_none() {
                    continue;
                }
                let verdict = |to: &String| plan.moves_to((entity, field), (from, to), &case.caller, &row);
                let impossible = values.iter().find(|to| verdict(to) == MoveVerdict::Impossible);
                let arrows = values.iter().filter(|to| *to != from && verdict(to) != MoveVerdict::Impossible);
                for to in arrows.chain(impossible) {
                    // Who may depends on the caller and the row; rows that make no difference are one.
                    let question = format!("{}.{}.{from}.{to}.{:?}", entity.0, field.0, verdict(to));
                    if self.asked.contains(&(asker, question.clone(), Verb::Patch)) {
                        continue;
                    }
                    let own = self.begin(entity, asker);
                    let Some(stored) = self.row_to_change(entity, &row, own) else { continue };
                    self.asked.insert((asker, question, Verb::Patch));
                    let change = BTreeMap::from([(field, Held::Value(Json::from(to.as_str())))]);
                    let what = format!("moves.{}.{from}-{to}", declared.name);
                    found.push((what, AboutField::Gives, Ask::Update(Verb::Patch, stored, change), own));
                }
            }
        }
        found
    }

    /// The fields that lists are ordered by, but not for everybody.
    fn ordered(&self, entity: EntityId) -> Vec<(String, Source)> {
        let sorts = &self.contract.resource(entity).sorts;
        let about = |guard: &FieldGuard| {
            let sort = sorts.iter().find(|property| property.source == guard.source)?;
            Some((format!("by.{}", sort.wire), guard.source))
        };
        self.guards(entity, FieldAccess::Read).filter_map(about).collect()
    }

    pub(super) fn guards(&self, entity: EntityId, access: FieldAccess) -> impl Iterator<Item = &FieldGuard> {
        self.contract.plan.fields_of(entity).filter(move |guard| guard.access == access)
    }

    pub(super) fn wire(&self, entity: EntityId, source: Source) -> Option<String> {
        let mut row = self.contract.resource(entity).row.iter();
        row.find(|property| property.source == source).map(|property| property.wire.clone())
    }

    pub(super) fn succeeds(&self, entity: EntityId, case: &Case) -> bool {
        let expected = expect(&self.contract.plan, entity, case.verb, &case.caller, &case.row, &case.row);
        expected.status == case.verb.success()
    }
}

/// Changes of one field that a row is given; rows with the same fields get different ones.
const CHANGES_MAX: usize = 3;

/// Some changes of each field, others for each number, so that many rows together get them all.
fn in_turn(changes: Vec<(FieldId, Change)>, number: usize) -> Vec<(FieldId, Change)> {
    let mut by_field: BTreeMap<FieldId, Vec<Change>> = BTreeMap::new();
    for (field, change) in changes {
        by_field.entry(field).or_default().push(change);
    }
    let chosen = by_field.into_iter().flat_map(|(field, changes)| {
        let count = changes.len();
        let start = number * CHANGES_MAX;
        (0..count.min(CHANGES_MAX))
            .map(move |step| (field, changes[(start + step) % count].clone()))
            .collect::<Vec<_>>()
    });
    chosen.collect()
}

/// What facts say of the rows in each set.
pub(super) fn in_sets(facts: &KnownFacts) -> impl Iterator<Item = (&FieldId, &[KnownFacts])> {
    facts.related.iter().filter_map(|(relation, rows)| match relation {
        Relation::InSet { field, .. } => Some((field, rows.as_slice())),
        Relation::Referring { .. } | Relation::Having { .. } => None,
    })
}

/// What a field may be changed to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    Value(Literal),
    Null,
    /// The asker, or somebody else.
    Person(bool),
    /// What is at the end of this path from the asker.
    Shared(FieldPath),
    /// The row that other references name too, or one that none names.
    Named {
        same: bool,
    },
    /// A row of which this holds.
    Row(Box<KnownFacts>),
    /// A set of rows of which this holds, one after the other.
    Rows(Vec<KnownFacts>),
}

pub(super) fn field_of(property: &Property) -> Option<FieldId> {
    match property.source {
        Source::Field(id) => Some(id),
        Source::Id | Source::Email | Source::Role | Source::CreatedAt | Source::UpdatedAt => None,
    }
}
