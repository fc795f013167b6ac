//! What every answer must be, whatever was asked.

use backsmith::contract::{DetailCode, ErrorCode};
use backsmith::reference::{Request, Response};
use serde_json::Value as Json;

/// The most problems that an error may list.
const DETAILS: usize = 20;

/// Headers that tell a stranger what a server is made of.
const TELLTALE: [&str; 4] = ["server", "x-powered-by", "x-aspnet-version", "via"];

/// Checks an answer against what holds of all.
pub(crate) fn universal(request: &Request, response: &Response) -> Result<(), String> {
    if response.get("x-request-id").is_none_or(str::is_empty) {
        return Err("no x-request-id".to_owned());
    }
    if response.get("x-content-type-options") != Some("nosniff") {
        return Err("no nosniff".to_owned());
    }
    if let Some(header) = TELLTALE.into_iter().find(|name| response.get(name).is_some()) {
        return Err(format!("a {header} header"));
    }
    let allowed = response.get("access-control-allow-origin");
    if allowed.is_some() && allowed != request.get("origin") {
        return Err("an origin is allowed that did not ask".to_owned());
    }
    if response.status == 204 || request.method == "HEAD" {
        return if response.body.is_empty() { Ok(()) } else { Err(format!("{} with a body", response.status)) };
    }
    let media_type = response.get("content-type").and_then(|value| value.split(';').next()).unwrap_or_default();
    if media_type.trim() != "application/json" {
        return Err(format!("{} as {media_type:?}", response.status));
    }
    let json = response.json().ok_or_else(|| format!("{} with a body that is no JSON", response.status))?;
    if response.status >= 400 { error(response, &json) } else { Ok(()) }
}

/// Checks an error's shape, code and sentences.
fn error(response: &Response, json: &Json) -> Result<(), String> {
    let error = &json["error"];
    if keys(json) != ["error"] || keys(error) != ["code", "details", "message"] {
        return Err(format!("an error of another shape: {json}"));
    }
    let code = ErrorCode::ALL.into_iter().find(|code| error["code"] == code.as_str());
    let code = code.ok_or_else(|| format!("an unknown code: {error}"))?;
    if code.status() != response.status || error["message"] != code.message() {
        return Err(format!("{} with {error}", response.status));
    }
    if code == ErrorCode::Internal {
        return Err("an internal error".to_owned());
    }
    if code == ErrorCode::Unauthenticated && response.get("www-authenticate") != Some("Bearer") {
        return Err("401 without WWW-Authenticate: Bearer".to_owned());
    }
    let details = error["details"].as_object().ok_or("details that are no object")?;
    let lists: Option<Vec<&Vec<Json>>> = details.values().map(Json::as_array).collect();
    let lists = lists.ok_or("details that are no lists")?;
    let all: Vec<&Json> = lists.into_iter().flatten().collect();
    if all.len() > DETAILS {
        return Err(format!("{} details", all.len()));
    }
    let known = |detail: &Json| {
        let same = |code: &DetailCode| detail["code"] == code.as_str() && detail["message"] == code.message();
        keys(detail) == ["code", "message"] && DetailCode::ALL.iter().any(same)
    };
    all.into_iter().find(|detail| !known(detail)).map_or(Ok(()), |detail| Err(format!("an unknown detail: {detail}")))
}

/// The names of an object's members in order; none for anything else.
pub(crate) fn keys(json: &Json) -> Vec<&str> {
    let mut keys: Vec<&str> = json.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    keys.sort_unstable();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Response {
        let headers =
            [("x-request-id", "1"), ("x-content-type-options", "nosniff"), ("content-type", "application/json")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Response { status, headers, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn good_answers_pass() {
        let request = Request::new("GET", "/");
        let not_found = r#"{"error":{"code":"NOT_FOUND","message":"Not found.","details":{}}}"#;
        assert_eq!(universal(&request, &answer(200, "{}")), Ok(()));
        assert_eq!(universal(&request, &answer(404, not_found)), Ok(()));
        assert_eq!(universal(&request, &answer(204, "")), Ok(()));
    }

    #[test]
    fn every_flaw_is_found() {
        let request = Request::new("GET", "/");
        let bad = [
            (404, r#"{"error":{"code":"NOT_FOUND","message":"Not found."}}"#),
            (404, r#"{"error":{"code":"NOT_FOUND","message":"No route.","details":{}}}"#),
            (400, r#"{"error":{"code":"NOT_FOUND","message":"Not found.","details":{}}}"#),
            (404, r#"{"error":{"code":"NOT_FOUND","message":"Not found.","details":{},"stack":""}}"#),
            (404, r#"{"error":{"code":"NOPE","message":"Not found.","details":{}}}"#),
            (500, r#"{"error":{"code":"INTERNAL","message":"Something went wrong.","details":{}}}"#),
            (
                404,
                r#"{"error":{"code":"NOT_FOUND","message":"Not found.","details":{"a":[{"code":"x","message":"y"}]}}}"#,
            ),
            (
                401,
                r#"{"error":{"code":"UNAUTHENTICATED","message":"Authentication is missing or not valid.","details":{}}}"#,
            ),
            (200, "<html>"),
            (204, "x"),
        ];
        for (status, body) in bad {
            assert!(universal(&request, &answer(status, body)).is_err(), "{status} {body}");
        }
        for header in ["x-request-id", "x-content-type-options", "content-type"] {
            let mut answer = answer(200, "{}");
            answer.headers.retain(|(name, _)| name != header);
            assert!(universal(&request, &answer).is_err(), "{header}");
        }
        for header in ["server", "x-powered-by", "access-control-allow-origin"] {
            let mut answer = answer(200, "{}");
            answer.headers.push((header.to_owned(), "x".to_owned()));
            assert!(universal(&request, &answer).is_err(), "{header}");
        }
    }
}
