//! What stands beside the API for those who run the server and those who write for it.

use crate::contract::{ErrorCode, docs};
use crate::model::Docs;

use super::{Failure, Request, Response, Server};

/// The policy of a page that has no script and takes everything from its own server.
const POLICY: &str = "default-src 'self'; frame-ancestors 'none'";

impl Server {
    /// The answer of a path that is no operation; `None` where there is no such path.
    pub(super) fn page(&self, request: &Request) -> Option<Result<Response, Failure>> {
        let page = self.page_at(request)?;
        Some(match request.method.as_str() {
            "GET" | "HEAD" => self.no_query(request).map(|()| page),
            "OPTIONS" => {
                let mut response = Response::empty(204);
                response.set("allow", ALLOWED);
                Ok(response)
            }
            _ => Err(Failure::from(ErrorCode::MethodNotAllowed).with_header("allow", ALLOWED.to_owned())),
        })
    }

    fn page_at(&self, request: &Request) -> Option<Response> {
        let shown = match self.docs {
            Docs::Always => true,
            Docs::Development => !self.in_production,
            Docs::Never => false,
        };
        match request.path() {
            docs::PAGE_PATH if shown => Some(file("text/html; charset=utf-8", self.docs_page.clone())),
            docs::STYLE_PATH if shown => Some(file("text/css; charset=utf-8", docs::STYLE.to_owned())),
            "/metrics" => self.metrics.answer(request, self.metrics_token.as_deref()),
            _ => None,
        }
    }
}

/// What these paths answer to.
const ALLOWED: &str = "GET, HEAD, OPTIONS";

fn file(media_type: &str, text: String) -> Response {
    let mut response = Response { body: text.into_bytes(), ..Response::empty(200) };
    response.set("content-type", media_type);
    response.set("content-security-policy", POLICY);
    response
}
