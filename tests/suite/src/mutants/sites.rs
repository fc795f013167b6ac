//! Faults at one place: an access rule that one kind of request forgets, and fields that are shown or taken where they
//! should not be.

use backsmith::contract::{
    Admission, Caller, Contract, FieldAccess, FieldGuard, Filter, Input, Operator, Plan, Predicate, Resource, Site,
    Source, Value, Verb, property,
};
use backsmith::model::{AccessOperation, Comparison, Entity, EntityId, Field, FieldId, Model, RoleId, Scalar};
use backsmith::reference::Request;

/// A server that is wrong at one place.
#[derive(Debug, Clone)]
pub struct SiteMutant {
    /// Its stable id, `Review.patch.row`.
    pub id: String,
    /// The requests that it answers wrongly.
    pub kind: Kind,
    /// What is wrong about them.
    pub fault: Fault,
}

/// A kind of request about the rows of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The entity.
    pub entity: EntityId,
    /// What is asked; `None` stands for anything.
    pub verb: Option<Verb>,
    /// Of lists those that are asked for so; `None` stands for all.
    pub query: Option<Query>,
}

/// What a list may be asked for with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Query {
    /// A parameter that narrows it.
    Filter,
    /// `sort`
    Sort,
    /// `q`
    Search,
    /// `include` with the relation at this place among the entity's.
    Include(usize),
}

/// What is wrong at a place.
#[derive(Debug, Clone)]
pub enum Fault {
    /// Other guards are enforced.
    Guards(Plan),
    /// The rows of a list are those that other guards let through, though its total is right.
    Rows(Plan),
    /// The total of a list counts the rows that other guards let through.
    Total(Plan),
    /// More is shown or taken than the contract says.
    Contract(Box<Contract>, Leak),
    /// What a body holds beside the known members is passed over.
    PassesOver,
}

/// What is shown or taken of a field that should not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leak {
    /// Rows show it.
    Shown,
    /// Lists may be narrowed, ordered or searched by it.
    Asked,
    /// Bodies may give it.
    Taken,
}

impl Fault {
    /// The guards that stand in for the true ones.
    pub fn plan(&self) -> Option<&Plan> {
        match self {
            Self::Guards(plan) | Self::Rows(plan) | Self::Total(plan) => Some(plan),
            Self::Contract(..) | Self::PassesOver => None,
        }
    }

    /// The contract that stands in for the true one.
    pub fn contract(&self) -> Option<&Contract> {
        match self {
            Self::Contract(contract, _) => Some(contract),
            Self::Guards(_) | Self::Rows(_) | Self::Total(_) | Self::PassesOver => None,
        }
    }
}

/// Every such fault that a model leaves room for.
pub fn site_mutants(model: &Model, contract: &Contract) -> Vec<SiteMutant> {
    let with_routes = model.entities().filter(|(entity, _)| contract.verbs(*entity).next().is_some());
    with_routes
        .flat_map(|(entity, declared)| {
            let place = Place { model, contract, entity, declared };
            let of_guards = [place.lists(), place.rows(), place.references(), place.relations()].concat();
            [of_guards, place.fields(), place.shown(), place.hidden(), place.unwritten(), place.unknown()].concat()
        })
        .collect()
}

/// An entity whose requests faults are made of.
#[derive(Clone, Copy)]
struct Place<'m> {
    model: &'m Model,
    contract: &'m Contract,
    entity: EntityId,
    declared: &'m Entity,
}

impl<'m> Place<'m> {
    fn mutant(self, name: &str, verb: Option<Verb>, fault: Fault) -> SiteMutant {
        let id = format!("{}.{name}", self.declared.name);
        SiteMutant { id, kind: Kind { entity: self.entity, verb, query: None }, fault }
    }

    /// The guards but for one, if there is such a guard.
    fn without(self, entity: EntityId, operation: AccessOperation, site: Site) -> Option<Plan> {
        let plan = &self.contract.plan;
        let gone = plan.guard(entity, operation, site)?;
        let others = plan.guards().iter().filter(|guard| guard.id != gone.id).cloned();
        Some(plan.clone().with_guards(others))
    }

    /// Lists that hold too much: their rows, their total, or both where they are narrowed, ordered or searched.
    fn lists(self) -> Vec<SiteMutant> {
        let Some(plan) = self.without(self.entity, AccessOperation::List, Site::Filter) else { return Vec::new() };
        let list = Some(Verb::List);
        let mut mutants = vec![
            self.mutant("list.rows", list, Fault::Rows(plan.clone())),
            self.mutant("list.total", list, Fault::Total(plan.clone())),
        ];
        let searches = !self.contract.resource(self.entity).search.is_empty();
        let queries = [("filter", Query::Filter, true), ("sort", Query::Sort, true), ("q", Query::Search, searches)];
        for (name, query, _) in queries.into_iter().filter(|(_, _, exists)| *exists) {
            let mutant = self.mutant(&format!("list.{name}"), list, Fault::Guards(plan.clone()));
            let kind = Kind { query: Some(query), ..mutant.kind };
            mutants.push(SiteMutant { kind, ..mutant });
        }
        mutants
    }

    /// Rows that are read, changed or deleted though a guard would say no.
    fn rows(self) -> Vec<SiteMutant> {
        let mut mutants = Vec::new();
        for (verb, _) in self.contract.verbs(self.entity).filter(|(verb, _)| *verb != Verb::List) {
            let own = [("row", verb.access(), Site::Row), ("result", verb.access(), Site::Result)];
            let read = [("read", AccessOperation::Get, Site::Row)];
            let asks_to_read = verb.names_row() && verb != Verb::Get;
            for (name, operation, site) in own.into_iter().chain(read.into_iter().filter(|_| asks_to_read)) {
                if let Some(plan) = self.without(self.entity, operation, site) {
                    mutants.push(self.mutant(&format!("{}.{name}", word(verb)), Some(verb), Fault::Guards(plan)));
                }
            }
        }
        mutants
    }

    /// Fields that bodies give though the row says no: the row as it is, or the one that is left.
    fn fields(self) -> Vec<SiteMutant> {
        let mut mutants = Vec::new();
        let plan = &self.contract.plan;
        let of_rows =
            plan.fields_of(self.entity).filter(|guard| guard.access == FieldAccess::Write && guard.reads_row());
        for guard in of_rows {
            for (verb, _) in self.contract.verbs(self.entity).filter(|(verb, _)| verb.has_body()) {
                if !self.inputs(verb).iter().any(|input| input.property.source == guard.source) {
                    continue;
                }
                let open = |predicate: &Predicate| predicate.of_any_row();
                let before = FieldGuard { predicate: open(&guard.predicate), ..guard.clone() };
                let after = FieldGuard { result: open(&guard.result), ..guard.clone() };
                let faults =
                    if verb == Verb::Create { vec![("row", before)] } else { vec![("row", before), ("result", after)] };
                for (name, wrong) in faults {
                    let all = plan.fields().iter().map(|of| if of.id == wrong.id { &wrong } else { of }.clone());
                    let id = guard.id.as_str().split_once('.').map_or("", |(_, field)| field);
                    let name = format!("{}.{id}.{name}", word(verb));
                    mutants.push(self.mutant(&name, Some(verb), Fault::Guards(plan.clone().with_fields(all))));
                }
            }
        }
        mutants
    }

    /// Fields that answers show though the row says no.
    fn shown(self) -> Vec<SiteMutant> {
        let plan = &self.contract.plan;
        let of_rows =
            plan.fields_of(self.entity).filter(|guard| guard.access == FieldAccess::Read && guard.reads_row());
        let of_guard = |guard: &FieldGuard| {
            let wrong = FieldGuard { predicate: guard.predicate.of_any_row(), ..guard.clone() };
            let answering = self.contract.verbs(self.entity).filter(|(verb, _)| *verb != Verb::Delete);
            let mutant = |(verb, _): (Verb, _)| {
                let all = plan.fields().iter().map(|of| if of.id == wrong.id { &wrong } else { of }.clone());
                let id = guard.id.as_str().split_once('.').map_or("", |(_, field)| field);
                let name = format!("{}.{id}.row", word(verb));
                self.mutant(&name, Some(verb), Fault::Guards(plan.clone().with_fields(all)))
            };
            answering.map(mutant).collect::<Vec<_>>()
        };
        of_rows.flat_map(of_guard).collect()
    }

    /// Bodies that refer to rows which their caller may not read.
    fn references(self) -> Vec<SiteMutant> {
        let mut mutants = Vec::new();
        for (verb, _) in self.contract.verbs(self.entity).filter(|(verb, _)| verb.has_body()) {
            let mut entities: Vec<EntityId> = self.inputs(verb).iter().filter_map(|input| input.refers_to).collect();
            entities.sort_unstable();
            entities.dedup();
            for to in entities {
                if let Some(plan) = self.without(to, AccessOperation::Get, Site::Row) {
                    let name = format!("{}.refers-to.{}", word(verb), self.model.entity(to).name);
                    mutants.push(self.mutant(&name, Some(verb), Fault::Guards(plan)));
                }
            }
        }
        mutants
    }

    /// Related rows that come along though their reader may not read them, beside one row or beside each of a list.
    fn relations(self) -> Vec<SiteMutant> {
        let mut mutants = Vec::new();
        for (index, include) in self.contract.resource(self.entity).includes.iter().enumerate() {
            let Some(plan) = self.without(include.to, AccessOperation::Get, Site::Row) else { continue };
            for verb in [Verb::List, Verb::Get] {
                // What is left out beside a row of the same entity would be left out of the row's own answer too.
                if self.contract.verb(self.entity, verb).is_some() && (verb == Verb::List || include.to != self.entity)
                {
                    let name = format!("{}.include.{}", word(verb), include.wire);
                    let mutant = self.mutant(&name, Some(verb), Fault::Guards(plan.clone()));
                    let kind = Kind { query: Some(Query::Include(index)), ..mutant.kind };
                    mutants.push(SiteMutant { kind, ..mutant });
                }
            }
        }
        mutants
    }

    fn inputs(self, verb: Verb) -> &'m [Input] {
        let resource = self.contract.resource(self.entity);
        if verb == Verb::Create { &resource.create } else { &resource.update }
    }

    /// Private fields that are shown, or that lists are narrowed, ordered or searched by.
    fn hidden(self) -> Vec<SiteMutant> {
        let list = Some(Verb::List).filter(|verb| self.contract.verb(self.entity, *verb).is_some());
        let searches = !self.contract.resource(self.entity).search.is_empty();
        let mut mutants = Vec::new();
        for (id, field) in self.declared.fields().filter(|(_, field)| field.private) {
            let shown = property(id, field);
            let mut mutant = |name: &str, verb: Option<Verb>, leak: Leak, change: &dyn Fn(&mut Resource)| {
                let name = format!("{}.{name}", field.name.snake());
                mutants.push(self.mutant(&name, verb, self.with(leak, change)));
            };
            mutant("shown", None, Leak::Shown, &|resource| resource.row.push(shown.clone()));
            let Value::One(scalar) = &shown.value else { continue };
            if list.is_none() || matches!(scalar, Scalar::Json) {
                continue;
            }
            if searches && matches!(scalar, Scalar::String { .. } | Scalar::Text { .. }) {
                mutant("searched", list, Leak::Asked, &|resource| resource.search.push(Source::Field(id)));
            }
            if !matches!(scalar, Scalar::Text { .. }) {
                let (parameter, operator) = (shown.wire.clone(), Operator::Compare(Comparison::Equal));
                let filter = Filter { parameter, property: shown.clone(), operator };
                // What lists are narrowed by they are ordered by too, so that programs need not tell the two apart.
                mutant("filterable", list, Leak::Asked, &|resource| {
                    resource.filters.push(filter.clone());
                    resource.sorts.push(shown.clone());
                });
                mutant("sortable", list, Leak::Asked, &|resource| resource.sorts.push(shown.clone()));
            }
        }
        mutants
    }

    /// Fields that a body may give though the server alone writes them, or writes them once.
    fn unwritten(self) -> Vec<SiteMutant> {
        let mut mutants = Vec::new();
        for (verb, _) in self.contract.verbs(self.entity).filter(|(verb, _)| verb.has_body()) {
            for (id, field) in self.declared.fields() {
                let source = Source::Field(id);
                let known = self.inputs(verb).iter().find(|input| input.property.source == source);
                let is_owner = self.declared.owner_field() == Some(id);
                if known.is_some_and(|input| !is_owner || !self.keeps_out(verb, &input.write)) {
                    continue;
                }
                let taken = taken(id, field);
                let fault = self.with(Leak::Taken, &|resource| {
                    let inputs = if verb == Verb::Create { &mut resource.create } else { &mut resource.update };
                    inputs.retain(|input| input.property.source != source);
                    inputs.push(taken.clone());
                });
                let name = format!("{}.{}.taken", word(verb), field.name.snake());
                mutants.push(self.mutant(&name, Some(verb), fault));
            }
        }
        mutants
    }

    /// Whether somebody who gets through with a verb may not give a field that these may give.
    fn keeps_out(self, verb: Verb, write: &Admission) -> bool {
        let roles = (0..self.model.roles().len()).map(|role| Some(RoleId(role))).chain([None]);
        let mut callers = roles.map(|role| Caller::User { role }).chain([Caller::Anonymous]);
        let admission = self.contract.plan.admission(self.entity, verb.access());
        callers.any(|caller| admission.admits(&caller) && !write.admits(&caller))
    }

    fn unknown(self) -> Vec<SiteMutant> {
        let bodies = self.contract.verbs(self.entity).filter(|(verb, _)| verb.has_body());
        bodies.map(|(verb, _)| self.mutant(&format!("{}.unknown", word(verb)), Some(verb), Fault::PassesOver)).collect()
    }

    /// The contract with another shape of the entity's rows.
    fn with(self, leak: Leak, change: &dyn Fn(&mut Resource)) -> Fault {
        let mut contract = self.contract.clone();
        contract.resources.iter_mut().filter(|resource| resource.entity == self.entity).for_each(change);
        Fault::Contract(Box::new(contract), leak)
    }
}

/// A field as anybody may give it.
fn taken(id: FieldId, field: &Field) -> Input {
    Input { property: property(id, field), required: false, refers_to: field.refers_to(), write: Admission::Anyone }
}

const fn word(verb: Verb) -> &'static str {
    match verb {
        Verb::Put => "put",
        Verb::Patch => "patch",
        verb => verb.access().word(),
    }
}

impl Kind {
    /// Whether a request may be of both kinds.
    pub fn overlaps(self, other: Self) -> bool {
        let verbs = self.verb.is_none() || other.verb.is_none() || self.verb == other.verb;
        self.entity == other.entity && verbs
    }

    /// Whether a request is of this kind.
    pub fn holds(self, contract: &Contract, request: &Request) -> bool {
        let rows = contract.resource(self.entity).path.as_str();
        let below = request.path().strip_prefix(rows);
        let names_row = below.and_then(|rest| rest.strip_prefix('/')).is_some_and(|id| !id.contains('/'));
        if below != Some("") && !names_row {
            return false;
        }
        let asks = |verb: Verb| verb.method().as_str() == request.method && verb.names_row() == names_row;
        self.verb.is_none_or(asks) && self.query.is_none_or(|query| query.is_in(self, contract, request))
    }
}

impl Query {
    fn is_in(self, kind: Kind, contract: &Contract, request: &Request) -> bool {
        let mut pairs = request.query().split('&').filter_map(|pair| pair.split_once('='));
        let wires = contract.resource(kind.entity).includes.iter().map(|include| include.wire.as_str());
        let wires: Vec<&str> = wires.collect();
        pairs.any(|(name, value)| match self {
            Self::Filter => !["page", "limit", "sort", "q", "include"].contains(&name),
            Self::Sort => name == "sort",
            Self::Search => name == "q",
            Self::Include(index) => name == "include" && value.split(',').any(|word| wires.get(index) == Some(&word)),
        })
    }
}
