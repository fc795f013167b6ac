//! Running other programs: what, where, with which environment, for how long, as whom.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::Signal;

use crate::groups::{Group, give_way_to_interrupt};

/// How many seconds building and testing a workspace may take: on a slow machine, beside other work, it is not hanging yet.
pub(crate) const LONG: u64 = 45 * 60;

/// The user and group that own nothing.
pub(crate) const NOBODY: u32 = 65534;

/// A program to run, with everything that decides how.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    program: OsString,
    args: Vec<OsString>,
    dir: PathBuf,
    clean: bool,
    env: Vec<(OsString, Option<OsString>)>,
    input: String,
    limit: Duration,
    nobody: bool,
}

/// How a program ended.
#[derive(Debug)]
pub(crate) struct Finished {
    /// None when it had to be ended from outside.
    pub(crate) status: Option<ExitStatus>,
    /// What it wrote to standard output.
    pub(crate) stdout: String,
    /// What it wrote to standard error.
    pub(crate) stderr: String,
    /// How long it ran.
    pub(crate) took: Duration,
}

impl Finished {
    /// Whether it ended by itself, without complaint.
    pub(crate) fn is_success(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }

    /// Why it did not succeed, in a few words.
    pub(crate) fn reason(&self) -> String {
        match self.status {
            Some(status) => status.to_string(),
            None => format!("took longer than {} s", self.took.as_secs()),
        }
    }
}

impl Task {
    /// A program with its arguments, to be run in a folder.
    pub(crate) fn new<S: AsRef<OsStr>>(
        dir: &Path,
        program: impl AsRef<OsStr>,
        args: impl IntoIterator<Item = S>,
    ) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            args: args.into_iter().map(|arg| arg.as_ref().to_owned()).collect(),
            dir: dir.to_path_buf(),
            clean: false,
            env: Vec::new(),
            input: String::new(),
            limit: Duration::from_mins(15),
            nobody: false,
        }
    }

    /// A program with its arguments in one list.
    pub(crate) fn of(dir: &Path, line: &[&str]) -> Result<Self> {
        let Some((program, args)) = line.split_first() else { bail!("an empty command") };
        Ok(Self::new(dir, program, args))
    }

    /// Sets a variable.
    pub(crate) fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.env.push((name.as_ref().to_owned(), Some(value.as_ref().to_owned())));
        self
    }

    /// Takes a variable away.
    pub(crate) fn without(mut self, name: impl AsRef<OsStr>) -> Self {
        self.env.push((name.as_ref().to_owned(), None));
        self
    }

    /// Starts from no variables at all, instead of those of this process.
    pub(crate) fn clean(mut self) -> Self {
        self.clean = true;
        self
    }

    /// Sets the search path.
    pub(crate) fn path(self, path: &OsStr) -> Self {
        self.env("PATH", path)
    }

    /// What the program reads from standard input.
    pub(crate) fn input(mut self, text: &str) -> Self {
        text.clone_into(&mut self.input);
        self
    }

    /// How long it may take.
    pub(crate) fn limit(mut self, seconds: u64) -> Self {
        self.limit = Duration::from_secs(seconds);
        self
    }

    /// Runs it as the user that owns nothing. Only root can do so.
    pub(crate) fn nobody(mut self, yes: bool) -> Self {
        self.nobody = yes;
        self
    }

    /// Runs to the end. What is printed goes to the log.
    pub(crate) fn run(&self, log: &Log) -> Result<Finished> {
        self.start(log)?.finish(self.limit)
    }

    /// Runs to the end, and fails with the log's name unless it succeeds.
    pub(crate) fn succeed(&self, log: &Log) -> Result<Finished> {
        let finished = self.run(log)?;
        if finished.is_success() {
            return Ok(finished);
        }
        bail!("`{}`: {}", self.line(), finished.reason())
    }

    /// Runs to the end on this terminal, for as long as it takes, and fails unless it succeeds.
    pub(crate) fn show(&self) -> Result<()> {
        let mut child = self.command().stdin(Stdio::null()).spawn().with_context(|| self.cannot_start())?;
        let mut group = Group::of(child.id())?;
        let status = child.wait().with_context(|| format!("cannot wait for `{}`", self.line()))?;
        group.look();
        give_way_to_interrupt();
        if status.success() {
            return Ok(());
        }
        bail!("`{}`: {status}", self.line())
    }

    /// Starts it and lets it run.
    pub(crate) fn start(&self, log: &Log) -> Result<Running> {
        log.note(&format!("$ {}", self.line()))?;
        let mut command = self.command();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| self.cannot_start())?;
        let group = Group::of(child.id())?;
        let input = child.stdin.take().map(|pipe| feed(pipe, self.input.clone()));
        let stdout = child.stdout.take().map(|pipe| Collected::from(pipe, log));
        let stderr = child.stderr.take().map(|pipe| Collected::from(pipe, log));
        Ok(Running { child, group, _input: input, stdout, stderr, since: Instant::now() })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.args).current_dir(&self.dir).process_group(0);
        if self.clean {
            command.env_clear();
        }
        for (name, value) in &self.env {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        if self.nobody {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    fn cannot_start(&self) -> String {
        format!("cannot start `{}`", self.line())
    }

    fn line(&self) -> String {
        let words = std::iter::once(&self.program).chain(&self.args);
        words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }
}

/// A program that runs. It is ended, with all that it started, when this value is dropped.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    group: Group,
    _input: Option<JoinHandle<()>>,
    stdout: Option<Collected>,
    stderr: Option<Collected>,
    since: Instant,
}

impl Running {
    /// Sends the signal that asks a server to end to the program itself, as a container's runtime does.
    pub(crate) fn terminate(&mut self) -> Result<()> {
        self.signal(Signal::TERM)
    }

    /// Sends a signal to the program itself, which must not have ended: its number may be another's by then.
    pub(crate) fn signal(&mut self, signal: Signal) -> Result<()> {
        if let Some(status) = self.ended()? {
            bail!("the program has ended by itself: {status}");
        }
        let pid = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw);
        let pid = pid.context("a child without a process id")?;
        rustix::process::kill_process(pid, signal).context("cannot signal the process")
    }

    /// What it has printed so far, to either pipe.
    pub(crate) fn said(&self) -> Said {
        Said([&self.stdout, &self.stderr].into_iter().flatten().map(|part| Arc::clone(&part.bytes)).collect())
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        let status = self.child.try_wait().context("cannot ask for the state of a child")?;
        if status.is_some() {
            self.group.look();
        }
        Ok(status)
    }

    /// Waits for the end, and forces it after `limit`.
    pub(crate) fn finish(mut self, limit: Duration) -> Result<Finished> {
        let deadline = Instant::now() + limit;
        let mut status = self.ended()?;
        while status.is_none() && Instant::now() < deadline {
            sleep(Duration::from_millis(10));
            status = self.ended()?;
        }
        give_way_to_interrupt();
        let took = self.since.elapsed();
        self.end();
        let text = |part: &mut Option<Collected>| part.take().map(Collected::text).unwrap_or_default();
        Ok(Finished { status, stdout: text(&mut self.stdout), stderr: text(&mut self.stderr), took })
    }

    fn end(&mut self) {
        let child = &mut self.child;
        self.group.end(|| {
            let _ = child.try_wait();
        });
        let _ = self.child.wait();
        self.group.look();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// What a running program prints.
#[derive(Clone, Debug)]
pub(crate) struct Said(Vec<Arc<Mutex<Vec<u8>>>>);

impl Said {
    /// All of it, up to now.
    pub(crate) fn text(&self) -> String {
        let text = |bytes: &Arc<Mutex<Vec<u8>>>| {
            String::from_utf8_lossy(&bytes.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
        };
        self.0.iter().map(text).collect()
    }
}

/// The file that keeps what the programs of one step print.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    path: PathBuf,
    file: Arc<Mutex<File>>,
}

impl Log {
    /// Begins a log anew.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { path: path.to_path_buf(), file: Arc::new(Mutex::new(file)) })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a line of our own.
    pub(crate) fn note(&self, line: &str) -> Result<()> {
        self.write(format!("{line}\n").as_bytes()).with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// What it holds so far.
    pub(crate) fn text(&self) -> String {
        fs::read(&self.path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    fn write(&self, bytes: &[u8]) -> std::io::Result<()> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).write_all(bytes)
    }
}

/// What a program wrote to one of its pipes, collected while it runs.
#[derive(Debug)]
struct Collected {
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Collected {
    fn from(mut pipe: impl Read + Send + 'static, log: &Log) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let (shared, log) = (Arc::clone(&bytes), log.clone());
        let reader = thread::spawn(move || {
            let mut chunk = [0_u8; 8192];
            while let Ok(count @ 1..) = pipe.read(&mut chunk) {
                let part = chunk.get(..count).unwrap_or_default();
                let _ = log.write(part);
                shared.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(part);
            }
        });
        Self { bytes, reader }
    }

    /// The text, once the pipe is closed. A process that left the group may hold the pipe open, so there is an end
    /// to the patience.
    fn text(self) -> String {
        let deadline = Instant::now() + Duration::from_secs(2);
        while !self.reader.is_finished() && Instant::now() < deadline {
            sleep(Duration::from_millis(5));
        }
        let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// Writes in a thread of its own: a program that never reads must not stop us.
fn feed(mut pipe: impl Write + Send + 'static, text: String) -> JoinHandle<()> {
    thread::spawn(move || {
        let _ = pipe.write_all(text.as_bytes());
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::Path;
    use std::time::{Duration, Instant};

    use rustix::process::{Pid, test_kill_process};

    use super::{Log, Task};

    fn shell(script: &str) -> Task {
        Task::new(Path::new("/"), "sh", ["-c", script])
    }

    /// A log whose file has no name any more, so that nothing remains of it.
    fn log(name: &str) -> Log {
        let file = std::env::temp_dir().join(format!("backsmith-task-{}-{name}", std::process::id()));
        let log = Log::create(&file).unwrap();
        std::fs::remove_file(file).unwrap();
        log
    }

    #[test]
    fn no_signal_reaches_what_has_ended() {
        let mut running = shell("exit 0").start(&log("signal")).unwrap();
        while running.ended().unwrap().is_none() {}
        assert!(running.group.is_gone());
        let error = running.terminate().unwrap_err();
        assert!(error.to_string().contains("has ended by itself"), "{error:#}");
    }

    #[test]
    fn a_group_is_there_until_nobody_is_left_in_it() {
        let mut running = shell("sleep 30 & exit 0").start(&log("group")).unwrap();
        while running.ended().unwrap().is_none() {}
        assert!(!running.group.is_gone());
        running.end();
        assert!(running.group.is_gone());
    }

    #[test]
    fn output_is_collected() {
        let log = log("output");
        let finished = shell("cat; echo oops >&2; exit 3").input("hello\n").run(&log).unwrap();
        assert_eq!((finished.stdout.as_str(), finished.stderr.as_str()), ("hello\n", "oops\n"));
        assert_eq!(finished.reason(), "exit status: 3");
        assert!(shell("exit 3").succeed(&log).is_err());
    }

    #[test]
    fn a_log_keeps_the_command_and_what_it_prints() {
        let file = std::env::temp_dir().join(format!("backsmith-task-{}-log", std::process::id()));
        let log = Log::create(&file).unwrap();
        shell("echo hello; echo oops >&2").succeed(&log).unwrap();
        let text = log.text();
        std::fs::remove_file(file).unwrap();
        assert!(text.starts_with("$ sh -c echo hello; echo oops >&2\n"));
        assert!(text.contains("\nhello\n") && text.contains("\noops\n"));
    }

    #[test]
    fn a_clean_environment_holds_only_what_is_set() {
        let task = Task::new(Path::new("/"), "/usr/bin/env", [""; 0]).clean().env("ONE", "1");
        assert_eq!(task.run(&log("clean")).unwrap().stdout, "ONE=1\n");
    }

    #[test]
    fn what_takes_too_long_is_ended_with_all_that_it_started() {
        let since = Instant::now();
        let finished = shell("sleep 300 & echo $!; wait").limit(1).run(&log("limit")).unwrap();
        assert!(since.elapsed() < Duration::from_secs(10));
        assert_eq!(finished.reason(), "took longer than 1 s");
        assert!(is_gone(&finished.stdout));
    }

    #[test]
    fn what_a_program_leaves_behind_ends_with_it() {
        let finished = shell("sleep 300 >/dev/null 2>&1 & echo $!").run(&log("orphan")).unwrap();
        assert!(finished.is_success());
        assert!(is_gone(&finished.stdout));
    }

    /// A process that has ended may stay in the table until its new parent asks for it.
    fn is_gone(printed: &str) -> bool {
        let number: i32 = printed.trim().parse().unwrap();
        let state = std::fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
        let is_zombie = state.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('Z'));
        is_zombie || Pid::from_raw(number).is_none_or(|pid| test_kill_process(pid).is_err())
    }
}
