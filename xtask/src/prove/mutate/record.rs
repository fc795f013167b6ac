//! What was seen of changed projects before, so that a run that was interrupted, or follows a small change, goes on
//! where it can.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use backsmith_suite::mutants::Verdict;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The names of what failed, by a key of everything that decides it.
#[derive(Debug)]
pub(crate) struct Record {
    file: PathBuf,
    known: RefCell<BTreeMap<String, Vec<String>>>,
}

impl Record {
    /// What the file holds; nothing, if it cannot be read or everything is to be seen anew.
    pub(crate) fn open(file: PathBuf, anew: bool) -> Self {
        let text = if anew { String::new() } else { fs::read_to_string(&file).unwrap_or_default() };
        let value: Value = serde_json::from_str(&text).unwrap_or_default();
        let entry = |(key, names): (&String, &Value)| {
            let names = names.as_array()?.iter().map(|name| name.as_str().map(str::to_owned));
            Some((key.clone(), names.collect::<Option<Vec<String>>>()?))
        };
        let known = value.as_object().into_iter().flatten().filter_map(entry).collect();
        Self { file, known: RefCell::new(known) }
    }

    /// What failed with these inputs, looked at again only if that is not known yet.
    pub(crate) fn failures(&self, inputs: &[&str], look: impl FnOnce() -> Result<Vec<String>>) -> Result<Vec<String>> {
        let key = format!("{:x}", Sha256::digest(inputs.join("\0")));
        if let Some(known) = self.known.borrow().get(&key) {
            return Ok(known.clone());
        }
        let failed = look()?;
        self.known.borrow_mut().insert(key, failed.clone());
        self.write()?;
        Ok(failed)
    }

    /// What became of mutants with these inputs, tried again only if that is not known yet.
    pub(crate) fn verdicts(
        &self,
        inputs: &[&str],
        judge: impl FnOnce() -> Result<Vec<Verdict>>,
    ) -> Result<Vec<Verdict>> {
        let lines = self.failures(inputs, || Ok(judge()?.iter().map(line).collect()))?;
        lines.iter().map(|line| verdict(line).with_context(|| format!("{line} is no verdict"))).collect()
    }

    fn write(&self) -> Result<()> {
        let folder: &Path = self.file.parent().context("a file without a folder")?;
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let text = serde_json::to_string_pretty(&*self.known.borrow())?;
        fs::write(&self.file, text).with_context(|| format!("cannot write {}", self.file.display()))
    }
}

fn line(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Equivalent => "equivalent".to_owned(),
        Verdict::Killed { checks } => format!("killed {checks}"),
        Verdict::Survived(why) => format!("survived {why}"),
    }
}

fn verdict(line: &str) -> Option<Verdict> {
    match line.split_once(' ').unwrap_or((line, "")) {
        ("equivalent", "") => Some(Verdict::Equivalent),
        ("killed", checks) => Some(Verdict::Killed { checks: checks.parse().ok()? }),
        ("survived", why) => Some(Verdict::Survived(why.to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use anyhow::bail;
    use backsmith_suite::mutants::Verdict;

    use super::{Record, line, verdict};

    #[test]
    fn verdicts_are_read_as_they_were_written() {
        let survived = Verdict::Survived("these fail as well: one".to_owned());
        for known in [Verdict::Equivalent, Verdict::Killed { checks: 3 }, survived] {
            assert_eq!(verdict(&line(&known)), Some(known));
        }
        assert_eq!(verdict("killed by nobody"), None);
    }

    #[test]
    fn what_was_seen_is_not_looked_at_again_unless_its_inputs_change() {
        let file = std::env::temp_dir().join(format!("backsmith-mutants-{}.json", std::process::id()));
        let seen = vec!["one".to_owned()];
        let record = Record::open(file.clone(), false);
        assert_eq!(record.failures(&["a", "b"], || Ok(seen.clone())).unwrap(), seen);
        let record = Record::open(file.clone(), false);
        assert_eq!(record.failures(&["a", "b"], || bail!("looked again")).unwrap(), seen);
        assert!(record.failures(&["ab"], || bail!("looked again")).is_err());
        assert!(Record::open(file.clone(), true).failures(&["a", "b"], || bail!("looked again")).is_err());
        fs::remove_file(&file).unwrap();
    }
}
