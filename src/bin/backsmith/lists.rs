//! What there is to choose from.

use backsmith::{starters, targets};
use serde_json::{Value, json};

use crate::Finding;
use crate::report::print;

/// The specs to start from.
pub(crate) fn starters(as_json: bool) -> anyhow::Result<Finding> {
    let starters = starters::all();
    if as_json {
        let all: Vec<Value> = starters
            .iter()
            .map(|s| json!({ "id": s.id, "name": s.name, "description": s.description, "spec": s.spec }))
            .collect();
        print(&serde_json::to_string_pretty(&all)?)?;
    } else {
        for starter in starters {
            print(&format!("{:<16} {}", starter.id, starter.description))?;
        }
    }
    Ok(Finding::Fine)
}

/// The frameworks and their databases.
pub(crate) fn targets(as_json: bool) -> anyhow::Result<Finding> {
    if as_json {
        let all: Vec<Value> = targets::ALL
            .iter()
            .map(|target| {
                let databases: Vec<Value> =
                    target.databases.iter().map(|of| json!({ "id": of.id(), "name": of.name() })).collect();
                json!({ "id": target.id, "name": target.name, "databases": databases })
            })
            .collect();
        print(&serde_json::to_string_pretty(&all)?)?;
    } else {
        for target in targets::ALL {
            let databases: Vec<&str> = target.databases.iter().map(|database| database.id()).collect();
            print(&format!("{:<16} {}", target.id, databases.join(", ")))?;
        }
    }
    Ok(Finding::Fine)
}
