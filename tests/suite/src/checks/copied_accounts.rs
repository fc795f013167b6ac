//! What new users copy from the rows that they refer to.

use serde_json::{Map, Value as Json, json};

use super::access::same;
use super::accounts::{account, members, readable, register_with, registration};
use crate::suite::{Found, Suite};

/// Whoever registers and leaves a value out gets that of the row that is named, or none where no row is.
pub(super) fn register_copies(suite: &mut Suite) -> Found {
    let user = account(suite)?;
    let told: Vec<String> = members(suite)?.into_iter().map(|input| input.property.wire).collect();
    let mut body = registration(suite, "correct horse")?;
    let declared = suite.model.entity(user);
    let mut expected: Map<String, Json> = Map::new();
    for field in &declared.fields {
        let Some((through, from)) = field.copied() else { continue };
        body.remove(&field.wire);
        let by = declared.field(through);
        let named = by.reference().filter(|_| told.contains(&by.wire));
        let rows = named.map(|reference| readable(suite, reference.to)).unwrap_or_default();
        match rows.into_iter().find(|row| !suite.id(*row).is_empty()) {
            Some(row) => {
                body.insert(by.wire.clone(), json!(suite.id(row)));
                expected.insert(field.wire.clone(), suite.held(row, from));
            }
            // Nothing is seeded, and what had to be named was made up.
            None if body.contains_key(&by.wire) => {}
            None => {
                expected.insert(field.wire.clone(), Json::Null);
            }
        }
    }
    let known = register_with(suite, body)?;
    for (name, value) in &expected {
        if known.session.user.get(name).is_some_and(|shown| !same(shown, value)) {
            return Err(format!("{name} is {} instead of {value}", known.session.user[name]));
        }
    }
    Ok(())
}
