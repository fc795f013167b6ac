//! What was seen of changed projects before, so that a run that was interrupted, or follows a small change, goes on
//! where it can.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
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

    fn write(&self) -> Result<()> {
        let folder: &Path = self.file.parent().context("a file without a folder")?;
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let text = serde_json::to_string_pretty(&*self.known.borrow())?;
        fs::write(&self.file, text).with_context(|| format!("cannot write {}", self.file.display()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use anyhow::bail;

    use super::Record;

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
