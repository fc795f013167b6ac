//! The answers that are errors.

use serde_json::{Value as Json, json};

use super::names::{Names, Shared};
use super::schema;
use crate::contract::{DetailCode, ErrorCode};

/// The schemas of an error and of what it consists of, by name.
pub(super) fn schemas(names: &Names) -> Vec<(String, Json)> {
    let one_of = |codes: Vec<&str>| json!({"type": "string", "enum": codes});
    let message = || json!({"type": "string"});
    let problem_codes = DetailCode::ALL.iter().map(|code| code.as_str()).collect();
    let error_codes = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    let details = json!({
        "type": "object",
        "description": "What is wrong with each field or parameter.",
        "additionalProperties": {"type": "array", "items": names.reference(Shared::Problem), "minItems": 1},
    });
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
    let example = json!({"error": {"code": code.as_str(), "message": code.message(), "details": {}}});
    let content = json!({"schema": names.reference(Shared::Error), "example": example});
    let mut response = json!({"description": code.message()});
    if let Some(headers) = headers(code) {
        response["headers"] = headers;
    }
    response["content"] = json!({"application/json": content});
    response
}

fn headers(code: ErrorCode) -> Option<Json> {
    let header =
        |description: &str, schema: Json| json!({"description": description, "required": true, "schema": schema});
    let text = || json!({"type": "string"});
    let wait = || header("The seconds to wait.", json!({"type": "integer", "minimum": 0}));
    match code {
        ErrorCode::Unauthenticated => Some(json!({"WWW-Authenticate": header("How to authenticate.", text())})),
        ErrorCode::MethodNotAllowed => Some(json!({"Allow": header("The methods that the path answers.", text())})),
        ErrorCode::Unavailable => Some(json!({"Retry-After": wait()})),
        ErrorCode::RateLimited => Some(json!({
            "Retry-After": wait(),
            "RateLimit": header("What is left of the limit.", text()),
            "RateLimit-Policy": header("The limit.", text()),
        })),
        _ => None,
    }
}
