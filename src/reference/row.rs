//! Operations on rows, each in the contract's order of answers.

use serde_json::{Map, Value, json};

use crate::contract::validate::{
    Detail, ListQuery, Stored, Writing, absent, forbidden, list_query, read_query, row, row_query,
};
use crate::contract::{
    Caller, CheckGuard, DetailCode, ErrorCode, Input, MoveVerdict, Site, Source, Verb, format, property, readable,
};
use crate::model::{AccessOperation, EntityId, EntityKind, Field, FieldId, Literal, Scalar};

use super::caller::Principal;
use super::list;
use super::seen::Seen;
use super::server::invalid;
use super::store::Row;
use super::{Failure, Request, Response, Server};

impl Server {
    /// Carries out an operation on an entity's rows.
    pub(super) fn rows(
        &mut self,
        entity: EntityId,
        verb: Verb,
        id: Option<&str>,
        caller: &Principal,
        request: &Request,
    ) -> Result<Response, Failure> {
        self.admit(entity, verb.access(), caller)?;
        match (verb, id) {
            (Verb::List, _) => self.list(entity, caller, request),
            (Verb::Create, _) => self.create(entity, caller, request),
            (Verb::Get, id) => self.get(entity, id, caller, request),
            (Verb::Put, id) => self.update(entity, Writing::Replace, id, caller, request),
            (Verb::Patch, id) => self.update(entity, Writing::Update, id, caller, request),
            (Verb::Delete, id) => self.delete(entity, id, caller, request),
        }
    }

    fn list(&self, entity: EntityId, caller: &Principal, request: &Request) -> Result<Response, Failure> {
        let resource = self.contract.resource(entity);
        let query = read_query(request.query()).map_err(|_| Failure::from(ErrorCode::MalformedRequest))?;
        let query = list_query(resource, &query, &self.contract.limits).map_err(invalid)?;
        self.check_listed_by(entity, &query, caller)?;
        let mut rows: Vec<&Row> = self
            .store
            .rows(entity)
            .filter(|row| self.holds(entity, AccessOperation::List, Site::Filter, caller, row))
            .filter(|row| list::matches(row, &query.filters))
            .filter(|row| query.search.as_ref().is_none_or(|text| list::holds_text(row, &resource.search, text)))
            .collect();
        rows.sort_by(|a, b| list::order(a, b, &query.sort));
        let limit = query.limit as usize;
        let page: Vec<Value> = rows
            .iter()
            .skip(limit.saturating_mul((query.page - 1) as usize))
            .take(limit)
            .map(|row| self.with_included(entity, row, &query.include, caller))
            .collect();
        let pages = rows.len().div_ceil(limit);
        let meta = json!({ "page": query.page, "limit": query.limit, "total": rows.len(), "pages": pages });
        Ok(Response::with_json(200, &json!({ "data": page, "meta": meta })))
    }

    fn get(
        &self,
        entity: EntityId,
        id: Option<&str>,
        caller: &Principal,
        request: &Request,
    ) -> Result<Response, Failure> {
        let row = self.readable_row(entity, id, caller)?;
        let query = read_query(request.query()).map_err(|_| Failure::from(ErrorCode::MalformedRequest))?;
        let include = row_query(self.contract.resource(entity), &query, &self.contract.limits).map_err(invalid)?;
        Ok(Response::with_json(200, &json!({ "data": self.with_included(entity, row, &include, caller) })))
    }

    /// Refuses filters and orders by fields that the caller may not read.
    fn check_listed_by(&self, entity: EntityId, query: &ListQuery, caller: &Principal) -> Result<(), Failure> {
        let asked = |source| {
            query.filters.iter().any(|(of, _)| *of == source) || query.sort.iter().any(|of| of.source == source)
        };
        let properties = self.contract.resource(entity).row.iter();
        let hidden = properties
            .filter(|property| asked(property.source) && !self.plan.lists_by(entity, property.source, &caller.caller));
        let details: Vec<Detail> =
            hidden.map(|property| Detail { path: property.wire.clone(), code: DetailCode::Forbidden }).collect();
        if details.is_empty() { Ok(()) } else { Err(conflict(ErrorCode::Forbidden, details)) }
    }

    fn create(&mut self, entity: EntityId, caller: &Principal, request: &Request) -> Result<Response, Failure> {
        let given = self.read_row(entity, Writing::Create, caller, None, request)?;
        let id = self.new_id();
        let row = self.new_row(entity, id, &given, caller.user.as_deref());
        self.check_stored(entity, None, &row, caller)?;
        self.check_result(entity, AccessOperation::Create, &row, caller)?;
        self.check_given(entity, Writing::Create, &given, &row, caller)?;
        // Once it is stored it counts among the rows that decide what it shows.
        self.store.put(entity, row.clone());
        let mut response = self.one(201, entity, &row, caller);
        response.set("location", &format!("{}/{}", self.contract.resource(entity).path, row.id));
        Ok(response)
    }

    pub(super) fn update(
        &mut self,
        entity: EntityId,
        writing: Writing,
        id: Option<&str>,
        caller: &Principal,
        request: &Request,
    ) -> Result<Response, Failure> {
        let before = self.readable_row(entity, id, caller)?.clone();
        self.check_row(entity, AccessOperation::Update, &before, caller)?;
        let mut given = self.read_row(entity, writing, caller, Some(&before), request)?;
        if writing == Writing::Replace {
            let left_out = self.left_out(entity, &before, caller).into_iter();
            let is_new = |(source, _): &(Source, Stored)| given.iter().all(|(of, _)| of != source);
            let left_out: Vec<_> = left_out.filter(is_new).collect();
            given.extend(left_out);
        }
        let after = self.changed(&before, writing, &given);
        self.check_moves(entity, &before, &after, caller)?;
        self.check_stored(entity, Some(&before), &after, caller)?;
        self.check_result(entity, AccessOperation::Update, &after, caller)?;
        self.check_given(entity, writing, &given, &after, caller)?;
        let response = self.one(200, entity, &after, caller);
        self.store.put(entity, after);
        Ok(response)
    }

    /// A row as a body changes it; one that mentions nothing changes nothing.
    fn changed(&self, before: &Row, writing: Writing, given: &[(Source, Stored)]) -> Row {
        let mut after = before.clone();
        after.values.extend(given.iter().cloned());
        if writing == Writing::Replace || !given.is_empty() {
            after.values.insert(Source::UpdatedAt, Stored::Literal(Literal::DateTime(self.moment())));
        }
        after
    }

    fn delete(
        &mut self,
        entity: EntityId,
        id: Option<&str>,
        caller: &Principal,
        request: &Request,
    ) -> Result<Response, Failure> {
        let row = self.readable_row(entity, id, caller)?;
        self.check_row(entity, AccessOperation::Delete, row, caller)?;
        self.no_query(request)?;
        let id = row.id.clone();
        let restricted = |_| Failure::at(ErrorCode::Conflict, [("id".to_owned(), DetailCode::Referenced)]);
        self.store.delete(&self.model, entity, &id).map_err(restricted)?;
        if self.model.entity(entity).kind == EntityKind::User {
            self.forget_account(&id);
        }
        Ok(Response::empty(204))
    }

    /// Refuses callers that no grant's word admits.
    pub(super) fn admit(
        &self,
        entity: EntityId,
        operation: AccessOperation,
        caller: &Principal,
    ) -> Result<(), Failure> {
        match (self.plan.admission(entity, operation).admits(&caller.caller), &caller.caller) {
            (true, _) => Ok(()),
            (false, Caller::Anonymous) => Err(ErrorCode::Unauthenticated.into()),
            (false, Caller::User { .. }) => Err(ErrorCode::Forbidden.into()),
        }
    }

    /// The row of an id, if there is one that the caller may get; nothing tells the two apart.
    fn readable_row(&self, entity: EntityId, id: Option<&str>, caller: &Principal) -> Result<&Row, Failure> {
        let id = id.and_then(|id| match format::read(&Scalar::Uuid, id) {
            Ok(Literal::String(id)) => Some(id),
            _ => None,
        });
        let row = id.and_then(|id| self.store.find(entity, &id));
        row.filter(|row| self.may_read(entity, row, caller)).ok_or_else(|| ErrorCode::NotFound.into())
    }

    pub(super) fn may_read(&self, entity: EntityId, row: &Row, caller: &Principal) -> bool {
        readable(&self.plan, entity, &caller.caller, &self.seen(entity, row, caller))
    }

    fn seen<'s>(&'s self, entity: EntityId, row: &'s Row, caller: &'s Principal) -> Seen<'s> {
        let written = Some((entity, row));
        Seen { model: &self.model, store: &self.store, user: caller.user.as_deref(), entity, row, written }
    }

    pub(super) fn seen_by_nobody<'s>(&'s self, entity: EntityId, row: &'s Row) -> Seen<'s> {
        Seen { model: &self.model, store: &self.store, user: None, entity, row, written: Some((entity, row)) }
    }

    fn holds(&self, entity: EntityId, operation: AccessOperation, site: Site, caller: &Principal, row: &Row) -> bool {
        self.plan.predicate(entity, operation, site).holds(&caller.caller, &self.seen(entity, row, caller))
    }

    fn check_row(
        &self,
        entity: EntityId,
        operation: AccessOperation,
        row: &Row,
        caller: &Principal,
    ) -> Result<(), Failure> {
        let holds = self.holds(entity, operation, Site::Row, caller, row);
        if holds { Ok(()) } else { Err(ErrorCode::Forbidden.into()) }
    }

    fn check_result(
        &self,
        entity: EntityId,
        operation: AccessOperation,
        row: &Row,
        caller: &Principal,
    ) -> Result<(), Failure> {
        let holds = self.holds(entity, operation, Site::Result, caller, row);
        if holds { Ok(()) } else { Err(ErrorCode::Forbidden.into()) }
    }

    /// Refuses fields that the caller may not give of the row that a write leaves.
    fn check_given(
        &self,
        entity: EntityId,
        writing: Writing,
        given: &[(Source, Stored)],
        row: &Row,
        caller: &Principal,
    ) -> Result<(), Failure> {
        let seen = self.seen(entity, row, caller);
        let refused = forbidden(writing.inputs(self.contract.resource(entity)), given, |input| match writing {
            Writing::Create => self.plan.may_give_of(entity, input, &caller.caller, &seen),
            Writing::Replace | Writing::Update => self.plan.may_leave(entity, input, &caller.caller, &seen),
        });
        if refused.is_empty() { Ok(()) } else { Err(conflict(ErrorCode::Forbidden, refused)) }
    }

    /// What a body gives of a row: 415, 413, the query, the body, then fields that are not this caller's to give: of
    /// the row as it is stored, or where there is none yet, of any row.
    fn read_row(
        &self,
        entity: EntityId,
        writing: Writing,
        caller: &Principal,
        before: Option<&Row>,
        request: &Request,
    ) -> Result<Vec<(Source, Stored)>, Failure> {
        let resource = self.contract.resource(entity);
        self.check_media(request)?;
        self.no_query(request)?;
        let body = self.read_body(request)?;
        let given = row(resource, writing, &body, &self.contract.limits).map_err(invalid)?;
        let seen = before.map(|row| self.seen(entity, row, caller));
        let refused = forbidden(writing.inputs(resource), &given, |input| match &seen {
            Some(seen) => self.plan.may_give_of(entity, input, &caller.caller, seen),
            None => self.plan.may_ever_give(entity, input, &caller.caller),
        });
        if refused.is_empty() { Ok(given) } else { Err(conflict(ErrorCode::Forbidden, refused)) }
    }

    /// A row of what was given, what comes by itself, and what stands in for the rest.
    pub(super) fn new_row(&self, entity: EntityId, id: String, given: &[(Source, Stored)], owner: Option<&str>) -> Row {
        let declared = self.model.entity(entity);
        let now = self.moment();
        let mut row = Row { id, values: std::collections::BTreeMap::new() };
        for (field, declared) in declared.fields() {
            row.values.insert(Source::Field(field), absent(declared, &now).unwrap_or(Stored::Null));
        }
        if let (Some(field), Some(owner)) = (declared.owner_field(), owner) {
            row.values.insert(Source::Field(field), Stored::Literal(Literal::String(owner.to_owned())));
        }
        row.values.extend(given.iter().cloned());
        for (field, declared) in declared.fields() {
            let source = Source::Field(field);
            if declared.copied().is_some() && given.iter().all(|(of, _)| *of != source) {
                row.values.insert(source, self.copied(entity, declared, &row));
            }
        }
        for source in [Source::CreatedAt, Source::UpdatedAt] {
            row.values.insert(source, Stored::Literal(Literal::DateTime(now.clone())));
        }
        row
    }

    /// What a field copies from the row that a new one refers to.
    fn copied(&self, entity: EntityId, field: &Field, row: &Row) -> Stored {
        let Some((through, from)) = field.copied() else { return Stored::Null };
        let reference = self.model.entity(entity).field(through).reference();
        let id = row.text(Source::Field(through));
        let other = reference.zip(id).and_then(|(reference, id)| self.store.find(reference.to, id));
        other.map_or(Stored::Null, |other| other.stored(Source::Field(from)))
    }

    /// What stands in for inputs that a whole body leaves out; what the caller may not write stays.
    fn left_out(&self, entity: EntityId, before: &Row, caller: &Principal) -> Vec<(Source, Stored)> {
        let now = self.moment();
        let seen = self.seen(entity, before, caller);
        let inputs = &self.contract.resource(entity).update;
        let value = |input: &Input| match input.property.source {
            Source::Field(field) => {
                let value = absent(self.model.entity(entity).field(field), &now)?;
                Some((input.property.source, value))
            }
            _ => None,
        };
        let moves = |input: &Input| matches!(input.property.source, Source::Field(field) if self.model.entity(entity).moves(field).is_some());
        let writable =
            inputs.iter().filter(|input| self.plan.may_give_of(entity, input, &caller.caller, &seen) && !moves(input));
        writable.filter_map(value).collect()
    }

    /// 403 for moves that are not the caller's, then 409 for those that are nobody's.
    fn check_moves(&self, entity: EntityId, before: &Row, after: &Row, caller: &Principal) -> Result<(), Failure> {
        let declared = self.model.entity(entity);
        let seen = self.seen(entity, before, caller);
        let verdicts = declared.transitions.iter().filter_map(|transitions| {
            let source = Source::Field(transitions.field);
            let values = (before.text(source)?, after.text(source)?);
            let wire = property(transitions.field, declared.field(transitions.field)).wire;
            Some((wire, self.plan.moves_to((entity, transitions.field), values, &caller.caller, &seen)))
        });
        let verdicts: Vec<(String, MoveVerdict)> = verdicts.collect();
        let refused = |verdict, code| -> Vec<Detail> {
            let those = verdicts.iter().filter(|(_, of)| *of == verdict);
            those.map(|(wire, _)| Detail { path: wire.clone(), code }).collect()
        };
        let forbidden = refused(MoveVerdict::Forbidden, DetailCode::Forbidden);
        let impossible = refused(MoveVerdict::Impossible, DetailCode::Transition);
        match (forbidden.as_slice(), impossible.as_slice()) {
            ([_, ..], _) => Err(conflict(ErrorCode::Forbidden, forbidden)),
            ([], [_, ..]) => Err(conflict(ErrorCode::Conflict, impossible)),
            ([], []) => Ok(()),
        }
    }

    /// 409 for references to rows that the caller may not read, for values that do not go together, and for values that
    /// other rows have.
    fn check_stored(
        &self,
        entity: EntityId,
        before: Option<&Row>,
        after: &Row,
        caller: &Principal,
    ) -> Result<(), Failure> {
        self.check_references(entity, before, after, caller)?;
        self.check_fit(entity, after)?;
        let taken = self.taken(entity, after);
        if taken.is_empty() { Ok(()) } else { Err(conflict(ErrorCode::Conflict, taken)) }
    }

    /// 409 for values that do not go together.
    pub(super) fn check_fit(&self, entity: EntityId, row: &Row) -> Result<(), Failure> {
        match self.plan.unfit(entity, &self.seen_by_nobody(entity, row)) {
            Some(check) => Err(conflict(ErrorCode::Conflict, self.unfit(check))),
            None => Ok(()),
        }
    }

    /// 409 for references to rows that the caller may not read; what was stored before is not looked at again.
    pub(super) fn check_references(
        &self,
        entity: EntityId,
        before: Option<&Row>,
        after: &Row,
        caller: &Principal,
    ) -> Result<(), Failure> {
        let resource = self.contract.resource(entity);
        let inputs = if before.is_some() { &resource.update } else { &resource.create };
        let dangling = |input: &&Input| {
            let (Some(to), source) = (input.refers_to, input.property.source) else { return false };
            let is_owner = self.model.entity(entity).owner_field().map(Source::Field) == Some(source);
            let known = before.map(|before| before.keys(source)).unwrap_or_default();
            after.keys(source).into_iter().any(|id| {
                let given_by_server = is_owner && caller.user.as_deref() == Some(id);
                let found = || self.store.find(to, id).is_some_and(|row| self.may_read(to, row, caller));
                !given_by_server && !known.contains(&id) && !found()
            })
        };
        let details: Vec<Detail> = inputs
            .iter()
            .filter(dangling)
            .map(|input| Detail { path: input.property.wire.clone(), code: DetailCode::Reference })
            .collect();
        if details.is_empty() { Ok(()) } else { Err(conflict(ErrorCode::Conflict, details)) }
    }

    /// The fields that a check looks at, as far as anybody knows of them.
    fn unfit(&self, check: &CheckGuard) -> Vec<Detail> {
        let declared = self.model.entity(check.entity);
        let shown = check.fields.iter().map(|id| (*id, declared.field(*id))).filter(|(_, field)| !field.private);
        shown.map(|(id, field)| Detail { path: property(id, field).wire, code: DetailCode::Check }).collect()
    }

    /// The fields whose values another row has, where no two rows may have them in common; or none.
    pub(super) fn taken(&self, entity: EntityId, row: &Row) -> Vec<Detail> {
        let detail = |field: FieldId| {
            let path = property(field, self.model.entity(entity).field(field)).wire;
            Detail { path, code: DetailCode::Unique }
        };
        self.store.taken(&self.model, entity, row).into_iter().map(detail).collect()
    }

    pub(super) fn one(&self, status: u16, entity: EntityId, row: &Row, caller: &Principal) -> Response {
        Response::with_json(status, &json!({ "data": self.on_the_wire(entity, row, caller) }))
    }

    /// A row as every answer shows it to a caller.
    pub(super) fn on_the_wire(&self, entity: EntityId, row: &Row, caller: &Principal) -> Value {
        let seen = self.seen(entity, row, caller);
        let shown = |source| self.plan.shows(entity, source, &caller.caller, &seen);
        let properties = self.contract.resource(entity).row.iter().filter(|property| shown(property.source));
        let members = properties.map(|property| {
            let value = row.stored(property.source).wire(&property.value);
            (property.wire.clone(), value)
        });
        Value::Object(members.collect::<Map<_, _>>())
    }
}

/// A failure that names fields.
pub(super) fn conflict(code: ErrorCode, details: Vec<Detail>) -> Failure {
    Failure::at(code, details.into_iter().map(|detail| (detail.path, detail.code)))
}
