//! JSON that is none, and members that do not belong.

use backsmith::reference::Request;
use serde_json::{Value as Json, json};

use super::media::{Target, targets};
use crate::suite::Suite;

/// Members that nobody may write anywhere.
const FOREIGN: [&str; 16] = [
    "id",
    "createdAt",
    "updatedAt",
    "created_at",
    "updated_at",
    "passwordHash",
    "password_hash",
    "epoch",
    "disabledAt",
    "disabled_at",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "$where",
    "nothing",
];

pub(super) fn run(suite: &mut Suite) {
    for Target { name, request, guards } in targets(suite) {
        suite.check(&format!("bodies.{name}.malformed"), guards.clone(), |suite| {
            for body in malformed() {
                let response = suite.expect(&request.clone().body("application/json", body.clone()), 400)?;
                let code = response.json().unwrap_or_default()["error"]["code"].clone();
                if code != "MALFORMED_REQUEST" {
                    return Err(format!("{code} for {:.60}", String::from_utf8_lossy(&body)));
                }
            }
            Ok(())
        });
        suite.check(&format!("bodies.{name}.foreign"), guards.clone(), |suite| {
            for member in FOREIGN {
                let body = format!("{{{}:1}}", Json::from(member));
                wants_unknown(suite, &request.clone().body("application/json", body), member)?;
            }
            Ok(())
        });
        suite.check(&format!("bodies.{name}.query"), guards, |suite| {
            for query in ["nothing=1", "page=1", "__proto__=1", "id=1&id=2"] {
                let target = format!("{}?{query}", request.target);
                suite.expect(&Request { target, ..request.clone() }.json(&json!({})), 400)?;
            }
            Ok(())
        });
    }
}

/// Wants 400, and the member among what is named as unknown.
pub(super) fn wants_unknown(suite: &mut Suite, request: &Request, member: &str) -> Result<(), String> {
    let response = suite.expect(request, 400)?;
    let details = crate::suite::details(&response);
    if details.contains(&(member.to_owned(), "unknown".to_owned())) {
        return Ok(());
    }
    Err(format!("{}: {member} is not named as unknown: {details:?}", crate::suite::shown(request)))
}

fn malformed() -> Vec<Vec<u8>> {
    let deep = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels - 1), "]".repeat(levels - 1));
    let texts = [
        "",
        " ",
        "null",
        "[]",
        "[{}]",
        "1",
        "\"text\"",
        "true",
        "{",
        "{}}",
        "{}{}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":1e999}",
        "{\"a\":-1e999}",
        "{\"a\":01}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "{\"a\":\"\n\"}",
        "{/**/}",
        "undefined",
    ];
    let mut bodies: Vec<Vec<u8>> = texts.map(|text| text.as_bytes().to_vec()).into();
    bodies.push(deep(33).into_bytes());
    bodies.push(deep(5000).into_bytes());
    bodies.push(format!("{{\"a\":{}}}", "9".repeat(5000)).into_bytes());
    bodies.push(b"{\"a\":\"\xff\xfe\"}".to_vec());
    bodies.push(b"\xef\xbb\xbf{}".to_vec());
    bodies
}
