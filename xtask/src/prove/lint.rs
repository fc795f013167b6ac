//! What surrounds a project's source, judged by those who know its languages.

use std::path::Path;

use anyhow::Result;

use crate::report::Outcome;
use crate::task::{Log, Task};
use crate::test::check;

/// A program with its arguments, and the file that it judges.
const LINTS: [(&str, &[&str], &str); 5] = [
    ("hadolint", &[], "Dockerfile"),
    ("check-jsonschema", &["--builtin-schema", "vendor.compose-spec"], "compose.yaml"),
    ("check-jsonschema", &["--builtin-schema", "vendor.github-workflows"], ".github/workflows/ci.yml"),
    ("check-jsonschema", &["--builtin-schema", "vendor.dependabot"], ".github/dependabot.yml"),
    ("zizmor", &["--offline"], ".github"),
];

/// Asks every one of them.
pub(crate) fn surroundings(project: &Path, linters: &Path, log: &Log) -> Result<Outcome> {
    let (mut passed, mut failed) = (0, 0);
    for (program, args, file) in LINTS {
        let task = Task::new(project, linters.join(program), args.iter().chain([&file]));
        let outcome = check(&task, log)?;
        passed += outcome.passed;
        failed += outcome.failed;
    }
    Ok(Outcome::counted(passed, failed))
}
