//! Where a project runs: a database of its own, a folder for temporary files, an environment without anything else,
//! an unprivileged user, a tree it cannot write to.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result};

use super::store::{Store, Stores};
use super::tree;
use super::user::is_root;
use crate::task::{Finished, Log, NOBODY, Task};

/// The configuration that a server is started with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Configuration {
    /// Cheap hashes, and limits that a suite does not meet by accident.
    Test,
    /// The real limits, headers and costs.
    Production,
    /// As in production, but for the limits, which are as under test.
    Costs,
}

/// A secret for signing tokens. Everything it protects lives on this machine for some seconds.
pub(crate) const SECRET: &str = "a-secret-that-only-the-proof-of-this-project-knows";

/// The secret before it, whose tokens are still taken.
pub(crate) const PREVIOUS: &str = "a-secret-that-the-proof-of-this-project-knew-before";

/// The origin whose pages may call.
pub(crate) const ORIGIN: &str = "https://app.example";

/// The token for the metrics.
pub(crate) const METRICS_TOKEN: &str = "a-token-that-only-the-proof-of-this-project-knows";

/// How many beds were made, which tells apart those of cells that are proved side by side.
static MADE: AtomicU32 = AtomicU32::new(0);

/// A place to run one project.
#[derive(Debug)]
pub(crate) struct Bed {
    tree: PathBuf,
    data: PathBuf,
    temporary: PathBuf,
    path: OsString,
    store: Store,
    configuration: Configuration,
}

impl Bed {
    /// Makes a folder for the data and one for temporary files, and locks the tree until the bed is dropped.
    pub(crate) fn make(
        tree: &Path,
        folder: PathBuf,
        path: OsString,
        stores: Stores,
        configuration: Configuration,
    ) -> Result<Self> {
        let data = tree::fresh(folder)?;
        // Programs put sockets among their temporary files, and a socket's path has at most about 100 characters.
        let name = format!("backsmith-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let temporary = tree::fresh(std::env::temp_dir().join(name))?;
        if is_root() {
            for own in [&data, &temporary] {
                chown(own, Some(NOBODY), Some(NOBODY))
                    .with_context(|| format!("cannot give {} away", own.display()))?;
            }
        } else {
            tree::set_writable(tree, false)?;
        }
        let store = stores.make(&data)?;
        Ok(Self { tree: tree.to_path_buf(), data, temporary, path, store, configuration })
    }

    /// The folder of the database.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// The folder for temporary files.
    pub(crate) fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// The configuration.
    pub(crate) fn configuration(&self) -> Configuration {
        self.configuration
    }

    /// The connection that the project is given.
    pub(crate) fn url(&self) -> String {
        self.store.url()
    }

    /// The database.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// The search path.
    pub(crate) fn path(&self) -> &OsStr {
        &self.path
    }

    /// A command of the project without any configuration.
    pub(crate) fn bare(&self, line: &[&str]) -> Result<Task> {
        let task = Task::of(&self.tree, line)?.clean().path(&self.path).nobody(is_root());
        Ok(task.env("HOME", &self.temporary).env("TMPDIR", &self.temporary).env("LANG", "C.UTF-8").limit(120))
    }

    /// A command of the project with this bed's configuration.
    pub(crate) fn task(&self, line: &[&str], more: &[&str]) -> Result<Task> {
        let mut task = self.bare(&[line, more].concat())?.env("DATABASE_URL", self.url()).env("JWT_SECRET", SECRET);
        task =
            task.env("JWT_SECRET_PREVIOUS", PREVIOUS).env("CORS_ORIGINS", ORIGIN).env("METRICS_TOKEN", METRICS_TOKEN);
        for (name, value) in self.configuration.variables() {
            task = task.env(name, value);
        }
        Ok(task)
    }

    /// Runs a command of the project and wants it to succeed.
    pub(crate) fn run(&self, line: &[&str], more: &[&str], log: &Log) -> Result<Finished> {
        self.task(line, more)?.succeed(log)
    }
}

impl Drop for Bed {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.temporary);
        if !is_root() {
            let _ = tree::set_writable(&self.tree, true);
        }
    }
}

impl Configuration {
    /// How many requests, and how many logins, may come in a minute.
    pub(crate) fn limits(self) -> (u32, u32) {
        match self {
            Self::Test | Self::Costs => (99_999_999, 99_999_999),
            Self::Production => (300, 10),
        }
    }

    /// What the suite calls it.
    pub(crate) fn of_suite(self) -> backsmith_suite::Configuration {
        match self {
            Self::Test => backsmith_suite::Configuration::Test,
            Self::Production => backsmith_suite::Configuration::Production,
            Self::Costs => backsmith_suite::Configuration::Costs,
        }
    }

    /// The variables that make it.
    fn variables(self) -> Vec<(&'static str, String)> {
        let name = match self {
            Self::Test => "test",
            Self::Production | Self::Costs => "production",
        };
        let (general, login) = self.limits();
        let limits = [("RATE_LIMIT_MAX", general.to_string()), ("RATE_LIMIT_LOGIN_MAX", login.to_string())];
        [("APP_ENV", name.to_owned())].into_iter().chain(limits).collect()
    }
}
