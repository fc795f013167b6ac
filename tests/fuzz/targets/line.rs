//! Any text where the short grammar is read: as a field, a condition, a rule, a transition.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|text: &str| {
    let spec = json!({
        "backsmith": 1, "name": "lines", "framework": "express", "database": "sqlite",
        "auth": { "roles": "admin > staff" },
        "entities": {
            "Book": {
                "fields": { "title": "string 1..80", "status": "draft | sold = draft", "owner": "User", "more": text },
                "check": [text],
                "unique": [text],
                "transitions": { "status": { text: "staff" } },
                "access": { "read": text, "update": { "staff": text } },
            },
        },
    });
    let spec = spec.to_string();
    for diagnostic in backsmith::check(&spec) {
        assert!(diagnostic.labels.iter().all(|label| spec.get(label.span.start..label.span.end).is_some()));
    }
});
