//! Planning the rows and the situations.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use backsmith::contract::{
    CallerFacts, Case, Contract, KnownFacts, Linked, Operand, Predicate, Ranks, RowValues, Stocks, Verb, cases,
    moves_of_oneself, seed,
};
use backsmith::model::{
    AccessOperation, Default, DeleteRule, EntityId, EntityKind, Field, FieldId, Model, RoleId, Type,
};
use serde_json::Value as Json;

use super::asking::field_of;
use super::lending::Lent;
use super::making::{needs_own_row, with};
use super::own::{Own, Taken};
use super::{Ask, Asker, Cell, Held, Login, Pair, Row, RowId, Scene};
use crate::values;

/// Rows set aside for the checks that change one.
const SPARE: usize = 12;

/// The scene of a contract.
pub(super) fn plan(model: &Model, contract: &Contract) -> Scene {
    let scene = Scene {
        rows: Vec::new(),
        referring: BTreeMap::new(),
        askers: vec![Asker::Anonymous],
        cells: Vec::new(),
        spare: BTreeMap::new(),
        unused: BTreeMap::new(),
        pairs: Vec::new(),
        truth: contract.plan.clone(),
        used: BTreeMap::new(),
        lent: Lent::new(),
    };
    let cases: Vec<Vec<Case>> = model.entities().map(|(entity, _)| cases(model, contract, entity)).collect();
    let rows =
        model.entities().zip(&cases).flat_map(|((entity, _), cases)| cases.iter().map(move |case| (entity, &case.row)));
    let (linked, of_caller) = (Linked::of(model, contract), CallerFacts::of(model, contract));
    let of_oneself = moves_of_oneself(model, contract, &of_caller);
    let rows = rows.chain(model.auth.iter().flat_map(|auth| of_oneself.iter().map(|of| (auth.user, &of.case.row))));
    let mut planner = Planner {
        model,
        contract,
        scene,
        ranks: Ranks::of(model, &linked, &of_caller, rows),
        cases,
        of_caller,
        shared: BTreeMap::new(),
        others: BTreeMap::new(),
        counts: BTreeMap::new(),
        asked: BTreeSet::new(),
        order: seed::order(model),
        standing_in: BTreeMap::new(),
        stand_ins: BTreeSet::new(),
        alone: BTreeMap::new(),
        linked,
        stocks: Stocks::of(model, contract),
        fitted: RefCell::new(BTreeMap::new()),
        own: Own::new(),
        led: BTreeSet::new(),
        situation: 0,
        taken: Taken::new(),
    };
    planner.accounts();
    for (entity, _) in model.entities() {
        planner.cells(entity);
    }
    planner.moves_of_oneself();
    for (entity, _) in model.entities() {
        planner.spares(entity);
        planner.unused(entity);
        planner.pairs(entity);
    }
    planner.scene.used = planner.counts;
    planner.scene
}

/// The values that fields begin with where no caller gives one, as far as they are the same each time.
pub(crate) fn starting_values(model: &Model, entity: EntityId) -> BTreeMap<FieldId, Json> {
    let value = |field: &Field| match (&field.default, &field.ty) {
        (Some(Default::Literal(literal)), Type::Scalar(scalar)) => Some(values::of_literal(literal, scalar)),
        (None, _) if field.nullable => Some(Json::Null),
        _ => None,
    };
    model.entity(entity).fields().filter_map(|(id, field)| Some((id, value(field)?))).collect()
}

pub(super) struct Planner<'m> {
    pub(super) model: &'m Model,
    pub(super) contract: &'m Contract,
    pub(super) scene: Scene,
    /// The situations of each entity.
    cases: Vec<Vec<Case>>,
    /// What every account holds that rules compare with.
    pub(super) of_caller: CallerFacts,
    /// Rows that only need to be there, by entity and what their asker should find.
    pub(super) shared: BTreeMap<(EntityId, Asker, String), RowId>,
    /// For each asker another account with the same role.
    pub(super) others: BTreeMap<Asker, RowId>,
    /// The number of values given out for each field, and of accounts.
    pub(super) counts: BTreeMap<(EntityId, Option<FieldId>), usize>,
    /// The rules on who writes a field that somebody has been asked about.
    pub(super) asked: BTreeSet<(Asker, String, Verb)>,
    /// The entities in the order in which their rows are seeded.
    pub(super) order: Vec<EntityId>,
    /// Those who ask in the place of others, about a row that they refer to or that leads to such rows.
    pub(super) standing_in: BTreeMap<RowId, RowId>,
    /// All of them.
    pub(super) stand_ins: BTreeSet<RowId>,
    /// For each role an account whose references lead nowhere.
    pub(super) alone: BTreeMap<Option<RoleId>, RowId>,
    /// The fields that are compared with those of which no two rows have the same.
    pub(super) linked: Linked,
    /// What rows hold that no two may, where checks look at copies of it.
    pub(super) stocks: Stocks,
    /// Values that were found for rows of which something is fixed.
    pub(super) fitted: RefCell<BTreeMap<(EntityId, String), Option<RowValues>>>,
    /// The order of what cases say of them.
    pub(super) ranks: Ranks,
    /// The values of the situation that is planned.
    pub(super) own: Own,
    /// The references of its asker that will lead to rows of its own.
    pub(super) led: BTreeSet<FieldId>,
    /// The number of that situation.
    pub(super) situation: usize,
    /// What rows hold that no other may.
    pub(super) taken: Taken,
}

impl Planner<'_> {
    /// Two accounts without a role and two of each role: one that asks, and one whose rows are another's.
    fn accounts(&mut self) {
        let Some(auth) = &self.model.auth else { return };
        let roles = std::iter::once(None).chain((0..self.model.roles().len()).map(|index| Some(RoleId(index))));
        for role in roles.collect::<Vec<_>>() {
            let [first, second] =
                [(); 2].map(|()| self.account(auth.user, role, &KnownFacts::default(), Asker::Anonymous, None));
            let (Some(first), Some(second)) = (first, second) else { return };
            self.scene.askers.push(Asker::Account(first));
            self.others.insert(Asker::Account(first), second);
            self.others.entry(Asker::Anonymous).or_insert(second);
            for account in [first, second] {
                self.lead(Asker::Account(account));
                self.lead_somewhere(auth.user, account);
            }
        }
    }

    /// Rows as rules look for them behind an asker.
    pub(super) fn lead(&mut self, asker: Asker) {
        self.lead_to(asker, self.of_caller.leads());
    }

    /// Lets references of an asker name rows of which these facts hold.
    pub(super) fn lead_to(&mut self, asker: Asker, leads: Vec<(FieldId, KnownFacts)>) {
        let Asker::Account(account) = asker else { return };
        let user = self.scene.row(account).entity;
        for (field, mut facts) in leads {
            let Some(reference) = self.model.entity(user).field(field).reference().copied() else { continue };
            // What it names until then says nothing of what is to be there.
            let is_new = self.led.insert(field);
            self.lead_with_own(reference.to, &mut facts, asker);
            if is_new {
                self.led.remove(&field);
            }
            let row = self.row(reference.to, &facts, Asker::Anonymous);
            if let Some(row) = row {
                self.refer(account, field, row);
            }
        }
    }

    /// Rows for what rules compare with the references of an account, where it has none yet.
    fn lead_somewhere(&mut self, entity: EntityId, account: RowId) {
        let parts = self.contract.plan.predicates().flat_map(|(_, predicate)| predicate.parts());
        let of_caller = parts.filter_map(|part| match part {
            Predicate::Compare(_, _, Operand::Caller(path)) if !path.leads_on() => Some(path.field),
            _ => None,
        });
        for field in of_caller.collect::<BTreeSet<FieldId>>() {
            let Some(reference) = self.model.entity(entity).field(field).reference() else { continue };
            if self.scene.row(account).fields.get(&field) == Some(&Held::Value(Json::Null)) {
                let asker = Asker::Account(account);
                let facts = self.readable_facts(reference.to, asker);
                let to = self.row(reference.to, &facts, asker);
                if let Some(to) = to {
                    self.refer(account, field, to);
                }
            }
        }
    }

    pub(super) fn cases(&self, entity: EntityId) -> &[Case] {
        &self.cases[entity.0]
    }

    /// An account; what rules compare its fields with holds unless the facts say otherwise. `None` where another one has
    /// to itself what it would hold.
    pub(super) fn account(
        &mut self,
        entity: EntityId,
        role: Option<RoleId>,
        facts: &KnownFacts,
        asker: Asker,
        known: Option<(FieldId, RowId)>,
    ) -> Option<RowId> {
        let mut facts = facts.clone();
        let said: Vec<FieldId> =
            facts.values.iter().map(|(field, _)| *field).chain(facts.nulls.iter().copied()).collect();
        let own = self.of_caller.own().filter(|(field, _)| !said.contains(field));
        facts.values.extend(own.map(|(field, literal)| (field, literal.clone())));
        self.of_another(entity, &mut facts);
        self.lend_of_account(entity, &mut facts)?;
        let fields = self.fields_with(entity, &facts, asker, known)?;
        let number = self.next(entity, None);
        let login = Login {
            email: format!("account{number}@example.com"),
            password: self.contract.limits.password(&format!("the password of account {number}")),
            role,
        };
        Some(self.push(entity, fields, Some(login)))
    }

    pub(super) fn push(&mut self, entity: EntityId, fields: BTreeMap<FieldId, Held>, login: Option<Login>) -> RowId {
        let key = format!("{}{}", self.model.entity(entity).name.camel(), self.scene.rows.len());
        let id = RowId(self.scene.rows.len());
        // Whether others hold it has been asked when the fields were made.
        let _ = self.take(entity, &fields);
        for (field, held) in &fields {
            let named = match held {
                Held::Row(to) => std::slice::from_ref(to),
                Held::Rows(rows) => rows.as_slice(),
                Held::Value(_) => &[],
            };
            for to in named {
                self.scene.referring.entry((*to, *field)).or_default().push(id);
            }
        }
        self.scene.rows.push(Row { key, entity, fields, login });
        id
    }

    pub(super) fn next(&mut self, entity: EntityId, field: Option<FieldId>) -> usize {
        let count = self.counts.entry((entity, field)).or_default();
        *count += 1;
        *count
    }

    /// Rows for the checks that change one, as somebody who may finds them.
    fn spares(&mut self, entity: EntityId) {
        let Some((asker, facts)) = self.actor(entity, AccessOperation::Update) else { return };
        for number in 0..SPARE {
            let found = self.own_row(entity, &facts, asker);
            if let Some(found) = found.filter(|(asker, row)| self.may_change_again(*asker, entity, *row)) {
                self.scene.spare.insert((entity, number), found);
            }
        }
    }

    /// Whether somebody may change a row, and read it.
    fn may_change_again(&self, asker: Asker, entity: EntityId, row: RowId) -> bool {
        let cell = |ask| Cell { id: String::new(), entity, ask, asker, field: None };
        let plan = &self.contract.plan;
        let status = |ask| self.scene.predict(self.model, plan, &cell(ask)).status;
        let change = Ask::Update(Verb::Patch, row, BTreeMap::new());
        status(change) == 200 && (self.contract.verb(entity, Verb::Get).is_none() || status(Ask::Get(row)) == 200)
    }

    /// A row that somebody changes, and who that is: where only accounts change their own, they do so themselves.
    fn own_row(&mut self, entity: EntityId, facts: &KnownFacts, asker: Asker) -> Option<(Asker, RowId)> {
        let asker = self.begin(entity, asker);
        let row = self.row_to_change(entity, facts, asker)?;
        let account = if facts.me { Some(row) } else { self.standing_in(row) };
        Some((account.map_or(asker, Asker::Account), row))
    }

    /// Rows for the bodies that need one which no other row refers to yet.
    fn unused(&mut self, entity: EntityId) {
        let Some((asker, granted)) = self.actor(entity, AccessOperation::Create) else { return };
        let inputs = &self.contract.resource(entity).create;
        for input in inputs {
            let (Some(to), Some(id)) = (input.refers_to, field_of(&input.property)) else { continue };
            if !needs_own_row(self.model.entity(entity), id) {
                continue;
            }
            let told = self.told(entity, id, &KnownFacts::default());
            let readable = self.readable_facts(to, asker);
            // What the rule on new rows asks of a row that they name is so of each.
            let asked = granted.at.iter().find(|(of, _)| *of == id).map(|(_, at)| at.clone());
            let facts = with(asked.unwrap_or_else(|| readable.clone()), &told);
            let is_lent = self.is_lent(entity, id);
            let rows = (0..10 + 4 * inputs.len()).filter_map(|_| {
                self.begin_anew();
                if is_lent {
                    self.lender((entity, id), &KnownFacts::default(), (&readable, false), asker)
                } else {
                    self.row(to, &facts, asker)
                }
            });
            let rows = rows.collect();
            self.scene.unused.insert((entity, id), rows);
        }
    }

    /// A row that may be deleted and one that refers to it, for each reference to the entity.
    fn pairs(&mut self, parent: EntityId) {
        let Some((asker, facts)) = self.actor(parent, AccessOperation::Delete) else { return };
        let model = self.model;
        for (child, declared) in model.entities() {
            for (field, reference) in declared.fields().filter_map(|(id, field)| Some((id, *field.reference()?))) {
                if reference.to != parent {
                    continue;
                }
                let Some((asker, to)) = self.own_row(parent, &facts, asker) else { continue };
                let child_facts = self.readable_facts(child, asker);
                let rule = reference.on_delete;
                if rule != DeleteRule::Restrict && self.scene.is_restricted(model, to) {
                    continue;
                }
                let known = Some((field, to));
                let from = if declared.kind == EntityKind::User {
                    self.account(child, None, &child_facts, asker, known)
                } else {
                    let fields = self.fields_with(child, &child_facts, asker, known);
                    fields.map(|fields| self.push(child, fields, None))
                };
                let Some(from) = from else { continue };
                self.scene.pairs.push(Pair { asker, parent: to, child: from, field, rule });
            }
        }
    }

    /// Somebody who may do this to a row, and what is true of that row; a user rather than nobody in particular.
    fn actor(&self, entity: EntityId, operation: AccessOperation) -> Option<(Asker, KnownFacts)> {
        let fits = |case: &Case| {
            let asker = self.asker(case)?;
            let seen = &case.row;
            let done = backsmith::contract::expect(&self.contract.plan, entity, case.verb, &case.caller, seen, seen);
            (case.verb.access() == operation && done.status == case.verb.success()).then(|| (asker, case.row.clone()))
        };
        let mut found: Vec<_> = self.cases(entity).iter().filter_map(fits).collect();
        found.sort_by_key(|(asker, facts)| (*asker == Asker::Anonymous, facts.me));
        found.into_iter().next()
    }
}
