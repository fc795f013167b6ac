//! The changes of access rules that mutants are made of.

use backsmith::contract::{Admission, Check, CheckGuard, Guard, Plan, Site};
use backsmith::model::{AccessOperation, EntityId, Grant, Model, RoleId, Rule, Who};

/// A changed access rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutant {
    /// Its stable id, `Review.update.DROP`.
    pub id: String,
    /// The guards that its server enforces.
    pub plan: Plan,
}

/// Every change of one access rule, of an operation or of a field: DROP lets everybody in, AUTHN every user, WIDEN one role more, UNOWN every user
/// where only the owner was; NARROW takes one word out.
pub fn mutants(model: &Model) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (entity, declared) in model.entities() {
        for operation in AccessOperation::ALL {
            let rule = declared.access.rule(operation);
            if rule.grants.is_empty() {
                continue;
            }
            for (operator, grants) in changes(model, &rule.grants) {
                let id = format!("{}.{}.{operator}", declared.name, operation.word());
                let mutated = with_rule(model, entity, operation, Rule { grants, origin: rule.origin });
                mutants.push(Mutant { id, plan: plan_of(&mutated, model, entity, operation) });
            }
        }
        for guard in contract_checks(model, entity) {
            let plan = Plan::of(model);
            let others: Vec<CheckGuard> = plan.checks().iter().filter(|other| other.id != guard.id).cloned().collect();
            mutants.push(Mutant { id: format!("{}.DROP", guard.id), plan: plan.with_checks(others) });
        }
        for (number, transitions) in declared.transitions.iter().enumerate() {
            for (index, arrow) in
                transitions.moves.iter().enumerate().filter(|(_, arrow)| !arrow.rule.grants.is_empty())
            {
                for (operator, grants) in changes(model, &arrow.rule.grants) {
                    let name = &declared.field(transitions.field).name;
                    let id = format!("{}.{name}.{}->{}.{operator}", declared.name, arrow.from, arrow.to);
                    let mut mutated = model.clone();
                    let arrow = &mut mutated.entities[entity.0].transitions[number].moves[index];
                    arrow.rule = Rule { grants, origin: arrow.rule.origin };
                    mutants.push(Mutant { id, plan: Plan::of(&mutated) });
                }
            }
        }
        for (field, of_field) in declared.fields() {
            for (access, rule) in [("read", &of_field.read_rule), ("write", &of_field.write_rule)] {
                let Some(rule) = rule else { continue };
                for (operator, grants) in changes(model, &rule.grants) {
                    let id = format!("{}.{}.{access}.{operator}", declared.name, of_field.name);
                    let mut mutated = model.clone();
                    let field = &mut mutated.entities[entity.0].fields[field.0];
                    let changed = Some(Rule { grants, origin: rule.origin });
                    *(if access == "read" { &mut field.read_rule } else { &mut field.write_rule }) = changed;
                    mutants.push(Mutant { id, plan: Plan::of(&mutated) });
                }
            }
        }
    }
    mutants
}

fn contract_checks(model: &Model, entity: EntityId) -> Vec<CheckGuard> {
    Plan::of(model).checks_of(entity).cloned().collect()
}

/// The guards of a model with one rule changed. An operation that is granted to nobody is still there for everybody to
/// ask, since the API is the true one.
fn plan_of(mutated: &Model, model: &Model, entity: EntityId, operation: AccessOperation) -> Plan {
    let plan = Plan::of(mutated);
    if model.roles().is_empty() || !mutated.entity(entity).access.rule(operation).grants.is_empty() {
        return plan;
    }
    let here = |guard: &&Guard| guard.entity == entity && guard.operation == operation;
    let others = plan.guards().iter().filter(|guard| !here(guard)).cloned();
    let closed = Check::Caller(Admission::Roles(Vec::new()));
    let truth = Plan::of(model);
    let closed = truth.guard(entity, operation, Site::Caller).map(|guard| Guard { check: closed, ..guard.clone() });
    truth.clone().with_guards(others.chain(closed))
}

fn changes(model: &Model, grants: &[Grant]) -> Vec<(String, Vec<Grant>)> {
    let plain = |who| Grant { who, when: Vec::new() };
    let mut changes = Vec::new();
    if model.auth.is_some() {
        changes.push(("DROP".to_owned(), vec![plain(Who::Anyone)]));
        changes.push(("AUTHN".to_owned(), vec![plain(Who::SignedIn)]));
        for (index, role) in model.roles().iter().enumerate() {
            let wider = [grants, &[plain(Who::Role(RoleId(index)))]].concat();
            changes.push((format!("WIDEN+{}", role.name), wider));
        }
    }
    for (index, grant) in grants.iter().enumerate() {
        let with = |changed: Option<Grant>| {
            let mut grants = grants.to_vec();
            grants.splice(index..=index, changed);
            grants
        };
        let number = if grants.len() > 1 { format!("{}", index + 1) } else { String::new() };
        if grant.who == Who::Owner {
            changes.push((format!("UNOWN{number}"), with(Some(Grant { who: Who::SignedIn, ..grant.clone() }))));
        }
        if !grant.when.is_empty() {
            changes.push((format!("WHENEVER{number}"), with(Some(plain(grant.who)))));
        }
        changes.push((format!("NARROW-{}{number}", word(model, grant.who)), with(None)));
    }
    changes
}

fn word(model: &Model, who: Who) -> &str {
    match who {
        Who::Anyone => "anyone",
        Who::SignedIn => "signed_in",
        Who::Owner => "owner",
        Who::Role(role) => model.roles()[role.0].name.snake(),
    }
}

fn with_rule(model: &Model, entity: EntityId, operation: AccessOperation, rule: Rule) -> Model {
    let mut model = model.clone();
    let access = &mut model.entities[entity.0].access;
    match operation {
        AccessOperation::List => access.list = rule,
        AccessOperation::Get => access.get = rule,
        AccessOperation::Create => access.create = rule,
        AccessOperation::Update => access.update = rule,
        AccessOperation::Delete => access.delete = rule,
    }
    model
}
