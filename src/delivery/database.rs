//! Where a database is when its project runs in containers.

use crate::storage::Database;
use crate::targets::{Image, Input};

/// The folder that outlives a container.
const DATA: &str = "/data";

/// Where the database is.
pub(super) struct Place {
    /// The folder of its file, where it is one.
    pub(super) folder: Option<&'static str>,
    /// The connection to it.
    pub(super) url: String,
}

impl Place {
    pub(super) fn of(input: &Input, image: &Image) -> Self {
        match input.database {
            Database::Sqlite => {
                let file = format!("{DATA}/{}.db", input.model.name);
                Self { folder: Some(DATA), url: image.file_url.replace("{}", &file) }
            }
        }
    }
}
