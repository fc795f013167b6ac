//! The programs that chores need. Each is taken from the search path where the right one is there, and installed
//! into `target/tools` from its language's registry otherwise, once, with a line that says what and how long.

mod browser;
mod cargo;
mod node;
mod postgresql;
mod python;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

pub(crate) use browser::{driver, firefox};

use crate::places::Places;
use crate::task::{Log, Task};

/// Finds and installs tools, and knows the search path they need.
#[derive(Clone, Debug)]
pub(crate) struct Tools {
    places: Places,
    /// Folders that go before the search path.
    first: Vec<PathBuf>,
}

impl Tools {
    /// None installed yet, nothing looked for yet.
    pub(crate) fn new(places: &Places) -> Self {
        Self { places: places.clone(), first: Vec::new() }
    }

    /// The search path with the tools asked for so far in front.
    pub(crate) fn path(&self) -> Result<OsString> {
        let own = std::env::var_os("PATH").unwrap_or_default();
        let folders = self.first.iter().cloned().chain(std::env::split_paths(&own));
        std::env::join_paths(folders).context("a folder of the search path has a separator in its name")
    }

    /// Node, new enough to run the page's build and generated projects.
    pub(crate) fn node(&mut self) -> Result<()> {
        let folder = node::folder(self)?;
        self.put_first(folder);
        Ok(())
    }

    /// The wasm target, `wasm-bindgen` in the version of the lock file, and Trunk.
    pub(crate) fn wasm(&mut self) -> Result<()> {
        cargo::wasm_target(self)?;
        let folders = [cargo::wasm_bindgen(self)?, cargo::trunk(self)?];
        for folder in folders {
            self.put_first(folder);
        }
        Ok(())
    }

    /// Schemathesis, as the path of its program.
    pub(crate) fn schemathesis(&mut self) -> Result<PathBuf> {
        python::schemathesis(self)
    }

    /// The folder of the programs that judge what surrounds a project.
    pub(crate) fn linters(&mut self) -> Result<PathBuf> {
        python::linters(self)
    }

    /// The folder of PostgreSQL's programs.
    pub(crate) fn postgresql(&self) -> Result<PathBuf> {
        postgresql::folder(self)
    }

    /// The packages that the page is built with.
    pub(crate) fn page_packages(&self) -> Result<()> {
        self.packages_in("www", "the page's packages")
    }

    /// The packages that drive a browser, and a browser for machines that have none.
    pub(crate) fn browser_packages(&self) -> Result<()> {
        self.packages_in("tests/browser", "the packages that drive a browser")
    }

    /// Lighthouse.
    pub(crate) fn lighthouse(&self) -> Result<()> {
        self.packages_in("tests/lighthouse", "Lighthouse")
    }

    /// The packages that use the JavaScript package.
    pub(crate) fn package_users(&self) -> Result<()> {
        self.packages_in("tests/package", "what builds a page with the package")
    }

    /// Installs a committed package list into its own folder.
    fn packages_in(&self, folder: &str, name: &str) -> Result<()> {
        let folder = self.places.at(folder);
        let lock = fs::read_to_string(folder.join("package-lock.json"));
        let lock = lock.with_context(|| format!("{} has no package-lock.json", folder.display()))?;
        let home = folder.join("node_modules");
        let tool = Installation { name, about: "a few seconds", home: &home, inputs: &lock };
        let path = self.path()?;
        self.once(&tool, |log| npm_ci(&folder, &path, log))
    }

    fn put_first(&mut self, folder: Option<PathBuf>) {
        self.first.extend(folder.filter(|folder| !self.first.contains(folder)));
    }

    /// Installs into a folder of its own, unless that was done with the same inputs.
    fn once(&self, tool: &Installation, work: impl FnOnce(&Log) -> Result<()>) -> Result<()> {
        let mark = tool.home.join(".installed");
        let digest = format!("{:x}", Sha256::digest(format!("{}{}", tool.inputs, tool.home.display())));
        if fs::read_to_string(&mark).is_ok_and(|known| known == digest) {
            return Ok(());
        }
        self.install(tool.name, tool.about, work)?;
        fs::write(&mark, digest).with_context(|| format!("cannot write {}", mark.display()))
    }

    /// Installs something, and says so, since it takes a while.
    fn install(&self, name: &str, about: &str, work: impl FnOnce(&Log) -> Result<()>) -> Result<()> {
        println!("Installing {name} ({about}, once) …");
        let since = Instant::now();
        let log = Log::create(&self.places.logs("tools").join(format!("{}.log", name.replace(' ', "-"))))?;
        if let Err(error) = work(&log) {
            bail!("{name} could not be installed: {error:#}\n{}\nThe log: {}", log.text(), log.path().display());
        }
        println!("Installed {name} in {:.0} s.", since.elapsed().as_secs_f64());
        Ok(())
    }

    /// Installs a committed package list of npm, exactly, without running its scripts.
    fn npm_packages(&self, name: &str, about: &str) -> Result<PathBuf> {
        let (from, to) = (self.places.at("xtask/tools").join(name), self.places.tools().join(name));
        let lock = fs::read_to_string(from.join("package-lock.json")).context("a package list without its lock")?;
        let path = self.path()?;
        let tool = Installation { name, about, home: &to, inputs: &lock };
        self.once(&tool, |log| {
            copy_files(&from, &to)?;
            npm_ci(&to, &path, log)
        })?;
        Ok(to)
    }
}

/// Something that is installed into a folder of its own.
struct Installation<'a> {
    name: &'a str,
    /// How long it takes, in words.
    about: &'a str,
    home: &'a Path,
    /// What decides the content. When it changes, the tool is installed again.
    inputs: &'a str,
}

/// The first of the names that is a program on the search path.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

/// What a program prints to standard output, if it can be run.
fn says(program: impl AsRef<OsStr>, args: &[&str]) -> Option<String> {
    let output = std::process::Command::new(program).args(args).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Installs exactly what a lock file names, without running any package's scripts.
fn npm_ci(folder: &Path, path: &OsStr, log: &Log) -> Result<()> {
    let args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    Task::new(folder, "npm", args).path(path).succeed(log).map(drop)
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
