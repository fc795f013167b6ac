//! How much a visitor of the page downloads, held to what was written down.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::places::Places;
use crate::report::Outcome;
use crate::task::{Log, Task};
use crate::tools::Tools;

/// Where the sizes are written down.
const SNAPSHOT: &str = "tests/sizes.json";

/// How much a file may grow before somebody has to say that it is meant: one part in so many, …
const PART: u64 = 50;
/// … or so many bytes, whichever is more.
const BYTES: u64 = 512;

/// A file of the page, as it is and as servers send it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) bytes: u64,
    pub(crate) brotli: u64,
}

/// The sizes of the built page, by name.
pub(crate) fn of_page(places: &Places, tools: &Tools, log: &Log) -> Result<BTreeMap<String, Size>> {
    let [script, dist] = ["xtask/tools/sizes.mjs", "dist"].map(|path| places.at(path));
    let printed = Task::new(places.root(), "node", [script, dist]).path(&tools.path()?).succeed(log)?.stdout;
    read(&printed).context("the sizes are not readable")
}

/// The sizes that were written down.
fn known(places: &Places) -> Result<BTreeMap<String, Size>> {
    let text = fs::read_to_string(places.at(SNAPSHOT)).with_context(|| format!("cannot read {SNAPSHOT}"))?;
    read(&text).with_context(|| format!("{SNAPSHOT} is not readable"))
}

/// Writes the sizes down.
pub(crate) fn keep(places: &Places, sizes: &BTreeMap<String, Size>) -> Result<()> {
    let all: Map<String, Value> = sizes
        .iter()
        .map(|(name, size)| (name.clone(), json!({ "brotli": size.brotli, "bytes": size.bytes })))
        .collect();
    let text = format!("{:#}\n", Value::Object(all));
    fs::write(places.at(SNAPSHOT), text).with_context(|| format!("cannot write {SNAPSHOT}"))
}

/// Prints the sizes, and what all of them are together: what the first visit loads.
pub(crate) fn print(sizes: &BTreeMap<String, Size>) {
    println!("{:<32}{:>12}{:>12}", "file", "bytes", "brotli");
    for (name, size) in sizes {
        println!("{name:<32}{:>12}{:>12}", size.bytes, size.brotli);
    }
    let sum = |of: fn(&Size) -> u64| sizes.values().map(of).sum::<u64>();
    println!("{:<32}{:>12}{:>12}", "all", sum(|size| size.bytes), sum(|size| size.brotli));
}

/// Whether no file is larger than what was written down allows. Each is one check.
pub(crate) fn compare(places: &Places, tools: &Tools, log: &Log) -> Result<Outcome> {
    let (found, known) = (of_page(places, tools, log)?, known(places)?);
    let complaints: Vec<String> =
        found.iter().filter_map(|(name, size)| complaint(name, *size, known.get(name).copied())).collect();
    for complaint in &complaints {
        log.note(complaint)?;
    }
    if !complaints.is_empty() {
        log.note("If this is meant, `cargo xtask bench --update` writes the new sizes down.")?;
    }
    let [found, failed] = [found.len(), complaints.len()].map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    Ok(Outcome::counted(found - failed, failed))
}

/// What is wrong with a file's size.
fn complaint(name: &str, found: Size, known: Option<Size>) -> Option<String> {
    let Some(known) = known else { return Some(format!("{name} is new: {} bytes compressed", found.brotli)) };
    let most = known.brotli + (known.brotli / PART).max(BYTES);
    (found.brotli > most)
        .then(|| format!("{name} has {} bytes compressed; {} were written down", found.brotli, known.brotli))
}

fn read(text: &str) -> Option<BTreeMap<String, Size>> {
    let all: Value = serde_json::from_str(text).ok()?;
    let size = |(name, size): (&String, &Value)| {
        let number = |of: &str| size.get(of).and_then(Value::as_u64);
        Some((name.clone(), Size { bytes: number("bytes")?, brotli: number("brotli")? }))
    };
    all.as_object()?.iter().map(size).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Size = Size { bytes: 200_000, brotli: 100_000 };

    #[test]
    fn a_file_may_grow_by_a_fiftieth() {
        let found = |brotli| complaint("core.wasm", Size { brotli, ..KNOWN }, Some(KNOWN));
        assert_eq!(found(50_000), None);
        assert_eq!(found(102_000), None);
        assert_eq!(found(102_001), Some("core.wasm has 102001 bytes compressed; 100000 were written down".to_owned()));
    }

    #[test]
    fn a_small_file_may_grow_by_some_bytes() {
        let known = Size { bytes: 300, brotli: 100 };
        assert_eq!(complaint("a.css", Size { bytes: 900, brotli: 612 }, Some(known)), None);
        assert!(complaint("a.css", Size { bytes: 900, brotli: 613 }, Some(known)).is_some());
    }

    #[test]
    fn a_new_file_has_to_be_written_down() {
        assert_eq!(complaint("b.js", KNOWN, None), Some("b.js is new: 100000 bytes compressed".to_owned()));
    }

    #[test]
    fn sizes_are_read_as_they_are_printed() {
        let sizes = read(r#"{"core.wasm":{"bytes":200000,"brotli":100000}}"#);
        assert_eq!(sizes, Some(BTreeMap::from([("core.wasm".to_owned(), KNOWN)])));
        assert_eq!(read(r#"{"core.wasm":{"bytes":1}}"#), None);
    }
}
