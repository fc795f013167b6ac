//! From a model to the operations and shapes of its resources.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::memo::{Each, Memo};
use crate::model::{
    AccessOperation, Default, DeleteRule, Entity, EntityId, EntityKind, Field, FieldId, Model, Roles, Rule, Scalar,
    Type, Who, Write,
};

use super::admission::roles_granted;
use super::filter::{filters, is_comparable};
use super::include::includes;
use super::{
    Action, Admission, Contract, FieldAccess, Input, Limits, Method, Operation, Plan, Predicate, Probe, Property,
    Resource, Source, Value, Verb,
};

/// The contract of a model's entities and of the server itself; features add to it.
pub fn resources(model: &Model) -> Contract {
    resources_again(model, Plan::of(model), &Memo::default())
}

/// The same by the model's plan, where shapes may have been made before.
pub fn resources_again(model: &Model, plan: Plan, memo: &Memo) -> Contract {
    let held = held(model);
    let resource = |(id, entity): (EntityId, &Entity)| {
        let held = memo.found("whether its rows are held", id.0, held.contains(&id));
        memo.always("shape", id.0, || Arc::new(resource(model, &plan, id, entity, held)))
    };
    let resources: Vec<Arc<Resource>> = model.entities().map(resource).collect();
    let rows = resources.iter().flat_map(|resource| operations(model, resource));
    Contract {
        base: model.api.base.clone(),
        naming: model.api.naming,
        limits: Limits::of(&model.api, model.auth.as_ref()),
        cors: model.api.cors.clone(),
        docs: model.api.docs,
        operations: rows.chain(server()).collect(),
        resources: Each::from(resources).read_by(model.reads()),
        plan,
    }
}

/// The entities of whose rows some cannot be deleted, because rows refer to them, or to rows that would go with them.
fn held(model: &Model) -> BTreeSet<EntityId> {
    // A row that cannot be deleted holds every row that it would go with.
    let mut goes_with: Vec<Vec<EntityId>> = vec![Vec::new(); model.entities.len()];
    let mut found: Vec<EntityId> = Vec::new();
    for (id, entity) in model.entities() {
        for reference in entity.fields.iter().filter_map(Field::reference) {
            match reference.on_delete {
                DeleteRule::Restrict => found.push(reference.to),
                DeleteRule::Cascade => goes_with[id.0].push(reference.to),
                DeleteRule::SetNull => {}
            }
        }
    }
    let mut held = BTreeSet::new();
    while let Some(id) = found.pop() {
        if held.insert(id) {
            found.extend(&goes_with[id.0]);
        }
    }
    held
}

/// What every server answers about itself.
fn server() -> [Operation; 3] {
    let get = |id: &str, path: &str, action| Operation {
        id: id.to_owned(),
        method: Method::Get,
        path: path.to_owned(),
        action,
    };
    [
        get("getLiveness", "/health/live", Action::Health(Probe::Live)),
        get("getReadiness", "/health/ready", Action::Health(Probe::Ready)),
        get("getDocument", "/openapi.json", Action::Document),
    ]
}

fn operations(model: &Model, resource: &Resource) -> Vec<Operation> {
    let entity = model.entity(resource.entity);
    let exists = |verb: &Verb| !entity.access.rule(verb.access()).grants.is_empty();
    let operation = |verb: Verb| Operation {
        id: match verb {
            Verb::List => format!("list{}", entity.name.plural_pascal()),
            Verb::Create => format!("create{}", entity.name.pascal()),
            Verb::Get => format!("get{}", entity.name.pascal()),
            Verb::Put => format!("replace{}", entity.name.pascal()),
            Verb::Patch => format!("update{}", entity.name.pascal()),
            Verb::Delete => format!("delete{}", entity.name.pascal()),
        },
        method: verb.method(),
        path: if verb.names_row() { format!("{}/{{id}}", resource.path) } else { resource.path.clone() },
        action: Action::Rows { entity: resource.entity, verb },
    };
    // The accounts' routes are those of the login; only a spec that declares them gets others.
    Verb::ALL.into_iter().filter(exists).map(operation).collect()
}

fn resource(model: &Model, plan: &Plan, id: EntityId, entity: &Entity, held: bool) -> Resource {
    let row = row(model, entity);
    // What nobody may read but in a row of his own tells nothing about the others.
    let hidden = |source| {
        plan.field(id, source, FieldAccess::Read).is_some_and(|guard| guard.predicate.of_caller() == Predicate::Never)
    };
    let listed = || row.iter().filter(|property| is_comparable(&property.value) && !hidden(property.source));
    Resource {
        entity: id,
        path: format!("{}/{}", model.api.base, entity.name.plural_kebab()),
        create: inputs(model, entity, AccessOperation::Create),
        update: inputs(model, entity, AccessOperation::Update),
        filters: listed().flat_map(filters).collect(),
        sorts: listed().cloned().collect(),
        search: entity.search.iter().map(|field| Source::Field(*field)).collect(),
        held,
        includes: includes(model, plan, entity),
        row,
    }
}

fn row(model: &Model, entity: &Entity) -> Vec<Property> {
    let fixed = |name: &str, source, scalar, nullable| Property {
        wire: model.api.naming.wire(name),
        source,
        value: Value::One(scalar),
        nullable,
    };
    let fields = entity.fields().filter(|(_, field)| !field.private).map(|(id, field)| property(id, field));
    let mut row = vec![fixed("id", Source::Id, Scalar::Uuid, false)];
    if entity.kind == EntityKind::User {
        let roles = model.roles().iter().map(|role| role.name.snake().to_owned()).collect();
        row.push(fixed("email", Source::Email, Scalar::Email, false));
        row.push(fixed("role", Source::Role, Scalar::Enum(roles), true));
    }
    row.extend(fields);
    row.push(fixed("created_at", Source::CreatedAt, Scalar::DateTime, false));
    row.push(fixed("updated_at", Source::UpdatedAt, Scalar::DateTime, false));
    row
}

/// A field on the wire; a reference is the key of its row.
pub fn property(id: FieldId, field: &Field) -> Property {
    let value = match &field.ty {
        Type::Scalar(scalar) => Value::One(scalar.clone()),
        Type::List { item, count } => Value::Many { item: item.clone(), count: *count },
        Type::Reference(_) => Value::One(Scalar::Uuid),
        Type::Many(many) => Value::Keys { count: many.count },
    };
    Property { wire: field.wire.clone(), source: Source::Field(id), value, nullable: field.nullable }
}

fn inputs(model: &Model, entity: &Entity, operation: AccessOperation) -> Vec<Input> {
    let writable = |field: &Field| match field.write {
        Write::Callers => !field.private,
        Write::Once => !field.private && operation == AccessOperation::Create,
        Write::Nobody => false,
    };
    entity
        .fields()
        .filter(|(id, field)| writable(field) && (operation == AccessOperation::Update || entity.moves(*id).is_none()))
        .filter_map(|(id, field)| input(model, entity, operation, id, field))
        .collect()
}

fn input(model: &Model, entity: &Entity, operation: AccessOperation, id: FieldId, field: &Field) -> Option<Input> {
    let owner = entity.owner_field() == Some(id);
    let write = match &field.write_rule {
        _ if owner => owner_writers(model, entity, operation)?,
        Some(rule) => whatever_the_row(rule, roles(model)),
        None => Admission::Anyone,
    };
    Some(Input {
        property: property(id, field),
        required: !owner && !field.nullable && !field.may_be_empty() && field.default.is_none(),
        refers_to: field.refers_to(),
        write,
    })
}

/// Whom a rule on a field admits whatever the row is.
fn whatever_the_row(rule: &Rule, roles: &Roles) -> Admission {
    let grants = rule.grants.iter().filter(|grant| grant.when.is_empty() && grant.who != Who::Owner).cloned();
    let rule = Rule { grants: grants.collect(), origin: rule.origin };
    Admission::of(&rule, roles).unwrap_or(Admission::Roles(Vec::new()))
}

/// The server writes the owner from the token. Callers granted by role may name another one, once.
fn owner_writers(model: &Model, entity: &Entity, operation: AccessOperation) -> Option<Admission> {
    let granted = roles_granted(entity.access.rule(AccessOperation::Create), roles(model));
    (operation == AccessOperation::Create && !granted.is_empty()).then_some(Admission::Roles(granted))
}

/// The roles; none without a login.
fn roles(model: &Model) -> &Roles {
    static NONE: Roles = Roles::none();
    model.auth.as_ref().map_or(&NONE, |auth| &auth.roles)
}

impl Input {
    /// The default that a caller who leaves the field out gets.
    pub fn default<'m>(&self, entity: &'m Entity) -> Option<&'m Default> {
        match self.property.source {
            Source::Field(id) => entity.field(id).default.as_ref(),
            Source::Id | Source::Email | Source::Role | Source::CreatedAt | Source::UpdatedAt => None,
        }
    }
}
