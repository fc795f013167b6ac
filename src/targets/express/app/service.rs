//! Services: the rules about rows, and the order of things in a transaction.

use askama::Template;

use super::hooks;
use crate::code::{Origin, TsImports};
use crate::contract::{Admission, FieldAccess, Input as Member, Predicate, Source, Value, Verb};
use crate::model::{self, Default, EntityId, Type};
use crate::project::{File, Part};
use crate::targets::RenderError;
use crate::targets::express::entity::{Entity, roles};
use crate::targets::express::fields::{FieldRule, object, permissions};
use crate::targets::express::files::typescript;
use crate::targets::express::included::{Links, links_to};
use crate::targets::express::moves::{MoveFunction, Moves};
use crate::targets::express::names::{Names, field_property};
use crate::targets::express::rules::{Named, Terms, asks_role, asks_row, needs_store, role_arguments};
use crate::targets::express::values::literal;

#[derive(Template)]
#[template(path = "express/app/src/services/entity.service.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct Service<'a> {
    imports: TsImports,
    names: &'a Names,
    rules: Vec<RuleFunction>,
    moves: Vec<MoveFunction>,
    /// The fields that change along arrows, each with whether the caller may change it so.
    verdicts: Option<String>,
    has_list: bool,
    list: Signature,
    /// The fields that not everybody may filter and order by, each with whether the caller may.
    list_readable: Option<String>,
    has_find: bool,
    find: Signature,
    find_refusal: Option<String>,
    get_origin: Origin,
    has_rows: bool,
    get_arguments: String,
    admissions: Vec<AdmissionFunction>,
    makes_rows: bool,
    new_parameters: String,
    new_values: Vec<String>,
    has_create: bool,
    create: Signature,
    forbidden: Vec<Forbidden>,
    /// The fields that not everybody may give, each with whether the caller may.
    create_writable: Option<String>,
    update_writable: Option<String>,
    /// Where a whole body leaves out what only some may write.
    replace: Option<Replace>,
    checks_references: bool,
    /// Whether a new row may refer to others, and whether a stored one may be made to.
    create_refers: bool,
    update_refers: bool,
    /// Whether a new row copies values from others.
    copies: bool,
    check_arguments: &'static str,
    check_parameters: &'static str,
    references: Vec<Reference>,
    sets: Vec<ReferredSet>,
    has_count: bool,
    count: Signature,
    has_many: bool,
    many: Signature,
    links: Vec<LinksFunction>,
    create_result: Option<String>,
    new_row: String,
    has_update: bool,
    update: Signature,
    get_for_update: String,
    update_result: Option<String>,
    has_delete: bool,
    remove: Signature,
    get_for_delete: String,
    has_hooks: bool,
    hooks: String,
    none: Origin,
}

/// What stands between the brackets of a function, and of a call that passes it on.
#[derive(Default)]
struct Signature {
    parameters: String,
    arguments: String,
}

/// What stands in for what a whole body leaves out.
struct Replace {
    parameters: String,
    arguments: String,
    absent: Vec<String>,
}

/// A guard as a function.
struct RuleFunction {
    doc: String,
    origin: Origin,
    name: &'static str,
    parameters: String,
    expression: String,
}

/// A function that finds the row only if a rule lets the caller go on with it.
struct AdmissionFunction {
    verb: &'static str,
    name: &'static str,
    parameters: String,
    rule: String,
    origin: Origin,
}

/// A function that tells which rows belong to which.
struct LinksFunction {
    doc: String,
    name: String,
    parameters: String,
    arguments: String,
    refusal: Option<String>,
}

/// A field that not everybody may give.
struct Forbidden {
    property: String,
    admitted: String,
}

/// A reference in a body, and how the row that it names is looked for.
pub(in crate::targets::express) struct Reference {
    pub property: String,
    /// What the body may hold.
    pub ty: &'static str,
    /// The service to ask, with its point; nothing where that is the own one.
    pub service: String,
    pub arguments: &'static str,
}

impl Reference {
    /// The reference that a member of a body is, seen from the service of `from`.
    pub(in crate::targets::express) fn of(member: &Member, from: Option<EntityId>, all: &[Entity]) -> Option<Self> {
        let to = &all[member.refers_to?.0];
        Some(Self {
            property: member.property.wire.clone(),
            ty: if member.property.nullable { "string | null | undefined" } else { "string | undefined" },
            service: if Some(to.id) == from { String::new() } else { format!("{}Service.", to.names.camel) },
            arguments: if to.find_asks_caller() { "caller, " } else { "" },
        })
    }
}

/// A set whose rows must be readable.
struct ReferredSet {
    property: String,
    /// What the keys that were not in the set before are called.
    added: String,
    service: String,
    arguments: &'static str,
}

/// The service of an entity.
pub(super) fn file(entity: &Entity, all: &[Entity]) -> Result<File, RenderError> {
    let context = Context { entity, all };
    typescript(&format!("src/services/{}.service.ts", entity.names.stem), Part::Source, &context.service())
}

#[derive(Clone, Copy)]
struct Context<'c, 'a> {
    entity: &'c Entity<'a>,
    all: &'c [Entity<'a>],
}

impl<'c> Context<'c, '_> {
    #[allow(clippy::too_many_lines, reason = "a line for each thing that the template prints")]
    fn service(self) -> Service<'c> {
        let entity = self.entity;
        let names = &entity.names;
        let find_caller = entity.find_asks_caller();
        let update_caller = entity.update_asks_caller(self.all);
        let check_caller = entity.check_asks_caller(self.all);
        let caller = |wanted: bool, users_only: bool| match (wanted, users_only) {
            (false, _) => "",
            (true, true) => "caller: User, ",
            (true, false) => "caller: Caller, ",
        };
        let argument = |wanted: bool| if wanted { "caller, " } else { "" };
        let list_caller = entity.list_asks_caller();
        let row_caller = argument(entity.list.before.asks_caller());
        let create_writable = self.writable(&entity.resource.create, entity.has(Verb::Create));
        let repository_caller = if entity.get.before.asks_caller() { "caller, " } else { "" };
        Service {
            imports: self.imports(),
            names,
            rules: self.rules(),
            moves: self.moves().map(|moves| moves.function(entity)).collect(),
            verdicts: object(&self.moves().map(Moves::verdict).collect::<Vec<_>>()),
            has_list: entity.has(Verb::List),
            list: Signature {
                parameters: format!("{}query: {}Query", caller(list_caller, entity.list.users_only()), names.pascal),
                arguments: format!("{row_caller}query"),
            },
            list_readable: object(&permissions(entity.listed_by(), entity)),
            has_find: entity.is_found(),
            find: Signature {
                parameters: format!("{}id: string, reader: Reader = db", caller(find_caller, false)),
                arguments: format!("reader, {repository_caller}id"),
            },
            find_refusal: refusal(entity),
            get_origin: origin(entity.get.origin),
            has_rows: entity.verbs.iter().any(|verb| verb.names_row()),
            get_arguments: format!("{}id, reader", argument(find_caller)),
            admissions: self.admissions(),
            makes_rows: entity.makes_rows(),
            new_parameters: self.new_parameters(),
            new_values: self.new_values(),
            sets: self.sets(),
            has_count: entity.is_collected,
            count: Signature {
                parameters: format!("{}ids: string[], reader: Reader = db", caller(find_caller, false)),
                arguments: format!("reader, {repository_caller}ids"),
            },
            has_many: entity.is_included,
            many: Signature {
                parameters: format!("{}ids: string[]", caller(find_caller, false)),
                arguments: format!("{repository_caller}ids"),
            },
            links: self.links(),
            has_create: entity.has(Verb::Create),
            create: Signature {
                parameters: format!(
                    "{}input: {}Create",
                    caller(entity.create_asks_caller(self.all), entity.create.users_only()),
                    names.pascal
                ),
                arguments: String::new(),
            },
            forbidden: if create_writable.is_some() { Vec::new() } else { forbidden(entity) },
            create_writable,
            update_writable: self.writable(&entity.resource.update, entity.has_update()),
            replace: self.replace(update_caller),
            checks_references: !self.referring().is_empty(),
            create_refers: entity.has(Verb::Create) && refers(&entity.resource.create),
            update_refers: entity.has_update() && refers(&entity.resource.update),
            copies: entity.copies().next().is_some(),
            check_arguments: if check_caller { "caller, " } else { "" },
            check_parameters: if check_caller { "caller: Caller, " } else { "" },
            references: self.references(),
            create_result: self.call(Named::Create, "tx"),
            new_row: self.new_row(),
            has_update: entity.has_update(),
            update: Signature {
                parameters: format!(
                    "{}id: string, changes: {}Update",
                    caller(update_caller, entity.update.users_only()),
                    names.pascal
                ),
                arguments: String::new(),
            },
            get_for_update: match self.predicate(Named::Update) {
                Some(_) => format!("getForUpdate({}id, tx)", argument(self.getter_asks_caller(Named::Update))),
                None => format!("get({}id, tx)", argument(find_caller)),
            },
            update_result: self.call(Named::UpdateTo, "tx"),
            has_delete: entity.has(Verb::Delete),
            remove: Signature {
                parameters: format!("{}id: string", caller(entity.remove_asks_caller(), entity.delete.users_only())),
                arguments: String::new(),
            },
            get_for_delete: match self.predicate(Named::Delete) {
                Some(_) => format!("getForDelete({}id, tx)", argument(self.getter_asks_caller(Named::Delete))),
                None => format!("get({}id, tx)", argument(find_caller)),
            },
            has_hooks: entity.has_hooks(),
            hooks: hooks::name(entity),
            none: Origin::NONE,
        }
    }

    /// The members of a body that not everybody may give, each with whether the caller may.
    fn writable(self, members: &'c [Member], exists: bool) -> Option<String> {
        let entity = self.entity;
        let guarded: Vec<_> = entity.guarded(members).filter(|_| exists).map(|(rule, _)| rule).collect();
        let mut permitted = permissions(guarded.iter().copied(), entity);
        if guarded.is_empty() {
            return None;
        }
        let owner = forbidden(entity).into_iter().filter(|field| {
            guarded.iter().all(|rule| rule.property != field.property)
                && members.iter().any(|member| member.property.wire == field.property)
        });
        permitted.extend(owner.map(|field| format!("{}: {}", field.property, field.admitted)));
        object(&permitted)
    }

    fn replace(self, with_caller: bool) -> Option<Replace> {
        let entity = self.entity;
        let guarded: Vec<_> = entity.guarded(&entity.resource.update).filter(|_| entity.has(Verb::Put)).collect();
        let caller = match (with_caller, entity.update.users_only()) {
            (false, _) => "",
            (true, true) => "caller: User, ",
            (true, false) => "caller: Caller, ",
        };
        let absent = |(rule, member): &(&FieldRule, &Member)| {
            let Source::Field(id) = member.property.source else { return None };
            let value = absent_at(entity.spec.field(id), "new Date().toISOString()");
            Some(format!("...({} && {{ {}: {value} }})", rule.call(), rule.property))
        };
        (!guarded.is_empty()).then(|| Replace {
            parameters: format!("{caller}id: string, input: {}Replace", entity.names.pascal),
            arguments: if with_caller { "caller, id".to_owned() } else { "id".to_owned() },
            absent: guarded.iter().filter_map(absent).collect(),
        })
    }

    fn predicate(self, named: Named) -> Option<&'c Predicate> {
        named.predicate(self.entity)
    }

    fn rule_origin(self, named: Named) -> Origin {
        origin(named.rule(self.entity).origin)
    }

    fn users_only(self, named: Named) -> bool {
        named.rule(self.entity).users_only()
    }

    /// An expression that tells whether a rule holds for `row`; `reader` is what the store is read through.
    fn call(self, named: Named, reader: &str) -> Option<String> {
        let predicate = self.predicate(named)?;
        let caller = if predicate.asks_caller() { "caller, " } else { "" };
        let name = named.function(self.entity).name();
        Some(if needs_store(predicate) {
            format!("(await repository.{name}({reader}, {caller}row.id))")
        } else {
            format!("{name}({caller}row)")
        })
    }

    fn rules(self) -> Vec<RuleFunction> {
        let rules = Named::ALL.into_iter().filter(|named| named.function(self.entity) == *named);
        rules.filter_map(|named| self.rule(named)).collect()
    }

    fn rule(self, named: Named) -> Option<RuleFunction> {
        let entity = self.entity;
        let predicate = self.predicate(named).filter(|predicate| !needs_store(predicate))?;
        let signed_in = self.users_only(named);
        let caller = match (predicate.asks_caller(), signed_in) {
            (false, _) => "",
            (true, true) => "caller: User, ",
            (true, false) => "caller: Caller, ",
        };
        let row = if asks_row(predicate) { "row" } else { "_row" };
        let terms = Terms { entity: entity.spec, roles: &roles(entity.model), signed_in };
        Some(RuleFunction {
            doc: format!("Whether the caller may {} {}.", named.verb(), entity.names.phrase),
            origin: self.rule_origin(named),
            name: named.name(),
            parameters: format!("{caller}{row}: {}", entity.names.row),
            expression: terms.expression(predicate),
        })
    }

    fn getter_asks_caller(self, named: Named) -> bool {
        self.entity.find_asks_caller() || self.predicate(named).is_some_and(Predicate::asks_caller)
    }

    fn admissions(self) -> Vec<AdmissionFunction> {
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

    fn new_parameters(self) -> String {
        let entity = self.entity;
        let owner = entity.owner().map_or_else(String::new, |(_, field)| {
            let ty = if field.nullable { "string | null" } else { "string" };
            format!(", {}: {ty}", field_property(field))
        });
        let copied = entity.copied_type().map_or_else(String::new, |ty| format!(", copied: {ty}"));
        format!("input: {}{owner}{copied}", self.input_type())
    }

    fn input_type(self) -> String {
        format!("{}Create", self.entity.names.pascal)
    }

    /// What a new row holds beside what its body gives.
    fn new_values(self) -> Vec<String> {
        let entity = self.entity;
        let given = |id| entity.resource.create.iter().any(|member| member.property.source == Source::Field(id));
        let owner = entity.spec.owner_field();
        let guarded = |id| entity.writers().any(|rule| rule.guard.source == Source::Field(id));
        entity
            .spec
            .fields()
            .filter(|(id, _)| owner == Some(*id) || !given(*id) || guarded(*id))
            .map(|(id, field)| {
                let property = field_property(field);
                if owner == Some(id) {
                    property
                } else if given(id) {
                    let absent = absent(field);
                    // Null is a value that may be given in the place of another.
                    if field.nullable && absent != "null" {
                        format!("{property}: input.{property} === undefined ? {absent} : input.{property}")
                    } else {
                        format!("{property}: input.{property} ?? {absent}")
                    }
                } else if field.copied().is_some() {
                    format!("{property}: copied.{property}")
                } else {
                    format!("{property}: {}", absent(field))
                }
            })
            .collect()
    }

    /// An expression that makes the row that a body asks for.
    fn new_row(self) -> String {
        let entity = self.entity;
        let owner = entity.owner().map_or_else(String::new, |(_, field)| {
            let caller = if entity.create.users_only() { "caller.id" } else { "caller?.id ?? null" };
            let given =
                entity.owner_input().map_or_else(String::new, |_| format!("input.{} ?? ", field_property(field)));
            format!(", {given}{caller}")
        });
        let copied = if entity.copies().next().is_some() { ", copied" } else { "" };
        format!("new{}(input{owner}{copied})", entity.names.pascal)
    }

    /// What bodies may refer to, each member once.
    fn referring(self) -> Vec<&'c Member> {
        let entity = self.entity;
        let mut members: Vec<&Member> = Vec::new();
        let create = entity.has(Verb::Create).then_some(&entity.resource.create);
        let update = entity.has_update().then_some(&entity.resource.update);
        for member in create.into_iter().chain(update).flatten() {
            if member.refers_to.is_some() && members.iter().all(|known| known.property.wire != member.property.wire) {
                members.push(member);
            }
        }
        members
    }

    fn service_of(self, to: &Entity) -> String {
        if to.id == self.entity.id { String::new() } else { format!("{}Service.", to.names.camel) }
    }

    fn sets(self) -> Vec<ReferredSet> {
        let sets = self.referring().into_iter().filter(|member| is_set(member));
        let set = |member: &Member| {
            let to = &self.all[member.refers_to?.0];
            let property = member.property.wire.clone();
            let mut letters = property.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            Some(ReferredSet {
                added: format!("new{}", first.into_iter().chain(letters).collect::<String>()),
                property,
                service: self.service_of(to),
                arguments: if to.find_asks_caller() { "caller, " } else { "" },
            })
        };
        sets.filter_map(set).collect()
    }

    fn references(self) -> Vec<Reference> {
        let members = self.referring().into_iter().filter(|member| !is_set(member));
        members.filter_map(|member| Reference::of(member, Some(self.entity.id), self.all)).collect()
    }

    fn links(self) -> Vec<LinksFunction> {
        let function = |links: Links| {
            let between = links.between(self.all);
            let entities = || std::iter::once(self.entity).chain(between);
            let asks = links.ask_caller(self.entity, self.all);
            let passes_on = entities().any(|entity| entity.get.before.asks_caller());
            let mut refusals: Vec<String> = entities().filter_map(refusal).collect();
            refusals.dedup();
            LinksFunction {
                doc: links.doc,
                name: links.function,
                parameters: format!("{}owners: string[]", if asks { "caller: Caller, " } else { "" }),
                arguments: format!("{}owners", if passes_on { "caller, " } else { "" }),
                refusal: Some(refusals.join(" || ")).filter(|refusal| !refusal.is_empty()),
            }
        };
        links_to(self.entity.id, self.all).into_iter().map(function).collect()
    }

    fn imports(self) -> TsImports {
        let entity = self.entity;
        let names = &entity.names;
        let schema = format!("../schemas/{}.schema.js", names.stem);
        let mut imports =
            TsImports::new().with_namespace(&format!("../repositories/{}.repository.js", names.stem), "repository");
        let mut add = |wanted: bool, module: &str, value: bool, name: &str| {
            if wanted {
                let kind = if value { crate::code::ImportKind::Value } else { crate::code::ImportKind::Type };
                imports.add(module, kind, name);
            }
        };
        let rows = entity.verbs.iter().any(|verb| verb.names_row());
        let writes = entity.has(Verb::Create) || entity.has_update() || entity.has(Verb::Delete);
        let references = self.references();
        let rules = self.rules();
        add(entity.makes_rows(), "uuid", true, "v7 as uuidv7");
        let sets = self.sets();
        let refers = !references.is_empty() || !sets.is_empty();
        let finds = entity.is_found() || entity.is_collected;
        add(entity.has_hooks(), &format!("../{}", hooks::module(entity)), true, &hooks::name(entity));
        let finds_any = finds || entity.is_included;
        add(finds, "../db/client.js", true, "db");
        add(finds || refers, "../db/client.js", false, "Reader");
        add(writes, "../db/client.js", true, "write");
        let row_type = entity.is_found() || entity.is_included || entity.makes_rows() || writes;
        let links = self.links();
        add(!links.is_empty(), "../utils/included.js", false, "Link");
        add(row_type, &format!("../models/{}.model.js", names.stem), false, &names.row);
        add(entity.has(Verb::List), &schema, false, &format!("{}Query", names.pascal));
        add(entity.makes_rows() || entity.has(Verb::Create), &schema, false, &format!("{}Create", names.pascal));
        add(entity.has_update(), &schema, false, &format!("{}Update", names.pascal));
        let refuses = rows || refers || self.predicate(Named::Create).is_some() || !forbidden(entity).is_empty();
        add(refuses, "../utils/errors.js", true, "ApiError");
        add(refers, "../utils/errors.js", false, "Problem");
        let services = references.iter().map(|of| &of.service).chain(sets.iter().map(|of| &of.service));
        for service in services {
            if let Some(service) = service.strip_suffix('.') {
                let to = self.all.iter().find(|to| format!("{}Service", to.names.camel) == service);
                if let Some(to) = to {
                    imports = imports.with_namespace(&format!("./{}.service.js", to.names.stem), service);
                }
            }
        }
        for rule in self.field_calls() {
            imports = imports.with_values(&schema, &[&rule.name()]);
        }
        if entity.guarded(&entity.resource.update).next().is_some() && entity.has(Verb::Put) {
            imports = imports.with_types(&schema, &[&format!("{}Replace", names.pascal)]);
        }
        if entity.listed_by().next().is_some() {
            imports = imports.with_values("../utils/fields.js", &["rejectUnreadable"]);
        }
        if self.field_calls().any(|rule| rule.guard.access == FieldAccess::Write) {
            imports = imports.with_values("../utils/fields.js", &["rejectUnwritable"]);
        }
        if self.moves().next().is_some() {
            imports = imports.with_values("../utils/fields.js", &["rejectMoves"]);
        }
        let text = self.caller_types();
        for (name, module) in [("User", "../models/user.model.js"), ("Caller", "../utils/caller.js")] {
            if text.contains(&format!("caller: {name}")) {
                imports = imports.with_types(module, &[name]);
            }
        }
        let asks_role = rules.iter().any(|rule| rule.expression.contains("hasRole("))
            || finds_any && refusal(entity).is_some_and(|refusal| refusal.contains("hasRole("))
            || links.iter().filter_map(|links| links.refusal.as_ref()).any(|refusal| refusal.contains("hasRole("))
            || forbidden(entity).iter().any(|field| field.admitted.contains("hasRole("))
            || self.moves().flat_map(Moves::guards).any(|guard| asks_role(&guard.predicate))
            || permissions(entity.listed_by(), entity).iter().any(|text| text.contains("hasRole("));
        if asks_role {
            imports = imports.with_values("../utils/caller.js", &["hasRole"]);
        }
        imports
    }

    /// The fields that change along arrows, where rows change at all.
    fn moves(self) -> impl Iterator<Item = &'c Moves<'c>> {
        self.entity.moves.iter().filter(move |_| self.entity.has_update())
    }

    /// The field rules that the service asks about.
    fn field_calls(self) -> impl Iterator<Item = &'c FieldRule<'c>> {
        let entity = self.entity;
        let listed = entity.listed_by().filter(|rule| !rule.reads_row());
        let given = |exists: bool, members| entity.guarded(members).filter(move |_| exists).map(|(rule, _)| rule);
        let created = given(entity.has(Verb::Create), &entity.resource.create);
        listed.chain(created).chain(given(entity.has_update(), &entity.resource.update))
    }

    /// How functions declare their callers.
    fn caller_types(self) -> String {
        let entity = self.entity;
        let declared = |wanted: bool, users_only: bool| match (wanted, users_only) {
            (false, _) => "",
            (true, true) => "caller: User ",
            (true, false) => "caller: Caller ",
        };
        let mut text = String::new();
        text += declared(entity.has(Verb::List) && entity.list_asks_caller(), entity.list.users_only());
        let finds = entity.is_found() || entity.is_collected || entity.is_included;
        let links = links_to(entity.id, self.all);
        let links_ask = links.iter().any(|links| links.ask_caller(entity, self.all));
        text += declared(finds && entity.find_asks_caller() || links_ask, false);
        text += declared(entity.has(Verb::Create) && entity.create_asks_caller(self.all), entity.create.users_only());
        text += declared(entity.has_update() && entity.update_asks_caller(self.all), entity.update.users_only());
        text += declared(entity.has(Verb::Delete) && entity.remove_asks_caller(), entity.delete.users_only());
        text += declared(!self.referring().is_empty() && entity.check_asks_caller(self.all), false);
        text
    }
}

fn refers(members: &[Member]) -> bool {
    members.iter().any(|member| member.refers_to.is_some())
}

fn is_set(member: &Member) -> bool {
    matches!(member.property.value, Value::Keys { .. })
}

/// When nobody needs to look for a row, because the caller may read none.
fn refusal(entity: &Entity) -> Option<String> {
    match entity.get.admission {
        Admission::Anyone => None,
        Admission::SignedIn => Some("!caller".to_owned()),
        Admission::Roles(ids) => Some(format!("!hasRole(caller, {})", role_arguments(&roles(entity.model), ids))),
    }
}

fn forbidden(entity: &Entity) -> Vec<Forbidden> {
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
            admitted: format!("hasRole(caller, {})", role_arguments(&roles(entity.model), ids)),
        }),
    };
    entity.resource.create.iter().filter_map(field).collect()
}

/// What a field holds that no body gives; `now` is the moment.
pub(in crate::targets::express) fn absent(field: &model::Field) -> String {
    absent_at(field, "now")
}

/// The same where the moment is another expression.
fn absent_at(field: &model::Field, now: &str) -> String {
    match (&field.default, &field.ty) {
        (Some(Default::Literal(value)), Type::Scalar(scalar)) => literal(value, scalar),
        (Some(Default::Literal(value)), Type::List { item, .. }) => format!("[{}]", literal(value, item)),
        (Some(Default::Now), Type::Scalar(scalar)) => moment(scalar, now),
        (_, Type::List { .. } | Type::Many(_)) => "[]".to_owned(),
        _ => "null".to_owned(),
    }
}

/// A moment as a day, a time of day or itself.
pub(super) fn moment(scalar: &model::Scalar, now: &str) -> String {
    match scalar {
        model::Scalar::Date(_) => format!("{now}.slice(0, 10)"),
        model::Scalar::Time(_) => format!("{now}.slice(11, 19)"),
        _ => now.to_owned(),
    }
}

fn origin(origin: model::Origin) -> Origin {
    origin.map_or(Origin::NONE, Origin::new)
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
