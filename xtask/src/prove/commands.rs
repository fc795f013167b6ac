//! The commands that every project has beside its server: `seed` and `create-admin`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use backsmith::Compiled;
use backsmith::contract::{self, Admission, Input};
use backsmith::model::{EntityId, Field};
use backsmith::storage::Table;
use backsmith_suite::going_together;
use serde_json::{Value, json};

use super::bed::Bed;
use super::cell::Cell;
use super::http;
use super::server::Server;
use crate::task::Log;

/// Seeds twice while the server runs: each row of the file gets an id, and the second time another one, unless it has
/// something that no two rows may have. Returns how many rows were seen.
pub(crate) fn seeds(bed: &Bed, cell: &Cell, log: &Log) -> Result<u32> {
    let recipe = cell.recipe;
    let file: Value = serde_json::from_str(cell.tree.text("seed.json")?).context("seed.json is not JSON")?;
    let unique = entities_with_unique_values(&cell.meaning);
    let rows = rows(&file);
    bed.run(recipe.development.migrate, &["up"], log)?;
    let server = Server::boot(bed, recipe.start, log)?;
    let seed = || -> Result<Value> {
        let printed = bed.run(recipe.development.seed, &[], log)?.stdout;
        serde_json::from_str(&printed).context("`seed` prints something else than JSON")
    };
    let (first, second) = (seed()?, seed()?);
    server.stop()?;
    for (entity, key) in &rows {
        let id = |printed: &Value| {
            printed.get(entity).and_then(|ids| ids.get(key)).and_then(Value::as_str).map(str::to_owned)
        };
        let (first, second) = (id(&first), id(&second));
        ensure!(first.is_some() && second.is_some(), "`seed` printed no id of {entity} {key}");
        // Where a value is taken, the row that has it is left as it is.
        ensure!(first != second || unique.contains(entity), "`seed` made {entity} {key} only once");
    }
    u32::try_from(rows.len()).context("too many rows")
}

/// The entities with values that no two rows may share; an account's address is one.
fn entities_with_unique_values(meaning: &Compiled) -> BTreeSet<String> {
    let tables = meaning.model.entities().map(|(id, entity)| (entity, meaning.storage.table_of(id)));
    let has_unique = |table: &Table| !table.unique.is_empty() || table.columns.iter().any(|column| column.unique);
    let unique = tables.filter(|(_, table)| has_unique(table));
    unique.map(|(entity, _)| entity.name.pascal().to_owned()).collect()
}

fn rows(file: &Value) -> Vec<(String, String)> {
    let entities = file.as_object().into_iter().flatten();
    let rows = entities.flat_map(|(entity, rows)| {
        let keys = rows.as_object().into_iter().flatten();
        keys.map(move |(key, _)| (entity.clone(), key.clone()))
    });
    rows.collect()
}

/// In production `seed` is refused, and the first user of the first role is made by hand. Returns how many things
/// were seen.
pub(crate) fn creates_an_admin(bed: &Bed, cell: &Cell, log: &Log) -> Result<u32> {
    let recipe = cell.recipe;
    let contract = &cell.meaning.contract;
    let (email, password) = ("admin@example.com", contract.limits.password("a long enough password"));
    let commands = &recipe.production;
    bed.run(commands.migrate, &["up"], log)?;
    let seed = bed.task(commands.seed, &[])?.run(log)?;
    ensure!(!seed.is_success() && seed.status.is_some(), "`seed` was not refused in production");
    let fields = fields_of_accounts(bed, cell, log)?;
    let mut arguments: Vec<&str> = [email].into_iter().chain(fields.iter().map(String::as_str)).collect();
    let input = format!("{password}\n");
    bed.task(commands.create_admin, &arguments)?.input(&input).succeed(log)?;
    // Neither is a second account made for the address, nor is another one smuggled in beside it.
    arguments.push("email=other@example.com");
    let again = bed.task(commands.create_admin, &arguments)?.input(&input).run(log)?;
    ensure!(!again.is_success() && again.status.is_some(), "`create-admin` made an account twice");
    ensure!(again.stderr.contains("already"), "`create-admin` does not say that there is an account already");
    let server = Server::boot(bed, recipe.start, log)?;
    let url = server.url(&format!("{}/auth/login", contract.base));
    let answer = http::post(&url, &json!({ "email": email, "password": password }))?;
    ensure!(answer.status == 200, "the admin cannot sign in: {}", answer.status);
    let role = answer.body.pointer("/data/user/role").and_then(Value::as_str);
    ensure!(role.is_some(), "the admin has no role");
    let said = server.stop()?;
    ensure!(!said.stdout.contains(&password) && !said.stderr.contains(&password), "the server logged a password");
    Ok(4)
}

/// What registering takes beside address and password, as the first account of the seed has it. Text stands for itself,
/// everything else is written as in JSON.
/// Rows that every account must refer to are made before, by nobody in particular.
fn fields_of_accounts(bed: &Bed, cell: &Cell, log: &Log) -> Result<Vec<String>> {
    let Compiled { model, contract, .. } = &cell.meaning;
    let Some(auth) = &model.auth else { return Ok(Vec::new()) };
    let file: Value = serde_json::from_str(cell.tree.text("seed.json")?).context("seed.json is not JSON")?;
    let inputs = contract.resource(auth.user).create.iter();
    let given: Vec<&Input> = inputs.filter(|input| input.write == Admission::Anyone).collect();
    let account = first_row(&file, "User");
    let plain = given.iter().filter(|input| input.refers_to.is_none());
    let mut fields: Vec<(&str, Value)> = plain
        .filter_map(|input| Some((input.property.wire.as_str(), account?.get(&input.property.wire)?.clone())))
        .collect();
    let needed: Vec<&&Input> = given.iter().filter(|input| input.required && input.refers_to.is_some()).collect();
    let mut made: BTreeMap<&str, Value> = BTreeMap::new();
    if !needed.is_empty() {
        let server = Server::boot(bed, cell.recipe.start, log)?;
        for input in needed {
            let (Some(to), wire) = (input.refers_to, input.property.wire.as_str()) else { continue };
            // What is copied from the row of the seed goes together with the rest.
            let like = account.and_then(|account| account.get(wire)).and_then(Value::as_str);
            fields.push(if let contract::Value::Keys { .. } = input.property.value {
                (wire, named(&server, cell, &file, input, to)?)
            } else {
                let row = make_row(&server, cell, &file, to, like)?;
                let id = id_of(&row);
                made.insert(wire, row);
                (wire, id.into())
            });
        }
        server.stop()?;
    }
    let user = model.entity(auth.user);
    let is_given = |field: &Field| given.iter().any(|input| input.property.wire == field.wire);
    let copied = user.fields.iter().filter(|field| !is_given(field)).filter_map(|field| {
        let (through, from) = field.copied()?;
        let (by, to) = (user.field(through), user.field(through).reference()?.to);
        let row = made.get(by.wire.as_str());
        let held = row.and_then(|row| row.get(&model.entity(to).field(from).wire));
        Some((field.wire.clone(), held.cloned().unwrap_or_default()))
    });
    let said = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let fields = going_together(model, &said, &copied.collect()).context("no account passes its checks")?;
    let field = |(name, value)| match value {
        Value::Null => None,
        Value::String(text) => Some(format!("{name}={text}")),
        value => Some(format!("{name}={value}")),
    };
    Ok(fields.into_iter().filter_map(field).collect())
}

fn first_row<'f>(file: &'f Value, entity: &str) -> Option<&'f Value> {
    file[entity].as_object()?.values().next()
}

/// What an input holds that names no more rows than it must, which are made for it.
fn named(server: &Server, cell: &Cell, file: &Value, input: &Input, to: EntityId) -> Result<Value> {
    match &input.property.value {
        contract::Value::Keys { count } => {
            let rows = (0..count.min).map(|_| Ok(id_of(&make_row(server, cell, file, to, None)?)));
            Ok(rows.collect::<Result<Vec<Option<String>>>>()?.into())
        }
        _ if input.required => Ok(id_of(&make_row(server, cell, file, to, None)?).into()),
        _ => Ok(Value::Null),
    }
}

/// Makes a row like one of the seed, or like its first, after those that it must refer to, and returns it.
fn make_row(server: &Server, cell: &Cell, file: &Value, entity: EntityId, like: Option<&str>) -> Result<Value> {
    let Compiled { model, contract, .. } = &cell.meaning;
    let name = model.entity(entity).name.pascal();
    let row = like.and_then(|key| file[name].get(key)).or_else(|| first_row(file, name));
    let mut body = row.with_context(|| format!("the seed has no {name}"))?.clone();
    for input in &contract.resource(entity).create {
        if let Some(to) = input.refers_to {
            body[input.property.wire.as_str()] = named(server, cell, file, input, to)?;
        }
    }
    let answer = http::post(&server.url(&contract.resource(entity).path), &body)?;
    ensure!(answer.status == 201, "nobody in particular cannot make a {name}: {}", answer.status);
    let row = answer.body.get("data").cloned().unwrap_or_default();
    ensure!(id_of(&row).is_some(), "a new row has no id");
    Ok(row)
}

fn id_of(row: &Value) -> Option<String> {
    row.get("id").and_then(Value::as_str).map(str::to_owned)
}
