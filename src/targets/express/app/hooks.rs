//! Hooks: what people write around the writes of rows, in files that are made once.

use askama::Template;

use crate::project::{File, Part};
use crate::targets::RenderError;
use crate::targets::express::entity::Entity;
use crate::targets::express::files::{fixed, typescript};
use crate::targets::express::names::Names;

#[derive(Template)]
#[template(path = "express/app/src/hooks/entity.hooks.ts")]
struct EntityHooks<'a> {
    names: &'a Names,
    has_update: bool,
    /// What an update may change.
    changes: String,
}

/// What all hooks have in common, where there are any.
pub(super) fn files(entities: &[Entity]) -> Result<Vec<File>, RenderError> {
    let hooked: Vec<&Entity> = entities.iter().filter(|entity| entity.has_hooks()).collect();
    let shared = include_str!("../../../../templates/express/app/src/hooks/hooks.ts");
    let shared = (!hooked.is_empty()).then(|| fixed("src/hooks/hooks.ts", Part::Source, shared));
    shared.into_iter().chain(hooked.into_iter().map(file)).collect()
}

/// What the hooks of an entity are called.
pub(in crate::targets::express) fn name(entity: &Entity) -> String {
    format!("{}Hooks", entity.names.camel)
}

/// The module that holds them, in the folder of all sources.
pub(in crate::targets::express) fn module(entity: &Entity) -> String {
    format!("hooks/{}.hooks.js", entity.names.stem)
}

fn file(entity: &Entity) -> Result<File, RenderError> {
    let names = &entity.names;
    let has_update = entity.has_update();
    let changes = if has_update { format!("{}Update", names.pascal) } else { "never".to_owned() };
    let context = EntityHooks { names, has_update, changes };
    let file = typescript(&format!("src/hooks/{}.hooks.ts", names.stem), Part::Source, &context)?;
    Ok(File { made_once: true, ..file })
}
