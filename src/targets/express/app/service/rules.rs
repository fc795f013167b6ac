//! The rules about rows, as functions, and those about fields.

use super::{AdmissionFunction, Context, Forbidden, RuleFunction, Show};
use crate::code::Origin;
use crate::contract::{Admission, Input as Member, Predicate, Verb};
use crate::model::{self};
use crate::targets::express::entity::Entity;
use crate::targets::express::fields::FieldRule;
use crate::targets::express::included::links_to;
use crate::targets::express::moves::Moves;
use crate::targets::express::rules::{Named, Terms, asks_role, asks_row, needs_store, role_arguments};
use crate::targets::express::written::RowRule;

impl<'c> Context<'c, '_> {
    pub(super) fn predicate(self, named: Named) -> Option<&'c Predicate> {
        named.predicate(self.entity)
    }

    pub(super) fn rule_origin(self, named: Named) -> Origin {
        origin(named.rule(self.entity).origin)
    }

    pub(super) fn users_only(self, named: Named) -> bool {
        named.rule(self.entity).users_only()
    }

    /// An expression that tells whether a rule holds for `row`; `reader` is what the store is read through.
    pub(super) fn call(self, named: Named, reader: &str) -> Option<String> {
        let predicate = self.predicate(named)?;
        let caller = if predicate.asks_caller() { "caller, " } else { "" };
        let name = named.name(self.entity);
        Some(if needs_store(predicate) {
            format!("(await repository.{name}({reader}, {caller}row.id))")
        } else {
            format!("{name}({caller}row)")
        })
    }

    pub(super) fn rules(self) -> Vec<RuleFunction> {
        let rules = Named::ALL.into_iter().filter(|named| named.function(self.entity) == *named);
        rules.filter_map(|named| self.rule(named)).collect()
    }

    pub(super) fn rule(self, named: Named) -> Option<RuleFunction> {
        let entity = self.entity;
        let predicate = self.predicate(named).filter(|predicate| !needs_store(predicate))?;
        let signed_in = self.users_only(named);
        let caller = match (predicate.asks_caller(), signed_in) {
            (false, _) => "",
            (true, true) => "caller: User, ",
            (true, false) => "caller: Caller, ",
        };
        let row = if asks_row(predicate) { "row" } else { "_row" };
        let terms = Terms { model: entity.model, entity: entity.spec, signed_in };
        Some(RuleFunction {
            doc: format!("Whether the caller may {} {}.", named.verb(entity), entity.names.phrase),
            origin: self.rule_origin(named),
            name: named.name(entity),
            parameters: format!("{caller}{row}: {}", entity.names.row),
            expression: terms.expression(predicate),
        })
    }

    pub(super) fn getter_asks_caller(self, named: Named) -> bool {
        self.entity.find_asks_caller() || self.predicate(named).is_some_and(Predicate::asks_caller)
    }

    pub(super) fn admissions(self) -> Vec<AdmissionFunction> {
        let admission = |(named, name, verb)| {
            let rule = self.call(named, "reader")?;
            let caller = match (self.getter_asks_caller(named), self.users_only(named)) {
                (false, _) => "",
                (true, true) => "caller: User, ",
                (true, false) => "caller: Caller, ",
            };
            let parameters = format!("{caller}id: string, reader: Reader = db");
            Some(AdmissionFunction { verb, name, parameters, rule, origin: self.rule_origin(named) })
        };
        [(Named::Update, "getForUpdate", "update"), (Named::Delete, "getForDelete", "delete")]
            .into_iter()
            .filter_map(admission)
            .collect()
    }

    /// What makes rows what the API shows.
    pub(super) fn show(self) -> Option<Show> {
        let entity = self.entity;
        let asks_store = entity.read_by_store().any(FieldRule::asks_caller);
        let caller = if entity.view_asks_caller() { ", caller" } else { "" };
        entity.has_show().then(|| Show {
            by_caller: entity.shows_by_caller(),
            parameters: if entity.shows_by_caller() { "caller: Caller, " } else { "" },
            arguments: if asks_store { "caller, " } else { "" },
            view: format!("{}View(row{caller}, readable.get(row.id))", entity.names.camel),
        })
    }

    /// The fields that change along arrows, where rows change at all.
    pub(super) fn moves(self) -> impl Iterator<Item = &'c Moves> {
        self.entity.moves.iter().filter(move |_| self.entity.has_update())
    }

    /// The functions about fields that the service calls.
    pub(super) fn field_calls(self) -> Vec<String> {
        let entity = self.entity;
        let listed = entity.listed_by().filter(|rule| !rule.reads_row());
        let given = |exists: bool, members| {
            let rules = entity.guarded(members).filter(move |_| exists).map(|(rule, _)| rule);
            rules.filter(|rule| !rule.reads_row())
        };
        let created = given(entity.has(Verb::Create), &entity.resource.create);
        let of_callers = listed.chain(created).chain(given(entity.has_update(), &entity.resource.update));
        let of_rows = entity.row_functions().into_iter().filter(|rule| !rule.needs_store());
        of_callers.map(FieldRule::name).chain(of_rows.map(RowRule::name)).collect()
    }

    /// Whether the service refuses what bodies give of fields.
    pub(super) fn refuses_fields(self) -> bool {
        let entity = self.entity;
        let given = |exists: bool, members| exists && entity.guarded(members).next().is_some();
        given(entity.has(Verb::Create), &entity.resource.create) || given(entity.has_update(), &entity.resource.update)
    }

    /// How functions declare their callers.
    pub(super) fn caller_types(self) -> String {
        let entity = self.entity;
        let declared = |wanted: bool, users_only: bool| match (wanted, users_only) {
            (false, _) => "",
            (true, true) => "caller: User ",
            (true, false) => "caller: Caller ",
        };
        let mut text = String::new();
        text += declared(entity.has(Verb::List) && entity.list_asks_caller(), entity.list.users_only());
        let finds = entity.is_found() || entity.is_collected() || entity.is_included();
        let links = links_to(entity.id, self.all);
        let links_ask = links.iter().any(|links| links.ask_caller(entity, self.all));
        text += declared(finds && entity.find_asks_caller() || links_ask, false);
        text += declared(entity.has(Verb::Create) && entity.create_asks_caller(self.all), entity.create.users_only());
        text += declared(entity.has_update() && entity.update_asks_caller(self.all), entity.update.users_only());
        text += declared(entity.has(Verb::Delete) && entity.remove_asks_caller(), entity.delete.users_only());
        text += declared(!self.referring().is_empty() && entity.check_asks_caller(self.all), false);
        text += declared(entity.has_show() && entity.shows_by_caller(), false);
        text
    }
}

/// Whether a service asks for roles at all.
pub(in crate::targets::express) fn asks_for_roles(entity: &Entity) -> bool {
    let predicates = [
        entity.list.before,
        entity.get.before,
        entity.create.after,
        entity.update.before,
        entity.update.after,
        entity.delete.before,
    ];
    let admissions = [&entity.list, &entity.get, &entity.create, &entity.update, &entity.delete];
    predicates.into_iter().any(asks_role)
        || admissions.iter().any(|rule| matches!(rule.admission, Admission::Roles(_)))
        || !forbidden(entity).is_empty()
        || entity.fields.iter().any(|rule| asks_role(&rule.guard.predicate))
        || entity.moves.iter().flat_map(Moves::guards).any(|guard| asks_role(&guard.predicate))
}

/// When nobody needs to look for a row, because the caller may read none.
pub(super) fn refusal(entity: &Entity) -> Option<String> {
    match entity.get.admission {
        Admission::Anyone => None,
        Admission::SignedIn => Some("!caller".to_owned()),
        Admission::Roles(ids) => Some(format!("!hasRole(caller, {})", role_arguments(entity.model, ids))),
    }
}

pub(super) fn forbidden(entity: &Entity) -> Vec<Forbidden> {
    if !entity.has(Verb::Create) {
        return Vec::new();
    }
    let field = |member: &Member| match &member.write {
        _ if entity.writer(member).is_some() => None,
        Admission::Anyone => None,
        Admission::SignedIn => {
            Some(Forbidden { property: member.property.wire.clone(), admitted: "caller".to_owned() })
        }
        Admission::Roles(ids) => Some(Forbidden {
            property: member.property.wire.clone(),
            admitted: format!("hasRole(caller, {})", role_arguments(entity.model, ids)),
        }),
    };
    entity.resource.create.iter().filter_map(field).collect()
}

pub(super) fn origin(origin: model::Origin) -> Origin {
    origin.map_or(Origin::NONE, Origin::from)
}
