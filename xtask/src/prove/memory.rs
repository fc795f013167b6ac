//! What was proved before, so that a step whose inputs are unchanged is not done again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// The steps of one cell that passed, by name, with the key of their inputs.
#[derive(Debug)]
pub(crate) struct Memory {
    file: PathBuf,
    steps: BTreeMap<String, Passed>,
}

#[derive(Debug)]
struct Passed {
    key: String,
    count: u32,
}

impl Memory {
    /// What the file holds; nothing, if it cannot be read.
    pub(crate) fn open(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap_or_default();
        let value: Value = serde_json::from_str(&text).unwrap_or_default();
        let steps = value.as_object().into_iter().flatten();
        let steps = steps.filter_map(|(name, step)| Some((name.clone(), Passed::read(step)?))).collect();
        Self { file: file.to_path_buf(), steps }
    }

    /// How many checks passed when the step was done with these inputs.
    pub(crate) fn recall(&self, step: &str, key: &str) -> Option<u32> {
        self.steps.get(step).filter(|passed| passed.key == key).map(|passed| passed.count)
    }

    /// Keeps that a step passed.
    pub(crate) fn keep(&mut self, step: &str, key: &str, count: u32) -> Result<()> {
        self.steps.insert(step.to_owned(), Passed { key: key.to_owned(), count });
        self.write()
    }

    /// Forgets a step before it is done again.
    pub(crate) fn forget(&mut self, step: &str) -> Result<()> {
        self.steps.remove(step);
        self.write()
    }

    fn write(&self) -> Result<()> {
        let steps = self.steps.iter().map(|(name, passed)| (name.clone(), json!([passed.key, passed.count])));
        let text = Value::Object(steps.collect()).to_string();
        fs::write(&self.file, text).with_context(|| format!("cannot write {}", self.file.display()))
    }
}

impl Passed {
    fn read(step: &Value) -> Option<Self> {
        let key = step.get(0)?.as_str()?.to_owned();
        Some(Self { key, count: u32::try_from(step.get(1)?.as_u64()?).ok()? })
    }
}
