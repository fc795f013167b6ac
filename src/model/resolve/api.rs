//! What `api` means.

use crate::model::{Api, Docs, Naming};
use crate::spec::ast::{self, Given};
use crate::spec::{Code, Diagnostic, Spanned};

use super::Problems;

/// Beginnings of paths that the server has for itself.
const OWN: [&str; 3] = ["health", "metrics", "docs"];

/// The API of a spec: what it says, and for the rest what holds by itself.
pub(super) fn api(given: &Given<ast::Api>, has_login: bool, problems: &mut Problems) -> Api {
    let mut api = Api::default();
    let Given::Value(written) = given else { return api };
    if let Given::Value(base) = &written.base {
        refuse_own(base, problems);
        base.value.clone_into(&mut api.base);
    }
    api.naming = naming(given);
    let numbers = [
        (&written.page_size, &mut api.page_size),
        (&written.max_page_size, &mut api.max_page_size),
        (&written.max_body, &mut api.max_body),
        (&written.rate_limit, &mut api.rate_limit),
        (&written.login_limit, &mut api.login_limit),
    ];
    for (given, number) in numbers {
        if let Given::Value(value) = given {
            *number = value.value;
        }
    }
    // The page that is asked for by default fits, unless the spec says both.
    match (&written.page_size, &written.max_page_size) {
        (Given::Value(size), Given::Value(most)) if size.value > most.value => {
            problems.push(
                Diagnostic::error(Code::BadRange, size.span, format!("A page has {} rows at most.", most.value))
                    .label(most.span, "the most is said here")
                    .help("Make `page_size` smaller, or `max_page_size` greater."),
            );
        }
        (Given::Value(size), Given::Absent) => api.max_page_size = api.max_page_size.max(size.value),
        (Given::Absent, Given::Value(most)) => api.page_size = api.page_size.min(most.value),
        _ => {}
    }
    if let Given::Value(limit) = &written.login_limit
        && !has_login
    {
        refuse_login_limit(limit, problems);
    }
    if let Given::Value(origins) = &written.cors {
        for origin in origins {
            if !api.cors.contains(&origin.value) {
                api.cors.push(origin.value.clone());
            }
        }
    }
    if let Some(docs) = written.docs.value().and_then(|word| Docs::find(&word.value)) {
        api.docs = docs;
    }
    api
}

/// How names are written on the wire.
pub(super) fn naming(given: &Given<ast::Api>) -> Naming {
    let word = given.value().and_then(|api| api.naming.value());
    word.and_then(|word| Naming::find(&word.value)).unwrap_or_default()
}

fn refuse_own(base: &ast::Word, problems: &mut Problems) {
    let first = base.value.split('/').nth(1).unwrap_or_default();
    if OWN.contains(&first) {
        problems.push(
            Diagnostic::error(Code::ReservedName, base.span, format!("The server itself answers below `/{first}`."))
                .help("Begin with another word, `/api` for example."),
        );
    }
}

fn refuse_login_limit(limit: &Spanned<u32>, problems: &mut Problems) {
    problems.push(
        Diagnostic::error(Code::MisplacedPart, limit.span, "There is no login whose attempts could be limited.")
            .help("Add `auth`, or leave `login_limit` out."),
    );
}
