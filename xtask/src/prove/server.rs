//! A project's server, while it runs.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::bed::Bed;
use super::http;
use crate::task::{Finished, Log, Running, Said};

/// How long a server may take until it is ready.
const START: Duration = Duration::from_secs(20);

/// How long it may take to end once it is asked to.
const END: Duration = Duration::from_secs(15);

/// A server that answers.
#[derive(Debug)]
pub(crate) struct Server {
    running: Running,
    port: u16,
}

impl Server {
    /// Starts the server in its bed and waits until it is ready.
    pub(crate) fn boot(bed: &Bed, start: &[&str], log: &Log) -> Result<Self> {
        let port = http::free_port()?;
        let task = bed.task(start, &[])?.env("HOST", "127.0.0.1").env("PORT", port.to_string());
        let mut server = Self { running: task.start(log)?, port };
        let deadline = Instant::now() + START;
        while !server.is_ready() {
            if let Some(status) = server.running.ended()? {
                bail!("the server ended before it was ready: {status}");
            }
            if Instant::now() > deadline {
                bail!("the server was not ready within {} s", START.as_secs());
            }
            sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The port it listens on.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// What it prints.
    pub(crate) fn said(&self) -> Said {
        self.running.said()
    }

    /// Whether it says that it is ready.
    pub(crate) fn is_ready(&self) -> bool {
        http::get(&self.url("/health/ready")).is_ok_and(|answer| answer.status == 200)
    }

    /// Asks it to end, and lets it go on with what it does.
    pub(crate) fn terminate(&mut self) -> Result<()> {
        self.running.terminate()
    }

    /// Waits until it has ended by itself, without an error.
    pub(crate) fn end(self) -> Result<Finished> {
        let finished = self.running.finish(END)?;
        if finished.is_success() {
            return Ok(finished);
        }
        bail!("the server was asked to end: {}", finished.reason())
    }

    /// Asks it to end and waits for it.
    pub(crate) fn stop(mut self) -> Result<Finished> {
        self.terminate()?;
        self.end()
    }
}
