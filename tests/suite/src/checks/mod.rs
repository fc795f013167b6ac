//! The checks, area by area.

mod access;

use crate::suite::Suite;

/// Runs every check for a server in its test configuration. What only reads comes first, so that lists hold exactly
/// the rows that were seeded.
pub(crate) fn functional(suite: &mut Suite) {
    access::run(suite);
}
