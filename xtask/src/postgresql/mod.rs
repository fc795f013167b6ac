//! A PostgreSQL server of our own: made in a temporary folder, gone with the chore.

mod wire;

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::Signal;

use crate::task::{Log, NOBODY, Running, Task};

pub(crate) use wire::query;

/// How long the server may take to start, and to stop.
const PATIENCE: Duration = Duration::from_secs(30);

/// The first user, who may do everything.
const USER: &str = "postgres";

/// A server that runs. It ends when this value is dropped.
#[derive(Debug)]
pub(crate) struct PostgreSql {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    nobody: bool,
    running: Mutex<Option<Running>>,
    databases: AtomicU32,
}

impl PostgreSql {
    /// Makes a server in a folder, with the programs of another one, and starts it. PostgreSQL refuses to run as
    /// root, who therefore passes `nobody`.
    pub(crate) fn make(programs: &Path, folder: PathBuf, port: u16, nobody: bool, log: &Log) -> Result<Self> {
        let server = Self {
            programs: programs.to_owned(),
            folder,
            port,
            nobody,
            running: Mutex::new(None),
            databases: AtomicU32::new(0),
        };
        fs::create_dir_all(&server.folder).with_context(|| format!("cannot make {}", server.folder.display()))?;
        if nobody {
            chown(&server.folder, Some(NOBODY), Some(NOBODY)).context("cannot give the server's folder away")?;
        }
        let args = ["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "--username", USER, "--pgdata"];
        let initdb = args.map(PathBuf::from).into_iter().chain([server.data()]);
        Task::new(&server.folder, programs.join("initdb"), initdb).nobody(nobody).limit(120).succeed(log)?;
        server.start(log)?;
        Ok(server)
    }

    /// Starts the server, again where it has been stopped.
    pub(crate) fn start(&self, log: &Log) -> Result<()> {
        let settings = [
            format!("port={}", self.port),
            "listen_addresses=127.0.0.1".to_owned(),
            "unix_socket_directories=".to_owned(),
            "fsync=off".to_owned(),
            "synchronous_commit=off".to_owned(),
            "full_page_writes=off".to_owned(),
            "max_connections=300".to_owned(),
            "lc_messages=C".to_owned(),
        ];
        let data = self.data().to_string_lossy().into_owned();
        let args =
            ["-D".to_owned(), data].into_iter().chain(settings.into_iter().flat_map(|set| ["-c".to_owned(), set]));
        let task = Task::new(&self.folder, self.programs.join("postgres"), args).nobody(self.nobody);
        let mut running = task.start(log)?;
        let deadline = Instant::now() + PATIENCE;
        while query(self.port, USER, "SELECT 1").is_err() {
            if let Some(status) = running.ended()? {
                bail!("PostgreSQL ended before it was ready: {status}");
            }
            ensure!(Instant::now() < deadline, "PostgreSQL was not ready within {} s", PATIENCE.as_secs());
            sleep(Duration::from_millis(50));
        }
        *self.running() = Some(running);
        Ok(())
    }

    /// Stops the server at once, whoever is connected, as a failing machine would.
    pub(crate) fn stop(&self) -> Result<()> {
        let Some(mut running) = self.running().take() else { return Ok(()) };
        running.signal(Signal::INT)?;
        running.finish(PATIENCE)?;
        Ok(())
    }

    /// An empty database of its own.
    pub(crate) fn database(&self) -> Result<Connection> {
        let name = format!("proof_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let connection = Connection { port: self.port, name };
        query(self.port, USER, &format!("CREATE DATABASE {}", connection.name))?;
        Ok(connection)
    }

    /// The connection to the database that every server has.
    pub(crate) fn first_database(&self) -> Connection {
        Connection { port: self.port, name: USER.to_owned() }
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }
}

/// How one database is reached.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    port: u16,
    name: String,
}

impl Connection {
    /// The address that programs are given.
    pub(crate) fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{}", self.port, self.name)
    }

    /// The first column of each row of the answer.
    pub(crate) fn query(&self, sql: &str) -> Result<Vec<String>> {
        query(self.port, &self.name, sql)
    }

    /// Removes the database, whoever is connected.
    pub(crate) fn remove(&self) -> Result<()> {
        query(self.port, USER, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).map(drop)
    }
}
