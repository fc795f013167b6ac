//! The checks, area by area.

mod about;
mod access;
mod accounts;
mod bodies;
mod copied_accounts;
mod cors;
mod costs;
mod deletes;
mod filters;
mod http;
pub(crate) mod includes;
mod limits;
mod lists;
mod logs;
mod media;
mod order;
mod own_account;
mod own_moves;
mod private_fields;
mod sessions;
mod tokens;
mod unfit_accounts;
mod writes;

pub use unfit_accounts::going_together;

use crate::Configuration;
use crate::suite::Suite;
use crate::table;

/// Runs every check for a server in its test configuration. What only reads comes first, so that lists hold exactly
/// the rows that were seeded.
pub(crate) fn functional(suite: &mut Suite) {
    access::reads(suite);
    lists::run(suite);
    includes::run(suite);
    access::writes(suite);
    if table::of(suite.model).is_some() {
        let guards = suite.contract.plan.guards().iter().map(|guard| guard.id.to_string()).collect();
        suite.check("table", guards, |suite| table::compare_answers(suite));
    }
    http::run(suite);
    cors::run(suite);
    about::run(suite, Configuration::Test);
    order::run(suite);
    media::run(suite);
    bodies::run(suite);
    writes::run(suite);
    deletes::run(suite);
    if suite.model.auth.is_some() {
        accounts::run(suite);
        own_account::run(suite);
        own_moves::run(suite);
        tokens::run(suite);
        sessions::run(suite);
    }
    logs::run(suite, false);
}

/// Runs every check of what a login costs.
pub(crate) fn costs(suite: &mut Suite) {
    if suite.model.auth.is_some() {
        costs::run(suite);
    }
    logs::run(suite, false);
}

/// Runs every check for a server in its production configuration.
pub(crate) fn production(suite: &mut Suite) {
    about::run(suite, Configuration::Production);
    limits::run(suite);
    logs::run(suite, true);
}
