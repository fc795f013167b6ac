//! Hooks: what people write around the writes of rows, in files that are made once.

use askama::Template;

use crate::project::Part;
use crate::targets::express::entity::Entity;
use crate::targets::express::files::{fixed, made_once};
use crate::targets::express::names::Names;
use crate::targets::{Draft, RenderError};

#[derive(Template)]
#[template(path = "express/app/src/hooks/entity.hooks.ts")]
struct EntityHooks<'a> {
    names: &'a Names,
    has_update: bool,
    /// What an update may change.
    changes: String,
}

/// What all hooks have in common, where there are any.
pub(super) fn shared(entities: &[Entity]) -> Result<Option<Draft>, RenderError> {
    let shared = include_str!("../../../../templates/express/app/src/hooks/hooks.ts");
    let has_any = entities.iter().any(Entity::has_hooks);
    has_any.then(|| fixed("src/hooks/hooks.ts", Part::Source, shared)).transpose()
}

/// What the hooks of an entity are called.
pub(in crate::targets::express) fn name(entity: &Entity) -> String {
    format!("{}Hooks", entity.names.camel)
}

/// The module that holds them, in the folder of all sources.
pub(in crate::targets::express) fn module(entity: &Entity) -> String {
    format!("hooks/{}.hooks.js", entity.names.stem)
}

/// The hooks of an entity.
pub(super) fn file(entity: &Entity) -> Result<Draft, RenderError> {
    let names = &entity.names;
    let has_update = entity.has_update();
    let changes = if has_update { format!("{}Update", names.pascal) } else { "never".to_owned() };
    let context = EntityHooks { names, has_update, changes };
    made_once(&format!("src/hooks/{}.hooks.ts", names.stem), &context)
}
