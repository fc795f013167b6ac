//! Planning the rows and the situations.

use std::collections::{BTreeMap, BTreeSet};

use backsmith::contract::{Case, Contract, KnownFacts, Property, Source, Value, Verb, cases, readable};
use backsmith::model::{
    AccessOperation, Default, EntityId, EntityKind, Field, FieldId, Literal, Model, RoleId, Scalar, Type,
};
use serde_json::Value as Json;

use super::cells::{Ask, Cell};
use super::{Asker, Held, Login, Pair, Row, RowId, Scene};
use crate::values;

/// Rows set aside for the checks that change one.
const SPARE: usize = 12;

/// The scene of a contract.
pub(super) fn plan(model: &Model, contract: &Contract) -> Scene {
    let scene = Scene {
        rows: Vec::new(),
        askers: vec![Asker::Anonymous],
        cells: Vec::new(),
        spare: BTreeMap::new(),
        unused: BTreeMap::new(),
        pairs: Vec::new(),
        used: BTreeMap::new(),
    };
    let order = super::rows::seed_order(model);
    let (shared, others, counts) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut planner = Planner { model, contract, scene, shared, others, counts, order };
    planner.accounts();
    for (entity, _) in model.entities() {
        planner.cells(entity);
    }
    for (entity, _) in model.entities() {
        planner.spares(entity);
        planner.unused(entity);
        planner.pairs(entity);
    }
    planner.scene.used = planner.counts;
    planner.scene
}

/// The values that fields begin with where no caller gives one, as far as they are the same each time.
pub(super) fn starting_values(model: &Model, entity: EntityId) -> BTreeMap<FieldId, Json> {
    let value = |field: &Field| match (&field.default, &field.ty) {
        (Some(Default::Literal(literal)), Type::Scalar(scalar)) => Some(values::of_literal(literal, scalar)),
        (None, _) if field.nullable => Some(Json::Null),
        _ => None,
    };
    model.entity(entity).fields().filter_map(|(id, field)| Some((id, value(field)?))).collect()
}

struct Planner<'m> {
    model: &'m Model,
    contract: &'m Contract,
    scene: Scene,
    /// Rows that only need to be there, by entity and what their asker should find.
    shared: BTreeMap<(EntityId, Asker, String), RowId>,
    /// For each asker another account with the same role.
    others: BTreeMap<Asker, RowId>,
    /// The number of values given out for each field, and of accounts.
    counts: BTreeMap<(EntityId, Option<FieldId>), usize>,
    /// The entities in the order in which their rows are seeded.
    order: Vec<EntityId>,
}

impl Planner<'_> {
    /// Two accounts without a role and two of each role: one that asks, and one whose rows are another's.
    fn accounts(&mut self) {
        let Some(auth) = &self.model.auth else { return };
        let roles = std::iter::once(None).chain((0..self.model.roles().len()).map(|index| Some(RoleId(index))));
        for role in roles.collect::<Vec<_>>() {
            let [first, second] = [(); 2].map(|()| self.account(auth.user, role, &KnownFacts::default()));
            self.scene.askers.push(Asker::Account(first));
            self.others.insert(Asker::Account(first), second);
            self.others.entry(Asker::Anonymous).or_insert(second);
        }
    }

    fn account(&mut self, entity: EntityId, role: Option<RoleId>, facts: &KnownFacts) -> RowId {
        let fields = self.fields(entity, facts, Asker::Anonymous).unwrap_or_default();
        let number = self.next(entity, None);
        let login = Login {
            email: format!("account{number}@example.com"),
            password: format!("the password of account {number}"),
            role,
        };
        self.push(entity, fields, Some(login))
    }

    fn push(&mut self, entity: EntityId, fields: BTreeMap<FieldId, Held>, login: Option<Login>) -> RowId {
        let key = format!("{}{}", self.model.entity(entity).name.camel(), self.scene.rows.len());
        self.scene.rows.push(Row { key, entity, fields, login });
        RowId(self.scene.rows.len() - 1)
    }

    fn next(&mut self, entity: EntityId, field: Option<FieldId>) -> usize {
        let count = self.counts.entry((entity, field)).or_default();
        *count += 1;
        *count
    }

    /// A fresh row of which these facts hold for that asker; `None` where the entity cannot have a first row.
    fn row(&mut self, entity: EntityId, facts: &KnownFacts, asker: Asker) -> Option<RowId> {
        if self.model.entity(entity).kind == EntityKind::User {
            return Some(self.account(entity, None, facts));
        }
        let fields = self.fields(entity, facts, asker)?;
        Some(self.push(entity, fields, None))
    }

    fn fields(&mut self, entity: EntityId, facts: &KnownFacts, asker: Asker) -> Option<BTreeMap<FieldId, Held>> {
        let model = self.model;
        let each =
            model.entity(entity).fields().map(|(id, field)| Some((id, self.field(entity, id, field, facts, asker)?)));
        each.collect()
    }

    fn field(
        &mut self,
        entity: EntityId,
        id: FieldId,
        field: &Field,
        facts: &KnownFacts,
        asker: Asker,
    ) -> Option<Held> {
        let known = facts.values.iter().find(|(of, _)| *of == id).map(|(_, literal)| literal);
        match (&field.ty, known) {
            (Type::Scalar(scalar), Some(literal)) => Some(Held::Value(values::of_literal(literal, scalar))),
            (Type::Scalar(scalar), None) => {
                let number = self.next(entity, Some(id));
                Some(Held::Value(values::valid(&Value::One(scalar.clone()), number)))
            }
            (Type::List { item, count }, _) => {
                let number = self.next(entity, Some(id));
                Some(Held::Value(values::valid(&Value::Many { item: item.clone(), count: *count }, number)))
            }
            (Type::Many(many), _) => {
                let wanted = many.count.max.min(2).max(many.count.min) as usize;
                let rows =
                    if self.comes_before(many.to, entity) { self.several(many.to, wanted, asker) } else { Vec::new() };
                (rows.len() >= many.count.min as usize).then_some(Held::Rows(rows))
            }
            (Type::Reference(reference), _) => {
                let to = reference.to;
                let row = if self.model.entity(to).kind == EntityKind::User && !field.unique {
                    Some(self.person(facts.mine.contains(&id), asker))
                } else if field.nullable && !self.comes_before(to, entity) {
                    None
                } else if field.unique {
                    let facts = self.readable_facts(to, asker);
                    self.row(to, &facts, asker)
                } else {
                    self.shared(to, asker)
                };
                row.map(Held::Row).or(field.nullable.then_some(Held::Value(Json::Null)))
            }
        }
    }

    /// The asker, or somebody else.
    fn person(&self, mine: bool, asker: Asker) -> RowId {
        match (mine, asker) {
            (true, Asker::Account(account)) => account,
            // Every asker got another when the accounts were made.
            _ => self.others.get(&asker).copied().unwrap_or(RowId(0)),
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
        let key = (entity, asker, format!("{facts:?}"));
        if let Some(row) = self.shared.get(&key) {
            return Some(*row);
        }
        let row = self.row(entity, &facts, asker)?;
        self.shared.insert(key, row);
        Some(row)
    }

    fn readable_facts(&self, entity: EntityId, asker: Asker) -> KnownFacts {
        let caller = self.scene.caller(asker);
        let mut rows = cases(self.model, self.contract, entity).into_iter().filter(|case| case.caller == caller);
        let fits = |case: &Case| readable(&self.contract.plan, entity, &caller, &case.row);
        rows.find(fits).map(|case| case.row).unwrap_or_default()
    }

    fn cells(&mut self, entity: EntityId) {
        let mut seen = BTreeMap::new();
        for case in cases(self.model, self.contract, entity) {
            let Some(asker) = self.asker(&case) else { continue };
            let asks = match case.verb {
                Verb::List | Verb::Get => {
                    let key = (asker, format!("{:?}", case.row));
                    let row = match seen.get(&key) {
                        Some(row) => Some(*row),
                        None => self.row(entity, &case.row, asker),
                    };
                    row.map(|row| {
                        seen.insert(key, row);
                        if case.verb == Verb::List { Ask::List(row) } else { Ask::Get(row) }
                    })
                    .into_iter()
                    .collect()
                }
                Verb::Create => self.creation(entity, &case, asker).into_iter().collect(),
                Verb::Put | Verb::Patch => self.updates(entity, &case, asker),
                Verb::Delete => self.row(entity, &case.row, asker).map(Ask::Delete).into_iter().collect(),
            };
            for (number, ask) in asks.into_iter().enumerate() {
                let again = if number == 0 { String::new() } else { format!(".{number}") };
                let id = format!("{}{again}", self.cell_id(entity, &case, asker));
                self.scene.cells.push(Cell { id, entity, ask, asker });
            }
        }
        if self.contract.verb(entity, Verb::List).is_some() {
            for asker in self.scene.askers.clone() {
                let name = &self.model.entity(entity).name;
                let id = format!("access.{name}.list.{}.total", self.scene.name(self.model, asker));
                self.scene.cells.push(Cell { id, entity, ask: Ask::Total, asker });
            }
        }
    }

    fn asker(&self, case: &Case) -> Option<Asker> {
        self.scene.askers.iter().copied().find(|asker| self.scene.caller(*asker) == case.caller)
    }

    fn cell_id(&self, entity: EntityId, case: &Case, asker: Asker) -> String {
        let declared = self.model.entity(entity);
        let mine = case.row.mine.iter().map(|field| format!("{}=me", declared.field(*field).name));
        let values = case.row.values.iter().map(|(id, literal)| {
            let field = declared.field(*id);
            let value = match &field.ty {
                Type::Scalar(scalar) => values::of_literal(literal, scalar),
                Type::List { .. } | Type::Reference(_) | Type::Many(_) => Json::Null,
            };
            format!("{}={}", field.name, value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        });
        let row: Vec<String> = mine.chain(values).collect();
        let row = if row.is_empty() { "row".to_owned() } else { row.join(",") };
        let verb = match case.verb {
            Verb::Put => "put",
            Verb::Patch => "patch",
            verb => verb.access().word(),
        };
        format!("access.{}.{verb}.{}.{row}", declared.name, self.scene.name(self.model, asker))
    }

    /// The body of a new row with these facts; `None` where no body makes such a row.
    fn creation(&mut self, entity: EntityId, case: &Case, asker: Asker) -> Option<Ask> {
        let declared = self.model.entity(entity);
        if declared.kind == EntityKind::User {
            return None;
        }
        let caller = self.scene.caller(asker);
        let inputs = &self.contract.resource(entity).create;
        let admitted: BTreeSet<FieldId> = inputs
            .iter()
            .filter(|input| input.write.admits(&caller))
            .filter_map(|input| field_of(&input.property))
            .collect();
        let start = starting_values(self.model, entity);
        let mut fields = self.fields(entity, &case.row, asker)?;
        if let Some(owner) = declared.owner {
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
        let makes_it = case.row.values.iter().all(|fact| admitted.contains(&fact.0) || fixed(fact));
        fields.retain(|field, _| admitted.contains(field));
        makes_it.then_some(Ask::Create(fields))
    }

    /// A change that guards do not notice, and for `PATCH` also each one that they may.
    fn updates(&mut self, entity: EntityId, case: &Case, asker: Asker) -> Vec<Ask> {
        let inputs: Vec<FieldId> =
            self.contract.resource(entity).update.iter().filter_map(|input| field_of(&input.property)).collect();
        let mut changes = vec![self.neutral(entity, &inputs, case)];
        if case.verb == Verb::Patch {
            changes.extend(self.noticed(entity, &inputs, case, asker));
        }
        let ask = |changes| Some(Ask::Update(case.verb, self.row(entity, &case.row, asker)?, changes));
        changes.into_iter().filter_map(ask).collect()
    }

    fn neutral(&mut self, entity: EntityId, inputs: &[FieldId], case: &Case) -> BTreeMap<FieldId, Held> {
        let compared = |id: &FieldId| case.row.values.iter().any(|(field, _)| field == id);
        let scalar = |id: &FieldId| match &self.model.entity(entity).field(*id).ty {
            Type::Scalar(scalar) if !matches!(scalar, Scalar::Json) => Some(scalar.clone()),
            _ => None,
        };
        let found = inputs.iter().filter(|id| !compared(id)).find_map(|id| Some((*id, scalar(id)?)));
        let change = found.map(|(id, scalar)| {
            let number = self.next(entity, Some(id));
            (id, Held::Value(values::valid(&Value::One(scalar), number)))
        });
        change.into_iter().collect()
    }

    fn noticed(&self, entity: EntityId, inputs: &[FieldId], case: &Case, asker: Asker) -> Vec<BTreeMap<FieldId, Held>> {
        let mut changes = Vec::new();
        let mut add = |field: FieldId, held: Held| {
            let change = BTreeMap::from([(field, held)]);
            if !changes.contains(&change) {
                changes.push(change);
            }
        };
        for other in cases(self.model, self.contract, entity) {
            for (field, literal) in &other.row.values {
                let here = case.row.values.contains(&(*field, literal.clone()));
                if let (Type::Scalar(scalar), false, true) =
                    (&self.model.entity(entity).field(*field).ty, here, inputs.contains(field))
                {
                    add(*field, Held::Value(values::of_literal(literal, scalar)));
                }
            }
            for field in other.row.mine.iter().filter(|field| inputs.contains(field)) {
                let mine = case.row.mine.contains(field);
                add(*field, Held::Row(self.person(!mine, asker)));
            }
        }
        changes
    }

    /// Rows for the checks that change one, as somebody who may finds them.
    fn spares(&mut self, entity: EntityId) {
        let Some((asker, facts)) = self.actor(entity, AccessOperation::Update) else { return };
        for number in 0..SPARE {
            if let Some(row) = self.row(entity, &facts, asker) {
                self.scene.spare.insert((entity, number), (asker, row));
            }
        }
    }

    /// Rows for the bodies that need one which no other row refers to yet.
    fn unused(&mut self, entity: EntityId) {
        let Some((asker, _)) = self.actor(entity, AccessOperation::Create) else { return };
        let inputs = &self.contract.resource(entity).create;
        for input in inputs {
            let (Some(to), Some(id)) = (input.refers_to, field_of(&input.property)) else { continue };
            if !self.model.entity(entity).field(id).unique {
                continue;
            }
            let facts = self.readable_facts(to, asker);
            let rows = (0..10 + 4 * inputs.len()).filter_map(|_| self.row(to, &facts, asker)).collect();
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
                let Some(to) = self.row(parent, &facts, asker) else { continue };
                let child_facts = self.readable_facts(child, asker);
                let Some(mut fields) = self.fields(child, &child_facts, asker) else { continue };
                fields.insert(field, Held::Row(to));
                let from = self.push(child, fields, None);
                let rule = reference.on_delete;
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
        let mut found: Vec<_> = cases(self.model, self.contract, entity).iter().filter_map(fits).collect();
        found.sort_by_key(|(asker, _)| *asker == Asker::Anonymous);
        found.into_iter().next()
    }
}

fn field_of(property: &Property) -> Option<FieldId> {
    match property.source {
        Source::Field(id) => Some(id),
        Source::Id | Source::Email | Source::Role | Source::CreatedAt | Source::UpdatedAt => None,
    }
}
