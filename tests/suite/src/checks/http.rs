//! Paths, methods and headers.

use backsmith::contract::{Action, Method, Operation, Probe};
use backsmith::reference::Request;
use serde_json::json;

use crate::expectations::keys;
use crate::scene::Asker;
use crate::suite::{Found, Suite};

/// An id that no row has.
pub(super) const NOBODY: &str = "01890000-0000-7000-8000-000000000000";

pub(super) fn run(suite: &mut Suite) {
    unknown_paths(suite);
    spellings(suite);
    methods(suite);
    long_targets(suite);
    headers(suite);
    request_ids(suite);
    health(suite);
    document(suite);
}

fn unknown_paths(suite: &mut Suite) {
    let base = suite.contract.base.clone();
    let paths = ["/", "/api", "/nothing", "/health", "/index.html", "/.env", "//", "/../etc/passwd"].map(str::to_owned);
    let below = ["", "/", "/nothing", "/nothing/1", "/auth", "/auth/nothing"].map(|path| format!("{base}{path}"));
    for path in paths.into_iter().chain(below) {
        suite.check(&format!("http.unknown.{path}"), Vec::new(), |suite| {
            for method in ["GET", "POST", "DELETE"] {
                suite.expect(&Request::new(method, &path), 404)?;
            }
            Ok(())
        });
    }
}

/// Another spelling of a path is another path.
fn spellings(suite: &mut Suite) {
    for path in templates(suite) {
        suite.check(&format!("http.spelling.{path}"), Vec::new(), |suite| {
            let path = path.replace("{id}", NOBODY);
            let (head, last) = path.rsplit_once('/').ok_or("a path without a slash")?;
            let mut others =
                vec![format!("{path}/"), format!("/{path}"), format!("{head}//{last}"), format!("{path}/x/y")];
            if !path.ends_with(NOBODY) {
                let capital = last[..1].to_uppercase();
                others.push(format!("{head}/{capital}{}", &last[1..]));
                others.push(format!("{head}/%{:02x}{}", last.as_bytes()[0], &last[1..]));
            }
            others.extend([format!("{path}%"), format!("{path}%zz"), format!("{path}%ff"), format!("{path}%00")]);
            others.extend([format!("{path}%2f"), format!("{path}%0d%0a")]);
            for other in others {
                suite.expect(&Request::new("GET", &other), 404)?;
            }
            Ok(())
        });
    }
}

fn methods(suite: &mut Suite) {
    for template in templates(suite) {
        let allowed = suite.contract.allowed(&template);
        let allow: Vec<&str> = allowed.iter().map(|method| method.as_str()).collect();
        suite.check(&format!("http.method.{template}"), Vec::new(), |suite| {
            let path = template.replace("{id}", NOBODY);
            let options = suite.expect(&Request::new("OPTIONS", &path), 204)?;
            same_methods(options.get("allow"), &allow)?;
            let others = ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"];
            for method in others.into_iter().filter(|method| !allow.contains(method)) {
                let refused = suite.expect(&Request::new(method, &path), 405)?;
                same_methods(refused.get("allow"), &allow)?;
            }
            if allowed.contains(&Method::Get) {
                let get = suite.ask(&Request::new("GET", &path))?;
                let head = suite.expect(&Request::new("HEAD", &path), get.status)?;
                if head.get("content-type") != get.get("content-type") {
                    return Err("HEAD has another content type than GET".to_owned());
                }
            }
            Ok(())
        });
    }
}

fn same_methods(header: Option<&str>, wanted: &[&str]) -> Found {
    let mut found: Vec<&str> = header.ok_or("no Allow header")?.split(',').map(str::trim).collect();
    let mut wanted = wanted.to_vec();
    found.sort_unstable();
    wanted.sort_unstable();
    if found == wanted { Ok(()) } else { Err(format!("Allow has {found:?} instead of {wanted:?}")) }
}

fn long_targets(suite: &mut Suite) {
    suite.check("http.long-target", Vec::new(), |suite| {
        let most = suite.contract.limits.target_bytes as usize;
        let target = |length: usize| format!("/nothing?{}", "x".repeat(length - "/nothing?".len()));
        suite.expect(&Request::new("GET", &target(most)), 404)?;
        for method in ["GET", "POST", "OPTIONS"] {
            suite.expect(&Request::new(method, &target(most + 1)), 414)?;
        }
        Ok(())
    });
}

/// An answer of the API is no page, and nobody's frame.
fn headers(suite: &mut Suite) {
    suite.check("http.headers", Vec::new(), |suite| {
        for path in ["/health/live", "/nothing"] {
            let response = suite.ask(&Request::new("GET", path))?;
            let policy = response.get("content-security-policy").unwrap_or_default().replace("; ", ";");
            if policy != "default-src 'none';frame-ancestors 'none'" {
                return Err(format!("{path} with the policy {policy:?}"));
            }
        }
        Ok(())
    });
}

fn request_ids(suite: &mut Suite) {
    suite.check("http.request-id", Vec::new(), |suite| {
        let ask = |suite: &mut Suite, id: &str| {
            let response = suite.expect(&Request::new("GET", "/health/live").header("x-request-id", id), 200)?;
            Ok::<String, String>(response.get("x-request-id").unwrap_or_default().to_owned())
        };
        if ask(suite, "abc-123_DEF.9")? != "abc-123_DEF.9" {
            return Err("a harmless request id is not kept".to_owned());
        }
        for hostile in ["a b", "{\"a\":1}", "<script>", "a;b", "%0d%0a", &"x".repeat(2000)] {
            if ask(suite, hostile)? == hostile {
                return Err(format!("{hostile:.20?} is kept as a request id"));
            }
        }
        Ok(())
    });
}

fn health(suite: &mut Suite) {
    for operation in &suite.contract.operations {
        let Action::Health(probe) = operation.action else { continue };
        let name = if probe == Probe::Live { "live" } else { "ready" };
        suite.check(&format!("http.health.{name}"), Vec::new(), |suite| {
            let response = suite.expect(&Request::new("GET", &operation.path), 200)?;
            let ok = json!({ "data": { "status": "ok" } });
            if response.json() == Some(ok) { Ok(()) } else { Err("another body".to_owned()) }
        });
    }
}

/// The document that is handed out names the operations that there are, and no others.
fn document(suite: &mut Suite) {
    let Some(operation) = suite.contract.operations.iter().find(|operation| operation.action == Action::Document)
    else {
        return;
    };
    suite.check("http.document", Vec::new(), |suite| {
        let document = suite.expect(&Request::new("GET", &operation.path), 200)?.json().unwrap_or_default();
        if !document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1.")) {
            return Err("not OpenAPI 3.1".to_owned());
        }
        let documented = |operation: &&Operation| {
            let method = operation.method.as_str().to_lowercase();
            document["paths"][&operation.path][method]["operationId"] == operation.id.as_str()
        };
        if let Some(missing) = suite.contract.operations.iter().find(|operation| !documented(operation)) {
            return Err(format!("{} {} is missing", missing.method.as_str(), missing.path));
        }
        let verbs = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];
        let paths = keys(&document["paths"]).into_iter().map(|path| &document["paths"][path]);
        let count = paths.flat_map(|item| keys(item)).filter(|key| verbs.contains(key)).count();
        if count == suite.contract.operations.len() { Ok(()) } else { Err(format!("{count} operations")) }
    });
}

/// Every path there is, once, in order.
pub(super) fn templates(suite: &Suite) -> Vec<String> {
    let mut templates: Vec<String> = Vec::new();
    for operation in &suite.contract.operations {
        if !templates.contains(&operation.path) {
            templates.push(operation.path.clone());
        }
    }
    templates
}

/// The accounts that ask, without nobody in particular.
pub(super) fn users(suite: &Suite) -> Vec<Asker> {
    suite.scene.askers.iter().copied().filter(|asker| *asker != Asker::Anonymous).collect()
}
