//! Process groups: everything that a chore starts ends with it.
//!
//! Each child leads a group of its own, so that what it starts itself (a shell's command, a test's server) can be
//! ended with it. Groups that are alive are known here, which lets an interrupt end them all.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

/// How long a group may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(3);

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

static ALIVE: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

/// The group that a child leads. It is ended when this value is dropped.
#[derive(Debug)]
pub(crate) struct Group {
    id: Pid,
    /// Whether nobody is left in it. Its number may be that of another group by then, which no signal may reach.
    is_gone: bool,
}

impl Group {
    /// The group of the child with this process id.
    pub(crate) fn of(child: u32) -> Result<Self> {
        let pid = i32::try_from(child).ok().and_then(Pid::from_raw).context("a child without a process id")?;
        alive().insert(pid.as_raw_nonzero().get());
        Ok(Self { id: pid, is_gone: false })
    }

    /// Finds out whether anybody is left in it. Asked when the leader has just been collected.
    pub(crate) fn look(&mut self) {
        self.is_gone = self.is_gone || test_kill_process_group(self.id).is_err();
    }

    /// Whether nobody is left in it, as far as was found out.
    #[cfg(test)]
    pub(crate) const fn is_gone(&self) -> bool {
        self.is_gone
    }

    fn signal(&self, signal: Signal) {
        if !self.is_gone {
            let _ = kill_process_group(self.id, signal);
        }
    }

    /// Asks the group to end, and kills what is left of it after the grace. `reap` collects the leader, which
    /// counts as a member until then.
    pub(crate) fn end(&mut self, mut reap: impl FnMut()) {
        self.signal(Signal::TERM);
        let deadline = Instant::now() + GRACE;
        while !self.is_gone && Instant::now() < deadline {
            reap();
            self.look();
            if !self.is_gone {
                sleep(Duration::from_millis(10));
            }
        }
        self.signal(Signal::KILL);
        reap();
        self.look();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end(|| ());
        alive().remove(&self.id.as_raw_nonzero().get());
    }
}

/// Ends every group and leaves, when somebody interrupts the chore.
pub(crate) fn end_all_on_interrupt() -> Result<()> {
    ctrlc::set_handler(|| {
        INTERRUPTED.store(true, Ordering::SeqCst);
        let groups: Vec<Pid> = alive().iter().copied().filter_map(Pid::from_raw).collect();
        for group in &groups {
            let _ = kill_process_group(*group, Signal::TERM);
        }
        sleep(Duration::from_millis(500));
        for group in &groups {
            let _ = kill_process_group(*group, Signal::KILL);
        }
        std::process::exit(130);
    })
    .context("cannot listen for interrupts")
}

/// Stops here while an interrupt ends everything: what failed because of it is not worth a word.
pub(crate) fn give_way_to_interrupt() {
    if INTERRUPTED.load(Ordering::SeqCst) {
        sleep(GRACE);
    }
}

fn alive() -> MutexGuard<'static, BTreeSet<i32>> {
    ALIVE.lock().unwrap_or_else(PoisonError::into_inner)
}
