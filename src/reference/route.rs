//! From a method and a path to an operation.

use crate::contract::{Contract, ErrorCode, Method, Operation};

use super::Failure;

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route<'c> {
    /// An operation, with the id that the path names.
    Operation(&'c Operation, Option<&'c str>),
    /// Which methods the path has.
    Options(String),
}

/// The operation that a method and a path name. Nothing in a path is decoded: no path of the API needs it.
pub(super) fn route<'c>(contract: &'c Contract, method: &str, path: &'c str) -> Result<Route<'c>, Failure> {
    let matching = |operation: &&'c Operation| fit(&operation.path, path).is_some();
    let Some(first) = contract.operations.iter().find(matching) else {
        return Err(ErrorCode::NotFound.into());
    };
    let allowed = contract.allowed(&first.path);
    let allow = allowed.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(", ");
    if method == Method::Options.as_str() {
        return Ok(Route::Options(allow));
    }
    // The answer to `HEAD` is that to `GET` without its body.
    let wanted = if method == Method::Head.as_str() { Method::Get.as_str() } else { method };
    let found = contract.operations.iter().filter(matching).find(|operation| operation.method.as_str() == wanted);
    match found {
        Some(operation) => {
            let id = match fit(&operation.path, path) {
                Some(Fit::Row(id)) => Some(id),
                Some(Fit::Whole) | None => None,
            };
            Ok(Route::Operation(operation, id))
        }
        None => Err(Failure::from(ErrorCode::MethodNotAllowed).with_header("allow", allow)),
    }
}

/// How a path fits a template.
#[derive(Debug, PartialEq, Eq)]
enum Fit<'p> {
    /// It is the template.
    Whole,
    /// It names a row by this id.
    Row(&'p str),
}

/// Whether a path fits a template, whose id is its last segment.
fn fit<'p>(template: &str, path: &'p str) -> Option<Fit<'p>> {
    match template.strip_suffix("{id}") {
        None => (template == path).then_some(Fit::Whole),
        Some(prefix) => {
            let id = path.strip_prefix(prefix)?;
            (!id.is_empty() && !id.contains(['/', '%'])).then_some(Fit::Row(id))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_fit_their_templates_exactly() {
        assert_eq!(fit("/a", "/a"), Some(Fit::Whole));
        assert_eq!(fit("/a/{id}", "/a/7"), Some(Fit::Row("7")));
        for (template, path) in [
            ("/a", "/A"),
            ("/a", "/a/"),
            ("/a", "/a/7"),
            ("/a/{id}", "/a/"),
            ("/a/{id}", "/a/7/"),
            ("/a/{id}", "/a/%37"),
        ] {
            assert_eq!(fit(template, path), None, "{template} {path}");
        }
    }
}
