//! Rows and users from a seed file, past every guard.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value, json};

use crate::contract::validate::{self, Stored, Writing, registration};
use crate::contract::{Admission, Input, Resource, Source, property, seed};
use crate::model::{EntityId, EntityKind, FieldId, Literal, Type};

use super::Server;
use super::store::Row;

/// Why a seed file was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseedable(String);

impl fmt::Display for Unseedable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unseedable {}

/// The ids of rows by entity and key.
type Ids = BTreeMap<String, BTreeMap<String, String>>;

/// The keys that a field of a row gives in the file, one or several.
#[derive(Debug, Clone)]
enum Named {
    One(String),
    Several(Vec<String>),
}

/// A row, and the keys of those that a field of it is to name.
type Waiting = (EntityId, String, FieldId, Named);

impl Server {
    /// Adds the users and rows of a seed file, in which rows refer to each other by their keys there, and returns
    /// their ids: `{"<Entity>": {"<key>": "<id>"}}`. Whatever a row stores may be given, also what no caller may write.
    pub fn seed(&mut self, file: &Value) -> Result<Value, Unseedable> {
        let file = file.as_object().ok_or_else(|| Unseedable("a seed file is an object".to_owned()))?;
        let named = |name: &str| self.model.entities().find(|(_, entity)| entity.name.pascal() == name);
        if let Some(name) = file.keys().find(|name| named(name).is_none()) {
            return Err(Unseedable(format!("{name} is no entity")));
        }
        let mut ids = Ids::new();
        let mut waiting: Vec<Waiting> = Vec::new();
        let order = seed::order(&self.model);
        for entity in order.iter().copied() {
            let name = self.model.entity(entity).name.pascal().to_owned();
            let Some(rows) = file.get(&name) else { continue };
            let rows = rows.as_object().ok_or_else(|| Unseedable(format!("{name} is no object")))?;
            for (key, row) in rows {
                let place = format!("{name}.{key}");
                let mut row = row.as_object().ok_or_else(|| Unseedable(format!("{place} is no object")))?.clone();
                let later = self.take_waiting(&order, entity, &mut row);
                let id = if self.model.entity(entity).kind == EntityKind::User {
                    self.seed_user(entity, &place, &row, &ids)?
                } else {
                    self.seed_row(entity, &place, &row, &ids)?
                };
                waiting.extend(later.into_iter().map(|(field, named)| (entity, id.clone(), field, named)));
                ids.entry(name.clone()).or_default().insert(key.clone(), id);
            }
        }
        for (entity, id, field, named) in waiting {
            self.seed_named((entity, &id), field, &named, &ids)?;
        }
        Ok(json!(ids))
    }

    /// Takes the references and sets out of a row that wait until all rows are stored, each with what it names.
    fn take_waiting(
        &self,
        order: &[EntityId],
        entity: EntityId,
        row: &mut Map<String, Value>,
    ) -> Vec<(FieldId, Named)> {
        let fields = self.model.entity(entity).fields();
        let waiting = fields.filter(|(field, _)| seed::waits(&self.model, order, entity, *field));
        let mut taken = Vec::new();
        for (id, field) in waiting {
            let wire = property(id, field).wire;
            let named = match row.get(&wire) {
                Some(Value::String(key)) if field.many().is_none() => Named::One(key.clone()),
                Some(Value::Array(keys)) if field.many().is_some() => {
                    Named::Several(keys.iter().filter_map(Value::as_str).map(str::to_owned).collect())
                }
                _ => continue,
            };
            taken.push((id, named));
            row.remove(&wire);
        }
        taken
    }

    /// Lets a field of a row name others that may have been stored later.
    fn seed_named(
        &mut self,
        (entity, id): (EntityId, &str),
        field: FieldId,
        named: &Named,
        ids: &Ids,
    ) -> Result<(), Unseedable> {
        let declared = self.model.entity(entity).field(field);
        let to = declared.refers_to().map_or("", |to| self.model.entity(to).name.pascal());
        let id_of = |key: &String| {
            let id = ids.get(to).and_then(|rows| rows.get(key)).cloned();
            id.ok_or_else(|| Unseedable(format!("{}: there is no {to} {key}", declared.wire)))
        };
        let stored = match named {
            Named::One(key) => Stored::Literal(Literal::String(id_of(key)?)),
            Named::Several(keys) => {
                let mut ids = keys.iter().map(id_of).collect::<Result<Vec<String>, Unseedable>>()?;
                ids.sort_unstable();
                Stored::List(ids.into_iter().map(Literal::String).collect())
            }
        };
        let Some(mut row) = self.store.find(entity, id).cloned() else { return Ok(()) };
        row.values.insert(Source::Field(field), stored);
        if let Some(detail) = self.taken(entity, &row).first() {
            return Err(Unseedable(format!("{} of {id} is taken", detail.path)));
        }
        self.store.put(entity, row);
        Ok(())
    }

    fn seed_user(
        &mut self,
        entity: EntityId,
        place: &str,
        row: &Map<String, Value>,
        ids: &Ids,
    ) -> Result<String, Unseedable> {
        let account = |name: &str| matches!(name, "email" | "password");
        let given = |wanted: bool| row.iter().filter(move |(name, _)| account(name) == wanted);
        let login: Map<_, _> = given(true).map(|(name, value)| (name.clone(), value.clone())).collect();
        let mut fields: Map<_, _> = given(false).map(|(name, value)| (name.clone(), value.clone())).collect();
        let role = fields.remove("role").unwrap_or(Value::Null);
        let role = match role.as_str() {
            Some(name) if self.model.roles().iter().any(|role| role.name.snake() == name) => Some(name.to_owned()),
            None if role.is_null() => None,
            _ => return Err(Unseedable(format!("{place}.role is no role"))),
        };
        // The declared fields are read like those of any row, so only the login itself is left to check here.
        let bare = without_inputs(&self.contract, entity);
        let login = registration(&self.model, &bare, &login).map_err(|details| refused(place, &details))?;
        let fields = self.read_fields(entity, place, &fields, ids)?;
        // A file may be used again: its users stay, its rows come anew.
        if let Some(known) = self.find_account(entity, &login.email) {
            return Ok(known);
        }
        let row = self.new_row(entity, String::new(), &fields, None);
        self.refuse_unfit(entity, place, &row)?;
        let hash = self.surroundings.hashing.hash(&login.password);
        self.add_account(entity, &login.email, hash, role.as_deref(), &fields)
            .map_err(|_| Unseedable(format!("{place} has a value that is taken")))
    }

    fn seed_row(
        &mut self,
        entity: EntityId,
        place: &str,
        row: &Map<String, Value>,
        ids: &Ids,
    ) -> Result<String, Unseedable> {
        let given = self.read_fields(entity, place, row, ids)?;
        let id = self.new_id();
        let row = self.new_row(entity, id.clone(), &given, None);
        self.refuse_unfit(entity, place, &row)?;
        if let Some(detail) = self.taken(entity, &row).first() {
            return Err(Unseedable(format!("{place}.{} is taken", detail.path)));
        }
        self.store.put(entity, row);
        Ok(id)
    }

    fn refuse_unfit(&self, entity: EntityId, place: &str, row: &Row) -> Result<(), Unseedable> {
        match self.plan.unfit(entity, &self.seen_by_nobody(entity, row)) {
            Some(check) => Err(Unseedable(format!("{place} does not pass {}", check.id))),
            None => Ok(()),
        }
    }

    /// Fields as bodies write them, except that all may be given and references are keys of the file.
    fn read_fields(
        &self,
        entity: EntityId,
        place: &str,
        row: &Map<String, Value>,
        ids: &Ids,
    ) -> Result<Vec<(Source, Stored)>, Unseedable> {
        let declared = self.model.entity(entity);
        let mut body = row.clone();
        for (id, field) in declared.fields() {
            let Some(to) = field.refers_to() else { continue };
            let wire = property(id, field).wire;
            let to = self.model.entity(to).name.pascal();
            let id_of = |key: &str| {
                let id = ids.get(to).and_then(|rows| rows.get(key));
                id.cloned().ok_or_else(|| Unseedable(format!("{place}.{wire}: there is no {to} {key} before it")))
            };
            let named = match body.get(&wire) {
                Some(Value::String(key)) => Value::String(id_of(key)?),
                Some(Value::Array(keys)) => {
                    let ids = keys.iter().filter_map(Value::as_str).map(id_of).collect::<Result<Vec<_>, _>>()?;
                    json!(ids)
                }
                _ => continue,
            };
            body.insert(wire, named);
        }
        let resource = Resource { create: self.all_inputs(entity), ..self.contract.resource(entity).clone() };
        validate::row(&resource, Writing::Create, &body, &self.contract.limits)
            .map_err(|details| refused(place, &details))
    }

    /// Every field that is stored, the ones that nobody may write among them.
    fn all_inputs(&self, entity: EntityId) -> Vec<Input> {
        let input = |(id, field): (_, &crate::model::Field)| {
            let is_list = matches!(field.ty, Type::List { .. } | Type::Many(_));
            Input {
                property: property(id, field),
                required: !field.nullable && field.default.is_none() && !is_list,
                refers_to: field.refers_to(),
                write: Admission::Anyone,
            }
        };
        self.model.entity(entity).fields().map(input).collect()
    }

    /// Gives an account another role, past the API.
    pub fn set_role(&mut self, id: &str, role: Option<&str>) {
        let Ok(users) = self.users() else { return };
        let Some(mut row) = self.store.find(users, id).cloned() else { return };
        let role = role.map_or(Stored::Null, |role| Stored::Literal(Literal::Enum(role.to_owned())));
        row.values.insert(Source::Role, role);
        self.store.put(users, row);
    }

    /// Disables an account, past the API.
    pub fn disable_account(&mut self, id: &str) {
        if let Some(account) = self.accounts.get_mut(id) {
            account.disabled = true;
        }
    }

    /// Lets the time of all sessions of an account run out, past the API.
    pub fn expire_sessions(&mut self, id: &str) {
        self.sessions.expire_all_of(id);
    }

    /// Everything that is stored, as text.
    pub fn stored(&self) -> String {
        format!("{:?} {:?} {:?}", self.store, self.accounts, self.sessions)
    }

    /// Deletes an account with all that its delete rules take along, past the API; nothing where they forbid it.
    pub fn delete_account(&mut self, id: &str) {
        let Ok(users) = self.users() else { return };
        if self.store.delete(&self.model, users, id).is_ok() {
            self.forget_account(id);
        }
    }
}

/// The contract as it would be if an entity had no fields to write.
fn without_inputs(contract: &crate::contract::Contract, entity: EntityId) -> crate::contract::Contract {
    let mut contract = contract.clone();
    contract.resources[entity.0].create.clear();
    contract
}

fn refused(place: &str, details: &[validate::Detail]) -> Unseedable {
    let problems: Vec<String> =
        details.iter().map(|detail| format!("{place}.{} ({})", detail.path, detail.code.as_str())).collect();
    Unseedable(format!("not valid: {}", problems.join(", ")))
}
