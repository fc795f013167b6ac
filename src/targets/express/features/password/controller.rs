//! The controller of the login.

use crate::code::TsImports;

use super::Login;
use super::account::OwnUpdate;
use super::templates::AuthController;

impl Login<'_, '_> {
    pub(super) fn controller(&self, own: Option<OwnUpdate>) -> AuthController {
        let shows = self.user.has_show();
        AuthController {
            keys: self.keys(),
            imports: self.controller_imports(own.is_some()),
            has_profile: self.has_profile(),
            own,
            shows,
            awaits: if shows { "await " } else { "" },
            view: if shows { self.user.show("users", "[user]", "user") } else { self.user.view("user", "user") },
        }
    }

    fn controller_imports(&self, has_own: bool) -> TsImports {
        let mut imports = TsImports::new()
            .with_types("express", &["Request", "RequestHandler", "Response"])
            .with_types("../schemas/auth.schema.js", &["Credentials"])
            .with_values("../schemas/auth.schema.js", &["credentials", "passwordChange", "refreshRequest"])
            .with_values("../schemas/auth.schema.js", &["registration"])
            .with_values("../schemas/list-query.js", &["noParameters"])
            .with_namespace("../services/auth.service.js", "service")
            .with_values("../utils/access-token.js", &["accessTokenSeconds"])
            .with_values("../utils/caller.js", &["userOf"])
            .with_values("../utils/request.js", &["readBody", "readQuery"]);
        imports = if self.user.has_show() {
            imports.with_namespace("../services/user.service.js", "users")
        } else {
            imports.with_values("../schemas/user.schema.js", &["userView"])
        };
        if self.has_profile() {
            imports = imports.with_values("../schemas/auth.schema.js", &["profileChange"]);
        }
        if has_own {
            imports = imports
                .with_types("express", &["NextFunction"])
                .with_values("../schemas/user.schema.js", &["userUpdate"])
                .with_namespace("../services/user.service.js", "users");
        }
        imports
    }
}
