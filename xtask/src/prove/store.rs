//! The database of one step.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use backsmith_suite::AccountChange;

use super::bed::Bed;
use crate::postgresql::{Connection, PostgreSql};
use crate::task::{Log, Task};

/// Prints what an SQLite database holds, as no request can see it.
const CATALOGUE: &str = include_str!("../../tools/catalogue.mjs");

/// Changes an account in an SQLite database.
const CHANGE_ACCOUNT: &str = include_str!("../../tools/change-account.mjs");

/// Prints what a PostgreSQL database holds.
const TABLES: &str = include_str!("../../tools/catalogue.sql");

/// Where the rows of one step lie.
#[derive(Debug)]
pub(crate) enum Store {
    /// A file of SQLite's.
    File(PathBuf),
    /// A database of a server.
    Database(Connection),
}

/// What databases are made of in one cell.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stores<'a> {
    /// Files in the folder of each step.
    Files,
    /// Databases of this server.
    Server(&'a PostgreSql),
}

impl Stores<'_> {
    /// An empty database for a step whose data go to a folder.
    pub(crate) fn make(self, data: &Path) -> Result<Store> {
        Ok(match self {
            Self::Files => Store::File(data.join("proof.db")),
            Self::Server(server) => Store::Database(server.database()?),
        })
    }

    /// The catalogue of the database that some SQL builds.
    pub(crate) fn catalogue_of(self, sql: &str, bed: &Bed, log: &Log) -> Result<String> {
        match self {
            Self::Files => {
                let file = bed.data().join("export.sql");
                fs::write(&file, sql).with_context(|| format!("cannot write {}", file.display()))?;
                print(bed, "sql", &file, log)
            }
            Self::Server(server) => {
                let database = server.database()?;
                database.query(sql)?;
                Store::Database(database).catalogue(bed, log)
            }
        }
    }

    /// A connection with which a project's own tests can make databases, where they need one.
    pub(crate) fn url_for_tests(self) -> Option<String> {
        match self {
            Self::Files => None,
            Self::Server(server) => Some(server.first_database().url()),
        }
    }
}

impl Store {
    /// The connection that the project is given.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::File(file) => format!("file:{}", file.display()),
            Self::Database(connection) => connection.url(),
        }
    }

    /// Its tables with all that belongs to them, one line each, without those in which a migration tool keeps its
    /// records.
    pub(crate) fn catalogue(&self, bed: &Bed, log: &Log) -> Result<String> {
        let printed = match self {
            Self::File(file) => print(bed, "database", file, log)?,
            Self::Database(connection) => connection.query(TABLES)?.join("\n"),
        };
        log.note(&printed)?;
        Ok(printed)
    }

    /// Everything it holds, as text.
    pub(crate) fn text(&self, bed: &Bed, log: &Log) -> Result<String> {
        match self {
            Self::File(file) => print(bed, "rows", file, log),
            Self::Database(connection) => {
                let tables = connection.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")?;
                let rows = |table: &String| {
                    let name = table.replace('"', "\"\"");
                    connection.query(&format!("SELECT row_to_json(t)::text FROM \"{name}\" t"))
                };
                Ok(tables.iter().map(rows).collect::<Result<Vec<_>>>()?.concat().join("\n"))
            }
        }
    }

    /// Changes an account behind the server's back.
    pub(crate) fn change_account(&self, bed: &Bed, id: &str, change: &AccountChange, log: &Log) -> Result<()> {
        match self {
            Self::File(file) => {
                let file = file.to_string_lossy();
                let words = match change {
                    AccountChange::Role(Some(role)) => vec!["role", role],
                    AccountChange::Role(None) => vec!["role"],
                    AccountChange::Disabled => vec!["disabled"],
                    AccountChange::Deleted => vec!["deleted"],
                    AccountChange::SessionsExpired => vec!["expired"],
                };
                let line = [["node", "--input-type=module", "-", &file, id].as_slice(), &words].concat();
                bed.bare(&line)?.input(CHANGE_ACCOUNT).succeed(log).map(drop)
            }
            Self::Database(connection) => {
                let id = literal(id);
                let statement = match change {
                    AccountChange::Role(Some(role)) => {
                        format!("UPDATE users SET role = {} WHERE id = {id}", literal(role))
                    }
                    AccountChange::Role(None) => format!("UPDATE users SET role = NULL WHERE id = {id}"),
                    AccountChange::Disabled => format!("UPDATE users SET disabled_at = '2001-01-01Z' WHERE id = {id}"),
                    AccountChange::Deleted => format!("DELETE FROM users WHERE id = {id}"),
                    AccountChange::SessionsExpired => {
                        format!("UPDATE auth_sessions SET expires_at = '2001-01-01Z' WHERE user_id = {id}")
                    }
                };
                let changed = connection.query(&format!("{statement} RETURNING id"))?;
                ensure!(!changed.is_empty(), "there is nothing of an account {id}");
                Ok(())
            }
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Self::Database(connection) = self {
            // The server may be gone by now, and the database with it.
            let _ = connection.remove();
        }
    }
}

fn print(bed: &Bed, what: &str, file: &Path, log: &Log) -> Result<String> {
    let args = ["--input-type=module", "-", what].map(PathBuf::from).into_iter().chain([file.to_path_buf()]);
    let task = Task::new(Path::new("/"), "node", args).path(bed.path()).input(CATALOGUE);
    Ok(task.succeed(log)?.stdout)
}

/// A text in SQL.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
