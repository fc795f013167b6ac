//! What stands under `api`.

use super::{
    super::{
        ast::{Api, Word},
        code::Code,
        diagnostic::Diagnostic,
        span::Spanned,
        vocabulary::Place,
        yaml::{Node, Scalar},
    },
    Problems,
    keys::known,
    map, scalar, texts,
    top::chosen,
};

/// The longest base path.
const MAX_BASE: usize = 60;

/// The longest origin; a host name has at most 253 characters.
const MAX_ORIGIN: usize = 300;

pub(super) fn api(node: &Node, problems: &mut Problems) -> Option<Api> {
    let map = map(node, "a map", "Write `api: { base: /api/v2 }`.", problems)?;
    let mut api = Api::default();
    for pair in known(map, Place::Api, problems) {
        let value = &pair.entry.value;
        match pair.word {
            "base" => api.base = base(value, problems).into(),
            "naming" => api.naming = chosen(value, Place::Naming, problems).into(),
            "page_size" => api.page_size = number(value, "a number of rows", 1, 1000, problems).into(),
            "max_page_size" => api.max_page_size = number(value, "a number of rows", 10, 1000, problems).into(),
            "max_body" => api.max_body = number(value, "a number of bytes", 1024, 104_857_600, problems).into(),
            "rate_limit" => api.rate_limit = number(value, "a number of requests", 1, 1_000_000, problems).into(),
            "login_limit" => api.login_limit = number(value, "a number of attempts", 1, 1_000_000, problems).into(),
            "cors" => api.cors = origins(value, problems).into(),
            "docs" => api.docs = chosen(value, Place::Docs, problems).into(),
            _ => {}
        }
    }
    Some(api)
}

fn base(node: &Node, problems: &mut Problems) -> Option<Word> {
    let scalar = scalar(node, "a path", problems)?;
    if is_base(&scalar.text) {
        return Some(Spanned::new(scalar.text.clone(), scalar.span));
    }
    let message = format!("`{}` cannot be the path that resources begin with.", scalar.text);
    problems.push(Diagnostic::error(Code::BadName, scalar.span, message).help(format!(
        "Write a path such as `/api/v2`: words of small letters, digits and hyphens, at most {MAX_BASE} characters."
    )));
    None
}

/// One or several segments that begin with a letter, so that no address needs an escape.
fn is_base(text: &str) -> bool {
    let is_segment = |segment: &str| {
        segment.starts_with(|c: char| c.is_ascii_lowercase())
            && segment.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let segments = text.strip_prefix('/');
    text.len() <= MAX_BASE && segments.is_some_and(|segments| segments.split('/').all(is_segment))
}

fn number(node: &Node, what: &str, least: u32, most: u32, problems: &mut Problems) -> Option<Spanned<u32>> {
    let scalar: &Scalar = scalar(node, what, problems)?;
    let is_number = !scalar.text.is_empty() && scalar.text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        let message = format!("Expected {what}, found `{}`.", scalar.text);
        problems.push(Diagnostic::error(Code::BadLiteral, scalar.span, message).help("Write plain digits."));
        return None;
    }
    let value = scalar.text.parse().ok().filter(|value| (least..=most).contains(value));
    if value.is_none() {
        let message = format!("`{}` is not between {least} and {most}.", scalar.text);
        problems.push(
            Diagnostic::error(Code::BadRange, scalar.span, message).help(format!("Write {what} in these bounds.")),
        );
    }
    value.map(|value| Spanned::new(value, scalar.span))
}

fn origins(node: &Node, problems: &mut Problems) -> Option<Vec<Word>> {
    let texts = texts(node, "an origin", problems)?;
    let found: Vec<Word> = texts.iter().filter_map(|text| origin(text, problems)).collect();
    (found.len() == texts.len()).then_some(found)
}

fn origin(scalar: &Scalar, problems: &mut Problems) -> Option<Word> {
    if is_origin(&scalar.text) {
        return Some(Spanned::new(scalar.text.clone(), scalar.span));
    }
    let problem = match scalar.text.as_str() {
        "*" => Diagnostic::error(Code::BadLiteral, scalar.span, "Every origin is no list of origins.")
            .help("Name the origins whose pages call the API: `https://shop.example`."),
        text => Diagnostic::error(Code::BadLiteral, scalar.span, format!("`{text}` is not an origin."))
            .help("Write scheme, host and perhaps a port, in small letters and nothing after: `https://shop.example`."),
    };
    problems.push(problem);
    None
}

/// Whether a browser would send just this in `Origin`.
fn is_origin(text: &str) -> bool {
    let schemes = [("https://", "443"), ("http://", "80")];
    let Some((rest, default)) =
        schemes.into_iter().find_map(|(scheme, port)| text.strip_prefix(scheme).map(|rest| (rest, port)))
    else {
        return false;
    };
    let (host, port) = rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
    let is_label = |label: &str| {
        let inner = label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        !label.is_empty() && inner && !label.starts_with('-') && !label.ends_with('-')
    };
    let is_port = |port: &str| {
        port.parse::<u16>().is_ok_and(|number| number > 0 && number.to_string() == port) && port != default
    };
    text.len() <= MAX_ORIGIN && host.split('.').all(is_label) && port.is_none_or(is_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_what_browsers_send() {
        for good in ["https://shop.example", "http://localhost:5173", "http://127.0.0.1:3000", "https://a-b.c.example"]
        {
            assert!(is_origin(good), "{good}");
        }
        let bad = [
            "*",
            "null",
            "",
            "shop.example",
            "https://",
            "https://shop.example/",
            "https://shop.example:443",
            "http://shop.example:80",
            "https://Shop.example",
            "https://shop.example:0",
            "https://shop.example:080",
            "https://*.example",
            "https://a@b.example",
            "ftp://a.example",
            "https://a..b",
            "https://-a.example",
            "https://shop.example?x",
            "https://a,b",
        ];
        for bad in bad {
            assert!(!is_origin(bad), "{bad}");
        }
    }

    #[test]
    fn base_paths_need_no_escape() {
        for good in ["/api", "/api/v2", "/v1", "/a-b/c3"] {
            assert!(is_base(good), "{good}");
        }
        for bad in ["", "/", "api", "/api/", "//api", "/API", "/a_b", "/1", "/a/../b", "/%41", "/a b"] {
            assert!(!is_base(bad), "{bad}");
        }
    }
}
