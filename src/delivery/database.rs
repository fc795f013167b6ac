//! Where a database is when its project runs in containers, and in its checks.

use crate::storage::Database;
use crate::targets::{Image, Input};

/// The folder that outlives a container.
const DATA: &str = "/data";

/// Where the database is.
pub(super) enum Place {
    /// In a file, in a folder that outlives containers.
    File {
        /// The folder.
        folder: &'static str,
        /// The connection to the file.
        url: String,
    },
    /// On a server of its own.
    Server(Server),
}

/// A database server in a container.
pub(super) struct Server {
    /// Its image, with its tag.
    pub(super) image: &'static str,
    /// The user and the group that it runs as.
    pub(super) user: &'static str,
    /// What it calls the database.
    pub(super) name: String,
    /// The port it listens on.
    pub(super) port: u16,
    /// The folder of its data.
    pub(super) data: &'static str,
    /// The folder of its sockets.
    pub(super) sockets: &'static str,
    /// The variable that names the database.
    pub(super) name_variable: &'static str,
    /// The variable that gives its password.
    pub(super) password_variable: &'static str,
    /// A program that ends without error when it answers.
    pub(super) probe: Vec<String>,
    account: &'static str,
}

impl Place {
    pub(super) fn of(input: &Input, image: &Image) -> Self {
        let name = input.model.name.as_str();
        match input.database {
            Database::Sqlite => {
                Self::File { folder: DATA, url: image.file_url.replace("{}", &format!("{DATA}/{name}.db")) }
            }
            Database::Postgresql => Self::Server(Server::postgresql(name)),
        }
    }

    pub(super) fn folder(&self) -> Option<&'static str> {
        match self {
            Self::File { folder, .. } => Some(folder),
            Self::Server(_) => None,
        }
    }

    pub(super) fn server(&self) -> Option<&Server> {
        match self {
            Self::File { .. } => None,
            Self::Server(server) => Some(server),
        }
    }
}

impl Server {
    fn postgresql(name: &str) -> Self {
        // Not by the socket, where a server answers too that is being set up.
        let probe = ["pg_isready", "--host=127.0.0.1", "--username=postgres", &format!("--dbname={name}")];
        Self {
            image: "postgres:18.3-trixie",
            user: "999:999",
            name: name.to_owned(),
            port: 5432,
            data: "/var/lib/postgresql",
            sockets: "/var/run/postgresql",
            name_variable: "POSTGRES_DB",
            password_variable: "POSTGRES_PASSWORD",
            probe: probe.map(str::to_owned).to_vec(),
            account: "postgres",
        }
    }

    /// The connection to it, with a password of letters and digits or something that stands for one.
    pub(super) fn url(&self, host: &str, password: &str) -> String {
        let Self { port, name, account, .. } = self;
        format!("postgres://{account}:{password}@{host}:{port}/{name}")
    }
}
