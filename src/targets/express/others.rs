//! What other entities have to do with one.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{Action, CallerFacts, Runs, Stocks, Supply, Value, Verb, in_checks, seed};
use crate::model::{DeleteRule, Entity, EntityId, Field, FieldId, Literal};
use crate::targets::Input;

/// What other entities have to do with one: all that takes a look at every other to find out.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Others {
    /// Whether a request may refer to its rows.
    pub refer_to_it: bool,
    /// Whether a request may refer to several of its rows at once.
    pub collect_it: bool,
    /// The relations that bring its rows along with others: of which entity, and which of its relations.
    pub include_it: Vec<(EntityId, usize)>,
    /// The references to its rows that do not let them be deleted: of which entity, and which of its fields.
    pub keep_it: Vec<(EntityId, FieldId)>,
    /// The entities it refers to that lead back to it.
    pub in_a_circle: Vec<EntityId>,
    /// Its references and sets that a seed gives when all rows are stored.
    pub waiting: Vec<FieldId>,
    /// What users hold in tests, where its checks look at what it copies from them, or those of others if it is they.
    pub lent: Vec<(FieldId, Literal)>,
    /// What its rows hold in tests of which no two may hold the same and that others copy.
    pub supplies: Vec<(FieldId, Supply)>,
    /// The values of which its rows copy one, as far as its checks look at that.
    pub copies: BTreeMap<FieldId, Supply>,
    /// The same as values with which a row goes together if it does with all of them.
    pub runs: Runs,
}

impl Others {
    /// What others have to do with each entity, in order.
    pub(super) fn all(input: &Input) -> Vec<Self> {
        let mut all = vec![Self::default(); input.model.entities.len()];
        // Accounts are written by the login too.
        let mut written: BTreeSet<EntityId> = input.model.auth.iter().map(|auth| auth.user).collect();
        let mut read: BTreeSet<EntityId> = BTreeSet::new();
        for operation in &input.contract.operations {
            let Action::Rows { entity, verb } = operation.action else { continue };
            written.insert(entity);
            if matches!(verb, Verb::List | Verb::Get) {
                read.insert(entity);
            }
        }
        for resource in &input.contract.resources {
            let includes = resource.includes.iter().enumerate().filter(|_| read.contains(&resource.entity));
            for (index, include) in includes {
                all[include.to.0].include_it.push((resource.entity, index));
            }
            let members = resource.create.iter().chain(&resource.update);
            for member in members.filter(|_| written.contains(&resource.entity)) {
                let Some(to) = member.refers_to else { continue };
                let in_set = matches!(member.property.value, Value::Keys { .. });
                let referring = if in_set { &mut all[to.0].collect_it } else { &mut all[to.0].refer_to_it };
                *referring = true;
            }
        }
        for (from, entity) in input.model.entities() {
            let references = entity.fields().filter_map(|(id, field)| Some((id, field.reference()?)));
            for (field, reference) in references.filter(|(_, to)| to.on_delete == DeleteRule::Restrict) {
                all[reference.to.0].keep_it.push((from, field));
            }
        }
        let circles = Circles::of(input);
        let order = seed::order(input.model);
        let stocks = Stocks::of(input.model, input.contract);
        for (id, entity) in input.model.entities() {
            all[id.0].in_a_circle = circles.with(id);
            let supply = |field| Some((field, stocks.supply(id, field)?.clone()));
            all[id.0].supplies = stocks.of_entity(id).filter_map(supply).collect();
            all[id.0].copies = stocks.copies(input.model, id);
            all[id.0].runs = stocks.runs(input.model, id);
            let fields = entity.fields().map(|(field, _)| field);
            let user = input.model.auth.as_ref().map(|auth| auth.user);
            if copies_from_users(input, entity)
                && let Some(user) = user
            {
                let known = CallerFacts::of(input.model, input.contract);
                let lent: Vec<_> = known.own().map(|(field, value)| (field, value.clone())).collect();
                all[user.0].lent.clone_from(&lent);
                all[id.0].lent = lent;
            }
            all[id.0].waiting = fields.filter(|field| seed::waits(input.model, &order, id, *field)).collect();
        }
        all
    }
}

/// Whether checks look at what is copied from users.
fn copies_from_users(input: &Input, entity: &Entity) -> bool {
    let user = input.model.auth.as_ref().map(|auth| auth.user);
    let through = |id: FieldId| entity.field(entity.field(id).copied()?.0).reference().map(|reference| reference.to);
    user.is_some() && in_checks(entity).into_iter().any(|id| through(id) == user)
}

/// Which entities lead to each other by their references: Tarjan's strongly connected components.
struct Circles {
    references: Vec<Vec<usize>>,
    /// When each was first seen, from 1, and the first that it leads back to.
    seen: Vec<usize>,
    back: Vec<usize>,
    count: usize,
    open: Vec<usize>,
    /// The circle of each, by one of its entities.
    circle: Vec<Option<usize>>,
}

impl Circles {
    fn of(input: &Input) -> Self {
        let references: Vec<Vec<usize>> = input
            .model
            .entities()
            .map(|(_, entity)| entity.fields.iter().filter_map(Field::reference).map(|reference| reference.to.0))
            .map(Iterator::collect)
            .collect();
        let count = references.len();
        let mut circles = Self {
            references,
            seen: vec![0; count],
            back: vec![0; count],
            count: 0,
            open: Vec::new(),
            circle: vec![None; count],
        };
        for place in 0..count {
            if circles.seen[place] == 0 {
                circles.visit(place);
            }
        }
        circles
    }

    fn visit(&mut self, place: usize) {
        self.count += 1;
        (self.seen[place], self.back[place]) = (self.count, self.count);
        self.open.push(place);
        for next in self.references[place].clone() {
            if self.seen[next] == 0 {
                self.visit(next);
                self.back[place] = self.back[place].min(self.back[next]);
            } else if self.circle[next].is_none() {
                self.back[place] = self.back[place].min(self.seen[next]);
            }
        }
        if self.back[place] == self.seen[place] {
            while let Some(closed) = self.open.pop() {
                self.circle[closed] = Some(place);
                if closed == place {
                    break;
                }
            }
        }
    }

    /// The entities in the same circle that one refers to.
    fn with(&self, id: EntityId) -> Vec<EntityId> {
        let with = self.references[id.0].iter().filter(|to| self.circle[**to] == self.circle[id.0]);
        with.map(|to| EntityId(*to)).collect()
    }
}
