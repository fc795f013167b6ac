//! The black-box suite: what any server of a contract must answer, over HTTP.
//!
//! Everything it asks and expects is derived from the model and its contract; it knows nothing of any framework.
//! A [`System`] is what it is run against: the reference in memory, or a server behind an address
//! ([`http::Server`]). The system's database must be migrated and otherwise empty, for the suite counts rows; it
//! brings its own rows and users as seed files.
//!
//! ```no_run
//! use backsmith_suite::{Configuration, Options, System, run};
//!
//! fn judge(model: &backsmith::model::Model, system: &mut dyn System) {
//!     let contract = backsmith::features::contract(model);
//!     let report = run(&contract, model, system, Options { configuration: Configuration::Test });
//!     print!("{report}");
//!     assert!(report.passed());
//! }
//! ```

pub mod comparison;
pub mod http;
pub mod memory;
pub mod mutants;
pub mod requests;
pub mod table;

mod checks;
mod expectations;
mod report;
mod scene;
mod suite;
mod system;
mod values;

pub use checks::going_together;
pub use report::{Outcome, Report};
pub use system::{AccountChange, Facts, Failure, Ids, RateLimit, System};

pub use backsmith::reference::{Request, Response};

use std::collections::BTreeMap;

use backsmith::contract::Contract;
use backsmith::model::Model;
use scene::Scene;
use suite::Suite;

/// How the server under test was configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Configuration {
    /// Cheap hashes and limits that the suite does not reach: everything but the limits is checked.
    Test,
    /// Real limits, as [`System::facts`] tells them: the limits are checked, and what only holds in production.
    Production,
    /// Real costs, and limits that the suite does not reach: what a login costs, and what it tells.
    Costs,
}

/// What to run.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How the server was configured.
    pub configuration: Configuration,
}

/// Runs every check that applies.
pub fn run(contract: &Contract, model: &Model, system: &mut dyn System, options: Options) -> Report {
    run_scene(contract, model, &Scene::of(model, contract), system, options)
}

fn run_scene(contract: &Contract, model: &Model, scene: &Scene, system: &mut dyn System, options: Options) -> Report {
    let (ids, tokens, report) = (Ids::default(), BTreeMap::new(), Report::default());
    let used = scene.used.clone();
    let (secrets, registered, made) = (Vec::new(), 0, BTreeMap::new());
    let mut suite = Suite { model, contract, scene, system, ids, tokens, used, secrets, registered, made, report };
    match options.configuration {
        Configuration::Test => {
            suite.check("setup", Vec::new(), suite::open);
            if suite.report.passed() {
                checks::functional(&mut suite);
            }
        }
        // No rows are seeded in production.
        Configuration::Production => checks::production(&mut suite),
        Configuration::Costs => checks::costs(&mut suite),
    }
    suite.report
}
