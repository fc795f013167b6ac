//! What bodies do to rows, field by field.

mod create;
mod shared;
mod update;

use crate::suite::Suite;
pub(super) use shared::{is_unique, noticed};

pub(super) fn run(suite: &mut Suite) {
    for (entity, declared) in suite.model.entities() {
        if let Some(cell) = suite.granted_again(entity) {
            create::run(suite, entity, declared.name.pascal(), &cell);
        }
        if suite.scene.spare(entity, 0).is_some() {
            update::run(suite, entity, declared.name.pascal());
        }
    }
}
