//! Services: the rules about rows, and the order of things in a transaction.

mod imports;
mod references;
mod rules;
mod values;

use askama::Template;

use self::references::refers;
use self::rules::{forbidden, origin, refusal};
use super::hooks;
use crate::code::{Origin, TsImports};
use crate::contract::Verb;
use crate::project::Part;
use crate::targets::express::entity::Entity;
use crate::targets::express::fields::{object, permissions};
use crate::targets::express::files::typescript;
use crate::targets::express::moves::MoveFunction;
use crate::targets::express::names::{Keys, Names};
use crate::targets::express::rules::Named;
use crate::targets::express::written::When;
use crate::targets::{Draft, RenderError};

pub(in crate::targets::express) use references::{Reference, ReferredSet};
pub(in crate::targets::express) use rules::asks_for_roles;
pub(in crate::targets::express) use values::absent;
pub(super) use values::moment;

#[derive(Template)]
#[template(path = "express/app/src/services/entity.service.ts")]
#[allow(clippy::struct_excessive_bools, reason = "a template branches on each of them")]
struct Service<'a> {
    imports: TsImports,
    keys: Keys,
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
    /// What finds a row outside of a transaction.
    replace_get: String,
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
    /// The same where rows decide: of the row before an update, of a new row, and of the row that an update leaves.
    row_writable: Option<String>,
    created_writable: Option<String>,
    updated_writable: Option<String>,
    /// Where a whole body leaves out what only some may write.
    replace: Option<Replace>,
    checks_references: bool,
    /// Whether a new row may refer to others, and whether a stored one may be made to.
    create_refers: bool,
    update_refers: bool,
    /// Whether a new row copies values from others.
    copies: bool,
    copied_input: String,
    check_arguments: &'static str,
    check_parameters: &'static str,
    references: Vec<Reference>,
    sets: Vec<ReferredSet>,
    has_count: bool,
    count: Signature,
    has_many: bool,
    many: Signature,
    show: Option<Show>,
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

/// What makes rows what the API shows, where the store is asked for that.
struct Show {
    by_caller: bool,
    parameters: &'static str,
    arguments: &'static str,
    view: String,
}

/// What stands in for what a whole body leaves out.
struct Replace {
    parameters: String,
    /// Whether the row decides what the caller may write.
    of_row: bool,
    /// Whether the store is asked.
    waits: bool,
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

/// The service of an entity.
pub(super) fn file(entity: &Entity, all: &[Entity]) -> Result<Draft, RenderError> {
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
        let create_writable = self.create_writable();
        let repository_caller = if entity.get.before.asks_caller() { "caller, " } else { "" };
        Service {
            imports: self.imports(),
            keys: entity.keys(),
            names,
            rules: self.rules(),
            moves: self.moves().map(|moves| moves.function(entity, entity.update.users_only(), "repository")).collect(),
            verdicts: object(&self.moves().map(|moves| moves.verdict("before")).collect::<Vec<_>>()),
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
            replace_get: format!("{}id", argument(find_caller)),
            admissions: self.admissions(),
            makes_rows: entity.makes_rows(),
            new_parameters: self.new_parameters(),
            new_values: self.new_values(),
            sets: self.sets(),
            has_count: entity.is_collected(),
            count: Signature {
                parameters: format!("{}ids: string[], reader: Reader = db", caller(find_caller, false)),
                arguments: format!("reader, {repository_caller}ids"),
            },
            has_many: entity.is_included(),
            many: Signature {
                parameters: format!("{}ids: string[]", caller(find_caller, false)),
                arguments: format!("{repository_caller}ids"),
            },
            show: self.show(),
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
            update_writable: self.update_writable(),
            row_writable: self.update_writable_of_row(),
            created_writable: self.result_writable(When::Created),
            updated_writable: self.result_writable(When::After),
            replace: self.replace(update_caller),
            checks_references: !self.referring().is_empty(),
            create_refers: entity.has(Verb::Create) && refers(&entity.resource.create),
            update_refers: entity.has_update() && refers(&entity.resource.update),
            copies: entity.copies().next().is_some(),
            copied_input: self.copied_input(),
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
}
