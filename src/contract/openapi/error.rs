//! The answers that are errors.

use serde_json::Value as Json;

use super::names::{Names, Shared};
use super::parts::map;
use super::schema;
use crate::contract::{DetailCode, ErrorCode};

/// The schemas of an error and of what it consists of, by name.
pub(super) fn schemas(names: &Names) -> Vec<(String, Json)> {
    let one_of = |codes: Vec<&str>| map([("type", "string".into()), ("enum", codes.into())]);
    let message = || map([("type", "string".into())]);
    let problem_codes = DetailCode::ALL.iter().map(|code| code.as_str()).collect();
    let error_codes = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    let details = map([
        ("type", "object".into()),
        ("description", "What is wrong with each field or parameter.".into()),
        (
            "additionalProperties",
            map([("type", "array".into()), ("items", names.reference(Shared::Problem)), ("minItems", 1.into())]),
        ),
    ]);
    let error = schema::whole([("code", one_of(error_codes)), ("message", message()), ("details", details)]);
    let problem = schema::whole([("code", one_of(problem_codes)), ("message", message())]);
    vec![(names.shared(Shared::Error), schema::whole([("error", error)])), (names.shared(Shared::Problem), problem)]
}

/// The name of the answer with a status.
pub(super) const fn name(status: u16) -> &'static str {
    match status {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        409 => "Conflict",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        429 => "TooManyRequests",
        503 => "ServiceUnavailable",
        _ => "InternalServerError",
    }
}

/// One answer for each status, by name.
pub(super) fn responses(names: &Names) -> Vec<(String, Json)> {
    let mut responses: Vec<(String, Json)> = Vec::new();
    for code in ErrorCode::ALL {
        let name = name(code.status());
        // The first of two codes with the same status has been replaced by the more frequent one.
        responses.retain(|(of, _)| of != name);
        responses.push((name.to_owned(), response(code, names)));
    }
    responses
}

fn response(code: ErrorCode, names: &Names) -> Json {
    let example = map([(
        "error",
        map([("code", code.as_str().into()), ("message", code.message().into()), ("details", map([]))]),
    )]);
    let content = map([("schema", names.reference(Shared::Error)), ("example", example)]);
    let mut response = map([("description", code.message().into())]);
    if let Some(headers) = headers(code) {
        response["headers"] = headers;
    }
    response["content"] = map([("application/json", content)]);
    response
}

fn headers(code: ErrorCode) -> Option<Json> {
    let header = |description: &str, schema: Json| {
        map([("description", description.into()), ("required", true.into()), ("schema", schema)])
    };
    let text = || map([("type", "string".into())]);
    let wait = || header("The seconds to wait.", map([("type", "integer".into()), ("minimum", 0.into())]));
    match code {
        ErrorCode::Unauthenticated => Some(map([("WWW-Authenticate", header("How to authenticate.", text()))])),
        ErrorCode::MethodNotAllowed => Some(map([("Allow", header("The methods that the path answers.", text()))])),
        ErrorCode::Unavailable => Some(map([("Retry-After", wait())])),
        ErrorCode::RateLimited => Some(map([
            ("Retry-After", wait()),
            ("RateLimit", header("What is left of the limit.", text())),
            ("RateLimit-Policy", header("The limit.", text())),
        ])),
        _ => None,
    }
}
