//! A run: what is known, who is logged in, and what has been found.

use std::collections::{BTreeMap, BTreeSet};

use backsmith::contract::{Caller, Contract, FieldAccess, Input, Site, Source, Value, Verb};
use backsmith::model::{AccessOperation, EntityId, Field, FieldId, Model, Naming, Type};
use backsmith::reference::{Request, Response};
use serde_json::{Value as Json, json};

use crate::expectations::universal;
use crate::report::{Evidence, Outcome, Report};
use crate::scene::{self, Asker, RowId, Scene};
use crate::system::{Ids, System};
use crate::values;

/// Why a check fails; an empty check passes.
pub(crate) type Found<T = ()> = Result<T, String>;

/// So many rows more than its total are read of a list, which may begin again with each page.
const BEYOND_MAX: usize = 2000;

/// One run against one system.
pub(crate) struct Suite<'s> {
    pub(crate) model: &'s Model,
    pub(crate) contract: &'s Contract,
    pub(crate) scene: &'s Scene,
    pub(crate) system: &'s mut dyn System,
    pub(crate) ids: Ids,
    pub(crate) tokens: BTreeMap<RowId, String>,
    /// How many values each field has been given.
    pub(crate) used: BTreeMap<(EntityId, Option<FieldId>), usize>,
    /// What must not be logged.
    pub(crate) secrets: Vec<String>,
    /// How many accounts have been registered.
    pub(crate) registered: usize,
    /// What was answered about rows that were made for accounts to refer to, by their ids.
    pub(crate) made: BTreeMap<String, Json>,
    pub(crate) report: Report,
}

impl Suite<'_> {
    /// Runs a check. `presumes` names the guards that must let its own requests through.
    pub(crate) fn check(&mut self, id: &str, mut presumes: Vec<String>, check: impl FnOnce(&mut Self) -> Found) {
        let failure = check(self).err();
        presumes.extend(self.guards_of_registering());
        self.report.outcomes.push(Outcome { id: id.to_owned(), evidence: Evidence::Check(presumes), failure });
    }

    /// Sends a request, and wants of its answer what is wanted of every answer.
    pub(crate) fn ask(&mut self, request: &Request) -> Found<Response> {
        let response = self.system.send(request).map_err(|failure| failure.to_string())?;
        universal(request, &response).map_err(|problem| format!("{}: {problem}", shown(request)))?;
        Ok(response)
    }

    /// Sends a request and wants this status.
    pub(crate) fn expect(&mut self, request: &Request, status: u16) -> Found<Response> {
        let response = self.ask(request)?;
        if response.status == status {
            return Ok(response);
        }
        let body: String = String::from_utf8_lossy(&response.body).chars().take(300).collect();
        Err(format!("{}: {} instead of {status}: {body}", shown(request), response.status))
    }

    /// Sends a request and wants an error that names these places with these codes, and no others.
    pub(crate) fn expect_details(&mut self, request: &Request, status: u16, wanted: &[(&str, &str)]) -> Found {
        let response = self.expect(request, status)?;
        let mut found = details(&response);
        let mut wanted: Vec<(String, String)> =
            wanted.iter().map(|(path, code)| ((*path).to_owned(), (*code).to_owned())).collect();
        found.sort();
        wanted.sort();
        if found == wanted {
            return Ok(());
        }
        Err(format!("{}: details {found:?} instead of {wanted:?}", shown(request)))
    }

    /// The request with an asker's token.
    pub(crate) fn by(&self, asker: Asker, request: Request) -> Request {
        match asker {
            Asker::Anonymous => request,
            Asker::Account(id) => request.bearer(self.tokens.get(&id).map_or("", String::as_str)),
        }
    }

    /// A value that an input has not had yet, as far as there are so many.
    pub(crate) fn fresh(&mut self, entity: EntityId, input: &Input) -> Json {
        let field = match input.property.source {
            Source::Field(field) => Some(field),
            Source::Id | Source::Email | Source::Role | Source::CreatedAt | Source::UpdatedAt => None,
        };
        let number = self.used.entry((entity, field)).or_default();
        loop {
            *number += 1;
            let fresh = values::valid(&input.property.value, *number);
            let is_lent = |field| self.scene.lent.contains(&(entity, field, fresh.to_string()));
            if !field.is_some_and(is_lent) || *number > scene::COUNTED {
                return fresh;
            }
        }
    }

    /// A name that the contract has by itself, as clients write it.
    pub(crate) fn name(&self, snake: &str) -> String {
        self.contract.naming.wire(snake)
    }

    /// The same name in the case that clients do not write.
    pub(crate) fn foreign_name(&self, snake: &str) -> String {
        match self.contract.naming {
            Naming::Camel => Naming::Snake.wire(snake),
            Naming::Snake => Naming::Camel.wire(snake),
        }
    }

    /// The path of an entity's rows.
    pub(crate) fn path(&self, entity: EntityId) -> &str {
        &self.contract.resource(entity).path
    }

    /// The path of a row.
    pub(crate) fn row_path(&self, row: RowId) -> String {
        format!("{}/{}", self.path(self.scene.row(row).entity), self.id(row))
    }

    /// The id of a row.
    pub(crate) fn id(&self, row: RowId) -> &str {
        let row = self.scene.row(row);
        self.ids.get(self.model.entity(row.entity).name.pascal(), &row.key).unwrap_or_default()
    }

    /// What a field of a row holds as the wire writes it, as it was seeded.
    pub(crate) fn held(&self, row: RowId, field: FieldId) -> Json {
        let held = self.scene.row(row).fields.get(&field);
        held.map_or(Json::Null, |held| scene::wire(self.model, self.scene, &self.ids, held))
    }

    /// A row as answers show it, but for its timestamps.
    pub(crate) fn wire_row(&self, row: RowId) -> serde_json::Map<String, Json> {
        scene::wire_row(self.model, self.contract, self.scene, &self.ids, row)
    }

    /// The guards that let whoever registers name what every user must refer to: new users are part of many checks.
    fn guards_of_registering(&self) -> Vec<String> {
        let Some(auth) = &self.model.auth else { return Vec::new() };
        let inputs = self.contract.resource(auth.user).create.iter().filter(|input| input.required);
        let named = inputs.filter_map(|input| input.refers_to);
        named.flat_map(|to| self.guards(to, &[AccessOperation::Get, AccessOperation::Create])).collect()
    }

    /// The guards of an entity's operations, and those that let its rows and what they refer to be read.
    pub(crate) fn guards(&self, entity: EntityId, operations: &[AccessOperation]) -> Vec<String> {
        let referred = self.model.entity(entity).fields.iter().filter_map(Field::refers_to);
        let own = operations.iter().chain(&[AccessOperation::Get]).map(|operation| (entity, *operation));
        let read = referred.map(|to| (to, AccessOperation::Get));
        let mut guards = Vec::new();
        for (entity, operation) in own.chain(read) {
            for site in [Site::Caller, Site::Row, Site::Result, Site::Filter] {
                guards.extend(self.contract.plan.guard(entity, operation, site).map(|guard| guard.id.to_string()));
            }
        }
        guards.extend(self.contract.plan.fields_of(entity).map(|guard| guard.id.to_string()));
        guards.extend(self.contract.plan.checks_of(entity).map(|guard| guard.id.to_string()));
        guards.extend(self.contract.plan.moves_of(entity).map(|guard| guard.id.to_string()));
        guards.sort();
        guards.dedup();
        guards
    }

    /// Whether rows show a property to a caller; `None` where it depends on the row.
    pub(crate) fn shows(&self, caller: &Caller, entity: EntityId, source: Source) -> Option<bool> {
        let Some(guard) = self.contract.plan.field(entity, source, FieldAccess::Read) else { return Some(true) };
        if guard.admits(caller) { Some(true) } else { (!guard.predicate.reads_row()).then_some(false) }
    }

    /// What an asker may give and see of what a body may hold.
    pub(crate) fn own_inputs(&self, asker: Asker, entity: EntityId, inputs: &[Input]) -> Vec<Input> {
        let caller = self.scene.caller(asker);
        let is_own = |input: &&Input| {
            input.write.admits(&caller) && self.shows(&caller, entity, input.property.source) == Some(true)
        };
        inputs.iter().filter(is_own).cloned().collect()
    }

    /// Somebody who may list an entity's rows by a property.
    pub(crate) fn lister(&self, entity: EntityId, source: Source) -> Option<Asker> {
        let may = |cell: &&scene::Cell| self.contract.plan.lists_by(entity, source, &self.scene.caller(cell.asker));
        self.all_granted(entity, Verb::List).into_iter().find(may).map(|cell| cell.asker)
    }

    /// Somebody who may list an entity's rows, if a cell says so.
    pub(crate) fn granted(&self, entity: EntityId, verb: Verb) -> Option<&scene::Cell> {
        self.all_granted(entity, verb).into_iter().next()
    }

    /// The creation of a row by somebody who may make others like it, whatever these hold that no two rows may.
    pub(crate) fn granted_again(&self, entity: EntityId) -> Option<scene::Cell> {
        const ANOTHER: usize = 4321;
        let declared = self.model.entity(entity);
        let is_granted = |cell: &&scene::Cell| {
            let scene::Ask::Create(fields) = &cell.ask else { return false };
            let mut fields = fields.clone();
            for (id, held) in &mut fields {
                let unused = self.scene.unused.get(&(entity, *id)).and_then(|rows| rows.first());
                match (&declared.field(*id).ty, unused) {
                    (Type::Scalar(scalar), _) if declared.field(*id).unique => {
                        *held = scene::Held::Value(values::valid(&Value::One(scalar.clone()), ANOTHER));
                    }
                    (Type::Reference(_), Some(row)) if declared.field(*id).unique => *held = scene::Held::Row(*row),
                    _ => {}
                }
            }
            let another = scene::Cell { ask: scene::Ask::Create(fields), ..(*cell).clone() };
            self.scene.predict(self.model, &self.contract.plan, &another).status == Verb::Create.success()
        };
        self.all_granted(entity, Verb::Create).into_iter().find(is_granted).cloned()
    }

    /// The cells in which somebody may do so, users before anybody.
    fn all_granted(&self, entity: EntityId, verb: Verb) -> Vec<&scene::Cell> {
        let granted = |cell: &&scene::Cell| {
            cell.entity == entity
                && cell.verb() == verb
                && cell.ask != scene::Ask::Total
                && cell.field.is_none()
                && self.scene.predict(self.model, &self.contract.plan, cell).status == verb.success()
        };
        let mut cells: Vec<&scene::Cell> = self.scene.cells.iter().filter(granted).collect();
        cells.sort_by_key(|cell| cell.asker == Asker::Anonymous);
        cells
    }

    /// Every row of a list, by an asker, page by page, those too that its total does not count.
    pub(crate) fn list_all(&mut self, asker: Asker, entity: EntityId, query: &str) -> Found<(Vec<Json>, usize)> {
        let mut rows = Vec::new();
        let limit = self.contract.limits.page_size_max;
        for page in 1.. {
            let target = format!("{}?page={page}&limit={limit}{query}", self.path(entity));
            let answer = self.expect(&self.by(asker, Request::new("GET", &target)), 200)?;
            let json = answer.json().unwrap_or_default();
            let found = json["data"].as_array().ok_or("a list without data")?;
            let total = json["meta"]["total"].as_u64().ok_or("a list without a total")?;
            rows.extend(found.iter().cloned());
            let total = usize::try_from(total).map_err(|error| error.to_string())?;
            let is_last = found.len() < limit as usize && rows.len() >= total;
            if found.is_empty() || is_last || rows.len() > total + BEYOND_MAX {
                return Ok((rows, total));
            }
        }
        Err("a list without end".to_owned())
    }
}

/// Seeds the scene and logs everybody in.
pub(crate) fn open(suite: &mut Suite) -> Found {
    suite.ids =
        suite.system.seed(&scene::seed_file(suite.model, suite.scene)).map_err(|failure| failure.to_string())?;
    let cells = suite.scene.cells.iter().map(|cell| cell.asker);
    let changing = suite.scene.changing();
    for asker in suite.scene.askers.iter().copied().chain(cells).chain(changing).collect::<BTreeSet<Asker>>() {
        let Asker::Account(account) = asker else { continue };
        let token =
            log_in(suite, account)?[suite.name("access_token")].as_str().ok_or("a session without a token")?.to_owned();
        suite.tokens.insert(account, token);
    }
    Ok(())
}

/// A new session of an account.
pub(crate) fn log_in(suite: &mut Suite, account: RowId) -> Found<Json> {
    let login = suite.scene.login(account).ok_or("a row that is no account")?;
    let body = json!({ "email": login.email, "password": login.password });
    let request = Request::new("POST", &format!("{}/auth/login", suite.contract.base)).json(&body);
    let response = suite.expect(&request, 200)?;
    Ok(response.json().unwrap_or_default()["data"].clone())
}

/// A request in a message.
pub(crate) fn shown(request: &Request) -> String {
    let target: String = request.target.chars().take(120).collect();
    let body: String = String::from_utf8_lossy(&request.body).chars().take(200).collect();
    if body.is_empty() { format!("{} {target}", request.method) } else { format!("{} {target} {body}", request.method) }
}

/// The places and codes of an error.
pub(crate) fn details(response: &Response) -> Vec<(String, String)> {
    let json = response.json().unwrap_or_default();
    let Some(details) = json["error"]["details"].as_object() else { return Vec::new() };
    let each = |(path, list): (&String, &Json)| {
        let codes = list.as_array().cloned().unwrap_or_default();
        codes.into_iter().map(|detail| (path.clone(), detail["code"].as_str().unwrap_or_default().to_owned())).collect()
    };
    details.iter().flat_map::<Vec<_>, _>(each).collect()
}
