//! Random requests, with symbols in place of ids.

use backsmith::contract::{Action, Admission, AuthAction, Contract, Input, Operation, Property, Source, Value, Verb};
use backsmith::model::{Default, EntityId, Model};
use fastrand::Rng;
use serde_json::{Map, Value as Json, json};

use super::makes_row;
use crate::Request;
use crate::scene::{Asker, Scene};
use crate::values;

/// How many different values each field is given: few, so that unique ones meet.
const VALUES: usize = 40;

/// A request that either system can be asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) asker: Asker,
    method: &'static str,
    target: String,
    body: Option<Body>,
    /// The entity of the row that it may make.
    pub(super) makes: Option<EntityId>,
    /// The property that a list is ordered by.
    pub(super) sorted_by: Option<String>,
}

#[derive(Debug, Clone)]
struct Body {
    media_type: &'static str,
    text: String,
}

impl Asked {
    /// The request, its symbols replaced.
    pub(super) fn request(&self, with_ids: impl Fn(&str) -> String) -> Request {
        let request = Request::new(self.method, &with_ids(&self.target));
        match &self.body {
            Some(body) => request.body(body.media_type, with_ids(&body.text)),
            None => request,
        }
    }

    /// The request for people to read.
    pub(super) fn shown(&self) -> String {
        let body = self.body.as_ref().map_or(String::new(), |body| format!(" {} {}", body.media_type, body.text));
        format!("{} {}{body}", self.method, self.target)
    }
}

/// The symbol of a row.
pub(super) fn symbol(number: usize) -> String {
    format!("⟨{number}⟩")
}

/// A text with something else in place of its symbols.
pub(super) fn replace_symbols<'i>(text: &str, id: impl Fn(usize) -> Option<&'i str>) -> String {
    let mut pieces = text.split('⟨');
    let mut replaced = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once('⟩').unwrap_or((piece, ""));
        replaced.push_str(number.parse().ok().and_then(&id).unwrap_or(number));
        replaced.push_str(rest);
    }
    replaced
}

/// Thinks of requests.
pub(super) struct Asking<'a> {
    model: &'a Model,
    contract: &'a Contract,
    askers: &'a [Asker],
    /// The entity of each row, by the number of its symbol.
    rows: Vec<EntityId>,
    rng: Rng,
}

impl<'a> Asking<'a> {
    pub(super) fn new(model: &'a Model, contract: &'a Contract, scene: &'a Scene, seed: u64) -> Self {
        let rows = scene.rows.iter().map(|row| row.entity).collect();
        Self { model, contract, askers: &scene.askers, rows, rng: Rng::with_seed(seed) }
    }

    /// Remembers a row that was made.
    pub(super) fn made(&mut self, entity: EntityId) {
        self.rows.push(entity);
    }

    /// The next request.
    pub(super) fn next(&mut self) -> Asked {
        let asker = self.one_of(self.askers).copied().unwrap_or(Asker::Anonymous);
        let contract = self.contract;
        let Some(operation) = self.one_of(&contract.operations) else {
            return Asked { asker, method: "GET", target: "/".to_owned(), body: None, makes: None, sorted_by: None };
        };
        let makes = match operation.action {
            Action::Rows { entity, .. } => Some(entity),
            Action::Auth(_) => self.model.auth.as_ref().map(|auth| auth.user),
            Action::Health(_) | Action::Document => None,
        };
        let makes = makes.filter(|_| makes_row(&operation.action));
        let mut asked = Asked {
            asker,
            method: operation.method.as_str(),
            target: operation.path.clone(),
            body: None,
            makes,
            sorted_by: None,
        };
        match operation.action {
            Action::Rows { entity, verb } => self.rows_request(entity, verb, &mut asked),
            Action::Auth(action) => asked.body = self.auth_body(action).map(|body| Body::json(&body)),
            _ => {}
        }
        if self.sometimes(8) {
            self.spoil(operation, &mut asked);
        }
        asked
    }

    fn rows_request(&mut self, entity: EntityId, verb: Verb, asked: &mut Asked) {
        if verb.names_row() {
            let id = self.row_of(entity);
            asked.target = asked.target.replace("{id}", &id);
        }
        if verb == Verb::List {
            self.query(entity, asked);
        }
        if matches!(verb, Verb::List | Verb::Get) && self.sometimes(3) {
            self.include(entity, asked);
        }
        if verb.has_body() {
            asked.body = Some(Body::json(&self.row_body(entity, verb)));
        }
    }

    /// Mostly everything on one page, so that answers can be compared whole.
    fn query(&mut self, entity: EntityId, asked: &mut Asked) {
        let resource = self.contract.resource(entity);
        let mut parameters: Vec<(String, String)> = Vec::new();
        match self.rng.usize(0..16) {
            0 => {}
            1..4 => {
                parameters.push(("limit".to_owned(), self.rng.usize(0..7).to_string()));
                parameters.push(("page".to_owned(), self.rng.usize(0..4).to_string()));
            }
            _ => parameters.push(("limit".to_owned(), self.contract.limits.page_size_max.to_string())),
        }
        for _ in 0..self.rng.usize(0..3) {
            if let Some(filter) =
                self.one_of(&resource.filters).filter(|filter| self.is_alike(entity, &filter.property))
            {
                let (parameter, value) =
                    (filter.parameter.clone(), self.filter_value(&filter.parameter, &filter.property));
                if parameters.iter().all(|(known, _)| *known != parameter) {
                    parameters.push((parameter, value));
                }
            }
        }
        let sortable: Vec<&Property> = resource.sorts.iter().filter(|sort| self.is_alike(entity, sort)).collect();
        if self.sometimes(3)
            && let Some(property) = self.one_of(&sortable)
        {
            let descending = if self.rng.bool() { "-" } else { "" };
            parameters.push(("sort".to_owned(), format!("{descending}{}", property.wire)));
            asked.sorted_by = Some(property.wire.clone());
        }
        if self.sometimes(20) {
            parameters.push(("unknown".to_owned(), "1".to_owned()));
        }
        let query: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if !query.is_empty() {
            asked.target = format!("{}?{}", asked.target, query.join("&"));
        }
    }

    /// Some of the relations, now and then one that there is not.
    fn include(&mut self, entity: EntityId, asked: &mut Asked) {
        let contract = self.contract;
        let mut relations: Vec<&str> = Vec::new();
        for _ in 0..self.rng.usize(1..4) {
            let relation = self.one_of(&contract.resource(entity).includes).map(|include| include.wire.as_str());
            relations.extend(relation.filter(|relation| !relations.contains(relation)));
        }
        if self.sometimes(12) {
            relations.push("nothing");
        }
        if !relations.is_empty() {
            let separator = if asked.target.contains('?') { '&' } else { '?' };
            asked.target = format!("{}{separator}include={}", asked.target, relations.join(","));
        }
    }

    /// Whether a property has the same values, in the same order, in both systems: not so ids and times.
    fn is_alike(&self, entity: EntityId, property: &Property) -> bool {
        match property.source {
            Source::Field(id) => {
                let field = self.model.entity(entity).field(id);
                field.reference().is_none() && !matches!(field.default, Some(Default::Now))
            }
            Source::Email | Source::Role => true,
            Source::Id | Source::CreatedAt | Source::UpdatedAt => false,
        }
    }

    fn filter_value(&mut self, parameter: &str, property: &Property) -> String {
        if self.sometimes(12) {
            return "§".to_owned();
        }
        let plain = |value: Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let mut value = || plain(values::valid(&property.value, self.rng.usize(0..VALUES)));
        if parameter.ends_with("[null]") {
            return if self.rng.bool() { "true" } else { "false" }.to_owned();
        }
        if parameter.ends_with("[in]") { format!("{},{}", value(), value()) } else { value() }
    }

    /// A body that is valid more often than not.
    fn row_body(&mut self, entity: EntityId, verb: Verb) -> Json {
        let resource = self.contract.resource(entity);
        let inputs = if verb == Verb::Create { &resource.create } else { &resource.update };
        let careless = self.sometimes(3);
        let mut body = Map::new();
        for input in inputs {
            let leaves_out =
                if input.required && verb != Verb::Patch { careless && self.sometimes(8) } else { self.rng.bool() };
            if leaves_out {
                continue;
            }
            let value = if careless && self.sometimes(4) { self.invalid(input) } else { self.valid(input) };
            body.insert(input.property.wire.clone(), value);
        }
        if careless && self.sometimes(6) {
            let odd = ["id", "createdAt", "created_at", "ownerId", "role", "passwordHash", "unknown"];
            body.insert(odd[self.rng.usize(0..odd.len())].to_owned(), json!("x"));
        }
        body.into()
    }

    fn valid(&mut self, input: &Input) -> Json {
        if input.property.nullable && self.sometimes(6) {
            return Json::Null;
        }
        match (input.refers_to, &input.property.value) {
            (Some(to), Value::One(_)) => self.row_of(to).into(),
            (Some(to), Value::Many { count, .. } | Value::Keys { count }) => {
                let items = self.rng.u32(count.min..=count.max.clamp(count.min, count.min + 2));
                let mut rows: Vec<String> = (0..items).map(|_| self.row_of(to)).collect();
                rows.sort();
                rows.dedup();
                rows.into()
            }
            (None, value) => values::valid(value, self.rng.usize(0..VALUES)),
        }
    }

    fn invalid(&mut self, input: &Input) -> Json {
        let wrong = values::invalid(&input.property.value, input.property.nullable);
        self.one_of(&wrong).map_or(Json::Null, |(value, ..)| value.clone())
    }

    /// A row of an entity, and now and then none.
    fn row_of(&mut self, entity: EntityId) -> String {
        if self.sometimes(15) {
            return "01890000-0000-7000-8000-0000000000ff".to_owned();
        }
        if self.sometimes(30) {
            return "no-id".to_owned();
        }
        let rows: Vec<usize> = (0..self.rows.len()).filter(|row| self.rows[*row] == entity).collect();
        self.one_of(&rows).map_or_else(|| "01890000-0000-7000-8000-0000000000fe".to_owned(), |row| symbol(*row))
    }

    fn auth_body(&mut self, action: AuthAction) -> Option<Json> {
        let number = self.rng.usize(0..VALUES);
        let email = if self.sometimes(8) { "no address".to_owned() } else { format!("random{number}@example.com") };
        let enough = self.contract.limits.password("a long enough password");
        let password = if self.sometimes(8) { "short".to_owned() } else { enough };
        match action {
            AuthAction::Register => {
                let mut body =
                    Map::from_iter([("email".to_owned(), json!(email)), ("password".to_owned(), json!(password))]);
                if let Some(auth) = &self.model.auth {
                    let contract = self.contract;
                    let inputs = contract.resource(auth.user).create.iter();
                    for input in inputs.filter(|input| input.write == Admission::Anyone) {
                        let value = self.valid(input);
                        body.insert(input.property.wire.clone(), value);
                    }
                }
                Some(body.into())
            }
            AuthAction::Login => Some(json!({ "email": email, "password": password })),
            AuthAction::Refresh | AuthAction::Logout => {
                Some(json!({ self.contract.naming.wire("refresh_token"): "no token" }))
            }
            _ => None,
        }
    }

    /// Something that no client should do.
    fn spoil(&mut self, operation: &Operation, asked: &mut Asked) {
        match self.rng.usize(0..8) {
            0 => asked.target.push('/'),
            1 => asked.target = asked.target.to_uppercase(),
            2 => asked.method = "HEAD",
            3 => asked.method = "OPTIONS",
            4 => asked.method = "DELETE",
            5 => asked.target = format!("{}/none", operation.path.replace("{id}", "x")),
            6 => asked.body = asked.body.take().map(|body| Body { media_type: "text/plain", ..body }),
            _ => asked.body = asked.body.take().map(|body| Body { text: format!("[{}", body.text), ..body }),
        }
        asked.makes = None;
    }

    fn one_of<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        if items.is_empty() { None } else { items.get(self.rng.usize(0..items.len())) }
    }

    /// Once in so many times.
    fn sometimes(&mut self, times: usize) -> bool {
        self.rng.usize(0..times) == 0
    }
}

impl Body {
    fn json(value: &Json) -> Self {
        Self { media_type: "application/json", text: value.to_string() }
    }
}

/// A value inside a query.
fn encoded(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte);
    value.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
