//! Express 5 with TypeScript.

use crate::project::File;
use crate::storage::Database;

use super::{Input, RenderError, Target};

pub(super) const TARGET: Target = Target { id: "express", name: "Express", databases: &[Database::Sqlite], render };

#[allow(clippy::unnecessary_wraps, reason = "the signature is that of every target")]
fn render(_input: &Input) -> Result<Vec<File>, RenderError> {
    Ok(Vec::new())
}
