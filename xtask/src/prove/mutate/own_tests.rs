//! What a project's own tests say, from their report in JSON.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The results of one run.
#[derive(Debug)]
pub(crate) struct Tests {
    /// How many passed.
    pub(crate) passed: u32,
    /// The whole names of those that failed.
    pub(crate) failed: Vec<String>,
}

/// Reads a report in the form of Jest.
///
/// # Errors
///
/// The text is no such report, a file could not be run at all, or there is no test.
pub(crate) fn read(json: &str) -> Result<Tests> {
    let report: Value = serde_json::from_str(json).context("the report of the tests is not JSON")?;
    let files = report["testResults"].as_array().context("a report without files")?;
    let mut tests = Tests { passed: 0, failed: Vec::new() };
    for file in files {
        let results = file["assertionResults"].as_array().context("a file without results")?;
        ensure!(!results.is_empty(), "{} could not be run: {}", file["name"], file["message"]);
        for result in results {
            match result["status"].as_str() {
                Some("passed") => tests.passed += 1,
                _ => tests.failed.push(result["fullName"].as_str().context("a test without a name")?.to_owned()),
            }
        }
    }
    ensure!(tests.passed + u32::try_from(tests.failed.len())? > 0, "there is no test");
    Ok(tests)
}

/// The ids of the guards in a test's name, each in brackets.
pub(crate) fn guards(name: &str) -> impl Iterator<Item = &str> {
    name.split('[').skip(1).filter_map(|rest| rest.split_once(']').map(|(id, _)| id))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{guards, read};

    #[test]
    fn failures_are_named_and_others_counted() {
        let report = r#"{"testResults":[{"name":"a","assertionResults":[
            {"status":"passed","fullName":"one"},{"status":"failed","fullName":"[A.get.row] two"}]}]}"#;
        let tests = read(report).unwrap();
        assert_eq!((tests.passed, tests.failed), (1, vec!["[A.get.row] two".to_owned()]));
    }

    #[test]
    fn a_file_that_does_not_run_is_no_result() {
        let report = r#"{"testResults":[{"name":"a","message":"Syntax error","assertionResults":[]}]}"#;
        assert!(read(report).unwrap_err().to_string().contains("Syntax error"));
    }

    #[test]
    fn names_carry_guards() {
        let found: Vec<&str> = guards("[A.get.row] [B.get.caller] get by staff [] {}: 404").collect();
        assert_eq!(found, ["A.get.row", "B.get.caller", ""]);
    }
}
