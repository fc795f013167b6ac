//! What a service imports.

use super::rules::{forbidden, refusal};
use super::{Context, hooks};
use crate::code::TsImports;
use crate::contract::{MoveGuard, Verb};
use crate::targets::express::fields::permissions;
use crate::targets::express::moves::Moves;
use crate::targets::express::rules::{Named, asks_role};

impl Context<'_, '_> {
    pub(super) fn imports(self) -> TsImports {
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
        let finds = entity.is_found() || entity.is_collected();
        add(entity.has_hooks(), &format!("../{}", hooks::module(entity)), true, &hooks::name(entity));
        let finds_any = finds || entity.is_included();
        let reads = self.replace(false).is_some_and(|replace| replace.waits);
        add(finds || reads, "../db/client.js", true, "db");
        let waits = self.moves().any(Moves::waits);
        add(finds || refers || waits, "../db/client.js", false, "Reader");
        add(writes, "../db/client.js", true, "write");
        let shows = entity.has_show();
        let row_type = entity.is_found() || entity.is_included() || entity.makes_rows() || writes || shows;
        let links = self.links();
        add(!links.is_empty(), "../utils/included.js", false, "Link");
        add(row_type, &format!("../models/{}.model.js", names.stem), false, &names.row);
        add(shows, &schema, true, &format!("{}View", names.camel));
        add(entity.has(Verb::List), &schema, false, &format!("{}Query", names.pascal));
        add(entity.makes_rows() || entity.has(Verb::Create), &schema, false, &format!("{}Create", names.pascal));
        add(entity.has_update(), &schema, false, &format!("{}Update", names.pascal));
        let refuses = rows || refers || self.predicate(Named::Create).is_some() || !forbidden(entity).is_empty();
        add(refuses, "../utils/errors.js", true, "ApiError");
        add(refers, "../utils/errors.js", false, "Problem");
        let others = references.iter().map(|of| of.to).chain(sets.iter().map(|of| of.to));
        for to in others.filter(|to| *to != entity.id) {
            let to = &self.all[to.0].names;
            imports = imports.with_namespace(&format!("./{}.service.js", to.stem), &format!("{}Service", to.camel));
        }
        for name in self.field_calls() {
            imports = imports.with_values(&schema, &[&name]);
        }
        if entity.begun_anew().next().is_some() && entity.has(Verb::Put) {
            imports = imports.with_types(&schema, &[&format!("{}Replace", names.pascal)]);
        }
        if entity.listed_by().next().is_some() {
            imports = imports.with_values("../utils/fields.js", &["rejectUnreadable"]);
        }
        if self.refuses_fields() {
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
        let is_of_role = |guard: &MoveGuard| !guard.predicate.reads_other_rows() && asks_role(&guard.predicate);
        let asks_role = rules.iter().any(|rule| rule.expression.contains("hasRole("))
            || finds_any && refusal(entity).is_some_and(|refusal| refusal.contains("hasRole("))
            || links.iter().filter_map(|links| links.refusal.as_ref()).any(|refusal| refusal.contains("hasRole("))
            || forbidden(entity).iter().any(|field| field.admitted.contains("hasRole("))
            || self.moves().flat_map(Moves::guards).any(is_of_role)
            || self.create_writable().is_some_and(|text| text.contains("hasRole("))
            || permissions(entity.listed_by(), entity).iter().any(|text| text.contains("hasRole("));
        if asks_role {
            imports = imports.with_values("../utils/caller.js", &["hasRole"]);
        }
        imports
    }
}
