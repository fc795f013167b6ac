//! The schemas of scalars, of pages and of the server's health.

use serde_json::{Value as Json, json};

use super::names::{Names, Shared};
use super::schema;
use crate::contract::format;
use crate::model::{Form, Interval, Range, Scalar};

/// The largest integer up to which doubles tell all integers apart.
const SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// The schemas, by name.
pub(super) fn schemas(names: &Names) -> Vec<(String, Json)> {
    let count = |minimum: u32| json!({"type": "integer", "minimum": minimum});
    let meta = schema::whole([("page", count(1)), ("limit", count(1)), ("total", count(0)), ("pages", count(0))]);
    let health = schema::whole([("data", schema::whole([("status", json!({"type": "string", "const": "ok"}))]))]);
    let mut uuid = schema::string(&Scalar::Uuid);
    uuid["format"] = "uuid".into();
    let schemas = [
        (Shared::Uuid, uuid),
        (Shared::Date, schema::string(&Scalar::Date(Interval::WHOLE))),
        (Shared::DateTime, schema::string(&Scalar::DateTime)),
        (Shared::Time, schema::string(&Scalar::Time(Interval::WHOLE))),
        (Shared::Email, schema::string(&Scalar::Email)),
        (Shared::Url, schema::string(&Scalar::Url)),
        (Shared::Json, json_value(names)),
        (Shared::JsonOrNull, json!({"anyOf": [names.reference(Shared::Json), {"type": "null"}]})),
        (Shared::PageMeta, meta),
        (Shared::Health, health),
    ];
    schemas.into_iter().map(|(shared, schema)| (names.shared(shared), schema)).collect()
}

/// Any JSON value but null, without NUL and without integers that a double cannot hold.
fn json_value(names: &Names) -> Json {
    let plain = format::pattern(&Scalar::String { length: Range { min: 0, max: u32::MAX }, form: Form::default() });
    let inner = names.reference(Shared::JsonOrNull);
    json!({"anyOf": [
        {"type": "boolean"},
        {"type": "number", "minimum": -SAFE_INTEGER, "maximum": SAFE_INTEGER},
        {"type": "string", "pattern": plain},
        {"type": "array", "items": inner},
        {"type": "object", "propertyNames": {"pattern": plain}, "additionalProperties": inner},
    ]})
}
