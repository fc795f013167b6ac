//! How long the core takes.

use anyhow::Result;

use crate::places::Places;
use crate::task::Task;

/// Prints the times of the core and what they may be. They depend on the machine, so nothing fails.
pub(crate) fn run(places: &Places) -> Result<()> {
    Task::new(places.root(), "cargo", ["bench", "--locked", "--package=backsmith-workload", "--bench=core"]).show()
}
