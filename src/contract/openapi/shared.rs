//! The schemas of scalars, of pages and of the server's health.

use serde_json::Value as Json;

use super::names::{Names, Shared};
use super::parts::{list, map};
use super::schema;
use crate::contract::format;
use crate::model::{Form, Interval, Range, Scalar};

/// The largest integer up to which doubles tell all integers apart.
const SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// The schemas, by name.
pub(super) fn schemas(names: &Names) -> Vec<(String, Json)> {
    let count = |minimum: u32| map([("type", "integer".into()), ("minimum", minimum.into())]);
    let meta = schema::whole([("page", count(1)), ("limit", count(1)), ("total", count(0)), ("pages", count(0))]);
    let health = schema::whole([(
        "data",
        schema::whole([("status", map([("type", "string".into()), ("const", "ok".into())]))]),
    )]);
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
        (Shared::JsonOrNull, map([("anyOf", list([names.reference(Shared::Json), map([("type", "null".into())])]))])),
        (Shared::PageMeta, meta),
        (Shared::Health, health),
    ];
    schemas.into_iter().map(|(shared, schema)| (names.shared(shared), schema)).collect()
}

/// Any JSON value but null, without NUL and without integers that a double cannot hold.
fn json_value(names: &Names) -> Json {
    let plain = format::pattern(&Scalar::String { length: Range { min: 0, max: u32::MAX }, form: Form::default() });
    let inner = names.reference(Shared::JsonOrNull);
    map([(
        "anyOf",
        list([
            map([("type", "boolean".into())]),
            map([("type", "number".into()), ("minimum", (-SAFE_INTEGER).into()), ("maximum", SAFE_INTEGER.into())]),
            map([("type", "string".into()), ("pattern", plain.clone().into())]),
            map([("type", "array".into()), ("items", inner.clone())]),
            map([
                ("type", "object".into()),
                ("propertyNames", map([("pattern", plain.into())])),
                ("additionalProperties", inner),
            ]),
        ]),
    )])
}
