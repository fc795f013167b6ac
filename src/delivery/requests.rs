//! Requests that show what the API does, in a file that editors can send.

use askama::Template;
use serde_json::{Map, Value as Json};

use crate::code::pretty_json;
use crate::contract::example::{Example, creation, is_open};
use crate::contract::seed::{self, Sample};
use crate::contract::{Action, AuthAction, Caller, Contract, Probe, Verb};
use crate::model::{EntityId, Model};
use crate::project::{File, Part};
use crate::targets::{Input, RenderError, Surroundings};

use super::file;

#[derive(Template)]
#[template(path = "delivery/requests.http")]
struct Requests<'a> {
    about: &'a Surroundings,
    /// What a session calls its token.
    access_token: String,
    steps: Vec<Step>,
}

/// One request.
struct Step {
    /// What others call its answer, where they use it.
    name: Option<String>,
    /// What it is to show.
    title: String,
    /// The status of its answer.
    status: u16,
    method: &'static str,
    /// The path, with names of answers in it.
    path: String,
    /// The name of the answer that gave the caller a token.
    token: Option<&'static str>,
    body: Option<String>,
}

/// The name of the answer to the first user, and to the other one.
const FIRST: &str = "register";
const OTHER: &str = "login";

pub(super) fn requests(input: &Input, about: &Surroundings) -> Result<File, RenderError> {
    let seed = seed::rows(input.model, input.contract, input.memo);
    let (model, contract) = (input.model, input.contract);
    let steps = Story { model, contract, seed: &seed }.steps(about.commands.seed);
    let access_token = contract.naming.wire("access_token");
    file("requests.http", Part::Documentation, &Requests { about, access_token, steps })
}

/// What the requests are made from.
struct Story<'a> {
    model: &'a Model,
    contract: &'a Contract,
    /// The rows that are there.
    seed: &'a Sample,
}

/// Somebody who asks: with a token, unless it is nobody in particular.
#[derive(Clone, Copy)]
struct Person {
    caller: Caller,
    token: Option<&'static str>,
}

const NOBODY: Person = Person { caller: Caller::Anonymous, token: None };

impl Story<'_> {
    fn steps(&self, seed: &str) -> Vec<Step> {
        let mut steps: Vec<Step> = self.ready().into_iter().collect();
        let registration = self.registration();
        let first = match (&registration, &self.model.auth) {
            (Some(_), Some(auth)) => Person { caller: Caller::User { role: auth.default_role }, token: Some(FIRST) },
            _ => NOBODY,
        };
        steps.extend(registration);
        let login = self.login(seed);
        let other = match login {
            Some(_) => Person { caller: Caller::User { role: None }, token: Some(OTHER) },
            None => NOBODY,
        };
        steps.extend(login);
        match self.subject(first) {
            Some((entity, example)) => steps.extend(self.life(entity, &example, first, other)),
            None => steps.extend(self.lists(first)),
        }
        steps
    }

    fn ready(&self) -> Option<Step> {
        let operations = &self.contract.operations;
        let ready = operations.iter().find(|operation| operation.action == Action::Health(Probe::Ready))?;
        Some(Step::get("Ask whether the server is ready", 200, &ready.path))
    }

    /// The account that is there without a role.
    fn account(&self) -> Option<&Map<String, Json>> {
        let auth = self.model.auth.as_ref()?;
        let accounts = self.seed.of(self.model.entity(auth.user).name.pascal())?;
        accounts.values().next()?.as_object()
    }

    /// A new account at each time; none where users say more about themselves than can be made up.
    fn registration(&self) -> Option<Step> {
        let auth = self.model.auth.as_ref()?;
        let declared = creation(self.model, self.contract, auth.user, &Caller::Anonymous)?;
        let password = self.account()?.get("password")?.clone();
        if !declared.references.is_empty() {
            return None;
        }
        let mut body = Map::new();
        body.insert("email".to_owned(), "{{$guid}}@example.org".into());
        body.insert("password".to_owned(), password);
        body.extend(declared.body);
        Some(self.auth(AuthAction::Register)?.named(FIRST).titled("Register", 201).with(body))
    }

    fn login(&self, seed: &str) -> Option<Step> {
        let account = self.account()?;
        let body = ["email", "password"].map(|member| Some((member.to_owned(), account.get(member)?.clone())));
        let body = body.into_iter().collect::<Option<Map<String, Json>>>()?;
        let title = format!("Log in as somebody else, whom `{seed}` stored");
        Some(self.auth(AuthAction::Login)?.named(OTHER).titled(&title, 200).with(body))
    }

    fn auth(&self, action: AuthAction) -> Option<Step> {
        let operation = self.contract.operations.iter().find(|operation| operation.action == Action::Auth(action))?;
        Some(Step { method: operation.method.as_str(), ..Step::get("", 0, &operation.path) })
    }

    /// What the story is about: something that the first user may create, if possible such that others may less.
    fn subject(&self, first: Person) -> Option<(EntityId, Example)> {
        let possible = |id: EntityId| {
            let example = creation(self.model, self.contract, id, &first.caller)?;
            let created = example.answers_creator(self.contract, id, Verb::Create, &first.caller);
            let refers = example.references.iter().all(|(_, to)| self.can_name(*to, first));
            (created == Some(201) && refers).then_some((id, example))
        };
        let owned = self.model.entities().filter(|(_, entity)| entity.owner.is_some()).find_map(|(id, _)| possible(id));
        owned.or_else(|| self.model.entities().find_map(|(id, _)| possible(id)))
    }

    /// Whether there are rows that somebody can list and refer to.
    fn can_name(&self, entity: EntityId, person: Person) -> bool {
        let stored = self.seed.of(self.model.entity(entity).name.pascal());
        let open = |verb| is_open(self.contract, entity, verb, &person.caller);
        stored.is_some_and(|rows| !rows.is_empty()) && open(Verb::List) && open(Verb::Get)
    }

    /// From the creation of a row to its end, and what others may not do with it.
    fn life(&self, entity: EntityId, example: &Example, first: Person, other: Person) -> Vec<Step> {
        let thing = self.thing(entity);
        let mut steps: Vec<Step> = Vec::new();
        let mut body = Map::new();
        for (wire, to) in &example.references {
            let list = self.step(*to, Verb::List, format!("List every {}", self.thing(*to)), 200, first);
            let Some((list, name)) = list.zip(self.id(*to, Verb::List)) else { continue };
            body.insert(wire.clone(), format!("{{{{{name}.response.body.$.data[0].id}}}}").into());
            if !steps.iter().any(|step| step.name.as_deref() == Some(name)) {
                steps.push(list.named(name));
            }
        }
        body.extend(example.body.clone());
        let create = |title: String, status, person| {
            let step = self.step(entity, Verb::Create, title, status, person)?;
            Some(step.with(body.clone()))
        };
        let refused = example.answers_other(self.contract, entity, Verb::Create, &Caller::Anonymous);
        steps.extend(
            refused
                .filter(|status| *status == 401)
                .and_then(|status| create(format!("Create a new {thing} without saying who asks"), status, NOBODY)),
        );
        let Some(name) = self.id(entity, Verb::Create) else { return steps };
        steps.extend(create(format!("Create a new {thing}"), 201, first).map(|step| step.named(name)));
        steps.extend(self.on_row(entity, example, name, Verb::Get, first, true));
        let change = [Verb::Patch, Verb::Delete].into_iter().find_map(|verb| {
            let step = self.on_row(entity, example, name, verb, other, false)?;
            (step.status >= 400).then_some(step)
        });
        steps.extend(change.filter(|_| other.token.is_some()));
        steps.extend(self.on_row(entity, example, name, Verb::Delete, first, true));
        steps
    }

    /// A request about the row of an example, which `name` gave the id of.
    fn on_row(
        &self,
        entity: EntityId,
        example: &Example,
        name: &str,
        verb: Verb,
        person: Person,
        by_creator: bool,
    ) -> Option<Step> {
        let status = if by_creator {
            example.answers_creator(self.contract, entity, verb, &person.caller)?
        } else {
            example.answers_other(self.contract, entity, verb, &person.caller)?
        };
        let does = match verb {
            Verb::Patch | Verb::Put => "Change",
            Verb::Delete => "Delete",
            Verb::List | Verb::Create | Verb::Get => "Get",
        };
        let by = if by_creator { "" } else { " as somebody else" };
        let title = format!("{does} the {}{by}", self.thing(entity));
        let step = self.step(entity, verb, title, status, person)?;
        let path = step.path.replace("{id}", &format!("{{{{{name}.response.body.$.data.id}}}}"));
        let step = Step { path, ..step };
        Some(if verb.has_body() { step.with(self.changes(entity, example)) } else { step })
    }

    /// The part of an example's body that may be written again; it changes nothing.
    fn changes(&self, entity: EntityId, example: &Example) -> Map<String, Json> {
        let inputs = &self.contract.resource(entity).update;
        let may_change = |wire: &String| inputs.iter().any(|input| input.property.wire == *wire);
        example.body.clone().into_iter().filter(|(wire, _)| may_change(wire)).collect()
    }

    /// What everybody may ask where nothing can be created.
    fn lists(&self, person: Person) -> Vec<Step> {
        let open = self.model.entities().filter(|(id, _)| is_open(self.contract, *id, Verb::List, &person.caller));
        let lists =
            open.filter_map(|(id, _)| self.step(id, Verb::List, format!("List every {}", self.thing(id)), 200, person));
        lists.collect()
    }

    fn step(&self, entity: EntityId, verb: Verb, title: String, status: u16, person: Person) -> Option<Step> {
        let operation = self.contract.verb(entity, verb)?;
        let step = Step { title, token: person.token, ..Step::get("", status, &operation.path) };
        Some(Step { method: operation.method.as_str(), ..step })
    }

    fn id(&self, entity: EntityId, verb: Verb) -> Option<&str> {
        self.contract.verb(entity, verb).map(|operation| operation.id.as_str())
    }

    /// What the title of a request calls a row.
    fn thing(&self, entity: EntityId) -> String {
        self.model.entity(entity).name.kebab().replace('-', " ")
    }
}

impl Step {
    fn get(title: &str, status: u16, path: &str) -> Self {
        let (title, path) = (title.to_owned(), path.to_owned());
        Self { name: None, title, status, method: "GET", path, token: None, body: None }
    }

    fn named(self, name: &str) -> Self {
        Self { name: Some(name.to_owned()), ..self }
    }

    fn titled(self, title: &str, status: u16) -> Self {
        Self { title: title.to_owned(), status, ..self }
    }

    fn with(self, body: Map<String, Json>) -> Self {
        Self { body: Some(pretty_json(&body.into())), ..self }
    }
}
